//! The bundled scenarios to open: a native disclosure, which keys and screen readers know.

use super::{Icon, icon};
use crate::presets;
use crate::scenario::script;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PresetMenuProps {
    /// The name of a preset.
    pub onopen: Callback<&'static str>,
}

/// Each scenario with its line. Escape closes it, and so does going elsewhere.
#[component]
pub fn PresetMenu(props: &PresetMenuProps) -> Html {
    let node = use_node_ref();
    let listed = use_memo((), |()| presets::ALL.map(|preset| (preset.name, words(preset.script))));
    let choose = |name: &'static str| {
        let (node, onopen) = (node.clone(), props.onopen.clone());
        Callback::from(move |_: MouseEvent| {
            close(&node);
            onopen.emit(name);
        })
    };
    let onkeydown = {
        let node = node.clone();
        Callback::from(move |event: KeyboardEvent| {
            if !is_open(&node) {
                return;
            }
            if event.key() == "Escape" {
                close(&node);
            }
            // Keys belong to the menu while it is open.
            event.stop_propagation();
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
        <details class="menu" ref={node.clone()} {onkeydown} {onfocusout}>
            <summary class="button">{ "Scenarios" }{ icon(Icon::Chevron) }</summary>
            <ul class="menu-list" tabindex="-1">
                { for listed.iter().map(|(name, (title, about))| html! {
                    <li key={*name}>
                        <button class="menu-item" onclick={choose(name)}>
                            <b>{ title }</b><small>{ about }</small>
                        </button>
                    </li>
                }) }
            </ul>
        </details>
    }
}

fn is_open(menu: &NodeRef) -> bool {
    menu.cast::<Element>().is_some_and(|menu| menu.has_attribute("open"))
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

/// A preset's title and the line about it.
fn words(text: &str) -> (AttrValue, AttrValue) {
    let scenario = script::parse(text).unwrap_or_default();
    let said = |text: &Option<String>| AttrValue::from(text.clone().unwrap_or_default());
    (said(&scenario.title), said(&scenario.about))
}
