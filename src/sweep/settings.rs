//! The settings that a sweep can vary: their names, the values that they have and take, and how each changes a
//! scenario.

use super::SweepError;
use crate::election::{Algorithm, AlgorithmKind, Succession};
use crate::member::Detector;
use crate::scenario::script::{Script, field, format_setting};
use crate::scenario::{
    Change, FaultArguments, InvalidKind, Latency, Rate, Scenario, ScenarioPart, Setting,
    SettingKind, TimelineEntry, limits, resized,
};
use crate::time::{Duration, Time};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The names of all algorithms.
const ALGORITHMS: &[&str] = &{
    let mut names = [""; AlgorithmKind::ALL.len()];
    let mut place = 0;
    while place < names.len() {
        names[place] = AlgorithmKind::ALL[place].row().name;
        place += 1;
    }
    names
};

/// A setting that a sweep can vary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SweepSetting {
    /// How long a follower waits for a heartbeat.
    Timeout,
    /// How often a leader sends a heartbeat.
    Every,
    /// The wait for `Alive`.
    WaitAlive,
    /// The wait for `Elected`.
    WaitElected,
    /// The upper end of the latency of all links.
    Latency,
    /// The share of messages that are lost.
    Loss,
    /// The share of messages that arrive twice.
    Duplicate,
    /// The number of processes.
    Processes,
    /// The election algorithm.
    Algorithm,
    /// How many successors a leader names.
    Alternates,
    /// Whether a higher rank takes the lead from a lower one.
    Preempt,
    /// How many processes must acknowledge a leader.
    Quorum,
    /// The instant of a line of the timeline.
    LineAt(SweptLine),
    /// The duration of a line of the timeline.
    LineFor(SweptLine),
}

/// A line of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SweptLine {
    /// Its place in the timeline.
    pub entry: usize,
    /// Its line in the script, from 1.
    pub line: usize,
}

/// What the values of a setting are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SweepUnit {
    /// Durations, or instants as durations since the start.
    Span,
    /// Rates.
    Rate,
    /// Whole numbers.
    Count,
    /// Words of the script, such as the name of an algorithm; for a quorum numbers too.
    Words {
        /// The setting of the script whose words they are.
        of: SettingKind,
        /// Those that it has in most scenarios.
        usual: &'static [&'static str],
    },
}

/// A value of a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SweepValue {
    /// A duration, or an instant as the duration since the start.
    Span(Duration),
    /// A rate.
    Rate(Rate),
    /// A whole number.
    Count(u16),
    /// As the script writes it.
    Words(String),
}

impl SweepSetting {
    /// Those without a line of the script.
    pub const OF_RUN: &[Self] = &[
        Self::Timeout,
        Self::Every,
        Self::WaitAlive,
        Self::WaitElected,
        Self::Latency,
        Self::Loss,
        Self::Duplicate,
        Self::Processes,
        Self::Algorithm,
        Self::Alternates,
        Self::Preempt,
        Self::Quorum,
    ];

    /// Name, label and unit.
    const fn row(self) -> (&'static str, &'static str, SweepUnit) {
        match self {
            Self::Timeout => ("timeout", "Heartbeat timeout", SweepUnit::Span),
            Self::Every => ("every", "Heartbeat interval", SweepUnit::Span),
            Self::WaitAlive => ("wait-alive", "Wait for Alive", SweepUnit::Span),
            Self::WaitElected => ("wait-elected", "Wait for Elected", SweepUnit::Span),
            Self::Latency => ("latency", "Highest latency", SweepUnit::Span),
            Self::Loss => ("loss", SettingKind::Loss.row().label, SweepUnit::Rate),
            Self::Duplicate => ("duplicate", SettingKind::Duplicate.row().label, SweepUnit::Rate),
            Self::Processes => ("processes", "Processes", SweepUnit::Count),
            Self::Algorithm => {
                let of = SettingKind::Algorithm;
                ("algorithm", of.row().label, SweepUnit::Words { of, usual: ALGORITHMS })
            }
            Self::Alternates => ("alternates", "Alternates", SweepUnit::Count),
            Self::Preempt => {
                let of = SettingKind::Preempt;
                ("preempt", of.row().label, SweepUnit::Words { of, usual: &["on", "off"] })
            }
            Self::Quorum => {
                let of = SettingKind::Quorum;
                ("quorum", of.row().label, SweepUnit::Words { of, usual: &["none", "majority"] })
            }
            Self::LineAt(_) => ("at", "Instant", SweepUnit::Span),
            Self::LineFor(_) => ("for", "Duration", SweepUnit::Span),
        }
    }

    /// What its values are.
    pub const fn unit(self) -> SweepUnit {
        self.row().2
    }

