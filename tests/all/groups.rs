//! A scenario with groups: one alone or all together, a strip a group, a verdict a group.

use hustings::report::Destination;
use hustings::run::Run;
use hustings::scenario::Colours;
use hustings::session::inspect::{InspectionContext, inspect};
use hustings::session::{
    Action, Command, CommandContext, Document, Requests, RunView, State, execute_on,
};
use hustings::time::Time;
use hustings::types::{GroupId, Rank};
use hustings::view::accessibility;
use hustings::view::geometry::Size;
use hustings::view::model::Belief;
use hustings::view::spacetime::Rows;
use hustings::view::spacetime::model::{DiagramLane, DiagramModel};
use hustings::view::text::EvenWidth;
use hustings::view::{ShapeForm, Target, stage};

const TEXT: &str = "
    detector heartbeat every 100ms timeout 350ms
    group orders on 1 2 3
    group users on 2 3 4
    group stock on 4 5 6
    at 500ms crash 3
    until 2s
";

fn document() -> Document {
    Document::read(TEXT).expect("it can be read")
}

fn run_view() -> RunView {
    let document = document();
    RunView::new(Run::of(document.scenario().clone()), &document)
}

fn rank(n: u16) -> Rank {
    Rank::new(n).expect("a rank")
}

const ORDERS: GroupId = GroupId(0);
const USERS: GroupId = GroupId(1);
const STOCK: GroupId = GroupId(2);

fn look(run_view: &RunView, ms: u64) -> hustings::view::model::StageModel {
    run_view.picture(&run_view.run.snapshot(None, Time::ms(ms), Default::default()))
}

#[test]
fn one_group_is_shown_alone_and_who_is_no_member_is_faint() {
    let users = run_view().showing(USERS, false);
    let picture = look(&users, 400);
    let faint: Vec<u16> =
        picture.processes.iter().filter(|p| p.faint).map(|p| p.rank.get()).collect();
    assert_eq!(faint, [1, 5, 6]);
    assert_eq!(users.group_name().as_deref(), Some("users"));
    let snapshot = users.run.snapshot(None, Time::ms(400), Default::default());
    assert_eq!(users.verdict(&snapshot).title, "4 leads");
    assert_eq!(run_view().showing(STOCK, false).verdict(&snapshot).title, "6 leads");
}

#[test]
fn all_groups_show_what_each_process_believes_in_each() {
    let all = run_view().showing(ORDERS, true);
    let picture = look(&all, 400);
    let of = |n| picture.process(rank(n)).expect("it is there").groups.clone();
    assert_eq!(of(2), [Belief::Leader(rank(3)), Belief::Leader(rank(4)), Belief::NoMember]);
    assert_eq!(of(4), [Belief::NoMember, Belief::Leader(rank(4)), Belief::Leader(rank(6))]);
    assert!(picture.processes.iter().all(|process| !process.faint));
    // Down, it believes nothing; the others have not noticed.
    let later = look(&all, 510);
    let three = &later.process(rank(3)).expect("it is there").groups;
    assert_eq!(three[..2], [Belief::Nobody, Belief::Nobody]);
    let sent =
        |group| all.run.at(Time::ms(400)).sent(group, hustings::types::MessageKind::Heartbeat);
    let heartbeats = picture.count(hustings::types::MessageKind::Heartbeat);
    assert_eq!(heartbeats, sent(ORDERS) + sent(USERS) + sent(STOCK));
}

#[test]
fn all_groups_have_a_verdict_each_and_none_where_one_is_shown() {
    let all = run_view().showing(ORDERS, true);
    let snapshot = all.run.snapshot(None, Time::ms(600), Default::default());
    let words: Vec<(String, String)> = all
        .verdicts(&snapshot, false)
        .into_iter()
        .map(|(_, name, verdict)| (name, verdict.title))
        .collect();
    let pair = |name: &str, title: &str| (name.to_owned(), title.to_owned());
    assert_eq!(
        words,
        [
            pair("orders", "No leader for 100 ms"),
            pair("users", "4 leads"),
            pair("stock", "6 leads")
        ]
    );
    assert!(run_view().showing(USERS, false).verdicts(&snapshot, false).is_empty());
}

#[test]
fn the_inspector_shows_the_role_of_a_process_in_each_group() {
    let run_view = run_view().showing(USERS, false);
    let document = document();
    let picture = look(&run_view, 400);
    let look = InspectionContext {
        run_view: &run_view,
        document: &document,
        picture: &picture,
        cursor: Time::ms(400),
    };
    let found = inspect(Target::Process(rank(4)), look);
    let groups = found.facts.iter().find(|fact| fact.label == "In groups").expect("it says so");
    assert_eq!(groups.value, "not in orders; users: leads; stock: follows 6");
}

