//! Where the two runs part, as a way to go there: what each does, and why.

use crate::narration::{Divergence as Parted, DivergenceSide};
use crate::session::RunView;
use crate::ui::hooks::use_difference;
use crate::ui::page::Dispatcher;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct PartingProps {
    pub made: Rc<RunView>,
    pub rival: Rc<RunView>,
    pub deeds: Rc<Dispatcher>,
}

#[component]
pub fn Parting(props: &PartingProps) -> Html {
    let PartingProps { made, rival, deeds } = props;
    let words = match use_difference(made, rival) {
        None => Html::default(),
        Some(None) => html! { <p>{ "Nothing differs: both runs are the same." }</p> },
        Some(Some(parted)) => {
            let names = [made, rival].map(|made| made.run.scenario().algorithm.title());
            told(parted, names, deeds)
        }
    };
    html! { <section class="parting" aria-label="First difference">{ words }</section> }
}

fn told(
    Parted { at, sides, why, .. }: Parted,
    names: [&'static str; 2],
    deeds: &Dispatcher,
) -> Html {
    let go = deeds.seek.reform(move |_: MouseEvent| at);
    let side = |(name, DivergenceSide { at: own, told }): (&'static str, DivergenceSide)| {
        html! {
            <p><b>{ name }</b>
                if own != at { { format!(", at {}", own.spoken()) } }
                { ": " }{ told }</p>
        }
    };
    html! {
        <>
            <button class="link" onclick={go}>{ format!("First difference at {}", at.spoken()) }</button>
            { for names.into_iter().zip(sides).map(side) }
            <h2>{ "Why" }</h2>
            { for why.into_iter().map(|sentence| html! { <p>{ sentence }</p> }) }
        </>
    }
}
