//! The script editor: the text area, and the sheet below it with a row for each line: its number, its mark, and
//! the highlighted text.
//!
//! In a short script, long lines wrap as in the text area, so a row is as high as its line. In a long script
//! only the visible rows are rendered, so that its length does not slow down scrolling and typing. Their
//! heights have to be known, so lines do not wrap there.

use super::super::{Icon, icon};
use super::{EditorController, ScriptPanelProps};
use crate::scenario::script::WordRole;
use crate::session::editor::{
    GutterMark, HighlightSpan, LineMark, Notes, line_of, pieces, target_at,
};
use crate::session::{Action, Command, Document};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::use_size;
use crate::view::Target;
use crate::view::geometry::Size;
use crate::web::text_area;
use gloo_events::EventListener;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The height of a line and the padding above the first one, in pixels; script.css has the same values.
const LINE: i32 = 22;
const TOP: i32 = 12;
/// The step in which rendered rows begin; a multiple of it is rendered beyond the visible rows.
const STEP: usize = 16;
/// The number of lines up to which lines wrap.
const MOST_WRAPPED: usize = 400;

#[derive(Clone, PartialEq, Properties)]
pub struct EditorProps {
    pub text: Rc<str>,
    /// The marks, in the order of their lines.
    pub marks: Rc<Vec<GutterMark>>,
    /// The byte ranges of problems, with their lines.
    pub wrong: Rc<Vec<(usize, Range<usize>)>>,
    /// The line of the selection.
    pub marked: Option<usize>,
    pub area: NodeRef,
    /// The text area.
    pub children: Html,
    /// A card above the text, and the line below which it is placed.
    pub card: Option<(usize, Html)>,
}

/// The layers that follow the scrolling of the text area.
#[derive(Clone, Default, PartialEq)]
struct ScrollLayers {
    rows: NodeRef,
    card: NodeRef,
}

#[component]
pub fn Sheet(props: &EditorProps) -> Html {
    let dispatcher = use_dispatcher();
    let EditorProps { text, area, .. } = props;
    let layers = use_memo((), |()| ScrollLayers::default());
    let scrolled_to = use_state_eq(|| 0_usize);
    let wraps = text.split('\n').take(MOST_WRAPPED + 1).count() <= MOST_WRAPPED;
    let first = if wraps { 0 } else { *scrolled_to };
    let size = use_size(area);
    let card = props.card.as_ref().map(|(line, _)| *line);
    use_effect_with((area.clone(), first, card), {
        let (layers, scrolled_to) = (layers.clone(), scrolled_to.setter());
        move |(area, shown, card): &(NodeRef, usize, Option<usize>)| {
            let (shown, card) = (*shown, *card);
            let listener = area.cast::<HtmlTextAreaElement>().map(|area| {
                let scrolled = area.clone();
                EventListener::new(&area, "scroll", move |_| {
                    layers.lay(&scrolled, shown, card);
                    scrolled_to.set(first_visible(&scrolled));
                })
            });
            move || drop(listener)
        }
    });
    use_effect({
        let (area, layers, shown) = (area.clone(), layers.clone(), first);
        move || {
            if let Some(area) = area.cast() {
                layers.lay(&area, shown, card);
            }
        }
    });
    let lines = if wraps { 0..MOST_WRAPPED } else { lines(size, first) };
    let row = |(line, text): (usize, &str)| row(props, &dispatcher, line, text);
    let numbered = || text.split('\n').enumerate().map(|(index, text)| (index + 1, text));
    let seen = || numbered().skip(lines.start).take(lines.len());
    html! {
        <div class="script-field" data-wraps={wraps.then_some("")}>
            <div class="script-rows" ref={&layers.rows} aria-hidden="true">{ for seen().map(row) }</div>
            { props.children.clone() }
            if let Some((_, card)) = &props.card {
                <div class="script-card" ref={&layers.card}>{ card.clone() }</div>
            }
        </div>
    }
}

/// The rendered lines, from 0.
fn lines(size: Option<Size>, first: usize) -> Range<usize> {
    let height = size.map_or(0.0, |size| size.height);
    let visible = (height / f64::from(LINE)) as usize;
    first..first + visible + 3 * STEP
}

/// One step above what is in sight.
fn first_visible(area: &HtmlTextAreaElement) -> usize {
    let top = usize::try_from((area.scroll_top() - TOP) / LINE).unwrap_or(0);
    (top / STEP).saturating_sub(1) * STEP
}

