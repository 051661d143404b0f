//! Whether letters, digits and signs do something by themselves: remembered, since who speaks to the
//! machine turns it off for good.

use crate::web::storage;
use yew::prelude::*;

const KEY: &str = "hustings.letters";
const OFF: &str = "off";

/// The choice, and how to choose otherwise.
#[hook]
pub fn use_letter_keys() -> (bool, Callback<bool>) {
    let on = use_state_eq(|| storage::read(KEY).as_deref() != Some(OFF));
    let set = use_callback(on.setter(), |on: bool, setter| {
        storage::write(KEY, if on { "on" } else { OFF });
        setter.set(on);
    });
    (*on, set)
}
