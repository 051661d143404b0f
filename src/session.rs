//! Who looks at a scenario, and how: what is on the screen is a function of this and of the run.
//!
//! `State::apply` is pure: it does no input or output, reads no clock and makes no run. Whatever an
//! action needs of those is in the action.

pub mod address;
mod document;
mod history;
mod keys;
mod made;
mod perform;
mod playback;

pub use document::Document;
pub use history::History;
pub use keys::{Deed, Key, deed};
pub use made::{Made, Verdict};
pub use perform::{Scene, crash_or_recover, perform};
pub use playback::{Pace, Playback, SPEEDS, Speed};

use crate::clock::Time;
use crate::scenario::Fault;
use crate::scenario::{Change, Refusal};
use crate::view::Target;
use crate::vocabulary::{MessageKind, Rank};

#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub history: History,
    pub playback: Playback,
    pub speed: Speed,
    /// From the end, playing begins again.
    pub is_looping: bool,
    pub skips_quiet: bool,
    pub selected: Option<Target>,
    /// Kinds of messages that are shown, in the order of `MessageKind::ALL`.
    pub shown: [bool; MessageKind::ALL.len()],
    /// Something that the reader should know, until the next deed.
    pub notice: Option<String>,
}

/// What the session is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Another scenario; what was there before can be undone to.
    Open(Document),
    /// Begins to play at the cursor. `now` is the browser's clock, in milliseconds.
    Play {
        from: Time,
        now: f64,
    },
    /// Begins to go from event to event.
    PlayBySteps {
        from: Time,
    },
    Pause {
        at: Time,
    },
    Seek {
        to: Time,
        now: f64,
    },
    SetSpeed {
        speed: Speed,
        at: Time,
        now: f64,
    },
    ToggleLoop {
        at: Time,
        now: f64,
    },
    ToggleSkip {
        at: Time,
        now: f64,
    },
    Select(Option<Target>),
    ToggleKind(MessageKind),
    /// This kind alone; all of them if it is alone already.
    ShowOnly(MessageKind),
    Change(Change),
    Undo,
    Redo,
    /// What plays waits, and goes on: while the page is out of sight, or a hand is on the strip.
    Hold {
        at: Time,
    },
    Release {
        now: f64,
    },
    /// Says something, or clears what was said.
    Say(Option<String>),
}

impl State {
    pub fn new(document: Document) -> Self {
        Self {
            speed: Speed::of(document.scenario()),
            history: History::new(document),
            playback: Playback::Paused { at: Time::ZERO },
            is_looping: false,
            skips_quiet: true,
            selected: None,
            shown: [true; MessageKind::ALL.len()],
            notice: None,
        }
    }

    pub fn document(&self) -> &Document {
        self.history.present()
    }

    pub fn apply(&self, action: Action) -> Self {
        let mut next = self.clone();
        next.notice = None;
        match action {
            Action::Open(document) => {
                let history = self.history.push(document.clone(), "opening".to_owned());
                next = Self { history, ..Self::new(document) };
            }
            Action::Play { from, now } => {
                next.playback = Playback::Playing { from, since: now, speed: self.speed };
            }
            Action::PlayBySteps { from } => next.playback = Playback::Stepping { at: from },
            Action::Pause { at } => next.playback = Playback::Paused { at },
            Action::Seek { to, now } => next.playback = self.playback.moved(to, now),
            Action::SetSpeed { speed, at, now } => {
                next.speed = speed;
                next.playback = self.playback.at_speed(speed, at, now);
            }
            Action::ToggleLoop { at, now } => {
                next.is_looping = !self.is_looping;
                next.playback = self.playback.moved(at, now);
            }
            Action::ToggleSkip { at, now } => {
                next.skips_quiet = !self.skips_quiet;
                next.playback = self.playback.moved(at, now);
            }
            Action::Select(target) => next.selected = target,
            Action::ToggleKind(kind) => next.shown[kind as usize] ^= true,
            Action::ShowOnly(kind) => next.shown = only(self.shown, kind),
            Action::Change(change) => next.change(change),
            Action::Undo => next.history = self.history.undo(),
            Action::Redo => next.history = self.history.redo(),
            Action::Hold { at } => next.playback = self.playback.held(at),
            Action::Release { now } => next.playback = self.playback.released(now, self.speed),
            Action::Say(notice) => next.notice = notice,
        }
        next
    }

    fn change(&mut self, change: Change) {
        let name = change.name();
        let Change::Befall { at: shown, .. } = change;
        match self.document().with(change) {
            Ok(document) => {
                self.history = self.history.push(document, name);
                // A deed on a still picture is shown at once.
                if let Playback::Paused { at } = &mut self.playback {
                    *at = (*at).max(shown);
                }
            }
            Err(refusal) => self.notice = Some(said(&refusal)),
        }
    }
}

/// Crashes a process that is up, recovers one that is down.
pub fn toggle_crash(rank: Rank, is_crashed: bool, at: Time) -> Change {
    let fault = match is_crashed {
        true => Fault::Recover(vec![rank]),
        false => Fault::Crash(vec![rank]),
    };
    Change::Befall { at, fault }
}

/// When a gesture's fault befalls: just after what is shown. At the next whole millisecond if nothing
/// happens before it, else one microsecond after the cursor.
pub fn gesture_instant(cursor: Time, next: Option<Time>) -> Time {
    let whole = Time::ms(cursor.as_us() / 1_000 + 1);
    match next {
        Some(next) if next < whole => Time::us(cursor.as_us() + 1),
        Some(_) | None => whole,
    }
}

fn only(
    shown: [bool; MessageKind::ALL.len()],
    kind: MessageKind,
) -> [bool; MessageKind::ALL.len()] {
    let alone = MessageKind::ALL.map(|other| other == kind);
    if shown == alone { [true; MessageKind::ALL.len()] } else { alone }
}

/// A refusal as a sentence on the page.
fn said(refusal: &Refusal) -> String {
    let text = refusal.to_string();
    let mut letters = text.chars();
    let first: String = letters.next().map_or_else(String::new, |c| c.to_uppercase().collect());
    format!("{first}{}.", letters.as_str())
}
