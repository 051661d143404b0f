//! What the forms make without a script: expectations, the figure, the end of a cut, the title, and the
//! stretch of an animation.

use super::{rank, run_view, state};
use hustings::scenario::{
    Change, Comparison, Condition, ConditionKind, ConditionValues, Fault, FaultKind, FigureOption,
    MoveKind, MoveKinds, SettingKind, TimeForm,
};
use hustings::session::faults::{AddForm, AddKind, FaultItem, FaultSpan, lasting, rows};
use hustings::session::setup::{SetupField, figure_view};
use hustings::session::setup_lists::{Expecting, expected};
use hustings::session::{Action, Document, State};
use hustings::time::Time;

fn opened(text: &str) -> State {
    State::new(Document::read(text).expect("the script can be read"))
}

fn changed(state: &State, change: Change) -> State {
    state.apply(Action::Change(change))
}

#[test]
fn every_condition_of_the_script_can_be_expected_by_a_form_and_undone() {
    let start = opened("processes 6\nat 100ms crash 6\n# kept\nuntil 2s\n");
    let lines = [
        (ConditionKind::Leader, Some(TimeForm::By), "expect leader 5 by 500ms"),
        (ConditionKind::Follows, Some(TimeForm::At), "expect 1 follows 5 at 500ms"),
        (ConditionKind::Leads, Some(TimeForm::From), "expect 1 leads from 500ms to 1s"),
        (ConditionKind::Agreement, Some(TimeForm::By), "expect agreement by 500ms"),
        (ConditionKind::NoSplitBrain, Some(TimeForm::After), "expect no split brain after 500ms"),
        (ConditionKind::SplitBrain, None, "expect split brain"),
        (
            ConditionKind::Messages,
            Some(TimeForm::After),
            "expect messages Election >= 3 after 500ms",
        ),
        // What is chosen for another condition does not get in the way.
        (ConditionKind::Elections, Some(TimeForm::After), "expect elections >= 3"),
        (ConditionKind::Changes, None, "expect changes >= 3"),
        (ConditionKind::UnprovokedChanges, None, "expect unprovoked changes <= 3"),
        (ConditionKind::LeaderlessTotal, None, "expect leaderless <= 200ms"),
        (ConditionKind::SplitBrainTotal, None, "expect split brain <= 200ms"),
        (ConditionKind::LongestLeaderless, None, "expect longest leaderless <= 200ms"),
        (ConditionKind::LongestSplitBrain, None, "expect longest split brain <= 200ms"),
    ];
    for (condition, time, line) in lines {
        let new = Expecting::new(start.document().scenario());
        let form = Expecting {
            condition,
            values: ConditionValues {
                message: Some(hustings::types::MessageKind::Election),
                compare: Comparison::AtLeast,
                ..new.values
            },
            count: "3".to_owned(),
            time,
            first: "500".to_owned(),
            second: "1s".to_owned(),
            ..new
        };
        let change = form.change(start.document().scenario()).expect("it can be expected");
        let next = changed(&start, change);
        assert!(
            next.document().text().contains(&format!("{line}\n")),
            "{}",
            next.document().text()
        );
        assert!(next.document().text().contains("# kept"));
        assert_eq!(next.history.undoes(), Some("new expectation"));
        assert_eq!(next.apply(Action::Undo).document(), start.document());
        let again = form.change(next.document().scenario());
        assert_eq!(again, Err("This is expected already.".to_owned()));
    }
    assert_eq!(ConditionKind::ALL.len(), lines.len());
}

#[test]
fn an_expectation_that_cannot_be_says_why_and_one_can_be_taken_away() {
    let start = opened("at 100ms crash 6\nuntil 2s\nexpect leader 5\nexpect no split brain\n");
    let scenario = start.document().scenario();
    let by = |first: &str| Expecting {
        time: Some(TimeForm::By),
        first: first.to_owned(),
        ..Expecting::new(scenario)
    };
    let late = by("3s");
    let words = late.change(scenario).expect_err("it is after the end");
    assert!(words.contains("3s"), "{words}");
    assert!(by("soon").change(scenario).is_err());
    let nobody = ConditionValues { leader: None, ..by("1s").values };
    let change = Expecting { values: nobody, ..by("1s") }.change(scenario).expect("it can be");
    let text = changed(&start, change).document().text().to_owned();
    assert!(text.contains("expect leader none by 1s"), "{text}");
    let one = opened("processes 1\n");
    let alone = one.document().scenario();
    let itself = Expecting { condition: ConditionKind::Follows, ..Expecting::new(alone) };
    let words = itself.change(alone).expect_err("there is no other process");
    assert!(words.contains("cannot follow itself"), "{words}");
    assert_eq!(expected(scenario), ["leader 5", "no split brain"]);
    let fewer = changed(&start, Change::RemoveExpectation { index: 0 });
    assert_eq!(expected(fewer.document().scenario()), ["no split brain"]);
    assert_eq!(fewer.history.undoes(), Some("removal of an expectation"));
    let gone = changed(&fewer, Change::RemoveExpectation { index: 7 });
    assert_eq!(gone.notice.as_deref(), Some("That expectation is gone."));
    assert_eq!(gone.document(), fewer.document());
    let claim = &fewer.document().scenario().expectations[0].condition;
    assert_eq!(*claim, Condition::NoSplitBrain {});
}

