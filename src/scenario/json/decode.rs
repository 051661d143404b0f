//! Decodes a scenario from the types of the JSON, with the places of its problems.

use super::error::unknown;
use super::scalar::JsonSeed;
use super::types::{
    JsonAlgorithm, JsonAlternates, JsonEdit, JsonEntry, JsonExpectation, JsonFault, JsonGroup,
    JsonLatency, JsonLeader, JsonLinkSetting, JsonLinks, JsonScenario, JsonWhen,
};
use crate::election::Algorithm;
use crate::member::Detector;
use crate::scenario::{
    Expectation, Fault, FigureOptions, Group, InvalidKind, Latency, Link, Links, NetworkSettings,
    Override, Scenario, ScenarioPart, ScenarioParts, TimelineEntry, limits,
};
use crate::types::{GroupId, Rank};
use std::collections::BTreeMap;

/// A path to a value: a field of the scenario, an item of it, and a field of the item.
#[derive(Clone, Copy, Debug)]
pub(super) struct JsonPath(pub &'static str, pub Option<usize>, pub Option<&'static str>);

/// A problem of a well-formed value.
#[derive(Debug)]
pub(super) struct JsonInvalid {
    pub path: JsonPath,
    pub message: String,
}

impl TryFrom<JsonScenario> for Scenario {
    type Error = Vec<JsonInvalid>;

    fn try_from(json: JsonScenario) -> Result<Self, Vec<JsonInvalid>> {
        let mut decoder = Decoder::default();
        let is_grouped = json.groups.is_some();
        let parts = decoder.parts(json);
        if !decoder.found.is_empty() {
            return Err(decoder.found);
        }
        let links = decoder.settings;
        Self::new(parts).map_err(|problems| {
            let problems = problems.into_iter().map(|invalid| JsonInvalid {
                path: path_of(invalid.place, is_grouped, &links),
                message: invalid.problem.to_string(),
            });
            problems.collect()
        })
    }
}

/// The path of a part. `links` has the item that sets each link's latency, loss and duplication.
fn path_of(part: ScenarioPart, is_grouped: bool, links: &[BTreeMap<Link, usize>; 3]) -> JsonPath {
    let setting = |kind: usize, link: Link, field| {
        JsonPath("links", links[kind].get(&link).copied(), Some(field))
    };
    let field = match part {
        ScenarioPart::Title => "title",
        ScenarioPart::About => "about",
        ScenarioPart::Algorithm => "algorithm",
        ScenarioPart::Processes => "processes",
        ScenarioPart::Detector => "detector",
        ScenarioPart::WaitAlive => "waitAliveUs",
        ScenarioPart::WaitElected => "waitElectedUs",
        ScenarioPart::Latency => "latency",
        ScenarioPart::Loss => "lossPpm",
        ScenarioPart::Duplicate => "duplicatePpm",
        ScenarioPart::Fifo => "fifo",
        ScenarioPart::Seed => "seed",
        ScenarioPart::Until => "untilUs",
        ScenarioPart::Capacity => "capacityPerSecond",
        ScenarioPart::Figure => "figure",
        ScenarioPart::LatencyOf(link) => return setting(0, link, "latency"),
        ScenarioPart::LossOf(link) => return setting(1, link, "lossPpm"),
        ScenarioPart::DuplicateOf(link) => return setting(2, link, "duplicatePpm"),
        ScenarioPart::Group(index) if is_grouped => return JsonPath("groups", Some(index), None),
        ScenarioPart::Load(index) if is_grouped => {
            return JsonPath("groups", Some(index), Some("loadPerSecond"));
        }
        ScenarioPart::Group(_) => "leader",
        ScenarioPart::Load(_) => "loadPerSecond",
        ScenarioPart::Entry(index) => return JsonPath("timeline", Some(index), None),
        ScenarioPart::Edit(index) => return JsonPath("edits", Some(index), None),
        ScenarioPart::Expectation(index) => return JsonPath("expectations", Some(index), None),
    };
    JsonPath(field, None, None)
}

#[derive(Default)]
struct Decoder {
    /// The names of the groups; empty if the scenario has only `main`.
    groups: Vec<String>,
    /// The items of `links` that set a link's latency, loss and duplication.
    settings: [BTreeMap<Link, usize>; 3],
    found: Vec<JsonInvalid>,
}

impl Decoder {
    fn say(&mut self, path: JsonPath, message: impl ToString) {
        self.found.push(JsonInvalid { path, message: message.to_string() });
    }

