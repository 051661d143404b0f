//! Makes the run of a document, in slices, so that the page never blocks.

use crate::run::Run;
use crate::session::{Document, Made};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Events made at once: a few milliseconds. Typical runs are done in the first slice.
const SLICE: u32 = 50_000;

/// The run of the document, once it is made; until then the one before. Without a document none is
/// made.
#[hook]
pub fn use_run(document: Option<&Document>) -> Option<Rc<Made>> {
    let made = use_state(|| None);
    let timer: Rc<RefCell<Option<Timeout>>> = use_mut_ref(|| None);
    let set = made.setter();
    use_effect_with(document.cloned(), move |document| {
        if let Some(document) = document {
            let run = Run::new(document.scenario().clone());
            let document = document.clone();
            let keep = move |run: Run| set.set(Some(Rc::new(Made::new(run, &document))));
            slice(run, Callback::from(keep), timer.clone());
        }
        move || drop(timer.take())
    });
    (*made).clone()
}

fn slice(mut run: Run, done: Callback<Run>, timer: Rc<RefCell<Option<Timeout>>>) {
    if run.advance(SLICE) {
        return done.emit(run);
    }
    let next = timer.clone();
    *timer.borrow_mut() = Some(Timeout::new(0, move || slice(run, done, next)));
}
