//! What is shown goes into an address and comes out again.

use super::{at, crash, document, opened, rank, run_view};
use crate::tools;
use hustings::election::Algorithm;
use hustings::run::Digest;
use hustings::scenario::{FigureView, Scenario, ScenarioParts, json, limits};
use hustings::session::ComparedWith;
use hustings::session::LessonAction;
use hustings::session::address::{self, Address};
use hustings::session::lesson::LessonMemory;
use hustings::session::share::{
    ExportFormat, ExportSource, ExportTask, fragment, fragment_without_comments,
};
use hustings::session::stored::Recents;
use hustings::session::{
    Action, CommandContext, Document, KeyPress, Screen, State, Tab, command, execute,
};
use hustings::time::Time;
use hustings::types::GroupId;
use hustings::view::Target;

/// What somebody else sees who opens it.
fn visited(fragment: &str) -> State {
    address::opened(fragment, 0.0, true)
}

fn followed(state: &State) -> String {
    Address::followed(state, None).to_string()
}

#[test]
fn an_edited_scenario_opens_elsewhere_as_it_is_looked_at_here() {
    let mut state = opened("bully-figure").apply(crash(7, 2));
    state.playback = at(268);
    state = state.apply(Action::Select(Some(Target::Process(rank(3)))));
    state = state.apply(Action::Window(Some((Time::ms(100), Time::ms(400)))));
    let run_view = run_view(state.document());
    let shared = fragment(&state, &run_view, Time::ms(268)).expect("short enough");
    assert!(shared.starts_with("1/"), "{shared}");

    let there = visited(&shared);
    assert_eq!(there.document().text(), state.document().text(), "comments included");
    assert_eq!(there.playback, state.playback);
    assert_eq!(there.selected, state.selected);
    assert_eq!(there.window, state.window);
    assert_eq!(there.screen, Screen::Stage);
    // The run is the same, so nothing is said of it.
    assert_eq!(there.apply(Action::Check(run_view.run.digest())).notice, None);
    // And what is shared from there is what was shared from here.
    assert_eq!(fragment(&there, &run_view, Time::ms(268)), Ok(shared));
}

#[test]
fn a_link_is_offered_without_comments_where_they_make_it_long() {
    let bare =
        |state: &State| fragment_without_comments(state, &run_view(state.document()), Time::ms(7));
    let state = opened("bully-figure");
    assert_eq!(bare(&state), None, "its name is shorter");
    let edited = state.apply(crash(7, 2));
    let full = fragment(&edited, &run_view(edited.document()), Time::ms(7)).expect("short enough");
    let short = bare(&edited).expect("the comments are long");
    assert!(short.len() + 100 < full.len() && short.contains("&t=7ms&d="), "{short}");
    let there = visited(&short);
    assert_eq!(there.document().scenario(), edited.document().scenario());
    assert!(!there.document().text().contains('#'), "{}", there.document().text());
    // Without a comment, or with a short one, there is nothing to choose.
    assert_eq!(bare(&there), None);
    let remark = Document::read("at 1s crash 6  # why not\n").expect("a script");
    assert_eq!(bare(&State::new(remark)), None);
    // Comments may be all that is too long.
    let random = |number: u64| format!("# {}\n", number * number * 7_919 % 3_000_017);
    let text: String = (0..6_000).map(random).chain(["at 1s crash 6\n".to_owned()]).collect();
    let state = State::new(Document::read(&text).expect("a script"));
    assert!(fragment(&state, &run_view(state.document()), Time::ms(7)).is_err());
    assert_eq!(visited(&bare(&state).expect("it fits")).document().text(), "at 1s crash 6\n");
}

#[test]
fn a_comparison_is_in_the_address_too() {
    for (with, name) in [
        (ComparedWith::Algorithm(Algorithm::BullyTextbook), "bully-textbook"),
        (ComparedWith::All, "all"),
    ] {
        let state = opened("bully-figure").apply(Action::Show(Screen::Compare(with)));
        assert_eq!(followed(&state), format!("preset/bully-figure&vs={name}"));
        assert_eq!(visited(&followed(&state)).screen, state.screen);
    }
}

