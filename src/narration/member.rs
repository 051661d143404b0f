//! Describes what a member did and why, from its reason: first the cause, then the action; and the answers that did
//! not arrive before a timeout, with what stopped each of them.

use super::paragraph::Paragraph;
use super::{message, rules};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::election::{CandidatesReason, Quorum, QuorumReason, Reason, RingReason};
use crate::run::Run;
use crate::scenario::{Override, ProcessName};
use crate::simulation::{Cause, Event, EventKind, LossReason};
use crate::time::Time;
use crate::types::{MessageKind, Rank, Role, TimerKind};

pub(super) fn text(paragraph: &Paragraph, me: ProcessName) -> String {
    let (opening, before) = match paragraph.head.what == EventKind::Received {
        true => (heard(paragraph, me), Before::Act),
        false => opening(paragraph, me),
    };
    let actor = paragraph.actor();
    let action = actor.rank.zip(actor.reason).map(|(rank, reason)| {
        joined(&opening, before, &rules::action(paragraph, rank, reason).does)
    });
    let copy = match paragraph.head.choice {
        Some(ChoiceId::Message(name)) if name.copy => " The message is a copy.",
        _ => "",
    };
    let withheld = withheld(paragraph);
    format!("{opening}{}{withheld}{copy}{}", action.unwrap_or_default(), paragraph.cut_off())
}

/// That a new leader gets no acknowledgement yet, where it needs one.
fn withheld(paragraph: &Paragraph) -> &'static str {
    let (Some((_, from, _)), Some(Reason::Adopts { leader } | Reason::StepsDown { to: leader })) =
        (message(paragraph.head), paragraph.head.reason)
    else {
        return "";
    };
    let is_asked = paragraph.scenario.quorum != Quorum::None && from == leader;
    match is_asked && paragraph.announced_to(MessageKind::Ack).is_empty() {
        true => " A promise to another still binds it, so it sends no Ack.",
        false => "",
    }
}

/// A wait, a silence, a suspicion, a start: without its full stop.
fn opening(paragraph: &Paragraph, me: ProcessName) -> (String, Before) {
    let head = paragraph.head;
    match (head.what, head.reason) {
        (EventKind::TimedOut { .. }, Some(Reason::KeepsAlive)) => (String::new(), Before::Act),
        (EventKind::TimedOut { .. }, Some(Reason::Quorum(QuorumReason::LostQuorum))) => {
            let who = if paragraph.became == Some(Role::Claims) { "quorum" } else { "majority" };
            (format!("No {who} has acknowledged {me} within the timeout"), Before::Silence)
        }
        (EventKind::TimedOut { .. }, Some(Reason::Quorum(_))) => {
            (format!("The promise that bound {me} has ended"), Before::Silence)
        }
        (EventKind::TimedOut { .. }, _) if paragraph.timer() == Some(TimerKind::Preempt) => {
            (format!("{me} has followed a lower rank for {}", paragraph.waited()), Before::Silence)
        }
        (EventKind::TimedOut { .. }, Some(Reason::Raft(reason))) => {
            let waited = paragraph.waited();
            let text = match reason.missed().map(|leader| paragraph.called(leader)) {
                Some(leader) => {
                    format!("{me} has received no Heartbeat from {leader} for {waited}")
                }
                None => format!("{me} has heard no leader for {waited}"),
            };
            (text, Before::Silence)
        }
        (EventKind::TimedOut { set }, Some(Reason::LostPatience)) => {
            let waited = head.at.since(set).spoken();
            let missed = paragraph.actor().reason.and_then(Reason::missed);
            let from = missed
                .map_or_else(String::new, |leader| format!(" from {}", paragraph.called(leader)));
            (format!("{me} has received no Heartbeat{from} for {waited}"), Before::Silence)
        }
        (EventKind::TimedOut { set }, Some(Reason::NoAnnouncement)) => {
            let waited = head.at.since(set).spoken();
            (format!("{me} has waited {waited} for Elected in vain"), Before::Silence)
        }
        (EventKind::TimedOut { set }, _) => {
            (format!("{me} has waited {}", head.at.since(set).spoken()), Before::Act)
        }
        (EventKind::Suspected, _) => match head.reason.and_then(Reason::missed) {
            Some(leader) => {
                let leader = paragraph.called(leader);
                (format!("{me} suspects that {leader} is gone"), Before::Act)
            }
            None => (format!("{me} has no leader"), Before::Act),
        },
        (EventKind::Booted, _) if head.cause == Cause::Start => {
            (format!("{me} starts without a leader"), Before::Act)
        }
        (EventKind::Booted, _) => (format!("{me} starts again without a leader"), Before::Act),
        _ => (String::new(), Before::Act),
    }
}

