//! The stage: a canvas that paints itself and what it keeps from frame to frame, a button above it for each
//! target, a tooltip, and a context menu.

mod accessible_list;
mod pointer;

use super::ContextMenu;
use crate::run::Snapshot;
use crate::session::{
    MenuItem, Playback, PlaybackPace, RunView, first_offer, offers, offers_in_figure,
};
use crate::time::Duration;
use crate::types::{MessageKind, Rank};
use crate::ui::RenderContext;
use crate::ui::hooks::{use_frames, use_media, use_size};
use crate::view::geometry::{Point, Size};
use crate::view::model::StageModel;
use crate::view::ring::{Inset, RingLayout};
use crate::view::spacetime::ChainHighlight;
use crate::view::stage::{self, CutLine, StageFrame, magnification, sides};
use crate::view::{HitArea, Scene, Target, accessibility, build, picture};
use crate::web::canvas::{Painter, Ruler};
use crate::web::{clock, media};
use accessible_list::AccessibleList;
use pointer::{PointerController, SharedPointer, on, use_pointer};
use std::rc::Rc;
use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

/// The place of a stage, which decides its content, its size and its commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StagePlace {
    Page,
    /// Magnified, for an audience.
    Presentation,
    /// Larger, with nothing over its edges.
    Start,
    Comparison,
    /// With nothing over its edges, and without the commands that a figure does not support.
    Figure,
}

#[derive(Clone, PartialEq, Properties)]
pub struct StageProps {
    pub run_view: Rc<RunView>,
    pub context: RenderContext,
    /// The stage for its accessible list, which is updated less often than each frame.
    pub picture: Rc<StageModel>,
    pub place: StagePlace,
}

#[component]
pub fn Stage(props: &StageProps) -> Html {
    let StageProps { run_view, context, picture, place } = props;
    let (room, canvas) = (use_node_ref(), use_node_ref());
    let renderer: SharedPointer = use_mut_ref(|| None);
    let whole = use_size(&room);
    let is_magnified = *place == StagePlace::Presentation;
    let scale = whole.filter(|_| is_magnified).map_or(1.0, magnification);
    let size =
        whole.map(|Size { width, height }| Size { width: width / scale, height: height / scale });
    let plane = use_scaled(size, scale);
    let is_narrow = use_media(media::NARROW);
    let focused = use_state_eq(|| None::<Target>);
    let (menu, tip) = (use_state_eq(|| None), use_state_eq(|| None));
    let pointer = use_pointer(&renderer, &canvas, menu.setter(), tip.setter());
    let gestures = !context.state.is_readonly();
    pointer.gestures.set(gestures);
    let playback = context.state.playback;
    let look = size.map(|size| {
        let frame = match place {
            StagePlace::Start => picture::start_frame(size, &run_view.run.scenario().ranks),
            StagePlace::Page | StagePlace::Comparison => {
                StageFrame { inset: inset(is_narrow), ..StageFrame::new(size) }
            }
            StagePlace::Presentation | StagePlace::Figure => {
                StageFrame { inset: BARE, ..StageFrame::new(size) }
            }
        };
        let frame = StageFrame { focused: *focused, ..framed(frame, *place, context) };
        let chain = context.chain.clone();
        let (run_view, pace) = (run_view.clone(), context.pace.clone());
        StageInput { run_view, playback, pace, scale, chain, frame }
    });
    use_paint(&renderer, &canvas, look.clone(), picture);
    let paint = use_callback((), {
        let renderer = renderer.clone();
        move |(), ()| paint(&renderer)
    });
    use_frames(playback.runs_by_the_clock() && look.is_some(), paint);

    let closed = menu.setter();
    html! {
        <div class="stage-container" ref={room}><div class="stage-layers" ref={plane}>
            { stage_canvas(&canvas, &pointer) }
            if let Some(look) = look {
                <AccessibleList picture={picture.clone()} frame={look.frame} {gestures}
                    onfocus={Callback::from(move |target| focused.set(target))}
                    onmenu={Callback::from(move |(target, at)| pointer.open(target, at))} />
                if let Some((target, at, offers)) = menu.and_then(|at| open_menu(at, props)) {
                    <ContextMenu {target} {at} {offers} room={look.frame.size}
                        onclose={Callback::from(move |()| closed.set(None))} />
                } else if let Some((Some(target), at)) = *tip {
                    <Tip {target} {at} room={look.frame.size} picture={picture.clone()} />
                }
            }
        </div></div>
    }
}

/// The frame with the session's state as this place shows it.
fn framed(frame: StageFrame, place: StagePlace, context: &RenderContext) -> StageFrame {
    let RenderContext { state, theme, coarse, reduced_motion, .. } = context;
    let hovered = state.hovered.map(Target::Process);
    let (selected, hovered, shown) = match place {
        StagePlace::Page | StagePlace::Presentation | StagePlace::Figure => {
            (state.selected, hovered, state.shown)
        }
        StagePlace::Comparison => (state.selected, None, [true; MessageKind::ALL.len()]),
        StagePlace::Start => (None, None, [true; MessageKind::ALL.len()]),
    };
    let (theme, coarse, reduced_motion) = (*theme, *coarse, *reduced_motion);
    StageFrame { theme, coarse, reduced_motion, selected, hovered, shown, ..frame }
}

