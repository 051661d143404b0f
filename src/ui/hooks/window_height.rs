//! How high the window is, as a value that follows it.

use crate::web::media;
use yew::prelude::*;

/// In CSS pixels.
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
