//! The choice between stage, diagram and both, and the button that starts the presentation.

use super::{Icon, icon};
use crate::scenario::FigureView;
use crate::session::keys::with_key;
use crate::session::{Action, Command};
use crate::ui::dispatcher::use_dispatcher;
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ViewsProps {
    pub view: FigureView,
}

#[component]
pub fn Views(props: &ViewsProps) -> Html {
    let dispatcher = use_dispatcher();
    let choice = |view: FigureView, sign: Icon, words: &'static str| {
        let is_on = view == props.view;
        html! {
            <button class={classes!("button", "square", is_on.then_some("on"))}
                aria-pressed={is_on.to_string()} aria-label={words} title={with_key(words, &Command::NextView)}
                onclick={dispatcher.on_click_action(Action::View(view))}>{ icon(sign) }</button>
        }
    };
    html! {
        <div class="views" role="group" aria-label="View">
            { choice(FigureView::Stage, Icon::Stage, "Stage alone") }
            { choice(FigureView::Both, Icon::Both, "Stage and diagram") }
            { choice(FigureView::Spacetime, Icon::Diagram, "Diagram alone") }
            <button class="button square present" aria-label="Present" title={with_key("Present, large enough for a room", &Command::Present)}
                onclick={dispatcher.on_click(Command::Present)}>{ icon(Icon::Present) }</button>
        </div>
    }
}
