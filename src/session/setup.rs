//! The set-up as fields: the text of each, and the change of the scenario that a typed text makes.

use super::{refusal_text, sentence};
use crate::election::{
    Algorithm, AlgorithmKind, AlgorithmOptionValue, CandidateRules, Preemption, Quorum, Succession,
};
use crate::member::Detector;
use crate::scenario::hints::Hint;
use crate::scenario::script::field::{self, FieldError};
use crate::scenario::script::{format_own_setting, format_setting};
use crate::scenario::{
    Change, FigureOption, FigureOptions, FigureView, Group, Link, Links, OwnSettingKind, Scenario,
    ScenarioPart, Setting, SettingKind, SettingOwner, SettingOwners,
};
use crate::sort;
use crate::sweep::SweepSetting;
use crate::time::Duration;
use crate::types::Rank;

/// The typed settings; all others are chosen from a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupField {
    Setting(SettingKind),
    /// Of this link or process, and of those in its row.
    Own(OwnSettingKind, SettingOwner),
    /// How many successors a leader names.
    Alternates,
    /// The alternates by rank.
    Line,
    /// The candidates by rank.
    Candidates,
    /// How long a process delays its election for each higher rank.
    Delay,
    /// How long a process follows a lower rank before it preempts.
    PreemptAfter,
    /// How many processes must acknowledge a leader.
    QuorumCount,
    /// Of the detector.
    Every,
    Timeout,
    /// Empty leaves it open.
    Figure(FigureOption),
}

