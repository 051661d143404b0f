//! Hooks that own the listeners, timers and frames that they start, so that unmounting ends them. Here are the
//! short ones: the frames and timers of the playback, what the browser tells (visibility, media queries,
//! sizes), and what it stores (the theme, the recent scenarios).

mod address;
mod keys;
mod run;
mod tools;

pub use address::{reload_note, use_address};
pub use keys::{key_press, use_focus, use_keys, use_letter_keys, use_panel_focus};
pub use run::{
    AlgorithmRows, use_algorithm_rows, use_comparison, use_difference, use_previews, use_run,
};
pub use tools::{
    LATE, PanelSearcher, PanelSweeper, SnippetState, use_json, use_quiet_search, use_search,
    use_snippet, use_sweep, use_tools,
};

use super::dispatcher::{Dispatcher, Session};
use crate::session::stored::Recents;
use crate::session::{Action, Command, Document, Playback, PlaybackPace, State};
use crate::time::Time;
use crate::view::geometry::Size;
use crate::view::palette::ColourTheme;
use crate::web::media::{self, SizeWatch, VisibilityWatch};
use crate::web::{clock, storage};
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::{Interval, Timeout};
use gloo_utils::document_element;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

type FrameSlot = Rc<RefCell<Option<AnimationFrame>>>;

/// Requests frames only while `playing`; a pause or unmount drops the requested one.
#[hook]
pub fn use_frames(playing: bool, paint: Callback<()>) {
    let slot: FrameSlot = use_mut_ref(|| None);
    use_effect_with((playing, paint), move |(playing, paint)| {
        if *playing {
            ask(slot.clone(), paint.clone());
        }
        move || drop(slot.take())
    });
}

fn ask(slot: FrameSlot, paint: Callback<()>) {
    let next = slot.clone();
    let frame = request_animation_frame(move |_| {
        paint.emit(());
        // A paint that stopped playback has emptied the slot: request no more.
        let goes_on = next.borrow().is_some();
        if goes_on {
            ask(next, paint);
        }
    });
    *slot.borrow_mut() = Some(frame);
}

const TICK: u32 = 100;

/// The cursor, updated ten times a second during playback. Playback pauses at its end.
#[hook]
pub fn use_cursor(session: &UseReducerHandle<Session>, pace: &Rc<PlaybackPace>) -> Time {
    let tick = use_force_update();
    let (playback, dispatcher) = (session.0.playback, session.dispatcher());
    use_effect_with((playback, pace.clone()), move |(playback, pace)| {
        let (playback, pace) = (*playback, pace.clone());
        let ticking = playback.runs_by_the_clock().then(|| {
            Interval::new(TICK, move || {
                if playback.has_ended(clock::now(), &pace) {
                    dispatcher.dispatch(Action::Pause { at: pace.end });
                } else {
                    tick.force_update();
                }
            })
        });
        move || drop(ticking)
    });
    playback.cursor(clock::now(), pace)
}

const PERIOD: u32 = 250;

/// Executes a step four times a second while playback goes by steps.
#[hook]
pub fn use_steps(playback: Playback, dispatcher: &Dispatcher) {
    let by_steps = matches!(playback, Playback::Stepping { .. });
    use_effect_with((by_steps, dispatcher.clone()), |(by_steps, dispatcher)| {
        let dispatcher = dispatcher.clone();
        let timer =
            by_steps.then(|| Interval::new(PERIOD, move || dispatcher.execute(Command::PlayStep)));
        move || drop(timer)
    });
}

