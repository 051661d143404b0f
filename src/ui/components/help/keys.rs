//! Every key, from the table that the page itself asks.

use crate::session::{BINDINGS, Binding, ShortcutGroup};
use yew::prelude::*;

#[component]
pub fn KeyTable() -> Html {
    html! { <div class="help-keys">{ for ShortcutGroup::ALL.map(group) }</div> }
}

fn group(group: ShortcutGroup) -> Html {
    let bindings = BINDINGS.iter().filter(|binding| binding.group == group);
    html! {
        <section key={group.title()}>
            <h3>{ group.title() }</h3>
            <dl>{ for bindings.map(binding) }</dl>
        </section>
    }
}

fn binding(binding: &Binding) -> Html {
    let stroke = |shown: &'static str| {
        // Keys that are held down together are shown one beside the other.
        html! { <span class="help-stroke">{ for shown.split(' ').map(|key| html! { <kbd>{ key }</kbd> }) }</span> }
    };
    html! {
        <div>
            <dt>{ for binding.keys.iter().map(|key| stroke(key.shown)) }</dt>
            <dd>{ binding.means }</dd>
        </div>
    }
}
