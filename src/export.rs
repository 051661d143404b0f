//! Exports: pictures as files, drawn from the same scenes as the canvas, and events as text for people and
//! programs. Page and command line write the same bytes.

pub mod animated;
mod html;
mod log;
mod mermaid;
pub mod metadata;
pub mod snippet;
pub mod still;
pub mod svg;

pub use crate::view::picture::{PictureSubject, PictureView};
pub use html::{escaped, leads_to_a_page};
pub use log::{measure_key, rounded_share, sweep_csv};
pub use still::{CHART, chart};

use crate::narration;
use crate::run::Run;
use crate::scenario::limits;
use serde::{Deserialize, Serialize};
use std::{fmt, io};
use thiserror::Error;

/// The formats of a run's export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunExport {
    /// One instant, or a window of the space-time diagram.
    Svg,
    /// A span of the run, animated.
    AnimatedSvg,
    /// The events as text.
    Log(LogFormat),
}

/// The text formats of a run's events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogFormat {
    /// Sentences, each with its instant.
    Transcript,
    /// Every event with its cause, as a JSON array.
    Json,
    /// The same rows as CSV (RFC 4180).
    Csv,
    /// Vector clocks for ShiViz.
    Shiviz,
    /// A Mermaid sequence diagram.
    Mermaid,
}

impl RunExport {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 7] = [
        Self::Svg,
        Self::AnimatedSvg,
        Self::Log(LogFormat::Mermaid),
        Self::Log(LogFormat::Transcript),
        Self::Log(LogFormat::Shiviz),
        Self::Log(LogFormat::Json),
        Self::Log(LogFormat::Csv),
    ];

    /// The name on the command line and in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::AnimatedSvg => "animated-svg",
            Self::Log(LogFormat::Transcript) => "transcript",
            Self::Log(LogFormat::Json) => "json",
            Self::Log(LogFormat::Csv) => "csv",
            Self::Log(LogFormat::Shiviz) => "shiviz",
            Self::Log(LogFormat::Mermaid) => "mermaid",
        }
    }

    /// The name in the interface.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Svg => "SVG picture",
            Self::AnimatedSvg => "Animated SVG",
            Self::Log(LogFormat::Transcript) => "Transcript",
            Self::Log(LogFormat::Json) => "JSON event log",
            Self::Log(LogFormat::Csv) => "CSV event log",
            Self::Log(LogFormat::Shiviz) => "ShiViz log",
            Self::Log(LogFormat::Mermaid) => "Mermaid sequence diagram",
        }
    }

    /// The use of the format, in one line.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Svg => "A sharp picture of this instant, for slides and documents",
            Self::AnimatedSvg => "Plays where no script may run, as in a README",
            Self::Log(LogFormat::Transcript) => "Sentences, each with its instant",
            Self::Log(LogFormat::Json) => "Every event with its cause, for programs",
            Self::Log(LogFormat::Csv) => "The same rows, for spreadsheets and data frames",
            Self::Log(LogFormat::Shiviz) => "Vector clocks, for the ShiViz explorer",
            Self::Log(LogFormat::Mermaid) => "A sequence diagram, for Markdown that draws Mermaid",
        }
    }

    /// The extension of a file's name, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Svg | Self::AnimatedSvg => "svg",
            Self::Log(LogFormat::Transcript) => "txt",
            Self::Log(LogFormat::Json) => "json",
            Self::Log(LogFormat::Csv) => "csv",
            Self::Log(LogFormat::Shiviz) => "log",
            Self::Log(LogFormat::Mermaid) => "mmd",
        }
    }

    /// The MIME type of the file.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Svg | Self::AnimatedSvg => "image/svg+xml",
            Self::Log(LogFormat::Transcript | LogFormat::Shiviz) => "text/plain;charset=utf-8",
            Self::Log(LogFormat::Json) => "application/json",
            Self::Log(LogFormat::Csv) => "text/csv;charset=utf-8",
            Self::Log(LogFormat::Mermaid) => "text/vnd.mermaid",
        }
    }
}

impl LogFormat {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Transcript, Self::Json, Self::Csv, Self::Shiviz, Self::Mermaid];

    /// Writes a whole run, which must be simulated to its end. Keeps the events of one instant in
    /// memory at most.
    ///
    /// # Errors
    /// If the writer fails.
    pub fn write(self, run: &Run, out: &mut dyn fmt::Write) -> fmt::Result {
        match self {
            Self::Transcript => narration::write_transcript(run, out),
            Self::Json => log::json(run, out),
            Self::Csv => log::csv(run, out),
            Self::Shiviz => log::shiviz(run, out),
            Self::Mermaid => mermaid::write(run, out),
        }
    }
}

/// An output that exceeds its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("it would be longer than {} MiB", .most / 1024 / 1024)]
pub struct TooLong {
    /// The limit, in bytes.
    pub most: usize,
}

/// A text with a limit; a write that would exceed it writes nothing.
#[derive(Debug)]
pub struct BoundedText {
    text: Vec<u8>,
    most: usize,
    is_too_long: bool,
}

impl BoundedText {
    /// With the limit of an output, `limits::LONGEST_OUTPUT`.
    pub fn new() -> Self {
        Self::up_to(limits::LONGEST_OUTPUT)
    }

    /// A text of at most `most` bytes.
    pub fn up_to(most: usize) -> Self {
        Self { text: Vec::new(), most, is_too_long: false }
    }

    /// The length so far, in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing has been written.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text.
    ///
    /// # Errors
    /// `TooLong` if more than the limit was written.
    pub fn finish(self) -> Result<Vec<u8>, TooLong> {
        if self.is_too_long { Err(TooLong { most: self.most }) } else { Ok(self.text) }
    }

    fn push(&mut self, bytes: &[u8]) -> Result<(), TooLong> {
        self.is_too_long |= self.text.len() + bytes.len() > self.most;
        if self.is_too_long {
            return Err(TooLong { most: self.most });
        }
        self.text.extend_from_slice(bytes);
        Ok(())
    }
}

impl Default for BoundedText {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Write for BoundedText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text.as_bytes()).map_err(|TooLong { .. }| fmt::Error)
    }
}

impl io::Write for BoundedText {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
