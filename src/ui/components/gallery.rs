//! The gallery: the lessons in order, and every preset with a picture of a characteristic instant.

mod thumbnail;

use super::{Icon, icon};
use crate::lessons;
use crate::presets::{self, Category};
use crate::session::LessonAction;
use crate::session::lesson::LessonMemory;
use crate::session::recent::{RecentRow, Recents};
use crate::session::{Action, RunView, address};
use crate::time::Time;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::use_previews;
use crate::view::palette::ColourTheme;
use crate::web::clock;
use std::rc::Rc;
use thumbnail::Thumbnail;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct GalleryProps {
    pub remembered: LessonMemory,
    pub theme: ColourTheme,
    pub reduced_motion: bool,
    pub recents: Rc<Recents>,
}

#[component]
pub fn Gallery(props: &GalleryProps) -> Html {
    let cards = use_memo((), |()| presets::cards());
    let previews = use_previews(&cards);
    let category = use_state_eq(|| None::<Category>);
    let sought = use_state_eq(String::new);
    let found = cards.iter().enumerate().filter(|(_, card)| card.is_found(*category, &sought));
    let found: Vec<Html> = found
        .map(|(place, card)| {
            html! {
                <PresetCard key={card.preset.name} name={card.preset.name} title={card.title.clone()}
                    about={card.about.clone()} algorithm={card.algorithm} telling={card.telling()}
                    preview={previews[place].clone()} theme={props.theme}
                    reduced_motion={props.reduced_motion} />
            }
        })
        .collect();
    let count = found.len();
    let oninput = {
        let sought = sought.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                sought.set(input.value());
            }
        })
    };
    let show_all = {
        let (category, sought) = (category.clone(), sought.clone());
        Callback::from(move |_: MouseEvent| {
            category.set(None);
            sought.set(String::new());
        })
    };
    html! {
        <div class="gallery">
            <div class="gallery-side">
                <LessonPath remembered={props.remembered.clone()} />
                <RecentList recents={props.recents.clone()} />
            </div>
            <main class="presets" aria-label="Scenarios">
                <div class="presets-head">
                    <h2>{ "Scenarios" }</h2>
                    <span class="space" />
                    { filters(&category) }
                    <input class="find" type="search" placeholder="Find" aria-label="Find a scenario"
                        value={(*sought).clone()} {oninput} />
                </div>
                <p class="unseen" role="status">{ count_text(count) }</p>
                if count == 0 {
                    <div class="presets-none">
                        <p>{ "No scenario has these words." }</p>
                        <button class="button outlined" onclick={show_all}>{ "Show all" }</button>
                    </div>
                }
                <ul class="cards">{ for found }</ul>
            </main>
        </div>
    }
}

fn count_text(count: usize) -> String {
    let plural = if count == 1 { "scenario" } else { "scenarios" };
    format!("{count} {plural}")
}

fn filters(chosen: &UseStateHandle<Option<Category>>) -> Html {
    let choices = std::iter::once(None).chain(Category::ALL.map(Some));
    let button = |category: Option<Category>| {
        let is_on = **chosen == category;
        let chosen = chosen.clone();
        let name = category.map_or("All", Category::title);
        html! {
            <button key={name} class={classes!("button", is_on.then_some("on"))}
                aria-pressed={is_on.to_string()}
                onclick={Callback::from(move |_: MouseEvent| chosen.set(category))}>{ name }</button>
        }
    };
    html! { <div class="filters group" role="group" aria-label="Kind">{ for choices.map(button) }</div> }
}

#[derive(Clone, PartialEq, Properties)]
pub struct PresetCardProps {
    pub name: &'static str,
    pub title: AttrValue,
    pub about: AttrValue,
    pub algorithm: &'static str,
    /// The instant that is shown while the preview does not play.
    pub telling: Time,
    /// The run, once it is simulated.
    pub preview: Option<Rc<RunView>>,
    pub theme: ColourTheme,
    pub reduced_motion: bool,
}

#[component]
pub fn PresetCard(props: &PresetCardProps) -> Html {
    let hovered = use_state_eq(|| false);
    let focused = use_state_eq(|| false);
    let set = |state: &UseStateHandle<bool>, to: bool| {
        let state = state.clone();
        move || state.set(to)
    };
    let on_pointer = |to: bool| {
        let set = set(&hovered, to);
        // A finger covers the card that it touches, so it would not see the preview.
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() == "mouse" {
                set();
            }
        })
    };
    let on_focus = |to: bool| {
        let set = set(&focused, to);
        Callback::from(move |_: FocusEvent| set())
    };
    let (name, dispatcher) = (props.name, use_dispatcher());
    // A plain click opens the preset here; with a modifier, the browser follows the link in its own way.
    let onclick = Callback::from(move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            // The page writes the address afterwards.
            if let Ok(document) = address::document(&format!("preset/{name}")) {
                dispatcher.dispatch(Action::Open(document));
            }
        }
    });
    let plays = (*hovered || *focused) && !props.reduced_motion;
    html! {
        <li>
            <a class="card" href={format!("#preset/{name}")} {onclick}
                onpointerenter={on_pointer(true)} onpointerleave={on_pointer(false)}
                onfocus={on_focus(true)} onblur={on_focus(false)}>
                <Thumbnail preview={props.preview.clone()} telling={props.telling}
                    theme={props.theme} reduced_motion={props.reduced_motion} {plays} />
                <span class="card-head">
                    <span class="card-title">{ &props.title }</span>
                    <small>{ props.algorithm }</small>
                </span>
                <span class="card-about">{ &props.about }</span>
            </a>
        </li>
    }
}

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

/// `Begin` before the first lesson is started, else `Continue`.
fn way_on(remembered: &LessonMemory, place: usize) -> &'static str {
    let begun = (0..=place).any(|before| remembered.is_finished(before));
    if begun || remembered.step(place) > 0 { "Continue" } else { "Begin" }
}

#[derive(Clone, PartialEq, Properties)]
pub struct RecentListProps {
    pub recents: Rc<Recents>,
}

/// The recent scenarios; empty for a new visitor.
#[component]
pub fn RecentList(props: &RecentListProps) -> Html {
    let dispatcher = use_dispatcher();
    let rows = use_memo(props.recents.clone(), |recents| recents.rows(clock::calendar()));
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <section class="recents" aria-labelledby="recents-title">
            <h2 id="recents-title">{ "Recent" }</h2>
            <p>{ "Kept in this browser only" }</p>
            <ul>{ for rows.iter().map(|row| entry(row, &dispatcher)) }</ul>
        </section>
    }
}

fn entry(row: &RecentRow, dispatcher: &Dispatcher) -> Html {
    let RecentRow { title, algorithm, ago, document } = row.clone();
    html! {
        <li>
            <button class="recent" onclick={dispatcher.on_click_action(Action::Open(document))}>
                <span class="recent-title">{ title }</span>
                <small>{ algorithm }</small>
                <small class="recent-time">{ ago }</small>
            </button>
        </li>
    }
}
