//! The strips of leaders under the axis: a colour for one leader, a hatch for none, the alarm colour for
//! several, three pixels taller; and their labels, inside the widest part that is not folded.

use super::{CursorState, DiagramDrawContext, GroupStrip, SMALL, TextLine};
use crate::report::Span;
use crate::time::Time;
use crate::types::Rank;
use crate::view::Scene;
use crate::view::bars::{Bar, bar, bars, on_bar};
use crate::view::geometry::{Point, Rect, point};
use crate::view::paint::Paint;
use crate::view::path::Path;
use crate::view::text::Font;

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

pub(crate) fn draw_bars(context: &DiagramDrawContext, scene: &mut Scene) {
    let tokens = context.tokens();
    for (place, strip) in context.diagram.strips.iter().enumerate() {
        let (top, foot) = context.rows.strip_row(place);
        let edge =
            |at| context.x(at).clamp(context.rows.left, context.rows.right.max(context.rows.left));
        for Bar { left, right, leaders } in bars(seen(context, strip), edge) {
            let top = if leaders.len() > 1 { top - TALLER } else { top };
            let area = Rect::new(left, top, right, foot);
            bar(scene, area, leaders, context.diagram.leader_styles, context.frame.theme);
            if left > context.rows.left {
                scene.line(point(left, top), point(left, foot), Paint::stroke(tokens.stage, 2.0));
            }
        }
        name(context, strip, (top, foot), scene);
    }
    for sign in place(context).iter().filter(|sign| sign.leaders.is_empty()) {
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

pub(crate) fn place(context: &DiagramDrawContext) -> Vec<StripSpanLabel> {
    let strips = context.diagram.strips.iter().enumerate();
    let signs = strips.flat_map(|(place, strip)| {
        let row = context.rows.strip_row(place);
        seen(context, strip).filter_map(move |span| sign(context, span, row))
    });
    signs.collect()
}

pub(crate) fn draw(
    context: &DiagramDrawContext,
    signs: &[StripSpanLabel],
    now: &CursorState,
    scene: &mut Scene,
) {
    let x = context.x(now.at);
    for sign in signs {
        let past = on_bar(&sign.leaders, context.diagram.leader_styles, context.frame.theme);
        let line = TextLine { words: &sign.words, at: sign.at, font: sign.font, halo: false };
        context.parted(scene, &line, x, [past, context.tokens().ink]);
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
    let parts = context.scale.legs().filter(|leg| !leg.is_fold).map(|leg| {
        let tear = if leg.left > left { 2.0 } else { 0.0 };
        (leg.left.max(left) + tear, leg.right.min(right))
    });
    let (from, to) = parts.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))?;
    let words = forms(context, span)
        .into_iter()
        .find(|words| from + 2.0 * PADDING + context.measure.width(words, font) <= to)?;
    let at = point(from + PADDING, row.1 - foot);
    Some(StripSpanLabel { words, at, leaders: span.value.clone(), font, row })
}

/// One that lasts to the end of the run has no length yet.
fn forms(context: &DiagramDrawContext, span: &Span<Vec<Rank>>) -> Vec<String> {
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
