//! Links: a hairline at rest, dashes for slow and lossy links, bars for cut links.

use super::DrawContext;
use crate::scenario::{Link, Rate};
use crate::view::geometry::{Point, point};
use crate::view::glyphs::CHEVRON;
use crate::view::model::{LinkModel, ProcessModel};
use crate::view::paint::Paint;
use crate::view::path::{Path, Placement};
use crate::view::text::{Anchor, Font, Text};
use crate::view::{HitArea, Scene, ShapeForm, Target};

/// A pair of processes, the lower rank first, with both directions of its link.
struct LinkPair {
    link: Link,
    from: Point,
    to: Point,
    there: LinkModel,
    back: LinkModel,
    /// Whether at least one of the two has crashed.
    dead: bool,
}

pub fn draw(sight: &DrawContext, scene: &mut Scene) {
    if !sight.has_links() {
        let ring = sight.ring;
        let guide = Path::ellipse(ring.centre, ring.rx, ring.ry);
        scene.path(guide, Paint::stroke(sight.tokens().line, 1.0));
    }
    for pair in pairs(sight) {
        draw_pair(sight, &pair, scene);
    }
}

/// Draws the labels of links, above the paths of messages, so that no path runs through the text.
pub fn draw_labels(sight: &DrawContext, scene: &mut Scene) {
    if sight.frame.thumbnail {
        return;
    }
    for pair in pairs(sight) {
        if let Some((words, _)) = label(sight, &pair) {
            let first = scene.shapes.len();
            draw_label(sight, &pair, words, scene);
            scene.belongs(first, Target::Link(pair.link));
        }
    }
}

/// The pairs whose link is drawn.
fn pairs<'a>(sight: &'a DrawContext) -> impl Iterator<Item = LinkPair> + 'a {
    let processes = &sight.picture.processes;
    processes.iter().enumerate().flat_map(move |(index, low)| {
        let higher = processes[index + 1..].iter();
        let shown = move |high: &&ProcessModel| {
            sight.has_links()
                || concerns(sight, low)
                || concerns(sight, high)
                || is_looked_at(sight, Link { from: low.rank, to: high.rank })
        };
        higher.filter(shown).map(move |high| pair(sight, low, high))
    })
}

/// Whether the process is hovered or selected.
fn concerns(sight: &DrawContext, process: &ProcessModel) -> bool {
    let target = Some(Target::Process(process.rank));
    sight.frame.hovered == target || sight.frame.selected == target
}

fn is_looked_at(sight: &DrawContext, link: Link) -> bool {
    let frame = sight.frame;
    [frame.hovered, frame.selected, frame.focused].contains(&Some(Target::Link(link)))
}

fn pair(sight: &DrawContext, low: &ProcessModel, high: &ProcessModel) -> LinkPair {
    let link = Link { from: low.rank, to: high.rank };
    let of = |link| sight.picture.links.get(&link).copied().unwrap_or_default();
    LinkPair {
        link,
        from: sight.place(low.rank),
        to: sight.place(high.rank),
        there: of(link),
        back: of(Link { from: high.rank, to: low.rank }),
        dead: low.is_crashed() || high.is_crashed(),
    }
}

fn draw_pair(sight: &DrawContext, pair: &LinkPair, scene: &mut Scene) {
    let first = scene.shapes.len();
    let label = label(sight, pair);
    let barred = (pair.there.cut || pair.back.cut) && !is_parted(sight, pair.link);
    let marked = label.is_some() || barred || !sight.has_links();
    let paint = line(sight, pair, marked);
    let paint = match label {
        Some((_, LinkTrait::Slow)) => paint.dashed(8.0, 5.0),
        Some((_, LinkTrait::Lossy)) => paint.dashed(2.0, 5.0),
        _ if pair.dead => paint.dashed(2.0, 4.0),
        Some((_, LinkTrait::Fast)) | None => paint,
    };
    scene.line(pair.from, pair.to, paint);
    if barred {
        draw_bars(sight, pair, scene);
    }
    let target = Target::Link(pair.link);
    scene.belongs(first, target);
    let reach = if sight.frame.coarse { 11.0 } else { 6.0 };
    scene.spot(target, HitArea::Band { from: pair.from, to: pair.to, reach });
}

