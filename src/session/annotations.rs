//! Names, zones and chapters as fields of the set-up: the text of each field, and the change that its new text
//! makes.

use super::sentence;
use super::setup::checked;
use crate::scenario::script::field;
use crate::scenario::{Change, ChapterMark, Scenario, ScenarioPart, Zone, limits};
use crate::sort;
use crate::time::Time;
use crate::types::Rank;

/// What is typed. Zones and marks are named by their place in the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnotationField {
    /// Empty: the process is called by its rank.
    Name(Rank),
    ZoneName(usize),
    ZoneMembers(usize),
    MarkAt(usize),
    MarkText(usize),
}

impl AnnotationField {
    pub fn label(self) -> String {
        match self {
            Self::Name(rank) => format!("Process {rank}"),
            Self::ZoneName(_) => "Zone".to_owned(),
            Self::ZoneMembers(_) => "Processes".to_owned(),
            Self::MarkAt(_) => "Chapter at".to_owned(),
            Self::MarkText(_) => "Text".to_owned(),
        }
    }

    /// What the scenario says.
    pub fn text(self, scenario: &Scenario) -> String {
        let zone = |index: usize| scenario.zones.get(index);
        let mark = |index: usize| scenario.marks.get(index);
        match self {
            Self::Name(rank) => scenario.names.get(&rank).cloned().unwrap_or_default(),
            Self::ZoneName(index) => zone(index).map_or_else(String::new, |zone| zone.name.clone()),
            Self::ZoneMembers(index) => zone(index).map_or_else(String::new, |zone| {
                zone.members.iter().map(Rank::to_string).collect::<Vec<_>>().join(" ")
            }),
            Self::MarkAt(index) => mark(index).map_or_else(String::new, |mark| mark.at.to_string()),
            Self::MarkText(index) => mark(index).map_or_else(String::new, |mark| mark.text.clone()),
        }
    }

    /// What was typed as a change; nothing where it says what is so already.
    ///
    /// # Errors
    /// A sentence, where it cannot be read or cannot be.
    pub fn read(self, scenario: &Scenario, text: &str) -> Result<Option<Change>, String> {
        let unread = |problem: field::FieldError| sentence(&problem.to_string());
        let typed = text.trim().to_owned();
        let setting = match self {
            Self::Name(rank) => Change::Name(rank, typed),
            Self::ZoneName(index) => with_zone(scenario, index, |zone| zone.name = typed),
            Self::ZoneMembers(index) => {
                let mut members = field::ranks(text).map_err(unread)?;
                sort::sort(&mut members);
                with_zone(scenario, index, |zone| zone.members = members)
            }
            Self::MarkAt(index) => {
                let at = field::instant(text).map_err(unread)?;
                with_mark(scenario, index, |mark| mark.at = at)
            }
            Self::MarkText(index) => with_mark(scenario, index, |mark| mark.text = typed),
        };
        checked(scenario, setting)
    }

    /// The part of the scenario that a hint beside it is about.
    pub const fn place(self) -> ScenarioPart {
        match self {
            Self::Name(rank) => ScenarioPart::Name(rank),
            Self::ZoneName(index) | Self::ZoneMembers(index) => ScenarioPart::Zone(index),
            Self::MarkAt(index) | Self::MarkText(index) => ScenarioPart::Mark(index),
        }
    }
}

fn with_zone(scenario: &Scenario, index: usize, change: impl FnOnce(&mut Zone)) -> Change {
    let mut zones = scenario.zones.clone();
    if let Some(zone) = zones.get_mut(index) {
        change(zone);
    }
    Change::Zones(zones)
}

fn with_mark(scenario: &Scenario, index: usize, change: impl FnOnce(&mut ChapterMark)) -> Change {
    let mut marks = scenario.marks.clone();
    if let Some(mark) = marks.get_mut(index) {
        change(mark);
    }
    Change::Marks(marks)
}

/// One more zone, of the processes that are in none; nothing where all are in one or there are too many.
pub fn another_zone(scenario: &Scenario) -> Option<Change> {
    let free: Vec<Rank> =
        scenario.ranks.iter().copied().filter(|&rank| scenario.zone_of(rank).is_none()).collect();
    if free.is_empty() || scenario.zones.len() >= limits::MOST_ZONES {
        return None;
    }
    let is_new = |name: &String| scenario.zones.iter().all(|zone| zone.name != *name);
    let name = (1..).map(|number| format!("zone-{number}")).find(is_new)?;
    let mut zones = scenario.zones.clone();
    // Half of them, so that there is something left for the next one.
    let half = if zones.is_empty() { free.len().div_ceil(2) } else { free.len() };
    zones.push(Zone { name, members: free[..half].to_vec() });
    Some(Change::Zones(zones))
}

pub fn without_zone(scenario: &Scenario, index: usize) -> Change {
    let mut zones = scenario.zones.clone();
    if index < zones.len() {
        zones.remove(index);
    }
    Change::Zones(zones)
}

pub fn without_mark(scenario: &Scenario, index: usize) -> Change {
    let mut marks = scenario.marks.clone();
    if index < marks.len() {
        marks.remove(index);
    }
    Change::Marks(marks)
}

/// A chapter at this instant.
///
/// # Errors
/// A sentence, where there is one already or there are too many.
pub fn another_mark(scenario: &Scenario, at: Time) -> Result<Option<Change>, String> {
    if let Some(mark) = scenario.marks.iter().find(|mark| mark.at == at) {
        return Err(format!("The chapter “{}” begins here already.", mark.text));
    }
    let mut marks = scenario.marks.clone();
    marks.push(ChapterMark { at, text: format!("Chapter {}", marks.len() + 1) });
    checked(scenario, Change::Marks(marks))
}
