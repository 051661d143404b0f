//! Changes a script so that it describes another scenario, and rewrites only the lines that must change.
//!
//! A setting is changed where the script sets it last, or inserted at its canonical place. Lists (groups,
//! timeline, overrides, expectations) are compared line by line: equal lines stay, changed lines change in
//! place, others are removed or added. A comment is removed with its line. The new text is parsed at the end;
//! if it describes another scenario, the script is written from scratch.

mod merge;

pub use merge::merge;

use super::format::{SingleStatement, WantedStatements, with_comment};
use super::parse::{self, MARK, ParsedLine};
use super::statement::{ScriptSection, Statement, StatementSlot};
use super::zones::{ZoneNames, written};
use super::{read, write};
use crate::scenario::setting::by_value;
use crate::scenario::{
    FigureOptions, Group, OwnSettingKind, Scenario, Setting, SettingOwner, Zone, limits,
};
use crate::sort;
use crate::types::Rank;
use merge::{AlignStep, align};
use std::borrow::Cow;

/// Rewrites a text so that it describes this scenario. A text that cannot be parsed is replaced.
pub fn rewrite(text: &str, scenario: &Scenario) -> String {
    let Ok(old) = read(text) else { return write(scenario) };
    if old.scenario == *scenario {
        return text.to_owned();
    }
    let text = &*with_zones_of(text, &old.scenario, scenario);
    let (lines, _) = parse::lines_among(text, 1, &ZoneNames::new(&scenario.zones));
    let plan = Rewrite::new(&lines, &old.scenario, scenario).plan();
    let rewritten = plan.render(text, &lines, &scenario.zones);
    let right = super::parse(&rewritten).is_ok_and(|read| read == *scenario);
    debug_assert!(
        right || rewritten.len() > limits::LONGEST_SCRIPT,
        "a rewritten script says what was asked for:\n{rewritten}"
    );
    if right { rewritten } else { write(scenario) }
}

