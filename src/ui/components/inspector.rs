//! What is selected: how it stands, what becomes of it, and what can be done to it.

use crate::clock::Time;
use crate::session::{Document, Made};
use crate::ui::page::Deeds;
use crate::view::Target;
use crate::view::palette::Theme;
use crate::view::picture::Picture;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct InspectorProps {
    pub made: Rc<Made>,
    pub document: Document,
    /// The instant at the cursor.
    pub picture: Rc<Picture>,
    pub selected: Option<Target>,
    pub cursor: Time,
    pub theme: Theme,
    pub deeds: Rc<Deeds>,
}

#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let Some(selected) = props.selected else { return Html::default() };
    html! { <section class="inspector"><h2>{ selected.to_string() }</h2></section> }
}
