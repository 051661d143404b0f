//! The sentence of the moment under the stage, where the story has no room beside it.

use super::{Icon, icon};
use crate::narration::StoryLine;
use crate::session::Command;
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MomentProps {
    /// What was told last; none before anything has happened.
    pub line: Option<StoryLine>,
    pub ondeed: Callback<Command>,
}

#[component]
pub fn Moment(props: &MomentProps) -> Html {
    let Some(line) = &props.line else {
        return html! { <div class="moment"><p>{ "Nothing has happened yet." }</p></div> };
    };
    html! {
        <div class="moment">
            <p><time>{ line.at.spoken().to_string() }</time><span>{ &line.text }</span></p>
            <button class="button outlined" onclick={props.ondeed.reform(|_: MouseEvent| Command::Why)}>
                { icon(Icon::Why) }{ "Why?" }
            </button>
        </div>
    }
}
