//! Keeps the keyboard focus on the page: if a focused element is removed, hidden or disabled, another one
//! gets the focus, which would otherwise fall to the body.
//!
//! - Within a region that stays, it is the control after it, else the one before.
//! - If the region is gone too, it is the element that had the focus before.
//! - If the whole screen is another one, it is the main region.
//! - After a press of the pointer it is the smallest region that stays, and none of its controls: Space and
//!   Enter would act there, where the reader did not move.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_utils::document;
use js_sys::Array;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, FocusEvent, FocusOptions, HtmlElement, MutationObserver, MutationObserverInit,
    NodeList,
};

/// Keeps the focus until it is dropped.
pub struct FocusKeeper {
    observer: MutationObserver,
    _closure: Closure<dyn FnMut()>,
    _listeners: [EventListener; 4],
}

const FOCUSABLE: &str =
    "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";
/// A part of the page that is opened and closed as one.
const REGION: &str = "section, aside, nav, form, dialog, [role='menu']";
/// An element that contains everything, so its controls are no neighbours of a removed one.
const WHOLE: &str = "main, .page, #app, body";
/// Attributes whose changes hide or disable elements.
const HIDING: [&str; 7] =
    ["disabled", "open", "data-screen", "data-view", "data-tab", "data-seen", "data-why"];

impl FocusKeeper {
    /// `None` if the browser cannot observe the page.
    pub fn new() -> Option<Self> {
        let trail = Rc::new(RefCell::new(FocusHistory::default()));
        let closure = Closure::new({
            let trail = trail.clone();
            move || pass_on(&trail)
        });
        let observer = MutationObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_subtree(true);
        what.set_attribute_filter(&HIDING.into_iter().map(JsValue::from_str).collect::<Array>());
        observer.observe_with_options(document().body()?.as_ref(), &what).ok()?;
        let came = {
            let trail = trail.clone();
            move |event: &Event| {
                let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                if let Some(target) = target {
                    trail.borrow_mut().follow(target);
                }
            }
        };
        // A style sheet hides elements without a mutation of the page; the browser then removes their focus.
        let lost = trail.clone();
        let left = move |event: &Event| {
            let goes_on =
                event.dyn_ref::<FocusEvent>().is_some_and(|e| e.related_target().is_some());
            if !goes_on {
                // A removed element loses the focus first, so the page is examined after the removal.
                let trail = lost.clone();
                let trail = trail.clone();
                yew::platform::spawn_local(async move { pass_on(&trail) });
            }
        };
        let pressed = |event: &'static str, by_pointer: bool| {
            let trail = trail.clone();
            let capture = EventListenerOptions::run_in_capture_phase();
            EventListener::new_with_options(&document(), event, capture, move |_| {
                trail.borrow_mut().by_pointer = by_pointer;
            })
        };
        let listeners = [
            EventListener::new(&document(), "focusin", came),
            EventListener::new(&document(), "focusout", left),
            pressed("pointerdown", true),
            pressed("keydown", false),
        ];
        Some(Self { observer, _closure: closure, _listeners: listeners })
    }
}

impl Drop for FocusKeeper {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Moves the focus to a region, which the Tab key skips.
pub fn enter(selector: &str) {
    if let Some(region) = find(selector) {
        focus(&region);
    }
}

/// The focused element, and those that were focused before.
#[derive(Default)]
struct FocusHistory {
    held: Option<FocusedElement>,
    before: Vec<Element>,
    /// Whether the last press was one of the pointer, not of a key.
    by_pointer: bool,
}

/// The focused element, with what is needed to replace it.
struct FocusedElement {
    element: Element,
    /// The elements around it, the innermost first.
    around: Vec<Element>,
    /// Every control of the page, in the order of the Tab key.
    controls: NodeList,
    screen: Option<String>,
}

impl FocusHistory {
    fn follow(&mut self, element: Element) {
        let Ok(controls) = document().query_selector_all(FOCUSABLE) else { return };
        self.release();
        let around =
            std::iter::successors(element.parent_element(), |around| around.parent_element())
                .collect();
        self.held = Some(FocusedElement { element, around, controls, screen: screen() });
    }

    fn release(&mut self) {
        if let Some(FocusedElement { element, .. }) = self.held.take() {
            self.before.retain(|before| before.is_connected() && *before != element);
            self.before.push(element);
        }
    }

