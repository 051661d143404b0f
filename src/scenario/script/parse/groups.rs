//! Resolves the names of groups, and collects the settings of single links, where the last line about a link
//! counts.

use super::super::LineNumbers;
use super::super::statement::Statement;
use super::lines::{LineContent, ParsedLine, said};
use crate::scenario::diagnostic::{Diagnostic, DiagnosticKind, Failure, Suggestion, clip};
use crate::scenario::{
    Group, InvalidKind, Link, Links, ScenarioPart, ScenarioParts, keywords, limits,
};
use crate::types::{GroupId, Rank};

#[derive(Default)]
pub(crate) struct GroupTable {
    /// Empty in a script without `group` lines.
    names: Vec<String>,
    groups: Vec<Group>,
}

impl GroupTable {
    /// Collects the `group` lines, and reports a leader of all processes beside them.
    pub fn of(lines: &[ParsedLine], places: &mut LineNumbers, found: &mut Vec<Diagnostic>) -> Self {
        let mut all = Self::default();
        let count = said(lines).filter(|(_, says)| is_group(&says.statement)).count();
        for (line, says) in said(lines) {
            let mut complain = |trouble, mend: Option<Suggestion>| {
                let failure = Failure::whole(says.span.clone(), trouble).corrected(mend);
                found.push(line.diagnose(*failure));
            };
            match &says.statement {
                Statement::Group(members) if all.names.len() < limits::MOST_GROUPS => {
                    places.0.insert(ScenarioPart::Group(all.names.len()), line.number);
                    all.names.push(members.name.clone());
                    all.groups.push(Group {
                        name: members.name.clone(),
                        members: members.members.clone(),
                        leader: members.leader,
                        load: None,
                    });
                }
                Statement::Group(_) if all.names.len() == limits::MOST_GROUPS => {
                    // Reported once, at the first group beyond the limit.
                    all.names.push(String::new());
                    complain(DiagnosticKind::Invalid(InvalidKind::Groups { found: count }), None);
                }
                Statement::Leader(_) if count > 0 => {
                    complain(DiagnosticKind::LeaderBesideGroups, Some(without(line)));
                }
                _ => {}
            }
        }
        all.names.truncate(limits::MOST_GROUPS);
        all
    }

    pub fn are_named(&self) -> bool {
        !self.names.is_empty()
    }

    /// Takes the groups for the scenario; the names stay.
    pub fn take(&mut self) -> Vec<Group> {
        std::mem::take(&mut self.groups)
    }

    pub fn find(&self, name: &str) -> Option<GroupId> {
        if self.names.is_empty() {
            return (name == Group::MAIN).then_some(GroupId::MAIN);
        }
        let index = self.names.iter().position(|known| known == name)?;
        u8::try_from(index).ok().map(GroupId)
    }

    /// The problem that there is no group of that name.
    pub fn unknown(&self, line: &ParsedLine, says: &LineContent, name: &str) -> Diagnostic {
        let span = says.group_span.clone().unwrap_or(says.span.clone());
        let nearest = keywords::nearest(name, self.names.iter().map(String::as_str));
        let mend = nearest.map(|nearest| Suggestion::write(span.clone(), nearest));
        let trouble = DiagnosticKind::NoSuchGroup { name: clip(name), groups: self.names.clone() };
        line.diagnose(*Failure::new(span, trouble).corrected(mend))
    }

    /// The problem that an override names no group although there are several.
    pub fn edit_needs_one(&self, line: &ParsedLine, says: &LineContent) -> Diagnostic {
        let example = self.example();
        let end = says.span.end;
        let label = format!("add `in {example}`");
        let mend = Suggestion { label, span: end..end, replacement: format!(" in {example}") };
        let failure = Failure::whole(says.span.clone(), DiagnosticKind::NeedsGroup { example });
        line.diagnose(*failure.corrected(Some(mend)))
    }

    /// The problem that a load names no group although there are several.
    pub fn load_needs_one(&self, line: &ParsedLine, says: &LineContent) -> Diagnostic {
        let trouble = DiagnosticKind::LoadNeedsGroup { example: self.example() };
        line.diagnose(*Failure::whole(says.span.clone(), trouble))
    }

    fn example(&self) -> String {
        self.names.first().cloned().unwrap_or_default()
    }
}

fn is_group(statement: &Statement) -> bool {
    matches!(statement, Statement::Group(_))
}

/// Suggests removing the text of the line. The line itself stays, since it may separate sections.
fn without(line: &ParsedLine) -> Suggestion {
    let span = line.start..line.start + line.text.len();
    Suggestion { label: "take the line out".to_owned(), span, replacement: String::new() }
}

pub(crate) struct LinkTable<'a, T> {
    ranks: &'a [Rank],
    /// The index of the statement that counts for each link, by sender and then by receiver.
    cells: Vec<Option<usize>>,
    sayings: Vec<LinkStatement<T>>,
}

struct LinkStatement<T> {
    line: usize,
    value: T,
    /// The number of links for which it still counts.
    counts_for: usize,
    /// The line that overrides its last link.
    overruled_by: usize,
}

impl<'a, T: Copy> LinkTable<'a, T> {
    pub fn new(parts: &'a ScenarioParts) -> Self {
        let ranks = &*parts.ranks;
        Self { ranks, cells: vec![None; ranks.len() * ranks.len()], sayings: Vec::new() }
    }

    /// Adds a statement about these links, whose ends all exist.
    pub fn say(&mut self, links: &Links, line: usize, value: T) {
        let this = self.sayings.len();
        self.sayings.push(LinkStatement { line, value, counts_for: 0, overruled_by: line });
        let places = |ranks: &[Rank]| -> Vec<usize> {
            ranks.iter().filter_map(|rank| self.ranks.binary_search(rank).ok()).collect()
        };
        let (from, to) = (places(&links.from), places(&links.to));
        for &a in &from {
            for &b in &to {
                self.put(this, a, b);
                if links.both {
                    self.put(this, b, a);
                }
            }
        }
    }

    fn put(&mut self, saying: usize, from: usize, to: usize) {
        let cell = &mut self.cells[from * self.ranks.len() + to];
        if let Some(before) = cell.replace(saying) {
            self.sayings[before].counts_for -= 1;
            self.sayings[before].overruled_by = self.sayings[saying].line;
        }
        self.sayings[saying].counts_for += 1;
    }

    /// The lines that count for no link any more, each with the one that overrides its last.
    pub fn overruled(&self) -> impl Iterator<Item = (usize, usize)> {
        let gone = self.sayings.iter().filter(|saying| saying.counts_for == 0);
        gone.map(|saying| (saying.line, saying.overruled_by))
    }

    /// All links with a setting, with the line that counts.
    pub fn each(&self) -> impl Iterator<Item = (Link, usize, T)> {
        let ends =
            self.ranks.iter().flat_map(|&from| self.ranks.iter().map(move |&to| Link { from, to }));
        ends.zip(&self.cells).filter_map(|(link, cell)| {
            let saying = &self.sayings[(*cell)?];
            Some((link, saying.line, saying.value))
        })
    }
}
