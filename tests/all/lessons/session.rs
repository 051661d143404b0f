//! A lesson inside a session: what the page tells it, and what it remembers.

use hustings::lessons::{self, StepTask};
use hustings::narration;
use hustings::run::Run;
use hustings::scenario::{Change, Fault, Scenario, Setting};
use hustings::session::LessonAction;
use hustings::session::setup::toggled;
use hustings::session::{
    Action, Command, CommandContext, ComparedWith, Dialog, Document, Panel, Playback, RunView,
    Screen, Speed, State, address, execute,
};
use hustings::time::{Duration, Time};
use hustings::types::Rank;
use hustings::view::Target;

fn state() -> State {
    State::new(address::document("").expect("the start"))
}

fn attend(state: &State, attend: LessonAction) -> State {
    state.apply(Action::Lesson(attend))
}

/// A step of a lesson, from 0.
fn entered(name: &str, step: usize) -> State {
    let place = lessons::TEXTS.iter().position(|(known, _)| *known == name).expect("a lesson");
    attend(&state(), LessonAction::EnterStep(place, step))
}

fn step(state: &State) -> Option<(usize, usize)> {
    state.lesson.map(|lesson| (lesson.place(), lesson.step_place()))
}

#[test]
fn a_lesson_opens_its_scene_and_what_was_there_can_be_undone_to() {
    let before = state();
    let inside = attend(&before, LessonAction::Enter(1));
    assert_eq!(step(&inside), Some((1, 0)));
    assert_eq!(inside.screen, Screen::Stage);
    assert_eq!(inside.playback, Playback::Paused { at: Time::ms(950) });
    assert_eq!(inside.apply(Action::Undo).document(), before.document());
}

#[test]
fn only_the_awaited_action_completes_a_step() {
    let inside = attend(&state(), LessonAction::Enter(1));
    assert_eq!(step(&attend(&inside, LessonAction::Next)), Some((1, 0)), "nothing is done yet");
    let crash = |of| {
        let fault = Fault::Crash(Rank::new(of).into_iter().collect());
        Action::Change(Change::AddFault { at: Time::ms(951), fault })
    };
    let other = inside.apply(crash(2));
    assert_eq!(step(&attend(&other, LessonAction::Next)), Some((1, 0)));
    assert_eq!(
        step(&attend(&other.apply(crash(6)), LessonAction::Next)),
        Some((1, 0)),
        "2 is down too"
    );
    let done = attend(&other, LessonAction::Restore).apply(crash(6));
    let next = attend(&done, LessonAction::Next);
    assert_eq!(step(&next), Some((1, 1)));
    assert_eq!(next.document(), done.document(), "it goes on with the reader's run");
    assert_eq!(step(&attend(&next, LessonAction::Back)), Some((1, 0)));
}

#[test]
fn playing_comes_to_rest_where_the_lesson_says() {
    let inside = attend(&state(), LessonAction::Enter(0));
    let at = |state: &State| {
        let run = Run::of(state.document().scenario().clone());
        state.lesson.and_then(|lesson| lesson.stops_at(&run))
    };
    assert_eq!(at(&inside), None);
    let mut remembered = inside.clone();
    remembered.remembered.reach(0, 3);
    let plays = attend(&remembered, LessonAction::Enter(0));
    let stop = at(&plays).expect("it waits for an instant");
    let plays = plays.apply(Action::Play { from: Time::ZERO, now: 0.0 });
    let rests = attend(&plays, LessonAction::Reached(stop));
    assert_eq!(rests.playback, Playback::Paused { at: stop });
    // A jump over it stops there too.
    let jumped = plays.apply(Action::Seek { to: Time::ms(1000 * 9), now: 0.0 });
    assert_eq!(attend(&jumped, LessonAction::Reached(stop)).playback, rests.playback);
    assert_eq!(at(&rests), None, "from here one plays on as one likes");
}

#[test]
fn a_question_hides_what_comes_until_it_is_answered_and_the_run_then_decides() {
    let mut begins = state();
    begins.remembered.reach(0, 4);
    let asks = attend(&begins, LessonAction::Enter(0));
    let hides = |state: &State| state.lesson.is_some_and(|lesson| lesson.hides_what_comes());
    assert!(hides(&asks));
    let answered = attend(&asks, LessonAction::Answer(1));
    assert!(!hides(&answered));
    let lesson = answered.lesson.expect("it goes on");
    assert_eq!(
        lesson.panel(&Scenario::default(), Time::ZERO, false).outcome,
        None,
        "the run has not shown it yet"
    );
    let run = Run::of(answered.document().scenario().clone());
    let stop = lesson.stops_at(&run).expect("it is shown");
    let shown = attend(&answered, LessonAction::Reached(stop));
    assert!(shown.lesson.is_some_and(|lesson| lesson.is_finished()));
    // The first answer counts.
    assert_eq!(attend(&answered, LessonAction::Answer(0)), answered);
}

