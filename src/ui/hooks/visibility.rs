//! Whether an element is in sight: not scrolled away, and in a window that somebody can see.

use crate::web::visibility;
use crate::web::visibility::SightWatch;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// Calls back with whether the element is in sight: once that is known, and whenever it changes.
#[hook]
pub fn use_visible(node: &NodeRef, changed: Callback<bool>) {
    use_effect_with((node.clone(), changed), |(node, changed)| {
        // What is not known to be out of sight is in it.
        let (near, seen) = (Rc::new(Cell::new(true)), Rc::new(Cell::new(true)));
        let tell = {
            let (near, seen, changed) = (near.clone(), seen.clone(), changed.clone());
            let told = Cell::new(None);
            Rc::new(move || {
                let now = near.get() && seen.get();
                if told.replace(Some(now)) != Some(now) {
                    changed.emit(now);
                }
            })
        };
        seen.set(!gloo_utils::document().hidden());
        let scrolled = node.cast::<Element>().and_then(|element| {
            let tell = tell.clone();
            SightWatch::new(&element, move |is_near| {
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
