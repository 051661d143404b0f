//! The set-up as fields: the text of each, and the change of the scenario that a typed text makes.

use super::{said, sentence};
use crate::election::{Algorithm, Succession};
use crate::member::Detector;
use crate::scenario::hints::Hint;
use crate::scenario::script::field::{self, FieldError};
use crate::scenario::{
    Change, FigureOptions, FigureView, Group, Latency, Link, Rate, Scenario, ScenarioPart, Setting,
    limits,
};
use crate::sort;
use crate::time::Duration;
use crate::types::{GroupId, Rank, listed};

/// The typed settings; all others are chosen from a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupField {
    Title,
    About,
    Ranks,
    /// The number of alternates.
    Alternates,
    /// The alternates by rank.
    Line,
    Every,
    Timeout,
    WaitAlive,
    WaitElected,
    Latency,
    Loss,
    Duplicate,
    LatencyOf(Link),
    LossOf(Link),
    Seed,
    Until,
    /// The figure's start, end, speed and height; empty for the default.
    FigureStart,
    FigureEnd,
    FigureSpeed,
    FigureHeight,
}

impl SetupField {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::About => "Description",
            Self::Ranks => "Ranks",
            Self::Alternates => "How many",
            Self::Line => "Alternates, in order",
            Self::Every => "Every",
            Self::Timeout => "Timeout",
            Self::WaitAlive => "For Alive",
            Self::WaitElected => "For Elected",
            Self::Latency | Self::LatencyOf(_) => "Latency",
            Self::Loss | Self::LossOf(_) => "Loss",
            Self::Duplicate => "Duplicates",
            Self::Seed => "Seed",
            Self::Until => "Ends at",
            Self::FigureStart => "Starts at",
            Self::FigureEnd => "Ends at",
            Self::FigureSpeed => "Time a second",
            Self::FigureHeight => "Pixels high",
        }
    }

    /// The field's text in a scenario.
    pub fn text(self, scenario: &Scenario) -> String {
        let network = &scenario.network;
        match self {
            Self::Title => scenario.title.clone().unwrap_or_default(),
            Self::About => scenario.about.clone().unwrap_or_default(),
            Self::Ranks => spaced(&scenario.ranks),
            Self::Alternates => match scenario.algorithm.succession() {
                Succession::Highest(count) => count.to_string(),
                Succession::List(line) => line.len().to_string(),
            },
            Self::Line => match scenario.algorithm.succession() {
                Succession::List(line) => spaced(line),
                Succession::Highest(_) => String::new(),
            },
            Self::Every => heartbeat(scenario).0.to_string(),
            Self::Timeout => heartbeat(scenario).1.to_string(),
            Self::WaitAlive => scenario.timeouts.alive.to_string(),
            Self::WaitElected => scenario.timeouts.elected.to_string(),
            Self::Latency => network.latency.to_string(),
            Self::Loss => network.loss.to_string(),
            Self::Duplicate => network.duplicate.to_string(),
            Self::LatencyOf(link) => {
                network.latency_of.get(&link).map(Latency::to_string).unwrap_or_default()
            }
            Self::LossOf(link) => {
                network.loss_of.get(&link).map(Rate::to_string).unwrap_or_default()
            }
            Self::Seed => scenario.seed.to_string(),
            Self::Until => scenario.end().to_string(),
            Self::FigureStart => open(scenario.figure.start),
            Self::FigureEnd => open(scenario.figure.end),
            Self::FigureSpeed => open(scenario.figure.speed),
            Self::FigureHeight => open(scenario.figure.height),
        }
    }

    /// The change that a typed text makes; `None` if nothing changes.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn read(self, scenario: &Scenario, text: &str) -> Result<Option<Change>, String> {
        let setting =
            self.setting(scenario, text).map_err(|problem| sentence(&problem.to_string()))?;
        checked(scenario, setting)
    }

    fn setting(self, scenario: &Scenario, text: &str) -> Result<Setting, FieldError> {
        let (every, timeout) = heartbeat(scenario);
        let figure = || scenario.figure.clone();
        Ok(match self {
            Self::Title => Setting::Title(text.trim().to_owned()),
            Self::About => Setting::About(text.trim().to_owned()),
            Self::Ranks => {
                let mut ranks = field::ranks(text)?;
                sort::sort(&mut ranks);
                Setting::Ranks(ranks)
            }
            Self::Alternates => {
                Setting::Algorithm(Algorithm::NextInLine(Succession::Highest(field::count(text)?)))
            }
            Self::Line => {
                Setting::Algorithm(Algorithm::NextInLine(Succession::List(field::ranks(text)?)))
            }
            Self::Every => {
                Setting::Detector(Detector::Heartbeat { every: field::duration(text)?, timeout })
            }
            Self::Timeout => {
                Setting::Detector(Detector::Heartbeat { every, timeout: field::duration(text)? })
            }
            Self::WaitAlive => Setting::WaitAlive(field::duration(text)?),
            Self::WaitElected => Setting::WaitElected(field::duration(text)?),
            Self::Latency => Setting::Latency(field::latency(text)?),
            Self::Loss => Setting::Loss(field::rate(text)?),
            Self::Duplicate => Setting::Duplicate(field::rate(text)?),
            Self::LatencyOf(link) => Setting::LatencyOf(link, Some(field::latency(text)?)),
            Self::LossOf(link) => Setting::LossOf(link, Some(field::rate(text)?)),
            Self::Seed => Setting::Seed(field::count(text)?),
            Self::Until => Setting::Until(Some(field::instant(text)?)),
            Self::FigureStart => {
                Setting::Figure(FigureOptions { start: closed(text, field::instant)?, ..figure() })
            }
            Self::FigureEnd => {
                Setting::Figure(FigureOptions { end: closed(text, field::instant)?, ..figure() })
            }
            Self::FigureSpeed => {
                Setting::Figure(FigureOptions { speed: closed(text, field::duration)?, ..figure() })
            }
            Self::FigureHeight => {
                Setting::Figure(FigureOptions { height: closed(text, field::count)?, ..figure() })
            }
        })
    }

    /// The part of the scenario, whose hints are shown with the field.
    pub const fn place(self) -> ScenarioPart {
        match self {
            Self::Title => ScenarioPart::Title,
            Self::About => ScenarioPart::About,
            Self::Ranks => ScenarioPart::Processes,
            Self::Alternates | Self::Line => ScenarioPart::Algorithm,
            Self::Every | Self::Timeout => ScenarioPart::Detector,
            Self::WaitAlive => ScenarioPart::WaitAlive,
            Self::WaitElected => ScenarioPart::WaitElected,
            Self::Latency => ScenarioPart::Latency,
            Self::Loss => ScenarioPart::Loss,
            Self::Duplicate => ScenarioPart::Duplicate,
            Self::LatencyOf(link) => ScenarioPart::LatencyOf(link),
            Self::LossOf(link) => ScenarioPart::LossOf(link),
            Self::Seed => ScenarioPart::Seed,
            Self::Until => ScenarioPart::Until,
            Self::FigureStart | Self::FigureEnd | Self::FigureSpeed | Self::FigureHeight => {
                ScenarioPart::Figure
            }
        }
    }
}

