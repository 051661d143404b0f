//! The script panel: the scenario as text that can be edited. Its text is dispatched after a short pause in
//! typing, and a longer pause ends the step of the history.

mod editor;
mod tools;

pub use tools::{ScriptTools, quoted};

use crate::scenario::keywords::Keyword;
use crate::session::editor::{
    GutterMark, MovedLines, Note, NoteFix, Notes, inserted, line_of, marks, notes, plain,
};
use crate::session::{Action, Document, RunView};
use crate::time::Time;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::view::Target;
use crate::web::text_area;
use editor::{Sheet, field, place};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use tools::{foot, words_table};
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, Node};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct ScriptPanelProps {
    pub document: Document,
    pub run_view: Rc<RunView>,
    pub cursor: Time,
    pub selected: Option<Target>,
}

#[component]
pub fn ScriptPanel(props: &ScriptPanelProps) -> Html {
    let ScriptPanelProps { document, run_view, .. } = props;
    let dispatcher = use_dispatcher();
    let area = use_node_ref();
    let controller = use_editor(&area, &dispatcher);
    let text = use_text(&controller, document);
    let caret = use_state_eq(|| None::<usize>);
    let chosen = use_state_eq(|| 0_usize);
    let notes = use_memo((document.clone(), run_view.clone()), |(document, run_view)| {
        notes(document, run_view)
    });
    let place = (*chosen).min(notes.list.len().saturating_sub(1));
    let marked = props.selected.and_then(|target| line_of(document, target));
    use_reveal(&controller, marked, *caret);

    let onremedy = {
        let (controller, dispatcher) = (controller.clone(), dispatcher.clone());
        Callback::from(move |remedy: NoteFix| {
            if let Action::Write { text, name } = remedy.action {
                controller.write(text, name);
            } else {
                dispatcher.dispatch(remedy.action);
            }
        })
    };
    let ongo = {
        let (controller, notes, chosen) = (controller.clone(), notes.clone(), chosen.setter());
        Callback::from(move |place: usize| {
            chosen.set(place);
            if let Some(line) = notes.list.get(place).and_then(|note| note.line) {
                go_to(&controller, line);
            }
        })
    };
    let onexample = {
        let (controller, text) = (controller.clone(), text.setter());
        Callback::from(move |word: &'static Keyword| write_example(&controller, word, &text))
    };
    let moved = MovedLines::between(&plain(document.written()), &text);
    let here = caret.and_then(|caret| notes.list.iter().find(|note| is_at(note, caret, &moved)));
    let card = here.filter(|_| notes.has_problems()).zip(*caret).map(|(note, line)| {
        let remedy = note.remedy.as_ref().map(|remedy| tools::button(remedy, &onremedy));
        (line, html! { <><p>{ tools::words(note) }</p>{ remedy }</> })
    });
    let onfocusout = {
        let caret = caret.setter();
        Callback::from(move |event: FocusEvent| {
            if leaves(&event) {
                caret.set(None);
            }
        })
    };
    html! {
        <div class="script" {onfocusout}>
            <Sheet text={(*text).clone()} marks={shown_marks(props, &notes, &moved)}
                wrong={wrong(&notes, &moved)} {marked} area={area.clone()} {card}>
                { field(props, &dispatcher, &controller, &text, &caret, &notes) }
            </Sheet>
            { foot(&notes, place, &ongo, &onremedy) }
            <Spoken notes={notes} />
            { words_table(&onexample) }
        </div>
    }
}

/// The text in the text area, which follows the document.
#[hook]
fn use_text(controller: &Rc<EditorController>, document: &Document) -> UseStateHandle<Rc<str>> {
    let text = use_state_eq(|| Rc::<str>::from(plain(document.written())));
    use_effect_with(document.written().to_owned(), {
        let (controller, text) = (controller.clone(), text.setter());
        move |written: &String| {
            if let Some(followed) = controller.follow(written) {
                text.set(followed.into());
            }
        }
    });
    text
}

/// Scrolls to the line of the selection when it changes elsewhere.
#[hook]
fn use_reveal(controller: &Rc<EditorController>, marked: Option<usize>, caret: Option<usize>) {
    let controller = controller.clone();
    use_effect_with(marked, move |&marked| {
        if let (Some(line), Some(area)) = (marked.filter(|_| marked != caret), controller.area()) {
            text_area::reveal(&area, place(&area, line));
        }
    });
}

fn go_to(controller: &EditorController, line: usize) {
    if let Some(area) = controller.area() {
        text_area::go_to(&area, line);
        text_area::reveal(&area, place(&area, line));
    }
}

/// Inserts an example at the caret's line.
fn write_example(controller: &EditorController, word: &Keyword, text: &UseStateSetter<Rc<str>>) {
    let Some(area) = controller.area() else { return };
    let (written, line) = inserted(&area.value(), text_area::line(&area), word.example);
    text.set(written.as_str().into());
    controller.write(written, format!("example of {}", word.word));
    go_to(controller, line);
}

/// Whether the focus moves out of the part of the panel below its head.
fn leaves(event: &FocusEvent) -> bool {
    let node = |target: Option<web_sys::EventTarget>| {
        target.and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    };
    let panel = node(event.target()).and_then(|from| from.closest(".script").ok().flatten());
    let to = node(event.related_target());
    !panel.is_some_and(|panel| panel.contains(to.as_ref().map(AsRef::as_ref)) && to.is_some())
}

fn is_at(note: &Note, line: usize, moved: &MovedLines) -> bool {
    note.line.and_then(|of| moved.near(of)) == Some(line)
}

/// The marks at the current position of their lines while the text is being typed.
fn shown_marks(props: &ScriptPanelProps, notes: &Notes, moved: &MovedLines) -> Rc<Vec<GutterMark>> {
    let marks = marks(&props.document, &props.run_view, notes, props.cursor);
    let shown = |mark: GutterMark| Some(GutterMark { line: moved.near(mark.line)?, ..mark });
    Rc::new(marks.into_iter().filter_map(shown).collect())
}

fn wrong(notes: &Notes, moved: &MovedLines) -> Rc<Vec<(usize, Range<usize>)>> {
    let problems = notes.list.iter().filter(|_| notes.has_problems());
    let place = |note: &Note| Some((moved.near(note.line?)?, note.span.clone()));
    Rc::new(problems.filter_map(place).collect())
}

#[derive(Clone, PartialEq, Properties)]
struct SpokenProps {
    notes: Rc<Notes>,
}

/// Announces problems to screen readers once, after a pause in typing.
#[component]
fn Spoken(props: &SpokenProps) -> Html {
    const REST: u32 = 1_000;
    let announcement = use_state_eq(String::new);
    let words = match props.notes.list.first().filter(|_| props.notes.has_problems()) {
        Some(note) => format!("{}. {}", props.notes.heading(0), note.text()),
        None => String::new(),
    };
    use_effect_with(words, {
        let announcement = announcement.setter();
        move |words: &String| {
            let words = words.clone();
            let timer = Timeout::new(REST, move || announcement.set(words));
            move || drop(timer)
        }
    });
    html! { <p class="unseen" role="status">{ (*announcement).clone() }</p> }
}

/// The pause in typing after which the script is parsed, in milliseconds.
const REST: u32 = 120;
/// The pause after which further typing is another step of the history, in milliseconds.
const PAUSE: u32 = 1_000;
/// The time after which a changed text has been painted, in milliseconds.
const PAINTED: u32 = 50;

/// Controls the text area: sends its text to the session, and writes changes from elsewhere into it.
pub struct EditorController {
    area: NodeRef,
    dispatcher: Dispatcher,
    /// The text last sent to the session: if the session returns it, nothing changed elsewhere.
    dispatched: RefCell<Option<String>>,
    rest: RefCell<Option<Timeout>>,
    pause: RefCell<Option<Timeout>>,
    late: RefCell<Option<Timeout>>,
    /// Whether an input method is composing a character; meanwhile nothing is written or dispatched.
    is_composing: Cell<bool>,
}

/// The controller of a panel while it is open; closing it dispatches what was typed.
#[hook]
pub fn use_editor(area: &NodeRef, dispatcher: &Dispatcher) -> Rc<EditorController> {
    let controller = use_memo((), |()| EditorController {
        area: area.clone(),
        dispatcher: dispatcher.clone(),
        dispatched: RefCell::default(),
        rest: RefCell::default(),
        pause: RefCell::default(),
        late: RefCell::default(),
        is_composing: Cell::new(false),
    });
    use_effect_with((), {
        let controller = controller.clone();
        move |()| {
            let listeners = controller.listeners();
            move || {
                drop(listeners);
                controller.settle();
                controller.moved();
            }
        }
    });
    controller
}

impl EditorController {
    pub fn node(&self) -> &NodeRef {
        &self.area
    }

    pub fn area(&self) -> Option<HtmlTextAreaElement> {
        self.area.cast()
    }

    /// Called when the reader moves the caret: a pending restore of the selection is dropped.
    pub fn moved(&self) {
        drop(self.late.take());
    }

    /// Called on input.
    pub fn typed(self: &Rc<Self>) {
        if self.is_composing.get() {
            return;
        }
        self.moved();
        let (rested, paused) = (self.clone(), self.clone());
        *self.rest.borrow_mut() = Some(Timeout::new(REST, move || rested.send()));
        *self.pause.borrow_mut() = Some(Timeout::new(PAUSE, move || paused.settle()));
    }

    /// Dispatches what was typed, if it has not been yet.
    pub fn send(&self) {
        let waited = self.rest.take();
        if let (Some(_), Some(area)) = (waited, self.area()) {
            let text = area.value();
            *self.dispatched.borrow_mut() = Some(text.clone());
            self.dispatcher.dispatch(Action::Type(text));
        }
    }

    /// Dispatches what was typed and ends the step of the history.
    pub fn settle(&self) {
        self.send();
        if self.pause.take().is_some() {
            self.dispatcher.dispatch(Action::Settle);
        }
    }

    /// Replaces the text in one step of the history.
    pub fn write(&self, text: String, name: String) {
        self.settle();
        if let Some(area) = self.area() {
            text_area::follow(&area, &text);
        }
        *self.dispatched.borrow_mut() = Some(text.clone());
        self.dispatcher.dispatch(Action::Write { text, name });
    }

    /// Writes a text that changed elsewhere into the text area; `None` if it is the text that was dispatched
    /// last.
    pub fn follow(&self, written: &str) -> Option<String> {
        if self.dispatched.borrow().as_deref() == Some(written) || self.is_composing.get() {
            return None;
        }
        let text = plain(written);
        // The newer text wins: gestures settle the typing before they change anything.
        drop(self.rest.take());
        self.dispatched.replace(None);
        let area = self.area()?;
        let selection = text_area::follow(&area, &text);
        // Without the focus, Chromium drops a selection when it paints the new text.
        *self.late.borrow_mut() =
            selection.map(|kept| Timeout::new(PAINTED, move || text_area::select(&area, kept)));
        Some(text)
    }

    fn listeners(self: &Rc<Self>) -> Option<([EventListener; 2], EventListener)> {
        let area = self.area()?;
        let controller = self.clone();
        let composing = text_area::on_compose(&area, move |composing| {
            controller.is_composing.set(composing);
            if !composing {
                controller.typed();
            }
        });
        // A gesture on the stage does not always take the focus away.
        let controller = self.clone();
        let options = EventListenerOptions::run_in_capture_phase();
        let document = gloo_utils::document();
        let elsewhere =
            EventListener::new_with_options(&document, "pointerdown", options, move |event| {
                let at = event.target();
                let here: Option<&Node> = controller.area.get().is_some().then_some(area.as_ref());
                if at.as_ref() != here.map(AsRef::as_ref) {
                    controller.settle();
                }
            });
        Some((composing, elsewhere))
    }
}
