//! The search on the page: the questions to the worker, the model of the panel, and opening an answer.

use crate::tools::answer;
use hustings::presets;
use hustings::report::Report;
use hustings::run::Run;
use hustings::scenario::{Change, Fault, MoveKind, Scenario, script};
use hustings::search::{Search, SearchProgress, SearchQuestion};
use hustings::session::address::Address;
use hustings::session::import::{self, ImportError};
use hustings::session::preview::open;
use hustings::session::quiet_search::{self, QuietResult};
use hustings::session::search::{
    DangerTrack, SearchAction, SearchPanel, question, subject_hint, subjects,
};
use hustings::session::{
    Action, Command, CommandContext, Document, Panel, PlaybackPace, RunView, Screen, State, execute,
};
use hustings::time::{Duration, Time};
use hustings::tools::{
    QuestionPhase, SearchDanger, SearchReply, SearchRequest, SearchSubject, Toolbox, ToolsCommand,
    ToolsMessage, ToolsReply, ToolsRequest,
};

fn start() -> Document {
    Document::read(presets::find("start").expect("a preset").script).expect("it can be read")
}

fn request(script: &str, kinds: &[MoveKind], most: u8) -> SearchRequest {
    SearchRequest {
        script: script.to_owned(),
        subject: SearchSubject::NoSplitBrain,
        kinds: kinds.iter().map(|kind| kind.name().to_owned()).collect(),
        most,
        durations: Vec::new(),
    }
}

/// All replies to a question; the last one is the end of the search.
fn replies(request: SearchRequest) -> (Vec<SearchReply>, SearchReply) {
    let mut toolbox = Toolbox::default();
    toolbox.receive(ToolsCommand::Ask { id: 1, request: ToolsRequest::Search(request) });
    let mut before = Vec::new();
    while let Some(ToolsMessage::Answer { id: 1, reply }) = toolbox.step() {
        match reply {
            ToolsReply::Searching(reply) => before.push(reply),
            ToolsReply::Search(Ok(last)) => return (before, last),
            other => panic!("{other:?}"),
        }
    }
    panic!("a search ends")
}

fn moves(script: &str, subject: SearchSubject) -> ToolsReply {
    answer(ToolsRequest::Moves { script: script.to_owned(), subject, durations: Vec::new() })
}

