//! Zones: a frame around each with its name, and one line between two of them for all their links.

use super::DrawContext;
use super::links::{LinkPair, LinkTrait, draw_bars, is_cut_by_partition, label, latency_words};
use crate::scenario::{Latency, Link};
use crate::view::Paint;
use crate::view::geometry::Path;
use crate::view::geometry::{Point, Rect, point};
use crate::view::model::StageModel;
use crate::view::ring::ZoneArea;
use crate::view::text::{Anchor, Font, Text};
use crate::view::{Scene, ShapeForm};

const NAME: Font = Font::new(12.0, 600);
const SMALL: Font = Font::new(12.0, 400);
const PILL: Font = Font::new(11.0, 400);
const CORNER: f64 = 24.0;

pub(crate) fn draw(context: &DrawContext, scene: &mut Scene) {
    for area in context.ring.areas() {
        if area.zone.is_some() {
            let corner = CORNER.min((area.frame.max.y - area.frame.min.y) / 4.0);
            let frame = Path::rounded(area.frame, corner);
            scene.path(frame, Paint::stroke(context.tokens().line2, 1.0));
        }
    }
    for pair in pairs(context) {
        draw_line(context, &pair, scene);
    }
}

/// Names and latencies, over the ways of messages.
pub(crate) fn draw_labels(context: &DrawContext, scene: &mut Scene) {
    if context.frame.thumbnail {
        return;
    }
    context.ring.areas().iter().for_each(|area| draw_name(context, area, scene));
    let mut taken: Vec<Rect> = Vec::new();
    for pair in pairs(context) {
        if let Some(words) = words(context, &pair) {
            draw_pill(context, &pair, words, &mut taken, scene);
        }
    }
}

/// Every two zones, as one link between two of their processes.
fn pairs(context: &DrawContext) -> Vec<LinkPair> {
    let areas: Vec<&ZoneArea> =
        context.ring.areas().iter().filter(|area| area.zone.is_some()).collect();
    let mut pairs = Vec::new();
    for (index, one) in areas.iter().enumerate() {
        for other in &areas[index + 1..] {
            let [Some(&low), Some(&high)] = [one.members.first(), other.members.first()] else {
                continue;
            };
            let there = context.picture.common_link(&one.members, &other.members);
            let back = context.picture.common_link(&other.members, &one.members);
            let (from, to) = ends(one.frame, other.frame);
            let pair = LinkPair {
                link: Link { from: low, to: high },
                from,
                to,
                there: there.unwrap_or_default(),
                back: back.unwrap_or_default(),
                dead: false,
            };
            // What the partition line stops in both directions has nothing more to say.
            let is_over =
                pair.there.cut && pair.back.cut && is_cut_by_partition(context, pair.link);
            if !is_over {
                pairs.push(pair);
            }
        }
    }
    pairs
}

/// The ends of the line between two frames, on their edges. Between frames that stand close side by
/// side it runs low, where fewer words are.
fn ends(one: Rect, other: Rect) -> (Point, Point) {
    const CLOSE: f64 = 80.0;
    const LOW: f64 = 26.0;
    let (left, right) = if one.min.x <= other.min.x { (one, other) } else { (other, one) };
    let is_beside = left.min.y == right.min.y && left.max.x < right.min.x;
    if is_beside && right.min.x - left.max.x < CLOSE {
        let y = left.max.y - LOW;
        return (point(left.max.x, y), point(right.min.x, y));
    }
    let (from, to) = (one.centre(), other.centre());
    (edge(one, to), edge(other, from))
}

/// Where the way from the middle of a frame to a point leaves it.
fn edge(frame: Rect, to: Point) -> Point {
    let middle = frame.centre();
    let (way, half) = (to - middle, frame.max - middle);
    let share = |way: f64, half: f64| if way == 0.0 { f64::INFINITY } else { half / way.abs() };
    middle + way * share(way.x, half.x).min(share(way.y, half.y)).min(1.0)
}

fn draw_line(context: &DrawContext, pair: &LinkPair, scene: &mut Scene) {
    let tokens = context.tokens();
    let paint = Paint::stroke(tokens.line2, 1.0);
    let paint = match label(context, pair) {
        Some((_, LinkTrait::Lossy)) => paint.dashed(2.0, 5.0),
        Some((_, LinkTrait::Slow | LinkTrait::Fast)) | None => paint.dashed(8.0, 5.0),
    };
    scene.line(pair.from, pair.to, paint);
    for end in [pair.from, pair.to] {
        scene.circle(end, 2.5, Paint::fill(tokens.line2));
    }
    if (pair.there.cut || pair.back.cut) && !is_cut_by_partition(context, pair.link) {
        draw_bars(context, pair, scene);
    }
}

