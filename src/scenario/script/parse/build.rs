//! Builds a scenario from statements: the last of two equal ones counts, group names become ids, and problems
//! of the checks are reported at their lines.

use super::super::statement::Statement;
use super::super::{LineNumbers, Script};
use super::groups::{GroupTable, OwnTable};
use super::{Failures, LineContent, ParsedLine, lines_with_statement};
use crate::scenario::check::owners_problems;
use crate::scenario::diagnostic::{Diagnostic, DiagnosticKind, Failure};
use crate::scenario::keywords::KeywordMeaning;
use crate::scenario::{
    Expectation, FigureOption, FigureOptions, Group, Invalid, InvalidKind, OwnSettingKind,
    Scenario, ScenarioPart, ScenarioParts, Setting, SettingKind,
};
use crate::sort;
use crate::types::GroupId;

/// Builds the script from the lines that could be parsed. If a line failed on which the others depend, only
/// the failures are reported: the rest would be guesses.
pub(crate) fn assemble(
    lines: &[ParsedLine],
    failures: Failures,
) -> Result<Script, Vec<Diagnostic>> {
    let Failures { mut found, opened } = failures;
    let rests_on = |key: &Option<KeywordMeaning>| {
        matches!(
            key,
            None | Some(
                KeywordMeaning::Setting(SettingKind::Ranks)
                    | KeywordMeaning::Group
                    | KeywordMeaning::Zone
            )
        )
    };
    if opened.iter().any(rests_on) {
        return Err(found);
    }
    let mut assembly = Assembly::new(lines);
    assembly.run();
    let Assembly { parts, places, overruled, found: more, .. } = assembly;
    found.extend(more);
    let timed = |key: &Option<KeywordMeaning>| {
        matches!(
            key,
            Some(
                KeywordMeaning::At
                    | KeywordMeaning::Every
                    | KeywordMeaning::Setting(SettingKind::Until)
            )
        )
    };
    let end_is_known = parts.until.is_some() || !opened.iter().any(timed);
    let script = match Scenario::new(parts) {
        Ok(scenario) => Some(Script { scenario, lines: places, overruled }),
        Err(problems) => {
            let sure = problems.into_iter().filter(|invalid| {
                end_is_known || !matches!(invalid.problem, InvalidKind::AfterTheEnd { .. })
            });
            found.extend(sure.map(|invalid| brought_back(lines, &places, invalid)));
            None
        }
    };
    script.filter(|_| found.is_empty()).ok_or(found)
}

/// Converts a problem of the scenario to a problem of its line.
fn brought_back(lines: &[ParsedLine], places: &LineNumbers, invalid: Invalid) -> Diagnostic {
    let Invalid { place, problem } = invalid;
    // A part without a line has its default value, and defaults are valid. If a default leader or group does
    // not fit the processes, their line is the reason.
    let top = lines.first().map_or(1, |line| line.number);
    let number = places.of(place).or_else(|| places.of(SettingKind::Ranks.part())).unwrap_or(top);
    let error = if let InvalidKind::FixedTwice { choice, first } = problem {
        let line = places.of(ScenarioPart::Override(first)).unwrap_or(top);
        DiagnosticKind::FixedTwice { choice, line }
    } else {
        DiagnosticKind::Invalid(problem)
    };
    match lines.iter().find(|line| line.number == number) {
        Some(line) => line.diagnose(*Failure::whole(span_of(line), error)),
        None => Failure::whole(0..0, error).at(number, 0, ""),
    }
}

fn span_of(line: &ParsedLine) -> std::ops::Range<usize> {
    line.says.as_ref().map_or(line.start..line.start, |says| says.span.clone())
}

struct Assembly<'a> {
    lines: &'a [ParsedLine<'a>],
    parts: ScenarioParts,
    groups: GroupTable,
    places: LineNumbers,
    overruled: Vec<(usize, usize)>,
    found: Vec<Diagnostic>,
    /// The line that last set each option of the figure; 0 if none did.
    figure: [usize; FigureOption::ALL.len()],
}

