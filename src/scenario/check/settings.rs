//! The rules of the settings, of the whole run and of single links and processes; and of names, zones and marks.

use super::ScenarioCheck;
use crate::election::{AlgorithmOptionValue, Preemption, Quorum, Succession};
use crate::member::Detector;
use crate::scenario::annotation::visible;
use crate::scenario::{
    InvalidKind, Latency, Link, OwnSetting, OwnSettingKind, ScenarioPart, SettingKind,
    SettingOwner, Zone, ends_line, is_invisible, keywords, limits, turns_direction,
};
use crate::time::Duration;
use crate::types::{Rank, listed};
use std::collections::BTreeMap;

impl ScenarioCheck<'_> {
    pub(super) fn texts(&mut self) {
        let parts = self.parts;
        let texts = [
            (SettingKind::Title.part(), "the title", &parts.title),
            (SettingKind::About.part(), "the line about it", &parts.about),
        ];
        for (place, what, written) in texts {
            let Some(written) = written else { continue };
            // The line about it may be blank: no picture and no diagram is called by it.
            let may_be_blank = place == SettingKind::About.part();
            self.text(place, what, written, limits::LONGEST_TEXT, may_be_blank);
        }
    }

    /// Algorithm, detector, waits, end and capacity.
    pub(super) fn rules(&mut self) {
        let parts = self.parts;
        for option in parts.algorithm.clone().options() {
            match option.value {
                AlgorithmOptionValue::Candidates(list) => {
                    self.named(SettingKind::Algorithm.part(), list);
                    self.unique(SettingKind::Algorithm.part(), list);
                    self.leaders_are(list);
                }
                AlgorithmOptionValue::Delay(delay) => {
                    self.at_most(SettingKind::Algorithm.part(), "the delay", *delay);
                }
                AlgorithmOptionValue::Flag(_) => {}
                AlgorithmOptionValue::Succession(Succession::List(list)) => {
                    self.exist(SettingKind::Algorithm.part(), list);
                    self.unique(SettingKind::Algorithm.part(), list);
                }
                AlgorithmOptionValue::Succession(Succession::Highest(count)) => {
                    let found = usize::from(*count);
                    if found >= limits::MOST_PROCESSES {
                        self.say(
                            SettingKind::Algorithm.part(),
                            InvalidKind::TooManyAlternates { found },
                        );
                    }
                }
            }
        }
        if !(1..=limits::MOST_SEEDS).contains(&parts.seeds) {
            self.say(SettingKind::Seeds.part(), InvalidKind::Seeds { found: parts.seeds });
        }
        if let Detector::Heartbeat { every, timeout } = parts.detector {
            self.length(SettingKind::Detector.part(), "the heartbeat's interval", every);
            self.length(SettingKind::Detector.part(), "the heartbeat's timeout", timeout);
        }
        self.remedies();
        self.length(SettingKind::WaitAlive.part(), "the wait for Alive", parts.timeouts.alive);
        self.length(
            SettingKind::WaitElected.part(),
            "the wait for Elected",
            parts.timeouts.elected,
        );
        self.instant(SettingKind::Until.part(), parts.until.unwrap_or_default());
        if let Some(found) = parts.capacity.filter(|&most| most > limits::MOST_REQUESTS) {
            self.say(SettingKind::Capacity.part(), InvalidKind::TooManyRequests { found });
        }
    }

    /// Preemption and quorum, and what an algorithm needs.
    fn remedies(&mut self) {
        let parts = self.parts;
        let row = parts.algorithm.row();
        let (preempt, quorum) = (SettingKind::Preempt, SettingKind::Quorum);
        if let (true, Some(why)) = (parts.preemption != Preemption::On, row.no_preemption) {
            self.say(preempt.part(), InvalidKind::NoPreemption { algorithm: row.name, why });
        }
        if let Preemption::After(wait) = parts.preemption {
            self.length(preempt.part(), "the time before it preempts", wait);
        }
        if let (true, Some(why)) = (parts.quorum != Quorum::None, row.no_quorum) {
            self.say(quorum.part(), InvalidKind::NoQuorum { algorithm: row.name, why });
        }
        if let Quorum::Count(found) = parts.quorum {
            for group in &parts.groups {
                let members = group.members.len();
                if !(1..=members).contains(&usize::from(found)) {
                    let group = match parts.groups.len() > 1 {
                        true => format!("group {}", group.name),
                        false => "the group".to_owned(),
                    };
                    let problem = InvalidKind::QuorumOutside { found, group, members };
                    self.say(quorum.part(), problem);
                    break;
                }
            }
        }
        if parts.detector == Detector::Scripted {
            let needs = [
                (SettingKind::Algorithm, row.needs_heartbeat, row.name.to_owned()),
                (preempt, parts.preemption != Preemption::On, "preempt".to_owned()),
                (quorum, parts.quorum != Quorum::None, "quorum".to_owned()),
            ];
            for (kind, _, what) in needs.into_iter().filter(|(_, needs, _)| *needs) {
                self.say(kind.part(), InvalidKind::NeedsHeartbeats { what });
            }
        }
        if let (true, Some(&rank)) = (row.ranks_are_priorities, parts.ranks.last())
            && rank.get() > 255
        {
            self.say(SettingKind::Ranks.part(), InvalidKind::RankNoPriority { rank });
        }
    }

    /// The process that leads a group at the start must be one of these.
    fn leaders_are(&mut self, candidates: &[Rank]) {
        for (index, group) in self.parts.groups.iter().enumerate() {
            if let Some(rank) = group.leader.filter(|leader| !candidates.contains(leader)) {
                let candidates = listed(candidates).to_string();
                let problem = InvalidKind::LeaderNoCandidate { rank, candidates };
                self.say(ScenarioPart::Group(index), problem);
            }
        }
    }

    pub(super) fn network(&mut self) {
        self.at_most(SettingKind::Latency.part(), "the latency", self.parts.network.latency.hi());
        for &kind in OwnSettingKind::ALL {
            for (owner, setting) in self.parts.own_settings(kind) {
                self.own_setting(ScenarioPart::Own(kind, owner), owner, setting);
            }
        }
    }

    fn own_setting(&mut self, place: ScenarioPart, owner: SettingOwner, setting: OwnSetting) {
        match owner {
            SettingOwner::Link(Link { from, to }) => {
                self.exist(place, &[from, to]);
                if from == to {
                    self.say(place, InvalidKind::LinkToItself { rank: from });
                }
            }
            SettingOwner::Process(rank) => self.exist(place, &[rank]),
        }
        let mut length = |what, span: Option<Duration>| {
            span.iter().for_each(|&span| self.length(place, what, span));
        };
        match setting {
            OwnSetting::Timeout(span) => length("the heartbeat's timeout", span),
            OwnSetting::Every(span) => length("the heartbeat's interval", span),
            OwnSetting::Latency(latency) => {
                let most = latency.map_or(Duration::ZERO, Latency::hi);
                self.at_most(place, "the latency", most);
            }
            OwnSetting::Loss(_) | OwnSetting::Duplicate(_) | OwnSetting::Drift(_) => {}
        }
    }
}

