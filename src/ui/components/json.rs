//! The scenario as JSON, two ways: what is typed here is written into the script, whose comments and
//! layout stay where its lines do.

use super::{Icon, icon};
use crate::scenario::Scenario;
use crate::scenario::json::{self, JsonProblem};
use crate::session::{Action, Document};
use crate::ui::page::Deeds;
use crate::web::text_area;
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct JsonPanelProps {
    pub document: Document,
    pub deeds: Rc<Deeds>,
}

/// So long nothing is typed before the text is read again, in milliseconds.
const REST: u32 = 200;

/// What is being written, beside what the session knows.
#[derive(Default)]
struct Draft {
    rest: Option<Timeout>,
    /// What the session was told last: when it comes back, nothing changed elsewhere.
    told: Option<Scenario>,
    is_dirty: bool,
}

#[component]
pub fn JsonPanel(props: &JsonPanelProps) -> Html {
    let JsonPanelProps { document, deeds } = props;
    let area = use_node_ref();
    let draft: Rc<RefCell<Draft>> = use_mut_ref(Draft::default);
    let problems = use_state_eq(Vec::<JsonProblem>::new);
    // The scenario has changed elsewhere while what stands here cannot be read.
    let is_behind = use_state_eq(|| false);
    let take_up = {
        let (area, draft, problems) = (area.clone(), draft.clone(), problems.setter());
        let (is_behind, document) = (is_behind.setter(), document.clone());
        Callback::from(move |()| {
            draft.replace(Draft::default());
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                text_area::follow(&area, &json::write(document.scenario()));
            }
            problems.set(Vec::new());
            is_behind.set(false);
        })
    };
    use_effect_with(document.readable(), {
        let (draft, take_up, is_behind) = (draft.clone(), take_up.clone(), is_behind.setter());
        move |document: &Document| {
            let (is_ours, is_dirty) = {
                let draft = draft.borrow();
                (draft.told.as_ref() == Some(document.scenario()), draft.is_dirty)
            };
            match (is_ours, is_dirty) {
                (true, _) => {}
                (false, true) => is_behind.set(true),
                (false, false) => take_up.emit(()),
            }
        }
    });
    let tell = {
        let (area, draft, problems) = (area.clone(), draft.clone(), problems.setter());
        let (act, is_behind) = (deeds.act.clone(), is_behind.setter());
        Callback::from(move |()| {
            let waited = draft.borrow_mut().rest.take().is_some();
            let Some(area) = area.cast::<HtmlTextAreaElement>().filter(|_| waited) else { return };
            match json::read(&area.value()) {
                Ok(scenario) => {
                    draft.replace(Draft { told: Some(scenario.clone()), ..Draft::default() });
                    problems.set(Vec::new());
                    is_behind.set(false);
                    act.emit(Action::Spell(Box::new(scenario)));
                }
                Err(found) => problems.set(found),
            }
        })
    };
    let oninput = {
        let (draft, tell) = (draft.clone(), tell.clone());
        Callback::from(move |_: InputEvent| {
            let tell = tell.clone();
            let mut draft = draft.borrow_mut();
            draft.is_dirty = true;
            draft.rest = Some(Timeout::new(REST, move || tell.emit(())));
        })
    };
    let settle = {
        let act = deeds.act.clone();
        Callback::from(move |()| {
            tell.emit(());
            act.emit(Action::Settle);
        })
    };
    html! {
        <div class="script json">
            <textarea class="json-text" ref={area.clone()} aria-label="JSON" wrap="off"
                spellcheck="false" autocomplete="off" autocapitalize="off"
                aria-invalid={(!problems.is_empty()).then_some("true")}
                aria-describedby={(!problems.is_empty()).then_some("json-note")}
                {oninput} onblur={settle.reform(|_: FocusEvent| ())}
                onkeydown={keys(&deeds.act, &settle)} />
            { foot(&problems, *is_behind, &area, &take_up) }
        </div>
    }
}

/// The page's history, not the browser's, which knows nothing of the stage.
fn keys(act: &Callback<Action>, settle: &Callback<()>) -> Callback<KeyboardEvent> {
    let (act, settle) = (act.clone(), settle.clone());
    Callback::from(move |event: KeyboardEvent| {
        let (control, shift) = (event.ctrl_key() || event.meta_key(), event.shift_key());
        let going = match (&*event.key(), control, shift) {
            ("z", true, false) => Action::Undo,
            ("z" | "Z", true, true) | ("y", true, false) => Action::Redo,
            _ => return,
        };
        event.prevent_default();
        settle.emit(());
        act.emit(going);
    })
}

fn foot(problems: &[JsonProblem], is_behind: bool, area: &NodeRef, take_up: &Callback<()>) -> Html {
    let Some(problem) = problems.first() else { return Html::default() };
    let line = problem.line;
    let go = {
        let area = area.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                text_area::go_to(&area, line);
            }
        })
    };
    let count = match problems.len() {
        1 => format!("1 problem, line {line}"),
        several => format!("{several} problems, the first in line {line}"),
    };
    let kept = match is_behind {
        true => "The scenario has changed elsewhere meanwhile.",
        false => "The stage keeps the last scenario that could be read.",
    };
    html! {
        <div class="script-foot problem">
            <p class="script-heading">
                <button class="script-count" title="Go to the line" onclick={go}>{ count }</button>
                <span>{ kept }</span>
            </p>
            <p class="script-note" id="json-note" role="status">{ problem.said().to_string() }</p>
            <div class="script-remedies">
                <button class="button outlined" onclick={take_up.reform(|_: MouseEvent| ())}>
                    { icon(Icon::Undo) }{ "Write it anew from the stage" }
                </button>
            </div>
        </div>
    }
}