#[test]
fn a_suspicion_by_hand_is_about_the_group_that_is_shown_or_about_all() {
    let state = State::new(document());
    let line = |run_view: &RunView, of: u16| {
        let scene = CommandContext {
            state: &state,
            run_view,
            comparison: None,
            cursor: Time::ms(400),
            now: 0.0,
            reduced_motion: false,
        };
        let actions = execute_on(Some(Target::Process(rank(of))), Command::Suspect, scene);
        let next = actions.into_iter().fold(state.clone(), |state, action| state.apply(action));
        let lines = next.document().text().lines().map(str::trim);
        let line = lines.filter(|line| line.contains("suspect")).collect::<Vec<_>>().join("; ");
        (line, next.notice)
    };
    let users = run_view().showing(USERS, false);
    assert_eq!(line(&users, 2).0, "at 401ms suspect 2 in users");
    assert_eq!(line(&users, 4).1.as_deref(), Some("4 leads, so it has no leader to suspect."));
    let all = run_view().showing(USERS, true);
    assert_eq!(line(&all, 2).0, "at 401ms suspect 2");
    assert_eq!(line(&all, 4).1, None, "in stock it follows 6");
}

#[test]
fn the_switch_is_remembered_until_its_group_is_gone() {
    let state = State::new(document());
    assert!(state.all_groups);
    let stock = state.apply(Action::Group(Some(STOCK)));
    assert_eq!((stock.group, stock.all_groups), (STOCK, false));
    let all = stock.apply(Action::Group(None));
    assert_eq!((all.group, all.all_groups), (STOCK, true), "its lanes stay");
    let fewer = stock.apply(Action::Type(TEXT.replace("group stock on 4 5 6", "")));
    assert_eq!(fewer.group, ORDERS);
    let alone = Document::read("processes 3\nuntil 1s\n").expect("it can be read");
    let run_view = RunView::new(Run::of(alone.scenario().clone()), &alone);
    assert!(!run_view.has_groups() && !run_view.showing(ORDERS, true).all);
}

#[test]
fn each_group_has_a_strip_and_strips_leave_room_for_lanes() {
    let size = Size { width: 1064.0, height: 350.0 };
    for strips in [1, 2, 3, 8, 16] {
        let rows = Rows::new(size, 6, strips, true);
        let all: Vec<(f64, f64)> = (0..strips).map(|place| rows.strip_row(place)).collect();
        assert!(all.windows(2).all(|pair| pair[0].1 < pair[1].0), "{strips}: {all:?}");
        assert!(all.iter().all(|(top, foot)| foot - top >= 5.0));
        assert!((all[strips - 1].1 - rows.strip).abs() < 0.01, "{strips}");
        assert!(rows.top - rows.axis < 140.0, "{strips}");
    }
}

#[test]
fn a_process_of_several_groups_says_so_in_words() {
    let picture = look(&run_view().showing(ORDERS, true), 400);
    let texts = |n| accessibility::words(&picture, Target::Process(rank(n)));
    assert_eq!(texts(1), "Process 1: member of one group");
    assert_eq!(texts(4), "Process 4: leads one of its two groups");
    assert_eq!(texts(6), "Process 6: leads one group");
}

fn story(run_view: &RunView) -> Vec<String> {
    let entry = run_view.story(Time::ms(2_000), 1_000, 0).entries;
    entry.into_iter().map(|entry| entry.line.text).collect()
}

#[test]
fn the_story_of_one_group_has_only_its_events_and_does_not_name_it() {
    let text = "
        group orders on 1 2 3
        group stock on 4 5 6
        at 100ms crash 3
        at 200ms suspect 1 2 4 5
        at 400ms cut 4--5
        at 450ms cut 1--4
        at 500ms partition 1 2 3 | 4 5 6
        at 600ms heal
        until 1s
    ";
    let document = Document::read(text).expect("it can be read");
    let run_view = RunView::new(Run::of(document.scenario().clone()), &document);
    let [orders, stock] = [ORDERS, USERS].map(|group| story(&run_view.showing(group, false)));
    let all = story(&run_view.showing(ORDERS, true));
    let has = |story: &[String], part: &str| story.iter().any(|line| line.starts_with(part));
    assert!(has(&orders, "3, the leader, crashes.") && !has(&stock, "3, the leader, crashes."));
    assert!(has(&orders, "1 suspects that 3") && has(&stock, "4 suspects that 6"));
    assert!(has(&stock, "The link between 4 and 5 is cut."));
    assert!(!has(&orders, "The link between") && has(&orders, "The network heals."));
    // A cut between the groups concerns neither.
    assert!(!has(&stock, "The link between 1 and 4") && has(&all, "The link between 1 and 4"));
    assert!(!has(&stock, "The network splits") && !has(&orders, "The network splits"));
    assert!(has(&all, "In orders: 1 suspects that 3") && has(&all, "In stock: 4 suspects that 6"));
    assert!(!has(&all, "1 suspects") && !has(&orders, "In "));
}

