//! The chart of a sweep, as far as it has run: bands of percentiles over one setting, a heat map over two. It draws
//! the time that the sentences of `narration` tell, and below it how many runs elect without need.

mod axis;
mod bands;
mod drawing;
mod heat;

pub use bands::heading;

use super::Scene;
use super::geometry::{Point, Rect, Size, point};
use super::palette::ColourTheme;
use super::text;
use crate::scenario::{Condition, ExpectedRuns};
use crate::sweep::{Distribution, Measure, RunValue, SweepCell, SweepQuestion};
use crate::time::Duration;
use drawing::ChartDrawing;

/// What a chart shows.
#[derive(Clone, Copy, Debug)]
pub struct ChartModel<'a> {
    pub question: &'a SweepQuestion,
    /// What came of the cells so far, in the order of the question; none before the first answer.
    pub cells: &'a [SweepCell],
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChartFrame {
    pub size: Size,
    pub theme: ColourTheme,
    /// The cell that is read off.
    pub hovered: Option<usize>,
}

/// A chart, with the area of each cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub scene: Scene,
    areas: Vec<(usize, Rect)>,
}

impl Chart {
    /// Draws a chart.
    pub fn new(model: &ChartModel, frame: &ChartFrame, measure: &dyn text::Measure) -> Self {
        let mut drawing = ChartDrawing::new(frame, measure);
        let areas = match model.question.settings.len() {
            1 => bands::draw(&mut drawing, model, frame),
            _ => heat::draw(&mut drawing, model, frame),
        };
        Self { scene: drawing.scene, areas }
    }

    /// The cell at a point.
    pub fn pick(&self, at: Point) -> Option<usize> {
        let is_in = |area: &Rect| area.contains(Rect { min: at, max: at });
        self.areas.iter().find(|(_, area)| is_in(area)).map(|(cell, _)| *cell)
    }

    /// The cell next to another one, to this side and upwards or downwards.
    pub fn beside(&self, cell: usize, (x, y): (f64, f64)) -> Option<usize> {
        let Rect { min, max } = self.area(cell)?;
        let reach = |side: f64, low: f64, high: f64| match side {
            0.0 => (low + high) / 2.0,
            side if side < 0.0 => low - 1.0,
            _ => high + 1.0,
        };
        self.pick(point(reach(x, min.x, max.x), reach(y, min.y, max.y)))
    }

    /// The area of a cell.
    pub fn area(&self, cell: usize) -> Option<Rect> {
        self.areas.iter().find(|(place, _)| *place == cell).map(|(_, area)| *area)
    }
}

impl<'a> ChartModel<'a> {
    /// A cell of which something is done.
    fn cell(&self, place: usize) -> Option<&'a SweepCell> {
        self.cells.get(place).filter(|cell| cell.runs > 0)
    }

    /// The measure that is drawn. A cell without it has no point.
    pub fn measure(&self) -> Measure {
        let has_recovery = match self.cells.iter().any(|cell| cell.runs > 0) {
            true => self.cells.iter().any(|cell| cell.measure(Measure::Recovery).is_some()),
            false => !self.question.scenario.scheduled_faults().is_empty(),
        };
        if has_recovery { Measure::Recovery } else { Measure::Leaderless }
    }

    fn times(&self, place: usize) -> Option<&'a Distribution> {
        self.cell(place)?.measure(self.measure())
    }

    /// The longest time without a leader that the scenario expects, with the index of the expectation.
    fn limit(&self) -> Option<(usize, Duration)> {
        let expectations = self.question.scenario.expectations.iter().enumerate();
        expectations.filter(|(_, it)| is_of_runs(it.runs)).find_map(|(index, expectation)| {
            match expectation.condition {
                Condition::LeaderlessTotal { span } | Condition::LongestLeaderless { span } => {
                    Some((index, span))
                }
                Condition::Leader { .. }
                | Condition::Follows { .. }
                | Condition::Leads { .. }
                | Condition::Agreement {}
                | Condition::NoSplitBrain {}
                | Condition::SplitBrain {}
                | Condition::Messages { .. }
                | Condition::Elections { .. }
                | Condition::Changes { .. }
                | Condition::UnprovokedChanges { .. }
                | Condition::SplitBrainTotal { .. }
                | Condition::LongestSplitBrain { .. } => None,
            }
        })
    }

    /// Whether more than one run of 100 exceeds what is expected.
    fn exceeds(&self, value: RunValue) -> bool {
        self.limit().is_some_and(|(_, limit)| value > RunValue::Of(limit.as_us()))
    }
}

/// Whether it is about runs as a sweep has them: without added faults.
const fn is_of_runs(runs: ExpectedRuns) -> bool {
    match runs {
        ExpectedRuns::This | ExpectedRuns::InSeeds(_) => true,
        ExpectedRuns::WithFaults(_) => false,
    }
}

/// A time as a figure says it.
pub fn spoken(value: RunValue) -> String {
    match value {
        RunValue::Of(us) => Duration::us(us).spoken().to_string(),
        RunValue::Never => "never".to_owned(),
    }
}
