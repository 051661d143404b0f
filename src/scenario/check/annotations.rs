//! What makes names, zones and marks valid.

use super::ScenarioCheck;
use crate::scenario::annotation::visible;
use crate::scenario::{InvalidKind, ScenarioPart, Zone, keywords, limits, text};
use crate::types::Rank;
use std::collections::BTreeMap;

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
        if written.chars().any(|letter| letter.is_control() || text::ends_line(letter)) {
            self.say(place, InvalidKind::ControlCharacter { what });
        } else if !may_be_blank && written.chars().all(text::is_invisible) {
            self.say(place, InvalidKind::BlankText { what });
        }
        if let Some(found) = written.chars().find(|&letter| text::turns_direction(letter)) {
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
