//! The gallery: the lessons in order, and every preset with a thumbnail, which is the stage of a characteristic
//! instant without text above the leaders over the whole run.

use super::{Icon, icon};
use crate::lessons;
use crate::presets::{self, Category};
use crate::session::lesson::LessonMemory;
use crate::session::stored::{RecentRow, Recents};
use crate::session::{Action, LessonAction, Playback, PlaybackPace, RunView, Speed, address};
use crate::time::{Duration, Time};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::{use_frames, use_previews, use_size};
use crate::view::geometry::Size;
use crate::view::palette::ColourTheme;
use crate::view::stage::{StageFrame, scene};
use crate::view::{Scene, build, strip};
use crate::web::canvas::{Painter, Ruler};
use crate::web::{clock, media};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{HtmlCanvasElement, HtmlInputElement};
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
    let dispatcher = use_dispatcher();
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
                { lesson_path(&props.remembered, &dispatcher) }
                <RecentList recents={props.recents.clone()} />
            </div>
            <main class="presets" aria-label="Scenarios">
                <div class="presets-head">
                    <h2>{ "Scenarios" }</h2>
                    <span class="space" />
                    { filters(&category) }
                    <input class="gallery-find" type="search" placeholder="Find" aria-label="Find a scenario"
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

/// The lessons in order, each with the reader's progress.
fn lesson_path(remembered: &LessonMemory, dispatcher: &Dispatcher) -> Html {
    let current = remembered.current();
    let entry = |(place, lesson): (usize, &'static lessons::Lesson<'static>)| {
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
                        <button class="button primary" onclick={go}>{ begin_label(remembered, place) }</button>
                    }
                </div>
            </li>
        }
    };
    html! {
        <nav class="lessons" aria-labelledby="lessons-title">
            <h2 id="lessons-title">{ "Lessons" }</h2>
            <p>{ format!("{} lessons, three minutes each", lessons::all().len()) }</p>
            <ol>{ for lessons::all().iter().enumerate().map(entry) }</ol>
        </nav>
    }
}

/// `Begin` before the first lesson is started, else `Continue`.
fn begin_label(remembered: &LessonMemory, place: usize) -> &'static str {
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

#[derive(Clone, PartialEq, Properties)]
pub struct ThumbnailProps {
    /// The run, once it is simulated.
    pub preview: Option<Rc<RunView>>,
    pub telling: Time,
    pub theme: ColourTheme,
    pub reduced_motion: bool,
    pub plays: bool,
}

/// The size for which the scene is laid out; the style sheet keeps the proportion, and the drawing is scaled
/// to fit.
const SIZE: Size = Size { width: 276.0, height: 148.0 };
const RADIUS: f64 = 12.0;
const BAND: f64 = 8.0;
/// Slow enough to follow; a whole election takes two seconds.
const SPEED: Speed = Speed(Duration::ms(60));

#[derive(Clone, PartialEq)]
struct ThumbnailInput {
    run_view: Rc<RunView>,
    playback: Playback,
    theme: ColourTheme,
    reduced_motion: bool,
    /// The width on the page, in CSS pixels.
    width: f64,
}

struct ThumbnailRenderer {
    painter: Painter,
    ruler: Ruler,
}

type SharedThumbnail = Rc<RefCell<Option<ThumbnailRenderer>>>;

#[component]
pub fn Thumbnail(props: &ThumbnailProps) -> Html {
    let (room, picture, band) = (use_node_ref(), use_node_ref(), use_node_ref());
    let renderer: SharedThumbnail = use_mut_ref(|| None);
    let width = use_size(&room).map(|size| size.width);
    let since = use_memo(props.plays, |_| clock::now());
    let playback = match props.plays {
        true => Playback::Playing { from: props.telling, since: *since, speed: SPEED },
        false => Playback::Paused { at: props.telling },
    };
    let look = props.preview.clone().zip(width).map(|(run_view, width)| ThumbnailInput {
        run_view,
        playback,
        theme: props.theme,
        reduced_motion: props.reduced_motion,
        width,
    });
    use_picture(&renderer, &picture, look.clone());
    use_band(&band, look.clone());
    let paint = use_callback(look, {
        let renderer = renderer.clone();
        move |(), look| paint(&renderer, look.as_ref())
    });
    use_frames(props.plays && props.preview.is_some(), paint);
    html! {
        <span class="thumbnail" ref={room} aria-hidden="true">
            <canvas class="thumbnail-picture" ref={picture} />
            <canvas class="thumbnail-band" ref={band} />
        </span>
    }
}

#[hook]
fn use_picture(renderer: &SharedThumbnail, canvas: &NodeRef, look: Option<ThumbnailInput>) {
    let (renderer, canvas) = (renderer.clone(), canvas.clone());
    use_effect_with(look, move |look| {
        if renderer.borrow().is_none() {
            let painter = canvas.cast::<HtmlCanvasElement>().and_then(|c| Painter::new(c).ok());
            *renderer.borrow_mut() =
                painter.map(|painter| ThumbnailRenderer { ruler: painter.ruler(), painter });
        }
        paint(&renderer, look.as_ref());
    });
}

fn paint(renderer: &SharedThumbnail, look: Option<&ThumbnailInput>) {
    let (Some(renderer), Some(look)) = (&mut *renderer.borrow_mut(), look) else { return };
    let run_view = &look.run_view;
    let pace = run_view.pace(true, true);
    let at = look.playback.cursor(clock::now(), &pace);
    let frame = StageFrame {
        theme: look.theme,
        reduced_motion: look.reduced_motion,
        radius: RADIUS,
        ..StageFrame::new(SIZE)
    };
    let scene = thumbnail(run_view, at, frame, &renderer.ruler);
    renderer.painter.paint(&scene, media::pixel_ratio() * look.width / SIZE.width);
}

/// A thumbnail of the stage.
pub(super) fn thumbnail(run_view: &RunView, at: Time, frame: StageFrame, ruler: &Ruler) -> Scene {
    let snapshot = run_view.run.snapshot(None, at, build::memory(run_view.run.scenario()));
    let picture = run_view.picture(&snapshot);
    scene(&picture, &StageFrame { thumbnail: true, ..frame }, ruler)
}

#[hook]
fn use_band(canvas: &NodeRef, look: Option<ThumbnailInput>) {
    let canvas = canvas.clone();
    use_effect_with(look, move |look| {
        let painter = canvas.cast::<HtmlCanvasElement>().and_then(|c| Painter::new(c).ok());
        if let (Some(mut painter), Some(look)) = (painter, look) {
            let PlaybackPace { end, folds, .. } = look.run_view.pace(false, true);
            let RunView { leading, leader_styles, .. } = &*look.run_view;
            let size = Size { width: look.width, height: BAND };
            let scene = strip::fingerprint(leading, &folds, end, leader_styles, (size, look.theme));
            painter.paint(&scene, media::pixel_ratio());
        }
    });
}
