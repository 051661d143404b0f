//! The lessons as a path: what is behind has a tick, and where the reader is there is the way on.

use crate::lessons;
use crate::session::Action;
use crate::session::lesson::{LessonAction, LessonMemory};
use crate::ui::components::{Icon, icon};
use crate::ui::dispatcher::use_dispatcher;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct LessonPathProps {
    pub remembered: LessonMemory,
}

#[component]
pub fn LessonPath(props: &LessonPathProps) -> Html {
    let LessonPathProps { remembered } = props;
    let dispatcher = use_dispatcher();
    let current = remembered.current();
    let entry = |(place, lesson): (usize, &'static lessons::Lesson)| {
        let is_finished = remembered.is_finished(place);
        let is_current = current == Some(place);
        let go = dispatcher.on_click_action(Action::Lesson(LessonAction::Enter(place)));
        let class =
            classes!("lesson", is_finished.then_some("finished"), is_current.then_some("current"));
        html! {
            <li key={lesson.name} {class} aria-current={is_current.then_some("step")}>
                <span class="lesson-place" aria-hidden="true">
                    if is_finished { { icon(Icon::Tick) } } else { { place + 1 } }
                </span>
                <div>
                    <button class="lesson-open" onclick={go.clone()}>
                        <span class="unseen">{ format!("Lesson {}: ", place + 1) }</span>
                        { &lesson.title }
                        if is_finished { <span class="unseen">{ ", read" }</span> }
                    </button>
                    <p>{ &lesson.about }</p>
                    if is_current {
                        <button class="button primary" onclick={go}>{ way_on(remembered, place) }</button>
                    }
                </div>
            </li>
        }
    };
    html! {
        <nav class="lessons" aria-labelledby="lessons-title">
            <h2 id="lessons-title">{ "Lessons" }</h2>
            <p>{ "Seven lessons, three minutes each" }</p>
            <ol>{ for lessons::all().iter().enumerate().map(entry) }</ol>
        </nav>
    }
}

/// Once anything has been read the reader goes on; before that, begins.
fn way_on(remembered: &LessonMemory, place: usize) -> &'static str {
    let begun = (0..=place).any(|before| remembered.is_finished(before));
    if begun || remembered.step(place) > 0 { "Continue" } else { "Begin" }
}
