//! The list of faults and overrides, in order: in each row its instant, text and durations, and the commands on
//! it.

mod add;

use super::field::ValueField;
use crate::scenario::Change;
use crate::session::faults::{
    self, FaultItem, FaultRow, FaultRowId, FaultSpan, held, instants, lasting, moved, nudged, rows,
};
use crate::session::{Action, Command, Document, RunView};
use crate::time::{Duration, Time};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::view::Target;
use add::AddFault;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct FaultListProps {
    pub document: Document,
    pub run_view: Rc<RunView>,
    pub cursor: Time,
    pub selected: Option<Target>,
}

#[component]
pub fn FaultList(props: &FaultListProps) -> Html {
    let FaultListProps { document, run_view, cursor, .. } = props;
    let dispatcher = use_dispatcher();
    let is_adding = use_state(|| false);
    let add = use_focus_after(*is_adding);
    let list = use_node_ref();
    let times = use_memo(run_view.clone(), |run_view| instants(&run_view.run));
    let order = use_state(Vec::<FaultRowId>::new);
    let rows = held(rows(document, run_view, &times), &order);
    let (onfocusin, onfocusout) = use_holding(&list, &order, &rows);
    let removed = use_focus_after_removal(&list, rows.len());
    let open = {
        let is_adding = is_adding.setter();
        Callback::from(move |_: MouseEvent| is_adding.set(true))
    };
    let close = {
        let is_adding = is_adding.setter();
        Callback::from(move |()| is_adding.set(false))
    };
    html! {
        <div class="sheet faults">
            if rows.is_empty() && !*is_adding {
                <p class="faults-empty">{ "This run has no faults, so the leader keeps the lead." }</p>
            }
            <ol class="fault-list" ref={list} tabindex="-1" aria-label="By instant"
                {onfocusin} {onfocusout}>
                { for rows.iter().map(|line| row(props, &dispatcher, line, &removed)) }
            </ol>
            if *is_adding {
                <AddFault document={document.clone()} run_view={run_view.clone()} cursor={*cursor}
                    onclose={close} />
            } else {
                <div class="faults-add">
                    <button class="button outlined" ref={add} onclick={open}>{ "Add a fault or an override" }</button>
                </div>
            }
        </div>
    }
}

/// Keeps the order of the rows while the focus is in the list, so that no row moves away.
#[hook]
fn use_holding(
    list: &NodeRef,
    order: &UseStateHandle<Vec<FaultRowId>>,
    rows: &[FaultRow],
) -> (Callback<FocusEvent>, Callback<FocusEvent>) {
    let entered = {
        let (order, items) = (order.clone(), rows.iter().map(FaultRow::id).collect::<Vec<_>>());
        Callback::from(move |_: FocusEvent| {
            if order.is_empty() {
                order.set(items.clone());
            }
        })
    };
    let left = {
        let (list, order) = (list.clone(), order.setter());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
            let inside = list.cast::<Node>().is_some_and(|list| list.contains(to.as_ref()));
            if to.is_none() || !inside {
                order.set(Vec::new());
            }
        })
    };
    (entered, left)
}

/// Moves the focus back to the button that opened a form when the form closes.
#[hook]
fn use_focus_after(is_open: bool) -> NodeRef {
    let opener = use_node_ref();
    let was_open = use_mut_ref(|| false);
    let node = opener.clone();
    use_effect_with(is_open, move |&is_open| {
        let closed = was_open.replace(is_open) && !is_open;
        if let Some(opener) = node.cast::<HtmlElement>().filter(|_| closed) {
            // If the focus cannot move there, the page keeps it.
            let _ = opener.focus();
        }
    });
    opener
}

/// Moves the focus to the next row after one is removed. The returned callback is called before the removal.
#[hook]
fn use_focus_after_removal(list: &NodeRef, count: usize) -> Callback<()> {
    let place = use_mut_ref(|| None::<usize>);
    {
        let (list, place) = (list.clone(), place.clone());
        use_effect_with(count, move |_| {
            if let (Some(place), Some(list)) = (place.take(), list.cast::<Element>()) {
                let left = list.children();
                let next =
                    left.item(place as u32).or_else(|| left.item(left.length().checked_sub(1)?));
                let button = next.and_then(|row| row.query_selector(".fault-words").ok()?);
                let target = button.unwrap_or(list).dyn_into::<HtmlElement>();
                // If the focus cannot move there, the page keeps it.
                let _ = target.map(|target| target.focus());
            }
        });
    }
    let list = list.clone();
    use_callback((), move |(), ()| {
        let active = gloo_utils::document().active_element();
        let rows = list.cast::<Element>().map(|list| list.children());
        let of = |rows: &web_sys::HtmlCollection| {
            (0..rows.length())
                .find(|&at| rows.item(at).is_some_and(|row| row.contains(active.as_deref())))
        };
        *place.borrow_mut() = rows.as_ref().and_then(of).map(|at| at as usize);
    })
}

