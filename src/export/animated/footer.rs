//! Below an animation: who leads over its time, how far it has come, and what has happened last.

use super::super::still::{PictureSubject, STAGE};
use super::super::svg::Drawing;
use super::style::{AnimationStyle, LoopTiming, Ramp, VisibleSpan};
use crate::narration::{self, StoryLine, describe};
use crate::report::Span;
use crate::time::Time;
use crate::view::fingerprint;
use crate::view::geometry::{Size, point};
use crate::view::paint::Paint;
use crate::view::palette::ColourTheme;
use crate::view::text::{Anchor, EvenWidth, Font, Measure, Text};
use crate::view::{Scene, Shape, ShapeForm, decimal};
use std::fmt::{self, Write};

/// In CSS pixels.
pub const HEIGHT: f64 = 76.0;
const BAR: f64 = 8.0;
const MARGIN: f64 = 20.0;
/// From there the sentence stands, right of its instant.
const SENTENCE: f64 = 96.0;
const LEADING: f64 = 21.0;
const WORDS: Font = Font::new(15.0, 500);
const STAMP: Font = Font::new(12.0, 400);

pub fn write(
    out: &mut String,
    subject: &PictureSubject,
    drawing: &mut Drawing,
    sheet: &mut AnimationStyle,
) -> fmt::Result {
    writeln!(out, "<g transform=\"translate(0 {})\">", decimal(STAGE.height))?;
    bar(out, subject, drawing, sheet)?;
    let lines = lines(subject, sheet.playing());
    for (place, line) in lines.iter().enumerate() {
        let until = lines.get(place + 1).map_or(Time::NEVER, |next| next.at);
        let stretch: VisibleSpan = (line.at, until);
        if stretch.0 < stretch.1 && sheet.open(out, &[stretch])? {
            drawing.shapes(out, &told(line))?;
            out.push_str("</g>\n");
        }
    }
    out.push_str("</g>\n");
    Ok(())
}

/// Who leads, over the time of the loop, and a line that walks along.
fn bar(
    out: &mut String,
    subject: &PictureSubject,
    drawing: &mut Drawing,
    sheet: &mut AnimationStyle,
) -> fmt::Result {
    let LoopTiming { from, to, .. } = sheet.playing();
    let within = subject.leading().iter().filter(|span| span.to > from && span.from < to);
    let shifted = |at: Time| at.min(to).since(from).from_start();
    let leading: Vec<_> = within
        .map(|span| Span {
            from: shifted(span.from),
            to: shifted(span.to),
            value: span.value.clone(),
        })
        .collect();
    let (size, end) = (Size { width: STAGE.width, height: BAR }, to.since(from).from_start());
    let scene =
        fingerprint::scene(&leading, &[], end, &subject.leader_styles, (size, ColourTheme::Coded));
    drawing.shapes(out, &scene.shapes)?;
    let walks = Ramp { from: (from, 0.0), to: (to, STAGE.width) };
    let class =
        sheet.moves(walks, "", |out, x| write!(out, "transform:translateX({}px)", decimal(x)))?;
    writeln!(out, "<g class=\"{class}\">")?;
    let mut playhead = Scene::new(STAGE);
    let tokens = ColourTheme::Coded.tokens();
    let (top, foot) = (point(0.0, -4.0), point(0.0, BAR + 4.0));
    playhead.line(top, foot, Paint::stroke(tokens.stage, 6.0));
    playhead.line(top, foot, Paint::stroke(tokens.ink, 2.0).round());
    drawing.shapes(out, &playhead.shapes)?;
    out.push_str("</g>\n");
    Ok(())
}

/// What is told within the loop, and before it what was told last.
fn lines(subject: &PictureSubject, LoopTiming { from, to, .. }: LoopTiming) -> Vec<StoryLine> {
    let run = subject.run;
    let before = narration::last_told(run, from);
    let within = describe(&run.first_described(from, to, |_| true).0, run.head());
    let within = within.into_iter().filter(|line| !line.routine && line.at > from);
    before.into_iter().chain(within).collect()
}

/// Its instant, and its words in two lines at most.
fn told(line: &StoryLine) -> Vec<Shape> {
    let tokens = ColourTheme::Coded.tokens();
    let foot = BAR + 30.0;
    let stamp = line.at.spoken().to_string();
    let text = |words: String, at, font, anchor| {
        ShapeForm::Text(Text { words: words.into(), at, font, anchor })
    };
    let shape = |form, colour| Shape { form, paint: Paint::fill(colour), target: None };
    let stamp = text(stamp, point(SENTENCE - 12.0, foot), STAMP, Anchor::End);
    let mut shapes = vec![shape(stamp, tokens.ink3)];
    for (place, words) in wrapped(&line.text).into_iter().enumerate() {
        let at = point(SENTENCE, foot + LEADING * place as f64);
        shapes.push(shape(text(words, at, WORDS, Anchor::Start), tokens.ink));
    }
    shapes
}

/// Two lines; what does not fit is left out, which three dots say.
fn wrapped(words: &str) -> Vec<String> {
    let room = STAGE.width - SENTENCE - MARGIN;
    let fits = |line: &str| EvenWidth.width(line, WORDS) <= room;
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let last = lines.last().map_or("", String::as_str);
        let longer = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
        match (fits(&longer) || last.is_empty(), lines.len()) {
            (true, place) => lines[place - 1] = longer,
            (false, 1) => lines.push(word.to_owned()),
            (false, place) => {
                lines[place - 1].push_str(" …");
                break;
            }
        }
    }
    lines
}
