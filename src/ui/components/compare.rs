//! The comparison of two algorithms: side by side, with the same faults and delays and one clock; between them the
//! counts of both and where they first differ.

use super::field::{Select, select};
use super::spacetime::{SharedDiagram, Spacetime};
use super::{Icon, Stage, StagePlace, icon, sentence};
use crate::election::{Algorithm, AlgorithmOptionValue, Succession};
use crate::narration::{Divergence, DivergenceSide};
use crate::report::spoken_total;
use crate::scenario::FigureView;
use crate::session::compare::{
    self, FaultLine, MessagePurpose, fault_lines, heartbeats, purposes, unused,
};
use crate::session::setup::toggled;
use crate::session::{Action, Command, ComparedWith, RunView, Screen};
use crate::time::{Duration, Time};
use crate::types::listed;
use crate::ui::RenderContext;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::use_difference;
use crate::view::build::memory;
use crate::view::spacetime::model;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct CompareProps {
    /// The run on the left, and the other one on the right once it is simulated.
    pub run_view: Rc<RunView>,
    pub comparison: Option<Rc<RunView>>,
    /// The other algorithm.
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
    let dispatcher = use_dispatcher();
    let Some(comparison) = comparison else { return no_comparison(props, &dispatcher) };
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
            { same(fault_lines(run_view.run.scenario()), what_if(&dispatcher)) }
            <div class="compare-switch" role="group" aria-label="Side">
                { turn(false, run_view.run.scenario().algorithm.title()) }
                { turn(true, comparison.run.scenario().algorithm.title()) }
            </div>
            { side(run_view, context, None, &dispatcher) }
            { middle([run_view, comparison], context.cursor) }
            { side(comparison, context, Some((run_view, &props.algorithm)), &dispatcher) }
            { props.children.clone() }
            { foot(context, run_view, false, &both) }
            <FirstDifference run_view={run_view.clone()} comparison={comparison.clone()} />
            { foot(context, comparison, true, &both) }
        </main>
    }
}

/// Until the other run is simulated, or where the other algorithm does not allow the scenario.
fn no_comparison(props: &CompareProps, dispatcher: &Dispatcher) -> Html {
    let CompareProps { run_view, algorithm, context, .. } = props;
    let words = match compare::under(context.state.document(), algorithm) {
        Ok(_) => "Simulating the other run…".to_owned(),
        Err(why) => format!("{} does not allow this scenario: {why}.", algorithm.title()),
    };
    let with = ComparedWith::Algorithm(algorithm.clone());
    html! {
        <main class="compare-all">
            { head(choice(&run_view.run.scenario().algorithm, &with, dispatcher), dispatcher) }
            <p class="same" role="status">{ words }</p>
        </main>
    }
}

/// What is compared, and a button that closes the comparison.
pub(super) fn head(words: Html, dispatcher: &Dispatcher) -> Html {
    html! {
        <div class="compare-head">
            <div class="compare-name">{ words }</div>
            { closes(dispatcher) }
        </div>
    }
}

fn closes(dispatcher: &Dispatcher) -> Html {
    html! {
        <button class="button square" aria-label="Close the comparison" title="Close"
            onclick={dispatcher.on_click_action(Action::Show(Screen::Stage))}>{ icon(Icon::Cross) }</button>
    }
}

/// `Same faults, same delays: 6 crashes at 100 ms, 3 suspects it at 200 ms`.
pub(super) fn same(FaultLine { first, more }: FaultLine, behind: Html) -> Html {
    let one = |(place, (words, at)): (usize, (String, Time))| {
        let comma = if place > 0 { ", " } else { "" };
        html! { <>{ comma }<b>{ words }</b>{ " at " }{ at.spoken().to_string() }</> }
    };
    let opening =
        if first.is_empty() { "No faults, same delays" } else { "Same faults, same delays: " };
    html! {
        <p class="same"><span>{ opening }{ for first.into_iter().enumerate().map(one) }
            if more > 0 { { format!(" and {more} more") } }
        </span>{ behind }</p>
    }
}

/// Opens the panel *What if* with both algorithms.
fn what_if(dispatcher: &Dispatcher) -> Html {
    html! {
        <button class="button" title="Run both over a range of a setting, each under many seeds"
            onclick={dispatcher.on_click(Command::WhatIf)}>{ icon(Icon::WhatIf) }{ "What if, for both" }</button>
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
            model::keeps(before.run.scenario(), run_view.run.scenario(), *window)
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
            <p class="compare-line">{ sentence(run_view.sentence(context.cursor)) }</p>
        </section>
    }
}

/// The longest bar, in CSS pixels.
const LONGEST: u32 = 80;