impl ScenarioCheck<'_> {
    pub(super) fn text(
        &mut self,
        place: ScenarioPart,
        what: &'static str,
        written: &str,
        most: usize,
        may_be_blank: bool,
    ) {
        let found = written.chars().count();
        if found > most {
            self.say(place, InvalidKind::TextTooLong { what, found, most });
        }
        if written.chars().any(|letter| letter.is_control() || ends_line(letter)) {
            self.say(place, InvalidKind::ControlCharacter { what });
        } else if !may_be_blank && written.chars().all(is_invisible) {
            self.say(place, InvalidKind::BlankText { what });
        }
        if let Some(found) = written.chars().find(|&letter| turns_direction(letter)) {
            self.say(place, InvalidKind::DirectionOverride { what, found });
        }
    }

    pub(super) fn names(&mut self) {
        let mut first: BTreeMap<String, Rank> = BTreeMap::new();
        for (&rank, name) in &self.parts.names {
            let place = ScenarioPart::Name(rank);
            self.exist(place, &[rank]);
            self.text(place, "the name", name, limits::LONGEST_NAME, false);
            let seen = visible(name);
            if !seen.is_empty() && seen.chars().all(|letter| letter.is_ascii_digit()) {
                self.say(place, InvalidKind::NameIsNumber { name: name.clone() });
            }
            let earlier = *first.entry(seen).or_insert(rank);
            if earlier != rank {
                self.say(place, InvalidKind::NameTwice { name: name.clone(), first: earlier });
            }
        }
    }

    pub(super) fn zones(&mut self) {
        let zones = &self.parts.zones;
        if zones.len() > limits::MOST_ZONES {
            let place = ScenarioPart::Zone(limits::MOST_ZONES);
            return self.say(place, InvalidKind::TooManyZones { found: zones.len() });
        }
        for (index, zone) in zones.iter().enumerate() {
            let place = ScenarioPart::Zone(index);
            self.zone_name(place, &zone.name);
            self.named(place, &zone.members);
            self.ascending(place, &zone.members);
            self.beside_others(place, zone, &zones[..index]);
        }
    }

    fn zone_name(&mut self, place: ScenarioPart, name: &str) {
        if !is_word(name) || name.chars().count() > limits::LONGEST_NAME {
            self.say(place, InvalidKind::ZoneName { name: name.to_owned() });
        } else if keywords::WORDS.iter().any(|known| known.word.eq_ignore_ascii_case(name)) {
            self.say(place, InvalidKind::ZoneIsKeyword { name: name.to_owned() });
        }
    }

    fn beside_others(&mut self, place: ScenarioPart, zone: &Zone, before: &[Zone]) {
        if before.iter().any(|other| other.name == zone.name) {
            return self.say(place, InvalidKind::ZoneTwice { name: zone.name.clone() });
        }
        let shared = before.iter().find_map(|other| {
            let rank = zone.members.iter().find(|rank| other.members.contains(rank))?;
            Some((*rank, other.name.clone()))
        });
        if let Some((rank, first)) = shared {
            self.say(place, InvalidKind::InTwoZones { rank, first, second: zone.name.clone() });
        }
    }

    /// One behind the end of the run is a hint: it disturbs nothing.
    pub(super) fn marks(&mut self) {
        let marks = &self.parts.marks;
        if marks.len() > limits::MOST_MARKS {
            let place = ScenarioPart::Mark(limits::MOST_MARKS);
            return self.say(place, InvalidKind::TooManyMarks { found: marks.len() });
        }
        for (index, mark) in marks.iter().enumerate() {
            let place = ScenarioPart::Mark(index);
            self.instant(place, mark.at);
            self.text(place, "the mark", &mark.text, limits::LONGEST_MARK, false);
        }
    }
}

/// Whether it starts with a letter and goes on with letters, digits, `-` and `_`, all of ASCII.
pub(super) fn is_word(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_')
}
