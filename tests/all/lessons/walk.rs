//! Each lesson from its first step to its last, by exactly what each step asks for.

use super::claims::Shown;
use hustings::lessons::{self, AwaitedCommand, Lesson, LessonStep, StepScene, StepTask};
use hustings::run::Run;
use hustings::scenario::{Change, Fault, Scenario, Setting};
use hustings::session::LessonAction;
use hustings::session::lesson::{LessonProgress, StepSetup};
use hustings::session::{
    Action, Command, CommandContext, Document, Playback, PlaybackPace, RunView, State, address,
    execute_on,
};
use hustings::time::{Duration, Time};
use hustings::view::Target;

/// A reader in a lesson.
struct Reader {
    state: State,
    run_view: RunView,
}

impl Reader {
    fn enter(lesson: usize) -> Self {
        let state = State::new(address::document("").expect("the start"));
        let state = state.apply(Action::Lesson(LessonAction::EnterStep(lesson, 0)));
        Self { run_view: run_view(state.document()), state }
    }

    fn learning(&self) -> LessonProgress {
        self.state.lesson.expect("it is in a lesson")
    }

    fn step(&self) -> &'static LessonStep<'static> {
        self.learning().step()
    }

    fn cursor(&self) -> Time {
        self.state
            .playback
            .cursor(0.0, &PlaybackPace { end: self.run_view.run.end(), ..PlaybackPace::default() })
    }

    fn scene(&self) -> CommandContext<'_> {
        let cursor = self.cursor();
        CommandContext {
            state: &self.state,
            run_view: &self.run_view,
            cursor,
            now: 0.0,
            reduced_motion: false,
            comparison: None,
        }
    }

    fn act(&mut self, action: Action) {
        self.state = self.state.apply(action);
        self.run_view = run_view(self.state.document());
        let stop = self.learning().stops_at(&self.run_view.run);
        if let Some(stop) = stop.filter(|&stop| self.cursor() >= stop) {
            self.state = self.state.apply(Action::Lesson(LessonAction::Reached(stop)));
        }
    }

    /// The one action that does what is awaited.
    fn by_itself(&self) -> Action {
        let mut actions = self.learning().by_itself(self.scene());
        assert_eq!(actions.len(), 1, "{actions:?}");
        actions.remove(0)
    }

    /// Plays until the lesson says stop.
    fn play(&mut self) {
        let stop = self.learning().stops_at(&self.run_view.run).expect("it plays to somewhere");
        assert!(stop > self.cursor(), "{stop} is past when it is awaited");
        assert!(stop <= self.run_view.run.end(), "{stop} is after the end");
        self.act(self.by_itself());
        assert!(self.state.playback.is_playing() && !self.learning().is_done());
        self.act(Action::Pause { at: stop });
    }

    fn do_it(&mut self) {
        match &self.step().task {
            StepTask::Question(question) => {
                assert!(!self.learning().is_done());
                let wrong = usize::from(question.right == 0);
                assert_eq!(
                    outcome(self.learning().answer(wrong), question.until),
                    question.when_wrong
                );
                assert_eq!(
                    outcome(self.learning().answer(question.right), question.until),
                    question.when_right
                );
                self.act(Action::Lesson(LessonAction::Answer(question.right)));
                assert!(!self.learning().is_done(), "the run has not shown it yet");
                self.play();
            }
            StepTask::Act { awaited, .. } => match awaited {
                AwaitedCommand::Next => {}
                AwaitedCommand::Play(_) => self.play(),
                AwaitedCommand::Split(_) => {
                    self.act(self.by_itself());
                    assert!(!self.learning().is_done(), "the run has not shown it yet");
                    self.play();
                }
                _ => {
                    assert!(!self.learning().is_done());
                    let action = self.by_itself();
                    if let AwaitedCommand::AddFault(Fault::Crash(ranks) | Fault::Recover(ranks)) =
                        awaited
                    {
                        let target = Some(Target::Process(ranks[0]));
                        let key = execute_on(target, Command::DoubleClick, self.scene()).remove(0);
                        assert_eq!(action, key, "the key and the button do the same");
                    }
                    self.act(action);
                }
            },
        }
    }

    /// Whether what the step claims holds; what does not is added.
    fn check(&self, name: &str, broken: &mut String) {
        let Self { state, run_view, .. } = self;
        let shown = Shown { document: state.document(), run_view, cursor: self.cursor() };
        for claim in &self.step().checks {
            if let Some(found) = shown.against(claim) {
                *broken += &format!("{name}: `{claim}`, but it is: {found}\n");
            }
        }
        if let StepTask::Question(question) = &self.step().task {
            let (right, found) = (&question.answers[question.right], shown.answer(question));
            // Whom one process chooses is who then leads.
            if *right != found {
                *broken += &format!("{name}: the right answer is {found}, not {right}\n");
            }
        }
    }

    fn next(&mut self) -> bool {
        let place = self.learning().step_place();
        if self.learning().is_finished() {
            return false;
        }
        self.act(Action::Lesson(LessonAction::Next));
        self.state.lesson.is_some_and(|lesson| lesson.step_place() == place + 1)
    }
}

