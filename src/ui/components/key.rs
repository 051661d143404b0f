//! The key over the stage: whom processes believe to lead, in which paint.

use crate::types::Rank;
use crate::view::palette::{ColourTheme, LeaderStyle, css};
use crate::view::stage::Legend;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct BeliefKeyProps {
    pub legend: Rc<Legend>,
    pub theme: ColourTheme,
    /// How things stand, where the verdict has no room beside the stage.
    pub verdict: String,
    pub alarm: bool,
}

#[component]
pub fn BeliefKey(props: &BeliefKeyProps) -> Html {
    let Legend { leaders, nobody, .. } = &*props.legend;
    html! {
        <div class="key">
            <b class={classes!("key-verdict", props.alarm.then_some("alarm-text"))}>{ &props.verdict }</b>
            <span class="key-words">{ "Believes" }<span class="wide-words">{ " the leader is" }</span></span>
            { for leaders.iter().map(|&(rank, leader_style)| entry(rank, leader_style, props.theme)) }
            if *nobody {
                <span class="key-entry">
                    <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
                        <circle class="hollow" r="6.2" stroke-width="1.5" />
                    </svg>
                    { "nobody" }
                </span>
            }
        </div>
    }
}

fn entry(rank: Rank, leader_style: LeaderStyle, theme: ColourTheme) -> Html {
    const DROP: &str = "M-1.03-5.2L4.46-5.35Q5.31-5.31 5.35-4.46L5.2 1.03A6.2 6.2 0 1 1-1.03-5.2Z";
    let hue = leader_style.hue(theme);
    html! {
        <span class="key-entry" key={rank.get()}>
            <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
                <path d={DROP} fill={css(hue.paint)} stroke={css(hue.edge)}
                    stroke-linejoin="round" />
            </svg>
            { rank }
        </span>
    }
}
