//! Links: a hairline at rest, dashes for slow and lossy links, bars for cut links.

use super::DrawContext;
use crate::scenario::{Latency, Link, Rate};
use crate::view::Paint;
use crate::view::geometry::{Path, Placement};
use crate::view::geometry::{Point, point};
use crate::view::glyphs::CHEVRON;
use crate::view::model::{LinkModel, ProcessModel};
use crate::view::text::{Anchor, Font, Text};
use crate::view::{HitArea, Scene, ShapeForm, Target};

/// A pair of processes, the lower one first, and both of its directions.
pub(super) struct LinkPair {
    pub link: Link,
    pub from: Point,
    pub to: Point,
    pub there: LinkModel,
    pub back: LinkModel,
    /// One of the two has crashed.
    pub dead: bool,
}

pub(crate) fn draw(context: &DrawContext, scene: &mut Scene) {
    if !context.has_links() {
        let ring = context.ring;
        let areas = ring.areas().iter().map(|area| (area.centre, area.rx, area.ry));
        let whole = (ring.centre, ring.rx, ring.ry);
        for (centre, rx, ry) in areas.chain(ring.areas().is_empty().then_some(whole)) {
            let guide = Path::ellipse(centre, rx, ry);
            scene.path(guide, Paint::stroke(context.tokens().line, 1.0));
        }
    }
    for pair in pairs(context) {
        draw_pair(context, &pair, scene);
    }
}

/// What links say of themselves: over the ways of messages, so that none runs through the words.
pub(crate) fn draw_labels(context: &DrawContext, scene: &mut Scene) {
    if context.frame.thumbnail {
        return;
    }
    for pair in pairs(context) {
        if let Some((words, _)) = label(context, &pair) {
            let first = scene.shapes.len();
            draw_label(context, &pair, words, scene);
            scene.belongs(first, Target::Link(pair.link));
        }
    }
}

/// The pairs whose link is drawn.
fn pairs<'a>(context: &'a DrawContext) -> impl Iterator<Item = LinkPair> + 'a {
    let processes = &context.picture.processes;
    processes.iter().enumerate().flat_map(move |(index, low)| {
        let higher = processes[index + 1..].iter();
        let shown = move |high: &&ProcessModel| {
            (context.has_links() && !context.is_told_by_zones(low.rank, high.rank))
                || concerns(context, low)
                || concerns(context, high)
                || is_looked_at(context, Link { from: low.rank, to: high.rank })
        };
        higher.filter(shown).map(move |high| pair(context, low, high))
    })
}

/// Whether this process is hovered or selected.
fn concerns(context: &DrawContext, process: &ProcessModel) -> bool {
    let target = Some(Target::Process(process.rank));
    context.frame.hovered == target || context.frame.selected == target
}

fn is_looked_at(context: &DrawContext, link: Link) -> bool {
    let frame = context.frame;
    [frame.hovered, frame.selected, frame.focused].contains(&Some(Target::Link(link)))
}

fn pair(context: &DrawContext, low: &ProcessModel, high: &ProcessModel) -> LinkPair {
    let link = Link { from: low.rank, to: high.rank };
    let of = |link| context.picture.links.get(&link).copied().unwrap_or_default();
    LinkPair {
        link,
        from: context.place(low.rank),
        to: context.place(high.rank),
        there: of(link),
        back: of(Link { from: high.rank, to: low.rank }),
        dead: low.is_crashed() || high.is_crashed(),
    }
}

fn draw_pair(context: &DrawContext, pair: &LinkPair, scene: &mut Scene) {
    let first = scene.shapes.len();
    let label = label(context, pair);
    let barred = (pair.there.cut || pair.back.cut) && !is_cut_by_partition(context, pair.link);
    let marked = label.is_some() || barred || !context.has_links();
    let paint = line(context, pair, marked);
    let paint = match label {
        Some((_, LinkTrait::Slow)) => paint.dashed(8.0, 5.0),
        Some((_, LinkTrait::Lossy)) => paint.dashed(2.0, 5.0),
        _ if pair.dead => paint.dashed(2.0, 4.0),
        Some((_, LinkTrait::Fast)) | None => paint,
    };
    scene.line(pair.from, pair.to, paint);
    if barred {
        draw_bars(context, pair, scene);
    }
    let target = Target::Link(pair.link);
    scene.belongs(first, target);
    let reach = if context.frame.coarse { 11.0 } else { 6.0 };
    scene.add_hit_region(target, HitArea::Band { from: pair.from, to: pair.to, reach });
}

/// The property that a link's label shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LinkTrait {
    Slow,
    Fast,
    Lossy,
}