#[test]
fn the_end_of_a_lesson_leads_to_the_next_and_that_of_the_last_to_the_gallery() {
    let mut begins = state();
    begins.remembered.reach(0, 4);
    let last = attend(&begins, LessonAction::Enter(0));
    let done = attend(&attend(&last, LessonAction::Answer(0)), LessonAction::Reached(Time::NEVER));
    let next = attend(&done, LessonAction::Next);
    assert_eq!(step(&next), Some((1, 0)));
    assert!(next.remembered.is_finished(0));
    let place = lessons::all().len() - 1;
    begins.remembered.reach(place, 99);
    let last = attend(&begins, LessonAction::Enter(place));
    let document = last.document();
    let run_view = RunView::new(Run::of(document.scenario().clone()), document);
    let scene = CommandContext {
        state: &last,
        run_view: &run_view,
        comparison: None,
        cursor: last.playback.anchor(),
        now: 0.0,
        reduced_motion: false,
    };
    let actions = last.lesson.expect("it is in a lesson").by_itself(scene);
    let done = actions.into_iter().fold(last.clone(), |state, action| state.apply(action));
    let end = attend(&done, LessonAction::Next);
    assert_eq!((step(&end), &end.screen), (None, &Screen::Gallery));
    assert!(end.remembered.is_finished(place));
}

#[test]
fn opening_another_scenario_leaves_the_lesson_and_keeps_what_is_remembered() {
    let inside = attend(&state(), LessonAction::Enter(3));
    let next =
        attend(&attend(&inside, LessonAction::Answer(0)), LessonAction::Reached(Time::NEVER));
    let next = attend(&next, LessonAction::Next);
    assert_eq!(step(&next), Some((3, 1)));
    let opened = next.apply(Action::Open(address::document("").expect("the start")));
    assert_eq!((step(&opened), opened.remembered.step(3)), (None, 1));
    let left = attend(&next, LessonAction::Leave);
    assert_eq!((step(&left), &left.screen), (None, &Screen::Gallery));
}

/// Every question of every lesson, as it opens.
fn questions() -> Vec<(String, State)> {
    let mut all = Vec::new();
    for (place, lesson) in lessons::all().iter().enumerate() {
        for (step, asked) in lesson.steps.iter().enumerate() {
            if matches!(asked.task, StepTask::Question(_)) {
                let mut state = state();
                state.remembered.reach(place, step);
                let inside = attend(&state, LessonAction::Enter(place));
                all.push((format!("{}, step {}", lesson.title, step + 1), inside));
            }
        }
    }
    all
}

#[test]
fn a_question_hides_what_comes_whatever_is_pressed_until_there_is_an_answer() {
    let all = questions();
    assert!(all.len() > 8, "{}", all.len());
    for (name, asked) in all {
        let Playback::Paused { at } = asked.playback else { panic!("{name} is not at rest") };
        let run_view = RunView::new(Run::of(asked.document().scenario().clone()), asked.document());
        let scene = CommandContext {
            state: &asked,
            run_view: &run_view,
            cursor: at,
            now: 5.0,
            reduced_motion: false,
            comparison: None,
        };
        let forward = [
            Command::PlayOrPause,
            Command::StepOn,
            Command::JumpOn,
            Command::End,
            Command::PresentElection,
        ];
        for act in forward {
            let next = asked.apply(execute(act.clone(), scene).pop().expect("it answers"));
            assert_eq!(next.playback, asked.playback, "{act:?} in {name}");
            let text = next.notice.unwrap_or_default();
            assert!(text.contains("until you have chosen an answer"), "{act:?} says why: {text}");
        }
        let later = Time::us(at.as_us() + 1);
        let comparing = Screen::Compare(ComparedWith::All);
        for action in [
            Action::Seek { to: later, now: 0.0 },
            Action::Show(comparing),
            Action::Panel(Some(Panel::Script)),
            Action::Panel(Some(Panel::Json)),
            Action::Panel(Some(Panel::Faults)),
            Action::Dialog(Some(Dialog::Share)),
            Action::Change(Change::Remove { entry: 0 }),
            Action::Undo,
            Action::Reset,
        ] {
            let next = asked.apply(action.clone());
            assert!(next.notice.is_some(), "{action:?} in {name} says why not");
            assert_eq!(State { notice: None, ..next }, asked, "{action:?} in {name}");
        }
        // What is past is no secret, and speed is nobody's answer.
        let back = asked.apply(Action::Seek { to: Time::ZERO, now: 0.0 });
        assert_eq!(back.playback, Playback::Paused { at: Time::ZERO }, "{name}");
        let fast = Action::SetSpeed { speed: Speed::of(&Default::default()), at, now: 0.0 };
        assert_eq!(asked.apply(fast).notice, None);

        let answered = attend(&asked, LessonAction::Answer(0));
        let plays = answered.apply(Action::Play { from: at, now: 0.0 });
        assert!(plays.playback.is_playing(), "{name}");
    }
}

