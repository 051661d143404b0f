//! Changes a script so that it describes another scenario, and rewrites only the lines that must change.
//!
//! A setting is changed where the script sets it last, or inserted at its canonical place. Lists (groups,
//! timeline, overrides, expectations) are compared line by line: equal lines stay, changed lines change in
//! place, others are removed or added. A comment is removed with its line. The new text is parsed at the end;
//! if it describes another scenario, the script is written from scratch.

mod merge;

pub use merge::merge;

use super::format::with_comment;
use super::parse::lines::{self, MARK, ParsedLine};
use super::required::{SingleStatement, WantedStatements};
use super::statement::Statement;
use super::statement::{ScriptSection, StatementSlot};
use super::{parse, read, write};
use crate::scenario::compact::compact;
use crate::scenario::{FigureOptions, Group, Link, Links, Scenario, limits};
use crate::sort;
use merge::{AlignStep, align};
use std::collections::BTreeMap;

/// Rewrites a text so that it describes this scenario. A text that cannot be parsed is replaced.
pub fn rewrite(text: &str, scenario: &Scenario) -> String {
    let Ok(old) = read(text) else { return write(scenario) };
    if old.scenario == *scenario {
        return text.to_owned();
    }
    let (lines, _) = lines::lines(text, 1);
    let plan = Rewrite::new(&lines, &old.scenario, scenario).plan();
    let rewritten = plan.render(text, &lines);
    let right = parse(&rewritten).is_ok_and(|read| read == *scenario);
    debug_assert!(
        right || rewritten.len() > limits::LONGEST_SCRIPT,
        "a rewritten script says what was asked for:\n{rewritten}"
    );
    if right { rewritten } else { write(scenario) }
}

struct Rewrite<'a> {
    lines: &'a [ParsedLine<'a>],
    old: &'a Scenario,
    new: WantedStatements<'a>,
    plan: RewritePlan,
}

