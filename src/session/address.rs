//! The page's address: a scenario and its view, as the fragment behind `#`.
//!
//! The fragment begins with the source: `preset/NAME`, `lesson/NAME`, a link (`1/…`) or, for a script that is
//! too long for a link, `kept/…` with the key under which this browser stores it. Parameters follow:
//! - `&t=268ms`: the cursor
//! - `&view=stage`, `spacetime` or `present`: the stage alone, the diagram alone, the presentation
//! - `&w=100ms..400ms`: the window of the diagram
//! - `&sel=3`: the selection
//! - `&group=orders`: the group that is shown alone
//! - `&step=3`: the step of a lesson, from 1
//! - `&vs=next-in-line-3`: the algorithm of the comparison; `&vs=all`: all algorithms
//! - `&d=…`: the digest of the run when the address was shared
//!
//! A parameter that cannot be parsed is ignored.

mod open;
mod parameters;

pub use open::{OpenedAddress, document, opened, refused, reopened};

use super::stored::RecentKey;
use super::{ComparedWith, Screen, State};
use crate::lessons;
use crate::presets::{self, Preset, START};
use crate::run::Digest;
use crate::scenario::diagnostic::clip;
use crate::scenario::link::{self, LinkError};
use crate::scenario::{FigureView, keywords, script};
use crate::time::Time;
use crate::view::Target;
use data_encoding::BASE64URL_NOPAD;
use std::fmt;
use thiserror::Error;

/// The prefix of a key in this browser's storage.
const KEPT: &str = "kept/";
/// The name of the presentation among the values of `view`.
const PRESENT: &str = "present";

/// A parsed address. `Display` formats it again, without the parameters that could not be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub source: AddressSource,
    pub at: Option<Time>,
    pub view: Option<FigureView>,
    /// Whether the presentation is on; it replaces a view.
    pub presents: bool,
    /// The window of the diagram, if the reader chose one.
    pub window: Option<(Time, Time)>,
    pub selected: Option<Target>,
    /// The name of the group that is shown alone.
    pub group: Option<String>,
    /// The step of a lesson, from 0; `None` is the step that the reader has reached.
    pub step: Option<usize>,
    /// What the scenario is compared with.
    pub comparison: Option<ComparedWith>,
    /// The digest of the whole run when the address was shared. A different digest now means a different run.
    pub digest: Option<Digest>,
}

/// The source of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressSource {
    Preset(Preset),
    /// A lesson by its index, from 0; the scenario is that of the step.
    Lesson(usize),
    /// A link without parameters; it has not been decoded yet.
    Link(String),
    /// A scenario that is too long for a link, by its key among this browser's recent ones.
    Kept(RecentKey),
}

/// The reason why an address cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AddressError {
    #[error("the address `#{found}` names no scenario")]
    NoScenario { found: String },
    #[error("{}", nothing_named("scenario", .name, presets::ALL.iter().map(|preset| preset.name)))]
    NoPreset { name: String },
    #[error("{}", nothing_named("lesson", .name, lessons::TEXTS.iter().map(|(name, _)| *name)))]
    NoLesson { name: String },
    #[error("the scenario `{name}` cannot be read")]
    Broken { name: &'static str },
    #[error(
        "the address names a scenario that is too long for a link, and this browser does not keep \
         it; open its file instead"
    )]
    NotKept,
    #[error(transparent)]
    Link(#[from] LinkError),
}

impl Address {
    /// The address of a script as a link, with its comments and without parameters.
    ///
    /// # Errors
    /// Those of `link::encode`.
    pub fn of(script: &str) -> Result<Self, LinkError> {
        Ok(Self::at(AddressSource::Link(link::encode(script)?)))
    }

    /// The address of the open document with its view. An unchanged preset is named; anything else is a link.
    ///
    /// # Errors
    /// Those of `link::encode`.
    pub fn shown(state: &State, at: Time, digest: Option<Digest>) -> Result<Self, LinkError> {
        let text = state.document().text();
        let address = match presets::ALL.iter().find(|preset| preset.script == text) {
            Some(preset) => Self::at(AddressSource::Preset(*preset)),
            None => Self::of(text)?,
        };
        Ok(address.looked_at(state, at, digest))
    }

