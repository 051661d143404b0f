//! The page's address follows what is shown, and what somebody else writes into it is opened.
//!
//! It is written a little after the last change and at most once a second, into the same entry of the
//! browser's history. What is opened gets an entry of its own, so that the way back leads to what was
//! there before, as it was left. What it does not say yet when the page is left, and a script that cannot
//! be read, is noted for a reload.

use crate::run::Digest;
use crate::scenario::FigureView;
use crate::session::address::{self, Address, AddressError, AddressSource, OpenedAddress};
use crate::session::{Action, Document, ReloadNote, RunView, Screen, State};
use crate::time::Time;
use crate::types::GroupId;
use crate::ui::dispatcher::{Session, latest};
use crate::ui::hooks::recent;
use crate::view::Target;
use crate::web::storage::tab;
use crate::web::{clock, focus, location, panic, start, visibility};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// So long nothing changes before the address is written, in milliseconds.
const REST: f64 = 300.0;
/// And so long passes between two writings.
const APART: f64 = 1_000.0;

/// Under which the note for a reload is kept.
const NOTE: &str = "hustings.reload";

/// What the page noted before it was loaded again, or before it was left and is gone back to. The address may
/// have been written after the browser chose what to load again.
pub fn reload_note(fragment: &str) -> Option<ReloadNote> {
    let note = ReloadNote::read(&tab::take(NOTE)?)?;
    match start::navigation().as_deref() {
        Some("reload") => Some(note),
        Some("back_forward") if note.found == fragment => Some(note),
        Some(_) | None => None,
    }
}

#[hook]
pub fn use_address(session: &UseReducerHandle<Session>, run_view: Option<&Rc<RunView>>) {
    let state = &session.0;
    let scribe: Rc<RefCell<AddressWriter>> = use_mut_ref(AddressWriter::default);
    let say = use_callback(session.dispatcher(), |words: &'static str, dispatch| {
        dispatch.dispatch(Action::Say(Some(words.to_owned())));
    });
    use_visits(session.dispatcher(), scribe.clone());
    use_leaving(scribe.clone());
    let digest =
        use_memo((run_view.cloned(), state.document().readable()), |(run_view, document)| {
            let run_view = run_view.as_ref()?;
            (run_view.run.scenario() == document.scenario()).then(|| run_view.run.digest())
        });
    use_check(session.dispatcher(), &state.arrived, *digest);
    let shown = ShownAddress::of(state, *digest);
    use_effect_with(shown, {
        let state = state.clone();
        move |shown: &ShownAddress| changed(&scribe, &state, shown, &say)
    });
}

const TOO_LONG: &str = "This scenario is too long for a link, so its address works in this browser alone. Share \
                        saves it as a file.";

/// Opens what the address names, whenever somebody else changes it.
#[hook]
fn use_visits(dispatch: UseReducerDispatcher<Session>, scribe: Rc<RefCell<AddressWriter>>) {
    use_effect_with((), move |()| {
        let listener = location::on_change(move |fragment| {
            let address = match Address::read(&fragment) {
                Ok(address) => address,
                Err(misread) => return refuse(&scribe, &dispatch, &misread),
            };
            match address.document_among(&recent::kept()) {
                Ok(OpenedAddress { document, notice }) => {
                    scribe.borrow_mut().by_browser = Some(document.clone());
                    dispatch.dispatch(Action::OpenAddress { address, document });
                    if address::is_start(&fragment) {
                        dispatch.dispatch(Action::Show(Screen::Start));
                    }
                    if let Some(words) = notice {
                        dispatch.dispatch(Action::Say(Some(words.to_owned())));
                    }
                }
                Err(misread) => refuse(&scribe, &dispatch, &misread),
            }
        });
        move || drop(listener)
    });
}

/// What was open stays, and the address names it again.
fn refuse(
    scribe: &RefCell<AddressWriter>,
    dispatch: &UseReducerDispatcher<Session>,
    why: &AddressError,
) {
    scribe.borrow_mut().correct();
    dispatch.dispatch(address::refused(why));
}

