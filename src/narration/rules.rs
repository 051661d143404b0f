//! Describes what a member does for a reason, and why: one match for the story and for the answer to *Why?*.

mod algorithms;

use super::paragraph::Paragraph;
use super::{message, named};
use crate::election::{QuorumReason, Reason, VrrpReason};
use crate::types::{MessageKind, Rank, Role};

/// An action for a reason: its words in the story, and in the answer to *Why?*.
pub(super) struct RuleAction {
    /// `asks every candidate: 6 and 5`, or a sentence of its own: `. A majority has voted for it, so it leads`;
    /// empty where what the member has received says it all.
    pub does: String,
    /// None where the member decides nothing.
    pub answer: Option<RuleAnswer>,
}

/// The two clauses of an answer: what the member did, and why.
pub(super) struct RuleAnswer {
    /// `asked every candidate`
    pub did: String,
    /// `it had heard no heartbeat from 6 for 350 ms`
    pub why: String,
}

impl RuleAction {
    fn new(does: impl Into<String>, did: impl Into<String>, why: impl Into<String>) -> Self {
        let answer = RuleAnswer { did: did.into(), why: why.into() };
        Self { does: does.into(), answer: Some(answer) }
    }

    /// An action that takes the lead.
    fn leads(does: impl Into<String>, why: impl Into<String>) -> Self {
        Self::new(does, "leads", why)
    }

    /// An action that needs no answer.
    fn plain(does: impl Into<String>) -> Self {
        Self { does: does.into(), answer: None }
    }
}

/// The action of a member for this reason.
pub(super) fn action(paragraph: &Paragraph, me: Rank, reason: Reason) -> RuleAction {
    match reason {
        Reason::Asks { missed } => asks(paragraph, &paragraph.missing(missed)),
        Reason::AsksAfterBoot => asks(paragraph, "it had started and knew no leader"),
        Reason::NoAnnouncement => asks_again(paragraph),
        Reason::WaitsAfterBoot => RuleAction::plain("waits for one"),
        Reason::Walks { missed, asks } => walks(paragraph, asks, missed),
        Reason::NextInWalk { asks } => asks_the_next(paragraph, asks),
        Reason::Answers { asker } => answers(paragraph, me, asker, ""),
        Reason::AnswersAndAsks { asker } => {
            answers(paragraph, me, asker, &format!(", and asks {}", asked(paragraph, "")))
        }
        Reason::AnswersWhileElecting { asker } => {
            answers(paragraph, me, asker, "; its own election is already running")
        }
        Reason::AnswersAndLeads { asker } => answers_and_leads(paragraph, asker),
        Reason::TakesOver { asker } => takes_over(paragraph, asker),
        Reason::HighestOfAll { missed } => leads_as_highest(paragraph, missed),
        Reason::FirstInLine { missed } => {
            let missing = paragraph.missing(missed);
            leads_as_next(paragraph, format!("{missing} and it is itself the next in line"))
        }
        Reason::WalkEndsHere => leads_as_next(
            paragraph,
            "nobody before it in the line of successors had answered".to_owned(),
        ),
        Reason::NobodyAnswered => leads_unanswered(paragraph),
        Reason::ReceivedProceed { by } => proceeds(paragraph, by),
        Reason::TellsToProceed { best } => tells_to_proceed(paragraph, best),
        Reason::LeavesItToHigher { best } => leaves_it_to_higher(paragraph, best),
        Reason::HeardAlive { from } => heard_alive(paragraph, from, ""),
        Reason::HeardLower { from, best } => {
            heard_alive(paragraph, from, &format!("; {} ranks higher", paragraph.called(best)))
        }
        Reason::NextIsAlive { from } => heard_alive(paragraph, from, ", and waits for its Elected"),
        Reason::TooLate { from } => too_late(paragraph, from),
        Reason::Adopts { leader } => adopts(paragraph, leader),
        Reason::StepsDown { to } => steps_down(paragraph, to),
        Reason::Ignores { .. } => RuleAction::plain(format!("{} and ignores it", comma(paragraph))),
        Reason::Contradicts { from } => contradicts(paragraph, from),
        Reason::ProceedWhileLeading { by, claims } => {
            leads_already(paragraph, (by, "tells", " to proceed"), claims)
        }
        Reason::LeadsAlready { asker, claims } => {
            leads_already(paragraph, (asker, "asks", ""), claims)
        }
        Reason::KeepsAlive => keeps_alive(paragraph),
        Reason::LeadsItself { claims } => {
            stays(paragraph, &format!("{} itself", leads_or_claims(claims)))
        }
        Reason::ElectsAlready => stays(paragraph, "is already electing"),
        Reason::HasNotBooted => stays(paragraph, "has not started yet"),
        // What the member has received says it all, or the suspicion that follows does.
        Reason::StillFollows { .. } | Reason::LostPatience => RuleAction::plain(""),
        Reason::Preempts { leader } => preempts(paragraph, leader),
        Reason::Quorum(reason) => quorum(paragraph, reason),
        Reason::Candidates(reason) => algorithms::candidates(paragraph, me, reason),
        Reason::Ring(reason) => algorithms::ring(paragraph, reason),
        Reason::Invitation(reason) => algorithms::invitation(paragraph, reason),
        Reason::Raft(reason) => algorithms::raft(paragraph, reason),
        Reason::Vrrp(reason) => vrrp(paragraph, reason),
    }
}

