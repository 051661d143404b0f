//! What the browser stores of a session: the recently opened scenarios, newest first; and a note that survives a
//! reload.
//!
//! A scenario is one entry, however often it is edited. A preset is kept only until something else is opened:
//! the gallery lists it anyway, and it would displace other entries. The note has the address that the page had no time
//! to write, and a draft of a script or JSON that cannot be parsed, which no address can name.

use super::{Document, History, Panel, State};
use crate::presets::{self, START};
use crate::run::Digest;
use crate::scenario::{limits, link, script};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// The largest number of entries.
pub const MOST: usize = 12;

/// The first line of the text, with the version of its format.
const HEAD: &str = "recent 1";
const PRESET: &str = "preset";
const SCRIPT: &str = "script";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recents(Vec<Recent>);

/// A scenario, and when it was edited last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// In milliseconds since 1970, by the browser's clock.
    pub at: u64,
    kept: KeptScenario,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum KeptScenario {
    Preset(String),
    /// Which may be longer than one from outside.
    Script(String),
}

/// Names a scenario that is too long for a link: the digest of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecentKey(pub Digest);

/// An entry in the gallery's list.
#[derive(Clone, Debug, PartialEq)]
pub struct RecentRow {
    pub title: String,
    /// The algorithm's title.
    pub algorithm: &'static str,
    /// The time since the last edit, as `12 min ago`.
    pub ago: String,
    pub document: Document,
}

impl Recents {
    /// Parses the stored text, which may be corrupt: the entries up to the first that cannot be parsed, and
    /// whether that is everything.
    pub fn read(text: &str) -> (Self, bool) {
        let mut recents = Self::default();
        if text.is_empty() {
            return (recents, true);
        }
        let Some(mut rest) = text.strip_prefix(HEAD).and_then(|rest| rest.strip_prefix('\n'))
        else {
            return (recents, false);
        };
        while !rest.is_empty() {
            let Some((recent, after)) = entry(rest) else { return (recents, false) };
            recents.0.push(recent);
            rest = after;
        }
        recents.0.truncate(MOST);
        (recents, true)
    }

    pub fn written(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for Recent { at, kept } in &self.0 {
            let (kind, content) = match kept {
                KeptScenario::Preset(name) => (PRESET, name),
                KeptScenario::Script(script) => (SCRIPT, script),
            };
            text += &format!("{kind} {at} {}\n{content}\n", content.len());
        }
        text
    }

    /// The list with the open document first. `before` is the text of the same scenario when it was stored
    /// last: its entry is replaced, unless the document is in the list already and only moves to the front.
    /// `None` for the start and for an empty script, which are not stored.
    pub fn noted(&self, document: &Document, at: u64, before: Option<&str>) -> Option<Self> {
        let kept = KeptScenario::of(document)?;
        let is_known = self.0.iter().any(|recent| recent.kept == kept);
        let gives_way = |recent: &Recent| match &recent.kept {
            KeptScenario::Preset(_) => true,
            KeptScenario::Script(text) => !is_known && Some(&**text) == before,
        };
        let others = self.0.iter().filter(|recent| recent.kept != kept && !gives_way(recent));
        let mut list = vec![Recent { at, kept: kept.clone() }];
        list.extend(others.cloned());
        list.truncate(MOST);
        Some(Self(list))
    }

    /// The list without its oldest entry, if the browser's storage is full; `None` if nothing would remain.
    pub fn without_oldest(&self) -> Option<Self> {
        let (_, rest) = self.0.split_last()?;
        (!rest.is_empty()).then(|| Self(rest.to_vec()))
    }

    /// The document that was open last.
    pub fn last(&self) -> Option<Document> {
        self.0.iter().find_map(Recent::document)
    }

    /// The author's own text of a document with canonical text, as a link yields it.
    pub fn as_written(&self, document: &Document) -> Option<Document> {
        let mut documents = self.0.iter().filter_map(Recent::document);
        documents.find(|kept| {
            script::format(kept.text()).is_ok_and(|canonical| canonical == document.text())
        })
    }

    /// The scenario with this key. If only a later edit of it is stored, the latest scenario that is too long
    /// for a link, with a notice.
    pub fn named(&self, key: RecentKey) -> Option<(Document, Option<&'static str>)> {
        let documents = || self.0.iter().filter_map(Recent::document);
        if let Some(same) = documents().find(|document| RecentKey::of(document) == key) {
            return Some((same, None));
        }
        let last = documents().find(|document| link::encode(document.text()).is_err())?;
        Some((last, Some(LATER)))
    }

    /// The rows of the gallery, without presets, which have a list of their own. `now` is in milliseconds
    /// since 1970.
    pub fn rows(&self, now: u64) -> Vec<RecentRow> {
        let own = self.0.iter().filter(|recent| !matches!(recent.kept, KeptScenario::Preset(_)));
        own.filter_map(|recent| recent.row(now)).collect()
    }
}

const LATER: &str = "What the address names has changed since: this is what this browser kept last of the \
                     scenarios that are too long for a link.";

impl RecentKey {
    pub fn of(document: &Document) -> Self {
        Self(Digest::of_text(document.text()))
    }
}

impl Recent {
    /// `None` if there is no such preset any more, or the text cannot be parsed.
    fn document(&self) -> Option<Document> {
        match &self.kept {
            KeptScenario::Preset(name) if is_start(name) => None,
            KeptScenario::Preset(name) => Document::read(presets::find(name)?.script).ok(),
            KeptScenario::Script(text) => Document::read_again(text).ok(),
        }
    }

    fn row(&self, now: u64) -> Option<RecentRow> {
        let document = self.document()?;
        let scenario = document.scenario();
        Some(RecentRow {
            title: scenario.title.clone().unwrap_or_else(|| "Untitled".to_owned()),
            algorithm: scenario.algorithm.title(),
            ago: ago(now.saturating_sub(self.at)),
            document,
        })
    }
}

impl KeptScenario {
    fn of(document: &Document) -> Option<Self> {
        let text = document.text();
        match presets::ALL.iter().find(|preset| preset.script == text) {
            Some(preset) if is_start(preset.name) => None,
            Some(preset) => Some(Self::Preset(preset.name.to_owned())),
            None if text.is_empty() => None,
            None if text.len() > limits::LONGEST_JSON => None,
            None => Some(Self::Script(text.to_owned())),
        }
    }
}

/// Parses an entry: `script 1764147645000 17`, then on the next lines 17 bytes and a line break.
fn entry(text: &str) -> Option<(Recent, &str)> {
    let (head, rest) = text.split_once('\n')?;
    let mut words = head.split(' ');
    let (kind, at, length) = (words.next()?, words.next()?, words.next()?.parse().ok()?);
    let (content, rest) = rest.split_at_checked(length)?;
    let kept = match kind {
        PRESET => KeptScenario::Preset(content.to_owned()),
        SCRIPT => KeptScenario::Script(content.to_owned()),
        _ => return None,
    };
    Some((Recent { at: at.parse().ok()?, kept }, rest.strip_prefix('\n')?))
}

fn is_start(preset: &str) -> bool {
    preset == START
}

fn ago(ms: u64) -> String {
    let minutes = ms / 60_000;
    match minutes {
        0 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..1_440 => format!("{} h ago", minutes / 60),
        1_440..2_880 => "yesterday".to_owned(),
        _ => format!("{} days ago", minutes / 1_440),
    }
}

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
    use crate::session::stored::Recents;

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
