//! Menus: *More* in the header, and the context menu of the stage. Arrow keys move between items.

use super::{Icon, icon};
use crate::scenario::{FigureView, Scenario};
use crate::session::compare;
use crate::session::{
    Action, Command, ComparedWith, Document, MenuItem, Panel, Screen, State, next_view,
};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::view::Target;
use crate::view::geometry::{Point, Size};
use crate::web::{focus, media};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct MoreProps {
    pub state: Rc<State>,
    pub ontheme: Callback<()>,
}

/// The menu in the header. It opens with the focus on its first item, and closes with Escape or when it loses
/// the focus.
#[component]
pub fn More(props: &MoreProps) -> Html {
    let dispatcher = use_dispatcher();
    let node = use_node_ref();
    let onkeydown = {
        let node = node.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(menu) = node.cast::<Element>() else { return };
            match &*event.key() {
                "ArrowDown" | "ArrowUp" if !is_open(&menu) => {
                    // The attribute is the state; no browser refuses it.
                    let _ = menu.set_attribute("open", "");
                }
                _ if !is_open(&menu) => return,
                "Escape" => close(&node),
                key if focus::move_in_menu(&menu, key) => {}
                // Keys belong to the menu while it is open.
                _ => return event.stop_propagation(),
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let ontoggle = {
        let node = node.clone();
        Callback::from(move |_: Event| {
            if let Some(menu) = node.cast::<Element>().filter(is_open) {
                focus::move_in_menu(&menu, "Home");
            }
        })
    };
    let onfocusout = {
        let node = node.clone();
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
            let inside = node.cast::<Node>().is_some_and(|menu| menu.contains(to.as_ref()));
            if to.is_none() || !inside {
                hide(&node);
            }
        })
    };
    html! {
        <details class="menu" ref={node.clone()} {onkeydown} {onfocusout} {ontoggle}>
            <summary class="button square" aria-label="More" aria-haspopup="menu" title="More">
                { icon(Icon::More) }
            </summary>
            <ul class="menu-list" role="menu" aria-label="More" tabindex="-1">{ entries(props, &dispatcher, &node) }</ul>
        </details>
    }
}

fn entries(
    MoreProps { state, ontheme }: &MoreProps,
    dispatcher: &Dispatcher,
    node: &NodeRef,
) -> Html {
    let command = |command: Command| dispatcher.on_click(command);
    let act = |action: Action| dispatcher.on_click_action(action);
    let entry = |words: &'static str,
                 class: &'static str,
                 is_idle: bool,
                 act: Callback<MouseEvent>| {
        let node = node.clone();
        let onclick = Callback::from(move |event: MouseEvent| {
            close(&node);
            act.emit(event);
        });
        html! {
            <li {class} role="none">
                <button class="menu-item" role="menuitem" tabindex="-1" disabled={is_idle} {onclick}>
                    { words }
                </button>
            </li>
        }
    };
    let other = compare::comparison(&state.document().scenario().algorithm);
    let compare = Screen::Compare(ComparedWith::Algorithm(other));
    let unchanged = *state.document() == state.opened;
    let new = Document::of(&Scenario::default());
    let has_views =
        matches!(state.screen, Screen::Stage | Screen::Compare(ComparedWith::Algorithm(_)));
    let views = match next_view(state.view) {
        FigureView::Both => "Stage and diagram",
        FigureView::Stage => "Stage alone",
        FigureView::Spacetime => "Diagram alone",
    };
    html! {
        <>
            { entry("Undo", "phone-only", state.history.undoes().is_none(), command(Command::Undo)) }
            { entry("Redo", "phone-only", state.history.redoes().is_none(), command(Command::Redo)) }
            { entry("Script", "narrow-only", false, act(Action::Panel(Some(Panel::Script)))) }
            { entry("Set-up", "narrow-only", false, act(Action::Panel(Some(Panel::SetUp)))) }
            { entry("Faults and overrides", "", false, act(Action::Panel(Some(Panel::Faults)))) }
            { entry("Compare", "narrow-only", false, act(Action::Show(compare))) }
            { entry("Search", "narrow-only", false, act(Action::Panel(Some(Panel::Search)))) }
            { entry("What if", "narrow-only", false, act(Action::Panel(Some(Panel::WhatIf)))) }
            { entry("Gallery and lessons", "narrow-only", false, act(Action::Show(Screen::Gallery))) }
            { entry(views, "", !has_views, command(Command::NextView)) }
            { entry("Import", "parted", false, command(Command::Import)) }
            { entry("New scenario", "", false, act(Action::Open(new))) }
            { entry("Reset to what was opened", "", unchanged, act(Action::Reset)) }
            { entry("Present", "parted", !has_views, command(Command::Present)) }
            { entry("Full screen", "", false, Callback::from(|_| media::toggle_full())) }
            { entry("Theme", "phone-only", false, ontheme.reform(|_| ())) }
            { entry("Help", "phone-only", false, command(Command::Help)) }
            { entry("Print", "", false, Callback::from(|_| media::print())) }
        </>
    }
}

