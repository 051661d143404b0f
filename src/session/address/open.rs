//! Opens an address: its document, and the state that shows it as the address says.

use super::{Address, AddressError, AddressSource, is_start, lesson_name};
use crate::run::Digest;
use crate::scenario::FigureView;
use crate::scenario::link::{self, LinkError};
use crate::session::compare::under;
use crate::session::lesson::{LessonMemory, LessonProgress, StepSetup};
use crate::session::recent::Recents;
use crate::session::{
    Action, Document, LessonAction, Playback, ReloadNote, Screen, State, sentence,
};
use crate::time::Time;

/// What an address has opened.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedAddress {
    pub document: Document,
    /// What should be said of it.
    pub notice: Option<&'static str>,
}

impl Address {
    /// The scenario with its text, as its author wrote it.
    ///
    /// # Errors
    /// A link that cannot be read, or what only the browser keeps.
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

    /// Likewise in the spelling that its author used, where the browser keeps that: a link has the
    /// canonical one. What only the browser keeps may come with a notice.
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

/// What a step of a lesson begins with.
fn scene(place: usize, step: usize) -> Option<Document> {
    StepSetup::afresh(&LessonProgress::enter(place, step)?).document
}

/// The document that a fragment names (what stands behind `#`), or a sentence that says why not.
pub fn document(fragment: &str) -> Result<Document, String> {
    let address = Address::read(fragment).and_then(|address| address.document());
    address.map_err(|misread| sentence(&misread.to_string()))
}

/// What is said where an address cannot be opened.
pub fn refused(misread: &AddressError) -> Action {
    Action::Say(Some(format!("{} What was open stays.", sentence(&misread.to_string()))))
}

impl State {
    /// Opens what an address names.
    pub(in crate::session) fn visit(&mut self, address: Address, document: Document) {
        // A lesson sets its own scene, and that is one step to undo.
        if !matches!(address.source, AddressSource::Lesson(_)) {
            self.open(document);
        }
        self.apply_view(address);
    }

    /// The run of what is open is done: whether it goes as whoever shared it saw it.
    pub(in crate::session) fn check(&mut self, found: Digest) {
        let Some(address) = &mut self.arrived else { return };
        if let Some(words) = address.differs(found) {
            self.notice = Some(words.to_owned());
        }
        address.digest = None;
    }

    /// Looks at what was opened as the address says.
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
        // Alternates that there are not here make no other run.
        let comparison =
            address.comparison.filter(|comparison| under(self.document(), comparison).is_some());
        if let Some(comparison) = comparison {
            self.screen = Screen::Compare(comparison);
        }
        self.presents = address.presents && self.screen == Screen::Stage;
    }
}

/// The session that the page opens with where nothing is kept of earlier ones.
pub fn opened(fragment: &str, now: f64, reduced_motion: bool) -> State {
    reopened(fragment, None, &Recents::default(), LessonMemory::default(), now, reduced_motion)
}

/// The session that the page opens with, after a reload as it noted before. The start plays by itself, unless
/// motion is unwelcome.
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
        // Nothing moves before the first heartbeats, so it begins with them.
        let from = state.document().scenario().figure.start.unwrap_or_default();
        state = state.apply(Action::Play { from, now });
    }
    let state = State { notice: notice.or(state.notice), ..state };
    match note {
        Some(note) => state.with_drafts(note),
        None => state,
    }
}