/// The counts of both sides.
fn middle(sides: [&RunView; 2], cursor: Time) -> Html {
    let worlds = sides.map(|run_view| run_view.run.at(cursor));
    let now = [&worlds[0], &worlds[1]];
    let (found, beats) = (purposes(sides, now), heartbeats(sides, now));
    let most = found.iter().flat_map(|purpose| purpose.whole).max().unwrap_or(1).max(1);
    let sum = |count: fn(&MessagePurpose) -> [u32; 2], side: usize| -> u32 {
        found.iter().map(|purpose| count(purpose)[side]).sum()
    };
    let names = sides.map(|run_view| run_view.run.scenario().algorithm.title());
    let total = |side: usize| {
        html! { <div><small>{ names[side] }</small><b>{ sum(|p| p.so_far, side) }</b></div> }
    };
    html! {
        // It scrolls if it is too high for its row, so the keyboard must reach it.
        <section class="compare-middle" aria-label="What it costs" tabindex="0">
            <h2>{ "Messages so far" }</h2>
            <div class="totals">{ total(0) }<i />{ total(1) }</div>
            { for found.iter().map(|purpose| row(*purpose, most)) }
            if let Some(beats) = beats { { figures(beats.so_far.map(|n| n.to_string()), "heartbeats") } }
            <div class="whole">
                <h2>{ "Whole run" }</h2>
                { figures([0, 1].map(|side| sum(|p| p.whole, side).to_string()), "messages") }
                if let Some(beats) = beats { { figures(beats.whole.map(|n| n.to_string()), "heartbeats") } }
                { spans(sides, |leaders| leaders == 0, "leaderless") }
                { spans(sides, |leaders| leaders > 1, "split brain") }
            </div>
        </section>
    }
}

fn row(MessagePurpose { kind, so_far, whole }: MessagePurpose, most: u32) -> Html {
    let name = kind.name();
    let sign =
        |side: usize| html! { <span class="sign">{ icon::kind(kind, so_far[side] == 0) }</span> };
    html! {
        <div class="purpose" key={name} title={format!("{name}: {} and {} in the whole run", whole[0], whole[1])}>
            <p>{ name }</p>
            <div class="bars">
                <b>{ so_far[0] }</b>{ sign(0) }{ bar(so_far[0], whole[0], most, true) }<i />
                { bar(so_far[1], whole[1], most, false) }{ sign(1) }<b>{ so_far[1] }</b>
            </div>
        </div>
    }
}

/// A bar; mirrored on the left, so that both grow from the middle.
fn bar(so_far: u32, whole: u32, most: u32, mirrored: bool) -> Html {
    let length = |count: u32| (u64::from(count) * u64::from(LONGEST - 1) / u64::from(most)) as u32;
    let x = |count: u32| if mirrored { LONGEST - length(count) } else { 0 };
    // In a narrower column, both bars shrink alike.
    html! {
        <svg viewBox={format!("0 0 {LONGEST} 14")} preserveAspectRatio="none" aria-hidden="true">
            if whole > 0 {
                <rect class="bar-whole" x={format!("{}.5", x(whole).saturating_sub(u32::from(mirrored)))}
                    y="1.5" width={length(whole).to_string()} height="11" rx="1.5" />
                <rect class="bar-so-far" x={x(so_far).to_string()} y="1" width={length(so_far).to_string()}
                    height="12" rx="1.5" />
            }
        </svg>
    }
}

fn figures([left, right]: [String; 2], word: &'static str) -> Html {
    html! { <p class="whole-line"><b>{ left }</b><span>{ word }</span><b>{ right }</b></p> }
}

