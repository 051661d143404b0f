//! What was worked on last, as this browser keeps it.

use crate::session::Action;
use crate::session::recent::{RecentRow, Recents};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::web::clock;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct RecentListProps {
    pub recents: Rc<Recents>,
}

/// Nothing for who has made nothing yet.
#[component]
pub fn RecentList(props: &RecentListProps) -> Html {
    let dispatcher = use_dispatcher();
    let rows = use_memo(props.recents.clone(), |recents| recents.rows(clock::calendar()));
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <section class="recents" aria-labelledby="recents-title">
            <h2 id="recents-title">{ "Recent" }</h2>
            <p>{ "Kept in this browser only" }</p>
            <ul>{ for rows.iter().map(|row| entry(row, &dispatcher)) }</ul>
        </section>
    }
}

fn entry(row: &RecentRow, dispatcher: &Dispatcher) -> Html {
    let RecentRow { title, algorithm, ago, document } = row.clone();
    html! {
        <li>
            <button class="recent" onclick={dispatcher.on_click_action(Action::Open(document))}>
                <span class="recent-title">{ title }</span>
                <small>{ algorithm }</small>
                <small class="recent-time">{ ago }</small>
            </button>
        </li>
    }
}