#[test]
fn a_preset_goes_by_its_name_until_somebody_changes_it() {
    let state = opened("two-leaders");
    assert_eq!(followed(&state), "preset/two-leaders");
    let edited = state.apply(crash(1, 1));
    assert!(followed(&edited).starts_with("1/"), "{}", followed(&edited));
    assert_eq!(followed(&edited.apply(Action::Undo)), "preset/two-leaders&t=1ms");
}

#[test]
fn the_page_around_the_start_is_not_the_start() {
    let state = opened("start");
    let fragment = followed(&state);
    assert!(!address::is_start(&fragment), "{fragment}");
    assert_eq!(visited(&fragment).screen, Screen::Stage);
    assert_eq!(visited("").screen, Screen::Start);
}

#[test]
fn a_run_that_goes_otherwise_than_it_was_shared_says_so_once_and_plays_on() {
    let state = visited("preset/two-leaders&t=300ms&d=AAAAAAAAAAA");
    let checked = state.apply(Action::Check(Digest(1)));
    let notice = checked.notice.clone().unwrap_or_default();
    assert!(notice.contains("the run is different here"), "{notice}");
    assert_eq!((checked.document(), checked.playback), (state.document(), at(300)));
    let read = checked.apply(Action::Say(None));
    assert_eq!(read.apply(Action::Check(Digest(1))).notice, None);
}

#[test]
fn what_an_address_opens_can_be_undone_and_leaves_the_session_around_it() {
    let state = opened("two-leaders").apply(crash(1, 1));
    let address = Address::read("preset/bully-figure&t=268ms&sel=5").expect("an address");
    let document = address.document().expect("a preset");
    let there = state.apply(Action::OpenAddress { address, document });
    assert_eq!(there.playback, at(268));
    assert_eq!(there.selected, Some(Target::Process(rank(5))));
    assert_eq!(there.apply(Action::Undo).document(), state.document());
}

/// So many crashes are too many for a link, and not for a script.
const LONG: u64 = 2_900;

fn long(title: &str, crashes: u64) -> Document {
    let faults: String = (0..crashes)
        .map(|nth| {
            format!("at {}us crash {}\n", nth * 7_919 * 7_919 % 9_999_991, nth * 31 % 64 + 1)
        })
        .collect();
    let script = format!("title \"{title}\"\nprocesses 64\nuntil 10s\n{faults}");
    Document::read(&script).expect("a script")
}

fn kept(documents: &[&Document]) -> Recents {
    let noted = |recents: Recents, document: &&Document| {
        recents.noted(document, 0, None).expect("it is kept")
    };
    documents.iter().fold(Recents::default(), noted)
}

#[test]
fn a_scenario_that_is_too_long_for_a_link_says_what_to_do() {
    let state = State::new(long("Long", LONG));
    let text =
        fragment(&state, &run_view(state.document()), Time::ZERO).expect_err("it is too long");
    assert!(text.to_string().contains("save it as a file instead"), "{text}");
}

#[test]
fn what_is_too_long_for_a_link_is_opened_again_by_the_browser_that_keeps_it() {
    let (mine, other) = (long("Mine", LONG), long("Other", LONG));
    let mut state = State::new(mine.clone()).apply(Action::View(FigureView::Stage));
    state.playback = at(268);
    let address = followed(&state);
    assert!(address.starts_with("kept/") && address.ends_with("&t=268ms&view=stage"), "{address}");
    assert!(address.len() < 60, "{address}");
    let again = address::reopened(
        &address,
        None,
        &kept(&[&mine, &other]),
        LessonMemory::default(),
        0.0,
        true,
    );
    assert_eq!((again.document(), again.playback), (&mine, at(268)));
    assert_eq!((again.view, again.notice.as_deref()), (FigureView::Stage, None));
    assert_eq!(followed(&again), address);
    // It was changed since, and the address could not follow in time.
    let changed = address::reopened(
        &address,
        None,
        &kept(&[&document("two-leaders"), &other]),
        LessonMemory::default(),
        0.0,
        true,
    );
    assert_eq!(changed.document(), &other);
    let notice = changed.notice.unwrap_or_default();
    assert!(notice.contains("has changed since"), "{notice}");
    // Elsewhere there is nothing like it.
    for recents in [Recents::default(), kept(&[&document("two-leaders")])] {
        let elsewhere =
            address::reopened(&address, None, &recents, LessonMemory::default(), 0.0, true);
        let notice = elsewhere.notice.unwrap_or_default();
        assert!(notice.contains("this browser does not keep it"), "{notice}");
        assert!(notice.ends_with("Here is the start instead."), "{notice}");
    }
    assert!(address::document("kept/AAAA").is_err_and(|text| text.contains("names no scenario")));
}

