//! A lesson in progress: which step, whether its one deed is done or its question answered, and what
//! the page says about it. Pure, like all of the session.

mod attend;
mod opening;
mod remembered;
mod withheld;

pub use attend::Attend;
pub use opening::Opening;
pub use remembered::Remembered;
pub(super) use withheld::LATER;

use super::{Action, Deed, Playback, Scene, State, gesture_instant, perform};
use crate::clock::Time;
use crate::lessons::{self, Awaited, Lesson, Step, Task};
use crate::order;
use crate::scenario::{Change, Entry, Fault, Scenario, Setting};
use crate::vocabulary::Rank;
use std::collections::BTreeSet;

/// One lesson and how far the reader is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Learning {
    lesson: usize,
    step: usize,
    progress: Progress,
    /// The instant at which the step opened: a question asks what comes after it.
    opened_at: Time,
}

/// Of the present step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// For the deed, or for an answer.
    Waiting,
    /// The run is played to where it shows whether this answer is right.
    Showing(usize),
    Answered(usize),
    Done,
}

/// What the page shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    pub lesson: &'static str,
    /// From 1.
    pub step: usize,
    pub steps: usize,
    pub title: &'static str,
    pub words: &'static str,
    pub question: Option<Asked>,
    /// What is still to be done, as a sentence; nothing once one can go on.
    pub awaited: Option<String>,
    /// Whether a press of a button can do it in the reader's place.
    pub can_be_shown: bool,
    /// What followed from the deed, or whether the answer is right and why.
    pub outcome: Option<&'static str>,
    pub is_first: bool,
    pub is_last: bool,
    /// The lesson after this one, if there is one.
    pub next_lesson: Option<&'static str>,
}

/// A question, and what was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub words: &'static str,
    pub answers: &'static [String],
    pub chosen: Option<usize>,
    /// Known once the run has shown it.
    pub right: Option<usize>,
}

impl Learning {
    /// Nothing where there is no such lesson; a step beyond the last is the last.
    pub fn enter(lesson: usize, step: usize) -> Option<Self> {
        let last = lessons::all().get(lesson)?.steps.len().checked_sub(1)?;
        let step = step.min(last);
        Some(Self { lesson, step, progress: Progress::Waiting, opened_at: Time::ZERO })
    }

    /// The lesson's place, from 0.
    pub fn place(&self) -> usize {
        self.lesson
    }

    /// The step's place, from 0.
    pub fn step_place(&self) -> usize {
        self.step
    }

