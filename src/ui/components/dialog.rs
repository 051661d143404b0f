//! The frame of all dialogs: modal while mounted, with a heading and a close button.

use super::{Icon, icon};
use crate::session::Command;
use crate::session::keys::with_key;
use crate::web::dialog::{Modal, close, wrap_radio_group};
use wasm_bindgen::JsCast;
use web_sys::Element;
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
