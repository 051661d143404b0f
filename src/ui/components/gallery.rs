//! The gallery: the lessons as a path, and every preset with a picture of its telling instant.

mod card;
mod path;
mod recent;
mod thumbnail;

use crate::presets::{self, Category};
use crate::session::lesson::LessonMemory;
use crate::session::recent::Recents;
use crate::ui::hooks::use_previews;
use crate::view::palette::ColourTheme;
use card::PresetCard;
use path::LessonPath;
use recent::RecentList;
use std::rc::Rc;
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
                <p class="unseen" role="status">{ said(count) }</p>
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

fn said(count: usize) -> String {
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
