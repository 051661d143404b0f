//! The space-time diagram: a canvas for the static layer, which is painted only when it changes, and one above
//! it for what depends on the playhead. Drags of marks and of the window are throttled.

use crate::scenario::FigureView;
use crate::session::keys::{DIAGRAM_HELP, diagram_sample, with_key};
use crate::session::{
    Command, DiagramGesture, DiagramInput, DiagramSample, DiagramView, PointerSample, RunView,
};
use crate::time::Time;
use crate::types::MessageKind;
use crate::ui::RenderContext;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::{key_press, use_frames, use_size};
use crate::view::geometry::{Point, Size, point};
use crate::view::spacetime::scale::Scale;
use crate::view::spacetime::{self, DiagramFrame, DiagramText};
use crate::view::{Scene, Target};
use crate::web::canvas::{Painter, Ruler};
use crate::web::{clock, media};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Timeout;
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
    let ondblclick = double_click_lane_head(&renderer, &dispatcher);
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

fn double_click_lane_head(
    renderer: &RendererSlot,
    dispatcher: &Dispatcher,
) -> Callback<MouseEvent> {
    let (renderer, dispatcher) = (renderer.clone(), dispatcher.clone());
    Callback::from(move |event: MouseEvent| {
        let on = renderer.borrow().as_ref().and_then(|renderer| renderer.view.head(place(&event)));
        if let Some(rank) = on {
            dispatcher.execute_on(Some(Target::Process(rank)), Command::DoubleClick);
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

pub struct DiagramRenderer {
    canvas: HtmlCanvasElement,
    static_layer: Painter,
    dynamic_layer: Painter,
    ruler: Ruler,
    pub view: DiagramView,
    gesture: DiagramGesture,
    painted: Option<StaticLayer>,
}

/// The static layer on the canvas.
struct StaticLayer {
    scale: Scale,
    frame: DiagramFrame,
    scene: Scene,
    writing: DiagramText,
}

impl DiagramRenderer {
    /// `None` if the browser provides no canvas context.
    pub fn new([below, above]: [HtmlCanvasElement; 2], input: DiagramInput) -> Option<Self> {
        let static_layer = Painter::new(below).ok()?;
        let dynamic_layer = Painter::new(above.clone()).ok()?;
        Some(Self {
            canvas: above,
            ruler: dynamic_layer.ruler(),
            static_layer,
            dynamic_layer,
            view: DiagramView::new(input, clock::now()),
            gesture: DiagramGesture::default(),
            painted: None,
        })
    }

    /// Replaces the input.
    pub fn set(&mut self, input: DiagramInput) {
        self.view.clock = clock::now();
        if self.view.set(input) {
            self.painted = None;
        }
    }

    /// Handles an input and returns the commands that follow.
    pub fn handle(&mut self, sample: DiagramSample) -> Vec<Command> {
        self.view.clock = clock::now();
        let shape = self.gesture.pointer_shape;
        let commands = self.gesture.handle(sample, &mut self.view);
        if self.gesture.pointer_shape != shape {
            // The name is valid, so no browser refuses.
            let _ = self.canvas.style().set_property("cursor", self.gesture.pointer_shape);
        }
        self.paint();
        commands
    }

    /// Paints the current instant.
    pub fn paint(&mut self) {
        self.view.clock = clock::now();
        let (scale, is_read) = self.view.prepare();
        if is_read {
            self.painted = None;
        }
        let now = self.view.cursor_state();
        let ratio = media::pixel_ratio();
        let frame = self.view.input().frame;
        let Some(diagram) = self.view.diagram(&scale) else { return };
        // The pointer and the selection do not affect the static layer.
        let still = DiagramFrame { hovered: None, selected: None, ..frame };
        let stays = self.painted.as_ref().is_some_and(|p| p.scale == scale && p.frame == still);
        if !stays {
            let (scene, writing) = spacetime::static_layer(&diagram, &still, &self.ruler);
            self.static_layer.paint(&scene, ratio);
            self.painted = Some(StaticLayer { scale: scale.clone(), frame: still, scene, writing });
        }
        let Some(painted) = &self.painted else { return };
        let mut live = spacetime::live(&diagram, &frame, &painted.writing, &now, &self.ruler);
        self.dynamic_layer.paint(&live, ratio);
        if !stays {
            let mut regions = painted.scene.hit_regions.clone();
            regions.append(&mut live.hit_regions);
            self.view.set_hit_regions(regions);
        }
    }
}

/// The pause after which a moved window is passed on to the session, in milliseconds.
const REST: u32 = 300;

pub struct CommandThrottle {
    dispatcher: Dispatcher,
    drag: Rc<RefCell<Option<Command>>>,
    frame: Rc<RefCell<Option<AnimationFrame>>>,
    rest: RefCell<Option<Timeout>>,
}

impl CommandThrottle {
    pub fn new(dispatcher: Dispatcher) -> Self {
        Self { dispatcher, drag: Rc::default(), frame: Rc::default(), rest: RefCell::default() }
    }

    pub fn execute(&self, command: Command) {
        if matches!(command, Command::Drag(_)) {
            return self.execute_in_frame(command);
        }
        if matches!(command, Command::ShowWindow(_)) {
            let dispatcher = self.dispatcher.clone();
            let rest = Timeout::new(REST, move || dispatcher.execute(command));
            *self.rest.borrow_mut() = Some(rest);
            return;
        }
        if matches!(command, Command::Settle | Command::GiveUp) {
            // The end of a drag needs its last position.
            let last = self.forget_drag().filter(|_| command == Command::Settle);
            last.into_iter().for_each(|last| self.dispatcher.execute(last));
        }
        self.dispatcher.execute(command);
    }

    fn execute_in_frame(&self, command: Command) {
        *self.drag.borrow_mut() = Some(command);
        if self.frame.borrow().is_some() {
            return;
        }
        let (dispatcher, drag, frame) =
            (self.dispatcher.clone(), self.drag.clone(), self.frame.clone());
        let asked = request_animation_frame(move |_| {
            drop(frame.take());
            if let Some(last) = drag.take() {
                dispatcher.execute(last);
            }
        });
        *self.frame.borrow_mut() = Some(asked);
    }

    /// Takes the drag that has not been executed yet.
    fn forget_drag(&self) -> Option<Command> {
        drop(self.frame.take());
        self.drag.take()
    }
}
