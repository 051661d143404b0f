//! A preset as the gallery shows it, and how one is found there.

use super::{ALL, Category, Preset};
use crate::scenario::script::{self, Script};
use crate::time::Time;

/// What a preset says of itself.
#[derive(Clone, Debug)]
pub struct Card {
    pub preset: Preset,
    pub script: Script,
    pub title: String,
    pub about: String,
    /// The algorithm's title.
    pub algorithm: &'static str,
}

/// Of every preset, in their order.
pub fn cards() -> Vec<Card> {
    ALL.into_iter().filter_map(Card::of).collect()
}

impl Card {
    /// Nothing of a script that cannot be read; a test reads them all.
    fn of(preset: Preset) -> Option<Self> {
        let script = script::read(preset.script).ok()?;
        let scenario = &script.scenario;
        Some(Self {
            preset,
            title: scenario.title.clone().unwrap_or_else(|| preset.name.to_owned()),
            about: scenario.about.clone().unwrap_or_default(),
            algorithm: scenario.algorithm.title(),
            script,
        })
    }

    /// The instant that the gallery shows.
    pub fn telling(&self) -> Time {
        self.script.scenario.figure.start.unwrap_or(self.preset.telling)
    }

    /// Whether it is of the category, if one is chosen, and has every word that is looked for: in
    /// its title, its line, its name or its algorithm, in any case and as a part of a word too.
    pub fn is_found(&self, category: Option<Category>, sought: &str) -> bool {
        let said = [&self.title, &self.about, self.preset.name, self.algorithm].join(" ");
        let said = said.to_lowercase();
        category.is_none_or(|category| category == self.preset.category)
            && sought.to_lowercase().split_whitespace().all(|word| said.contains(word))
    }
}