#[test]
fn what_is_too_long_even_for_a_script_is_kept_as_json() {
    let huge = Document::of(&Scenario::clone(long("Huge", 2_000).scenario()));
    let parts = huge.scenario().clone().into_parts();
    let timeline = parts.timeline.iter().cycle().take(6_000).cloned().collect();
    let scenario = Scenario::new(ScenarioParts { timeline, ..parts }).expect("not too many");
    let huge = Document::of(&scenario);
    assert!(huge.text().len() > limits::LONGEST_SCRIPT);
    let (recents, is_whole) = Recents::read(&kept(&[&huge]).written());
    assert!(is_whole);
    let state = address::reopened(
        &followed(&State::new(huge.clone())),
        None,
        &recents,
        LessonMemory::default(),
        0.0,
        true,
    );
    assert_eq!((state.document(), &state.notice), (&huge, &None));
    assert_eq!(recents.rows(0).len(), 1);
}

#[test]
fn what_is_too_long_for_a_script_can_be_changed_and_undone_and_leaves_as_json() {
    let parts = long("Huge", 2_000).scenario().clone().into_parts();
    let timeline = parts.timeline.iter().cycle().take(6_000).cloned().collect();
    let scenario = Scenario::new(ScenarioParts { timeline, ..parts }).expect("not too many");
    let state = State::new(Document::of(&scenario));
    let after = state.apply(crash(7, 2));
    assert_eq!(after.document().scenario().timeline.len(), scenario.timeline.len() + 1);
    let undone = after.apply(Action::Undo);
    assert_eq!(undone.document(), state.document());
    let run_view = run_view(state.document());
    let document = state.document();
    let shown = ExportSource {
        document,
        run_view: &run_view,
        at: Time::ZERO,
        window: None,
        stretch: Ok((Time::ZERO, run_view.run.end())),
    };
    let refused = ExportFormat::Script.task(shown).expect_err("nothing would read it");
    assert!(refused.contains("nothing reads more than 65536"), "{refused}");
    let Ok(ExportTask::Ask(request)) = ExportFormat::Json.task(shown) else {
        panic!("the tools make it")
    };
    assert_eq!(json::read(&tools::file(request).expect("it fits")), Ok(scenario));
}

#[test]
fn what_has_the_room_is_in_the_address_where_it_is_not_both() {
    let state = opened("bully-figure");
    assert_eq!(state.view, FigureView::Both);
    for (view, rides) in [
        (FigureView::Stage, "&view=stage"),
        (FigureView::Spacetime, "&view=spacetime"),
        (FigureView::Both, ""),
    ] {
        let shown = state.apply(Action::View(view));
        assert_eq!(followed(&shown), format!("preset/bully-figure{rides}"));
        assert_eq!(visited(&followed(&shown)).view, view);
        // It goes along with whatever is shared, and is no change that could be undone.
        assert_eq!(shown.history, state.history);
        let edited = shown.apply(crash(7, 2));
        let shared =
            fragment(&edited, &run_view(edited.document()), Time::ZERO).expect("short enough");
        assert!(shared.starts_with("1/") && shared.contains("&view=") != rides.is_empty());
        assert_eq!(visited(&shared).view, view);
        assert_eq!(edited.apply(Action::Undo).view, view);
        // Another scenario is looked at likewise, but a link as it says.
        assert_eq!(shown.apply(Action::Open(document("two-leaders"))).view, view);
        let address = Address::read("preset/two-leaders").expect("an address");
        let document = address.document().expect("a preset");
        assert_eq!(shown.apply(Action::OpenAddress { address, document }).view, FigureView::Both);
    }
    assert_eq!(visited("preset/bully-figure&view=both").view, FigureView::Both);
    assert_eq!(visited("preset/bully-figure&view=sideways").view, FigureView::Both);
}

