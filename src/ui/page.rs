//! The page: shows the run at the cursor, and turns input into actions and commands.

mod hooks;
mod parts;

use super::components::{Header, PanelColumn};
use super::dispatcher::{DispatchContext, Dispatcher, Session, use_new_dispatcher};
use super::hooks::{
    use_cursor, use_focus, use_import, use_keys, use_letter_keys, use_media, use_panel_focus,
    use_steps, use_theme, use_visibility,
};
use super::render_context::RenderContext;
use crate::scenario::FigureView;
use crate::session::recent::Recents;
use crate::session::{RunView, Screen, State};
use crate::view::build;
use crate::view::stage::legend;
use crate::web::media;
use hooks::{use_chain, use_lesson, use_pace, use_presentation, use_start, use_title};
use parts::PageParts;
use std::rc::Rc;
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
        legend: Rc::new(legend(&picture)),
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
    };
    let panel = state.panel.filter(|_| state.screen == Screen::Stage && !state.presents);
    html! {
        <ContextProvider<Dispatcher> context={dispatcher}>
        <div class="page" data-tab={state.tab.name()} data-panel={panel.map(|_| "open")}
            data-screen={screen(state)} data-view={view(state)} data-lesson={lesson(state)} data-unfolds={unfolds}>
            if !state.presents {
                <Header state={state.clone()} run_view={run_view.clone()} theme={choice} {ontheme}
                    />
            }
            if let Some(panel) = panel {
                <PanelColumn {panel} document={state.document().clone()} run_view={run_view.clone()} {cursor}
                    selected={state.selected} json_draft={state.json_draft.clone()} />
            }
            { parts.screen() }
            { parts.dialog(letters, &onletters) }
            { parts.over_all(is_dragged_over, *is_late) }
        </div>
        </ContextProvider<Dispatcher>>
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
    let has_both = matches!(state.screen, Screen::Stage | Screen::Compare(_));
    (has_both && state.view != FigureView::Both && !state.presents).then(|| state.view.name())
}

/// The lesson's state for the style sheet: whether it asks what comes.
fn lesson(state: &State) -> Option<&'static str> {
    state.lesson.map(|lesson| if lesson.hides_what_comes() { "asks" } else { "on" })
}