impl<'a> Rewrite<'a> {
    fn new(lines: &'a [ParsedLine<'a>], old: &'a Scenario, new: &'a Scenario) -> Self {
        let names_groups = lines.iter().any(|line| slot(line) == Some(StatementSlot::Group));
        let grouped = new.is_grouped() || names_groups;
        let plan = RewritePlan::new(lines.len());
        Self { lines, old, new: WantedStatements { scenario: new, grouped }, plan }
    }

    fn plan(mut self) -> RewritePlan {
        for single in self.new.singles() {
            self.single(single);
        }
        self.list(StatementSlot::Group, &self.new.groups());
        self.loads();
        let (old, new) = (&self.old.network, &self.new.scenario.network);
        let told = [
            (old.latency_of != new.latency_of, StatementSlot::LatencyOf, self.new.latencies()),
            (old.loss_of != new.loss_of, StatementSlot::LossOf, self.new.losses()),
            (
                old.duplicate_of != new.duplicate_of,
                StatementSlot::DuplicateOf,
                self.new.duplications(),
            ),
        ];
        for (changed, slot, wanted) in told {
            if changed {
                self.links(slot, &wanted);
            }
        }
        self.list(StatementSlot::Entry, &self.new.timeline());
        self.list(StatementSlot::Edit, &self.new.edits());
        self.list(StatementSlot::Expect, &self.new.expectations());
        self.plan
    }

    /// Plans a setting, whose last line counts.
    fn single(&mut self, SingleStatement { slot, statement, by_default }: SingleStatement) {
        let said = self.said(slot);
        match (statement, said.last()) {
            (Some(Statement::Figure(figure)), Some(&(last, _))) => {
                self.figure(&figure, last, &said);
            }
            (Some(wanted), Some((last, statement))) => {
                if *statement != wanted {
                    self.plan.change(*last, wanted);
                }
            }
            (Some(wanted), None) if !by_default => self.plan.add(None, self.lines, wanted),
            (Some(_), None) => {}
            (None, _) => said.iter().for_each(|&(line, _)| self.plan.remove(line)),
        }
    }

    /// Plans the figure. Several lines can set options; once one changes, a single line sets all.
    fn figure(&mut self, figure: &FigureOptions, last: usize, said: &[(usize, Statement)]) {
        if *figure == self.old.figure {
            return;
        }
        said.iter().for_each(|&(line, _)| self.plan.remove(line));
        self.plan.change(last, Statement::Figure(figure.clone()));
    }

    /// Plans the loads, each of which belongs to its group wherever its line is.
    fn loads(&mut self) {
        let said = self.said(StatementSlot::Load);
        let mut wanted = self.new.loads();
        // The last line of a group counts, so the search begins at the end.
        for (line, statement) in said.iter().rev() {
            let same = wanted.iter().position(|wanted| load_of(wanted) == load_of(statement));
            match same.map(|index| wanted.swap_remove(index)) {
                Some(wanted) if wanted == *statement => {}
                Some(wanted) => self.plan.change(*line, wanted),
                None => self.plan.remove(*line),
            }
        }
        wanted.into_iter().for_each(|wanted| self.plan.add(None, self.lines, wanted));
    }

    /// Plans the settings of single links. A line stays if all that it sets is right. Missing settings
    /// replace removed lines that share a link with them.
    fn links(&mut self, slot: StatementSlot, wanted: &[Statement]) {
        let mut missing: BTreeMap<Link, Statement> = BTreeMap::new();
        for statement in wanted {
            let each = statement.links().into_iter().flat_map(Links::each);
            missing.extend(each.map(|link| (link, statement.on(None))));
        }
        let all = missing.clone();
        let mut stale = Vec::new();
        for (line, statement) in self.said(slot) {
            let said: Vec<Link> = statement.links().into_iter().flat_map(Links::each).collect();
            let value = statement.on(None);
            if said.iter().all(|link| all.get(link) == Some(&value)) {
                said.iter().for_each(|link| _ = missing.remove(link));
            } else {
                self.plan.remove(line);
                stale.push((line, said, false));
            }
        }
        for statement in in_few_lines(missing) {
            let links = statement.links();
            let shares = |said: &[Link]| {
                links.is_some_and(|links| links.each().any(|link| said.contains(&link)))
            };
            match stale.iter_mut().find(|(_, said, _)| shares(said)) {
                Some((line, _, taken @ false)) => {
                    *taken = true;
                    self.plan.change(*line, statement);
                }
                Some((line, _, true)) => self.plan.add(Some(*line), self.lines, statement),
                None => self.plan.add(None, self.lines, statement),
            }
        }
    }

    fn list(&mut self, slot: StatementSlot, wanted: &[Statement]) {
        let said = self.said(slot);
        let statements: Vec<&Statement> = said.iter().map(|(_, statement)| statement).collect();
        let wanted: Vec<&Statement> = wanted.iter().collect();
        // The line after which the next new one is inserted, and the new ones before all lines that stay.
        let mut after = None;
        let mut early = Vec::new();
        for step in align(&statements, &wanted) {
            match step {
                AlignStep::Keep(old) => after = Some(said[old].0),
                AlignStep::Change(old, new) => {
                    after = Some(said[old].0);
                    self.plan.change(said[old].0, wanted[new].clone());
                }
                AlignStep::Remove(old) => self.plan.remove(said[old].0),
                AlignStep::Insert(new) if after.is_some() || said.is_empty() => {
                    self.plan.add(after, self.lines, wanted[new].clone());
                }
                AlignStep::Insert(new) => early.push(wanted[new].clone()),
            }
        }
        for statement in early {
            self.plan.add_before(said[0].0, statement);
        }
    }

    /// The lines of a slot (from 0), each in the form in which it would be written now.
    fn said(&self, slot: StatementSlot) -> Vec<(usize, Statement)> {
        let lines = self.lines.iter().enumerate().filter_map(|(index, line)| {
            let statement = &line.says.as_ref()?.statement;
            (statement.slot() == slot).then(|| (index, self.as_written(statement)))
        });
        lines.collect()
    }

    /// The statement without `in main`, if there are no groups.
    fn as_written(&self, statement: &Statement) -> Statement {
        let mut statement = statement.clone();
        if let Statement::Load { group, .. } | Statement::Edit { group, .. } = &mut statement
            && !self.new.grouped
            && group.as_deref() == Some(Group::MAIN)
        {
            *group = None;
        }
        statement
    }
}

fn slot(line: &ParsedLine) -> Option<StatementSlot> {
    line.says.as_ref().map(|says| says.statement.slot())
}

fn load_of(statement: &Statement) -> Option<&str> {
    match statement {
        Statement::Load { group, .. } => group.as_deref(),
        _ => None,
    }
}

/// The settings of single links, combined by value.
fn in_few_lines(said: BTreeMap<Link, Statement>) -> Vec<Statement> {
    let mut values: Vec<(Statement, Vec<Link>)> = Vec::new();
    for (link, value) in said {
        match values.iter_mut().find(|(known, _)| *known == value) {
            Some((_, links)) => links.push(link),
            None => values.push((value, vec![link])),
        }
    }
    let lines = values
        .iter()
        .flat_map(|(value, links)| compact(links).into_iter().map(|links| value.on(Some(links))));
    lines.collect()
}

/// The action for each line, and the lines between them.
pub(super) struct RewritePlan {
    fates: Vec<LineAction>,
    /// The statements to insert, by the number of lines before them.
    added: Vec<Vec<Statement>>,
}

enum LineAction {
    Stay,
    Become(Statement),
    Go,
}