    /// The address with the cursor, the selection and the view of the state.
    pub(super) fn looked_at(self, state: &State, at: Time, digest: Option<Digest>) -> Self {
        // Without parameters, the start's name opens the start screen and not its scenario on the stage.
        let is_start = is_start(&self.to_string());
        Self {
            at: (at > Time::ZERO || is_start).then_some(at),
            view: (state.view != FigureView::Both && !state.presents).then_some(state.view),
            presents: state.presents,
            window: state.window,
            selected: state.selected,
            group: parameters::shown(state),
            comparison: match &state.screen {
                Screen::Compare(comparison) => Some(comparison.clone()),
                Screen::Start | Screen::Stage | Screen::Gallery => None,
            },
            digest,
            ..self
        }
    }

    /// The address for the page's own location bar. It has a digest only with a link, since a preset's run is
    /// known, and names a script that is too long for a link by its key in this browser's storage.
    pub fn followed(state: &State, digest: Option<Digest>) -> Self {
        // A lesson's name and step restore its scenario.
        if let Some(lesson) = state.lesson {
            let step = Some(lesson.step_place());
            return Self { step, ..Self::at(AddressSource::Lesson(lesson.place())) };
        }
        let at = state.own_playback().anchor();
        let address = Self::shown(state, at, digest).unwrap_or_else(|_| {
            let key = RecentKey::of(&state.document().readable());
            Self::at(AddressSource::Kept(key)).looked_at(state, at, digest)
        });
        match address.source {
            AddressSource::Link(_) => address,
            AddressSource::Preset(_) | AddressSource::Lesson(_) | AddressSource::Kept(_) => {
                Self { digest: None, ..address }
            }
        }
    }

    fn at(source: AddressSource) -> Self {
        Self {
            source,
            at: None,
            view: None,
            presents: false,
            window: None,
            selected: None,
            group: None,
            step: None,
            comparison: None,
            digest: None,
        }
    }

    /// Parses a fragment; an empty one is the start.
    ///
    /// # Errors
    /// The source is unknown. A link is not decoded here.
    pub fn read(fragment: &str) -> Result<Self, AddressError> {
        let mut parts = fragment.split('&');
        let named = parts.next().unwrap_or_default();
        let mut address = Self::at(source(named)?);
        for part in parts {
            let Some((key, value)) = part.split_once('=') else { continue };
            match key {
                "t" => address.at = script::field::instant(value).ok(),
                "view" => {
                    address.presents = value == PRESENT;
                    let views = FigureView::ALL;
                    address.view = views.into_iter().find(|view| view.name() == value);
                }
                "w" => address.window = window(value),
                "sel" => address.selected = parameters::read_target(value),
                "group" => address.group = parameters::read_group(value),
                "step" => {
                    address.step = value.parse().ok().and_then(|step: usize| step.checked_sub(1))
                }
                "vs" => address.comparison = parameters::read_comparison(value),
                "d" => address.digest = digest(value),
                _ => {}
            }
        }
        Ok(address)
    }

    /// A sentence if this digest differs from the shared one.
    pub fn differs(&self, found: Digest) -> Option<&'static str> {
        let shared = self.digest?;
        (shared != found).then_some(
            "This link was shared from another version of Hustings, and the run is different here.",
        )
    }
}

/// The fragment behind `#`.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            AddressSource::Preset(preset) => write!(f, "preset/{}", preset.name)?,
            AddressSource::Lesson(place) => write!(f, "lesson/{}", lesson_name(*place))?,
            AddressSource::Link(link) => f.write_str(link)?,
            AddressSource::Kept(RecentKey(key)) => write!(f, "{KEPT}{}", encoded(*key))?,
        }
        if let Some(at) = self.at {
            write!(f, "&t={at}")?;
        }
        match (self.presents, self.view) {
            (true, _) => write!(f, "&view={PRESENT}")?,
            (false, Some(view)) => write!(f, "&view={}", view.name())?,
            (false, None) => {}
        }
        if let Some((from, to)) = self.window {
            write!(f, "&w={from}..{to}")?;
        }
        if let Some(selected) = self.selected.and_then(parameters::write_target) {
            write!(f, "&sel={selected}")?;
        }
        if let Some(group) = &self.group {
            write!(f, "&group={group}")?;
        }
        if let Some(step) = self.step {
            write!(f, "&step={}", step + 1)?;
        }
        if let Some(comparison) = &self.comparison {
            write!(f, "&vs={}", parameters::write_comparison(comparison))?;
        }
        match self.digest {
            Some(digest) => write!(f, "&d={}", encoded(digest)),
            None => Ok(()),
        }
    }
}

