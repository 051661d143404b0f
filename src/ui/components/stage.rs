//! The stage: a canvas that paints itself, and over it one real button a process.

mod brush;
mod mirror;

use crate::session::{Made, Pace, Playback};
use crate::ui::hooks::{use_frames, use_media, use_size};
use crate::view::Target;
use crate::view::geometry::{Point, point};
use crate::view::palette::Theme;
use crate::view::picture::Picture;
use crate::view::ring::Inset;
use crate::view::stage::Frame;
use crate::view::start;
use crate::vocabulary::{MessageKind, Rank};
use crate::web::media;
use brush::{Brush, Look};
use mirror::Mirror;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct StageProps {
    pub made: Rc<Made>,
    pub playback: Playback,
    pub pace: Rc<Pace>,
    /// The same instant for the mirror, as often as words change.
    pub picture: Rc<Picture>,
    pub theme: Theme,
    pub reduced_motion: bool,
    pub coarse: bool,
    pub selected: Option<Target>,
    pub shown: [bool; MessageKind::ALL.len()],
    /// Larger, and without anything over its edges.
    #[prop_or_default]
    pub on_start: bool,
    pub onselect: Callback<Option<Target>>,
    /// A double click on a process: it crashes, or recovers.
    pub onstrike: Callback<Rank>,
}

type Shared = Rc<RefCell<Option<Brush>>>;

#[component]
pub fn Stage(props: &StageProps) -> Html {
    let (room, canvas) = (use_node_ref(), use_node_ref());
    let brush: Shared = use_mut_ref(|| None);
    let size = use_size(&room);
    let is_narrow = use_media(media::NARROW);
    let focused = use_state_eq(|| None::<Rank>);
    let look = size.map(|size| Look {
        made: props.made.clone(),
        playback: props.playback,
        pace: props.pace.clone(),
        frame: Frame {
            theme: props.theme,
            reduced_motion: props.reduced_motion,
            coarse: props.coarse,
            selected: props.selected,
            focused: focused.map(Target::Process),
            shown: props.shown,
            ..match props.on_start {
                true => start::frame(size, &props.made.run.scenario().ranks),
                false => Frame { inset: inset(is_narrow), ..Frame::new(size) },
            }
        },
    });
    use_paint(&brush, &canvas, look.clone());
    let paint = use_callback((), {
        let brush = brush.clone();
        move |(), ()| paint(&brush)
    });
    use_frames(props.playback.runs_by_the_clock() && look.is_some(), paint);

    let onpointermove = pointer(&brush, |brush, target| {
        if brush.hover(target) {
            brush.show_hand(target.is_some());
            brush.paint();
        }
    });
    let onpointerleave = pointer(&brush, |brush, _| {
        if brush.hover(None) {
            brush.paint();
        }
    });
    let onclick = picked(&brush, props.onselect.clone());
    let strike = props.onstrike.clone();
    let ondblclick = picked(
        &brush,
        Callback::from(move |target| {
            if let Some(Target::Process(rank)) = target {
                strike.emit(rank);
            }
        }),
    );
    html! {
        <div class="stage-room" ref={room}>
            <canvas class="stage" ref={canvas} aria-hidden="true" {onpointermove} {onpointerleave}
                {onclick} {ondblclick} />
            if let Some(look) = look {
                <Mirror picture={props.picture.clone()} frame={look.frame}
                    onselect={props.onselect.clone()} onstrike={props.onstrike.clone()}
                    onfocus={Callback::from(move |rank| focused.set(rank))} />
            }
        </div>
    }
}

/// What the page lays over the stage: the key above, and where there is room the legend below.
fn inset(is_narrow: bool) -> Inset {
    match is_narrow {
        true => Inset { top: 31.0, bottom: 4.0, ..Inset::default() },
        false => Inset { top: 22.0, bottom: 43.0, ..Inset::default() },
    }
}

#[hook]
fn use_paint(brush: &Shared, canvas: &NodeRef, look: Option<Look>) {
    let (brush, canvas) = (brush.clone(), canvas.clone());
    use_effect_with(look, move |look| {
        let mut slot = brush.borrow_mut();
        if slot.is_none() {
            *slot = canvas.cast::<HtmlCanvasElement>().and_then(Brush::new);
        }
        if let (Some(brush), Some(look)) = (&mut *slot, look) {
            brush.set(look.clone());
            brush.paint();
        }
    });
}

fn paint(brush: &Shared) {
    if let Some(brush) = &mut *brush.borrow_mut() {
        brush.paint();
    }
}

/// Does something with what lies under the pointer.
fn pointer(
    brush: &Shared,
    act: impl Fn(&mut Brush, Option<Target>) + 'static,
) -> Callback<PointerEvent> {
    let brush = brush.clone();
    Callback::from(move |event: PointerEvent| {
        if let Some(brush) = &mut *brush.borrow_mut() {
            let target = brush.pick(place(&event));
            act(brush, target);
        }
    })
}

/// Tells what was clicked on; the end of a borrow comes before anything follows from it.
fn picked(brush: &Shared, tell: Callback<Option<Target>>) -> Callback<MouseEvent> {
    let brush = brush.clone();
    Callback::from(move |event: MouseEvent| {
        let target = brush.borrow().as_ref().and_then(|brush| brush.pick(place(&event)));
        tell.emit(target);
    })
}

fn place(event: &MouseEvent) -> Point {
    point(f64::from(event.offset_x()), f64::from(event.offset_y()))
}
