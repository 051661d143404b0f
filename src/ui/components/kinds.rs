//! The legend below the stage: each kind of message with its count up to the cursor. A click hides or shows a
//! kind; with Alt it shows that kind alone.

use crate::session::Action;
use crate::types::MessageKind;
use crate::ui::dispatcher::use_dispatcher;
use crate::view::glyphs::{Glyph, Ink};
use crate::view::stage::Legend;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct KindsProps {
    pub legend: Rc<Legend>,
    pub shown: [bool; MessageKind::ALL.len()],
}

#[component]
pub fn Kinds(props: &KindsProps) -> Html {
    let dispatcher = use_dispatcher();
    let entry = |&(kind, count): &(MessageKind, u32)| {
        let onclick = dispatcher.dispatch_from(move |event: MouseEvent| match event.alt_key() {
            true => Action::ShowOnly(kind),
            false => Action::ToggleKind(kind),
        });
        let shown = props.shown[kind as usize];
        let name = kind.name();
        let verb = if shown { "Hide" } else { "Show" };
        let title = format!("{verb} {name} messages (with Alt: show no others)");
        let label = format!("{name} {count}: show these messages");
        html! {
            <button class="kind" key={name} aria-pressed={shown.to_string()} aria-label={label} {title}
                {onclick}>
                { glyph(kind) }<span class="kind-name">{ name }</span>{ " " }<b>{ count }</b>
            </button>
        }
    };
    html! {
        <div class="kinds" role="group" aria-label="Kinds of messages, sent so far">
            { for props.legend.kinds.iter().map(entry) }
        </div>
    }
}

fn glyph(kind: MessageKind) -> Html {
    let glyph = Glyph::of(kind);
    let class = match glyph.fill {
        Ink::Solid => "glyph-solid",
        Ink::Hollow => "glyph-hollow",
        Ink::Leader => "glyph-neutral",
    };
    html! {
        <svg width="20" height="18" viewBox="-10 -9 20 18" aria-hidden="true">
            <path {class} d={glyph.path().to_string()} stroke-width={glyph.stroke.to_string()}
                stroke-linejoin="round" />
        </svg>
    }
}