/// A link with information is slightly darker than one without.
fn line(context: &DrawContext, pair: &LinkPair, marked: bool) -> Paint {
    let tokens = context.tokens();
    let ends = [pair.link.from, pair.link.to].map(|rank| Some(Target::Process(rank)));
    let itself = Some(Target::Link(pair.link));
    if context.frame.selected == itself {
        Paint::stroke(tokens.ink, 2.0)
    } else if context.frame.hovered == itself || context.frame.focused == itself {
        Paint::stroke(tokens.ink2, 2.0)
    } else if ends.contains(&context.frame.hovered) {
        Paint::stroke(tokens.ink2, 1.0)
    } else {
        Paint::stroke(if marked { tokens.line2 } else { tokens.line }, 1.0)
    }
}

/// The slower or more lossy direction speaks for both.
pub(super) fn label(context: &DrawContext, pair: &LinkPair) -> Option<(String, LinkTrait)> {
    let loss = [pair.there.loss, pair.back.loss].into_iter().flatten().max();
    if let Some(rate) = loss.filter(|&rate| rate > Rate::NEVER) {
        return Some((rate.to_string().replace('%', " %"), LinkTrait::Lossy));
    }
    let both = [pair.there.latency, pair.back.latency];
    let latency = both.into_iter().flatten().max_by_key(|latency| latency.median())?;
    let words = latency_words(latency);
    let slow = latency.median() > context.picture.median;
    Some((words, if slow { LinkTrait::Slow } else { LinkTrait::Fast }))
}

/// `18 to 24 ms`
pub(super) fn latency_words(latency: Latency) -> String {
    let (lo, hi) = (latency.lo().spoken().to_string(), latency.hi().spoken().to_string());
    let unit = |words: &str| words.rsplit(' ').next().map(str::to_owned);
    match lo == hi {
        true => hi,
        // A unit that both share is said once.
        false if unit(&lo) == unit(&hi) => {
            format!("{} to {hi}", lo.rsplit_once(' ').map_or(&*lo, |(number, _)| number))
        }
        false => format!("{lo} to {hi}"),
    }
}

/// Beside the bars, if there are some.
fn draw_label(context: &DrawContext, pair: &LinkPair, words: String, scene: &mut Scene) {
    let tokens = context.tokens();
    let font = Font::new(11.0, 400);
    let width = context.measure.width(&words, font) + 16.0;
    let parted = pair.there.cut || pair.back.cut;
    let at = pair.from.towards(pair.to, if parted { 0.68 } else { 0.5 });
    let pill = Path::pill(at, width, 18.0);
    scene.path(pill, Paint::both(tokens.stage, tokens.line2, 1.0));
    let at = at + point(0.0, 4.0);
    let text = Text { words: words.into(), at, font, anchor: Anchor::Middle };
    scene.push(ShapeForm::Text(text), Paint::fill(tokens.ink2));
}

/// Whether the partition line is between the two and shows the cut.
pub(super) fn is_cut_by_partition(context: &DrawContext, link: Link) -> bool {
    context
        .partition_line
        .as_ref()
        .is_some_and(|partition_line| partition_line.parts(link.from, link.to))
}

/// Where the bars of a cut link are drawn, as a share of its length: half-way, but not where several links
/// cross in the middle of the ring.
pub(crate) fn bar_share(context: &DrawContext, low: Point, high: Point) -> f64 {
    let crowded =
        context.ring.len() > 2 && low.towards(high, 0.5).distance(context.ring.centre) < 16.0;
    if crowded { 0.38 } else { 0.5 }
}

/// A gap of 12 with a bar at each end; one way: a solid bar where it is stopped, a dotted one behind
/// it, and a small arrow for the direction that does not get through.
pub(super) fn draw_bars(context: &DrawContext, pair: &LinkPair, scene: &mut Scene) {
    const GAP: f64 = 6.0;
    let tokens = context.tokens();
    let middle = pair.from.towards(pair.to, bar_share(context, pair.from, pair.to));
    let way = (pair.to - pair.from).unit();
    let across = way.right() * 10.0;
    let bar = |along: f64| (middle + way * along - across, middle + way * along + across);
    let gap = [bar(-GAP).0, bar(-GAP).1, bar(GAP).1, bar(GAP).0];
    scene.path(Path::polygon(&gap), Paint::fill(tokens.partition_line));
    match (pair.there.cut, pair.back.cut) {
        (true, true) => {
            let bars = Path::lines([bar(-GAP), bar(GAP)]);
            scene.path(bars, Paint::stroke(tokens.ink2, 1.5));
        }
        (there, _) => {
            let sign = if there { 1.0 } else { -1.0 };
            scene.path(Path::lines([bar(-GAP * sign)]), Paint::stroke(tokens.ink2, 2.0));
            let open = Path::lines([bar(GAP * sign)]);
            scene.path(open, Paint::stroke(tokens.ink2, 1.5).dashed(2.0, 3.0));
            let place = Placement::new(middle - way * (16.0 * sign), 1.0, (way * sign).angle());
            scene.placed(CHEVRON, place, Paint::stroke(tokens.ink2, 1.5).halo(tokens.stage, 4.0));
        }
    }
}
