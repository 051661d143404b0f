//! Every sign of the stage by itself, with the word for it: what the help shows. They are drawn by the
//! stage, so that the help cannot show anything else.

use super::geometry::{Curve, Point, Size, point};
use super::palette::{Liveries, Theme};
use super::path::Place;
use super::picture::{Body, Conditions, Picture, Process, Wait};
use super::stage::{Frame, scene};
use super::text::Measure;
use super::{Area, Form, Scene, Target};
use crate::scenario::{Latency, Link, Rate};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank, Role, TimerKind};
use std::collections::BTreeMap;

/// A sign and its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    pub name: &'static str,
    /// How it is seen without colour.
    pub looks: &'static str,
    pub scene: Scene,
}

/// Of a sign, in CSS pixels.
pub const SIGN: Size = Size { width: 84.0, height: 78.0 };
const RADIUS: f64 = 22.0;
const NOW: Time = Time::ms(1_000);
const LATENCY: Duration = Duration::ms(15);

/// What a process may be, from the everyday to the rare.
pub fn processes(theme: Theme, measure: &dyn Measure) -> Vec<Sign> {
    let Some([low, _, top]) = ranks() else { return Vec::new() };
    let running = |rank, standing| Process::new(rank, Body::Running(standing));
    let follower = || running(low, Role::Follows(top));
    let leader = || running(top, Role::Leads);
    let waiting = |standing, timer| Process {
        timer: Some(Wait { timer, since: NOW - Duration::ms(20), due: NOW + Duration::ms(40) }),
        ..running(low, standing)
    };
    let paused = |rank, standing| {
        Process::new(rank, Body::Paused { standing, until: NOW + Duration::secs(1) })
    };
    let crashed = |rank| Process::new(rank, Body::Crashed { since: Time::ZERO });
    let sign = |name, looks, process: Process| {
        let rank = process.rank;
        let other = if rank == top { follower() } else { leader() };
        let mut picture = picture(vec![process, other]);
        sort::sort_by_key(&mut picture.processes, |process| process.rank);
        Sign { name, looks, scene: alone(rank, &picture, theme, measure) }
    };
    vec![
        sign("follows another", "its tip points at the leader", follower()),
        sign("leads", "crown, double rim", leader()),
        sign("believes nobody", "hollow", running(low, Role::BelievesNobody)),
        sign(
            "asks, waits for Alive",
            "dashes, what is left of the wait",
            waiting(Role::Electing, TimerKind::Alive),
        ),
        sign("waits for Elected", "dots", waiting(Role::AwaitingElected, TimerKind::Elected)),
        sign(
            "suspects its leader",
            "question mark",
            Process { suspected: Some(NOW), ..follower() },
        ),
        sign("crashed", "grey dots, a cross", crashed(low)),
        sign("crashed, still believed", "fallen crown", crashed(top)),
        sign("paused", "frosted", paused(low, Role::Follows(top))),
        sign("paused leader", "outlined crown", paused(top, Role::Leads)),
        sign("keeps crashing", "zigzag", Process { crashes: 3, ..leader() }),
    ]
}

/// What a link may be.
pub fn links(theme: Theme, measure: &dyn Measure) -> Vec<Sign> {
    let Some([from, to, _]) = ranks() else { return Vec::new() };
    let slow = Latency::new(Duration::ms(80), Duration::ms(80));
    let slow = Conditions { latency: slow, ..Conditions::default() };
    let lossy = Conditions { loss: Rate::ppm(50_000), ..Conditions::default() };
    let cut = Conditions { cut: true, ..Conditions::default() };
    let there = Link { from, to };
    let back = Link { from: to, to: from };
    let sign = |name, looks, links: Vec<(Link, Conditions)>| {
        let nobody = |rank| Process::new(rank, Body::Running(Role::BelievesNobody));
        let mut picture = picture(vec![nobody(from), nobody(to)]);
        picture.links = sort::gather(links);
        Sign { name, looks, scene: between(&picture, theme, measure) }
    };
    vec![
        sign("at rest", "a thin line", Vec::new()),
        sign("slow", "long dashes, its latency", vec![(there, slow), (back, slow)]),
        sign("loses messages", "dots, its rate", vec![(there, lossy), (back, lossy)]),
        sign("cut", "a gap with two bars", vec![(there, cut), (back, cut)]),
        sign("cut one way", "a solid and a dotted bar", vec![(there, cut)]),
    ]
}

