//! What is done to the whole text, from the panel's head: tidied, copied.

use crate::scenario::{json, script};
use crate::session::editor::plain;
use crate::session::{Action, Document};
use crate::ui::components::{Icon, icon};
use crate::ui::dispatcher::use_dispatcher;
use crate::web::clipboard;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// So long it says that the script was copied, in milliseconds.
const TOLD: u32 = 2_000;

#[derive(Clone, PartialEq, Properties)]
pub struct ScriptToolsProps {
    pub document: Document,
    /// JSON is always tidy.
    pub is_json: bool,
}

#[component]
pub fn ScriptTools(props: &ScriptToolsProps) -> Html {
    let ScriptToolsProps { document, is_json } = props;
    let dispatcher = use_dispatcher();
    let tidied = use_memo(document.clone(), tidied);
    let is_copied = use_state_eq(|| false);
    use_effect_with(*is_copied, {
        let is_copied = is_copied.setter();
        move |told| {
            let timer = told.then(|| Timeout::new(TOLD, move || is_copied.set(false)));
            move || drop(timer)
        }
    });
    let ontidy = {
        let tidied = tidied.clone();
        dispatcher.dispatch_from(move |_: MouseEvent| Action::Write {
            text: tidied.as_ref().clone().unwrap_or_default(),
            name: "tidying".to_owned(),
        })
    };
    let oncopy = {
        let (document, is_json) = (document.clone(), *is_json);
        let (told, dispatcher) = (is_copied.setter(), dispatcher.clone());
        Callback::from(move |_: MouseEvent| {
            let text = match is_json {
                true => json::write(document.scenario()),
                false => document.written().to_owned(),
            };
            let (told, dispatcher) = (told.clone(), dispatcher.clone());
            let done = Callback::from(move |allowed| match allowed {
                true => told.set(true),
                false => dispatcher.dispatch(Action::Say(Some(REFUSED.to_owned()))),
            });
            clipboard::copy(&text, done);
        })
    };
    let copy = match (*is_copied, *is_json) {
        (true, _) => "Copied",
        (false, true) => "Copy the JSON",
        (false, false) => "Copy the script",
    };
    let title = tidied.as_ref().as_ref().map_or_else(|reason| *reason, |_| "Canonical spelling");
    html! {
        <>
            if !*is_json {
                <button class="button" disabled={tidied.is_err()} {title} onclick={ontidy}>{ "Tidy" }</button>
            }
            <button class="button square" aria-label={copy} title={copy} onclick={oncopy}>
                { icon(if *is_copied { Icon::Tick } else { Icon::Copy }) }
            </button>
            <span class="unseen" role="status">{ is_copied.then_some("Copied") }</span>
        </>
    }
}

const REFUSED: &str =
    "The browser does not let the page copy; select the text and copy it by hand.";

/// The canonical spelling; or why there is nothing to do.
fn tidied(document: &Document) -> Result<String, &'static str> {
    let text = plain(document.written());
    match script::format(&text) {
        Err(_) => Err("Only a script that can be read can be tidied; correct it first"),
        Ok(tidy) if tidy == text => Err("It is already tidy"),
        Ok(tidy) => Ok(tidy),
    }
}
