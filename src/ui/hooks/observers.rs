//! Hooks that observe the browser: whether the page or an element is visible, media queries, sizes.

use crate::session::Command;
use crate::ui::dispatcher::Dispatcher;
use crate::view::geometry::Size;
use crate::web::media::SizeWatch;
use crate::web::visibility::VisibilityWatch;
use crate::web::{media, visibility};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// Suspends playback while the element or the page is not visible.
#[hook]
pub fn use_visible(node: &NodeRef, dispatcher: &Dispatcher) {
    use_effect_with((node.clone(), dispatcher.clone()), |(node, dispatcher)| {
        // Visible until an observer says otherwise.
        let (near, seen) = (Rc::new(Cell::new(true)), Rc::new(Cell::new(true)));
        let tell = {
            let (near, seen, dispatcher) = (near.clone(), seen.clone(), dispatcher.clone());
            let last = Cell::new(None);
            Rc::new(move || {
                let now = near.get() && seen.get();
                if last.replace(Some(now)) != Some(now) {
                    dispatcher.execute(Command::Hold(!now));
                }
            })
        };
        seen.set(!gloo_utils::document().hidden());
        let scrolled = node.cast::<Element>().and_then(|element| {
            let tell = tell.clone();
            VisibilityWatch::new(&element, move |is_near| {
                near.set(is_near);
                tell();
            })
        });
        if scrolled.is_none() {
            tell();
        }
        let listener = visibility::on_change(move |is_seen| {
            seen.set(is_seen);
            tell();
        });
        move || drop((scrolled, listener))
    });
}

/// Whether a media query matches, updated on each change.
#[hook]
pub fn use_media(query: &'static str) -> bool {
    let holds = use_state_eq(|| media::matches(query));
    let set = holds.setter();
    use_effect_with(query, move |query| {
        let listener = media::on_change(query, move |now| set.set(now));
        move || drop(listener)
    });
    *holds
}

/// Suspends playback while the page is hidden.
#[hook]
pub fn use_visibility(dispatcher: &Dispatcher) {
    use_effect_with(dispatcher.clone(), |dispatcher| {
        let dispatcher = dispatcher.clone();
        let listener = visibility::on_change(move |seen| dispatcher.execute(Command::Hold(!seen)));
        move || drop(listener)
    });
}

/// The size in CSS pixels; `None` before the first layout.
#[hook]
pub fn use_size(node: &NodeRef) -> Option<Size> {
    let size = use_state_eq(|| None);
    let set = size.setter();
    use_effect_with(node.clone(), move |node| {
        let element = node.cast::<Element>();
        let watch = element.and_then(|e| SizeWatch::new(&e, move |size| set.set(Some(size))));
        move || drop(watch)
    });
    *size
}

/// The height of the window in CSS pixels.
#[hook]
pub fn use_window_height() -> f64 {
    let height = use_state_eq(media::window_height);
    let set = height.setter();
    use_effect_with((), move |()| {
        let listener = media::on_window_resize(move || set.set(media::window_height()));
        move || drop(listener)
    });
    *height
}
