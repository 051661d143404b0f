//! A side of the comparison: the algorithm, its status, and its stage.

use crate::election::{Algorithm, AlgorithmOptionValue, Succession};
use crate::scenario::FigureView;
use crate::session::compare::{self, others, unused};
use crate::session::{Action, RunView, Screen};
use crate::types::listed;
use crate::ui::components::select::{Select, select};
use crate::ui::components::{Icon, Stage, StagePlace, icon};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::render_context::RenderContext;
use crate::view::build::memory;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SideProps {
    pub run_view: Rc<RunView>,
    /// The run of the left side.
    pub compared: Rc<RunView>,
    pub context: RenderContext,
    /// The chosen algorithm, on the right side.
    pub chosen: Option<Algorithm>,
}

#[component]
pub fn Side(props: &SideProps) -> Html {
    let SideProps { run_view, compared, context, chosen } = props;
    let dispatcher = use_dispatcher();
    let snapshot = run_view.run.snapshot(None, context.cursor, memory(run_view.run.scenario()));
    let verdict = run_view.verdict(&snapshot);
    let picture = Rc::new(run_view.picture(&snapshot));
    let place = if chosen.is_some() { "right" } else { "left" };
    html! {
        <section class={classes!("compare-side", place)}>
            <div class="compare-head">
                <div class="compare-name">
                    if let Some(chosen) = chosen {
                        { choice(compared, chosen, &dispatcher) }
                        { for chosen.clone().options().into_iter().map(|option| match option.value {
                            AlgorithmOptionValue::Succession(succession) => {
                                alternates(compared, chosen, succession, &dispatcher)
                            }
                        }) }
                    } else {
                        <h2>{ run_view.run.scenario().algorithm.title() }</h2>
                    }
                    <small class={classes!((verdict.leaders.len() > 1).then_some("alarm-words"))}>
                        { verdict.title }{ ", " }{ verdict.detail }
                    </small>
                    if let Some(words) = unused(run_view) { <small>{ words }</small> }
                </div>
                if chosen.is_some() {
                    <button class="button square" aria-label="Close the comparison" title="Close"
                        onclick={dispatcher.on_click_action(Action::Show(Screen::Stage))}>{ icon(Icon::Cross) }</button>
                }
            </div>
            if context.state.view != FigureView::Spacetime { <div class="compare-stage">
                <Stage run_view={run_view.clone()} context={context.clone()} {picture}
                    place={StagePlace::Comparison} />
            </div> }
        </section>
    }
}

/// The choice of the algorithm on the right.
fn choice(compared: &RunView, chosen: &Algorithm, dispatcher: &Dispatcher) -> Html {
    let all = others(&compared.run.scenario().algorithm);
    let named = |other: &Algorithm| (other.name().to_owned(), other.title().to_owned());
    let options = all.iter().map(named).collect();
    let dispatcher = dispatcher.clone();
    select(Select {
        class: Some("compare-choice"),
        name: Some("Compare with"),
        value: chosen.name(),
        options,
        onchoose: Callback::from(move |name: String| {
            if let Some(other) = all.iter().find(|other| other.name() == name) {
                dispatcher.dispatch(Action::Show(Screen::Compare(other.clone())));
            }
        }),
        ..Select::default()
    })
}

/// How many alternates it has there.
fn alternates(
    compared: &RunView,
    chosen: &Algorithm,
    succession: &Succession,
    dispatcher: &Dispatcher,
) -> Html {
    let option = |count: u8| {
        let s = if count == 1 { "" } else { "s" };
        (count.to_string(), format!("{count} alternate{s}"))
    };
    let offered = compare::alternates(compared.run.scenario());
    // What an address may name beside them; an empty value is no number, so it cannot be chosen anew.
    let (value, other) = match succession {
        Succession::Highest(count) if offered.contains(count) => (count.to_string(), None),
        Succession::Highest(count) => (String::new(), Some(format!("{count} alternates"))),
        Succession::List(list) => (String::new(), Some(format!("alternates {}", listed(list)))),
    };
    let other = other.map(|words| (String::new(), words));
    let (dispatcher, chosen) = (dispatcher.clone(), chosen.clone());
    select(Select {
        class: Some("compare-alternates"),
        name: Some("Alternates"),
        value: &value,
        options: other.into_iter().chain(offered.map(option)).collect(),
        onchoose: Callback::from(move |count: String| {
            if let Ok(count) = count.parse() {
                let other = chosen.with_succession(&Succession::Highest(count));
                dispatcher.dispatch(Action::Show(Screen::Compare(other)));
            }
        }),
        ..Select::default()
    })
}
