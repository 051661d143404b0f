//! The space-time diagram: a canvas for the static layer, and one above it for what depends on the playhead.
//! Its events become samples for the gestures.

mod renderer;

use crate::scenario::FigureView;
use crate::session::keys::{DIAGRAM_HELP, diagram_sample, with_key};
use crate::session::{Command, DiagramInput, DiagramSample, PointerSample, RunView};
use crate::time::Time;
use crate::types::MessageKind;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::{key_press, use_frames, use_size};
use crate::ui::render_context::RenderContext;
use crate::view::Target;
use crate::view::geometry::{Point, Size, point};
use crate::view::spacetime::DiagramFrame;
use gloo_events::{EventListener, EventListenerOptions};
use renderer::CommandThrottle;
use renderer::DiagramRenderer;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, WheelEvent};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SpacetimeProps {
    pub run_view: Rc<RunView>,
    pub context: RenderContext,
    /// Whether it is in a figure, where the wheel scrolls the host page and zooms with Ctrl only.
    #[prop_or_default]
    pub in_figure: bool,
    /// Whether an overview of the whole run is shown below.
    #[prop_or(true)]
    pub overview: bool,
    /// Whether a button shows the whole run.
    #[prop_or_default]
    pub has_fit: bool,
    /// The state that it shares with the other diagram of a comparison.
    #[prop_or_default]
    pub shared: Option<SharedDiagram>,
}

/// The state that both diagrams of a comparison share.
#[derive(Clone, PartialEq)]
pub struct SharedDiagram {
    /// The spans that may be folded: those quiet in both runs.
    pub quiet: Option<Rc<Vec<(Time, Time)>>>,
    pub window: Option<(Time, Time)>,
}

type RendererSlot = Rc<RefCell<Option<DiagramRenderer>>>;

#[component]
pub fn Spacetime(props: &SpacetimeProps) -> Html {
    let dispatcher = use_dispatcher();
    let (room, below, above) = (use_node_ref(), use_node_ref(), use_node_ref());
    let renderer: RendererSlot = use_mut_ref(|| None);
    let look = use_size(&room).map(|size| look(props, size));
    let painting = use_painting(&renderer);
    use_frames(props.context.state.playback.runs_by_the_clock() && look.is_some(), painting);
    use_input(&renderer, [&below, &above], look);
    let sample = use_gestures(&renderer);
    use_wheel(&room, &sample, props.in_figure);
    let onpointerdown = {
        let sample = sample.clone();
        Callback::from(move |event: PointerEvent| {
            // The drag continues outside of the diagram; if capturing fails, it ends at the edge.
            let target = event.target_dyn_into::<Element>();
            let _ = target.map(|target| target.set_pointer_capture(event.pointer_id()));
            if event.button() == 0 {
                sample.emit(DiagramSample::Press(pointer(&event)));
            }
        })
    };
    let onpointermove = sample.reform(|event: PointerEvent| DiagramSample::Move(pointer(&event)));
    let onpointerup =
        sample.reform(|event: PointerEvent| DiagramSample::Release(event.pointer_id()));
    let onpointercancel = sample.reform(|_: PointerEvent| DiagramSample::Cancel);
    let onpointerleave = sample.reform(|_: PointerEvent| DiagramSample::Leave);
    let ondblclick = strike_head(&renderer, &dispatcher);
    html! {
        <div class="spacetime" ref={room} role="group" tabindex="0" aria-label="Space-time diagram"
            aria-description={DIAGRAM_HELP} onkeydown={keys(&sample)}>
            <canvas ref={below} aria-hidden="true" />
            <canvas ref={above} aria-hidden="true" {onpointerdown} {onpointermove} {onpointerup}
                {onpointercancel} {onpointerleave} {ondblclick} />
            if props.has_fit {
                <button class="fit" aria-label="Fit the whole run" title={with_key("Show the whole run", &Command::WholeRun)}
                    onclick={dispatcher.on_click(Command::WholeRun)}>{ "Fit" }</button>
            }
        </div>
    }
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
        // A drag in one run of a comparison would not edit the other.
        edits: shared.is_none() && !state.is_readonly(),
        shares_window: !in_figure,
    }
}

