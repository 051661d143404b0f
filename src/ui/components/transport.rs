//! Playback controls: play, step, jump, clock, speed, and the timeline with the strip of leaders as a slider.

use super::spacetime::{Spacetime, SpacetimeProps};
use super::{Icon, Split, icon};
use crate::scenario::FigureView;
use crate::session::keys::with_key;
use crate::session::{Action, Command, Playback, PlaybackPace, RunView, SPEEDS, Speed, State};
use crate::time::{Duration, Time};
use crate::ui::RenderContext;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::{use_frames, use_media, use_size, use_window_height};
use crate::view::geometry::Size;
use crate::view::spacetime::height;
use crate::view::strip::{BAR, LeaderStrip, SLIM, StripFrame, instant, scene};
use crate::web::canvas::{Painter, Ruler};
use crate::web::{clock, media};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// The playback controls, with the choice of the view at their end.
pub fn transport(
    RenderContext { state, cursor, .. }: &RenderContext,
    end: Time,
    views: Html,
    dispatcher: &Dispatcher,
) -> Html {
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
            { play_button(state, dispatcher) }
            { step(Command::StepOn, Icon::StepOn, "Next event", "step") }
            { step(Command::JumpOn, Icon::JumpOn, "Next moment", "jump") }
            { clock_text(*cursor, Some(end)) }
            <span class="space" />
            { speed_slider(state.speed, dispatcher) }
            <i class="rule" />
            <button class={classes!("button", "skip", skips.then_some("on"))}
                aria-pressed={skips.to_string()} aria-label="Skip quiet time" title="Pass quiet time quickly"
                onclick={dispatcher.on_click(Command::ToggleSkip)}>
                { icon(Icon::SkipQuiet) }<span>{ "Skip quiet" }<span class="wide-only">{ " time" }</span></span>
            </button>
            <button class={classes!("button", "square", "loop", loops.then_some("on"))}
                aria-pressed={loops.to_string()} aria-label="Loop" title="Loop"
                onclick={dispatcher.on_click(Command::ToggleLoop)}>{ icon(Icon::Loop) }</button>
            { views }
        </section>
    }
}

pub fn play_button(state: &State, dispatcher: &Dispatcher) -> Html {
    let (sign, word) = match state.playback.is_playing() {
        true => (Icon::Pause, "Pause"),
        false => (Icon::Play, "Play"),
    };
    html! {
        <button class="play" aria-label={word} title={with_key(word, &Command::PlayOrPause)}
            onclick={dispatcher.on_click(Command::PlayOrPause)}>{ icon(sign) }</button>
    }
}

/// `268 ms of 2 s`, with a large number.
pub fn clock_text(cursor: Time, end: Option<Time>) -> Html {
    let text = cursor.spoken().to_string();
    let (number, unit) = text.split_once(' ').unwrap_or((&text, ""));
    html! {
        <p class="clock">
            <b>{ number.to_owned() }</b>{ " " }{ unit.to_owned() }
            if let Some(end) = end {
                <span class="clock-end">{ " of " }{ brief(end) }</span>
            }
        </p>
    }
}

/// `2.6 s`, without trailing zeros.
fn brief(at: Time) -> String {
    let text = at.spoken().to_string();
    match text.strip_suffix(" s") {
        Some(seconds) if seconds.contains('.') => format!("{} s", seconds.trim_end_matches('0')),
        _ => text,
    }
}

/// The slider of `SPEEDS`, in equal steps.
fn speed_slider(chosen: Speed, dispatcher: &Dispatcher) -> Html {
    let place = SPEEDS.iter().rposition(|&speed| speed <= chosen).unwrap_or_default();
    let dispatcher = dispatcher.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let place = input.and_then(|input| input.value().parse::<usize>().ok());
        if let Some(&speed) = place.and_then(|place| SPEEDS.get(place)) {
            dispatcher.execute(Command::SetSpeed(speed));
        }
    });
    let each = speed_text(chosen.0);
    let text = format!("{each} per second");
    html! {
        <label class="speed">
            <span class="speed-word">{ "Speed" }</span>
            <input type="range" aria-label="Speed" min="0" max={(SPEEDS.len() - 1).to_string()} step="1"
                value={place.to_string()} aria-valuetext={text.clone()} {oninput} />
            <output class="speed-value">{ each }<span class="speed-unit">{ " per second" }</span></output>
        </label>
    }
}

