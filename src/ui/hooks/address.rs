//! Writes the page's address from the session, and opens an address that is changed from outside.
//!
//! The address is written shortly after the last change and at most once a second, into the current entry of
//! the browser's history. Opening a scenario adds an entry, so that Back leads to the previous scenario as it
//! was left. When the page is left, an address that is not written yet and a script that cannot be parsed are
//! noted for a reload.

use super::kept;
use crate::run::Digest;
use crate::scenario::FigureView;
use crate::session::address::{self, Address, AddressError, AddressSource, OpenedAddress};
use crate::session::{Action, Document, ReloadNote, RunView, Screen, State};
use crate::time::Time;
use crate::types::GroupId;
use crate::ui::dispatcher::{Session, latest};
use crate::view::Target;
use crate::web::storage::tab;
use crate::web::{self, clock, focus, location, media};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// The pause in changes after which the address is written, in milliseconds.
const REST: f64 = 300.0;
/// The least time between two writes, in milliseconds.
const APART: f64 = 1_000.0;

/// The storage key of the note for a reload.
const NOTE: &str = "hustings.reload";

/// The note that the page stored before a reload, or before it was left and is now returned to. The address
/// may have been written after the browser chose what to reload.
pub fn reload_note(fragment: &str) -> Option<ReloadNote> {
    let note = ReloadNote::read(&tab::take(NOTE)?)?;
    match location::navigation().as_deref() {
        Some("reload") => Some(note),
        Some("back_forward") if note.found == fragment => Some(note),
        Some(_) | None => None,
    }
}

#[hook]
pub fn use_address(session: &UseReducerHandle<Session>, run_view: Option<&Rc<RunView>>) {
    let state = &session.0;
    let writer: Rc<RefCell<AddressWriter>> = use_mut_ref(AddressWriter::new);
    let say = use_callback(session.dispatcher(), |words: &'static str, dispatch| {
        dispatch.dispatch(Action::Say(Some(words.to_owned())));
    });
    use_visits(session.dispatcher(), writer.clone());
    use_leaving(writer.clone());
    let digest =
        use_memo((run_view.cloned(), state.document().readable()), |(run_view, document)| {
            let run_view = run_view.as_ref()?;
            (run_view.run.scenario() == document.scenario()).then(|| run_view.run.digest())
        });
    use_check(session.dispatcher(), &state.arrived, *digest);
    let shown = ShownAddress::of(state, *digest);
    use_effect_with(shown, {
        let state = state.clone();
        move |shown: &ShownAddress| changed(&writer, &state, shown, &say)
    });
}

const TOO_LONG: &str = "This scenario is too long for a link, so its address works in this browser alone. Share \
                        saves it as a file.";

/// Opens the address whenever it is changed from outside.
#[hook]
fn use_visits(dispatch: UseReducerDispatcher<Session>, writer: Rc<RefCell<AddressWriter>>) {
    use_effect_with((), move |()| {
        let listener = location::on_change(move |fragment| {
            writer.borrow_mut().known.clone_from(&fragment);
            let address = match Address::read(&fragment) {
                Ok(address) => address,
                Err(misread) => return refuse(&writer, &dispatch, &misread),
            };
            match address.document_among(&kept()) {
                Ok(OpenedAddress { document, notice }) => {
                    writer.borrow_mut().by_browser = Some(document.clone());
                    dispatch.dispatch(Action::OpenAddress { address, document });
                    if address::is_start(&fragment) {
                        dispatch.dispatch(Action::Show(Screen::Start));
                    }
                    if let Some(words) = notice {
                        dispatch.dispatch(Action::Say(Some(words.to_owned())));
                    }
                }
                Err(misread) => refuse(&writer, &dispatch, &misread),
            }
        });
        move || drop(listener)
    });
}

/// Keeps the open scenario, and restores its address.
fn refuse(
    writer: &RefCell<AddressWriter>,
    dispatch: &UseReducerDispatcher<Session>,
    why: &AddressError,
) {
    writer.borrow_mut().correct();
    dispatch.dispatch(address::refused(why));
}

/// When the page is left, dispatches pending typing and notes the state that the address does not have yet.
#[hook]
fn use_leaving(writer: Rc<RefCell<AddressWriter>>) {
    use_effect_with((), move |()| {
        let typing = media::before_leave(focus::report_typing);
        let listeners = media::on_leave(move || writer.borrow().note());
        move || drop((typing, listeners))
    });
}

/// Compares the digest of the finished run with the shared one.
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

/// The part of the state that an address contains.
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
    /// The lesson and its step, by index.
    step: Option<(usize, usize)>,
    presents: bool,
    digest: Option<Digest>,
}

