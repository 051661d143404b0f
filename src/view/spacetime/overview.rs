//! The strips of leaders under the axis: a colour for one leader, a hatch for none, the alarm colour for several,
//! three pixels taller, and their labels, inside the widest part that is not folded; and the overview, the whole
//! run as strip and ticks with a bracket around the window.

use super::{CursorState, DiagramDrawContext, GroupStrip, Rows, SMALL, TextLine};
use crate::report::Span;
use crate::time::Time;
use crate::types::Rank;
use crate::view::Paint;
use crate::view::geometry::Path;
use crate::view::geometry::{Point, Rect, point};
use crate::view::strip::{Bar, bar, bars, fill, on_bar, terms_of};
use crate::view::text::{Anchor, Font, Text};
use crate::view::{Scene, ShapeForm};

/// The part of the overview that a press selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverviewHandle {
    /// The bracket as a whole.
    Bracket,
    From,
    To,
    /// Outside of the bracket, which moves there.
    Beside,
}

const BAR: f64 = 20.0;
const STRIP: f64 = 7.0;
/// The room for the texts of chapters below the lanes, where there is no overview.
pub const MARKS: f64 = 16.0;

pub(crate) fn draw(context: &DiagramDrawContext, scene: &mut Scene) {
    if !context.rows.has_overview {
        return draw_marks_below(context, scene);
    }
    let tokens = context.tokens();
    let (left, right, top) = (context.rows.left, context.rows.right, context.rows.overview());
    let strips = || context.diagram.strips.iter().filter(|strip| strip.is_ours);
    // Several bars share the strip's height; a single bar continues, dimmed, behind the ticks.
    let count = strips().count();
    let each = if count > 1 { STRIP / count as f64 } else { BAR };
    for (place, strip) in strips().enumerate() {
        let top = top + each * place as f64;
        for Bar { left, right, leaders, .. } in bars(strip.leading.iter(), |at| x(context, at)) {
            let area = Rect::new(left, top, right, top + each);
            bar(scene, area, leaders, context.diagram.leader_styles, context.frame.theme);
        }
    }
    let dim = Paint::fill(tokens.stage).opacity(0.82);
    fill(scene, Rect::new(left - 1.0, top + STRIP, right + 1.0, top + BAR), dim);
    draw_ticks(context, top, scene);
    draw_marks(context, top, scene);
    let window = context.scale.window();
    let (from, to) = bracket(&context.rows, window, context.diagram.end);
    let beside = Paint::fill(tokens.stage).opacity(0.5);
    fill(scene, Rect::new(left, top - 1.0, from, top + BAR + 1.0), beside);
    fill(scene, Rect::new(to, top - 1.0, right, top + BAR + 1.0), beside);
    let frame = Path::rounded(Rect::new(from, top - 2.0, to, top + BAR + 2.0), 3.0);
    scene.path(frame, Paint::stroke(tokens.ink, 1.5));
    for handle in [from, to] {
        let area = Rect::new(handle - 3.0, top + 3.0, handle + 3.0, top + BAR - 3.0);
        scene.path(Path::rounded(area, 3.0), Paint::fill(tokens.ink));
    }
    let words = "whole run";
    if context.measure.width(words, SMALL) + 10.0 < left {
        let at = point(left - 8.0, top + 14.0);
        let text = Text { words: words.into(), at, font: SMALL, anchor: Anchor::End };
        scene.push(ShapeForm::Text(text), Paint::fill(tokens.ink3));
    }
}

pub(crate) fn draw_now(context: &DiagramDrawContext, now: &CursorState, scene: &mut Scene) {
    if context.rows.has_overview {
        let (x, top) = (x(context, now.at), context.rows.overview());
        let (from, to) = (point(x, top - 5.0), point(x, top + BAR + 5.0));
        scene.line(from, to, Paint::stroke(context.tokens().ink, 1.5));
    }
}

/// The part under a press, if `window` of a run that ends at `end` is shown; `None` outside of the overview.
pub fn grasped(
    rows: &Rows,
    window: (Time, Time),
    end: Time,
    at: Point,
    coarse: bool,
) -> Option<OverviewHandle> {
    let reach: f64 = if coarse { 16.0 } else { 7.0 };
    if !rows.has_overview || at.y < rows.foot + 4.0 {
        return None;
    }
    let (from, to) = bracket(rows, window, end);
    // The middle of a narrow bracket must stay draggable.
    let inner = reach.min((to - from) / 4.0);
    Some(match at.x {
        x if x >= from - reach && x <= from + inner => OverviewHandle::From,
        x if x <= to + reach && x >= to - inner => OverviewHandle::To,
        x if x > from && x < to => OverviewHandle::Bracket,
        _ => OverviewHandle::Beside,
    })
}

