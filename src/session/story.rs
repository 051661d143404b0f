//! The story: the narration around an instant as a list of lines, never of the whole run.
//!
//! A run can have two million events, so lines are read in spans that grow until there are enough of them,
//! and that skip the gaps in which only heartbeats happen.

use super::RunView;
use crate::narration::{self, StoryLine};
use crate::simulation::Event;
use crate::time::{Duration, Time};

/// The number of events up to which a whole run is copied: the clipboard should not hold more.
const MOST_COPIED: u32 = 100_000;
/// The number of lines on each side of the cursor that is copied of a longer run.
const COPIED_AROUND: usize = 200;

/// A line, and the number of times that it repeats in a row at its instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryEntry {
    pub line: StoryLine,
    pub times: u32,
}

/// Lines in the order of the run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    pub entries: Vec<StoryEntry>,
    /// The story begins with these.
    pub is_from_start: bool,
    /// Whether no lines follow these.
    pub is_to_end: bool,
}

/// The story as text for the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryText {
    pub text: String,
    /// What the reader should know of it.
    pub notice: String,
}

impl Excerpt {
    /// The index of the last line up to the cursor; `None` before the first line, and if that line may be
    /// outside the excerpt.
    pub fn current(&self, cursor: Time) -> Option<usize> {
        let after = self.entries.partition_point(|entry| entry.line.at <= cursor);
        let is_known = after < self.entries.len() || self.is_to_end;
        after.checked_sub(1).filter(|_| is_known)
    }
}

impl RunView {
    /// At most `before` lines up to an instant and `after` lines behind it. If one side has fewer lines, near
    /// an end of the run, the other one gets the remainder.
    pub fn story(&self, around: Time, before: usize, after: usize) -> Excerpt {
        let (mut earlier, mut is_from_start) = self.entries_up_to(around, before);
        let (later, is_to_end) = self.entries_after(around, after + before - earlier.len());
        if later.len() < after && !is_from_start {
            (earlier, is_from_start) = self.entries_up_to(around, before + after - later.len());
        }
        Excerpt { entries: [earlier, later].concat(), is_from_start, is_to_end }
    }

    /// The transcript of the run, or of the lines around the cursor if the run is too long.
    pub fn copied(&self, cursor: Time) -> StoryText {
        if self.run.events_so_far() <= MOST_COPIED {
            let notice = "What happened is copied as text.".to_owned();
            return StoryText { text: narration::transcript_of(&self.run, self.alone()), notice };
        }
        let excerpt = self.story(cursor, COPIED_AROUND, COPIED_AROUND);
        let text: String = excerpt.entries.iter().map(written).collect();
        let lines = excerpt.entries.len();
        let notice = format!("The run is long, so the {lines} lines around the cursor are copied.");
        StoryText { text, notice }
    }

    /// The last lines up to an instant, and whether they begin with the first of the run.
    pub(super) fn entries_up_to(&self, around: Time, wanted: usize) -> (Vec<StoryEntry>, bool) {
        let mut all = Vec::new();
        let mut to = around.min(self.run.end());
        let mut length = self.stretch(wanted);
        loop {
            let (busy_from, busy_to) = self.busy_before(to);
            let from = (busy_to - length).max(busy_from);
            let (lines, from) = self.last_lines(from, busy_to);
            let mut entries = counted(lines);
            entries.append(&mut all);
            all = entries;
            // One line more than is wanted, to know whether there is one.
            if all.len() > wanted {
                return (all.split_off(all.len() - wanted), false);
            }
            if from == Time::ZERO {
                return (all, true);
            }
            to = from - Duration::us(1);
            length = length + length;
        }
    }

    /// The first lines after an instant, and whether they end with the last of the run.
    fn entries_after(&self, around: Time, wanted: usize) -> (Vec<StoryEntry>, bool) {
        let end = self.run.end();
        let mut all = Vec::new();
        let mut from = around + Duration::us(1);
        let mut length = self.stretch(wanted);
        while from <= end {
            let (busy_from, busy_to) = self.busy_after(from);
            let to = (busy_from + length).min(busy_to).min(end);
            let (lines, to) = self.first_lines(busy_from, to);
            all.append(&mut counted(lines));
            if all.len() > wanted {
                all.truncate(wanted);
                return (all, false);
            }
            from = to + Duration::us(1);
            length = length + length;
        }
        (all, true)
    }

