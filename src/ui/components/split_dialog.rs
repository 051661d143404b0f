//! *Split network*: every process on one side of a cut, on the other, or on neither.

use super::dialog::{Dialog, dialog_head};
use super::field::check;
use crate::scenario::ProcessName;
use crate::session::{Action, Command, PartitionSide, PartitionSides, RunView};
use crate::ui::dispatcher::use_dispatcher;
use crate::view::Target;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SplitDialogProps {
    pub run_view: Rc<RunView>,
    pub selected: Option<Target>,
}

#[component]
pub fn SplitDialog(props: &SplitDialogProps) -> Html {
    let SplitDialogProps { run_view, selected } = props;
    let dispatcher = use_dispatcher();
    let alone = match selected {
        Some(Target::Process(rank)) => Some(*rank),
        _ => None,
    };
    let sides = use_state(|| PartitionSides::new(&run_view.run.scenario().ranks, alone));
    let one_way = use_state(|| false);
    let onclose = dispatcher.dispatch_from(|()| Action::Dialog(None));
    let onsubmit = {
        let (dispatcher, sides, one_way) = (dispatcher.clone(), sides.clone(), *one_way);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(both) = sides.both() else { return };
            // First, so that what the cut has to say is not cleared with the dialog.
            dispatcher.dispatch(Action::Dialog(None));
            dispatcher.execute(Command::SplitInto { sides: both, one_way });
        })
    };
    let turn = {
        let one_way = one_way.clone();
        Callback::from(move |_: MouseEvent| one_way.set(!*one_way))
    };
    let cannot = sides.both().is_none();
    html! {
        <Dialog class="split-sides" title="split-title" onclose={onclose.clone()}>
            { dialog_head("split-title", "Split network") }
            <form class="dialog-form" {onsubmit}>
                <div class="sides">
                    <div class="sides-head" aria-hidden="true">
                        <span />
                        <span>{ "Side A" }</span><span>{ "Neither" }</span><span>{ "Side B" }</span>
                    </div>
                    { for sides.each().iter().enumerate().map(|(place, &(rank, side))| row(run_view.run.scenario().called(rank), side, place == 0, &sides)) }
                </div>
                { check("split-one-way", "Only what goes to A is stopped", *one_way, turn) }
                <p class="dialog-words" role="status">{ sides.words(run_view.run.scenario(), *one_way) }</p>
                <div class="form-deeds">
                    <button class="button primary" type="submit" disabled={cannot}>{ "Cut" }</button>
                    <button class="button outlined" type="button"
                        onclick={onclose.reform(|_: MouseEvent| ())}>{ "Cancel" }</button>
                </div>
            </form>
        </Dialog>
    }
}

fn row(
    called: ProcessName,
    side: PartitionSide,
    is_first: bool,
    sides: &UseStateHandle<PartitionSides>,
) -> Html {
    let rank = called.rank;
    let radio = |of: PartitionSide, words: &str| {
        let sides = sides.clone();
        html! {
            <label class="side-choice">
                <input type="radio" name={format!("split-{rank}")} checked={side == of}
                    data-first={(is_first && side == of).then_some("")}
                    aria-label={format!("{called} {words}")}
                    onchange={Callback::from(move |_: Event| sides.set(sides.with(rank, of)))} />
            </label>
        }
    };
    html! {
        <div class="sides-row" role="radiogroup" aria-label={format!("Process {}", called.with_rank())} key={rank.get()}>
            <b>{ called.with_rank().to_string() }</b>
            { radio(PartitionSide::A, "on side A") }
            { radio(PartitionSide::Neither, "on neither side") }
            { radio(PartitionSide::B, "on side B") }
        </div>
    }
}
