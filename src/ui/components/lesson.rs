//! The lesson beside the stage: one thing that is said, one deed or one answer, and the way on.

use super::{Icon, icon};
use crate::session::lesson::{Asked, Panel};
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct LessonPanelProps {
    pub panel: Panel,
    /// The place of an answer, from 0.
    pub onanswer: Callback<usize>,
    /// What is awaited is done in the reader's place.
    pub onshow: Callback<()>,
    pub onback: Callback<()>,
    /// To the next step; after the last one, to what comes after the lesson.
    pub onnext: Callback<()>,
    pub onleave: Callback<()>,
}

#[component]
pub fn LessonPanel(props: &LessonPanelProps) -> Html {
    let panel = &props.panel;
    let press = |callback: &Callback<()>| callback.reform(|_: MouseEvent| ());
    let title = use_node_ref();
    use_effect_with(title.clone(), |title| {
        // Who enters a lesson begins to read here; where there is no focus to give, the page keeps it.
        let _ = title.cast::<HtmlElement>().map(|title| title.focus());
    });
    let onnext = {
        let (next, is_open) = (props.onnext.clone(), panel.awaited.is_none());
        Callback::from(move |_: MouseEvent| {
            if is_open {
                next.emit(());
            }
        })
    };
    html! {
        <section class="lesson-panel" aria-label={format!("Lesson: {}", panel.lesson)}>
            <header>
                <h2>{ panel.lesson }</h2>
                <span class="space" />
                <button class="link" onclick={press(&props.onleave)}>{ "Leave" }</button>
            </header>
            { progress(panel) }
            <h3 ref={title} tabindex="-1">{ panel.title }</h3>
            <p class="lesson-words" aria-live="polite">{ panel.words }</p>
            if let Some(asked) = panel.question { { question(asked, &props.onanswer) } }
            <div class="lesson-follows" aria-live="polite">
                if let Some(outcome) = panel.outcome {
                    <p class="lesson-outcome">{ judged(panel) }{ outcome }</p>
                }
                if let Some(awaited) = &panel.awaited {
                    <p class="lesson-awaited">{ awaited }
                        if panel.can_be_shown {
                            { " " }
                            <button class="link" onclick={press(&props.onshow)}>{ "Do it for me" }</button>
                        }
                    </p>
                }
            </div>
            <footer>
                <button class="button outlined" disabled={panel.is_first} onclick={press(&props.onback)}>
                    { "Back" }
                </button>
                <span class="space" />
                <button class="button primary" aria-disabled={panel.awaited.is_some().to_string()}
                    title={panel.awaited.clone()} onclick={onnext}>{ way_on(panel) }</button>
            </footer>
        </section>
    }
}

fn way_on(panel: &Panel) -> Html {
    match (panel.is_last, panel.next_lesson) {
        (false, _) => html! { "Next" },
        (true, Some(next)) => html! { { format!("Next lesson: {next}") } },
        (true, None) => html! { "Finish" },
    }
}

/// `Step 2 of 6`, and the same as a row of bars.
fn progress(panel: &Panel) -> Html {
    let bar = |place: usize| {
        let class = match place {
            behind if behind < panel.step => "behind",
            here if here == panel.step => "here",
            _ => "",
        };
        html! { <i key={place} {class} /> }
    };
    html! {
        <p class="lesson-progress">
            <span>{ format!("Step {} of {}", panel.step, panel.steps) }</span>
            <span class="lesson-bars" aria-hidden="true">{ for (1..=panel.steps).map(bar) }</span>
        </p>
    }
}

fn question(asked: Asked, onanswer: &Callback<usize>) -> Html {
    let answer = |(place, words): (usize, &'static String)| {
        let is_chosen = asked.chosen == Some(place);
        let is_right = asked.right == Some(place);
        let is_wrong = is_chosen && asked.right.is_some() && !is_right;
        let class = classes!(
            "lesson-answer",
            is_chosen.then_some("chosen"),
            is_right.then_some("right"),
            is_wrong.then_some("wrong")
        );
        let sign = match (is_right, is_wrong) {
            (true, _) => icon(Icon::Tick),
            (_, true) => icon(Icon::Cross),
            _ => Html::default(),
        };
        html! {
            <button key={place} {class} aria-pressed={is_chosen.to_string()}
                aria-disabled={asked.chosen.is_some().to_string()}
                onclick={onanswer.reform(move |_: MouseEvent| place)}>{ words }{ sign }</button>
        }
    };
    html! {
        <div class="lesson-question" role="group" aria-label={asked.words}>
            <p>{ asked.words }</p>
            <div class="lesson-answers">{ for asked.answers.iter().enumerate().map(answer) }</div>
        </div>
    }
}

/// Whether the answer was right, in words too.
fn judged(panel: &Panel) -> Html {
    let Some(Asked { chosen: Some(chosen), right: Some(right), .. }) = panel.question else {
        return Html::default();
    };
    html! { <b>{ if chosen == right { "Right. " } else { "Not so. " } }</b> }
}