impl SetupField {
    pub fn label(self) -> &'static str {
        match self {
            Self::Setting(kind) => kind.row().label,
            Self::Own(kind, _) => kind.row().label,
            Self::Alternates => "How many",
            Self::Line => "Alternates, in order",
            Self::Candidates => "Candidates",
            Self::Delay => "Delay for each higher rank",
            Self::PreemptAfter => "After",
            Self::QuorumCount => "Processes, the leader included",
            Self::Every => "Every",
            Self::Timeout => "Timeout",
            Self::Figure(option) => option.row().label.unwrap_or(option.row().name),
        }
    }

    /// The setting that the panel *What if* varies, if it is this one.
    pub fn varied(self) -> Option<SweepSetting> {
        const VARIED: [(SetupField, SweepSetting); 8] = [
            (SetupField::Timeout, SweepSetting::Timeout),
            (SetupField::Every, SweepSetting::Every),
            (SetupField::Setting(SettingKind::WaitAlive), SweepSetting::WaitAlive),
            (SetupField::Setting(SettingKind::WaitElected), SweepSetting::WaitElected),
            (SetupField::Setting(SettingKind::Latency), SweepSetting::Latency),
            (SetupField::Setting(SettingKind::Loss), SweepSetting::Loss),
            (SetupField::Setting(SettingKind::Duplicate), SweepSetting::Duplicate),
            (SetupField::Alternates, SweepSetting::Alternates),
        ];
        VARIED.into_iter().find(|(field, _)| *field == self).map(|(_, setting)| setting)
    }

    /// The field's text in a scenario.
    #[expect(clippy::wildcard_enum_match_arm, reason = "`format_setting` names every setting")]
    pub fn text(self, scenario: &Scenario) -> String {
        match self {
            Self::Setting(kind) => match scenario.setting(kind) {
                // Without quotes, without `list`, and with the end that the timeline decides.
                Setting::Title(text) | Setting::About(text) => text.unwrap_or_default(),
                Setting::Ranks(ranks) => spaced(&ranks),
                Setting::Until(_) => scenario.end().to_string(),
                setting => format_setting(&setting),
            },
            Self::Own(kind, owner) => {
                scenario.own_settings(kind).get(&owner).map(format_own_setting).unwrap_or_default()
            }
            Self::Alternates => match scenario.algorithm.succession() {
                Succession::Highest(count) => count.to_string(),
                Succession::List(line) => line.len().to_string(),
            },
            Self::Line => match scenario.algorithm.succession() {
                Succession::List(line) => spaced(line),
                Succession::Highest(_) => String::new(),
            },
            Self::Candidates => spaced(&scenario.algorithm.candidates().ranks),
            Self::Delay => scenario.algorithm.candidates().delay.to_string(),
            Self::PreemptAfter => match scenario.preemption {
                Preemption::After(wait) => wait.to_string(),
                Preemption::On | Preemption::Off => String::new(),
            },
            Self::QuorumCount => quorum_count(scenario).to_string(),
            Self::Every => heartbeat(scenario).0.to_string(),
            Self::Timeout => heartbeat(scenario).1.to_string(),
            Self::Figure(option) => {
                scenario.figure.get(option).map(|value| value.to_string()).unwrap_or_default()
            }
        }
    }

    /// What was typed as a change; nothing where it says what is so already.
    ///
    /// # Errors
    /// A sentence that says why it cannot be.
    pub fn read(self, scenario: &Scenario, text: &str) -> Result<Option<Change>, String> {
        let change =
            self.change(scenario, text).map_err(|problem| sentence(&problem.to_string()))?;
        checked(scenario, change)
    }

    fn change(self, scenario: &Scenario, text: &str) -> Result<Change, FieldError> {
        let (every, timeout) = heartbeat(scenario);
        let with = |succession| Setting::Algorithm(scenario.algorithm.with_succession(&succession));
        Ok(Change::Set(match self {
            Self::Setting(kind) => field::setting(kind, text)?,
            Self::Own(kind, owner) => {
                let rows = scenario.own_settings_by_value(kind).into_iter();
                let mut rows = rows.map(|(owners, _)| owners);
                let row = rows.find(|owners| owners.each().contains(&owner));
                let setting = field::own_setting(kind, text)?;
                return Ok(Change::SetOwn(row.unwrap_or_else(|| owner.into()), setting));
            }
            Self::Alternates => with(Succession::Highest(field::count(text)?)),
            Self::Line => with(Succession::List(field::ranks(text)?)),
            Self::Candidates => {
                let ranks = field::ranks(text)?;
                candidates(scenario, |rules| rules.ranks = ranks)
            }
            Self::Delay => {
                let delay = field::duration(text)?;
                candidates(scenario, |rules| rules.delay = delay)
            }
            Self::PreemptAfter => Setting::Preempt(Preemption::After(field::duration(text)?)),
            Self::QuorumCount => Setting::Quorum(Quorum::Count(field::count(text)?)),
            Self::Every => {
                Setting::Detector(Detector::Heartbeat { every: field::duration(text)?, timeout })
            }
            Self::Timeout => {
                Setting::Detector(Detector::Heartbeat { every, timeout: field::duration(text)? })
            }
            Self::Figure(option) => {
                let mut figure = scenario.figure.clone();
                figure.set(option, field::figure_field(option, text)?);
                Setting::Figure(figure)
            }
        }))
    }

    /// The part of the scenario, whose hints are shown with the field.
    pub const fn place(self) -> ScenarioPart {
        match self {
            Self::Setting(kind) => kind.part(),
            Self::Own(kind, owner) => ScenarioPart::Own(kind, owner),
            Self::Alternates | Self::Line | Self::Candidates | Self::Delay => {
                SettingKind::Algorithm.part()
            }
            Self::PreemptAfter => SettingKind::Preempt.part(),
            Self::QuorumCount => SettingKind::Quorum.part(),
            Self::Every | Self::Timeout => SettingKind::Detector.part(),
            Self::Figure(_) => SettingKind::Figure.part(),
        }
    }
}

/// What a figure shows by its name; another name leaves it open.
pub fn figure_view(scenario: &Scenario, name: &str) -> Setting {
    let view = FigureView::ALL.into_iter().find(|view| view.name() == name);
    Setting::Figure(FigureOptions { view, ..scenario.figure.clone() })
}

/// A change that changes something.
///
/// # Errors
/// A sentence that says why it cannot be.
pub fn checked(scenario: &Scenario, change: Change) -> Result<Option<Change>, String> {
    match scenario.with(change.clone()) {
        Ok(next) if next == *scenario => Ok(None),
        Ok(_) => Ok(Some(change)),
        Err(refusal) => Err(refusal_text(&refusal)),
    }
}

/// The algorithm by its name, with the options that it had or usually has; another name changes nothing.
pub fn algorithm(scenario: &Scenario, name: &str) -> Algorithm {
    let chosen = AlgorithmKind::named(name).filter(|kind| *kind != scenario.algorithm.kind());
    chosen.map_or_else(|| scenario.algorithm.clone(), AlgorithmKind::with_defaults)
}

/// The waits for answers that the algorithm has, each with the name of its field.
pub const fn waits(algorithm: &Algorithm) -> &'static [(&'static str, SettingKind)] {
    match algorithm.row().waits_for_answers {
        true => {
            &[("setup-alive", SettingKind::WaitAlive), ("setup-elected", SettingKind::WaitElected)]
        }
        false => &[],
    }
}

