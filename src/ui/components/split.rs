//! The separator between stage and diagram, which a double click resets; and the dialog that splits the
//! network.

use super::dialog::{Dialog, dialog_head};
use super::field::check;
use crate::scenario::ProcessName;
use crate::session::{Action, Command, PartitionSide, PartitionSides, RunView};
use crate::ui::dispatcher::use_dispatcher;
use crate::view::Target;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SplitProps {
    /// The height of the lower part, in pixels.
    pub height: f64,
    /// The limits of the height, in pixels, while both parts are shown. It is 0 if the diagram is folded
    /// away, and `whole` if the stage is.
    pub least: f64,
    pub most: f64,
    pub whole: f64,
    /// Called with the dragged height; `None` restores the default height.
    pub onresize: Callback<Option<f64>>,
}

/// The step of an arrow key, in pixels.
const STEP: f64 = 16.0;

#[component]
pub fn Split(props: &SplitProps) -> Html {
    let SplitProps { height, least, most, whole, onresize } = props.clone();
    // The y and the height at the press.
    let held = use_mut_ref(|| None::<(f64, f64)>);
    let resize = move |to: f64| onresize.emit(Some(to));
    let onpointerdown = {
        let held = held.clone();
        Callback::from(move |event: PointerEvent| {
            let target = event.target_dyn_into::<Element>();
            let _ = target.map(|target| target.set_pointer_capture(event.pointer_id()));
            *held.borrow_mut() = Some((f64::from(event.client_y()), height));
        })
    };
    let onpointermove = {
        let (held, resize) = (held.clone(), resize.clone());
        Callback::from(move |event: PointerEvent| {
            let from = *held.borrow();
            if let Some((y, height)) = from {
                resize(height + y - f64::from(event.client_y()));
            }
        })
    };
    let let_go = Callback::from(move |_: PointerEvent| *held.borrow_mut() = None);
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let to = match &*event.key() {
            // One more step at either end of the range folds a part away.
            "ArrowUp" if height >= most => whole,
            "ArrowUp" => (height + STEP).clamp(least, most),
            "ArrowDown" if height <= least => 0.0,
            "ArrowDown" => (height - STEP).clamp(least, most),
            "Home" => 0.0,
            "End" => whole,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        resize(to);
    });
    let ondblclick = props.onresize.reform(|_: MouseEvent| None);
    html! {
        <div class="split" role="separator" tabindex="0" aria-orientation="horizontal"
            aria-label="Height of the diagram" title="Drag to resize, to an end to fold away; double-click to reset"
            aria-valuemin="0" aria-valuemax={pixels(whole)} aria-valuenow={pixels(height)}
            {onpointerdown} {onpointermove} onpointerup={let_go.clone()} onpointercancel={let_go}
            {onkeydown} {ondblclick} />
    }
}

fn pixels(length: f64) -> String {
    (length as u32).to_string()
}

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
            // The dialog closes first, since closing it would clear a notice of the cut.
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
                <div class="form-actions">
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
