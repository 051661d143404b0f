//! A lesson in progress: its step, whether the step's action is done or its question answered, and what the
//! page shows of it. Pure, like all of the session.

mod actions;
mod memory;

pub use actions::Deviation;
pub use memory::LessonMemory;
pub use memory::StepSetup;

use super::stored::RecentKey;
use super::{
    Action, Command, CommandContext, Document, LessonAction, Panel, RunView, State, execute,
    gesture_instant,
};
use crate::lessons::{self, AwaitedCommand, Lesson, LessonStep, StepScene, StepTask};
use crate::run::{Digest, Run};
use crate::scenario::{Change, Scenario, Setting};
use crate::time::Time;

/// The reader's progress in one lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LessonProgress {
    lesson: usize,
    step: usize,
    progress: StepProgress,
    /// The instant at which the step opened. Once the step is done, the instant at which it was done; the
    /// next step continues from there.
    at: Time,
    /// Identifies the scenario at that instant; any other scenario is a deviation.
    base: RecentKey,
    /// What the reader did instead of what the step asks for.
    deviation: Option<Deviation>,
}

/// The progress of the current step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StepProgress {
    /// Waits for the action or for an answer.
    Waiting,
    /// Plays the run to where it shows whether this answer is right.
    Showing(usize),
    Answered(usize),
    Done,
}

/// The model of the lesson panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonView {
    pub lesson: &'static str,
    /// The step's number, from 1.
    pub step: usize,
    pub steps: usize,
    pub title: &'static str,
    pub words: &'static str,
    pub question: Option<AskedQuestion>,
    /// The instruction, as a sentence; `None` once the step is done.
    pub awaited: Option<String>,
    /// Whether a button can execute it on the reader's behalf.
    pub can_be_shown: bool,
    /// How the reader deviated from the step, as a sentence; the step can then be restored.
    pub deviation: Option<String>,
    /// The effect of the action, or whether the answer is right and why.
    pub outcome: Option<&'static str>,
    pub is_first: bool,
    pub is_last: bool,
    /// The title of the next lesson.
    pub next_lesson: Option<&'static str>,
}

/// A question and the reader's answer, both by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedQuestion {
    pub words: &'static str,
    pub answers: &'static [String],
    pub chosen: Option<usize>,
    /// The right answer; set once the run has shown it.
    pub right: Option<usize>,
}

impl LessonProgress {
    /// Enters a step of a lesson, both from 0; a step beyond the last is the last. `None` if there is no such
    /// lesson.
    pub fn enter(lesson: usize, step: usize) -> Option<Self> {
        let last = lessons::all().get(lesson)?.steps.len().checked_sub(1)?;
        let (step, base) = (step.min(last), RecentKey(Digest(0)));
        let progress = StepProgress::Waiting;
        Some(Self { lesson, step, progress, at: Time::ZERO, base, deviation: None })
    }

    /// The lesson's index, from 0.
    pub fn place(&self) -> usize {
        self.lesson
    }

    /// The step's index, from 0.
    pub fn step_place(&self) -> usize {
        self.step
    }

    pub fn lesson(&self) -> &'static Lesson<'static> {
        &lessons::all()[self.lesson]
    }

    pub fn step(&self) -> &'static LessonStep<'static> {
        &self.lesson().steps[self.step]
    }

    /// The next step; `None` until this one is done, and after the last.
    pub fn next(&self) -> Option<Self> {
        let is_last = self.step + 1 == self.lesson().steps.len();
        if is_last || !self.is_done() { None } else { Self::enter(self.lesson, self.step + 1) }
    }

    /// The previous step; `None` before the first.
    pub fn back(&self) -> Option<Self> {
        Self::enter(self.lesson, self.step.checked_sub(1)?)
    }

    /// Whether the step is done, so that the reader can continue.
    pub fn is_done(&self) -> bool {
        matches!(self.progress, StepProgress::Done | StepProgress::Answered(_))
            || self.awaits() == Some(&AwaitedCommand::Next)
    }

    /// Whether the last step is done.
    pub fn is_finished(&self) -> bool {
        self.is_done() && self.step + 1 == self.lesson().steps.len()
    }

    /// The progress after an action: it may be the awaited one, or a deviation.
    pub fn texts(&self, before: &State, action: &Action, after: &State) -> Self {
        let (Some(awaited), StepProgress::Waiting) = (self.awaits(), self.progress) else {
            return *self;
        };
        match actions::judge(*self, awaited, before, action, after) {
            Ok(Some(at)) => Self { base: base(after), deviation: None, ..self.done(at) },
            Ok(None) => Self { deviation: None, ..*self },
            Err(deviation) => Self { deviation: Some(deviation), ..*self },
        }
    }

