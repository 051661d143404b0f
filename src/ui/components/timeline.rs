//! What lies under the transport on a wide screen: the space-time diagram, as high as its lanes ask for
//! or as it was dragged to; dragged to its ends, the line above it leaves the one or the other.

use super::Split;
use super::spacetime::{Spacetime, SpacetimeProps};
use crate::scenario::FigureView;
use crate::session::Action;
use crate::ui::dispatcher::use_dispatcher;
use crate::ui::hooks::{use_media, use_window_height};
use crate::view::spacetime::height;
use crate::web::media;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The stage keeps at least so much, and with it the header and the transport.
const STAGE: f64 = 260.0;
const ABOVE: f64 = 48.0 + STAGE + 52.0;
const LEAST: f64 = 120.0;
/// On a phone: header, stage, sentence, tabs, kinds and transport; and how high the lanes are at the
/// least, and at the most.
const AROUND_ON_A_PHONE: f64 = 52.0 + 316.0 + 85.0 + 44.0 + 46.0 + 78.0;
const PHONE: (f64, f64) = (208.0, 400.0);
/// The whole run below the lanes.
const BAR: f64 = 40.0;

#[component]
pub fn Timeline(props: &SpacetimeProps) -> Html {
    let (state, dispatcher) = (&props.context.state, use_dispatcher());
    let view = state.view;
    let room = use_node_ref();
    let dragged = use_state_eq(|| None::<f64>);
    let window = use_window_height();
    let lanes = props.run_view.lanes();
    let most = (window - ABOVE).max(LEAST);
    let is_narrow = use_media(media::NARROW);
    // On a phone the lanes get the room that the rest leaves, within reason; the bar of the whole run
    // goes first.
    let by_itself = match is_narrow {
        true => (window - AROUND_ON_A_PHONE).clamp(PHONE.0, PHONE.1),
        false => height(lanes, props.run_view.strips.len(), window),
    };
    let overview = !is_narrow || by_itself >= PHONE.0 + BAR;
    let by_hand = dragged.map_or(by_itself, |height| height.clamp(LEAST, most));
    let whole = most + STAGE;
    let height = match view {
        FigureView::Both => by_hand,
        FigureView::Stage => 0.0,
        FigureView::Spacetime => whole,
    };
    use_effect_with((room.clone(), height, view), |(room, height, view)| {
        if let Some(room) = room.cast::<HtmlElement>() {
            let height = match view {
                // The style sheet knows what is left.
                FigureView::Spacetime => "100%".to_owned(),
                FigureView::Both | FigureView::Stage => format!("{}px", height.round() as u32),
            };
            // The name is right, so no browser refuses.
            let _ = room.style().set_property("height", &height);
        }
    });
    let onresize = {
        Callback::from(move |to: Option<f64>| {
            // Beyond half of the least that either keeps, it gives up the rest.
            let next = match to {
                Some(to) if to < LEAST / 2.0 => FigureView::Stage,
                Some(to) if to > most + STAGE / 2.0 => FigureView::Spacetime,
                Some(_) | None => FigureView::Both,
            };
            if next == FigureView::Both {
                dragged.set(to);
            }
            if next != view {
                dispatcher.dispatch(Action::View(next));
            }
        })
    };
    let inside = match (view, state.hides_what_comes()) {
        (FigureView::Stage, _) => Html::default(),
        (_, true) => html! { <p class="veiled">{ "Hidden until you have answered" }</p> },
        (_, false) => html! { <Spacetime {overview} ..props.clone() /> },
    };
    html! {
        <div class="timeline" ref={room}>
            // A finger that scrolls the page must not catch on it.
            if !is_narrow { <Split {height} least={LEAST} {most} {whole} {onresize} /> }
            { inside }
        </div>
    }
}
