//! The progress in all lessons, stored as a short text (`the-leader-is-gone:done next-in-line:3`), and the
//! state in which a step begins.

use super::{LessonProgress, next_split};
use crate::lessons;
use crate::lessons::{AwaitedCommand, LessonStep, StepScene, StepTask};
use crate::run::Run;
use crate::scenario::{Change, Fault, FigureView, Setting};
use crate::session::{Document, Playback, Speed, State, gesture_instant};
use crate::time::Time;
use crate::types::GroupId;
use crate::view::Target;
use std::fmt;

/// The progress in each lesson, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LessonMemory(Vec<LessonMark>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct LessonMark {
    /// The step with which the reader continues, from 0.
    step: usize,
    is_finished: bool,
}

const DONE: &str = "done";

impl LessonMemory {
    /// Parses the stored text. Words that cannot be parsed, from an older version or by corruption, are
    /// ignored.
    pub fn read(text: &str) -> Self {
        let mut all = Self::default();
        for word in text.split_whitespace() {
            let mut parts = word.split(':');
            let name = parts.next().unwrap_or_default();
            let Some(lesson) = lessons::TEXTS.iter().position(|(known, _)| *known == name) else {
                continue;
            };
            for part in parts {
                match part.parse() {
                    Ok(step) => all.reach(lesson, step),
                    Err(_) if part == DONE => all.mark(lesson).is_finished = true,
                    Err(_) => {}
                }
            }
        }
        all
    }

    /// Records that the reader is at this step, from 0.
    pub fn reach(&mut self, lesson: usize, step: usize) {
        let last = lessons::all().get(lesson).map_or(0, |lesson| lesson.steps.len() - 1);
        self.mark(lesson).step = step.min(last);
    }

    /// Records that the lesson is finished; it begins again next time.
    pub fn finish(&mut self, lesson: usize) {
        *self.mark(lesson) = LessonMark { step: 0, is_finished: true };
    }

    pub fn is_finished(&self, lesson: usize) -> bool {
        self.get(lesson).is_finished
    }

    /// The step with which to continue, from 0.
    pub fn step(&self, lesson: usize) -> usize {
        self.get(lesson).step
    }

    /// The lesson to continue: the first that is begun, else the first that is not finished.
    pub fn current(&self) -> Option<usize> {
        let mut all = 0..lessons::TEXTS.len();
        let begun = |&lesson: &usize| self.step(lesson) > 0;
        all.clone().find(begun).or_else(|| all.find(|&lesson| !self.is_finished(lesson)))
    }

    fn get(&self, lesson: usize) -> LessonMark {
        self.0.get(lesson).copied().unwrap_or_default()
    }

    fn mark(&mut self, lesson: usize) -> &mut LessonMark {
        if self.0.len() <= lesson {
            self.0.resize(lesson + 1, LessonMark::default());
        }
        &mut self.0[lesson]
    }
}

/// The stored text: only lessons with progress.
impl fmt::Display for LessonMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let marks = self.0.iter().zip(lessons::TEXTS);
        let worth = marks.filter(|(mark, _)| **mark != LessonMark::default());
        for (place, (mark, (name, _))) in worth.enumerate() {
            let space = if place == 0 { "" } else { " " };
            write!(f, "{space}{name}")?;
            if mark.is_finished {
                write!(f, ":{DONE}")?;
            }
            if mark.step > 0 {
                write!(f, ":{}", mark.step)?;
            }
        }
        Ok(())
    }
}

/// What a step sets when it begins; `None` keeps what is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepSetup {
    pub document: Option<Document>,
    pub at: Option<Time>,
    pub speed: Option<Speed>,
    pub selected: Option<Target>,
}

impl StepSetup {
    /// The set-up of a step that follows its predecessor.
    pub fn of(learning: &LessonProgress) -> Self {
        Self::set(learning.step())
    }

