//! A text as a lesson: steps whose scripts can be read, or an error with its line.

use super::text;
use hustings::lessons::{self, StepScene, StepTask};
use hustings::scenario::script;

pub(crate) fn check(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let lines = text.split('\n').count();
    match lessons::read("a lesson", text) {
        Ok(lesson) => {
            assert!((4..=7).contains(&lesson.steps.len()));
            assert!(lesson.steps.is_sorted_by(|one, next| one.line < next.line));
            assert_ne!(lesson.steps[0].ground, StepScene::Same);
            for step in &lesson.steps {
                let heading = text.split('\n').nth(step.line - 1).map(str::trim_end);
                assert_eq!(heading, Some(&*format!("## {}", step.title)), "line {}", step.line);
                assert!(!step.words.is_empty());
                let script = step.ground.script();
                assert!(script.is_none_or(|script| script::read(script).is_ok()), "{script:?}");
                if let StepTask::Question(question) = &step.task {
                    assert!((2..=4).contains(&question.answers.len()));
                    assert!(question.right < question.answers.len());
                }
            }
        }
        Err(error) => {
            assert!((1..=lines).contains(&error.line), "{error}");
            assert!(!error.problem.to_string().is_empty());
        }
    }
}
