//! The explanation of an event: the chain of its causes.

use super::icon::GlyphBadge;
use super::{Icon, icon};
use crate::narration::{Explanation, ExplanationStep, Missing, StepMark, chain};
use crate::scenario::ScenarioPart;
use crate::session::keys::with_key;
use crate::session::{Action, Command, Document, Panel, RunView};
use crate::simulation::EventId;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::view::palette::ColourTheme;
use std::rc::Rc;
use yew::prelude::*;

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
    html! {
        <section class="why story" aria-label="Why it happened">
            <div class="why-head">
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
