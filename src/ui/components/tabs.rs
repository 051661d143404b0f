//! The tabs below the stage, in narrow windows.

use crate::session::{Action, Tab};
use crate::ui::dispatcher::use_dispatcher;
use crate::ui::hooks::use_media;
use crate::view::Target;
use crate::web::media;
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TabsProps {
    pub tab: Tab,
    pub selected: Option<Target>,
}

#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let dispatcher = use_dispatcher();
    let selection = match props.selected {
        Some(Target::Process(rank)) => format!("Process {rank}"),
        Some(Target::Message(name)) => name.kind.name().to_owned(),
        Some(Target::Link(_)) => "Link".to_owned(),
        Some(Target::Timer(_)) => "Timer".to_owned(),
        Some(Target::Partition | Target::Handle(_)) => "Cut".to_owned(),
        Some(Target::Fault(_) | Target::FaultEnd(_)) => "Fault".to_owned(),
        None => "Process".to_owned(),
    };
    let is_narrow = use_media(media::NARROW);
    let tab = |tab: Tab, words: String| {
        // Where the diagram is always visible, the verdict replaces it.
        let shown = match props.tab {
            Tab::Timeline if !is_narrow => Tab::Verdicts,
            chosen => chosen,
        };
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
            { tab(Tab::Panel, "Script".to_owned()) }
        </div>
    }
}
