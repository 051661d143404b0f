//! A preset as a card: its picture over its run's strip, its title, its algorithm, its line. The whole
//! card is one link, and the picture plays while a pointer or the focus is on it.

use super::thumbnail::Thumbnail;
use crate::session::{Action, RunView, address};
use crate::time::Time;
use crate::ui::dispatcher::use_dispatcher;
use crate::view::palette::ColourTheme;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct PresetCardProps {
    pub name: &'static str,
    pub title: AttrValue,
    pub about: AttrValue,
    pub algorithm: &'static str,
    /// The instant that is shown at rest.
    pub telling: Time,
    /// Its run, once that is made.
    pub preview: Option<Rc<RunView>>,
    pub theme: ColourTheme,
    pub reduced_motion: bool,
}

#[component]
pub fn PresetCard(props: &PresetCardProps) -> Html {
    let hovered = use_state_eq(|| false);
    let focused = use_state_eq(|| false);
    let set = |state: &UseStateHandle<bool>, to: bool| {
        let state = state.clone();
        move || state.set(to)
    };
    let on_pointer = |to: bool| {
        let set = set(&hovered, to);
        // A finger rests on what it opens; nothing would be seen of it.
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() == "mouse" {
                set();
            }
        })
    };
    let on_focus = |to: bool| {
        let set = set(&focused, to);
        Callback::from(move |_: FocusEvent| set())
    };
    let (name, dispatcher) = (props.name, use_dispatcher());
    // A plain press opens it here; with a modifier the browser has its own ideas about links.
    let onclick = Callback::from(move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            // The address follows.
            if let Ok(document) = address::document(&format!("preset/{name}")) {
                dispatcher.dispatch(Action::Open(document));
            }
        }
    });
    let plays = (*hovered || *focused) && !props.reduced_motion;
    html! {
        <li>
            <a class="card" href={format!("#preset/{name}")} {onclick}
                onpointerenter={on_pointer(true)} onpointerleave={on_pointer(false)}
                onfocus={on_focus(true)} onblur={on_focus(false)}>
                <Thumbnail preview={props.preview.clone()} telling={props.telling}
                    theme={props.theme} reduced_motion={props.reduced_motion} {plays} />
                <span class="card-head">
                    <span class="card-title">{ &props.title }</span>
                    <small>{ props.algorithm }</small>
                </span>
                <span class="card-about">{ &props.about }</span>
            </a>
        </li>
    }
}