    pub fn lesson(&self) -> &'static Lesson {
        &lessons::all()[self.lesson]
    }

    pub fn step(&self) -> &'static Step {
        &self.lesson().steps[self.step]
    }

    /// The next step, once this one is done; nothing after the last.
    pub fn next(&self) -> Option<Self> {
        let is_last = self.step + 1 == self.lesson().steps.len();
        if is_last || !self.is_done() { None } else { Self::enter(self.lesson, self.step + 1) }
    }

    /// The step before; nothing before the first.
    pub fn back(&self) -> Option<Self> {
        Self::enter(self.lesson, self.step.checked_sub(1)?)
    }

    /// Whether one can go on.
    pub fn is_done(&self) -> bool {
        matches!(self.progress, Progress::Done | Progress::Answered(_))
            || self.awaits() == Some(&Awaited::Next)
    }

    /// Whether this was the last step, and it is done.
    pub fn is_finished(&self) -> bool {
        self.is_done() && self.step + 1 == self.lesson().steps.len()
    }

    /// What an action did to the session may be what is awaited.
    pub fn told(&self, before: &State, action: &Action, after: &State) -> Self {
        let did = self.awaits().is_some_and(|awaited| is_done(awaited, before, action, after));
        if did { self.done() } else { *self }
    }

    /// This instant is on the screen.
    pub fn shown(&self, cursor: Time) -> Self {
        let is_reached = self.stops_at().is_some_and(|stop| cursor >= stop);
        match self.progress {
            Progress::Showing(choice) if is_reached => {
                Self { progress: Progress::Answered(choice), ..*self }
            }
            Progress::Waiting if is_reached => self.done(),
            _ => *self,
        }
    }

    /// An answer; the first one counts.
    pub fn answer(&self, choice: usize) -> Self {
        match (&self.step().task, self.progress) {
            (Task::Question(question), Progress::Waiting) if choice < question.answers.len() => {
                Self { progress: Progress::Showing(choice), ..*self }
            }
            _ => *self,
        }
    }

    /// Where playing should come to rest: at the instant that is awaited, or that shows the answer.
    pub fn stops_at(&self) -> Option<Time> {
        match (&self.step().task, self.progress) {
            (Task::Deed { awaited: Awaited::Play(to), .. }, Progress::Waiting) => Some(*to),
            (Task::Question(question), Progress::Showing(_)) => Some(question.until),
            _ => None,
        }
    }

    /// The last instant that may be seen: what a question asks about stays hidden until there is an
    /// answer, and then the run comes to rest where it shows who was right.
    pub fn shows_until(&self) -> Option<Time> {
        if self.hides_what_comes() { Some(self.opened_at) } else { self.stops_at() }
    }

    /// Whether what comes must stay hidden, since the reader is asked to foretell it and has not yet.
    pub fn hides_what_comes(&self) -> bool {
        matches!((&self.step().task, self.progress), (Task::Question(_), Progress::Waiting))
    }

    /// The action that does what is awaited, in the reader's place; none for what only the page can.
    pub fn by_itself(&self, scene: Scene) -> Option<Action> {
        if let Some(stop) = self.stops_at() {
            return match scene.state.playback.is_playing() {
                true => Some(Action::Pause { at: stop }),
                false => perform(Deed::PlayOrPause, scene),
            };
        }
        let Scene { cursor, .. } = scene;
        match self.awaits().filter(|_| !self.is_done())? {
            Awaited::Step => perform(Deed::StepOn, scene),
            Awaited::Befall(fault) => {
                let at = gesture_instant(cursor, scene.next_instant());
                Some(Action::Change(Change::Befall { at, fault: fault.clone() }))
            }
            Awaited::Algorithm(algorithm) => {
                let setting = Setting::Algorithm(algorithm.clone());
                Some(Action::Change(Change::Set(setting)))
            }
            Awaited::Select(target) => Some(Action::Select(Some(*target))),
            Awaited::Why => perform(Deed::Why, scene),
            Awaited::Next | Awaited::Play(_) => None,
        }
    }

    pub fn panel(&self) -> Panel {
        let (lesson, step) = (self.lesson(), self.step());
        let is_last = self.step + 1 == lesson.steps.len();
        Panel {
            lesson: &lesson.title,
            step: self.step + 1,
            steps: lesson.steps.len(),
            title: &step.title,
            words: &step.words,
            question: self.asked(),
            awaited: self.still_awaited(),
            can_be_shown: !matches!(self.awaits(), None | Some(Awaited::Next))
                || matches!(self.progress, Progress::Showing(_)),
            outcome: self.outcome(),
            is_first: self.step == 0,
            is_last,
            next_lesson: lessons::all().get(self.lesson + 1).map(|next| &*next.title),
        }
    }

    fn asked(&self) -> Option<Asked> {
        let Task::Question(question) = &self.step().task else { return None };
        let (chosen, right) = match self.progress {
            Progress::Waiting | Progress::Done => (None, None),
            Progress::Showing(choice) => (Some(choice), None),
            Progress::Answered(choice) => (Some(choice), Some(question.right)),
        };
        Some(Asked { words: &question.words, answers: &question.answers, chosen, right })
    }

    fn still_awaited(&self) -> Option<String> {
        match (self.awaits(), self.progress) {
            _ if self.is_done() => None,
            (Some(awaited), _) => Some(awaited.said()),
            (None, Progress::Waiting) => Some("Choose an answer.".to_owned()),
            (None, _) => Some("Watch what happens.".to_owned()),
        }
    }

    fn outcome(&self) -> Option<&'static str> {
        match (&self.step().task, self.progress) {
            (Task::Deed { then, .. }, Progress::Done) => Some(then),
            (Task::Question(question), Progress::Answered(choice)) => Some(match choice {
                choice if choice == question.right => &question.when_right,
                _ => &question.when_wrong,
            }),
            _ => None,
        }
    }

    fn awaits(&self) -> Option<&'static Awaited> {
        match &self.step().task {
            Task::Deed { awaited, .. } => Some(awaited),
            Task::Question(_) => None,
        }
    }

    fn done(self) -> Self {
        Self { progress: Progress::Done, ..self }
    }
}

/// Whether an action did what is awaited, by whatever gesture.
fn is_done(awaited: &Awaited, before: &State, action: &Action, after: &State) -> bool {
    let (old, new) = (before.document().scenario(), after.document().scenario());
    match awaited {
        Awaited::Befall(fault) => befell(fault, new) > befell(fault, old),
        Awaited::Algorithm(algorithm) => {
            let name = algorithm.name();
            new.algorithm.name() == name && old.algorithm.name() != name
        }
        Awaited::Select(target) => after.selected == Some(*target),
        Awaited::Step => match (before.playback, action) {
            (Playback::Paused { at: from }, Action::Pause { at }) => *at > from,
            _ => false,
        },
        Awaited::Why => matches!(action, Action::Why(Some(_))),
        Awaited::Next | Awaited::Play(_) => false,
    }
}

/// How often the timeline has what is awaited.
fn befell(awaited: &Fault, scenario: &Scenario) -> usize {
    let faults = scenario.timeline.iter().filter_map(Entry::fault);
    faults.filter(|fault| is_alike(awaited, fault)).count()
}

/// One that befalls others too will do, and so will any healing.
fn is_alike(awaited: &Fault, fault: &Fault) -> bool {
    let has = |some: &[Rank], all: &[Rank]| all.iter().all(|rank| some.contains(rank));
    match (awaited, fault) {
        (Fault::Crash(all), Fault::Crash(some)) => has(some, all),
        (Fault::Recover(all), Fault::Recover(some)) => has(some, all),
        (Fault::Suspect { processes: all, .. }, Fault::Suspect { processes: some, .. }) => {
            has(some, all)
        }
        (Fault::Pause { processes: all, .. }, Fault::Pause { processes: some, .. }) => {
            has(some, all)
        }
        (Fault::Partition(sides), Fault::Partition(others)) => sorted(sides) == sorted(others),
        (Fault::Heal(_), Fault::Heal(_)) => true,
        _ => awaited == fault,
    }
}

fn sorted(sides: &[Vec<Rank>]) -> BTreeSet<BTreeSet<Rank>> {
    order::gather(sides.iter().map(|side| order::gather(side.iter().copied())))
}
