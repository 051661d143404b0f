//! Why something happened: the chain of its causes, in place of what was expected and what happened.

use super::glyph::{self, GlyphBadge};
use super::{Icon, icon};
use crate::narration::{Explanation, ExplanationStep, Missing, StepMark, chain};
use crate::scenario::ScenarioPart;
use crate::session::{Action, Document, Panel, RunView};
use crate::simulation::EventId;
use crate::ui::page::Dispatcher;
use crate::view::palette::ColourTheme;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct WhyProps {
    pub made: Rc<RunView>,
    pub document: Document,
    pub event: EventId,
    pub theme: ColourTheme,
    pub deeds: Rc<Dispatcher>,
}

#[component]
pub fn WhyPanel(props: &WhyProps) -> Html {
    let WhyProps { made, event, deeds, .. } = props;
    let chain = use_memo((made.clone(), *event), |(made, event)| chain(&made.run, *event));
    let Explanation { question, steps } = &*chain;
    html! {
        <section class="why story" aria-label="Why it happened">
            <div class="why-head">
                <h2>{ question }</h2>
                <button class="button square" aria-label="Close" title="Close (Escape)"
                    onclick={deeds.act.reform(|_: MouseEvent| Action::Why(None))}>
                    { icon(Icon::Cross) }
                </button>
            </div>
            <ol class="causes" aria-live="polite">{ for steps.iter().map(|step| cause(step, props)) }</ol>
        </section>
    }
}

fn cause(step: &ExplanationStep, props: &WhyProps) -> Html {
    let at = step.line.at;
    let go = props.deeds.seek.reform(move |_: MouseEvent| at);
    html! {
        <li key={step.line.first.to_string()}>
            { mark(step.mark, props) }
            <div>
                <p>{ &step.text }{ said(step, props) }</p>
                <button class="link" onclick={go} title="Go there">
                    { at.spoken().to_string() }
                </button>
                { for step.missing.iter().map(|missing| not_come(missing, props)) }
            </div>
        </li>
    }
}

/// An answer that did not come in time, and what stopped it.
fn not_come(Missing { text, at, .. }: &Missing, WhyProps { deeds, .. }: &WhyProps) -> Html {
    let at = *at;
    let go = deeds.seek.reform(move |_: MouseEvent| at);
    html! {
        <p class="not-come">{ text }{ " " }
            <button class="link" onclick={go} title="Go to where it is sent">{ at.spoken().to_string() }</button>
        </p>
    }
}

/// ` The script says so, line 12.`
fn said(step: &ExplanationStep, WhyProps { document, deeds, .. }: &WhyProps) -> Html {
    let Some(entry) = step.entry else { return Html::default() };
    let words = match document.script().lines.of(ScenarioPart::Entry(entry)) {
        Some(line) => format!("script says so, line {line}"),
        None => "script says so".to_owned(),
    };
    let open = deeds.act.reform(|_: MouseEvent| Action::Panel(Some(Panel::Script)));
    html! {
        <>{ " The " }<button class="link" onclick={open} title="Show the script">{ words }</button>{ "." }</>
    }
}

fn mark(mark: StepMark, WhyProps { made, theme, .. }: &WhyProps) -> Html {
    match mark {
        StepMark::Leads(leader) => glyph::crown(leader, &made.liveries, *theme),
        StepMark::Message(kind, names) => glyph::message(kind, names, &made.liveries, *theme),
        StepMark::Suspects => glyph::badge(GlyphBadge::Suspects),
        StepMark::Crashed => glyph::badge(GlyphBadge::Crashed),
        StepMark::Paused => glyph::badge(GlyphBadge::Paused),
        StepMark::Other => glyph::badge(GlyphBadge::Other),
    }
}
