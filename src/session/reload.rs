//! What a page notes for the time after a reload: the address that it had no time to write, and a script
//! that cannot be read, which no address can name.

use super::{Document, History, Panel, State};

/// What the text begins with; another number would be another form.
const HEAD: &str = "reload 1";

/// A note of a page to itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReloadNote {
    /// What stood behind the `#` when it was written: at another address the note is void.
    pub found: String,
    /// What should have stood there.
    pub correct: String,
    /// The text of the script panel, while it cannot be read.
    pub draft: Option<String>,
}

impl ReloadNote {
    /// None where the address says everything.
    pub fn of(found: String, correct: String, document: &Document) -> Option<Self> {
        let draft = document.draft().map(|draft| draft.text.clone());
        (draft.is_some() || found != correct).then_some(Self { found, correct, draft })
    }

    pub fn written(&self) -> String {
        let Self { found, correct, draft } = self;
        match draft {
            Some(draft) => format!("{HEAD}\n{found}\n{correct}\n{draft}"),
            None => format!("{HEAD}\n{found}\n{correct}"),
        }
    }

    /// None where the text is no note, or one of another address.
    pub fn read(text: &str, fragment: &str) -> Option<Self> {
        let rest = text.strip_prefix(HEAD)?.strip_prefix('\n')?;
        let (found, rest) = rest.split_once('\n')?;
        let (correct, draft) = match rest.split_once('\n') {
            Some((correct, draft)) => (correct, Some(draft.to_owned())),
            None => (rest, None),
        };
        let note = Self { found: found.to_owned(), correct: correct.to_owned(), draft };
        (found == fragment).then_some(note)
    }
}

impl State {
    /// With a script as it was left, in the panel where it was typed.
    pub fn with_draft(mut self, draft: &str) -> Self {
        self.history = History::new(self.document().typed(draft));
        self.show_panel(Some(Panel::Script));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::address::opened;

    const FOUND: &str = "preset/split-brain";

    fn noted(document: &Document, correct: &str) -> Option<ReloadNote> {
        ReloadNote::of(FOUND.to_owned(), correct.to_owned(), document)
    }

    #[test]
    fn a_note_is_read_as_it_was_written() {
        let state = opened(FOUND, 0.0, false);
        for draft in ["procesess 3", "", "\n\nat\n"] {
            let typed = state.document().typed(draft);
            let note = noted(&typed, FOUND);
            assert_eq!(note.is_some(), typed.draft().is_some(), "{draft:?}");
            let text = note.as_ref().map(ReloadNote::written).unwrap_or_default();
            assert_eq!(ReloadNote::read(&text, FOUND), note);
        }
        let late = noted(state.document(), "1/abc&t=5ms");
        let text = late.as_ref().map(ReloadNote::written).unwrap_or_default();
        assert!(late.is_some() && ReloadNote::read(&text, FOUND) == late);
    }

    #[test]
    fn nothing_is_noted_where_the_address_says_everything() {
        assert_eq!(noted(opened(FOUND, 0.0, false).document(), FOUND), None);
    }

    #[test]
    fn a_note_of_another_address_is_void_and_so_is_what_is_no_note() {
        let note = noted(&opened(FOUND, 0.0, false).document().typed("x"), FOUND);
        let text = note.map(|note| note.written()).unwrap_or_default();
        assert!(ReloadNote::read(&text, FOUND).is_some());
        assert_eq!(ReloadNote::read(&text, "preset/two-leaders"), None);
        for text in ["", "reload 1", "reload 1\n", "reload 2\na\nb", "a\nb\nc"] {
            assert_eq!(ReloadNote::read(text, "a"), None, "{text:?}");
        }
    }

    #[test]
    fn a_draft_stands_again_where_it_was_typed() {
        let state = opened(FOUND, 0.0, false).with_draft("procesess 3");
        assert_eq!(state.document().written(), "procesess 3");
        assert_eq!(state.document().readable(), state.opened);
        assert_eq!(state.panel, Some(Panel::Script));
        assert_eq!(state.history.undoes(), None);
    }
}