/// A total duration in the whole run; empty if it is zero on both sides.
fn spans(sides: [&RunView; 2], counts: fn(usize) -> bool, word: &'static str) -> Html {
    let lengths = sides.map(|run_view| {
        let spans = run_view.leading.iter().filter(|span| counts(span.value.len()));
        spoken_total(spans.map(|span| (span.from, span.to)))
    });
    match lengths {
        [Duration::ZERO, Duration::ZERO] => Html::default(),
        lengths => figures(lengths.map(|length| length.spoken().to_string()), word),
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct FirstDifferenceProps {
    pub run_view: Rc<RunView>,
    pub comparison: Rc<RunView>,
}

#[component]
pub fn FirstDifference(props: &FirstDifferenceProps) -> Html {
    let FirstDifferenceProps { run_view, comparison } = props;
    let dispatcher = use_dispatcher();
    let words = match use_difference(run_view, comparison) {
        None => Html::default(),
        Some(None) => html! { <p>{ "Nothing differs: both runs are the same." }</p> },
        Some(Some(divergence)) => {
            let names =
                [run_view, comparison].map(|run_view| run_view.run.scenario().algorithm.title());
            describe(divergence, names, &dispatcher)
        }
    };
    html! { <section class="first-difference" aria-label="First difference">{ words }</section> }
}

fn describe(
    Divergence { at, sides, why, .. }: Divergence,
    names: [&'static str; 2],
    dispatcher: &Dispatcher,
) -> Html {
    let go = dispatcher.on_click(Command::Seek(at));
    let side = |(name, DivergenceSide { at: own, text }): (&'static str, DivergenceSide)| {
        html! {
            <p><b>{ name }</b>
                if own != at { { format!(", at {}", own.spoken()) } }
                { ": " }{ text }</p>
        }
    };
    html! {
        <>
            <button class="link" onclick={go}>{ format!("First difference at {}", at.spoken()) }</button>
            { for names.into_iter().zip(sides).map(side) }
            <h2>{ "Why" }</h2>
            { for why.into_iter().map(|sentence| html! { <p>{ sentence }</p> }) }
        </>
    }
}

/// A side: the algorithm, its status, and its stage. The right one can be chosen: it has the run of the left
/// side and the chosen algorithm.
fn side(
    run_view: &Rc<RunView>,
    context: &RenderContext,
    chosen: Option<(&RunView, &Algorithm)>,
    dispatcher: &Dispatcher,
) -> Html {
    let snapshot = run_view.run.snapshot(None, context.cursor, memory(run_view.run.scenario()));
    let verdict = run_view.verdict(&snapshot);
    let mark = if verdict.detail.starts_with(char::is_uppercase) { ". " } else { ", " };
    let picture = Rc::new(run_view.picture(&snapshot));
    let place = if chosen.is_some() { "right" } else { "left" };
    html! {
        <section class={classes!("compare-side", place)}>
            <div class="compare-head">
                <div class="compare-name">
                    if let Some((compared, chosen)) = chosen {
                        { choice(
                            &compared.run.scenario().algorithm,
                            &ComparedWith::Algorithm(chosen.clone()),
                            dispatcher,
                        ) }
                        { for chosen.clone().options().into_iter().map(|option| match option.value {
                            AlgorithmOptionValue::Succession(succession) => {
                                alternates(compared, chosen, succession, dispatcher)
                            }
                            AlgorithmOptionValue::Candidates(_) | AlgorithmOptionValue::Delay(_) => {
                                Html::default()
                            }
                            AlgorithmOptionValue::Flag(is_set) => {
                                let other = toggled(chosen, option.word);
                                let show = Action::Show(with(other));
                                html! {
                                    <button class="button outlined" aria-pressed={is_set.to_string()}
                                        onclick={dispatcher.on_click_action(show)}>{ option.word }</button>
                                }
                            }
                        }) }
                    } else {
                        <h2>{ run_view.run.scenario().algorithm.title() }</h2>
                    }
                    <small class={classes!((verdict.leaders.len() > 1).then_some("alarm-words"))}>
                        { verdict.title }{ mark }{ verdict.detail }
                    </small>
                    if let Some(words) = unused(run_view) { <small>{ words }</small> }
                </div>
                if chosen.is_some() { { closes(dispatcher) } }
            </div>
            if context.state.view != FigureView::Spacetime { <div class="compare-stage">
                <Stage run_view={run_view.clone()} context={context.clone()} {picture}
                    place={StagePlace::Comparison} />
            </div> }
        </section>
    }
}

const fn with(algorithm: Algorithm) -> Screen {
    Screen::Compare(ComparedWith::Algorithm(algorithm))
}

/// The choice of what a scenario is compared with, by its own algorithm: another one, or all of them.
pub(super) fn choice(own: &Algorithm, chosen: &ComparedWith, dispatcher: &Dispatcher) -> Html {
    const ALL: &str = "all";
    let (others, value) = match chosen {
        ComparedWith::Algorithm(chosen) => (compare::choices(own, chosen), chosen.name()),
        ComparedWith::All => (compare::others(own), ALL),
    };
    let named = |other: &Algorithm| (other.name().to_owned(), other.title().to_owned());
    let all = (ALL.to_owned(), "All algorithms".to_owned());
    let options = others.iter().map(named).chain([all]).collect();
    let dispatcher = dispatcher.clone();
    select(Select {
        class: Some("compare-choice"),
        name: Some("Compare with"),
        value,
        options,
        onchoose: Callback::from(move |name: String| {
            let other = others.iter().find(|other| other.name() == name);
            let screen =
                other.map_or(Screen::Compare(ComparedWith::All), |other| with(other.clone()));
            dispatcher.dispatch(Action::Show(screen));
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
                dispatcher.dispatch(Action::Show(with(other)));
            }
        }),
        ..Select::default()
    })
}
