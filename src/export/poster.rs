//! Posters: one instant of a figure as HTML for another page, and the picture of the start page.

use super::svg::{Drawing, GUEST};
use super::{html, svg};
use crate::presets;
use crate::presets::Preset;
use crate::run::Run;
use crate::scenario::{Colours, FigureView, script};
use crate::time::Time;
use crate::types::{GroupId, Rank};
use crate::view::build::{build_stage, memory};
use crate::view::decimal;
use crate::view::model::StageModel;
use crate::view::palette::{ColourTheme, LeaderStyles};
use crate::view::picture::{AnimationLoop, PictureSubject};
use crate::view::stage::{StageFrame, scene};
use crate::view::start::{self, ACTION_LABEL, HEADLINE, PARAGRAPH, PICTURES};
use crate::view::text::{EvenWidth, Font};
use std::fmt::{self, Write};

/// The instant of a poster: the figure's start, else the preset's most telling instant, else the end of the
/// animated span.
pub fn instant(subject: &PictureSubject, preset: Option<Preset>) -> Time {
    let start = subject.run.scenario().figure.start;
    start
        .or(preset.map(|preset| preset.telling))
        .unwrap_or_else(|| AnimationLoop::of(subject).still)
}

/// One line of HTML, without a line end, that fills its container.
pub fn html(subject: &PictureSubject, at: Time, view: FigureView, colours: Colours) -> String {
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
        let frame = StageFrame { theme: ColourTheme::Coded, ..start::frame(kind.size, &ranks) };
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
