//! What a page notes for the time after a reload: the address that it had no time to write, and a script
//! that cannot be read, which no address can name.

use super::{Document, History, Panel, State};

/// What the text begins with; another number would be another form.
const HEAD: &str = "reload 1";

/// A note of a page to itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReloadNote {
    /// What stood behind the `#` when it was written.
    pub found: String,
    /// What should have stood there.
    pub(super) correct: String,
    /// The script, in the words that it was written in.
    script: String,
    /// What stands in the script panel, while it cannot be read.
    pub(super) draft: Option<String>,
}

impl ReloadNote {
    pub fn new(found: String, correct: String, document: &Document) -> Self {
        let draft = document.draft().map(|draft| draft.text.clone());
        Self { found, correct, script: document.text().to_owned(), draft }
    }

    /// Two addresses, the length of the script in bytes, the script, and the draft behind a line of its own.
    pub fn written(&self) -> String {
        let Self { found, correct, script, draft } = self;
        let draft = draft.iter().map(|draft| format!("\n{draft}")).collect::<String>();
        format!("{HEAD}\n{found}\n{correct}\n{}\n{script}{draft}", script.len())
    }

    /// None where the text is no note.
    pub fn read(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(HEAD)?.strip_prefix('\n')?;
        let (found, rest) = rest.split_once('\n')?;
        let (correct, rest) = rest.split_once('\n')?;
        let (length, rest) = rest.split_once('\n')?;
        let (script, rest) = rest.split_at_checked(length.parse().ok()?)?;
        Some(Self {
            found: found.to_owned(),
            correct: correct.to_owned(),
            script: script.to_owned(),
            draft: rest.strip_prefix('\n').map(str::to_owned),
        })
    }

    /// What was shown, unless it is longer than a script may be.
    pub(super) fn document(&self) -> Option<Document> {
        Document::read(&self.script).ok()
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
    use crate::session::lesson::Remembered;
    use crate::session::recent::Recents;

    const FOUND: &str = "preset/split-brain";

    #[test]
    fn a_note_is_read_as_it_was_written() {
        let document = opened(FOUND, 0.0, false).document().clone();
        for draft in [document.text(), "procesess 3", "\n\nat\n", "at"] {
            let typed = document.typed(draft);
            let note = ReloadNote::new(FOUND.to_owned(), "1/abc&t=5ms".to_owned(), &typed);
            assert_eq!(note.draft.is_some(), typed.draft().is_some(), "{draft:?}");
            assert_eq!(note.document(), Some(document.clone()));
            assert_eq!(ReloadNote::read(&note.written()), Some(note));
        }
        for text in
            ["", "reload 1\n", "reload 1\na\nb\n", "reload 2\na\nb\n0\n", "reload 1\na\nb\n9\nx"]
        {
            assert_eq!(ReloadNote::read(text), None, "{text:?}");
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
        let correct = "kept/AAAAAAAAAAA&t=5ms".to_owned();
        let note = ReloadNote::new(FOUND.to_owned(), correct, &document);
        let again =
            reopened(FOUND, Some(&note), &Recents::default(), Remembered::default(), 0.0, false);
        assert_eq!(again.document(), &document);
        assert_eq!(again.opened, document);
        assert_eq!((again.notice, again.playback.anchor()), (None, crate::clock::Time::ms(5)));
    }
}