/// The text of an optional value.
fn open<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn closed<T>(
    text: &str,
    read: impl FnOnce(&str) -> Result<T, FieldError>,
) -> Result<Option<T>, FieldError> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(read).transpose()
}

/// The setting of a figure's view by its name; any other name clears it.
pub fn figure_view(scenario: &Scenario, name: &str) -> Setting {
    let view = FigureView::ALL.into_iter().find(|view| view.name() == name);
    Setting::Figure(FigureOptions { view, ..scenario.figure.clone() })
}

/// The change to a setting; `None` if nothing changes.
///
/// # Errors
/// A sentence that says why the setting is not possible.
pub fn checked(scenario: &Scenario, setting: Setting) -> Result<Option<Change>, String> {
    let change = Change::Set(setting);
    match scenario.with(change.clone()) {
        Ok(next) if next == *scenario => Ok(None),
        Ok(_) => Ok(Some(change)),
        Err(refusal) => Err(said(&refusal)),
    }
}

/// The ranks for a number of processes (1 to 64): the highest are removed first, and new ones are higher than
/// all others.
pub fn resized(ranks: &[Rank], count: usize) -> Vec<Rank> {
    let count = count.clamp(1, limits::MOST_PROCESSES);
    let mut next: Vec<Rank> = ranks.iter().copied().take(count).collect();
    while next.len() < count {
        let above = next.last().map_or(1, |rank| rank.get().saturating_add(1));
        match Rank::new(above).filter(|rank| !next.contains(rank)) {
            Some(rank) => next.push(rank),
            None => break,
        }
    }
    next
}

