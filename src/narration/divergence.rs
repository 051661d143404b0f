//! The divergence of two runs: the first event that is not in both, what each run does there, and why.

mod cause;

pub use cause::seek;
pub use cause::statements;

use super::{StoryLine, describe};
use crate::choice::{ChoiceId, MessageId};
use crate::run::Run;
use crate::simulation::{Event, EventId, EventKind};
use crate::time::{Duration, Time};
use crate::types::GroupId;

/// The number of events that are compared at once, so that a page never blocks.
const SLICE: u32 = 50_000;

/// The search for the first event at which two runs diverge.
#[derive(Clone, Copy, Debug, Default)]
pub struct DivergenceSearch {
    /// The number of events that are equal so far.
    common: EventId,
}

/// The id of the first event that is not in both runs, which is also the number of equal events before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DivergencePoint(pub EventId);

/// The divergence of two runs, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// The instant of the earlier one of the two different events.
    pub at: Time,
    /// The number of equal events before it.
    pub common: u32,
    /// The instant of the last equal event.
    pub last_common: Option<Time>,
    pub sides: [DivergenceSide; 2],
    /// The causes: whole sentences, the nearest cause first.
    pub why: Vec<String>,
}

/// What one of the two runs does where they diverge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DivergenceSide {
    pub at: Time,
    pub text: String,
}

/// Two complete runs, and their names in a sentence.
#[derive(Clone, Copy, Debug)]
pub struct RunPair<'a> {
    pub runs: [&'a Run; 2],
    pub names: [&'a str; 2],
}

impl DivergenceSearch {
    /// Compares the next slice. `None` while there is more to compare, then the result; `Some(None)` means
    /// that the runs are equal.
    pub fn advance(&mut self, left: &Run, right: &Run) -> Option<Option<DivergencePoint>> {
        let [mut a, mut b] = [left, right].map(|run| run.each_from(self.common));
        for _ in 0..SLICE {
            match (a.next(), b.next()) {
                (None, None) => return Some(None),
                (Some(a), Some(b)) if is_same(&a, left, &b, right) => self.common += 1,
                (Some(_) | None, Some(_)) | (Some(_), None) => {
                    return Some(Some(DivergencePoint(self.common)));
                }
            }
        }
        None
    }

    /// The result at once.
    pub fn whole(left: &Run, right: &Run) -> Option<DivergencePoint> {
        let mut search = Self::default();
        loop {
            if let Some(answer) = search.advance(left, right) {
                return answer;
            }
        }
    }
}

/// Whether two events are equal. Causes are not compared, since they are earlier events; nor are reasons.
fn is_same(a: &Event, left: &Run, b: &Event, right: &Run) -> bool {
    let what = |event: &Event| (event.at, event.rank, event.group, event.choice, event.what);
    let name = |run: &Run, group: GroupId| run.scenario().group(group).name.clone();
    let names = || a.group.map(|id| name(left, id)) == b.group.map(|id| name(right, id));
    // Only the fault says which links are cut, healed, slow or lossy.
    let of_links = matches!(
        a.what,
        EventKind::Cut | EventKind::Healed | EventKind::LatencyChanged | EventKind::LossChanged
    );
    let faults = || left.head().fault(a.cause) == right.head().fault(b.cause);
    let is_grouped = left.scenario().is_grouped() || right.scenario().is_grouped();
    what(a) == what(b) && (!is_grouped || names()) && (!of_links || faults())
}

/// Finds the part of the scenarios because of which the run on one side has an event that the other run
/// lacks.
pub(crate) type Seek = fn(RunPair, usize, &Event, Option<&Event>) -> Option<String>;

impl DivergencePoint {
    /// Describes the divergence. Without `seek`, no single cause in the scenarios is searched for: for runs
    /// that differ only in the algorithm there is none.
    pub fn describe(self, pair: RunPair, seek: Option<Seek>) -> Divergence {
        let Self(common) = self;
        let events = pair.runs.map(|run| run.event(common));
        let sides = sides(pair, &events);
        let last_common = common.checked_sub(1).and_then(|id| pair.runs[0].event(id));
        let at = events.iter().flatten().map(|event| event.at).min();
        Divergence {
            at: at.unwrap_or(sides[0].at),
            common,
            last_common: last_common.map(|event| event.at),
            why: cause::why(pair, &events, seek),
            sides,
        }
    }
}

fn sides(pair: RunPair, events: &[Option<Event>; 2]) -> [DivergenceSide; 2] {
    if let [Some(a), Some(b)] = events
        && let Some((name, takes)) = takes(a, b)
    {
        let MessageId { kind, from, to, .. } = name;
        let takes = apart(takes);
        return [0, 1].map(|side| {
            let scenario = pair.runs[side].scenario();
            let (from, to) = (scenario.called(from), scenario.called(to));
            let text = format!("The {kind} from {from} to {to} takes {}.", takes[side]);
            DivergenceSide { at: a.at, text }
        });
    }
    [0, 1].map(|side| match &events[side] {
        Some(event) => DivergenceSide { at: event.at, text: sentence(pair.runs[side], event) },
        None => {
            let run = pair.runs[side];
            let is_over = events[1 - side].as_ref().is_some_and(|event| event.at > run.end());
            let cause =
                if is_over { "The run is over." } else { "Nothing more happens in this run." };
            DivergenceSide { at: run.end(), text: cause.to_owned() }
        }
    })
}

/// A message that both runs send, but that takes longer in one of them, with both durations.
fn takes(a: &Event, b: &Event) -> Option<(MessageId, [Duration; 2])> {
    let (EventKind::Sent { due: left, .. }, EventKind::Sent { due: right, .. }) = (a.what, b.what)
    else {
        return None;
    };
    let Some(ChoiceId::Message(name)) = a.choice else { return None };
    let is_one = (a.at, a.choice) == (b.at, b.choice) && left != right;
    is_one.then(|| (name, [left.since(a.at), right.since(b.at)]))
}

/// The sentence of an event.
fn sentence(run: &Run, event: &Event) -> String {
    let lines = describe(&run.step_of(event.id), run.head());
    let tells = |line: &StoryLine| (line.first..=line.last).contains(&event.id);
    // A loss or a copy between a member's events has a line of its own.
    let line = lines.into_iter().filter(tells).max_by_key(|line| line.first);
    line.map_or_else(String::new, |line| line.text)
}

/// Two durations as text; to the microsecond if they would look equal otherwise.
pub fn apart(spans: [Duration; 2]) -> [String; 2] {
    let texts = spans.map(|span| span.spoken().to_string());
    match spans[0] != spans[1] && texts[0] == texts[1] {
        true => spans.map(|span| span.from_start().stamp().to_string()),
        false => texts,
    }
}
