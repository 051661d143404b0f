//! What stands between the two sides of a comparison: the counts of both, and where they first differ.

use crate::narration::{Divergence as Parted, DivergenceSide};
use crate::report::spoken_total;
use crate::session::compare::{MessagePurpose, heartbeats, purposes};
use crate::session::{Command, RunView};
use crate::time::{Duration, Time};
use crate::ui::components::icon;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::use_difference;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct MiddleProps {
    pub run_view: Rc<RunView>,
    pub comparison: Rc<RunView>,
    pub cursor: Time,
}

/// The longest bar, in CSS pixels.
const LONGEST: u32 = 80;

#[component]
pub fn Middle(props: &MiddleProps) -> Html {
    let MiddleProps { run_view, comparison, cursor } = props;
    let sides = [&**run_view, &**comparison];
    let worlds = [run_view.run.at(*cursor), comparison.run.at(*cursor)];
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
pub struct PartingProps {
    pub run_view: Rc<RunView>,
    pub comparison: Rc<RunView>,
}

#[component]
pub fn Parting(props: &PartingProps) -> Html {
    let PartingProps { run_view, comparison } = props;
    let dispatcher = use_dispatcher();
    let words = match use_difference(run_view, comparison) {
        None => Html::default(),
        Some(None) => html! { <p>{ "Nothing differs: both runs are the same." }</p> },
        Some(Some(parted)) => {
            let names =
                [run_view, comparison].map(|run_view| run_view.run.scenario().algorithm.title());
            describe(parted, names, &dispatcher)
        }
    };
    html! { <section class="parting" aria-label="First difference">{ words }</section> }
}

fn describe(
    Parted { at, sides, why, .. }: Parted,
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
