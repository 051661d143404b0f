//! The keyboard focus: kept on the page, and moved into what is opened.

use crate::session::Panel;
use crate::web::focus::{FocusKeeper, enter};
use yew::prelude::*;

/// For as long as the page is there, its focus does not fall to the body.
#[hook]
pub fn use_focus() {
    use_effect_with((), |()| {
        let keeper = FocusKeeper::new();
        move || drop(keeper)
    });
}

/// A panel that opens takes the focus to its content; that of another panel in its place is one Tab away.
#[hook]
pub fn use_panel_focus(panel: Option<Panel>) {
    let before = use_mut_ref(|| panel);
    use_effect_with(panel, move |&panel| {
        if before.replace(panel).is_none() && panel.is_some() {
            enter(".panel > :last-child");
        }
    });
}
