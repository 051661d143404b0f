//! The checks of a scenario: every rule about one part, or about one part and another.

use super::{
    Condition, Expectation, Fault, FaultTime, Group, Invalid, InvalidKind, Link, Links,
    MessageOverride, Override, ScenarioPart, ScenarioParts, TimelineEntry, limits, text,
};
use crate::election::{Algorithm, Succession};
use crate::member::Detector;
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank, listed, spanned};
use std::collections::BTreeMap;

/// All problems of the parts, in the order of their declaration.
pub(super) fn problems(parts: &ScenarioParts) -> Vec<Invalid> {
    let mut check = ScenarioCheck { parts, found: Vec::new() };
    check.texts();
    check.processes();
    // Named processes are looked up in this list, which must not take too long.
    if parts.ranks.len() > limits::MOST_PROCESSES {
        return check.found;
    }
    check.groups();
    check.rules();
    check.network();
    check.timeline();
    check.check_overrides();
    check.expectations();
    check.figure();
    check.found
}

/// The problems of these links among these processes.
pub(super) fn links_problems(
    parts: &ScenarioParts,
    place: ScenarioPart,
    links: &Links,
) -> Vec<Invalid> {
    let mut check = ScenarioCheck { parts, found: Vec::new() };
    check.links(place, links);
    check.found
}

struct ScenarioCheck<'a> {
    parts: &'a ScenarioParts,
    found: Vec<Invalid>,
}

