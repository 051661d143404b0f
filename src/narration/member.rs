//! Describes what a member did and why, from its reason: first the cause, then the action.

use super::names::named;
use super::paragraph::Paragraph;
use super::{message, rules};
use crate::choice::ChoiceId;
use crate::election::{CandidatesReason, Quorum, QuorumReason, Reason, RingReason};
use crate::scenario::ProcessName;
use crate::simulation::{Cause, EventKind};
use crate::types::{MessageKind, Rank, Role, TimerKind};

pub(super) fn text(paragraph: &Paragraph, me: ProcessName) -> String {
    let (opening, before) = match paragraph.head.what {
        EventKind::Received => (heard(paragraph, me), Before::Act),
        _ => opening(paragraph, me),
    };
    let reason = paragraph.actor().reason;
    let action = reason.map(|reason| action_text(paragraph, me, reason, before));
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
            format!("{me} hears that {from} is alive{}", use_of(paragraph, reason))
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

/// What an answer is worth to the one who asked.
fn use_of(paragraph: &Paragraph, reason: Reason) -> String {
    match reason {
        Reason::TooLate { .. } => ", but no longer waits for answers".to_owned(),
        Reason::HeardLower { best, .. } => format!("; {} ranks higher", paragraph.called(best)),
        Reason::NextIsAlive { .. } => ", and waits for its Elected".to_owned(),
        Reason::Ring(RingReason::HandedOn { .. }) => match paragraph.sent.first() {
            Some(next) => match message(next) {
                Some((kind, _, to)) => {
                    format!(", and hands the {kind} that has waited to {}", paragraph.called(to))
                }
                None => String::new(),
            },
            None => ": it has the message".to_owned(),
        },
        _ => String::new(),
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

fn action_text(paragraph: &Paragraph, me: ProcessName, reason: Reason, before: Before) -> String {
    match reason {
        Reason::Asks { .. }
        | Reason::AsksAfterBoot
        | Reason::NoAnnouncement
        | Reason::WaitsAfterBoot
        | Reason::Walks { .. }
        | Reason::NextInWalk { .. } => asks(paragraph, reason, before),
        Reason::Answers { asker }
        | Reason::AnswersAndAsks { asker }
        | Reason::AnswersWhileElecting { asker }
        | Reason::AnswersAndLeads { asker }
        | Reason::TakesOver { asker } => answers(paragraph, me, asker, reason),
        Reason::HighestOfAll { .. }
        | Reason::FirstInLine { .. }
        | Reason::WalkEndsHere
        | Reason::NobodyAnswered
        | Reason::ReceivedProceed { .. } => leads(paragraph, me, reason),
        Reason::TellsToProceed { .. } | Reason::LeavesItToHigher { .. } => {
            hands_over(paragraph, me, reason)
        }
        Reason::Adopts { .. }
        | Reason::StepsDown { .. }
        | Reason::Ignores { .. }
        | Reason::Contradicts { .. } => follows(paragraph, reason),
        Reason::ProceedWhileLeading { by, claims } => {
            let by = paragraph.called(by);
            format!(
                "{by} tells {me} to proceed; {me} already {} and says so.",
                leads_or_claims(claims)
            )
        }
        Reason::LeadsAlready { asker, claims } => {
            let asker = paragraph.called(asker);
            format!("{asker} asks {me}; {me} already {} and says so.", leads_or_claims(claims))
        }
        Reason::KeepsAlive => {
            let to = paragraph.announced_to(MessageKind::Heartbeat);
            format!("{me} sends a Heartbeat to {}.", named(paragraph.scenario, &to))
        }
        Reason::LeadsItself { .. } | Reason::ElectsAlready | Reason::HasNotBooted => {
            stays(me, reason)
        }
        Reason::Preempts { .. }
        | Reason::Quorum(_)
        | Reason::Candidates(_)
        | Reason::Ring(_)
        | Reason::Invitation(_)
        | Reason::Raft(_)
        | Reason::Vrrp(_) => by_rule(paragraph, reason, before),
        // The text before says it all, or the suspicion that follows does.
        Reason::HeardAlive { .. }
        | Reason::HeardLower { .. }
        | Reason::NextIsAlive { .. }
        | Reason::TooLate { .. }
        | Reason::StillFollows { .. }
        | Reason::LostPatience => ".".to_owned(),
    }
}

/// What a rule of the algorithm or of the quorum makes the member do.
fn by_rule(paragraph: &Paragraph, reason: Reason, before: Before) -> String {
    let me = paragraph.actor().rank;
    let action = me.and_then(|me| rules::action(paragraph, me, reason));
    match action.map(|action| action.does).filter(|does| !does.is_empty()) {
        Some(does) if does.starts_with([' ', ',', '.', ':']) => format!("{does}."),
        Some(does) => format!("{} {does}.", before.link()),
        None => ".".to_owned(),
    }
}

impl Before {
    /// What joins the action to the text before it.
    const fn link(self) -> &'static str {
        match self {
            Self::Act => " and",
            Self::Silence => ", so it",
        }
    }
}

/// The member starts an election, or continues one.
fn asks(paragraph: &Paragraph, reason: Reason, before: Before) -> String {
    let link = before.link();
    match reason {
        Reason::Asks { .. } | Reason::AsksAfterBoot => {
            format!("{link} asks {}.", asked(paragraph, ""))
        }
        Reason::NoAnnouncement if paragraph.became == Some(Role::Delaying) => {
            format!("{link} delays its next election to let higher ranks ask first.")
        }
        Reason::NoAnnouncement => format!("{link} asks {}.", asked(paragraph, " again")),
        Reason::WaitsAfterBoot => format!("{link} waits for one."),
        Reason::Walks { asks, .. } => {
            format!("{link} asks {}, the next in line.", paragraph.called(asks))
        }
        Reason::NextInWalk { asks } => {
            format!("{link} asks the next in line, {}.", paragraph.called(asks))
        }
        _ => String::new(),
    }
}

/// It says that it is alive, and perhaps more.
fn answers(paragraph: &Paragraph, me: ProcessName, asker: Rank, reason: Reason) -> String {
    let answers = format!("{me} answers {} that it is alive", paragraph.called(asker));
    match reason {
        Reason::Answers { .. } => format!("{answers}."),
        Reason::AnswersAndAsks { .. } => format!("{answers}, and asks {}.", asked(paragraph, "")),
        Reason::AnswersWhileElecting { .. } => {
            format!("{answers}; its own election is already running.")
        }
        Reason::AnswersAndLeads { .. } => {
            format!("{answers}. No rank is higher, so it {}.", takes(paragraph))
        }
        Reason::TakesOver { .. } => format!("{answers}, {}.", takes(paragraph)),
        _ => String::new(),
    }
}

/// It takes the lead.
fn leads(paragraph: &Paragraph, me: ProcessName, reason: Reason) -> String {
    let takes = takes(paragraph);
    match reason {
        Reason::HighestOfAll { .. } => format!(". No rank is higher, so it {takes}."),
        Reason::FirstInLine { .. } | Reason::WalkEndsHere => {
            format!(". The next in line is {me} itself, so it {takes}.")
        }
        Reason::NobodyAnswered => format!(". No higher rank answered, so it {takes}."),
        Reason::ReceivedProceed { .. } => format!(", so it {takes}."),
        _ => String::new(),
    }
}

/// Its wait is over, and another process is to lead.
fn hands_over(paragraph: &Paragraph, me: ProcessName, reason: Reason) -> String {
    match reason {
        Reason::TellsToProceed { best } => {
            let best = paragraph.called(best);
            format!(". The highest rank that answered is {best}, so {me} tells {best} to proceed.")
        }
        Reason::LeavesItToHigher { best } => {
            let best = paragraph.called(best);
            format!(
                ". {best} has answered, so {me} leaves the lead to a higher rank and waits for Elected."
            )
        }
        _ => String::new(),
    }
}

/// The member hears of a leader. After `5 leads` a comma separates the member's action.
fn follows(paragraph: &Paragraph, reason: Reason) -> String {
    let comma = match paragraph.head.message_kind() {
        Some(MessageKind::Heartbeat) => "",
        _ => ",",
    };
    match reason {
        Reason::Adopts { .. } => match paragraph.became {
            Some(Role::Follows(_)) => match &*paragraph.announced_to(MessageKind::Elected) {
                [] => format!("{comma} and follows it."),
                // Round a ring.
                to => format!(", follows it and tells {}.", named(paragraph.scenario, to)),
            },
            _ => format!("{comma} and still follows it."),
        },
        Reason::StepsDown { to } => {
            format!(", steps down and follows {}.", paragraph.called(to))
        }
        Reason::Ignores { .. } => format!("{comma} and ignores it."),
        Reason::Contradicts { from } => {
            let from = paragraph.called(from);
            format!(". Its own leadership is newer, so it tells {from} that it leads.")
        }
        _ => String::new(),
    }
}

/// Without a quorum a leader only claims to lead.
const fn leads_or_claims(claims: bool) -> &'static str {
    if claims { "claims the lead" } else { "leads" }
}

/// It goes on as before.
fn stays(me: ProcessName, reason: Reason) -> String {
    let but = match reason {
        Reason::LeadsItself { claims: false } => "leads itself",
        Reason::LeadsItself { claims: true } => "claims the lead itself",
        Reason::ElectsAlready => "is already electing",
        Reason::HasNotBooted => "has not started yet",
        _ => return String::new(),
    };
    format!("{me} should suspect its leader, but it {but}.")
}

/// `every higher rank: 4, 5 and 6`, `the only higher rank again: 6`
fn asked(paragraph: &Paragraph, again: &str) -> String {
    match &*paragraph.announced_to(MessageKind::Election) {
        [only] => {
            let sign = if again.is_empty() { "," } else { ":" };
            format!("the only higher rank{again}{sign} {}", paragraph.called(*only))
        }
        several => format!("every higher rank{again}: {}", named(paragraph.scenario, several)),
    }
}

/// `takes the lead and tells 1, 2 and 3`
fn takes(paragraph: &Paragraph) -> String {
    let receivers = paragraph.announced_to(MessageKind::Elected);
    match (&*receivers, paragraph.became) {
        ([], _) => "takes the lead. There is no other process to tell".to_owned(),
        (receivers, Some(Role::Claims)) => format!(
            "claims the lead until a quorum acknowledges it, and tells {}",
            named(paragraph.scenario, receivers)
        ),
        (receivers, Some(Role::Leads)) => {
            format!("takes the lead and tells {}", named(paragraph.scenario, receivers))
        }
        // It led before.
        (receivers, _) => format!("still leads and tells {}", named(paragraph.scenario, receivers)),
    }
}
