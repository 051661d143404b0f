//! The theme, the colours and the font of the whole page, as attributes and custom properties of its root.

use crate::view::palette::{ColourTheme, Tokens};
use gloo_utils::document_element;
use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, HtmlElement};

/// Sets the theme that the style sheet reads.
pub fn set_theme(is_dark: bool) {
    // The name is valid, so no browser refuses.
    let _ = document_element().set_attribute("data-theme", if is_dark { "dark" } else { "light" });
}

/// Replaces the colours of the style sheet; `None` brings them back.
pub fn set_tokens(tokens: Option<&Tokens>) {
    let named = tokens.map(Tokens::named);
    for (place, (name, _)) in ColourTheme::Light.tokens().named().into_iter().enumerate() {
        set(&format!("--{name}"), named.map(|named| named[place].1.to_string()).as_deref());
    }
}

/// Replaces the font of the style sheet; `None` brings it back.
pub fn set_font(families: Option<&str>) {
    set("--text", families);
}

fn set(property: &str, value: Option<&str>) {
    let Some(style) = style() else { return };
    // The names are valid, so no browser refuses; a value that it cannot read has no effect.
    let _ = match value {
        Some(value) => style.set_property(property, value),
        None => style.remove_property(property).map(drop),
    };
}

fn style() -> Option<CssStyleDeclaration> {
    document_element().dyn_into::<HtmlElement>().ok().map(|root| root.style())
}
