//! What the page's address names, and the session that it opens with.

use super::{Action, Document, Playback, Screen, State};
use crate::clock::Time;
use crate::presets;
use crate::scenario::script;

/// The name of the scenario for a visitor without a link.
pub const START: &str = "start";

/// The document that a fragment names (what stands behind `#`), or a sentence that says why not.
pub fn document(fragment: &str) -> Result<Document, String> {
    let name = match fragment.strip_prefix("preset/") {
        Some(rest) => rest.split('&').next().unwrap_or_default(),
        None if fragment.is_empty() => START,
        None => return Err(format!("The address `#{}` names no scenario.", short(fragment))),
    };
    let preset = presets::find(name);
    let text =
        preset.ok_or_else(|| format!("There is no scenario named `{}`.", short(name)))?.script;
    Document::read(text).map_err(|_| format!("The scenario `{name}` cannot be read."))
}

/// Whether this is the address of the start.
pub fn is_start(fragment: &str) -> bool {
    fragment.is_empty() || fragment.strip_prefix("preset/") == Some(START)
}

/// The instant that a fragment names: `&t=268ms`. One that cannot be read names none.
pub fn instant(fragment: &str) -> Option<Time> {
    let named = fragment.split('&').skip(1).find_map(|part| part.strip_prefix("t="))?;
    script::field::instant(named).ok()
}

/// As much of a reader's words as a sentence can hold.
fn short(words: &str) -> String {
    const MOST: usize = 40;
    match words.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}

/// The session that the page opens with. The start plays by itself, unless motion is unwelcome.
pub fn opened(fragment: &str, now: f64, reduced_motion: bool) -> State {
    let (document, notice) = match document(fragment) {
        Ok(document) => (document, None),
        Err(words) => {
            let start = document("").unwrap_or_else(|_| Document::of(&Default::default()));
            (start, Some(format!("{words} Here is the start instead.")))
        }
    };
    let mut state = State::new(document);
    if is_start(fragment) {
        state.screen = Screen::Start;
    }
    if let Some(at) = instant(fragment) {
        state.playback = Playback::Paused { at };
    }
    if state.screen == Screen::Start && !reduced_motion {
        state = state.apply(Action::ToggleLoop { at: Time::ZERO, now });
        // Nothing moves before the first heartbeats, so it begins with them.
        let from = state.document().scenario().figure.start.unwrap_or_default();
        state = state.apply(Action::Play { from, now });
    }
    State { notice, ..state }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_preset_and_nothing_else_yet() {
        let title = |fragment| document(fragment).map(|d| d.scenario().title.clone());
        assert_eq!(title(""), title("preset/start"));
        assert_eq!(
            title("preset/bully-figure&t=180ms"),
            Ok(Some("Bully: 3 notices that 6 is gone".to_owned()))
        );
        assert_eq!(title("preset/nobody"), Err("There is no scenario named `nobody`.".to_owned()));
        assert_eq!(title("9/xyz"), Err("The address `#9/xyz` names no scenario.".to_owned()));
    }

    #[test]
    fn an_address_names_an_instant_or_the_beginning() {
        let shown = |fragment| opened(fragment, 0.0, false).playback;
        let at = |ms| Playback::Paused { at: Time::ms(ms) };
        assert_eq!(shown("preset/bully-figure&t=268ms"), at(268));
        assert_eq!(shown("preset/bully-figure&view=stage&t=1.5s"), at(1_500));
        assert_eq!(shown("preset/bully-figure&t=soon"), at(0));
    }

    #[test]
    fn an_address_that_names_nothing_opens_the_start_and_says_so() {
        let state = opened("preset/nobody", 0.0, false);
        assert_eq!(state.document(), opened("", 0.0, false).document());
        let notice = state.notice.unwrap_or_default();
        assert_eq!(notice, "There is no scenario named `nobody`. Here is the start instead.");
    }

    #[test]
    fn the_start_plays_by_itself_unless_motion_is_unwelcome() {
        assert!(opened("", 0.0, false).playback.is_playing());
        assert!(!opened("", 0.0, true).playback.is_playing());
        assert!(!opened("preset/bully-figure", 0.0, false).playback.is_playing());
    }
}