impl ShownAddress {
    fn of(state: &State, digest: Option<Digest>) -> Self {
        Self {
            document: state.document().clone(),
            opened: state.opened.clone(),
            at: state.own_playback().anchor(),
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

/// Writes the address.
struct AddressWriter {
    /// The fragment that was written or opened last.
    known: String,
    /// The document that was opened last, and whether a lesson was open.
    before: Option<(Document, bool)>,
    /// The document of an address that came from the browser: by Back, a link, or typing.
    by_browser: Option<Document>,
    /// The state that is written when the timer fires.
    waiting: Option<(Timeout, State, Option<Digest>)>,
    /// The current state.
    shown: Option<(State, Option<Digest>)>,
    written: f64,
    /// Whether the written address works in this browser only.
    is_kept: bool,
}

fn changed(
    writer: &Rc<RefCell<AddressWriter>>,
    state: &State,
    shown: &ShownAddress,
    say: &Callback<&'static str>,
) {
    let mut own = writer.borrow_mut();
    let is_lesson = shown.step.is_some();
    let before = own.before.replace((shown.opened.clone(), is_lesson));
    own.shown = Some((state.clone(), shown.digest));
    // The initial state has its address already.
    let Some((opened, was_lesson)) = before else {
        let source = Address::followed(state, shown.digest).source;
        own.is_kept = matches!(source, AddressSource::Kept(_));
        // Its address may lack the digest, or may be invalid.
        if shown.digest.is_some() || Address::read(&location::fragment()).is_err() {
            own.wait(writer, state, shown.digest, say);
        }
        return;
    };
    if opened == shown.opened {
        return own.wait(writer, state, shown.digest, say);
    }
    // A lesson from the browser's history opens at the step that the reader has reached, whatever its first
    // scene is.
    let by_browser = own.by_browser.take();
    if by_browser.is_some_and(|document| document == shown.opened || is_lesson) {
        own.waiting = None;
    } else if was_lesson && is_lesson {
        // A lesson opens one scene after the other; Back leaves the lesson.
        own.wait(writer, state, shown.digest, say);
    } else {
        own.write_waiting();
        let written = own.write(state, shown.digest, location::push);
        // The borrow ends first: what is said renders the page anew.
        drop(own);
        written.into_iter().for_each(|words| say.emit(words));
    }
}

impl AddressWriter {
    fn new() -> Self {
        Self {
            known: location::fragment(),
            before: None,
            by_browser: None,
            waiting: None,
            shown: None,
            written: 0.0,
            is_kept: false,
        }
    }

    /// Whether the address was changed from outside and the event that tells so has not come yet. The state
    /// on screen is not that of the address then.
    fn is_behind(&self) -> bool {
        self.known != location::fragment()
    }

    fn wait(
        &mut self,
        writer: &Rc<RefCell<Self>>,
        state: &State,
        digest: Option<Digest>,
        say: &Callback<&'static str>,
    ) {
        let rest = REST.max(self.written + APART - clock::uptime());
        let (next, say) = (writer.clone(), say.clone());
        let timer = Timeout::new(rest as u32, move || {
            let text = next.borrow_mut().write_waiting();
            text.into_iter().for_each(|words| say.emit(words));
        });
        self.waiting = Some((timer, state.clone(), digest));
    }

    fn write_waiting(&mut self) -> Option<&'static str> {
        let (_, state, digest) = self.waiting.take()?;
        if self.is_behind() {
            return None;
        }
        let written = self.write(&state, digest, |fragment| {
            if location::fragment() != fragment {
                location::replace(fragment);
            }
        });
        self.note();
        written
    }

    /// Replaces an invalid address from outside by that of the current state.
    fn correct(&mut self) {
        let Some((state, digest)) = self.shown.clone() else { return };
        match state.screen {
            Screen::Start => {
                location::replace(&address::start());
                self.known = location::fragment();
            }
            Screen::Stage | Screen::Gallery | Screen::Compare(_) => {
                // The notice about this browser was shown with the first write.
                self.write(&state, digest, location::replace);
            }
        }
    }

    /// Stores a note for a reload: the address may lag behind, and names no draft.
    fn note(&self) {
        // The last action may have caused the panic.
        if web::is_broken() {
            return;
        }
        if self.is_behind() {
            // A note from before belongs to another address.
            return tab::forget(NOTE);
        }
        let Some((shown, digest)) = &self.shown else { return };
        // The latest state may not be rendered any more.
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

    /// Writes the address. Returns a notice when the address begins to work in this browser only. The start
    /// screen writes nothing, since its address is that of the bare page.
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
        // Read back, since a browser may refuse to write.
        self.known = location::fragment();
        self.written = clock::uptime();
        let was_kept =
            std::mem::replace(&mut self.is_kept, matches!(address.source, AddressSource::Kept(_)));
        (self.is_kept && !was_kept).then_some(TOO_LONG)
    }
}
