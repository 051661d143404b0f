//! What JSON means, field by field.

mod edit;
mod entry;
mod expectation;
mod value;

use super::node::{Node, Object, Page};
use super::trouble::JsonTrouble;
use crate::election::{Algorithm, Succession};
use crate::member::Detector;
use crate::scenario::{
    FigureOptions, FigureView, Group, Latency, Link, NetworkSettings, Rate, Scenario, ScenarioPart,
    ScenarioParts, limits,
};
use crate::types::{GroupId, Rank};
use std::collections::BTreeMap;
use value::{
    count, duration, fitting, in_quotes, instant, latency, links, rank, ranks, rate, requests,
};

/// Nothing where anything is wrong, which the page then knows.
pub(super) fn scenario<'a>(page: &Page<'a>, root: Node<'a>) -> Option<Scenario> {
    let top = root.clone();
    let mut reader = Reader { places: BTreeMap::new(), groups: Vec::new() };
    let parts = reader.parts(root.object("a scenario")?);
    if !page.is_fine() {
        return None;
    }
    match Scenario::new(parts) {
        Ok(scenario) => Some(scenario),
        Err(problems) => {
            for invalid in problems {
                let place = reader.places.get(&invalid.place).unwrap_or(&top);
                place.say(JsonTrouble::Invalid(invalid.problem));
            }
            None
        }
    }
}

struct Reader<'a> {
    /// Where each part is said, for the scenario's own checks.
    places: BTreeMap<ScenarioPart, Node<'a>>,
    /// The names of the groups; `main` alone where there are none.
    groups: Vec<String>,
}

impl<'a> Reader<'a> {
    fn parts(&mut self, mut top: Object<'a>) -> ScenarioParts {
        let usual = ScenarioParts::default();
        let mut parts = ScenarioParts { ranks: usual.ranks.clone(), ..usual };
        parts.title = self.at(ScenarioPart::Title, top.get("title")).and_then(|node| text(&node));
        parts.about = self.at(ScenarioPart::About, top.get("about")).and_then(|node| text(&node));
        if let Some(node) = self.at(ScenarioPart::Algorithm, top.get("algorithm")) {
            parts.algorithm = algorithm(node).unwrap_or_default();
        }
        if let Some(node) = self.at(ScenarioPart::Processes, top.get("processes")) {
            parts.ranks = ranks(&node).unwrap_or_default();
        }
        parts.groups = self.groups(&mut top, &parts.ranks);
        let capacity = self.at(ScenarioPart::Capacity, top.get("capacityPerSecond"));
        parts.capacity = capacity.and_then(|node| requests(&node));
        if let Some(node) = self.at(ScenarioPart::Detector, top.get("detector")) {
            parts.detector = detector(node).unwrap_or_default();
        }
        let mut wait = |place, name, usual| {
            let node = self.at(place, top.get(name));
            node.and_then(|node| duration(&node)).unwrap_or(usual)
        };
        parts.timeouts.alive = wait(ScenarioPart::WaitAlive, "waitAliveUs", parts.timeouts.alive);
        parts.timeouts.elected =
            wait(ScenarioPart::WaitElected, "waitElectedUs", parts.timeouts.elected);
        self.network(&mut top, &mut parts.network);
        if let Some(node) = self.at(ScenarioPart::Seed, top.get("seed")) {
            parts.seed = seed(&node).unwrap_or_default();
        }
        parts.until =
            self.at(ScenarioPart::Until, top.get("untilUs")).and_then(|node| instant(&node));
        parts.timeline = self.list(top.get("timeline"), ScenarioPart::Entry, Self::entry);
        parts.overrides = self.list(top.get("edits"), ScenarioPart::Edit, Self::edit);
        parts.expectations =
            self.list(top.get("expectations"), ScenarioPart::Expectation, Self::expectation);
        if let Some(node) = self.at(ScenarioPart::Figure, top.get("figure")) {
            parts.figure = figure(node).unwrap_or_default();
        }
        top.end();
        parts
    }

