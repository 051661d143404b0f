//! What a member does about what came before, one sentence a reason.

use crate::election::Reason;
use crate::narration::names::named;
use crate::narration::paragraph::Paragraph;
use crate::vocabulary::{MessageKind, Rank, Standing};

pub(super) fn text(paragraph: &Paragraph, me: Rank, reason: Reason) -> String {
    match reason {
        Reason::Asks { .. }
        | Reason::AsksAfterBoot
        | Reason::NoAnnouncement
        | Reason::WaitsAfterBoot
        | Reason::Walks { .. }
        | Reason::NextInWalk { .. } => asks(paragraph, reason),
        Reason::Answers { .. }
        | Reason::AnswersAndAsks { .. }
        | Reason::AnswersWhileElecting { .. }
        | Reason::AnswersAndLeads { .. }
        | Reason::TakesOver { .. } => answers(paragraph, reason),
        Reason::HighestOfAll { .. }
        | Reason::FirstInLine { .. }
        | Reason::WalkEndsHere
        | Reason::NobodyAnswered
        | Reason::ToldToProceed { .. } => leads(paragraph, me, reason),
        Reason::TellsToProceed { .. } | Reason::LeavesItToHigher { .. } => hands_over(me, reason),
        Reason::Adopts { .. }
        | Reason::StepsDown { .. }
        | Reason::Ignores { .. }
        | Reason::Contradicts { .. } => follows(paragraph, reason),
        Reason::ToldAgain { by: asker } | Reason::LeadsAlready { asker } => {
            format!("It leads already, and tells {asker} so.")
        }
        Reason::KeepsAlive => {
            let to = paragraph.told(MessageKind::Heartbeat);
            format!("{me} sends its heartbeat to {}.", named(&to))
        }
        Reason::LeadsItself | Reason::ElectsAlready | Reason::HasNotBooted => stays(me, reason),
        // Told as it arrives, or with the suspicion that follows.
        Reason::HeardAlive { .. }
        | Reason::HeardLower { .. }
        | Reason::NextIsAlive { .. }
        | Reason::TooLate { .. }
        | Reason::StillFollows { .. }
        | Reason::LostPatience => String::new(),
    }
}

/// It sets out, or goes on.
fn asks(paragraph: &Paragraph, reason: Reason) -> String {
    match reason {
        Reason::Asks { .. } | Reason::AsksAfterBoot => {
            format!("It asks {}.", asked(paragraph))
        }
        Reason::NoAnnouncement => format!("It asks again: {}.", asked(paragraph)),
        Reason::WaitsAfterBoot => "It waits for somebody to lead.".to_owned(),
        Reason::Walks { asks, .. } => format!("It asks {asks}, the next in line."),
        Reason::NextInWalk { asks } => format!("It asks the next in line, {asks}."),
        _ => String::new(),
    }
}

/// It says that it is alive, and perhaps more.
fn answers(paragraph: &Paragraph, reason: Reason) -> String {
    match reason {
        Reason::Answers { .. } => "It answers that it is alive.".to_owned(),
        Reason::AnswersAndAsks { .. } => {
            format!("It answers that it is alive, and asks {}.", asked(paragraph))
        }
        Reason::AnswersWhileElecting { .. } => {
            "It answers that it is alive; its own election runs already.".to_owned()
        }
        Reason::AnswersAndLeads { .. } => {
            let takes = takes(paragraph);
            format!("It answers that it is alive. Nobody ranks higher, so it {takes}.")
        }
        Reason::TakesOver { .. } => {
            format!("It answers that it is alive, {}.", takes(paragraph))
        }
        _ => String::new(),
    }
}

/// It takes the lead.
fn leads(paragraph: &Paragraph, me: Rank, reason: Reason) -> String {
    match reason {
        Reason::HighestOfAll { .. } => {
            format!("Nobody ranks higher, so it {}.", takes(paragraph))
        }
        Reason::FirstInLine { .. } => {
            format!("It is the next in line itself, so it {}.", takes(paragraph))
        }
        Reason::WalkEndsHere => {
            format!("The next in line is {me} itself, so it {}.", takes(paragraph))
        }
        Reason::NobodyAnswered => {
            format!("No higher rank answered, so it {}.", takes(paragraph))
        }
        Reason::ToldToProceed { .. } => format!("It {}.", takes(paragraph)),
        _ => String::new(),
    }
}

/// Its wait is over, and somebody else is to lead.
fn hands_over(me: Rank, reason: Reason) -> String {
    match reason {
        Reason::TellsToProceed { best } => {
            format!("The highest rank that answered is {best}, so {me} tells {best} to proceed.")
        }
        Reason::LeavesItToHigher { best } => {
            format!("{best} has answered, so {me} leaves it to higher ranks and waits for Elected.")
        }
        _ => String::new(),
    }
}

/// It hears of a leader. These go on in the sentence of what arrived.
fn follows(paragraph: &Paragraph, reason: Reason) -> String {
    match reason {
        Reason::Adopts { .. } => match paragraph.became {
            Some(Standing::Follows(_)) => ", and follows it.".to_owned(),
            _ => ", and follows it as before.".to_owned(),
        },
        Reason::StepsDown { to } => format!(", steps down and follows {to}."),
        Reason::Ignores { .. } => match paragraph.head.message_kind() {
            Some(MessageKind::Heartbeat) => ", and ignores it.".to_owned(),
            _ => ", and takes no notice.".to_owned(),
        },
        Reason::Contradicts { from } => {
            format!(". Its own leadership is newer, and it tells {from} so.")
        }
        _ => String::new(),
    }
}

/// It goes on as before.
fn stays(me: Rank, reason: Reason) -> String {
    let but = match reason {
        Reason::LeadsItself => "leads itself",
        Reason::ElectsAlready => "is electing already",
        Reason::HasNotBooted => "has not started yet",
        _ => return String::new(),
    };
    format!("{me} is told to suspect its leader, but {but}.")
}

/// `every higher rank: 4, 5 and 6`
fn asked(paragraph: &Paragraph) -> String {
    match &*paragraph.told(MessageKind::Election) {
        [only] => format!("the only higher rank, {only}"),
        several => format!("every higher rank: {}", named(several)),
    }
}

/// `takes the lead and tells 1, 2 and 3`
fn takes(paragraph: &Paragraph) -> String {
    let told = paragraph.told(MessageKind::Elected);
    match (&*told, paragraph.became) {
        ([], _) => "takes the lead. There is nobody to tell".to_owned(),
        (told, Some(Standing::Leads)) => format!("takes the lead and tells {}", named(told)),
        // It led before, and does so anew.
        (told, _) => format!("leads on and tells {}", named(told)),
    }
}
