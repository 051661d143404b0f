//! The animated shapes: messages with their trails and traces, timers, and changes of belief.

use super::super::svg::{Drawing, Property, way};
use super::style::{AnimationStyle, Ramp, VisibleSpan};
use crate::choice::MessageId;
use crate::time::{Duration, Time};
use crate::types::Rank;
use crate::view::Paint;
use crate::view::geometry::Placement;
use crate::view::geometry::{Curve, Point, point};
use crate::view::glyphs::{ARROWHEAD, CROSS, Glyph, SMALL_CROSS};
use crate::view::model::{MessageState, TimerModel};
use crate::view::palette::ColourTheme;
use crate::view::stage::{BeliefChange, MessagePath, StageLayers, TimerArc};
use crate::view::{Shape, ShapeForm, decimal};
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// The pieces of a trail, and the share of the path that they take together, in percent.
const PIECES: u32 = 6;
const TRAIL: f64 = 62.0;
/// The number of dots ahead of a message; six pixels each.
const DOTS: usize = 200;

/// All shapes that are animated within the loop.
pub(crate) struct MovingShapes<'a> {
    ways: Vec<FlightPath<'a>>,
    /// Each with the span in which it runs.
    timers: BTreeMap<(Rank, Time, bool), (TimerArc, VisibleSpan)>,
    news: BTreeMap<(Rank, Time), BeliefChange>,
    median: Duration,
}

/// A message from its sending to the fading of its trace.
struct FlightPath<'a> {
    way: &'a MessagePath,
    /// What follows it as it flies.
    behind: &'a [Shape],
    /// When it arrives or is lost; `NEVER` if that is after the loop.
    landed: Time,
    faded: Time,
}

impl<'a> MovingShapes<'a> {
    pub(crate) fn of(seen: &'a [(Time, StageLayers)], median: Duration) -> Self {
        // Each as it is first seen, which has all that flies, and as it is at last.
        let mut ways: BTreeMap<(Time, MessageId), [&MessagePath; 2]> = BTreeMap::new();
        let (mut timers, mut news) = (BTreeMap::new(), BTreeMap::new());
        for (place, (at, layers)) in seen.iter().enumerate() {
            let until = seen.get(place + 1).map_or(Time::NEVER, |(next, _)| *next);
            for way in &layers.ways {
                let [_, last] =
                    ways.entry((way.flight.sent, way.flight.name)).or_insert([way, way]);
                // The landed state may be missing from later instants, so it is kept.
                if !last.has_landed {
                    *last = way;
                }
            }
            for timer in &layers.timers {
                let fresh = (*timer, (*at, until));
                let name = (timer.of, timer.wait.since, timer.gap.is_some());
                let (_, stretch) = timers.entry(name).or_insert(fresh);
                stretch.1 = until;
            }
            news.extend(layers.news.iter().map(|news| ((news.of, news.since), *news)));
        }
        let ways = ways
            .into_values()
            .map(|[first, way]| FlightPath::new(way, &first.behind, median))
            .collect();
        Self { ways, timers, news, median }
    }

    /// Writes the traces of messages that arrived or were lost: line, end mark and faint glyph.
    pub(crate) fn write_traces(
        &self,
        out: &mut String,
        drawing: &mut Drawing,
        sheet: &mut AnimationStyle,
    ) -> fmt::Result {
        let end = sheet.playing().to;
        for flown in self.ways.iter().filter(|flown| flown.landed <= end) {
            if !sheet.open(out, &[(flown.landed, flown.faded)])? {
                continue;
            }
            let (line, mark, ghost) = flown.trace();
            let fades = |from: f64, to: f64| Ramp {
                from: (flown.landed, from.min(1.0)),
                to: (flown.faded, to.min(1.0)),
            };
            let mut write = |ramp: Ramp, shapes: &[Shape]| {
                let class = sheet
                    .moves(ramp, "", |out, opacity| write!(out, "opacity:{}", decimal(opacity)))?;
                writeln!(out, "<g class=\"{class}\">")?;
                drawing.shapes(out, shapes)?;
                out.write_str("</g>\n")
            };
            match flown.is_lost() {
                true => {
                    write(fades(0.66, 0.06), &[line])?;
                    write(fades(1.01, 0.41), &[mark])?;
                }
                false => write(fades(0.66, 0.06), &[line, mark])?,
            }
            if let Some(ghost) = ghost {
                write(fades(0.88, 0.28), &[ghost])?;
            }
            out.push_str("</g>\n");
        }
        Ok(())
    }

