//! The frame of a form inside a panel, which makes one change: what cannot be made is said inside, and
//! what was typed stays. Escape and *Cancel* give it up.

use crate::scenario::Change;
use crate::session::Action;
use crate::ui::dispatcher::Dispatcher;
use yew::prelude::*;

pub struct InnerForm<'a> {
    pub label: &'static str,
    pub fields: Html,
    /// What was submitted, or a sentence that says why it cannot be.
    pub change: Box<dyn Fn() -> Result<Change, String>>,
    pub problem: &'a UseStateHandle<Option<String>>,
    pub dispatcher: &'a Dispatcher,
    pub onclose: &'a Callback<()>,
}

pub fn inner_form(
    InnerForm { label, fields, change, problem, dispatcher, onclose }: InnerForm,
) -> Html {
    let close = {
        let (problem, onclose) = (problem.setter(), onclose.clone());
        Callback::from(move |()| {
            problem.set(None);
            onclose.emit(());
        })
    };
    let onsubmit = {
        let (close, problem, dispatcher) = (close.clone(), problem.setter(), dispatcher.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match change() {
                Ok(change) => {
                    close.emit(());
                    dispatcher.dispatch(Action::Change(change));
                }
                Err(words) => problem.set(Some(words)),
            }
        })
    };
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                close.emit(());
            }
        })
    };
    html! {
        <form class="inner-form" aria-label={label} {onsubmit} {onkeydown}>
            { fields }
            <div role="alert">
                if let Some(problem) = &**problem { <p class="problem">{ problem }</p> }
            </div>
            <div class="form-deeds">
                <button class="button primary" type="submit">{ "Add" }</button>
                <button class="button" type="button" onclick={close.reform(|_: MouseEvent| ())}>
                    { "Cancel" }
                </button>
            </div>
        </form>
    }
}
