//! The space-time diagram: two canvases, the ground and above it what the playhead changes, and the
//! hand that scrubs, zooms and drags on them.

mod gestures;
mod renderer;
mod throttle;

use crate::scenario::FigureView;
use crate::session::{Command, RunView};
use crate::time::Time;
use crate::types::MessageKind;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::{use_frames, use_size};
use crate::ui::render_context::RenderContext;
use crate::view::Target;
use crate::view::geometry::Size;
use crate::view::spacetime::DiagramFrame;
use gestures::{DiagramEvent, PointerSample, factor, pivot, wheel};
use gloo_events::{EventListener, EventListenerOptions};
use renderer::{DiagramInput, DiagramRenderer, place};
use std::cell::RefCell;
use std::rc::Rc;
use throttle::EventThrottle;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, WheelEvent};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SpacetimeProps {
    pub run_view: Rc<RunView>,
    pub context: RenderContext,
    /// In a figure, where the wheel scrolls the page around it: it zooms with Ctrl alone.
    #[prop_or_default]
    pub in_figure: bool,
    /// Whether the whole run is shown below.
    #[prop_or(true)]
    pub overview: bool,
    /// Whether a button shows the whole run.
    #[prop_or_default]
    pub has_fit: bool,
    /// What it shares with the other diagram of a comparison.
    #[prop_or_default]
    pub shared: Option<SharedDiagram>,
}

/// What the two diagrams of a comparison have in common.
#[derive(Clone, PartialEq)]
pub struct SharedDiagram {
    /// What may be folded: the quiet time of both runs.
    pub quiet: Option<Rc<Vec<(Time, Time)>>>,
    pub window: Option<(Time, Time)>,
}

type RendererSlot = Rc<RefCell<Option<DiagramRenderer>>>;

const HELP: &str = "Drag the playhead to scrub. Wheel or Page Up and Page Down zoom, Shift and wheel \
    or Alt and the arrows pan. Drag the end of a message, a timer or a fault to move it in time.";

#[component]
pub fn Spacetime(props: &SpacetimeProps) -> Html {
    let dispatcher = use_dispatcher();
    let (room, ground, live) = (use_node_ref(), use_node_ref(), use_node_ref());
    let renderer: RendererSlot = use_mut_ref(|| None);
    let look = use_size(&room).map(|size| look(props, size));
    let painting = use_painting(&renderer);
    use_frames(props.context.state.playback.runs_by_the_clock() && look.is_some(), painting);
    use_input(&renderer, [&ground, &live], look);
    let hand = use_gestures(props, &renderer);
    use_wheel(&room, &hand, props.in_figure);
    let down = hand.reform(|event: PointerEvent| {
        // A drag goes on outside of the diagram; where that cannot be, it ends at the edge.
        let target = event.target_dyn_into::<Element>();
        let _ = target.map(|target| target.set_pointer_capture(event.pointer_id()));
        let is_main = event.button() == 0;
        DiagramCommand::Hand(if is_main {
            WindowMove::Down(finger(&event))
        } else {
            WindowMove::None
        })
    });
    let moves =
        hand.reform(|event: PointerEvent| DiagramCommand::Hand(WindowMove::Glide(finger(&event))));
    let up =
        hand.reform(|event: PointerEvent| DiagramCommand::Hand(WindowMove::Up(event.pointer_id())));
    let lost = hand.reform(|_: PointerEvent| DiagramCommand::Hand(WindowMove::Lost));
    let leaves = hand.reform(|_: PointerEvent| DiagramCommand::Hand(WindowMove::Away));
    let ondblclick = struck(&renderer, &dispatcher);
    html! {
        <div class="spacetime" ref={room} role="group" tabindex="0" aria-label="Space-time diagram"
            aria-description={HELP} onkeydown={keys(&hand)}>
            <canvas ref={ground} aria-hidden="true" />
            <canvas ref={live} aria-hidden="true" onpointerdown={down} onpointermove={moves}
                onpointerup={up} onpointercancel={lost} onpointerleave={leaves} {ondblclick} />
            if props.has_fit {
                <button class="fit" aria-label="Fit the whole run" title="Show the whole run (0)"
                    onclick={dispatcher.on_click(Command::WholeRun)}>{ "Fit" }</button>
            }
        </div>
    }
}

