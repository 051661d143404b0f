//! Decodes a scenario from the types of the JSON, with the places of its problems.

use super::scalar::{JsonLeader, JsonSeed};
use super::types::parts::{JsonExpectation, JsonName};
use super::types::{
    JsonEdit, JsonEntry, JsonFault, JsonGroup, JsonLatency, JsonLinkSetting, JsonLinks,
    JsonScenario, JsonTiming, JsonWhen,
};
use super::unknown;
use crate::election::{Algorithm, Preemption, Quorum};
use crate::member::Detector;
use crate::scenario::{
    ChapterMark, ConditionTime, Expectation, ExpectedRuns, Fault, FigureOptions, Group,
    InvalidKind, Latency, Link, Links, NetworkSettings, Override, OwnSetting, OwnSettingKind,
    Scenario, ScenarioPart, ScenarioParts, SettingKind, SettingOwner, SettingOwners, TimelineEntry,
    Zone, limits,
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
        let Decoder { own, names, .. } = decoder;
        Self::new(parts).map_err(|problems| {
            let problems = problems.into_iter().map(|invalid| JsonInvalid {
                path: path_of(invalid.place, is_grouped, &own, &names),
                message: invalid.problem.to_string(),
            });
            problems.collect()
        })
    }
}

/// Where a part is written. `own` has the items that set what a link or a process has of its own.
fn path_of(part: ScenarioPart, is_grouped: bool, own: &OwnItems, names: &[Rank]) -> JsonPath {
    let field = match part {
        ScenarioPart::Setting(kind) => kind.row().json,
        ScenarioPart::Own(kind, owner) => {
            let index = own.get(&(kind, owner)).copied();
            return JsonPath(list_of(owner), index, Some(kind.row().json));
        }
        ScenarioPart::Group(index) if is_grouped => return JsonPath("groups", Some(index), None),
        ScenarioPart::Load(index) if is_grouped => {
            return JsonPath("groups", Some(index), Some("loadPerSecond"));
        }
        ScenarioPart::Group(_) => SettingKind::Leader.row().json,
        ScenarioPart::Load(_) => "loadPerSecond",
        ScenarioPart::Entry(index) => return JsonPath("timeline", Some(index), None),
        ScenarioPart::Override(index) => return JsonPath("edits", Some(index), None),
        ScenarioPart::Expectation(index) => return JsonPath("expectations", Some(index), None),
        ScenarioPart::Name(rank) => {
            return JsonPath("names", names.iter().position(|named| *named == rank), Some("name"));
        }
        ScenarioPart::Zone(index) => return JsonPath("zones", Some(index), None),
        ScenarioPart::Mark(index) => return JsonPath("marks", Some(index), None),
    };
    JsonPath(field, None, None)
}

/// The list with what single links or processes have of their own.
const fn list_of(owner: SettingOwner) -> &'static str {
    match owner {
        SettingOwner::Link(_) => "links",
        SettingOwner::Process(_) => "timings",
    }
}

type OwnItems = BTreeMap<(OwnSettingKind, SettingOwner), usize>;

