//! Small pictures: icons on a 16 px grid with strokes of 1.5 px, glyphs of messages and roles, and the key of
//! colours.

use crate::types::{MessageKind, Rank};
use crate::view::Scene;
use crate::view::geometry::Path;
use crate::view::glyphs::{BARS, CHEVRON, CROWN, Glyph, Ink, QUESTION, TIMES};
use crate::view::palette::{ColourTheme, LeaderStyle, LeaderStyles, css};
use crate::view::stage::Legend;
use crate::web::canvas::Painter;
use crate::web::media;
use web_sys::HtmlCanvasElement;
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
    Minus,
    More,
    Open,
    Pause,
    Play,
    Plus,
    Present,
    Redo,
    Script,
    Search,
    Share,
    SkipQuiet,
    Stage,
    StepBack,
    StepOn,
    Tick,
    Undo,
    WhatIf,
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
            Self::Minus => "M3.5 8h9",
            Self::More => "M3.5 8h.1M8 8h.1M12.5 8h.1",
            Self::Open => "M6.5 3.5h-3v9h9v-3M9 2.5h4.5V7M13.5 2.5L7.5 8.5",
            Self::Pause => "M5.2 3v10M10.8 3v10",
            Self::Play => "",
            Self::Plus => "M8 3.5v9M3.5 8h9",
            Self::Present => "M1.8 2.5h12.4v8H1.8zM8 10.5V13M5 13.5h6M6.8 4.7v3.6l3-1.8z",
            Self::Redo => "M10.5 3l3 3-3 3M13.2 6H7a4 4 0 0 0 0 8h3",
            Self::Script => "M3 3.5h10M3 6.5h6.5M3 9.5h8.5M3 12.5h5",
            Self::Search => "M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M10.3 10.3l3.2 3.2",
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
            Self::WhatIf => "M2.5 2.5v11h11M5 10.5l3-4 2.2 2L13.5 4",
            Self::Why => "M3 13V9.5A3.5 3.5 0 0 1 6.5 6H13M10 3l3 3-3 3",
        }
    }

    /// The part of the icon that is filled instead of stroked.
    const fn filled(self) -> Option<&'static str> {
        match self {
            Self::Dark => Some("M8 2.5a5.5 5.5 0 0 1 0 11z"),
            Self::Play => {
                Some("M5 3.2v9.6c0 .5.5.8.9.5l7.3-4.8c.4-.2.4-.8 0-1L5.9 2.7c-.4-.3-.9 0-.9.5z")
            }
            Self::StepBack => Some("M12 3.5v9L5.8 8z"),
            Self::StepOn => Some("M4 3.5v9l6.2-4.5z"),
            Self::Both
            | Self::Chevron
            | Self::Compare
            | Self::Copy
            | Self::Cross
            | Self::Diagram
            | Self::Gallery
            | Self::Help
            | Self::Hint
            | Self::JumpBack
            | Self::JumpOn
            | Self::Loop
            | Self::Minus
            | Self::More
            | Self::Open
            | Self::Pause
            | Self::Plus
            | Self::Present
            | Self::Redo
            | Self::Script
            | Self::Search
            | Self::Share
            | Self::SkipQuiet
            | Self::Stage
            | Self::Tick
            | Self::Undo
            | Self::WhatIf
            | Self::Why => None,
        }
    }
}

