//! Whether an element is in sight: not scrolled away, and in a window that somebody can see.

use crate::web::sight::SightWatch;
use crate::web::visibility;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// Calls back whenever the element goes out of sight or comes back.
#[hook]
pub fn use_sight(node: &NodeRef, changed: Callback<bool>) {
    use_effect_with((node.clone(), changed), |(node, changed)| {
        // What is not known to be out of sight is in it.
        let (near, seen) = (Rc::new(Cell::new(true)), Rc::new(Cell::new(true)));
        let tell = {
            let (near, seen, changed) = (near.clone(), seen.clone(), changed.clone());
            let told = Cell::new(true);
            Rc::new(move || {
                let now = near.get() && seen.get();
                if told.replace(now) != now {
                    changed.emit(now);
                }
            })
        };
        let scrolled = node.cast::<Element>().and_then(|element| {
            let tell = tell.clone();
            SightWatch::new(&element, move |is_near| {
                near.set(is_near);
                tell();
            })
        });
        let listener = visibility::on_change(move |is_seen| {
            seen.set(is_seen);
            tell();
        });
        move || drop((scrolled, listener))
    });
}
