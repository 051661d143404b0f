//! What is remembered of the lessons comes back, and a spoilt text costs nothing.

use hustings::lessons;
use hustings::session::lesson::{LessonMemory, LessonProgress};

#[test]
fn what_is_remembered_comes_back_as_it_was() {
    let mut remembered = LessonMemory::default();
    assert_eq!(remembered.to_string(), "");
    assert_eq!(remembered.current(), Some(0));
    remembered.finish(0);
    remembered.reach(2, 3);
    assert_eq!(remembered.to_string(), "what-a-leader-is-for:done bully-step-by-step:3");
    let back = LessonMemory::read(&remembered.to_string());
    assert_eq!(back.to_string(), remembered.to_string());
    assert!(back.is_finished(0) && !back.is_finished(2));
    assert_eq!((back.step(0), back.step(2), back.current()), (0, 3, Some(2)));
}

#[test]
fn one_that_is_finished_can_be_read_again_and_stays_finished() {
    let mut remembered = LessonMemory::default();
    remembered.finish(4);
    remembered.reach(4, 2);
    let back = LessonMemory::read(&remembered.to_string());
    assert!(back.is_finished(4));
    assert_eq!(back.step(4), 2);
    (0..lessons::all().len()).for_each(|lesson| remembered.finish(lesson));
    assert_eq!(remembered.current(), None);
}

#[test]
fn a_spoilt_text_is_passed_over_and_the_rest_is_kept() {
    for text in ["", ":", "::::", "next-in-line", "\u{0}", "done:done 7:7", "next-in-line:-1:x"] {
        let read = LessonMemory::read(text);
        assert_eq!(read.to_string(), "", "{text}");
        assert_eq!(read.current(), Some(0), "{text}");
    }
    let mixed =
        LessonMemory::read("nobody:3 next-in-line:done,4 the-leader-is-gone:done \t{\"a\":1}");
    assert_eq!(mixed.to_string(), "the-leader-is-gone:done");
    // A step that the lesson no longer has is its last.
    let far = LessonMemory::read("next-in-line:99999 what-a-leader-is-for:99999999999999999999999");
    assert_eq!(far.step(4) + 1, lessons::all()[4].steps.len());
    assert_eq!(far.step(0), 0);
}

#[test]
fn a_lesson_that_is_not_there_cannot_be_entered() {
    let count = lessons::all().len();
    assert_eq!(LessonProgress::enter(count, 0), None);
    let last = LessonProgress::enter(count - 1, 99).expect("the last step");
    assert_eq!(last.step_place() + 1, last.lesson().steps.len());
    assert_eq!(last.next(), None);
    assert_eq!(LessonProgress::enter(0, 0).and_then(|first| first.back()), None);
}
