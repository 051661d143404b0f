//! How a figure is asked to open: the attributes of the element, as they stand in the frame's address.

use crate::scenario::diagnostic::clip;
use crate::scenario::{FigureSettings, FigureView, script};
use crate::time::{Duration, Time};
use serde::{Deserialize, Serialize};
use std::fmt;

/// In which colours a figure is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum FigureTheme {
    Light,
    Dark,
}

/// What a frame's address asks for; what is not asked is as the script's `figure` line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlayerOptions {
    /// Plays by itself once it is seen, unless its reader prefers less motion.
    pub autoplay: bool,
    pub start: Option<Time>,
    pub end: Option<Time>,
    /// Virtual time in a second.
    pub speed: Option<Duration>,
    pub is_looping: bool,
    /// Passes quickly through stretches in which nothing happens, which it does anyway.
    pub skips_quiet: Option<bool>,
    pub view: Option<FigureView>,
    /// Without one the reader's system decides, or the page around it.
    pub theme: Option<FigureTheme>,
    pub has_no_controls: bool,
    /// Without title, algorithm and badge.
    pub has_no_heading: bool,
    pub is_readonly: bool,
    /// The scenario comes from the page around it.
    pub awaits_host: bool,
}

/// A value that cannot be read; the figure does without it and says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError {
    pub option: String,
    pub value: String,
    pub expected: &'static str,
}

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { option, value, expected } = self;
        write!(f, "{option} is `{}`; it has to be {expected}", clip(value))
    }
}

const DURATION: &str = "a duration such as 180ms or 1.5s";
const SPEED: &str = "virtual time in a second, such as 50ms, and more than nothing";
const FLAG: &str = "left out, or written without a value";

/// Whether a frame's query asks for a figure instead of the page.
pub fn is_figure<'a>(mut query: impl Iterator<Item = (&'a str, &'a str)>) -> bool {
    query.any(|(key, value)| key == "embed" && !matches!(value, "0" | "false"))
}

impl PlayerOptions {
    /// Reads the pairs of a query. What has another name is somebody else's, and passed over.
    pub fn read<'a>(
        query: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<OptionError>) {
        let mut options = Self::default();
        let mut problems = Vec::new();
        for (key, value) in query {
            if let Err(expected) = options.set(key, value) {
                let (option, value) = (key.to_owned(), value.to_owned());
                problems.push(OptionError { option, value, expected });
            }
        }
        (options, problems)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), &'static str> {
        match key {
            "autoplay" => self.autoplay = flag(value)?,
            "start-at" => self.start = Some(script::field::instant(value).map_err(|_| DURATION)?),
            "end-at" => self.end = Some(script::field::instant(value).map_err(|_| DURATION)?),
            "speed" => {
                let speed = script::field::instant(value).map_err(|_| SPEED)?.since(Time::ZERO);
                self.speed = Some(Some(speed).filter(|speed| speed.as_us() > 0).ok_or(SPEED)?);
            }
            "loop" => self.is_looping = flag(value)?,
            "skip-quiet" => self.skips_quiet = Some(flag(value).map_err(|_| "true or false")?),
            "view" => self.view = Some(view(value).ok_or("stage, spacetime or both")?),
            "theme" => {
                self.theme = match value {
                    "auto" => None,
                    "light" => Some(FigureTheme::Light),
                    "dark" => Some(FigureTheme::Dark),
                    _ => return Err("auto, light or dark"),
                };
            }
            "controls" => {
                self.has_no_controls = match value {
                    "bar" => false,
                    "none" => true,
                    _ => return Err("bar or none"),
                };
            }
            "heading" => {
                self.has_no_heading = match value {
                    "bar" => false,
                    "none" => true,
                    _ => return Err("bar or none"),
                };
            }
            "readonly" => self.is_readonly = flag(value)?,
            "host" => self.awaits_host = flag(value)?,
            _ => {}
        }
        Ok(())
    }

    /// For a scenario that they were not written for, whose instants are others.
    #[must_use]
    pub fn elsewhere(&self) -> Self {
        Self { start: None, end: None, ..self.clone() }
    }

    /// As a scenario's own line about its figure says it, where nothing else is asked for.
    #[must_use]
    pub fn or(&self, figure: &FigureSettings) -> Self {
        Self {
            start: self.start.or(figure.start),
            end: self.end.or(figure.end),
            speed: self.speed.or(figure.speed),
            view: self.view.or(figure.view),
            ..self.clone()
        }
    }
}

/// An attribute that is there or not: `autoplay`, `autoplay=""`, `autoplay=1`.
fn flag(value: &str) -> Result<bool, &'static str> {
    match value {
        "" | "1" | "true" => Ok(true),
        "0" | "false" => Ok(false),
        _ => Err(FLAG),
    }
}

fn view(name: &str) -> Option<FigureView> {
    [FigureView::Stage, FigureView::Spacetime, FigureView::Both]
        .into_iter()
        .find(|view| view.name() == name)
}
