//! The story: the narration around the cursor, with the current sentence emphasized. The list follows the
//! cursor until the reader scrolls away. Below the stage are the sentence of the present moment and the line
//! that says what cannot be done.

use super::{Icon, icon};
use crate::narration::StoryLine;
use crate::session::{Action, Command, Excerpt, RunView, StoryEntry};
use crate::simulation::EventId;
use crate::time::Time;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::{use_media, use_window_height};
use crate::web::clipboard;
use crate::web::media::{self, SizeWatch};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The number of lines on each side of the line to which the reader has scrolled: two screenfuls in all.
const AROUND: usize = 24;
/// The number of lines on each side of the cursor on paper: all of most runs.
const PRINTED: usize = 1_000;
/// The largest share of the window's height that the list takes, and the smallest height of a line in pixels.
const SHARE: f64 = 0.6;
const LINE: f64 = 24.0;
/// The number of lines beyond the visible ones, so that the list can be scrolled.
const MORE: usize = 3;

#[derive(Clone, PartialEq, Properties)]
pub struct StoryProps {
    pub run_view: Rc<RunView>,
    pub cursor: Time,
    /// The event whose causes are explained instead of the list.
    pub why: Option<EventId>,
    /// Whether playback runs: then screen readers announce nothing, since they would never stop.
    pub is_playing: bool,
}

#[component]
pub fn Story(props: &StoryProps) -> Html {
    let StoryProps { run_view, cursor, .. } = props;
    let dispatcher = use_dispatcher();
    let list = use_node_ref();
    let pin = use_state_eq(|| None::<ScrollAnchor>);
    // Another run has other lines.
    use_effect_with(run_view.clone(), {
        let pin = pin.clone();
        move |_| pin.set(None)
    });
    let around = pin.as_ref().map_or(*cursor, |pin| pin.at);
    let height = use_window_height();
    let is_printed = use_media(media::PAPER);
    let (before, after) = match &*pin {
        _ if is_printed => (PRINTED, PRINTED),
        Some(_) => (AROUND, AROUND),
        None => seen(height),
    };
    let excerpt =
        use_memo((run_view.clone(), around, before, after), |(run_view, around, before, after)| {
            run_view.story(*around, *before, *after)
        });
    let onscroll = use_scroll(&list, &pin, &excerpt);
    let current = excerpt.current(*cursor);
    let now = {
        let pin = pin.clone();
        Callback::from(move |_: MouseEvent| pin.set(None))
    };
    let seek = {
        let (pin, dispatcher) = (pin.clone(), dispatcher.clone());
        Callback::from(move |at| {
            pin.set(None);
            dispatcher.execute(Command::Seek(at));
        })
    };
    let live = if props.is_playing { "off" } else { "polite" };
    html! {
        <section class="story" aria-label="What happened" data-why={props.why.map(|_| "open")}>
            <div class="story-head">
                <h2>{ "What happened" }</h2>
                if pin.is_some() {
                    <button class="link" onclick={now}>{ "Back to now" }</button>
                }
                <span class="space" />
                <button class="link" onclick={copying(props, &dispatcher)}>{ "Copy as text" }</button>
            </div>
            if let Some(about) = &run_view.run.scenario().about {
                <p class="story-about">{ about }</p>
            }
            { chapters(run_view, *cursor, &seek) }
            { beginning(run_view, &excerpt, current) }
            if is_printed && !(excerpt.is_from_start && excerpt.is_to_end) {
                <p class="story-first">{ left_out(&excerpt, *cursor) }</p>
            }
            <ol class="lines" ref={list} {onscroll} onkeydown={walking()}>
                { for excerpt.entries.iter().enumerate().map(|(place, entry)| {
                    line(entry, place, current, &seek)
                }) }
            </ol>
            <p class="sentence unseen" aria-live={live}>
                if let Some(entry) = current.map(|place| &excerpt.entries[place]) {
                    <time>{ entry.line.at.spoken().to_string() }</time>{ " " }
                    <span>{ &entry.line.text }</span>
                }
            </p>
        </section>
    }
}

/// The number of lines before and after the cursor that fit into a window of this height, in pixels. More
/// lines would be rendered with each step without being seen.
fn seen(window: f64) -> (usize, usize) {
    let lines = (window * SHARE / LINE) as usize;
    let before = lines * 3 / 5;
    (before + MORE, lines - before + MORE)
}

