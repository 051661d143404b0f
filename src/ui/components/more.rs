//! What is needed now and then: a native disclosure with a menu, through which the arrow keys go.

use super::{Icon, icon};
use crate::scenario::{FigureView, Scenario};
use crate::session::compare;
use crate::session::{Action, Command, Document, Panel, Screen, State, next_view};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
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

/// It opens with the focus on its first item. Escape closes it, and so does going elsewhere.
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
                key if focus::walk(&menu, key) => {}
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
                focus::walk(&menu, "Home");
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
    let algorithm = compare::comparison(&state.document().scenario().algorithm);
    let unchanged = *state.document() == state.opened;
    let new = Document::of(&Scenario::default());
    let has_views = matches!(state.screen, Screen::Stage | Screen::Compare(_));
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
            { entry("Compare", "narrow-only", false, act(Action::Show(Screen::Compare(algorithm)))) }
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

/// Closes the menu; the focus stays on its button.
fn close(menu: &NodeRef) {
    hide(menu);
    let button = menu.cast::<Element>().and_then(|menu| menu.query_selector("summary").ok()?);
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // Where it cannot have the focus, the page keeps it.
        let _ = button.focus();
    }
}

fn hide(menu: &NodeRef) {
    if let Some(menu) = menu.cast::<Element>() {
        // The attribute is the state; no browser refuses to take it away.
        let _ = menu.remove_attribute("open");
    }
}
