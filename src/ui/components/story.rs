//! What happened: the sentence of the moment, large, and read out when it changes.

use crate::clock::Time;
use crate::session::Made;
use crate::simulation::EventId;
use crate::ui::page::Deeds;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct StoryProps {
    pub made: Rc<Made>,
    pub cursor: Time,
    /// Whose causes are told in place of the list.
    pub why: Option<EventId>,
    /// Something that the reader should know.
    pub notice: Option<AttrValue>,
    /// A moving picture is not read out: it would never end.
    pub is_playing: bool,
    pub deeds: Rc<Deeds>,
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
                if let Some(line) = props.made.sentence(props.cursor) {
                    <time>{ line.at.spoken().to_string() }</time>
                    <span>{ line.text }</span>
                }
            </p>
        </section>
    }
}
