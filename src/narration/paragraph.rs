//! Groups events into paragraphs: an input or a fault with its consequences at the same instant.

use super::{message, named};
use crate::choice::ChoiceId;
use crate::scenario::{ProcessName, Scenario};
use crate::simulation::{Cause, Event, EventId, EventKind, LossReason};
use crate::types::{MessageKind, Rank, Role, TimerKind};
use std::collections::BTreeSet;

/// The events of one line. Its head is an event that no event of the same instant causes.
#[derive(Clone, Debug)]
pub(super) struct Paragraph<'a> {
    pub scenario: &'a Scenario,
    pub head: &'a Event,
    /// A suspicion that a heartbeat timeout causes.
    pub suspicion: Option<&'a Event>,
    pub sent: Vec<&'a Event>,
    /// The losses of messages that a cut stops when they are sent.
    pub lost: Vec<&'a Event>,
    pub became: Option<Role>,
    pub last: EventId,
}

/// Splits events into paragraphs: each begins with what nothing at its instant explains.
pub(super) fn paragraphs<'a>(events: &'a [Event], scenario: &'a Scenario) -> Vec<Paragraph<'a>> {
    let mut all: Vec<Paragraph> = Vec::new();
    // A message that is lost or copied when it is sent has a paragraph of its own, after that of the member;
    // but the member may send more messages after it. The index of the member's paragraph is stored, not
    // searched for: a crash can lose tens of thousands of messages in a row.
    let mut open: Option<usize> = None;
    for event in events {
        let current = open.and_then(|index| all.get_mut(index));
        if current.is_some_and(|current| current.takes(event)) {
            continue;
        }
        let paragraph = Paragraph::new(event, scenario);
        if !paragraph.is_aside() {
            open = Some(all.len());
        }
        all.push(paragraph);
    }
    all
}

impl<'a> Paragraph<'a> {
    fn new(head: &'a Event, scenario: &'a Scenario) -> Self {
        Self {
            scenario,
            head,
            suspicion: None,
            sent: Vec::new(),
            lost: Vec::new(),
            became: None,
            last: head.id,
        }
    }

    /// Adds an event, if it is a consequence of this paragraph's events.
    fn takes(&mut self, event: &'a Event) -> bool {
        let Cause::Event(cause) = event.cause else { return false };
        let of_head = cause == self.actor().id;
        match (event.what, of_head) {
            (EventKind::Suspected, true)
                if matches!(self.head.what, EventKind::TimedOut { .. }) =>
            {
                self.suspicion = Some(event);
            }
            (EventKind::StartedElection, true) => {}
            (EventKind::Sent { .. }, true) => self.sent.push(event),
            (EventKind::Became(role), true) => self.became = Some(role),
            // A message stopped by a cut belongs to the sending; any other loss has a paragraph of its own.
            (EventKind::Lost(LossReason::Cut), _)
                if self.sent.last().is_some_and(|sent| sent.id == cause) =>
            {
                self.lost.push(event);
            }
            _ => return false,
        }
        self.last = event.id;
        true
    }

    /// Whether it only describes what the network did to one message.
    fn is_aside(&self) -> bool {
        matches!(self.head.what, EventKind::Lost(_) | EventKind::Duplicated { .. })
    }

    pub(crate) fn called(&self, rank: Rank) -> ProcessName<'a> {
        self.scenario.called(rank)
    }

    /// The event that carries the reason.
    pub(crate) fn actor(&self) -> &'a Event {
        self.suspicion.unwrap_or(self.head)
    }

    /// Why the member started an election.
    pub(crate) fn missing(&self, missed: Option<Rank>) -> String {
        let timed_out = matches!(self.head.what, EventKind::TimedOut { .. });
        let preempts = self.timer() == Some(TimerKind::Preempt);
        match missed.map(|leader| self.called(leader)) {
            Some(leader) if preempts => {
                format!("it had followed {leader}, which ranks lower, for {}", self.waited())
            }
            Some(leader) if timed_out => {
                format!("it had heard no heartbeat from {leader} for {}", self.waited())
            }
            Some(leader) => format!("it suspected that {leader} was gone"),
            None if timed_out => format!("it had heard no leader for {}", self.waited()),
            None if matches!(self.head.what, EventKind::Booted) => {
                "it had started and knew no leader".to_owned()
            }
            None => "it missed a leader".to_owned(),
        }
    }

    /// How long the timer has run whose end this is.
    pub(crate) fn waited(&self) -> String {
        let EventKind::TimedOut { set } = self.head.what else { return "the wait".to_owned() };
        self.head.at.since(set).spoken().to_string()
    }

    /// The timer whose end this is.
    pub(crate) fn timer(&self) -> Option<TimerKind> {
        match (self.head.what, self.head.choice) {
            (EventKind::TimedOut { .. }, Some(ChoiceId::Timer(timer))) => Some(timer.timer),
            _ => None,
        }
    }

    /// The leader that an `Elected` of this paragraph names.
    pub(crate) fn announced(&self) -> Option<Rank> {
        self.sent.iter().find_map(|event| event.what.names())
    }

    /// The receivers of the messages of a kind, in the order of sending, which is ascending.
    pub(crate) fn announced_to(&self, kind: MessageKind) -> Vec<Rank> {
        let of_kind = self.sent.iter().filter(|event| event.message_kind() == Some(kind));
        of_kind.filter_map(|event| message(event)).map(|(_, _, to)| to).collect()
    }

    /// "The cut stops the messages to 4 and 5."; empty if it stops none.
    pub(crate) fn cut_off(&self) -> String {
        let stopped: Vec<Rank> =
            self.lost.iter().filter_map(|event| message(event)).map(|(_, _, to)| to).collect();
        match (stopped.len(), self.sent.len()) {
            (0, _) => String::new(),
            (1, 1) => " The cut stops it.".to_owned(),
            (stopped, sent) if stopped == sent => " The cut stops them all.".to_owned(),
            _ => {
                // Several messages may have the same receiver.
                let receivers: BTreeSet<Rank> = stopped.into_iter().collect();
                let receivers: Vec<Rank> = receivers.into_iter().collect();
                let s = if receivers.len() == 1 { "" } else { "s" };
                format!(" The cut stops the message{s} to {}.", named(self.scenario, &receivers))
            }
        }
    }
}
