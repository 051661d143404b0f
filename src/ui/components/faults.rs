//! The list of faults and overrides, in order, with fields for their instants.

mod add;
mod row;

use crate::session::faults::{FaultRow, FaultRowId, held, instants, rows};
use crate::session::{Document, RunView};
use crate::time::Time;
use crate::ui::dispatcher::use_dispatcher;
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
                { for rows.iter().map(|row| row::row(props, &dispatcher, row, &removed)) }
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
