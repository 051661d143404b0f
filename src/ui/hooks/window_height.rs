//! How high the window is, as a value that follows it.

use crate::web::size;
use yew::prelude::*;

/// In CSS pixels.
#[hook]
pub fn use_window_height() -> f64 {
    let height = use_state_eq(size::window_height);
    let set = height.setter();
    use_effect_with((), move |()| {
        let listener = size::on_window_resize(move || set.set(size::window_height()));
        move || drop(listener)
    });
    *height
}
