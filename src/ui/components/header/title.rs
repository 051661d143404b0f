//! The title in the head of the page, which is edited where it stands.

use crate::session::setup::SetupField;
use crate::session::{Action, Document};
use crate::ui::dispatcher::Dispatcher;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// What is typed, while the title is edited, and why it cannot be.
#[derive(Clone)]
pub struct TitleEdit {
    draft: UseStateHandle<Option<String>>,
    problem: UseStateHandle<Option<String>>,
    /// A key closes it, so the title has the focus again; the blur of the vanishing field then means nothing.
    returns: Rc<Cell<bool>>,
    button: NodeRef,
    field: NodeRef,
}

/// The field has the focus when it opens, and the title has it again when the field closes by a key.
#[hook]
pub fn use_title_edit() -> TitleEdit {
    let edit = TitleEdit {
        draft: use_state_eq(|| None),
        problem: use_state_eq(|| None),
        returns: use_memo((), |()| Cell::new(false)),
        button: use_node_ref(),
        field: use_node_ref(),
    };
    let before = use_mut_ref(|| false);
    use_effect_with(edit.draft.is_some(), {
        let (field, button, returns) =
            (edit.field.clone(), edit.button.clone(), edit.returns.clone());
        move |&is_open| {
            let was_open = before.replace(is_open);
            if let Some(field) = field.cast::<HtmlInputElement>().filter(|_| is_open) {
                // Where it cannot have the focus, the page keeps it.
                let _ = field.focus();
                field.select();
            }
            let closes = was_open && !is_open && returns.take();
            if let Some(button) = button.cast::<HtmlElement>().filter(|_| closes) {
                let _ = button.focus();
            }
        }
    });
    edit
}

/// The heading; a press makes a field of it.
pub fn heading(
    edit: &TitleEdit,
    document: &Document,
    shown: &str,
    dispatcher: &Dispatcher,
) -> Html {
    let Some(draft) = &*edit.draft else {
        let (open, whole) = (edit.draft.setter(), SetupField::Title.text(document.scenario()));
        let onclick = Callback::from(move |_: MouseEvent| open.set(Some(whole.clone())));
        return html! {
            <h1><button class="head-name" ref={&edit.button} title={format!("{shown}: press to edit the title")} {onclick}>
                { shown.to_owned() }</button></h1>
        };
    };
    let oninput = {
        let draft = edit.draft.setter();
        Callback::from(move |event: InputEvent| {
            draft.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    let commit = commit(edit, draft, document, dispatcher);
    let onblur = commit.reform(|_: FocusEvent| true);
    let onkeydown = {
        let (draft, problem) = (edit.draft.setter(), edit.problem.setter());
        let returns = edit.returns.clone();
        Callback::from(move |event: KeyboardEvent| match &*event.key() {
            "Enter" if !event.is_composing() => {
                // Else the same press would open it again, since the title has the focus by then.
                event.prevent_default();
                commit.emit(false);
            }
            "Escape" => {
                event.stop_propagation();
                returns.set(true);
                draft.set(None);
                problem.set(None);
            }
            _ => {}
        })
    };
    html! {
        <>
            <h1 class="unseen">{ shown.to_owned() }</h1>
            <div class="head-edit">
                <input class="head-field" ref={&edit.field} type="text" aria-label="Title" autocomplete="off"
                    placeholder="Untitled" value={draft.clone()} aria-describedby="head-said"
                    aria-invalid={edit.problem.is_some().then_some("true")} {oninput} {onblur} {onkeydown} />
                <div id="head-said" role="alert">
                    if let Some(problem) = &*edit.problem { <p class="problem">{ problem }</p> }
                </div>
            </div>
        </>
    }
}

/// Keeps what was typed; told whether the field is left. What cannot be is said under it, or where the
/// field is left, on the page.
fn commit(
    edit: &TitleEdit,
    typed: &str,
    document: &Document,
    dispatcher: &Dispatcher,
) -> Callback<bool> {
    let (draft, problem, returns) =
        (edit.draft.setter(), edit.problem.setter(), edit.returns.clone());
    let (typed, document, dispatcher) = (typed.to_owned(), document.clone(), dispatcher.clone());
    Callback::from(move |leaves: bool| {
        if returns.get() {
            return;
        }
        match SetupField::Title.read(document.scenario(), &typed) {
            Ok(change) => {
                change.into_iter().for_each(|change| dispatcher.dispatch(Action::Change(change)))
            }
            Err(words) if !leaves => return problem.set(Some(words)),
            Err(words) => dispatcher
                .dispatch(Action::Say(Some(format!("The title stays as it was. {words}")))),
        }
        returns.set(!leaves);
        draft.set(None);
        problem.set(None);
    })
}
