//! What the reader's system prefers, as a value that follows it.

use crate::web::media;
use yew::prelude::*;

/// Whether a media query holds, now and whenever that changes.
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