    /// As a chart's axis and a list name it: `Heartbeat timeout`, `Duration of the pause of 6`.
    pub fn label(self, scenario: &Scenario) -> String {
        let (_, label, _) = self.row();
        match self.line().and_then(|line| scenario.timeline.get(line.entry)) {
            Some(entry) => format!("{label} of the {}", entry.name()),
            None => label.to_owned(),
        }
    }

    /// A value with the words that it needs beside others: `Heartbeat timeout 350 ms`, `pause of 6 for 400 ms`.
    pub fn described(self, scenario: &Scenario, value: &SweepValue) -> String {
        let (name, label, _) = self.row();
        match self.line().and_then(|line| scenario.timeline.get(line.entry)) {
            Some(entry) => format!("{} {name} {}", entry.name(), value.spoken()),
            None => format!("{label} {}", value.spoken()),
        }
    }

    /// The setting of this name: `timeout`, `line 12 for`.
    ///
    /// # Errors
    /// There is no such setting, or no such line.
    pub fn named(name: &str, script: &Script) -> Result<Self, SweepError> {
        let unknown = || SweepError::UnknownSetting { name: name.to_owned() };
        let words: Vec<&str> = name.split_whitespace().collect();
        let (number, of) = match &*words {
            [word] => {
                let known = Self::OF_RUN.iter().copied().find(|setting| setting.row().0 == *word);
                return known.ok_or_else(unknown);
            }
            ["line", number, of @ ("at" | "for")] => (*number, *of),
            _ => return Err(unknown()),
        };
        let line: usize = number.parse().map_err(|_| unknown())?;
        let on_line = |entry: &usize| script.lines.of(ScenarioPart::Entry(*entry)) == Some(line);
        let entry = (0..script.scenario.timeline.len()).find(on_line);
        let line = SweptLine { entry: entry.ok_or(SweepError::NoFaultOnLine { line })?, line };
        Ok(if of == "at" { Self::LineAt(line) } else { Self::LineFor(line) })
    }

    /// Those that a scenario can have, in the order of a list.
    pub fn possible(script: &Script) -> Vec<Self> {
        let scenario = &script.scenario;
        let lines = (0..scenario.timeline.len()).filter_map(|entry| {
            let line = script.lines.of(ScenarioPart::Entry(entry))?;
            Some(SweptLine { entry, line })
        });
        let lines = lines.flat_map(|line| [Self::LineAt(line), Self::LineFor(line)]);
        let all = Self::OF_RUN.iter().copied().chain(lines);
        all.filter(|setting| setting.own(scenario).is_ok()).collect()
    }

    const fn line(self) -> Option<SweptLine> {
        match self {
            Self::LineAt(line) | Self::LineFor(line) => Some(line),
            Self::Timeout
            | Self::Every
            | Self::WaitAlive
            | Self::WaitElected
            | Self::Latency
            | Self::Loss
            | Self::Duplicate
            | Self::Processes
            | Self::Algorithm
            | Self::Alternates
            | Self::Preempt
            | Self::Quorum => None,
        }
    }

