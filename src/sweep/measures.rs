//! What is measured in each run.

use super::statistics::RunValue;
use crate::report::Tally;
use crate::scenario::Scenario;
use crate::time::Time;

/// Declares each measure once.
macro_rules! measures {
    ($($(#[doc = $help:literal])+ $measure:ident $name:literal $label:literal $is_time:literal),+ $(,)?) => {
        /// What is measured in a run. Of several groups each counts: times and numbers add up, and of the waits for a
        /// leader the longest counts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Measure { $($(#[doc = $help])+ $measure),+ }

        impl Measure {
            /// In the order of a table.
            pub const ALL: [Self; 8] = [$(Self::$measure),+];

            /// As CSV and JSON name it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$measure => $name),+ }
            }

            /// As the page and a table name it.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$measure => $label),+ }
            }

            /// In a sentence.
            pub const fn help(self) -> &'static str {
                match self { $(Self::$measure => const { concat!($($help),+).trim_ascii() }),+ }
            }

            /// Whether it is a time; else it is a number.
            pub const fn is_time(self) -> bool {
                match self { $(Self::$measure => $is_time),+ }
            }
        }
    };
}

measures! {
    /// The time without a leader, in all.
    Leaderless "leaderless" "Without a leader" true,
    /// The time with two leaders or more, in all.
    SplitBrain "splitBrain" "Split brain" true,
    /// The time from the first fault until a process leads again; nothing where one leads all the time.
    Recovery "recovery" "Until a leader again" true,
    /// Elections started, one for each process that starts one.
    Elections "elections" "Elections" false,
    /// How often a process leaves a leader that leads, to elect or to lead.
    NeedlessElections "needlessElections" "Elections without need" false,
    /// Changes of leader.
    Changes "changes" "Changes of leader" false,
    /// Changes of leader before which the old leader neither crashed nor paused.
    UnprovokedChanges "unprovokedChanges" "Unprovoked changes" false,
    /// Messages sent.
    Messages "messages" "Messages" false,
}

/// What was measured in a run, by measure. What does not exist there is none.
pub(super) type RunMeasures = [Option<RunValue>; Measure::ALL.len()];

/// Measures a run at its end.
pub(super) fn measure(
    scenario: &Scenario,
    first_fault: Option<Time>,
    tally: &Tally,
    end: Time,
) -> RunMeasures {
    let mut all = [None; Measure::ALL.len()];
    let mut add = |measure: Measure, value: u64| {
        let before = match all[measure as usize] {
            Some(RunValue::Of(before)) => before,
            Some(RunValue::Never) | None => 0,
        };
        all[measure as usize] = Some(RunValue::Of(before + value));
    };
    for group in scenario.group_ids() {
        let totals = tally.totals(group, end);
        add(Measure::Leaderless, totals.leaderless.as_us());
        add(Measure::SplitBrain, totals.split_brain.as_us());
        add(Measure::Elections, totals.elections);
        add(Measure::NeedlessElections, totals.needless);
        add(Measure::Changes, totals.changes);
        add(Measure::UnprovokedChanges, totals.unprovoked_changes);
        add(Measure::Messages, totals.messages);
    }
    all[Measure::Recovery as usize] = first_fault.filter(|&fault| fault <= end).and_then(|fault| {
        let waits = scenario.group_ids().map(|group| match tally.leader_again(group, fault, end) {
            Some(at) => RunValue::Of(at.since(fault).as_us()),
            None => RunValue::Never,
        });
        waits.max()
    });
    all
}

/// The first fault of a scenario.
pub(super) fn first_fault(scenario: &Scenario) -> Option<Time> {
    scenario.scheduled_faults().first().map(|fault| fault.at)
}
