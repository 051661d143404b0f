//! The page: shows the run at the cursor, turns input into actions and commands, and has the hooks for that.

mod parts;

use super::RenderContext;
use super::components::{Header, panel_column, use_import};
use super::dispatcher::{DispatchContext, Dispatcher, Session, use_new_dispatcher};
use super::hooks::{
    use_cursor, use_focus, use_keys, use_letter_keys, use_media, use_panel_focus, use_steps,
    use_theme, use_visibility,
};
use crate::narration;
use crate::scenario::FigureView;
use crate::session::stored::Recents;
use crate::session::{
    Action, Command, ComparedWith, LessonAction, Panel, PlaybackPace, RunView, Screen, State,
    compare,
};
use crate::time::Time;
use crate::view::build;
use crate::view::palette::ColourTheme;
use crate::view::spacetime::ChainHighlight;
use crate::view::stage::legend;
use crate::web::location::take_crash;
use crate::web::{media, storage};
use parts::PageParts;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The storage key of the progress in the lessons.
pub const LESSONS: &str = "hustings.lessons";

#[derive(Clone, PartialEq, Properties)]
pub struct PageProps {
    pub run_view: Rc<RunView>,
    pub session: UseReducerHandle<Session>,
    pub reduced_motion: bool,
    /// Whether the previous run is shown because the new one takes long to simulate.
    pub is_late: bool,
    /// The stored recent scenarios.
    pub recents: Rc<Recents>,
    /// The other run of a comparison, if there is one.
    pub comparison: Option<Rc<RunView>>,
}

#[component]
pub fn Page(props: &PageProps) -> Html {
    let PageProps { run_view, session, reduced_motion, is_late, recents, comparison } = props;
    let state = &session.0;
    let (choice, theme, ontheme) = use_theme();
    let coarse = use_media(media::COARSE_POINTER);
    let pace = use_pace(run_view, comparison, state);
    let cursor = use_cursor(session, &pace);
    let dispatcher = use_new_dispatcher(DispatchContext {
        run_view: run_view.clone(),
        session: session.clone(),
        comparison: comparison.clone(),
        pace: pace.clone(),
        reduced_motion: *reduced_motion,
    });
    let (letters, onletters) = use_letter_keys();
    use_keys(&dispatcher, letters, !run_view.run.scenario().marks.is_empty());
    use_lesson(run_view, state, cursor, &dispatcher);
    use_steps(state.playback, &dispatcher);
    use_visibility(&dispatcher);
    use_focus();
    use_panel_focus(state.panel);
    use_title(run_view, state);
    use_presentation(state.presents);
    let unfolds = use_start(state, &dispatcher);
    let is_dragged_over = use_import(&dispatcher);
    let last = use_memo(recents.clone(), |recents| recents.last());

    let chain = use_chain(run_view, state);
    let snapshot = run_view.run.snapshot(None, cursor, build::memory(run_view.run.scenario()));
    let picture = Rc::new(run_view.picture(&snapshot));
    let reduced_motion = *reduced_motion;
    let parts = PageParts {
        legend: legend(&picture),
        run_view: run_view.clone(),
        comparison: comparison.clone(),
        context: RenderContext {
            state: state.clone(),
            pace,
            cursor,
            theme,
            coarse,
            reduced_motion,
            chain,
        },
        dispatcher: dispatcher.clone(),
        snapshot,
        picture,
        last: (*last).clone(),
        recents: recents.clone(),
        is_narrow: use_media(media::NARROW),
    };
    let panel = state.panel.filter(|_| state.screen == Screen::Stage && !state.presents);
    let [first, last] = columns(panel, state, run_view, (cursor, theme), &dispatcher);
    html! {
        <ContextProvider<Dispatcher> context={dispatcher.clone()}>
        <div class="page" data-tab={state.tab.name()} data-panel={panel.map(panel_kind)}
            data-screen={screen(state)} data-view={view(state)} data-lesson={lesson(state)} data-unfolds={unfolds}>
            if !state.presents {
                <Header state={state.clone()} run_view={run_view.clone()} theme={choice} {ontheme}
                    />
            }
            if let Some(panel) = first { { panel } }
            { parts.screen() }
            if let Some(panel) = last { { panel } }
            { parts.dialog(letters, &onletters) }
            { parts.over_all(is_dragged_over, *is_late) }
        </div>
        </ContextProvider<Dispatcher>>
    }
}

/// The panel before or behind the stage: one about the run takes the place of the side, which follows the stage.
/// Each keeps its place among the children of the page when it is closed, or Yew would make its neighbours
/// anew, and the control that opened it would be another one.
fn columns(
    panel: Option<Panel>,
    state: &State,
    run_view: &Rc<RunView>,
    (cursor, theme): (Time, ColourTheme),
    dispatcher: &Dispatcher,
) -> [Option<Html>; 2] {
    let column = panel.map(|panel| panel_column(panel, state, run_view, cursor, theme, dispatcher));
    if panel.is_some_and(Panel::is_about_run) { [None, column] } else { [column, None] }
}

/// The panel for the style sheet.
const fn panel_kind(panel: Panel) -> &'static str {
    match panel {
        Panel::SetUp | Panel::Faults | Panel::Script | Panel::Json => "editor",
        Panel::Search => "search",
        Panel::WhatIf => "what-if",
    }
}

const fn screen(state: &State) -> &'static str {
    match state.screen {
        Screen::Start => "start",
        Screen::Stage if state.presents => "present",
        Screen::Stage => "stage",
        Screen::Gallery => "gallery",
        Screen::Compare(_) => "compare",
    }
}

/// The view for the style sheet, if the stage or the diagram is hidden.
fn view(state: &State) -> Option<&'static str> {
    let has_both =
        matches!(state.screen, Screen::Stage | Screen::Compare(ComparedWith::Algorithm(_)));
    (has_both && state.view != FigureView::Both && !state.presents).then(|| state.view.name())
}

/// The lesson's state for the style sheet: whether it asks what comes.
fn lesson(state: &State) -> Option<&'static str> {
    state.lesson.map(|lesson| if lesson.hides_what_comes() { "asks" } else { "on" })
}

/// Reports to the lesson when playback reaches its stop, and stores the progress.
#[hook]
pub fn use_lesson(run_view: &RunView, state: &State, cursor: Time, dispatcher: &Dispatcher) {
    // A lesson is about the reader's own run.
    let lesson = state.lesson.filter(|_| state.preview.is_none());
    let stop = lesson.and_then(|lesson| lesson.stops_at(&run_view.run));
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
            &[".views .present", ".accessible-list button"]
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

/// What the diagram shows at full strength while an explanation is open.
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
