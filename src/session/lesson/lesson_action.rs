//! What a session does in a lesson: enters it, answers, goes on, goes back, leaves.

use super::{LessonProgress, base};
use crate::session::{Action, Playback, Screen, State};
use crate::time::Time;

/// What the lesson is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LessonAction {
    /// A lesson by its place, at the step where the reader was.
    Enter(usize),
    /// A lesson and a step by their places.
    EnterStep(usize, usize),
    /// The step as it opened, since something else was done than it asks for.
    Restore,
    Answer(usize),
    Next,
    Back,
    Leave,
    /// Playing has come to the instant at which the lesson stops it.
    Reached(Time),
}

impl State {
    pub(in crate::session) fn attend(&mut self, attend: LessonAction) {
        match (attend, self.lesson) {
            (LessonAction::Enter(place), _) => self.enter(place, self.remembered.step(place)),
            (LessonAction::EnterStep(place, step), _) => self.enter(place, step),
            (LessonAction::Restore, Some(lesson)) => {
                self.enter(lesson.place(), lesson.step_place())
            }
            (LessonAction::Answer(choice), Some(lesson)) => {
                self.lesson = Some(lesson.answer(choice))
            }
            (LessonAction::Reached(at), Some(lesson)) => {
                let reached = lesson.reached(at);
                if reached != lesson {
                    // Whoever jumped over it is brought back: the words that follow are about it.
                    self.playback = Playback::Paused { at: reached.at };
                }
                self.lesson = Some(reached);
            }
            (LessonAction::Next, Some(lesson)) => self.go_on(lesson),
            (LessonAction::Back, Some(lesson)) => {
                if let Some(before) = lesson.back() {
                    self.enter(before.place(), before.step_place());
                }
            }
            (LessonAction::Leave, Some(_)) => {
                self.lesson = None;
                self.screen = Screen::Gallery;
            }
            (_, None) => {}
        }
    }

    /// To the next step, the next lesson, or back to where lessons are chosen.
    fn go_on(&mut self, lesson: LessonProgress) {
        if let Some(next) = lesson.next() {
            self.remembered.reach(next.place(), next.step_place());
            self.lesson = Some(next);
            let goes_on = base(self) == lesson.base;
            if goes_on {
                self.playback = Playback::Paused { at: lesson.at };
            }
            *self = next.opened(self, goes_on);
        } else if lesson.is_finished() {
            self.remembered.finish(lesson.place());
            self.lesson = None;
            self.enter(lesson.place() + 1, 0);
            if self.lesson.is_none() {
                self.screen = Screen::Gallery;
            }
        }
    }

    fn enter(&mut self, place: usize, step: usize) {
        if let Some(lesson) = LessonProgress::enter(place, step) {
            self.remembered.reach(place, step);
            self.lesson = Some(lesson);
            self.screen = Screen::Stage;
            *self = lesson.opened(self, false);
        }
    }

    /// Whether what was just done is what the lesson waits for.
    pub(in crate::session) fn tell_lesson(&mut self, before: &Self, action: &Action) {
        self.lesson = self.lesson.map(|lesson| lesson.texts(before, action, self));
    }
}