    /// The scenario's own value.
    ///
    /// # Errors
    /// The scenario cannot have the setting.
    pub fn own(self, scenario: &Scenario) -> Result<SweepValue, SweepError> {
        let row = scenario.algorithm.row();
        let written = |kind| SweepValue::Words(format_setting(&scenario.setting(kind)));
        let impossible =
            |problem: String| Err(SweepError::Impossible { setting: self.to_string(), problem });
        let refused = |problem: &InvalidKind| impossible(problem.to_string());
        let algorithm = row.name;
        Ok(match self {
            Self::Timeout => SweepValue::Span(self.heartbeat(scenario)?.1),
            Self::Every => SweepValue::Span(self.heartbeat(scenario)?.0),
            Self::WaitAlive | Self::WaitElected if !row.waits_for_answers => {
                return impossible(format!("{algorithm} does not wait for answers"));
            }
            Self::WaitAlive => SweepValue::Span(scenario.timeouts.alive),
            Self::WaitElected => SweepValue::Span(scenario.timeouts.elected),
            Self::Latency => SweepValue::Span(scenario.network.latency.hi()),
            Self::Loss => SweepValue::Rate(scenario.network.loss),
            Self::Duplicate => SweepValue::Rate(scenario.network.duplicate),
            Self::Processes => SweepValue::Count(scenario.ranks.len() as u16),
            Self::Algorithm => written(SettingKind::Algorithm),
            Self::Alternates => match &scenario.algorithm {
                Algorithm::NextInLine(Succession::Highest(count)) => {
                    SweepValue::Count((*count).into())
                }
                Algorithm::NextInLine(Succession::List(list)) => {
                    SweepValue::Count(list.len() as u16)
                }
                Algorithm::Bully
                | Algorithm::BullyTextbook
                | Algorithm::Candidates(_)
                | Algorithm::Ring
                | Algorithm::Invitation
                | Algorithm::Raft(_)
                | Algorithm::Vrrp => {
                    return impossible(format!("{algorithm} has no alternates"));
                }
            },
            Self::Preempt | Self::Quorum if scenario.detector == Detector::Scripted => {
                return refused(&InvalidKind::NeedsHeartbeats { what: self.to_string() });
            }
            Self::Preempt => match row.no_preemption {
                Some(why) => return refused(&InvalidKind::NoPreemption { algorithm, why }),
                None => written(SettingKind::Preempt),
            },
            Self::Quorum => match row.no_quorum {
                Some(why) => return refused(&InvalidKind::NoQuorum { algorithm, why }),
                None => written(SettingKind::Quorum),
            },
            Self::LineAt(line) => {
                SweepValue::Span(self.entry(scenario, line)?.first().since(Time::ZERO))
            }
            Self::LineFor(line) => {
                let entry = self.entry(scenario, line)?;
                let healed =
                    scenario.healing(line.entry).and_then(|heal| scenario.timeline.get(heal));
                let arguments = entry.arguments();
                let lasting = healed.map(|heal| heal.first().since(entry.first()));
                match arguments.span.or(arguments.down).or(lasting) {
                    Some(span) => SweepValue::Span(span),
                    None => {
                        let name = entry.name();
                        return impossible(format!("the {name} has no duration that ends"));
                    }
                }
            }
        })
    }

    /// The scenario with another value of it.
    ///
    /// # Errors
    /// The scenario cannot have the setting, or not this value.
    pub fn with(self, scenario: &Scenario, value: &SweepValue) -> Result<Scenario, SweepError> {
        // What the scenario cannot have is no matter of the value.
        self.own(scenario)?;
        let wrong = |problem: String| SweepError::WrongValue {
            setting: self.to_string(),
            value: value.to_string(),
            problem,
        };
        let change = self.change(scenario, value).map_err(wrong)?;
        scenario.with(change).map_err(|refusal| wrong(refusal.to_string()))
    }

    fn change(self, scenario: &Scenario, value: &SweepValue) -> Result<Change, String> {
        let unfit = || format!("`{value}` is no value of `{self}`");
        let span = || match value {
            SweepValue::Span(span) => Ok(*span),
            SweepValue::Rate(_) | SweepValue::Count(_) | SweepValue::Words(_) => Err(unfit()),
        };
        let rate = || match value {
            SweepValue::Rate(rate) => Ok(*rate),
            SweepValue::Span(_) | SweepValue::Count(_) | SweepValue::Words(_) => Err(unfit()),
        };
        let count = || match value {
            SweepValue::Count(count) => Ok(*count),
            SweepValue::Span(_) | SweepValue::Rate(_) | SweepValue::Words(_) => Err(unfit()),
        };
        let written =
            |kind| field::setting(kind, &value.to_string()).map_err(|problem| problem.to_string());
        let heartbeat = || self.heartbeat(scenario).map_err(|problem| problem.to_string());
        Ok(Change::Set(match self {
            Self::Timeout => {
                let (every, _) = heartbeat()?;
                Setting::Detector(Detector::Heartbeat { every, timeout: span()? })
            }
            Self::Every => {
                let (_, timeout) = heartbeat()?;
                Setting::Detector(Detector::Heartbeat { every: span()?, timeout })
            }
            Self::WaitAlive => Setting::WaitAlive(span()?),
            Self::WaitElected => Setting::WaitElected(span()?),
            Self::Latency => {
                let hi = span()?;
                let lo = scenario.network.latency.lo().min(hi);
                Setting::Latency(Latency::new(lo, hi).unwrap_or(Latency::DEFAULT))
            }
            Self::Loss => Setting::Loss(rate()?),
            Self::Duplicate => Setting::Duplicate(rate()?),
            Self::Processes => match count()?.into() {
                found @ 1..=limits::MOST_PROCESSES => {
                    Setting::Ranks(resized(&scenario.ranks, found))
                }
                found => return Err(InvalidKind::Processes { found }.to_string()),
            },
            Self::Algorithm => algorithm(scenario, &value.to_string())?,
            Self::Alternates => {
                let succession = Succession::Highest(count()?.try_into().map_err(|_| unfit())?);
                Setting::Algorithm(scenario.algorithm.with_succession(&succession))
            }
            Self::Preempt => written(SettingKind::Preempt)?,
            Self::Quorum => written(SettingKind::Quorum)?,
            Self::LineAt(line) => {
                return Ok(Change::Move { entry: line.entry, to: span()?.from_start() });
            }
            Self::LineFor(line) => return self.lasting(scenario, line, span()?),
        }))
    }

