//! In the figure's corner: whether it goes as expected, or that a visitor has changed it.

use crate::player::{self, FigureBadge, is_changed};
use crate::session::{Action, Command, RunView, State};
use crate::time::Time;
use crate::ui::components::{Icon, icon};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct CornerProps {
    pub run_view: Rc<RunView>,
    pub is_changed: bool,
}

pub fn corner(state: &State, run_view: &Rc<RunView>) -> Html {
    html! { <Corner run_view={run_view.clone()} is_changed={is_changed(state)} /> }
}

#[component]
fn Corner(props: &CornerProps) -> Html {
    let CornerProps { run_view, is_changed } = props;
    let dispatcher = use_dispatcher();
    if *is_changed {
        return html! {
            <span class="badge" role="status">
                { "changed" }
                <button class="link" onclick={dispatcher.on_click_action(Action::Reset)}>{ "Reset" }</button>
            </span>
        };
    }
    match player::badge(run_view) {
        None => Html::default(),
        Some(FigureBadge::Expected { kept, total, broken: None }) => html! {
            <span class="badge">{ icon(Icon::Tick) }{ format!("{kept} of {total} as expected") }</span>
        },
        Some(FigureBadge::Expected { kept, total, broken: Some((at, reason)) }) => {
            alarm(format!("{kept} of {total} as expected"), reason, at, &dispatcher)
        }
        Some(FigureBadge::Split { lasted, from }) => {
            let words = format!("split brain, {}", lasted.spoken());
            alarm(words, "Go to where it begins".to_owned(), from, &dispatcher)
        }
    }
}

/// A way to the instant where it went wrong.
fn alarm(words: String, title: String, at: Time, dispatcher: &Dispatcher) -> Html {
    html! {
        <button class="badge alarm" {title}
            onclick={dispatcher.on_click(Command::Seek(at))}>{ icon(Icon::Cross) }{ words }</button>
    }
}
