//! The figure in a host page: stage, sentence, playback controls, and the badge of its expectations. The host
//! page controls it through `player`, and gets the keys that the figure does not use: in slides, they turn the
//! page.

mod host_commands;
mod picture;

use super::components::{Icon, icon};
use super::dispatcher::{DispatchContext, Dispatcher, Session};
use super::hooks::{use_cursor, use_media, use_run};
use crate::player::{self, FigureBadge, FigureStyle, FigureTheme, Notification, RequestRefusal};
use crate::scenario::FigureOptions;
use crate::session::address::Address;
use crate::session::{Action, Command, Document, PlaybackPace, RunView, State};
use crate::time::Time;
use crate::view::palette::ColourTheme;
use crate::web::{location, media};
use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo_utils::document;
use host_commands::{FigureContext, use_host_commands};
use picture::Picture;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};
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
        (None, Some(refused)) => unreadable(refused),
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
    let embed = state.embed_state.map(|embed| embed.ahead_of(state.playback.anchor()));
    let given = (run_view.cloned(), embed, state.is_looping, state.skips_quiet);
    use_memo(given, |(run_view, embed, loops, skips)| {
        let pace =
            run_view.as_ref().map(|run_view| run_view.pace(*loops, *skips)).unwrap_or_default();
        match embed {
            Some(embed) => embed.pace(pace),
            None => pace,
        }
    })
}

/// The badge of the figure.
pub fn corner(run_view: &RunView, is_changed: bool, dispatcher: &Dispatcher) -> Html {
    if is_changed {
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
            alarm(format!("{kept} of {total} as expected"), reason, at, dispatcher)
        }
        Some(FigureBadge::Split { lasted, from }) => {
            let words = format!("split brain, {}", lasted.spoken());
            alarm(words, "Go to where it begins".to_owned(), from, dispatcher)
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
        media::set_theme(*is_dark);
        let tokens = matches!(theme, ColourTheme::Host { .. }).then(|| theme.tokens());
        media::set_tokens(tokens.as_ref());
    });
    theme
}

/// Why the figure cannot be shown, with its script.
fn unreadable(RequestRefusal { problems, script, .. }: &RequestRefusal) -> Html {
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

/// Keys that the figure never uses.
const PAGES: [&str; 2] = ["PageUp", "PageDown"];
/// Keys that the figure uses only after a press in its picture, or while the focus is in it.
const MOVES: [&str; 6] = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
/// The parts in which a press claims the keys for the figure.
const PICTURE: &str = ".stage-area, .diagram";

/// Forwards every key that is not for the figure, before the figure handles it.
#[hook]
pub fn use_figure_keys(tell: Callback<Notification>) {
    use_effect_with(tell, |tell| {
        let is_playing_with = Rc::new(Cell::new(false));
        let touched = {
            let is_playing_with = is_playing_with.clone();
            move |event: &Event| is_playing_with.set(is_in(event, PICTURE))
        };
        let listeners = [
            listen("pointerdown", touched.clone()),
            listen("focusin", touched),
            listen("keydown", {
                let tell = tell.clone();
                move |event| {
                    if let Some(notice) = left(event, is_playing_with.get()) {
                        tell.emit(notice);
                    }
                }
            }),
        ];
        move || drop(listeners)
    });
}

/// Listens in the capture phase, before all other listeners.
fn listen(name: &'static str, heard: impl Fn(&Event) + 'static) -> EventListener {
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, ..Default::default() };
    EventListener::new_with_options(&document(), name, options, heard)
}

/// The notification about a key, if it is for the host page. Both handle Escape: it closes what is open in
/// the figure.
fn left(event: &Event, is_playing_with: bool) -> Option<Notification> {
    let pressed = event.dyn_ref::<KeyboardEvent>()?;
    let key = pressed.key();
    let is_command = pressed.ctrl_key() || pressed.meta_key() || pressed.alt_key();
    // Sliders, menus and fields use these keys themselves.
    let is_taken = is_in(event, "[role=slider], [role=menu], input, select, textarea");
    let is_page = PAGES.contains(&&*key) && !is_taken;
    let is_move = MOVES.contains(&&*key) && !is_playing_with && !is_taken;
    if is_command || !(is_page || is_move || key == "Escape") {
        return None;
    }
    if key != "Escape" {
        event.stop_immediate_propagation();
    }
    Some(Notification::Key { key, shift: pressed.shift_key() })
}

fn is_in(event: &Event, parts: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    // The selector is valid, so no browser refuses it.
    target.is_some_and(|target| target.closest(parts).ok().flatten().is_some())
}
