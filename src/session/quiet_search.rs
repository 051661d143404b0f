//! The line below the verdict: whether one added fault makes two leaders. It follows every edit.

use super::search::{SearchAction, SearchPanel};
use super::{Document, State};
use crate::narration::describe_one_move;
use crate::narration::grouped;
use crate::scenario::MoveKind;
use crate::tools::{SearchAnswer, SearchReply, ToolsRequest};

/// The events after which a search is too large to follow every edit: a few tenths of a second.
const MOST_EVENTS: u64 = 1_500_000;

/// What the line says.
#[derive(Clone, Debug, PartialEq)]
pub enum QuietResult {
    /// One added fault makes two leaders.
    Found(SearchAnswer),
    /// None of so many does.
    None(u64),
    /// The search was given up.
    TooLarge,
    /// The run itself has two leaders, or no search is possible: there is nothing to add.
    Silent,
}

impl QuietResult {
    /// What a reply decides; `None` while the search has to go on.
    pub fn of(reply: &SearchReply, is_last: bool) -> Option<Self> {
        let first = reply.answers.as_ref().and_then(|answers| answers.first());
        match first {
            Some(answer) if answer.moves.is_empty() => Some(Self::Silent),
            Some(answer) => Some(Self::Found(answer.clone())),
            None if is_last => {
                let tried = reply.progress.first_moves.unwrap_or_default();
                Some(if tried == 0 { Self::Silent } else { Self::None(tried) })
            }
            None => (reply.progress.events > MOST_EVENTS).then_some(Self::TooLarge),
        }
    }

    /// The sentence, and the label of the button behind it; `None` where nothing is shown.
    pub fn words(&self) -> Option<(String, &'static str)> {
        match self {
            Self::Found(answer) => {
                let kind = answer.moves.first().and_then(|one| MoveKind::named(&one.kind))?;
                Some((describe_one_move(kind), "Show"))
            }
            Self::None(1) => {
                Some(("The only fault makes no two leaders.".to_owned(), "Search pairs"))
            }
            Self::None(count) => Some((
                format!("None of {} faults makes two leaders.", grouped(*count)),
                "Search pairs",
            )),
            Self::TooLarge => Some(("Too large to search while you edit.".to_owned(), "Search")),
            Self::Silent => None,
        }
    }
}

/// Whether a search follows the edits: not before the first one, and not where a lesson or the start leads on.
pub fn is_on(state: &State) -> bool {
    let is_edited = state.document().text() != state.opened.text();
    state.lesson.is_none() && !state.continues_start() && is_edited
}

/// The question: one fault of the kinds that the panel tries first.
pub fn request(document: &Document) -> ToolsRequest {
    SearchPanel::default().apply(SearchAction::Most(1)).request(document)
}
