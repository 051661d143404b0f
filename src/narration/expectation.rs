//! Describes expectations, and the reasons why they are not met.

use super::in_group;
use crate::report::ReasonPart;
use crate::scenario::{
    AddedFaults, Comparison, Condition, ConditionTime, ConditionTimes, Expectation, ExpectedRuns,
    MoveKind, MoveKinds, Scenario, TimeForm,
};
use crate::time::Time;

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
        ExpectedRuns::WithFaults(_) => {
            Some("Holds without added faults; the command hustings check searches runs with them.")
        }
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
