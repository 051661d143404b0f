//! The page's address follows what is shown, and what somebody else writes into it is opened.
//!
//! It is written a little after the last change and at most once a second, into the same entry of the
//! browser's history. What is opened gets an entry of its own, so that the way back leads to what was
//! there before, as it was left.

use crate::clock::Time;
use crate::run::Digest;
use crate::session::address::{self, Address};
use crate::session::{Action, Document, Made, Screen, State};
use crate::ui::app::Session;
use crate::ui::hooks::recent;
use crate::view::Target;
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
    use_visits(session.dispatcher(), scribe.clone());
    let digest = use_memo((made.cloned(), state.document().readable()), |(made, document)| {
        let made = made.as_ref()?;
        (made.run.scenario() == document.scenario()).then(|| made.run.digest())
    });
    use_check(session.dispatcher(), &state.arrived, *digest);
    let shown = Shown::of(state, *digest);
    use_effect_with(shown, {
        let state = state.clone();
        move |shown: &Shown| changed(&scribe, &state, shown)
    });
}

/// Opens what the address names, whenever somebody else changes it.
#[hook]
fn use_visits(dispatch: UseReducerDispatcher<Session>, scribe: Rc<RefCell<Scribe>>) {
    use_effect_with((), move |()| {
        let listener = location::on_change(move |fragment| {
            let address = match Address::read(&fragment) {
                Ok(address) => address,
                Err(misread) => return dispatch.dispatch(address::refused(&misread)),
            };
            match address.document() {
                Ok(document) => {
                    let own = recent::kept().in_own_words(&document);
                    let document = own.unwrap_or(document);
                    scribe.borrow_mut().by_browser = Some(document.clone());
                    dispatch.dispatch(Action::Visit { address, document });
                    if address::is_start(&fragment) {
                        dispatch.dispatch(Action::Show(Screen::Start));
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
    screen: Screen,
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
            screen: state.screen.clone(),
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
}

fn changed(scribe: &Rc<RefCell<Scribe>>, state: &State, shown: &Shown) {
    let mut own = scribe.borrow_mut();
    let before = own.before.replace((shown.opened.clone(), shown.is_lesson));
    let Some((opened, was_lesson)) = before else {
        // What the page opens with has its address already, but perhaps without how it goes.
        if shown.digest.is_some() {
            own.wait(scribe, state, shown.digest);
        }
        return;
    };
    if opened == shown.opened {
        return own.wait(scribe, state, shown.digest);
    }
    if own.by_browser.take().as_ref() == Some(&shown.opened) {
        own.waiting = None;
    } else if was_lesson && shown.is_lesson {
        // A lesson sets one scene after the other; the way back leads out of it.
        own.wait(scribe, state, shown.digest);
    } else {
        own.write_waiting();
        if let Some(fragment) = fragment(state, shown.digest) {
            location::push(&fragment);
            own.written = clock::now();
        }
    }
}

impl Scribe {
    fn wait(&mut self, scribe: &Rc<RefCell<Self>>, state: &State, digest: Option<Digest>) {
        let rest = REST.max(self.written + APART - clock::now());
        let next = scribe.clone();
        let timer = Timeout::new(rest as u32, move || next.borrow_mut().write_waiting());
        self.waiting = Some((timer, state.clone(), digest));
    }

    fn write_waiting(&mut self) {
        let Some((_, state, digest)) = self.waiting.take() else { return };
        if let Some(fragment) = fragment(&state, digest)
            && location::fragment() != fragment
        {
            location::replace(&fragment);
            self.written = clock::now();
        }
    }
}

/// None on the start, whose address is the bare page's, and for what is too long for a link.
fn fragment(state: &State, digest: Option<Digest>) -> Option<String> {
    if state.screen == Screen::Start {
        return None;
    }
    Address::followed(state, digest).ok().map(|address| address.to_string())
}