impl ScrollLayers {
    /// Moves the layers to the scroll position. It uses the style object, since the page's policy forbids
    /// style attributes.
    fn lay(&self, area: &HtmlTextAreaElement, first: usize, card: Option<usize>) {
        let Some(rows) = self.rows.cast::<HtmlElement>() else { return };
        let (top, left) = (area.scroll_top(), area.scroll_left());
        let y = TOP + LINE * first as i32 - top;
        // A scroll bar of the text area narrows its lines.
        let lengths = [("--script-room", area.client_width()), ("--script-left", -left)];
        for (name, length) in lengths {
            // The names are valid, so no browser refuses.
            let _ = rows.style().set_property(name, &format!("{length}px"));
        }
        move_to(&rows, y);
        let over = self.card.cast::<HtmlElement>();
        if let Some((line, over)) = card.zip(over) {
            let (from, high) = place(area, line);
            let (below, height) = (from + high - top, over.offset_height());
            let above = from - top - height;
            let is_tight = below + height > area.client_height() && above >= 0;
            move_to(&over, if is_tight { above } else { below });
        }
    }
}

/// The offset of a line (from 1) from the top of the text, and its height, in pixels.
pub fn place(area: &HtmlTextAreaElement, line: usize) -> (i32, i32) {
    // The selectors are valid, so no browser refuses them.
    let field = area.closest(".script-field[data-wraps]").ok().flatten();
    let row = field.and_then(|field| {
        field.query_selector(&format!(".script-row:nth-child({line})")).ok().flatten()
    });
    match row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        Some(row) => (TOP + row.offset_top(), row.offset_height()),
        None => (TOP + LINE * (line as i32 - 1), LINE),
    }
}

fn move_to(layer: &HtmlElement, y: i32) {
    // Every browser has this property.
    let _ = layer.style().set_property("transform", &format!("translateY({y}px)"));
}

/// A row: the gutter, the text, and the background of the line.
fn row(props: &EditorProps, dispatcher: &Dispatcher, line: usize, text: &str) -> Html {
    let found = props.marks.binary_search_by_key(&line, |mark| mark.line);
    let mark = found.ok().map(|place| &props.marks[place]);
    let class = classes!(
        "script-row",
        mark.map(|mark| class(mark.sign)),
        (props.marked == Some(line)).then_some("marked"),
    );
    let number = html! { <span class="script-number">{ line }</span> };
    let sign = mark.map(|mark| sign(mark.sign));
    html! {
        <div key={line} {class}>
            if let Some((mark, at)) = mark.and_then(|mark| Some((mark, mark.at?))) {
                <button class="script-margin" tabindex="-1" title={mark.words.clone()}
                    onclick={dispatcher.on_click(Command::Seek(at))}>
                    { number }<span class="script-sign">{ sign }</span>
                </button>
            } else {
                <span class="script-margin" title={mark.map(|mark| mark.words.clone())}>
                    { number }<span class="script-sign">{ sign }</span>
                </span>
            }
            { inked(line, text, &props.wrong) }
        </div>
    }
}

const fn class(sign: LineMark) -> &'static str {
    match sign {
        LineMark::Ahead => "ahead",
        LineMark::Happened => "happened",
        LineMark::Holds => "holds",
        LineMark::Undecided => "undecided",
        LineMark::Hint => "hint",
        LineMark::Fails => "fails",
        LineMark::Problem => "problem",
    }
}

fn sign(sign: LineMark) -> Html {
    match sign {
        LineMark::Ahead | LineMark::Happened => html! { <i class="script-dot" /> },
        LineMark::Holds => icon(Icon::Tick),
        LineMark::Undecided => html! { <b>{ "?" }</b> },
        LineMark::Hint => icon(Icon::Hint),
        LineMark::Fails | LineMark::Problem => icon(Icon::Cross),
    }
}

fn inked(line: usize, text: &str, wrong: &[(usize, Range<usize>)]) -> Html {
    let here = wrong.iter().filter(|(of, _)| *of == line).map(|(_, range)| range.clone());
    let here: Vec<Range<usize>> = here.collect();
    let piece = |HighlightSpan { text, role, is_wrong }: HighlightSpan| {
        let class = match role {
            Some(WordRole::Keyword) => Some("keyword"),
            Some(WordRole::Text) => Some("text"),
            Some(WordRole::Comment) => Some("comment"),
            None => None,
        };
        if class.is_none() && !is_wrong {
            return html! { { text.to_owned() } };
        }
        let class = classes!(class, is_wrong.then_some("wrong"));
        html! { <span {class}>{ text.to_owned() }</span> }
    };
    html! {
        <div class="script-line"><span class="script-letters">
            { for pieces(text, &here).into_iter().map(piece) }
        </span></div>
    }
}