/// Suspends playback while the element or the page is not visible.
#[hook]
pub fn use_visible(node: &NodeRef, dispatcher: &Dispatcher) {
    use_effect_with((node.clone(), dispatcher.clone()), |(node, dispatcher)| {
        // Visible until an observer says otherwise.
        let (near, seen) = (Rc::new(Cell::new(true)), Rc::new(Cell::new(true)));
        let tell = {
            let (near, seen, dispatcher) = (near.clone(), seen.clone(), dispatcher.clone());
            let last = Cell::new(None);
            Rc::new(move || {
                let now = near.get() && seen.get();
                if last.replace(Some(now)) != Some(now) {
                    dispatcher.execute(Command::Hold(!now));
                }
            })
        };
        seen.set(!gloo_utils::document().hidden());
        let scrolled = node.cast::<Element>().and_then(|element| {
            let tell = tell.clone();
            VisibilityWatch::new(&element, move |is_near| {
                near.set(is_near);
                tell();
            })
        });
        if scrolled.is_none() {
            tell();
        }
        let listener = media::on_visibility(move |is_seen| {
            seen.set(is_seen);
            tell();
        });
        move || drop((scrolled, listener))
    });
}

/// Whether a media query matches, updated on each change.
#[hook]
pub fn use_media(query: &'static str) -> bool {
    let holds = use_state_eq(|| media::matches(query));
    let set = holds.setter();
    use_effect_with(query, move |query| {
        let listener = media::on_change(query, move |now| set.set(now));
        move || drop(listener)
    });
    *holds
}

/// Suspends playback while the page is hidden.
#[hook]
pub fn use_visibility(dispatcher: &Dispatcher) {
    use_effect_with(dispatcher.clone(), |dispatcher| {
        let dispatcher = dispatcher.clone();
        let listener = media::on_visibility(move |seen| dispatcher.execute(Command::Hold(!seen)));
        move || drop(listener)
    });
}

/// The size in CSS pixels; `None` before the first layout.
#[hook]
pub fn use_size(node: &NodeRef) -> Option<Size> {
    let size = use_state_eq(|| None);
    let set = size.setter();
    use_effect_with(node.clone(), move |node| {
        let element = node.cast::<Element>();
        let watch = element.and_then(|e| SizeWatch::new(&e, move |size| set.set(Some(size))));
        move || drop(watch)
    });
    *size
}

/// The height of the window in CSS pixels.
#[hook]
pub fn use_window_height() -> f64 {
    let height = use_state_eq(media::window_height);
    let set = height.setter();
    use_effect_with((), move |()| {
        let listener = media::on_window_resize(move || set.set(media::window_height()));
        move || drop(listener)
    });
    *height
}

const THEME: &str = "hustings.theme";

/// The reader's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeChoice {
    Auto,
    Light,
    Dark,
}

impl ThemeChoice {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }

    fn remembered() -> Self {
        match storage::read(THEME).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::Auto,
        }
    }
}

/// The choice, the resulting theme, and a callback that changes to the next choice. With forced colours the
/// theme is coded: each colour is replaced by one of the system's when it is painted.
#[hook]
pub fn use_theme() -> (ThemeChoice, ColourTheme, Callback<()>) {
    let choice = use_state_eq(ThemeChoice::remembered);
    let prefers_dark = use_media(media::DARK);
    use_effect_with(*choice, |choice| {
        let root = document_element();
        // The style sheet follows the attribute; without one, the system.
        let _ = match choice {
            ThemeChoice::Auto => root.remove_attribute("data-theme"),
            ThemeChoice::Light | ThemeChoice::Dark => {
                root.set_attribute("data-theme", choice.name())
            }
        };
    });
    let dark = match *choice {
        ThemeChoice::Auto => prefers_dark,
        ThemeChoice::Light => false,
        ThemeChoice::Dark => true,
    };
    let next = {
        let choice = choice.clone();
        Callback::from(move |()| {
            let next = choice.next();
            storage::write(THEME, next.name());
            choice.set(next);
        })
    };
    let theme = match (use_media(media::FORCED_COLOURS), dark) {
        (true, _) => ColourTheme::Coded,
        (false, true) => ColourTheme::Dark,
        (false, false) => ColourTheme::Light,
    };
    (*choice, theme, next)
}

const RECENT: &str = "hustings.recent";
/// The pause in changes before a scenario is stored, in milliseconds: a drag changes it sixty times a second.
const REST: u32 = 300;

/// The stored scenarios; another page of this site may have added some.
pub fn kept() -> Recents {
    Recents::read(&storage::read(RECENT).unwrap_or_default()).0
}

