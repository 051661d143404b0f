//! The frame of all dialogs, with a heading and a close button: a native modal dialog while mounted, so that the
//! browser keeps the focus inside and restores it at the end. The help is one: every key and every sign, each with its
//! meaning.

use super::Icon;
use super::icon;
use super::icon::Sign;
use crate::session::keys::with_key;
use crate::session::{BINDINGS, Binding, Command, ShortcutGroup};
use crate::types::MessageKind;
use crate::view::palette::ColourTheme;
use crate::view::signs::{self, says};
use crate::view::stage;
use crate::view::text::EvenWidth;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct DialogProps {
    pub class: &'static str,
    /// The id of the heading.
    pub title: &'static str,
    #[prop_or_default]
    pub onkey: Callback<KeyboardEvent>,
    pub onclose: Callback<()>,
    pub children: Html,
}

#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    let onclose = props.onclose.clone();
    use_effect_with(node.clone(), move |node| {
        let over = move || onclose.emit(());
        let modal = node.cast::<Element>().and_then(|dialog| Modal::open(&dialog, over));
        move || drop(modal)
    });
    // The browser handles Escape; all other keys belong to the dialog while it is open.
    let onkeydown = props.onkey.reform(|event: KeyboardEvent| {
        event.stop_propagation();
        wrap_radio_group(&event);
        event
    });
    html! {
        <dialog class={classes!("dialog", props.class)} ref={node} aria-labelledby={props.title}
            {onkeydown}>
            <div class="dialog-body">{ props.children.clone() }</div>
        </dialog>
    }
}

/// The heading, and the button that closes the dialog.
pub fn dialog_head(id: &'static str, title: &'static str) -> Html {
    let onclick = Callback::from(|event: MouseEvent| {
        let button = event.target_dyn_into::<Element>();
        // The selector is valid, so no browser refuses it.
        let dialog = button.and_then(|button| button.closest("dialog").ok().flatten());
        if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<Element>().ok()) {
            close(&dialog);
        }
    });
    html! {
        <div class="dialog-head">
            <h2 {id}>{ title }</h2>
            <span class="space" />
            <button class="button square" aria-label="Close" title={with_key("Close", &Command::Close)} {onclick}>
                { icon(Icon::Cross) }
            </button>
        </div>
    }
}

/// An open dialog. Escape and a press on the backdrop close it. Dropping this closes it and removes the
/// listeners.
pub struct Modal {
    dialog: HtmlDialogElement,
    _listeners: [EventListener; 2],
}

/// Closes the dialog, so that the browser restores the focus: removing the element alone would lose it.
impl Drop for Modal {
    fn drop(&mut self) {
        self.dialog.close();
    }
}

impl Modal {
    /// Opens the dialog; `None` if the element is no dialog.
    pub fn open(dialog: &Element, onclose: impl Fn() + 'static) -> Option<Self> {
        let dialog = dialog.dyn_ref::<HtmlDialogElement>()?;
        if !dialog.open() {
            // Refused only if it is not on the page; then there is nothing to close either.
            let _ = dialog.show_modal();
            focus_first(dialog);
        }
        let closed = EventListener::new(dialog, "close", move |_| onclose());
        let beside = {
            let dialog = dialog.clone();
            EventListener::new(&dialog.clone(), "click", move |event| {
                let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                // The content is in elements of its own, so only the backdrop belongs to the dialog itself.
                if target.is_some_and(|target| target == **dialog) {
                    dialog.close();
                }
            })
        };
        Some(Self { dialog: dialog.clone(), _listeners: [closed, beside] })
    }
}

/// Focuses the element that is marked `data-first`. `autofocus` would do the same, but browsers may process
/// it again in the next frame and then complain that another element has the focus.
fn focus_first(dialog: &Element) {
    // The selector is valid, so no browser refuses it.
    let first = dialog.query_selector("[data-first]").ok().flatten();
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        // A dialog that is not on the page has nothing to focus.
        let _ = first.focus();
    }
}

