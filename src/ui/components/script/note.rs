//! A note in words, with the one button that does something about it.

use crate::session::editor::{Note, NoteFix};
use yew::prelude::*;

/// What is so stands out; the reader's own words are set as code.
pub fn words(note: &Note) -> Html {
    html! {
        <>
            <strong>{ quoted(&note.lead) }</strong>
            if let Some(rest) = &note.rest { { " " }{ quoted(rest) } }
        </>
    }
}

/// Pressing it leaves the caret in the text.
pub fn button(remedy: &NoteFix, onremedy: &Callback<NoteFix>) -> Html {
    let pressed = remedy.clone();
    html! {
        <button class="button outlined" onmousedown={Callback::from(|event: MouseEvent| event.prevent_default())}
            onclick={onremedy.reform(move |_: MouseEvent| pressed.clone())}>
            { quoted(&remedy.label) }
        </button>
    }
}

/// What stands in backticks, without them.
pub fn quoted(words: &str) -> Html {
    let part = |(index, part): (usize, &str)| match index % 2 {
        0 => html! { { part.to_owned() } },
        _ => html! { <code>{ part.to_owned() }</code> },
    };
    html! { <>{ for words.split('`').enumerate().map(part) }</> }
}