/// The property that a link's label shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LinkTrait {
    Slow,
    Fast,
    Lossy,
}

/// A link with a label or bars is a little darker than one at rest.
fn line(sight: &DrawContext, pair: &LinkPair, marked: bool) -> Paint {
    let tokens = sight.tokens();
    let ends = [pair.link.from, pair.link.to].map(|rank| Some(Target::Process(rank)));
    let itself = Some(Target::Link(pair.link));
    if sight.frame.selected == itself {
        Paint::stroke(tokens.ink, 2.0)
    } else if sight.frame.hovered == itself || sight.frame.focused == itself {
        Paint::stroke(tokens.ink2, 2.0)
    } else if ends.contains(&sight.frame.hovered) {
        Paint::stroke(tokens.ink2, 1.0)
    } else {
        Paint::stroke(if marked { tokens.line2 } else { tokens.line }, 1.0)
    }
}

/// The label of a pair: that of the slower or more lossy direction.
fn label(sight: &DrawContext, pair: &LinkPair) -> Option<(String, LinkTrait)> {
    let loss = [pair.there.loss, pair.back.loss].into_iter().flatten().max();
    if let Some(rate) = loss.filter(|&rate| rate > Rate::NEVER) {
        return Some((rate.to_string().replace('%', " %"), LinkTrait::Lossy));
    }
    let both = [pair.there.latency, pair.back.latency];
    let latency = both.into_iter().flatten().max_by_key(|latency| latency.median())?;
    let (lo, hi) = (latency.lo().spoken(), latency.hi().spoken());
    let words = if latency.lo() == latency.hi() { hi.to_string() } else { format!("{lo} to {hi}") };
    let slow = latency.median() > sight.picture.median;
    Some((words, if slow { LinkTrait::Slow } else { LinkTrait::Fast }))
}

/// The label stands beside the bars, if there are any.
fn draw_label(sight: &DrawContext, pair: &LinkPair, words: String, scene: &mut Scene) {
    let tokens = sight.tokens();
    let font = Font::new(11.0, 400);
    let width = sight.measure.width(&words, font) + 16.0;
    let parted = pair.there.cut || pair.back.cut;
    let at = pair.from.towards(pair.to, if parted { 0.68 } else { 0.5 });
    let pill = Path::pill(at, width, 18.0);
    scene.path(pill, Paint::both(tokens.stage, tokens.line2, 1.0));
    let at = at + point(0.0, 4.0);
    let text = Text { words: words.into(), at, font, anchor: Anchor::Middle };
    scene.push(ShapeForm::Text(text), Paint::fill(tokens.ink2));
}

/// Whether the partition line lies between the two, so that the link needs no bars.
fn is_parted(sight: &DrawContext, link: Link) -> bool {
    sight
        .partition_line
        .as_ref()
        .is_some_and(|partition_line| partition_line.parts(link.from, link.to))
}

/// The place of the bars along a cut link: half-way, but not in the middle of the ring, where several links
/// cross.
pub fn bar_share(sight: &DrawContext, low: Point, high: Point) -> f64 {
    let crowded = sight.ring.len() > 2 && low.towards(high, 0.5).distance(sight.ring.centre) < 16.0;
    if crowded { 0.38 } else { 0.5 }
}

/// Draws a gap of 12 px with a bar at each end. A link that is cut one way has a solid bar where messages
/// stop, a dotted one behind it, and an arrow that shows the stopped direction.
fn draw_bars(sight: &DrawContext, pair: &LinkPair, scene: &mut Scene) {
    const GAP: f64 = 6.0;
    let tokens = sight.tokens();
    let middle = pair.from.towards(pair.to, bar_share(sight, pair.from, pair.to));
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
