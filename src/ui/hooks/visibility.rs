//! Nothing plays while the figure is out of sight: scrolled away, or in a hidden window.

use crate::session::Command;
use crate::ui::dispatcher::Dispatcher;
use crate::web::visibility;
use crate::web::visibility::SightWatch;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// Holds what plays while the element is out of sight.
#[hook]
pub fn use_visible(node: &NodeRef, dispatcher: &Dispatcher) {
    use_effect_with((node.clone(), dispatcher.clone()), |(node, dispatcher)| {
        // What is not known to be out of sight is in it.
        let (near, seen) = (Rc::new(Cell::new(true)), Rc::new(Cell::new(true)));
        let tell = {
            let (near, seen, dispatcher) = (near.clone(), seen.clone(), dispatcher.clone());
            let told = Cell::new(None);
            Rc::new(move || {
                let now = near.get() && seen.get();
                if told.replace(Some(now)) != Some(now) {
                    dispatcher.execute(Command::Hold(!now));
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
