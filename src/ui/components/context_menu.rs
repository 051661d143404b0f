//! The actions for what lies under a finger or has the focus, as a menu: arrow keys go through it,
//! Escape closes it and gives the focus back.

use crate::session::MenuItem;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::view::Target;
use crate::view::geometry::{Point, Size};
use crate::web::focus;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct ContextMenuProps {
    pub target: Option<Target>,
    pub offers: Vec<MenuItem>,
    /// Where it opens, on the stage.
    pub at: Point,
    pub room: Size,
    pub onclose: Callback<()>,
}

#[component]
pub fn DeedsMenu(props: &ContextMenuProps) -> Html {
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
                key if node.cast::<Element>().is_some_and(|menu| focus::walk(&menu, key)) => {}
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
        <div class="deeds" ref={node} role="menu" aria-label="Actions" {onkeydown} {onfocusout}>
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
        <button class="deed" key={words.clone()} role="menuitem" tabindex="-1" {onclick}>
            <span>{ words }</span>
            if let Some(key) = key {
                <kbd aria-hidden="true">{ key }</kbd>
            }
        </button>
    }
}

/// Stands where it was asked for, but on the stage, with the focus on its first action; the focus goes
/// back to where it was once the menu is gone.
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
            // The names are right, so no browser refuses.
            let _ = style.set_property("left", &format!("{left:.0}px"));
            let _ = style.set_property("top", &format!("{top:.0}px"));
            focus::walk(&menu, "Home");
        }
        move || {
            if let Some(before) = before.and_then(|before| before.dyn_into::<HtmlElement>().ok()) {
                // Where it is gone, the page keeps the focus.
                let _ = before.focus();
            }
        }
    });
}
