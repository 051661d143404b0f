//! The lesson panel: one explanation, one action or one question, and the buttons between steps.

use super::{Icon, icon};
use crate::session::LessonAction;
use crate::session::lesson::{AskedQuestion, LessonView};
use crate::session::{Action, Command};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct LessonPanelProps {
    pub panel: LessonView,
    /// Whether an explanation is open beside the panel.
    pub is_why: bool,
}

#[component]
pub fn LessonPanel(props: &LessonPanelProps) -> Html {
    let panel = &props.panel;
    let dispatcher = use_dispatcher();
    let attend = |action| dispatcher.on_click_action(Action::Lesson(action));
    let (title, follows) = (use_node_ref(), use_node_ref());
    use_effect_with((title.clone(), panel.lesson, panel.step), |(title, ..)| {
        if let Some(title) = title.cast::<HtmlElement>() {
            // A new step begins to be read here. If the focus cannot move, the page keeps it.
            let _ = title.focus();
        }
        // The step is about the stage, which has to be visible in a single column as well.
        show(".stage-area", ScrollLogicalPosition::Start);
    });
    let has_news = panel.outcome.is_some() || panel.deviation.is_some();
    use_effect_with((follows.clone(), has_news), |(follows, has_news)| {
        if let Some(follows) = follows.cast::<Element>().filter(|_| *has_news) {
            scroll(&follows, ScrollLogicalPosition::Nearest);
        }
    });
    use_effect_with(props.is_why, |is_why| {
        if *is_why {
            show(".why", ScrollLogicalPosition::Nearest);
            show(".stage-area", ScrollLogicalPosition::Start);
        }
    });
    let onnext = {
        let (dispatcher, is_open) = (dispatcher.clone(), panel.awaited.is_none());
        Callback::from(move |_: MouseEvent| {
            if is_open {
                dispatcher.execute(Command::NextLessonStep);
            }
        })
    };
    html! {
        <section class="lesson-panel" aria-label={format!("Lesson: {}", panel.lesson)}>
            <header>
                <h2>{ panel.lesson }</h2>
                <span class="space" />
                <button class="link" onclick={attend(LessonAction::Leave)}>{ "Leave" }</button>
            </header>
            { progress(panel) }
            <h3 ref={title} tabindex="-1">{ panel.title }</h3>
            <p class="lesson-words" aria-live="polite">{ panel.words }</p>
            if let Some(asked) = panel.question { { question(asked, &dispatcher) } }
            { below(panel, &dispatcher, &follows) }
            <footer>
                <button class="button outlined" disabled={panel.is_first} onclick={attend(LessonAction::Back)}>
                    { "Back" }
                </button>
                <span class="space" />
                <button class="button primary" aria-disabled={panel.awaited.is_some().to_string()}
                    title={panel.awaited.clone()} onclick={onnext}>{ next_label(panel) }</button>
            </footer>
        </section>
    }
}

/// The outcome, the instruction and the deviation, with their buttons.
fn below(panel: &LessonView, dispatcher: &Dispatcher, node: &NodeRef) -> Html {
    let restore = Action::Lesson(LessonAction::Restore);
    html! {
        <div class="lesson-follows" aria-live="polite" ref={node}>
            if let Some(outcome) = panel.outcome {
                <p class="lesson-outcome">{ judged(panel) }{ outcome }</p>
            }
            if let Some(awaited) = &panel.awaited {
                <p class="lesson-awaited">{ awaited }</p>
            }
            if let Some(deviation) = &panel.deviation {
                <p class="lesson-deviation">{ icon(Icon::Cross) }<span>{ deviation }</span></p>
            }
            <div class="lesson-actions">
                if panel.deviation.is_some() {
                    <button class="button outlined" onclick={dispatcher.on_click_action(restore)}>
                        { "Restore this step" }
                    </button>
                }
                if panel.can_be_shown && panel.awaited.is_some() {
                    <button class="button outlined" onclick={dispatcher.on_click(Command::ShowAwaited)}>
                        { "Do it for me" }
                    </button>
                }
            </div>
        </div>
    }
}

/// Scrolls the element into view.
fn show(selector: &str, block: ScrollLogicalPosition) {
    // The selectors are valid, so no browser refuses them.
    if let Some(element) = gloo_utils::document().query_selector(selector).ok().flatten() {
        scroll(&element, block);
    }
}

pub fn scroll(element: &Element, block: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(block);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

fn next_label(panel: &LessonView) -> Html {
    match (panel.is_last, panel.next_lesson) {
        (false, _) => html! { "Next" },
        (true, Some(next)) => html! { { format!("Next lesson: {next}") } },
        (true, None) => html! { "Finish" },
    }
}

/// `Step 2 of 6`, also as a row of bars.
fn progress(panel: &LessonView) -> Html {
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

fn question(asked: AskedQuestion, dispatcher: &Dispatcher) -> Html {
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
                onclick={dispatcher.on_click(Command::Answer(place))}>{ words }{ sign }</button>
        }
    };
    html! {
        <div class="lesson-question" role="group" aria-label={asked.words}>
            <p>{ asked.words }</p>
            <div class="lesson-answers">{ for asked.answers.iter().enumerate().map(answer) }</div>
        </div>
    }
}

/// The verdict on the answer in words, beside its sign.
fn judged(panel: &LessonView) -> Html {
    let Some(AskedQuestion { chosen: Some(chosen), right: Some(right), .. }) = panel.question
    else {
        return Html::default();
    };
    html! { <b>{ if chosen == right { "Right. " } else { "Not so. " } }</b> }
}