/// What the links between two zones take, where that is not as everywhere, or how many messages they lose.
fn words(context: &DrawContext, pair: &LinkPair) -> Option<String> {
    if let Some((words, _)) = label(context, pair) {
        return Some(words);
    }
    let few = context.ring.areas().len() <= 3;
    few.then(|| latency_words(context.picture.latency))
}

fn draw_pill(
    context: &DrawContext,
    pair: &LinkPair,
    words: String,
    taken: &mut Vec<Rect>,
    scene: &mut Scene,
) {
    let tokens = context.tokens();
    let width = context.measure.width(&words, PILL) + 18.0;
    let area =
        |at: Point| Rect::new(at.x - width / 2.0, at.y - 10.0, at.x + width / 2.0, at.y + 10.0);
    // Beside the bars or the partition line, and where two lines cross beside the other pill.
    let is_cut = pair.there.cut || pair.back.cut;
    let aside = if is_cut { 34.0 } else { 0.0 };
    let way = (pair.to - pair.from).unit().right();
    let places = [aside, aside + 26.0, -aside - 26.0, aside + 52.0]
        .map(|by| pair.from.towards(pair.to, 0.5) + point(way.x * by, way.y.abs() * by));
    let free = |at: &&Point| !taken.iter().any(|other| other.meets(area(**at)));
    let at = *places.iter().find(free).unwrap_or(&places[0]);
    taken.push(area(at).grown(2.0));
    scene.path(Path::pill(at, width, 20.0), Paint::both(tokens.stage, tokens.line2, 1.0));
    let text =
        Text { words: words.into(), at: at + point(0.0, 4.0), font: PILL, anchor: Anchor::Middle };
    scene.push(ShapeForm::Text(text), Paint::fill(tokens.ink2));
}

/// The zone's name in the upper edge of its frame; beside it how many there are and what their links take.
fn draw_name(context: &DrawContext, area: &ZoneArea, scene: &mut Scene) {
    let Some(zone) = area.zone.and_then(|zone| context.picture.zones().get(zone)) else { return };
    let tokens = context.tokens();
    let count = match area.members.len() {
        1 => "1 process".to_owned(),
        more => format!("{more} processes"),
    };
    let inner = inner_latency(context.picture, area).map(latency_words);
    let whole = inner.map(|inner| format!("{count}, {inner}"));
    let left = area.frame.min.x + CORNER;
    let room = area.frame.max.x - CORNER - left;
    let name = context.measure.width(&zone.name, NAME);
    let forms = whole.into_iter().chain([count, String::new()]);
    let fits = |words: &String| name + 8.0 + context.measure.width(words, SMALL) <= room;
    let beside = forms.into_iter().find(fits).unwrap_or_default();
    let width =
        name + if beside.is_empty() { 0.0 } else { 7.0 + context.measure.width(&beside, SMALL) };
    let top = area.frame.min.y;
    let plate = Rect::new(left - 6.0, top - 8.0, left + width + 6.0, top + 8.0);
    scene.path(Path::rounded(plate, 0.0), Paint::fill(tokens.stage));
    let at = point(left, top + 4.0);
    let text = Text { words: zone.name.clone().into(), at, font: NAME, anchor: Anchor::Start };
    scene.push(ShapeForm::Text(text), Paint::fill(tokens.ink));
    if !beside.is_empty() {
        let at = point(left + name + 7.0, top + 4.0);
        let text = Text { words: beside.into(), at, font: SMALL, anchor: Anchor::Start };
        scene.push(ShapeForm::Text(text), Paint::fill(tokens.ink3));
    }
}

/// What the links within a zone take, where that is the same of all.
fn inner_latency(picture: &StageModel, area: &ZoneArea) -> Option<Latency> {
    let members = || area.members.iter().copied();
    let pairs = members().flat_map(|from| members().map(move |to| Link { from, to }));
    let mut latencies = pairs.filter(|link| link.from != link.to).map(|link| {
        picture.links.get(&link).and_then(|link| link.latency).unwrap_or(picture.latency)
    });
    let first = latencies.next()?;
    latencies.all(|latency| latency == first).then_some(first)
}
