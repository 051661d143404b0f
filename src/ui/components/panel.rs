//! The panel beside the stage: set-up, faults and overrides, script, or JSON.

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
use std::rc::Rc;
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

/// The name of a panel; narrow windows show its first word only.
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