fn counts(script: &str) -> Vec<(String, u64)> {
    match moves(script, SearchSubject::NoSplitBrain) {
        ToolsReply::Moves(counts) => counts.expect("it can be read"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_answer_is_a_script_that_shows_what_it_says() {
    let text = start().text().to_owned();
    let (before, last) = replies(request(&text, &[MoveKind::Cut, MoveKind::Lose], 1));
    let answers = last.answers.expect("the end has all answers");
    let first = answers.first().expect("one cut makes two leaders");
    assert_eq!(first.moves.len(), 1);
    assert!(first.moves[0].words.contains("is cut for"), "{first:?}");
    let danger = first.moves[0].danger.as_ref().expect("a cut has a duration");
    assert!(danger.words.contains("not with shorter cuts"), "{danger:?}");
    assert!(first.violation.contains("lead"), "{first:?}");
    assert!(!first.explanation.is_empty() && first.explanation.is_sorted_by_key(|line| line.0));
    // The author's comments stay, and the run of the script violates what is claimed, then.
    assert!(first.script.contains("# Try it: crash 6"), "{}", first.script);
    let shown = script::parse(&first.script).expect("a script");
    let run = Run::of(shown);
    let violated = Report::first_violated(run.tally(), run.scenario(), run.end());
    assert_eq!(violated, Some((0, first.at)));
    // It was told as it was found.
    assert!(before.iter().any(|reply| reply.answers.as_ref().is_some_and(|it| !it.is_empty())));
    let mut scripts: Vec<&str> = answers.iter().map(|answer| &*answer.script).collect();
    let all = scripts.len();
    scripts.sort_unstable();
    scripts.dedup();
    assert_eq!(scripts.len(), all, "no answer comes twice");
}

#[test]
fn the_counted_moves_are_those_that_a_search_begins_with() {
    let text = "processes 4\nlatency 5..9ms\ndetector heartbeat every 40ms timeout 90ms\n\
        until 300ms\nquorum majority\nexpect no split brain\nexpect agreement by 0ms";
    let counted = counts(text);
    let ToolsReply::Moves(Ok(with_instants)) = moves(text, SearchSubject::All) else { panic!() };
    // Where it matters when a fault begins between two events, there are more.
    assert!(with_instants.iter().zip(&counted).any(|(more, fewer)| more.1 > fewer.1));
    for kinds in [&[MoveKind::Crash, MoveKind::Cut][..], &[MoveKind::Lose], MoveKind::ALL] {
        let mut parts = script::parse(text).expect("a script").into_parts();
        parts.expectations.truncate(1);
        let mut question = SearchQuestion::of(Scenario::new(parts).expect("a scenario"));
        question.rules.kinds = kinds.iter().copied().collect();
        question.most = 1;
        let mut search = Search::new(question);
        while !search.step(1_000_000) {}
        let is_asked = |name: &str| kinds.iter().any(|kind| kind.name() == name);
        let sum: u64 = counted.iter().filter(|it| is_asked(&it.0)).map(|it| it.1).sum();
        assert_eq!(search.progress().first_moves, Some(sum), "{kinds:?}");
    }
    assert!(matches!(
        moves("proceses 3", SearchSubject::All),
        ToolsReply::Moves(Err(words)) if words.contains("processes")
    ));
}

#[test]
fn a_search_that_finds_nothing_says_what_it_tried() {
    let text = "processes 3\nlatency 10ms\nquorum majority\nseed 7\n\
        detector heartbeat every 100ms timeout 350ms\nuntil 1s";
    let (before, last) = replies(request(text, &[MoveKind::Crash], 2));
    assert_eq!((last.answers.as_deref(), last.finished), (Some(&[][..]), 2));
    assert!(last.progress.is_done && last.progress.level == 2);
    let promise = "No set of at most 2 faults violates it within 1 s with seed 7. Tried: crash;";
    assert!(last.promise.starts_with(promise), "{}", last.promise);
    assert!(before.iter().all(|reply| reply.progress.tried <= last.progress.runs));
}

#[test]
fn a_search_that_is_cancelled_ends_and_another_question_is_answered() {
    let text = start().text().to_owned();
    let mut toolbox = Toolbox::default();
    let long = ToolsRequest::Search(request(&text, MoveKind::ALL, 3));
    toolbox.receive(ToolsCommand::Ask { id: 1, request: long });
    assert!(matches!(
        toolbox.step(),
        Some(ToolsMessage::Answer { id: 1, reply: ToolsReply::Searching(_) })
    ));
    toolbox.receive(ToolsCommand::Cancel { id: 1 });
    let moves =
        ToolsRequest::Moves { script: text, subject: SearchSubject::All, durations: Vec::new() };
    toolbox.receive(ToolsCommand::Ask { id: 2, request: moves });
    while let Some(ToolsMessage::Answer { id, .. }) = toolbox.step() {
        assert_eq!(id, 2);
    }
    assert!(!toolbox.is_busy());
}

#[test]
fn what_cannot_be_searched_is_said_in_a_sentence() {
    let refused = answer(ToolsRequest::Search(request("proceses 3", &[MoveKind::Cut], 1)));
    let ToolsReply::Search(Err(words)) = refused else { panic!("{refused:?}") };
    assert!(words.ends_with("did you mean `processes`?"), "{words}");
}

#[test]
fn the_panel_lists_the_questions_of_a_scenario() {
    let document = start();
    let scenario = document.scenario();
    let all = subjects(scenario);
    let words: Vec<String> = all.iter().map(|subject| question(scenario, *subject)).collect();
    assert_eq!(
        words,
        [
            "Can two processes lead at once?",
            "Can any expectation be violated?",
            "Can “leader 6 by 0 ms” be violated?",
            "Can “no elections started” be violated?",
            "Can “agreement by 0 ms” be violated?",
        ]
    );
    let line = 1 + document.text().lines().position(|it| it == "expect no split brain").unwrap();
    assert_eq!(
        subject_hint(&document, SearchSubject::NoSplitBrain),
        format!("Looks for runs that violate “expect no split brain”, line {line}.")
    );
    // Where the scenario expects nothing of it, there is no line; an expectation that is gone is not asked about.
    let bare = Document::read("processes 3").expect("a script");
    assert_eq!(
        subject_hint(&bare, SearchSubject::NoSplitBrain),
        "Looks for runs that violate “expect no split brain”."
    );
    let panel = SearchPanel::default().apply(SearchAction::Subject(SearchSubject::One(3)));
    assert_eq!(panel.subject(scenario), SearchSubject::One(3));
    assert_eq!(panel.subject(bare.scenario()), SearchSubject::NoSplitBrain);
}

/// A panel that hears these replies.
fn heard(
    panel: &SearchPanel,
    text: &str,
    replies: &[SearchReply],
    last: SearchReply,
) -> SearchPanel {
    let begin = SearchAction::Begin { text: text.to_owned(), now: 0.0 };
    let hears = replies.iter().map(|reply| SearchAction::Hear {
        reply: reply.clone(),
        is_last: false,
        now: 1_000.0,
    });
    let end = SearchAction::Hear { reply: last, is_last: true, now: 2_000.0 };
    [begin].into_iter().chain(hears).chain([end]).fold(panel.clone(), |panel, it| panel.apply(it))
}

#[test]
fn the_panel_says_what_is_tried_and_what_is_found() {
    let document = start();
    let text = document.text();
    let mut panel = SearchPanel::default().apply(SearchAction::Counted(counts(text)));
    let on: u64 = panel.rows().filter(|row| row.is_on).filter_map(|row| row.count).sum();
    assert_eq!(panel.sum_words().replace(',', ""), format!("{on} faults on"));
    for kind in [MoveKind::Crash, MoveKind::Pause, MoveKind::Lose] {
        panel = panel.apply(SearchAction::Toggle(kind));
    }
    let ToolsRequest::Search(asked) = panel.request(&document) else { panic!("a search") };
    assert_eq!((asked.kinds, asked.most), (vec!["cut".to_owned()], 2));
    let (before, last) = replies(request(text, &[MoveKind::Cut], 2));
    let running = before.iter().fold(
        panel.apply(SearchAction::Begin { text: text.to_owned(), now: 0.0 }),
        |panel, it| {
            panel.apply(SearchAction::Hear { reply: it.clone(), is_last: false, now: 1_000.0 })
        },
    );
    assert!(running.is_running());
    let search = running.search.as_ref().expect("it runs");
    assert!(search.heading().contains(" so far"), "{}", search.heading());
    assert!(search.effort().ends_with(" events a second"), "{}", search.effort());
    assert_eq!(search.status(), "An answer is found.");
    let stopped = running.apply(SearchAction::Stop);
    let search = stopped.search.as_ref().expect("it was asked");
    assert_eq!(search.phase, QuestionPhase::Stopped);
    assert!(search.words().starts_with("Stopped. ") && !search.answers.is_empty());
    let done = heard(&panel, text, &before, last);
    let search = done.search.as_ref().expect("it was asked");
    assert_eq!(search.phase, QuestionPhase::Done);
    assert!(search.words().contains("single faults tried."), "{}", search.words());
    assert!(search.status().contains(" answer"), "{}", search.status());
    // What was changed since is another scenario, an answer that is opened is not.
    assert!(search.is_about(&document));
    let opened = Document::read(&search.answers[0].script).expect("a script");
    assert!(search.is_about(&opened));
    assert!(!search.is_about(&Document::read("processes 3").expect("a script")));
    let explained = done.apply(SearchAction::Explain(search.answers[0].script.clone()));
    assert!(explained.is_explained(&search.answers[0]) && !done.is_explained(&search.answers[0]));
    // Without any kind there is nothing to try.
    let none = panel.apply(SearchAction::Toggle(MoveKind::Cut)).problem();
    assert_eq!(none.as_deref(), Some("Choose a kind of fault first."));
}

#[test]
fn the_panel_says_what_a_search_without_answer_has_finished() {
    let text = "processes 3\nlatency 10ms\nquorum majority\nuntil 1s\n\
        detector heartbeat every 100ms timeout 350ms";
    let mut panel = SearchPanel::default().apply(SearchAction::Counted(counts(text)));
    for kind in [MoveKind::Pause, MoveKind::Cut, MoveKind::Lose] {
        panel = panel.apply(SearchAction::Toggle(kind));
    }
    let (before, last) = replies(request(text, &[MoveKind::Crash], 2));
    let done = heard(&panel, text, &before, last);
    let search = done.search.as_ref().expect("it was asked");
    assert!(
        search.words().starts_with("All ") && search.words().ends_with(" and all pairs tried.")
    );
    assert_eq!(search.pieces(), [100, 100]);
    assert_eq!(search.status(), "The search has ended and found nothing.");
    let (promise, open) = search.promise().expect("two levels are finished");
    assert!(promise.starts_with("No set of at most 2 faults violates it"), "{promise}");
    assert_eq!(open, None);
}

#[test]
fn the_track_of_an_interval_is_open_where_no_longer_fault_heals() {
    let danger = |span: u64, from: u64, to: Option<u64>| SearchDanger {
        span: Some(Duration::ms(span)),
        from: Duration::ms(from),
        to: to.map(Duration::ms),
        is_again_beyond: false,
        words: String::new(),
    };
    let half = DangerTrack::WIDTH / 2.0;
    let open = DangerTrack::new(&danger(600, 300, None));
    assert_eq!((open.from, open.to, open.is_open), (half / 2.0, half * 2.0, true));
    assert_eq!(open.own, Some(half));
    let closed = DangerTrack::new(&danger(600, 300, Some(900)));
    assert_eq!((closed.to, closed.is_open), (half * 1.5, false));
    // A short one stands on a track of a second.
    assert_eq!(DangerTrack::new(&danger(100, 50, None)).own, Some(half / 5.0));
}

/// What a command does on the stage.
pub(crate) fn done(state: &State, asked: Command) -> State {
    let document = state.document();
    let run_view = RunView::new(Run::of(document.scenario().clone()), document);
    let context = CommandContext {
        state,
        run_view: &run_view,
        cursor: Time::ZERO,
        now: 0.0,
        reduced_motion: false,
        comparison: None,
    };
    execute(asked, context).into_iter().fold(state.clone(), |state, action| state.apply(action))
}

#[test]
fn the_key_opens_and_closes_the_panel_and_an_answer_is_one_step_of_the_history() {
    let state = State::new(start());
    let panel = done(&state, Command::Search);
    assert_eq!((panel.panel, done(&panel, Command::Search).panel), (Some(Panel::Search), None));
    assert_eq!(done(&panel, Command::Close).panel, None);
    let gallery = state.apply(Action::Show(Screen::Gallery));
    assert_eq!(done(&gallery, Command::Search).screen, Screen::Stage);
    let (_, last) = replies(request(state.document().text(), &[MoveKind::Cut], 1));
    let answer = last.answers.and_then(|answers| answers.into_iter().next()).expect("an answer");
    let opened = open(&answer).into_iter().fold(panel, |state, action| state.apply(action));
    assert_eq!(opened.document().text(), answer.script);
    let pace = PlaybackPace { end: Time::NEVER, ..PlaybackPace::default() };
    assert_eq!(opened.playback.cursor(0.0, &pace), answer.at);
    assert_eq!(opened.history.undoes(), Some("opening the answer"));
    assert_eq!(opened.panel, Some(Panel::Search));
    assert_eq!(opened.apply(Action::Undo).document(), state.document());
}

#[test]
fn the_durations_are_the_scenario_s_own_until_others_are_typed() {
    let scenario = start();
    let panel = SearchPanel::default();
    assert_eq!(panel.durations(), Ok(Vec::new()));
    assert_eq!(panel.durations_text(scenario.scenario()), "175ms, 525ms, 1.75s");
    let other = panel.apply(SearchAction::Durations("2s, 100ms".to_owned()));
    assert_eq!(other.durations_text(scenario.scenario()), "2s, 100ms");
    let ToolsRequest::Search(asked) = other.request(&scenario) else { panic!("a search") };
    assert_eq!(asked.durations, [Duration::secs(2), Duration::ms(100)]);
    // Equal ones are tried once; a pause of 100 ms is too short to be noticed.
    let (_, last) = replies(SearchRequest {
        durations: vec![Duration::ms(100), Duration::ms(100)],
        ..request(scenario.text(), &[MoveKind::Pause], 1)
    });
    assert!(last.promise.contains("with durations of 100 ms"), "{}", last.promise);
    assert_eq!(last.answers, Some(Vec::new()));
    let wrong = panel.apply(SearchAction::Durations("1s, soon".to_owned()));
    let problem = wrong.problem().expect("it is no duration");
    assert!(problem.contains("soon"), "{problem}");
    assert_eq!(panel.apply(SearchAction::Durations(" ".to_owned())).durations(), Ok(Vec::new()));
}

#[test]
fn an_answer_is_shown_without_a_change_and_opened_or_left_again() {
    let state = done(&State::new(start()), Command::Search);
    let state = state.apply(Action::Pause { at: Time::ms(40) });
    let (_, last) = replies(request(state.document().text(), &[MoveKind::Cut], 1));
    let answer = last.answers.and_then(|answers| answers.into_iter().next()).expect("an answer");
    let shown = state.apply(Action::Preview(Some((0, Box::new(answer.clone())))));
    let preview = shown.preview.as_ref().expect("it is shown");
    assert_eq!(preview.name, "Answer 1");
    assert_eq!(preview.words(), "with one fault added.");
    assert_eq!(shown.shown_document().text(), answer.script);
    // Half a usual latency later, the first messages of the second leader are on their way.
    assert_eq!(shown.playback.anchor(), answer.at + Duration::us(7_500));
    // What is the reader's own stays, in the address too.
    assert_eq!((shown.document(), shown.history.undoes()), (state.document(), None));
    let address = |state: &State| Address::followed(state, None).to_string();
    assert_eq!(address(&shown), address(&state));

    let crash = Action::Change(Change::AddFault {
        at: Time::ms(50),
        fault: Fault::Crash(vec![state.document().scenario().ranks[0]]),
    });
    let typed = Action::Type("processes 3".to_owned());
    for change in [crash, typed, Action::Undo, Action::Redo, Action::Reset] {
        let same = shown.apply(change.clone());
        assert_eq!(same.document(), state.document(), "{change:?}");
        assert!(same.notice.is_some_and(|notice| notice.contains("Open it")), "{change:?}");
    }

    let back = done(&shown, Command::Close);
    assert_eq!((back.preview.is_none(), back.panel), (true, Some(Panel::Search)));
    assert_eq!(back.playback, state.playback);
    for leaves in [Action::Panel(None), Action::Show(Screen::Gallery), Action::Present(true)] {
        let left = shown.apply(leaves);
        assert!(left.preview.is_none() && left.playback == state.playback);
    }
    for elsewhere in ["#lesson/find-the-failure-yourself", "#preset/two-leaders"] {
        let opens = import::read(elsewhere, &|_| Err(ImportError::Empty)).expect("an address");
        let opened = shown.apply(opens);
        assert!(opened.preview.is_none(), "{elsewhere}");
        assert_ne!(opened.shown_document(), shown.shown_document(), "{elsewhere}");
    }
    let opened = open(&answer).into_iter().fold(shown, |state, action| state.apply(action));
    assert!(opened.preview.is_none());
    assert_eq!(opened.document().text(), answer.script);
    assert_eq!(opened.apply(Action::Undo).document(), state.document());
}

#[test]
fn the_time_that_is_left_is_said_of_the_largest_sets() {
    let progress = |level, tried, now| SearchAction::Hear {
        reply: SearchReply {
            progress: SearchProgress {
                level,
                tried,
                first_moves: (level > 1).then_some(100),
                runs: 1_234,
                events: 2_200_000,
                is_done: false,
            },
            finished: level as u8 - 1,
            promise: String::new(),
            answers: None,
        },
        is_last: false,
        now,
    };
    let begin = SearchAction::Begin { text: String::new(), now: 0.0 };
    let effort = |steps: &[SearchAction]| {
        let panel = SearchPanel::default().apply(begin.clone());
        let panel = steps.iter().cloned().fold(panel, |panel, it| panel.apply(it));
        panel.search.expect("it runs").effort()
    };
    let first = progress(1, 99, 500.0);
    let plain = "1,234 runs; 4.4 M events a second";
    assert_eq!(effort(std::slice::from_ref(&first)), plain);
    let steps = [first, progress(2, 0, 1_000.0), progress(2, 25, 11_000.0)];
    assert_eq!(effort(&steps), "1,234 runs; 200,000 events a second; about 30 s left");
    let steps = [progress(2, 0, 0.0), progress(2, 5, 11_000.0)];
    assert_eq!(effort(&steps), "1,234 runs; 200,000 events a second; about 4 min left");
}

/// What the line below the verdict says of a script in the end.
fn quiet(script: &str) -> Option<(String, &'static str)> {
    let document = Document::read(script).expect("a script");
    let ToolsRequest::Search(request) = quiet_search::request(&document) else { panic!() };
    let mut toolbox = Toolbox::default();
    toolbox.receive(ToolsCommand::Ask { id: 1, request: ToolsRequest::Search(request) });
    // As the page does, which drops the question once the line is decided.
    loop {
        let result = match toolbox.step() {
            Some(ToolsMessage::Answer { reply: ToolsReply::Searching(reply), .. }) => {
                QuietResult::of(&reply, false)
            }
            Some(ToolsMessage::Answer { reply: ToolsReply::Search(Ok(reply)), .. }) => {
                QuietResult::of(&reply, true)
            }
            other => panic!("{other:?}"),
        };
        if let Some(result) = result {
            return result.words();
        }
    }
}

#[test]
fn the_line_below_the_verdict_says_whether_one_fault_makes_two_leaders() {
    let said = |words: &str, label| Some((words.to_owned(), label));
    let detector = "latency 10ms\ndetector heartbeat every 100ms timeout 350ms\nuntil 1s\n";
    let script = format!("processes 3\n{detector}");
    assert_eq!(quiet(&script), said("One pause at the right instant makes two leaders.", "Show"));
    let safe = quiet(&format!("{script}quorum majority\n")).expect("it says so");
    assert!(safe.0.starts_with("None of ") && safe.0.ends_with(" faults makes two leaders."));
    assert_eq!(safe.1, "Search pairs");
    let large =
        "processes 24\nquorum majority\ndetector heartbeat every 20ms timeout 90ms\nuntil 20s";
    assert_eq!(quiet(large), said("Too large to search while you edit.", "Search"));
    // Two lead without an added fault, which the verdict says already.
    assert_eq!(quiet(&format!("{script}at 300ms cut 3->2\n")), None);
}

#[test]
fn a_search_follows_edits_and_not_what_is_only_read() {
    let opened = |script: &str| State::new(Document::read(script).expect("a script"));
    let state = opened("processes 3");
    assert!(!quiet_search::is_on(&state));
    let write = Action::Write { text: "processes 4".to_owned(), name: "typing".to_owned() };
    let edited = state.apply(write.clone());
    assert!(quiet_search::is_on(&edited));
    assert!(!quiet_search::is_on(&edited.apply(Action::Undo)));
    // The first edit of the start has next steps of its own.
    assert!(!quiet_search::is_on(&opened(start().text()).apply(write)));
}
