//! The bundled scenarios by name, and what a card of the gallery shows of each.

use crate::scenario::script::{self, Script};
use crate::time::Time;

/// One bundled scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The file's name without its ending; links use it.
    pub name: &'static str,
    /// Its category in the gallery.
    pub category: Category,
    /// The instant of the preview in the gallery, unless the script has `figure start`.
    pub telling: Time,
    /// The whole file, comments included.
    pub script: &'static str,
}

/// What a scenario is mostly about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// The algorithms, with one crash each.
    Elections,
    /// Failures of the algorithms.
    Failures,
    /// What prevents these failures, and its price.
    Remedies,
    /// Faults and load as in production.
    Production,
}

impl Category {
    /// All of them, in the order of the gallery.
    pub const ALL: [Self; 4] = [Self::Elections, Self::Failures, Self::Remedies, Self::Production];

    /// As the gallery's buttons say it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Elections => "Elections",
            Self::Failures => "Failures",
            Self::Remedies => "Remedies",
            Self::Production => "As in production",
        }
    }
}

/// A preset is its file's name and its file, where it stands, and its telling instant in milliseconds.
macro_rules! preset {
    ($name:literal, $category:ident, $telling:literal) => {
        Preset {
            name: $name,
            category: Category::$category,
            telling: Time::ms($telling),
            script: include_str!(concat!("../presets/", $name, ".hustings")),
        }
    };
}

/// The name of the scenario for a visitor without a link.
pub const START: &str = "start";

/// In the order in which they are best met.
pub const ALL: [Preset; 46] = [
    preset!("start", Elections, 109),
    preset!("bully-figure", Elections, 283),
    preset!("next-in-line-figure", Elections, 228),
    preset!("textbook-figure", Elections, 228),
    preset!("candidates-figure", Elections, 349),
    preset!("ring-figure", Elections, 245),
    preset!("invitation-figure", Elections, 1_281),
    preset!("raft-figure", Elections, 968),
    preset!("vrrp-figure", Elections, 4_416),
    preset!("everyone-notices", Elections, 268),
    preset!("cold-start", Elections, 16),
    preset!("split-brain", Failures, 1_320),
    preset!("split-brain-for-good", Failures, 700),
    preset!("quorum-holds", Remedies, 1_528),
    preset!("quorum-price", Remedies, 1_335),
    preset!("unstable-rank", Production, 2_007),
    preset!("unstable-rank-next-in-line", Production, 4_009),
    preset!("no-preempt", Remedies, 2_040),
    preset!("hold-down", Remedies, 2_540),
    preset!("long-pause", Production, 3_008),
    preset!("two-leaders", Failures, 197),
    preset!("late-coronation", Failures, 507),
    preset!("false-suspicion", Production, 229),
    preset!("one-cut-link", Failures, 1_320),
    preset!("slow-link", Production, 1_350),
    preset!("ring-two-rings", Failures, 985),
    preset!("candidates-cut-off", Failures, 1_010),
    preset!("groups-merge", Failures, 886),
    preset!("raft-split-vote", Failures, 790),
    preset!("raft-partial-partition", Failures, 1_008),
    preset!("raft-partial-partition-pre-vote", Remedies, 952),
    preset!("thirty-two", Elections, 290),
    preset!("bottleneck", Production, 990),
    preset!("replica-sets", Production, 1_250),
    preset!("two-data-centres", Production, 700),
    preset!("two-crowns", Production, 990),
    preset!("keepalived", Production, 8_200),
    preset!("keepalived-nopreempt", Production, 8_650),
    preset!("keepalived-one-way", Production, 8_650),
    preset!("ospf-dr-bdr", Production, 60_002),
    preset!("elasticsearch-zen", Production, 102_002),
    preset!("elasticsearch-zen-majority", Production, 103_002),
    preset!("rabbitmq-pause-minority", Production, 90_003),
    preset!("etcd-partial-partition", Production, 8_002),
    preset!("etcd-partial-partition-pre-vote", Production, 2_814),
    preset!("two-coasts", Production, 30_032),
];

/// By its exact name.
pub fn find(name: &str) -> Option<Preset> {
    ALL.into_iter().find(|preset| preset.name == name)
}

/// What a preset says of itself.
#[derive(Clone, Debug)]
pub struct Card {
    /// The preset.
    pub preset: Preset,
    /// Its script, parsed.
    pub script: Script,
    /// The scenario's title.
    pub title: String,
    /// The scenario's one-line description.
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
        let haystack = [&self.title, &self.about, self.preset.name, self.algorithm].join(" ");
        let haystack = haystack.to_lowercase();
        category.is_none_or(|category| category == self.preset.category)
            && sought.to_lowercase().split_whitespace().all(|word| haystack.contains(word))
    }
}
