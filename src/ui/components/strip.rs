//! The strip of leaders as a slider: drag it, or use the arrow keys.

use crate::session::{Command, Playback, PlaybackPace, RunView};
use crate::time::Time;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::{use_frames, use_size};
use crate::ui::render_context::RenderContext;
use crate::view::geometry::Size;
use crate::view::strip::{BAR, LeaderStrip, SLIM, StripFrame, instant, scene};
use crate::web::canvas::{Painter, Ruler};
use crate::web::{clock, media};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{Element, HtmlCanvasElement};
use yew::prelude::*;

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
        end: look.pace.end,
        now: look.playback.cursor(clock::now(), &look.pace),
        leader_styles: &look.run_view.leader_styles,
    };
    painter.paint(&scene(&strip, &look.frame, ruler), media::pixel_ratio());
}