/// What a hand or a key does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum DiagramCommand {
    Hand(WindowMove),
    /// By a factor, about an x or, without one, about the playhead.
    Zoom(Option<f64>, f64),
    /// By pixels.
    Pan(f64),
    Scroll(f64),
    GiveUp,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum WindowMove {
    None,
    Down(PointerSample),
    Glide(PointerSample),
    Up(i32),
    Lost,
    Away,
}

fn look(props: &SpacetimeProps, size: Size) -> DiagramInput {
    let SpacetimeProps { run_view, context, in_figure, overview, shared, .. } = props;
    let RenderContext { state, pace, cursor, theme, coarse, reduced_motion, chain } = context;
    let (shown, hovered, window) = match shared {
        Some(shared) => ([true; MessageKind::ALL.len()], None, shared.window),
        None => (state.shown, state.hovered, state.window),
    };
    let frame = DiagramFrame {
        theme: *theme,
        coarse: *coarse,
        selected: state.selected,
        shown,
        overview: *overview,
        alone: state.view == FigureView::Spacetime && !in_figure,
        ..DiagramFrame::new(size)
    };
    DiagramInput {
        run_view: run_view.clone(),
        playback: state.playback,
        pace: pace.clone(),
        cursor: *cursor,
        frame,
        chain: chain.clone(),
        skips_quiet: state.skips_quiet,
        quiet: shared.as_ref().and_then(|shared| shared.quiet.clone()),
        reduced_motion: *reduced_motion,
        window,
        opening: state.opening,
        hovered,
    }
}

fn finger(event: &PointerEvent) -> PointerSample {
    PointerSample {
        id: event.pointer_id(),
        at: place(event),
        is_touch: event.pointer_type() == "touch",
        is_fine: event.alt_key(),
    }
}

#[hook]
fn use_painting(renderer: &RendererSlot) -> Callback<()> {
    let renderer = renderer.clone();
    use_callback((), move |(), ()| {
        if let Some(renderer) = &mut *renderer.borrow_mut() {
            renderer.paint();
        }
    })
}

#[hook]
fn use_input(renderer: &RendererSlot, canvases: [&NodeRef; 2], look: Option<DiagramInput>) {
    let renderer = renderer.clone();
    let canvases = canvases.map(NodeRef::clone);
    use_effect_with(look, move |look| {
        let Some(look) = look else { return };
        let mut slot = renderer.borrow_mut();
        match &mut *slot {
            Some(renderer) => renderer.set(look.clone()),
            None => {
                let [ground, live] = canvases.map(|canvas| canvas.cast::<HtmlCanvasElement>());
                *slot =
                    ground.zip(live).and_then(|(g, l)| DiagramRenderer::new(g, l, look.clone()));
            }
        }
        if let Some(renderer) = &mut *slot {
            renderer.paint();
        }
    });
}

/// Everything that a hand does comes together here: the diagram changes, and what is asked for is
/// told once nothing is borrowed any more.
#[hook]
fn use_gestures(props: &SpacetimeProps, renderer: &RendererSlot) -> Callback<DiagramCommand> {
    let dispatcher = use_dispatcher();
    let throttle = use_memo((), |()| EventThrottle::new(dispatcher));
    // A drag in one of two runs would be no edit of the other; a figure keeps its window to itself.
    throttle.drags.set(props.shared.is_none() && !props.context.state.is_readonly());
    throttle.shares_window.set(!props.in_figure);
    let renderer = renderer.clone();
    use_callback((), move |command, ()| {
        let mut slot = renderer.borrow_mut();
        let Some(held) = &mut *slot else { return };
        let said = act(held, command);
        held.paint();
        let window = held.shown().window();
        drop(slot);
        said.into_iter().for_each(|said| throttle.send(said, window));
    })
}

