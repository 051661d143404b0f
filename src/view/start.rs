//! The stage of the start page: its size, its texts and the place of the suggested action.
//!
//! It has four fixed sizes, so that the SVG in the page's HTML and the canvas that replaces it are the same
//! to the pixel in every window. `www/start.css` selects the size.

use super::geometry::{Point, Size, point};
use super::ring::{Inset, RingLayout};
use super::stage::{HiddenCaptions, StageFrame};
use crate::types::Rank;

pub const HEADLINE: [&str; 2] = ["Six processes,", "one leader."];
pub const PARAGRAPH: &str = "6 has the highest rank, so it leads. \
     The others follow it for as long as they hear its heartbeat.";
/// The label of the suggested action.
pub const ACTION_LABEL: &str = "Crash the leader";

/// A size of the picture, with its name in the style sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartPicture {
    pub name: &'static str,
    pub size: Size,
    /// The largest radius of a process, in CSS pixels.
    pub radius: f64,
}

/// From the widest window to a phone.
pub const PICTURES: [StartPicture; 4] = [
    StartPicture { name: "wide", size: Size { width: 820.0, height: 540.0 }, radius: 38.0 },
    StartPicture { name: "middle", size: Size { width: 640.0, height: 440.0 }, radius: 34.0 },
    StartPicture { name: "tall", size: Size { width: 360.0, height: 350.0 }, radius: 28.0 },
    StartPicture { name: "narrow", size: Size { width: 320.0, height: 244.0 }, radius: 25.0 },
];

/// The distances from the leader's rim to the dot at one end of the line and to the button at the other, in
/// CSS pixels.
const DOT: f64 = 19.0;
const BUTTON: f64 = 54.0;

/// The frame of the stage on the start page, in a box of about one of these sizes.
pub fn frame(size: Size, ranks: &[Rank]) -> StageFrame {
    let nearest = PICTURES.iter().find(|picture| picture.size.width <= size.width + 1.0);
    let radius = nearest.or(PICTURES.last()).map_or(38.0, |picture| picture.radius);
    // Captions reach a little further than the ring allows for; on a phone there are none.
    let inset = match size.width < 480.0 {
        true => Inset { top: 2.0, bottom: 2.0, left: -22.0, right: -22.0 },
        false => Inset { top: 6.0, bottom: 6.0, left: 20.0, right: 20.0 },
    };
    // The button takes the place of the leader's caption; on a phone there is no space for captions.
    let hushed = match ranks.last() {
        _ if size.width < 480.0 => HiddenCaptions::All,
        Some(&highest) => HiddenCaptions::One(highest),
        None => HiddenCaptions::None,
    };
    StageFrame { inset, radius, hushed, ..StageFrame::new(size) }
}

/// The ends of the line from the highest process to the button; the second is the middle of the button's left
/// side.
pub fn connector(ring: &RingLayout) -> [Point; 2] {
    let top = ring.places().last().map_or(ring.centre, |&(_, at)| at);
    [DOT, BUTTON].map(|away| top + point(ring.radius + away, 0.0))
}