/// Lays an element out in a size and scales it. It uses the style object, since the page's policy forbids
/// style attributes.
#[hook]
fn use_scaled(size: Option<Size>, scale: f64) -> NodeRef {
    let plane = use_node_ref();
    use_effect_with((plane.clone(), size, scale), |(plane, size, scale)| {
        let Some((plane, size)) = plane.cast::<HtmlElement>().zip(*size) else { return };
        let (width, height, transform) = match *scale {
            1.0 => (String::new(), String::new(), String::new()),
            scale => (
                format!("{}px", size.width),
                format!("{}px", size.height),
                format!("scale({scale})"),
            ),
        };
        for (name, value) in [("width", width), ("height", height), ("transform", transform)] {
            // The names are valid, so no browser refuses.
            let _ = plane.style().set_property(name, &value);
        }
    });
    plane
}

/// A menu with its items; `None` if there are none.
fn open_menu(
    (target, at): (Option<Target>, Point),
    props: &StageProps,
) -> Option<(Option<Target>, Point, Vec<MenuItem>)> {
    let offered = match props.place {
        StagePlace::Figure => offers_in_figure(target, &props.picture),
        StagePlace::Page
        | StagePlace::Presentation
        | StagePlace::Start
        | StagePlace::Comparison => offers(target, &props.picture),
    };
    (!offered.is_empty()).then_some((target, at, offered))
}

/// The canvas with its pointer events.
fn stage_canvas(canvas: &NodeRef, pointer: &Rc<PointerController>) -> Html {
    html! {
        <canvas class="stage" ref={canvas} aria-hidden="true"
            onpointerdown={on(pointer, |pointer, event: &PointerEvent| pointer.down(event))}
            onpointermove={on(pointer, |pointer, event: &PointerEvent| pointer.moved(event))}
            onpointerup={on(pointer, |pointer, _: &PointerEvent| pointer.up())}
            onpointercancel={on(pointer, |pointer, _: &PointerEvent| pointer.give_up())}
            onpointerleave={on(pointer, |pointer, _: &PointerEvent| pointer.leave())}
            onclick={on(pointer, |pointer, event: &MouseEvent| pointer.click(event))}
            ondblclick={on(pointer, |pointer, event: &MouseEvent| pointer.double_click(event))}
            oncontextmenu={on(pointer, |pointer, event: &MouseEvent| pointer.context_menu(event))} />
    }
}

/// The inset if nothing is over the stage's edges.
const BARE: Inset = Inset { top: 8.0, right: 6.0, bottom: 8.0, left: 6.0 };

/// The inset for what the page places over the stage: the key of colours above and, in wide windows, the
/// legend of messages below.
fn inset(is_narrow: bool) -> Inset {
    match is_narrow {
        true => Inset { top: 31.0, bottom: 4.0, ..Inset::default() },
        false => Inset { top: 22.0, bottom: 43.0, ..Inset::default() },
    }
}

#[hook]
fn use_paint(
    renderer: &SharedPointer,
    canvas: &NodeRef,
    look: Option<StageInput>,
    picture: &Rc<StageModel>,
) {
    let (renderer, canvas, picture) = (renderer.clone(), canvas.clone(), picture.clone());
    use_effect_with(look, move |look| {
        let mut slot = renderer.borrow_mut();
        if slot.is_none() {
            *slot = canvas.cast::<HtmlCanvasElement>().and_then(StageRenderer::new);
        }
        if let (Some(renderer), Some(look)) = (&mut *slot, look) {
            renderer.set(look.clone(), picture);
            renderer.paint();
        }
    });
}

