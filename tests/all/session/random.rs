//! Whatever a reader does, undo leads back to what was opened, and redo to what was left.

use crate::inputs::session;
use crate::numbers::RandomSource;

const SEQUENCES: u64 = 1_000;

#[test]
fn undo_leads_to_the_first_scenario_and_redo_to_the_last() {
    for seed in 0..SEQUENCES {
        session::check_actions(&mut RandomSource::seeded(seed + 1), 24);
    }
}
