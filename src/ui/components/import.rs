//! Imports: the dialog (a script, JSON, a link or a picture, pasted or chosen as a file), what is pasted into the page
//! or dropped on it, and the JSON panel.

use super::dialog::{Dialog, dialog_head};
use super::{Icon, icon};
use crate::narration::sentence;
use crate::scenario::Scenario;
use crate::scenario::json::JsonProblem;
use crate::session::import::{
    self, ImportError, LARGEST_PICTURE, ScenarioFormat, ignored, refused,
};
use crate::session::{Action, Document};
use crate::tools::ToolsFailure;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::{LATE, use_json};
use crate::web::clipboard::{DropZone, Dropped, on_paste};
use crate::web::file::{self, ChosenFile};
use crate::web::json::{self, JsonProgram};
use crate::web::text_area;
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::{File, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

#[component]
pub fn ImportDialog() -> Html {
    let dispatcher = use_dispatcher();
    let area = use_node_ref();
    let problem = use_state_eq(|| None::<String>);
    // A scenario that opens closes the dialog; a failure is reported beside the text.
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
                read(area.value(), import::error_text, opened.clone());
            }
        })
    };
    let onfile = Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            open_file(file, opened.clone());
        }
        // Allows the same file to be chosen again after it was corrected.
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
                    { "A script, JSON, a link, or an exported picture. It opens as a scenario of its own; \
                       what is open now stays one Undo away, and among the recent ones in the gallery." }
                </label>
                <textarea id="import-text" class="import-text" ref={area} data-first=""
                    spellcheck="false" autocomplete="off" autocapitalize="off" placeholder="Paste it here"
                    aria-invalid={problem.is_some().then_some("true")} aria-describedby={describes}
                    {oninput} />
                <p class="problem" id="import-problem" role="alert">
                    { (*problem).clone().unwrap_or_default() }
                </p>
                <div class="form-actions">
                    <button class="button primary" type="submit">{ "Open" }</button>
                    <label class="button outlined file-choice">
                        { "Choose a file" }
                        <input class="unseen" type="file" onchange={onfile}
                            accept=".hustings,.json,.txt,.svg,.png,text/plain,application/json,image/svg+xml,image/png" />
                    </label>
                    <span class="space" />
                    <span class="import-hint">{ "Or drop it anywhere on the page" }</span>
                </div>
            </form>
        </Dialog>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct JsonPanelProps {
    pub document: Document,
    /// The text when the panel was left, if it could not be parsed.
    pub draft: Option<Rc<str>>,
}

/// The pause in typing after which the text is parsed, in milliseconds.
const REST: u32 = 200;

/// The state of typing that the session does not have.
#[derive(Default)]
struct JsonDraft {
    rest: Option<Timeout>,
    /// The text last sent to the session: if the session returns it, nothing changed elsewhere.
    known: Option<Scenario>,
    is_dirty: bool,
}

/// The text area, and the problems of its text.
#[derive(Clone)]
struct JsonText {
    program: JsonProgram,
    area: NodeRef,
    draft: Rc<RefCell<JsonDraft>>,
    problems: UseStateHandle<Vec<JsonProblem>>,
    /// Whether the scenario has changed elsewhere while the text cannot be parsed.
    is_behind: UseStateHandle<bool>,
}

impl JsonText {
    /// Replaces the text by the scenario's JSON and discards the draft.
    fn take_up(&self, document: &Document) {
        self.draft.replace(JsonDraft::default());
        if let Some(area) = self.area.cast::<HtmlTextAreaElement>() {
            match self.program.write(document.text()) {
                Ok(text) => _ = text_area::follow(&area, &text),
                Err(failure) => {
                    return self.problems.set(vec![JsonProblem::whole(failure.to_string())]);
                }
            }
        }
        self.problems.set(Vec::new());
        self.is_behind.set(false);
    }

    /// Restores the text that could not be parsed when the panel was left.
    fn restore(&self, draft: &str) {
        if let Some(area) = self.area.cast::<HtmlTextAreaElement>() {
            text_area::follow(&area, draft);
        }
        self.draft.borrow_mut().is_dirty = true;
        self.problems.set(self.program.read(draft).err().unwrap_or_default());
    }

    /// Follows a change of the scenario.
    fn follow(&self, document: &Document) {
        let (is_ours, is_dirty) = {
            let draft = self.draft.borrow();
            (draft.known.as_ref() == Some(document.scenario()), draft.is_dirty)
        };
        match (is_ours, is_dirty) {
            (true, _) => {}
            (false, true) => self.is_behind.set(true),
            (false, false) => self.take_up(document),
        }
    }

