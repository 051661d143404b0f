//! Cuts of the network: a partition line between neighbouring lanes where no message crosses, else a letter
//! for the side of each lane.

use super::{DiagramDrawContext, SMALL};
use crate::sort;
use crate::time::Time;
use crate::view::Paint;
use crate::view::geometry::{Rect, point};
use crate::view::strip::fill;
use crate::view::text::Font;
use crate::view::{HitArea, Scene, Target};
use std::collections::{BTreeMap, BTreeSet};

/// A span in which some links are cut.
#[derive(Clone, Debug, PartialEq)]
pub struct CutSpan {
    pub from: Time,
    pub to: Time,
    /// The partition lines between lanes.
    pub partitions: Vec<LanePartition>,
    /// The side of each lane, if partition lines cannot show all sides; else empty.
    pub sides: Vec<u8>,
    /// The index of the timeline's line that began the cut.
    pub entry: Option<usize>,
}

/// A partition line below a lane, counted from the top; `stops`: messages downwards, and upwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LanePartition {
    pub below: usize,
    pub stops: [bool; 2],
}

/// Half of the height of a partition line, in CSS pixels.
pub(crate) const HALF: f64 = 4.0;

/// The partition lines between lanes and, if they cannot show all sides, the side of each lane. `lanes` are
/// indices of processes; `cut` has a bit for each receiver of each sender.
pub(crate) fn sides(lanes: &[usize], cut: &[u64]) -> (Vec<LanePartition>, Vec<u8>) {
    let is_cut = |from: usize, to: usize| cut[from] & (1 << to) != 0;
    let bits = |lanes: &[usize]| lanes.iter().fold(0, |bits, lane| bits | 1 << lane);
    let all = |senders: &[usize], receivers: u64| {
        senders.iter().all(|&from| cut[from] & receivers == receivers)
    };
    let partitions: Vec<LanePartition> = (0..lanes.len().saturating_sub(1))
        .filter_map(|below| {
            let (above, under) = lanes.split_at(below + 1);
            let stops = [all(above, bits(under)), all(under, bits(above))];
            stops.contains(&true).then_some(LanePartition { below, stops })
        })
        .collect();
    let sides = letters(lanes, is_cut);
    let count = sort::gather::<BTreeSet<_>, _>(sides.iter().copied()).len();
    // Either partition lines separate all sides, or there is only one side.
    let is_described = count < 2 || partitions.len() + 1 == count;
    (partitions, if is_described { Vec::new() } else { sides })
}

/// Processes that can reach each other in both directions are on one side.
fn letters(lanes: &[usize], is_cut: impl Fn(usize, usize) -> bool) -> Vec<u8> {
    let mut sides: Vec<Option<u8>> = vec![None; lanes.len()];
    let mut next = 0;
    for start in 0..lanes.len() {
        if sides[start].is_some() {
            continue;
        }
        sides[start] = Some(next);
        let mut waiting = vec![start];
        while let Some(one) = waiting.pop() {
            for other in 0..lanes.len() {
                let (a, b) = (lanes[one], lanes[other]);
                if sides[other].is_none() && !is_cut(a, b) && !is_cut(b, a) {
                    sides[other] = Some(next);
                    waiting.push(other);
                }
            }
        }
        next += 1;
    }
    sides.into_iter().map(Option::unwrap_or_default).collect()
}

pub(crate) fn draw(context: &DiagramDrawContext, scene: &mut Scene) {
    let begin = scene.shapes.len();
    for (partition_line, from, to) in lines(&context.record.cuts) {
        if scene.has_room(begin) {
            draw_line(context, &partition_line, from, to, scene);
        }
    }
    for cut in &context.record.cuts {
        if scene.has_room(begin) {
            draw_letters(context, cut, scene);
        }
    }
}

