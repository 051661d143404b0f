//! The strip at the panel's foot: what is wrong with the script, or else what may be a trap in it.

use super::note::{button, words};
use crate::session::editor::{Note, NoteFix, Notes};
use crate::ui::components::{Icon, icon};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct FootProps {
    pub notes: Rc<Notes>,
    /// Which of the notes is shown.
    pub place: usize,
    /// Another note is asked for, or the line of this one.
    pub ongo: Callback<usize>,
    pub onremedy: Callback<NoteFix>,
}

#[component]
pub fn Foot(props: &FootProps) -> Html {
    let FootProps { notes, place, ongo, onremedy } = props;
    let Some(note) = notes.list.get(*place) else { return html! {} };
    let is_problem = notes.has_problems();
    let count = notes.list.len();
    let to = |place: usize| ongo.reform(move |_: MouseEvent| place);
    html! {
        <div class={classes!("script-foot", is_problem.then_some("problem"))}>
            <p class="script-heading">
                { heading(notes, *place, note, to(*place)) }
                if is_problem {
                    <span>{ "The stage keeps the last script that could be read." }</span>
                }
            </p>
            <p class="script-note" id="script-note">{ words(note) }</p>
            if note.remedy.is_some() || count > 1 {
                <div class="script-remedies">
                    if let Some(remedy) = &note.remedy { { button(remedy, onremedy) } }
                    <span class="space" />
                    if count > 1 {
                        <button class="button square back" aria-label="Previous" title="Previous"
                            onclick={to((*place + count - 1) % count)}>{ icon(Icon::Chevron) }</button>
                        <button class="button square on-to" aria-label="Next" title="Next"
                            onclick={to((*place + 1) % count)}>{ icon(Icon::Chevron) }</button>
                    }
                </div>
            }
        </div>
    }
}

/// A way to its line, where it has one.
fn heading(notes: &Notes, place: usize, note: &Note, onclick: Callback<MouseEvent>) -> Html {
    let words = notes.heading(place);
    match note.line {
        Some(_) => html! {
            <button class="script-count" title="Go to the line" {onclick}>{ words }</button>
        },
        None => html! { <span class="script-count">{ words }</span> },
    }
}