/// What arrived, without its full stop; nothing where what the member does says it all.
fn heard(paragraph: &Paragraph, me: ProcessName) -> String {
    let head = paragraph.head;
    let (Some((kind, from, _)), Some(reason)) = (message(head), head.reason) else {
        return String::new();
    };
    let from = paragraph.called(from);
    match (kind, reason) {
        (MessageKind::Election, Reason::Ring(RingReason::LapOver)) => {
            format!("{me} has its own Election back, from {from}")
        }
        (MessageKind::Election, Reason::Ring(RingReason::Joins { starter }))
            if paragraph.called(starter).to_string() != from.to_string() =>
        {
            format!("{me} receives the Election of {} from {from}", paragraph.called(starter))
        }
        (MessageKind::Election, Reason::Ring(_) | Reason::Candidates(_)) => {
            format!("{me} receives an Election from {from}")
        }
        (MessageKind::Election, _) | (MessageKind::Proceed, Reason::ProceedWhileLeading { .. }) => {
            String::new()
        }
        (MessageKind::Proceed, _) => format!("{me} receives Proceed from {from}"),
        (MessageKind::Alive, _) => {
            format!("{me} hears that {from} is alive")
        }
        (MessageKind::Elected, Reason::StillFollows { .. }) => {
            format!("{me} hears again that {from} leads")
        }
        (MessageKind::Elected, Reason::Ring(RingReason::SecondLapOver)) => {
            format!("{me} has its own Elected back, from {from}")
        }
        (
            MessageKind::Elected,
            Reason::Candidates(CandidatesReason::IsElected { .. })
            | Reason::Ring(RingReason::IsElected { .. }),
        ) => format!("{me} hears from {from} that it is elected"),
        (MessageKind::Elected, Reason::Adopts { leader } | Reason::StepsDown { to: leader })
            if paragraph.called(leader).to_string() != from.to_string() =>
        {
            format!("{me} hears from {from} that {} leads", paragraph.called(leader))
        }
        (MessageKind::Elected, _) => format!("{me} hears that {from} leads"),
        (
            MessageKind::Heartbeat
            | MessageKind::VoteRequest
            | MessageKind::Vote
            | MessageKind::PreVoteRequest
            | MessageKind::PreVote,
            _,
        ) => format!("{me} receives a {kind} from {from}"),
        (MessageKind::Ack | MessageKind::Invitation | MessageKind::Accept, _) => {
            format!("{me} receives an {kind} from {from}")
        }
    }
}

/// The kind of text before the action, which decides how they are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// An action of the member, so the next one is added: ` and asks …`.
    Act,
    /// Something that did not happen, so the action follows from it: `, so it asks …`.
    Silence,
}

/// The action as it follows the text before it.
fn joined(opening: &str, before: Before, does: &str) -> String {
    let is_joined = opening.is_empty() || does.is_empty() || does.starts_with(MARKS);
    let link = match before {
        _ if is_joined => "",
        Before::Act => " and ",
        Before::Silence => ", so it ",
    };
    format!("{link}{does}.")
}

/// An action that begins with one of these follows without another link.
const MARKS: [char; 5] = [' ', ',', '.', ':', ';'];

/// An answer that did not arrive in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// `4's Alive would have arrived at 266 ms, after the timeout, because the link 4->3 took 80 ms.`
    pub text: String,
    /// The message that did not arrive, or not in time: the answer itself, or the question.
    pub message: MessageId,
    /// When that message was sent.
    pub at: Time,
}

/// What would have changed the end of the wait that these events tell; nothing where they tell of none.
pub(crate) fn missing(run: &Run, step: &[Event]) -> Vec<Missing> {
    let ended = step.iter().find_map(|event| {
        let EventKind::TimedOut { set } = event.what else { return None };
        let Some(ChoiceId::Timer(timer)) = event.choice else { return None };
        Some((event, set, timer, event.rank?))
    });
    let Some((end, set, timer, me)) = ended else { return Vec::new() };
    let wait = Wait { run, events: run.events(set, end.at), end, timer, me };
    match timer.timer {
        TimerKind::Alive => {
            let best = step.iter().find_map(|event| best(event.reason?));
            let higher = |to: Rank| best.is_none_or(|best| to > best);
            wait.unanswered(set, MessageKind::Election, MessageKind::Alive, higher)
        }
        TimerKind::Elected => {
            wait.unanswered(set, MessageKind::Proceed, MessageKind::Elected, |_| true)
        }
        TimerKind::Heartbeat => {
            let missed = step.iter().find_map(|event| event.reason?.missed());
            missed.and_then(|leader| wait.heartbeat(leader)).into_iter().collect()
        }
        TimerKind::Beat | TimerKind::Preempt | TimerKind::Quorum | TimerKind::Delay => Vec::new(),
    }
}

/// The highest rank that answered in time.
const fn best(reason: Reason) -> Option<Rank> {
    if let Reason::TellsToProceed { best } | Reason::LeavesItToHigher { best } = reason {
        Some(best)
    } else {
        None
    }
}

/// A timeout that has expired.
struct Wait<'a> {
    run: &'a Run,
    /// The events from the start of the timer to its end.
    events: Vec<Event>,
    end: &'a Event,
    timer: TimerId,
    me: Rank,
}

