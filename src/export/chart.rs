//! The chart of a sweep as a file.

use super::svg::{self, PictureText};
use crate::scenario::Colours;
use crate::view::chart::{Chart, ChartFrame, ChartModel};
use crate::view::geometry::Size;
use crate::view::palette::ColourTheme;
use crate::view::text::EvenWidth;

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
    let title = format!("{}: {labels}", super::still::title(scenario));
    svg::file(&scene, MARGIN, &PictureText { title, description: sentences.to_owned() }, colours)
}
