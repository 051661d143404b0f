//! What of the page is open, beside what it is about.

use crate::election::Algorithm;

/// What fills the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// For a visitor without a link: one sentence, one suggested action. The first fault unfolds the page.
    Start,
    #[default]
    Stage,
    Gallery,
    /// The same faults and delays under another algorithm.
    Compare(Algorithm),
}

/// What is open beside the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    SetUp,
    Faults,
    Script,
    /// The same scenario, as programs spell it.
    Json,
}

impl Panel {
    pub const ALL: [Self; 4] = [Self::SetUp, Self::Faults, Self::Script, Self::Json];

    pub const fn name(self) -> &'static str {
        match self {
            Self::SetUp => "Set-up",
            Self::Faults => "Faults and overrides",
            Self::Script => "Script",
            Self::Json => "JSON",
        }
    }
}

/// What stands under the stage where there is no room for everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Timeline,
    Story,
    /// What is selected.
    Selection,
    Verdicts,
    Panel,
}

/// What asks for an answer before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    Help,
    /// Two lists of processes, for who draws no line.
    Split,
    /// The link, and everything that can be taken away.
    Share,
    /// The lines that put it into a page of one's own.
    Embed,
    /// A scenario that somebody has elsewhere.
    Import,
}

impl Tab {
    /// As the style sheet knows it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Story => "story",
            Self::Selection => "selection",
            Self::Verdicts => "verdicts",
            Self::Panel => "panel",
        }
    }
}
