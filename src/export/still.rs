//! Pictures of a run as files: the stage at an instant, and a window of the space-time diagram.

use super::svg::{self, PictureText};
use crate::narration;
use crate::scenario::{Colours, Scenario};
use crate::time::Time;
use crate::view::palette::ColourTheme;
use crate::view::picture::PictureSubject;
use crate::view::text::EvenWidth;

impl PictureSubject<'_> {
    /// An SVG of the stage after all events of an instant.
    pub fn stage(&self, at: Time, colours: Colours) -> String {
        let scene = self.stage_scene(at, ColourTheme::Coded, &EvenWidth);
        let description = self.description_at(at);
        svg::file(&scene, 0.0, &PictureText { title: self.title(), description }, colours)
    }

    /// The stage after all that happens at an instant, in a sentence or two.
    pub(super) fn description_at(&self, at: Time) -> String {
        let at = at.min(self.run.end());
        let each = self.strips.iter().map(|strip| match &*strip.name {
            "" => self.run.scenario().who_leads(strip.leaders(at)),
            name => format!("in {name} {}", self.run.scenario().who_leads(strip.leaders(at))),
        });
        let leads = each.collect::<Vec<_>>().join("; ");
        let description = format!("At {}: {leads}.", at.spoken());
        match narration::last_reported(self.run, at) {
            Some(line) => format!("{description} {}", line.text),
            None => description,
        }
    }

    /// An SVG of a window of the space-time diagram; without `at`, all of it is in the past.
    pub fn spacetime(&self, window: (Time, Time), at: Option<Time>, colours: Colours) -> String {
        let scene = self.spacetime_scene(window, at, ColourTheme::Coded, &EvenWidth);
        // The description ends with the run.
        let description = self.account((window.0, window.1.min(self.run.end())));
        svg::file(&scene, 0.0, &PictureText { title: self.title(), description }, colours)
    }

    pub(super) fn title(&self) -> String {
        title(self.run.scenario())
    }

    /// The leaders of the first group over time, in a sentence; of many changes only the first ones.
    pub(super) fn account(&self, (from, to): (Time, Time)) -> String {
        const MOST: usize = 6;
        let mut account = format!("From {} to {}:", from.spoken(), to.spoken());
        if let [first, _, ..] = &*self.strips {
            account += &format!(" in {}", first.name);
        }
        let spans = self.leading().iter().filter(|span| span.to > from && span.from < to);
        for (place, span) in spans.clone().take(MOST).enumerate() {
            let leads = self.run.scenario().who_leads(&span.value);
            account += &match place {
                0 => format!(" {leads}"),
                _ => format!("; from {} {leads}", span.from.spoken()),
            };
        }
        let more = spans.count().saturating_sub(MOST);
        account + &if more > 0 { format!("; {more} more changes follow.") } else { ".".to_owned() }
    }
}

/// The title of a scenario's picture or figure: that of the scenario, or its algorithm and size.
pub(super) fn title(scenario: &Scenario) -> String {
    match &scenario.title {
        Some(title) => title.clone(),
        None => {
            let count = scenario.ranks.len();
            let s = if count == 1 { "" } else { "es" };
            format!("{}, {count} process{s}", scenario.algorithm.title())
        }
    }
}
