//! What is shown goes into an address and comes out again.

use super::{at, crash, made, opened, rank};
use hustings::clock::Time;
use hustings::election::Algorithm;
use hustings::run::Digest;
use hustings::session::address::{self, Address};
use hustings::session::share::fragment;
use hustings::session::{Action, Document, Screen, State};
use hustings::view::Target;
use hustings::vocabulary::GroupId;

/// What somebody else sees who opens it.
fn visited(fragment: &str) -> State {
    address::opened(fragment, 0.0, true)
}

fn followed(state: &State) -> String {
    Address::followed(state, None).map(|address| address.to_string()).expect("short enough")
}

#[test]
fn an_edited_scenario_opens_elsewhere_as_it_is_looked_at_here() {
    let mut state = opened("bully-figure").apply(crash(7, 2));
    state.playback = at(268);
    state = state.apply(Action::Select(Some(Target::Process(rank(3)))));
    state = state.apply(Action::Window(Some((Time::ms(100), Time::ms(400)))));
    let made = made(state.document());
    let shared = fragment(&state, &made, Time::ms(268)).expect("short enough");
    assert!(shared.starts_with("1/"), "{shared}");

    let there = visited(&shared);
    assert_eq!(there.document().scenario(), state.document().scenario());
    assert_eq!(there.playback, state.playback);
    assert_eq!(there.selected, state.selected);
    assert_eq!(there.window, state.window);
    assert_eq!(there.screen, Screen::Stage);
    // The run is the same, so nothing is said of it.
    assert_eq!(there.apply(Action::Check(made.run.digest())).notice, None);
    // And what is shared from there is what was shared from here.
    assert_eq!(fragment(&there, &made, Time::ms(268)), Ok(shared));
}

#[test]
fn a_comparison_is_in_the_address_too() {
    let state =
        opened("bully-figure").apply(Action::Show(Screen::Compare(Algorithm::BullyTextbook)));
    assert_eq!(followed(&state), "preset/bully-figure&vs=bully-textbook");
    assert_eq!(visited(&followed(&state)).screen, state.screen);
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
    assert!(notice.contains("the run goes otherwise here"), "{notice}");
    assert_eq!((checked.document(), checked.playback), (state.document(), at(300)));
    let read = checked.apply(Action::Say(None));
    assert_eq!(read.apply(Action::Check(Digest(1))).notice, None);
}

#[test]
fn what_an_address_opens_can_be_undone_and_leaves_the_session_around_it() {
    let state = opened("two-leaders").apply(crash(1, 1));
    let address = Address::read("preset/bully-figure&t=268ms&sel=5").expect("an address");
    let document = address.document().expect("a preset");
    let there = state.apply(Action::Visit { address, document });
    assert_eq!(there.playback, at(268));
    assert_eq!(there.selected, Some(Target::Process(rank(5))));
    assert_eq!(there.apply(Action::Undo).document(), state.document());
}

#[test]
fn a_scenario_that_is_too_long_for_a_link_says_what_to_do() {
    let faults: String = (0..2_900_u64)
        .map(|nth| {
            format!("at {}us crash {}\n", nth * 7_919 * 7_919 % 9_999_991, nth * 31 % 64 + 1)
        })
        .collect();
    let script = format!("processes 64\nuntil 10s\n{faults}");
    let state = State::new(Document::read(&script).expect("a script"));
    match Address::followed(&state, None) {
        Err(error) => {
            let said = error.to_string();
            assert!(said.contains("save it as a file instead"), "{said}");
        }
        Ok(address) => panic!("{} characters are few enough", address.to_string().len()),
    }
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
fn a_group_that_is_not_there_is_passed_over_and_said() {
    let shared = followed(&State::new(Document::read(GROUPS).expect("it can be read")));
    let said = |name: &str| {
        let state = visited(&format!("{shared}&group={name}"));
        assert!(state.all_groups, "{name}");
        state.notice
    };
    assert_eq!(
        said("user").as_deref(),
        Some("There is no group named `user`; did you mean `users`?")
    );
    assert_eq!(said("stock").as_deref(), Some("There is no group named `stock`."));
    assert_eq!(said("%20<b>"), None, "that is no name at all");
    let alone = visited("preset/bully-figure&group=orders");
    assert_eq!(alone.notice.as_deref(), Some("There is no group named `orders`."));
}