fn asks(paragraph: &Paragraph, why: &str) -> RuleAction {
    let does = format!("asks {}", asked(paragraph, ""));
    RuleAction::new(does, "asked every higher rank", why)
}

fn asks_again(paragraph: &Paragraph) -> RuleAction {
    let why = format!("no Elected had come within {}", paragraph.waited());
    match paragraph.became {
        Some(Role::Delaying) => RuleAction::new(
            "delays its next election to let higher ranks ask first",
            "delayed its next election",
            why,
        ),
        _ => RuleAction::new(format!("asks {}", asked(paragraph, " again")), "asked again", why),
    }
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

fn walks(paragraph: &Paragraph, next: Rank, missed: Option<Rank>) -> RuleAction {
    let next = paragraph.called(next);
    RuleAction::new(
        format!("asks {next}, the next in line"),
        format!("asked {next}, the next in line,"),
        paragraph.missing(missed),
    )
}

fn asks_the_next(paragraph: &Paragraph, next: Rank) -> RuleAction {
    let next = paragraph.called(next);
    RuleAction::new(
        format!("asks the next in line, {next}"),
        format!("asked {next}"),
        "the one before it in the line did not answer",
    )
}

fn answers(paragraph: &Paragraph, me: Rank, asker: Rank, more: &str) -> RuleAction {
    let lower = if asker < me { ", which has a lower rank" } else { "" };
    RuleAction::new(
        format!("{}{more}", is_alive(paragraph, asker)),
        "answered Alive",
        format!("it heard Election from {}{lower}", paragraph.called(asker)),
    )
}

fn answers_and_leads(paragraph: &Paragraph, asker: Rank) -> RuleAction {
    RuleAction::leads(
        format!("{}. No rank is higher, so it {}", is_alive(paragraph, asker), takes(paragraph)),
        format!("{} asked it and nobody ranks higher", paragraph.called(asker)),
    )
}

fn takes_over(paragraph: &Paragraph, asker: Rank) -> RuleAction {
    RuleAction::leads(
        format!("{}, {}", is_alive(paragraph, asker), takes(paragraph)),
        format!("{} asked it as the next in line", paragraph.called(asker)),
    )
}

/// `5 answers 3 that it is alive`
fn is_alive(paragraph: &Paragraph, asker: Rank) -> String {
    format!("{} answers {} that it is alive", me(paragraph), paragraph.called(asker))
}

fn leads_as_highest(paragraph: &Paragraph, missed: Option<Rank>) -> RuleAction {
    RuleAction::leads(
        format!(". No rank is higher, so it {}", takes(paragraph)),
        format!("{} and nobody ranks higher", paragraph.missing(missed)),
    )
}

fn leads_as_next(paragraph: &Paragraph, why: String) -> RuleAction {
    let does =
        format!(". The next in line is {} itself, so it {}", me(paragraph), takes(paragraph));
    RuleAction::leads(does, why)
}

fn leads_unanswered(paragraph: &Paragraph) -> RuleAction {
    RuleAction::leads(
        format!(". No higher rank answered, so it {}", takes(paragraph)),
        format!("{} had passed and no higher rank had answered", paragraph.waited()),
    )
}

fn proceeds(paragraph: &Paragraph, by: Rank) -> RuleAction {
    RuleAction::leads(
        format!(", so it {}", takes(paragraph)),
        format!("{} told it to proceed", paragraph.called(by)),
    )
}

/// `takes the lead and tells 1, 2 and 3`
fn takes(paragraph: &Paragraph) -> String {
    let receivers = paragraph.announced_to(MessageKind::Elected);
    let told = named(paragraph.scenario, &receivers);
    match paragraph.became {
        _ if receivers.is_empty() => "takes the lead. There is no other process to tell".to_owned(),
        Some(Role::Claims) => {
            format!("claims the lead until a quorum acknowledges it, and tells {told}")
        }
        Some(Role::Leads) => format!("takes the lead and tells {told}"),
        // It led before.
        _ => format!("still leads and tells {told}"),
    }
}

fn tells_to_proceed(paragraph: &Paragraph, best: Rank) -> RuleAction {
    let best = paragraph.called(best);
    RuleAction::new(
        format!(
            ". The highest rank that answered is {best}, so {} tells {best} to proceed",
            me(paragraph)
        ),
        format!("told {best} to proceed"),
        format!(
            "{} had passed and {best} was the highest rank that had answered",
            paragraph.waited()
        ),
    )
}

fn leaves_it_to_higher(paragraph: &Paragraph, best: Rank) -> RuleAction {
    let best = paragraph.called(best);
    RuleAction::new(
        format!(
            ". {best} has answered, so {} leaves the lead to a higher rank and waits for Elected",
            me(paragraph)
        ),
        "left the lead to higher ranks",
        format!("{best} had answered"),
    )
}

fn heard_alive(paragraph: &Paragraph, from: Rank, more: &str) -> RuleAction {
    let from = paragraph.called(from);
    RuleAction::new(more, format!("heard that {from} was alive"), format!("{from} had answered it"))
}

fn too_late(paragraph: &Paragraph, from: Rank) -> RuleAction {
    let from = paragraph.called(from);
    let is_answer = paragraph.head.message_kind() == Some(MessageKind::Alive);
    RuleAction::new(
        if is_answer { ", but no longer waits for answers" } else { "" },
        format!("heard too late that {from} was alive"),
        format!("{from} had answered it"),
    )
}

fn adopts(paragraph: &Paragraph, leader: Rank) -> RuleAction {
    let comma = comma(paragraph);
    let does = match paragraph.became {
        Some(Role::Follows(_)) => match &*to(paragraph, MessageKind::Elected) {
            "" => format!("{comma} and follows it"),
            // Round a ring.
            told => format!(", follows it and tells {told}"),
        },
        _ => format!("{comma} and still follows it"),
    };
    let did = format!("follows {}", paragraph.called(leader));
    RuleAction::new(does, did, news(paragraph, leader))
}

fn steps_down(paragraph: &Paragraph, leader: Rank) -> RuleAction {
    let does = format!(", steps down and follows {}", paragraph.called(leader));
    RuleAction::new(does, "stepped down", news(paragraph, leader))
}

fn news(paragraph: &Paragraph, leader: Rank) -> String {
    let leads = paragraph.called(leader);
    match message(paragraph.head) {
        Some((MessageKind::Heartbeat, ..)) => format!("it heard the heartbeat of {leads}"),
        Some((_, from, _)) if from != leader => {
            format!("{} announced that {leads} leads", paragraph.called(from))
        }
        _ => format!("{leads} announced that it leads"),
    }
}

/// After `5 leads` a comma separates the member's action.
fn comma(paragraph: &Paragraph) -> &'static str {
    match paragraph.head.message_kind() {
        Some(MessageKind::Heartbeat) => "",
        _ => ",",
    }
}

