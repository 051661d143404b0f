//! Keyboard and focus. Keys work wherever the focus is, unless the focused control uses them; character keys
//! only while no text is typed and no dialog or menu is open.

use crate::session::{Command, KeyPress, Panel, command};
use crate::ui::dispatcher::Dispatcher;
use crate::web::focus::{FocusKeeper, enter};
use crate::web::storage;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};
use yew::prelude::*;

/// Executes the command of each key that is pressed. Without chapters their keys scroll, as the browser
/// has it.
#[hook]
pub fn use_keys(dispatcher: &Dispatcher, letters: bool, has_chapters: bool) {
    let given = (dispatcher.clone(), letters, has_chapters);
    use_effect_with(given, |(dispatcher, letters, has_chapters)| {
        let (dispatcher, letters, has_chapters) = (dispatcher.clone(), *letters, *has_chapters);
        let options = EventListenerOptions::enable_prevent_default();
        let document = gloo_utils::document();
        let listener =
            EventListener::new_with_options(&document, "keydown", options, move |event| {
                let is_ours = |command: &Command| {
                    has_chapters || !matches!(command, Command::ChapterBack | Command::ChapterOn)
                };
                if let Some(command) = asked(event, letters).filter(is_ours) {
                    event.prevent_default();
                    dispatcher.execute(command);
                }
            });
        move || drop(listener)
    });
}

/// A pressed key with its modifiers.
pub fn key_press<'a>(event: &KeyboardEvent, name: &'a str) -> KeyPress<'a> {
    KeyPress {
        name,
        shift: event.shift_key(),
        control: event.ctrl_key() || event.meta_key(),
        alt: event.alt_key(),
    }
}

fn asked(event: &Event, letters: bool) -> Option<Command> {
    let pressed = event.dyn_ref::<KeyboardEvent>()?;
    let name = pressed.key();
    let key = key_press(pressed, &name);
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    command(key).filter(|_| (letters || !key.is_character()) && !is_taken(target, key))
}

/// Whether the focused control uses the key itself (a slider moves, Space presses a button), or a dialog or
/// menu covers the page.
fn is_taken(target: Option<Element>, key: KeyPress) -> bool {
    let acts = key.is_character() || matches!(key.name, "Delete" | "Backspace");
    if acts && is_covered() {
        return true;
    }
    let Some(target) = target else { return false };
    match &*target.tag_name() {
        "TEXTAREA" | "SELECT" => true,
        // A field that has a use of its own for Escape keeps it from the page.
        "INPUT" if key.name == "Escape" => false,
        "INPUT" => !key.is_character() || types_text(&target),
        "BUTTON" | "SUMMARY" | "A" => key.name == " ",
        _ => false,
    }
}

/// Whether a dialog or a menu covers the page.
fn is_covered() -> bool {
    let document = gloo_utils::document();
    // The header's menu is in the document while it is closed, too.
    let covers = "dialog[open], details[open] > [role='menu'], :not(details) > [role='menu']";
    // The selector is valid, so no browser refuses it.
    document.query_selector(covers).ok().flatten().is_some()
}

/// Whether an input is for text, unlike a slider or a check box.
fn types_text(input: &Element) -> bool {
    let kind = input.get_attribute("type");
    !matches!(kind.as_deref(), Some("range" | "checkbox" | "radio" | "button" | "submit" | "file"))
}

const KEY: &str = "hustings.letters";
const OFF: &str = "off";

/// Whether character keys are shortcuts, and the setter of this choice, which the browser stores.
#[hook]
pub fn use_letter_keys() -> (bool, Callback<bool>) {
    let on = use_state_eq(|| storage::read(KEY).as_deref() != Some(OFF));
    let set = use_callback(on.setter(), |on: bool, setter| {
        storage::write(KEY, if on { "on" } else { OFF });
        setter.set(on);
    });
    (*on, set)
}

/// While mounted, keeps the focus from falling back to the body.
#[hook]
pub fn use_focus() {
    use_effect_with((), |()| {
        let keeper = FocusKeeper::new();
        move || drop(keeper)
    });
}

/// Moves the focus to the content of a panel that opens. If it replaces another panel, its content is one Tab
/// away.
#[hook]
pub fn use_panel_focus(panel: Option<Panel>) {
    let before = use_mut_ref(|| panel);
    use_effect_with(panel, move |&panel| {
        if before.replace(panel).is_none() && panel.is_some() {
            enter(".panel > :last-child");
        }
    });
}