/// The instant at an x.
pub fn time(rows: &Rows, end: Time, x: f64) -> Time {
    let share = ((x - rows.left) / (rows.right - rows.left).max(1.0)).clamp(0.0, 1.0);
    Time::us((end.as_us() as f64 * share).round() as u64)
}

/// Where something other than a heartbeat is sent; a pixel with more is darker.
fn draw_ticks(context: &DiagramDrawContext, top: f64, scene: &mut Scene) {
    let counts = context.diagram.described;
    let (left, right) = (context.rows.left, context.rows.right);
    let mut columns = vec![0u32; (right - left).ceil().max(1.0) as usize];
    let last = columns.len() - 1;
    for (bucket, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let share = (bucket as f64 + 0.5) / counts.len() as f64;
        columns[((share * (right - left)) as usize).min(last)] += u32::from(count);
    }
    let ticks = |least: u32, most: u32| {
        let of = columns.iter().enumerate().filter(|(_, n)| (least..=most).contains(*n));
        let lines: Vec<(Point, Point)> = of
            .map(|(column, _)| {
                let x = left + column as f64 + 0.5;
                (point(x, top + STRIP + 2.0), point(x, top + BAR - 2.0))
            })
            .collect();
        lines
    };
    for (least, most, alpha) in [(1, 2, 0.6), (3, u32::MAX, 0.9)] {
        let lines = ticks(least, most);
        if !lines.is_empty() {
            let ink = Paint::stroke(context.tokens().ink, 1.0).opacity(alpha);
            scene.path(Path::lines(lines), ink);
        }
    }
}

/// The chapters: a tick for each, and its text above the bar where there is room before the next one.
fn draw_marks(context: &DiagramDrawContext, top: f64, scene: &mut Scene) {
    let tokens = context.tokens();
    let chapters = context.diagram.scenario.chapters();
    let mut next = context.rows.right + 24.0;
    for (_, mark) in chapters.iter().rev().filter(|(_, mark)| mark.at <= context.diagram.end) {
        let at = x(context, mark.at);
        scene.line(point(at, top - 10.0), point(at, top + BAR), Paint::stroke(tokens.ink2, 1.25));
        let words = clipped(context, &mark.text, next - at - 12.0);
        if let Some(words) = words {
            let at = point(at + 5.0, top - 3.5);
            let text = Text { words: words.into(), at, font: SMALL, anchor: Anchor::Start };
            scene.push(ShapeForm::Text(text), Paint::fill(tokens.ink2));
        }
        next = at;
    }
}

/// Without an overview, as in a file: a line through the lanes for each chapter in the window, and its
/// text below them, where there is room for that.
fn draw_marks_below(context: &DiagramDrawContext, scene: &mut Scene) {
    let (foot, tokens) = (context.rows.foot, context.tokens());
    if context.frame.size.height < foot + MARKS {
        return;
    }
    let (from, to) = context.scale.window();
    let mut next = context.frame.size.width;
    let chapters = context.diagram.scenario.chapters();
    for (_, mark) in chapters.iter().rev().filter(|(_, mark)| (from..=to).contains(&mark.at)) {
        let at = context.x(mark.at);
        let line = Paint::stroke(tokens.ink3, 1.0).dashed(1.0, 4.0);
        scene.line(point(at, context.rows.axis), point(at, foot + MARKS - 2.0), line);
        if let Some(words) = clipped(context, &mark.text, next - at - 10.0) {
            let at = point(at + 4.0, foot + MARKS - 4.0);
            let text = Text { words: words.into(), at, font: SMALL, anchor: Anchor::Start };
            scene.push(ShapeForm::Text(text), Paint::fill(tokens.ink2));
        }
        next = at;
    }
}

