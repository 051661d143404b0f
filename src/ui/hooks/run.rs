//! Simulates a document, its comparisons and the gallery's previews in slices. The first slice runs at once, so
//! that a typical run is in the first frame; later slices run in timers, so that the page never blocks.

use crate::election::AlgorithmKind;
use crate::narration::{Divergence, DivergenceSearch};
use crate::presets::Card;
use crate::run::Run;
use crate::session::compare::{ComparisonRow, describe_divergence, of_kind, rows, under};
use crate::session::{Document, RunView, State};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// The events of a slice: a few milliseconds. Typical runs are done in the first slice.
const SLICE: u32 = 20_000;
/// The time in milliseconds after which the previous run is marked as outdated.
const LATE: u32 = 200;

/// The run of the document; until it is simulated, the previous run, and whether that has lasted long enough
/// to be indicated. Without a document there is none.
#[hook]
pub fn use_run(document: Option<&Document>) -> (Option<Rc<RunView>>, bool) {
    let simulation: SharedSimulation = use_mut_ref(Simulation::default);
    let late = use_state_eq(|| false);
    let update = use_force_update();
    // A draft does not affect the run, so typing an invalid text simulates nothing.
    let readable = document.map(Document::readable);
    use_memo(readable.clone(), |document| simulation.borrow_mut().begin(document.as_ref()));
    use_effect_with(readable, {
        let (simulation, say_late) = (simulation.clone(), late.setter());
        move |document| {
            match document.as_ref().filter(|_| simulation.borrow().rest.is_some()) {
                None => say_late.set(false),
                Some(document) => {
                    let done = {
                        let say_late = say_late.clone();
                        Callback::from(move |()| {
                            say_late.set(false);
                            update.force_update();
                        })
                    };
                    let late_timer = Timeout::new(LATE, move || say_late.set(true));
                    simulation.borrow_mut().late_timer = Some(late_timer);
                    wait(simulation.clone(), document.clone(), done);
                }
            }
            move || simulation.borrow_mut().stop()
        }
    });
    let simulation = simulation.borrow();
    (simulation.run_view.clone(), *late && simulation.rest.is_some())
}

type SharedSimulation = Rc<RefCell<Simulation>>;

#[derive(Default)]
struct Simulation {
    /// The last finished run.
    run_view: Option<Rc<RunView>>,
    /// The run of the document until it is finished.
    rest: Option<Run>,
    /// Marks the previous run as outdated when it fires.
    late_timer: Option<Timeout>,
    /// Starts the next slice.
    slice_timer: Option<Timeout>,
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

    /// Simulates a slice, or builds the view of a finished run; returns true after the latter.
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
        (self.late_timer, self.slice_timer) = (None, None);
    }
}

fn wait(simulation: SharedSimulation, document: Document, done: Callback<()>) {
    let next = simulation.clone();
    let slice_timer = Timeout::new(0, move || {
        let is_done = next.borrow_mut().go_on(&document);
        match is_done {
            true => next.borrow_mut().slice_timer = Some(Timeout::new(0, move || done.emit(()))),
            false => wait(next, document, done),
        }
    });
    simulation.borrow_mut().slice_timer = Some(slice_timer);
}

/// The other run of a comparison; `None` without a comparison or until it is simulated.
#[hook]
pub fn use_comparison(state: &State) -> Option<Rc<RunView>> {
    let algorithm = state.screen.compared_algorithm().cloned();
    let document = use_memo((state.document().clone(), algorithm.clone()), |(document, other)| {
        under(document, other.as_ref()?).ok()
    });
    let (run_view, _) = use_run(document.as_ref().as_ref());
    run_view.filter(|run_view| Some(&run_view.run.scenario().algorithm) == algorithm.as_ref())
}

/// The first difference of two runs; the outer `None` while it is searched for.
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
        return done.emit(answer.map(|point| describe_divergence(point, left, right)));
    }
    let next = timer.clone();
    *timer.borrow_mut() = Some(Timeout::new(0, move || search(so_far, sides, done, next)));
}

/// The rows of one algorithm in the table of all, or why it does not allow the scenario.
pub type AlgorithmRows = Result<Vec<ComparisonRow>, String>;

