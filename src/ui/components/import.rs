//! Import: a script, JSON or a link, pasted into a field or chosen as a file.

use super::dialog::{Dialog, dialog_head};
use crate::session::Action;
use crate::session::import;
use crate::ui::dispatcher::use_dispatcher;
use crate::ui::hooks::open_file;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

#[component]
pub fn ImportDialog() -> Html {
    let dispatcher = use_dispatcher();
    let area = use_node_ref();
    let problem = use_state_eq(|| None::<String>);
    // What opens closes the dialog; what does not is said here, beside the text.
    let opened = {
        let (dispatcher, problem) = (dispatcher.clone(), problem.setter());
        Callback::from(move |opened: Result<Action, String>| match opened {
            Ok(action) => {
                dispatcher.dispatch(Action::Dialog(None));
                dispatcher.dispatch(action);
            }
            Err(words) => problem.set(Some(words)),
        })
    };
    let onsubmit = {
        let (area, opened) = (area.clone(), opened.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                opened.emit(import::read(&area.value()).map_err(|why| import::said(&why)));
            }
        })
    };
    let onfile = Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            open_file(file, opened.clone());
        }
        // The same file can be chosen again once it is mended.
        input.set_value("");
    });
    let oninput = {
        let problem = problem.setter();
        Callback::from(move |_: InputEvent| problem.set(None))
    };
    let describes = problem.is_some().then_some("import-problem");
    html! {
        <Dialog class="import" title="import-title"
            onclose={dispatcher.dispatch_from(|()| Action::Dialog(None))}>
            { dialog_head("import-title", "Import") }
            <form class="dialog-form" {onsubmit}>
                <label for="import-text" class="dialog-words">
                    { "A script, JSON or a link. It opens as a scenario of its own; what is open now \
                       stays one Undo away, and among the recent ones in the gallery." }
                </label>
                <textarea id="import-text" class="import-text" ref={area} data-first=""
                    spellcheck="false" autocomplete="off" autocapitalize="off" placeholder="Paste it here"
                    aria-invalid={problem.is_some().then_some("true")} aria-describedby={describes}
                    {oninput} />
                <p class="problem" id="import-problem" role="alert">
                    { (*problem).clone().unwrap_or_default() }
                </p>
                <div class="form-deeds">
                    <button class="button primary" type="submit">{ "Open" }</button>
                    <label class="button outlined file-choice">
                        { "Choose a file" }
                        <input class="unseen" type="file" onchange={onfile}
                            accept=".hustings,.json,.txt,text/plain,application/json" />
                    </label>
                    <span class="space" />
                    <span class="import-hint">{ "Or drop it anywhere on the page" }</span>
                </div>
            </form>
        </Dialog>
    }
}
