//! The inspector: the state of the selected target, and the commands on it; and the explanation of an event, the
//! chain of its causes.

use super::icon::GlyphBadge;
use super::lesson::scroll;
use super::{Icon, icon};
use crate::narration::{Explanation, ExplanationStep, Missing, StepMark, chain};
use crate::scenario::ScenarioPart;
use crate::session::inspect::{
    Fact, Inspection, InspectionContext, InspectorAction, MessageRow, Survival, inspect,
};
use crate::session::keys::{shown, with_key};
use crate::session::{Action, Command, Document, Panel, RunView};
use crate::simulation::EventId;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::view::Target;
use crate::view::palette::{ColourTheme, LeaderStyles};
use std::rc::Rc;
use web_sys::{Element, HtmlElement, ScrollLogicalPosition};
use yew::prelude::*;

/// The inspector of the selected target.
pub fn inspector(
    selected: Option<Target>,
    context: InspectionContext,
    theme: ColourTheme,
    dispatcher: &Dispatcher,
) -> Html {
    let Some(selected) = selected else {
        return html! {
            <section class="inspector empty" aria-label="Selected">
                <p class="inspector-none">
                    { "Select a process, a message, a link or a cut to see what it knows and what \
                       can be done to it." }
                </p>
            </section>
        };
    };
    let leader_styles = &context.run_view.leader_styles;
    let Inspection { title, facts, messages, survival, actions } = inspect(selected, context);
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
            { list(&facts, dispatcher) }
            if !messages.is_empty() {
                <ul class="messages">{ for messages.iter().map(|row| message_row(row, leader_styles, theme, dispatcher)) }</ul>
            }
            if let Some(survival) = &survival {
                { crash(survival, dispatcher) }
            }
            <div class="offers">{ for actions.iter().map(|command| offer(command, dispatcher)) }</div>
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

fn message_row(
    row: &MessageRow,
    leader_styles: &LeaderStyles,
    theme: ColourTheme,
    dispatcher: &Dispatcher,
) -> Html {
    let target = Some(Target::Message(row.name));
    let select = dispatcher.on_click_action(Action::Select(target));
    html! {
        <li key={format!("{:?}", row.name)}>
            <button class="message-row" onclick={select}>
                { icon::message(row.name.kind, row.names, leader_styles, theme) }
                <span>{ &row.words }</span>
                <time>{ row.at.spoken().to_string() }</time>
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

#[derive(Clone, PartialEq, Properties)]
pub struct WhyProps {
    pub run_view: Rc<RunView>,
    pub document: Document,
    pub event: EventId,
    pub theme: ColourTheme,
}

#[component]
pub fn WhyPanel(props: &WhyProps) -> Html {
    let WhyProps { run_view, event, .. } = props;
    let dispatcher = use_dispatcher();
    let chain =
        use_memo((run_view.clone(), *event), |(run_view, event)| chain(&run_view.run, *event));
    let Explanation { question, steps } = &*chain;
    let (answer, head) = (use_node_ref(), use_node_ref());
    // In a low window it is below the stage: as much of it as there is room for, and its first line.
    use_effect_with((answer.clone(), head.clone(), *event), |(answer, head, _)| {
        for part in [answer, head] {
            if let Some(part) = part.cast::<Element>() {
                scroll(&part, ScrollLogicalPosition::Nearest);
            }
        }
    });
    html! {
        <section class="why story" aria-label="Why it happened" ref={answer}>
            <div class="why-head" ref={head}>
                <h2>{ question }</h2>
                <button class="button square" aria-label="Close" title={with_key("Close", &Command::Close)}
                    onclick={dispatcher.on_click_action(Action::Why(None))}>
                    { icon(Icon::Cross) }
                </button>
            </div>
            <ol class="causes" aria-live="polite">{ for steps.iter().map(|step| cause(step, props, &dispatcher)) }</ol>
        </section>
    }
}

fn cause(step: &ExplanationStep, props: &WhyProps, dispatcher: &Dispatcher) -> Html {
    let at = step.line.at;
    let go = dispatcher.on_click(Command::Seek(at));
    html! {
        <li key={step.line.first.to_string()}>
            { mark(step.mark, props) }
            <div>
                <p>{ &step.text }{ step_sentence(step, &props.document, dispatcher) }</p>
                <button class="link" onclick={go} title="Go there">
                    { at.spoken().to_string() }
                </button>
                { for step.missing.iter().map(|missing| not_come(missing, dispatcher)) }
            </div>
        </li>
    }
}

/// A message that did not arrive in time, and what prevented it.
fn not_come(Missing { text, at, .. }: &Missing, dispatcher: &Dispatcher) -> Html {
    let at = *at;
    let go = dispatcher.on_click(Command::Seek(at));
    html! {
        <p class="not-come">{ text }{ " " }
            <button class="link" onclick={go} title="Go to where it is sent">{ at.spoken().to_string() }</button>
        </p>
    }
}

/// ` The script says so, line 12.`
fn step_sentence(step: &ExplanationStep, document: &Document, dispatcher: &Dispatcher) -> Html {
    let Some(entry) = step.entry else { return Html::default() };
    let words = match document.script().lines.of(ScenarioPart::Entry(entry)) {
        Some(line) => format!("script says so, line {line}"),
        None => "script says so".to_owned(),
    };
    let open = dispatcher.on_click_action(Action::Panel(Some(Panel::Script)));
    html! {
        <>{ " The " }<button class="link" onclick={open} title="Show the script">{ words }</button>{ "." }</>
    }
}

fn mark(mark: StepMark, WhyProps { run_view, theme, .. }: &WhyProps) -> Html {
    match mark {
        StepMark::Leads(leader) => icon::crown(leader, &run_view.leader_styles, *theme),
        StepMark::Message(kind, names) => {
            icon::message(kind, names, &run_view.leader_styles, *theme)
        }
        StepMark::Suspects => icon::badge(GlyphBadge::Suspects),
        StepMark::Crashed => icon::badge(GlyphBadge::Crashed),
        StepMark::Paused => icon::badge(GlyphBadge::Paused),
        StepMark::Other => icon::badge(GlyphBadge::Other),
    }
}
