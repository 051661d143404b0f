//! The script panel: the scenario as text that can be edited.
//!
//! The text is a plain `textarea` with transparent letters, above a sheet with the same letters in colour.
//! Keyboards, screen readers, phones, spell checkers and input methods already support a text area. An
//! element with `contenteditable` would need code for all of that, and an editor library is larger than the
//! whole page. A text area cannot show anything between two lines, so problems are explained below it and in
//! a card above the text.

mod controller;
mod editor;
mod field;
mod tools;

pub use tools::ScriptTools;

use crate::scenario::keywords::Keyword;
use crate::session::editor::{
    GutterMark, MovedLines, Note, NoteFix, Notes, inserted, line_of, marks, notes, plain,
};
use crate::session::{Action, Document, RunView};
use crate::time::Time;
use crate::ui::dispatcher::use_dispatcher;
use crate::view::Target;
use crate::web::text_area;
use controller::{EditorController, use_editor};
use editor::{Sheet, place};
use field::field;
use gloo_timers::callback::Timeout;
use std::ops::Range;
use std::rc::Rc;
use tools::Foot;
use tools::Words;
use wasm_bindgen::JsCast;
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
        Callback::from(move |remedy: NoteFix| match remedy.action {
            Action::Write { text, name } => controller.write(text, name),
            other => dispatcher.dispatch(other),
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
            <Foot notes={notes.clone()} {place} {ongo} {onremedy} />
            <Spoken notes={notes} />
            <Words {onexample} />
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
