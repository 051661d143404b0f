//! The current sentence below the stage, where the story is not beside it.

use super::{Icon, icon};
use crate::narration::StoryLine;
use crate::session::Command;
use crate::ui::dispatcher::use_dispatcher;
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MomentProps {
    /// The latest line; `None` before the first event.
    pub line: Option<StoryLine>,
}

#[component]
pub fn Moment(props: &MomentProps) -> Html {
    let dispatcher = use_dispatcher();
    let Some(line) = &props.line else {
        return html! { <div class="moment"><p>{ "Nothing has happened yet." }</p></div> };
    };
    html! {
        <div class="moment">
            <p><time>{ line.at.spoken().to_string() }</time><span>{ &line.text }</span></p>
            <button class="button outlined" onclick={dispatcher.on_click(Command::Why)}>
                { icon(Icon::Why) }{ "Why?" }
            </button>
        </div>
    }
}
