//! One side of a comparison: the algorithm, how things stand under it, and its stage.

use super::{CompareProps, close};
use crate::election::{Algorithm, Succession};
use crate::scenario::FigureView;
use crate::session::compare::{self, others, unused};
use crate::session::{Action, RunView, Screen};
use crate::types::{MessageKind, listed};
use crate::ui::components::select::{Select, select};
use crate::ui::components::{Icon, Stage, icon};
use crate::view::build::memory;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SideProps {
    pub run_view: Rc<RunView>,
    pub is_right: bool,
    pub common: CompareProps,
    /// The algorithm that was chosen, where there is a choice.
    pub others: Option<Algorithm>,
}

#[component]
pub fn Side(props: &SideProps) -> Html {
    let SideProps { run_view, is_right, common, others } = props;
    let CompareProps { dispatcher, cursor, .. } = common;
    let snapshot = run_view.run.snapshot(None, *cursor, memory(run_view.run.scenario()));
    let verdict = run_view.verdict(&snapshot);
    let picture = Rc::new(run_view.picture(&snapshot));
    let place = if *is_right { "right" } else { "left" };
    html! {
        <section class={classes!("compare-side", place)}>
            <div class="compare-head">
                <div class="compare-name">
                    if let Some(chosen) = others {
                        { choice(common, chosen) }
                        if let Algorithm::NextInLine(succession) = chosen {
                            { alternates(common, succession) }
                        }
                    } else {
                        <h2>{ run_view.run.scenario().algorithm.title() }</h2>
                    }
                    <small class={classes!((verdict.leaders.len() > 1).then_some("alarm-words"))}>
                        { verdict.title }{ ", " }{ verdict.detail }
                    </small>
                    if let Some(words) = unused(run_view) { <small>{ words }</small> }
                </div>
                if *is_right {
                    <button class="button square" aria-label="Close the comparison" title="Close"
                        onclick={dispatcher.act.reform(|_: MouseEvent| close())}>{ icon(Icon::Cross) }</button>
                }
            </div>
            if common.view != FigureView::Spacetime { <div class="compare-stage">
                <Stage run_view={run_view.clone()} playback={common.playback} pace={common.pace.clone()}
                    {picture} theme={common.theme} reduced_motion={common.reduced_motion}
                    coarse={common.coarse} selected={common.selected}
                    shown={[true; MessageKind::ALL.len()]}
                    gestures=true dispatcher={dispatcher.clone()} />
            </div> }
        </section>
    }
}

/// Which algorithm stands on the right.
fn choice(common: &CompareProps, chosen: &Algorithm) -> Html {
    let all = others(&common.run_view.run.scenario().algorithm);
    let named = |other: &Algorithm| (other.name().to_owned(), other.title().to_owned());
    let options = all.iter().map(named).collect();
    let act = common.dispatcher.act.clone();
    select(Select {
        class: Some("compare-choice"),
        name: Some("Compare with"),
        value: chosen.name(),
        options,
        onchoose: Callback::from(move |name: String| {
            if let Some(other) = all.iter().find(|other| other.name() == name) {
                act.emit(Action::Show(Screen::Compare(other.clone())));
            }
        }),
        ..Select::default()
    })
}

/// How many alternates it has there.
fn alternates(common: &CompareProps, chosen: &Succession) -> Html {
    let option = |count: u8| {
        let s = if count == 1 { "" } else { "s" };
        (count.to_string(), format!("{count} alternate{s}"))
    };
    let offered = compare::alternates(common.run_view.run.scenario());
    // What an address may name beside them; an empty value is no number, so it cannot be chosen anew.
    let (value, other) = match chosen {
        Succession::Highest(count) if offered.contains(count) => (count.to_string(), None),
        Succession::Highest(count) => (String::new(), Some(format!("{count} alternates"))),
        Succession::List(list) => (String::new(), Some(format!("alternates {}", listed(list)))),
    };
    let other = other.map(|words| (String::new(), words));
    let act = common.dispatcher.act.clone();
    select(Select {
        class: Some("compare-alternates"),
        name: Some("Alternates"),
        value: &value,
        options: other.into_iter().chain(offered.map(option)).collect(),
        onchoose: Callback::from(move |count: String| {
            if let Ok(count) = count.parse() {
                let other = Algorithm::NextInLine(Succession::Highest(count));
                act.emit(Action::Show(Screen::Compare(other)));
            }
        }),
        ..Select::default()
    })
}