fn pointer(event: &PointerEvent) -> PointerSample {
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
                let [below, above] = canvases.map(|canvas| canvas.cast::<HtmlCanvasElement>());
                *slot = below
                    .zip(above)
                    .and_then(|(below, above)| DiagramRenderer::new([below, above], look.clone()));
            }
        }
        if let Some(renderer) = &mut *slot {
            renderer.paint();
        }
    });
}

/// Handles samples of the pointer, the wheel and the keys. The commands are executed after the renderer's
/// borrow has ended.
#[hook]
fn use_gestures(renderer: &RendererSlot) -> Callback<DiagramSample> {
    let dispatcher = use_dispatcher();
    let throttle = use_memo((), |()| CommandThrottle::new(dispatcher));
    let renderer = renderer.clone();
    use_callback((), move |sample, ()| {
        let commands = renderer.borrow_mut().as_mut().map(|renderer| renderer.handle(sample));
        commands.into_iter().flatten().for_each(|command| throttle.execute(command));
    })
}

/// Zooms with the wheel about the pointer; pans with Shift or with a sideways wheel.
#[hook]
fn use_wheel(room: &NodeRef, sample: &Callback<DiagramSample>, with_control: bool) {
    use_effect_with(
        (room.clone(), sample.clone(), with_control),
        |(room, sample, with_control)| {
            let (sample, with_control) = (sample.clone(), *with_control);
            let options = EventListenerOptions::enable_prevent_default();
            let listener = room.cast::<Element>().map(|room| {
                EventListener::new_with_options(&room, "wheel", options, move |event| {
                    let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
                    if with_control && !event.ctrl_key() {
                        return;
                    }
                    event.prevent_default();
                    let (delta, sideways) = wheel(event);
                    sample.emit(match sideways {
                        true if delta.x != 0.0 => DiagramSample::Pan(-delta.x),
                        true => DiagramSample::Pan(-delta.y),
                        false => DiagramSample::Zoom(Some(place(event).x), factor(delta.y)),
                    });
                })
            });
            move || drop(listener)
        },
    );
}

/// The keys of the diagram: zoom, pan, scroll, cancel.
fn keys(sample: &Callback<DiagramSample>) -> Callback<KeyboardEvent> {
    let sample = sample.clone();
    Callback::from(move |event: KeyboardEvent| {
        let name = event.key();
        let Some(asked) = diagram_sample(key_press(&event, &name)) else { return };
        // The page handles Escape as well.
        if asked != DiagramSample::Cancel {
            event.prevent_default();
        }
        sample.emit(asked);
    })
}

fn strike_head(renderer: &RendererSlot, dispatcher: &Dispatcher) -> Callback<MouseEvent> {
    let (renderer, dispatcher) = (renderer.clone(), dispatcher.clone());
    Callback::from(move |event: MouseEvent| {
        let on = renderer.borrow().as_ref().and_then(|renderer| renderer.view.head(place(&event)));
        if let Some(rank) = on {
            dispatcher.execute_on(Some(Target::Process(rank)), Command::Strike);
        }
    })
}

/// The movement of the wheel in pixels, and whether it pans instead of zooming.
fn wheel(event: &WheelEvent) -> (Point, bool) {
    const LINE: f64 = 16.0;
    const PAGE: f64 = 400.0;
    let unit = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => LINE,
        WheelEvent::DOM_DELTA_PAGE => PAGE,
        _ => 1.0,
    };
    let (x, y) = (event.delta_x() * unit, event.delta_y() * unit);
    let sideways = event.shift_key() || x.abs() > y.abs();
    (point(x, y), sideways)
}

/// The zoom factor of a wheel movement in pixels.
fn factor(delta: f64) -> f64 {
    (-delta / 400.0).clamp(-0.5, 0.5).exp2()
}

/// The position of an event on the canvas.
fn place(event: &MouseEvent) -> Point {
    point(f64::from(event.offset_x()), f64::from(event.offset_y()))
}