/// What a kind of message says.
pub const fn says(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Election => "is anybody there?",
        MessageKind::Alive => "I am",
        MessageKind::Proceed => "take the lead",
        MessageKind::Elected => "I lead",
        MessageKind::Heartbeat => "I still lead",
    }
}

fn ranks() -> Option<[Rank; 3]> {
    Some([Rank::new(4)?, Rank::new(5)?, Rank::new(6)?])
}

fn picture(processes: Vec<Process>) -> Picture {
    let ranks: Vec<Rank> = (1..=6).filter_map(Rank::new).collect();
    Picture {
        now: NOW,
        median: LATENCY,
        processes,
        links: BTreeMap::new(),
        messages: Vec::new(),
        liveries: Liveries::new(&ranks, &[]),
        counts: [0; MessageKind::ALL.len()],
        split: None,
        waiting: Vec::new(),
        in_flight: 0,
        highlighted: None,
        veiled: false,
    }
}

fn frame(size: Size, theme: Theme) -> Frame {
    Frame { theme, radius: RADIUS, thumbnail: false, ..Frame::new(size) }
}

/// One process of a picture, in the middle.
fn alone(rank: Rank, picture: &Picture, theme: Theme, measure: &dyn Measure) -> Scene {
    let room = Size { width: 300.0, height: 300.0 };
    let whole = scene(picture, &frame(room, theme), measure);
    let target = Target::Process(rank);
    let centre = whole.spots.iter().find_map(|spot| match spot.area {
        Area::Disc { centre, .. } if spot.target == target => Some(centre),
        _ => None,
    });
    let by = point(SIGN.width / 2.0, SIGN.height - 34.0) - centre.unwrap_or_default();
    let mut sign = Scene::new(SIGN);
    let shapes = whole.shapes.into_iter().filter(|shape| shape.target == Some(target));
    sign.shapes = shapes
        .map(|mut shape| {
            move_by(&mut shape.form, by);
            shape
        })
        .collect();
    sign
}

/// A link with both of its ends.
fn between(picture: &Picture, theme: Theme, measure: &dyn Measure) -> Scene {
    let size = Size { width: SIGN.width, height: 150.0 };
    let frame = Frame { radius: 12.0, ..frame(size, theme) };
    scene(picture, &frame, measure)
}

fn move_by(form: &mut Form, by: Point) {
    match form {
        Form::Circle { centre, .. } => *centre = *centre + by,
        Form::Line { from, to } => (*from, *to) = (*from + by, *to + by),
        Form::Curve(Curve { from, control, to }) => {
            (*from, *control, *to) = (*from + by, *control + by, *to + by);
        }
        Form::Path { place, .. } => *place = Place { at: place.at + by, ..*place },
        Form::Text(text) => text.at = text.at + by,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::text::Even;

    #[test]
    fn every_sign_shows_something_of_its_own() {
        let processes = processes(Theme::Light, &Even);
        let links = links(Theme::Light, &Even);
        assert_eq!((processes.len(), links.len()), (11, 5));
        for signs in [processes, links] {
            for (place, sign) in signs.iter().enumerate() {
                assert!(!sign.scene.shapes.is_empty(), "{}", sign.name);
                let alike = signs[..place].iter().find(|other| other.scene == sign.scene);
                assert_eq!(alike.map(|other| other.name), None, "{} looks the same", sign.name);
            }
        }
    }
}
