//! Each lesson from its first step to its last, by exactly what each step asks for.

use super::claims::Shown;
use hustings::clock::Time;
use hustings::lessons::{self, Awaited, Ground, Lesson, Step, Task};
use hustings::run::Run;
use hustings::scenario::Fault;
use hustings::session::lesson::{Learning, Opening};
use hustings::session::{
    Action, Document, Made, Pace, Playback, Scene, State, address, crash_or_recover,
};

/// A reader in a lesson.
struct Reader {
    state: State,
    learning: Learning,
    made: Made,
}

impl Reader {
    fn enter(lesson: usize) -> Self {
        let state = State::new(address::document("").expect("the start"));
        let learning = Learning::enter(lesson, 0).expect("there is such a lesson");
        let state = learning.opened(&state, true);
        Self { made: made(state.document()), state, learning }
    }

    fn step(&self) -> &'static Step {
        self.learning.step()
    }

    fn cursor(&self) -> Time {
        self.state.playback.cursor(0.0, &Pace { end: self.made.run.end(), ..Pace::default() })
    }

    fn scene(&self) -> Scene<'_> {
        let cursor = self.cursor();
        Scene {
            state: &self.state,
            made: &self.made,
            cursor,
            now: 0.0,
            reduced_motion: false,
            rival: None,
        }
    }

    fn act(&mut self, action: Action) {
        let next = self.state.apply(action.clone());
        self.learning = self.learning.told(&self.state, &action, &next);
        self.state = next;
        self.made = made(self.state.document());
        self.learning = self.learning.shown(self.cursor());
    }

    /// Plays until the lesson says stop.
    fn play(&mut self) {
        let stop = self.learning.stops_at().expect("it plays to somewhere");
        assert!(stop > self.cursor(), "{stop} is past when it is awaited");
        assert!(stop <= self.made.run.end(), "{stop} is after the end");
        let action = self.learning.by_itself(self.scene()).expect("it can be shown");
        self.act(action);
        assert!(self.state.playback.is_playing() && !self.learning.is_done());
        self.act(Action::Pause { at: stop });
    }

    fn do_it(&mut self) {
        match &self.step().task {
            Task::Question(question) => {
                assert!(!self.learning.is_done());
                let wrong = usize::from(question.right == 0);
                assert_eq!(
                    outcome(self.learning.answer(wrong), question.until),
                    question.when_wrong
                );
                assert_eq!(
                    outcome(self.learning.answer(question.right), question.until),
                    question.when_right
                );
                self.learning = self.learning.answer(question.right);
                assert!(!self.learning.is_done(), "the run has not shown it yet");
                self.play();
            }
            Task::Deed { awaited, .. } => match awaited {
                Awaited::Next => {}
                Awaited::Play(_) => self.play(),
                _ => {
                    assert!(!self.learning.is_done());
                    let action = self.learning.by_itself(self.scene()).expect("it can be done");
                    if let Awaited::Befall(Fault::Crash(ranks) | Fault::Recover(ranks)) = awaited {
                        let key = crash_or_recover(ranks[0], self.scene());
                        assert_eq!(action, key, "the key and the button do the same");
                    }
                    self.act(action);
                }
            },
        }
    }

    fn next(&mut self) -> bool {
        let Some(next) = self.learning.next() else { return false };
        self.state = next.opened(&self.state, true);
        self.learning = next;
        self.made = made(self.state.document());
        true
    }
}

fn made(document: &Document) -> Made {
    Made::new(Run::of(document.scenario().clone()), document)
}

fn outcome(answered: Learning, until: Time) -> &'static str {
    answered.shown(until).panel().outcome.unwrap_or_default()
}

fn each_step(mut look: impl FnMut(&Lesson, &mut Reader, String)) {
    for (place, lesson) in lessons::all().iter().enumerate() {
        let mut reader = Reader::enter(place);
        loop {
            let step = reader.step();
            let name = format!("{}, line {}, {}", lesson.name, step.line, step.title);
            look(lesson, &mut reader, name);
            if !reader.next() {
                assert!(reader.learning.is_finished(), "{} stops before its end", lesson.name);
                break;
            }
        }
    }
}

#[test]
fn every_lesson_can_be_read() {
    for (name, text) in lessons::TEXTS {
        if let Err(mistake) = lessons::read(name, text) {
            panic!("{name}: {mistake}");
        }
    }
    assert_eq!(lessons::all().len(), lessons::TEXTS.len());
}

#[test]
fn every_step_is_reached_by_what_it_asks_for_and_what_it_says_holds() {
    let mut broken = String::new();
    each_step(|_, reader, name| {
        assert!(reader.cursor() <= reader.made.run.end(), "{name} begins after the end");
        reader.do_it();
        assert!(reader.learning.is_done(), "{name}: {:?}", reader.learning.panel().awaited);
        let Reader { state, made, .. } = &*reader;
        let shown = Shown { document: state.document(), made, cursor: reader.cursor() };
        for claim in &reader.step().checks {
            if let Some(found) = shown.against(claim) {
                broken += &format!("{name}: `{claim}`, but it is: {found}\n");
            }
        }
        if let Task::Question(question) = &reader.step().task {
            let (right, found) = (&question.answers[question.right], shown.answer(question));
            // Whom one process chooses is who then leads.
            if *right != found {
                broken += &format!("{name}: the right answer is {found}, not {right}\n");
            }
        }
    });
    assert!(broken.is_empty(), "\n{broken}");
}

#[test]
fn a_step_entered_afresh_is_as_one_that_is_walked_to() {
    each_step(|_, reader, name| {
        let afresh = Opening::afresh(&reader.learning).shown(&reader.state);
        let same = afresh.document().scenario() == reader.state.document().scenario();
        assert!(same, "{name}: {}", afresh.document().text());
        assert_eq!(afresh.playback, Playback::Paused { at: reader.cursor() }, "{name}");
        reader.do_it();
    });
}

#[test]
fn every_step_asks_for_something_that_can_be_seen_and_says_it_briefly() {
    let mut shapes = 0;
    each_step(|lesson, reader, name| {
        let step = reader.step();
        let said = match &step.task {
            Task::Deed { then, .. } => vec![&step.words, then],
            Task::Question(asked) => {
                vec![&step.words, &asked.words, &asked.when_right, &asked.when_wrong]
            }
        };
        for words in said {
            assert!(words.matches(['.', '?', ':']).count() <= 5, "{name}: {words}");
            assert!(!words.contains(['!', '*', '_', '`', '#']), "{name}: {words}");
            assert!(words.chars().count() <= 260, "{name} says too much: {words}");
        }
        shapes += usize::from(step.ground != Ground::Same);
        assert!(lesson.about.chars().count() <= 64, "{}: {}", lesson.name, lesson.about);
        reader.do_it();
    });
    assert!(shapes > 20, "most lessons show more than one scene");
}
