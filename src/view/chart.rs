//! The chart of a sweep, as far as it has run: bands of percentiles over one setting, or a band for each of two
//! algorithms; a heat map over any other two settings. It draws the time that the sentences of `narration` tell, and
//! below it how many runs elect without need.

mod axis;
mod bands;
mod heat;

pub use bands::heading;

use super::Scene;
use super::geometry::{Point, Rect, Size};
use super::palette::ColourTheme;
use super::text;
use crate::scenario::{Condition, ExpectedRuns};
use crate::sweep::{Distribution, Measure, RunValue, SweepCell, SweepQuestion};
use crate::time::Duration;
use axis::ChartDrawing;
use bands::BandLayout;

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

/// A chart, with the areas of its cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub scene: Scene,
    areas: Vec<CellArea>,
}

/// An area of a cell, and where the cell stands among the others.
#[derive(Clone, Copy, Debug, PartialEq)]
struct CellArea {
    cell: usize,
    column: usize,
    row: usize,
    area: Rect,
}

impl Chart {
    /// Draws a chart.
    pub fn new(model: &ChartModel, frame: &ChartFrame, measure: &dyn text::Measure) -> Self {
        let mut drawing = ChartDrawing::new(frame, measure);
        let areas = match BandLayout::of(model.question) {
            Some(layout) => bands::draw(&mut drawing, model, frame, layout),
            None => heat::draw(&mut drawing, model, frame),
        };
        Self { scene: drawing.scene, areas }
    }

    /// The cell at a point.
    pub fn pick(&self, at: Point) -> Option<usize> {
        let is_in = |place: &&CellArea| place.area.contains(Rect { min: at, max: at });
        self.areas.iter().find(is_in).map(|place| place.cell)
    }

    /// The cell next to another one: so many columns to the right, so many rows down.
    pub fn beside(&self, cell: usize, (right, down): (isize, isize)) -> Option<usize> {
        let place = self.areas.iter().find(|place| place.cell == cell)?;
        let column = place.column.checked_add_signed(right)?;
        let row = place.row.checked_add_signed(down)?;
        self.areas.iter().find(|it| (it.column, it.row) == (column, row)).map(|it| it.cell)
    }

    /// The area of a cell.
    pub fn area(&self, cell: usize) -> Option<Rect> {
        self.areas.iter().find(|place| place.cell == cell).map(|place| place.area)
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