/// Who leaves does not wait: what is being typed is told, and what is not in the address yet is noted.
#[hook]
fn use_leaving(scribe: Rc<RefCell<AddressWriter>>) {
    use_effect_with((), move |()| {
        let typing = visibility::before_leave(focus::let_go);
        let listeners = visibility::on_leave(move || scribe.borrow().note());
        move || drop((typing, listeners))
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
struct ShownAddress {
    document: Document,
    opened: Document,
    at: Time,
    selected: Option<Target>,
    window: Option<(Time, Time)>,
    /// The group that is shown alone.
    group: Option<GroupId>,
    screen: Screen,
    view: FigureView,
    /// The lesson and its step, by their places.
    step: Option<(usize, usize)>,
    presents: bool,
    digest: Option<Digest>,
}

impl ShownAddress {
    fn of(state: &State, digest: Option<Digest>) -> Self {
        Self {
            document: state.document().clone(),
            opened: state.opened.clone(),
            at: state.playback.anchor(),
            selected: state.selected,
            window: state.window,
            group: (!state.all_groups).then_some(state.group),
            screen: state.screen.clone(),
            view: state.view,
            step: state.lesson.map(|lesson| (lesson.place(), lesson.step_place())),
            presents: state.presents,
            digest,
        }
    }
}

/// Who writes the address.
#[derive(Default)]
struct AddressWriter {
    /// What was shown last.
    before: Option<(Document, bool)>,
    /// What the browser has written into the address itself: with the way back, a link, or by hand.
    by_browser: Option<Document>,
    /// What waits to be written.
    waiting: Option<(Timeout, State, Option<Digest>)>,
    /// What is shown now.
    shown: Option<(State, Option<Digest>)>,
    written: f64,
    /// Whether what is written works in this browser alone.
    is_kept: bool,
}

fn changed(
    scribe: &Rc<RefCell<AddressWriter>>,
    state: &State,
    shown: &ShownAddress,
    say: &Callback<&'static str>,
) {
    let mut own = scribe.borrow_mut();
    let is_lesson = shown.step.is_some();
    let before = own.before.replace((shown.opened.clone(), is_lesson));
    own.shown = Some((state.clone(), shown.digest));
    // What the page opens with has its address already.
    let Some((opened, was_lesson)) = before else {
        let source = Address::followed(state, shown.digest).source;
        own.is_kept = matches!(source, AddressSource::Kept(_));
        // It may come without how its run goes, or have named nothing.
        if shown.digest.is_some() || Address::read(&location::fragment()).is_err() {
            own.wait(scribe, state, shown.digest, say);
        }
        return;
    };
    if opened == shown.opened {
        return own.wait(scribe, state, shown.digest, say);
    }
    // A lesson that the browser names opens at the step where the reader was, whatever its first scene is.
    let by_browser = own.by_browser.take();
    if by_browser.is_some_and(|document| document == shown.opened || is_lesson) {
        own.waiting = None;
    } else if was_lesson && is_lesson {
        // A lesson sets one scene after the other; the way back leads out of it.
        own.wait(scribe, state, shown.digest, say);
    } else {
        own.write_waiting();
        let written = own.write(state, shown.digest, location::push);
        // The borrow ends first: what is said renders the page anew.
        drop(own);
        written.into_iter().for_each(|words| say.emit(words));
    }
}

impl AddressWriter {
    fn wait(
        &mut self,
        scribe: &Rc<RefCell<Self>>,
        state: &State,
        digest: Option<Digest>,
        say: &Callback<&'static str>,
    ) {
        let rest = REST.max(self.written + APART - clock::uptime());
        let (next, say) = (scribe.clone(), say.clone());
        let timer = Timeout::new(rest as u32, move || {
            let text = next.borrow_mut().write_waiting();
            text.into_iter().for_each(|words| say.emit(words));
        });
        self.waiting = Some((timer, state.clone(), digest));
    }

    fn write_waiting(&mut self) -> Option<&'static str> {
        let (_, state, digest) = self.waiting.take()?;
        let written = self.write(&state, digest, |fragment| {
            if location::fragment() != fragment {
                location::replace(fragment);
            }
        });
        self.note();
        written
    }

    /// Somebody wrote an address that names nothing: it names what is shown again.
    fn correct(&mut self) {
        let Some((state, digest)) = self.shown.clone() else { return };
        match state.screen {
            Screen::Start => location::replace(&address::start()),
            Screen::Stage | Screen::Gallery | Screen::Compare(_) => {
                // That it works here alone was said when it was written first.
                self.write(&state, digest, location::replace);
            }
        }
    }

    /// Notes for a reload what is shown: the address may lag behind, and names no draft.
    fn note(&self) {
        // What was done last may be what broke the page.
        if panic::is_broken() {
            return;
        }
        let Some((shown, digest)) = &self.shown else { return };
        // What was told last may not be rendered any more.
        let latest = latest();
        let state = latest.as_deref().unwrap_or(shown);
        let is_same = state.document().scenario() == shown.document().scenario();
        let correct = match state.screen {
            Screen::Start => address::start(),
            Screen::Stage | Screen::Gallery | Screen::Compare(_) => {
                Address::followed(state, digest.filter(|_| is_same)).to_string()
            }
        };
        let note = ReloadNote::new(location::fragment(), correct, state);
        tab::keep(NOTE, &note.written());
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
        self.written = clock::uptime();
        let was_kept =
            std::mem::replace(&mut self.is_kept, matches!(address.source, AddressSource::Kept(_)));
        (self.is_kept && !was_kept).then_some(TOO_LONG)
    }
}