/// Keys that move the caret without changing the text.
const WALKS: [&str; 8] =
    ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"];

/// The text area.
pub fn field(
    props: &ScriptPanelProps,
    dispatcher: &Dispatcher,
    controller: &Rc<EditorController>,
    text: &UseStateHandle<Rc<str>>,
    caret: &UseStateHandle<Option<usize>>,
    notes: &Notes,
) -> Html {
    let look = {
        let (controller, caret) = (controller.clone(), caret.setter());
        move || caret.set(controller.area().map(|area| text_area::line(&area)))
    };
    let oninput = {
        let (controller, text, look) = (controller.clone(), text.setter(), look.clone());
        Callback::from(move |_: InputEvent| {
            if let Some(area) = controller.area() {
                text.set(area.value().into());
            }
            look();
            controller.typed();
        })
    };
    let onfocus = {
        let look = look.clone();
        let controller = controller.clone();
        Callback::from(move |_: FocusEvent| {
            controller.moved();
            look();
        })
    };
    let onblur = {
        let controller = controller.clone();
        Callback::from(move |_: FocusEvent| controller.settle())
    };
    let walked = {
        let (props, dispatcher) = (props.clone(), dispatcher.clone());
        let (controller, before) = (controller.clone(), **caret);
        move || {
            look();
            select(&props, &dispatcher, &controller, before);
        }
    };
    let onclick = {
        let walked = walked.clone();
        Callback::from(move |_: MouseEvent| walked())
    };
    let onkeyup = Callback::from(move |event: KeyboardEvent| {
        if WALKS.contains(&&*event.key()) {
            walked();
        }
    });
    let onkeydown = {
        let (document, dispatcher) = (props.document.clone(), dispatcher.clone());
        let controller = controller.clone();
        Callback::from(move |event: KeyboardEvent| {
            pressed(&event, &document, &dispatcher, &controller);
        })
    };
    let is_wrong = notes.has_problems();
    html! {
        <textarea class="script-text" ref={controller.node()} aria-label="Script" wrap="soft" spellcheck="false"
            autocomplete="off" autocapitalize="off" aria-invalid={is_wrong.then_some("true")}
            aria-describedby={(!notes.list.is_empty()).then_some("script-note")}
            {oninput} {onfocus} {onblur} {onclick} {onkeyup} {onkeydown} />
    }
}

/// Handles the keys that are not the text area's own. Tab moves the focus, as everywhere.
fn pressed(
    event: &KeyboardEvent,
    document: &Document,
    dispatcher: &Dispatcher,
    controller: &EditorController,
) {
    let (control, shift) = (event.ctrl_key() || event.meta_key(), event.shift_key());
    let going = match (&*event.key(), control, shift) {
        ("z", true, false) => Some(Action::Undo),
        ("z" | "Z", true, true) | ("y", true, false) => Some(Action::Redo),
        _ => None,
    };
    if let Some(action) = going {
        // Undo and redo of the page instead of the browser's, which covers the text area only.
        event.prevent_default();
        controller.settle();
        dispatcher.dispatch(action);
    } else if event.key() == "Escape" && !event.is_composing() {
        event.prevent_default();
        focus_stage();
    } else if event.key() == "Enter" && control {
        event.prevent_default();
        let line = controller.area().map(|area| text_area::line(&area));
        let target = line.and_then(|line| target_at(document, line));
        if let Some(Target::Fault(entry)) = target
            && let Some(entry) = document.scenario().timeline.get(entry)
        {
            dispatcher.execute(Command::Seek(entry.first()));
        }
    }
}

/// Selects the fault or override of the caret's line on the stage. A selection that came from the previous
/// line is cleared.
fn select(
    props: &ScriptPanelProps,
    dispatcher: &Dispatcher,
    controller: &EditorController,
    before: Option<usize>,
) {
    let Some(line) = controller.area().map(|area| text_area::line(&area)) else { return };
    if before == Some(line) {
        return;
    }
    let target = target_at(&props.document, line);
    let of_a_line = props.selected.is_some_and(|held| line_of(&props.document, held).is_some());
    if target != props.selected && (target.is_some() || of_a_line) {
        dispatcher.dispatch(Action::Select(target));
    }
}

fn focus_stage() {
    let document = gloo_utils::document();
    let find = |what: &str| document.query_selector(what).ok().flatten();
    let process = find(".accessible-list [aria-pressed=\"true\"]")
        .or_else(|| find(".accessible-list button"));
    if let Some(process) = process.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // If the focus cannot move there, the text keeps it.
        let _ = process.focus();
    }
}