    /// The progress once playback has reached an instant, normally that of `stops_at`.
    pub fn reached(&self, at: Time) -> Self {
        match (&self.step().task, self.progress) {
            (StepTask::Question(question), StepProgress::Showing(choice))
                if at >= question.until =>
            {
                Self { progress: StepProgress::Answered(choice), at: question.until, ..*self }
            }
            (StepTask::Act { awaited: AwaitedCommand::Play(to), .. }, StepProgress::Waiting)
                if at >= *to =>
            {
                self.done(*to)
            }
            (StepTask::Act { awaited: AwaitedCommand::Split(_), .. }, StepProgress::Waiting) => {
                self.done(at)
            }
            (StepTask::Act { awaited: AwaitedCommand::Step, .. }, StepProgress::Waiting)
                if at > self.at =>
            {
                self.done(at)
            }
            _ => *self,
        }
    }

    /// The progress after an answer, by its index from 0; only the first one counts.
    pub fn answer(&self, choice: usize) -> Self {
        match (&self.step().task, self.progress) {
            (StepTask::Question(question), StepProgress::Waiting)
                if choice < question.answers.len() =>
            {
                Self { progress: StepProgress::Showing(choice), ..*self }
            }
            _ => *self,
        }
    }

    /// The instant at which playback stops: the awaited one, or the one that shows the outcome of the answer.
    pub fn stops_at(&self, run: &Run) -> Option<Time> {
        if self.deviation.is_some() {
            return None;
        }
        match (&self.step().task, self.progress) {
            (StepTask::Act { awaited: AwaitedCommand::Play(to), .. }, StepProgress::Waiting) => {
                Some(*to)
            }
            (StepTask::Act { awaited: AwaitedCommand::Step, .. }, StepProgress::Waiting) => {
                run.next_instant(self.at)
            }
            (StepTask::Act { awaited: AwaitedCommand::Split(_), .. }, StepProgress::Waiting) => {
                next_split(run, self.at)
            }
            (StepTask::Question(question), StepProgress::Showing(_)) => Some(question.until),
            _ => None,
        }
    }

    /// The last instant that may be shown. The subject of a question stays hidden until it is answered; then
    /// playback stops where the run shows the outcome.
    pub fn shows_until(&self, run: &Run) -> Option<Time> {
        if self.hides_what_comes() { Some(self.at) } else { self.stops_at(run) }
    }

    /// Whether the future must stay hidden, since the reader has yet to answer what comes.
    pub fn hides_what_comes(&self) -> bool {
        matches!((&self.step().task, self.progress), (StepTask::Question(_), StepProgress::Waiting))
    }

    /// The last instant that the steps before the next question need, if a later step of the same scene asks
    /// one. The run is shown as if it ended there.
    pub fn ends_at(&self) -> Option<Time> {
        let steps = &self.lesson().steps;
        let ahead = steps[self.step + 1..].iter().take_while(|step| step.ground == StepScene::Same);
        let mut last = self.at + actions::SLACK + actions::SLACK;
        for step in std::iter::once(self.step()).chain(ahead) {
            match &step.task {
                StepTask::Question(_) if step.line == self.step().line => return None,
                StepTask::Question(_) => return Some(last),
                StepTask::Act { awaited: AwaitedCommand::Play(to), .. } => last = last.max(*to),
                StepTask::Act { .. } => {}
            }
        }
        None
    }

    /// The actions that execute what is awaited on the reader's behalf. They restore the step first if the
    /// reader has deviated from it.
    pub fn by_itself(&self, scene: CommandContext) -> Vec<Action> {
        if self.deviation(scene.cursor).is_none() {
            return self.next_actions(scene);
        }
        let restore = Action::Lesson(LessonAction::Restore);
        let state = scene.state.apply(restore.clone());
        let run_view = RunView::new(Run::of(state.document().scenario().clone()), state.document());
        let cursor = state.playback.anchor();
        let restored = CommandContext { state: &state, run_view: &run_view, cursor, ..scene };
        let actions = state.lesson.map_or_else(Vec::new, |lesson| lesson.next_actions(restored));
        std::iter::once(restore).chain(actions).collect()
    }

