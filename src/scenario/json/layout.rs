//! How the JSON is set: a line for each field of the scenario, and one for each fault, edit and
//! expectation, so that a change of one shows as one line. What is further inside stays on its line.

use serde_json::ser::Formatter;
use std::io::{Result, Write};

#[derive(Debug, Default)]
pub(super) struct Layout {
    depth: usize,
    /// Whether nothing stands in the innermost bracket yet.
    is_empty: bool,
    /// Whether the members of the field's list stand on lines of their own: they do if they are
    /// objects.
    has_lines: bool,
    /// A member of the field's list begins, and whether it does so on a line is not known yet.
    begins: bool,
}

/// The depth inside the scenario, and inside a list that is a field of it.
const FIELDS: usize = 1;
const MEMBERS: usize = 2;

impl Layout {
    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> Result<()> {
        writer.write_all(bracket)?;
        self.depth += 1;
        self.is_empty = true;
        Ok(())
    }

    /// What comes before a member: nothing before the first in a list, a blank before others.
    fn part<W: ?Sized + Write>(&mut self, writer: &mut W, is_line: bool) -> Result<()> {
        if !std::mem::take(&mut self.is_empty) {
            writer.write_all(if is_line { b"," } else { b", " })?;
        }
        if is_line { self.line(writer) } else { Ok(()) }
    }

    fn line<W: ?Sized + Write>(&self, writer: &mut W) -> Result<()> {
        writer.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| writer.write_all(b"  "))
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.has_lines &= self.depth >= MEMBERS;
        self.open(writer, b"[")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, _: bool) -> Result<()> {
        self.begins = self.depth == MEMBERS;
        if self.begins { Ok(()) } else { self.part(writer, false) }
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.depth -= 1;
        self.is_empty = false;
        if self.has_lines && self.depth == FIELDS {
            self.line(writer)?;
        }
        writer.write_all(b"]")
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        if std::mem::take(&mut self.begins) {
            self.has_lines = true;
            self.part(writer, true)?;
        }
        self.open(writer, b"{")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        let is_line = self.depth == FIELDS;
        self.part(writer, is_line)?;
        if first && !is_line { writer.write_all(b" ") } else { Ok(()) }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        writer.write_all(b": ")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.depth -= 1;
        let was_empty = std::mem::take(&mut self.is_empty);
        match self.depth {
            0 => self.line(writer)?,
            _ if was_empty => {}
            _ => writer.write_all(b" ")?,
        }
        writer.write_all(b"}")
    }

    /// A rank in a list: those stand on one line.
    fn write_u16<W: ?Sized + Write>(&mut self, writer: &mut W, value: u16) -> Result<()> {
        if std::mem::take(&mut self.begins) {
            self.part(writer, false)?;
        }
        write!(writer, "{value}")
    }
}
