//! Encodes a scenario as JSON. Every setting of the run is written, so that the text explains itself; what is
//! absent (a title, groups, an override) is left out.

use super::scalar::{JsonLeader, JsonSeed};
use super::types::parts::{JsonExpectation, JsonExpectationScope, JsonMark, JsonName, JsonZone};
use super::types::{
    JsonEdit, JsonEntry, JsonFault, JsonGroup, JsonGroupName, JsonLatency, JsonLinkSetting,
    JsonLinks, JsonScenario, JsonTiming, JsonWhen,
};
use crate::scenario::{
    Fault, FigureOptions, Group, Latency, Links, OwnSetting, OwnSettingKind, Scenario,
    ScenarioParts, SettingOwners, TimelineEntry,
};
use crate::types::GroupId;

impl From<&Scenario> for JsonScenario {
    fn from(scenario: &Scenario) -> Self {
        let is_grouped = scenario.is_grouped();
        let main = scenario.groups.first().filter(|_| !is_grouped);
        let network = &scenario.network;
        let name = |id: GroupId| scenario.group(id).name.clone();
        let timeline = scenario.timeline.iter().map(|entry| encode_entry(entry, name));
        let edits = scenario.overrides.iter().map(|edit| {
            let (group, fate) = edit.clone().into();
            JsonEdit { fate, group: JsonGroupName { group: is_grouped.then(|| name(group)) } }
        });
        let expectations = scenario.expectations.iter().map(|expectation| {
            let scope = JsonExpectationScope::new(expectation, expectation.group.map(name));
            JsonExpectation { condition: expectation.condition.into(), scope }
        });
        Self {
            title: scenario.title.clone(),
            about: scenario.about.clone(),
            algorithm: Some(scenario.algorithm.clone().into()),
            processes: Some(scenario.ranks.clone()),
            leader: main.map(|main| JsonLeader(main.leader)),
            load_per_second: main.and_then(|main| main.load),
            groups: is_grouped.then(|| scenario.groups.iter().map(JsonGroup::from).collect()),
            capacity_per_second: scenario.capacity,
            detector: Some(scenario.detector.into()),
            wait_alive_us: Some(scenario.timeouts.alive),
            wait_elected_us: Some(scenario.timeouts.elected),
            preempt: Some(scenario.preemption.into()),
            quorum: Some(scenario.quorum.into()),
            latency: Some(network.latency.into()),
            loss_ppm: Some(network.loss),
            duplicate_ppm: Some(network.duplicate),
            fifo: Some(network.fifo),
            links: unless_empty(link_settings(scenario)),
            timings: unless_empty(timings(scenario)),
            seed: Some(JsonSeed(scenario.seed)),
            seeds: Some(scenario.seeds).filter(|seeds| *seeds != ScenarioParts::default().seeds),
            until_us: scenario.until,
            timeline: unless_empty(timeline),
            edits: unless_empty(edits),
            expectations: unless_empty(expectations),
            names: unless_empty(
                scenario
                    .names
                    .iter()
                    .map(|(&process, name)| JsonName { process, name: name.clone() }),
            ),
            zones: unless_empty(
                scenario.zones.iter().map(|zone| JsonZone {
                    name: zone.name.clone(),
                    processes: zone.members.clone(),
                }),
            ),
            marks: unless_empty(scenario.marks.iter().map(JsonMark::from)),
            figure: (scenario.figure != FigureOptions::default())
                .then(|| scenario.figure.clone().into()),
        }
    }
}

fn unless_empty<T>(items: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let items: Vec<T> = items.collect();
    (!items.is_empty()).then_some(items)
}

impl From<&Group> for JsonGroup {
    fn from(Group { name, members, leader, load }: &Group) -> Self {
        let (name, members, leader) = (name.clone(), members.clone(), Some(JsonLeader(*leader)));
        Self { name, members, leader, load_per_second: *load }
    }
}

impl From<Latency> for JsonLatency {
    fn from(latency: Latency) -> Self {
        Self { lo_us: latency.lo(), hi_us: latency.hi() }
    }
}

/// What single links and processes have of their own, a line of the script each.
fn own_settings(scenario: &Scenario) -> impl Iterator<Item = (SettingOwners, OwnSetting)> {
    OwnSettingKind::ALL.iter().flat_map(|&kind| scenario.own_settings_by_value(kind))
}

