//! Which parts of the page are open: screen, panel, tab, dialog.

use crate::election::Algorithm;

/// The main view of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// The start screen, for a visitor without a link: one sentence and one suggested action. The first fault
    /// replaces it by the whole page.
    Start,
    #[default]
    Stage,
    Gallery,
    /// The comparison with the same faults and delays under another algorithm, or under all.
    Compare(ComparedWith),
}

/// What a scenario is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComparedWith {
    /// Another algorithm: two runs on one clock.
    Algorithm(Algorithm),
    /// All algorithms: a table.
    All,
}

impl Screen {
    /// Whether the screen shows the run, so that keys and gestures may act on it.
    pub const fn shows_run(&self) -> bool {
        match self {
            Self::Start | Self::Stage | Self::Compare(ComparedWith::Algorithm(_)) => true,
            Self::Gallery | Self::Compare(ComparedWith::All) => false,
        }
    }

    /// The other algorithm of a comparison.
    pub const fn compared_algorithm(&self) -> Option<&Algorithm> {
        match self {
            Self::Compare(ComparedWith::Algorithm(other)) => Some(other),
            Self::Start | Self::Stage | Self::Gallery | Self::Compare(ComparedWith::All) => None,
        }
    }
}

/// A panel beside the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    SetUp,
    Faults,
    Script,
    /// The scenario as JSON.
    Json,
    /// The search for the fewest faults that violate an expectation.
    Search,
    /// The sweep: what comes of other values of a setting.
    WhatIf,
}

impl Panel {
    /// The forms of the scenario, which one panel shows in turn.
    pub const EDITORS: [Self; 4] = [Self::SetUp, Self::Faults, Self::Script, Self::Json];

    pub const fn name(self) -> &'static str {
        match self {
            Self::SetUp => "Set-up",
            Self::Faults => "Faults and overrides",
            Self::Script => "Script",
            Self::Json => "JSON",
            Self::Search => "Search",
            Self::WhatIf => "What if",
        }
    }

    /// Whether it is about the run as a whole, and takes the place of what is said of it.
    pub const fn is_about_run(self) -> bool {
        match self {
            Self::Search | Self::WhatIf => true,
            Self::SetUp | Self::Faults | Self::Script | Self::Json => false,
        }
    }
}

/// A tab under the stage, in narrow windows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Timeline,
    Story,
    /// The inspector of the selection.
    Selection,
    Verdicts,
    Panel,
}

/// A modal dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    Help,
    /// Splits the network by two lists of processes instead of a drawn line.
    Split,
    /// Shares the link, and exports files.
    Share,
    /// The snippet that embeds the scenario in another page.
    Embed,
    /// Imports a scenario.
    Import,
}

impl Tab {
    /// The name in the style sheet.
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
