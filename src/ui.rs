//! The page, in Yew: components receive plain values and return actions and commands; one reducer applies
//! them. `App` simulates the session's scenario and shows the run on the page.

mod components;
mod dispatcher;
mod figure;
mod hooks;
mod page;

pub use figure::Figure;

use crate::session::lesson::LessonMemory;
use crate::session::{PlaybackPace, RunView, State, address};
use crate::time::Time;
use crate::view::palette::ColourTheme;
use crate::view::spacetime::ChainHighlight;
use crate::web::{clock, location, media, storage};
use dispatcher::Session;
use hooks::{kept, reload_note, use_address, use_comparison, use_media, use_recents, use_run};
use page::{LESSONS, Page};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn App() -> Html {
    let reduced_motion = use_media(media::LESS_MOTION);
    let session = use_reducer(move || {
        // The static start page has shown its picture since before the wasm was loaded.
        let since = location::shown_since().unwrap_or_else(clock::now);
        let remembered = LessonMemory::read(&storage::read(LESSONS).unwrap_or_default());
        let fragment = location::fragment();
        let note = reload_note(&fragment);
        let (note, recents) = (note.as_ref(), kept());
        let state = address::reopened(&fragment, note, &recents, remembered, since, reduced_motion);
        Session(Rc::new(state))
    });
    let (run_view, is_late) = use_run(Some(session.0.shown_document()));
    let comparison = use_comparison(&session.0);
    let (run_view, comparison) =
        (use_group(run_view, &session.0), use_group(comparison, &session.0));
    let recents = use_recents(&session);
    use_address(&session, run_view.as_ref());
    match run_view {
        None => html! { <p class="notice" role="status">{ "Simulating…" }</p> },
        Some(run_view) => {
            html! { <Page {run_view} {session} {reduced_motion} {is_late} {recents} {comparison} /> }
        }
    }
}

/// The view of the run for the shown groups, without the future while a lesson asks what comes.
#[hook]
fn use_group(run_view: Option<Rc<RunView>>, state: &State) -> Option<Rc<RunView>> {
    let (hides, ends_at) =
        (state.hides_what_comes(), state.lesson.and_then(|lesson| lesson.ends_at()));
    let document = ends_at.map(|_| state.document().readable());
    let looked_at = (run_view, state.group, state.all_groups, hides, ends_at, document);
    let shown = use_memo(looked_at, |(run_view, group, all, hides, ends_at, document)| {
        let whole = run_view.as_ref()?;
        let run_view = match (ends_at, document) {
            (Some(last), Some(document)) => Rc::new(whole.ended_at(*last, document)),
            _ => whole.clone(),
        };
        Some(match (run_view.has_groups(), hides) {
            (false, false) => run_view,
            (_, false) => Rc::new(run_view.showing(*group, *all)),
            (_, true) => Rc::new(run_view.showing(*group, *all).hiding_future()),
        })
    });
    (*shown).clone()
}

/// The state, the cursor, and the options of drawing.
#[derive(Clone)]
pub struct RenderContext {
    pub state: Rc<State>,
    pub pace: Rc<PlaybackPace>,
    /// The cursor, updated as often as text changes.
    pub cursor: Time,
    pub theme: ColourTheme,
    /// Whether the pointer is a finger.
    pub coarse: bool,
    pub reduced_motion: bool,
    /// The explanation to highlight.
    pub chain: Option<Rc<ChainHighlight>>,
}

/// Every action creates another state, so comparing pointers is enough.
impl PartialEq for RenderContext {
    fn eq(&self, other: &Self) -> bool {
        let look = |it: &Self| (it.cursor, it.theme, it.coarse, it.reduced_motion);
        Rc::ptr_eq(&self.state, &other.state)
            && self.pace == other.pace
            && look(self) == look(other)
            && self.chain == other.chain
    }
}
