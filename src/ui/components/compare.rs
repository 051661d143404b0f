//! The comparison: two algorithms side by side, with the same faults and delays, one clock, and the costs of
//! each.

mod middle;
mod side;

use super::spacetime::{SharedDiagram, Spacetime};
use crate::election::Algorithm;
use crate::scenario::FigureView;
use crate::session::RunView;
use crate::session::compare::{self, FaultLine, fault_lines};
use crate::time::Time;
use crate::ui::render_context::RenderContext;
use crate::view::spacetime::windows;
use middle::Middle;
use middle::Parting;
use side::Side;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct CompareProps {
    /// The run on the left, and the other one on the right once it is simulated.
    pub run_view: Rc<RunView>,
    pub comparison: Option<Rc<RunView>>,
    pub algorithm: Algorithm,
    pub context: RenderContext,
    /// The playback controls of both.
    pub children: Html,
}

#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let CompareProps { run_view, comparison, context, .. } = props;
    let shows_right = use_state_eq(|| false);
    let seen = if *shows_right { "right" } else { "left" };
    let both = use_both(props);
    let Some(comparison) = comparison else {
        return html! {
            <main class="compare"><p class="same" role="status">{ "Simulating the other run…" }</p></main>
        };
    };
    let side = |run_view: &Rc<RunView>, is_right: bool| {
        html! {
            <Side run_view={run_view.clone()} compared={props.run_view.clone()} context={context.clone()}
                chosen={is_right.then(|| props.algorithm.clone())} />
        }
    };
    let turn = |right: bool, name: &'static str| {
        let show = shows_right.clone();
        let is_on = right == *shows_right;
        html! {
            <button class={classes!("button", is_on.then_some("on"))} aria-pressed={is_on.to_string()}
                onclick={Callback::from(move |_: MouseEvent| show.set(right))}>{ name }</button>
        }
    };
    html! {
        <main class="compare" data-seen={seen}>
            { same(fault_lines(run_view.run.scenario())) }
            <div class="turns" role="group" aria-label="Side">
                { turn(false, run_view.run.scenario().algorithm.title()) }
                { turn(true, comparison.run.scenario().algorithm.title()) }
            </div>
            { side(run_view, false) }
            <Middle run_view={run_view.clone()} comparison={comparison.clone()} cursor={context.cursor} />
            { side(comparison, true) }
            { props.children.clone() }
            { foot(context, run_view, false, &both) }
            <Parting run_view={run_view.clone()} comparison={comparison.clone()} />
            { foot(context, comparison, true, &both) }
        </main>
    }
}

/// `Same faults, same delays: 6 crashes at 100 ms, 3 suspects it at 200 ms`.
fn same(FaultLine { first, more }: FaultLine) -> Html {
    let one = |(place, (words, at)): (usize, (String, Time))| {
        let comma = if place > 0 { ", " } else { "" };
        html! { <>{ comma }<b>{ words }</b>{ " at " }{ at.spoken().to_string() }</> }
    };
    let opening =
        if first.is_empty() { "No faults, same delays" } else { "Same faults, same delays: " };
    html! {
        <p class="same"><span>{ opening }{ for first.into_iter().enumerate().map(one) }
            if more > 0 { { format!(" and {more} more") } }
        </span></p>
    }
}

/// What both diagrams share. The window is the reader's, else it fits both runs; an edit keeps it.
#[hook]
fn use_both(props: &CompareProps) -> SharedDiagram {
    let CompareProps { run_view, comparison, context, .. } = props;
    let fitted = use_mut_ref(|| None::<(Rc<RunView>, (Time, Time))>);
    let shared = use_memo((run_view.clone(), comparison.clone()), |(run_view, comparison)| {
        let comparison = comparison.as_ref()?;
        let mut fitted = fitted.borrow_mut();
        let kept = fitted.take().filter(|(before, window)| {
            windows::keeps(before.run.scenario(), run_view.run.scenario(), *window)
        });
        let window =
            kept.map_or_else(|| compare::window(run_view, comparison), |(_, window)| window);
        *fitted = Some((run_view.clone(), window));
        Some((Rc::new(compare::quiet(run_view, comparison)), window))
    });
    let shared = shared.as_ref().as_ref();
    SharedDiagram {
        quiet: shared.map(|(quiet, _)| quiet.clone()),
        window: context.state.window.or(shared.map(|(_, window)| *window)),
    }
}

/// The diagram of a side, with the current sentence below it.
fn foot(
    context: &RenderContext,
    run_view: &Rc<RunView>,
    is_right: bool,
    shared: &SharedDiagram,
) -> Html {
    let place = if is_right { "right" } else { "left" };
    html! {
        <section class={classes!("compare-foot", place)} aria-label={run_view.run.scenario().algorithm.title()}>
            if context.state.view != FigureView::Stage { <div class="compare-diagram">
                <Spacetime run_view={run_view.clone()} context={context.clone()} overview=false
                    has_fit={!is_right} shared={shared.clone()} />
            </div> }
            <p class="compare-line">
                if let Some(line) = run_view.sentence(context.cursor) {
                    <time>{ line.at.spoken().to_string() }</time><span>{ line.text }</span>
                } else {
                    <span>{ "Nothing has happened yet." }</span>
                }
            </p>
        </section>
    }
}
