//! Light or dark: as the page around says, or its author, or the reader's system.

use crate::player;
use crate::ui::hooks::use_media;
use crate::view::palette::ColourTheme;
use crate::web::media;
use gloo_utils::document_element;
use yew::prelude::*;

#[hook]
pub fn use_theme(asked: Option<player::FigureTheme>) -> ColourTheme {
    let prefers_dark = use_media(media::DARK);
    let is_dark = asked.map_or(prefers_dark, |asked| asked == player::FigureTheme::Dark);
    use_effect_with(is_dark, |is_dark| {
        let name = if *is_dark { "dark" } else { "light" };
        // The name is right, so no browser refuses.
        let _ = document_element().set_attribute("data-theme", name);
    });
    match (use_media(media::FORCED_COLOURS), is_dark) {
        (true, _) => ColourTheme::Coded,
        (false, true) => ColourTheme::Dark,
        (false, false) => ColourTheme::Light,
    }
}
