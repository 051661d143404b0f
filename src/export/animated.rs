//! A span of a run as an SVG that animates itself with CSS keyframes and without a script, so that it also
//! moves as an image, for example in a README.
//!
//! A shape that does not move is drawn once and shown while it is valid. A shape that moves is drawn once and
//! animated: messages on their paths, timers, marks that fade. Under `prefers-reduced-motion` one instant is
//! shown.

mod motion;
mod style;

pub use crate::view::picture::AnimationLoop;

use super::svg::{self, Drawing, PictureText};
use crate::run::Snapshot;
use crate::scenario::Colours;
use crate::simulation::EventKind;
use crate::time::{Duration, Time};
use crate::view::build::memory;
use crate::view::geometry::Size;
use crate::view::picture::{PictureSubject, STAGE, frame};
use crate::view::stage::{self, StageLayers};
use crate::view::text::EvenWidth;
use crate::view::{Scene, Shape};
use std::collections::BTreeSet;
use std::fmt;
use style::{AnimationStyle, LoopTiming, VisibleSpan};
use thiserror::Error;

/// Why there is no animation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the text of each variant describes it")]
pub enum AnimationRefusal {
    #[error("from {from} to {to} no time passes")]
    Empty { from: Time, to: Time },
    #[error("the speed is zero, so it would never end")]
    Stands,
    #[error(
        "things happen at {instants} instants from {from} to {to}; an animation shows {} at most, \
         so choose a shorter stretch",
        MOST_INSTANTS
    )]
    TooMuch { from: Time, to: Time, instants: usize },
    #[error("too many messages are on their way from {from} to {to}; choose a shorter stretch")]
    Crowded { from: Time, to: Time },
    #[error("it would take {seconds} s; the most is {} s, so choose a higher speed", LONGEST)]
    TooLong { seconds: u64 },
}

/// The largest number of instants; beyond it a file would be megabytes.
pub const MOST_INSTANTS: usize = 500;
/// The largest number of messages, summed over all instants; each new one is drawn with its trail.
const MOST_WAYS: usize = 60_000;
/// The longest loop, in seconds.
pub const LONGEST: u64 = 600;
/// How long the last instant is shown before the loop restarts, in seconds.
const HOLD: f64 = 1.6;

/// The stage as an animated SVG, from one instant to another.
///
/// # Errors
/// If no time passes, or the animation would be too large or too long.
pub fn stage(
    subject: &PictureSubject,
    asked: AnimationLoop,
    colours: Colours,
) -> Result<String, AnimationRefusal> {
    let end = subject.run.end();
    let (from, to) = (asked.from.min(end), asked.to.min(end));
    let asked = AnimationLoop { from, to, still: asked.still.clamp(from, to.max(from)), ..asked };
    let playing = playing(asked)?;
    let seen = seen(subject, asked)?;
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut out, subject, &AnimationScene { asked, playing, seen }, colours);
    Ok(out)
}

/// The content of an animation.
struct AnimationScene {
    asked: AnimationLoop,
    playing: LoopTiming,
    /// The stage at each instant at which something changes.
    seen: Vec<(Time, StageLayers)>,
}

fn playing(asked: AnimationLoop) -> Result<LoopTiming, AnimationRefusal> {
    let AnimationLoop { from, to, speed, still } = asked;
    if to <= from {
        return Err(AnimationRefusal::Empty { from, to });
    }
    if speed == Duration::ZERO {
        return Err(AnimationRefusal::Stands);
    }
    let seconds = to.since(from).as_us() as f64 / speed.as_us() as f64;
    if seconds > LONGEST as f64 {
        return Err(AnimationRefusal::TooLong { seconds: seconds.ceil() as u64 });
    }
    Ok(LoopTiming { from, to, still, seconds, hold: HOLD })
}

fn seen(
    subject: &PictureSubject,
    AnimationLoop { from, to, .. }: AnimationLoop,
) -> Result<Vec<(Time, StageLayers)>, AnimationRefusal> {
    let run = subject.run;
    let median = run.scenario().network.latency.median();
    let mut instants = BTreeSet::from([from]);
    for event in run.each(from, to) {
        instants.insert(event.at);
        // A suspicion is shown for one median latency.
        if event.what == EventKind::Suspected && event.at + median < to {
            instants.insert(event.at + median);
        }
    }
    if instants.len() > MOST_INSTANTS {
        return Err(AnimationRefusal::TooMuch { from, to, instants: instants.len() });
    }
    let frame = frame();
    let memory = memory(run.scenario());
    let mut before: Option<Snapshot> = None;
    let (mut seen, mut ways) = (Vec::new(), 0);
    for at in instants {
        let snapshot = run.snapshot(before.take(), at, memory);
        let layers = stage::layers(&subject.picture(&snapshot), &frame, &EvenWidth);
        ways += layers.ways.len();
        if ways > MOST_WAYS {
            return Err(AnimationRefusal::Crowded { from, to });
        }
        before = Some(snapshot);
        seen.push((at, layers));
    }
    Ok(seen)
}

