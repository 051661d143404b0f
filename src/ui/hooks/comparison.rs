//! The other run of a comparison, and where the two part.

use super::use_run;
use crate::narration::{Divergence, DivergenceSearch};
use crate::session::compare::{parting, under};
use crate::session::{RunView, Screen, State};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// The run under the other algorithm, while one is compared with; until it is made, none.
#[hook]
pub fn use_comparison(state: &State) -> Option<Rc<RunView>> {
    let algorithm = match &state.screen {
        Screen::Compare(algorithm) => Some(algorithm.clone()),
        Screen::Start | Screen::Stage | Screen::Gallery => None,
    };
    let document = use_memo((state.document().clone(), algorithm.clone()), |(document, other)| {
        under(document, other.as_ref()?)
    });
    let (run_view, _) = use_run(document.as_ref().as_ref());
    run_view.filter(|run_view| Some(&run_view.run.scenario().algorithm) == algorithm.as_ref())
}

/// Where two runs part: none while that is looked for, then the answer.
#[hook]
pub fn use_difference(left: &Rc<RunView>, right: &Rc<RunView>) -> Option<Option<Divergence>> {
    let found = use_state_eq(|| None);
    let timer: Rc<RefCell<Option<Timeout>>> = use_mut_ref(|| None);
    let set = found.setter();
    use_effect_with((left.clone(), right.clone()), move |(left, right)| {
        set.set(None);
        let done = Callback::from(move |answer| set.set(Some(answer)));
        search(DivergenceSearch::default(), [left.clone(), right.clone()], done, timer.clone());
        move || drop(timer.take())
    });
    (*found).clone()
}

fn search(
    mut so_far: DivergenceSearch,
    sides: [Rc<RunView>; 2],
    done: Callback<Option<Divergence>>,
    timer: Rc<RefCell<Option<Timeout>>>,
) {
    let [left, right] = &sides;
    if let Some(answer) = so_far.advance(&left.run, &right.run) {
        return done.emit(answer.map(|fork| parting(fork, left, right)));
    }
    let next = timer.clone();
    *timer.borrow_mut() = Some(Timeout::new(0, move || search(so_far, sides, done, next)));
}