pub fn row(
    props: &FaultListProps,
    dispatcher: &Dispatcher,
    row: &FaultRow,
    removed: &Callback<()>,
) -> Html {
    let FaultListProps { cursor, selected, document, .. } = props;
    let is_disabled = matches!(row.item, FaultItem::Disabled(_));
    let is_selected = row.target.is_some() && row.target == selected_row(*selected);
    let has_happened = !is_disabled && row.at.is_some_and(|at| at <= *cursor);
    let select = {
        let target = row.target;
        dispatcher.on_click_action(Action::Select(target.filter(|_| !is_selected)))
    };
    let remove = removing(document, dispatcher, row.item, removed);
    let onkeydown = {
        let remove = remove.clone();
        Callback::from(move |event: KeyboardEvent| {
            let typing = event.target_dyn_into::<web_sys::HtmlInputElement>().is_some();
            if matches!(&*event.key(), "Delete" | "Backspace") && !typing {
                event.prevent_default();
                event.stop_propagation();
                remove.emit(());
            }
        })
    };
    let class = classes!("fault", is_selected.then_some("on"), is_disabled.then_some("aside"));
    html! {
        <li {class} key={key(row.id())} {onkeydown}>
            <span class="fault-dot">
                if has_happened { <i /><span class="unseen">{ "has happened" }</span> }
            </span>
            { instant(document, dispatcher, row) }
            <button class="fault-words" disabled={is_disabled} aria-pressed={is_selected.to_string()} onclick={select}>
                { &row.words }
            </button>
            if !row.lasts.is_empty() {
                <div class="fault-lasts">
                    { for row.lasts.iter().map(|of| lasts(document, dispatcher, row, of)) }
                </div>
            }
            { below(document, dispatcher, row, &remove) }
        </li>
    }
}

/// The row of the selection; the end of a pause belongs to the row of the pause.
const fn selected_row(selected: Option<Target>) -> Option<Target> {
    match selected {
        Some(Target::FaultEnd(entry)) => Some(Target::Fault(entry)),
        other => other,
    }
}

fn key(id: FaultRowId) -> String {
    match id {
        FaultRowId::Line(line) => format!("line-{line}"),
        FaultRowId::Item(FaultItem::Entry(place)) => format!("entry-{place}"),
        FaultRowId::Item(FaultItem::Override(place)) => format!("override-{place}"),
        FaultRowId::Item(FaultItem::Disabled(line)) => format!("disabled-{line}"),
    }
}

fn instant(document: &Document, dispatcher: &Dispatcher, row: &FaultRow) -> Html {
    let Some(written) = &row.written else {
        let words = row.at.map_or_else(|| "never".to_owned(), |at| at.to_string());
        return html! { <time class="fault-at">{ words }</time> };
    };
    let item = row.item;
    let commit = act(document, dispatcher, Action::Change, move |document, text: String| {
        moved(document.scenario(), item, &text)
    });
    let nudge =
        act(document, dispatcher, Action::Drag, move |document, (later, large): (bool, bool)| {
            let by = Duration::ms(if large { 10 } else { 1 });
            nudged(document.scenario(), item, later, by)
        });
    let onsettle = dispatcher.dispatch_from(|()| Action::Settle);
    let label = format!("When: {}", row.words);
    html! {
        <ValueField id={format!("{}-at", key(row.id()))} class="bare" {label} value={written.clone()}
            {commit} {nudge} {onsettle} />
    }
}

fn lasts(
    document: &Document,
    dispatcher: &Dispatcher,
    row: &FaultRow,
    (of, value): &(FaultSpan, String),
) -> Html {
    let (item, of) = (row.item, *of);
    let commit = act(document, dispatcher, Action::Change, move |document, text: String| {
        lasting(document.scenario(), item, of, &text)
    });
    let placeholder = if of == FaultSpan::Until { "the end" } else { "" };
    html! {
        <ValueField key={of.label()} id={format!("{}-{}", key(row.id()), of.label().replace(' ', "-"))}
            label={of.label()} value={value.clone()} {placeholder} {commit} />
    }
}

fn below(
    document: &Document,
    dispatcher: &Dispatcher,
    row: &FaultRow,
    remove: &Callback<()>,
) -> Html {
    let is_disabled = matches!(row.item, FaultItem::Disabled(_));
    let command = |words: &'static str, onclick: Callback<MouseEvent>| {
        let name = format!("{words}: {}", row.words);
        html! { <button class="fault-action" aria-label={name} {onclick}>{ words }</button> }
    };
    let disable = row.line.map(|line| {
        let disabled = !is_disabled;
        dispatcher.on_click_action(Action::Disable { line, disabled })
    });
    let go = row.at.filter(|at| !is_disabled && *at <= document.scenario().end());
    html! {
        <div class="fault-below">
            if let Some(reason) = &row.unused { <p class="hint">{ reason }</p> }
            if let Some(at) = go { { command("Go there", dispatcher.on_click(Command::Seek(at))) } }
            if let Some(disable) = disable { { command(if is_disabled { "Unmute" } else { "Mute" }, disable) } }
            { command("Remove", remove.reform(|_: MouseEvent| ())) }
        </div>
    }
}

fn removing(
    document: &Document,
    dispatcher: &Dispatcher,
    item: FaultItem,
    removed: &Callback<()>,
) -> Callback<()> {
    let (document, dispatcher, removed) = (document.clone(), dispatcher.clone(), removed.clone());
    Callback::from(move |()| {
        removed.emit(());
        if let Some(action) = faults::removed(&document, item) {
            dispatcher.dispatch(action);
        }
    })
}

/// Turns the value of a field into an action, or returns a sentence to show below it.
fn act<T: 'static>(
    document: &Document,
    dispatcher: &Dispatcher,
    action: fn(Change) -> Action,
    read: impl Fn(&Document, T) -> Result<Option<Change>, String> + 'static,
) -> Callback<T, Result<(), String>> {
    let (document, dispatcher) = (document.clone(), dispatcher.clone());
    Callback::from(move |asked: T| {
        if let Some(change) = read(&document, asked)? {
            dispatcher.dispatch(action(change));
        }
        Ok(())
    })
}
