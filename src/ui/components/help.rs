//! Help: every key and every sign, each with its word.

mod keys;
mod signs;

use super::dialog::{Dialog, dialog_head};
use crate::view::palette::ColourTheme;
use keys::KeyTable;
use signs::SignTable;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct HelpProps {
    pub theme: ColourTheme,
    /// Whether letters, digits and signs do something by themselves.
    pub letters: bool,
    pub onletters: Callback<bool>,
    pub onclose: Callback<()>,
}

/// Shown for as long as it is there.
#[component]
pub fn HelpDialog(props: &HelpProps) -> Html {
    let onletters = props.onletters.reform(|event: Event| {
        event.target_dyn_into::<HtmlInputElement>().is_none_or(|input| input.checked())
    });
    html! {
        <Dialog class="help" title="help-title" onclose={props.onclose.clone()}>
            { dialog_head("help-title", "Keys and signs") }
            <KeyTable />
            <label class="help-switch">
                <input type="checkbox" checked={props.letters} onchange={onletters} />
                <span>
                    { "Letter keys act wherever no text is typed" }
                    <small>{ "All other keys work either way." }</small>
                </span>
            </label>
            <SignTable theme={props.theme} />
        </Dialog>
    }
}
