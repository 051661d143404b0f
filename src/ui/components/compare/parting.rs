//! The first difference of the two runs, as a button to its instant: what each run does, and why.

use crate::narration::{Divergence as Parted, DivergenceSide};
use crate::session::{Command, RunView};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::use_difference;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct PartingProps {
    pub run_view: Rc<RunView>,
    pub comparison: Rc<RunView>,
}

#[component]
pub fn Parting(props: &PartingProps) -> Html {
    let PartingProps { run_view, comparison } = props;
    let dispatcher = use_dispatcher();
    let words = match use_difference(run_view, comparison) {
        None => Html::default(),
        Some(None) => html! { <p>{ "Nothing differs: both runs are the same." }</p> },
        Some(Some(parted)) => {
            let names =
                [run_view, comparison].map(|run_view| run_view.run.scenario().algorithm.title());
            describe(parted, names, &dispatcher)
        }
    };
    html! { <section class="parting" aria-label="First difference">{ words }</section> }
}

fn describe(
    Parted { at, sides, why, .. }: Parted,
    names: [&'static str; 2],
    dispatcher: &Dispatcher,
) -> Html {
    let go = dispatcher.on_click(Command::Seek(at));
    let side = |(name, DivergenceSide { at: own, text }): (&'static str, DivergenceSide)| {
        html! {
            <p><b>{ name }</b>
                if own != at { { format!(", at {}", own.spoken()) } }
                { ": " }{ text }</p>
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