fn speed_text(speed: Duration) -> String {
    speed.spoken().to_string()
}

/// The smallest height of the stage, in pixels, and that with the header and the transport; then that of the
/// diagram.
const STAGE: f64 = 260.0;
const ABOVE: f64 = 48.0 + STAGE + 52.0;
const LEAST: f64 = 120.0;
/// On a phone: the height of header, stage, sentence, tabs, kinds and transport; then the smallest and
/// largest height of the lanes.
const AROUND_ON_A_PHONE: f64 = 52.0 + 316.0 + 85.0 + 44.0 + 46.0 + 78.0;
const PHONE: (f64, f64) = (208.0, 400.0);
/// The height of the overview below the lanes.
const OVERVIEW: f64 = 40.0;

#[component]
pub fn Timeline(props: &SpacetimeProps) -> Html {
    let (state, dispatcher) = (&props.context.state, use_dispatcher());
    let view = state.view;
    let room = use_node_ref();
    let dragged = use_state_eq(|| None::<f64>);
    let window = use_window_height();
    let lanes = props.run_view.lanes();
    let most = (window - ABOVE).max(LEAST);
    let is_narrow = use_media(media::NARROW);
    // On a phone the lanes get the remaining height, within limits; the overview is dropped first.
    let by_itself = match is_narrow {
        true => (window - AROUND_ON_A_PHONE).clamp(PHONE.0, PHONE.1),
        false => height(lanes, props.run_view.strips.len(), window),
    };
    let overview = !is_narrow || by_itself >= PHONE.0 + OVERVIEW;
    let by_hand = dragged.map_or(by_itself, |height| height.clamp(LEAST, most));
    let whole = most + STAGE;
    let height = match view {
        FigureView::Both => by_hand,
        FigureView::Stage => 0.0,
        FigureView::Spacetime => whole,
    };
    use_effect_with((room.clone(), height, view), |(room, height, view)| {
        if let Some(room) = room.cast::<HtmlElement>() {
            let height = match view {
                // The style sheet computes the remaining height.
                FigureView::Spacetime => "100%".to_owned(),
                FigureView::Both | FigureView::Stage => format!("{}px", height.round() as u32),
            };
            // The name is right, so no browser refuses.
            let _ = room.style().set_property("height", &height);
        }
    });
    let onresize = {
        Callback::from(move |to: Option<f64>| {
            // A drag beyond half of either part's smallest height folds that part away.
            let next = match to {
                Some(to) if to < LEAST / 2.0 => FigureView::Stage,
                Some(to) if to > most + STAGE / 2.0 => FigureView::Spacetime,
                Some(_) | None => FigureView::Both,
            };
            if next == FigureView::Both {
                dragged.set(to);
            }
            if next != view {
                dispatcher.dispatch(Action::View(next));
            }
        })
    };
    let inside = match (view, state.hides_what_comes()) {
        (FigureView::Stage, _) => Html::default(),
        (_, true) => html! { <p class="withheld">{ "Hidden until you have answered" }</p> },
        (_, false) => html! { <Spacetime {overview} ..props.clone() /> },
    };
    html! {
        <div class="timeline" ref={room}>
            // A separator would catch the finger that scrolls the page.
            if !is_narrow { <Split {height} least={LEAST} {most} {whole} {onresize} /> }
            { inside }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct StripBarProps {
    pub run_view: Rc<RunView>,
    pub context: RenderContext,
    /// Whether it is drawn without text.
    #[prop_or_default]
    pub slim: bool,
}

/// Half of the knob's width in pixels, so that it stays inside at both ends.
const MARGIN: f64 = 9.0;

#[derive(Clone, PartialEq)]
struct StripInput {
    run_view: Rc<RunView>,
    playback: Playback,
    pace: Rc<PlaybackPace>,
    frame: StripFrame,
}

struct StripRenderer {
    painter: Painter,
    ruler: Ruler,
    look: Option<StripInput>,
}

type SharedStrip = Rc<RefCell<Option<StripRenderer>>>;

#[component]
pub fn StripBar(props: &StripBarProps) -> Html {
    let RenderContext { state, pace, cursor, theme, .. } = &props.context;
    let (playback, dispatcher) = (state.playback, use_dispatcher());
    let (room, canvas) = (use_node_ref(), use_node_ref());
    let renderer: SharedStrip = use_mut_ref(|| None);
    let size = use_size(&room).map(|size| Size { height: size.height.max(1.0), ..size });
    let height = if props.slim { SLIM } else { BAR };
    let frame = size.map(|size| StripFrame { size, theme: *theme, margin: MARGIN, height });
    let look = frame.map(|frame| StripInput {
        run_view: props.run_view.clone(),
        playback,
        pace: pace.clone(),
        frame,
    });
    use_paint(&renderer, &canvas, look);
    let paint = use_callback((), {
        let renderer = renderer.clone();
        move |(), ()| paint(&renderer)
    });
    use_frames(playback.runs_by_the_clock() && frame.is_some(), paint);

    let end = pace.end;
    let seek = {
        let (dispatcher, room) = (dispatcher.clone(), room.clone());
        move |event: &PointerEvent| {
            let left = room.cast::<Element>().map(|room| room.get_bounding_client_rect().left());
            if let (Some(left), Some(frame)) = (left, frame) {
                let at = instant(&frame, end, f64::from(event.client_x()) - left);
                dispatcher.execute(Command::Seek(at));
            }
        }
    };
    let onpointerdown = {
        let (seek, dispatcher) = (seek.clone(), dispatcher.clone());
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            // Playback is suspended while the pointer is on the strip.
            dispatcher.execute(Command::Hold(true));
            // The drag continues outside of the strip; if capturing fails, it ends at the edge.
            let target = event.target_dyn_into::<Element>();
            let _ = target.map(|target| target.set_pointer_capture(event.pointer_id()));
            seek(&event);
        })
    };
    let onpointermove = Callback::from(move |event: PointerEvent| {
        if event.buttons() & 1 == 1 {
            seek(&event);
        }
    });
    let let_go = {
        let dispatcher = dispatcher.clone();
        Callback::from(move |_: PointerEvent| dispatcher.execute(Command::Hold(false)))
    };
    let onkeydown = use_slider_keys(&dispatcher);
    html! {
        <div class="strip" ref={room} role="slider" tabindex="0" aria-label="Instant of the run"
            aria-valuemin="0" aria-valuemax={milliseconds(end)} aria-valuenow={milliseconds(*cursor)}
            aria-valuetext={cursor.spoken().to_string()} {onpointerdown} {onpointermove}
            onpointerup={let_go.clone()} onpointercancel={let_go} {onkeydown}>
            <canvas ref={canvas} aria-hidden="true" />
        </div>
    }
}