#[derive(Default)]
struct Decoder {
    /// The names of the groups; empty if the scenario has only `main`.
    groups: Vec<String>,
    /// The items of `links` and `timings` that set what a link or a process has of its own.
    own: OwnItems,
    /// The processes of `names`, in its order.
    names: Vec<Rank>,
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
        let network = NetworkSettings {
            latency: latency.unwrap_or(usual.network.latency),
            loss: json.loss_ppm.unwrap_or(usual.network.loss),
            duplicate: json.duplicate_ppm.unwrap_or(usual.network.duplicate),
            fifo: json.fifo.unwrap_or(usual.network.fifo),
            ..usual.network
        };
        let mut timeouts = usual.timeouts;
        timeouts.alive = json.wait_alive_us.unwrap_or(timeouts.alive);
        timeouts.elected = json.wait_elected_us.unwrap_or(timeouts.elected);
        let entries = json.timeline.into_iter().flatten().enumerate();
        let edits = json.edits.into_iter().flatten().enumerate();
        let expectations = json.expectations.into_iter().flatten().enumerate();
        let zones = json.zones.into_iter().flatten();
        let marks = json.marks.into_iter().flatten();
        let mut parts = ScenarioParts {
            title: json.title,
            about: json.about,
            algorithm: json.algorithm.map(Algorithm::from).unwrap_or_default(),
            ranks,
            detector: json.detector.map(Detector::from).unwrap_or_default(),
            timeouts,
            preemption: json.preempt.map(Preemption::from).unwrap_or_default(),
            quorum: json.quorum.map(Quorum::from).unwrap_or_default(),
            timing: usual.timing,
            network,
            seed: json.seed.map_or(usual.seed, |JsonSeed(seed)| seed),
            seeds: json.seeds.unwrap_or(usual.seeds),
            until: json.until_us,
            groups,
            capacity: json.capacity_per_second,
            timeline: entries.map(|(index, entry)| self.entry(index, entry)).collect(),
            overrides: edits.map(|(index, edit)| self.edit(index, edit)).collect(),
            expectations: expectations.map(|(index, it)| self.expectation(index, it)).collect(),
            names: self.names(json.names),
            zones: zones.map(Zone::from).collect(),
            marks: marks.map(ChapterMark::from).collect(),
            figure: json.figure.map(FigureOptions::from).unwrap_or_default(),
        };
        for (index, setting) in json.links.into_iter().flatten().enumerate() {
            self.link_setting(index, setting, &mut parts);
        }
        for (index, timing) in json.timings.into_iter().flatten().enumerate() {
            self.timing(index, timing, &mut parts);
        }
        parts
    }

    /// What processes are called; each at most once.
    fn names(&mut self, names: Option<Vec<JsonName>>) -> BTreeMap<Rank, String> {
        let mut called = BTreeMap::new();
        for (index, JsonName { process, name }) in names.into_iter().flatten().enumerate() {
            if called.insert(process, name).is_some() {
                let path = JsonPath("names", Some(index), Some("process"));
                self.say(path, format!("process {process} has a name already"));
            }
            self.names.push(process);
        }
        called
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

    fn link_setting(&mut self, index: usize, json: JsonLinkSetting, parts: &mut ScenarioParts) {
        let JsonLinkSetting { from, to, both, latency, loss_ppm, duplicate_ppm } = json;
        let found = from.len().max(to.len());
        if found > limits::MOST_PROCESSES {
            let path = JsonPath("links", Some(index), None);
            return self.say(path, InvalidKind::TooManyNamed { found });
        }
        let path = JsonPath("links", Some(index), Some("latency"));
        let latency = latency.map(|latency| self.latency(path, latency));
        let said = [
            latency.map(|latency| OwnSetting::Latency(Some(latency))),
            loss_ppm.map(|rate| OwnSetting::Loss(Some(rate))),
            duplicate_ppm.map(|rate| OwnSetting::Duplicate(Some(rate))),
        ];
        if said.iter().all(Option::is_none) {
            let message =
                "nothing is set for these links; add `latency`, `lossPpm` or `duplicatePpm`";
            self.say(JsonPath("links", Some(index), None), message);
        }
        let links = SettingOwners::Links(Links { from, to, both });
        self.own_settings(index, &links, said, parts);
    }

    fn timing(&mut self, index: usize, json: JsonTiming, parts: &mut ScenarioParts) {
        let JsonTiming { processes, timeout_us, every_us, drift_ppm } = json;
        let path = JsonPath("timings", Some(index), None);
        let found = processes.len();
        if found > limits::MOST_PROCESSES {
            return self.say(path, InvalidKind::TooManyNamed { found });
        }
        let said = [
            timeout_us.map(|span| OwnSetting::Timeout(Some(span))),
            every_us.map(|span| OwnSetting::Every(Some(span))),
            drift_ppm.map(|drift| OwnSetting::Drift(Some(drift))),
        ];
        if processes.is_empty() {
            self.say(path, InvalidKind::NobodyNamed);
        } else if said.iter().all(Option::is_none) {
            let message =
                "nothing is set for these processes; add `timeoutUs`, `everyUs` or `driftPpm`";
            self.say(path, message);
        }
        self.own_settings(index, &SettingOwners::Processes(processes), said, parts);
    }

    /// Sets what links or processes have of their own; of each setting, the first one that has it already
    /// is a problem.
    fn own_settings(
        &mut self,
        index: usize,
        owners: &SettingOwners,
        said: [Option<OwnSetting>; 3],
        parts: &mut ScenarioParts,
    ) {
        // Those beyond the limit are reported when their processes are looked up.
        const MOST: usize = limits::MOST_PROCESSES * limits::MOST_PROCESSES;
        for setting in said.into_iter().flatten() {
            let kind = setting.kind();
            let twice = owners.each().into_iter().take(MOST).find(|&owner| {
                parts.set_own(owner, setting);
                self.own.insert((kind, owner), index).is_some()
            });
            let Some(owner) = twice else { continue };
            let field = kind.row().json;
            let of = match owner {
                SettingOwner::Link(Link { from, to }) => format!("of the link {from}->{to}"),
                SettingOwner::Process(rank) => format!("of process {rank}"),
            };
            let path = JsonPath(list_of(owner), Some(index), Some(field));
            self.say(path, format!("`{field}` {of} is given twice"));
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
                let message =
                    format!("an override needs its group; add `\"group\": \"{example}\"`");
                self.say(JsonPath("edits", Some(index), None), message);
                GroupId::MAIN
            }
            (None, _) => GroupId::MAIN,
        };
        (group, fate).into()
    }

    fn expectation(&mut self, index: usize, mut json: JsonExpectation) -> Expectation {
        let time = json.scope.time().unwrap_or_else(|| {
            let message =
                "an expectation has one time: `atUs`, `byUs`, `afterUs`, or `fromUs` with `toUs`";
            self.say(JsonPath("expectations", Some(index), None), message.to_owned());
            ConditionTime::Unstated
        });
        let runs = json.scope.runs().unwrap_or_else(|(field, message)| {
            self.say(JsonPath("expectations", Some(index), Some(field)), message);
            ExpectedRuns::This
        });
        let group = json.scope.group.map(|name| self.group_id("expectations", index, &name));
        Expectation { group, condition: json.condition.into(), time, runs }
    }
}