impl RewritePlan {
    /// A plan that keeps this many lines.
    pub fn new(lines: usize) -> Self {
        Self {
            fates: std::iter::repeat_with(|| LineAction::Stay).take(lines).collect(),
            added: vec![Vec::new(); lines + 1],
        }
    }

    /// Replaces the statement of a line (from 0).
    pub fn change(&mut self, line: usize, statement: Statement) {
        self.fates[line] = LineAction::Become(statement);
    }

    pub fn remove(&mut self, line: usize) {
        self.fates[line] = LineAction::Go;
    }

    /// Inserts a line after this one; without one, at its canonical place.
    pub fn add(&mut self, after: Option<usize>, lines: &[ParsedLine], statement: Statement) {
        let after = after.map_or_else(|| canonical_place(lines, statement.slot()), |line| line + 1);
        self.added[after].push(statement);
    }

    /// Inserts a line before this one.
    pub fn add_before(&mut self, line: usize, statement: Statement) {
        self.added[line].push(statement);
    }

    pub fn render(mut self, text: &str, lines: &[ParsedLine]) -> String {
        // The byte order mark is dropped; otherwise it would follow a new first line.
        let text = text.strip_prefix(MARK).unwrap_or(text);
        let first = text.split_inclusive('\n').next().unwrap_or_default();
        let end = if first.ends_with("\r\n") { "\r\n" } else { "\n" };
        let mut page =
            ScriptWriter { text: String::with_capacity(text.len()), end, last: None, gone: false };
        let section = |line: &ParsedLine| Some(line.says.as_ref()?.statement.slot().section());
        page.add(self.added[0].drain(..), lines.first().and_then(section));
        let all = lines.iter().zip(text.split_inclusive('\n')).zip(self.fates).enumerate();
        for (index, ((line, raw), fate)) in all {
            let said = section(line);
            match fate {
                LineAction::Stay => page.keep(raw, line, said),
                LineAction::Become(statement) => page.change(raw, line, &statement),
                LineAction::Go => page.gone = true,
            }
            let added = self.added[index + 1].drain(..);
            let next = lines.get(index + 1).and_then(section);
            page.add(added, next);
        }
        page.text
    }
}

/// The number of lines after which a statement is inserted: behind the last line that canonically precedes
/// it, else before the first statement.
fn canonical_place(lines: &[ParsedLine], slot: StatementSlot) -> usize {
    let slot_of = |line: &ParsedLine| line.says.as_ref().map(|says| says.statement.slot());
    let before = lines.iter().rposition(|line| slot_of(line).is_some_and(|other| other <= slot));
    let first = || lines.iter().position(|line| line.says.is_some());
    before.map(|line| line + 1).or_else(first).unwrap_or(lines.len())
}

/// Writes the new text.
struct ScriptWriter {
    text: String,
    end: &'static str,
    /// The section of the last statement.
    last: Option<ScriptSection>,
    /// Whether lines were removed since the last one that stayed.
    gone: bool,
}

impl ScriptWriter {
    fn keep(&mut self, raw: &str, line: &ParsedLine, section: Option<ScriptSection>) {
        let blank = line.text.trim().is_empty();
        // Avoids two blank lines in a row where the line between them was removed.
        if blank && std::mem::take(&mut self.gone) && self.ends_blank() {
            return;
        }
        self.gone = false;
        self.end_line();
        self.text.push_str(raw);
        self.last = section.or(self.last);
    }

    fn change(&mut self, raw: &str, line: &ParsedLine, statement: &Statement) {
        self.end_line();
        self.gone = false;
        let body = raw.find(line.text).unwrap_or(0);
        let indent = line.text.len() - line.text.trim_start().len();
        self.text.push_str(&raw[..body + indent]);
        self.text.push_str(&with_comment(statement.to_string(), line));
        self.text.push_str(&raw[body + line.text.len()..]);
        self.last = Some(statement.slot().section());
    }

    /// Adds lines, separated from other sections by a blank line.
    fn add(&mut self, statements: impl Iterator<Item = Statement>, next: Option<ScriptSection>) {
        let mut statements: Vec<Statement> = statements.collect();
        if statements.is_empty() {
            return;
        }
        sort::sort_by_key(&mut statements, Statement::slot);
        for statement in statements {
            let section = statement.slot().section();
            self.end_line();
            if self.last.is_some_and(|last| last != section) && !self.ends_blank() {
                self.text.push_str(self.end);
            }
            self.text.push_str(&statement.to_string());
            self.text.push_str(self.end);
            self.last = Some(section);
        }
        if next.is_some() && next != self.last {
            self.text.push_str(self.end);
        }
    }

    /// Ends the last line, which may lack its line break.
    fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push_str(self.end);
        }
    }

    /// Whether the text is empty or ends with a blank line.
    fn ends_blank(&self) -> bool {
        let mut ends = self.text.split('\n').rev().skip(1);
        ends.next().is_none_or(|last| last.trim().is_empty())
    }
}