    fn typed(&self, act: &Callback<Action>) {
        let (sheet, act) = (self.clone(), act.clone());
        let mut draft = self.draft.borrow_mut();
        draft.is_dirty = true;
        draft.rest = Some(Timeout::new(REST, move || sheet.dispatch_typed(&act)));
    }

    /// Dispatches what was typed, if it has not been yet.
    fn dispatch_typed(&self, act: &Callback<Action>) {
        let waited = self.draft.borrow_mut().rest.take().is_some();
        let Some(area) = self.area.cast::<HtmlTextAreaElement>().filter(|_| waited) else { return };
        match self.program.read(&area.value()) {
            Ok(scenario) => {
                self.draft
                    .replace(JsonDraft { known: Some(scenario.clone()), ..JsonDraft::default() });
                self.problems.set(Vec::new());
                self.is_behind.set(false);
                act.emit(Action::ReplaceScenario(Box::new(scenario)));
            }
            Err(found) => {
                self.problems.set(found);
                act.emit(Action::DraftJson(Some(Rc::from(area.value()))));
            }
        }
    }
}

/// The scenario as JSON, once the program that writes it is there.
#[component]
pub fn JsonPanel(props: &JsonPanelProps) -> Html {
    let (program, again) = use_json();
    let JsonPanelProps { document, draft } = props.clone();
    match program {
        Some(Ok(program)) => html! { <JsonEditor {program} {document} {draft} /> },
        Some(Err(failure)) => html! {
            <div class="script json">
                <div class="script-foot problem">
                    <p class="script-note" role="alert">{ sentence(&failure.to_string()) }</p>
                    <div class="script-remedies">
                        <button class="button outlined" onclick={again.reform(|_: MouseEvent| ())}>
                            { "Try again" }
                        </button>
                    </div>
                </div>
            </div>
        },
        None => html! { <div class="script json" aria-busy="true" /> },
    }
}

#[derive(Clone, PartialEq, Properties)]
struct JsonEditorProps {
    program: JsonProgram,
    document: Document,
    draft: Option<Rc<str>>,
}

#[component]
fn JsonEditor(props: &JsonEditorProps) -> Html {
    let JsonEditorProps { program, document, draft } = props;
    let sheet = JsonText {
        program: program.clone(),
        area: use_node_ref(),
        draft: use_mut_ref(JsonDraft::default),
        problems: use_state_eq(Vec::new),
        is_behind: use_state_eq(|| false),
    };
    use_effect_with(document.readable(), {
        let (sheet, draft) = (sheet.clone(), draft.clone());
        // Text that is being typed needs no restoring.
        let draft = draft.filter(|_| !sheet.draft.borrow().is_dirty);
        move |document: &Document| match draft {
            Some(draft) => sheet.restore(&draft),
            None => sheet.follow(document),
        }
    });
    let dispatcher = use_dispatcher();
    let act = &dispatcher.dispatch_from(|action: Action| action);
    let oninput = {
        let (sheet, act) = (sheet.clone(), act.clone());
        Callback::from(move |_: InputEvent| sheet.typed(&act))
    };
    let settle = {
        let (sheet, act) = (sheet.clone(), act.clone());
        Callback::from(move |()| {
            sheet.dispatch_typed(&act);
            act.emit(Action::Settle);
        })
    };
    let take_up = {
        let (sheet, document, act) = (sheet.clone(), document.clone(), act.clone());
        Callback::from(move |()| {
            sheet.take_up(&document);
            act.emit(Action::DraftJson(None));
        })
    };
    let is_wrong = !sheet.problems.is_empty();
    html! {
        <div class="script json">
            <textarea class="json-text" ref={sheet.area.clone()} aria-label="JSON" wrap="off"
                spellcheck="false" autocomplete="off" autocapitalize="off"
                aria-invalid={is_wrong.then_some("true")}
                aria-describedby={is_wrong.then_some("json-note")}
                {oninput} onblur={settle.reform(|_: FocusEvent| ())} onkeydown={keys(act, &settle)} />
            { foot(&sheet, &take_up) }
        </div>
    }
}

/// Undo and redo of the page instead of the browser's, which covers the text area only.
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

