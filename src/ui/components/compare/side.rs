//! One side of a comparison: the algorithm, how things stand under it, and its stage.

use super::{CompareProps, close};
use crate::election::{Algorithm, Succession};
use crate::scenario::View;
use crate::session::compare::{self, others, unused};
use crate::session::{Action, Made, Screen};
use crate::ui::components::{Icon, Stage, icon};
use crate::view::observe::memory;
use crate::vocabulary::{MessageKind, listed};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SideProps {
    pub made: Rc<Made>,
    pub is_right: bool,
    pub common: CompareProps,
    /// The algorithm that was chosen, where there is a choice.
    pub others: Option<Algorithm>,
}

#[component]
pub fn Side(props: &SideProps) -> Html {
    let SideProps { made, is_right, common, others } = props;
    let CompareProps { deeds, cursor, .. } = common;
    let snapshot = made.run.look(None, *cursor, memory(made.run.scenario()));
    let verdict = made.verdict(&snapshot);
    let picture = Rc::new(made.picture(&snapshot));
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
                        <h2>{ made.run.scenario().algorithm.title() }</h2>
                    }
                    <small class={classes!((verdict.leaders.len() > 1).then_some("alarm-words"))}>
                        { verdict.title }{ ", " }{ verdict.detail }
                    </small>
                    if let Some(words) = unused(made) { <small>{ words }</small> }
                </div>
                if *is_right {
                    <button class="button square" aria-label="Close the comparison" title="Close"
                        onclick={deeds.act.reform(|_: MouseEvent| close())}>{ icon(Icon::Cross) }</button>
                }
            </div>
            if common.view != View::Spacetime { <div class="compare-stage">
                <Stage made={made.clone()} playback={common.playback} pace={common.pace.clone()}
                    {picture} theme={common.theme} reduced_motion={common.reduced_motion}
                    coarse={common.coarse} selected={common.selected}
                    shown={[true; MessageKind::ALL.len()]}
                    gestures=true deeds={deeds.clone()} />
            </div> }
        </section>
    }
}

/// Which algorithm stands on the right.
fn choice(common: &CompareProps, chosen: &Algorithm) -> Html {
    let all = others(&common.made.run.scenario().algorithm);
    let act = common.deeds.act.clone();
    let onchange = {
        let all = all.clone();
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            let name = select.map(|select| select.value()).unwrap_or_default();
            if let Some(other) = all.iter().find(|other| other.name() == name) {
                act.emit(Action::Show(Screen::Compare(other.clone())));
            }
        })
    };
    let option = |other: &Algorithm| {
        let selected = other.name() == chosen.name();
        html! { <option value={other.name()} {selected}>{ other.title() }</option> }
    };
    html! {
        <select class="compare-choice" aria-label="Compare with" {onchange}>
            { for all.iter().map(option) }
        </select>
    }
}

/// How many alternates it has there.
fn alternates(common: &CompareProps, chosen: &Succession) -> Html {
    let act = common.deeds.act.clone();
    let onchange = Callback::from(move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        // The list that an address may name is no number, and needs none.
        if let Some(count) = select.and_then(|select| select.value().parse().ok()) {
            let other = Algorithm::NextInLine(Succession::Highest(count));
            act.emit(Action::Show(Screen::Compare(other)));
        }
    });
    let option = |count: u8| {
        let s = if count == 1 { "" } else { "s" };
        let selected = *chosen == Succession::Highest(count);
        html! { <option value={count.to_string()} {selected}>{ format!("{count} alternate{s}") }</option> }
    };
    let offered = compare::alternates(common.made.run.scenario());
    let said = match chosen {
        Succession::Highest(count) if offered.contains(count) => None,
        Succession::Highest(count) => Some(format!("{count} alternates")),
        Succession::List(list) => Some(format!("alternates {}", listed(list))),
    };
    html! {
        <select class="compare-alternates" aria-label="Alternates" {onchange}>
            if let Some(said) = said { <option value="" selected=true>{ said }</option> }
            { for offered.map(option) }
        </select>
    }
}