#[test]
fn what_is_copied_is_the_story_that_is_shown() {
    let all = run_view().showing(ORDERS, true);
    let stock = run_view().showing(STOCK, false);
    let text = stock.copied(Time::ZERO).text;
    assert!(text.contains("group stock, processes 4, 5 and 6"), "{text}");
    assert!(text.ends_with("The end. 6 leads.\n"), "{text}");
    assert!(!text.contains("3, the leader"), "{text}");
    let text = all.copied(Time::ZERO).text;
    assert!(text.contains("3, the leader, crashes.") && text.contains("In orders: "), "{text}");
}

#[test]
fn the_sentence_of_the_moment_is_of_the_group_that_is_shown() {
    let orders = run_view().showing(ORDERS, false);
    let stock = run_view().showing(STOCK, false);
    let at = Time::ms(1_000);
    assert!(orders.sentence(at).is_some_and(|line| line.text.contains("2")));
    assert_eq!(stock.sentence(at), None, "nothing has happened in it");
}

#[test]
fn a_split_that_was_not_expected_ends_where_that_of_its_own_group_ends() {
    let text = "
        group orders on 1 2 3
        group stock on 4 5 6
        at 100ms cut 4--6
        at 100ms cut 5--6
        at 150ms cut 3 -> 1 2
        at 150ms cut 1 2 -> 3
        at 200ms suspect 5 2
        at 700ms crash 5
        at 1500ms crash 2
        expect no split brain in stock
        expect no split brain in orders
        until 2s
    ";
    let document = Document::read(text).expect("it can be read");
    let run_view = RunView::new(Run::of(document.scenario().clone()), &document);
    for shown in [ORDERS, USERS] {
        let expected = run_view.showing(shown, false).expected();
        let ends: Vec<Option<Destination>> = expected
            .iter()
            .map(|expected| expected.reason.iter().filter_map(|piece| piece.to).next_back())
            .collect();
        let instants = [Time::ms(700), Time::ms(1_500)];
        assert_eq!(ends, instants.map(|at| Some(Destination::Instant(at))));
    }
}

const LOADED: &str = "
    group orders on 2 4 6
    group users on 3 5 6
    load orders 200/s
    load users 100/s
    capacity 240/s
    at 1s crash 6
    at 1200ms suspect 4
    until 3s
";

fn loaded() -> (Document, RunView) {
    let document = Document::read(LOADED).expect("it can be read");
    let run_view = RunView::new(Run::of(document.scenario().clone()), &document);
    (document, run_view)
}

#[test]
fn the_stage_says_what_comes_to_a_leader_and_what_waits_without_one() {
    let (_, run_view) = loaded();
    let words = |run_view: &RunView, ms: u64| -> Vec<String> {
        let frame = stage::StageFrame::new(Size { width: 720.0, height: 412.0 });
        let scene = stage::scene(&look(run_view, ms), &frame, &EvenWidth);
        let texts = scene.shapes.into_iter().filter_map(|shape| match shape.form {
            ShapeForm::Text(text) => Some(text.words.into_owned()),
            _ => None,
        });
        texts.collect()
    };
    let has =
        |run_view: &RunView, ms, part: &str| words(run_view, ms).iter().any(|texts| texts == part);
    let all = run_view.showing(ORDERS, true);
    assert!(has(&all, 500, "300/s, queue 30"), "{:?}", words(&all, 500));
    assert!(has(&all, 1_100, "orders: 20 requests wait"), "{:?}", words(&all, 1_100));
    assert!(has(&all, 1_100, "users: 10 requests wait"));
    let users = run_view.showing(USERS, false);
    assert!(has(&users, 500, "100/s, queue 10"), "{:?}", words(&users, 500));
    assert!(has(&users, 1_100, "10 requests wait"));
    assert!(has(&users, 500, "leads"), "its caption stays");
    // On a small stage too.
    let frame = stage::StageFrame::new(Size { width: 360.0, height: 316.0 });
    let scene = stage::scene(&look(&users, 500), &frame, &EvenWidth);
    let drawn = crate::scenes::words::words(&scene, hustings::view::palette::ColourTheme::Light);
    assert!(drawn.contains("100/s, queue 10"), "{drawn}");
}

