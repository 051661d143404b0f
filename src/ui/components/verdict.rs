//! The verdict: the present leader, the cost so far, and the expectations.

use super::{Icon, icon};
use crate::report::{Destination, ReasonPart};
use crate::scenario::limits;
use crate::session::LessonAction;
use crate::session::{Action, Command, ExpectationRow, GroupStatus, Requests};
use crate::simulation::StopReason;
use crate::time::Time;
use crate::types::{GroupId, Rank};
use crate::ui::dispatcher::Dispatcher;
use crate::view::glyphs::CROWN;
use crate::view::palette::{ColourTheme, LeaderStyles, css};
use yew::prelude::*;

/// What the verdict shows.
pub struct Verdict {
    /// The status of the shown group.
    pub verdict: GroupStatus,
    /// The name of the shown group, if there are several.
    pub group: Option<String>,
    /// All groups, if all are shown.
    pub groups: Vec<(GroupId, String, GroupStatus)>,
    pub expectations: Vec<ExpectationRow>,
    /// Whether this is the first edit of the start scenario: then next steps are shown instead of
    /// expectations.
    pub is_first: bool,
    pub leader_styles: LeaderStyles,
    pub theme: ColourTheme,
    /// Why the run stopped before its end.
    pub stopped: Option<StopReason>,
    /// The instant at which the run ends or stopped.
    pub end: Time,
}

pub fn verdict_panel(props: &Verdict, dispatcher: &Dispatcher) -> Html {
    let GroupStatus { title, detail, leaders, leaderless, split, messages, requests, .. } =
        &props.verdict;
    let alarm = leaders.len() > 1;
    let split_alarm = split.as_us() > 0;
    let plural =
        |count: bool, one: &'static str, many: &'static str| if count { one } else { many };
    if !props.groups.is_empty() {
        return html! {
            <section class="verdict" aria-label="Verdict">
                <ul class="group-verdicts">{ for props.groups.iter().map(|each| of_group(each, props, dispatcher)) }</ul>
                if let Some(reason) = props.stopped {
                    { stopped(reason, props.end, dispatcher) }
                }
                { expected(props, dispatcher) }
            </section>
        };
    }
    html! {
        <section class="verdict" aria-label="Verdict">
            if let Some(group) = &props.group {
                <h2 class="verdict-group">{ group }</h2>
            }
            <div class={classes!("verdict-head", alarm.then_some("alarm"))}>
            <div class="verdict-now">
                { leader_crowns(leaders, &props.leader_styles, props.theme) }
                <div><p class="verdict-title">{ title }</p><p class="verdict-detail">{ detail }</p></div>
            </div>
            if let Some(reason) = props.stopped {
                { stopped(reason, props.end, dispatcher) }
            }
            <dl class="figures">
                { rounds(&props.verdict) }
                { figure(leaderless.spoken().to_string(), "leaderless", false) }
                { figure(split.spoken().to_string(), if alarm { "split so far" } else { "split brain" }, split_alarm) }
                { figure(messages.to_string(), plural(*messages == 1, "message", "messages"), false) }
                if let Some(requests) = requests {
                    { figure(requests.served.to_string(), "served", false) }
                    { figure(requests.queued.to_string(), "queued", false) }
                    { figure(requests.waiting.to_string(), "waiting", false) }
                    { figure(requests.dropped.to_string(), "dropped", false) }
                }
            </dl>
            </div>
            { expected(props, dispatcher) }
        </section>
    }
}

fn expected(props: &Verdict, dispatcher: &Dispatcher) -> Html {
    if props.is_first {
        return next_steps(dispatcher);
    }
    if props.expectations.is_empty() {
        return Html::default();
    }
    html! {
        <div class="expected">
            <h2>{ "Expected of this run" }</h2>
            <ul class="expectations">
                { for props.expectations.iter().map(|e| expectation(e, dispatcher)) }
            </ul>
        </div>
    }
}

/// Buttons for what to do after the first action.
fn next_steps(dispatcher: &Dispatcher) -> Html {
    let lesson = Action::Lesson(LessonAction::Enter(SECOND_LESSON));
    html! {
        <div class="expected next-steps">
            <button class="button outlined" onclick={dispatcher.on_click(Command::ExplainLeader)}>
                { icon(Icon::Why) }{ "See why" }
            </button>
            <button class="button outlined" onclick={dispatcher.on_click_action(lesson)}>
                { icon(Icon::Gallery) }{ "Lesson 2" }
            </button>
        </div>
    }
}

/// *The leader is gone*, which continues from the first action.
const SECOND_LESSON: usize = 1;

/// A group of several, with a button that shows it alone.
fn of_group(
    (group, name, verdict): &(GroupId, String, GroupStatus),
    props: &Verdict,
    dispatcher: &Dispatcher,
) -> Html {
    let alarm = verdict.leaders.len() > 1;
    let show = Action::Group(Some(*group));
    let cost = format!(
        "{} {}, {} leaderless{}",
        verdict.rounds,
        verdict.rounds_word(),
        verdict.leaderless.spoken(),
        match verdict.split.as_us() {
            0 => String::new(),
            _ => format!(", {} split brain", verdict.split.spoken()),
        }
    );
    html! {
        <li key={name.clone()} class={classes!(alarm.then_some("alarm"))}>
            { leader_crowns(&verdict.leaders, &props.leader_styles, props.theme) }
            <div>
                <button class="link" title={format!("Show {name} alone")}
                    onclick={dispatcher.on_click_action(show)}>{ name }</button>
                <p class="verdict-title">{ &verdict.title }</p>
                <p class="verdict-detail">{ cost }</p>
                if let Some(requests) = &verdict.requests {
                    <p class="verdict-detail">{ requests_text(requests) }</p>
                }
            </div>
        </li>
    }
}

