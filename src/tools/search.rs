//! The jobs that count the moves of a search, search, and run a sweep.

use super::files::read;
use super::{
    JobStep, SearchAnswer, SearchDanger, SearchMove, SearchReply, SearchRequest, SearchSubject,
    SweepReply, SweepRequest, ToolsJob, ToolsProgress, ToolsReply,
};
use crate::narration::{
    capitalised, describe_danger, describe_endless, describe_move, explanation, promise, sentence,
};
use crate::run::Run;
use crate::scenario::script::{self, Script};
use crate::scenario::{MoveKind, Scenario, limits};
use crate::search::{Answer, DangerEnd, Move, MoveCount, Search, SearchQuestion, USUAL};
use crate::sweep::{Sweep, SweepCell, SweepQuestion};
use crate::time::Duration;

/// With how many answers a search ends.
const ENOUGH: usize = 5;

/// Counts the moves that a search can begin with.
pub(super) struct CountJob(Result<MoveCount, String>);

impl CountJob {
    pub(super) fn new(script: &str, subject: SearchSubject, durations: &[Duration]) -> Self {
        let scenario = read(script).and_then(|script| asked(&script.scenario, subject));
        Self(scenario.map(|scenario| {
            let mut question = SearchQuestion::of(scenario);
            question.rules.set_durations(durations);
            MoveCount::new(question)
        }))
    }
}

impl ToolsJob for CountJob {
    fn step(&mut self, events: u32) -> JobStep {
        let counts = match &mut self.0 {
            Err(refusal) => Err(sentence(refusal)),
            Ok(count) => {
                if !count.step(events.into()) {
                    return JobStep::Working(ToolsReply::Progress(ToolsProgress { percent: 0 }));
                }
                Ok(count.counts().map(|(kind, count)| (kind.name().to_owned(), count)).collect())
            }
        };
        JobStep::Done(ToolsReply::Moves(counts))
    }
}

/// Searches, and makes its answers milder as they are found.
pub(super) struct SearchJob(Result<RunningSearch, String>);

struct RunningSearch {
    text: String,
    script: Script,
    search: Search,
    /// How many of the sets that were found have been made milder.
    refined: usize,
    /// The mildest first.
    answers: Vec<(Answer, SearchAnswer)>,
}

impl SearchJob {
    pub(super) fn new(request: SearchRequest) -> Self {
        Self(RunningSearch::new(request))
    }
}

impl ToolsJob for SearchJob {
    fn step(&mut self, events: u32) -> JobStep {
        match &mut self.0 {
            Err(refusal) => JobStep::Done(ToolsReply::Search(Err(sentence(refusal)))),
            Ok(running) => running.step(events),
        }
    }
}

impl RunningSearch {
    fn new(request: SearchRequest) -> Result<Self, String> {
        let script = read(&request.script)?;
        let mut question = SearchQuestion::of(asked(&script.scenario, request.subject)?);
        let is_asked = |kind: &MoveKind| request.kinds.iter().any(|name| name == kind.name());
        question.rules.kinds = question.rules.kinds.iter().filter(is_asked).collect();
        question.rules.set_durations(&request.durations);
        question.most = usize::from(request.most.min(limits::MOST_ADDED_FAULTS));
        question.answers = ENOUGH;
        let search = Search::new(question);
        Ok(Self { text: request.script, script, search, refined: 0, answers: Vec::new() })
    }

    fn step(&mut self, events: u32) -> JobStep {
        if let Some(moves) = self.search.found().get(self.refined).cloned() {
            self.refined += 1;
            let is_new = self.refine(&moves);
            return JobStep::Working(ToolsReply::Searching(self.reply(is_new)));
        }
        let is_done = self.search.step(events.into());
        if is_done && self.refined == self.search.found().len() {
            return JobStep::Done(ToolsReply::Search(Ok(self.reply(true))));
        }
        JobStep::Working(ToolsReply::Searching(self.reply(false)))
    }

    /// Makes an answer of what was found; false if it is one of those before.
    fn refine(&mut self, moves: &[Move]) -> bool {
        let Some(answer) = self.search.question().answer(moves) else { return false };
        if self.answers.iter().any(|(known, _)| known.is_like(&answer)) {
            return false;
        }
        let Some(written) = self.written(&answer) else { return false };
        let place =
            self.answers.partition_point(|(known, _)| known.severity() <= answer.severity());
        self.answers.insert(place, (answer, written));
        true
    }

    fn written(&self, answer: &Answer) -> Option<SearchAnswer> {
        let question = self.search.question();
        let shown = question.shown(&self.script.scenario, answer).ok()?;
        let run = Run::of(question.with(&answer.moves).ok()?);
        let report = run.report(&self.script);
        let verdict = report.expectations.get(answer.violation.expectation);
        let moves = answer.moves.iter().zip(&answer.dangers).map(|(one, danger)| SearchMove {
            kind: one.kind.name().to_owned(),
            words: capitalised(&describe_move(&question.scenario, one)),
            danger: danger.map(|danger| SearchDanger {
                span: one.span,
                from: danger.from,
                to: match danger.to {
                    DangerEnd::At(to) => Some(to),
                    DangerEnd::EndOfRun(_) | DangerEnd::Never => None,
                },
                is_again_beyond: danger.is_again_beyond,
                words: describe_danger(one.kind, &danger),
            }),
        });
        let explanation = explanation(&run, answer).into_iter().map(|line| (line.at, line.text));
        Some(SearchAnswer {
            moves: moves.collect(),
            violation: verdict.map(|verdict| capitalised(&verdict.reason)).unwrap_or_default(),
            at: answer.violation.at,
            endless: answer.endless.as_ref().map(describe_endless),
            script: script::rewrite(&self.text, &shown),
            explanation: explanation.collect(),
        })
    }

    fn reply(&self, has_answers: bool) -> SearchReply {
        let (progress, finished) = (self.search.progress(), self.search.finished());
        let answers = || self.answers.iter().map(|(_, written)| written.clone()).collect();
        SearchReply {
            progress,
            finished: finished as u8,
            promise: promise(self.search.question(), finished, &progress),
            answers: has_answers.then(answers),
        }
    }
}

/// The scenario with the expectations that are asked about.
fn asked(scenario: &Scenario, subject: SearchSubject) -> Result<Scenario, String> {
    let mut parts = scenario.clone().into_parts();
    parts.expectations = match subject {
        SearchSubject::All => parts.expectations,
        SearchSubject::NoSplitBrain => vec![USUAL],
        SearchSubject::One(place) => {
            parts.expectations.get(place as usize).cloned().into_iter().collect()
        }
    };
    Scenario::new(parts)
        .map_err(|problems| problems.iter().map(|it| it.problem.to_string()).collect())
}

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
