//! The inspector: the state of the selected target, and the commands on it.

use super::{Icon, icon};
use crate::session::inspect::{
    Fact, Inspection, InspectionContext, InspectorAction, MessageRow, Survival, inspect,
};
use crate::session::keys::shown;
use crate::session::{Action, Command, Document, RunView};
use crate::time::Time;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::view::Target;
use crate::view::model::StageModel;
use crate::view::palette::ColourTheme;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct InspectorProps {
    pub run_view: Rc<RunView>,
    pub document: Document,
    /// The stage at the cursor.
    pub picture: Rc<StageModel>,
    pub selected: Option<Target>,
    pub cursor: Time,
    pub theme: ColourTheme,
}

#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let dispatcher = use_dispatcher();
    let Some(selected) = props.selected else {
        return html! {
            <section class="inspector empty" aria-label="Selected">
                <p class="inspector-none">
                    { "Select a process, a message, a link or a cut to see what it knows and what \
                       can be done to it." }
                </p>
            </section>
        };
    };
    let InspectorProps { run_view, document, picture, cursor, .. } = props;
    let look = InspectionContext { run_view, document, picture, cursor: *cursor };
    let Inspection { title, facts, letters, survival, actions } = inspect(selected, look);
    let of_message = matches!(selected, Target::Message(_)).then_some("of-message");
    html! {
        <section class={classes!("inspector", of_message)} aria-label="Selected">
            <div class="inspector-head">
                <h3>{ title }</h3>
                <button class="button outlined"
                    onclick={dispatcher.on_click(Command::Why)}>
                    { icon(Icon::Why) }{ "Why? " }<kbd>{ shown(&Command::Why) }</kbd>
                </button>
            </div>
            { list(&facts, &dispatcher) }
            if !letters.is_empty() {
                <ul class="letters">{ for letters.iter().map(|l| letter(l, props, &dispatcher)) }</ul>
            }
            if let Some(survival) = &survival {
                { crash(survival, &dispatcher) }
            }
            <div class="offers">{ for actions.iter().map(|command| offer(command, &dispatcher)) }</div>
        </section>
    }
}

fn list(facts: &[Fact], dispatcher: &Dispatcher) -> Html {
    let fact = |fact: &Fact| {
        html! {
            <><dt>{ fact.label }</dt><dd>
                if let Some(left) = fact.left { <Bar {left} /> }
                if let Some(target) = fact.target {
                    <button class="link" title="Select it"
                        onclick={dispatcher.on_click_action(Action::Select(Some(target)))}>
                        { &fact.value }
                    </button>
                } else {
                    { &fact.value }
                }
            </dd></>
        }
    };
    html! { <dl class="facts">{ for facts.iter().map(fact) }</dl> }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct BarProps {
    /// The remaining share, in percent.
    left: u8,
}

/// A bar that shows how much of a wait remains.
#[component]
fn Bar(BarProps { left }: &BarProps) -> Html {
    let node = use_node_ref();
    use_effect_with((node.clone(), *left), |(node, left)| {
        if let Some(bar) = node.cast::<HtmlElement>() {
            // If a browser refuses, an empty bar is shown beside the words.
            let _ = bar.style().set_property("width", &format!("{left}%"));
        }
    });
    html! { <span class="bar" aria-hidden="true"><i ref={node} /></span> }
}

fn letter(
    letter: &MessageRow,
    InspectorProps { run_view, theme, .. }: &InspectorProps,
    dispatcher: &Dispatcher,
) -> Html {
    let target = Some(Target::Message(letter.name));
    let select = dispatcher.on_click_action(Action::Select(target));
    html! {
        <li key={format!("{:?}", letter.name)}>
            <button class="letter" onclick={select}>
                { icon::message(letter.name.kind, letter.names, &run_view.leader_styles, *theme) }
                <span>{ &letter.words }</span>
                <time>{ letter.at.spoken().to_string() }</time>
            </button>
        </li>
    }
}

fn crash(Survival { kept, lost }: &Survival, dispatcher: &Dispatcher) -> Html {
    html! {
        <details class="survival">
            <summary>{ "What survives a crash" }</summary>
            { list(kept, dispatcher) }
            <h4>{ "What does not" }</h4>
            { list(lost, dispatcher) }
        </details>
    }
}

fn offer(offer: &InspectorAction, dispatcher: &Dispatcher) -> Html {
    let onclick = dispatcher.on_click(offer.command.clone());
    html! {
        <button class="button outlined" key={offer.words} {onclick}>
            { offer.words }
            if let Some(key) = offer.key() { { " " }<kbd>{ key }</kbd> }
        </button>
    }
}