/// As much of a text as is so wide, with an ellipsis where it is cut; nothing where hardly anything is left.
fn clipped(context: &DiagramDrawContext, text: &str, width: f64) -> Option<String> {
    const LEAST: usize = 4;
    if context.measure.width(text, SMALL) <= width {
        return Some(text.to_owned());
    }
    let letters: Vec<char> = text.chars().collect();
    (LEAST..letters.len()).rev().find_map(|length| {
        let words: String = letters[..length].iter().collect();
        let words = format!("{}…", words.trim_end());
        (context.measure.width(&words, SMALL) <= width).then_some(words)
    })
}

/// From where to where the bracket reaches; wide enough to be taken hold of.
fn bracket(rows: &Rows, (from, to): (Time, Time), end: Time) -> (f64, f64) {
    let (from, to) = (place(rows, end, from), place(rows, end, to));
    if to - from >= 8.0 {
        return (from, to);
    }
    // A hidden diagram has no width, and `clamp` would panic on its empty range.
    let middle = f64::midpoint(from, to).min(rows.right - 4.0).max(rows.left + 4.0);
    (middle - 4.0, middle + 4.0)
}

fn x(context: &DiagramDrawContext, at: Time) -> f64 {
    place(&context.rows, context.diagram.end, at)
}

fn place(rows: &Rows, end: Time, at: Time) -> f64 {
    let share = at.as_us() as f64 / end.as_us().max(1) as f64;
    rows.left + (rows.right - rows.left) * share.min(1.0)
}

/// The label of a span, with the span's leaders, which determine its colour.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StripSpanLabel {
    words: String,
    at: Point,
    leaders: Vec<Rank>,
    font: Font,
    /// Top and bottom of its strip.
    row: (f64, f64),
}

const TALLER: f64 = 3.0;
const FONT: Font = Font::new(12.0, 600);
/// The font of a low strip; strips lower than `LEAST` have no labels.
const LOW: Font = Font::new(11.0, 600);
const LEAST: f64 = 14.0;

pub(crate) fn draw_strips(context: &DiagramDrawContext, scene: &mut Scene) {
    let tokens = context.tokens();
    for (place, strip) in context.diagram.strips.iter().enumerate() {
        let (top, foot) = context.rows.strip_row(place);
        let edge =
            |at| context.x(at).clamp(context.rows.left, context.rows.right.max(context.rows.left));
        for Bar { left, right, leaders, .. } in bars(seen(context, strip), edge) {
            let top = if leaders.len() > 1 { top - TALLER } else { top };
            let area = Rect::new(left, top, right, foot);
            bar(scene, area, leaders, context.diagram.leader_styles, context.frame.theme);
            if left > context.rows.left {
                scene.line(point(left, top), point(left, foot), Paint::stroke(tokens.stage, 2.0));
            }
        }
        name(context, strip, (top, foot), scene);
    }
    for sign in place_labels(context).iter().filter(|sign| sign.leaders.is_empty()) {
        // A hatch would run through the letters.
        let width = context.measure.width(&sign.words, sign.font);
        let (left, (top, foot)) = (sign.at.x - 6.0, sign.row);
        let inner = if foot - top > 20.0 { 3.0 } else { 1.0 };
        let plate = Rect::new(left, top + inner, left + width + 12.0, foot - inner);
        scene.path(Path::rounded(plate, 3.0), Paint::fill(tokens.stage));
    }
}

/// Draws the group's name left of its strip; in full ink if its lanes are shown.
fn name(
    context: &DiagramDrawContext,
    strip: &GroupStrip,
    (top, foot): (f64, f64),
    scene: &mut Scene,
) {
    if strip.name.is_empty() || foot - top < 9.0 {
        return;
    }
    // On a phone there is hardly room for a word.
    let from = if context.rows.left < 50.0 { 3.0 } else { 8.0 };
    let room = context.rows.left - from - 2.0;
    let ends = strip.name.char_indices().map(|(at, letter)| at + letter.len_utf8()).rev();
    let whole = context.measure.width(&strip.name, SMALL) <= room;
    let fits = |words: &String| context.measure.width(words, SMALL) <= room;
    let words = match whole {
        true => Some(strip.name.clone()),
        false => ends.map(|end| format!("{}…", &strip.name[..end])).find(fits),
    };
    let tokens = context.tokens();
    let colour = if strip.is_ours { tokens.ink } else { tokens.ink3 };
    if let Some(words) = words {
        let at = point(from, (top + foot) / 2.0 + 4.0);
        context.text(scene, &words, at, SMALL, Paint::fill(colour));
    }
}