/// The partition lines with the span of each; one that the next cut continues is one line.
fn lines(cuts: &[CutSpan]) -> Vec<(LanePartition, Time, Time)> {
    let mut lines: Vec<(LanePartition, Time, Time)> = Vec::new();
    // The newest line below each lane.
    let mut newest: BTreeMap<usize, usize> = BTreeMap::new();
    for cut in cuts {
        for &partition_line in &cut.partitions {
            let continued = newest.get(&partition_line.below).map(|&index| &mut lines[index]);
            match continued.filter(|(line, _, to)| *line == partition_line && *to == cut.from) {
                Some((_, _, to)) => *to = cut.to,
                None => {
                    newest.insert(partition_line.below, lines.len());
                    lines.push((partition_line, cut.from, cut.to));
                }
            }
        }
    }
    lines
}

/// The x of a span's ends; `None` if it is out of context.
fn ends(context: &DiagramDrawContext, from: Time, to: Time) -> Option<(f64, f64)> {
    let left = context.x(from).max(context.rows.left - 4.0);
    let right = context.x(to).min(context.rows.right + 4.0);
    (left < right).then_some((left, right))
}

fn draw_line(
    context: &DiagramDrawContext,
    partition_line: &LanePartition,
    from: Time,
    to: Time,
    scene: &mut Scene,
) {
    let rows = &context.rows;
    let Some((left, right)) = ends(context, from, to) else { return };
    let y = middle(context, partition_line);
    if !rows.is_seen(y) {
        return;
    }
    let tokens = context.tokens();
    let edge = Paint::stroke(tokens.ink2, 1.25);
    let half = HALF.min(rows.pitch / 4.0);
    let first = scene.shapes.len();
    fill(scene, Rect::new(left, y - half, right, y + half), Paint::fill(tokens.partition_line));
    // The edge on the side whose messages are stopped is solid, the other dotted.
    for (y, stops) in [(y - half, partition_line.stops[0]), (y + half, partition_line.stops[1])] {
        let edge = if stops { edge } else { edge.dashed(2.0, 3.0) };
        scene.line(point(left, y), point(right, y), edge);
    }
    scene.belongs(first, Target::Partition);
    let (from, to) = (point(left, y), point(right, y));
    scene.add_hit_region(Target::Partition, HitArea::Band { from, to, reach: half + 3.0 });
}

fn draw_letters(context: &DiagramDrawContext, cut: &CutSpan, scene: &mut Scene) {
    const FONT: Font = Font::new(10.0, 700);
    let Some((left, right)) = ends(context, cut.from, cut.to) else { return };
    let x = left.max(context.rows.left) + 9.0;
    if context.rows.pitch < 14.0 || x + 9.0 > right {
        return;
    }
    let tokens = context.tokens();
    for (place, &side) in cut.sides.iter().enumerate() {
        let y = context.rows.lane(place);
        if context.rows.is_seen(y) {
            let letter = char::from(b'A' + side.min(25)).to_string();
            scene.circle(point(x, y), 7.5, Paint::both(tokens.partition_line, tokens.ink2, 1.25));
            context.centred(scene, &letter, point(x, y + 3.5), FONT, Paint::fill(tokens.ink));
        }
    }
}

pub(crate) fn middle(context: &DiagramDrawContext, partition_line: &LanePartition) -> f64 {
    (context.rows.lane(partition_line.below) + context.rows.lane(partition_line.below + 1)) / 2.0
}

/// The y at which a message between two lanes is stopped by a cut, if a partition line is between them.
pub(crate) fn stop(
    context: &DiagramDrawContext,
    cut: &CutSpan,
    from: usize,
    to: usize,
) -> Option<f64> {
    let down = from < to;
    let between = |partition_line: &&LanePartition| {
        let stops = if down { partition_line.stops[0] } else { partition_line.stops[1] };
        stops && (from.min(to)..from.max(to)).contains(&partition_line.below)
    };
    let mut partitions = cut.partitions.iter().filter(between);
    let partition_line = if down { partitions.next() } else { partitions.next_back() }?;
    let aside = HALF.min(context.rows.pitch / 4.0) + 2.0;
    Some(middle(context, partition_line) + if down { -aside } else { aside })
}

/// The text at the instant of a cut.
pub(crate) fn word(cut: Option<&CutSpan>) -> &'static str {
    match cut {
        Some(cut) if cut.partitions.is_empty() && cut.sides.is_empty() => "link cut",
        _ => "network cut",
    }
}

/// The font of text beside the dotted line of an instant.
pub(crate) const FONT: Font = SMALL;
