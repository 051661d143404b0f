//! A sweep of the panel: what came of the values so far, in words and as a table.

use crate::export;
use crate::narration::grouped;
use crate::narration::{self, compare_cells, compared_cell, describe_cell, describe_share};
use crate::scenario::{Colours, script};
use crate::session::{Action, Document};
use crate::sweep::{RunValue, SweepCell, SweepProgress, SweepQuestion, SweepValue, wilson};
use crate::time::Time;
use crate::tools::QuestionPhase;
use crate::tools::SweepReply;
use crate::view::chart::{self, ChartModel};

/// A sweep of the panel.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelSweep {
    /// The script that is varied.
    text: String,
    pub question: SweepQuestion,
    pub phase: QuestionPhase,
    /// None before the first answer.
    pub cells: Vec<SweepCell>,
    progress: Option<SweepProgress>,
    /// The browser's clock at the start and at the last reply, in milliseconds.
    began: f64,
    heard: f64,
}

/// A row of the table: a cell of the sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhatIfRow {
    pub cell: usize,
    pub is_own: bool,
    /// The values as a sentence says them.
    pub name: String,
    /// What came of it, in the order of the heads.
    pub figures: Vec<String>,
}

impl PanelSweep {
    pub(super) fn new(text: String, question: SweepQuestion, now: f64) -> Self {
        Self {
            text,
            question,
            phase: QuestionPhase::Running,
            cells: Vec::new(),
            progress: None,
            began: now,
            heard: now,
        }
    }

    pub(super) fn hear(&mut self, reply: SweepReply, is_last: bool, now: f64) {
        for (place, cell) in reply.cells {
            match self.cells.get_mut(place as usize) {
                Some(known) => *known = cell,
                // At first they come in order.
                None => self.cells.push(cell),
            }
        }
        self.progress = Some(reply.progress);
        self.heard = now;
        if is_last {
            self.phase = QuestionPhase::Done;
        }
    }

    pub fn is_running(&self) -> bool {
        self.phase == QuestionPhase::Running
    }

