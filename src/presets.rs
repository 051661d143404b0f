//! The scenarios that come with Hustings, as scripts. Their names are permanent addresses: a link
//! may hold one, so a name is never taken away or given to another story.

/// One bundled scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    pub name: &'static str,
    /// The whole file, comments included.
    pub script: &'static str,
}

/// A preset is its file's name and its file.
macro_rules! preset {
    ($name:literal) => {
        Preset { name: $name, script: include_str!(concat!("../presets/", $name, ".hustings")) }
    };
}

/// In the order in which they are best met.
pub const ALL: [Preset; 17] = [
    preset!("start"),
    preset!("bully-figure"),
    preset!("next-in-line-figure"),
    preset!("textbook-figure"),
    preset!("everyone-notices"),
    preset!("cold-start"),
    preset!("split-brain"),
    preset!("split-brain-for-good"),
    preset!("unstable-rank"),
    preset!("unstable-rank-next-in-line"),
    preset!("long-pause"),
    preset!("two-leaders"),
    preset!("late-coronation"),
    preset!("false-suspicion"),
    preset!("one-cut-link"),
    preset!("slow-link"),
    preset!("thirty-two"),
];

/// By its exact name.
pub fn find(name: &str) -> Option<Preset> {
    ALL.into_iter().find(|preset| preset.name == name)
}
