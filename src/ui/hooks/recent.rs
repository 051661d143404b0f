//! Stores the recent scenarios in the browser.

use crate::session::recent::Recents;
use crate::session::{Action, Document, State};
use crate::ui::dispatcher::Session;
use crate::web::{clock, storage, visibility};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

const KEY: &str = "hustings.recent";
/// The pause in changes before a scenario is stored, in milliseconds: a drag changes it sixty times a second.
const REST: u32 = 300;

/// The stored scenarios; another page of this site may have added some.
pub fn kept() -> Recents {
    Recents::read(&storage::read(KEY).unwrap_or_default()).0
}

/// Returns the stored scenarios, and stores the open one from now on. If the browser refuses, or its data is
/// corrupt, the page still works and shows one notice.
#[hook]
pub fn use_recents(session: &UseReducerHandle<Session>) -> Rc<Recents> {
    let state = &session.0;
    let dispatch = session.dispatcher();
    let found = use_memo((), |()| Recents::read(&storage::read(KEY).unwrap_or_default()));
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
        let listener = visibility::on_leave(move || keep(&keeper));
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
    // The borrow has ended: what is told may render the page anew.
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
        while !storage::write(KEY, &recents.written()) {
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
