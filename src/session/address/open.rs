//! Opens an address: finds its document and builds the state that shows it.

use super::{Address, AddressError, AddressSource, is_start, lesson_name};
use crate::run::Digest;
use crate::scenario::FigureView;
use crate::scenario::link::{self, LinkError};
use crate::session::compare::under;
use crate::session::lesson::{LessonMemory, LessonProgress, StepSetup};
use crate::session::stored::Recents;
use crate::session::{
    Action, ComparedWith, Document, LessonAction, Playback, ReloadNote, Screen, State, sentence,
};
use crate::time::Time;

/// The document of an address.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedAddress {
    pub document: Document,
    /// A notice to the reader about the document.
    pub notice: Option<&'static str>,
}

impl Address {
    /// The document that the address names. A link yields the canonical text.
    ///
    /// # Errors
    /// The link cannot be decoded, or only the browser's storage has the scenario.
    pub fn document(&self) -> Result<Document, AddressError> {
        match &self.source {
            AddressSource::Preset(preset) => Document::read(preset.script)
                .map_err(|_| AddressError::Broken { name: preset.name }),
            AddressSource::Lesson(place) => scene(*place, self.step.unwrap_or_default())
                .ok_or(AddressError::Broken { name: lesson_name(*place) }),
            AddressSource::Link(link) => {
                Ok(Document::read(&link::decode(link)?).map_err(LinkError::Script)?)
            }
            AddressSource::Kept(_) => Err(AddressError::NotKept),
        }
    }

    /// The document that the address names, in the author's own text if this browser stores it: a link has
    /// the canonical text. A stored scenario may come with a notice.
    ///
    /// # Errors
    /// The link cannot be decoded, or this browser does not store the scenario.
    pub fn document_among(&self, recents: &Recents) -> Result<OpenedAddress, AddressError> {
        match self.source {
            AddressSource::Kept(key) => {
                let (document, notice) = recents.named(key).ok_or(AddressError::NotKept)?;
                Ok(OpenedAddress { document, notice })
            }
            AddressSource::Preset(_) | AddressSource::Lesson(_) | AddressSource::Link(_) => {
                let document = self.document()?;
                let document = recents.as_written(&document).unwrap_or(document);
                Ok(OpenedAddress { document, notice: None })
            }
        }
    }
}

/// The document with which a step of a lesson begins.
fn scene(place: usize, step: usize) -> Option<Document> {
    StepSetup::afresh(&LessonProgress::enter(place, step)?).document
}

/// The document that a fragment names.
///
/// # Errors
/// A sentence that says why the fragment cannot be opened.
pub fn document(fragment: &str) -> Result<Document, String> {
    let address = Address::read(fragment).and_then(|address| address.document());
    address.map_err(|misread| sentence(&misread.to_string()))
}

/// The notice that an address cannot be opened.
pub fn refused(misread: &AddressError) -> Action {
    Action::Say(Some(format!("{} What was open stays.", sentence(&misread.to_string()))))
}

impl State {
    /// Opens the document of an address with its view.
    pub(in crate::session) fn visit(&mut self, address: Address, document: Document) {
        // A lesson opens its own scenario, as one step of the history.
        if !matches!(address.source, AddressSource::Lesson(_)) {
            self.open(document);
        }
        self.apply_view(address);
    }

    /// Compares the digest of the finished run with the shared one, and sets a notice if they differ.
    pub(in crate::session) fn check(&mut self, found: Digest) {
        let Some(address) = &mut self.arrived else { return };
        if let Some(words) = address.differs(found) {
            self.notice = Some(words.to_owned());
        }
        address.digest = None;
    }

    /// Applies the view of an address to the opened document.
    fn apply_view(&mut self, address: Address) {
        self.arrived = Some(address.clone());
        if let AddressSource::Lesson(place) = address.source {
            return self.attend(match address.step {
                Some(step) => LessonAction::EnterStep(place, step),
                None => LessonAction::Enter(place),
            });
        }
        if let Some(at) = address.at {
            self.playback = Playback::Paused { at };
        }
        self.selected = address.selected;
        self.view = address.view.unwrap_or(FigureView::Both);
        self.window = address.window;
        self.fit();
        if let Some(name) = &address.group {
            self.show_group(name);
        }
        // Alternates that the scenario does not have are ignored: there would be no run to compare with.
        let comparison = address.comparison.filter(|comparison| match comparison {
            ComparedWith::Algorithm(algorithm) => under(self.document(), algorithm).is_ok(),
            ComparedWith::All => true,
        });
        if let Some(comparison) = comparison {
            self.screen = Screen::Compare(comparison);
        }
        self.presents = address.presents && self.screen == Screen::Stage;
    }
}

/// The initial state without anything stored.
pub fn opened(fragment: &str, now: f64, reduced_motion: bool) -> State {
    reopened(fragment, None, &Recents::default(), LessonMemory::default(), now, reduced_motion)
}

/// The initial state, with the stored note of a reload if there is one. The start plays by itself, unless
/// `reduced_motion` is set. `now` is the browser's clock in milliseconds.
pub fn reopened(
    fragment: &str,
    note: Option<&ReloadNote>,
    recents: &Recents,
    remembered: LessonMemory,
    now: f64,
    reduced_motion: bool,
) -> State {
    let fragment = note.map_or(fragment, |note| &note.correct);
    let read = Address::read(fragment);
    let found = match note.and_then(ReloadNote::document) {
        Some(document) => Ok(OpenedAddress { document, notice: None }),
        None => read.clone().and_then(|address| address.document_among(recents)),
    };
    let address = read.ok().filter(|_| found.is_ok());
    let (document, notice) = match found {
        Ok(OpenedAddress { document, notice }) => (document, notice.map(str::to_owned)),
        Err(misread) => {
            let start = document("").unwrap_or_else(|_| Document::of(&Default::default()));
            let words = sentence(&misread.to_string());
            (start, Some(format!("{words} Here is the start instead.")))
        }
    };
    let mut state = State { remembered, ..State::new(document) };
    if is_start(fragment) {
        state.screen = Screen::Start;
    }
    if let Some(address) = address {
        state.apply_view(address);
    }
    if state.screen == Screen::Start && !reduced_motion {
        state = state.apply(Action::ToggleLoop { at: Time::ZERO, now });
        // Playback begins at the first heartbeats; nothing moves before them.
        let from = state.document().scenario().figure.start.unwrap_or_default();
        state = state.apply(Action::Play { from, now });
    }
    let state = State { notice: notice.or(state.notice), ..state };
    match note {
        Some(note) => state.with_drafts(note),
        None => state,
    }
}
