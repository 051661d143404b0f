//! The line that says what cannot be done, and the sentence of the present moment.

use super::{Icon, icon};
use crate::narration::StoryLine;
use crate::session::Command;
use crate::ui::dispatcher::use_dispatcher;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct NoticeProps {
    pub words: Option<AttrValue>,
    /// A hint at a gesture that the reader has not used yet.
    pub hint: Option<&'static str>,
}

/// The element always exists: only then do screen readers announce new text in it.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    html! {
        <>
            <p class="notice-line" role="status">{ props.words.clone() }</p>
            if let Some(hint) = props.hint {
                <p class="stage-hint">{ hint }</p>
            }
        </>
    }
}

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
