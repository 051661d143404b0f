//! The head of a panel beside the stage.

use super::{Icon, icon};
use crate::session::keys::with_key;
use crate::session::{Action, Command};
use crate::ui::dispatcher::Dispatcher;
use yew::prelude::*;

/// The head of a panel: what it is, its tools, and the button that closes it.
pub fn panel_head(title: Html, tools: Html, dispatcher: &Dispatcher) -> Html {
    html! {
        <div class="panel-head">
            { title }
            <span class="space" />
            { tools }
            <button class="button square" aria-label="Close" title={with_key("Close", &Command::Close)}
                onclick={dispatcher.on_click_action(Action::Panel(None))}>
                { icon(Icon::Cross) }
            </button>
        </div>
    }
}