    fn parts(&mut self, json: JsonScenario) -> ScenarioParts {
        let usual = ScenarioParts::default();
        let ranks = json.processes.unwrap_or(usual.ranks);
        let main = (json.leader, json.load_per_second);
        let groups = self.groups(json.groups, main, &ranks);
        let top = |field| JsonPath(field, None, None);
        let latency = json.latency.map(|latency| self.latency(top("latency"), latency));
        let mut network = NetworkSettings {
            latency: latency.unwrap_or(usual.network.latency),
            loss: json.loss_ppm.unwrap_or(usual.network.loss),
            duplicate: json.duplicate_ppm.unwrap_or(usual.network.duplicate),
            fifo: json.fifo.unwrap_or(usual.network.fifo),
            ..usual.network
        };
        for (index, setting) in json.links.into_iter().flatten().enumerate() {
            self.link_setting(index, setting, &mut network);
        }
        let mut timeouts = usual.timeouts;
        timeouts.alive = json.wait_alive_us.unwrap_or(timeouts.alive);
        timeouts.elected = json.wait_elected_us.unwrap_or(timeouts.elected);
        let entries = json.timeline.into_iter().flatten().enumerate();
        let edits = json.edits.into_iter().flatten().enumerate();
        let expectations = json.expectations.into_iter().flatten().enumerate();
        ScenarioParts {
            title: json.title,
            about: json.about,
            algorithm: match json.algorithm {
                None | Some(JsonAlgorithm::Bully {}) => Algorithm::Bully,
                Some(JsonAlgorithm::BullyTextbook {}) => Algorithm::BullyTextbook,
                Some(JsonAlgorithm::NextInLine { alternates }) => {
                    // The default is two, as in a script.
                    Algorithm::NextInLine(alternates.unwrap_or(JsonAlternates::Number(2)).into())
                }
            },
            ranks,
            detector: json.detector.map(Detector::from).unwrap_or_default(),
            timeouts,
            network,
            seed: json.seed.map_or(usual.seed, |JsonSeed(seed)| seed),
            until: json.until_us,
            groups,
            capacity: json.capacity_per_second,
            timeline: entries.map(|(index, entry)| self.entry(index, entry)).collect(),
            overrides: edits.map(|(index, edit)| self.edit(index, edit)).collect(),
            expectations: expectations.map(|(index, it)| self.expectation(index, it)).collect(),
            figure: json.figure.map(FigureOptions::from).unwrap_or_default(),
        }
    }

    /// The groups; without any, the group `main` with the scenario's own settings.
    fn groups(
        &mut self,
        groups: Option<Vec<JsonGroup>>,
        (leader, load): (Option<JsonLeader>, Option<u32>),
        ranks: &[Rank],
    ) -> Vec<Group> {
        let leads = |leader: Option<JsonLeader>, members: &[Rank]| match leader {
            Some(JsonLeader(leader)) => leader,
            None => members.last().copied(),
        };
        let Some(groups) = groups else {
            return vec![Group { load, ..Group::main(ranks, leads(leader, ranks)) }];
        };
        for (field, is_there) in [("leader", leader.is_some()), ("loadPerSecond", load.is_some())] {
            if is_there {
                let path = JsonPath(field, None, None);
                self.say(path, "each group has its own; leave it out here");
            }
        }
        self.groups = groups.iter().map(|group| group.name.clone()).collect();
        let group = |JsonGroup { name, members, leader, load_per_second }: JsonGroup| Group {
            name,
            leader: leads(leader, &members),
            members,
            load: load_per_second,
        };
        groups.into_iter().map(group).collect()
    }

    fn group_id(&mut self, list: &'static str, index: usize, name: &str) -> GroupId {
        let main = [Group::MAIN.to_owned()];
        let groups = if self.groups.is_empty() { &main } else { &*self.groups };
        match groups.iter().position(|group| group == name).map(u8::try_from) {
            Some(Ok(place)) => GroupId(place),
            Some(Err(_)) | None => {
                let known: Vec<&str> =
                    groups.iter().take(limits::MOST_GROUPS).map(String::as_str).collect();
                self.say(JsonPath(list, Some(index), Some("group")), unknown(name, &known));
                GroupId::MAIN
            }
        }
    }

    fn latency(&mut self, path: JsonPath, JsonLatency { lo_us, hi_us }: JsonLatency) -> Latency {
        Latency::new(lo_us, hi_us).unwrap_or_else(|| {
            let message = format!(
                "the latency goes down from {lo_us} to {hi_us}; the shorter one comes first"
            );
            self.say(path, message);
            Latency::DEFAULT
        })
    }

