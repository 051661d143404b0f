//! The text area of the script, and its event handlers.

use super::ScriptPanelProps;
use super::controller::EditorController;
use crate::session::editor::{Notes, line_of, target_at};
use crate::session::{Action, Command, Document};
use crate::ui::dispatcher::Dispatcher;
use crate::view::Target;
use crate::web::text_area;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Keys that move the caret without changing the text.
const WALKS: [&str; 8] =
    ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"];

/// The text area.
pub fn field(
    props: &ScriptPanelProps,
    dispatcher: &Dispatcher,
    controller: &Rc<EditorController>,
    text: &UseStateHandle<Rc<str>>,
    caret: &UseStateHandle<Option<usize>>,
    notes: &Notes,
) -> Html {
    let look = {
        let (controller, caret) = (controller.clone(), caret.setter());
        move || caret.set(controller.area().map(|area| text_area::line(&area)))
    };
    let oninput = {
        let (controller, text, look) = (controller.clone(), text.setter(), look.clone());
        Callback::from(move |_: InputEvent| {
            if let Some(area) = controller.area() {
                text.set(area.value().into());
            }
            look();
            controller.typed();
        })
    };
    let onfocus = {
        let look = look.clone();
        let controller = controller.clone();
        Callback::from(move |_: FocusEvent| {
            controller.moved();
            look();
        })
    };
    let onblur = {
        let controller = controller.clone();
        Callback::from(move |_: FocusEvent| controller.settle())
    };
    let walked = {
        let (props, dispatcher) = (props.clone(), dispatcher.clone());
        let (controller, before) = (controller.clone(), **caret);
        move || {
            look();
            select(&props, &dispatcher, &controller, before);
        }
    };
    let onclick = {
        let walked = walked.clone();
        Callback::from(move |_: MouseEvent| walked())
    };
    let onkeyup = Callback::from(move |event: KeyboardEvent| {
        if WALKS.contains(&&*event.key()) {
            walked();
        }
    });
    let onkeydown = {
        let (document, dispatcher) = (props.document.clone(), dispatcher.clone());
        let controller = controller.clone();
        Callback::from(move |event: KeyboardEvent| {
            pressed(&event, &document, &dispatcher, &controller);
        })
    };
    let is_wrong = notes.has_problems();
    html! {
        <textarea class="script-text" ref={controller.node()} aria-label="Script" wrap="soft" spellcheck="false"
            autocomplete="off" autocapitalize="off" aria-invalid={is_wrong.then_some("true")}
            aria-describedby={(!notes.list.is_empty()).then_some("script-note")}
            {oninput} {onfocus} {onblur} {onclick} {onkeyup} {onkeydown} />
    }
}

/// Handles the keys that are not the text area's own. Tab moves the focus, as everywhere.
fn pressed(
    event: &KeyboardEvent,
    document: &Document,
    dispatcher: &Dispatcher,
    controller: &EditorController,
) {
    let (control, shift) = (event.ctrl_key() || event.meta_key(), event.shift_key());
    let going = match (&*event.key(), control, shift) {
        ("z", true, false) => Some(Action::Undo),
        ("z" | "Z", true, true) | ("y", true, false) => Some(Action::Redo),
        _ => None,
    };
    if let Some(action) = going {
        // Undo and redo of the page instead of the browser's, which covers the text area only.
        event.prevent_default();
        controller.settle();
        dispatcher.dispatch(action);
    } else if event.key() == "Escape" && !event.is_composing() {
        event.prevent_default();
        focus_stage();
    } else if event.key() == "Enter" && control {
        event.prevent_default();
        let line = controller.area().map(|area| text_area::line(&area));
        let target = line.and_then(|line| target_at(document, line));
        if let Some(Target::Fault(entry)) = target
            && let Some(entry) = document.scenario().timeline.get(entry)
        {
            dispatcher.execute(Command::Seek(entry.first()));
        }
    }
}

/// Selects the fault or override of the caret's line on the stage. A selection that came from the previous
/// line is cleared.
fn select(
    props: &ScriptPanelProps,
    dispatcher: &Dispatcher,
    controller: &EditorController,
    before: Option<usize>,
) {
    let Some(line) = controller.area().map(|area| text_area::line(&area)) else { return };
    if before == Some(line) {
        return;
    }
    let target = target_at(&props.document, line);
    let of_a_line = props.selected.is_some_and(|held| line_of(&props.document, held).is_some());
    if target != props.selected && (target.is_some() || of_a_line) {
        dispatcher.dispatch(Action::Select(target));
    }
}

fn focus_stage() {
    let document = gloo_utils::document();
    let find = |what: &str| document.query_selector(what).ok().flatten();
    let process = find(".mirror [aria-pressed=\"true\"]").or_else(|| find(".mirror button"));
    if let Some(process) = process.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // If the focus cannot move there, the text keeps it.
        let _ = process.focus();
    }
}
