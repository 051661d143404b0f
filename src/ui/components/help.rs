//! Help: every key and every sign, each with its word, in a dialog that the browser keeps modal.

mod keys;
mod signs;

use super::{Icon, icon};
use crate::view::palette::Theme;
use keys::KeyTable;
use signs::SignTable;
use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct HelpProps {
    pub theme: Theme,
    /// Whether letters, digits and signs do something by themselves.
    pub letters: bool,
    pub onletters: Callback<bool>,
    pub onclose: Callback<()>,
}

/// Shown for as long as it is there.
#[component]
pub fn HelpDialog(props: &HelpProps) -> Html {
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        if let Some(dialog) = node.cast::<HtmlDialogElement>().filter(|dialog| !dialog.open()) {
            // Where it cannot be modal it is not shown, and the page stays as it was.
            let _ = dialog.show_modal();
        }
    });
    let onletters = props.onletters.reform(|event: Event| {
        event.target_dyn_into::<HtmlInputElement>().is_none_or(|input| input.checked())
    });
    // A press on the dialog itself is one beside its contents.
    let onclick = {
        let (node, close) = (node.clone(), props.onclose.clone());
        Callback::from(move |event: MouseEvent| {
            let dialog = node.cast::<HtmlDialogElement>();
            let pressed = event.target_dyn_into::<HtmlDialogElement>();
            if pressed.is_some() && pressed == dialog {
                close.emit(());
            }
        })
    };
    // Escape is the browser's here, and keys belong to the dialog while it is open.
    let onkeydown = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    html! {
        <dialog class="help" ref={node} aria-labelledby="help-title" {onclick} {onkeydown}
            onclose={props.onclose.reform(|_: Event| ())}>
            <div class="help-sheet">
                <header>
                    <h2 id="help-title">{ "Keys and signs" }</h2>
                    <span class="space" />
                    <button class="button square" aria-label="Close" title="Close (Esc)"
                        onclick={props.onclose.reform(|_: MouseEvent| ())}>{ icon(Icon::Cross) }</button>
                </header>
                <KeyTable />
                <label class="help-switch">
                    <input type="checkbox" checked={props.letters} onchange={onletters} />
                    <span>
                        { "Letter keys act while the stage or the diagram has focus" }
                        <small>{ "Arrows, Space and Escape work either way." }</small>
                    </span>
                </label>
                <SignTable theme={props.theme} />
            </div>
        </dialog>
    }
}
