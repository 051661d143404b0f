//! A kind of message, or what happened to a process, as a small drawing beside its words.

use crate::types::{MessageKind, Rank};
use crate::view::glyphs::{BARS, CHEVRON, CROWN, Glyph, Ink, QUESTION, TIMES};
use crate::view::palette::{ColourTheme, LeaderStyles, css};
use crate::view::path::Path;
use yew::prelude::*;

/// In the paint of whom it names.
pub fn message(
    kind: MessageKind,
    names: Option<Rank>,
    leader_styles: &LeaderStyles,
    theme: ColourTheme,
) -> Html {
    let glyph = Glyph::of(kind);
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

/// On a dark disc, as beside a process.
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
