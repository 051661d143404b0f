//! Two algorithms side by side: the same faults and delays, one clock, and what each of them costs.

mod middle;
mod parting;
mod side;

use super::spacetime::Spacetime;
use crate::clock::Time;
use crate::election::Algorithm;
use crate::scenario::View;
use crate::session::compare::{self, Befalls, befalls};
use crate::session::{Action, Made, Pace, Playback, Screen};
use crate::ui::page::Deeds;
use crate::view::Target;
use crate::view::palette::Theme;
use crate::vocabulary::MessageKind;
use middle::Middle;
use parting::Parting;
use side::Side;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct CompareProps {
    /// Left: the present run. Right: the other one, once it is made.
    pub made: Rc<Made>,
    pub rival: Option<Rc<Made>>,
    pub algorithm: Algorithm,
    pub playback: Playback,
    pub pace: Rc<Pace>,
    pub cursor: Time,
    pub theme: Theme,
    pub reduced_motion: bool,
    pub coarse: bool,
    pub selected: Option<Target>,
    pub skips_quiet: bool,
    pub view: View,
    pub deeds: Rc<Deeds>,
    /// The transport, which belongs to both.
    pub children: Html,
}

#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let CompareProps { made, rival, deeds, cursor, .. } = props;
    let shows_right = use_state_eq(|| false);
    let seen = if *shows_right { "right" } else { "left" };
    let both = use_both(made, rival);
    let Some(rival) = rival else {
        return html! {
            <main class="compare"><p class="same" role="status">{ "Simulating the other run…" }</p></main>
        };
    };
    let side = |made: &Rc<Made>, is_right: bool| {
        html! {
            <Side made={made.clone()} {is_right} common={props.clone()}
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
            { same(befalls(made.run.scenario())) }
            <div class="turns" role="group" aria-label="Side">
                { turn(false, made.run.scenario().algorithm.title()) }
                { turn(true, rival.run.scenario().algorithm.title()) }
            </div>
            { side(made, false) }
            <Middle made={made.clone()} rival={rival.clone()} cursor={*cursor} />
            { side(rival, true) }
            { props.children.clone() }
            { foot(props, made, false, &both) }
            <Parting made={made.clone()} rival={rival.clone()} deeds={deeds.clone()} />
            { foot(props, rival, true, &both) }
        </main>
    }
}

/// `Same faults, same delays: 6 crashes at 100 ms, 3 suspects it at 200 ms`.
fn same(Befalls { first, more }: Befalls) -> Html {
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

/// What the two diagrams share: the folds, the window, and how it is moved.
struct Both {
    quiet: Option<Rc<Vec<(Time, Time)>>>,
    window: Option<(Time, Time)>,
    onwindow: Callback<(Time, Time)>,
}

#[hook]
fn use_both(made: &Rc<Made>, rival: &Option<Rc<Made>>) -> Both {
    let moved = use_state_eq(|| None::<(Time, Time)>);
    let shared = use_memo((made.clone(), rival.clone()), |(made, rival)| {
        let rival = rival.as_ref()?;
        Some((Rc::new(compare::quiet(made, rival)), compare::window(made, rival)))
    });
    let onwindow = use_callback(moved.setter(), |window, moved| moved.set(Some(window)));
    Both {
        quiet: shared.as_ref().as_ref().map(|(quiet, _)| quiet.clone()),
        window: (*moved).or(shared.as_ref().as_ref().map(|(_, window)| *window)),
        onwindow,
    }
}

/// The diagram of a side, and the sentence of the moment under it.
fn foot(props: &CompareProps, made: &Rc<Made>, is_right: bool, both: &Both) -> Html {
    let CompareProps { deeds, cursor, .. } = props;
    let place = if is_right { "right" } else { "left" };
    html! {
        <section class={classes!("compare-foot", place)} aria-label={made.run.scenario().algorithm.title()}>
            if props.view != View::Stage { <div class="compare-diagram">
                <Spacetime made={made.clone()} playback={props.playback} pace={props.pace.clone()}
                    cursor={*cursor} theme={props.theme} coarse={props.coarse}
                    reduced_motion={props.reduced_motion} selected={props.selected}
                    shown={[true; MessageKind::ALL.len()]} skips_quiet={props.skips_quiet}
                    view={props.view} quiet={both.quiet.clone()} overview=false window={both.window}
                    onwindow={both.onwindow.clone()} onseek={deeds.seek.clone()}
                    onhold={deeds.hold.clone()} onselect={deeds.act.reform(Action::Select)}
                    onstrike={deeds.strike.clone()} />
            </div> }
            <p class="compare-line">
                if let Some(line) = made.sentence(*cursor) {
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
