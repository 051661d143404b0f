//! The parts of a scenario in English, for all that show them: faults, overrides and expectations, and the reasons why
//! expectations are not met.

use super::{in_group, named_or_zone, sentence, side};
use crate::choice::{MessageId, TimerId};
use crate::report::ReasonPart;
use crate::scenario::{
    AddedFaults, Comparison, Condition, ConditionTime, ConditionTimes, Expectation, ExpectedRuns,
    Fault, FaultTime, Latency, Links, MessageOverride, MoveKind, MoveKinds, Override, Scenario,
    TimeForm, TimelineEntry,
};
use crate::simulation::{Event, World};
use crate::time::Time;
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

/// `3 Election messages`, `leader 5 by 500 ms`; empty if there is no such expectation.
pub fn expectation(scenario: &Scenario, index: usize) -> String {
    let Some(expectation) = scenario.expectations.get(index) else { return String::new() };
    let Expectation { group, condition, time, runs } = expectation;
    let claim = format!("{}{}", describe_condition(scenario, condition), describe_time(*time));
    let claim = match runs {
        ExpectedRuns::This => claim,
        ExpectedRuns::WithFaults(added) => {
            format!("always {claim}{}", describe_added_faults(*added))
        }
        ExpectedRuns::InSeeds(share) => {
            format!("{claim}, in {share} of the runs with {} seeds", scenario.seeds)
        }
    };
    format!("{}{claim}", in_group(scenario, *group))
}

/// What one run leaves open of an expectation that is about more runs.
pub const fn left_open(expectation: &Expectation) -> Option<&'static str> {
    match expectation.runs {
        ExpectedRuns::This => None,
        ExpectedRuns::WithFaults(_) => Some(
            "Holds without added faults; Search tries runs with them, as the command hustings check does.",
        ),
        ExpectedRuns::InSeeds(_) => {
            Some("One run does not decide this; the command hustings check runs all seeds.")
        }
    }
}

fn describe_added_faults(added: AddedFaults) -> String {
    let (most, kinds) = (added.most(), added.kinds());
    let kinds = match kinds == MoveKinds::ALL {
        true => String::new(),
        false => format!(" ({})", kinds.iter().map(MoveKind::name).collect::<Vec<_>>().join(", ")),
    };
    format!(", with at most {most} added fault{}{kinds}", s(most.into()))
}

fn describe_condition(scenario: &Scenario, condition: &Condition) -> String {
    match *condition {
        Condition::Leader { leader: Some(leader) } => format!("leader {}", scenario.called(leader)),
        Condition::Leader { leader: None } => "no leader".to_owned(),
        Condition::Follows { process, followed } => {
            format!("{} follows {}", scenario.called(process), scenario.called(followed))
        }
        Condition::Leads { process } => format!("{} leads", scenario.called(process)),
        Condition::Agreement {} => "agreement".to_owned(),
        Condition::NoSplitBrain {} => "no split brain".to_owned(),
        Condition::SplitBrain {} => "a split brain".to_owned(),
        Condition::Messages { message, compare, count } => {
            let kind = message.map_or_else(String::new, |kind| format!("{kind} "));
            format!("{} {kind}message{}", many(compare, count), s(count))
        }
        Condition::Elections { compare, count } => {
            format!("{} election{} started", many(compare, count), s(count))
        }
        Condition::Changes { compare, count } => {
            format!("{} change{} of leader", many(compare, count), s(count))
        }
        Condition::UnprovokedChanges { count } => {
            format!("at most {count} unprovoked change{} of leader", s(count))
        }
        Condition::LeaderlessTotal { span } => format!("leaderless for {} at most", span.spoken()),
        Condition::SplitBrainTotal { span } => format!("split brain for {} at most", span.spoken()),
        Condition::LongestLeaderless { span } => {
            format!("leaderless for {} at a time at most", span.spoken())
        }
        Condition::LongestSplitBrain { span } => {
            format!("split brain for {} at a time at most", span.spoken())
        }
    }
}

