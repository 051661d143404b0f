//! Where the list of lines stands: at the cursor, or where the reader has scrolled to.

use crate::session::Excerpt;
use crate::time::Time;
use crate::web::media::SizeWatch;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Nearer than this to an end of the list, in pixels, more lines are fetched.
const EDGE: i32 = 80;

/// The line that stays where it is while others come and go around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScrollAnchor {
    pub at: Time,
    /// Its first event, which names it.
    id: u32,
    /// How far below the top of the list it stands, in pixels.
    offset: i32,
}

/// Keeps the list where it belongs, and gives what to do when it is scrolled.
#[hook]
pub fn use_scroll(
    list: &NodeRef,
    pin: &UseStateHandle<Option<ScrollAnchor>>,
    excerpt: &Rc<Excerpt>,
) -> Callback<Event> {
    // Where the page has put it: another place is the reader's doing. Nothing while that is to come.
    let placed = use_mut_ref(|| None);
    {
        let (list, placed, pin) = (list.clone(), placed.clone(), **pin);
        use_effect(move || {
            *placed.borrow_mut() = None;
            let watch = list.cast::<HtmlElement>().and_then(|list| {
                let watched = list.clone();
                // Called once the browser has laid the list out and before it paints it, so that
                // nothing is laid out twice; and again with more room or less.
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

/// Scrolls the list to where it belongs, and says where that is.
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

/// Puts the focus on the line before or after the one that has it.
pub fn walk(event: &KeyboardEvent, is_down: bool) -> bool {
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

/// The line of the moment stands somewhat below the middle: what led to it is above.
fn following(list: &HtmlElement) -> Option<i32> {
    let now = list.query_selector(".now").ok()??.dyn_into::<HtmlElement>().ok()?;
    let room = list.client_height() - now.offset_height();
    let wanted = now.offset_top() - room * 3 / 5;
    // No line is cut off at the top.
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

/// The line in the middle of what is to be seen.
fn middle(list: &HtmlElement, excerpt: &Excerpt) -> Option<ScrollAnchor> {
    let top = list.scroll_top();
    let wanted = top + list.client_height() / 2;
    let items = list.children();
    (0..items.length()).rev().find_map(|place| {
        let item = items.item(place)?.dyn_into::<HtmlElement>().ok()?;
        let offset = item.offset_top();
        let told = excerpt.told.get(place as usize)?;
        let pin = ScrollAnchor { at: told.line.at, id: told.line.first, offset: offset - top };
        (offset <= wanted).then_some(pin)
    })
}
