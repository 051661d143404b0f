//! What a page notes for the time after a reload: the address that it had no time to write, and a script
//! that cannot be read, which no address can name.

use super::{Document, History, Panel, State};

/// What the text begins with; another number would be another form.
const HEAD: &str = "reload 1";

/// A note of a page to itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReloadNote {
    /// What stood behind the `#` when it was written: at another address the note is void.
    found: String,
    /// What should have stood there.
    pub(super) correct: String,
    /// The script, where the address does not name it yet.
    script: Option<String>,
    /// What stands in the script panel, while it cannot be read.
    pub(super) draft: Option<String>,
}

impl ReloadNote {
    /// None where the address says everything.
    pub fn of(found: String, correct: String, document: &Document) -> Option<Self> {
        let script = (found != correct).then(|| document.text().to_owned());
        let draft = document.draft().map(|draft| draft.text.clone());
        (script.is_some() || draft.is_some()).then_some(Self { found, correct, script, draft })
    }

    /// Two addresses, the length of the script in bytes, the script, and the draft behind a line of its own.
    pub fn written(&self) -> String {
        let Self { found, correct, script, draft } = self;
        let script = script.as_deref().unwrap_or_default();
        let draft = draft.iter().map(|draft| format!("\n{draft}")).collect::<String>();
        format!("{HEAD}\n{found}\n{correct}\n{}\n{script}{draft}", script.len())
    }

    /// None where the text is no note, or one of another address.
    pub fn read(text: &str, fragment: &str) -> Option<Self> {
        let rest = text.strip_prefix(HEAD)?.strip_prefix('\n')?;
        let (found, rest) = rest.split_once('\n')?;
        let (correct, rest) = rest.split_once('\n')?;
        let (length, rest) = rest.split_once('\n')?;
        let (script, rest) = rest.split_at_checked(length.parse().ok()?)?;
        let owned = |text: &str| text.to_owned();
        let note = Self {
            found: owned(found),
            correct: owned(correct),
            script: (!script.is_empty()).then(|| owned(script)),
            draft: rest.strip_prefix('\n').map(owned),
        };
        (found == fragment).then_some(note)
    }

    /// What was shown, where the address does not name it.
    pub fn document(&self) -> Option<Document> {
        Document::read(self.script.as_ref()?).ok()
    }
}

impl State {
    /// With a script as it was left, in the panel where it was typed.
    pub(super) fn with_draft(mut self, draft: &str) -> Self {
        self.history = History::new(self.document().typed(draft));
        self.show_panel(Some(Panel::Script));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::address::{opened, reopened};
    use crate::session::recent::Recents;

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
        for draft in [None, Some("procesess 3")] {
            let document = draft.map_or(state.document().clone(), |d| state.document().typed(d));
            let late = noted(&document, "1/abc&t=5ms");
            let text = late.as_ref().map(ReloadNote::written).unwrap_or_default();
            assert!(late.is_some() && ReloadNote::read(&text, FOUND) == late);
            assert_eq!(late.and_then(|note| note.document()), Some(document.readable()));
        }
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
        for text in
            ["", "reload 1\n", "reload 1\na\nb\n", "reload 2\na\nb\n0\n", "reload 1\na\nb\n9\nx"]
        {
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

    #[test]
    fn what_no_address_named_yet_opens_in_its_own_words() {
        let state = opened(FOUND, 0.0, false);
        let document = state.document().typed("title \"Late\" # and in a hurry\n");
        let note = noted(&document, "kept/AAAAAAAAAAA&t=5ms");
        let again = reopened(FOUND, note.as_ref(), &Recents::default(), 0.0, false);
        assert_eq!(again.document(), &document);
        assert_eq!(again.opened, document);
        assert_eq!((again.notice, again.playback.anchor()), (None, crate::clock::Time::ms(5)));
    }
}
