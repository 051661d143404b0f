//! Nothing plays while the page is out of sight.

use crate::session::Command;
use crate::ui::dispatcher::Dispatcher;
use crate::web::visibility;
use yew::prelude::*;

/// Holds what plays whenever the page goes out of sight, until it comes back.
#[hook]
pub fn use_visibility(dispatcher: &Dispatcher) {
    use_effect_with(dispatcher.clone(), |dispatcher| {
        let dispatcher = dispatcher.clone();
        let listener = visibility::on_change(move |seen| dispatcher.execute(Command::Hold(!seen)));
        move || drop(listener)
    });
}
