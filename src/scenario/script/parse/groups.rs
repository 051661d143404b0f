//! Resolves the names of groups, and collects what the undated lines say of single links and processes: the
//! last line about one counts.

use super::super::LineNumbers;
use super::super::statement::Statement;
use super::{LineContent, ParsedLine, lines_with_statement};
use crate::scenario::diagnostic::{Diagnostic, DiagnosticKind, Failure, Suggestion, clip};
use crate::scenario::{
    Group, InvalidKind, Link, OwnSetting, ScenarioPart, ScenarioParts, Setting, SettingOwner,
    SettingOwners, keywords, limits,
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
    pub(crate) fn of(
        lines: &[ParsedLine],
        places: &mut LineNumbers,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut all = Self::default();
        let count =
            lines_with_statement(lines).filter(|(_, says)| is_group(&says.statement)).count();
        for (line, says) in lines_with_statement(lines) {
            let mut complain = |error, suggestion: Option<Suggestion>| {
                let failure = Failure::whole(says.span.clone(), error).corrected(suggestion);
                found.push(line.diagnose(*failure));
            };
            if let Statement::Group(members) = &says.statement {
                if all.names.len() < limits::MOST_GROUPS {
                    places.0.insert(ScenarioPart::Group(all.names.len()), line.number);
                    all.names.push(members.name.clone());
                    all.groups.push(Group {
                        name: members.name.clone(),
                        members: members.members.clone(),
                        leader: members.leader,
                        load: None,
                    });
                } else if all.names.len() == limits::MOST_GROUPS {
                    // Reported once, at the first group beyond the limit.
                    all.names.push(String::new());
                    complain(DiagnosticKind::Invalid(InvalidKind::Groups { found: count }), None);
                }
            } else if count > 0 && matches!(says.statement, Statement::Set(Setting::Leader(_))) {
                complain(DiagnosticKind::LeaderBesideGroups, Some(without(line)));
            }
        }
        all.names.truncate(limits::MOST_GROUPS);
        all
    }

    pub(crate) fn are_named(&self) -> bool {
        !self.names.is_empty()
    }

    /// Takes the groups for the scenario; the names stay.
    pub(crate) fn take(&mut self) -> Vec<Group> {
        std::mem::take(&mut self.groups)
    }

    pub(crate) fn find(&self, name: &str) -> Option<GroupId> {
        if self.names.is_empty() {
            return (name == Group::MAIN).then_some(GroupId::MAIN);
        }
        let index = self.names.iter().position(|known| known == name)?;
        u8::try_from(index).ok().map(GroupId)
    }

    /// The problem that there is no group of that name.
    pub(crate) fn unknown(&self, line: &ParsedLine, says: &LineContent, name: &str) -> Diagnostic {
        let span = says.group_span.clone().unwrap_or(says.span.clone());
        let nearest = keywords::nearest(name, self.names.iter().map(String::as_str));
        let suggestion = nearest.map(|nearest| Suggestion::write(span.clone(), nearest));
        let error = DiagnosticKind::NoSuchGroup { name: clip(name), groups: self.names.clone() };
        line.diagnose(*Failure::new(span, error).corrected(suggestion))
    }

    /// The problem that an override names no group although there are several.
    pub(crate) fn edit_needs_one(&self, line: &ParsedLine, says: &LineContent) -> Diagnostic {
        let example = self.example();
        let end = says.span.end;
        let label = format!("add `in {example}`");
        let suggestion =
            Suggestion { label, span: end..end, replacement: format!(" in {example}") };
        let failure = Failure::whole(says.span.clone(), DiagnosticKind::NeedsGroup { example });
        line.diagnose(*failure.corrected(Some(suggestion)))
    }

    /// The problem that a load names no group although there are several.
    pub(crate) fn load_needs_one(&self, line: &ParsedLine, says: &LineContent) -> Diagnostic {
        let error = DiagnosticKind::LoadNeedsGroup { example: self.example() };
        line.diagnose(*Failure::whole(says.span.clone(), error))
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

/// What the lines about one setting say of single links or processes.
pub(crate) struct OwnTable<'a> {
    ranks: &'a [Rank],
    /// Which saying counts for each link, by sender and then by receiver; for a process, by it twice.
    cells: Vec<Option<usize>>,
    sayings: Vec<OwnStatement>,
}

struct OwnStatement {
    line: usize,
    value: OwnSetting,
    /// For how many links or processes it still counts.
    counts_for: usize,
    /// The line that took the last of them from it.
    overruled_by: usize,
}

impl<'a> OwnTable<'a> {
    pub(crate) fn new(parts: &'a ScenarioParts) -> Self {
        let ranks = &*parts.ranks;
        Self { ranks, cells: vec![None; ranks.len() * ranks.len()], sayings: Vec::new() }
    }

    /// A line says something of these links or processes, which all exist.
    pub(crate) fn say(&mut self, owners: &SettingOwners, line: usize, value: OwnSetting) {
        let this = self.sayings.len();
        self.sayings.push(OwnStatement { line, value, counts_for: 0, overruled_by: line });
        for owner in owners.each() {
            // No link leads from a process to itself, so there is room for what a process has.
            let (from, to) = match owner {
                SettingOwner::Link(Link { from, to }) => (from, to),
                SettingOwner::Process(rank) => (rank, rank),
            };
            let place = |rank| self.ranks.binary_search(&rank).ok();
            let Some((from, to)) = place(from).zip(place(to)) else { continue };
            self.put(this, from, to);
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

    /// The lines that count for nothing any more, each with the one that took its last.
    pub(crate) fn overruled(&self) -> impl Iterator<Item = (usize, usize)> {
        let gone = self.sayings.iter().filter(|saying| saying.counts_for == 0);
        gone.map(|saying| (saying.line, saying.overruled_by))
    }

    /// Every link or process that something is said of, with the line that counts.
    pub(crate) fn each(&self) -> impl Iterator<Item = (SettingOwner, usize, OwnSetting)> {
        let owners = self.ranks.iter().flat_map(|&from| {
            self.ranks.iter().map(move |&to| match from == to {
                true => SettingOwner::Process(from),
                false => SettingOwner::Link(Link { from, to }),
            })
        });
        owners.zip(&self.cells).filter_map(|(owner, cell)| {
            let saying = &self.sayings[(*cell)?];
            Some((owner, saying.line, saying.value))
        })
    }
}
