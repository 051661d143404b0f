//! A stretch of a run as an SVG that plays by itself, with the keyframes of a style sheet and no script,
//! so that it also moves as an image, for example in a README.
//!
//! What does not move between two changes is drawn once and shown for that time. What moves is drawn once
//! and moved by the style: messages on their paths, timers, marks that fade. Under `prefers-reduced-motion`
//! one instant is shown.

mod motion;
mod style;

use super::still::{PictureSubject, STAGE, frame};
use super::svg::{self, Drawing, PictureText};
use crate::run::Snapshot;
use crate::scenario::{Colours, FigureOptions};
use crate::simulation::EventKind;
use crate::time::{Duration, Time};
use crate::view::build::memory;
use crate::view::stage::{StageLayers, layers};
use crate::view::text::EvenWidth;
use crate::view::{Scene, Shape};
use std::collections::BTreeSet;
use std::fmt;
use style::{AnimationStyle, LoopTiming, VisibleSpan};
use thiserror::Error;

/// What is played, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnimationLoop {
    pub from: Time,
    pub to: Time,
    /// Virtual time a second.
    pub speed: Duration,
    /// The instant that is shown where nothing shall move.
    pub still: Time,
}

/// Why there is no animation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
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

/// Beyond that a file would be megabytes.
pub const MOST_INSTANTS: usize = 500;
/// Of the messages at each of these instants together; each that is new is drawn with its trail.
const MOST_WAYS: usize = 60_000;
/// In seconds; nobody waits longer for a loop to begin again.
pub const LONGEST: u64 = 600;
/// How long the end is seen before it begins again, in seconds.
const HOLD: f64 = 1.6;

impl AnimationLoop {
    /// As the scenario's figure asks for, else from the first fault to the next agreement at 50 ms a
    /// second.
    pub fn of(subject: &PictureSubject) -> Self {
        let figure = &subject.run.scenario().figure;
        let (from, to) = subject.first_window();
        // By then the news of it has faded.
        let median = subject.run.scenario().network.latency.median();
        let to = (to + median).min(subject.run.end());
        let (from, to) = (figure.start.unwrap_or(from), figure.end.unwrap_or(to));
        Self { from, to, speed: figure.speed.unwrap_or(FigureOptions::SPEED), still: to }
    }
}

/// The stage from one instant to another.
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

/// All that is to be shown.
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
        // A suspicion shows for one median latency.
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
        let layers = layers(&subject.picture(&snapshot), &frame, &EvenWidth);
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
    sight: &AnimationScene,
    colours: Colours,
) -> fmt::Result {
    let (mut drawing, mut sheet) = (Drawing::default(), AnimationStyle::new(sight.playing));
    let mut body = String::new();
    let stills = |layer: fn(&StageLayers) -> &Scene| {
        StillShapes::of(sight.seen.iter().map(|(at, layers)| (*at, &*layer(layers).shapes)))
    };
    let [ground, processes, above] =
        [stills(|l| &l.ground), stills(|l| &l.processes), stills(|l| &l.above)];
    let moving =
        motion::MovingShapes::of(&sight.seen, subject.run.scenario().network.latency.median());
    drawing.static_layer(&mut body)?;
    ground.write(&mut body, &mut drawing, &mut sheet)?;
    moving.write_traces(&mut body, &mut drawing, &mut sheet)?;
    moving.write_ways(&mut body, &mut drawing, &mut sheet)?;
    processes.write(&mut body, &mut drawing, &mut sheet)?;
    moving.write_timers_and_news(&mut body, &mut drawing, &mut sheet)?;
    moving.write_glyphs(&mut body, &mut drawing, &mut sheet)?;
    above.write(&mut body, &mut drawing, &mut sheet)?;
    let size = (STAGE.width, STAGE.height + style::HEIGHT);
    style::write(&mut body, subject, &mut drawing, &mut sheet)?;

    let AnimationLoop { from, to, speed, .. } = sight.asked;
    let description = format!("Plays {speed} a second. {}", subject.account((from, to)));
    svg::opening(out, size, &PictureText { title: subject.title(), description })?;
    out.push_str("<style>\n");
    svg::fonts(out)?;
    drawing.style(out, colours)?;
    sheet.write(out)?;
    out.push_str("</style>\n");
    out.push_str(&body);
    out.push_str("</svg>\n");
    Ok(())
}

/// In an order that keeps what lies above what at every instant.
#[derive(Debug, Default)]
pub struct StillShapes<'a>(Vec<StillShape<'a>>);

#[derive(Debug)]
struct StillShape<'a> {
    shape: &'a Shape,
    seen: Vec<VisibleSpan>,
}

impl<'a> StillShapes<'a> {
    /// Of the same layer at ascending instants; the last is seen for ever.
    pub fn of(layers: impl Iterator<Item = (Time, &'a [Shape])>) -> Self {
        let mut all: Vec<StillShape> = Vec::new();
        let mut layers = layers.peekable();
        while let Some((at, shapes)) = layers.next() {
            let until = layers.peek().map_or(Time::NEVER, |(next, _)| *next);
            let mut place = 0;
            for shape in shapes {
                // What was there keeps its place; what is new comes above all of this instant so far.
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

/// Whatever each is about.
fn is_same(one: &Shape, other: &Shape) -> bool {
    one.paint == other.paint && one.form == other.form
}