#[test]
fn the_verdict_of_a_question_hides_the_future() {
    let text =
        "processes 4\nat 100ms partition 1 2 | 3 4\nat 110ms suspect 1 2\nat 1s heal\nuntil 3s\n";
    let document = Document::read(text).expect("it can be read");
    let run_view = RunView::new(Run::of(document.scenario().clone()), &document);
    let at = |ms| run_view.verdict(&run_view.run.snapshot(None, Time::ms(ms), Default::default()));
    let split = at(600);
    assert!(split.title.starts_with("Two leaders, 2 and 4, for "), "{}", split.title);
    let asked = split.without_what_comes();
    assert_eq!((&*asked.title, &*asked.detail), ("Two leaders, 2 and 4", ""));
    assert_eq!(at(50).without_what_comes().title, "4 leads");
}

#[test]
fn an_addition_of_the_algorithm_is_awaited_by_its_name() {
    let inside = entered("votes-instead-of-ranks", 5);
    let panel = |state: &State| {
        let lesson = state.lesson.expect("it is in a lesson");
        lesson.panel(state.document().scenario(), state.playback.anchor(), false)
    };
    let asked = "Open Set-up and change the algorithm to raft pre-vote.";
    assert_eq!(panel(&inside).awaited.as_deref(), Some(asked));
    let tick = |state: &State, word| {
        let algorithm = toggled(&state.document().scenario().algorithm, word);
        state.apply(Action::Change(Change::Set(Setting::Algorithm(algorithm))))
    };
    let other = tick(&inside, "check-quorum");
    assert!(panel(&other).deviation.is_some());
    let awaited = tick(&inside, "pre-vote");
    assert_eq!(panel(&awaited).deviation, None);
    assert!(panel(&awaited).outcome.is_some());
}

#[test]
fn any_faults_that_make_two_leaders_complete_a_step_that_asks_for_them_and_only_the_run_says_so() {
    let inside = entered("find-the-failure-yourself", 1);
    let opened = inside.playback.anchor();
    let add = |state: &State, fault: Fault| {
        state.apply(Action::Change(Change::AddFault { at: opened, fault }))
    };
    let stop = |state: &State| {
        let run = Run::of(state.document().scenario().clone());
        state.lesson.expect("it is in a lesson").stops_at(&run)
    };
    let [two, three] = [1, 2].map(|place| inside.document().scenario().ranks[place]);
    let crashed = add(&inside, Fault::Crash(vec![two]));
    assert_eq!(stop(&crashed), None, "one process that crashes does no harm");
    let paused = add(
        &crashed.apply(Action::Undo),
        Fault::Pause { processes: vec![three], span: Duration::ms(525) },
    );
    let split = stop(&paused).expect("3 wakes, and still believes that it leads");
    assert_eq!(split, opened + Duration::ms(525));
    let lesson = |state: &State| state.lesson.expect("it is in a lesson");
    assert!(lesson(&paused).deviation(opened).is_none() && !lesson(&paused).is_done());
    assert!(lesson(&attend(&paused, LessonAction::Reached(split))).is_done());
}

#[test]
fn the_search_that_a_step_asks_for_closes_where_the_next_step_begins() {
    let inside = entered("find-the-failure-yourself", 2);
    let searched = inside.apply(Action::Panel(Some(Panel::Search)));
    assert!(searched.lesson.expect("it is in a lesson").is_done());
    let next = attend(&searched, LessonAction::Next);
    assert_eq!((next.panel, next.lesson.map(|lesson| lesson.is_done())), (None, Some(false)));
}

#[test]
fn a_script_that_is_open_closes_where_a_question_begins() {
    let mut before = state();
    before.remembered.reach(0, 4);
    let before = before.apply(Action::Panel(Some(Panel::Script)));
    let asked = attend(&before, LessonAction::Enter(0));
    assert!(asked.hides_what_comes());
    assert_eq!(asked.panel, None);
}

