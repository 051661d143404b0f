//! Help: every key and every sign, each with its word, in a dialog that the browser keeps modal.

mod keys;
mod signs;

use super::{Icon, icon};
use crate::view::palette::Theme;
use crate::web::dialog::{Modal, close};
use keys::KeyTable;
use signs::SignTable;
use web_sys::{Element, HtmlInputElement};
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
    let onclose = props.onclose.clone();
    use_effect_with(node.clone(), move |node| {
        let over = move || onclose.emit(());
        let modal = node.cast::<Element>().and_then(|dialog| Modal::open(&dialog, over));
        move || drop(modal)
    });
    let onletters = props.onletters.reform(|event: Event| {
        event.target_dyn_into::<HtmlInputElement>().is_none_or(|input| input.checked())
    });
    let leave = {
        let node = node.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<Element>() {
                close(&dialog);
            }
        })
    };
    // Escape is the browser's here, and keys belong to the dialog while it is open.
    let onkeydown = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    html! {
        <dialog class="help" ref={node} aria-labelledby="help-title" {onkeydown}>
            <div class="help-sheet">
                <header>
                    <h2 id="help-title">{ "Keys and signs" }</h2>
                    <span class="space" />
                    <button class="button square" aria-label="Close" title="Close (Esc)"
                        onclick={leave}>{ icon(Icon::Cross) }</button>
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
