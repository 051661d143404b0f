//! Handles the requests of a host page: what each does to the session of a figure, and its answer; and the options
//! of a figure.

use super::{FigureColours, FontFamily, HexColour, PROTOCOL, RequestKind};
use crate::report::Report;
use crate::scenario::diagnostic::clip;
use crate::scenario::script::field;
use crate::scenario::{Colours, FigureOption, FigureOptions};
use crate::session::address::{Address, AddressSource};
use crate::session::import::{self, ImportError, JsonReader, ScenarioFormat};
use crate::session::{
    Action, Command, CommandContext, Document, EmbedState, Playback, Speed, State, execute,
    sentence,
};
use crate::time::{Duration, Time};
use crate::view::palette::ColourTheme;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// What stands under `value` where a command succeeded.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
pub enum RequestAnswer {
    /// `null`: it is done.
    Done,
    /// The report of the run.
    Report(Box<Report>),
    /// The part of a link behind `#`.
    Link(String),
}

/// What follows from a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Handled {
    /// Done once the session is so.
    Act(Action),
    /// Another scenario, looked at as a link says. Done once its run is made.
    Open(Box<Document>, Option<Box<Address>>),
    /// Answered at once.
    Answer(RequestAnswer),
    /// The page's theme, colours or font have changed.
    Style(FigureStyle),
    /// At rest, and then no longer there.
    Dispose(Option<Action>),
}

/// Why a command is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRefusal {
    /// All in one.
    pub text: String,
    /// From 1, where it is about a line of a script.
    pub line: Option<usize>,
    /// Every problem by itself, as a sentence.
    pub problems: Vec<String>,
    /// What was to be read, where it was a text.
    pub script: Option<String>,
}

/// So many instants are stepped at once at the most.
const MOST_STEPS: u32 = 100_000;

/// What a request asks for, as a value: it changes nothing. `scene` is none before a scenario is loaded; `json` is called
/// if `needs_json` says so.
///
/// # Errors
/// If the request cannot be read or does not apply; the refusal has the text for the host page.
pub fn handle(
    command: &RequestKind,
    scene: Option<CommandContext>,
    json: JsonReader,
) -> Result<Handled, RequestRefusal> {
    let done = Ok(Handled::Answer(RequestAnswer::Done));
    let act = |action| Ok(Handled::Act(action));
    match (command, scene) {
        (RequestKind::Load { text, .. }, _) => read(text, json),
        (RequestKind::Theme { theme, colours, font }, _) => {
            let (theme, colours) = (Some(*theme), *colours);
            Ok(Handled::Style(FigureStyle { theme, colours, font: font.clone() }))
        }
        (RequestKind::Dispose, scene) => {
            Ok(Handled::Dispose(scene.map(|scene| Action::Pause { at: scene.cursor })))
        }
        (_, None) => Err(RequestRefusal::of("nothing is loaded yet".to_owned())),
        (RequestKind::Play, Some(scene)) => match scene.state.playback.is_playing() {
            true => done,
            false => execute(Command::PlayOrPause, scene).pop().map_or(done, act),
        },
        (RequestKind::Pause, Some(scene)) => act(Action::Pause { at: scene.cursor }),
        (RequestKind::Seek { at_us }, Some(scene)) => {
            act(Action::Seek { to: Time::us(*at_us).min(scene.end()), now: scene.now })
        }
        (RequestKind::Step { by }, Some(scene)) => act(Action::Pause { at: stepped(scene, *by) }),
        (RequestKind::Speed { speed_us: 0 }, Some(_)) => {
            Err(RequestRefusal::of("a speed of nothing never gets anywhere".to_owned()))
        }
        (RequestKind::Speed { speed_us }, Some(CommandContext { cursor, now, .. })) => {
            let speed = Speed(Duration::us(*speed_us));
            act(Action::SetSpeed { speed, at: cursor, now })
        }
        (RequestKind::PauseAt { at_us }, Some(_)) => act(Action::StopAt(Time::us(*at_us))),
        (RequestKind::Loop { on }, Some(CommandContext { state, cursor, now, .. })) => {
            match state.is_looping == *on {
                true => done,
                false => act(Action::ToggleLoop { at: cursor, now }),
            }
        }
        (RequestKind::SkipQuiet { on }, Some(CommandContext { state, cursor, now, .. })) => {
            match state.skips_quiet == *on {
                true => done,
                false => act(Action::ToggleSkip { at: cursor, now }),
            }
        }
        (RequestKind::Report, Some(scene)) => {
            Ok(Handled::Answer(RequestAnswer::Report(Box::new((*scene.run_view.report).clone()))))
        }
        (RequestKind::Link, Some(CommandContext { state, run_view, cursor, .. })) => {
            let address = Address::shown(state, cursor, Some(run_view.run.digest()));
            let address = address.map_err(|error| RequestRefusal::of(error.to_string()))?;
            Ok(Handled::Answer(RequestAnswer::Link(address.to_string())))
        }
    }
}

