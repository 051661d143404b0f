//! A record from the index: for a window that holds too many events to be played again.

use super::{Busy, Lane, Record};
use crate::clock::Time;
use crate::report::Span;
use crate::run::{Pose, Run, Turn};
use crate::vocabulary::{GroupId, Rank};

pub fn summary(run: &Run, group: GroupId, from: Time, to: Time) -> Record {
    let members = &run.scenario().group(group).members;
    let lanes = members.iter().rev().map(|&rank| lane(run, group, rank, from, to));
    Record { from, to, lanes: lanes.collect(), is_summary: true, ..Record::default() }
}

fn lane(run: &Run, group: GroupId, rank: Rank, from: Time, to: Time) -> Lane {
    let index = run.index();
    let (first, last) = (index.stretch(from), index.stretch(to));
    let activity = index.activity(rank).get(first..=last).unwrap_or_default();
    let busy = (first..).zip(activity).filter(|(_, count)| **count > 0).map(|(bucket, &count)| {
        let (from, to) = (index.start_of(bucket), index.start_of(bucket + 1));
        Busy { from, to, count: u32::from(count) }
    });
    Lane { rank, spans: spans(run, index.turns(group, rank), from, to), busy: busy.collect() }
}

fn spans(run: &Run, turns: &[Turn], from: Time, to: Time) -> Vec<Span<Pose>> {
    let start = |turn: &Turn| run.index().start_of(usize::from(turn.bucket));
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