/// The algorithm by its name, with the present alternates or the default.
pub fn algorithm(scenario: &Scenario, name: &str) -> Algorithm {
    match (name, &scenario.algorithm) {
        ("bully", _) => Algorithm::Bully,
        ("bully-textbook", _) => Algorithm::BullyTextbook,
        (_, Algorithm::NextInLine(line)) => Algorithm::NextInLine(line.clone()),
        (_, _) => Algorithm::NextInLine(Succession::Highest(2)),
    }
}

/// The present alternates as a list of ranks or as a number.
pub fn succession(scenario: &Scenario, by_name: bool) -> Algorithm {
    let succession = scenario.algorithm.succession();
    Algorithm::NextInLine(match (succession, by_name) {
        (Succession::Highest(count), true) => {
            let count = usize::from(*count).max(1);
            Succession::List(scenario.ranks.iter().rev().skip(1).take(count).copied().collect())
        }
        (Succession::List(line), false) => {
            Succession::Highest(u8::try_from(line.len()).unwrap_or(u8::MAX))
        }
        (same, _) => same.clone(),
    })
}

/// The detector: heartbeats with the timing of the start scenario, or the script alone.
pub fn detector(by_heartbeat: bool) -> Detector {
    match by_heartbeat {
        true => {
            let (every, timeout) = USUAL;
            Detector::Heartbeat { every, timeout }
        }
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
    Setting::Leader(GroupId::MAIN, scenario.ranks.iter().find(named).copied())
}

/// The setting of the end: by the timeline, or fixed to the present end.
pub fn end(scenario: &Scenario, by_timeline: bool) -> Setting {
    Setting::Until((!by_timeline).then(|| scenario.end()))
}

/// The fields of links with their own settings, in order; each direction is a field.
pub fn own_links(scenario: &Scenario) -> Vec<SetupField> {
    let network = &scenario.network;
    let slow = network.latency_of.keys().map(|&link| (link, SetupField::LatencyOf(link)));
    let lossy = network.loss_of.keys().map(|&link| (link, SetupField::LossOf(link)));
    let mut all: Vec<(Link, SetupField)> = slow.chain(lossy).collect();
    sort::sort_by_key(&mut all, |(link, _)| *link);
    all.into_iter().map(|(_, field)| field).collect()
}

/// The setting that restores a link's default.
pub const fn without(field: SetupField) -> Option<Setting> {
    match field {
        SetupField::LatencyOf(link) => Some(Setting::LatencyOf(link, None)),
        SetupField::LossOf(link) => Some(Setting::LossOf(link, None)),
        _ => None,
    }
}

/// The hints of a part, as sentences.
pub fn hints_of(hints: &[Hint], holds: impl Fn(ScenarioPart) -> bool) -> Vec<String> {
    hints.iter().filter(|hint| holds(hint.place)).map(|hint| sentence(&hint.text)).collect()
}

/// `Group orders on 1, 2 and 3; 3 leads at the start`.
pub fn groups(scenario: &Scenario) -> Vec<String> {
    let said = |group: &Group| {
        let leader = group.leader.map_or_else(|| "nobody".to_owned(), |rank| rank.to_string());
        let members = listed(&group.members);
        format!("{} on {members}; {leader} leads at the start", group.name)
    };
    scenario.groups.iter().map(said).collect()
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
