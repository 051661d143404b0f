//! A small scene that does not move, painted on a canvas of its own.

use crate::view::Scene;
use crate::web::canvas::Painter;
use crate::web::media;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SignProps {
    pub scene: Scene,
    pub class: &'static str,
}

#[component]
pub fn Sign(props: &SignProps) -> Html {
    let node = use_node_ref();
    use_effect_with((node.clone(), props.scene.clone()), |(node, scene)| {
        let painter = node.cast::<HtmlCanvasElement>().and_then(|c| Painter::new(c).ok());
        if let Some(mut painter) = painter {
            painter.paint(scene, media::pixel_ratio());
        }
    });
    html! { <canvas class={props.class} ref={node} aria-hidden="true" /> }
}
