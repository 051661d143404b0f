//! Candidates, in sentences.

use super::super::names::named;
use super::super::paragraph::Paragraph;
use super::{RuleAction, takes_or_claims, to};
use crate::election::CandidatesReason;
use crate::types::{MessageKind, Rank, TimerKind};

pub(super) fn candidates(paragraph: &Paragraph, me: Rank, reason: CandidatesReason) -> RuleAction {
    let called = |rank| paragraph.called(rank);
    match reason {
        CandidatesReason::SuspectsAndWaits { missed } => RuleAction::new(
            "delays its election to let higher ranks ask first",
            "delayed its election",
            paragraph.missing(missed),
        ),
        CandidatesReason::AsksCandidates { missed } => {
            let why = match (missed, paragraph.timer()) {
                (_, Some(TimerKind::Delay)) => {
                    "nobody above it had started an election within its delay".to_owned()
                }
                _ => paragraph.missing(missed),
            };
            let does = match &*paragraph.announced_to(MessageKind::Election) {
                [only] => format!("asks the only other candidate, {}", called(*only)),
                several => {
                    format!("asks the other candidates: {}", named(paragraph.scenario, several))
                }
            };
            RuleAction::new(does, "asked the candidates", why)
        }
        CandidatesReason::GivesWay { asker } => {
            let asker = called(asker);
            RuleAction::new(
                "answers that it is alive. It ends its own delay and waits for Elected",
                "left the election to another",
                format!("{asker} had started one"),
            )
        }
        CandidatesReason::NoCandidateAnswered => {
            let why = match paragraph.timer() {
                Some(TimerKind::Alive) => "No candidate has answered",
                _ => "There is no other candidate to ask",
            };
            RuleAction::new(
                format!(". {why}, so it waits for Elected"),
                "waited for Elected",
                "no candidate had answered",
            )
        }
        CandidatesReason::Announces { winner } => announces(paragraph, me, winner),
        CandidatesReason::IsElected { by } => RuleAction::leads(
            ", and takes the lead",
            format!("{} had announced it as the highest candidate that answered", called(by)),
        ),
    }
}

fn announces(paragraph: &Paragraph, me: Rank, winner: Rank) -> RuleAction {
    let told = to(paragraph, MessageKind::Elected);
    if winner == me {
        let takes = match &*told {
            "" => "takes the lead".to_owned(),
            told => format!("{} and tells {told}", takes_or_claims(paragraph)),
        };
        return RuleAction::leads(
            format!(". No higher candidate has answered, so it {takes}"),
            "no higher candidate had answered",
        );
    }
    let winner = paragraph.called(winner);
    RuleAction::new(
        format!(
            ". The highest candidate that answered is {winner}, so it tells {told} that {winner} leads"
        ),
        "announced the leader",
        format!("{winner} was the highest candidate that had answered"),
    )
}
