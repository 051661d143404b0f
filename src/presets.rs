//! The scenarios that come with Hustings, as scripts. Their names are permanent addresses: a link
//! may hold one, so a name is never taken away or given to another story.

mod card;

pub use card::{Card, cards};

use crate::time::Time;

/// One bundled scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    pub name: &'static str,
    pub category: Category,
    /// The instant that tells the most: the gallery shows it, unless the script has `figure start`.
    pub telling: Time,
    /// The whole file, comments included.
    pub script: &'static str,
}

/// What a scenario is mostly about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    Elections,
    Failures,
    Production,
}

impl Category {
    pub const ALL: [Self; 3] = [Self::Elections, Self::Failures, Self::Production];

    /// As the gallery's buttons say it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Elections => "Elections",
            Self::Failures => "Failures",
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

/// In the order in which they are best met.
pub const ALL: [Preset; 20] = [
    preset!("start", Elections, 109),
    preset!("bully-figure", Elections, 283),
    preset!("next-in-line-figure", Elections, 228),
    preset!("textbook-figure", Elections, 228),
    preset!("everyone-notices", Elections, 268),
    preset!("cold-start", Elections, 16),
    preset!("split-brain", Failures, 1_320),
    preset!("split-brain-for-good", Failures, 700),
    preset!("unstable-rank", Production, 2_007),
    preset!("unstable-rank-next-in-line", Production, 4_009),
    preset!("long-pause", Production, 3_008),
    preset!("two-leaders", Failures, 197),
    preset!("late-coronation", Failures, 507),
    preset!("false-suspicion", Production, 229),
    preset!("one-cut-link", Failures, 1_320),
    preset!("slow-link", Production, 1_350),
    preset!("thirty-two", Elections, 290),
    preset!("bottleneck", Production, 990),
    preset!("replica-sets", Production, 1_250),
    preset!("two-crowns", Production, 990),
];

/// By its exact name.
pub fn find(name: &str) -> Option<Preset> {
    ALL.into_iter().find(|preset| preset.name == name)
}
