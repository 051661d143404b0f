//! The line between two parts of the page, to be dragged up and down. A double click resets it.

use web_sys::Element;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SplitProps {
    /// Of the lower part, in pixels.
    pub height: f64,
    /// While both parts are there; folded away it has 0, and `whole` where it is alone.
    pub least: f64,
    pub most: f64,
    pub whole: f64,
    /// Wherever it is dragged to. Nothing, where it is to be as high as it would be by itself.
    pub onresize: Callback<Option<f64>>,
}

/// What an arrow key moves it by.
const STEP: f64 = 16.0;

#[component]
pub fn Split(props: &SplitProps) -> Html {
    let SplitProps { height, least, most, whole, onresize } = props.clone();
    // Where the pointer took hold: its place, and the height then.
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
            // From either end of the range one more step folds a part away.
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
