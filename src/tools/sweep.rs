//! The job that runs a sweep.

use super::files::read;
use super::{JobStep, SweepReply, SweepRequest, ToolsJob, ToolsReply};
use crate::narration::sentence;
use crate::sweep::{Sweep, SweepCell, SweepQuestion};

/// So many slices pass between two replies with cells: about an eighth of a second.
const PAUSE: u32 = 12;
/// The cells of a reply before the last one, at most: the page reads them between two frames.
const MOST: usize = 256;

/// Runs a sweep, and sends its cells as they fill.
pub(super) struct SweepJob(Result<RunningSweep, String>);

struct RunningSweep {
    sweep: Sweep,
    /// How many runs of each cell were done when it was sent last; none before.
    sent: Vec<Option<u32>>,
    /// The cell that is looked at next.
    next: usize,
    slices: u32,
}

impl SweepJob {
    pub(super) fn new(request: &SweepRequest) -> Self {
        Self(RunningSweep::new(request))
    }
}

impl ToolsJob for SweepJob {
    fn step(&mut self, events: u32) -> JobStep {
        let running = match &mut self.0 {
            Err(refusal) => return JobStep::Done(ToolsReply::Sweep(Err(sentence(refusal)))),
            Ok(running) => running,
        };
        if running.sweep.step(events.into()) {
            let all = running.sent.len();
            return JobStep::Done(ToolsReply::Sweep(Ok(running.reply(all))));
        }
        let has_cells = running.slices.is_multiple_of(PAUSE);
        running.slices += 1;
        JobStep::Working(ToolsReply::Sweeping(running.reply(if has_cells { MOST } else { 0 })))
    }
}

impl RunningSweep {
    fn new(request: &SweepRequest) -> Result<Self, String> {
        let script = read(&request.script)?;
        let varied: Vec<(&str, &str)> =
            request.varied.iter().map(|(setting, range)| (&**setting, &**range)).collect();
        let question = SweepQuestion::read(&script, &varied, request.seeds)
            .map_err(|problem| problem.to_string())?;
        let sent = vec![None; question.cells()];
        Ok(Self { sweep: Sweep::new(question), sent, next: 0, slices: 0 })
    }

    /// Looks at so many cells, in turn, for those that have changed.
    fn reply(&mut self, looked: usize) -> SweepReply {
        let all = self.sent.len();
        let looked = looked.min(all);
        let places = (self.next..self.next + looked).map(|place| place % all);
        let cells: Vec<(u32, SweepCell)> = places
            .map(|place| (place, self.sweep.cell(place)))
            .filter(|(place, cell)| self.sent[*place] != Some(cell.runs))
            .map(|(place, cell)| (place as u32, cell))
            .collect();
        self.next = (self.next + looked) % all.max(1);
        cells.iter().for_each(|(place, cell)| self.sent[*place as usize] = Some(cell.runs));
        SweepReply { progress: self.sweep.progress(), cells }
    }
}
