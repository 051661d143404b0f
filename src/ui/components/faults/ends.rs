//! A list of processes to choose from, with a check box for each.

use crate::session::faults::toggled;
use crate::types::Rank;
use yew::prelude::*;

pub fn list(label: &str, ranks: &[Rank], chosen: &[Rank], onchoose: Callback<Vec<Rank>>) -> Html {
    let pick = |&rank: &Rank| {
        let toggle = {
            let chosen = chosen.to_vec();
            onchoose.reform(move |_: MouseEvent| toggled(&chosen, rank))
        };
        html! {
            <label class="pick" key={rank.get()}>
                <input type="checkbox" checked={chosen.contains(&rank)} onclick={toggle} />
                <span>{ rank.to_string() }</span>
            </label>
        }
    };
    html! {
        <div class="field picks" role="group" aria-label={label.to_owned()}>
            <span class="field-label">{ label.to_owned() }</span>
            <div class="pick-list">{ for ranks.iter().map(pick) }</div>
        </div>
    }
}
