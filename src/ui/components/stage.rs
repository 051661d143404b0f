//! The stage: a canvas that paints itself, a button above it for each target, a tooltip, and a context menu.

mod accessible_list;
mod pointer;
mod renderer;

use super::ContextMenu;
use crate::session::{MenuItem, RunView, first_offer, offers, offers_in_figure};
use crate::types::MessageKind;
use crate::ui::hooks::{use_frames, use_media, use_size};
use crate::ui::render_context::RenderContext;
use crate::view::geometry::{Point, Size};
use crate::view::model::StageModel;
use crate::view::ring::Inset;
use crate::view::stage::{StageFrame, magnification};
use crate::view::{Target, accessibility, start};
use crate::web::media;
use accessible_list::Mirror;
use pointer::{PointerController, SharedPointer, on, use_pointer};
use renderer::{StageInput, StageRenderer};
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
    let grip = use_pointer(&renderer, &canvas, menu.setter(), tip.setter());
    let gestures = !context.state.is_readonly();
    grip.gestures.set(gestures);
    let playback = context.state.playback;
    let look = size.map(|size| {
        let frame = match place {
            StagePlace::Start => start::frame(size, &run_view.run.scenario().ranks),
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
        <div class="stage-room" ref={room}><div class="stage-plane" ref={plane}>
            { surface(&canvas, &grip) }
            if let Some(look) = look {
                <Mirror picture={picture.clone()} frame={look.frame} {gestures}
                    onfocus={Callback::from(move |target| focused.set(target))}
                    onmenu={Callback::from(move |(target, at)| grip.open(target, at))} />
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
fn surface(canvas: &NodeRef, grip: &Rc<PointerController>) -> Html {
    html! {
        <canvas class="stage" ref={canvas} aria-hidden="true"
            onpointerdown={on(grip, |grip, event: &PointerEvent| grip.down(event))}
            onpointermove={on(grip, |grip, event: &PointerEvent| grip.moved(event))}
            onpointerup={on(grip, |grip, _: &PointerEvent| grip.up())}
            onpointercancel={on(grip, |grip, _: &PointerEvent| grip.give_up())}
            onpointerleave={on(grip, |grip, _: &PointerEvent| grip.leave())}
            onclick={on(grip, |grip, event: &MouseEvent| grip.click(event))}
            ondblclick={on(grip, |grip, event: &MouseEvent| grip.double_click(event))}
            oncontextmenu={on(grip, |grip, event: &MouseEvent| grip.context_menu(event))} />
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