pub(crate) fn place_labels(context: &DiagramDrawContext) -> Vec<StripSpanLabel> {
    let strips = context.diagram.strips.iter().enumerate();
    let signs = strips.flat_map(|(place, strip)| {
        let row = context.rows.strip_row(place);
        seen(context, strip).filter_map(move |span| sign(context, strip, span, row))
    });
    signs.collect()
}

pub(crate) fn draw_strip_labels(
    context: &DiagramDrawContext,
    signs: &[StripSpanLabel],
    now: &CursorState,
    scene: &mut Scene,
) {
    let x = context.x(now.at);
    for sign in signs {
        let past = on_bar(&sign.leaders, context.diagram.leader_styles, context.frame.theme);
        let line = TextLine { words: &sign.words, at: sign.at, font: sign.font, halo: false };
        context.two_coloured_text(scene, &line, x, [past, context.tokens().ink]);
    }
}

fn seen<'a>(
    context: &DiagramDrawContext,
    strip: &'a GroupStrip,
) -> impl Iterator<Item = &'a Span<Vec<Rank>>> + use<'a> {
    let (from, to) = context.scale.window();
    let first = strip.leading.partition_point(|span| span.to <= from);
    strip.leading[first..].iter().take_while(move |span| span.from < to)
}

fn edges(context: &DiagramDrawContext, span: &Span<Vec<Rank>>) -> (f64, f64) {
    (context.x(span.from).max(context.rows.left), context.x(span.to).min(context.rows.right))
}

/// The longest form that fits into the widest part.
fn sign(
    context: &DiagramDrawContext,
    strip: &GroupStrip,
    span: &Span<Vec<Rank>>,
    row: (f64, f64),
) -> Option<StripSpanLabel> {
    const PADDING: f64 = 8.0;
    let high = row.1 - row.0;
    if high < LEAST {
        return None;
    }
    let (font, foot) = if high > 17.0 { (FONT, 6.8) } else { (LOW, high / 2.0 - 4.0) };
    let (left, right) = edges(context, span);
    if right - left <= 2.0 * PADDING {
        return None;
    }
    let parts = context.scale.pieces().filter(|leg| !leg.is_fold).map(|leg| {
        let tear = if leg.left > left { 2.0 } else { 0.0 };
        (leg.left.max(left) + tear, leg.right.min(right))
    });
    let (from, to) = parts.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))?;
    let words = forms(context, strip, span)
        .into_iter()
        .find(|words| from + 2.0 * PADDING + context.measure.width(words, font) <= to)?;
    let at = point(from + PADDING, row.1 - foot);
    Some(StripSpanLabel { words, at, leaders: span.value.clone(), font, row })
}

/// One that lasts to the end of the run has no length yet.
fn forms(context: &DiagramDrawContext, strip: &GroupStrip, span: &Span<Vec<Rank>>) -> Vec<String> {
    let scenario = context.diagram.scenario;
    let lasts = span.to == context.diagram.end || span.from == Time::ZERO;
    let long = span.to.spoken_since(span.from).spoken();
    let (who, short, least) = match &*span.value {
        [] => ("no leader".to_owned(), "no leader".to_owned(), "none".to_owned()),
        [leader] => {
            let leader = scenario.called(*leader);
            (format!("{leader} leads"), format!("{leader} leads"), leader.to_string())
        }
        several => {
            let count = several.len();
            let leaders = format!("{} leaders", number(count));
            (format!("{leaders}, {},", scenario.all_called(several)), leaders, count.to_string())
        }
    };
    let mut forms = vec![short.clone(), least];
    if lasts && span.value.len() > 1 {
        forms.insert(0, format!("{short}, {}", scenario.all_called(&span.value)));
    }
    if !lasts {
        forms.insert(0, format!("{short} for {long}"));
        if span.value.len() > 1 {
            forms.insert(0, format!("{who} for {long}"));
        }
    }
    if let Some(terms) = terms_of(&strip.terms, &span.value, span.from, span.to) {
        forms.insert(0, format!("{short}, {terms}"));
        if !lasts {
            forms.insert(0, format!("{short}, {terms}, for {long}"));
        }
    }
    forms
}

fn number(count: usize) -> String {
    match count {
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        4 => "four".to_owned(),
        more => more.to_string(),
    }
}
