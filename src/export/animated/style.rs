//! The style sheet of an animation: when each group of shapes is visible, and how shapes move.
//!
//! Every animation lasts as long as the loop, so that all stay in step. Percentages are those of the loop; a
//! span that begins before it or ends after it is cut off.

use crate::export::svg::Drawing;
use crate::narration::{self, StoryLine, describe};
use crate::report::Span;
use crate::time::Time;
use crate::view::Paint;
use crate::view::geometry::{Size, point};
use crate::view::palette::ColourTheme;
use crate::view::picture::{PictureSubject, STAGE};
use crate::view::text::{Anchor, EvenWidth, Font, Measure, Text};
use crate::view::{Scene, Shape, ShapeForm, decimal, strip};
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// The timing of the loop: it plays, then holds its last instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LoopTiming {
    pub from: Time,
    pub to: Time,
    /// The instant that is shown under reduced motion.
    pub still: Time,
    /// How long it plays, and how long it then holds; in seconds.
    pub seconds: f64,
    pub hold: f64,
}

/// From an instant until just before another.
pub(crate) type VisibleSpan = (Time, Time);

/// A value that changes linearly between two instants and is constant before and after.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ramp {
    pub from: (Time, f64),
    pub to: (Time, f64),
}

/// Collects the rules of the style sheet while shapes are written.
#[derive(Debug)]
pub(crate) struct AnimationStyle {
    playing: LoopTiming,
    /// Each set of spans once, with its number.
    shown: BTreeMap<Vec<VisibleSpan>, usize>,
    /// Rules with their keyframes, each once.
    moves: BTreeMap<String, usize>,
    /// Rules without keyframes.
    rules: String,
}

impl LoopTiming {
    /// The place of an instant in the whole loop, in percent.
    fn percent(&self, at: Time) -> f64 {
        let at = at.clamp(self.from, self.to);
        let whole = self.to.since(self.from).as_us().max(1) as f64;
        let share = at.since(self.from).as_us() as f64 / whole;
        100.0 * share * self.seconds / (self.seconds + self.hold)
    }
}

impl Ramp {
    fn at(&self, at: Time) -> f64 {
        let (begin, end) = (self.from.0, self.to.0);
        let share = at.since(begin).as_us() as f64 / end.since(begin).as_us().max(1) as f64;
        self.from.1 + (self.to.1 - self.from.1) * share.min(1.0)
    }
}

impl AnimationStyle {
    pub(crate) fn new(playing: LoopTiming) -> Self {
        let (shown, moves) = (BTreeMap::new(), BTreeMap::new());
        Self { playing, shown, moves, rules: String::new() }
    }

    pub(crate) fn playing(&self) -> LoopTiming {
        self.playing
    }

    /// Adds a rule as it is.
    pub(crate) fn rule(&mut self, rule: fmt::Arguments) -> fmt::Result {
        writeln!(self.rules, "{rule}")
    }

    /// Opens a group that is visible in some spans, which ascend and do not touch. False, and no group, if it
    /// is never visible.
    pub(crate) fn open(
        &mut self,
        out: &mut String,
        stretches: &[VisibleSpan],
    ) -> Result<bool, fmt::Error> {
        let LoopTiming { from, to, .. } = self.playing;
        let seen = stretches.iter().filter(|stretch| stretch.1 > from && stretch.0 <= to);
        let seen: Vec<VisibleSpan> = seen
            .map(|stretch| {
                (stretch.0.max(from), if stretch.1 > to { Time::NEVER } else { stretch.1 })
            })
            .collect();
        match &*seen {
            [] => return Ok(false),
            [(begin, Time::NEVER)] if *begin == from => out.write_str("<g>\n")?,
            _ => {
                let next = self.shown.len();
                let number = *self.shown.entry(seen).or_insert(next);
                writeln!(out, "<g class=\"s s{number}\">")?;
            }
        }
        Ok(true)
    }

