//! A text changed so that it says another scenario: only what must change is written anew.
//!
//! What has one value is changed where the text says it last, and put in at its canonical place
//! where the text says nothing. Lists (groups, timeline, edits, expectations) are compared line by
//! line: what both have stays, what differs is changed in its place, the rest goes or comes. A
//! comment lives as long as its line. At the end the new text is read again; should it say anything
//! else, the scenario is written from scratch instead.

use super::align::{AlignStep, align};
use super::line::{self, ParsedLine};
use super::placement::StatementSlot;
use super::render::RewritePlan;
use super::required::{SingleStatement, WantedStatements};
use super::statement::Statement;
use super::{parse, read, write};
use crate::scenario::compact::compact;
use crate::scenario::{FigureOptions, Group, Link, Links, Scenario, limits};
use std::collections::BTreeMap;

/// The text, changed to say this scenario. A text that cannot be read is replaced as a whole.
pub fn rewrite(text: &str, scenario: &Scenario) -> String {
    let Ok(old) = read(text) else { return write(scenario) };
    if old.scenario == *scenario {
        return text.to_owned();
    }
    let (lines, _) = line::lines(text, 1);
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

    /// What has one value: the last line that says it counts.
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

    /// Several lines can say a part each; once one changes, one line says all.
    fn figure(&mut self, figure: &FigureOptions, last: usize, said: &[(usize, Statement)]) {
        if *figure == self.old.figure {
            return;
        }
        said.iter().for_each(|&(line, _)| self.plan.remove(line));
        self.plan.change(last, Statement::Figure(figure.clone()));
    }

    /// A load belongs to its group, wherever its line stands.
    fn loads(&mut self) {
        let said = self.said(StatementSlot::Load);
        let mut wanted = self.new.loads();
        // The last line of a group counts, so it is looked for from the end.
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

    /// A line stays as long as all that it says of its links is right. What is still missing then
    /// takes the place of the lines that go, as far as they speak of the same links.
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
        // Behind which line the next new one comes, and which come before all that stay.
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

    /// The lines about this, from 0, each as it would be written today.
    fn said(&self, slot: StatementSlot) -> Vec<(usize, Statement)> {
        let lines = self.lines.iter().enumerate().filter_map(|(index, line)| {
            let statement = &line.says.as_ref()?.statement;
            (statement.slot() == slot).then(|| (index, self.as_written(statement)))
        });
        lines.collect()
    }

    /// Without groups, `in main` says nothing.
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

/// What is said of single links, those of the same value together.
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