fn act(renderer: &mut DiagramRenderer, command: DiagramCommand) -> Vec<DiagramEvent> {
    match command {
        DiagramCommand::Hand(WindowMove::Down(finger)) => renderer.press(finger),
        DiagramCommand::Hand(WindowMove::Glide(finger)) => renderer.glide(finger),
        DiagramCommand::Hand(WindowMove::Up(id)) => renderer.lift(id),
        DiagramCommand::Hand(WindowMove::Lost) | DiagramCommand::GiveUp => renderer.give_up(),
        DiagramCommand::Hand(WindowMove::Away) => renderer.leave(),
        DiagramCommand::Hand(WindowMove::None) => Vec::new(),
        DiagramCommand::Zoom(Some(x), factor) => renderer.zoom(x, factor),
        DiagramCommand::Zoom(None, factor) => {
            let x = pivot(&renderer.shown(), renderer.now());
            renderer.zoom(x, factor)
        }
        DiagramCommand::Pan(by) => renderer.pan(by),
        DiagramCommand::Scroll(by) => {
            renderer.scroll(by);
            Vec::new()
        }
    }
}

/// A wheel zooms about the pointer; with Shift, or sideways, it pans.
#[hook]
fn use_wheel(room: &NodeRef, hand: &Callback<DiagramCommand>, with_control: bool) {
    use_effect_with((room.clone(), hand.clone(), with_control), |(room, hand, with_control)| {
        let (hand, with_control) = (hand.clone(), *with_control);
        let options = EventListenerOptions::enable_prevent_default();
        let listener = room.cast::<Element>().map(|room| {
            EventListener::new_with_options(&room, "wheel", options, move |event| {
                let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
                if with_control && !event.ctrl_key() {
                    return;
                }
                event.prevent_default();
                let (delta, sideways) = wheel(event);
                hand.emit(match sideways {
                    true if delta.x != 0.0 => DiagramCommand::Pan(-delta.x),
                    true => DiagramCommand::Pan(-delta.y),
                    false => DiagramCommand::Zoom(Some(place(event).x), factor(delta.y)),
                });
            })
        });
        move || drop(listener)
    });
}

/// What the page does not know as its own: zoom, pan, scroll, and giving up a drag.
fn keys(hand: &Callback<DiagramCommand>) -> Callback<KeyboardEvent> {
    const STEP: f64 = 120.0;
    let hand = hand.clone();
    Callback::from(move |event: KeyboardEvent| {
        let command = match (&*event.key(), event.alt_key()) {
            ("PageUp", false) => DiagramCommand::Zoom(None, 1.5),
            ("PageDown", false) => DiagramCommand::Zoom(None, 1.0 / 1.5),
            ("ArrowLeft", true) => DiagramCommand::Pan(STEP),
            ("ArrowRight", true) => DiagramCommand::Pan(-STEP),
            ("ArrowUp", false) => DiagramCommand::Scroll(-STEP / 3.0),
            ("ArrowDown", false) => DiagramCommand::Scroll(STEP / 3.0),
            ("Escape", _) => return hand.emit(DiagramCommand::GiveUp),
            _ => return,
        };
        event.prevent_default();
        hand.emit(command);
    })
}

fn struck(renderer: &RendererSlot, dispatcher: &Dispatcher) -> Callback<MouseEvent> {
    let (renderer, dispatcher) = (renderer.clone(), dispatcher.clone());
    Callback::from(move |event: MouseEvent| {
        let on = renderer.borrow().as_ref().and_then(|renderer| renderer.head(place(&event)));
        if let Some(rank) = on {
            dispatcher.execute_on(Some(Target::Process(rank)), Command::Strike);
        }
    })
}
