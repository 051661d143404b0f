//! What is remembered of the lessons, as a short text: `the-leader-is-gone:done next-in-line:3`.

use crate::lessons;
use std::fmt;

/// Of each lesson, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LessonMemory(Vec<LessonMark>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct LessonMark {
    /// The step that is read next, from 0.
    step: usize,
    is_finished: bool,
}

const DONE: &str = "done";

impl LessonMemory {
    /// What cannot be understood is passed over: an older text, or one that somebody spoilt, costs
    /// no more than that.
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

    /// The reader is at this step, from 0.
    pub fn reach(&mut self, lesson: usize, step: usize) {
        let last = lessons::all().get(lesson).map_or(0, |lesson| lesson.steps.len() - 1);
        self.mark(lesson).step = step.min(last);
    }

    /// Read to its end; next time it begins again.
    pub fn finish(&mut self, lesson: usize) {
        *self.mark(lesson) = LessonMark { step: 0, is_finished: true };
    }

    pub fn is_finished(&self, lesson: usize) -> bool {
        self.get(lesson).is_finished
    }

    /// Where to go on in it, from 0.
    pub fn step(&self, lesson: usize) -> usize {
        self.get(lesson).step
    }

    /// The lesson to go on with: one that is begun, else the first that is not finished.
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

/// Only what is worth remembering.
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