/// Moves the focus from the last radio button of a group to its first, or back, when an arrow key is pressed:
/// WebKit stops at the ends.
pub fn wrap_radio_group(event: &KeyboardEvent) {
    if event.alt_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let step = match &*event.key() {
        "ArrowRight" | "ArrowDown" => 1,
        "ArrowLeft" | "ArrowUp" => -1,
        _ => return,
    };
    let target = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(radio) = target.filter(|input| input.type_() == "radio") else { return };
    let Ok(Some(group)) = radio.closest("[role=radiogroup], fieldset") else { return };
    let Ok(radios) = group.query_selector_all("input[type=radio]") else { return };
    let radios: Vec<HtmlInputElement> = (0..radios.length())
        .filter_map(|place| radios.item(place)?.dyn_into::<HtmlInputElement>().ok())
        .collect();
    let Some(place) = radios.iter().position(|one| *one == radio) else { return };
    let next = (place as isize + step).rem_euclid(radios.len() as isize) as usize;
    event.prevent_default();
    // A radio button on the page can be focused.
    let _ = radios[next].focus();
    radios[next].click();
}

/// Closes a dialog; the browser restores the focus.
pub fn close(dialog: &Element) {
    if let Some(dialog) = dialog.dyn_ref::<HtmlDialogElement>() {
        dialog.close();
    }
}

/// The dialog. `letters` is whether keys that type a character are shortcuts.
pub fn help_dialog(
    theme: ColourTheme,
    letters: bool,
    onletters: &Callback<bool>,
    onclose: Callback<()>,
) -> Html {
    let onletters = onletters.reform(|event: Event| {
        event.target_dyn_into::<HtmlInputElement>().is_none_or(|input| input.checked())
    });
    html! {
        <Dialog class="help" title="help-title" {onclose}>
            { dialog_head("help-title", "Keys and signs") }
            <div class="help-keys">{ for ShortcutGroup::ALL.map(group) }</div>
            <label class="help-switch">
                <input type="checkbox" checked={letters} onchange={onletters} />
                <span>
                    { "Letter keys act wherever no text is typed" }
                    <small>{ "All other keys work either way." }</small>
                </span>
            </label>
            <SignTable {theme} />
        </Dialog>
    }
}

fn group(group: ShortcutGroup) -> Html {
    let bindings = BINDINGS.iter().filter(|binding| binding.group == group);
    html! {
        <section key={group.title()}>
            <h3>{ group.title() }</h3>
            <dl>{ for bindings.map(binding) }</dl>
        </section>
    }
}

fn binding(binding: &Binding) -> Html {
    let stroke = |shown: &'static str| {
        // Keys of a combination are shown side by side.
        html! { <span class="help-stroke">{ for shown.split(' ').map(|key| html! { <kbd>{ key }</kbd> }) }</span> }
    };
    html! {
        <div>
            <dt>{ for binding.keys.iter().map(|key| stroke(key.shown)) }</dt>
            <dd>{ binding.means }</dd>
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct SignTableProps {
    pub theme: ColourTheme,
}

#[component]
pub fn SignTable(props: &SignTableProps) -> Html {
    let theme = props.theme;
    // The width of text has no effect on these scenes.
    let processes = use_memo(theme, |theme| signs::processes(*theme, &EvenWidth));
    let links = use_memo(theme, |theme| signs::links(*theme, &EvenWidth));
    let messages = use_memo(theme, |theme| signs::messages(*theme, &EvenWidth));
    let message = |kind: MessageKind| {
        let says = format!("“{}”", says(kind));
        html! { { entry(kind.name(), &says, stage::icon(kind, theme), "sign-message") } }
    };
    html! {
        <div class="help-signs">
            <h3>{ "Processes" }</h3>
            <p>{ "The colour of a process shows which leader it believes in. Its shape says the same without colour." }</p>
            <ul>{ for processes.iter().map(|s| entry(s.name, s.looks, s.scene.clone(), "sign-process")) }</ul>
            <h3>{ "Messages" }</h3>
            <p>{ "The shape shows the kind, the colour the process that it names." }</p>
            <ul>
                { for MessageKind::ALL.map(message) }
                { for messages.iter().map(|s| entry(s.name, s.looks, s.scene.clone(), "sign-process")) }
            </ul>
            <h3>{ "Links" }</h3>
            <ul>{ for links.iter().map(|s| entry(s.name, s.looks, s.scene.clone(), "sign-link")) }</ul>
        </div>
    }
}

fn entry(name: &'static str, looks: &str, scene: crate::view::Scene, class: &'static str) -> Html {
    html! {
        <li key={name}>
            <Sign {scene} {class} />
            <b>{ name }</b>
            <small>{ looks.to_owned() }</small>
        </li>
    }
}