/// The keys of a slider beyond the arrow keys that the whole page handles.
#[hook]
fn use_slider_keys(dispatcher: &Dispatcher) -> Callback<KeyboardEvent> {
    use_callback(dispatcher.clone(), |event: KeyboardEvent, dispatcher| {
        let command = match &*event.key() {
            "ArrowUp" => Command::StepOn,
            "ArrowDown" => Command::StepBack,
            "PageUp" => Command::JumpOn,
            "PageDown" => Command::JumpBack,
            _ => return,
        };
        event.prevent_default();
        // On the page some of these keys mean something else.
        event.stop_propagation();
        dispatcher.execute(command);
    })
}

fn milliseconds(at: Time) -> String {
    (at.as_us() / 1_000).to_string()
}

#[hook]
fn use_paint(renderer: &SharedStrip, canvas: &NodeRef, look: Option<StripInput>) {
    let (renderer, canvas) = (renderer.clone(), canvas.clone());
    use_effect_with(look, move |look| {
        if renderer.borrow().is_none() {
            let painter = canvas.cast::<HtmlCanvasElement>().and_then(|c| Painter::new(c).ok());
            *renderer.borrow_mut() = painter.map(|painter| StripRenderer {
                ruler: painter.ruler(),
                painter,
                look: None,
            });
        }
        if let Some(renderer) = &mut *renderer.borrow_mut() {
            renderer.look = look.clone();
        }
        paint(&renderer);
    });
}

fn paint(renderer: &SharedStrip) {
    let Some(StripRenderer { painter, ruler, look: Some(look) }) = &mut *renderer.borrow_mut()
    else {
        return;
    };
    let strip = LeaderStrip {
        scenario: look.run_view.run.scenario(),
        leading: &look.run_view.leading,
        terms: &look.run_view.strips[look.run_view.group.index()].terms,
        end: look.pace.end,
        now: look.playback.cursor(clock::now(), &look.pace),
        leader_styles: &look.run_view.leader_styles,
    };
    painter.paint(&scene(&strip, &look.frame, ruler), media::pixel_ratio());
}
