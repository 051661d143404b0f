//! The runs of all presets, made one after another in slices, so that the page never blocks.

use crate::presets::Card;
use crate::run::Run;
use crate::session::{Document, RunView};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Events made at once: about a millisecond.
const SLICE: u32 = 10_000;

/// What is made so far, in the order of the cards. Owned here, filled by `go_on` alone.
type Previews = Rc<RefCell<Vec<Option<Rc<RunView>>>>>;
type PreviewTimer = Rc<RefCell<Option<Timeout>>>;

/// In the order of the cards; nothing where the run is not made yet.
#[hook]
pub fn use_previews(cards: &Rc<Vec<Card>>) -> Vec<Option<Rc<RunView>>> {
    let previews: Previews = use_mut_ref(|| vec![None; cards.len()]);
    let timer: PreviewTimer = use_mut_ref(|| None);
    let update = use_force_update();
    let run_view = previews.borrow().clone();
    let cards = cards.clone();
    use_effect_with((), move |()| {
        let maker = PreviewMaker { cards, previews, timer: timer.clone(), update };
        wait(maker, None);
        move || drop(timer.take())
    });
    run_view
}

/// What goes from slice to slice.
struct PreviewMaker {
    cards: Rc<Vec<Card>>,
    previews: Previews,
    timer: PreviewTimer,
    update: UseForceUpdateHandle,
}

fn wait(maker: PreviewMaker, run: Option<Run>) {
    let timer = maker.timer.clone();
    *timer.borrow_mut() = Some(Timeout::new(0, move || go_on(maker, run)));
}

fn go_on(maker: PreviewMaker, run: Option<Run>) {
    let missing = maker.previews.borrow().iter().position(Option::is_none);
    let Some((place, card)) = missing.and_then(|place| Some((place, maker.cards.get(place)?)))
    else {
        return;
    };
    let mut run = run.unwrap_or_else(|| Run::new(card.script.scenario.clone()));
    if !run.advance(SLICE) {
        return wait(maker, Some(run));
    }
    let Ok(document) = Document::read(card.preset.script) else { return };
    maker.previews.borrow_mut()[place] = Some(Rc::new(RunView::new(run, &document)));
    maker.update.force_update();
    wait(maker, None);
}