/// The text, in which lines that list a zone that changes or goes have the ranks that they meant, or the
/// name that these have now.
fn with_zones_of<'a>(text: &'a str, old: &Scenario, new: &Scenario) -> Cow<'a, str> {
    let gone: Vec<&Zone> = old.zones.iter().filter(|zone| !new.zones.contains(zone)).collect();
    let is_gone = |name: &str| gone.iter().any(|zone| zone.name == name);
    if gone.is_empty() {
        return Cow::Borrowed(text);
    }
    let (lines, _) = parse::lines(text, 1);
    let changed = lines.iter().zip(text.split_inclusive('\n')).map(|(line, raw)| {
        match line.says.as_ref().filter(|_| ZoneNames::are_named_in(line.text, is_gone)) {
            Some(says) => {
                let end = if raw.ends_with("\r\n") { "\r\n" } else { "\n" };
                Cow::Owned(with_comment(written(&says.statement, &new.zones), line) + end)
            }
            None => Cow::Borrowed(raw),
        }
    });
    Cow::Owned(changed.collect())
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
        self.keyed(StatementSlot::Name, self.new.names(), |one, other| {
            name_of(one) == name_of(other)
        });
        self.list(StatementSlot::Zone, &self.new.zones());
        self.list(StatementSlot::Group, &self.new.groups());
        self.keyed(StatementSlot::Load, self.new.loads(), |one, other| {
            load_of(one) == load_of(other)
        });
        OwnSettingKind::ALL.iter().for_each(|&kind| self.own_settings(kind));
        self.list(StatementSlot::Entry, &self.new.timeline());
        self.list(StatementSlot::Override, &self.new.overrides());
        self.list(StatementSlot::Expect, &self.new.expectations());
        self.list(StatementSlot::Mark, &self.new.marks());
        self.plan
    }

    /// Plans a setting, whose last line counts.
    fn single(&mut self, SingleStatement { slot, statement, by_default }: SingleStatement) {
        let present = self.statements_of(slot);
        match (statement, present.last()) {
            (Some(Statement::Set(Setting::Figure(figure))), Some(&(last, _))) => {
                self.figure(&figure, last, &present);
            }
            (Some(wanted), Some((last, statement))) => {
                if *statement != wanted {
                    self.plan.change(*last, wanted);
                }
            }
            (Some(wanted), None) if !by_default => self.plan.add(None, self.lines, wanted),
            (Some(_), None) => {}
            (None, _) => present.iter().for_each(|&(line, _)| self.plan.remove(line)),
        }
    }

    /// Several lines can say a part each; once one changes, one line says all.
    fn figure(&mut self, figure: &FigureOptions, last: usize, present: &[(usize, Statement)]) {
        if *figure == self.old.figure {
            return;
        }
        present.iter().for_each(|&(line, _)| self.plan.remove(line));
        self.plan.change(last, Statement::Set(Setting::Figure(figure.clone())));
    }

    /// What belongs to a group or a process, wherever its line stands.
    fn keyed(
        &mut self,
        slot: StatementSlot,
        mut wanted: Vec<Statement>,
        is_same: impl Fn(&Statement, &Statement) -> bool,
    ) {
        let present = self.statements_of(slot);
        // The last line of each counts, so it is looked for from the end.
        for (line, statement) in present.iter().rev() {
            let same = wanted.iter().position(|wanted| is_same(wanted, statement));
            match same.map(|index| wanted.swap_remove(index)) {
                Some(wanted) if wanted == *statement => {}
                Some(wanted) => self.plan.change(*line, wanted),
                None => self.plan.remove(*line),
            }
        }
        wanted.into_iter().for_each(|wanted| self.plan.add(None, self.lines, wanted));
    }

    /// A line stays as long as all that it says of its links or processes is right. What is still missing
    /// then takes the place of the lines that go, as far as they speak of the same ones.
    fn own_settings(&mut self, kind: OwnSettingKind) {
        let all = self.new.scenario.own_settings(kind);
        if self.old.own_settings(kind) == all {
            return;
        }
        let mut missing = all.clone();
        let mut stale = Vec::new();
        for (line, statement) in self.statements_of(StatementSlot::of_own(kind)) {
            let Statement::Own(owners, setting) = statement else { continue };
            let present = owners.each();
            if present.iter().all(|owner| all.get(owner) == Some(&setting)) {
                present.iter().for_each(|owner| _ = missing.remove(owner));
            } else {
                self.plan.remove(line);
                stale.push((line, present, false));
            }
        }
        for (owners, setting) in by_value(&missing, &self.new.scenario.zones) {
            let shares =
                |present: &[SettingOwner]| owners.each().iter().any(|it| present.contains(it));
            let taken = stale.iter_mut().find(|(_, present, _)| shares(present));
            let statement = Statement::Own(owners, setting);
            match taken {
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
        let present = self.statements_of(slot);
        let statements: Vec<&Statement> = present.iter().map(|(_, statement)| statement).collect();
        let wanted: Vec<&Statement> = wanted.iter().collect();
        // The line after which the next new one is inserted, and the new ones before all lines that stay.
        let mut after = None;
        let mut early = Vec::new();
        for step in align(&statements, &wanted) {
            match step {
                AlignStep::Keep(old) => after = Some(present[old].0),
                AlignStep::Change(old, new) => {
                    after = Some(present[old].0);
                    self.plan.change(present[old].0, wanted[new].clone());
                }
                AlignStep::Remove(old) => self.plan.remove(present[old].0),
                AlignStep::Insert(new) if after.is_some() || present.is_empty() => {
                    self.plan.add(after, self.lines, wanted[new].clone());
                }
                AlignStep::Insert(new) => early.push(wanted[new].clone()),
            }
        }
        for statement in early {
            self.plan.add_before(present[0].0, statement);
        }
    }

    /// The lines about this, from 0, each as it would be written today.
    fn statements_of(&self, slot: StatementSlot) -> Vec<(usize, Statement)> {
        let lines = self.lines.iter().enumerate().filter_map(|(index, line)| {
            let statement = &line.says.as_ref()?.statement;
            (statement.slot() == slot).then(|| (index, self.as_written(statement)))
        });
        lines.collect()
    }

    /// The statement without `in main`, if there are no groups.
    fn as_written(&self, statement: &Statement) -> Statement {
        let mut statement = statement.clone();
        if let Statement::Load { group, .. } | Statement::Override { group, .. } = &mut statement
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
    if let Statement::Load { group, .. } = statement { group.as_deref() } else { None }
}

fn name_of(statement: &Statement) -> Option<Rank> {
    if let Statement::Name { process, .. } = statement { Some(*process) } else { None }
}

/// The action for each line, and the lines between them.
pub(super) struct RewritePlan {
    actions: Vec<LineAction>,
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
    pub(crate) fn new(lines: usize) -> Self {
        Self {
            actions: std::iter::repeat_with(|| LineAction::Stay).take(lines).collect(),
            added: vec![Vec::new(); lines + 1],
        }
    }

    /// Replaces the statement of a line (from 0).
    pub(crate) fn change(&mut self, line: usize, statement: Statement) {
        self.actions[line] = LineAction::Become(statement);
    }

    pub(crate) fn remove(&mut self, line: usize) {
        self.actions[line] = LineAction::Go;
    }

    /// Inserts a line after this one; without one, at its canonical place.
    pub(crate) fn add(&mut self, after: Option<usize>, lines: &[ParsedLine], statement: Statement) {
        let after = after.map_or_else(|| canonical_place(lines, statement.slot()), |line| line + 1);
        self.added[after].push(statement);
    }

    /// Inserts a line before this one.
    pub(crate) fn add_before(&mut self, line: usize, statement: Statement) {
        self.added[line].push(statement);
    }

    pub(crate) fn render(mut self, text: &str, lines: &[ParsedLine], zones: &[Zone]) -> String {
        // The mark is no layout, and in front of a new first line it would be in the way.
        let text = text.strip_prefix(MARK).unwrap_or(text);
        let first = text.split_inclusive('\n').next().unwrap_or_default();
        let end = if first.ends_with("\r\n") { "\r\n" } else { "\n" };
        let mut page = ScriptWriter {
            text: String::with_capacity(text.len()),
            end,
            zones,
            last: None,
            gone: false,
        };
        let section = |line: &ParsedLine| Some(line.says.as_ref()?.statement.slot().section());
        page.add(self.added[0].drain(..), lines.first().and_then(section));
        let all = lines.iter().zip(text.split_inclusive('\n')).zip(self.actions).enumerate();
        for (index, ((line, raw), action)) in all {
            let present = section(line);
            match action {
                LineAction::Stay => page.keep(raw, line, present),
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

/// The new text as far as it is written.
struct ScriptWriter<'a> {
    text: String,
    end: &'static str,
    zones: &'a [Zone],
    /// What the last line that says something was about.
    last: Option<ScriptSection>,
    /// Whether lines were removed since the last one that stayed.
    gone: bool,
}

impl ScriptWriter<'_> {
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
        self.text.push_str(&with_comment(written(statement, self.zones), line));
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
            self.text.push_str(&written(&statement, self.zones));
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
