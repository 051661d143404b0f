//! The page around one run: what it shows is read off at the cursor, what is pressed becomes an action.

mod dialogs;
mod dispatcher;
mod hooks;
mod parts;
mod screens;

pub use dispatcher::{DispatchContext, Dispatcher, use_dispatcher};

use super::app::Session;
use super::components::{Header, PanelColumn};
use super::hooks::{
    use_cursor, use_focus, use_import, use_keys, use_letters, use_media, use_panel_focus,
    use_steps, use_theme, use_visibility,
};
use crate::scenario::FigureView;
use crate::session::recent::Recents;
use crate::session::{RunView, Screen, State};
use crate::view::build;
use crate::view::stage::legend;
use crate::web::media;
use hooks::{use_chain, use_ended, use_lesson, use_pace, use_presentation, use_start, use_title};
use parts::PageParts;
use std::rc::Rc;
use yew::prelude::*;

/// Under which the lessons are remembered.
pub const LESSONS: &str = "hustings.lessons";

#[derive(Clone, PartialEq, Properties)]
pub struct PageProps {
    pub made: Rc<RunView>,
    pub session: UseReducerHandle<Session>,
    pub reduced_motion: bool,
    /// What is shown is the run before: the new one takes its time.
    pub is_late: bool,
    /// What was worked on last, for a visitor who comes back.
    pub recents: Rc<Recents>,
    /// The run under another algorithm, while there is one to compare with.
    pub rival: Option<Rc<RunView>>,
}

#[component]
pub fn Page(props: &PageProps) -> Html {
    let PageProps { made, session, reduced_motion, is_late, recents, rival } = props;
    let state = &session.0;
    let (choice, theme, ontheme) = use_theme();
    let coarse = use_media(media::COARSE_POINTER);
    let pace = use_pace(made, rival, state);
    let ended = use_ended(session, pace.end);
    let cursor = use_cursor(state.playback, &pace, ended);
    let raised = use_state_eq(|| None);
    let ground = DispatchContext {
        made: made.clone(),
        session: session.clone(),
        rival: rival.clone(),
        pace: pace.clone(),
        reduced_motion: *reduced_motion,
    };
    let deeds = use_dispatcher(ground, raised.setter());
    let (letters, onletters) = use_letters();
    use_keys(deeds.deed.clone(), letters);
    use_lesson(made, state, cursor, &deeds);
    use_steps(state.playback, deeds.step.clone());
    use_visibility(deeds.sight.clone());
    use_focus();
    use_panel_focus(state.panel);
    use_title(made, state);
    use_presentation(state.presents);
    let unfolds = use_start(state, &deeds);
    let hangs = use_import(&deeds.act);
    let last = use_memo(recents.clone(), |recents| recents.last());

    let chain = use_chain(made, state);
    let snapshot = made.run.look(None, cursor, build::memory(made.run.scenario()));
    let picture = Rc::new(made.picture(&snapshot));
    let parts = PageParts {
        legend: Rc::new(legend(&picture)),
        made: made.clone(),
        session: session.clone(),
        reduced_motion: *reduced_motion,
        deeds: deeds.clone(),
        pace,
        cursor,
        snapshot,
        picture,
        raised: *raised,
        chain,
        theme,
        coarse,
        last: (*last).clone(),
        recents: recents.clone(),
        rival: rival.clone(),
    };
    let panel = state.panel.filter(|_| state.screen == Screen::Stage && !state.presents);
    html! {
        <div class="page" data-tab={state.tab.name()} data-panel={panel.map(|_| "open")}
            data-screen={screen(state)} data-view={view(state)} data-lesson={lesson(state)} data-unfolds={unfolds}>
            if !state.presents {
                <Header state={Rc::new(state.clone())} made={made.clone()} theme={choice} {ontheme}
                    deeds={deeds.clone()} />
            }
            if let Some(panel) = panel {
                <PanelColumn {panel} document={state.document().clone()} made={made.clone()} {cursor}
                    selected={state.selected} json_draft={state.json_draft.clone()} deeds={deeds.clone()} />
            }
            { parts.screen() }
            { parts.dialog(letters, &onletters) }
            { parts.over_all(hangs, *is_late) }
        </div>
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

/// For the style sheet, where the one or the other is folded away.
fn view(state: &State) -> Option<&'static str> {
    let has_both = matches!(state.screen, Screen::Stage | Screen::Compare(_));
    (has_both && state.view != FigureView::Both && !state.presents).then(|| state.view.name())
}

/// For the style sheet: in a lesson, and whether it asks what is to come.
fn lesson(state: &State) -> Option<&'static str> {
    state.lesson.map(|lesson| if lesson.hides_what_comes() { "asks" } else { "on" })
}