    /// The element that gets the focus of an unusable one; `None` if the focused element is usable.
    fn successor(&self) -> Option<Element> {
        let held = self.held.as_ref().filter(|held| !is_usable(&held.element))?;
        if held.screen != screen() {
            return region();
        }
        if self.by_pointer {
            let mut around = held.around.iter();
            let stays = around.find(|part| is_usable(part) && is(part, REGION));
            return stays.cloned().or_else(region);
        }
        let is_closed = held.around.iter().any(|around| !is_usable(around) && is(around, REGION));
        let back = || self.before.iter().rev().find(|before| is_usable(before)).cloned();
        let near = || held.neighbour();
        let next = if is_closed { back().or_else(near) } else { near().or_else(back) };
        next.or_else(region)
    }
}

impl FocusedElement {
    /// The next control in the smallest part of the page that is still usable and has one, else the one
    /// before it.
    fn neighbour(&self) -> Option<Element> {
        let control = |place| self.controls.item(place)?.dyn_into::<Element>().ok();
        let count = self.controls.length();
        let place = (0..count).find(|&place| control(place).as_ref() == Some(&self.element))?;
        let parts = self.around.iter().take_while(|part| !is(part, WHOLE));
        parts.filter(|part| is_usable(part)).find_map(|part| {
            let mut order = (place + 1..count).chain((0..place).rev()).filter_map(control);
            order.find(|other| part.contains(Some(other)) && is_usable(other))
        })
    }
}

/// Moves the focus to a successor, if it is lost.
fn pass_on(trail: &RefCell<FocusHistory>) {
    let active = document().active_element().filter(|active| !is(active, "body"));
    if active.as_ref().is_some_and(is_usable) {
        return;
    }
    let next = {
        let mut trail = trail.borrow_mut();
        let next = trail.successor();
        trail.release();
        next
    };
    // The borrow has ended: `focusin` borrows the trail again.
    if let Some(next) = next {
        focus(&next);
    }
}

/// Makes the active element report what was typed into it, as if it lost the focus. When a page is left,
/// Firefox may send no event for an element that loses the focus.
pub fn report_typing() {
    if let (Some(active), Ok(blur)) = (document().active_element(), FocusEvent::new("blur")) {
        // An element that has the focus takes events.
        let _ = active.dispatch_event(&blur);
    }
}

/// Moves the focus among the items of a menu for an arrow key, Home or End; false for any other key.
pub fn move_in_menu(menu: &Element, key: &str) -> bool {
    let Ok(found) = menu.query_selector_all("[role='menuitem']") else { return false };
    let item = |place| found.item(place)?.dyn_into::<Element>().ok().filter(is_usable);
    let items: Vec<Element> = (0..found.length()).filter_map(item).collect();
    let Some(last) = items.len().checked_sub(1) else { return false };
    let active = document().active_element();
    let place = items.iter().position(|item| Some(item) == active.as_ref());
    let to = match (key, place) {
        ("ArrowDown", Some(place)) if place < last => place + 1,
        ("ArrowUp", Some(place)) if place > 0 => place - 1,
        ("ArrowDown" | "Home", _) => 0,
        ("ArrowUp" | "End", _) => last,
        _ => return false,
    };
    focus(&items[to]);
    true
}

fn focus(element: &Element) {
    let Some(element) = element.dyn_ref::<HtmlElement>() else { return };
    if element.tab_index() < 0 {
        // An attribute can always be set.
        let _ = element.set_attribute("tabindex", "-1");
    }
    let still = FocusOptions::new();
    still.set_prevent_scroll(is(element, WHOLE));
    // If the element cannot be focused, the page keeps the focus.
    let _ = element.focus_with_options(&still);
}

/// The main region: a dialog, if one is open.
fn region() -> Option<Element> {
    find("dialog[open]").or_else(|| find("main"))
}

/// The name of the screen.
fn screen() -> Option<String> {
    find("[data-screen]")?.get_attribute("data-screen")
}

fn find(selector: &str) -> Option<Element> {
    // The selectors are valid, so no browser refuses them.
    document().query_selector(selector).ok().flatten()
}

fn is(element: &Element, selector: &str) -> bool {
    element.matches(selector).unwrap_or(false)
}

/// Whether an element is on the page, visible, and not disabled.
fn is_usable(element: &Element) -> bool {
    let is_shown = || element.get_client_rects().length() > 0;
    element.is_connected() && !is(element, ":disabled") && is_shown()
}
