//! A line for people: words of any origin, made printable, and how they are marked.

use super::printable::{printable, without_bracketed_commands};

/// What a word of the human output means.
#[derive(Clone, Copy, Debug)]
pub enum Mark {
    Strong,
    Quiet,
    Good,
    Bad,
}

/// Words in their order, some of them marked. They are as they came, and made printable when written.
#[derive(Clone, Debug, Default)]
pub struct Line(Vec<(Option<Mark>, String)>);

impl Line {
    pub fn marked(mark: Mark, text: impl Into<String>) -> Self {
        Self(vec![(Some(mark), text.into())])
    }

    /// Followed by more.
    pub fn and(mut self, more: impl Into<Self>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, text)| text.is_empty())
    }

    /// Without blanks at its end.
    pub(super) fn written(&self, in_colour: bool) -> String {
        let mut line = String::new();
        for (mark, text) in &self.0 {
            let code = match mark {
                Some(_) if !in_colour => None,
                None => None,
                Some(Mark::Strong) => Some(1),
                Some(Mark::Quiet) => Some(2),
                Some(Mark::Good) => Some(32),
                Some(Mark::Bad) => Some(31),
            };
            let text = printable(text);
            line += &match code {
                Some(code) => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
                None => text,
            };
        }
        line.truncate(line.trim_end().len());
        line = without_bracketed_commands(&line);
        // A workflow on GitHub takes such a line for a command.
        let indent = line.len() - line.trim_start().len();
        if line[indent..].starts_with("::") {
            line.replace_range(indent..=indent, "\\u{3a}");
        }
        line
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self(vec![(None, text.to_owned())])
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self(vec![(None, text)])
    }
}