fn foot(sheet: &JsonText, take_up: &Callback<()>) -> Html {
    let JsonText { area, problems, is_behind, .. } = sheet;
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
    let kept = match **is_behind {
        true => "The scenario has changed elsewhere meanwhile.",
        false => "The stage keeps the last scenario that could be read.",
    };
    html! {
        <div class="script-foot problem">
            <p class="script-heading">
                <button class="script-count" title="Go to the line" onclick={go}>{ count }</button>
                <span>{ kept }</span>
            </p>
            <p class="script-note" id="json-note" role="status">{ problem.text().to_string() }</p>
            <div class="script-remedies">
                <button class="button outlined" onclick={take_up.reform(|_: MouseEvent| ())}>
                    { icon(Icon::Undo) }{ "Rewrite it from the stage" }
                </button>
            </div>
        </div>
    }
}

/// Opens pasted and dropped scenarios; returns whether something is dragged over the page.
#[hook]
pub fn use_import(dispatcher: &Dispatcher) -> bool {
    let is_dragged_over = use_state_eq(|| false);
    use_effect_with(dispatcher.clone(), {
        let over = is_dragged_over.setter();
        move |dispatcher: &Dispatcher| {
            let (pasted, dropped) = (dispatcher.clone(), dispatcher.clone());
            let paste = on_paste(move |handed| take(handed, "What was pasted", &pasted));
            let zone = DropZone::new(
                move |is_over| over.set(is_over),
                move |handed| take(handed, "What was dropped", &dropped),
            );
            move || drop((paste, zone))
        }
    });
    *is_dragged_over
}

fn take(handed: Dropped, name: &str, dispatcher: &Dispatcher) {
    match handed {
        Dropped::Text(text) => {
            let (name, dispatcher) = (name.to_owned(), dispatcher.clone());
            let opened = move |opened| dispatcher.dispatch(action_or_notice(opened));
            read(text, move |why| refused(&name, why), Callback::from(opened));
        }
        Dropped::File(chosen, others) => {
            let (dispatcher, ignored) = (dispatcher.clone(), ignored(&chosen.name(), &others));
            open_file(
                chosen,
                Callback::from(move |opened| match (opened, &ignored) {
                    (Err(words), Some(ignored)) => {
                        dispatcher.dispatch(action_or_notice(Err(format!("{words} {ignored}"))))
                    }
                    (opened, ignored) => {
                        dispatcher.dispatch(action_or_notice(opened));
                        ignored.iter().for_each(|words| {
                            dispatcher.dispatch(Action::Say(Some(words.clone())))
                        });
                    }
                }),
            );
        }
    }
}

/// Reads a file; calls back with the action that opens it, or with a sentence that names it and says why it
/// cannot be opened.
pub fn open_file(chosen: File, done: Callback<Result<Action, String>>) {
    let read_it = move |ChosenFile { name, bytes }: ChosenFile| {
        let name = format!("The file {name}");
        let text = match bytes {
            Ok(bytes) => import::file_text(bytes),
            Err(found) if found > LARGEST_PICTURE => Err(ImportError::TooLarge { found }),
            Err(_) => Err(ImportError::NoText),
        };
        match text {
            Ok(text) => read(text, move |why| refused(&name, why), done.clone()),
            Err(why) => done.emit(Err(refused(&name, &why))),
        }
    };
    file::read(chosen, LARGEST_PICTURE, Callback::from(read_it));
}

const LOADING: &str = "Loading what reads JSON…";

thread_local! {
    /// Counts what is read: the last one opens, also if the program for an earlier one comes after it.
    static READ: Cell<u32> = const { Cell::new(0) };
}

/// Parses a text; `words` writes an error. For JSON the program that reads it is fetched first, which is said if it takes
/// long.
fn read(
    text: String,
    words: impl Fn(&ImportError) -> String + 'static,
    done: Callback<Result<Action, String>>,
) {
    let mine = READ.get().wrapping_add(1);
    READ.set(mine);
    let text = match import::script_or_text(text) {
        Ok(text) => text,
        Err(why) => return done.emit(Err(words(&why))),
    };
    let is_json = import::spelling(&text) == ScenarioFormat::Json;
    let finish = move |program: Result<JsonProgram, ToolsFailure>| {
        import::read(&text, &|json| json::import_scenario(&program, json))
            .map_err(|why| words(&why))
    };
    if !is_json {
        return done.emit(finish(Err(ToolsFailure::NotLoaded)));
    }
    let late = {
        let done = done.clone();
        Timeout::new(LATE, move || {
            if READ.get() == mine {
                done.emit(Err(LOADING.to_owned()));
            }
        })
    };
    yew::platform::spawn_local(async move {
        let program = json::load().await;
        drop(late);
        if READ.get() == mine {
            done.emit(finish(program));
        }
    });
}

fn action_or_notice(opened: Result<Action, String>) -> Action {
    opened.unwrap_or_else(|words| Action::Say(Some(words)))
}