/// The algorithm with an addition switched on or off, by its word in the script.
pub fn toggled(algorithm: &Algorithm, word: &str) -> Algorithm {
    let mut next = algorithm.clone();
    for option in next.options() {
        match option.value {
            AlgorithmOptionValue::Flag(is_set) if option.word == word => *is_set = !*is_set,
            AlgorithmOptionValue::Flag(_)
            | AlgorithmOptionValue::Succession(_)
            | AlgorithmOptionValue::Candidates(_)
            | AlgorithmOptionValue::Delay(_) => {}
        }
    }
    next
}

fn candidates(scenario: &Scenario, change: impl FnOnce(&mut CandidateRules)) -> Setting {
    let mut rules = scenario.algorithm.candidates().clone();
    change(&mut rules);
    Setting::Algorithm(Algorithm::Candidates(rules))
}

/// Preemption by the word of its choice; *after* begins with two seconds.
pub fn preemption(scenario: &Scenario, word: &str) -> Setting {
    Setting::Preempt(match (word, scenario.preemption) {
        ("off", _) => Preemption::Off,
        ("after", after @ Preemption::After(_)) => after,
        ("after", Preemption::On | Preemption::Off) => Preemption::After(Duration::secs(2)),
        _ => Preemption::On,
    })
}

/// The quorum by the word of its choice; a number begins with that of a majority.
pub fn quorum(scenario: &Scenario, word: &str) -> Setting {
    Setting::Quorum(match word {
        "majority" => Quorum::Majority,
        "count" => Quorum::Count(quorum_count(scenario)),
        _ => Quorum::None,
    })
}

/// The number of processes that a leader needs, or would need for a majority of the smallest group.
fn quorum_count(scenario: &Scenario) -> u16 {
    match scenario.quorum {
        Quorum::Count(count) => count,
        Quorum::None | Quorum::Majority => {
            let smallest = scenario.groups.iter().map(|group| group.members.len()).min();
            u16::try_from(Quorum::Majority.of(smallest.unwrap_or(1))).unwrap_or(1)
        }
    }
}

/// The present alternates as a list of ranks or as a number.
pub fn succession(scenario: &Scenario, by_name: bool) -> Algorithm {
    let succession = match (scenario.algorithm.succession(), by_name) {
        (Succession::Highest(count), true) => {
            let count = usize::from(*count).max(1);
            Succession::List(scenario.ranks.iter().rev().skip(1).take(count).copied().collect())
        }
        (Succession::List(line), false) => {
            Succession::Highest(u8::try_from(line.len()).unwrap_or(u8::MAX))
        }
        (same @ Succession::Highest(_), false) | (same @ Succession::List(_), true) => same.clone(),
    };
    scenario.algorithm.with_succession(&succession)
}

/// The detector: heartbeats with the timing of the start scenario, or the script alone.
pub fn detector(by_heartbeat: bool) -> Detector {
    match by_heartbeat {
        true => Detector::USUAL,
        false => Detector::Scripted,
    }
}

/// Another seed.
pub const fn another_seed(seed: u64) -> u64 {
    seed.wrapping_add(1)
}

/// The setting of the leader of the only group at the start.
pub fn leader(scenario: &Scenario, name: &str) -> Setting {
    let named = |rank: &&Rank| rank.to_string() == name;
    Setting::Leader(scenario.ranks.iter().find(named).copied())
}

/// Every process to choose from: its rank, and what it is called.
pub fn processes(scenario: &Scenario) -> Vec<(String, String)> {
    let choice = |&rank: &Rank| (rank.to_string(), scenario.called(rank).with_rank().to_string());
    scenario.ranks.iter().map(choice).collect()
}

/// The setting of the end: by the timeline, or fixed to the present end.
pub fn end(scenario: &Scenario, by_timeline: bool) -> Setting {
    Setting::Until((!by_timeline).then(|| scenario.end()))
}

/// What links have of their own, or processes: a row for each value, in the order of links or ranks.
pub fn own_settings(scenario: &Scenario, of_links: bool) -> Vec<(SettingOwners, OwnSettingKind)> {
    let kinds = OwnSettingKind::ALL.iter().copied();
    let kinds = kinds.filter(|kind| kind.of_run().is_some() == of_links);
    let rows = kinds.flat_map(|kind| {
        let rows = scenario.own_settings_by_value(kind).into_iter();
        rows.map(move |(owners, _)| (owners, kind))
    });
    let mut all: Vec<_> = rows.collect();
    sort::sort_by_key(&mut all, |(owners, kind)| (owners.each().first().copied(), *kind));
    all
}

