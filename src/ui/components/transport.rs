//! Play, step, jump, the clock, and how playing goes.

use super::{Icon, icon};
use crate::session::keys::with_key;
use crate::session::{Command, SPEEDS, Speed};
use crate::time::{Duration, Time};
use crate::ui::dispatcher::use_dispatcher;
use crate::ui::render_context::RenderContext;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct TransportProps {
    pub context: RenderContext,
    pub end: Time,
    /// At its end: what is shown, and how that is changed.
    pub children: Html,
}

#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let RenderContext { state, cursor, .. } = &props.context;
    let dispatcher = use_dispatcher();
    let step = |command: Command, sign: Icon, words: &'static str, class: &'static str| {
        let words = with_key(words, &command);
        html! {
            <button class={classes!("button", "square", class)} aria-label={words.clone()} title={words}
                onclick={dispatcher.on_click(command)}>{ icon(sign) }</button>
        }
    };
    let (loops, skips) = (state.is_looping, state.skips_quiet);
    html! {
        <section class="transport" aria-label="Playback">
            { step(Command::JumpBack, Icon::JumpBack, "Previous moment", "jump") }
            { step(Command::StepBack, Icon::StepBack, "Previous event", "step") }
            <PlayButton is_playing={state.playback.is_playing()} />
            { step(Command::StepOn, Icon::StepOn, "Next event", "step") }
            { step(Command::JumpOn, Icon::JumpOn, "Next moment", "jump") }
            <Clock cursor={*cursor} end={props.end} />
            <span class="space" />
            <SpeedSlider speed={state.speed} />
            <i class="rule" />
            <button class={classes!("button", "skip", skips.then_some("on"))}
                aria-pressed={skips.to_string()} aria-label="Skip quiet time" title="Pass quiet time quickly"
                onclick={dispatcher.on_click(Command::ToggleSkip)}>
                { icon(Icon::SkipQuiet) }<span>{ "Skip quiet" }<span class="wide-only">{ " time" }</span></span>
            </button>
            <button class={classes!("button", "square", "loop", loops.then_some("on"))}
                aria-pressed={loops.to_string()} aria-label="Loop" title="Loop"
                onclick={dispatcher.on_click(Command::ToggleLoop)}>{ icon(Icon::Loop) }</button>
            { props.children.clone() }
        </section>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PlayProps {
    pub is_playing: bool,
}

#[component]
pub fn PlayButton(props: &PlayProps) -> Html {
    let dispatcher = use_dispatcher();
    let (sign, word) = if props.is_playing { (Icon::Pause, "Pause") } else { (Icon::Play, "Play") };
    html! {
        <button class="play" aria-label={word} title={with_key(word, &Command::PlayOrPause)}
            onclick={dispatcher.on_click(Command::PlayOrPause)}>{ icon(sign) }</button>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ClockProps {
    pub cursor: Time,
    #[prop_or_default]
    pub end: Option<Time>,
}

/// `268 ms of 2 s`, the number large.
#[component]
pub fn Clock(props: &ClockProps) -> Html {
    let said = props.cursor.spoken().to_string();
    let (number, unit) = said.split_once(' ').unwrap_or((&said, ""));
    html! {
        <p class="clock">
            <b>{ number.to_owned() }</b>{ " " }{ unit.to_owned() }
            if let Some(end) = props.end {
                <span class="clock-end">{ " of " }{ brief(end) }</span>
            }
        </p>
    }
}

/// `2.6 s`: an end needs no more decimals than it has.
fn brief(at: Time) -> String {
    let said = at.spoken().to_string();
    match said.strip_suffix(" s") {
        Some(seconds) if seconds.contains('.') => format!("{} s", seconds.trim_end_matches('0')),
        _ => said,
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct SpeedProps {
    speed: Speed,
}

/// Equal steps to the eye: each is about twice the one before.
#[component]
fn SpeedSlider(props: &SpeedProps) -> Html {
    let place = SPEEDS.iter().rposition(|&speed| speed <= props.speed).unwrap_or_default();
    let dispatcher = use_dispatcher();
    let oninput = Callback::from(move |event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let place = input.and_then(|input| input.value().parse::<usize>().ok());
        if let Some(&speed) = place.and_then(|place| SPEEDS.get(place)) {
            dispatcher.execute(Command::SetSpeed(speed));
        }
    });
    let each = said(props.speed.0);
    let said = format!("{each} per second");
    html! {
        <label class="speed">
            <span class="speed-word">{ "Speed" }</span>
            <input type="range" aria-label="Speed" min="0" max={(SPEEDS.len() - 1).to_string()} step="1"
                value={place.to_string()} aria-valuetext={said.clone()} {oninput} />
            <output class="speed-value">{ each }<span class="speed-unit">{ " per second" }</span></output>
        </label>
    }
}

fn said(speed: Duration) -> String {
    speed.spoken().to_string()
}