fn is_open(menu: &Element) -> bool {
    menu.has_attribute("open")
}

/// Closes the menu and moves the focus to its button.
fn close(menu: &NodeRef) {
    hide(menu);
    let button = menu.cast::<Element>().and_then(|menu| menu.query_selector("summary").ok()?);
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // If the focus cannot move there, the page keeps it.
        let _ = button.focus();
    }
}

fn hide(menu: &NodeRef) {
    if let Some(menu) = menu.cast::<Element>() {
        // The attribute is the state; no browser refuses to remove it.
        let _ = menu.remove_attribute("open");
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct ContextMenuProps {
    pub target: Option<Target>,
    pub offers: Vec<MenuItem>,
    /// The point on the stage at which it opens.
    pub at: Point,
    pub room: Size,
    pub onclose: Callback<()>,
}

#[component]
pub fn ContextMenu(props: &ContextMenuProps) -> Html {
    let dispatcher = use_dispatcher();
    let node = use_node_ref();
    use_opening(&node, props.at, props.room);
    let onkeydown = {
        let (node, close) = (node.clone(), props.onclose.clone());
        Callback::from(move |event: KeyboardEvent| {
            // Keys belong to the menu while it is open.
            event.stop_propagation();
            match &*event.key() {
                "Escape" | "Tab" => close.emit(()),
                key if node
                    .cast::<Element>()
                    .is_some_and(|menu| focus::move_in_menu(&menu, key)) => {}
                _ => return,
            }
            event.prevent_default();
        })
    };
    let onfocusout = {
        let (node, close) = (node.clone(), props.onclose.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
            let inside = node.cast::<Node>().is_some_and(|menu| menu.contains(to.as_ref()));
            if !inside || to.is_none() {
                close.emit(());
            }
        })
    };
    let item = |offer: &MenuItem| item(offer, props, &dispatcher);
    html! {
        <div class="action-menu" ref={node} role="menu" aria-label="Actions" {onkeydown} {onfocusout}>
            { for props.offers.iter().map(item) }
        </div>
    }
}

fn item(offer: &MenuItem, props: &ContextMenuProps, dispatcher: &Dispatcher) -> Html {
    let (words, key) = (&offer.words, offer.key());
    let (target, command) = (props.target, offer.command.clone());
    let (dispatcher, close) = (dispatcher.clone(), props.onclose.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        close.emit(());
        dispatcher.execute_on(target, command.clone());
    });
    html! {
        <button class="action-item" key={words.clone()} role="menuitem" tabindex="-1" {onclick}>
            <span>{ words }</span>
            if let Some(key) = key {
                <kbd aria-hidden="true">{ key }</kbd>
            }
        </button>
    }
}

/// Places the menu at the requested point but within the stage, and focuses its first item. The focus returns
/// when the menu closes.
#[hook]
fn use_opening(node: &NodeRef, at: Point, room: Size) {
    use_effect_with((node.clone(), at, room), |(node, at, room)| {
        let before = gloo_utils::document().active_element();
        if let Some(menu) = node.cast::<HtmlElement>() {
            let (width, height) = (menu.offset_width(), menu.offset_height());
            let fit = |from: f64, length: i32, most: f64| {
                from.min(most - f64::from(length) - 4.0).max(4.0)
            };
            let style = menu.style();
            let (left, top) = (fit(at.x, width, room.width), fit(at.y, height, room.height));
            // The names are valid, so no browser refuses.
            let _ = style.set_property("left", &format!("{left:.0}px"));
            let _ = style.set_property("top", &format!("{top:.0}px"));
            focus::move_in_menu(&menu, "Home");
        }
        move || {
            if let Some(before) = before.and_then(|before| before.dyn_into::<HtmlElement>().ok()) {
                // If the element is gone, the page keeps the focus.
                let _ = before.focus();
            }
        }
    });
}
