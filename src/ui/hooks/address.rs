//! The page's address follows what is shown, and what somebody else writes into it is opened.
//!
//! It is written a little after the last change and at most once a second, into the same entry of the
//! browser's history. What is opened gets an entry of its own, so that the way back leads to what was
//! there before, as it was left.

use crate::clock::Time;
use crate::run::Digest;
use crate::scenario::View;
use crate::session::address::{self, Address, Found, Source};
use crate::session::{Action, Document, Made, Screen, State};
use crate::ui::app::Session;
use crate::ui::hooks::recent;
use crate::view::Target;
use crate::vocabulary::GroupId;
use crate::web::{clock, location};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// So long nothing changes before the address is written, in milliseconds.
const REST: f64 = 300.0;
/// And so long passes between two writings.
const APART: f64 = 1_000.0;

#[hook]
pub fn use_address(session: &UseReducerHandle<Session>, made: Option<&Rc<Made>>) {
    let state = &session.0;
    let scribe: Rc<RefCell<Scribe>> = use_mut_ref(Scribe::default);
    let say = use_callback(session.dispatcher(), |words: &'static str, dispatch| {
        dispatch.dispatch(Action::Say(Some(words.to_owned())));
    });
    use_visits(session.dispatcher(), scribe.clone());
    let digest = use_memo((made.cloned(), state.document().readable()), |(made, document)| {
        let made = made.as_ref()?;
        (made.run.scenario() == document.scenario()).then(|| made.run.digest())
    });
    use_check(session.dispatcher(), &state.arrived, *digest);
    let shown = Shown::of(state, *digest);
    use_effect_with(shown, {
        let state = state.clone();
        move |shown: &Shown| changed(&scribe, &state, shown, &say)
    });
}

const TOO_LONG: &str = "This scenario is too long for a link, so its address works in this browser alone. Share \
                        saves it as a file.";

/// Opens what the address names, whenever somebody else changes it.
#[hook]
fn use_visits(dispatch: UseReducerDispatcher<Session>, scribe: Rc<RefCell<Scribe>>) {
    use_effect_with((), move |()| {
        let listener = location::on_change(move |fragment| {
            let address = match Address::read(&fragment) {
                Ok(address) => address,
                Err(misread) => return dispatch.dispatch(address::refused(&misread)),
            };
            match address.document_among(&recent::kept()) {
                Ok(Found { document, notice }) => {
                    scribe.borrow_mut().by_browser = Some(document.clone());
                    dispatch.dispatch(Action::Visit { address, document });
                    if address::is_start(&fragment) {
                        dispatch.dispatch(Action::Show(Screen::Start));
                    }
                    if let Some(words) = notice {
                        dispatch.dispatch(Action::Say(Some(words.to_owned())));
                    }
                }
                Err(misread) => dispatch.dispatch(address::refused(&misread)),
            }
        });
        move || drop(listener)
    });
}

/// Once the run is done, says whether it goes as whoever shared it saw it.
#[hook]
fn use_check(
    dispatch: UseReducerDispatcher<Session>,
    arrived: &Option<Address>,
    found: Option<Digest>,
) {
    let shared = arrived.as_ref().and_then(|address| address.digest);
    use_effect_with((shared, found), move |(shared, found)| {
        if let (Some(_), Some(found)) = (shared, found) {
            dispatch.dispatch(Action::Check(*found));
        }
    });
}

/// What an address tells.
#[derive(Clone, PartialEq)]
struct Shown {
    document: Document,
    opened: Document,
    at: Time,
    selected: Option<Target>,
    window: Option<(Time, Time)>,
    /// The group that is shown alone.
    group: Option<GroupId>,
    screen: Screen,
    view: View,
    presents: bool,
    is_lesson: bool,
    digest: Option<Digest>,
}

impl Shown {
    fn of(state: &State, digest: Option<Digest>) -> Self {
        Self {
            document: state.document().readable(),
            opened: state.opened.clone(),
            at: state.playback.anchor(),
            selected: state.selected,
            window: state.window,
            group: (!state.all_groups).then_some(state.group),
            screen: state.screen.clone(),
            view: state.view,
            presents: state.presents,
            is_lesson: state.lesson.is_some(),
            digest,
        }
    }
}

/// Who writes the address.
#[derive(Default)]
struct Scribe {
    /// What was shown last.
    before: Option<(Document, bool)>,
    /// What the browser has written into the address itself: with the way back, a link, or by hand.
    by_browser: Option<Document>,
    /// What waits to be written.
    waiting: Option<(Timeout, State, Option<Digest>)>,
    written: f64,
    /// Whether what is written works in this browser alone.
    is_kept: bool,
}

fn changed(
    scribe: &Rc<RefCell<Scribe>>,
    state: &State,
    shown: &Shown,
    say: &Callback<&'static str>,
) {
    let mut own = scribe.borrow_mut();
    let before = own.before.replace((shown.opened.clone(), shown.is_lesson));
    // What the page opens with has its address already.
    let Some((opened, was_lesson)) = before else {
        let source = Address::followed(state, shown.digest).source;
        own.is_kept = matches!(source, Source::Kept(_));
        // It may come without how its run goes.
        if shown.digest.is_some() {
            own.wait(scribe, state, shown.digest, say);
        }
        return;
    };
    if opened == shown.opened {
        return own.wait(scribe, state, shown.digest, say);
    }
    if own.by_browser.take().as_ref() == Some(&shown.opened) {
        own.waiting = None;
    } else if was_lesson && shown.is_lesson {
        // A lesson sets one scene after the other; the way back leads out of it.
        own.wait(scribe, state, shown.digest, say);
    } else {
        own.write_waiting();
        let told = own.write(state, shown.digest, location::push);
        // The borrow ends first: what is said renders the page anew.
        drop(own);
        told.into_iter().for_each(|words| say.emit(words));
    }
}

impl Scribe {
    fn wait(
        &mut self,
        scribe: &Rc<RefCell<Self>>,
        state: &State,
        digest: Option<Digest>,
        say: &Callback<&'static str>,
    ) {
        let rest = REST.max(self.written + APART - clock::now());
        let (next, say) = (scribe.clone(), say.clone());
        let timer = Timeout::new(rest as u32, move || {
            let told = next.borrow_mut().write_waiting();
            told.into_iter().for_each(|words| say.emit(words));
        });
        self.waiting = Some((timer, state.clone(), digest));
    }

    fn write_waiting(&mut self) -> Option<&'static str> {
        let (_, state, digest) = self.waiting.take()?;
        self.write(&state, digest, |fragment| {
            if location::fragment() != fragment {
                location::replace(fragment);
            }
        })
    }

    /// Writes the address, and returns what is to be said: that nobody else can open it, once for as long
    /// as that is so. On the start nothing is written, whose address is the bare page's.
    fn write(
        &mut self,
        state: &State,
        digest: Option<Digest>,
        how: impl FnOnce(&str),
    ) -> Option<&'static str> {
        if state.screen == Screen::Start {
            return None;
        }
        let address = Address::followed(state, digest);
        how(&address.to_string());
        self.written = clock::now();
        let was_kept =
            std::mem::replace(&mut self.is_kept, matches!(address.source, Source::Kept(_)));
        (self.is_kept && !was_kept).then_some(TOO_LONG)
    }
}
