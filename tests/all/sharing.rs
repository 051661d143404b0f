//! Sharing: what is shown as an address and back, what is taken away, what comes from elsewhere, and
//! what was worked on last.

mod addresses;
mod exports;
mod imports;
mod recents;

use hustings::presets;
use hustings::run::Run;
use hustings::scenario::{Change, Fault};
use hustings::session::{Action, Document, Playback, RunView, State};
use hustings::time::Time;
use hustings::types::Rank;

fn rank(rank: u16) -> Rank {
    Rank::new(rank).expect("not 0")
}

fn document(preset: &str) -> Document {
    let preset = presets::find(preset).expect("a preset");
    Document::read(preset.script).expect("presets can be read")
}

fn run_view(document: &Document) -> RunView {
    RunView::new(Run::of(document.scenario().clone()), document)
}

fn crash(at: u64, of: u16) -> Action {
    Action::Change(Change::AddFault { at: Time::ms(at), fault: Fault::Crash(vec![rank(of)]) })
}

fn at(ms: u64) -> Playback {
    Playback::Paused { at: Time::ms(ms) }
}

fn opened(preset: &str) -> State {
    State::new(document(preset))
}
