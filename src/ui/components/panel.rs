//! What chooses between the parts of the page, and the panel beside the stage: tabs, the view, the group, the
//! kinds of messages that are shown; set-up, faults and overrides, script, or JSON.

use super::faults::FaultList;
use super::import::JsonPanel;
use super::panel_head::panel_head;
use super::script::{ScriptPanel, ScriptTools};
use super::search::Search;
use super::setup::SetUp;
use super::what_if::WhatIf;
use super::{Icon, icon};
use crate::scenario::{FigureView, Scenario};
use crate::session::keys::with_key;
use crate::session::{Action, Command, Panel, RunView, State, Tab};
use crate::time::Time;
use crate::types::{GroupId, MessageKind};
use crate::ui::dispatcher::Dispatcher;
use crate::view::Target;
use crate::view::palette::ColourTheme;
use crate::view::stage::Legend;
use std::rc::Rc;
use yew::prelude::*;

/// The panel beside the stage.
pub fn panel_column(
    panel: Panel,
    state: &State,
    run_view: &Rc<RunView>,
    cursor: Time,
    theme: ColourTheme,
    dispatcher: &Dispatcher,
) -> Html {
    let tab = |of: Panel| {
        let is_on = of == panel;
        html! {
            <button class={classes!("button", is_on.then_some("on"))} aria-label={of.name()}
                aria-pressed={is_on.to_string()}
                onclick={dispatcher.on_click_action(Action::Panel(Some(of)))}>
                { short(of) }
            </button>
        }
    };
    let chooser = match panel {
        Panel::SetUp | Panel::Faults | Panel::Script | Panel::Json => {
            html! { { for Panel::EDITORS.map(tab) } }
        }
        Panel::Search => html! { <h2>{ panel.name() }</h2> },
        // Its head says what it asks.
        Panel::WhatIf => {
            return html! {
                <section class="panel" aria-label={panel.name()}>{ body(panel, state, run_view, cursor, theme) }</section>
            };
        }
    };
    let tools = html! {
        if matches!(panel, Panel::Script | Panel::Json) {
            <ScriptTools is_json={panel == Panel::Json} document={state.document().clone()} />
        }
    };
    html! {
        <section class="panel" aria-label={panel.name()}>
            { panel_head(chooser, tools, dispatcher) }
            { body(panel, state, run_view, cursor, theme) }
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

fn body(
    panel: Panel,
    state: &State,
    run_view: &Rc<RunView>,
    cursor: Time,
    theme: ColourTheme,
) -> Html {
    let (document, selected) = (state.document(), state.selected);
    match panel {
        Panel::SetUp => html! {
            <div class="panel-body"><SetUp document={document.clone()} /></div>
        },
        Panel::Faults => html! {
            <div class="panel-body">
                <FaultList document={document.clone()} run_view={run_view.clone()} {cursor} {selected} />
            </div>
        },
        Panel::Json => html! {
            <JsonPanel document={document.clone()} draft={state.json_draft.clone()} />
        },
        Panel::Search => html! { <Search document={document.clone()} {theme} /> },
        Panel::WhatIf => {
            let against = state.against.clone();
            html! { <WhatIf document={document.clone()} varied={state.varied} {against} {theme} /> }
        }
        Panel::Script => html! {
            <ScriptPanel document={document.clone()} run_view={run_view.clone()} {cursor} {selected} />
        },
    }
}

/// The tabs under the stage, where the parts of the page are not side by side.
pub fn tabs(
    chosen: Tab,
    panel: Option<Panel>,
    selected: Option<Target>,
    scenario: &Scenario,
    is_narrow: bool,
    dispatcher: &Dispatcher,
) -> Html {
    let selection = match selected {
        Some(Target::Process(rank)) => format!("Process {}", scenario.called(rank).short()),
        Some(Target::Message(name)) => name.kind.name().to_owned(),
        Some(Target::Link(_)) => "Link".to_owned(),
        Some(Target::Timer(_)) => "Timer".to_owned(),
        Some(Target::Partition | Target::Handle(_)) => "Cut".to_owned(),
        Some(Target::Fault(_) | Target::FaultEnd(_)) => "Fault".to_owned(),
        None => "Process".to_owned(),
    };
    // Where the diagram is always visible, the verdict replaces it.
    let is_replaced = chosen == Tab::Timeline && !is_narrow;
    let shown = if is_replaced { Tab::Verdicts } else { chosen };
    let about_run = panel.filter(|panel| panel.is_about_run());
    let tab = |tab: Tab, words: String| {
        let is_on = shown == tab;
        html! {
            <button class={classes!("tab", format!("to-{}", tab.name()))} aria-pressed={is_on.to_string()}
                onclick={dispatcher.on_click_action(Action::Tab(tab))}>{ words }</button>
        }
    };
    html! {
        <div class="tabs" role="group" aria-label="View under the stage">
            { tab(Tab::Timeline, "Timeline".to_owned()) }
            { tab(Tab::Story, "Story".to_owned()) }
            { tab(Tab::Selection, selection) }
            { tab(Tab::Verdicts, "Verdicts".to_owned()) }
            { tab(Tab::Panel, about_run.map_or("Script", Panel::name).to_owned()) }
        </div>
    }
}

/// The choice between stage and diagram, and the presentation.
pub fn views(chosen: FigureView, dispatcher: &Dispatcher) -> Html {
    let choice = |view: FigureView, sign: Icon, words: &'static str| {
        let is_on = view == chosen;
        html! {
            <button class={classes!("button", "square", is_on.then_some("on"))}
                aria-pressed={is_on.to_string()} aria-label={words} title={with_key(words, &Command::NextView)}
                onclick={dispatcher.on_click_action(Action::View(view))}>{ icon(sign) }</button>
        }
    };
    html! {
        <div class="views" role="group" aria-label="View">
            { choice(FigureView::Stage, Icon::Stage, "Stage alone") }
            { choice(FigureView::Both, Icon::Both, "Stage and diagram") }
            { choice(FigureView::Spacetime, Icon::Diagram, "Diagram alone") }
            <button class="button square present" aria-label="Present" title={with_key("Present, large enough for a room", &Command::Present)}
                onclick={dispatcher.on_click(Command::Present)}>{ icon(Icon::Present) }</button>
        </div>
    }
}

/// The choice of the group, where there are several.
pub fn groups(run_view: &RunView, dispatcher: &Dispatcher) -> Html {
    if !run_view.has_groups() {
        return Html::default();
    }
    let one = |group: Option<GroupId>, name: String| {
        let is_on = group.map_or(run_view.all, |group| !run_view.all && group == run_view.group);
        html! {
            <button class={classes!("button", is_on.then_some("on"))} key={name.clone()}
                aria-pressed={is_on.to_string()}
                onclick={dispatcher.on_click_action(Action::Group(group))}>{ name }</button>
        }
    };
    let scenario = run_view.run.scenario();
    html! {
        <div class="groups" role="group" aria-label="Groups on the stage">
            { one(None, "All groups".to_owned()) }
            { for scenario.group_ids().map(|id| one(Some(id), scenario.group(id).name.clone())) }
        </div>
    }
}

/// The kinds of messages, which can be hidden.
pub fn kinds(
    legend: &Legend,
    shown: &[bool; MessageKind::ALL.len()],
    dispatcher: &Dispatcher,
) -> Html {
    let entry = |&(kind, count): &(MessageKind, u32)| {
        let onclick = dispatcher.dispatch_from(move |event: MouseEvent| match event.alt_key() {
            true => Action::ShowOnly(kind),
            false => Action::ToggleKind(kind),
        });
        let shown = shown[kind as usize];
        let name = kind.name();
        let verb = if shown { "Hide" } else { "Show" };
        let title = format!("{verb} {name} messages (with Alt: show no others)");
        let label = format!("{name} {count}: show these messages");
        html! {
            <button class="kind" key={name} aria-pressed={shown.to_string()} aria-label={label} {title}
                {onclick}>
                { icon::kind(kind, false) }<span class="kind-name">{ name }</span>{ " " }<b>{ count }</b>
            </button>
        }
    };
    html! {
        <div class="kinds" role="group" aria-label="Kinds of messages, sent so far">
            { for legend.kinds.iter().map(entry) }
        </div>
    }
}
