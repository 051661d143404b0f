//! Bytes as a small question of the search: it finds as few moves as the naive search, and they violate what is expected.

use crate::numbers::RandomSource;
use crate::search::naive;
use hustings::report::Report;
use hustings::run::Run;
use hustings::scenario::script;
use hustings::search::{Move, Search, SearchProgress, SearchQuestion};

pub(crate) fn check(bytes: &[u8]) {
    check_question(&mut RandomSource::of_bytes(bytes));
}

/// How many moves together violate what a question expects; `None` if too few do.
pub(crate) fn check_question(source: &mut RandomSource) -> Option<usize> {
    let question = naive::random(source);
    let expected = naive::search(&question);
    let (found, _) = searched(question.clone());
    let size = found.first().map(Vec::len);
    let text = script::write(&question.scenario);
    assert_eq!(
        size,
        expected.as_ref().map(Vec::len),
        "{text}\n{:?}\n{expected:?}\n{found:?}",
        question.rules
    );
    for moves in &found {
        assert!(!holds(&question, moves), "{text}\n{moves:?}");
    }
    size
}

/// All sets that a search finds, and how far it went.
pub(crate) fn searched(question: SearchQuestion) -> (Vec<Vec<Move>>, SearchProgress) {
    let mut search = Search::new(question);
    while !search.step(1_000_000) {}
    (search.found().to_vec(), search.progress())
}

/// Whether the run with these moves meets every expectation.
pub(crate) fn holds(question: &SearchQuestion, moves: &[Move]) -> bool {
    let run = Run::of(question.with(moves).expect("within the limits"));
    Report::first_violated(run.tally(), run.scenario(), run.end()).is_none()
}
