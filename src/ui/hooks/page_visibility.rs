//! Whether the page is in sight.

use crate::web::visibility;
use yew::prelude::*;

/// Calls back whenever the page goes out of sight or comes back.
#[hook]
pub fn use_visibility(changed: Callback<bool>) {
    use_effect_with(changed, |changed| {
        let changed = changed.clone();
        let listener = visibility::on_change(move |seen| changed.emit(seen));
        move || drop(listener)
    });
}
