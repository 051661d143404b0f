//! A panic leaves a page that says so and offers a way on, rather than a dead one.

use gloo_utils::document;
use std::panic;
use web_sys::Element;

/// Shows a card in place of the page when something breaks, and tells the console why.
pub fn show_a_card() {
    panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        // The page may be half painted; whatever of the card can be made is better than nothing.
        let _ = card();
    }));
}

fn card() -> Option<()> {
    let card = element("section", "broken")?;
    card.set_attribute("role", "alert").ok()?;
    let title = element("h1", "")?;
    title.set_text_content(Some("Something broke on this page"));
    let text = element("p", "")?;
    text.set_text_content(Some(
        "It cannot go on. Reload it to begin again; the address still names your scenario.",
    ));
    // Plain links: no code of the broken program has to run when they are pressed.
    let again = element("a", "button primary")?;
    again.set_attribute("href", "").ok()?;
    again.set_text_content(Some("Reload"));
    let without = element("a", "button")?;
    without.set_attribute("href", "#").ok()?;
    without.set_text_content(Some("Open without it"));
    for part in [&title, &text, &again, &without] {
        card.append_child(part).ok()?;
    }
    document().body()?.prepend_with_node_1(&card).ok()
}

fn element(name: &str, class: &str) -> Option<Element> {
    let element = document().create_element(name).ok()?;
    element.set_class_name(class);
    Some(element)
}
