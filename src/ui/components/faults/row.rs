//! A row of the list: its instant, text and durations, and the commands on it.

use super::FaultListProps;
use crate::scenario::Change;
use crate::session::faults::{
    self, FaultItem, FaultRow, FaultRowId, FaultSpan, lasting, moved, nudged,
};
use crate::session::{Action, Command, Document};
use crate::time::Duration;
use crate::ui::components::field::ValueField;
use crate::ui::dispatcher::Dispatcher;
use crate::view::Target;
use yew::prelude::*;

pub fn row(
    props: &FaultListProps,
    dispatcher: &Dispatcher,
    row: &FaultRow,
    removed: &Callback<()>,
) -> Html {
    let FaultListProps { cursor, selected, document, .. } = props;
    let is_aside = matches!(row.item, FaultItem::Aside(_));
    let is_selected = row.target.is_some() && row.target == selected_row(*selected);
    let has_happened = !is_aside && row.at.is_some_and(|at| at <= *cursor);
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
    let class = classes!("fault", is_selected.then_some("on"), is_aside.then_some("aside"));
    html! {
        <li {class} key={key(row.id())} {onkeydown}>
            <span class="fault-dot">
                if has_happened { <i /><span class="unseen">{ "has happened" }</span> }
            </span>
            { instant(document, dispatcher, row) }
            <button class="fault-words" disabled={is_aside} aria-pressed={is_selected.to_string()} onclick={select}>
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
        FaultRowId::Item(FaultItem::Edit(place)) => format!("edit-{place}"),
        FaultRowId::Item(FaultItem::Aside(line)) => format!("aside-{line}"),
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
    let is_aside = matches!(row.item, FaultItem::Aside(_));
    let command = |words: &'static str, onclick: Callback<MouseEvent>| {
        let name = format!("{words}: {}", row.words);
        html! { <button class="fault-action" aria-label={name} {onclick}>{ words }</button> }
    };
    let disable = row.line.map(|line| {
        let disabled = !is_aside;
        dispatcher.on_click_action(Action::Disable { line, disabled })
    });
    let go = row.at.filter(|at| !is_aside && *at <= document.scenario().end());
    html! {
        <div class="fault-below">
            if let Some(reason) = &row.unused { <p class="hint">{ reason }</p> }
            if let Some(at) = go { { command("Go there", dispatcher.on_click(Command::Seek(at))) } }
            if let Some(disable) = disable { { command(if is_aside { "Unmute" } else { "Mute" }, disable) } }
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
