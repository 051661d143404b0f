//! In the figure's corner: whether it goes as expected, or that a visitor has changed it.

use crate::player::{self, FigureBadge, is_changed};
use crate::session::{Action, RunView, State};
use crate::time::Time;
use crate::ui::components::{Icon, icon};
use crate::ui::page::Dispatcher;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct CornerProps {
    pub run_view: Rc<RunView>,
    pub is_changed: bool,
    pub dispatcher: Rc<Dispatcher>,
}

pub fn corner(state: &State, run_view: &Rc<RunView>, dispatcher: &Rc<Dispatcher>) -> Html {
    html! { <Corner run_view={run_view.clone()} is_changed={is_changed(state)} dispatcher={dispatcher.clone()} /> }
}

#[component]
fn Corner(props: &CornerProps) -> Html {
    let CornerProps { run_view, is_changed, dispatcher } = props;
    if *is_changed {
        return html! {
            <span class="badge" role="status">
                { "changed" }
                <button class="link" onclick={dispatcher.act.reform(|_: MouseEvent| Action::Reset)}>{ "Reset" }</button>
            </span>
        };
    }
    match player::badge(run_view) {
        None => Html::default(),
        Some(FigureBadge::Expected { kept, total, broken: None }) => html! {
            <span class="badge">{ icon(Icon::Tick) }{ format!("{kept} of {total} as expected") }</span>
        },
        Some(FigureBadge::Expected { kept, total, broken: Some((at, reason)) }) => {
            alarm(format!("{kept} of {total} as expected"), reason, at, dispatcher)
        }
        Some(FigureBadge::Split { lasted, from }) => {
            let words = format!("split brain, {}", lasted.spoken());
            alarm(words, "Go to where it begins".to_owned(), from, dispatcher)
        }
    }
}

/// A way to the instant where it went wrong.
fn alarm(words: String, title: String, at: Time, dispatcher: &Dispatcher) -> Html {
    html! {
        <button class="badge alarm" {title}
            onclick={dispatcher.seek.reform(move |_: MouseEvent| at)}>{ icon(Icon::Cross) }{ words }</button>
    }
}
