//! Makes the run of a document: its first slice at once, so that a typical run is there in the very
//! picture that asks for it; a longer one goes on in further slices, so that the page never blocks. What
//! the page asks of a long run, and the picture of it, are a slice each.

use crate::run::Run;
use crate::session::{Document, RunView};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Events made at once: a few milliseconds. Typical runs are done in the first slice.
const SLICE: u32 = 20_000;
/// A run that takes longer, in milliseconds, leaves the old picture in sight, with a mark.
const LATE: u32 = 200;

/// The run of the document, once it is made; until then the one before, and whether that is so for
/// long enough to be said. Without a document none is made.
#[hook]
pub fn use_run(document: Option<&Document>) -> (Option<Rc<RunView>>, bool) {
    let making: SharedSimulation = use_mut_ref(Simulation::default);
    let late = use_state_eq(|| false);
    let update = use_force_update();
    // A draft decides nothing, so typing what cannot be read makes no run.
    let readable = document.map(Document::readable);
    use_memo(readable.clone(), |document| making.borrow_mut().begin(document.as_ref()));
    use_effect_with(readable, {
        let (making, say_late) = (making.clone(), late.setter());
        move |document| {
            match document.as_ref().filter(|_| making.borrow().rest.is_some()) {
                None => say_late.set(false),
                Some(document) => {
                    let done = {
                        let say_late = say_late.clone();
                        Callback::from(move |()| {
                            say_late.set(false);
                            update.force_update();
                        })
                    };
                    let patience = Timeout::new(LATE, move || say_late.set(true));
                    making.borrow_mut().patience = Some(patience);
                    wait(making.clone(), document.clone(), done);
                }
            }
            move || making.borrow_mut().stop()
        }
    });
    let making = making.borrow();
    (making.run_view.clone(), *late && making.rest.is_some())
}

type SharedSimulation = Rc<RefCell<Simulation>>;

#[derive(Default)]
struct Simulation {
    /// What was done last.
    run_view: Option<Rc<RunView>>,
    /// The run of the document, for as long as it is not done.
    rest: Option<Run>,
    /// Ends with the mark.
    patience: Option<Timeout>,
    /// Until the next slice.
    pause: Option<Timeout>,
}

impl Simulation {
    fn begin(&mut self, document: Option<&Document>) {
        let Some(document) = document else {
            *self = Self::default();
            return;
        };
        let mut run = Run::new(document.scenario().clone());
        let is_done = run.advance(SLICE);
        self.rest = Some(run);
        if is_done {
            self.go_on(document);
        }
    }

    /// Makes a slice; true once the page has what it asks of the run.
    fn go_on(&mut self, document: &Document) -> bool {
        match self.rest.take_if(|run| run.is_done()) {
            Some(run) => {
                self.run_view = Some(Rc::new(RunView::new(run, document)));
                self.stop();
                true
            }
            None => {
                self.rest.iter_mut().for_each(|run| _ = run.advance(SLICE));
                false
            }
        }
    }

    fn stop(&mut self) {
        (self.patience, self.pause) = (None, None);
    }
}

fn wait(making: SharedSimulation, document: Document, done: Callback<()>) {
    let next = making.clone();
    let pause = Timeout::new(0, move || {
        let is_done = next.borrow_mut().go_on(&document);
        match is_done {
            true => next.borrow_mut().pause = Some(Timeout::new(0, move || done.emit(()))),
            false => wait(next, document, done),
        }
    });
    making.borrow_mut().pause = Some(pause);
}
