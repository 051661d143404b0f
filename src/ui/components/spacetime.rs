//! The space-time diagram: two canvases, the ground and above it what the playhead changes, and the
//! hand that scrubs, zooms and drags on them.

mod gestures;
mod renderer;
mod throttle;

use crate::scenario::FigureView;
use crate::session::{Playback, PlaybackPace, RunView};
use crate::time::Time;
use crate::types::{MessageKind, Rank};
use crate::ui::hooks::{use_frames, use_size};
use crate::view::Target;
use crate::view::geometry::Size;
use crate::view::palette::ColourTheme;
use crate::view::spacetime::{ChainHighlight, DiagramFrame, TimeDrag};
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
    pub playback: Playback,
    pub pace: Rc<PlaybackPace>,
    /// The cursor, as often as words change.
    pub cursor: Time,
    pub theme: ColourTheme,
    pub coarse: bool,
    pub reduced_motion: bool,
    pub selected: Option<Target>,
    pub shown: [bool; MessageKind::ALL.len()],
    /// Why something happened, while that is asked.
    #[prop_or_default]
    pub chain: Option<Rc<ChainHighlight>>,
    pub skips_quiet: bool,
    /// A lesson asks what is to come: the diagram would show it.
    #[prop_or_default]
    pub veiled: bool,
    /// Whether the stage above it has all the room, or the diagram, and how that is changed.
    #[prop_or(FigureView::Both)]
    pub view: FigureView,
    #[prop_or_default]
    pub onview: Callback<FigureView>,
    /// What may be folded instead of the run's own quiet time: that of both runs of a comparison.
    #[prop_or_default]
    pub quiet: Option<Rc<Vec<(Time, Time)>>>,
    /// In a figure, where the wheel scrolls the page around it: it zooms with Ctrl alone.
    #[prop_or_default]
    pub in_figure: bool,
    /// Whether the whole run is shown below.
    #[prop_or(true)]
    pub overview: bool,
    /// A process that is pointed at elsewhere.
    #[prop_or_default]
    pub hovered: Option<Rank>,
    /// What to show, whenever that changes: otherwise the first election, and then what the hand chose.
    #[prop_or_default]
    pub window: Option<(Time, Time)>,
    /// How many scenarios have been opened: each is looked at anew, and an edit of one is not.
    #[prop_or_default]
    pub opening: u32,
    pub onseek: Callback<Time>,
    /// A hand is on the playhead, so that nothing plays on under it, or no longer.
    pub onhold: Callback<bool>,
    pub onselect: Callback<Option<Target>>,
    /// A double click on a process: it crashes, or recovers.
    pub onstrike: Callback<Rank>,
    /// A process is pointed at here, or no longer.
    #[prop_or_default]
    pub onhover: Callback<Option<Rank>>,
    /// A window that a hand chose, once it rests.
    #[prop_or_default]
    pub onwindow: Callback<(Time, Time)>,
    /// Something is dragged along time, at most once a frame; nothing, where that is given up.
    #[prop_or_default]
    pub ondrag: Callback<Option<TimeDrag>>,
    #[prop_or_default]
    pub ondrop: Callback<()>,
    /// Shows the whole run; without it there is no button for that.
    #[prop_or_default]
    pub onfit: Option<Callback<()>>,
}

type SharedDiagram = Rc<RefCell<Option<DiagramRenderer>>>;

const HELP: &str = "Drag the playhead to scrub. Wheel or Page Up and Page Down zoom, Shift and wheel \
    or Alt and the arrows pan. Drag the end of a message, a timer or a fault to move it in time.";

#[component]
pub fn Spacetime(props: &SpacetimeProps) -> Html {
    let (room, ground, live) = (use_node_ref(), use_node_ref(), use_node_ref());
    let renderer: SharedDiagram = use_mut_ref(|| None);
    let look = use_size(&room).map(|size| look(props, size));
    let painting = use_painting(&renderer);
    use_frames(props.playback.runs_by_the_clock() && look.is_some(), painting);
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
    let ondblclick = struck(&renderer, &props.onstrike);
    html! {
        <div class="spacetime" ref={room} role="group" tabindex="0" aria-label="Space-time diagram"
            aria-description={HELP} onkeydown={keys(&hand)}>
            <canvas ref={ground} aria-hidden="true" />
            <canvas ref={live} aria-hidden="true" onpointerdown={down} onpointermove={moves}
                onpointerup={up} onpointercancel={lost} onpointerleave={leaves} {ondblclick} />
            if let Some(onfit) = &props.onfit {
                <button class="fit" aria-label="Fit the whole run" title="Show the whole run (0)"
                    onclick={onfit.reform(|_: MouseEvent| ())}>{ "Fit" }</button>
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
    let frame = DiagramFrame {
        theme: props.theme,
        coarse: props.coarse,
        selected: props.selected,
        shown: props.shown,
        overview: props.overview,
        alone: props.view == FigureView::Spacetime,
        ..DiagramFrame::new(size)
    };
    DiagramInput {
        run_view: props.run_view.clone(),
        playback: props.playback,
        pace: props.pace.clone(),
        cursor: props.cursor,
        frame,
        chain: props.chain.clone(),
        skips_quiet: props.skips_quiet,
        quiet: props.quiet.clone(),
        reduced_motion: props.reduced_motion,
        window: props.window,
        opening: props.opening,
        hovered: props.hovered,
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
fn use_painting(renderer: &SharedDiagram) -> Callback<()> {
    let renderer = renderer.clone();
    use_callback((), move |(), ()| {
        if let Some(renderer) = &mut *renderer.borrow_mut() {
            renderer.paint();
        }
    })
}

#[hook]
fn use_input(renderer: &SharedDiagram, canvases: [&NodeRef; 2], look: Option<DiagramInput>) {
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
fn use_gestures(props: &SpacetimeProps, renderer: &SharedDiagram) -> Callback<DiagramCommand> {
    let latest = use_mut_ref(|| props.clone());
    *latest.borrow_mut() = props.clone();
    let throttle = use_memo((), |()| EventThrottle::new(latest));
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

fn struck(renderer: &SharedDiagram, strike: &Callback<Rank>) -> Callback<MouseEvent> {
    let (renderer, strike) = (renderer.clone(), strike.clone());
    Callback::from(move |event: MouseEvent| {
        let on = renderer.borrow().as_ref().and_then(|renderer| renderer.head(place(&event)));
        if let Some(rank) = on {
            strike.emit(rank);
        }
    })
}