#[test]
fn an_expectation_of_runs_with_added_faults_is_made_by_a_form_and_kept_by_others() {
    let start = opened("at 100ms crash 6\nuntil 2s\n");
    let scenario = start.document().scenario();
    let form =
        Expecting { condition: ConditionKind::NoSplitBrain, faults: 2, ..Expecting::new(scenario) };
    let next = changed(&start, form.change(scenario).expect("it can be expected"));
    let line = "expect always no split brain with 2 faults\n";
    assert!(next.document().text().contains(line), "{}", next.document().text());
    let kinds = MoveKinds::NONE.toggled(MoveKind::Lose).toggled(MoveKind::Crash);
    let some = Expecting { kinds, ..form.clone() };
    let both = changed(&next, some.change(next.document().scenario()).expect("it is another"));
    assert_eq!(
        expected(both.document().scenario()),
        [
            "always no split brain, with at most 2 added faults",
            "always no split brain, with at most 2 added faults (lose, crash)",
        ]
    );
    let none = Expecting { kinds: MoveKinds::NONE, ..form.clone() };
    assert_eq!(none.change(scenario), Err("Choose a kind of fault that is added.".to_owned()));
    let share = |share: &str, faults| Expecting { share: share.to_owned(), faults, ..form.clone() };
    let wrong = |form: Expecting| form.change(scenario).expect_err("it cannot be expected");
    assert_eq!(
        wrong(share("99", 1)),
        "Expect it with added faults or in a share of seeds, not both."
    );
    assert_eq!(wrong(share("0", 0)), "A share of seeds is more than 0%.");
    assert!(wrong(share("most", 0)).contains("found `most`"));
    let seeds = changed(&start, share("99", 0).change(scenario).expect("it can be expected"));
    let line = "expect in 99% of seeds no split brain\n";
    assert!(seeds.document().text().contains(line), "{}", seeds.document().text());
    // Other edits leave it as it is.
    let other = Change::AddFault { at: Time::ms(900), fault: Fault::Recover(vec![rank(6)]) };
    let other = changed(&changed(&both, other), Change::RemoveExpectation { index: 0 });
    let lines: Vec<&str> =
        other.document().text().lines().filter(|line| line.starts_with("expect")).collect();
    assert_eq!(lines, ["expect always no split brain with 2 faults of lose crash"]);
}

#[test]
fn how_a_figure_opens_is_set_without_the_script() {
    let mut state = state("bully-figure");
    let typed = [
        (SetupField::Figure(FigureOption::StartAt), "180"),
        (SetupField::Figure(FigureOption::EndAt), "400ms"),
        (SetupField::Figure(FigureOption::Speed), "20ms"),
        (SetupField::Figure(FigureOption::Height), "300"),
    ];
    for (field, text) in typed {
        let change = field.read(state.document().scenario(), text).expect("it can be read");
        state = changed(&state, change.expect("it changes something"));
    }
    let setting = figure_view(state.document().scenario(), "both");
    state = changed(&state, Change::Set(setting));
    let text = state.document().text();
    assert!(
        text.contains("figure start 180ms end 400ms speed 20ms view both height 300"),
        "{text}"
    );
    let open = SetupField::Figure(FigureOption::StartAt)
        .read(state.document().scenario(), " ")
        .expect("it can be open");
    state = changed(&state, open.expect("it changes something"));
    assert_eq!(state.document().scenario().figure.start, None);
    assert!(
        SetupField::Figure(FigureOption::EndAt).read(state.document().scenario(), "soon").is_err()
    );
}

