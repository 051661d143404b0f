//! What lies under the pointer, in words, once it has rested there for half a second.

use crate::session::first_offer;
use crate::view::Target;
use crate::view::accessibility;
use crate::view::geometry::{Point, Size};
use crate::view::model::StageModel;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct TipProps {
    pub target: Target,
    /// The pointer.
    pub at: Point,
    pub room: Size,
    pub picture: Rc<StageModel>,
}

#[component]
pub fn Tip(props: &TipProps) -> Html {
    let node = use_node_ref();
    let TipProps { target, at, room, picture } = props;
    use_effect_with((node.clone(), *at, *room), |(node, at, room)| {
        if let Some(tip) = node.cast::<HtmlElement>() {
            let (width, height) = (f64::from(tip.offset_width()), f64::from(tip.offset_height()));
            let left = (at.x + 12.0).min(room.width - width - 4.0).max(4.0);
            let below = at.y + 20.0;
            let top = if below + height > room.height { at.y - height - 8.0 } else { below };
            let style = tip.style();
            // The names are right, so no browser refuses.
            let _ = style.set_property("left", &format!("{left:.0}px"));
            let _ = style.set_property("top", &format!("{top:.0}px"));
        }
    });
    let offer = first_offer(*target, picture);
    html! {
        <div class="tip" ref={node} aria-hidden="true">
            { accessibility::words(picture, *target) }
            if let Some((key, offer)) = offer.and_then(|offer| Some((offer.key()?, offer.words))) {
                <span class="tip-deed"><kbd>{ key }</kbd>{ offer }</span>
            }
        </div>
    }
}