    /// Writes dots ahead of a message and a trail behind it: dashes that move along the path.
    pub(crate) fn write_ways(
        &self,
        out: &mut String,
        drawing: &mut Drawing,
        sheet: &mut AnimationStyle,
    ) -> fmt::Result {
        if self.ways.is_empty() {
            return Ok(());
        }
        rules_of_trails(sheet)?;
        for flown in &self.ways {
            if !sheet.open(out, &[flown.flight()])? {
                continue;
            }
            let MessagePath { curve, end, colour, .. } = flown.way;
            let stroke = drawing.class(Property::Stroke, *colour);
            let length = length(curve.piece(0.0, *end));
            let goes = |from: f64, to: f64| flown.goes(from, to);
            let dots = sheet.moves(goes(0.0, -length), "", offset)?;
            let ahead = way(&curve.piece(0.0, *end));
            writeln!(out, "<path class=\"{dots} d {stroke}\" d=\"{ahead}\"/>")?;
            let trail = sheet.moves(goes(TRAIL, TRAIL - 100.0 * end), "", offset)?;
            let small = if flown.is_heartbeat() { " h" } else { "" };
            writeln!(out, "<g class=\"{trail} t{small} {stroke}\">")?;
            let whole = way(curve);
            for piece in 0..PIECES {
                writeln!(out, "<path pathLength=\"100\" class=\"t{piece}\" d=\"{whole}\"/>")?;
            }
            out.push_str("</g>\n</g>\n");
        }
        Ok(())
    }

    pub(crate) fn write_glyphs(
        &self,
        out: &mut String,
        drawing: &mut Drawing,
        sheet: &mut AnimationStyle,
    ) -> fmt::Result {
        for flown in &self.ways {
            if !sheet.open(out, &[flown.flight()])? {
                continue;
            }
            let MessagePath { curve, end, glyph, scale, paint, .. } = flown.way;
            // What follows it has its place and its text as they stand.
            let turns = glyph.turns && flown.behind.is_empty();
            let turn = if turns { "" } else { "offset-rotate:0deg;" };
            let fixed = format!("offset-path:path(\"{}\");{turn}", way(curve));
            let class = sheet.moves(flown.goes(0.0, 100.0 * end), &fixed, |out, way| {
                write!(out, "offset-distance:{}%", decimal(way))
            })?;
            writeln!(out, "<g class=\"{class}\">")?;
            let place = Placement::new(point(0.0, 0.0), *scale, 0.0);
            let form = ShapeForm::Path { path: glyph.path(), place };
            drawing.shapes(out, flown.behind)?;
            drawing.shapes(out, &[Shape { form, paint: *paint, target: None }])?;
            out.push_str("</g>\n</g>\n");
        }
        Ok(())
    }

    /// Writes the hollow arcs, or the others.
    pub(crate) fn write_timers(
        &self,
        is_hollow: bool,
        out: &mut String,
        drawing: &mut Drawing,
        sheet: &mut AnimationStyle,
    ) -> fmt::Result {
        let timers = self.timers.values().filter(|(timer, _)| timer.gap.is_some() == is_hollow);
        for (timer, stretch) in timers {
            if !sheet.open(out, &[*stretch])? {
                continue;
            }
            write_timer(timer, out, drawing, sheet)?;
            out.push_str("</g>\n");
        }
        Ok(())
    }

    pub(crate) fn write_news(
        &self,
        out: &mut String,
        drawing: &mut Drawing,
        sheet: &mut AnimationStyle,
    ) -> fmt::Result {
        for news in self.news.values() {
            let until = news.since + self.median;
            if !sheet.open(out, &[(news.since, until)])? {
                continue;
            }
            let [first, last] = news.radii;
            let grows = Ramp { from: (news.since, 0.0), to: (until, 1.0) };
            let class = sheet.moves(grows, "", |out, age| {
                let scale = decimal((first + (last - first) * age) / first);
                write!(out, "transform:scale({scale});opacity:{}", decimal(1.0 - age))
            })?;
            let stroke = drawing.class(Property::Stroke, news.colour);
            let Point { x, y } = news.centre;
            let (x, y, r) = (decimal(x), decimal(y), decimal(first));
            writeln!(
                out,
                "<g transform=\"translate({x} {y})\"><circle class=\"{class} {stroke}\" r=\"{r}\" \
                 fill=\"none\" stroke-width=\"2\" vector-effect=\"non-scaling-stroke\"/></g>\n</g>"
            )?;
        }
        Ok(())
    }
}

impl<'a> FlightPath<'a> {
    fn new(way: &'a MessagePath, behind: &'a [Shape], median: Duration) -> Self {
        let flight = &way.flight;
        let landed = match flight.fate {
            MessageState::OnItsWay | MessageState::Held => Time::NEVER,
            MessageState::Delivered(at) => at,
            MessageState::Lost { at, .. } if at > flight.sent => at,
            MessageState::Lost { .. } => flight.reaches(way.end),
        };
        let medians = if flight.name.kind.is_routine() { 2 } else { 6 };
        let glow = Duration::us(median.as_us() * medians);
        let faded = if landed == Time::NEVER { landed } else { landed + glow };
        Self { way, behind, landed, faded }
    }

    fn flight(&self) -> VisibleSpan {
        (self.way.flight.sent, self.landed)
    }

    fn is_heartbeat(&self) -> bool {
        self.way.flight.name.kind.is_routine()
    }

    fn is_lost(&self) -> bool {
        matches!(self.way.flight.fate, MessageState::Lost { .. })
    }

    /// A ramp from a value at the sending to another at the end of the path.
    fn goes(&self, from: f64, to: f64) -> Ramp {
        let flight = &self.way.flight;
        Ramp { from: (flight.sent, from), to: (flight.reaches(self.way.end), to) }
    }

