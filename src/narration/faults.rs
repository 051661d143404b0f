//! Faults and overrides in English, for all that show them: the story, the list, a comparison, a lesson.

use super::{named_or_zone, sentence, side};
use crate::choice::{MessageId, TimerId};
use crate::scenario::{
    Fault, FaultTime, Latency, Links, MessageOverride, Override, Scenario, TimelineEntry,
};
use crate::simulation::{Event, World};
use crate::types::{GroupId, Rank, TimerKind};

/// A line of the timeline as a clause; its instant stands beside it.
pub fn describe_entry(scenario: &Scenario, entry: &TimelineEntry) -> String {
    match entry {
        TimelineEntry::Fault { when: FaultTime::At(_), fault } => describe_fault(scenario, fault),
        TimelineEntry::Fault { when: FaultTime::Every { .. }, fault } => {
            format!("again and again: {}", describe_fault(scenario, fault))
        }
        TimelineEntry::Flap { process, .. } => {
            format!("{} crashes and recovers, again and again", scenario.called(*process))
        }
    }
}

/// What a fault does, as a clause: `6 crashes`.
pub fn describe_fault(scenario: &Scenario, fault: &Fault) -> String {
    match fault {
        Fault::Crash(ranks) => of(scenario, ranks, "crashes", "crash"),
        Fault::Recover(ranks) => of(scenario, ranks, "recovers", "recover"),
        Fault::Suspect { processes, group } => {
            let words = of(scenario, processes, "suspects its leader", "suspect their leader");
            within(scenario, *group, words)
        }
        Fault::Pause { processes, span } => {
            format!("{} for {}", of(scenario, processes, "freezes", "freeze"), span.spoken())
        }
        Fault::Resume(ranks) => of(scenario, ranks, "wakes", "wake"),
        Fault::Partition(sides) => partition(scenario, sides),
        Fault::Cut(links) => format!("{} cut", subject(scenario, links)),
        Fault::Heal(None) => "the network heals".to_owned(),
        Fault::Heal(Some(links)) => format!("{} healed", subject(scenario, links)),
        Fault::Latency { links, latency } => {
            format!("messages{} now take {}", along(scenario, links.as_ref()), range(*latency))
        }
        Fault::Loss { links, rate } => {
            format!(
                "{rate} of the messages{} are lost from now on",
                along(scenario, links.as_ref())
            )
        }
    }
}

/// The same in short, without links and sides: `6 crashes`, `the network splits`.
pub fn summarise_fault(scenario: &Scenario, fault: &Fault) -> String {
    match fault.arguments().processes.is_empty() {
        true => fault.kind().row().title.to_lowercase(),
        false => describe_fault(scenario, fault),
    }
}

/// What a reader is asked to do: `Crash 6`.
pub fn request_fault(scenario: &Scenario, fault: &Fault) -> String {
    let called = |ranks: &[Rank]| scenario.all_called(ranks);
    match fault {
        Fault::Crash(ranks) => format!("Crash {}", called(ranks)),
        Fault::Recover(ranks) => format!("Recover {}", called(ranks)),
        Fault::Suspect { processes, .. } => {
            format!("Make {} suspect its leader", called(processes))
        }
        Fault::Pause { processes, .. } => format!("Pause {}", called(processes)),
        Fault::Resume(ranks) => format!("Resume {}", called(ranks)),
        Fault::Partition(sides) => {
            // The `and` stands between the sides.
            let called = |&rank: &Rank| scenario.called(rank).to_string();
            let ranks = |side: &Vec<Rank>| side.iter().map(called).collect::<Vec<_>>();
            let sides: Vec<String> = sides.iter().map(|side| ranks(side).join(", ")).collect();
            format!("Cut the network between {}", sides.join(" and "))
        }
        Fault::Cut(_) => "Cut the link".to_owned(),
        Fault::Heal(_) => "Heal the network".to_owned(),
        Fault::Latency { .. } | Fault::Loss { .. } => "Change the network".to_owned(),
    }
}

/// What is fixed of a message or a timer, as a clause.
pub fn describe_override(scenario: &Scenario, edit: &Override) -> String {
    let words = match edit {
        Override::Message { name, fate } => {
            let fate = match fate {
                MessageOverride::Lost => "is lost".to_owned(),
                MessageOverride::Arrives(at) => format!("arrives at {}", at.spoken()),
                MessageOverride::Delayed(by) => format!("takes {} longer", by.spoken()),
                MessageOverride::Duplicated => "arrives twice".to_owned(),
            };
            format!("{} {fate}", message(scenario, *name))
        }
        Override::Timer { name, fires } => {
            format!("{} ends at {}", timer(scenario, *name), fires.spoken())
        }
    };
    within(scenario, Some(edit.choice().group()), words)
}

/// What happened to the network.
pub(super) fn network(event: &Event, world: &World) -> String {
    let fault = world.fault(event.cause);
    fault.map_or_else(String::new, |fault| sentence(&describe_fault(world.scenario(), fault)))
}

fn partition(scenario: &Scenario, sides: &[Vec<Rank>]) -> String {
    match sides {
        [one, other] => {
            format!(
                "the network splits: {} on one side, {} on the other",
                named_or_zone(scenario, one),
                named_or_zone(scenario, other)
            )
        }
        sides => {
            let sides: Vec<String> =
                sides.iter().map(|side| named_or_zone(scenario, side).to_string()).collect();
            format!("the network splits into {} sides: {}", sides.len(), sides.join("; "))
        }
    }
}

