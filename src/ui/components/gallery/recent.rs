//! What was worked on last, as this browser keeps it.

use crate::session::Document;
use crate::session::recent::{RecentRow, Recents};
use crate::web::clock;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct RecentListProps {
    pub recents: Rc<Recents>,
    pub onopen: Callback<Document>,
}

/// Nothing for who has made nothing yet.
#[component]
pub fn RecentList(props: &RecentListProps) -> Html {
    let rows = use_memo(props.recents.clone(), |recents| recents.rows(clock::calendar()));
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <section class="recents" aria-labelledby="recents-title">
            <h2 id="recents-title">{ "Recent" }</h2>
            <p>{ "Kept in this browser only" }</p>
            <ul>{ for rows.iter().map(|row| entry(row, &props.onopen)) }</ul>
        </section>
    }
}

fn entry(row: &RecentRow, onopen: &Callback<Document>) -> Html {
    let RecentRow { title, algorithm, ago, document } = row.clone();
    html! {
        <li>
            <button class="recent" onclick={onopen.reform(move |_: MouseEvent| document.clone())}>
                <span class="recent-title">{ title }</span>
                <small>{ algorithm }</small>
                <small class="recent-time">{ ago }</small>
            </button>
        </li>
    }
}
