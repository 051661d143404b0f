//! What chooses between the parts of the page, and the panel beside the stage: tabs, the view, the group, the kinds of
//! messages that are shown; set-up, faults and overrides, script, or JSON. The separator between stage and diagram is here,
//! which a double click resets; and the dialog that splits the network.

use super::dialog::{Dialog, dialog_head};
use super::faults::FaultList;
use super::field::check;
use super::import::JsonPanel;
use super::panel_head::panel_head;
use super::script::{ScriptPanel, ScriptTools};
use super::search::Search;
use super::setup::SetUp;
use super::what_if::WhatIf;
use super::{Icon, icon};
use crate::scenario::{FigureView, ProcessName, Scenario};
use crate::session::keys::with_key;
use crate::session::{Action, Command, Panel, PartitionSide, PartitionSides, RunView, State, Tab};
use crate::time::Time;
use crate::types::{GroupId, MessageKind};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::view::Target;
use crate::view::palette::ColourTheme;
use crate::view::stage::Legend;
use std::rc::Rc;
use web_sys::Element;
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
        Panel::Search => {
            html! { <Search document={document.clone()} preview={state.preview.clone()} {theme} /> }
        }
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

#[derive(Clone, PartialEq, Properties)]
pub struct SplitProps {
    /// The height of the lower part, in pixels.
    pub height: f64,
    /// The limits of the height, in pixels, while both parts are shown. It is 0 if the diagram is folded
    /// away, and `whole` if the stage is.
    pub least: f64,
    pub most: f64,
    pub whole: f64,
    /// Called with the dragged height; `None` restores the default height.
    pub onresize: Callback<Option<f64>>,
}

/// The step of an arrow key, in pixels.
const STEP: f64 = 16.0;

#[component]
pub fn Split(props: &SplitProps) -> Html {
    let SplitProps { height, least, most, whole, onresize } = props.clone();
    // The y and the height at the press.
    let held = use_mut_ref(|| None::<(f64, f64)>);
    let resize = move |to: f64| onresize.emit(Some(to));
    let onpointerdown = {
        let held = held.clone();
        Callback::from(move |event: PointerEvent| {
            let target = event.target_dyn_into::<Element>();
            let _ = target.map(|target| target.set_pointer_capture(event.pointer_id()));
            *held.borrow_mut() = Some((f64::from(event.client_y()), height));
        })
    };
    let onpointermove = {
        let (held, resize) = (held.clone(), resize.clone());
        Callback::from(move |event: PointerEvent| {
            let from = *held.borrow();
            if let Some((y, height)) = from {
                resize(height + y - f64::from(event.client_y()));
            }
        })
    };
    let let_go = Callback::from(move |_: PointerEvent| *held.borrow_mut() = None);
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let to = match &*event.key() {
            // One more step at either end of the range folds a part away.
            "ArrowUp" if height >= most => whole,
            "ArrowUp" => (height + STEP).clamp(least, most),
            "ArrowDown" if height <= least => 0.0,
            "ArrowDown" => (height - STEP).clamp(least, most),
            "Home" => 0.0,
            "End" => whole,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        resize(to);
    });
    let ondblclick = props.onresize.reform(|_: MouseEvent| None);
    html! {
        <div class="split" role="separator" tabindex="0" aria-orientation="horizontal"
            aria-label="Height of the diagram" title="Drag to resize, to an end to fold away; double-click to reset"
            aria-valuemin="0" aria-valuemax={pixels(whole)} aria-valuenow={pixels(height)}
            {onpointerdown} {onpointermove} onpointerup={let_go.clone()} onpointercancel={let_go}
            {onkeydown} {ondblclick} />
    }
}

fn pixels(length: f64) -> String {
    (length as u32).to_string()
}

#[derive(Clone, PartialEq, Properties)]
pub struct SplitDialogProps {
    pub run_view: Rc<RunView>,
    pub selected: Option<Target>,
}

#[component]
pub fn SplitDialog(props: &SplitDialogProps) -> Html {
    let SplitDialogProps { run_view, selected } = props;
    let dispatcher = use_dispatcher();
    let alone = match selected {
        Some(Target::Process(rank)) => Some(*rank),
        _ => None,
    };
    let sides = use_state(|| PartitionSides::new(&run_view.run.scenario().ranks, alone));
    let one_way = use_state(|| false);
    let onclose = dispatcher.dispatch_from(|()| Action::Dialog(None));
    let onsubmit = {
        let (dispatcher, sides, one_way) = (dispatcher.clone(), sides.clone(), *one_way);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(both) = sides.both() else { return };
            // The dialog closes first, since closing it would clear a notice of the cut.
            dispatcher.dispatch(Action::Dialog(None));
            dispatcher.execute(Command::SplitInto { sides: both, one_way });
        })
    };
    let turn = {
        let one_way = one_way.clone();
        Callback::from(move |_: MouseEvent| one_way.set(!*one_way))
    };
    let cannot = sides.both().is_none();
    html! {
        <Dialog class="split-sides" title="split-title" onclose={onclose.clone()}>
            { dialog_head("split-title", "Split network") }
            <form class="dialog-form" {onsubmit}>
                <div class="sides">
                    <div class="sides-head" aria-hidden="true">
                        <span />
                        <span>{ "Side A" }</span><span>{ "Neither" }</span><span>{ "Side B" }</span>
                    </div>
                    { for sides.each().iter().enumerate().map(|(place, &(rank, side))| row(run_view.run.scenario().called(rank), side, place == 0, &sides)) }
                </div>
                { check("split-one-way", "Only what goes to A is stopped", *one_way, turn) }
                <p class="dialog-words" role="status">{ sides.words(run_view.run.scenario(), *one_way) }</p>
                <div class="form-actions">
                    <button class="button primary" type="submit" disabled={cannot}>{ "Cut" }</button>
                    <button class="button outlined" type="button"
                        onclick={onclose.reform(|_: MouseEvent| ())}>{ "Cancel" }</button>
                </div>
            </form>
        </Dialog>
    }
}

fn row(
    called: ProcessName,
    side: PartitionSide,
    is_first: bool,
    sides: &UseStateHandle<PartitionSides>,
) -> Html {
    let rank = called.rank;
    let radio = |of: PartitionSide, words: &str| {
        let sides = sides.clone();
        html! {
            <label class="side-choice">
                <input type="radio" name={format!("split-{rank}")} checked={side == of}
                    data-first={(is_first && side == of).then_some("")}
                    aria-label={format!("{called} {words}")}
                    onchange={Callback::from(move |_: Event| sides.set(sides.with(rank, of)))} />
            </label>
        }
    };
    html! {
        <div class="sides-row" role="radiogroup" aria-label={format!("Process {}", called.with_rank())} key={rank.get()}>
            <b>{ called.with_rank().to_string() }</b>
            { radio(PartitionSide::A, "on side A") }
            { radio(PartitionSide::Neither, "on neither side") }
            { radio(PartitionSide::B, "on side B") }
        </div>
    }
}
