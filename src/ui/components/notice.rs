//! The notice at the bottom of the stage: why an action was refused, until the next action; else a hint.

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