    /// Remembers where a part is said.
    fn at(&mut self, place: ScenarioPart, node: Option<Node<'a>>) -> Option<Node<'a>> {
        if let Some(node) = &node {
            self.places.insert(place, node.clone());
        }
        node
    }

    fn list<T>(
        &mut self,
        node: Option<Node<'a>>,
        place: fn(usize) -> ScenarioPart,
        read: fn(&mut Self, Object<'a>) -> Option<T>,
    ) -> Vec<T> {
        let members = node.and_then(|node| node.list("a list in `[ ]`")).unwrap_or_default();
        let mut all = Vec::with_capacity(members.len());
        for (index, node) in members.into_iter().enumerate() {
            self.places.insert(place(index), node.clone());
            let object = node.object("this");
            all.extend(object.and_then(|object| read(self, object)));
        }
        all
    }

    /// The groups, and where there are none the only one.
    fn groups(&mut self, top: &mut Object<'a>, all: &[Rank]) -> Vec<Group> {
        let (leader, load) = (top.get("leader"), top.get("loadPerSecond"));
        let Some(groups) = top.get("groups") else {
            self.groups = vec![Group::MAIN.to_owned()];
            let leader = self.at(ScenarioPart::Group(0), leader);
            let load = self.at(ScenarioPart::Load(0), load).and_then(|node| requests(&node));
            return vec![Group { load, ..Group::main(all, leads(leader, all)) }];
        };
        for (field, node) in [("leader", leader), ("loadPerSecond", load)] {
            if let Some(node) = node {
                node.say(JsonTrouble::BesideGroups { field });
            }
        }
        let groups = self.list(Some(groups), ScenarioPart::Group, Self::group);
        self.groups = groups.iter().map(|group| group.name.clone()).collect();
        groups
    }

    fn group(&mut self, mut object: Object<'a>) -> Option<Group> {
        object.is("a group");
        let name = object.need("name").and_then(|node| text(&node));
        let members = object.need("members").and_then(|node| ranks(&node));
        let leader = object.get("leader");
        let load = object.get("loadPerSecond").and_then(|node| requests(&node));
        object.end();
        let (name, members) = (name?, members?);
        let leader = leads(leader, &members);
        Some(Group { name, members, leader, load })
    }

    fn network(&mut self, top: &mut Object<'a>, network: &mut NetworkSettings) {
        if let Some(node) = self.at(ScenarioPart::Latency, top.get("latency")) {
            network.latency = latency(node).unwrap_or(Latency::DEFAULT);
        }
        if let Some(node) = self.at(ScenarioPart::Loss, top.get("lossPpm")) {
            network.loss = rate(&node).unwrap_or(Rate::NEVER);
        }
        if let Some(node) = self.at(ScenarioPart::Duplicate, top.get("duplicatePpm")) {
            network.duplicate = rate(&node).unwrap_or(Rate::NEVER);
        }
        if let Some(node) = self.at(ScenarioPart::Fifo, top.get("fifo")) {
            network.fifo = node.flag().unwrap_or_default();
        }
        let settings = top.get("links").and_then(|node| node.list("a list in `[ ]`"));
        for node in settings.unwrap_or_default() {
            if let Some(object) = node.object("what links say of themselves") {
                self.setting(object, network);
            }
        }
    }

    /// What some links say of themselves; two that say the same thing of one are a mistake.
    fn setting(&mut self, mut object: Object<'a>, network: &mut NetworkSettings) {
        let of = links(&mut object);
        let latencies = object.get("latency").map(|node| (node.clone(), latency(node)));
        let losses = object.get("lossPpm").map(|node| (node.clone(), rate(&node)));
        let doubles = object.get("duplicatePpm").map(|node| (node.clone(), rate(&node)));
        if latencies.is_none() && losses.is_none() && doubles.is_none() {
            object.node().say(JsonTrouble::SaysNothing);
        }
        object.end();
        let Some(of) = of else { return };
        let each: Vec<Link> = of.each().collect();
        if let Some((node, Some(latency))) = latencies {
            self.say(&node, &each, latency, &mut network.latency_of, ScenarioPart::LatencyOf);
        }
        if let Some((node, Some(rate))) = losses {
            self.say(&node, &each, rate, &mut network.loss_of, ScenarioPart::LossOf);
        }
        if let Some((node, Some(rate))) = doubles {
            self.say(&node, &each, rate, &mut network.duplicate_of, ScenarioPart::DuplicateOf);
        }
    }

    fn say<T: Copy>(
        &mut self,
        node: &Node<'a>,
        links: &[Link],
        value: T,
        said: &mut BTreeMap<Link, T>,
        place: fn(Link) -> ScenarioPart,
    ) {
        for &link in links {
            if said.len() > limits::MOST_PROCESSES * limits::MOST_PROCESSES {
                return;
            }
            self.places.insert(place(link), node.clone());
            if said.insert(link, value).is_some() {
                let link = format!("{}->{}", link.from, link.to);
                return node.say(JsonTrouble::LinkTwice { link });
            }
        }
    }

    /// The group that a thing names, if it names one.
    fn group_of(&self, object: &mut Object<'a>) -> Option<GroupId> {
        let node = object.get("group")?;
        let name = text(&node)?;
        let found = self.groups.iter().position(|group| *group == name);
        match found.and_then(|place| u8::try_from(place).ok()) {
            Some(place) => Some(GroupId(place)),
            None => {
                let groups = self.groups.iter().take(limits::MOST_GROUPS).cloned().collect();
                let name = crate::scenario::diagnostic::clip(&name);
                node.say(JsonTrouble::NoSuchGroup { name, groups });
                None
            }
        }
    }
}

/// A leader that is named, or nobody; where nothing is said, the highest.
fn leads(node: Option<Node>, members: &[Rank]) -> Option<Rank> {
    match node {
        None => members.last().copied(),
        Some(node) if node.is_null() => None,
        Some(node) => rank(&node),
    }
}

fn text(node: &Node) -> Option<String> {
    node.text("text in quotes")
}

fn seed(node: &Node) -> Option<u64> {
    in_quotes(node, "a whole number in quotes such as \"7\"")
}

#[derive(Clone, Copy)]
enum Kind {
    Bully,
    Textbook,
    Next,
}

fn algorithm(node: Node) -> Option<Algorithm> {
    let mut object = node.object("an algorithm")?;
    let words =
        [("bully", Kind::Bully), ("bully-textbook", Kind::Textbook), ("next-in-line", Kind::Next)];
    let found = match object.need("kind")?.word("algorithm", &words)? {
        Kind::Bully => Some(Algorithm::Bully),
        Kind::Textbook => Some(Algorithm::BullyTextbook),
        Kind::Next => {
            // As in the script, two where nothing is said.
            let alternates = object.get("alternates").map(|node| succession(&node));
            alternates.unwrap_or(Some(Succession::Highest(2))).map(Algorithm::NextInLine)
        }
    };
    object.end();
    found
}

/// A number of ranks, or a list of them.
fn succession(node: &Node) -> Option<Succession> {
    if node.is_list() {
        return ranks(node).map(Succession::List);
    }
    let expected = "a number of alternates such as 2, or a list of ranks";
    fitting(node, expected, limits::MOST_PROCESSES as u64 - 1).map(Succession::Highest)
}

fn detector(node: Node) -> Option<Detector> {
    let mut object = node.object("a detector")?;
    let is_heartbeat =
        object.need("kind")?.word("detector", &[("scripted", false), ("heartbeat", true)])?;
    let found = if is_heartbeat {
        object.is("a heartbeat detector");
        let every = object.need("everyUs").and_then(|node| duration(&node));
        let timeout = object.need("timeoutUs").and_then(|node| duration(&node));
        every.zip(timeout).map(|(every, timeout)| Detector::Heartbeat { every, timeout })
    } else {
        Some(Detector::Scripted)
    };
    object.end();
    found
}

fn figure(node: Node) -> Option<FigureOptions> {
    let mut object = node.object("a figure")?;
    let views = FigureView::ALL.map(|view| (view.name(), view));
    let figure = FigureOptions {
        start: object.get("startUs").and_then(|node| instant(&node)),
        end: object.get("endUs").and_then(|node| instant(&node)),
        speed: object.get("speedUs").and_then(|node| duration(&node)),
        view: object.get("view").and_then(|node| node.word("view", &views)),
        height: object.get("height").and_then(|node| count(&node, u16::MAX)),
        ..FigureOptions::default()
    };
    object.end();
    Some(figure)
}
