//! The strips of leaders under the axis: a colour for one leader, a hatch for none, the alarm colour for
//! several, three pixels taller; and their labels, inside the widest part that is not folded.

use super::{CursorState, DiagramDrawContext, GroupStrip, SMALL, TextLine};
use crate::report::Span;
use crate::time::Time;
use crate::types::{Rank, listed};
use crate::view::Scene;
use crate::view::bars::{Bar, bar, bars, on_bar};
use crate::view::geometry::{Point, Rect, point};
use crate::view::paint::Paint;
use crate::view::path::Path;
use crate::view::text::Font;

/// The label of a span, with the span's leaders, which determine its colour.
#[derive(Clone, Debug, PartialEq)]
pub struct StripSpanLabel {
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

pub fn draw_bars(sight: &DiagramDrawContext, scene: &mut Scene) {
    let tokens = sight.tokens();
    for (place, strip) in sight.diagram.strips.iter().enumerate() {
        let (top, foot) = sight.rows.strip_row(place);
        let edge = |at| sight.x(at).clamp(sight.rows.left, sight.rows.right.max(sight.rows.left));
        for Bar { left, right, leaders } in bars(seen(sight, strip), edge) {
            let top = if leaders.len() > 1 { top - TALLER } else { top };
            let area = Rect::new(left, top, right, foot);
            bar(scene, area, leaders, sight.diagram.leader_styles, sight.frame.theme);
            if left > sight.rows.left {
                scene.line(point(left, top), point(left, foot), Paint::stroke(tokens.stage, 2.0));
            }
        }
        name(sight, strip, (top, foot), scene);
    }
    for sign in place(sight).iter().filter(|sign| sign.leaders.is_empty()) {
        // The hatch would run through the letters.
        let width = sight.measure.width(&sign.words, sign.font);
        let (left, (top, foot)) = (sign.at.x - 6.0, sign.row);
        let inner = if foot - top > 20.0 { 3.0 } else { 1.0 };
        let plate = Rect::new(left, top + inner, left + width + 12.0, foot - inner);
        scene.path(Path::rounded(plate, 3.0), Paint::fill(tokens.stage));
    }
}

/// Draws the group's name left of its strip; in full ink if its lanes are shown.
fn name(
    sight: &DiagramDrawContext,
    strip: &GroupStrip,
    (top, foot): (f64, f64),
    scene: &mut Scene,
) {
    if strip.name.is_empty() || foot - top < 9.0 {
        return;
    }
    // On a phone there is little space for a word.
    let from = if sight.rows.left < 50.0 { 3.0 } else { 8.0 };
    let room = sight.rows.left - from - 2.0;
    let ends = strip.name.char_indices().map(|(at, letter)| at + letter.len_utf8()).rev();
    let whole = sight.measure.width(&strip.name, SMALL) <= room;
    let fits = |words: &String| sight.measure.width(words, SMALL) <= room;
    let words = match whole {
        true => Some(strip.name.clone()),
        false => ends.map(|end| format!("{}…", &strip.name[..end])).find(fits),
    };
    let tokens = sight.tokens();
    let colour = if strip.is_ours { tokens.ink } else { tokens.ink3 };
    if let Some(words) = words {
        let at = point(from, (top + foot) / 2.0 + 4.0);
        sight.text(scene, &words, at, SMALL, Paint::fill(colour));
    }
}

pub fn place(sight: &DiagramDrawContext) -> Vec<StripSpanLabel> {
    let strips = sight.diagram.strips.iter().enumerate();
    let signs = strips.flat_map(|(place, strip)| {
        let row = sight.rows.strip_row(place);
        seen(sight, strip).filter_map(move |span| sign(sight, span, row))
    });
    signs.collect()
}

pub fn draw(
    sight: &DiagramDrawContext,
    signs: &[StripSpanLabel],
    now: &CursorState,
    scene: &mut Scene,
) {
    let x = sight.x(now.at);
    for sign in signs {
        let past = on_bar(&sign.leaders, sight.diagram.leader_styles, sight.frame.theme);
        let line = TextLine { words: &sign.words, at: sign.at, font: sign.font, halo: false };
        sight.parted(scene, &line, x, [past, sight.tokens().ink]);
    }
}

fn seen<'a>(
    sight: &DiagramDrawContext,
    strip: &'a GroupStrip,
) -> impl Iterator<Item = &'a Span<Vec<Rank>>> + use<'a> {
    let (from, to) = sight.scale.window();
    let first = strip.leading.partition_point(|span| span.to <= from);
    strip.leading[first..].iter().take_while(move |span| span.from < to)
}

fn edges(sight: &DiagramDrawContext, span: &Span<Vec<Rank>>) -> (f64, f64) {
    (sight.x(span.from).max(sight.rows.left), sight.x(span.to).min(sight.rows.right))
}

/// The longest form that fits into the widest part.
fn sign(
    sight: &DiagramDrawContext,
    span: &Span<Vec<Rank>>,
    row: (f64, f64),
) -> Option<StripSpanLabel> {
    const PADDING: f64 = 8.0;
    let high = row.1 - row.0;
    if high < LEAST {
        return None;
    }
    let (font, foot) = if high > 17.0 { (FONT, 6.8) } else { (LOW, high / 2.0 - 4.0) };
    let (left, right) = edges(sight, span);
    if right - left <= 2.0 * PADDING {
        return None;
    }
    let parts = sight.scale.legs().filter(|leg| !leg.is_fold).map(|leg| {
        let tear = if leg.left > left { 2.0 } else { 0.0 };
        (leg.left.max(left) + tear, leg.right.min(right))
    });
    let (from, to) = parts.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))?;
    let words = forms(sight, span)
        .into_iter()
        .find(|words| from + 2.0 * PADDING + sight.measure.width(words, font) <= to)?;
    let at = point(from + PADDING, row.1 - foot);
    Some(StripSpanLabel { words, at, leaders: span.value.clone(), font, row })
}

/// The forms of a label. A span at the start or the end of the run is incomplete, so it has no duration.
fn forms(sight: &DiagramDrawContext, span: &Span<Vec<Rank>>) -> Vec<String> {
    let lasts = span.to == sight.diagram.end || span.from == Time::ZERO;
    let long = span.to.spoken_since(span.from).spoken();
    let (who, short, least) = match &*span.value {
        [] => ("no leader".to_owned(), "no leader".to_owned(), "none".to_owned()),
        [leader] => (format!("{leader} leads"), format!("{leader} leads"), leader.to_string()),
        several => {
            let count = several.len();
            let leaders = format!("{} leaders", number(count));
            (format!("{leaders}, {},", listed(several)), leaders, count.to_string())
        }
    };
    let mut forms = vec![short.clone(), least];
    if lasts && span.value.len() > 1 {
        forms.insert(0, format!("{short}, {}", listed(&span.value)));
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