    /// About the virtual time that this many lines cover if events are spread evenly.
    fn stretch(&self, lines: usize) -> Duration {
        let events = u64::from(self.run.events_so_far()).max(1);
        // A line describes about four events.
        let share = (self.run.end().as_us() / events * 4).saturating_mul(lines as u64);
        Duration::us(share.max(1_000))
    }

    /// The last span without a quiet gap that ends at or before `time`.
    fn busy_before(&self, time: Time) -> (Time, Time) {
        let quiet = self.run.index().quiet();
        let place = quiet.partition_point(|&(from, _)| from <= time);
        let Some((before, &(from, to))) = place.checked_sub(1).map(|place| (place, &quiet[place]))
        else {
            return (Time::ZERO, time);
        };
        // `time` is in a gap, and the span before ends where the gap begins.
        if time < to && from < time || from == time {
            let begun = before.checked_sub(1).map_or(Time::ZERO, |earlier| quiet[earlier].1);
            return (begun.min(from), from);
        }
        (to, time)
    }

    /// The first span without a quiet gap that begins at or after `time`.
    fn busy_after(&self, time: Time) -> (Time, Time) {
        let quiet = self.run.index().quiet();
        let place = quiet.partition_point(|&(_, to)| to < time);
        match quiet.get(place) {
            None => (time, self.run.end()),
            Some(&(from, _)) if time <= from => (time, from),
            Some(&(_, to)) => {
                let next = quiet.get(place + 1).map_or(self.run.end(), |&(from, _)| from);
                (to, next.max(to))
            }
        }
    }

    /// The last lines from `from` to `to`, both included, of the shown groups; and the instant from which
    /// they are complete.
    pub(super) fn last_lines(&self, from: Time, to: Time) -> (Vec<StoryLine>, Time) {
        let (events, from) = self.run.last_described(from, to, |event| !event.is_heartbeat());
        (self.lines(events), from)
    }

    /// The first lines from `from` to `to`, both included; and the instant up to which they are complete.
    fn first_lines(&self, from: Time, to: Time) -> (Vec<StoryLine>, Time) {
        let (events, to) = self.run.first_described(from, to, |event| !event.is_heartbeat());
        (self.lines(events), to)
    }

    fn lines(&self, mut events: Vec<Event>) -> Vec<StoryLine> {
        let (world, alone) = (self.run.head(), self.alone());
        if let Some(group) = alone {
            events.retain(|event| narration::concerns(event, world, group));
        }
        let mut lines = narration::describe_group(&events, world, alone);
        lines.retain(|line| !line.routine && is_described(&events, line));
        lines
    }
}

/// Whether a line tells more than a heartbeat that changed nothing: the run's index leaves those out
/// of its gaps likewise.
fn is_described(events: &[Event], line: &StoryLine) -> bool {
    let first = events.partition_point(|event| event.id < line.first);
    let entries = events[first..].iter().take_while(|event| event.id <= line.last);
    entries.into_iter().any(|event| !event.is_heartbeat())
}

/// Merges equal lines in a row at one instant.
fn counted(lines: Vec<StoryLine>) -> Vec<StoryEntry> {
    let mut all: Vec<StoryEntry> = Vec::new();
    for line in lines {
        match all.last_mut() {
            Some(last) if last.line.at == line.at && last.line.text == line.text => last.times += 1,
            _ => all.push(StoryEntry { line, times: 1 }),
        }
    }
    all
}

/// Formats an entry as the transcript does.
fn written(StoryEntry { line, times }: &StoryEntry) -> String {
    let at = line.at.stamp().to_string();
    match times {
        1 => format!("{at:>14}  {}\n", line.text),
        times => format!("{at:>14}  {} ({times} times)\n", line.text),
    }
}