/// `120 served, 30 dropped, 12 waiting`: what there is none of is left out.
fn requests_text(requests: &Requests) -> String {
    let Requests { served, dropped, queued, waiting } = *requests;
    let parts = [(queued, "queued"), (waiting, "waiting"), (dropped, "dropped")];
    let some = parts.into_iter().filter(|(count, _)| *count > 0);
    let some = some.map(|(count, word)| format!(", {count} {word}"));
    format!("{served} served{}", some.collect::<String>())
}

/// The limit that stopped the run, and a button to the instant.
fn stopped(reason: StopReason, end: Time, dispatcher: &Dispatcher) -> Html {
    let at = end.spoken().to_string();
    html! {
        <div class="stopped" role="status">
            <p><b>{ format!("The run stops at {at}") }</b></p>
            <p>{ limit(reason) }</p>
            <button class="button outlined" onclick={dispatcher.on_click(Command::Seek(end))}>
                { format!("Go to {at}") }
            </button>
        </div>
    }
}

fn rounds(verdict: &GroupStatus) -> Html {
    let started = verdict.elections;
    html! {
        <div title={format!("{started} elections started; those that overlap are one round")}>
            <dd>{ verdict.rounds }</dd><dt>{ verdict.rounds_word() }</dt>
        </div>
    }
}

fn limit(reason: StopReason) -> String {
    match reason {
        StopReason::Events => {
            let most = limits::MOST_EVENTS / 1_000_000;
            format!("{most} million events are the limit. Shorten it, or slow the heartbeats.")
        }
        StopReason::InFlight => {
            let most = limits::MOST_IN_FLIGHT / 1_000;
            format!(
                "{most},000 messages in flight are the limit. Slow the heartbeats, or shorten \
                 latencies and pauses."
            )
        }
    }
}

fn figure(value: String, word: &'static str, alarm: bool) -> Html {
    html! {
        <div class={classes!(alarm.then_some("alarm-text"))}><dd>{ value }</dd><dt>{ word }</dt></div>
    }
}

fn expectation(found: &ExpectationRow, dispatcher: &Dispatcher) -> Html {
    let (sign, word) = match found.holds {
        true => (Icon::Tick, "holds: "),
        false => (Icon::Cross, "fails: "),
    };
    let go = |at: Time, words: &str| {
        let onclick = dispatcher.on_click(Command::Seek(at));
        html! { <button class="link" {onclick} title="Go there">{ words }</button> }
    };
    let part = |part: &ReasonPart| match part.to {
        Some(Destination::Instant(at)) => go(at, &part.text),
        Some(Destination::WholeRun) => whole_run(dispatcher, &part.text),
        None => html! { <>{ &part.text }</> },
    };
    html! {
        <li key={found.index} class={if found.holds { "holds" } else { "failed" }}>
            { icon(sign) }
            <span><span class="unseen">{ word }</span>{ &found.text }
                if !found.reason.is_empty() {
                    <small>{ for found.reason.iter().map(part) }</small>
                }
            </span>
            if let Some(at) = found.at {
                { go(at, &at.spoken().to_string()) }
            } else if found.is_whole_run {
                { whole_run(dispatcher, "whole run") }
            }
        </li>
    }
}

fn whole_run(dispatcher: &Dispatcher, words: &str) -> Html {
    let onclick = dispatcher.on_click(Command::WholeRun);
    html! { <button class="link" {onclick} title="Show the whole run">{ words }</button> }
}

/// A crown for each leader, side by side; an empty one if there is none.
fn leader_crowns(leaders: &[Rank], leader_styles: &LeaderStyles, theme: ColourTheme) -> Html {
    const WIDE: usize = 3;
    let shown = leaders.len().clamp(1, WIDE);
    let crown = |place: usize| {
        let x = -6 * (shown as i32 - 1) + 12 * place as i32;
        let transform = format!("translate({x} 4)");
        let d = CROWN.to_string();
        match leaders.get(place) {
            None => {
                html! { <path class="hollow" {transform} {d} stroke-width="1.6" stroke-linejoin="round" /> }
            }
            Some(&leader) => {
                let hue = leader_styles.of(leader).hue(theme);
                html! {
                    <path {transform} {d} fill={css(hue.paint)} stroke={css(hue.edge)}
                        stroke-width="1.6" stroke-linejoin="round" />
                }
            }
        }
    };
    let width = 34 + 12 * (shown - 1);
    let half = width / 2;
    html! {
        <svg class="leader-crowns" width={width.to_string()} height="28" viewBox={format!("-{half} -21 {width} 28")}
            aria-hidden="true">{ for (0..shown).map(crown) }</svg>
    }
}