    fn link_setting(&mut self, index: usize, json: JsonLinkSetting, network: &mut NetworkSettings) {
        let JsonLinkSetting { from, to, both, latency, loss_ppm, duplicate_ppm } = json;
        let found = from.len().max(to.len());
        if found > limits::MOST_PROCESSES {
            let path = JsonPath("links", Some(index), None);
            return self.say(path, InvalidKind::TooManyNamed { found });
        }
        if latency.is_none() && loss_ppm.is_none() && duplicate_ppm.is_none() {
            let message =
                "nothing is set for these links; add `latency`, `lossPpm` or `duplicatePpm`";
            self.say(JsonPath("links", Some(index), None), message);
        }
        let each: Vec<Link> = Links { from, to, both }.each().collect();
        let path = |field| JsonPath("links", Some(index), Some(field));
        let latency = latency.map(|latency| self.latency(path("latency"), latency));
        let [latencies, losses, duplicates] = &mut self.settings;
        let twice = [
            set(&each, index, latency, &mut network.latency_of, latencies)
                .map(|link| (link, "latency")),
            set(&each, index, loss_ppm, &mut network.loss_of, losses).map(|link| (link, "lossPpm")),
            set(&each, index, duplicate_ppm, &mut network.duplicate_of, duplicates)
                .map(|link| (link, "duplicatePpm")),
        ];
        for (Link { from, to }, field) in twice.into_iter().flatten() {
            self.say(path(field), format!("`{field}` of the link {from}->{to} is given twice"));
        }
    }

    fn entry(&mut self, index: usize, JsonEntry { when, fault }: JsonEntry) -> TimelineEntry {
        let path = JsonPath("timeline", Some(index), Some("latency"));
        let links = |links: Option<JsonLinks>| links.map(Links::from);
        let fault = match fault {
            JsonFault::Crash { processes } => Fault::Crash(processes),
            JsonFault::Recover { processes } => Fault::Recover(processes),
            JsonFault::Resume { processes } => Fault::Resume(processes),
            JsonFault::Suspect { processes, group } => Fault::Suspect {
                processes,
                group: group.map(|name| self.group_id("timeline", index, &name)),
            },
            JsonFault::Pause { processes, for_us } => Fault::Pause { processes, span: for_us },
            JsonFault::Partition { sides } => Fault::Partition(sides),
            JsonFault::Cut { links } => Fault::Cut(links.into()),
            JsonFault::Heal { links: of } => Fault::Heal(links(of)),
            JsonFault::Latency { links: of, latency } => {
                Fault::Latency { links: links(of), latency: self.latency(path, latency) }
            }
            JsonFault::Loss { links: of, loss_ppm } => {
                Fault::Loss { links: links(of), rate: loss_ppm }
            }
            JsonFault::Flap { process, down_us, up_us, until_us } => {
                let at = match when {
                    JsonWhen::AtUs { at_us } => at_us,
                    JsonWhen::EveryUs { from_us, .. } => {
                        let path = JsonPath("timeline", Some(index), Some("everyUs"));
                        self.say(path, "a flap repeats by itself; write `atUs` instead of this");
                        from_us
                    }
                };
                return TimelineEntry::Flap {
                    at,
                    process,
                    down: down_us,
                    up: up_us,
                    until: until_us,
                };
            }
        };
        TimelineEntry::Fault { when: when.into(), fault }
    }

    fn edit(&mut self, index: usize, JsonEdit { fate, group }: JsonEdit) -> Override {
        let group = match (group.group, self.groups.first()) {
            (Some(name), _) => self.group_id("edits", index, &name),
            (None, Some(example)) if *self.groups != [Group::MAIN] => {
                let message = format!("an edit needs its group; add `\"group\": \"{example}\"`");
                self.say(JsonPath("edits", Some(index), None), message);
                GroupId::MAIN
            }
            (None, _) => GroupId::MAIN,
        };
        (group, fate).into()
    }

    fn expectation(&mut self, index: usize, json: JsonExpectation) -> Expectation {
        let group = json.group.group;
        let group = group.map(|name| self.group_id("expectations", index, &name));
        Expectation { group, condition: json.condition.into() }
    }
}

/// Sets a value of links; returns the first link that has one already.
fn set<T: Copy>(
    links: &[Link],
    index: usize,
    value: Option<T>,
    values: &mut BTreeMap<Link, T>,
    places: &mut BTreeMap<Link, usize>,
) -> Option<Link> {
    let value = value?;
    // The check of the processes reports any further links.
    let room = (limits::MOST_PROCESSES * limits::MOST_PROCESSES).saturating_sub(values.len());
    links.iter().copied().take(room).find(|&link| {
        places.insert(link, index);
        values.insert(link, value).is_some()
    })
}