impl Wait<'_> {
    fn called(&self, rank: Rank) -> ProcessName<'_> {
        self.run.scenario().called(rank)
    }

    /// The processes that were asked when the wait began and did not answer in it.
    fn unanswered(
        &self,
        set: Time,
        question: MessageKind,
        answer: MessageKind,
        counts: impl Fn(Rank) -> bool,
    ) -> Vec<Missing> {
        let asked = self.events.iter().filter(|event| event.at == set);
        let asked = asked.filter_map(|event| self.sent(event, question, self.me));
        let asked = asked.filter(|(name, _)| counts(name.to));
        let found = asked.filter_map(|(name, due)| self.why_silent(name, due, answer));
        found.collect()
    }

    /// Why the answer of the process that was asked did not arrive; `None` if it did.
    fn why_silent(&self, asked: MessageId, due: Time, answer: MessageKind) -> Option<Missing> {
        let answers = self.events.iter().filter_map(|event| self.sent(event, answer, asked.to));
        let mut answers = answers.filter(|(name, _)| name.to == self.me);
        let (me, to) = (self.called(self.me), self.called(asked.to));
        if let Some((name, due)) = answers.next() {
            let stopped = self.stopped(name, due)?;
            return Some(self.describe(name, format!("{to}'s {answer} {stopped}")));
        }
        let question = asked.kind;
        let stopped =
            self.stopped(asked, due).map(|stopped| format!("{me}'s {question} {stopped}"));
        let text = match self.lost(asked) {
            Some(LossReason::Crashed) => format!("{to} did not answer because it was down."),
            Some(_) => format!("{to} did not answer: {}", stopped?),
            None if self.is_held(asked) => {
                format!("{to} did not answer because it was frozen: {me}'s {question} waits there.")
            }
            None => match stopped {
                Some(stopped) => format!("{to} could not answer in time: {stopped}"),
                None => format!("{to} heard {me}'s {question}, and sent no {answer} in time."),
            },
        };
        Some(self.describe(asked, text))
    }

    /// The first heartbeat of a leader that was stopped or late, if the leader sent any.
    fn heartbeat(&self, leader: Rank) -> Option<Missing> {
        let beats = self.events.iter();
        let beats = beats.filter_map(|event| self.sent(event, MessageKind::Heartbeat, leader));
        let (name, stopped) = beats
            .filter(|(name, _)| name.to == self.me)
            .find_map(|(name, due)| Some((name, self.stopped(name, due)?)))?;
        Some(self.describe(name, format!("{}'s heartbeat {stopped}", self.called(leader))))
    }

    /// A message of this kind and sender in this group, with the time at which it would arrive.
    fn sent(&self, event: &Event, kind: MessageKind, from: Rank) -> Option<(MessageId, Time)> {
        let EventKind::Sent { due, .. } = event.what else { return None };
        let Some(ChoiceId::Message(name)) = event.choice else { return None };
        let is_it = (name.kind, name.from, name.group) == (kind, from, self.timer.group);
        is_it.then_some((name, due))
    }

    /// What stopped a message, as the rest of a sentence about it; `None` if it arrived in time.
    fn stopped(&self, name: MessageId, due: Time) -> Option<String> {
        let (from, to) = (self.called(name.from), self.called(name.to));
        let (sent, end) = (self.sent_at(name)?, self.end.at);
        Some(match self.lost(name) {
            Some(LossReason::Cut) => {
                format!("did not arrive because the cut between {from} and {to} stopped it.")
            }
            Some(LossReason::Chance) => {
                format!("did not arrive because the link {from}->{to} lost it.")
            }
            Some(LossReason::Crashed) => format!("did not arrive because {to} was down."),
            Some(LossReason::Override) => {
                "did not arrive because the script says that it is lost.".to_owned()
            }
            None if due <= end => return None,
            None => {
                let why = match self.is_fixed(name) {
                    true => "the script delays it".to_owned(),
                    false => format!("the link {from}->{to} took {}", due.since(sent).spoken()),
                };
                format!("would have arrived at {}, after the timeout, because {why}.", due.spoken())
            }
        })
    }

    fn lost(&self, name: MessageId) -> Option<LossReason> {
        self.about(name).find_map(|event| {
            let EventKind::Lost(loss) = event.what else { return None };
            Some(loss)
        })
    }

    fn is_held(&self, name: MessageId) -> bool {
        self.about(name).any(|event| event.what == EventKind::Held)
    }

    fn is_fixed(&self, name: MessageId) -> bool {
        let edits = self.run.scenario().overrides.iter();
        edits.clone().any(|edit| matches!(edit, Override::Message { name: of, .. } if *of == name))
    }

    fn sent_at(&self, name: MessageId) -> Option<Time> {
        let sent = self.about(name).find(|event| matches!(event.what, EventKind::Sent { .. }));
        sent.map(|event| event.at)
    }

    fn about(&self, name: MessageId) -> impl Iterator<Item = &Event> + '_ {
        let name = Some(ChoiceId::Message(name));
        self.events.iter().filter(move |event| event.choice == name)
    }

    fn describe(&self, message: MessageId, text: String) -> Missing {
        Missing { text, message, at: self.sent_at(message).unwrap_or(self.end.at) }
    }
}
