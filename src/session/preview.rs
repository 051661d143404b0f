//! A preview: another scenario is shown in place of the reader's own, which stays as it is.

use super::{Action, Document, Playback, State, Tab};
use crate::time::Time;
use crate::tools::SearchAnswer;
use crate::types::GroupId;
use crate::view::Target;

/// What is shown in place of the reader's own scenario: an answer of the search.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// `Answer 1`.
    pub name: String,
    pub document: Document,
    pub answer: SearchAnswer,
    /// How the reader's own scenario is played.
    back: Playback,
}

/// The notice for a change while an answer is shown.
const UNCHANGED: &str =
    "This is an answer of the search. Open it to change it, or go back to your scenario.";

impl Preview {
    /// What the answer adds to `Your scenario`, behind these words.
    pub fn words(&self) -> String {
        match self.answer.moves.len() {
            0 => "as it is.".to_owned(),
            1 => "with one fault added.".to_owned(),
            2 => "with two faults added.".to_owned(),
            count => format!("with {count} faults added."),
        }
    }

    /// The instant that is shown: a little later than the violation, so that its messages are on their way.
    fn at(&self) -> Time {
        let scenario = self.document.scenario();
        (self.answer.at + scenario.network.latency.median().half()).min(scenario.end())
    }
}

/// The actions that open an answer: its script in one step of the history, at the instant of the violation.
pub fn open(answer: &SearchAnswer) -> [Action; 3] {
    let name = "opening the answer".to_owned();
    let write = Action::Write { text: answer.script.clone(), name };
    [Action::Preview(None), write, Action::Pause { at: answer.at }]
}

impl State {
    /// The document that is shown: the reader's own, or that of the preview.
    pub fn shown_document(&self) -> &Document {
        self.preview.as_ref().map_or(self.document(), |preview| &preview.document)
    }

    /// How the reader's own scenario is played.
    pub fn own_playback(&self) -> Playback {
        self.preview.as_ref().map_or(self.playback, |preview| preview.back)
    }

    /// Shows an answer, with its place from 0, about the instant of the violation; without one, the reader's own scenario
    /// where it was. An answer that cannot be read, which the worker does not write, is not shown.
    pub(super) fn show_answer(&mut self, answer: Option<(usize, Box<SearchAnswer>)>) {
        let back = self.own_playback();
        let shown = answer.and_then(|(place, answer)| {
            let document = Document::read(&answer.script).ok()?;
            let name = format!("Answer {}", place + 1);
            Some(Box::new(Preview { name, document, answer: *answer, back }))
        });
        let at = match (&shown, &self.preview) {
            (Some(preview), _) => preview.at(),
            (None, Some(_)) => back.anchor(),
            (None, None) => return,
        };
        self.playback = Playback::Paused { at };
        // Where panels are tabs, the panel is left for the stage, and comes back behind it.
        self.tab = match (&shown, self.panel) {
            (None, Some(_)) => Tab::Panel,
            (Some(_), _) | (None, None) => Tab::Timeline,
        };
        self.preview = shown;
    }

    /// Clears what the changed scenario no longer has: the explanation, the selection and the group.
    pub(super) fn fit(&mut self) {
        self.why = None;
        let scenario = self.shown_document().scenario();
        let has_group = self.group.index() < scenario.groups.len();
        let group = if has_group { self.group } else { GroupId::MAIN };
        let lives = |target: &Target| match target {
            Target::Process(rank) => scenario.ranks.contains(rank),
            Target::Link(link) => {
                scenario.ranks.contains(&link.from) && scenario.ranks.contains(&link.to)
            }
            Target::Fault(entry) | Target::FaultEnd(entry) => *entry < scenario.timeline.len(),
            Target::Message(_) | Target::Timer(_) | Target::Partition | Target::Handle(_) => true,
        };
        self.selected = self.selected.filter(lives);
        self.group = group;
    }

    /// The notice for an action that would change the reader's scenario while another one is shown.
    pub(super) fn protects(&self, action: &Action) -> Option<&'static str> {
        let changes = matches!(
            action,
            Action::Change(_)
                | Action::Drag(_)
                | Action::ReplaceScenario(_)
                | Action::Type(_)
                | Action::Write { .. }
                | Action::Disable { .. }
                | Action::Undo
                | Action::Redo
                | Action::Reset
        );
        (changes && self.preview.is_some()).then_some(UNCHANGED)
    }
}