/// An icon, hidden from screen readers: its button has a label.
pub fn icon(icon: Icon) -> Html {
    let bold = [(Icon::Pause, "2.6"), (Icon::More, "2.4")];
    let width = bold.into_iter().find(|(of, _)| *of == icon).map_or("1.5", |(_, width)| width);
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

#[derive(Clone, PartialEq, Properties)]
pub struct SignProps {
    pub scene: Scene,
    pub class: &'static str,
}

#[component]
pub fn Sign(props: &SignProps) -> Html {
    let node = use_node_ref();
    use_effect_with((node.clone(), props.scene.clone()), |(node, scene)| {
        let painter = node.cast::<HtmlCanvasElement>().and_then(|c| Painter::new(c).ok());
        if let Some(mut painter) = painter {
            painter.paint(scene, media::pixel_ratio());
        }
    });
    html! { <canvas class={props.class} ref={node} aria-hidden="true" /> }
}

/// The glyph of a kind of messages, faint where none of them was sent yet.
pub fn kind(kind: MessageKind, is_faint: bool) -> Html {
    let glyph = Glyph::of(kind, kind != MessageKind::Election);
    let class = match glyph.fill {
        Ink::Solid => "glyph-solid",
        Ink::Hollow => "glyph-hollow",
        Ink::Leader => "glyph-neutral",
    };
    html! {
        <svg class={classes!(is_faint.then_some("unsent"))} width="20" height="18"
            viewBox="-10 -9 20 18" aria-hidden="true">
            <path {class} d={glyph.path().to_string()} stroke-width={glyph.stroke.to_string()}
                stroke-linejoin="round" />
        </svg>
    }
}

/// The glyph of a message, in the colour of the process that the message names.
pub fn message(
    kind: MessageKind,
    names: Option<Rank>,
    leader_styles: &LeaderStyles,
    theme: ColourTheme,
) -> Html {
    let glyph = Glyph::of(kind, kind != MessageKind::Election);
    let (class, hue) = match (glyph.fill, names) {
        (Ink::Solid, _) => ("glyph-solid", None),
        (Ink::Hollow, _) => ("glyph-hollow", None),
        (Ink::Leader, None) => ("glyph-neutral", None),
        (Ink::Leader, Some(leader)) => ("", Some(leader_styles.of(leader).hue(theme))),
    };
    html! {
        <svg class="mark" width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">
            <path {class} d={glyph.path().to_string()} stroke-width={glyph.stroke.to_string()}
                stroke-linejoin="round" fill={hue.map(|hue| css(hue.paint))}
                stroke={hue.map(|hue| css(hue.edge))} />
        </svg>
    }
}

pub fn crown(leader: Rank, leader_styles: &LeaderStyles, theme: ColourTheme) -> Html {
    let hue = leader_styles.of(leader).hue(theme);
    html! {
        <svg class="mark" width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">
            <path transform="translate(0 5.5) scale(.6)" d={CROWN.to_string()} stroke-width="2.2"
                stroke-linejoin="round" fill={css(hue.paint)} stroke={css(hue.edge)} />
        </svg>
    }
}

/// A sign on a dark disc, as beside a process on the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlyphBadge {
    Suspects,
    Crashed,
    Paused,
    Other,
}

pub fn badge(badge: GlyphBadge) -> Html {
    let (class, path): (_, Path) = match badge {
        GlyphBadge::Suspects => ("badge", QUESTION),
        GlyphBadge::Crashed => ("badge soft", TIMES),
        GlyphBadge::Paused => ("badge soft", BARS),
        GlyphBadge::Other => ("badge soft", CHEVRON),
    };
    let transform = if badge == GlyphBadge::Other { "scale(.62)" } else { "" };
    html! {
        <svg class="mark" width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">
            <circle class={class} r="8.5" />
            <path class="badge-line" {transform} d={path.to_string()} stroke-width="2"
                stroke-linecap="round" stroke-linejoin="round" fill="none" />
        </svg>
    }
}

/// The key of colours, with the status in a few words, which is shown where the verdict is not beside the
/// stage.
pub fn belief_key(
    Legend { leaders, nobody, .. }: &Legend,
    theme: ColourTheme,
    (verdict, alarm): (String, bool),
) -> Html {
    html! {
        <div class="key">
            <b class={classes!("key-verdict", alarm.then_some("alarm-text"))}>{ verdict }</b>
            <span class="key-words">{ "Believes" }<span class="wide-words">{ " the leader is" }</span></span>
            { for leaders.iter().map(|(called, leader_style)| entry(called, *leader_style, theme)) }
            if *nobody {
                <span class="key-entry">
                    <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
                        <circle class="hollow" r="6.2" stroke-width="1.5" />
                    </svg>
                    { "nobody" }
                </span>
            }
        </div>
    }
}

/// A process as on the stage, its tip up to the right.
pub const DROP: &str = "M-1.03-5.2L4.46-5.35Q5.31-5.31 5.35-4.46L5.2 1.03A6.2 6.2 0 1 1-1.03-5.2Z";

fn entry(called: &str, leader_style: LeaderStyle, theme: ColourTheme) -> Html {
    let hue = leader_style.hue(theme);
    html! {
        <span class="key-entry" key={called.to_owned()}>
            <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
                <path d={DROP} fill={css(hue.paint)} stroke={css(hue.edge)}
                    stroke-linejoin="round" />
            </svg>
            { called }
        </span>
    }
}
