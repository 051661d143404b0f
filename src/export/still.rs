//! Still pictures: the stage at an instant, a window of the space-time diagram and the chart of a sweep as SVG; and
//! posters, one instant of a figure as HTML for another page.

use super::html;
use super::svg::{self, Drawing, GUEST, PictureText};
use crate::narration;
use crate::presets::{self, Preset};
use crate::run::Run;
use crate::scenario::{Colours, FigureView, Scenario, script};
use crate::time::Time;
use crate::types::{GroupId, Rank};
use crate::view::build::{build_stage, memory};
use crate::view::chart::{Chart, ChartFrame, ChartModel};
use crate::view::decimal;
use crate::view::geometry::Size;
use crate::view::model::StageModel;
use crate::view::palette::{ColourTheme, LeaderStyles};
use crate::view::picture::{
    self, ACTION_LABEL, AnimationLoop, HEADLINE, PARAGRAPH, PICTURES, PictureSubject,
};
use crate::view::stage::{StageFrame, scene};
use crate::view::text::{EvenWidth, Font};
use std::fmt::{self, Write};

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

/// The size of the file's picture, in CSS pixels: that of the panel.
pub const CHART: Size = Size { width: 600.0, height: 600.0 };

/// Around it in the file, in CSS pixels.
const MARGIN: f64 = 16.0;

/// An SVG of a sweep, as far as it has run, with sentences about it.
pub fn chart(model: &ChartModel, sentences: &str, colours: Colours) -> String {
    let frame = ChartFrame { size: CHART, theme: ColourTheme::Coded, hovered: None };
    let scene = Chart::new(model, &frame, &EvenWidth).scene;
    let scenario = &model.question.scenario;
    let labels = model.question.settings.iter().map(|(setting, _)| setting.label(scenario));
    let labels = labels.collect::<Vec<_>>().join(", ");
    let title = format!("{}: {labels}", title(scenario));
    svg::file(&scene, MARGIN, &PictureText { title, description: sentences.to_owned() }, colours)
}

/// The instant of a poster: the figure's start, else the preset's most telling instant, else the end of the
/// animated span.
pub fn poster_instant(subject: &PictureSubject, preset: Option<Preset>) -> Time {
    let start = subject.run.scenario().figure.start;
    start
        .or(preset.map(|preset| preset.telling))
        .unwrap_or_else(|| AnimationLoop::of(subject).still)
}

/// One line of HTML, without a line end, that fills its container.
pub fn poster(subject: &PictureSubject, at: Time, view: FigureView, colours: Colours) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut out, subject, at, view, colours);
    // Texts contain no line end, so every line end is between shapes.
    out.replace('\n', "")
}

fn write(
    out: &mut String,
    subject: &PictureSubject,
    at: Time,
    view: FigureView,
    colours: Colours,
) -> fmt::Result {
    let (scene, description) = match view {
        FigureView::Stage | FigureView::Both => {
            (subject.stage_scene(at, ColourTheme::Coded, &EvenWidth), subject.description_at(at))
        }
        FigureView::Spacetime => {
            let AnimationLoop { from, to, .. } = AnimationLoop::of(subject);
            let window = (from, to.max(from));
            let scene = subject.spacetime_scene(window, Some(at), ColourTheme::Coded, &EvenWidth);
            (scene, subject.account(window))
        }
    };
    let (theme, fixed) = match colours {
        Colours::Auto => (ColourTheme::Light, ""),
        Colours::Light => (ColourTheme::Light, "light"),
        Colours::Dark => (ColourTheme::Dark, "dark"),
    };
    let mut drawing = Drawing::embedded(theme);
    let mut shapes = String::new();
    drawing.static_layer(&mut shapes)?;
    drawing.shapes(&mut shapes, &scene.shapes)?;

    write!(out, "<svg class=\"{GUEST}poster")?;
    if !fixed.is_empty() {
        write!(out, " {GUEST}{fixed}")?;
    }
    let (width, height) = (decimal(scene.size.width), decimal(scene.size.height));
    write!(out, "\" width=\"100%\" height=\"100%\" viewBox=\"0 0 {width} {height}\"")?;
    write!(out, " stroke-linejoin=\"round\" font-family=\"{}\"", html::attribute(Font::FAMILY))?;
    let label = format!("{}. {description}", subject.title());
    write!(out, " role=\"img\" aria-label=\"{}\"><style>", html::attribute(&label))?;
    write!(out, ".{GUEST}poster{{display:block;stroke:none;font-variant-numeric:tabular-nums}}")?;
    if !fixed.is_empty() {
        write!(out, ".{GUEST}{fixed}{{color-scheme:{fixed}}}")?;
    }
    drawing.embedded_style(out)?;
    write!(out, "</style>{shapes}</svg>")
}

/// Headline, paragraph, picture in four sizes and button; `None` if the preset cannot be read.
pub fn start_html() -> Option<String> {
    let picture = picture()?;
    let ranks: Vec<Rank> = picture.processes.iter().map(|process| process.rank).collect();
    let [first, second] = HEADLINE;
    let drawings = PICTURES.map(|kind| {
        let frame =
            StageFrame { theme: ColourTheme::Coded, ..picture::start_frame(kind.size, &ranks) };
        svg::inline(&scene(&picture, &frame, &EvenWidth), &format!("start-{}", kind.name))
    });
    Some(format!(
        "<div class=\"start-intro\"><h1>{first} <br>{second}</h1><p>{PARAGRAPH}</p></div>\n\
         <div class=\"start-stage\">\n{}<i class=\"start-connector\"></i>\n\
         <button class=\"crash\" id=\"crash\">{ACTION_LABEL} <kbd>x</kbd></button>\n</div>\n",
        drawings.concat()
    ))
}

fn picture() -> Option<StageModel> {
    let scenario = script::read(presets::find("start")?.script).ok()?.scenario;
    let memory = memory(&scenario);
    let leader_styles = LeaderStyles::new(&scenario.ranks, &[]);
    // The instant at which the page begins to play: heartbeats are on their way.
    let at = scenario.figure.start.unwrap_or_default();
    let snapshot = Run::of(scenario).snapshot(None, at, memory);
    Some(build_stage(&snapshot, GroupId::MAIN, leader_styles))
}
