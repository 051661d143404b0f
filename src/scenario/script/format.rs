//! The canonical spelling of a script, line by line: nothing is moved, comments and blank lines stay.
//!
//! A comment keeps its column where the statement leaves room for it, so that comments that stood
//! under each other still do; otherwise it moves two spaces behind the statement.

use super::line::{self, ParsedLine};
use super::read;
use crate::scenario::diagnostic::Diagnostic;

/// The script in canonical spelling; what cannot be read is not touched.
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    read(text)?;
    let (lines, _) = line::lines(text, 1);
    let mut formatted = String::with_capacity(text.len());
    for line in &lines {
        let said = line.says.as_ref().map(|says| says.statement.to_string());
        formatted.push_str(&with_comment(said.unwrap_or_default(), line));
        formatted.push('\n');
    }
    Ok(formatted)
}

/// The script in canonical spelling without its comments and disabled lines. Of the blank lines between
/// two statements one stays.
///
/// # Errors
/// All that is wrong with a script that cannot be read.
pub fn without_comments(text: &str) -> Result<String, Vec<Diagnostic>> {
    read(text)?;
    let (lines, _) = line::lines(text, 1);
    let mut bare = String::with_capacity(text.len());
    let mut is_after_blank = false;
    for line in &lines {
        match &line.says {
            Some(says) => {
                if is_after_blank && !bare.is_empty() {
                    bare.push('\n');
                }
                is_after_blank = false;
                bare += &format!("{}\n", says.statement);
            }
            None => is_after_blank |= line.comment.is_none(),
        }
    }
    Ok(bare)
}

/// The statement, then the comment of its line.
pub(super) fn with_comment(mut statement: String, line: &ParsedLine) -> String {
    let Some(start) = line.comment else { return statement };
    let before = &line.text[..start - line.start];
    let comment = line.text[before.len()..].trim_end();
    if !statement.is_empty() {
        let indent = line.text.len() - line.text.trim_start().len();
        let column = before[indent.min(before.len())..].chars().count();
        let width = statement.chars().count();
        let gap = column.checked_sub(width).filter(|&gap| gap > 0).unwrap_or(2);
        statement.extend(std::iter::repeat_n(' ', gap));
    }
    statement + comment
}
