//! Two algorithms side by side: the same faults and delays, one clock, and what each of them costs.

mod middle;
mod parting;
mod side;

use super::spacetime::Spacetime;
use crate::election::Algorithm;
use crate::scenario::FigureView;
use crate::session::compare::{self, FaultLine, fault_lines};
use crate::session::{Action, Command, Playback, PlaybackPace, RunView, Screen};
use crate::time::Time;
use crate::types::MessageKind;
use crate::ui::page::Dispatcher;
use crate::view::Target;
use crate::view::palette::ColourTheme;
use crate::view::spacetime::windows;
use middle::Middle;
use parting::Parting;
use side::Side;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct CompareProps {
    /// Left: the present run. Right: the other one, once it is made.
    pub run_view: Rc<RunView>,
    pub comparison: Option<Rc<RunView>>,
    pub algorithm: Algorithm,
    pub playback: Playback,
    pub pace: Rc<PlaybackPace>,
    pub cursor: Time,
    pub theme: ColourTheme,
    pub reduced_motion: bool,
    pub coarse: bool,
    pub selected: Option<Target>,
    pub skips_quiet: bool,
    pub view: FigureView,
    /// The stretch that both diagrams show, where the reader chose it.
    pub window: Option<(Time, Time)>,
    pub dispatcher: Rc<Dispatcher>,
    /// The transport, which belongs to both.
    pub children: Html,
}

#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let CompareProps { run_view, comparison, dispatcher, cursor, .. } = props;
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
            <Side run_view={run_view.clone()} {is_right} common={props.clone()}
                others={is_right.then(|| props.algorithm.clone())} />
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
            <Middle run_view={run_view.clone()} comparison={comparison.clone()} cursor={*cursor} />
            { side(comparison, true) }
            { props.children.clone() }
            { foot(props, run_view, false, &both) }
            <Parting run_view={run_view.clone()} comparison={comparison.clone()} dispatcher={dispatcher.clone()} />
            { foot(props, comparison, true, &both) }
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

/// What the two diagrams share: the folds, and the window.
struct Both {
    quiet: Option<Rc<Vec<(Time, Time)>>>,
    window: Option<(Time, Time)>,
}

/// The window is the one that the reader chose, or fits both runs; an edit leaves it as it is.
#[hook]
fn use_both(props: &CompareProps) -> Both {
    let CompareProps { run_view, comparison, window, .. } = props;
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
    Both {
        quiet: shared.map(|(quiet, _)| quiet.clone()),
        window: window.or(shared.map(|(_, window)| *window)),
    }
}

/// The diagram of a side, and the sentence of the moment under it.
fn foot(props: &CompareProps, run_view: &Rc<RunView>, is_right: bool, both: &Both) -> Html {
    let CompareProps { dispatcher, cursor, .. } = props;
    let place = if is_right { "right" } else { "left" };
    html! {
        <section class={classes!("compare-foot", place)} aria-label={run_view.run.scenario().algorithm.title()}>
            if props.view != FigureView::Stage { <div class="compare-diagram">
                <Spacetime run_view={run_view.clone()} playback={props.playback} pace={props.pace.clone()}
                    cursor={*cursor} theme={props.theme} coarse={props.coarse}
                    reduced_motion={props.reduced_motion} selected={props.selected}
                    shown={[true; MessageKind::ALL.len()]} skips_quiet={props.skips_quiet}
                    view={props.view} quiet={both.quiet.clone()} overview=false window={both.window}
                    onwindow={dispatcher.act.reform(|window| Action::Window(Some(window)))}
                    onfit={(!is_right).then(|| dispatcher.command.reform(|()| Command::WholeRun))} onseek={dispatcher.seek.clone()}
                    onhold={dispatcher.hold.clone()} onselect={dispatcher.act.reform(Action::Select)}
                    onstrike={dispatcher.strike.clone()} />
            </div> }
            <p class="compare-line">
                if let Some(line) = run_view.sentence(*cursor) {
                    <time>{ line.at.spoken().to_string() }</time><span>{ line.text }</span>
                } else {
                    <span>{ "Nothing has happened yet." }</span>
                }
            </p>
        </section>
    }
}

/// Back to the stage alone.
fn close() -> Action {
    Action::Show(Screen::Stage)
}
