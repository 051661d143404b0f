//! A note that survives a reload: the address that the page had no time to write, and a draft of a script or
//! JSON that cannot be parsed, which no address can name.

use super::{Document, History, Panel, State};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// The note, stored as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReloadNote {
    /// The fragment in the location bar when the note was written.
    pub found: String,
    /// The fragment that should have been there.
    pub(super) correct: String,
    /// The script, in the author's own text.
    script: String,
    /// The text in the script panel while it cannot be parsed.
    pub(super) draft: Option<String>,
    /// The text in the JSON panel while it cannot be parsed.
    pub(super) json_draft: Option<String>,
}

impl ReloadNote {
    /// The note of a state: the location bar has `found` where it should have `correct`.
    pub fn new(found: String, correct: String, state: &State) -> Self {
        let document = state.document();
        Self {
            found,
            correct,
            script: document.text().to_owned(),
            draft: document.draft().map(|draft| draft.text.clone()),
            json_draft: state.json_draft.as_deref().map(str::to_owned),
        }
    }

    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Parses a note; `None` if the text is none.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The document, unless it is longer than a script may be.
    pub(super) fn document(&self) -> Option<Document> {
        Document::read(&self.script).ok()
    }
}

impl State {
    /// The state with the drafts of a note, and with the panel of the draft open.
    pub(super) fn with_drafts(mut self, note: &ReloadNote) -> Self {
        if let Some(draft) = &note.draft {
            self.history = History::new(self.document().typed(draft));
            self.show_panel(Some(Panel::Script));
        }
        if let Some(draft) = &note.json_draft {
            self.json_draft = Some(Rc::from(&**draft));
            self.show_panel(Some(Panel::Json));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Action;
    use crate::session::address::{opened, reopened};
    use crate::session::lesson::LessonMemory;
    use crate::session::recent::Recents;

    const FOUND: &str = "preset/split-brain";

    #[test]
    fn a_note_is_read_as_it_was_written() {
        let state = opened(FOUND, 0.0, false);
        for draft in [state.document().text(), "procesess 3", "\n\nat\n", "at"] {
            for json in [None, Some(""), Some("{\"title\":")] {
                let typed = state
                    .apply(Action::Type(draft.to_owned()))
                    .apply(Action::DraftJson(json.map(Rc::from)));
                let note = ReloadNote::new(FOUND.to_owned(), "1/abc&t=5ms".to_owned(), &typed);
                assert_eq!(note.draft.is_some(), typed.document().draft().is_some(), "{draft:?}");
                assert_eq!(note.json_draft.as_deref(), json);
                assert_eq!(note.document().as_ref(), Some(state.document()));
                assert_eq!(ReloadNote::read(&note.written()), Some(note));
            }
        }
        for text in ["", "reload 1\na\nb\n0\n", "{}", "{\"found\":\"a\"}", "[1]"] {
            assert_eq!(ReloadNote::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_draft_stands_again_where_it_was_typed() {
        let left = opened(FOUND, 0.0, false);
        let note = |state: &State| ReloadNote::new(FOUND.to_owned(), FOUND.to_owned(), state);
        let again = |state: State| opened(FOUND, 0.0, false).with_drafts(&note(&state));

        let state = again(left.apply(Action::Type("procesess 3".to_owned())));
        assert_eq!(state.document().written(), "procesess 3");
        assert_eq!(state.document().readable(), state.opened);
        assert_eq!(state.panel, Some(Panel::Script));
        assert_eq!(state.history.undoes(), None);

        let state = again(left.apply(Action::DraftJson(Some(Rc::from("{")))));
        assert_eq!(state.json_draft.as_deref(), Some("{"));
        assert_eq!(state.panel, Some(Panel::Json));
    }

    #[test]
    fn json_that_is_read_or_another_scenario_ends_the_draft() {
        let state = opened(FOUND, 0.0, false).apply(Action::DraftJson(Some(Rc::from("{"))));
        let scenario = Box::new(state.document().scenario().clone());
        let ends = [Action::ReplaceScenario(scenario), Action::Open(state.document().clone())];
        for action in ends {
            assert_eq!(state.apply(action).json_draft, None);
        }
        assert_eq!(state.apply(Action::Undo).json_draft.as_deref(), Some("{"));
    }

    #[test]
    fn what_no_address_named_yet_opens_in_its_own_words() {
        let state = opened(FOUND, 0.0, false);
        let document = state.document().typed("title \"Late\" # and in a hurry\n");
        let correct = "kept/AAAAAAAAAAA&t=5ms".to_owned();
        let state = state.apply(Action::Type(document.text().to_owned()));
        let note = ReloadNote::new(FOUND.to_owned(), correct, &state);
        let again =
            reopened(FOUND, Some(&note), &Recents::default(), LessonMemory::default(), 0.0, false);
        assert_eq!(again.document(), &document);
        assert_eq!(again.opened, document);
        assert_eq!((again.notice, again.playback.anchor()), (None, crate::time::Time::ms(5)));
    }
}