    fn next_actions(&self, scene: CommandContext) -> Vec<Action> {
        let stop = self.stops_at(&scene.run_view.run);
        let is_step = self.awaits() == Some(&AwaitedCommand::Step);
        if let Some(stop) = stop {
            return match scene.state.playback.is_playing() || is_step {
                true => vec![Action::Pause { at: stop }],
                false => execute(Command::PlayOrPause, scene),
            };
        }
        match self.awaits().filter(|_| !self.is_done()) {
            Some(AwaitedCommand::AddFault(fault) | AwaitedCommand::Split(fault)) => {
                let at = gesture_instant(scene.cursor, scene.next_instant());
                vec![Action::Change(Change::AddFault { at, fault: fault.clone() })]
            }
            Some(AwaitedCommand::Algorithm(algorithm)) => {
                let setting = Setting::Algorithm(algorithm.clone());
                vec![Action::Change(Change::Set(setting))]
            }
            Some(AwaitedCommand::Select(target)) => vec![Action::Select(Some(*target))],
            Some(AwaitedCommand::Why) => execute(Command::Why, scene),
            Some(AwaitedCommand::Search) => vec![Action::Panel(Some(Panel::Search))],
            Some(AwaitedCommand::Next | AwaitedCommand::Play(_) | AwaitedCommand::Step) | None => {
                Vec::new()
            }
        }
    }

    /// The deviation that is known at this instant.
    pub fn deviation(&self, cursor: Time) -> Option<Deviation> {
        let acts = matches!(self.awaits(), Some(AwaitedCommand::AddFault(_))) && !self.is_done();
        let is_late = acts && !actions::is_on_time(self.at, cursor);
        self.deviation.or(is_late.then_some(Deviation::Instant))
    }

    /// The model of the lesson panel at the cursor; `coarse` selects the words for a finger. The scenario names
    /// the processes.
    pub fn panel(&self, scenario: &Scenario, cursor: Time, coarse: bool) -> LessonView {
        let (lesson, step) = (self.lesson(), self.step());
        let is_last = self.step + 1 == lesson.steps.len();
        LessonView {
            lesson: &lesson.title,
            step: self.step + 1,
            steps: lesson.steps.len(),
            title: &step.title,
            words: &step.words,
            question: self.asked(),
            awaited: self.still_awaited(scenario, coarse),
            deviation: self.deviation(cursor).map(|deviation| deviation.sentence(self, scenario)),
            can_be_shown: !matches!(self.awaits(), None | Some(AwaitedCommand::Next))
                || matches!(self.progress, StepProgress::Showing(_)),
            outcome: self.outcome(),
            is_first: self.step == 0,
            is_last,
            next_lesson: lessons::all().get(self.lesson + 1).map(|next| &*next.title),
        }
    }

    fn asked(&self) -> Option<AskedQuestion> {
        let StepTask::Question(question) = &self.step().task else { return None };
        let (chosen, right) = match self.progress {
            StepProgress::Waiting | StepProgress::Done => (None, None),
            StepProgress::Showing(choice) => (Some(choice), None),
            StepProgress::Answered(choice) => (Some(choice), Some(question.right)),
        };
        Some(AskedQuestion { words: &question.words, answers: &question.answers, chosen, right })
    }

    fn still_awaited(&self, scenario: &Scenario, coarse: bool) -> Option<String> {
        match (self.awaits(), self.progress) {
            _ if self.is_done() => None,
            (Some(awaited), _) => Some(actions::instruction(awaited, scenario, coarse)),
            (None, StepProgress::Waiting) => Some("Choose an answer.".to_owned()),
            (None, _) => Some("Watch what happens.".to_owned()),
        }
    }

    fn outcome(&self) -> Option<&'static str> {
        match (&self.step().task, self.progress) {
            (StepTask::Act { then, .. }, StepProgress::Done) => Some(then),
            (StepTask::Question(question), StepProgress::Answered(choice)) => Some(match choice {
                choice if choice == question.right => &question.when_right,
                _ => &question.when_wrong,
            }),
            _ => None,
        }
    }

    fn awaits(&self) -> Option<&'static AwaitedCommand> {
        match &self.step().task {
            StepTask::Act { awaited, .. } => Some(awaited),
            StepTask::Question(_) => None,
        }
    }

    fn done(self, at: Time) -> Self {
        Self { progress: StepProgress::Done, at, ..self }
    }
}

/// The first instant, from this one on, at which two processes begin to lead one group.
fn next_split(run: &Run, since: Time) -> Option<Time> {
    let groups = run.scenario().group_ids();
    let leading = groups.flat_map(|group| run.tally().leading(group, run.end()));
    leading
        .filter(|span| span.value.len() > 1)
        .map(|span| span.from)
        .filter(|&at| at >= since)
        .min()
}

/// Identifies the scenario without regard to comments and layout.
fn base(state: &State) -> RecentKey {
    RecentKey::of(&Document::of(state.document().scenario()))
}