    /// What the chart draws.
    pub fn chart(&self) -> ChartModel<'_> {
        ChartModel { question: &self.question, cells: &self.cells }
    }

    /// A cell of which something is done.
    pub fn cell(&self, place: usize) -> Option<&SweepCell> {
        self.cells.get(place).filter(|cell| cell.runs > 0)
    }

    /// The cell that is read off first: the scenario as it is, or the first one.
    pub fn first(&self) -> Option<usize> {
        let own = self.cells.iter().position(|cell| cell.is_own);
        own.or((!self.cells.is_empty()).then_some(0))
    }

    /// Whether the sweep is about this document, or about the one before a value was opened.
    pub fn is_about(&self, document: &Document) -> bool {
        let shows = |cell: usize| {
            let worst = self.cell(cell).and_then(worst)?;
            self.question.shown(cell, worst.1)
        };
        self.text == document.text()
            || (0..self.cells.len()).any(|cell| shows(cell).as_ref() == Some(document.scenario()))
    }

    /// The sentence that says what the scenario comes to, and what the value that is read off, or another that is
    /// worth a look, comes to beside it.
    pub fn sentences(&self, hovered: Option<usize>) -> (String, String) {
        let hovered = hovered.and_then(|place| Some((place, self.cell(place)?)));
        let own = self.cells.iter().position(|cell| cell.is_own);
        let Some((own, cell)) = own.and_then(|place| Some((place, self.cell(place)?))) else {
            let shown = hovered.map(|(_, cell)| cell);
            let words = shown.map(|cell| describe_cell(&self.question, cell));
            return (String::new(), words.unwrap_or_default());
        };
        let hovered = hovered.map(|(place, _)| place).filter(|&place| place != own);
        let other = hovered.or_else(|| compared_cell(&self.cells, own));
        let beside = other.and_then(|place| self.cell(place));
        let beside = beside.map(|other| compare_cells(&self.question, cell, other));
        (describe_cell(&self.question, cell), beside.unwrap_or_default())
    }

    /// The sentences of the file.
    fn account(&self) -> String {
        let (own, other) = self.sentences(None);
        format!("{own} {other}").trim().to_owned()
    }

    /// The chart as an SVG file.
    pub fn svg(&self, colours: Colours) -> String {
        export::chart(&self.chart(), &self.account(), colours)
    }

    /// The table as a CSV file.
    pub fn csv(&self) -> String {
        export::sweep_csv(&self.question, &self.cells)
    }

    /// What is read off at a cell: the sentence about it, its worst run, and its share of each expectation.
    pub fn read_out(&self, place: usize) -> String {
        let Some(cell) = self.cell(place) else { return String::new() };
        let mut words = describe_cell(&self.question, cell);
        if let Some((value, seed)) = worst(cell) {
            words += &format!(" Worst: {} with seed {seed}.", chart::spoken(value));
        }
        for (index, share) in cell.expectations.iter().enumerate() {
            if let Some(share) = share {
                let expected = narration::expectation(&self.question.scenario, index);
                words += &format!(" “{expected}” holds in {}.", describe_share(share));
            }
        }
        words
    }

    /// How much is done, and how long it took.
    pub fn effort(&self) -> String {
        let done = self.progress.map_or(0, |progress| progress.runs);
        let all = self.question.cells() as u64 * u64::from(self.question.seeds);
        match &self.phase {
            QuestionPhase::Running => format!("{} of {} runs", grouped(done), grouped(all)),
            QuestionPhase::Stopped => {
                format!("Stopped after {} of {} runs", grouped(done), grouped(all))
            }
            QuestionPhase::Failed(words) => words.clone(),
            QuestionPhase::Done => {
                let counts = self.question.settings.iter().map(|(_, range)| range.values().len());
                let counts: Vec<String> = counts.map(|count| count.to_string()).collect();
                let tenths = ((self.heard - self.began) / 100.0).round().max(1.0) as u64;
                format!(
                    "{} values, {} seeds each: {} runs in {}.{} s",
                    counts.join(" × "),
                    grouped(self.question.seeds.into()),
                    grouped(done),
                    tenths / 10,
                    tenths % 10
                )
            }
        }
    }

    /// What a screen reader hears as the sweep begins and ends.
    pub fn status(&self) -> String {
        match &self.phase {
            QuestionPhase::Running => "The values are run.".to_owned(),
            QuestionPhase::Stopped => "The runs are stopped.".to_owned(),
            QuestionPhase::Done => {
                format!("All values have run. {}", self.account()).trim_end().to_owned()
            }
            // The sentence itself is an alert.
            QuestionPhase::Failed(_) => String::new(),
        }
    }

    /// What the table is about.
    pub fn caption(&self) -> String {
        chart::heading(self.chart().measure()).to_owned()
    }

    /// The heads of the table, after that of the values.
    pub fn heads(&self) -> Vec<String> {
        let times = ["half of the runs", "90 of 100", "99 of 100", "worst", "its seed"];
        let expected = (0..self.question.scenario.expectations.len()).map(|index| {
            format!("holds: {}", narration::expectation(&self.question.scenario, index))
        });
        let fixed = times.into_iter().chain(["elect without need", "runs"]).map(str::to_owned);
        fixed.chain(expected).collect()
    }

    pub fn rows(&self) -> Vec<WhatIfRow> {
        let row = |(place, cell): (usize, &SweepCell)| WhatIfRow {
            cell: place,
            is_own: cell.is_own,
            name: cell.values.iter().map(SweepValue::spoken).collect::<Vec<_>>().join(", "),
            figures: self.figures(cell),
        };
        self.cells.iter().enumerate().map(row).collect()
    }

    fn figures(&self, cell: &SweepCell) -> Vec<String> {
        let none = || "–".to_owned();
        let mut figures = match narration::wait(cell) {
            Some((_, times)) => vec![
                chart::spoken(times.median),
                chart::spoken(times.p90),
                chart::spoken(times.p99),
                chart::spoken(times.worst),
                times.worst_seed.to_string(),
            ],
            None => vec![none(); 5],
        };
        let counted =
            |count: u32, interval| format!("{count} ({})", narration::describe_interval(interval));
        let needless = match cell.runs {
            0 => none(),
            runs => counted(cell.needless, wilson(cell.needless, runs)),
        };
        figures.extend([needless, cell.runs.to_string()]);
        figures.extend(cell.expectations.iter().map(|share| match share {
            None => none(),
            Some(share) => counted(share.holds, share.interval()),
        }));
        figures
    }

    /// The actions that open a cell with its worst seed: its script in one step of the history, at the first fault.
    pub fn open(&self, place: usize) -> Option<[Action; 2]> {
        let (_, seed) = worst(self.cell(place)?)?;
        let shown = self.question.shown(place, seed)?;
        let at = shown.scheduled_faults().first().map_or(Time::ZERO, |fault| fault.at);
        let text = script::rewrite(&self.text, &shown);
        let write = Action::Write { text, name: "opening the value".to_owned() };
        Some([write, Action::Pause { at: at.min(shown.end()) }])
    }
}

/// The longest time without a leader, with its seed.
fn worst(cell: &SweepCell) -> Option<(RunValue, u64)> {
    narration::wait(cell).map(|(_, times)| (times.worst, times.worst_seed))
}
