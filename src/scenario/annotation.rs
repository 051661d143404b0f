//! Names of processes, zones and marks: what people read and write, but no run depends on; and characters that change
//! how the surrounding text is shown, or that are invisible.

use super::{Scenario, ScenarioParts};
use crate::time::Time;
use crate::types::{Rank, listed, who_leads};
use std::fmt;

/// A named set of processes, such as those of one data centre. A process is in one zone at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// A letter, then letters, digits, `-` and `_`; at most 24, and no keyword of the script.
    pub name: String,
    /// Ascending and unique.
    pub members: Vec<Rank>,
}

/// A chapter of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChapterMark {
    pub at: Time,
    /// At most 60 characters.
    pub text: String,
}

/// A process as sentences and captions call it: its name, else its rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessName<'a> {
    pub rank: Rank,
    pub name: Option<&'a str>,
}

impl fmt::Display for ProcessName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            Some(name) => f.write_str(name),
            None => write!(f, "{}", self.rank),
        }
    }
}

impl ProcessName<'_> {
    /// For a caption: of more than twelve letters the middle is left out.
    pub fn short(self) -> String {
        const LONGEST: usize = 12;
        let name = self.to_string();
        let letters: Vec<char> = name.chars().collect();
        if letters.len() <= LONGEST {
            return name;
        }
        let (head, tail) = (&letters[..LONGEST / 2], &letters[letters.len() - LONGEST / 2 + 1..]);
        head.iter().chain(&['…']).chain(tail).collect()
    }

    /// Name and rank, where both are shown: `db-c (3)`.
    pub fn with_rank(self) -> impl fmt::Display {
        fmt::from_fn(move |f| match self.name {
            Some(name) => write!(f, "{name} ({})", self.rank),
            None => write!(f, "{}", self.rank),
        })
    }
}

impl ScenarioParts {
    /// What a process is called. Every sentence and caption asks here.
    pub fn called(&self, rank: Rank) -> ProcessName<'_> {
        ProcessName { rank, name: self.names.get(&rank).map(String::as_str) }
    }

    /// Several processes as a sentence lists them: `db-a, 2 and 3`.
    pub fn all_called(&self, ranks: &[Rank]) -> String {
        let called: Vec<ProcessName> = ranks.iter().map(|&rank| self.called(rank)).collect();
        listed(&called).to_string()
    }

    /// As a sentence, without its stop: `nobody leads`, `db-a leads`, `db-a and 3 lead`.
    pub fn who_leads(&self, leaders: &[Rank]) -> String {
        let called: Vec<ProcessName> = leaders.iter().map(|&rank| self.called(rank)).collect();
        who_leads(&called).to_string()
    }

    /// The place of a process's zone among the zones.
    pub fn zone_of(&self, rank: Rank) -> Option<usize> {
        self.zones.iter().position(|zone| zone.members.contains(&rank))
    }

    /// The zone that has exactly these members, in whatever order they are listed.
    pub fn zone_that_is(&self, ranks: &[Rank]) -> Option<&Zone> {
        self.zones.iter().find(|zone| {
            zone.members.len() == ranks.len()
                && zone.members.iter().all(|member| ranks.contains(member))
        })
    }
}

impl Scenario {
    /// The chapters by instant, each with its place among the marks.
    pub fn chapters(&self) -> Vec<(usize, &ChapterMark)> {
        let mut chapters: Vec<(usize, &ChapterMark)> = self.marks.iter().enumerate().collect();
        crate::sort::sort_by_key(&mut chapters, |(_, mark)| mark.at);
        chapters
    }
}

/// A name as it is compared with others: without what nobody can see.
pub(super) fn visible(name: &str) -> String {
    name.chars().filter(|&letter| !is_invisible(letter)).collect()
}

/// Whether the character ends a line without being a control character: the line and paragraph separators.
pub fn ends_line(letter: char) -> bool {
    matches!(letter, '\u{2028}' | '\u{2029}')
}

/// Whether the character opens or closes an embedding, an override or an isolate of the bidirectional
/// algorithm (UAX 9), like those that rustc and Git hosts warn of. The plain marks, which Arabic and Hebrew
/// words need, are not included.
pub fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether nothing is drawn for the character: blanks, and those that Unicode calls default ignorable.
pub fn is_invisible(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fff8}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}