    /// Its line, the mark at its end, and its faint glyph.
    fn trace(&self) -> (Shape, Shape, Option<Shape>) {
        let MessagePath { curve, end, glyph, paint, colour, .. } = self.way;
        let beat = self.is_heartbeat();
        let line = curve.piece(0.0, *end);
        let shape = |form, paint| Shape { form, paint, target: None };
        let placed = |path, place, paint| shape(ShapeForm::Path { path, place }, paint);
        let mark = if self.is_lost() {
            let (cross, width, halo) =
                if beat { (SMALL_CROSS, 1.6, 4.6) } else { (CROSS, 2.0, 5.0) };
            let stage = ColourTheme::Coded.tokens().stage;
            let paint = Paint::stroke(*colour, width).round().halo(stage, halo);
            placed(cross, Placement::new(line.to, 1.0, 0.0), paint)
        } else {
            let scale = if beat { 0.7 } else { 1.0 };
            let place = Placement::new(line.to, scale, line.heading(1.0).angle());
            placed(ARROWHEAD, place, Paint::fill(*colour))
        };
        let turn = if glyph.turns { line.heading(0.5).angle() } else { 0.0 };
        let place = Placement::new(line.at(0.5), 12.0 / Glyph::BOX, turn);
        let ghost = (!beat).then(|| placed(glyph.path(), place, *paint));
        let width = if beat { 1.0 } else { 1.5 };
        (shape(ShapeForm::Curve(line), Paint::stroke(*colour, width)), mark, ghost)
    }
}

/// The arc of a timer; a hollow one is two lines with bars at the ends.
fn write_timer(
    timer: &TimerArc,
    out: &mut String,
    drawing: &mut Drawing,
    sheet: &mut AnimationStyle,
) -> fmt::Result {
    let TimerArc { wait: TimerModel { since, due, .. }, centre, radius, gap, .. } = *timer;
    let tokens = ColourTheme::Coded.tokens();
    let class = sheet.moves(Ramp { from: (since, 0.0), to: (due, 100.0) }, "", offset)?;
    let stroke = drawing.class(Property::Stroke, tokens.ink);
    let (x, y) = (decimal(centre.x), decimal(centre.y));
    let (radii, width) = match gap {
        Some(gap) => (vec![radius - gap / 2.0, radius + gap / 2.0], 1.25),
        None => (vec![radius], 3.0),
    };
    for r in radii.into_iter().map(decimal) {
        writeln!(
            out,
            "<circle class=\"{class} {stroke}\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"none\" \
             stroke-width=\"{width}\" pathLength=\"100\" stroke-dasharray=\"100\" \
             transform=\"rotate(-90 {x} {y})\"/>"
        )?;
    }
    if let Some(gap) = gap {
        let turns =
            sheet.moves(Ramp { from: (since, 360.0), to: (due, 0.0) }, "", |out, turn| {
                write!(out, "transform:rotate({}deg)", decimal(turn))
            })?;
        let reach = gap / 2.0 + 1.0;
        let (inner, outer) = (decimal(reach - radius), decimal(-reach - radius));
        let bar = format!("d=\"M0 {inner}V{outer}\" stroke-width=\"{width}\"");
        writeln!(
            out,
            "<g transform=\"translate({x} {y})\" class=\"{stroke}\"><path {bar}/>\
             <path class=\"{turns}\" {bar}/></g>"
        )?;
    }
    Ok(())
}

fn offset(out: &mut String, offset: f64) -> fmt::Result {
    write!(out, "stroke-dashoffset:{}", decimal(offset))
}

/// The rules of trails. Each piece is a dash at its place, and all pieces share one offset; the dots are one
/// long dash array.
fn rules_of_trails(sheet: &mut AnimationStyle) -> fmt::Result {
    sheet.rule(format_args!(".d,.t{{fill:none}}"))?;
    let dots = fmt::from_fn(|f| (0..DOTS).try_for_each(|_| f.write_str("1 5 ")));
    sheet.rule(format_args!(
        ".d{{stroke-width:1.25;stroke-linecap:round;opacity:.6;stroke-dasharray:{dots}1 9999}}"
    ))?;
    let length = TRAIL / f64::from(PIECES);
    for piece in 0..PIECES {
        let share = f64::from(piece + 1) / f64::from(PIECES);
        let (before, length) = (decimal(length * f64::from(piece)), decimal(length));
        let opacity = decimal(0.08 + 0.8 * share.powf(1.4));
        let (wide, thin) = (decimal(1.0 + 2.6 * share), decimal(0.8 + 1.2 * share));
        sheet.rule(format_args!(
            ".t{piece}{{stroke-dasharray:0 {before} {length} 999;opacity:{opacity};\
             stroke-width:{wide}}}.h .t{piece}{{stroke-width:{thin}}}"
        ))?;
    }
    Ok(())
}

/// The length of a curve, in pixels.
fn length(curve: Curve) -> f64 {
    const STEPS: u32 = 32;
    let at = |step: u32| curve.at(f64::from(step) / f64::from(STEPS));
    (0..STEPS).map(|step| at(step).distance(at(step + 1))).sum()
}
