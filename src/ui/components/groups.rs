//! The choice of the shown group: one alone, or all. Empty if there is only one.

use crate::session::{Action, RunView};
use crate::types::GroupId;
use crate::ui::dispatcher::use_dispatcher;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct GroupsProps {
    pub run_view: Rc<RunView>,
}

#[component]
pub fn Groups(props: &GroupsProps) -> Html {
    let GroupsProps { run_view } = props;
    let dispatcher = use_dispatcher();
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