/// The rows of each algorithm, in the order of the algorithms; those of the last ones are missing until their
/// runs are simulated, one after the other.
#[hook]
pub fn use_algorithm_rows(document: &Document) -> Rc<Vec<AlgorithmRows>> {
    let found = use_state_eq(Rc::<Vec<AlgorithmRows>>::default);
    let timer: Rc<RefCell<Option<Timeout>>> = use_mut_ref(|| None);
    let set = found.setter();
    use_effect_with(document.readable(), move |document| {
        set.set(Rc::default());
        let (document, rows, timer_slot) = (document.clone(), Vec::new(), timer.clone());
        wait_for_rows(TableMaker { document, rows, set, timer: timer_slot }, None);
        move || drop(timer.take())
    });
    (*found).clone()
}

/// The state that one slice passes to the next.
struct TableMaker {
    document: Document,
    rows: Vec<AlgorithmRows>,
    set: UseStateSetter<Rc<Vec<AlgorithmRows>>>,
    timer: Rc<RefCell<Option<Timeout>>>,
}

fn wait_for_rows(maker: TableMaker, under_way: Option<(Document, Run)>) {
    let timer = maker.timer.clone();
    *timer.borrow_mut() = Some(Timeout::new(0, move || advance_rows(maker, under_way)));
}

fn advance_rows(mut maker: TableMaker, under_way: Option<(Document, Run)>) {
    let Some(&kind) = AlgorithmKind::ALL.get(maker.rows.len()) else { return };
    let begin = || {
        let own = &maker.document.scenario().algorithm;
        let document = under(&maker.document, &of_kind(own, kind))?;
        let run = Run::new(document.scenario().clone());
        Ok((document, run))
    };
    maker.rows.push(match under_way.map_or_else(begin, Ok) {
        Ok((document, mut run)) => {
            if !run.advance(SLICE) {
                return wait_for_rows(maker, Some((document, run)));
            }
            Ok(rows(&run, &run.report(document.script())))
        }
        Err(why) => Err(why),
    });
    maker.set.set(Rc::new(maker.rows.clone()));
    wait_for_rows(maker, None);
}

/// The events of a preview's slice: about a millisecond.
const PREVIEW_SLICE: u32 = 10_000;

/// The finished previews, in the order of the cards. Owned by `use_previews`, filled by `advance_preview`
/// alone.
type Previews = Rc<RefCell<Vec<Option<Rc<RunView>>>>>;
type PreviewTimer = Rc<RefCell<Option<Timeout>>>;

/// The previews in the order of the cards; `None` until a run is simulated.
#[hook]
pub fn use_previews(cards: &Rc<Vec<Card>>) -> Vec<Option<Rc<RunView>>> {
    let previews: Previews = use_mut_ref(|| vec![None; cards.len()]);
    let timer: PreviewTimer = use_mut_ref(|| None);
    let update = use_force_update();
    let run_view = previews.borrow().clone();
    let cards = cards.clone();
    use_effect_with((), move |()| {
        let maker = PreviewMaker { cards, previews, timer: timer.clone(), update };
        wait_for_preview(maker, None);
        move || drop(timer.take())
    });
    run_view
}

/// The state that one slice passes to the next.
struct PreviewMaker {
    cards: Rc<Vec<Card>>,
    previews: Previews,
    timer: PreviewTimer,
    update: UseForceUpdateHandle,
}

fn wait_for_preview(maker: PreviewMaker, run: Option<Run>) {
    let timer = maker.timer.clone();
    *timer.borrow_mut() = Some(Timeout::new(0, move || advance_preview(maker, run)));
}

fn advance_preview(maker: PreviewMaker, run: Option<Run>) {
    let missing = maker.previews.borrow().iter().position(Option::is_none);
    let Some((place, card)) = missing.and_then(|place| Some((place, maker.cards.get(place)?)))
    else {
        return;
    };
    let mut run = run.unwrap_or_else(|| Run::new(card.script.scenario.clone()));
    if !run.advance(PREVIEW_SLICE) {
        return wait_for_preview(maker, Some(run));
    }
    let Ok(document) = Document::read(card.preset.script) else { return };
    maker.previews.borrow_mut()[place] = Some(Rc::new(RunView::new(run, &document)));
    maker.update.force_update();
    wait_for_preview(maker, None);
}