fn contradicts(paragraph: &Paragraph, from: Rank) -> RuleAction {
    let from = paragraph.called(from);
    RuleAction::plain(format!(". Its own leadership is newer, so it tells {from} that it leads"))
}

fn leads_already(
    paragraph: &Paragraph,
    (other, verb, more): (Rank, &str, &str),
    claims: bool,
) -> RuleAction {
    let (me, other, leads) = (me(paragraph), paragraph.called(other), leads_or_claims(claims));
    RuleAction::plain(format!("{other} {verb} {me}{more}; {me} already {leads} and says so"))
}

/// Without a quorum a leader only claims to lead.
const fn leads_or_claims(claims: bool) -> &'static str {
    if claims { "claims the lead" } else { "leads" }
}

fn keeps_alive(paragraph: &Paragraph) -> RuleAction {
    let receivers = paragraph.announced_to(MessageKind::Heartbeat);
    let told = named(paragraph.scenario, &receivers);
    RuleAction::plain(format!("{} sends a Heartbeat to {told}", me(paragraph)))
}

fn stays(paragraph: &Paragraph, but: &str) -> RuleAction {
    RuleAction::plain(format!("{} should suspect its leader, but it {but}", me(paragraph)))
}

fn preempts(paragraph: &Paragraph, leader: Rank) -> RuleAction {
    let leader = paragraph.called(leader);
    let asked = to(paragraph, MessageKind::Election);
    let why = format!("it had followed {leader}, which ranks lower, for {}", paragraph.waited());
    RuleAction::new(format!("starts an election and asks {asked}"), "started an election", why)
}

