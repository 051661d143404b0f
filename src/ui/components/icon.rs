//! The icons: a 16 px grid, strokes of 1.5 with round ends.

use yew::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Both,
    Chevron,
    Compare,
    Copy,
    Cross,
    Dark,
    Diagram,
    Gallery,
    Help,
    Hint,
    JumpBack,
    JumpOn,
    Loop,
    More,
    Open,
    Pause,
    Play,
    Present,
    Redo,
    Script,
    Share,
    SkipQuiet,
    Stage,
    StepBack,
    StepOn,
    Tick,
    Undo,
    Why,
}

impl Icon {
    const fn outline(self) -> &'static str {
        match self {
            Self::Both => "M2.5 2.5h11v11h-11zM2.5 8.5h11M5 11h6M8 4.6a1 1 0 1 0 0 2a1 1 0 1 0 0-2",
            Self::Chevron => "M4.5 6.3L8 9.8l3.5-3.5",
            Self::Compare => "M2.5 3h4.5v10H2.5zM9 3h4.5v10H9z",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Cross => "M4 4l8 8M12 4l-8 8",
            Self::Dark => "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11",
            Self::Diagram => "M2.5 2.5h11v11h-11zM5 5.5h6M5 8h3.5M5 10.5h6",
            Self::Gallery => {
                "M2.5 2.5h4.2v4.2H2.5zM9.3 2.5h4.2v4.2H9.3zM2.5 9.3h4.2v4.2H2.5zM9.3 9.3h4.2v4.2H9.3z"
            }
            Self::Help => "M5.8 6a2.2 2.2 0 1 1 3.3 1.9c-.8.5-1.1.9-1.1 1.8M8 12.3v.2",
            Self::Hint => "M8 3v6.5M8 12.6v.1",
            Self::JumpBack => "M13.5 4l-4 4 4 4M8.5 4l-4 4 4 4M2.3 3.5v9",
            Self::JumpOn => "M2.5 4l4 4-4 4M7.5 4l4 4-4 4M13.7 3.5v9",
            Self::Loop => {
                "M3 8a4.5 4.5 0 0 1 4.5-4.5h4M13 8a4.5 4.5 0 0 1-4.5 4.5h-4M9.8 1.5l2 2-2 2M6.2 14.5l-2-2 2-2"
            }
            Self::More => "M3.5 8h.1M8 8h.1M12.5 8h.1",
            Self::Open => "M6.5 3.5h-3v9h9v-3M9 2.5h4.5V7M13.5 2.5L7.5 8.5",
            Self::Pause => "M5.2 3v10M10.8 3v10",
            Self::Play => "",
            Self::Present => "M1.8 2.5h12.4v8H1.8zM8 10.5V13M5 13.5h6M6.8 4.7v3.6l3-1.8z",
            Self::Redo => "M10.5 3l3 3-3 3M13.2 6H7a4 4 0 0 0 0 8h3",
            Self::Script => "M3 3.5h10M3 6.5h6.5M3 9.5h8.5M3 12.5h5",
            Self::Share => {
                "M8 10V2.2M5 4.8l3-3 3 3M3 8.5v4.2c0 .7.5 1.3 1.3 1.3h7.4c.7 0 1.3-.6 1.3-1.3V8.5"
            }
            Self::SkipQuiet => {
                "M1.5 11h3M11.5 11h3M4.5 11C5.5 5 10.5 5 11.5 11M9 9.8l2.5 1.3L13 8.5"
            }
            Self::Stage => "M2.5 2.5h11v11h-11zM8 5.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5",
            Self::StepBack => "M4 3.5v9",
            Self::StepOn => "M12 3.5v9",
            Self::Tick => "M3 8.5l3.2 3.2L13 4.8",
            Self::Undo => "M5.5 3L2.5 6l3 3M2.8 6h6.2a4 4 0 0 1 0 8H6",
            Self::Why => "M3 13V9.5A3.5 3.5 0 0 1 6.5 6H13M10 3l3 3-3 3",
        }
    }

    /// What is filled rather than drawn.
    const fn filled(self) -> Option<&'static str> {
        match self {
            Self::Dark => Some("M8 2.5a5.5 5.5 0 0 1 0 11z"),
            Self::Play => {
                Some("M5 3.2v9.6c0 .5.5.8.9.5l7.3-4.8c.4-.2.4-.8 0-1L5.9 2.7c-.4-.3-.9 0-.9.5z")
            }
            Self::StepBack => Some("M12 3.5v9L5.8 8z"),
            Self::StepOn => Some("M4 3.5v9l6.2-4.5z"),
            _ => None,
        }
    }
}

/// Decoration only: the button that holds it has the words.
pub fn icon(icon: Icon) -> Html {
    let width = match icon {
        Icon::Pause => "2.6",
        Icon::More => "2.4",
        _ => "1.5",
    };
    html! {
        <svg class="icon" width="16" height="16" viewBox="0 0 16 16" fill="none"
            stroke="currentColor" stroke-width={width} stroke-linecap="round"
            stroke-linejoin="round" aria-hidden="true">
            <path d={icon.outline()} />
            if let Some(filled) = icon.filled() {
                <path d={filled} fill="currentColor" stroke="none" />
            }
        </svg>
    }
}
