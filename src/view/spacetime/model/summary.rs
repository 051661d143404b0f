//! A record from the index: for a window that holds too many events to be played again.

use super::{BusySpan, DiagramLane, DiagramModel, RailSpan, members};
use crate::report::Span;
use crate::run::{Pose, PoseChange, Run};
use crate::time::Time;
use crate::types::{GroupId, Rank};

pub fn summary(run: &Run, groups: &[GroupId], from: Time, to: Time) -> DiagramModel {
    let lanes = members(run.scenario(), groups).map(|rank| lane(run, groups, rank, from, to));
    let (lanes, groups) = (lanes.collect(), groups.to_vec());
    DiagramModel { from, to, groups, lanes, is_summary: true, ..DiagramModel::default() }
}

fn lane(run: &Run, groups: &[GroupId], rank: Rank, from: Time, to: Time) -> DiagramLane {
    let index = run.index();
    let (first, last) = (index.stretch(from), index.stretch(to));
    let activity = index.activity(rank).get(first..=last).unwrap_or_default();
    let busy = (first..).zip(activity).filter(|(_, count)| **count > 0).map(|(bucket, &count)| {
        let (from, to) = (index.start_of(bucket), index.start_of(bucket + 1));
        BusySpan { from, to, count: u32::from(count) }
    });
    let turns = groups.iter().map(|&group| (group, index.turns(group, rank)));
    let rails = turns
        .filter(|(_, turns)| !turns.is_empty())
        .map(|(group, turns)| RailSpan { group, spans: spans(run, turns, from, to) });
    DiagramLane { rank, rails: rails.collect(), busy: busy.collect() }
}

fn spans(run: &Run, turns: &[PoseChange], from: Time, to: Time) -> Vec<Span<Pose>> {
    let start = |turn: &PoseChange| run.index().start_of(usize::from(turn.bucket));
    let first = turns.partition_point(|turn| start(turn) <= from).saturating_sub(1);
    let mut spans = Vec::new();
    for (place, turn) in turns.iter().enumerate().skip(first) {
        let begin = start(turn).max(from);
        let end = turns.get(place + 1).map_or(to, start).min(to);
        if begin >= to {
            break;
        }
        spans.push(Span { from: begin, to: end, value: turn.pose });
    }
    spans
}
