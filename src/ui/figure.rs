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
use crate::player::{self, PlayerOptions, RequestRefusal};
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
    let opening = use_memo((), |()| FigureOptions::asked(reduced_motion));
    let session = use_reducer(|| Session(Rc::new(opening.state.clone())));
    let refusal = use_state_eq(|| opening.refusal.clone());
    let told = use_state_eq(|| None);
    let theme = use_theme(told.or(opening.options.theme));
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
            let PlayerOptions { view, has_no_controls, has_no_heading, .. } = opening.options;
            html! {
                <Picture {ground} {cursor} {theme} {view}
                    has_controls={!has_no_controls} has_heading={!has_no_heading} />
            }
        }
        (None, Some(refused)) => html! { <Unreadable refused={refused.clone()} /> },
        // A poster stands over it as long as that.
        (None, None) => html! { <div class="figure" aria-busy="true" /> },
    }
}

/// What the frame's address asks for.
#[derive(PartialEq)]
pub struct FigureOptions {
    pub options: PlayerOptions,
    state: State,
    /// Why there is nothing to show.
    refusal: Option<RequestRefusal>,
    /// What of it cannot be understood, in sentences.
    pub problems: Vec<String>,
}

impl FigureOptions {
    fn asked(reduced_motion: bool) -> Self {
        let query = location::query();
        let pairs = query.iter().map(|(key, value)| (&**key, &**value));
        let (options, problems) = PlayerOptions::read(pairs);
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let nothing = State::new(Document::of(&Default::default()));
        let (state, refusal) = match named(&options, reduced_motion) {
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

/// What stands behind `#`, unless the page around brings the scenario.
fn named(options: &PlayerOptions, reduced_motion: bool) -> Option<Result<State, String>> {
    if options.awaits_host {
        return None;
    }
    let address = Address::read(&location::fragment());
    let opened = address.and_then(|address| Ok((address.document()?, address)));
    Some(match opened {
        Ok((document, address)) => {
            Ok(player::opened(document, Some(&address), options, reduced_motion))
        }
        Err(misread) => Err(misread.to_string()),
    })
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
