//! The stage for who cannot see or point at it: one button a process, in rank order, its state in
//! words, made from the same scene as the picture.

use crate::view::Target;
use crate::view::picture::Picture;
use crate::view::ring::Ring;
use crate::view::stage::{Frame, caption};
use crate::vocabulary::Rank;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct MirrorProps {
    pub picture: Rc<Picture>,
    pub frame: Frame,
    pub onselect: Callback<Option<Target>>,
    pub onstrike: Callback<Rank>,
    pub onfocus: Callback<Option<Rank>>,
}

#[component]
pub fn Mirror(props: &MirrorProps) -> Html {
    let node = use_node_ref();
    let MirrorProps { picture, frame, .. } = props;
    let ranks: Vec<Rank> = picture.processes.iter().map(|process| process.rank).collect();
    use_effect_with((frame.size, ranks.clone(), node.clone()), {
        let frame = *frame;
        move |(_, ranks, node)| {
            let ring = Ring::new(ranks, frame.size, frame.inset, frame.radius);
            if let Some(list) = node.cast::<Element>() {
                lay_out(&list, &ring, ranks);
            }
        }
    });
    let selected = frame.selected;
    let button = |rank: &Rank| {
        let rank = *rank;
        let (select, focus, blur) = (&props.onselect, &props.onfocus, &props.onfocus);
        let pressed = selected == Some(Target::Process(rank));
        let next = (!pressed).then_some(Target::Process(rank));
        html! {
            <li key={rank.get()}>
                <button class="spot" aria-pressed={pressed.to_string()} data-rank={rank.to_string()}
                    aria-label={words(picture, rank)}
                    onclick={select.reform(move |_: MouseEvent| next)}
                    ondblclick={props.onstrike.reform(move |_: MouseEvent| rank)}
                    onfocus={focus.reform(move |_: FocusEvent| Some(rank))}
                    onblur={blur.reform(|_: FocusEvent| None)} />
            </li>
        }
    };
    html! {
        <ul class="mirror" ref={node} aria-label="Processes">{ for ranks.iter().rev().map(button) }</ul>
    }
}

/// `Process 3: handed over to 5, waits for Elected`.
fn words(picture: &Picture, rank: Rank) -> String {
    let Some(process) = picture.process(rank) else { return format!("Process {rank}") };
    let caption = caption(picture, process);
    match caption.second {
        Some(second) => format!("Process {rank}: {}, {second}", caption.first),
        None => format!("Process {rank}: {}", caption.first),
    }
}

/// Through the style object: the page's policy forbids style attributes.
fn lay_out(list: &Element, ring: &Ring, ranks: &[Rank]) {
    let items = list.children();
    for (place, &rank) in ranks.iter().rev().enumerate() {
        let item = items.item(place as u32).and_then(|item| item.dyn_into::<HtmlElement>().ok());
        let (Some(item), Some(centre)) = (item, ring.place(rank)) else { continue };
        let reach = ring.radius.max(12.0);
        let pixels = |length: f64| format!("{length:.0}px");
        let style = item.style();
        for (name, value) in [
            ("left", centre.x - reach),
            ("top", centre.y - reach),
            ("width", 2.0 * reach),
            ("height", 2.0 * reach),
        ] {
            // The names are right, so no browser refuses.
            let _ = style.set_property(name, &pixels(value));
        }
    }
}
