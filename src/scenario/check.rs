//! The checks of a scenario: every rule about one part, or about one part and another.

mod settings;

use super::{
    ConditionField, ConditionTime, Expectation, FaultField, FaultTime, Group, Invalid, InvalidKind,
    Latency, Links, Override, OverrideField, OverrideKind, ScenarioPart, ScenarioParts,
    SettingKind, SettingOwners, TimelineEntry, limits,
};
use crate::choice::ChoiceId;
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
    check.names();
    check.zones();
    check.marks();
    check.figure();
    check.found
}

/// What is wrong with these links or processes among those of the scenario.
pub(super) fn owners_problems(parts: &ScenarioParts, owners: &SettingOwners) -> Vec<InvalidKind> {
    let mut check = ScenarioCheck { parts, found: Vec::new() };
    let place = SettingKind::Ranks.part();
    match owners {
        SettingOwners::Links(links) => check.links(place, links),
        SettingOwners::Processes(ranks) => {
            check.named(place, ranks);
            check.unique(place, ranks);
        }
    }
    check.found.into_iter().map(|invalid| invalid.problem).collect()
}

struct ScenarioCheck<'a> {
    parts: &'a ScenarioParts,
    found: Vec<Invalid>,
}

impl ScenarioCheck<'_> {
    fn say(&mut self, place: ScenarioPart, problem: InvalidKind) {
        self.found.push(Invalid { place, problem });
    }

    fn processes(&mut self) {
        let ranks = &self.parts.ranks;
        if ranks.is_empty() || ranks.len() > limits::MOST_PROCESSES {
            self.say(SettingKind::Ranks.part(), InvalidKind::Processes { found: ranks.len() });
        }
        self.ascending(SettingKind::Ranks.part(), ranks);
    }

    fn groups(&mut self) {
        let groups = &self.parts.groups;
        if groups.is_empty() || groups.len() > limits::MOST_GROUPS {
            self.say(SettingKind::Ranks.part(), InvalidKind::Groups { found: groups.len() });
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
        if !settings::is_word(name) || name.len() > limits::LONGEST_TEXT {
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

    fn timeline(&mut self) {
        let parts = self.parts;
        let end = parts.end();
        let mut rounds = 0;
        for (index, entry) in parts.timeline.iter().enumerate() {
            let place = ScenarioPart::Entry(index);
            rounds += entry.rounds(end);
            self.when(place, entry.when());
            self.arguments(place, entry);
        }
        if rounds > limits::MOST_TIMELINE_ENTRIES as u64 {
            // The entry with the most rounds is reported.
            let worst = |&index: &usize| parts.timeline[index].rounds(end);
            let index = (0..parts.timeline.len()).rev().max_by_key(worst).unwrap_or(0);
            self.say(ScenarioPart::Entry(index), InvalidKind::TimelineTooLong { found: rounds });
        }
    }

    fn when(&mut self, place: ScenarioPart, when: FaultTime) {
        self.instant(place, when.first());
        if let FaultTime::Every { every, from, until } = when {
            self.length(place, "the time between two rounds", every);
            self.until(place, from, until);
        }
    }

    fn until(&mut self, place: ScenarioPart, from: Time, until: Option<Time>) {
        let Some(until) = until else { return };
        self.instant(place, until);
        if until <= from {
            self.say(place, InvalidKind::RepeatsNever { from, until });
        }
    }

    fn arguments(&mut self, place: ScenarioPart, entry: &TimelineEntry) {
        let arguments = entry.arguments();
        let [span, down, up] =
            [arguments.span, arguments.down, arguments.up].map(Option::unwrap_or_default);
        for field in entry.kind().row().fields {
            match field {
                FaultField::Processes | FaultField::Process => {
                    self.named(place, &arguments.processes);
                }
                FaultField::Group => {
                    if let Some(id) = arguments.group {
                        self.in_group(place, id, &arguments.processes);
                    }
                }
                // One of no length ends in its turn, within its instant.
                FaultField::Span => self.at_most(place, "the pause", span),
                FaultField::Down => self.length(place, "the time down", down),
                FaultField::Up => {
                    self.length(place, "the time up", up);
                    self.at_most(place, "the time between two rounds", down + up);
                }
                FaultField::Until => self.until(place, entry.first(), arguments.until),
                FaultField::Sides => self.partition(place, &arguments.sides),
                FaultField::Links | FaultField::LinksOrAll => {
                    arguments.links.iter().for_each(|links| self.links(place, links));
                }
                FaultField::Latency => {
                    let latency = arguments.latency.unwrap_or(Latency::DEFAULT);
                    self.at_most(place, "the latency", latency.hi());
                }
                FaultField::Rate => {}
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
        let overrides = &self.parts.overrides;
        if overrides.len() > limits::MOST_OVERRIDES {
            let place = ScenarioPart::Override(limits::MOST_OVERRIDES);
            self.say(place, InvalidKind::TooManyOverrides { found: overrides.len() });
        }
        let mut first = BTreeMap::new();
        for (index, edit) in overrides.iter().enumerate().take(limits::MOST_OVERRIDES) {
            let place = ScenarioPart::Override(index);
            self.check_override(place, edit);
            let duplicates = edit.kind() == OverrideKind::Duplicated;
            let choice = edit.choice();
            let earlier = *first.entry((choice, duplicates)).or_insert(index);
            if earlier != index {
                self.say(place, InvalidKind::FixedTwice { choice, first: earlier });
            }
        }
    }

    fn check_override(&mut self, place: ScenarioPart, edit: &Override) {
        let choice = edit.choice();
        let nth = match choice {
            ChoiceId::Timer(name) => {
                self.in_group(place, name.group, &[name.of]);
                name.nth
            }
            ChoiceId::Message(name) => {
                self.in_group(place, name.group, &[name.from, name.to]);
                if name.from == name.to {
                    self.say(place, InvalidKind::LinkToItself { rank: name.from });
                }
                if name.copy && !edit.kind().row().fields.contains(&OverrideField::Copy) {
                    self.say(place, InvalidKind::CopyOfCopy { choice });
                }
                name.nth
            }
        };
        self.instant(place, edit.at().unwrap_or_default());
        self.at_most(place, "the delay", edit.by().unwrap_or_default());
        if nth == 0 {
            self.say(place, InvalidKind::CountsFromOne { choice });
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

    fn expectation(&mut self, place: ScenarioPart, expectation: &Expectation) {
        let &Expectation { group, condition, time, .. } = expectation;
        let ranks = condition.ranks();
        match group {
            Some(id) => self.in_group(place, id, &ranks),
            None => self.exist(place, &ranks),
        }
        let values = condition.values();
        let row = condition.kind().row();
        if row.fields.contains(&ConditionField::Followed) && values.process == values.followed {
            self.say(place, InvalidKind::FollowsItself { rank: values.process });
        }
        if row.fields.contains(&ConditionField::Span) {
            self.at_most(place, "the time allowed", values.span);
        }
        if let Some(form) = time.form().filter(|form| !row.times.forms().contains(form)) {
            self.say(place, InvalidKind::TimeNotTaken { condition: row.form, word: form.word() });
        }
        if let ConditionTime::From { from, to } = time
            && to <= from
        {
            self.say(place, InvalidKind::TimeEndsFirst { from, to });
        }
        let (at, end) = (time.last(), self.parts.end());
        if at > end {
            self.say(place, InvalidKind::AfterTheEnd { at, end });
        }
    }

    fn figure(&mut self) {
        let figure = &self.parts.figure;
        let start = figure.start.unwrap_or_default();
        self.instant(SettingKind::Figure.part(), start);
        if let Some(end) = figure.end {
            self.instant(SettingKind::Figure.part(), end);
            if end <= start {
                self.say(SettingKind::Figure.part(), InvalidKind::FigureEndsFirst { start, end });
            }
        }
        if let Some(speed) = figure.speed {
            self.length(SettingKind::Figure.part(), "the figure's speed", speed);
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
