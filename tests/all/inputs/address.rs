//! Bytes as a file that is dropped on the page; a text as an address, as a text that is dropped, and as what a browser
//! has stored.

use super::{scenario, text};
use crate::player::playing::read_json;
use hustings::session::address::{self, Address, AddressSource};
use hustings::session::import::{self, ImportError};
use hustings::session::stored::Recents;
use hustings::session::{Action, Document, ReloadNote, State};

pub(crate) fn check(bytes: &[u8]) {
    check_file(bytes);
    let Some(text) = text(bytes) else { return };
    check_fragment(text);
    check_import(text);
    check_stored(text);
}

/// An address is written as it was read, and opens a document or the start, with a notice.
fn check_fragment(fragment: &str) {
    let state = address::opened(fragment, 0.0, true);
    check_state(&state);
    match Address::read(fragment) {
        Ok(address) => {
            let written = address.to_string();
            assert_eq!(Address::read(&written).as_ref(), Ok(&address), "{written}");
            match address.document() {
                Ok(document) => assert_eq!(state.document(), &document, "{written}"),
                Err(why) => assert!(state.notice.is_some(), "{why}"),
            }
        }
        Err(why) => {
            let notice = state.notice.as_deref().unwrap_or_default();
            assert!(notice.ends_with("Here is the start instead."), "{why}: {notice}");
        }
    }
}

/// What a page shows has an address that shows it again.
fn check_state(state: &State) {
    let document = state.document();
    scenario::keeps_the_limits(document.scenario());
    let followed = Address::followed(state, None);
    let written = followed.to_string();
    assert_eq!(Address::read(&written).as_ref(), Ok(&followed), "{written}");
    if matches!(followed.source, AddressSource::Kept(_)) {
        return;
    }
    let again = address::opened(&written, 0.0, true);
    assert_eq!(again.document().scenario(), document.scenario(), "{written}");
    let seen = |state: &State| (state.selected, state.window, state.view, state.presents);
    assert_eq!(seen(&again), seen(state), "{written}");
}

/// A file has a text, or is refused.
fn check_file(bytes: &[u8]) {
    match import::file_text(bytes.to_vec()).and_then(import::script_or_text) {
        // `check` continues with it.
        Ok(found) if found.as_bytes() == bytes => {}
        Ok(found) => check_import(&found),
        Err(why) => assert!(import::refused("a file", &why).len() < 1_000, "{why}"),
    }
}

fn check_import(text: &str) {
    match import::read(text, &read_json) {
        Ok(action) => {
            let start = State::new(Document::read("").expect("an empty script"));
            check_state(&start.apply(action));
        }
        Err(why) => {
            let refused = import::refused("a file", &why);
            assert!(refused.ends_with("What was open stays."), "{refused}");
            let is_about_a_text = matches!(why, ImportError::Script(_) | ImportError::Json(_));
            assert!(is_about_a_text || refused.len() < 1_000, "{refused}");
        }
    }
}

/// What is stored may be corrupt; what could be read is written and read again.
fn check_stored(text: &str) {
    let (recents, _) = Recents::read(text);
    assert_eq!(Recents::read(&recents.written()), (recents.clone(), true));
    for row in recents.rows(0) {
        scenario::keeps_the_limits(row.document.scenario());
    }
    if let Some(note) = ReloadNote::read(text) {
        assert_eq!(ReloadNote::read(&note.written()).as_ref(), Some(&note));
        let state = address::reopened("", Some(&note), &recents, Default::default(), 0.0, true);
        scenario::keeps_the_limits(state.document().scenario());
        let state = state.apply(Action::Settle);
        let draft = state.document().draft();
        assert!(draft.is_none_or(|draft| !draft.problems.is_empty()));
    }
}
