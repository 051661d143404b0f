//! Browser interfaces: one each, or what is used together. The page shows a dialog after a panic, since it cannot
//! continue.

pub mod canvas;
pub mod clipboard;
pub mod clock;
pub mod file;
pub mod focus;
pub mod json;
pub mod location;
pub mod media;
pub mod port;
pub mod storage;
pub mod text_area;
pub mod tools;

use gloo_utils::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};

/// Sets the panic hook: it shows a dialog, and logs the panic to the console.
pub fn show_a_card() {
    // Yew sets a hook of its own when it starts, unless this one is set.
    yew::set_custom_panic_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        // The page may be incomplete; any part of the card is better than nothing.
        let _ = card();
    }));
}

/// Whether the page has panicked.
pub fn is_broken() -> bool {
    // The selector is valid, so no browser refuses it.
    document().query_selector(".broken").ok().flatten().is_some()
}

/// Shows the card. Further panics may follow, for example one per frame; one card is enough.
fn card() -> Option<()> {
    if is_broken() {
        return None;
    }
    // A modal dialog, since an open one would cover anything else.
    let card = element("dialog", "broken")?;
    card.set_attribute("role", "alertdialog").ok()?;
    card.set_attribute("aria-labelledby", "broken-title").ok()?;
    let title = element("h1", "")?;
    title.set_id("broken-title");
    title.set_text_content(Some("Something broke on this page"));
    let text = element("p", "")?;
    text.set_text_content(Some(WORDS));
    let buttons = element("p", "broken-actions")?;
    // Nothing of the broken program has to run when they are pressed. The one is a link to the very page
    // that is open, which loads nothing by itself: www/boot.js sees to that.
    let again = link("Reload", "button primary", &window().location().href().ok()?)?;
    again.set_attribute("data-reload", "").ok()?;
    let without = link("Open without it", "button", &location::base())?;
    buttons.append_with_node_2(&again, &without).ok()?;
    card.append_with_node_3(&title, &text, &buttons).ok()?;
    document().body()?.prepend_with_node_1(&card).ok()?;
    card.dyn_ref::<HtmlDialogElement>()?.show_modal().ok()
}

const WORDS: &str = "It cannot go on. Its address still names your scenario: reload it to begin there \
                     again, or open the page without it if it breaks again.";

fn link(words: &str, class: &str, to: &str) -> Option<Element> {
    let link = element("a", class)?;
    link.set_attribute("href", to).ok()?;
    link.set_text_content(Some(words));
    Some(link)
}

fn element(name: &str, class: &str) -> Option<Element> {
    let element = document().create_element(name).ok()?;
    element.set_class_name(class);
    Some(element)
}