    /// The classes of an animated shape: `values` writes the declarations for a value of the ramp.
    pub(crate) fn moves(
        &mut self,
        ramp: Ramp,
        fixed: &str,
        values: impl Fn(&mut String, f64) -> fmt::Result,
    ) -> Result<String, fmt::Error> {
        let LoopTiming { from, to, still, .. } = self.playing;
        let (begin, end) = (ramp.from.0.clamp(from, to), ramp.to.0.clamp(from, to));
        let (first, last) = (self.playing.percent(begin), self.playing.percent(end));
        let mut rule = format!("{fixed}@");
        values(&mut rule, ramp.at(still.clamp(begin, end)))?;
        rule.push('@');
        if first > 0.0 {
            rule.push_str("0%,");
        }
        write!(rule, "{}%{{", decimal(first))?;
        values(&mut rule, ramp.at(begin))?;
        write!(rule, "}}{}%,to{{", decimal(last))?;
        values(&mut rule, ramp.at(end))?;
        rule.push('}');
        let next = self.moves.len();
        let number = *self.moves.entry(rule).or_insert(next);
        Ok(format!("m m{number}"))
    }

    pub(crate) fn write(&self, out: &mut String) -> fmt::Result {
        let LoopTiming { seconds, hold, still, .. } = self.playing;
        let seconds = decimal(seconds + hold);
        writeln!(out, ".s,.m{{animation:{seconds}s step-end infinite}}")?;
        writeln!(out, ".m{{animation-timing-function:linear}}")?;
        out.push_str(&self.rules);
        for (stretches, number) in &self.shown {
            let now = stretches.iter().any(|(from, to)| *from <= still && still < *to);
            let opacity = u8::from(now);
            writeln!(out, ".s{number}{{animation-name:s{number};opacity:{opacity}}}")?;
            write!(out, "@keyframes s{number}{{")?;
            self.steps(out, stretches)?;
            out.push_str("}\n");
        }
        for (rule, number) in &self.moves {
            let mut parts = rule.split('@');
            let mut part = || parts.next().unwrap_or_default();
            let (fixed, still, frames) = (part(), part(), part());
            writeln!(out, ".m{number}{{animation-name:m{number};{fixed}{still}}}")?;
            writeln!(out, "@keyframes m{number}{{{frames}}}")?;
        }
        writeln!(out, "@media(prefers-reduced-motion:reduce){{.s,.m{{animation:none}}}}")
    }

    fn steps(&self, out: &mut String, stretches: &[VisibleSpan]) -> fmt::Result {
        if stretches.first().is_some_and(|(begin, _)| self.playing.percent(*begin) > 0.0) {
            out.push_str("0%{opacity:0}");
        }
        for (begin, end) in stretches {
            write!(out, "{}%{{opacity:1}}", decimal(self.playing.percent(*begin)))?;
            if *end != Time::NEVER {
                write!(out, "{}%{{opacity:0}}", decimal(self.playing.percent(*end)))?;
            }
        }
        // The last frame is that of the loop's end, not that of reduced motion.
        let last = u8::from(stretches.last().is_some_and(|(_, end)| *end == Time::NEVER));
        write!(out, "to{{opacity:{last}}}")
    }
}

/// The height of the bar and the sentence below the stage, in CSS pixels.
pub(crate) const HEIGHT: f64 = 76.0;
const BAR: f64 = 8.0;
const MARGIN: f64 = 20.0;
/// The x of the sentence, right of its instant.
const SENTENCE: f64 = 96.0;
const LEADING: f64 = 21.0;
const WORDS: Font = Font::new(15.0, 500);
const STAMP: Font = Font::new(12.0, 400);

pub(crate) fn write(
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
            drawing.shapes(out, &sentence_shapes(line))?;
            out.push_str("</g>\n");
        }
    }
    out.push_str("</g>\n");
    Ok(())
}

/// The leaders over the time of the loop, and a line that moves along.
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
        strip::fingerprint(&leading, &[], end, &subject.leader_styles, (size, ColourTheme::Coded));
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

/// The sentences within the loop, and the last one before it.
fn lines(subject: &PictureSubject, LoopTiming { from, to, .. }: LoopTiming) -> Vec<StoryLine> {
    let run = subject.run;
    let before = narration::last_reported(run, from);
    let within = describe(&run.first_described(from, to, |_| true).0, run.head());
    let within = within.into_iter().filter(|line| !line.routine && line.at > from);
    before.into_iter().chain(within).collect()
}

/// Its instant, and its words in two lines at most.
fn sentence_shapes(line: &StoryLine) -> Vec<Shape> {
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

/// Wraps text to two lines; three dots show that the rest is left out.
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
