//! The figure in a host page: stage, sentence, playback controls, and the badge of its expectations. The host
//! page controls it through `player`.

mod host_commands;
mod keys;
mod picture;

use super::components::{Icon, icon};
use super::dispatcher::{DispatchContext, Dispatcher, Session, use_dispatcher};
use super::hooks::{use_cursor, use_media, use_run};
use crate::player::{self, FigureBadge, FigureStyle, FigureTheme, RequestRefusal, is_changed};
use crate::scenario::FigureOptions;
use crate::session::address::Address;
use crate::session::{Action, Command, Document, PlaybackPace, RunView, State};
use crate::time::Time;
use crate::view::palette::ColourTheme;
use crate::web::{location, media, page_style};
use host_commands::{FigureContext, use_host_commands};
use keys::use_figure_keys;
use picture::Picture;
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn Figure() -> Html {
    let reduced_motion = use_media(media::LESS_MOTION);
    let opening = use_memo((), |()| FigureOpening::asked(reduced_motion));
    let session = use_reducer(|| Session(Rc::new(opening.state.clone())));
    let refusal = use_state_eq(|| opening.refusal.clone());
    let reported = use_state_eq(|| None);
    let style = (*reported).clone().unwrap_or_else(|| FigureStyle {
        theme: opening.options.theme.and_then(FigureTheme::of),
        ..FigureStyle::default()
    });
    let theme = use_theme(&style);
    // A canvas keeps the font that it was made with.
    let font = style.font.map(|font| font.to_string()).unwrap_or_default();
    let state = &session.0;
    // Without a scenario there is no run.
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
        send_style: reported.setter(),
    });
    use_figure_keys(tell);
    match (ground, &*refusal) {
        (Some(ground), _) => {
            let FigureOptions { view, has_controls, has_heading, .. } = opening.options;
            html! {
                <Picture key={font} {ground} {cursor} {theme} {view}
                    has_controls={has_controls != Some(false)} has_heading={has_heading != Some(false)} />
            }
        }
        (None, Some(refused)) => html! { <Unreadable refused={refused.clone()} /> },
        // The poster covers it until then.
        (None, None) => html! { <div class="figure" aria-busy="true" /> },
    }
}

/// The figure that the frame's address asks for.
#[derive(PartialEq)]
pub struct FigureOpening {
    pub options: FigureOptions,
    state: State,
    /// The reason why the figure cannot be shown.
    refusal: Option<RequestRefusal>,
    /// The options that cannot be parsed, in sentences.
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
            Some(Ok(state)) => (State { notice: problem_text(&problems), ..state }, None),
            Some(Err(words)) => (nothing, Some(RequestRefusal::of(words))),
        };
        Self { options, state, refusal, problems }
    }
}

/// All that is wrong with the options, in one line of the figure.
pub fn problem_text(problems: &[String]) -> Option<String> {
    (!problems.is_empty()).then(|| problems.join("; "))
}

/// The state that the fragment behind `#` names.
fn named(options: &FigureOptions, reduced_motion: bool) -> Result<State, String> {
    let address = Address::read(&location::fragment()).map_err(|misread| misread.to_string())?;
    let document = address.document().map_err(|misread| misread.to_string())?;
    Ok(player::opened(document, Some(&address), options, reduced_motion))
}

/// The pace of playback, within the figure's span.
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

#[derive(Clone, PartialEq, Properties)]
pub struct CornerProps {
    pub run_view: Rc<RunView>,
    pub is_changed: bool,
}

pub fn corner(state: &State, run_view: &Rc<RunView>) -> Html {
    html! { <Corner run_view={run_view.clone()} is_changed={is_changed(state)} /> }
}

#[component]
fn Corner(props: &CornerProps) -> Html {
    let CornerProps { run_view, is_changed } = props;
    let dispatcher = use_dispatcher();
    if *is_changed {
        return html! {
            <span class="badge" role="status">
                { "changed" }
                <button class="link" onclick={dispatcher.on_click_action(Action::Reset)}>{ "Reset" }</button>
            </span>
        };
    }
    match player::badge(run_view) {
        None => Html::default(),
        Some(FigureBadge::Expected { kept, total, broken: None }) => html! {
            <span class="badge">{ icon(Icon::Tick) }{ format!("{kept} of {total} as expected") }</span>
        },
        Some(FigureBadge::Expected { kept, total, broken: Some((at, reason)) }) => {
            alarm(format!("{kept} of {total} as expected"), reason, at, &dispatcher)
        }
        Some(FigureBadge::Split { lasted, from }) => {
            let words = format!("split brain, {}", lasted.spoken());
            alarm(words, "Go to where it begins".to_owned(), from, &dispatcher)
        }
    }
}

/// A button to the instant of the failure.
fn alarm(words: String, title: String, at: Time, dispatcher: &Dispatcher) -> Html {
    html! {
        <button class="badge alarm" {title}
            onclick={dispatcher.on_click(Command::Seek(at))}>{ icon(Icon::Cross) }{ words }</button>
    }
}

#[hook]
pub fn use_theme(style: &FigureStyle) -> ColourTheme {
    let asked = style.colour_theme(use_media(media::DARK));
    let theme = match use_media(media::FORCED_COLOURS) {
        true => ColourTheme::Coded,
        false => asked,
    };
    use_effect_with((asked.is_dark(), theme), |(is_dark, theme)| {
        page_style::set_theme(*is_dark);
        let tokens = matches!(theme, ColourTheme::Host { .. }).then(|| theme.tokens());
        page_style::set_tokens(tokens.as_ref());
    });
    theme
}

#[derive(Clone, PartialEq, Properties)]
pub struct UnreadableProps {
    pub refused: RequestRefusal,
}

#[component]
pub fn Unreadable(props: &UnreadableProps) -> Html {
    let RequestRefusal { problems, script, .. } = &props.refused;
    html! {
        <main class="figure figure-unreadable" aria-label="A figure that cannot be shown">
            <div role="alert">
                <h1>{ "This figure cannot be shown" }</h1>
                <ul>{ for problems.iter().map(|problem| html! { <li>{ problem }</li> }) }</ul>
            </div>
            if let Some(script) = script {
                <ol class="figure-script" tabindex="0" aria-label="Its script">
                    { for script.lines().map(|line| html! { <li><code>{ line.to_owned() }</code></li> }) }
                </ol>
            }
        </main>
    }
}
