//! The application: one session, whose scenario becomes one run, which the page shows.

use super::hooks::{use_last, use_media, use_rival, use_run};
use super::page::{LESSONS, Page};
use crate::session::lesson::Remembered;
use crate::session::{Action, Made, Screen, State, address};
use crate::web::{clock, location, media, start, storage};
use std::rc::Rc;
use yew::prelude::*;

/// What Yew keeps; the session itself has never heard of it.
#[derive(Clone, PartialEq)]
pub struct Session(pub State);

impl Reducible for Session {
    type Action = Action;
    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Self(self.0.apply(action)))
    }
}

#[component]
pub fn App() -> Html {
    let reduced_motion = use_media(media::LESS_MOTION);
    let session = use_reducer(move || {
        // The picture of the start has stood since before the program came.
        let since = start::shown_since().unwrap_or_else(clock::now);
        let state = address::opened(&location::fragment(), since, reduced_motion);
        let remembered = storage::read(LESSONS).unwrap_or_default();
        Session(State { remembered: Remembered::read(&remembered), ..state })
    });
    let (made, is_late) = use_run(Some(session.0.document()));
    let rival = use_rival(&session.0);
    let (made, rival) = (use_group(made, &session.0), use_group(rival, &session.0));
    let last = use_last(session.0.document());
    use_address(session.dispatcher());
    match made {
        None => html! { <p class="notice" role="status">{ "The run is being made." }</p> },
        Some(made) => {
            html! { <Page {made} {session} {reduced_motion} {is_late} {last} {rival} /> }
        }
    }
}

/// The run as it is looked at: in one group, or in all of them.
#[hook]
fn use_group(made: Option<Rc<Made>>, state: &State) -> Option<Rc<Made>> {
    let shown = use_memo((made, state.group, state.all_groups), |(made, group, all)| {
        let made = made.as_ref()?;
        let is_plain = !made.has_groups();
        Some(if is_plain { made.clone() } else { Rc::new(made.showing(*group, *all)) })
    });
    (*shown).clone()
}

/// Opens what the address names, whenever that changes.
#[hook]
fn use_address(dispatch: UseReducerDispatcher<Session>) {
    use_effect_with((), move |()| {
        let listener = location::on_change(move |fragment| match address::document(&fragment) {
            Ok(document) => {
                dispatch.dispatch(Action::Open(document));
                if address::is_start(&fragment) {
                    dispatch.dispatch(Action::Show(Screen::Start));
                }
            }
            Err(words) => dispatch.dispatch(Action::Say(Some(words))),
        });
        move || drop(listener)
    });
}