/// Returns the stored scenarios, and stores the open one from now on. If the browser refuses, or its data is
/// corrupt, the page still works and shows one notice.
#[hook]
pub fn use_recents(session: &UseReducerHandle<Session>) -> Rc<Recents> {
    let state = &session.0;
    let dispatch = session.dispatcher();
    let found = use_memo((), |()| Recents::read(&storage::read(RECENT).unwrap_or_default()));
    use_effect_with((), {
        let (dispatch, is_whole) = (dispatch.clone(), found.1);
        move |()| {
            if !is_whole {
                dispatch.dispatch(Action::Say(Some(SPOILT.to_owned())));
            }
        }
    });
    let list = use_state(|| Rc::new(found.0.clone()));
    let keeper: Rc<RefCell<RecentWriter>> = use_mut_ref(RecentWriter::default);
    let tell = {
        let list = list.setter();
        Callback::from(move |kept: Result<Recents, ()>| match kept {
            Ok(recents) => list.set(Rc::new(recents)),
            Err(()) => dispatch.dispatch(Action::Say(Some(REFUSED.to_owned()))),
        })
    };
    use_effect_with(open(state), {
        let (keeper, tell) = (keeper.clone(), tell);
        move |open: &Option<(Document, Document)>| {
            if let Some((document, opened)) = open {
                let waits = keeper.clone();
                let timer = Timeout::new(REST, move || keep(&waits));
                let waiting = PendingSave {
                    _timer: timer,
                    document: document.clone(),
                    opened: opened.clone(),
                    tell,
                };
                keeper.borrow_mut().waiting = Some(waiting);
            }
        }
    });
    // When the page is left, nothing waits for the timer.
    use_effect_with((), move |()| {
        let listener = media::on_leave(move || keep(&keeper));
        move || drop(listener)
    });
    (*list).clone()
}

const SPOILT: &str = "What this browser kept of your recent scenarios cannot be read in full; what can \
                      be is in the gallery.";
const REFUSED: &str = "This browser keeps nothing for this page, so what you do here is gone when you \
                       leave. Share has its link, and files of it.";

/// The document, and the one that it began with; scenes of lessons are not stored.
fn open(state: &State) -> Option<(Document, Document)> {
    let document = state.document().readable();
    state.lesson.is_none().then(|| (document, state.opened.clone()))
}

#[derive(Default)]
struct RecentWriter {
    waiting: Option<PendingSave>,
    /// The document that was stored last, and the one that it began with.
    kept: Option<(Document, Document)>,
    has_reported: bool,
}

struct PendingSave {
    _timer: Timeout,
    document: Document,
    opened: Document,
    tell: Callback<Result<Recents, ()>>,
}

fn keep(keeper: &RefCell<RecentWriter>) {
    let Some(PendingSave { document, opened, tell, .. }) = keeper.borrow_mut().waiting.take()
    else {
        return;
    };
    let recents = keeper.borrow_mut().keep(document, opened);
    // The borrow has ended: the callback may render the page again.
    if let Some(recents) = recents {
        tell.emit(recents);
    }
}

impl RecentWriter {
    fn keep(&mut self, document: Document, opened: Document) -> Option<Result<Recents, ()>> {
        let same_work = self.kept.as_ref().filter(|(_, began)| *began == opened);
        let before = same_work.map(|(document, _)| document.text());
        let mut recents = kept().noted(&document, clock::calendar(), before)?;
        let is_own = !recents.rows(0).is_empty();
        self.kept = Some((document, opened));
        while !storage::write(RECENT, &recents.written()) {
            match recents.without_oldest() {
                Some(fewer) => recents = fewer,
                // A preset needs no storage.
                None => return self.refused(is_own).then_some(Err(())),
            }
        }
        Some(Ok(recents))
    }

    /// Whether to show the notice about a refusal.
    fn refused(&mut self, is_own: bool) -> bool {
        is_own && !std::mem::replace(&mut self.has_reported, true)
    }
}