/// The chapters, each a way to its instant. Where a lesson asks what is to come, those are not listed.
fn chapters(run_view: &RunView, cursor: Time, seek: &Callback<Time>) -> Html {
    let chapters = run_view.run.scenario().chapters();
    if chapters.is_empty() || run_view.hides_future {
        return Html::default();
    }
    let current = chapters.iter().rposition(|(_, mark)| mark.at <= cursor);
    html! {
        <ol class="chapters" aria-label="Chapters">
            { for chapters.iter().enumerate().map(|(place, (index, mark))| {
                let at = mark.at;
                html! {
                    <li key={*index}>
                        <button class="chapter" aria-current={(current == Some(place)).then_some("step")}
                            onclick={seek.reform(move |_: MouseEvent| at)}>
                            <time>{ at.spoken().to_string() }</time><span>{ mark.text.clone() }</span>
                        </button>
                    </li>
                }
            }) }
        </ol>
    }
}

/// What comes first, while nothing has happened yet.
fn beginning(run_view: &RunView, excerpt: &Excerpt, current: Option<usize>) -> Html {
    if current.is_some() || !excerpt.is_from_start {
        return Html::default();
    }
    let words = match excerpt.entries.first() {
        Some(entry) => {
            format!(
                "Nothing has happened yet. The first event comes at {}:",
                entry.line.at.spoken()
            )
        }
        None if run_view.run.events_so_far() > 0 => {
            "Nothing happens in this run but heartbeats.".to_owned()
        }
        None => "Nothing happens in this run.".to_owned(),
    };
    html! { <p class="story-first">{ words }</p> }
}

/// What paper says of a run that is too long for it.
fn left_out(excerpt: &Excerpt, cursor: Time) -> String {
    let lines = excerpt.entries.len();
    format!("The run is long: these are the {lines} lines around {}.", cursor.spoken())
}

fn line(entry: &StoryEntry, place: usize, current: Option<usize>, seek: &Callback<Time>) -> Html {
    let StoryEntry { line, times } = entry;
    let at = line.at;
    let is_current = current == Some(place);
    let class = match current {
        Some(current) if place < current => "line",
        Some(current) if place == current => "line now",
        // All lines if the cursor is before the first one or outside the excerpt.
        _ => "line later",
    };
    // One tab stop for the list; arrow keys move within it.
    let tabindex = if place == current.unwrap_or(0) { "0" } else { "-1" };
    html! {
        <li key={line.first.to_string()} data-id={line.first.to_string()}>
            <button {class} {tabindex} aria-current={is_current.then_some("step")}
                onclick={seek.reform(move |_: MouseEvent| at)}>
                <time>{ at.spoken().to_string() }</time>
                <span>{ &line.text }
                    if *times > 1 { { format!(" ({times} times)") } }
                </span>
            </button>
        </li>
    }
}

/// Arrow keys move the focus from line to line.
fn walking() -> Callback<KeyboardEvent> {
    Callback::from(|event: KeyboardEvent| {
        let is_down = match &*event.key() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        if move_focus(&event, is_down) {
            event.prevent_default();
        }
    })
}

fn copying(
    StoryProps { run_view, cursor, .. }: &StoryProps,
    dispatcher: &Dispatcher,
) -> Callback<MouseEvent> {
    let (run_view, cursor, dispatcher) = (run_view.clone(), *cursor, dispatcher.clone());
    Callback::from(move |_| {
        let copied = run_view.copied(cursor);
        let notice = copied.notice;
        let dispatcher = dispatcher.clone();
        let done = Callback::from(move |taken: bool| {
            let words = match taken {
                true => notice.clone(),
                false => "The browser does not let the page copy. Select the lines and copy them \
                          by hand."
                    .to_owned(),
            };
            dispatcher.dispatch(Action::Say(Some(words)));
        });
        clipboard::copy(&copied.text, done);
    })
}

/// The distance from an end of the list, in pixels, at which more lines are loaded.
const EDGE: i32 = 80;

/// A line that keeps its position while lines around it are added and removed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScrollAnchor {
    pub at: Time,
    /// Its first event, which identifies it.
    id: u32,
    /// Its distance from the top of the list, in pixels.
    offset: i32,
}

