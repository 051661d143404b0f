//! The strip of leaders under the axis: paint for one, a hatch for none, the alarm for several, which
//! stand three pixels taller; and its words, inside the widest part that is not folded.

use super::{Line, Now, Sight};
use crate::clock::Time;
use crate::report::Span;
use crate::view::Scene;
use crate::view::bars::{bar, on_bar};
use crate::view::geometry::{Point, Rect, point};
use crate::view::paint::Paint;
use crate::view::path::Path;
use crate::view::text::Font;
use crate::vocabulary::{Rank, listed};

/// The words on a span, and the span's leaders, by which they are coloured.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    words: String,
    at: Point,
    leaders: Vec<Rank>,
}

const TALLER: f64 = 3.0;
const FONT: Font = Font::new(12.0, 600);

pub fn draw_bars(sight: &Sight, scene: &mut Scene) {
    let tokens = sight.tokens();
    for span in seen(sight) {
        let (left, right) = edges(sight, span);
        let taller = if span.value.len() > 1 { TALLER } else { 0.0 };
        let area = Rect::new(left, sight.rows.axis - taller, right, sight.rows.strip);
        bar(scene, area, &span.value, sight.diagram.liveries, sight.frame.theme);
        if left > sight.rows.left {
            let (top, foot) = (sight.rows.axis - taller, sight.rows.strip);
            scene.line(point(left, top), point(left, foot), Paint::stroke(tokens.stage, 2.0));
        }
    }
    for sign in place(sight).iter().filter(|sign| sign.leaders.is_empty()) {
        // A hatch would run through the letters.
        let width = sight.measure.width(&sign.words, FONT);
        let (left, foot) = (sign.at.x - 6.0, sight.rows.strip - 3.0);
        let plate = Rect::new(left, sight.rows.axis + 3.0, left + width + 12.0, foot);
        scene.path(Path::rounded(plate, 3.0), Paint::fill(tokens.stage));
    }
}

pub fn place(sight: &Sight) -> Vec<Sign> {
    seen(sight).filter_map(|span| sign(sight, span)).collect()
}

pub fn draw(sight: &Sight, signs: &[Sign], now: &Now, scene: &mut Scene) {
    let x = sight.x(now.at);
    for sign in signs {
        let past = on_bar(&sign.leaders, sight.diagram.liveries, sight.frame.theme);
        let line = Line { words: &sign.words, at: sign.at, font: FONT, halo: false };
        sight.parted(scene, &line, x, [past, sight.tokens().ink]);
    }
}

fn seen<'a>(sight: &'a Sight) -> impl Iterator<Item = &'a Span<Vec<Rank>>> + 'a {
    let (from, to) = sight.scale.window();
    let leading = sight.diagram.leading;
    let first = leading.partition_point(|span| span.to <= from);
    leading[first..].iter().take_while(move |span| span.from < to)
}

fn edges(sight: &Sight, span: &Span<Vec<Rank>>) -> (f64, f64) {
    (sight.x(span.from).max(sight.rows.left), sight.x(span.to).min(sight.rows.right))
}

/// The longest form that fits into the widest part.
fn sign(sight: &Sight, span: &Span<Vec<Rank>>) -> Option<Sign> {
    const PADDING: f64 = 8.0;
    let (left, right) = edges(sight, span);
    let parts = sight.scale.legs().filter(|leg| !leg.is_fold).map(|leg| {
        let tear = if leg.left > left { 2.0 } else { 0.0 };
        (leg.left.max(left) + tear, leg.right.min(right))
    });
    let (from, to) = parts.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))?;
    let words = forms(sight, span)
        .into_iter()
        .find(|words| from + 2.0 * PADDING + sight.measure.width(words, FONT) <= to)?;
    let at = point(from + PADDING, sight.rows.strip - 6.8);
    Some(Sign { words, at, leaders: span.value.clone() })
}

/// One that lasts to the end of the run has no length yet.
fn forms(sight: &Sight, span: &Span<Vec<Rank>>) -> Vec<String> {
    let lasts = span.to == sight.diagram.end || span.from == Time::ZERO;
    let long = span.length().spoken();
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