/// `frankfurt ↔ zurich`, `1 → 2 and 3`, `db-a and 3`.
pub fn owners_text(scenario: &Scenario, owners: &SettingOwners) -> String {
    let side = |ranks: &[Rank]| match scenario.zone_that_is(ranks) {
        Some(zone) => zone.name.clone(),
        None => scenario.all_called(ranks),
    };
    match owners {
        SettingOwners::Links(Links { from, to, both }) => {
            let arrow = if *both { "↔" } else { "→" };
            format!("{} {arrow} {}", side(from), side(to))
        }
        SettingOwners::Processes(ranks) => side(ranks),
    }
}

/// A setting of a link or a process while it is put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOwnSetting {
    pub kind: OwnSettingKind,
    /// The process, or where the link comes from.
    pub from: Rank,
    /// Where the link leads.
    pub to: Rank,
    pub text: String,
}

impl NewOwnSetting {
    /// None where there is no link.
    pub fn new(scenario: &Scenario, of_links: bool) -> Option<Self> {
        let (from, last) = (*scenario.ranks.first()?, *scenario.ranks.last()?);
        let to = scenario.ranks.get(1).copied().unwrap_or(last);
        let kind = if of_links { OwnSettingKind::Latency } else { OwnSettingKind::Drift };
        let new = Self { kind, from, to, text: String::new() };
        (!of_links || from != to).then(|| new.of_kind(kind))
    }

    /// Of another kind, with a value that it often has.
    #[must_use]
    pub fn of_kind(&self, kind: OwnSettingKind) -> Self {
        let text = match kind {
            OwnSettingKind::Latency => "80ms",
            OwnSettingKind::Loss | OwnSettingKind::Duplicate => "10%",
            OwnSettingKind::Timeout => "500ms",
            OwnSettingKind::Every => "200ms",
            OwnSettingKind::Drift => "+2%",
        };
        Self { kind, text: text.to_owned(), ..self.clone() }
    }

    pub fn is_of_link(&self) -> bool {
        self.kind.of_run().is_some()
    }

    /// Kinds that can take its place.
    pub fn kinds(&self) -> Vec<OwnSettingKind> {
        let alike = |kind: &OwnSettingKind| kind.of_run().is_some() == self.is_of_link();
        OwnSettingKind::ALL.iter().copied().filter(alike).collect()
    }

    /// # Errors
    /// A sentence that says why it cannot be.
    pub fn change(&self, scenario: &Scenario) -> Result<Change, String> {
        let owner = match self.is_of_link() {
            true => SettingOwner::Link(Link { from: self.from, to: self.to }),
            false => SettingOwner::Process(self.from),
        };
        let setting = field::own_setting(self.kind, &self.text);
        let setting = setting.map_err(|problem| sentence(&problem.to_string()))?;
        let change = Change::SetOwn(owner.into(), setting);
        checked(scenario, change.clone()).map(|_| change)
    }
}

/// The hints of a part, as sentences.
pub fn hints_of(hints: &[Hint], holds: impl Fn(ScenarioPart) -> bool) -> Vec<String> {
    hints.iter().filter(|hint| holds(hint.place)).map(|hint| sentence(&hint.text)).collect()
}

/// `Group orders on 1, 2 and 3; 3 leads at the start`.
pub fn groups(scenario: &Scenario) -> Vec<String> {
    let group_text = |group: &Group| {
        let called = |rank| scenario.called(rank).to_string();
        let leader = group.leader.map_or_else(|| "nobody".to_owned(), called);
        let members = scenario.all_called(&group.members);
        format!("{} on {members}; {leader} leads at the start", group.name)
    };
    scenario.groups.iter().map(group_text).collect()
}

const USUAL: (Duration, Duration) = (Duration::ms(100), Duration::ms(350));

fn heartbeat(scenario: &Scenario) -> (Duration, Duration) {
    match scenario.detector {
        Detector::Heartbeat { every, timeout } => (every, timeout),
        Detector::Scripted => USUAL,
    }
}

fn spaced(ranks: &[Rank]) -> String {
    ranks.iter().map(Rank::to_string).collect::<Vec<_>>().join(" ")
}
