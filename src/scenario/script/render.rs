//! A text with some of its lines changed, removed and added; all others stay byte for byte.

use super::format::with_comment;
use super::line::{MARK, ParsedLine};
use super::placement::{ScriptSection, StatementSlot};
use super::statement::Statement;
use crate::sort;

/// What becomes of each line, and what comes between them.
pub(super) struct RewritePlan {
    fates: Vec<LineAction>,
    /// What is added after so many lines.
    added: Vec<Vec<Statement>>,
}

enum LineAction {
    Stay,
    Become(Statement),
    Go,
}

impl RewritePlan {
    /// So many lines stay as they are.
    pub fn new(lines: usize) -> Self {
        Self {
            fates: std::iter::repeat_with(|| LineAction::Stay).take(lines).collect(),
            added: vec![Vec::new(); lines + 1],
        }
    }

    /// The line at this place, from 0, says something else.
    pub fn change(&mut self, line: usize, statement: Statement) {
        self.fates[line] = LineAction::Become(statement);
    }

    pub fn remove(&mut self, line: usize) {
        self.fates[line] = LineAction::Go;
    }

    /// A new line after the one at this place; without one, at the canonical place.
    pub fn add(&mut self, after: Option<usize>, lines: &[ParsedLine], statement: Statement) {
        let after = after.map_or_else(|| canonical_place(lines, statement.slot()), |line| line + 1);
        self.added[after].push(statement);
    }

    /// A new line before the one at this place.
    pub fn add_before(&mut self, line: usize, statement: Statement) {
        self.added[line].push(statement);
    }

    pub fn render(mut self, text: &str, lines: &[ParsedLine]) -> String {
        // The mark is no layout, and in front of a new first line it would be in the way.
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

/// After how many lines a statement stands best: behind the last that canonically comes before it,
/// else before the first that says anything.
fn canonical_place(lines: &[ParsedLine], slot: StatementSlot) -> usize {
    let slot_of = |line: &ParsedLine| line.says.as_ref().map(|says| says.statement.slot());
    let before = lines.iter().rposition(|line| slot_of(line).is_some_and(|other| other <= slot));
    let first = || lines.iter().position(|line| line.says.is_some());
    before.map(|line| line + 1).or_else(first).unwrap_or(lines.len())
}

/// The new text as far as it is written.
struct ScriptWriter {
    text: String,
    end: &'static str,
    /// What the last line that says something was about.
    last: Option<ScriptSection>,
    /// Whether lines went since the last one that stayed.
    gone: bool,
}

impl ScriptWriter {
    fn keep(&mut self, raw: &str, line: &ParsedLine, section: Option<ScriptSection>) {
        let blank = line.text.trim().is_empty();
        // Two blank lines must not meet where what stood between them went.
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

    /// New lines, parted from other sections by a blank line.
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

    /// The last line of a text may lack its end.
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