fn source(named: &str) -> Result<AddressSource, AddressError> {
    if let Some(key) = named.strip_prefix(KEPT).and_then(digest) {
        return Ok(AddressSource::Kept(RecentKey(key)));
    }
    if let Some(name) = named.strip_prefix("lesson/") {
        let place = lessons::all().iter().position(|lesson| lesson.name == name);
        return place
            .map(AddressSource::Lesson)
            .ok_or_else(|| AddressError::NoLesson { name: clip(name) });
    }
    let name = match named.strip_prefix("preset/") {
        Some(name) => name,
        None if named.is_empty() => START,
        None if link::version(named).is_some() => return Ok(AddressSource::Link(named.to_owned())),
        None => return Err(AddressError::NoScenario { found: clip(named) }),
    };
    match presets::find(name) {
        Some(preset) => Ok(AddressSource::Preset(preset)),
        None => Err(AddressError::NoPreset { name: clip(name) }),
    }
}

fn lesson_name(place: usize) -> &'static str {
    lessons::all().get(place).map_or("", |lesson| lesson.name)
}

fn window(text: &str) -> Option<(Time, Time)> {
    let (from, to) = text.split_once("..")?;
    let (from, to) = (script::field::instant(from).ok()?, script::field::instant(to).ok()?);
    (from < to).then_some((from, to))
}

fn encoded(Digest(digest): Digest) -> String {
    BASE64URL_NOPAD.encode(&digest.to_be_bytes())
}

fn digest(text: &str) -> Option<Digest> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    Some(Digest(u64::from_be_bytes(bytes.try_into().ok()?)))
}

fn nothing_named(
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'static str> + Clone,
) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        write!(f, "there is no {what} named `{name}`")?;
        match keywords::nearest(name, known.clone()) {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => Ok(()),
        }
    })
}

/// The address of the start, without `#`.
pub fn start() -> String {
    format!("preset/{START}")
}