#[test]
fn a_file_of_the_stage_shows_what_the_page_shows() {
    let (_, run_view) = loaded();
    let drawn = |run_view: &RunView| run_view.subject().stage(Time::ms(500), Colours::Light);
    assert!(drawn(&run_view.showing(ORDERS, true)).contains("300/s, queue 30"));
    assert!(drawn(&run_view.showing(USERS, false)).contains("100/s, queue 10"));
    let plain = self::run_view();
    assert!(!drawn(&plain.showing(ORDERS, true)).contains("/s<"), "no load, no sign");
    let window = (Time::ZERO, Time::ms(2_000));
    let diagram = run_view.showing(USERS, true).subject().spacetime(window, None, Colours::Light);
    assert!(diagram.contains(">orders<") && diagram.contains(">users<"));
}

#[test]
fn requests_are_described_per_process_and_per_group() {
    let (document, run_view) = loaded();
    let all = run_view.showing(ORDERS, true);
    let picture = look(&all, 500);
    let entry = accessibility::words(&picture, Target::Process(rank(6)));
    assert_eq!(entry, "Process 6: leads two groups, gets 300 requests a second, 30 queued");
    let quiet = accessibility::words(&picture, Target::Process(rank(4)));
    assert_eq!(quiet, "Process 4: member of one group");

    let look = InspectionContext {
        run_view: &all,
        document: &document,
        picture: &picture,
        cursor: Time::ms(500),
    };
    let found = inspect(Target::Process(rank(6)), look);
    let requests = found.facts.iter().find(|fact| fact.label == "Requests").expect("it says so");
    let wanted = "orders: serves 160/s of 200/s, queue 20; users: serves 80/s of 100/s, queue 10";
    assert_eq!(requests.value, wanted);
    assert!(inspect(Target::Process(rank(4)), look).facts.iter().all(|f| f.label != "Requests"));

    let users = run_view.showing(USERS, false);
    let snapshot = users.run.snapshot(None, Time::ms(1_100), Default::default());
    let wanted = Requests { served: 80, dropped: 20, queued: 0, waiting: 10 };
    assert_eq!(users.verdict(&snapshot).requests, Some(wanted));
    let plain = self::run_view();
    let snapshot = plain.run.snapshot(None, Time::ms(400), Default::default());
    assert_eq!(plain.verdict(&snapshot).requests, None);
}

#[test]
fn with_all_groups_each_lane_has_a_rail_for_each_group_of_its_process() {
    let run_view = run_view();
    let window = (Time::ZERO, Time::ms(2_000));
    let record = |run_view: &RunView| DiagramModel::of(&run_view.run, &run_view.shown(), window);
    let rails = |record: &DiagramModel| -> Vec<(u16, Vec<u8>)> {
        let groups = |lane: &DiagramLane| lane.rails.iter().map(|rail| rail.group.0).collect();
        record.lanes.iter().map(|lane| (lane.rank.get(), groups(lane))).collect()
    };
    let all = record(&run_view.showing(USERS, true));
    assert_eq!(
        rails(&all),
        [
            (6, vec![2]),
            (5, vec![2]),
            (4, vec![1, 2]),
            (3, vec![0, 1]),
            (2, vec![0, 1]),
            (1, vec![0])
        ]
    );
    assert_eq!(run_view.showing(USERS, true).lanes(), 6);
    for group in [ORDERS, USERS, STOCK] {
        let alone = record(&run_view.showing(group, false));
        for lane in &alone.lanes {
            let place = all.lane(lane.rank).expect("it has a lane");
            let same = all.lanes[place].rails.iter().find(|rail| rail.group == group);
            assert_eq!(same, lane.rails.first(), "{} in {}", lane.rank, group.0);
        }
    }
}

#[test]
fn all_groups_in_a_few_words_are_those_that_stand_badly() {
    let all = run_view().showing(ORDERS, true);
    let brief = |run_view: &RunView, ms| {
        run_view.brief(&run_view.run.snapshot(None, Time::ms(ms), Default::default())).0
    };
    assert_eq!(brief(&all, 400), "Each group has a leader");
    assert_eq!(brief(&all, 600), "1 of 3 leaderless");
    assert_eq!(brief(&run_view().showing(STOCK, false), 600), "6 leads");
}
