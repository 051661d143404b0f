//! Changes of what befalls, by the place of a line in the timeline.

use super::Refusal;
use crate::clock::Time;
use crate::scenario::{Entry, Fault, Parts, When};

impl Parts {
    pub(super) fn add(&mut self, entry: Entry) -> Result<(), Refusal> {
        self.before_the_end(entry.first())?;
        self.timeline.push(entry);
        Ok(())
    }

    pub(super) fn replace(&mut self, entry: usize, with: Entry) -> Result<(), Refusal> {
        self.before_the_end(with.first())?;
        *self.timeline.get_mut(entry).ok_or(Refusal::NoSuchEntry)? = with;
        Ok(())
    }

    pub(super) fn move_entry(&mut self, entry: usize, to: Time) -> Result<(), Refusal> {
        let moved = self.timeline.get(entry).ok_or(Refusal::NoSuchEntry)?.moved(to);
        self.replace(entry, moved)
    }

    pub(super) fn end_pause(&mut self, entry: usize, at: Time) -> Result<(), Refusal> {
        let line = self.timeline.get_mut(entry).ok_or(Refusal::NoSuchEntry)?;
        let from = line.first();
        match line {
            Entry::Fault { fault: Fault::Pause { span, .. }, .. } if at > from => {
                *span = at.since(from);
                Ok(())
            }
            Entry::Fault { fault: Fault::Pause { .. }, .. } => Err(Refusal::EndsFirst { from }),
            Entry::Fault { .. } | Entry::Flap { .. } => Err(Refusal::DoesNotLast),
        }
    }

    pub(super) fn remove(&mut self, entry: usize) -> Result<(), Refusal> {
        if entry >= self.timeline.len() {
            return Err(Refusal::NoSuchEntry);
        }
        self.timeline.remove(entry);
        Ok(())
    }

    /// Where the script says no end, the run grows with its timeline.
    fn before_the_end(&self, at: Time) -> Result<(), Refusal> {
        match self.until {
            Some(end) if at > end => Err(Refusal::AfterTheEnd { at, end }),
            _ => Ok(()),
        }
    }
}

impl Entry {
    /// The same line, first befalling at `to`.
    fn moved(&self, to: Time) -> Self {
        let from = self.first();
        let shifted = |until: Option<Time>| {
            until.map(
                |until| if to >= from { until + to.since(from) } else { until - from.since(to) },
            )
        };
        match self.clone() {
            Self::Fault { when: When::At(_), fault } => Self::at(to, fault),
            Self::Fault { when: When::Every { every, until, .. }, fault } => {
                let when = When::Every { every, from: to, until: shifted(until) };
                Self::Fault { when, fault }
            }
            Self::Flap { process, down, up, until, .. } => {
                Self::Flap { at: to, process, down, up, until: shifted(until) }
            }
        }
    }
}