fn link_settings(scenario: &Scenario) -> impl Iterator<Item = JsonLinkSetting> {
    own_settings(scenario).filter_map(|(owners, setting)| {
        let SettingOwners::Links(Links { from, to, both }) = owners else { return None };
        let (latency, loss_ppm, duplicate_ppm) = (None, None, None);
        let json = JsonLinkSetting { from, to, both, latency, loss_ppm, duplicate_ppm };
        match setting {
            OwnSetting::Latency(latency) => {
                Some(JsonLinkSetting { latency: latency.map(JsonLatency::from), ..json })
            }
            OwnSetting::Loss(loss_ppm) => Some(JsonLinkSetting { loss_ppm, ..json }),
            OwnSetting::Duplicate(duplicate_ppm) => Some(JsonLinkSetting { duplicate_ppm, ..json }),
            OwnSetting::Timeout(_) | OwnSetting::Every(_) | OwnSetting::Drift(_) => None,
        }
    })
}

fn timings(scenario: &Scenario) -> impl Iterator<Item = JsonTiming> {
    own_settings(scenario).filter_map(|(owners, setting)| {
        let SettingOwners::Processes(processes) = owners else { return None };
        let json = JsonTiming { processes, timeout_us: None, every_us: None, drift_ppm: None };
        match setting {
            OwnSetting::Timeout(timeout_us) => Some(JsonTiming { timeout_us, ..json }),
            OwnSetting::Every(every_us) => Some(JsonTiming { every_us, ..json }),
            OwnSetting::Drift(drift_ppm) => Some(JsonTiming { drift_ppm, ..json }),
            OwnSetting::Latency(_) | OwnSetting::Loss(_) | OwnSetting::Duplicate(_) => None,
        }
    })
}

fn encode_entry(entry: &TimelineEntry, name: impl Fn(GroupId) -> String) -> JsonEntry {
    match entry {
        TimelineEntry::Fault { when, fault } => {
            JsonEntry { when: (*when).into(), fault: encode_fault(fault, name) }
        }
        &TimelineEntry::Flap { at, process, down, up, until } => JsonEntry {
            when: JsonWhen::AtUs { at_us: at },
            fault: JsonFault::Flap { process, down_us: down, up_us: up, until_us: until },
        },
    }
}

fn encode_fault(fault: &Fault, name: impl Fn(GroupId) -> String) -> JsonFault {
    match fault.clone() {
        Fault::Crash(processes) => JsonFault::Crash { processes },
        Fault::Recover(processes) => JsonFault::Recover { processes },
        Fault::Suspect { processes, group } => {
            JsonFault::Suspect { processes, group: group.map(name) }
        }
        Fault::Pause { processes, span } => JsonFault::Pause { processes, for_us: span },
        Fault::Resume(processes) => JsonFault::Resume { processes },
        Fault::Partition(sides) => JsonFault::Partition { sides },
        Fault::Cut(links) => JsonFault::Cut { links: links.into() },
        Fault::Heal(links) => JsonFault::Heal { links: links.map(JsonLinks::from) },
        Fault::Latency { links, latency } => {
            JsonFault::Latency { links: links.map(JsonLinks::from), latency: latency.into() }
        }
        Fault::Loss { links, rate } => {
            JsonFault::Loss { links: links.map(JsonLinks::from), loss_ppm: rate }
        }
    }
}

/// Lays out compact JSON with a line for each field of the scenario, and for each object of a list in it.
pub(super) fn lay_out(compact: &str) -> String {
    fn end_line(text: &mut String, depth: usize) {
        text.push('\n');
        text.extend(std::iter::repeat_n("  ", depth));
    }
    let mut text = String::with_capacity(compact.len() * 5 / 4);
    let (mut depth, mut has_lines, mut is_quoted) = (0, false, false);
    let mut letters = compact.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_line = depth == 1 || (depth == 2 && has_lines);
        let is_empty = text.ends_with(['{', '[']);
        match letter {
            '}' | ']' if !is_quoted => {
                depth -= 1;
                match is_line {
                    _ if is_empty => {}
                    true => end_line(&mut text, depth),
                    false if letter == '}' => text.push(' '),
                    false => {}
                }
            }
            _ => {}
        }
        text.push(letter);
        match letter {
            '\\' if is_quoted => text.extend(letters.next()),
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '{' | '[' => {
                depth += 1;
                let next = letters.peek().copied().unwrap_or_default();
                if depth == 2 {
                    has_lines = letter == '[' && next == '{';
                }
                match depth == 1 || (depth == 2 && has_lines) {
                    _ if matches!(next, '}' | ']') => {}
                    true => end_line(&mut text, depth),
                    false if letter == '{' => text.push(' '),
                    false => {}
                }
            }
            ',' if is_line => end_line(&mut text, depth),
            ',' | ':' => text.push(' '),
            _ => {}
        }
    }
    text.push('\n');
    text
}
