//! The sentence of the moment: large, and read out by screen readers when it changes.

use crate::clock::Time;
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StoryProps {
    /// When it happened; none before anything has.
    pub at: Option<Time>,
    pub text: AttrValue,
    /// Something that the reader should know, in place of the sentence.
    pub notice: Option<AttrValue>,
    /// A moving picture is not read out: it would never end.
    pub is_playing: bool,
}

#[component]
pub fn Story(props: &StoryProps) -> Html {
    let live = if props.is_playing { "off" } else { "polite" };
    html! {
        <section class="story" aria-label="What happened">
            <h2>{ "What happened" }</h2>
            if let Some(notice) = &props.notice {
                <p class="notice-line" role="status">{ notice }</p>
            }
            <p class="sentence" aria-live={live}>
                if let Some(at) = props.at {
                    <time>{ at.spoken().to_string() }</time>
                }
                <span>{ &props.text }</span>
            </p>
        </section>
    }
}