#[test]
fn an_action_on_the_diagram_shows_the_diagram() {
    let stage = opened("bully-figure").apply(Action::View(FigureView::Stage));
    let window = Some((Time::ZERO, Time::ms(300)));
    assert_eq!(stage.apply(Action::Window(window)).view, FigureView::Both);
    assert_eq!(stage.apply(Action::Tab(Tab::Timeline)).view, FigureView::Both);
    assert_eq!(stage.apply(Action::Tab(Tab::Story)).view, FigureView::Stage);
    let alone = opened("bully-figure").apply(Action::View(FigureView::Spacetime));
    assert_eq!(alone.apply(Action::Window(window)).view, FigureView::Spacetime);
    // A lesson tells of both.
    assert_eq!(stage.apply(Action::Lesson(LessonAction::Enter(0))).view, FigureView::Both);
    // A link may say a stretch without showing it.
    assert_eq!(visited("preset/bully-figure&view=stage&w=1ms..2ms").view, FigureView::Stage);
}

#[test]
fn a_key_leads_from_one_view_to_the_next() {
    let mut state = opened("bully-figure");
    let run_view = run_view(state.document());
    let press = |state: &State| {
        let scene = CommandContext {
            state,
            run_view: &run_view,
            comparison: None,
            cursor: Time::ZERO,
            now: 0.0,
            reduced_motion: false,
        };
        let key = KeyPress { name: "v", shift: false, control: false, alt: false };
        execute(command(key).expect("it has a key"), scene).pop()
    };
    let mut seen = Vec::new();
    for _ in 0..3 {
        state = state.apply(press(&state).expect("it does something"));
        seen.push(state.view);
    }
    assert_eq!(seen, [FigureView::Stage, FigureView::Spacetime, FigureView::Both]);
    state.screen = Screen::Gallery;
    assert_eq!(press(&state), None, "there is neither");
}

const GROUPS: &str = "
    group orders on 1 2 3
    group users on 2 3 4
    at 100ms crash 3
    until 1s
";

#[test]
fn the_group_that_is_shown_alone_is_in_the_address() {
    let state = State::new(Document::read(GROUPS).expect("it can be read"));
    assert!(!followed(&state).contains("group"), "all are shown without being asked");
    let users = state.apply(Action::Group(Some(GroupId(1))));
    let shared = followed(&users);
    assert!(shared.ends_with("&group=users"), "{shared}");
    let there = visited(&shared);
    assert_eq!((there.group, there.all_groups, there.notice), (GroupId(1), false, None));
    let all = visited(&shared.replace("=users", "=all"));
    assert_eq!((all.all_groups, all.notice), (true, None));
}

#[test]
fn an_unknown_group_is_ignored_and_reported() {
    let shared = followed(&State::new(Document::read(GROUPS).expect("it can be read")));
    let text = |name: &str| {
        let state = visited(&format!("{shared}&group={name}"));
        assert!(state.all_groups, "{name}");
        state.notice
    };
    assert_eq!(
        text("user").as_deref(),
        Some("There is no group named `user`; did you mean `users`?")
    );
    assert_eq!(text("stock").as_deref(), Some("There is no group named `stock`."));
    assert_eq!(text("%20<b>"), None, "that is no name at all");
    let alone = visited("preset/bully-figure&group=orders");
    assert_eq!(alone.notice.as_deref(), Some("There is no group named `orders`."));
}
