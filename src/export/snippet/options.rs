//! How a figure is asked to open, and what of it has to be written.

use super::SnippetRefusal;
use crate::export::svg::Colours;
use crate::scenario::{FigureSettings, FigureView, Scenario};
use crate::time::{Duration, Time};

/// What somebody chose; the rest is as the script's `figure` line says, or as ever.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SnippetOptions {
    /// In CSS pixels; without one the whole width there is.
    pub width: Option<u16>,
    /// In CSS pixels.
    pub height: Option<u16>,
    pub view: Option<FigureView>,
    pub start: Option<Time>,
    pub end: Option<Time>,
    /// Virtual time a second.
    pub speed: Option<Duration>,
    /// Plays by itself once it is seen.
    pub autoplay: bool,
    pub is_looping: bool,
    pub theme: Colours,
    pub has_no_controls: bool,
    pub is_readonly: bool,
}

/// What has to be written.
#[derive(Debug)]
pub(super) struct WrittenOptions {
    pub width: Option<u16>,
    pub height: u16,
    pairs: Vec<(&'static str, Option<String>)>,
}

impl WrittenOptions {
    /// Attributes of the element, which are the keys of a frame's address; one without a value is there
    /// or not.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, Option<&str>)> {
        self.pairs.iter().map(|(key, value)| (*key, value.as_deref()))
    }
}

impl SnippetOptions {
    pub(super) fn told(&self, scenario: &Scenario) -> WrittenOptions {
        let asked = self.figure(scenario);
        let said = &scenario.figure;
        let mut pairs = Vec::new();
        let mut say = |key, value: Option<String>| {
            pairs.extend(value.map(|value| (key, Some(value))));
        };
        let start = asked.start.unwrap_or_default();
        say("start-at", (said.start.unwrap_or_default() != start).then(|| start.to_string()));
        let end = asked.end.unwrap_or(scenario.end());
        say("end-at", (said.end.unwrap_or(scenario.end()) != end).then(|| end.to_string()));
        let speed = asked.speed.unwrap_or(FigureSettings::SPEED);
        say(
            "speed",
            (said.speed.unwrap_or(FigureSettings::SPEED) != speed).then(|| speed.to_string()),
        );
        let view = asked.view.unwrap_or_default();
        say("view", (said.view.unwrap_or_default() != view).then(|| view.name().to_owned()));
        say("theme", (self.theme != Colours::Auto).then(|| self.theme.name().to_owned()));
        say("controls", self.has_no_controls.then(|| "none".to_owned()));
        let flags = [
            ("autoplay", self.autoplay),
            ("loop", self.is_looping),
            ("readonly", self.is_readonly),
        ];
        pairs.extend(flags.into_iter().filter(|(_, is_set)| *is_set).map(|(key, _)| (key, None)));
        WrittenOptions {
            width: self.width,
            height: asked.height.unwrap_or(FigureSettings::HEIGHT),
            pairs,
        }
    }

    /// The scenario with these options on its `figure` line, as far as that has words for them.
    pub(super) fn within(&self, scenario: &Scenario) -> Result<Scenario, SnippetRefusal> {
        let mut parts = scenario.clone().into_parts();
        parts.figure = self.figure(scenario);
        Scenario::new(parts).map_err(SnippetRefusal::Invalid)
    }

    /// The names of what the `figure` line has no word for, as a reader knows them.
    pub(super) fn without_a_word(&self) -> Vec<&'static str> {
        let all = [
            ("width", self.width.is_some()),
            ("autoplay", self.autoplay),
            ("loop", self.is_looping),
            ("theme", self.theme != Colours::Auto),
            ("controls", self.has_no_controls),
            ("readonly", self.is_readonly),
        ];
        all.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name).collect()
    }

    /// The scenario's figure with what was chosen. A choice of what is so anyway takes the word away.
    fn figure(&self, scenario: &Scenario) -> FigureSettings {
        let said = scenario.figure.clone();
        FigureSettings {
            start: choice(self.start, said.start, Time::ZERO),
            end: choice(self.end, said.end, scenario.end()),
            speed: choice(self.speed, said.speed, FigureSettings::SPEED),
            view: choice(self.view, said.view, FigureView::default()),
            height: choice(self.height, said.height, FigureSettings::HEIGHT),
        }
    }
}

fn choice<T: PartialEq>(chosen: Option<T>, said: Option<T>, anyway: T) -> Option<T> {
    match chosen {
        None => said,
        Some(chosen) if said.as_ref() == Some(&chosen) => said,
        Some(chosen) => Some(chosen).filter(|chosen| *chosen != anyway),
    }
}
