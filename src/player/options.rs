//! How a figure is asked to open: the attributes of the element, as they stand in the frame's address.

use crate::scenario::diagnostic::clip;
use crate::scenario::script::field;
use crate::scenario::{Colours, FigureOption, FigureOptions};
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

impl FigureTheme {
    /// `None` follows what is around it.
    pub const fn of(colours: Colours) -> Option<Self> {
        match colours {
            Colours::Light => Some(Self::Light),
            Colours::Dark => Some(Self::Dark),
            Colours::Auto => None,
        }
    }
}

/// A value that cannot be read; the figure does without it and says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError {
    pub option: FigureOption,
    pub value: String,
}

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { option, value } = self;
        write!(f, "{} is `{}`; it has to be {}", option.row().name, clip(value), option.expected())
    }
}

/// Whether a frame's query asks for a figure instead of the page.
pub fn is_figure<'a>(mut query: impl Iterator<Item = (&'a str, &'a str)>) -> bool {
    query.any(|(key, value)| key == "embed" && !matches!(value, "0" | "false"))
}

/// Whether the scenario comes from the page around it.
pub fn awaits_host<'a>(mut query: impl Iterator<Item = (&'a str, &'a str)>) -> bool {
    query.any(|(key, value)| key == "host" && !matches!(value, "0" | "false"))
}

/// What a frame's address asks for. What has another name is somebody else's, and passed over.
pub fn read_options<'a>(
    query: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> (FigureOptions, Vec<OptionError>) {
    let mut options = FigureOptions::default();
    let mut problems = Vec::new();
    for (key, value) in query {
        let named = |option: &&FigureOption| option.is_attribute() && option.row().name == key;
        let Some(&option) = FigureOption::ALL.iter().find(named) else { continue };
        match field::figure_value(option, value) {
            Some(value) => options.set(option, Some(value)),
            None => problems.push(OptionError { option, value: value.to_owned() }),
        }
    }
    (options, problems)
}