#[test]
fn the_address_of_a_lesson_names_its_step_and_leads_back_to_it() {
    let shown = |state: &State| address::Address::followed(state, None).to_string();
    let inside = attend(&state(), LessonAction::EnterStep(1, 2));
    assert_eq!(shown(&inside), "lesson/the-leader-is-gone&step=3");
    let again = address::opened(&shown(&inside), 0.0, false);
    assert_eq!((step(&again), again.document()), (Some((1, 2)), inside.document()));
    assert_eq!(again.playback, Playback::Paused { at: Time::ms(1_200) });
    let opens = |fragment: &str| step(&address::opened(fragment, 0.0, false));
    assert_eq!(opens("lesson/the-leader-is-gone&step=99"), Some((1, 5)), "the last");
    for odd in ["0", "-1", "x", ""] {
        let fragment = format!("lesson/the-leader-is-gone&step={odd}");
        assert_eq!(opens(&fragment), Some((1, 0)), "{odd}");
    }
    // Without a step it begins where the reader was.
    let mut begun = state();
    begun.remembered.reach(1, 3);
    let (recents, remembered) = (Default::default(), begun.remembered);
    let fragment = "lesson/the-leader-is-gone";
    let again = address::reopened(fragment, None, &recents, remembered, 0.0, false);
    assert_eq!(step(&again), Some((1, 3)));
}

#[test]
fn a_step_before_a_question_neither_compares_nor_exports_what_comes() {
    let before = attend(&state(), LessonAction::EnterStep(5, 0));
    let comparing = Screen::Compare(ComparedWith::All);
    for action in [
        Action::Show(comparing),
        Action::Dialog(Some(Dialog::Share)),
        Action::Dialog(Some(Dialog::Embed)),
    ] {
        let next = before.apply(action.clone());
        assert!(next.notice.is_some(), "{action:?} says why not");
        assert_eq!(State { notice: None, ..next }, before, "{action:?}");
    }
}

#[test]
fn a_step_is_worded_for_a_finger_and_for_a_mouse() {
    for lesson in 0..lessons::all().len() {
        for step in 0..lessons::all()[lesson].steps.len() {
            let inside = attend(&state(), LessonAction::EnterStep(lesson, step));
            let Some(learning) = inside.lesson else { panic!("it is in a lesson") };
            let Some(fine) = learning.panel(&Scenario::default(), Time::ZERO, false).awaited else {
                continue;
            };
            let coarse =
                learning.panel(&Scenario::default(), Time::ZERO, true).awaited.unwrap_or_default();
            for word in ["click", "press ", "key"] {
                assert!(!coarse.contains(word), "{coarse}");
            }
            for word in ["tap", "hold", "Tap"] {
                assert!(!fine.contains(word), "{fine}");
            }
        }
    }
}

#[test]
fn after_the_first_action_on_the_start_no_expectation_is_judged() {
    let before = address::opened("", 0.0, true);
    assert!(!before.continues_start());
    let crash = Fault::Crash(Rank::new(6).into_iter().collect());
    let after = before.apply(Action::Change(Change::AddFault { at: Time::ms(110), fault: crash }));
    assert!(after.continues_start());
    assert!(!after.apply(Action::Undo).continues_start());
    assert!(!attend(&after, LessonAction::Enter(1)).continues_start());
    let other = after.apply(Action::Open(address::document("preset/bully-figure").expect("it is")));
    assert!(!other.continues_start());

    let run_view = RunView::new(Run::of(after.document().scenario().clone()), after.document());
    let scene = |cursor| CommandContext {
        state: &after,
        run_view: &run_view,
        cursor,
        now: 0.0,
        reduced_motion: false,
        comparison: None,
    };
    // Wherever the reader is, it is explained why the new leader leads.
    for cursor in [Time::ms(110), Time::ms(1000 * 2)] {
        let [Action::Pause { at }, Action::Why(Some(event))] =
            execute(Command::ExplainLeader, scene(cursor))[..]
        else {
            panic!("it goes there and explains")
        };
        let why = narration::chain(&run_view.run, event);
        assert_eq!(
            (&*why.question, run_view.run.event(event).map(|event| event.at)),
            ("Why does 5 lead?", Some(at))
        );
    }
}

#[test]
fn in_the_gallery_and_in_a_table_no_key_changes_the_run_that_they_cover() {
    let mut state =
        state().apply(Action::Select(Some(Target::Process(Rank::new(3).expect("a rank")))));
    let run_view = RunView::new(Run::of(state.document().scenario().clone()), state.document());
    let does = |state: &State| {
        let scene = CommandContext {
            state,
            run_view: &run_view,
            cursor: Time::ZERO,
            now: 0.0,
            reduced_motion: false,
            comparison: None,
        };
        [Command::CrashOrRecover, Command::Suspect, Command::Why, Command::SelectNext]
            .map(|act| !execute(act, scene).is_empty())
    };
    assert_eq!(does(&state), [true; 4]);
    for screen in [Screen::Gallery, Screen::Compare(ComparedWith::All)] {
        state.screen = screen;
        assert_eq!(does(&state), [false; 4]);
    }
}