fn paint(renderer: &SharedPointer) {
    if let Some(renderer) = &mut *renderer.borrow_mut() {
        renderer.paint();
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct TipProps {
    pub target: Target,
    /// The position of the pointer.
    pub at: Point,
    pub room: Size,
    pub picture: Rc<StageModel>,
}

#[component]
pub fn Tip(props: &TipProps) -> Html {
    let node = use_node_ref();
    let TipProps { target, at, room, picture } = props;
    use_effect_with((node.clone(), *at, *room), |(node, at, room)| {
        if let Some(tip) = node.cast::<HtmlElement>() {
            let (width, height) = (f64::from(tip.offset_width()), f64::from(tip.offset_height()));
            let left = (at.x + 12.0).min(room.width - width - 4.0).max(4.0);
            let below = at.y + 20.0;
            let top = if below + height > room.height { at.y - height - 8.0 } else { below };
            let style = tip.style();
            // The names are valid, so no browser refuses.
            let _ = style.set_property("left", &format!("{left:.0}px"));
            let _ = style.set_property("top", &format!("{top:.0}px"));
        }
    });
    let offer = first_offer(*target, picture);
    html! {
        <div class="tip" ref={node} aria-hidden="true">
            { accessibility::words(picture, *target) }
            if let Some((key, offer)) = offer.and_then(|offer| Some((offer.key()?, offer.words))) {
                <span class="tip-action"><kbd>{ key }</kbd>{ offer }</span>
            }
        </div>
    }
}

/// The input of the stage: the run, the playback and the frame.
#[derive(Clone, Debug, PartialEq)]
pub struct StageInput {
    pub run_view: Rc<RunView>,
    pub playback: Playback,
    pub pace: Rc<PlaybackPace>,
    /// The magnification of the drawing.
    pub scale: f64,
    /// The explanation to highlight.
    pub chain: Option<Rc<ChainHighlight>>,
    pub frame: StageFrame,
}

/// The age up to which messages of an explanation are drawn; older ones are in the diagram only, since the
/// stage would have to read too much of the run.
const LONGEST_CHAIN: Duration = Duration::ms(2_000);

pub struct StageRenderer {
    canvas: HtmlCanvasElement,
    painter: Painter,
    ruler: Ruler,
    look: Option<StageInput>,
    /// The target under the pointer, and the line that it draws; both change between two inputs.
    hovered: Option<Target>,
    cut_line: Option<CutLine>,
    /// The page's model of the stage, so that a paused run need not be read again.
    still: Option<Rc<StageModel>>,
    /// The snapshot painted last, from which playback continues.
    snapshot: Option<Snapshot>,
    /// The layout, rebuilt only if the size or the processes change.
    ring: Option<RingLayout>,
    scene: Scene,
}

impl StageRenderer {
    /// `None` if the browser provides no canvas context.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let painter = Painter::new(canvas.clone()).ok()?;
        let ruler = painter.ruler();
        Some(Self {
            canvas,
            painter,
            ruler,
            look: None,
            hovered: None,
            cut_line: None,
            still: None,
            snapshot: None,
            ring: None,
            scene: Scene::default(),
        })
    }

    /// Replaces the input; `still` is the model of the same run at the page's cursor.
    pub fn set(&mut self, look: StageInput, still: Rc<StageModel>) {
        let same_run =
            self.look.as_ref().is_some_and(|old| Rc::ptr_eq(&old.run_view, &look.run_view));
        let same_place = self.look.as_ref().is_some_and(|old| {
            (old.frame.size, old.frame.inset) == (look.frame.size, look.frame.inset)
                && old.run_view.run.scenario().ranks == look.run_view.run.scenario().ranks
                && old.run_view.run.scenario().zones == look.run_view.run.scenario().zones
        });
        if !same_run {
            self.snapshot = None;
        }
        if !same_place {
            self.ring = None;
        }
        self.look = Some(look);
        self.still = Some(still);
    }

    /// Sets the target under the pointer and the line that it draws, and paints if they have changed.
    pub fn follow(&mut self, hovered: Option<Target>, cut_line: Option<CutLine>) {
        if (self.hovered, self.cut_line) == (hovered, cut_line) {
            return;
        }
        (self.hovered, self.cut_line) = (hovered, cut_line);
        let cursor = match (cut_line, hovered) {
            (Some(_), _) => "crosshair",
            (None, Some(Target::Handle(_))) => "grab",
            (None, Some(_)) => "pointer",
            (None, None) => "default",
        };
        // The name is valid, so no browser refuses.
        let _ = self.canvas.style().set_property("cursor", cursor);
        self.paint();
    }

    pub fn hovered(&self) -> Option<Target> {
        self.hovered
    }

    pub fn area(&self, target: Target) -> Option<HitArea> {
        self.scene.area(target)
    }

    /// The processes on the left and on the right of a line; empty before the first paint.
    pub fn sides(&self, cut_line: CutLine) -> [Vec<Rank>; 2] {
        self.ring.as_ref().map_or_else(Default::default, |ring| sides(ring, cut_line))
    }

    pub fn pick(&self, at: Point) -> Option<Target> {
        self.scene.pick(at)
    }

    /// Paints the current instant.
    pub fn paint(&mut self) {
        let Some(StageInput { run_view, playback, pace, scale, chain, frame }) = &self.look else {
            return;
        };
        let hovered = self.hovered.or(frame.hovered);
        let frame = &StageFrame { hovered, cut_line: self.cut_line, ..*frame };
        let time = playback.cursor(clock::now(), pace);
        let picture = match &self.still {
            Some(still) if still.now == time && chain.is_none() => still.clone(),
            _ => {
                let memory = build::memory(run_view.run.scenario());
                let asked = chain.as_ref().map(|chain| time.since(chain.since).min(LONGEST_CHAIN));
                let memory = asked.map_or(memory, |asked| memory.max(asked));
                let snapshot = run_view.run.snapshot(self.snapshot.take(), time, memory);
                let picture = run_view.picture(&snapshot);
                self.snapshot = Some(snapshot);
                Rc::new(match chain {
                    Some(chain) => picture.highlighting(&chain.ranks, &chain.messages),
                    None => picture,
                })
            }
        };
        let ring = self.ring.get_or_insert_with(|| stage::ring(&picture, frame));
        self.scene = stage::scene_on(&picture, frame, ring, &self.ruler);
        self.painter.paint(&self.scene, media::pixel_ratio() * scale);
    }
}
