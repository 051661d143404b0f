//! The theme: the system's, or the reader's choice, which the browser stores.

use super::use_media;
use crate::view::palette::ColourTheme;
use crate::web::{media, storage};
use gloo_utils::document_element;
use yew::prelude::*;

const KEY: &str = "hustings.theme";

/// The reader's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeChoice {
    Auto,
    Light,
    Dark,
}

impl ThemeChoice {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }

    fn remembered() -> Self {
        match storage::read(KEY).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::Auto,
        }
    }
}

/// The choice, the resulting theme, and a callback that changes to the next choice. With forced colours the
/// theme is coded: each colour is replaced by one of the system's when it is painted.
#[hook]
pub fn use_theme() -> (ThemeChoice, ColourTheme, Callback<()>) {
    let choice = use_state_eq(ThemeChoice::remembered);
    let prefers_dark = use_media(media::DARK);
    use_effect_with(*choice, |choice| {
        let root = document_element();
        // The style sheet follows the attribute; without one, the system.
        let _ = match choice {
            ThemeChoice::Auto => root.remove_attribute("data-theme"),
            ThemeChoice::Light | ThemeChoice::Dark => {
                root.set_attribute("data-theme", choice.name())
            }
        };
    });
    let dark = match *choice {
        ThemeChoice::Auto => prefers_dark,
        ThemeChoice::Light => false,
        ThemeChoice::Dark => true,
    };
    let next = {
        let choice = choice.clone();
        Callback::from(move |()| {
            let next = choice.next();
            storage::write(KEY, next.name());
            choice.set(next);
        })
    };
    let theme = match (use_media(media::FORCED_COLOURS), dark) {
        (true, _) => ColourTheme::Coded,
        (false, true) => ColourTheme::Dark,
        (false, false) => ColourTheme::Light,
    };
    (*choice, theme, next)
}