impl<'a> Assembly<'a> {
    fn new(lines: &'a [ParsedLine<'a>]) -> Self {
        Self {
            lines,
            parts: ScenarioParts::default(),
            groups: GroupTable::default(),
            places: LineNumbers::default(),
            overruled: Vec::new(),
            found: Vec::new(),
            figure: [0; FigureOption::ALL.len()],
        }
    }

    fn run(&mut self) {
        self.processes_and_groups();
        for (line, says) in lines_with_statement(self.lines) {
            self.setting(line, &says.statement);
        }
        for (line, says) in lines_with_statement(self.lines) {
            self.list_item(line, says);
        }
        OwnSettingKind::ALL.iter().for_each(|&kind| self.own_settings(kind));
        sort::sort(&mut self.overruled);
    }

    /// Processes and groups come first, since all other statements refer to them.
    fn processes_and_groups(&mut self) {
        for (line, says) in lines_with_statement(self.lines) {
            if let Statement::Set(Setting::Ranks(ranks)) = &says.statement {
                self.last_counts(SettingKind::Ranks.part(), line);
                self.parts.ranks.clone_from(ranks);
            }
        }
        self.groups = GroupTable::of(self.lines, &mut self.places, &mut self.found);
        if self.groups.are_named() {
            self.parts.groups = self.groups.take();
            return;
        }
        let highest = self.parts.ranks.last().copied();
        let mut leader = highest;
        for (line, says) in lines_with_statement(self.lines) {
            if let Statement::Set(Setting::Leader(named)) = says.statement {
                self.last_counts(SettingKind::Leader.part(), line);
                leader = named;
            }
        }
        self.parts.groups = vec![Group::main(&self.parts.ranks, leader)];
    }

    /// Applies a setting, whose last line counts.
    fn setting(&mut self, line: &ParsedLine, statement: &Statement) {
        match statement {
            // These two had their turn.
            Statement::Set(Setting::Ranks(_) | Setting::Leader(_)) => {}
            Statement::Set(Setting::Figure(figure)) => self.figure(line, figure),
            Statement::Set(setting) => {
                self.parts.set(setting.clone());
                self.last_counts(setting.kind().part(), line);
            }
            Statement::Own(..)
            | Statement::Group(_)
            | Statement::Load { .. }
            | Statement::Entry { .. }
            | Statement::Override { .. }
            | Statement::Expect { .. }
            | Statement::Name { .. }
            | Statement::Zone(_)
            | Statement::Mark(_) => {}
        }
    }

    /// A figure's line changes only the options that it names; a line is overridden once later lines have set
    /// all of them.
    fn figure(&mut self, line: &ParsedLine, figure: &FigureOptions) {
        let mine = &mut self.parts.figure;
        *mine = figure.or(mine);
        let earlier = self.figure;
        for (by, &option) in self.figure.iter_mut().zip(FigureOption::ALL) {
            if figure.get(option).is_some() {
                *by = line.number;
            }
        }
        for line_before in earlier {
            let gone = line_before > 0 && !self.figure.contains(&line_before);
            if gone && !self.overruled.contains(&(line_before, line.number)) {
                self.overruled.push((line_before, line.number));
            }
        }
        self.places.0.insert(SettingKind::Figure.part(), line.number);
    }

    /// Adds to the timeline, the overrides, the expectations or the loads.
    fn list_item(&mut self, line: &ParsedLine, says: &LineContent) {
        match &says.statement {
            Statement::Entry { entry, group } => {
                let Some(group) = self.group(line, says, group.as_deref()) else { return };
                self.places.0.insert(ScenarioPart::Entry(self.parts.timeline.len()), line.number);
                self.parts.timeline.push(entry.in_group(group));
            }
            Statement::Override { edit, group } => {
                let Some(group) = self.group(line, says, group.as_deref()) else { return };
                if group.is_none() && self.groups.are_named() {
                    self.found.push(self.groups.edit_needs_one(line, says));
                    return;
                }
                self.places
                    .0
                    .insert(ScenarioPart::Override(self.parts.overrides.len()), line.number);
                self.parts.overrides.push(edit.in_group(group.unwrap_or(GroupId::MAIN)));
            }
            &Statement::Expect { condition, time, runs, ref group } => {
                let Some(group) = self.group(line, says, group.as_deref()) else { return };
                let place = ScenarioPart::Expectation(self.parts.expectations.len());
                self.places.0.insert(place, line.number);
                self.parts.expectations.push(Expectation { group, condition, time, runs });
            }
            Statement::Load { group, load } => self.load(line, says, group.as_deref(), *load),
            Statement::Name { process, name } => {
                self.parts.names.insert(*process, name.clone());
                self.last_counts(ScenarioPart::Name(*process), line);
            }
            Statement::Zone(zone) => {
                self.places.0.insert(ScenarioPart::Zone(self.parts.zones.len()), line.number);
                self.parts.zones.push(zone.clone());
            }
            Statement::Mark(mark) => {
                self.places.0.insert(ScenarioPart::Mark(self.parts.marks.len()), line.number);
                self.parts.marks.push(mark.clone());
            }
            Statement::Set(_) | Statement::Own(..) | Statement::Group(_) => {}
        }
    }

    fn load(&mut self, line: &ParsedLine, says: &LineContent, name: Option<&str>, load: u32) {
        if name.is_none() && self.groups.are_named() {
            self.found.push(self.groups.load_needs_one(line, says));
            return;
        }
        let Some(group) = self.group(line, says, name) else { return };
        let index = group.unwrap_or(GroupId::MAIN).index();
        if let Some(group) = self.parts.groups.get_mut(index) {
            group.load = Some(load);
            self.last_counts(ScenarioPart::Load(index), line);
        }
    }

    /// The id of a named group, or `Some(None)` without a name; `None`, and an error, if there is no group of
    /// that name.
    fn group(
        &mut self,
        line: &ParsedLine,
        says: &LineContent,
        name: Option<&str>,
    ) -> Option<Option<GroupId>> {
        let Some(name) = name else { return Some(None) };
        let group = self.groups.find(name);
        if group.is_none() {
            self.found.push(self.groups.unknown(line, says, name));
        }
        group.map(Some)
    }

    /// What single links or processes have of their own.
    fn own_settings(&mut self, kind: OwnSettingKind) {
        let mut table = OwnTable::new(&self.parts);
        for (line, says) in lines_with_statement(self.lines) {
            let Statement::Own(owners, setting) = &says.statement else { continue };
            if setting.kind() != kind {
                continue;
            }
            let problems = owners_problems(&self.parts, owners);
            for problem in &problems {
                let error = DiagnosticKind::Invalid(problem.clone());
                let failure = Failure::whole(says.span.clone(), error);
                self.found.push(line.diagnose(*failure));
            }
            if problems.is_empty() {
                table.say(owners, line.number, *setting);
            }
        }
        self.overruled.extend(table.overruled());
        for (owner, line, setting) in table.each().collect::<Vec<_>>() {
            self.places.0.insert(ScenarioPart::Own(kind, owner), line);
            self.parts.set_own(owner, setting);
        }
    }

    /// Records the line of a part; an earlier line of it is overridden.
    fn last_counts(&mut self, place: ScenarioPart, line: &ParsedLine) {
        if let Some(before) = self.places.0.insert(place, line.number) {
            self.overruled.push((before, line.number));
        }
    }
}
