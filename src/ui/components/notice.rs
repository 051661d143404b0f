//! Over the stage's foot: why something was refused, until the next action; else what can be done here.

use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct NoticeProps {
    pub words: Option<AttrValue>,
    /// What the stage tells who has not done it yet.
    pub hint: Option<&'static str>,
}

/// The line is there from the beginning: only then is it read out when it fills.
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