fn message(scenario: &Scenario, name: MessageId) -> String {
    let MessageId { kind, nth, copy, .. } = name;
    let (from, to) = (scenario.called(name.from), scenario.called(name.to));
    let copy = if copy { "the copy of " } else { "" };
    format!("{copy}{kind} {from} to {to} (#{nth})")
}

fn timer(scenario: &Scenario, TimerId { timer, of, nth, .. }: TimerId) -> String {
    let of = scenario.called(of);
    match timer {
        TimerKind::Alive => format!("the wait of {of} for Alive (#{nth})"),
        TimerKind::Elected => format!("the wait of {of} for Elected (#{nth})"),
        TimerKind::Heartbeat => format!("the heartbeat timeout of {of} (#{nth})"),
        TimerKind::Beat => format!("the next heartbeat of {of} (#{nth})"),
        TimerKind::Preempt => format!("the wait of {of} before it preempts (#{nth})"),
        TimerKind::Quorum => format!("the quorum timer of {of} (#{nth})"),
        TimerKind::Delay => format!("the delay of {of} (#{nth})"),
    }
}

fn within(scenario: &Scenario, group: Option<GroupId>, words: String) -> String {
    let group = group.filter(|_| scenario.is_grouped());
    match group.and_then(|id| scenario.groups.get(id.index())) {
        Some(group) => format!("{words}, in {}", group.name),
        None => words,
    }
}

fn of(scenario: &Scenario, ranks: &[Rank], one: &str, many: &str) -> String {
    let verb = if ranks.len() > 1 { many } else { one };
    format!("{} {verb}", scenario.all_called(ranks))
}

/// `the link between 3 and 6 is`, `the links from 1 and 2 to 4 are`.
fn subject(scenario: &Scenario, links: &Links) -> String {
    let single = links.from.len() == 1 && links.to.len() == 1;
    let (noun, verb) = if single { ("link", "is") } else { ("links", "are") };
    format!("the {noun} {} {verb}", ends(scenario, links))
}

fn along(scenario: &Scenario, links: Option<&Links>) -> String {
    links.map_or_else(String::new, |links| format!(" {}", ends(scenario, links)))
}

fn range(latency: Latency) -> String {
    let (lo, hi) = (latency.lo(), latency.hi());
    if lo == hi { hi.spoken().to_string() } else { format!("{} to {}", lo.spoken(), hi.spoken()) }
}

/// `between 3 and 6`, `between {1, 2} and {4, 5}`, `from 1 and 2 to 4`.
pub fn ends(scenario: &Scenario, Links { from, to, both }: &Links) -> String {
    match both {
        true => format!("between {} and {}", side(scenario, from), side(scenario, to)),
        false => {
            format!("from {} to {}", named_or_zone(scenario, from), named_or_zone(scenario, to))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::script;

    /// What a line of the timeline or an override is called.
    fn describe_line(line: &str) -> String {
        let text = format!("processes 6\nuntil 20s\n{line}\n");
        let read = script::parse(&text).unwrap_or_default();
        let fault = read.timeline.first().map(|entry| describe_entry(&read, entry));
        let fixed = read.overrides.first().map(|edit| describe_override(&read, edit));
        fault.or(fixed).unwrap_or_default()
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
            (
                "at 1s partition 1 2 3 | 4 5 6",
                "the network splits: 1, 2 and 3 on one side, 4, 5 and 6 on the other",
            ),
            ("at 1s partition 1 2 | 3 | 4", "the network splits into 3 sides: 1 and 2; 3; 4"),
            ("at 1s cut 1->2", "the link from 1 to 2 is cut"),
            ("at 1s cut 1 2 -- 3", "the links between {1, 2} and 3 are cut"),
            ("at 1s cut 1 2 -> 3 4", "the links from 1 and 2 to 3 and 4 are cut"),
            ("at 1s heal", "the network heals"),
            ("at 1s heal 1--2", "the link between 1 and 2 is healed"),
            ("at 1s latency 10..20ms", "messages now take 10 ms to 20 ms"),
            ("at 1s latency 3->5 80ms", "messages from 3 to 5 now take 80 ms"),
            ("at 1s loss 5%", "5% of the messages are lost from now on"),
            ("at 1s flap 6 down 200ms up 400ms", "6 crashes and recovers, again and again"),
            ("every 500ms from 1s crash 6", "again and again: 6 crashes"),
        ];
        for (line, words) in cases {
            assert_eq!(describe_line(line), words, "{line}");
        }
    }

    #[test]
    fn a_fault_in_short_leaves_out_links_and_sides() {
        let cases = [
            ("crash 5 6", "5 and 6 crash"),
            ("suspect 3", "3 suspects its leader"),
            ("partition 1 | 2", "the network splits"),
            ("loss 3->5 5%", "loss changes"),
        ];
        for (fault, words) in cases {
            let read = script::parse(&format!("at 1s {fault}")).unwrap_or_default();
            let summary = read.timeline[0].fault().map(|fault| summarise_fault(&read, fault));
            assert_eq!(summary.as_deref(), Some(words));
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
            assert_eq!(describe_line(line), words, "{line}");
        }
    }
}