#[test]
fn a_split_has_an_end_that_adds_moves_and_removes_its_healing() {
    let start = opened("processes 6\nuntil 5s\nat 1s partition 1 2 3 | 4 5 6\nat 1s cut 1->2\n");
    let until = |state: &State, place: usize, text: &str| {
        let change =
            lasting(state.document().scenario(), FaultItem::Entry(place), FaultSpan::Until, text);
        change.map(|change| change.map_or_else(|| state.clone(), |change| changed(state, change)))
    };
    let ends = until(&start, 0, "2s").expect("it can end");
    assert!(
        ends.document().text().contains("at 2s heal 1 2 3 -- 4 5 6"),
        "{}",
        ends.document().text()
    );
    assert_eq!(ends.history.undoes(), Some("new end of the cut"));
    let rows = rows(ends.document(), &run_view(ends.document()), &[]);
    let split = rows.iter().find(|row| row.item == FaultItem::Entry(0)).expect("it is in the list");
    assert_eq!(split.lasts, [(FaultSpan::Until, "2s".to_owned())]);
    let later = until(&ends, 0, "3s").expect("it can end later");
    assert!(later.document().text().contains("at 3s heal 1 2 3 -- 4 5 6"));
    assert_eq!(later.document().scenario().timeline.len(), 3);
    let open = until(&later, 0, "").expect("it can stay open");
    assert_eq!(open.document(), start.document());
    let one = until(&start, 1, "2s").expect("a cut can end too");
    assert!(one.document().text().contains("at 2s heal 1->2"), "{}", one.document().text());
    let early = until(&start, 0, "500ms").expect_err("it ends first");
    assert_eq!(early, "A cut heals after it begins, which is at 1 s.");
}

#[test]
fn a_healing_of_everything_ends_every_cut_before_it() {
    let state = opened(
        "processes 6\nat 1s partition 1 2 | 3 4 | 5 6\nat 1.2s cut 1--2\nat 2s heal\nuntil 5s\n",
    );
    let scenario = state.document().scenario();
    assert_eq!(
        [scenario.healing(0), scenario.healing(1), scenario.healing(2)],
        [Some(2), Some(2), None]
    );
    let moved = changed(&state, Change::EndCut { entry: 0, at: Some(Time::ms(2_500)) });
    assert!(moved.document().text().contains("at 2.5s heal\n"));
}

#[test]
fn a_split_is_added_with_its_end_as_one_step() {
    let start = opened("processes 6\nuntil 5s\n");
    let scenario = start.document().scenario();
    let mut form = AddForm {
        kind: AddKind::Fault(FaultKind::Partition),
        when: "1s".to_owned(),
        until: "2s".to_owned(),
        ..AddForm::new(scenario)
    };
    form.put(0, vec![rank(1), rank(2)]);
    form.put(1, vec![rank(3)]);
    let next = changed(&start, form.change(scenario, Time::ZERO).expect("it can be added"));
    assert!(
        next.document().text().ends_with("at 1s partition 1 2 | 3\nat 2s heal 1 2 -- 3\n"),
        "{}",
        next.document().text()
    );
    assert_eq!(next.apply(Action::Undo).document(), start.document());
    form.until = "500ms".to_owned();
    let refused = form.change(scenario, Time::ZERO).expect_err("it ends first");
    assert_eq!(refused, "A cut heals after it begins: choose a later end.");
}

#[test]
fn an_animation_plays_the_stretch_that_was_typed() {
    let run_view = run_view(state("bully-figure").document());
    let read = |from: &str, to: &str| run_view.read_stretch([from, to]);
    let ((from, to), words) = read("100ms", "300").expect("it can be read");
    assert_eq!((from, to), (Time::ms(100), Time::ms(300)));
    assert_eq!(words, "Plays 200 ms in 4.0 s, then begins again.");
    assert_eq!(read("100ms", "9s").map(|_| ()), Err("To: the run ends at 2 s.".to_owned()));
    assert_eq!(
        read("300ms", "300ms").map(|_| ()),
        Err("To: it must be later than 300 ms.".to_owned())
    );
    assert!(read("soon", "300ms").expect_err("no instant").starts_with("From: expected"));
    let [from, to] = run_view.animated_stretch();
    assert!(read(&from, &to).is_ok(), "{from} to {to}");
}

#[test]
fn an_edit_of_the_title_is_undone_and_a_long_one_is_refused() {
    let state = state("bully-figure");
    let change = SetupField::Setting(SettingKind::Title)
        .read(state.document().scenario(), " Mine ")
        .expect("it can be a title");
    let named = changed(&state, change.expect("it is another"));
    assert_eq!(named.document().scenario().title.as_deref(), Some("Mine"));
    assert_eq!(named.history.undoes(), Some("new title"));
    let long = "x".repeat(5_000);
    assert!(
        SetupField::Setting(SettingKind::Title).read(state.document().scenario(), &long).is_err()
    );
}
