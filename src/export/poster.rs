//! The picture that stands in a figure's place until it plays: an SVG to be written into somebody's
//! page, beside pictures, classes and names that are not ours.
//!
//! It has no `id`. Its classes begin with `hustings-` and mean the same in every poster, so several of
//! them may share a page. Their rules follow the colour scheme of whatever is around it; where a policy
//! refuses them, or a browser does not know `light-dark()`, the colours that stand as attributes are seen.

use super::animated::AnimationLoop;
use super::html;
use super::still::PictureSubject;
use super::svg::{Drawing, GUEST};
use crate::presets::Preset;
use crate::scenario::{Colours, FigureView};
use crate::time::Time;
use crate::view::decimal;
use crate::view::palette::ColourTheme;
use crate::view::text::{EvenWidth, Font};
use std::fmt::{self, Write};

/// The instant that a poster shows: where the figure starts, else the one that tells the most.
pub fn instant(subject: &PictureSubject, preset: Option<Preset>) -> Time {
    let start = subject.run.scenario().figure.start;
    start
        .or(preset.map(|preset| preset.telling))
        .unwrap_or_else(|| AnimationLoop::of(subject).still)
}

/// One line of HTML, without an end of line, that fills what it stands in.
pub fn html(subject: &PictureSubject, at: Time, view: FigureView, colours: Colours) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut out, subject, at, view, colours);
    // No words in it have a line end, so all of them only part shapes.
    out.replace('\n', "")
}

fn write(
    out: &mut String,
    subject: &PictureSubject,
    at: Time,
    view: FigureView,
    colours: Colours,
) -> fmt::Result {
    let (scene, told) = match view {
        FigureView::Stage | FigureView::Both => {
            (subject.stage_scene(at, ColourTheme::Coded, &EvenWidth), subject.told(at))
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
    let label = format!("{}. {told}", subject.title());
    write!(out, " role=\"img\" aria-label=\"{}\"><style>", html::attribute(&label))?;
    write!(out, ".{GUEST}poster{{display:block;stroke:none;font-variant-numeric:tabular-nums}}")?;
    if !fixed.is_empty() {
        write!(out, ".{GUEST}{fixed}{{color-scheme:{fixed}}}")?;
    }
    drawing.embedded_style(out)?;
    write!(out, "</style>{shapes}</svg>")
}
