//! A fault or an override in a few words: `6 crashes`, `Election 3 to 5 (#1) is lost`.

use crate::choice::{MessageId, TimerId};
use crate::narration::{ends, side};
use crate::scenario::{
    Fault, FaultTime, Latency, Links, MessageOverride, Override, Scenario, TimelineEntry,
};
use crate::time::Duration;
use crate::types::{GroupId, Rank, TimerKind, listed};

/// A line of the timeline, without its instant.
pub fn entry(scenario: &Scenario, entry: &TimelineEntry) -> String {
    match entry {
        TimelineEntry::Fault { when: FaultTime::At(_), fault } => self::fault(scenario, fault),
        TimelineEntry::Fault { when: FaultTime::Every { .. }, fault } => {
            format!("again and again: {}", self::fault(scenario, fault))
        }
        TimelineEntry::Flap { process, .. } => {
            format!("{process} crashes and recovers, again and again")
        }
    }
}

fn fault(scenario: &Scenario, fault: &Fault) -> String {
    match fault {
        Fault::Crash(ranks) => of(ranks, "crashes", "crash"),
        Fault::Recover(ranks) => of(ranks, "recovers", "recover"),
        Fault::Suspect { processes, group } => {
            let words = of(processes, "suspects its leader", "suspect their leader");
            within(scenario, *group, words)
        }
        Fault::Pause { processes, span } => {
            format!("{} for {}", of(processes, "freezes", "freeze"), span.spoken())
        }
        Fault::Resume(ranks) => of(ranks, "wakes", "wake"),
        Fault::Partition(sides) => {
            let sides: Vec<String> = sides.iter().map(|ranks| side(ranks).to_string()).collect();
            format!("the network splits: {}", sides.join(" and "))
        }
        Fault::Cut(links) => format!("{} cut", subject(links)),
        Fault::Heal(None) => "everything that is cut heals".to_owned(),
        Fault::Heal(Some(links)) => format!("{} healed", subject(links)),
        Fault::Latency { links, latency } => {
            format!("messages{} take {}", along(links.as_ref()), range(*latency))
        }
        Fault::Loss { links, rate } => {
            format!("{rate} of the messages{} are lost", along(links.as_ref()))
        }
    }
}

/// An override of a message or a timer.
pub fn edit(scenario: &Scenario, edit: &Override) -> String {
    let words = match edit {
        Override::Message { name, fate } => {
            let fate = match fate {
                MessageOverride::Lost => "is lost".to_owned(),
                MessageOverride::Arrives(at) => format!("arrives at {}", at.spoken()),
                MessageOverride::Delayed(by) => format!("takes {} longer", by.spoken()),
                MessageOverride::Duplicated => "arrives twice".to_owned(),
            };
            format!("{} {fate}", message(*name))
        }
        Override::Timer { name, fires } => format!("{} ends at {}", timer(*name), fires.spoken()),
    };
    within(scenario, Some(edit.occurrence().group()), words)
}

fn message(MessageId { kind, from, to, nth, copy, .. }: MessageId) -> String {
    let copy = if copy { "the copy of " } else { "" };
    format!("{copy}{kind} {from} to {to} (#{nth})")
}

fn timer(TimerId { timer, of, nth, .. }: TimerId) -> String {
    match timer {
        TimerKind::Alive => format!("the wait of {of} for Alive (#{nth})"),
        TimerKind::Elected => format!("the wait of {of} for Elected (#{nth})"),
        TimerKind::Heartbeat => format!("the heartbeat timeout of {of} (#{nth})"),
        TimerKind::Beat => format!("the next heartbeat of {of} (#{nth})"),
    }
}

fn within(scenario: &Scenario, group: Option<GroupId>, words: String) -> String {
    let group = group.filter(|_| scenario.is_grouped());
    match group.and_then(|id| scenario.groups.get(id.index())) {
        Some(group) => format!("{words}, in {}", group.name),
        None => words,
    }
}

fn of(ranks: &[Rank], one: &str, many: &str) -> String {
    let verb = if ranks.len() > 1 { many } else { one };
    format!("{} {verb}", listed(ranks))
}

fn subject(links: &Links) -> String {
    let single = links.from.len() == 1 && links.to.len() == 1;
    let (noun, verb) = if single { ("link", "is") } else { ("links", "are") };
    format!("the {noun} {} {verb}", ends(links))
}

fn along(links: Option<&Links>) -> String {
    links.map_or_else(String::new, |links| format!(" {}", ends(links)))
}

fn range(latency: Latency) -> String {
    let (lo, hi): (Duration, Duration) = (latency.lo(), latency.hi());
    if lo == hi { hi.spoken().to_string() } else { format!("{} to {}", lo.spoken(), hi.spoken()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::script;

    /// The description of a line of a script.
    fn said(line: &str) -> String {
        let text = format!("processes 6\nuntil 20s\n{line}\n");
        let read = script::parse(&text).unwrap_or_default();
        let fault = read.timeline.first().map(|first| entry(&read, first));
        fault.or_else(|| read.overrides.first().map(|first| edit(&read, first))).unwrap_or_default()
    }

    #[test]
    fn what_fault_is_a_short_sentence() {
        let cases = [
            ("at 1s crash 6", "6 crashes"),
            ("at 1s crash 5 6", "5 and 6 crash"),
            ("at 1s recover 6", "6 recovers"),
            ("at 1s suspect 3", "3 suspects its leader"),
            ("at 1s pause 2 for 150ms", "2 freezes for 150 ms"),
            ("at 1s resume 2", "2 wakes"),
            ("at 1s partition 1 2 3 | 4 5 6", "the network splits: {1, 2, 3} and {4, 5, 6}"),
            ("at 1s cut 1->2", "the link from 1 to 2 is cut"),
            ("at 1s cut 1 2 -- 3", "the links between {1, 2} and 3 are cut"),
            ("at 1s cut 1 2 -> 3 4", "the links from 1 and 2 to 3 and 4 are cut"),
            ("at 1s heal", "everything that is cut heals"),
            ("at 1s heal 1--2", "the link between 1 and 2 is healed"),
            ("at 1s latency 10..20ms", "messages take 10 ms to 20 ms"),
            ("at 1s latency 3->5 80ms", "messages from 3 to 5 take 80 ms"),
            ("at 1s loss 5%", "5% of the messages are lost"),
            ("at 1s flap 6 down 200ms up 400ms", "6 crashes and recovers, again and again"),
            ("every 500ms from 1s crash 6", "again and again: 6 crashes"),
        ];
        for (line, words) in cases {
            assert_eq!(said(line), words, "{line}");
        }
    }

    #[test]
    fn what_is_fixed_names_the_message_or_the_wait() {
        let cases = [
            ("message Election 3->5 #1 lost", "Election 3 to 5 (#1) is lost"),
            ("message Election 3->5 #1 arrives 231ms", "Election 3 to 5 (#1) arrives at 231 ms"),
            ("message Elected 5->1 #2 delayed 50ms", "Elected 5 to 1 (#2) takes 50 ms longer"),
            ("message Alive 5->3 #1 duplicated", "Alive 5 to 3 (#1) arrives twice"),
            ("timer alive 3 #1 fires 230ms", "the wait of 3 for Alive (#1) ends at 230 ms"),
        ];
        for (line, words) in cases {
            assert_eq!(said(line), words, "{line}");
        }
    }
}