fn run_view(document: &Document) -> RunView {
    RunView::new(Run::of(document.scenario().clone()), document)
}

fn outcome(answered: LessonProgress, until: Time) -> &'static str {
    answered.reached(until).panel(&Scenario::default(), until, false).outcome.unwrap_or_default()
}

fn each_step(mut look: impl FnMut(&Lesson, &mut Reader, String)) {
    for (place, lesson) in lessons::all().iter().enumerate() {
        let mut reader = Reader::enter(place);
        loop {
            let step = reader.step();
            let name = format!("{}, line {}, {}", lesson.name, step.line, step.title);
            look(lesson, &mut reader, name);
            if !reader.next() {
                assert!(reader.learning().is_finished(), "{} stops before its end", lesson.name);
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
        assert!(reader.cursor() <= reader.run_view.run.end(), "{name} begins after the end");
        reader.do_it();
        assert!(reader.learning().is_done(), "{name}");
        reader.check(&name, &mut broken);
    });
    assert!(broken.is_empty(), "\n{broken}");
}

#[test]
fn a_step_entered_afresh_is_as_one_that_is_walked_to() {
    each_step(|_, reader, name| {
        let afresh = StepSetup::afresh(&reader.learning()).shown(&reader.state);
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
        let text = match &step.task {
            StepTask::Act { then, .. } => vec![&step.words, then],
            StepTask::Question(asked) => {
                vec![&step.words, &asked.words, &asked.when_right, &asked.when_wrong]
            }
        };
        for words in text {
            assert!(words.matches(['.', '?', ':']).count() <= 5, "{name}: {words}");
            assert!(!words.contains(['!', '*', '_', '`', '#']), "{name}: {words}");
            assert!(words.chars().count() <= 260, "{name} says too much: {words}");
        }
        shapes += usize::from(step.ground != StepScene::Same);
        assert!(lesson.about.chars().count() <= 64, "{}: {}", lesson.name, lesson.about);
        reader.do_it();
    });
    assert!(shapes > 20, "most lessons show more than one scene");
}

/// What is done a little late, but not too late, is done: so what the next steps say has to hold then too.
#[test]
fn what_is_done_as_late_as_may_be_is_what_the_next_steps_are_about() {
    let late = Duration::ms(3);
    let mut broken = String::new();
    for (place, lesson) in lessons::all().iter().enumerate() {
        let mut reader = Reader::enter(place);
        loop {
            let name = format!("{}, {}, late", lesson.name, reader.step().title);
            if let StepTask::Act { awaited: AwaitedCommand::AddFault(fault), .. } =
                &reader.step().task
            {
                let at = reader.cursor() + late;
                reader.act(Action::Change(Change::AddFault { at, fault: fault.clone() }));
                assert!(reader.learning().is_done(), "{name}");
            } else {
                reader.do_it();
            }
            reader.check(&name, &mut broken);
            if !reader.next() {
                break;
            }
        }
    }
    assert!(broken.is_empty(), "\n{broken}");
}

#[test]
fn a_wrong_action_and_one_at_another_instant_are_reported_and_the_step_can_be_restored_or_done() {
    let mut seen = 0;
    each_step(|_, reader, name| {
        let StepTask::Act { awaited: AwaitedCommand::AddFault(fault), .. } = &reader.step().task
        else {
            return reader.do_it();
        };
        seen += 1;
        let (opened, cursor) = (reader.state.clone(), reader.cursor());
        let end = reader.run_view.run.end();
        let crash = Fault::Crash(vec![reader.state.document().scenario().ranks[1]]);
        let wrong = [
            Action::Change(Change::AddFault { at: cursor + Duration::ms(1), fault: crash }),
            Action::Change(Change::AddFault {
                at: cursor + Duration::ms(20),
                fault: fault.clone(),
            }),
            Action::Change(Change::Set(Setting::Seed(99))),
            Action::Seek { to: end, now: 0.0 },
            Action::Seek { to: cursor - Duration::ms(20), now: 0.0 },
        ];
        for action in wrong {
            reader.act(action.clone());
            let panel = reader.learning().panel(&Scenario::default(), reader.cursor(), false);
            assert!(panel.deviation.is_some() && panel.awaited.is_some(), "{name}: {action:?}");
            // What is awaited, done now, is not what the step is about.
            let at = reader.cursor() + Duration::ms(1);
            reader.act(Action::Change(Change::AddFault { at, fault: fault.clone() }));
            assert!(!reader.learning().is_done(), "{name}: {action:?}");

            let [restore, does] = &reader.learning().by_itself(reader.scene())[..] else {
                panic!("{name}: {action:?} is restored before it is done")
            };
            reader.act(restore.clone());
            assert_eq!(reader.cursor(), cursor, "{name}");
            let scenario = reader.state.document().scenario();
            assert_eq!(scenario, opened.document().scenario(), "{name}");
            assert_eq!(
                reader.learning().panel(&Scenario::default(), cursor, false).deviation,
                None,
                "{name}"
            );
            reader.act(does.clone());
            assert!(reader.learning().is_done(), "{name}: {action:?}");
            reader.act(Action::Lesson(LessonAction::Restore));
        }
        reader.do_it();
    });
    assert!(seen >= 8, "{seen}");
}

#[test]
fn undoing_a_wrong_action_is_a_way_back_too() {
    let mut reader = Reader::enter(1);
    let fault = Fault::Crash(vec![reader.state.document().scenario().ranks[1]]);
    reader.act(Action::Change(Change::AddFault { at: Time::ms(951), fault }));
    let texts = |reader: &Reader| {
        reader.learning().panel(&Scenario::default(), reader.cursor(), false).deviation
    };
    let text = "You chose 2, but this step asks for 6.";
    assert_eq!(texts(&reader).as_deref(), Some(text));
    reader.act(Action::Undo);
    assert_eq!(texts(&reader), None);
    reader.do_it();
    assert!(reader.learning().is_done());
}

/// Before a question is answered, no step of its scene shows the run beyond the instant that it needs.
#[test]
fn the_steps_before_a_question_end_where_it_is_asked() {
    let mut seen = 0;
    each_step(|lesson, reader, name| {
        let place = reader.learning().step_place();
        let ahead = lesson.steps[place + 1..].iter();
        let mut same = ahead.take_while(|step| step.ground == StepScene::Same);
        let asks = same.any(|step| matches!(step.task, StepTask::Question(_)));
        let is_act = matches!(reader.step().task, StepTask::Act { .. });
        let last = reader.learning().ends_at();
        assert_eq!(last.is_some(), asks && is_act, "{name}");
        reader.do_it();
        let Some(last) = last else { return };
        seen += 1;
        assert!(reader.cursor() <= last, "{name} needs more");
        let shown = reader.run_view.ended_at(last, reader.state.document());
        assert_eq!(shown.run.end(), last, "{name}");
        let whole = reader.run_view.run.events(Time::ZERO, last);
        assert_eq!(shown.run.events(Time::ZERO, Time::NEVER), whole, "{name}");
    });
    assert!(seen >= 3, "{seen}");
}