    /// The change that makes a line last so long.
    fn lasting(
        self,
        scenario: &Scenario,
        line: SweptLine,
        span: Duration,
    ) -> Result<Change, String> {
        let entry = self.entry(scenario, line).map_err(|problem| problem.to_string())?;
        let arguments = entry.arguments();
        if arguments.down.is_some() {
            let arguments = FaultArguments { down: Some(span), ..arguments };
            let with = TimelineEntry::new(entry.when(), entry.kind(), arguments);
            return Ok(Change::Replace { entry: line.entry, with });
        }
        let at = entry.first() + span;
        match arguments.span.is_some() {
            true => Ok(Change::EndPause { entry: line.entry, at }),
            false => Ok(Change::EndCut { entry: line.entry, at: Some(at) }),
        }
    }

    fn entry(self, scenario: &Scenario, line: SweptLine) -> Result<&TimelineEntry, SweepError> {
        scenario.timeline.get(line.entry).ok_or(SweepError::NoFaultOnLine { line: line.line })
    }

    /// Interval and timeout of the detector.
    fn heartbeat(self, scenario: &Scenario) -> Result<(Duration, Duration), SweepError> {
        match scenario.detector {
            Detector::Heartbeat { every, timeout } => Ok((every, timeout)),
            Detector::Scripted => {
                let what = self.to_string();
                let problem = InvalidKind::NeedsHeartbeats { what: what.clone() }.to_string();
                Err(SweepError::Impossible { setting: what, problem })
            }
        }
    }

    /// A value as it is typed: a number alone is milliseconds or a percentage, and words are as the script writes
    /// them.
    ///
    /// # Errors
    /// The text is no value of the setting.
    pub fn value(self, text: &str) -> Result<SweepValue, SweepError> {
        let text = text.trim();
        let wrong = |problem: String| SweepError::WrongValue {
            setting: self.to_string(),
            value: text.to_owned(),
            problem,
        };
        let value = match self.unit() {
            SweepUnit::Span => field::duration(text).map(SweepValue::Span),
            SweepUnit::Rate => field::rate(text).map(SweepValue::Rate),
            SweepUnit::Count => field::count(text).map(SweepValue::Count),
            SweepUnit::Words { of, .. } => match (self, text.parse()) {
                (Self::Quorum, Ok(count)) => return Ok(SweepValue::Count(count)),
                (Self::Algorithm, _) if AlgorithmKind::named(text).is_some() => {
                    return Ok(SweepValue::Words(text.to_owned()));
                }
                (_, _) => field::setting(of, text)
                    .map(|setting| SweepValue::Words(format_setting(&setting))),
            },
        };
        value.map_err(|problem| wrong(problem.to_string()))
    }
}

/// The algorithm of a text; by its mere name with the options of the scenario if it is its own, else with the usual
/// ones.
fn algorithm(scenario: &Scenario, text: &str) -> Result<Setting, String> {
    match AlgorithmKind::named(text) {
        Some(kind) if kind == scenario.algorithm.kind() => {
            Ok(Setting::Algorithm(scenario.algorithm.clone()))
        }
        Some(kind) => Ok(Setting::Algorithm(kind.with_defaults())),
        None => field::setting(SettingKind::Algorithm, text).map_err(|problem| problem.to_string()),
    }
}

/// As `--vary` names it.
impl fmt::Display for SweepSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, ..) = self.row();
        match self.line() {
            Some(SweptLine { line, .. }) => write!(f, "line {line} {name}"),
            None => f.write_str(name),
        }
    }
}

/// As the script writes it.
impl fmt::Display for SweepValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Span(span) => span.fmt(f),
            Self::Rate(rate) => rate.fmt(f),
            Self::Count(count) => count.fmt(f),
            Self::Words(words) => f.write_str(words),
        }
    }
}

impl SweepValue {
    /// Its position on an axis: microseconds, parts per million, a number; none for words.
    pub fn position(&self) -> Option<u64> {
        match self {
            Self::Span(span) => Some(span.as_us()),
            Self::Rate(rate) => Some(rate.as_ppm().into()),
            Self::Count(count) => Some((*count).into()),
            Self::Words(_) => None,
        }
    }

    /// As a sentence says it: `350 ms`.
    pub fn spoken(&self) -> String {
        match self {
            Self::Span(span) => span.spoken().to_string(),
            Self::Rate(_) | Self::Count(_) | Self::Words(_) => self.to_string(),
        }
    }
}