impl ScenarioCheck<'_> {
    fn say(&mut self, place: ScenarioPart, problem: InvalidKind) {
        self.found.push(Invalid { place, problem });
    }

    fn texts(&mut self) {
        let parts = self.parts;
        let texts = [
            (ScenarioPart::Title, "the title", &parts.title),
            (ScenarioPart::About, "the line about it", &parts.about),
        ];
        for (place, what, written) in texts {
            let Some(written) = written else { continue };
            let found = written.chars().count();
            if found > limits::LONGEST_TEXT {
                self.say(place, InvalidKind::TextTooLong { what, found });
            }
            if written.chars().any(|letter| letter.is_control() || text::ends_line(letter)) {
                self.say(place, InvalidKind::ControlCharacter { what });
            } else if place == ScenarioPart::Title && written.chars().all(text::is_invisible) {
                // The description may be blank, since no picture uses it as its name.
                self.say(place, InvalidKind::BlankText { what });
            }
            if let Some(found) = written.chars().find(|&letter| text::turns_direction(letter)) {
                self.say(place, InvalidKind::DirectionOverride { what, found });
            }
        }
    }

    fn processes(&mut self) {
        let ranks = &self.parts.ranks;
        if ranks.is_empty() || ranks.len() > limits::MOST_PROCESSES {
            self.say(ScenarioPart::Processes, InvalidKind::Processes { found: ranks.len() });
        }
        self.ascending(ScenarioPart::Processes, ranks);
    }

    fn groups(&mut self) {
        let groups = &self.parts.groups;
        if groups.is_empty() || groups.len() > limits::MOST_GROUPS {
            self.say(ScenarioPart::Processes, InvalidKind::Groups { found: groups.len() });
        }
        // Each group is compared with all before it.
        let groups = &groups[..groups.len().min(limits::MOST_GROUPS)];
        for (index, group) in groups.iter().enumerate() {
            self.group(ScenarioPart::Group(index), ScenarioPart::Load(index), group);
            if groups[..index].iter().any(|other| other.name == group.name) {
                self.say(
                    ScenarioPart::Group(index),
                    InvalidKind::GroupTwice { name: group.name.clone() },
                );
            }
        }
    }

    fn group(&mut self, place: ScenarioPart, load: ScenarioPart, group: &Group) {
        let name = &group.name;
        let mut letters = name.chars();
        let well_named = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
            && letters.all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            && name.len() <= limits::LONGEST_TEXT;
        if !well_named {
            self.say(place, InvalidKind::GroupName { name: name.clone() });
        }
        if group.members.is_empty() {
            self.say(place, InvalidKind::EmptyGroup { name: name.clone() });
        }
        self.exist(place, &group.members);
        self.ascending(place, &group.members);
        match group.leader {
            Some(rank) if group.members.contains(&rank) => {}
            Some(rank) if group.members == self.parts.ranks => {
                self.say(
                    place,
                    InvalidKind::LeaderOutside { rank, processes: list(&group.members) },
                );
            }
            Some(rank) => self.say(place, not_in(rank, group)),
            None => {}
        }
        if let Some(found) = group.load.filter(|&load| load > limits::MOST_REQUESTS) {
            self.say(load, InvalidKind::TooManyRequests { found });
        }
    }

    /// Checks the algorithm, detector, timeouts, end and capacity.
    fn rules(&mut self) {
        let parts = self.parts;
        match &parts.algorithm {
            Algorithm::NextInLine(Succession::List(list)) => {
                self.exist(ScenarioPart::Algorithm, list);
                self.unique(ScenarioPart::Algorithm, list);
            }
            Algorithm::NextInLine(Succession::Highest(count))
                if usize::from(*count) >= limits::MOST_PROCESSES =>
            {
                let found = usize::from(*count);
                self.say(ScenarioPart::Algorithm, InvalidKind::TooManyAlternates { found });
            }
            Algorithm::NextInLine(Succession::Highest(_))
            | Algorithm::Bully
            | Algorithm::BullyTextbook => {}
        }
        if let Detector::Heartbeat { every, timeout } = parts.detector {
            self.length(ScenarioPart::Detector, "the heartbeat's interval", every);
            self.length(ScenarioPart::Detector, "the heartbeat's timeout", timeout);
        }
        self.length(ScenarioPart::WaitAlive, "the wait for Alive", parts.timeouts.alive);
        self.length(ScenarioPart::WaitElected, "the wait for Elected", parts.timeouts.elected);
        self.instant(ScenarioPart::Until, parts.until.unwrap_or_default());
        if let Some(found) = parts.capacity.filter(|&most| most > limits::MOST_REQUESTS) {
            self.say(ScenarioPart::Capacity, InvalidKind::TooManyRequests { found });
        }
    }

    fn network(&mut self) {
        let network = &self.parts.network;
        self.at_most(ScenarioPart::Latency, "the latency", network.latency.hi());
        for (&link, latency) in &network.latency_of {
            self.link(ScenarioPart::LatencyOf(link), link);
            self.at_most(ScenarioPart::LatencyOf(link), "the latency", latency.hi());
        }
        network.loss_of.keys().for_each(|&link| self.link(ScenarioPart::LossOf(link), link));
        network
            .duplicate_of
            .keys()
            .for_each(|&link| self.link(ScenarioPart::DuplicateOf(link), link));
    }

    fn link(&mut self, place: ScenarioPart, link: Link) {
        self.exist(place, &[link.from, link.to]);
        if link.from == link.to {
            self.say(place, InvalidKind::LinkToItself { rank: link.from });
        }
    }

    fn timeline(&mut self) {
        let parts = self.parts;
        let end = parts.end();
        let mut rounds = 0;
        for (index, entry) in parts.timeline.iter().enumerate() {
            let place = ScenarioPart::Entry(index);
            rounds += entry.rounds(end);
            match entry {
                TimelineEntry::Fault { when, fault } => {
                    self.when(place, when);
                    self.fault(place, fault);
                }
                TimelineEntry::Flap { at, process, down, up, until } => {
                    self.exist(place, &[*process]);
                    self.length(place, "the time down", *down);
                    self.length(place, "the time up", *up);
                    self.at_most(place, "the time between two rounds", *down + *up);
                    self.rounds(place, *at, *until);
                }
            }
        }
        if rounds > limits::MOST_TIMELINE_ENTRIES as u64 {
            // The entry with the most rounds is reported.
            let worst = |&index: &usize| parts.timeline[index].rounds(end);
            let index = (0..parts.timeline.len()).rev().max_by_key(worst).unwrap_or(0);
            self.say(ScenarioPart::Entry(index), InvalidKind::TimelineTooLong { found: rounds });
        }
    }

    fn when(&mut self, place: ScenarioPart, when: &FaultTime) {
        match *when {
            FaultTime::At(at) => self.instant(place, at),
            FaultTime::Every { every, from, until } => self.repeats(place, from, every, until),
        }
    }

    fn repeats(&mut self, place: ScenarioPart, from: Time, every: Duration, until: Option<Time>) {
        self.length(place, "the time between two rounds", every);
        self.rounds(place, from, until);
    }

    fn rounds(&mut self, place: ScenarioPart, from: Time, until: Option<Time>) {
        self.instant(place, from);
        if let Some(until) = until {
            self.instant(place, until);
            if until <= from {
                self.say(place, InvalidKind::RepeatsNever { from, until });
            }
        }
    }

    fn fault(&mut self, place: ScenarioPart, fault: &Fault) {
        match fault {
            Fault::Crash(processes) | Fault::Recover(processes) | Fault::Resume(processes) => {
                self.named(place, processes);
            }
            Fault::Pause { processes, span } => {
                self.named(place, processes);
                // A pause may be of zero length: it ends within its instant.
                self.at_most(place, "the pause", *span);
            }
            Fault::Suspect { processes, group } => {
                self.named(place, processes);
                if let Some(id) = group {
                    self.in_group(place, *id, processes);
                }
            }
            Fault::Partition(sides) => self.partition(place, sides),
            Fault::Cut(links) => self.links(place, links),
            Fault::Heal(links) | Fault::Loss { links, .. } => {
                links.iter().for_each(|links| self.links(place, links));
            }
            Fault::Latency { links, latency } => {
                links.iter().for_each(|links| self.links(place, links));
                self.at_most(place, "the latency", latency.hi());
            }
        }
    }

    fn partition(&mut self, place: ScenarioPart, sides: &[Vec<Rank>]) {
        if sides.len() < 2 {
            self.say(place, InvalidKind::Sides { found: sides.len() });
        }
        if sides.len() > limits::MOST_PROCESSES {
            return self.say(place, InvalidKind::TooManyNamed { found: sides.len() });
        }
        for side in sides {
            self.named(place, side);
            self.unique(place, side);
        }
        for (index, side) in sides.iter().enumerate() {
            let twice = side.iter().find(|rank| sides[..index].iter().any(|s| s.contains(rank)));
            if let Some(&rank) = twice {
                self.say(place, InvalidKind::OnTwoSides { rank });
            }
        }
    }

    fn links(&mut self, place: ScenarioPart, links: &Links) {
        self.named(place, &links.from);
        self.named(place, &links.to);
        self.unique(place, &links.from);
        self.unique(place, &links.to);
        if links.from.len().max(links.to.len()) > limits::MOST_PROCESSES {
            return;
        }
        if let Some(&rank) = links.from.iter().find(|rank| links.to.contains(rank)) {
            self.say(place, InvalidKind::LinkToItself { rank });
        }
    }

    fn check_overrides(&mut self) {
        let edits = &self.parts.overrides;
        if edits.len() > limits::MOST_EDITS {
            let place = ScenarioPart::Edit(limits::MOST_EDITS);
            self.say(place, InvalidKind::TooManyEdits { found: edits.len() });
        }
        let mut first = BTreeMap::new();
        for (index, edit) in edits.iter().enumerate().take(limits::MOST_EDITS) {
            let place = ScenarioPart::Edit(index);
            self.check_override(place, edit);
            let duplicates =
                matches!(edit, Override::Message { fate: MessageOverride::Duplicated, .. });
            let occurrence = edit.occurrence();
            let earlier = *first.entry((occurrence, duplicates)).or_insert(index);
            if earlier != index {
                self.say(place, InvalidKind::FixedTwice { occurrence, first: earlier });
            }
        }
    }

    fn check_override(&mut self, place: ScenarioPart, edit: &Override) {
        let occurrence = edit.occurrence();
        let nth = match edit {
            Override::Timer { name, fires } => {
                self.in_group(place, name.group, &[name.of]);
                self.instant(place, *fires);
                name.nth
            }
            Override::Message { name, fate } => {
                self.in_group(place, name.group, &[name.from, name.to]);
                if name.from == name.to {
                    self.say(place, InvalidKind::LinkToItself { rank: name.from });
                }
                match *fate {
                    MessageOverride::Arrives(at) => self.instant(place, at),
                    MessageOverride::Delayed(span) => self.at_most(place, "the delay", span),
                    MessageOverride::Duplicated if name.copy => {
                        self.say(place, InvalidKind::CopyOfCopy { occurrence });
                    }
                    MessageOverride::Lost | MessageOverride::Duplicated => {}
                }
                name.nth
            }
        };
        if nth == 0 {
            self.say(place, InvalidKind::CountsFromOne { occurrence });
        }
    }

    fn expectations(&mut self) {
        let found = self.parts.expectations.len();
        if found > limits::MOST_EXPECTATIONS {
            let place = ScenarioPart::Expectation(limits::MOST_EXPECTATIONS);
            self.say(place, InvalidKind::TooManyExpectations { found });
        }
        for (index, expectation) in self.parts.expectations.iter().enumerate() {
            self.expectation(ScenarioPart::Expectation(index), expectation);
        }
    }

    fn expectation(
        &mut self,
        place: ScenarioPart,
        Expectation { group, condition: claim }: &Expectation,
    ) {
        if let Some(id) = group {
            self.in_group(place, *id, &[]);
        }
        if let Condition::Leader { leader: Some(rank), .. } = claim {
            match group {
                Some(id) => self.in_group(place, *id, &[*rank]),
                None => self.exist(place, &[*rank]),
            }
        }
        let at = match claim {
            Condition::Leader { by: at, .. }
            | Condition::Agreement { by: at }
            | Condition::SplitBrain { after: at, .. }
            | Condition::Messages { after: at, .. } => at.unwrap_or_default(),
            Condition::LeaderlessAtMost(span) | Condition::SplitBrainAtMost(span) => {
                return self.at_most(place, "the time allowed", *span);
            }
            Condition::Elections { .. } => return,
        };
        let end = self.parts.end();
        if at > end {
            self.say(place, InvalidKind::AfterTheEnd { at, end });
        }
    }

    fn figure(&mut self) {
        let figure = &self.parts.figure;
        let start = figure.start.unwrap_or_default();
        self.instant(ScenarioPart::Figure, start);
        if let Some(end) = figure.end {
            self.instant(ScenarioPart::Figure, end);
            if end <= start {
                self.say(ScenarioPart::Figure, InvalidKind::FigureEndsFirst { start, end });
            }
        }
        if let Some(speed) = figure.speed {
            self.length(ScenarioPart::Figure, "the figure's speed", speed);
        }
    }

    fn named(&mut self, place: ScenarioPart, ranks: &[Rank]) {
        if ranks.is_empty() {
            self.say(place, InvalidKind::NobodyNamed);
        }
        self.exist(place, ranks);
    }

    fn exist(&mut self, place: ScenarioPart, ranks: &[Rank]) {
        if ranks.len() > limits::MOST_PROCESSES {
            return self.say(place, InvalidKind::TooManyNamed { found: ranks.len() });
        }
        let missing = ranks.iter().find(|&rank| !self.parts.ranks.contains(rank));
        if let Some(&rank) = missing {
            let processes = list(&self.parts.ranks);
            self.say(place, InvalidKind::NoSuchProcess { rank, processes });
        }
    }

    fn in_group(&mut self, place: ScenarioPart, id: GroupId, ranks: &[Rank]) {
        let Some(group) = self.parts.groups.get(id.index()) else {
            return self.say(place, InvalidKind::NoSuchGroup { id });
        };
        if group.members == self.parts.ranks {
            return self.exist(place, ranks);
        }
        if let Some(&rank) = ranks.iter().find(|rank| !group.members.contains(rank)) {
            self.say(place, not_in(rank, group));
        }
    }

    fn ascending(&mut self, place: ScenarioPart, ranks: &[Rank]) {
        if ranks.is_sorted() {
            let twice = ranks.windows(2).find(|pair| pair[0] == pair[1]);
            if let Some(pair) = twice {
                self.say(place, InvalidKind::RankTwice { rank: pair[0] });
            }
        } else {
            self.say(place, InvalidKind::RanksUnordered);
        }
    }

    /// Checks that no rank is listed twice. `exist` reports a list that is too long.
    fn unique(&mut self, place: ScenarioPart, ranks: &[Rank]) {
        let ranks = &ranks[..ranks.len().min(limits::MOST_PROCESSES)];
        let twice = (1..ranks.len()).find(|&index| ranks[..index].contains(&ranks[index]));
        if let Some(index) = twice {
            self.say(place, InvalidKind::RankTwice { rank: ranks[index] });
        }
    }

    fn instant(&mut self, place: ScenarioPart, at: Time) {
        if at > limits::LONGEST_RUN {
            self.say(place, InvalidKind::TooLate { at });
        }
    }

    fn length(&mut self, place: ScenarioPart, what: &'static str, span: Duration) {
        if span == Duration::ZERO {
            self.say(place, InvalidKind::NoLength { what });
        }
        self.at_most(place, what, span);
    }

    fn at_most(&mut self, place: ScenarioPart, what: &'static str, span: Duration) {
        if span > limits::LONGEST_SPAN {
            self.say(place, InvalidKind::SpanTooLong { what, span });
        }
    }
}

fn not_in(rank: Rank, group: &Group) -> InvalidKind {
    InvalidKind::NotInGroup { rank, group: group.name.clone(), members: list(&group.members) }
}

/// The least number of consecutive ranks that are written with "to".
const SHORTEST_RUN: usize = 3;

/// `1 to 6` if the ranks are consecutive, else `1, 2 and 5`.
fn list(ranks: &[Rank]) -> String {
    match spanned(ranks, SHORTEST_RUN) {
        Some(run) => run.to_string(),
        None => listed(ranks).to_string(),
    }
}