fn write(
    out: &mut String,
    subject: &PictureSubject,
    animation: &AnimationScene,
    colours: Colours,
) -> fmt::Result {
    let (mut drawing, mut sheet) = (Drawing::default(), AnimationStyle::new(animation.playing));
    let mut body = String::new();
    let stills = |layer: fn(&StageLayers) -> &Scene| {
        StillShapes::of(animation.seen.iter().map(|(at, layers)| (*at, &*layer(layers).shapes)))
    };
    let [ground, processes, above] =
        [stills(|l| &l.ground), stills(|l| &l.processes), stills(|l| &l.above)];
    let moving =
        motion::MovingShapes::of(&animation.seen, subject.run.scenario().network.latency.median());
    drawing.static_layer(&mut body)?;
    ground.write(&mut body, &mut drawing, &mut sheet)?;
    moving.write_traces(&mut body, &mut drawing, &mut sheet)?;
    moving.write_ways(&mut body, &mut drawing, &mut sheet)?;
    // The lease of a leader is under its crown.
    moving.write_timers(true, &mut body, &mut drawing, &mut sheet)?;
    processes.write(&mut body, &mut drawing, &mut sheet)?;
    moving.write_timers(false, &mut body, &mut drawing, &mut sheet)?;
    moving.write_news(&mut body, &mut drawing, &mut sheet)?;
    moving.write_glyphs(&mut body, &mut drawing, &mut sheet)?;
    above.write(&mut body, &mut drawing, &mut sheet)?;
    let size = Size { height: STAGE.height + style::HEIGHT, ..STAGE };
    style::write(&mut body, subject, &mut drawing, &mut sheet)?;

    let AnimationLoop { from, to, speed, .. } = animation.asked;
    let description = format!("Plays {speed} a second. {}", subject.account((from, to)));
    svg::opening(out, size, 0.0, &PictureText { title: subject.title(), description })?;
    out.push_str("<style>\n");
    svg::fonts(out)?;
    drawing.style(out, colours)?;
    sheet.write(out)?;
    out.push_str("</style>\n");
    out.push_str(&body);
    out.push_str("</svg>\n");
    Ok(())
}

/// The still shapes of a layer, in a paint order that holds at every instant.
#[derive(Debug, Default)]
pub struct StillShapes<'a>(Vec<StillShape<'a>>);

#[derive(Debug)]
struct StillShape<'a> {
    shape: &'a Shape,
    seen: Vec<VisibleSpan>,
}

impl<'a> StillShapes<'a> {
    /// The shapes of one layer at ascending instants; those of the last instant stay visible.
    pub fn of(layers: impl Iterator<Item = (Time, &'a [Shape])>) -> Self {
        let mut all: Vec<StillShape> = Vec::new();
        let mut layers = layers.peekable();
        while let Some((at, shapes)) = layers.next() {
            let until = layers.peek().map_or(Time::NEVER, |(next, _)| *next);
            let mut place = 0;
            for shape in shapes {
                // A known shape keeps its place; a new one goes above those of this instant so far.
                let known = all[place..].iter().position(|still| is_same(still.shape, shape));
                match known {
                    Some(further) => {
                        place += further;
                        all[place].seen_until(at, until);
                    }
                    None => all.insert(place, StillShape { shape, seen: vec![(at, until)] }),
                }
                place += 1;
            }
        }
        Self(all)
    }

    fn write(
        &self,
        out: &mut String,
        drawing: &mut Drawing,
        sheet: &mut AnimationStyle,
    ) -> fmt::Result {
        for together in self.0.chunk_by(|one, next| one.seen == next.seen) {
            let Some(first) = together.first() else { continue };
            if sheet.open(out, &first.seen)? {
                for still in together {
                    drawing.shapes(out, std::slice::from_ref(still.shape))?;
                }
                out.push_str("</g>\n");
            }
        }
        Ok(())
    }
}

impl StillShape<'_> {
    fn seen_until(&mut self, at: Time, until: Time) {
        match self.seen.last_mut() {
            Some(last) if last.1 == at => last.1 = until,
            _ => self.seen.push((at, until)),
        }
    }
}

/// Whether shapes look the same; their targets may differ.
fn is_same(one: &Shape, other: &Shape) -> bool {
    one.paint == other.paint && one.form == other.form
}
