//! Keeps the keyboard focus on the page: a focused element that is removed, hidden or disabled passes its
//! focus on, which would otherwise fall to the body.
//!
//! Inside a region that stays, the focus moves to the control after it, else to the one before. Where the
//! region is gone too, the focus returns to where it was before it came there. Where the whole screen is
//! another one, it moves to the main region. After a press of the pointer it moves to the smallest region
//! that stays, and to no control of it: Space and Enter would act there, where nobody went.

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
/// A part that is opened and closed as one.
const REGION: &str = "section, aside, nav, form, dialog, [role='menu']";
/// What holds everything, so that a control of it is no neighbour of what is gone.
const WHOLE: &str = "main, .page, #app, body";
/// Changes of these attributes hide or disable something.
const HIDING: [&str; 7] =
    ["disabled", "open", "data-screen", "data-view", "data-tab", "data-seen", "data-why"];

impl FocusKeeper {
    /// None where the browser cannot tell what changes on a page.
    pub fn new() -> Option<Self> {
        let trail = Rc::new(RefCell::new(Trail::default()));
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
        // A style sheet hides things without any change of the page; the browser lets go of them then.
        let lost = trail.clone();
        let left = move |event: &Event| {
            let goes_on =
                event.dyn_ref::<FocusEvent>().is_some_and(|e| e.related_target().is_some());
            if !goes_on {
                // What is removed loses the focus first, so it is looked at once it is gone.
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

/// Moves the focus to a region, which no Tab key stops at. Nothing is scrolled.
pub fn enter(selector: &str) {
    if let Some(region) = find(selector) {
        focus(&region);
    }
}

/// Where the focus is, and where it was before.
#[derive(Default)]
struct Trail {
    held: Option<Held>,
    before: Vec<Element>,
    /// Whether the last press was one of the pointer, not of a key.
    by_pointer: bool,
}

/// What has the focus, with all that is needed once it is gone.
struct Held {
    element: Element,
    /// The elements around it, the innermost first.
    around: Vec<Element>,
    /// Every control of the page, in the order of the Tab key.
    controls: NodeList,
    screen: Option<String>,
}

impl Trail {
    fn follow(&mut self, element: Element) {
        let Ok(controls) = document().query_selector_all(FOCUSABLE) else { return };
        self.let_go();
        let around =
            std::iter::successors(element.parent_element(), |around| around.parent_element())
                .collect();
        self.held = Some(Held { element, around, controls, screen: screen() });
    }

    fn let_go(&mut self) {
        if let Some(Held { element, .. }) = self.held.take() {
            self.before.retain(|before| before.is_connected() && *before != element);
            self.before.push(element);
        }
    }

    /// Where the focus goes from what is gone; nowhere where the reader pressed beside everything.
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

impl Held {
    /// The next control in the smallest part of the page that is still there and has one, else the one
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

/// Looks whether the focus is lost, and passes it on.
fn pass_on(trail: &RefCell<Trail>) {
    let active = document().active_element().filter(|active| !is(active, "body"));
    if active.as_ref().is_some_and(is_usable) {
        return;
    }
    let next = {
        let mut trail = trail.borrow_mut();
        let next = trail.successor();
        trail.let_go();
        next
    };
    // The borrow has ended: the focus is followed.
    if let Some(next) = next {
        focus(&next);
    }
}

/// Takes the focus off whatever has it, which thereby tells what was typed into it.
pub fn let_go() {
    if let Some(active) = document().active_element().and_then(|a| a.dyn_into::<HtmlElement>().ok())
    {
        // What has the focus can lose it.
        let _ = active.blur();
    }
}

/// Moves the focus among the items of a menu, as an arrow key, Home or End asks; false for any other key.
pub fn walk(menu: &Element, key: &str) -> bool {
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
    // Where it cannot have the focus, the page keeps it.
    let _ = element.focus_with_options(&still);
}

/// The part of the page that matters now: a dialog, if one is open.
fn region() -> Option<Element> {
    find("dialog[open]").or_else(|| find("main"))
}

/// The name of what fills the page.
fn screen() -> Option<String> {
    find("[data-screen]")?.get_attribute("data-screen")
}

fn find(selector: &str) -> Option<Element> {
    // The selectors are right, so no browser refuses them.
    document().query_selector(selector).ok().flatten()
}

fn is(element: &Element, selector: &str) -> bool {
    element.matches(selector).unwrap_or(false)
}

/// Whether it is on the page, to be seen, and not disabled.
fn is_usable(element: &Element) -> bool {
    let is_shown = || element.get_client_rects().length() > 0;
    element.is_connected() && !is(element, ":disabled") && is_shown()
}