fn quorum(paragraph: &Paragraph, reason: QuorumReason) -> RuleAction {
    let leads = paragraph.became == Some(Role::Leads);
    match reason {
        QuorumReason::IsAcknowledged { by } => {
            let does = if leads { ". A quorum acknowledges it now, so it leads" } else { "" };
            let why = format!("{} had acknowledged it, which makes a quorum", paragraph.called(by));
            let did = if leads { "leads" } else { "counted an acknowledgement" };
            RuleAction::new(does, did, why)
        }
        QuorumReason::LostQuorum => {
            let does = match paragraph.became {
                Some(Role::Claims) => ", so it only claims to lead",
                _ => ", so it steps down",
            };
            let why = "no quorum had acknowledged it within the timeout";
            RuleAction::new(does, "lost the lead", why)
        }
        QuorumReason::IsFree => {
            let does = if leads { ", so it leads" } else { "" };
            let did = if leads { "leads" } else { "was free" };
            RuleAction::new(does, did, "the promise that bound it had ended")
        }
    }
}

/// `takes the lead`, or where a quorum has to acknowledge it first, `claims the lead`.
fn takes_or_claims(paragraph: &Paragraph) -> &'static str {
    match paragraph.became {
        Some(Role::Claims) => "claims the lead",
        _ => "takes the lead",
    }
}

fn me(paragraph: &Paragraph) -> String {
    let me = paragraph.actor().rank;
    me.map_or_else(String::new, |me| paragraph.called(me).to_string())
}

fn vrrp(paragraph: &Paragraph, reason: VrrpReason) -> RuleAction {
    match reason {
        VrrpReason::LeadsInSilence { missed } => {
            let told = to(paragraph, MessageKind::Heartbeat);
            RuleAction::leads(format!("takes the lead and tells {told}"), paragraph.missing(missed))
        }
        VrrpReason::AnswersLower { from } => {
            let from = paragraph.called(from);
            RuleAction::new(
                format!(". It ranks higher than {from}, so it sends its own at once"),
                "answered with its own heartbeat",
                format!("it ranks higher than {from}"),
            )
        }
    }
}

/// `4, 5 and 6`: the receivers of what the member sends of a kind.
fn to(paragraph: &Paragraph, kind: MessageKind) -> String {
    let receivers = paragraph.announced_to(kind);
    match &*receivers {
        [] => String::new(),
        receivers => named(paragraph.scenario, receivers).to_string(),
    }
}
