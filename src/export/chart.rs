//! The chart of a sweep as a file.

use super::svg::{self, PictureText};
use crate::narration::{compare_cells, compared_cell, describe_cell};
use crate::scenario::Colours;
use crate::view::chart::{Chart, ChartFrame, ChartModel};
use crate::view::geometry::Size;
use crate::view::palette::ColourTheme;
use crate::view::text::EvenWidth;

/// The size of the file's picture, in CSS pixels: that of the panel.
pub const CHART: Size = Size { width: 600.0, height: 600.0 };

/// An SVG of a sweep, as far as it has run.
pub fn chart(model: &ChartModel, colours: Colours) -> String {
    let frame = ChartFrame { size: CHART, theme: ColourTheme::Coded, hovered: None };
    let scene = Chart::new(model, &frame, &EvenWidth).scene;
    let scenario = &model.question.scenario;
    let labels = model.question.settings.iter().map(|(setting, _)| setting.label(scenario));
    let labels = labels.collect::<Vec<_>>().join(", ");
    let title = format!("{}: {labels}", super::still::title(scenario));
    svg::file(&scene, &PictureText { title, description: description(model) }, colours)
}

/// What the scenario comes to, and a value beside it.
fn description(model: &ChartModel) -> String {
    let ChartModel { question, cells } = model;
    let own = cells.iter().position(|cell| cell.is_own && cell.runs > 0);
    let Some((place, own)) = own.and_then(|place| Some((place, cells.get(place)?))) else {
        return String::new();
    };
    let other = compared_cell(cells, place).and_then(|place| cells.get(place));
    let beside = other.map(|other| compare_cells(question, own, other));
    format!("{} {}", describe_cell(question, own), beside.unwrap_or_default()).trim_end().to_owned()
}
