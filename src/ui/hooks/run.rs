//! Makes the run of a document, in slices, so that the page never blocks.

use crate::run::Run;
use crate::session::{Document, Made};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Events made at once: a few milliseconds. Typical runs are done in the first slice.
const SLICE: u32 = 50_000;
/// A run that takes longer, in milliseconds, leaves the old picture in sight, with a mark.
const LATE: u32 = 200;

/// The run of the document, once it is made; until then the one before, and whether that is so for
/// long enough to be said. Without a document none is made.
#[hook]
pub fn use_run(document: Option<&Document>) -> (Option<Rc<Made>>, bool) {
    let made = use_state(|| None);
    let late = use_state_eq(|| false);
    let timers: Timers = use_mut_ref(|| None);
    let (set, say_late) = (made.setter(), late.setter());
    // A draft decides nothing, so typing what cannot be read makes no run.
    use_effect_with(document.map(Document::readable), move |document| {
        if let Some(document) = document {
            let run = Run::new(document.scenario().clone());
            let done = {
                let (document, timers) = (document.clone(), timers.clone());
                let say_late = say_late.clone();
                Callback::from(move |run: Run| {
                    timers.take();
                    say_late.set(false);
                    set.set(Some(Rc::new(Made::new(run, &document))));
                })
            };
            let patience = Timeout::new(LATE, move || say_late.set(true));
            *timers.borrow_mut() = Some((patience, None));
            slice(run, done, timers.clone());
        }
        move || drop(timers.take())
    });
    ((*made).clone(), *late)
}

/// What waits while a run is made: the mark, and the next slice.
type Timers = Rc<RefCell<Option<(Timeout, Option<Timeout>)>>>;

fn slice(mut run: Run, done: Callback<Run>, timers: Timers) {
    if run.advance(SLICE) {
        return done.emit(run);
    }
    let next = timers.clone();
    if let Some((_, waiting)) = &mut *timers.borrow_mut() {
        *waiting = Some(Timeout::new(0, move || slice(run, done, next)));
    }
}