/// Whether a request has a scenario in JSON.
pub fn needs_json(command: &RequestKind) -> bool {
    let RequestKind::Load { text, .. } = command else { return false };
    import::spelling(text) == ScenarioFormat::Json
}

impl RequestRefusal {
    /// A refusal with this text.
    pub fn of(text: String) -> Self {
        Self { problems: vec![sentence(&text)], text, line: None, script: None }
    }
}

/// A figure as it opens. The request takes precedence over the address, and the address over the
/// script's `figure` line. Without an instant, a preset shows that of its poster until it is played.
/// With `autoplay`, playing waits until the figure is visible.
pub fn opened(
    document: Document,
    address: Option<&Address>,
    options: &FigureOptions,
    reduced_motion: bool,
) -> State {
    let asked = options.or(&document.scenario().figure);
    let start = asked.start.unwrap_or_default();
    let plays = asked.autoplay == Some(true) && !reduced_motion;
    let named = options.start.or(address.and_then(|address| address.at)).or(asked.start);
    let cover = address.and_then(state_after).filter(|_| named.is_none() && !plays);
    let at = named.or(cover).unwrap_or_default();
    let embed = EmbedState {
        start,
        end: asked.end,
        stop: None,
        cover,
        is_readonly: asked.is_readonly == Some(true),
    };
    let state = State::new(document);
    let speed = asked.speed.map_or(state.speed, Speed);
    State {
        speed,
        playback: match plays {
            true => Playback::Held { at },
            false => Playback::Paused { at },
        },
        is_looping: asked.is_looping == Some(true),
        skips_quiet: asked.skips_quiet.unwrap_or(state.skips_quiet),
        selected: address.and_then(|address| address.selected),
        window: address.and_then(|address| address.window),
        embed_state: Some(embed),
        ..state
    }
}

/// The instant that the poster of a preset shows.
fn state_after(address: &Address) -> Option<Time> {
    match &address.source {
        AddressSource::Preset(preset) => Some(preset.telling),
        AddressSource::Link(_) | AddressSource::Lesson(_) | AddressSource::Kept(_) => None,
    }
}

/// A scenario from a request.
fn read(text: &str, json: JsonReader) -> Result<Handled, RequestRefusal> {
    match import::read(text, json) {
        Ok(Action::Open(document)) => Ok(Handled::Open(Box::new(document), None)),
        Ok(Action::OpenAddress { address, document }) => {
            Ok(Handled::Open(Box::new(document), Some(Box::new(address))))
        }
        Ok(_) => Err(RequestRefusal::of("it is no scenario".to_owned())),
        Err(why) => {
            let refused = RequestRefusal::of(why.to_string());
            let ImportError::Script(problems) = why else { return Err(refused) };
            let said = problems.iter().map(|problem| sentence(&problem.to_string()));
            Err(RequestRefusal {
                line: problems.first().map(|problem| problem.line),
                problems: said.collect(),
                script: Some(text.to_owned()),
                ..refused
            })
        }
    }
}

/// The refusal of an unknown command, which a newer page may send.
pub fn unsupported(kind: &str) -> String {
    format!(
        "unsupported: this player speaks protocol {PROTOCOL} and does not know `{}`; it knows {}",
        crate::scenario::diagnostic::clip(kind),
        RequestKind::ALL.join(", ")
    )
}

/// What is said of a command that is known and cannot be understood.
pub fn malformed(kind: &str, why: &str) -> String {
    format!("malformed: `{kind}` cannot be understood: {why}")
}

