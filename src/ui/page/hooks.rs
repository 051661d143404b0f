//! The hooks of the page.

use super::LESSONS;
use crate::narration;
use crate::session::LessonAction;
use crate::session::{Action, Command, PlaybackPace, RunView, Screen, State, compare};
use crate::time::Time;
use crate::ui::dispatcher::Dispatcher;
use crate::view::spacetime::ChainHighlight;
use crate::web::start::take_crash;
use crate::web::storage;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Reports to the lesson when playback reaches its stop, and stores the progress.
#[hook]
pub fn use_lesson(run_view: &RunView, state: &State, cursor: Time, dispatcher: &Dispatcher) {
    let stop = state.lesson.and_then(|lesson| lesson.stops_at(&run_view.run));
    let is_reached = stop.is_some_and(|stop| cursor >= stop);
    let dispatcher = dispatcher.clone();
    use_effect_with((is_reached, stop), move |(is_reached, stop)| {
        if let Some(stop) = stop.filter(|_| *is_reached) {
            dispatcher.dispatch(Action::Lesson(LessonAction::Reached(stop)));
        }
    });
    use_effect_with(state.remembered.clone(), |remembered| {
        storage::write(LESSONS, &remembered.to_string());
    });
}

/// Sets the title of the window, so that it can be found among others.
#[hook]
pub fn use_title(run_view: &RunView, state: &State) {
    let title = match (&state.screen, &run_view.run.scenario().title) {
        (Screen::Start, _) => None,
        // The scenario's title may give the answer away.
        (Screen::Stage | Screen::Compare(_), _) if state.lesson.is_some() => {
            state.lesson.map(|lesson| lesson.lesson().title.clone())
        }
        (_, None) => None,
        (Screen::Gallery, _) => Some("Gallery".to_owned()),
        (Screen::Stage | Screen::Compare(_), title) => title.clone(),
    };
    use_effect_with(title, |title| {
        let words =
            title.as_ref().map_or_else(|| ALONE.to_owned(), |title| format!("{title} – {NAME}"));
        gloo_utils::document().set_title(&words);
    });
}

const NAME: &str = "Hustings";
/// The same title as in `index.html`.
const ALONE: &str = "Hustings: a leader-election playground";

/// Executes a click that came before the wasm was loaded; returns a value once the start screen has been
/// left.
#[hook]
pub fn use_start(state: &State, dispatcher: &Dispatcher) -> Option<&'static str> {
    let was_start = use_mut_ref(|| false);
    let is_start = state.screen == Screen::Start;
    use_effect_with((), {
        let dispatcher = dispatcher.clone();
        move |()| {
            if take_crash() && is_start {
                dispatcher.execute(Command::CrashOrRecover);
            }
        }
    });
    *was_start.borrow_mut() |= is_start;
    (!is_start && *was_start.borrow()).then_some("")
}

/// Moves the focus between the buttons that start and end the presentation, since the pressed one disappears.
#[hook]
pub fn use_presentation(presents: bool) {
    let before = use_mut_ref(|| presents);
    use_effect_with(presents, move |&presents| {
        if before.replace(presents) == presents {
            return;
        }
        let others: &[&str] = if presents {
            &[".presentation .leave"]
        } else {
            &[".views .present", ".mirror button"]
        };
        let document = gloo_utils::document();
        let shown = |name: &&str| {
            let found = document.query_selector(name).ok().flatten()?;
            found.dyn_into::<HtmlElement>().ok().filter(|node| node.offset_width() > 0)
        };
        if let Some(button) = others.iter().find_map(shown) {
            // If the focus cannot move there, the page keeps it.
            let _ = button.focus();
        }
    });
}

/// How playing goes: both runs of a comparison pass the same stretches, a lesson stops where it asks, and
/// a presentation at each chapter.
#[hook]
pub fn use_pace(
    run_view: &Rc<RunView>,
    comparison: &Option<Rc<RunView>>,
    state: &State,
) -> Rc<PlaybackPace> {
    let asked = state.lesson.and_then(|lesson| lesson.shows_until(&run_view.run));
    let stop = asked.or_else(|| next_chapter(run_view, state));
    // A loop does not pass a chapter at which the presentation pauses.
    let loops = state.is_looping && (asked.is_some() || stop.is_none());
    let given = (run_view.clone(), comparison.clone(), loops, state.skips_quiet, stop);
    use_memo(given, |(run_view, comparison, looping, skips, stop)| {
        let pace = match comparison {
            Some(comparison) => compare::pace(run_view, comparison, *looping, *skips),
            None => run_view.pace(*looping, *skips),
        };
        PlaybackPace { end: stop.map_or(pace.end, |stop| stop.min(pace.end)), ..pace }
    })
}

/// The chapter at which a presentation pauses next.
fn next_chapter(run_view: &RunView, state: &State) -> Option<Time> {
    let from = state.playback.anchor();
    let marks = run_view
        .run
        .scenario()
        .marks
        .iter()
        .filter(|_| state.presents && state.playback.is_playing());
    marks.map(|mark| mark.at).filter(|&at| at > from).min()
}

/// What the diagram shows at full strength while somebody asks why.
#[hook]
pub fn use_chain(run_view: &Rc<RunView>, state: &State) -> Option<Rc<ChainHighlight>> {
    let chain = use_memo((run_view.clone(), state.why), |(run_view, why)| {
        let chain = narration::chain(&run_view.run, (*why)?);
        let events = chain.events().flat_map(|(first, last)| first..=last).collect();
        Some(Rc::new(ChainHighlight {
            events,
            messages: chain.messages().collect(),
            ranks: chain.ranks().collect(),
            since: chain.since().unwrap_or_default(),
        }))
    });
    (*chain).clone()
}
