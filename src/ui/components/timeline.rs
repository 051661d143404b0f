//! What lies under the transport on a wide screen: the space-time diagram, as high as its lanes ask for
//! or as it was dragged to.

use super::Split;
use super::spacetime::{Spacetime, SpacetimeProps};
use crate::ui::hooks::use_window_height;
use crate::view::spacetime::height;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The stage keeps at least so much, with header and transport.
const ABOVE: f64 = 48.0 + 260.0 + 52.0;
const LEAST: f64 = 120.0;

#[component]
pub fn Timeline(props: &SpacetimeProps) -> Html {
    let room = use_node_ref();
    let dragged = use_state_eq(|| None::<f64>);
    let window = use_window_height();
    let scenario = props.made.run.scenario();
    let lanes = scenario.group(props.made.group).members.len();
    let most = (window - ABOVE).max(LEAST);
    let by_itself = height(lanes, window);
    let height = dragged.map_or(by_itself, |height| height.clamp(LEAST, most));
    use_effect_with((room.clone(), height), |(room, height)| {
        if let Some(room) = room.cast::<HtmlElement>() {
            // The name is right, so no browser refuses.
            let _ = room.style().set_property("height", &format!("{}px", height.round() as u32));
        }
    });
    let onresize = Callback::from(move |to| dragged.set(to));
    html! {
        <div class="timeline" ref={room}>
            <Split {height} least={LEAST} {most} {onresize} />
            if props.veiled {
                <p class="veiled">{ "Hidden until you have answered" }</p>
            } else {
                <Spacetime ..props.clone() />
            }
        </div>
    }
}