/// Whether a fragment is the address of the start.
pub fn is_start(fragment: &str) -> bool {
    fragment.is_empty() || fragment.strip_prefix("preset/") == Some(START)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::election::{Algorithm, Succession};
    use crate::session::{Action, Playback};

    #[test]
    fn an_address_names_a_preset_or_says_why_not() {
        let title = |fragment| document(fragment).map(|d| d.scenario().title.clone());
        assert_eq!(title(""), title("preset/start"));
        assert_eq!(
            title("preset/bully-figure&t=180ms"),
            Ok(Some("Bully: 3 notices that 6 is gone".to_owned()))
        );
        assert_eq!(title("preset/nobody"), Err("There is no scenario named `nobody`.".to_owned()));
        assert_eq!(title("9xyz"), Err("The address `#9xyz` names no scenario.".to_owned()));
    }

    #[test]
    fn an_address_names_a_lesson_which_begins_or_says_why_not() {
        let state = opened("lesson/the-leader-is-gone", 0.0, false);
        assert_eq!(state.lesson.map(|lesson| lesson.place()), Some(1));
        assert_eq!(state.playback, Playback::Paused { at: Time::ms(950) });
        let address = Address::read("lesson/next-in-line").map(|address| address.to_string());
        assert_eq!(address.as_deref(), Ok("lesson/next-in-line"));
        let text = "There is no lesson named `next-in-lin`; did you mean `next-in-line`?";
        assert_eq!(document("lesson/next-in-lin"), Err(text.to_owned()));
    }

    #[test]
    fn a_lesson_that_is_followed_from_a_page_begins_where_its_reader_was() {
        let state = opened("preset/bully-figure", 0.0, false);
        let fragment = "lesson/bully-step-by-step";
        let (Ok(address), Ok(document)) = (Address::read(fragment), document(fragment)) else {
            panic!("it can be read")
        };
        let before = state.document().clone();
        let entered = state.apply(Action::OpenAddress { address, document });
        assert_eq!(entered.lesson.map(|lesson| lesson.place()), Some(2));
        assert_eq!(entered.document().scenario().title.as_deref(), Some("Bully, step by step"));
        assert_eq!(*entered.apply(Action::Undo).document(), before);
    }

    #[test]
    fn an_address_names_an_instant_or_the_beginning() {
        let shown = |fragment| opened(fragment, 0.0, false).playback;
        let at = |ms| Playback::Paused { at: Time::ms(ms) };
        assert_eq!(shown("preset/bully-figure&t=268ms"), at(268));
        assert_eq!(shown("preset/bully-figure&view=stage&t=1.5s"), at(1_500));
        assert_eq!(shown("preset/bully-figure&t=soon"), at(0));
    }

    #[test]
    fn an_address_that_names_nothing_opens_the_start_and_says_so() {
        let state = opened("preset/nobody", 0.0, false);
        assert_eq!(state.document(), opened("", 0.0, false).document());
        let notice = state.notice.unwrap_or_default();
        assert_eq!(notice, "There is no scenario named `nobody`. Here is the start instead.");
    }

    #[test]
    fn the_start_plays_by_itself_unless_motion_is_unwelcome() {
        assert!(opened("", 0.0, false).playback.is_playing());
        assert!(!opened("", 0.0, true).playback.is_playing());
        assert!(!opened("preset/bully-figure", 0.0, false).playback.is_playing());
    }

    #[test]
    fn a_link_opens_its_scenario_as_it_was_looked_at() {
        let script = "at 100ms crash 6  # the leader\n\nat 200ms suspect 3\n";
        let Ok(scenario) = script::parse(script) else { panic!("it can be read") };
        let other = ComparedWith::Algorithm(Algorithm::NextInLine(Succession::Highest(2)));
        let shared = Address {
            at: Some(Time::ms(268)),
            view: Some(FigureView::Both),
            window: Some((Time::ms(100), Time::us(400_500))),
            selected: Some(Target::Process(scenario.ranks[2])),
            comparison: Some(other.clone()),
            digest: Some(Digest(0x0123_4567_89ab_cdef)),
            ..Address::of(script).unwrap_or_else(|error| panic!("{error}"))
        };
        let fragment = shared.to_string();
        let rides = "&t=268ms&view=both&w=100ms..400.5ms&sel=3&vs=next-in-line&d=ASNFZ4mrze8";
        assert!(fragment.starts_with("1/") && fragment.ends_with(rides), "{fragment}");
        assert_eq!(Address::read(&fragment).as_ref(), Ok(&shared));
        let state = opened(&fragment, 0.0, false);
        assert_eq!(state.document().scenario(), &scenario);
        assert_eq!(state.document().text(), script);
        assert_eq!(state.playback, Playback::Paused { at: Time::ms(268) });
        assert_eq!(state.selected, shared.selected);
        assert_eq!(state.window, shared.window);
        assert_eq!(state.screen, Screen::Compare(other));
        assert_eq!(shared.differs(Digest(0x0123_4567_89ab_cdef)), None);
        assert!(shared.differs(Digest(1)).is_some());
    }

    #[test]
    fn whatever_has_a_name_can_be_selected_by_an_address() {
        let names = [
            "3",
            "3-5",
            "fault-1",
            "end-2",
            "Election-3-5-1",
            "Alive-5-3-2-copy-in-3",
            "beat-6-1",
            "heartbeat-6-1-in-2",
        ];
        for name in names {
            let target = parameters::read_target(name);
            assert_eq!(
                target.and_then(parameters::write_target).as_deref(),
                Some(name),
                "{target:?}"
            );
        }
        let none =
            ["", "0", "x", "3-", "3-5-7", "fault-0", "Veto-3-5-1", "Alive-5-3-2-in", "1-2-3-4-5"];
        for name in none {
            assert_eq!(parameters::read_target(name), None, "{name}");
        }
        assert_eq!(parameters::write_target(Target::Partition), None);
        // A process that does not exist is not selected.
        assert_eq!(opened("preset/bully-figure&sel=9", 0.0, false).selected, None);
        assert!(opened("preset/bully-figure&sel=5", 0.0, false).selected.is_some());
    }

    #[test]
    fn what_rides_and_cannot_be_read_is_passed_over() {
        let read = |fragment: &str| Address::read(fragment).map(|address| address.to_string());
        let bare = Ok("preset/two-leaders".to_owned());
        for rides in [
            "",
            "&",
            "&t",
            "&t=soon",
            "&view=side",
            "&w=2s",
            "&w=2s..1s",
            "&sel=x",
            "&vs=paxos",
            "&d=AAAA",
            "&z=1",
        ] {
            assert_eq!(read(&format!("preset/two-leaders{rides}")), bare, "{rides}");
        }
    }

    #[test]
    fn an_address_that_cannot_be_read_says_why() {
        let text = |fragment| document(fragment).err().unwrap_or_default();
        assert_eq!(
            text("preset/strat"),
            "There is no scenario named `strat`; did you mean `start`?"
        );
        let newer =
            "This link needs a newer Hustings: it has version 2, and this one reads up to 1;";
        assert!(text("2/AAAA").starts_with(newer), "{}", text("2/AAAA"));
        let cut = "This link is cut short: its end is missing; copy it again, up to its end.";
        assert_eq!(text("1/AAA&t=1s"), cut);
        assert_eq!(text("hello"), "The address `#hello` names no scenario.");
    }
}