fn stepped(scene: CommandContext, by: i32) -> Time {
    let mut cursor = scene.cursor;
    for _ in 0..by.unsigned_abs().min(MOST_STEPS) {
        let here = CommandContext { cursor, ..scene };
        let next = if by < 0 { here.previous_instant() } else { here.next_instant() };
        match next {
            Some(next) => cursor = next,
            None => return if by < 0 { Time::ZERO } else { scene.end() },
        }
    }
    cursor
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestFields {
    kind: String,
    at_us: Option<u64>,
    by: Option<i32>,
    speed_us: Option<u64>,
    text: Option<String>,
    alone: Option<bool>,
    on: Option<bool>,
    theme: Option<FigureTheme>,
    ground: Option<HexColour>,
    ink: Option<HexColour>,
    quiet_ink: Option<HexColour>,
    line: Option<HexColour>,
    font: Option<FontFamily>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MissingField {
    #[error("it needs {0}")]
    Field(&'static str),
    #[error("there is no command of that kind")]
    Kind,
}

impl TryFrom<RequestFields> for RequestKind {
    type Error = MissingField;

    fn try_from(fields: RequestFields) -> Result<Self, MissingField> {
        let RequestFields { kind, at_us, by, speed_us, text, alone, on, theme, font, .. } = fields;
        let RequestFields { ground, ink, quiet_ink, line, .. } = fields;
        Ok(match &*kind {
            "play" => Self::Play,
            "pause" => Self::Pause,
            "seek" => Self::Seek { at_us: at_us.ok_or(MissingField::Field("atUs"))? },
            "step" => Self::Step { by: by.ok_or(MissingField::Field("by"))? },
            "speed" => Self::Speed { speed_us: speed_us.ok_or(MissingField::Field("speedUs"))? },
            "load" => Self::Load {
                text: text.ok_or(MissingField::Field("text"))?,
                alone: alone.unwrap_or_default(),
            },
            "report" => Self::Report,
            "link" => Self::Link,
            "pauseAt" => Self::PauseAt { at_us: at_us.ok_or(MissingField::Field("atUs"))? },
            "loop" => Self::Loop { on: on.ok_or(MissingField::Field("on"))? },
            "skipQuiet" => Self::SkipQuiet { on: on.ok_or(MissingField::Field("on"))? },
            "theme" => Self::Theme {
                theme: theme.ok_or(MissingField::Field("theme"))?,
                colours: FigureColours { ground, ink, quiet_ink, line },
                font,
            },
            "dispose" => Self::Dispose,
            _ => return Err(MissingField::Kind),
        })
    }
}

/// In which colours a figure is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum FigureTheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How a figure is drawn, as far as the page around it decides that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureStyle {
    /// `None` follows the system.
    pub theme: Option<FigureTheme>,
    /// The colours that replace those of the theme.
    pub colours: FigureColours,
    /// `None` is the figure's own.
    pub font: Option<FontFamily>,
}

impl FigureStyle {
    /// The theme with its colours.
    pub fn colour_theme(&self, prefers_dark: bool) -> ColourTheme {
        let is_dark = self.theme.map_or(prefers_dark, |theme| theme == FigureTheme::Dark);
        match (is_dark, self.colours == FigureColours::default()) {
            (is_dark, false) => ColourTheme::Host { is_dark, colours: self.colours.host_colours() },
            (true, true) => ColourTheme::Dark,
            (false, true) => ColourTheme::Light,
        }
    }
}

impl FigureTheme {
    /// `None` follows what is around it.
    pub const fn of(colours: Colours) -> Option<Self> {
        match colours {
            Colours::Light => Some(Self::Light),
            Colours::Dark => Some(Self::Dark),
            Colours::Auto => None,
        }
    }
}

/// A value that cannot be read; the figure does without it and says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError {
    /// The option.
    pub option: FigureOption,
    /// The value, as it was written.
    pub value: String,
}

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { option, value } = self;
        write!(f, "{} is `{}`; it has to be {}", option.row().name, clip(value), option.expected())
    }
}

/// Whether a frame's query asks for a figure instead of the page.
pub fn is_figure<'a>(mut query: impl Iterator<Item = (&'a str, &'a str)>) -> bool {
    query.any(|(key, value)| key == "embed" && !matches!(value, "0" | "false"))
}

/// Whether the scenario comes from the page around it.
pub fn awaits_host<'a>(mut query: impl Iterator<Item = (&'a str, &'a str)>) -> bool {
    query.any(|(key, value)| key == "host" && !matches!(value, "0" | "false"))
}

/// The options in a frame's address. Parameters with other names are ignored.
pub fn read_options<'a>(
    query: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> (FigureOptions, Vec<OptionError>) {
    let mut options = FigureOptions::default();
    let mut problems = Vec::new();
    for (key, value) in query {
        let named = |option: &&FigureOption| option.is_attribute() && option.row().name == key;
        let Some(&option) = FigureOption::ALL.iter().find(named) else { continue };
        match field::figure_value(option, value) {
            Some(value) => options.set(option, Some(value)),
            None => problems.push(OptionError { option, value: value.to_owned() }),
        }
    }
    (options, problems)
}