    /// The set-up of a step that is entered directly: the preceding steps of the same scene are executed as
    /// they ask for.
    pub fn afresh(learning: &LessonProgress) -> Self {
        let steps = &learning.lesson().steps[..=learning.step_place()];
        let first = steps.iter().rposition(|step| step.ground != StepScene::Same).unwrap_or(0);
        let mut opening = Self::default();
        for (place, step) in steps.iter().enumerate().skip(first) {
            opening.follow(Self::set(step));
            if place < learning.step_place() {
                opening.carry_out(&step.task);
            }
        }
        opening
    }

    /// The state with the step's scene, paused. Undo returns to the previous scenario.
    pub fn shown(self, state: &State) -> State {
        let mut next = match self.document {
            Some(document) => {
                // The link to a lesson has opened this document already.
                let history = match document == *state.document() {
                    true => state.history.clone(),
                    false => state.history.push(document.clone(), "lesson".to_owned()),
                };
                let (opened, next) = (document, state.clone());
                State {
                    history,
                    opened,
                    selected: None,
                    why: None,
                    group: GroupId::MAIN,
                    all_groups: true,
                    window: None,
                    notice: None,
                    ..next
                }
            }
            None => state.clone(),
        };
        if let Some(at) = self.at {
            next.playback = Playback::Paused { at };
        }
        next.speed = self.speed.unwrap_or(next.speed);
        next.selected = self.selected.or(next.selected);
        next.is_looping = false;
        // Lessons refer to both the stage and the diagram.
        next.view = FigureView::Both;
        next
    }

    fn set(step: &LessonStep) -> Self {
        let document = step.ground.script().and_then(|script| Document::read(script).ok());
        let start = document.as_ref().map(|_| Time::ZERO);
        Self {
            at: step.at.or(start),
            speed: step.speed.map(Speed),
            selected: step.selected,
            document,
        }
    }

    fn follow(&mut self, next: Self) {
        if next.document.is_some() {
            self.selected = None;
        }
        self.document = next.document.or(self.document.take());
        self.at = next.at.or(self.at);
        self.speed = next.speed.or(self.speed);
        self.selected = next.selected.or(self.selected);
    }

    /// Adds a fault at the cursor.
    fn add(&mut self, fault: &Fault, cursor: Time) {
        let at = gesture_instant(cursor, None);
        let change = Change::AddFault { at, fault: fault.clone() };
        if let Some(document) = self.document.as_ref().and_then(|it| it.with(change).ok()) {
            self.document = Some(document);
            self.at = Some(at);
        }
    }

    /// Executes what a step asks for.
    fn carry_out(&mut self, task: &StepTask) {
        let (Some(document), Some(cursor)) = (self.document.as_ref(), self.at) else { return };
        match task {
            StepTask::Question(question) => self.at = Some(question.until),
            StepTask::Act { awaited, .. } => match awaited {
                AwaitedCommand::Play(to) => self.at = Some(*to),
                AwaitedCommand::Step => {
                    let run = Run::of(document.scenario().clone());
                    self.at = run.next_instant(cursor).or(self.at);
                }
                AwaitedCommand::AddFault(fault) => self.add(fault, cursor),
                AwaitedCommand::Split(fault) => {
                    self.add(fault, cursor);
                    let run = self.document.as_ref().map(|it| Run::of(it.scenario().clone()));
                    self.at = run.and_then(|run| next_split(&run, cursor)).or(self.at);
                }
                AwaitedCommand::Algorithm(algorithm) => {
                    let change = Change::Set(Setting::Algorithm(algorithm.clone()));
                    self.document = document.with(change).ok().or(self.document.take());
                }
                AwaitedCommand::Select(target) => self.selected = Some(*target),
                AwaitedCommand::Next | AwaitedCommand::Why | AwaitedCommand::Search => {}
            },
        }
    }
}

impl LessonProgress {
    /// The state in which this step begins.
    pub fn opened(&self, state: &State, is_next: bool) -> State {
        let opening = if is_next { StepSetup::of(self) } else { StepSetup::afresh(self) };
        opening.shown(state).begun()
    }
}