fn describe_time(time: ConditionTime) -> String {
    match time {
        ConditionTime::Unstated => String::new(),
        ConditionTime::At(at) => format!(" at {}", at.spoken()),
        ConditionTime::By(by) => format!(" by {}", by.spoken()),
        ConditionTime::From { from, to } => format!(" from {} to {}", from.spoken(), to.spoken()),
        ConditionTime::After(after) => format!(" from {} on", after.spoken()),
    }
}

/// Whether it takes the whole run to see that it came out so, rather than one instant.
pub fn concerns_whole_run(expectation: &Expectation, at: Time, end: Time) -> bool {
    let is_of_instants = match expectation.condition.kind().row().times {
        ConditionTimes::AtEnd => true,
        ConditionTimes::WholeRun => {
            matches!(expectation.time.form(), Some(TimeForm::At | TimeForm::By))
        }
        ConditionTimes::FromThen | ConditionTimes::Never => false,
    };
    at == end && !is_of_instants
}

/// A reason as a sentence: with a capital letter and a full stop.
pub fn reason(parts: &[ReasonPart]) -> Vec<ReasonPart> {
    let mut sentence = parts.to_vec();
    if let Some(first) = sentence.first_mut() {
        let mut letters = first.text.chars();
        if let Some(letter) = letters.next() {
            first.text = letter.to_uppercase().chain(letters).collect();
        }
        sentence.push(ReasonPart::words("."));
    }
    sentence
}

fn many(compare: Comparison, count: u64) -> String {
    match compare {
        Comparison::Exactly if count == 0 => "no".to_owned(),
        Comparison::Exactly => count.to_string(),
        Comparison::AtMost => format!("at most {count}"),
        Comparison::AtLeast => format!("at least {count}"),
    }
}

const fn s(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
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

    #[test]
    fn expectations_are_described_in_plain_words() {
        let text = |line: &str| {
            let scenario = script::parse(&format!("processes 6\n{line}")).expect("it can be read");
            expectation(&scenario, 0)
        };
        assert_eq!(text("expect leader 5 by 500ms"), "leader 5 by 500 ms");
        assert_eq!(text("expect messages Election = 3"), "3 Election messages");
        assert_eq!(text("expect messages Proceed = 1"), "1 Proceed message");
        assert_eq!(text("expect messages Alive = 0"), "no Alive messages");
        assert_eq!(text("expect no split brain"), "no split brain");
        assert_eq!(text("expect agreement by 2.5s"), "agreement by 2.500 s");
        assert_eq!(text("expect elections <= 1"), "at most 1 election started");
        assert_eq!(text("expect 1 follows 5 at 1s"), "1 follows 5 at 1 s");
        assert_eq!(text("expect 2 leads from 0s to 1s"), "2 leads from 0 ms to 1 s");
        assert_eq!(text("expect leader none after 1s"), "no leader from 1 s on");
        assert_eq!(
            text("expect always agreement by 2s with 1 fault"),
            "always agreement by 2 s, with at most 1 added fault"
        );
        assert_eq!(
            text("expect always no split brain with 2 faults of cut-both lose"),
            "always no split brain, with at most 2 added faults (lose, cut-both)"
        );
        assert_eq!(
            text("seeds 50\nexpect in 99.5% of seeds agreement by 2s"),
            "agreement by 2 s, in 99.5% of the runs with 50 seeds"
        );
        assert_eq!(text("expect changes >= 2"), "at least 2 changes of leader");
        assert_eq!(text("expect unprovoked changes <= 1"), "at most 1 unprovoked change of leader");
        assert_eq!(
            text("expect longest leaderless <= 300ms"),
            "leaderless for 300 ms at a time at most"
        );
    }

    #[test]
    fn a_reason_is_a_sentence_of_the_same_pieces() {
        let texts = |parts: &[ReasonPart]| -> Vec<String> {
            reason(parts).into_iter().map(|part| part.text).collect()
        };
        assert_eq!(
            texts(&[ReasonPart::words("never "), ReasonPart::words("more")]),
            ["Never ", "more", "."]
        );
        assert_eq!(texts(&[]), [""; 0]);
    }
}
