//! The column beside the stage (Set-up, faults and overrides, script), and the dialog.

use super::faults::FaultList;
use super::import::JsonPanel;
use super::script::{ScriptPanel, ScriptTools};
use super::setup::SetUp;
use super::{Icon, icon};
use crate::session::keys::with_key;
use crate::session::{Action, Command, Document, Panel, RunView};
use crate::time::Time;
use crate::ui::dispatcher::use_dispatcher;
use crate::view::Target;
use crate::web::dialog::{Modal, close, wrap_radio_group};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct PanelColumnProps {
    pub panel: Panel,
    pub document: Document,
    pub run_view: Rc<RunView>,
    pub cursor: Time,
    pub selected: Option<Target>,
    pub json_draft: Option<Rc<str>>,
}

#[component]
pub fn PanelColumn(props: &PanelColumnProps) -> Html {
    let PanelColumnProps { panel, .. } = props;
    let dispatcher = use_dispatcher();
    let tab = |of: Panel| {
        let is_on = of == *panel;
        html! {
            <button class={classes!("button", is_on.then_some("on"))} aria-label={of.name()}
                aria-pressed={is_on.to_string()}
                onclick={dispatcher.on_click_action(Action::Panel(Some(of)))}>
                { short(of) }
            </button>
        }
    };
    html! {
        <section class="panel" aria-label={panel.name()}>
            <div class="panel-head">
                { for Panel::ALL.map(tab) }
                <span class="space" />
                if matches!(panel, Panel::Script | Panel::Json) {
                    <ScriptTools is_json={*panel == Panel::Json} document={props.document.clone()} />
                }
                <button class="button square" aria-label="Close" title={with_key("Close", &Command::Close)}
                    onclick={dispatcher.on_click_action(Action::Panel(None))}>
                    { icon(Icon::Cross) }
                </button>
            </div>
            { body(props) }
        </section>
    }
}

/// The name of a panel; on a phone there is room for its first word.
fn short(panel: Panel) -> Html {
    match panel.name().split_once(" and ") {
        Some((first, rest)) => html! {
            <>{ first }<span class="panel-rest">{ format!(" and {rest}") }</span></>
        },
        None => html! { panel.name() },
    }
}

fn body(props: &PanelColumnProps) -> Html {
    let PanelColumnProps { panel, document, run_view, cursor, selected, json_draft } = props;
    match panel {
        Panel::SetUp => html! {
            <div class="panel-body"><SetUp document={document.clone()} /></div>
        },
        Panel::Faults => html! {
            <div class="panel-body">
                <FaultList document={document.clone()} run_view={run_view.clone()} cursor={*cursor}
                    selected={*selected} />
            </div>
        },
        Panel::Json => html! {
            <JsonPanel document={document.clone()} draft={json_draft.clone()} />
        },
        Panel::Script => html! {
            <ScriptPanel document={document.clone()} run_view={run_view.clone()} cursor={*cursor}
                selected={*selected} />
        },
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct DialogProps {
    pub class: &'static str,
    /// The id of its title.
    pub title: &'static str,
    #[prop_or_default]
    pub onkey: Callback<KeyboardEvent>,
    pub onclose: Callback<()>,
    pub children: Html,
}

#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    let onclose = props.onclose.clone();
    use_effect_with(node.clone(), move |node| {
        let over = move || onclose.emit(());
        let modal = node.cast::<Element>().and_then(|dialog| Modal::open(&dialog, over));
        move || drop(modal)
    });
    // Escape is the browser's here, and keys belong to the dialog while it is open.
    let onkeydown = props.onkey.reform(|event: KeyboardEvent| {
        event.stop_propagation();
        wrap_radio_group(&event);
        event
    });
    html! {
        <dialog class={classes!("dialog", props.class)} ref={node} aria-labelledby={props.title}
            {onkeydown}>
            <div class="dialog-body">{ props.children.clone() }</div>
        </dialog>
    }
}

/// Its title, and the button that closes it.
pub fn dialog_head(id: &'static str, title: &'static str) -> Html {
    let onclick = Callback::from(|event: MouseEvent| {
        let button = event.target_dyn_into::<Element>();
        // The selector is right, so no browser refuses it.
        let dialog = button.and_then(|button| button.closest("dialog").ok().flatten());
        if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<Element>().ok()) {
            close(&dialog);
        }
    });
    html! {
        <div class="dialog-head">
            <h2 {id}>{ title }</h2>
            <span class="space" />
            <button class="button square" aria-label="Close" title={with_key("Close", &Command::Close)} {onclick}>
                { icon(Icon::Cross) }
            </button>
        </div>
    }
}
