//! A live figure in somebody else's page: the stage, one sentence, a bar to play it with, and whether
//! it goes as its scenario expects. The page around it may tell it what to do (`player`).

mod badge;
mod host_commands;
mod keys;
mod picture;
mod theme;
mod unreadable;

use super::dispatcher::{DispatchContext, Session};
use super::hooks::{use_cursor, use_media, use_run};
use crate::player::{self, FigureTheme, RequestRefusal};
use crate::scenario::FigureOptions;
use crate::session::address::Address;
use crate::session::{Document, PlaybackPace, RunView, State};
use crate::web::{location, media};
use host_commands::{FigureContext, use_host_commands};
use keys::use_figure_keys;
use picture::Picture;
use std::rc::Rc;
use theme::use_theme;
use unreadable::Unreadable;
use yew::prelude::*;

#[component]
pub fn Figure() -> Html {
    let reduced_motion = use_media(media::LESS_MOTION);
    let opening = use_memo((), |()| FigureOpening::asked(reduced_motion));
    let session = use_reducer(|| Session(Rc::new(opening.state.clone())));
    let refusal = use_state_eq(|| opening.refusal.clone());
    let told = use_state_eq(|| None);
    let theme = use_theme(told.or(opening.options.theme.and_then(FigureTheme::of)));
    let state = &session.0;
    // Before there is a scenario, there is no run.
    let is_there = state.embed_state.is_some();
    let (run_view, _) = use_run(Some(state.document()).filter(|_| is_there));
    let pace = use_pace(run_view.as_ref(), state);
    let cursor = use_cursor(&session, &pace);
    let ground = run_view.map(|run_view| DispatchContext {
        run_view,
        session: session.clone(),
        comparison: None,
        pace,
        reduced_motion,
    });
    let tell = use_host_commands(FigureContext {
        opening: opening.clone(),
        session: session.clone(),
        ground: ground.clone(),
        reduced_motion,
        refuse: refusal.setter(),
        tell_theme: told.setter(),
    });
    use_figure_keys(tell);
    match (ground, &*refusal) {
        (Some(ground), _) => {
            let FigureOptions { view, has_controls, has_heading, .. } = opening.options;
            html! {
                <Picture {ground} {cursor} {theme} {view}
                    has_controls={has_controls != Some(false)} has_heading={has_heading != Some(false)} />
            }
        }
        (None, Some(refused)) => html! { <Unreadable refused={refused.clone()} /> },
        // A poster stands over it as long as that.
        (None, None) => html! { <div class="figure" aria-busy="true" /> },
    }
}

/// What the frame's address asks for.
#[derive(PartialEq)]
pub struct FigureOpening {
    pub options: FigureOptions,
    state: State,
    /// Why there is nothing to show.
    refusal: Option<RequestRefusal>,
    /// What of it cannot be understood, in sentences.
    pub problems: Vec<String>,
}

impl FigureOpening {
    fn asked(reduced_motion: bool) -> Self {
        let query = location::query();
        let pairs = query.iter().map(|(key, value)| (&**key, &**value));
        let (options, problems) = player::read_options(pairs.clone());
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let nothing = State::new(Document::of(&Default::default()));
        let opened = (!player::awaits_host(pairs)).then(|| named(&options, reduced_motion));
        let (state, refusal) = match opened {
            None => (nothing, None),
            Some(Ok(state)) => (State { notice: said(&problems), ..state }, None),
            Some(Err(words)) => (nothing, Some(RequestRefusal::of(words))),
        };
        Self { options, state, refusal, problems }
    }
}

/// All that is wrong with the options, in one line of the figure.
pub fn said(problems: &[String]) -> Option<String> {
    (!problems.is_empty()).then(|| problems.join("; "))
}

/// What stands behind `#`.
fn named(options: &FigureOptions, reduced_motion: bool) -> Result<State, String> {
    let address = Address::read(&location::fragment()).map_err(|misread| misread.to_string())?;
    let document = address.document().map_err(|misread| misread.to_string())?;
    Ok(player::opened(document, Some(&address), options, reduced_motion))
}

/// How playing goes: within what the figure shows of the run.
#[hook]
fn use_pace(run_view: Option<&Rc<RunView>>, state: &State) -> Rc<PlaybackPace> {
    let guest = state.embed_state.map(|guest| guest.ahead_of(state.playback.anchor()));
    let given = (run_view.cloned(), guest, state.is_looping, state.skips_quiet);
    use_memo(given, |(run_view, guest, loops, skips)| {
        let pace =
            run_view.as_ref().map(|run_view| run_view.pace(*loops, *skips)).unwrap_or_default();
        match guest {
            Some(guest) => guest.pace(pace),
            None => pace,
        }
    })
}