/// Keeps the scroll position of the list, and returns the handler of its scroll events.
#[hook]
pub fn use_scroll(
    list: &NodeRef,
    pin: &UseStateHandle<Option<ScrollAnchor>>,
    excerpt: &Rc<Excerpt>,
) -> Callback<Event> {
    // The scroll position that the page has set; any other one comes from the reader. `None` until it is set.
    let placed = use_mut_ref(|| None);
    {
        let (list, placed, pin) = (list.clone(), placed.clone(), **pin);
        use_effect(move || {
            *placed.borrow_mut() = None;
            let watch = list.cast::<HtmlElement>().and_then(|list| {
                let watched = list.clone();
                // A resize observer runs after layout and before paint, so that nothing is laid out twice;
                // and again on each resize.
                SizeWatch::new(&watched, move |_| *placed.borrow_mut() = Some(place(&list, pin)))
            });
            move || drop(watch)
        });
    }
    let (list, pin, excerpt) = (list.clone(), pin.clone(), excerpt.clone());
    Callback::from(move |_| {
        let Some(list) = list.cast::<HtmlElement>() else { return };
        if placed.borrow().is_none_or(|placed| (list.scroll_top() - placed).abs() <= 1) {
            return;
        }
        let below = list.scroll_height() - list.client_height() - list.scroll_top();
        let wants_earlier = list.scroll_top() < EDGE && !excerpt.is_from_start;
        let wants_later = below < EDGE && !excerpt.is_to_end;
        if pin.is_none() || wants_earlier || wants_later {
            pin.set(middle(&list, &excerpt));
        }
    })
}

/// Scrolls the list to its position, and returns it.
fn place(list: &HtmlElement, pin: Option<ScrollAnchor>) -> i32 {
    let wanted = match pin {
        Some(pin) => pinned(list, pin),
        None => following(list),
    };
    if let Some(top) = wanted {
        list.set_scroll_top(top);
    }
    list.scroll_top()
}

/// Moves the focus to the previous or next line; returns whether there is one.
pub fn move_focus(event: &KeyboardEvent, is_down: bool) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let item = target.and_then(|target| target.closest("li").ok().flatten());
    let next = item.and_then(|item| match is_down {
        true => item.next_element_sibling(),
        false => item.previous_element_sibling(),
    });
    let button = next.and_then(|next| next.first_element_child());
    match button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        Some(button) => button.focus().is_ok(),
        None => false,
    }
}

/// The scroll position with the current line somewhat below the middle, since its causes are above.
fn following(list: &HtmlElement) -> Option<i32> {
    let now = list.query_selector(".now").ok()??.dyn_into::<HtmlElement>().ok()?;
    let room = list.client_height() - now.offset_height();
    let wanted = now.offset_top() - room * 3 / 5;
    // Aligned so that no line is cut off at the top.
    let items = list.children();
    let tops = (0..items.length())
        .filter_map(|place| Some(items.item(place)?.dyn_into::<HtmlElement>().ok()?.offset_top()));
    tops.into_iter().find(|&top| top >= wanted)
}

fn pinned(list: &HtmlElement, pin: ScrollAnchor) -> Option<i32> {
    let selector = format!("[data-id=\"{}\"]", pin.id);
    let item = list.query_selector(&selector).ok()??.dyn_into::<HtmlElement>().ok()?;
    Some(item.offset_top() - pin.offset)
}

/// The line in the middle of the visible part.
fn middle(list: &HtmlElement, excerpt: &Excerpt) -> Option<ScrollAnchor> {
    let top = list.scroll_top();
    let wanted = top + list.client_height() / 2;
    let items = list.children();
    (0..items.length()).rev().find_map(|place| {
        let item = items.item(place)?.dyn_into::<HtmlElement>().ok()?;
        let offset = item.offset_top();
        let entry = excerpt.entries.get(place as usize)?;
        let pin = ScrollAnchor { at: entry.line.at, id: entry.line.first, offset: offset - top };
        (offset <= wanted).then_some(pin)
    })
}

/// The line that says what cannot be done. It always exists: only then do screen readers announce new text in
/// it.
pub fn notice(words: Option<&String>) -> Html {
    html! { <p class="notice-line" role="status">{ words }</p> }
}

/// The sentence of the present moment, with a button that explains its event.
pub fn moment(line: Option<StoryLine>, dispatcher: &Dispatcher) -> Html {
    let has_happened = line.is_some();
    html! {
        <div class="moment">
            <p>{ sentence(line) }</p>
            if has_happened {
                <button class="button outlined" onclick={dispatcher.on_click(Command::Why)}>
                    { icon(Icon::Why) }{ "Why?" }
                </button>
            }
        </div>
    }
}

/// The latest line, with its instant; `None` before the first event.
pub fn sentence(line: Option<StoryLine>) -> Html {
    match line {
        Some(line) => html! {
            <><time>{ line.at.spoken().to_string() }</time><span>{ line.text }</span></>
        },
        None => html! { <span>{ "Nothing has happened yet." }</span> },
    }
}
