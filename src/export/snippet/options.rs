//! What of a figure's options has to be written.

use super::SnippetRefusal;
use crate::scenario::{FigureOption, FigureOptions, FigureValue, Scenario};

/// What has to be written.
#[derive(Debug)]
pub(super) struct WrittenOptions {
    /// In CSS pixels; without one the whole width there is.
    pub width: Option<u16>,
    /// In CSS pixels.
    pub height: u16,
    pairs: Vec<(&'static str, Option<String>)>,
}

impl WrittenOptions {
    /// What differs from the script's `figure` line, and from what is so anyway.
    pub fn new(chosen: &FigureOptions, scenario: &Scenario) -> Self {
        let mut pairs = Vec::new();
        for &option in FigureOption::ALL.iter().filter(|option| option.is_attribute()) {
            let said = scenario.figure.get(option).or(option.default_value(scenario.end()));
            let Some(value) = chosen.get(option).filter(|value| Some(*value) != said) else {
                continue;
            };
            let is_bare = value == FigureValue::Flag(true);
            pairs.push((option.row().name, (!is_bare).then(|| value.to_string())));
        }
        let height = chosen.height.or(scenario.figure.height);
        Self { width: chosen.width, height: height.unwrap_or(FigureOptions::HEIGHT), pairs }
    }

    /// Attributes of the element, which are the keys of a frame's address; one without a value is there
    /// or not.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, Option<&str>)> {
        self.pairs.iter().map(|(key, value)| (*key, value.as_deref()))
    }
}

/// The scenario with these options on its `figure` line, as far as that has words for them.
pub(super) fn within(
    chosen: &FigureOptions,
    scenario: &Scenario,
) -> Result<Scenario, SnippetRefusal> {
    let mut parts = scenario.clone().into_parts();
    for &option in FigureOption::ALL.iter().filter(|option| option.row().word.is_some()) {
        let Some(value) =
            chosen.get(option).filter(|&value| parts.figure.get(option) != Some(value))
        else {
            continue;
        };
        // A choice of what is so anyway takes the word away.
        let is_so_anyway = Some(value) == option.default_value(scenario.end());
        parts.figure.set(option, Some(value).filter(|_| !is_so_anyway));
    }
    Scenario::new(parts).map_err(SnippetRefusal::Invalid)
}

/// The names of what the `figure` line has no word for, as a reader knows them.
pub(super) fn without_a_word(chosen: &FigureOptions, scenario: &Scenario) -> Vec<&'static str> {
    let is_unsayable = |option: &&FigureOption| {
        let value = chosen.get(**option);
        let is_chosen = value.is_some() && value != option.default_value(scenario.end());
        option.row().word.is_none() && is_chosen
    };
    FigureOption::ALL.iter().filter(is_unsayable).map(|option| option.row().name).collect()
}
