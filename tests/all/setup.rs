//! The set-up and the list of faults: what is typed becomes one change, or a sentence that says why
//! it cannot.

use hustings::election::AlgorithmKind;
use hustings::presets;
use hustings::run::Run;
use hustings::scenario::{
    Change, Fault, FaultKind, OverrideKind, Scenario, Setting, SettingKind, resized,
};
use hustings::session::compare::under;
use hustings::session::faults::{
    AddForm, AddKind, FaultItem, FaultRow, FaultRowId, FaultSpan, held, instants, lasting, moved,
    nudged, removed, rows, toggled,
};
use hustings::session::setup::{SetupField, checked, own_settings, owners_text, succession, waits};
use hustings::session::{Action, Document, RunView, State};
use hustings::time::{Duration, Time};
use hustings::types::{GroupId, Rank};

fn document(text: &str) -> Document {
    Document::read(text).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn figure() -> Document {
    document(presets::find("bully-figure").expect("a preset").script)
}

fn listed(document: &Document) -> Vec<FaultRow> {
    let run_view = RunView::new(Run::of(document.scenario().clone()), document);
    rows(document, &run_view, &instants(&run_view.run))
}

fn ranks(of: &[u16]) -> Vec<Rank> {
    of.iter().filter_map(|&rank| Rank::new(rank)).collect()
}

fn with(scenario: &Scenario, change: Result<Option<Change>, String>) -> Scenario {
    let change = change.expect("it can be").expect("it changes something");
    scenario.with(change).expect("what was checked holds")
}

#[test]
fn every_field_reads_what_it_shows_as_no_change() {
    let text = "title \"A\"\nabout \"B\"\nalgorithm next-in-line alternates 2\n\
                detector heartbeat every 100ms timeout 350ms\nlatency 3->5 80ms\nloss 1->2 5%\nuntil 2s\n\
                timeout 3 500ms\nevery 2 200ms\ndrift 1 -2%\n";
    let document = document(text);
    let scenario = document.scenario();
    let mut fields = vec![
        SetupField::Setting(SettingKind::Title),
        SetupField::Setting(SettingKind::About),
        SetupField::Setting(SettingKind::Ranks),
        SetupField::Alternates,
        SetupField::Every,
        SetupField::Timeout,
        SetupField::Setting(SettingKind::WaitAlive),
        SetupField::Setting(SettingKind::WaitElected),
        SetupField::Setting(SettingKind::Latency),
        SetupField::Setting(SettingKind::Loss),
        SetupField::Setting(SettingKind::Duplicate),
        SetupField::Setting(SettingKind::Seed),
        SetupField::Setting(SettingKind::Seeds),
        SetupField::Setting(SettingKind::Until),
    ];
    for of_links in [true, false] {
        let own = own_settings(scenario, of_links).into_iter();
        fields.extend(own.map(|(owners, kind)| SetupField::Own(kind, owners.each()[0])));
    }
    assert_eq!(fields.len(), 19);
    for field in fields {
        assert_eq!(field.read(scenario, &field.text(scenario)), Ok(None), "{field:?}");
    }
}

#[test]
fn what_is_typed_becomes_one_change() {
    let document = figure();
    let scenario = document.scenario();
    let typed = |field: SetupField, text: &str| with(scenario, field.read(scenario, text));
    assert_eq!(
        typed(SetupField::Setting(SettingKind::WaitAlive), "75").timeouts.alive,
        Duration::ms(75)
    );
    assert_eq!(
        typed(SetupField::Setting(SettingKind::Latency), "1..2s").network.latency.to_string(),
        "1..2s"
    );
    assert_eq!(typed(SetupField::Setting(SettingKind::Loss), "5").network.loss.to_string(), "5%");
    assert_eq!(typed(SetupField::Setting(SettingKind::Seed), "9").seed, 9);
    assert_eq!(
        typed(SetupField::Setting(SettingKind::Ranks), "8, 5 3 2 1 6").ranks,
        ranks(&[1, 2, 3, 5, 6, 8])
    );
    assert_eq!(
        typed(SetupField::Setting(SettingKind::Title), " Mine ").title.as_deref(),
        Some("Mine")
    );
}

#[test]
fn what_cannot_be_says_why_and_changes_nothing() {
    let document = figure();
    let scenario = document.scenario();
    let error = |field: SetupField, text: &str| field.read(scenario, text).expect_err(text);
    assert_eq!(
        error(SetupField::Setting(SettingKind::WaitAlive), "soon"),
        "Expected a duration such as `250ms`, found `soon`."
    );
    assert_eq!(error(SetupField::Setting(SettingKind::Ranks), "1 1"), "Process 1 is listed twice.");
    assert_eq!(error(SetupField::Setting(SettingKind::Loss), "101%"), "`101%` is more than 100%.");
    assert_eq!(
        error(SetupField::Setting(SettingKind::Seed), "-1"),
        "Expected a whole number, found `-1`."
    );
    assert!(error(SetupField::Setting(SettingKind::WaitAlive), "0").contains("is zero"));
    assert!(checked(scenario, Change::Set(Setting::Ranks(Vec::new()))).is_err());
}

#[test]
fn more_processes_rank_above_the_others_and_the_highest_go_first() {
    assert_eq!(resized(&ranks(&[1, 2, 5]), 4), ranks(&[1, 2, 5, 6]));
    assert_eq!(resized(&ranks(&[1, 2, 5]), 2), ranks(&[1, 2]));
    assert_eq!(resized(&ranks(&[1]), 0), ranks(&[1]));
    assert_eq!(resized(&ranks(&[65_535]), 2), ranks(&[65_535]));
    assert_eq!(resized(&ranks(&[1]), 99).len(), 64);
}

#[test]
fn alternates_by_count_become_the_same_by_name_and_back() {
    let document = document("algorithm next-in-line alternates 2\n");
    let by_name = Change::Set(Setting::Algorithm(succession(document.scenario(), true)));
    let listed = with(document.scenario(), checked(document.scenario(), by_name));
    assert_eq!(SetupField::Line.text(&listed), "5 4");
    let back = Change::Set(Setting::Algorithm(succession(&listed, false)));
    assert_eq!(SetupField::Alternates.text(&with(&listed, checked(&listed, back))), "2");
}

const MIXED: &str = "at 300ms flap 1 down 200ms up 400ms\nat 100ms crash 6\n# at 150ms pause 2 for 1s\n\
                     at 200ms suspect 3\nmessage Election 3->5 #1 lost\nmessage Alive 4->3 #9 arrives 1s\n";

#[test]
fn the_list_is_in_the_order_of_instants_and_says_what_finds_nothing() {
    let rows = listed(&document(MIXED));
    let words: Vec<&str> = rows.iter().map(|row| &*row.words).collect();
    let wanted = [
        "6 crashes",
        "2 freezes for 1 s",
        "3 suspects its leader",
        "Election 3 to 5 (#1) is lost",
        "1 crashes and recovers, again and again",
        "Alive 4 to 3 (#9) arrives at 1 s",
    ];
    assert_eq!(words, wanted);
    assert_eq!(rows[1].item, FaultItem::Disabled(3));
    assert_eq!(rows[3].at, Some(Time::ms(200)), "it is lost where it is sent");
    assert_eq!(rows[3].written, None, "chance decides when that is");
    assert_eq!(rows[4].lasts.len(), 3);
    assert_eq!(rows[5].unused.as_deref(), Some("No ninth Alive from 4 to 3 is ever sent."));
}

#[test]
fn an_instant_is_typed_or_stepped_and_a_late_one_is_refused() {
    let document = figure();
    let scenario = document.scenario();
    let item = FaultItem::Entry(0);
    let first = |change| with(scenario, change).timeline[0].first();
    assert_eq!(first(moved(scenario, item, "150")), Time::ms(150));
    assert_eq!(first(nudged(scenario, item, true, Duration::ms(10))), Time::ms(110));
    assert_eq!(first(nudged(scenario, item, false, Duration::secs(9))), Time::ZERO);
    assert_eq!(moved(scenario, item, "100ms"), Ok(None));
    assert!(moved(scenario, item, "3s").is_err_and(|words| words.contains("make the run longer")));
    assert!(moved(scenario, item, "noon").is_err());
}

#[test]
fn lengths_and_ends_are_typed_too() {
    let text = "at 1s pause 2 for 1s\nat 300ms flap 1 down 200ms up 400ms until 2s\n\
                message Elected 5->1 #1 delayed 50ms\n";
    let document = document(text);
    let scenario = document.scenario();
    let typed = |item, of, text: &str| {
        Document::of(&with(scenario, lasting(scenario, item, of, text))).text().to_owned()
    };
    assert!(typed(FaultItem::Entry(0), FaultSpan::Pause, "250").contains("pause 2 for 250ms"));
    assert!(typed(FaultItem::Entry(1), FaultSpan::Up, "1s").contains("down 200ms up 1s until 2s"));
    assert!(!typed(FaultItem::Entry(1), FaultSpan::Until, "").contains("400ms until"));
    assert!(typed(FaultItem::Override(0), FaultSpan::Delay, "70").contains("delayed 70ms"));
    assert!(lasting(scenario, FaultItem::Entry(0), FaultSpan::Pause, "a while").is_err());
}

#[test]
fn rows_keep_their_places_while_somebody_is_in_the_list() {
    let document = document("at 100ms crash 6\nat 200ms suspect 3\n");
    let order: Vec<FaultRowId> = listed(&document).iter().map(FaultRow::id).collect();
    let later = document.with(Change::Move { entry: 0, to: Time::ms(900) }).expect("it can move");
    assert_eq!(listed(&later)[0].item, FaultItem::Entry(1));
    assert_eq!(held(listed(&later), &order)[0].item, FaultItem::Entry(0));
    let fewer = later.with(Change::Remove { entry: 0 }).expect("it can go");
    assert_eq!(held(listed(&fewer), &order).len(), 1);
    // Muting a row is no reason to move it either.
    let start = State::new(document.clone());
    let disabled = start.apply(Action::Disable { line: 1, disabled: true });
    let ids: Vec<FaultRowId> =
        held(listed(disabled.document()), &order).iter().map(FaultRow::id).collect();
    assert_eq!(ids, order);
    assert_eq!(listed(disabled.document())[0].item, FaultItem::Disabled(1));
}

#[test]
fn a_row_goes_alone() {
    let text = "at 1s crash 6\n# at 2s crash 5\nmessage Election 3->5 #1 lost\n\
                message Election 3->5 #1 duplicated\n";
    let start = State::new(document(text));
    let without = |item| {
        let next = start.apply(removed(start.document(), item).expect("it can go"));
        assert_eq!(next.apply(Action::Undo).document().text(), text, "one step brings it back");
        let left: Vec<&str> = next.document().text().lines().collect();
        (left.join("; "), next.history.undoes().unwrap_or_default().to_owned())
    };
    let (left, act) = without(FaultItem::Entry(0));
    assert!(!left.contains("crash 6") && left.contains("# at 2s crash 5"), "{left}");
    assert_eq!(act, "removal of the crash of 6");
    let (left, act) = without(FaultItem::Disabled(2));
    assert!(!left.contains("crash 5") && left.contains("at 1s crash 6"), "{left}");
    assert_eq!(act, "removal of the muted crash of 5");
    let (left, act) = without(FaultItem::Override(0));
    assert!(!left.contains("lost") && left.contains("duplicated"), "its twin stays: {left}");
    assert_eq!(act, "removal of the loss of the Election 3->5 #1");
    assert_eq!(removed(start.document(), FaultItem::Disabled(1)), None, "nothing is muted there");
}

#[test]
fn the_form_repeats_faults_and_splits_into_any_number_of_sides() {
    let document = document("processes 6\nuntil 3s\n");
    let scenario = document.scenario();
    let mut form = AddForm::new(scenario);
    (form.kind, form.whom) = (AddKind::Fault(FaultKind::Crash), ranks(&[6]));
    (form.when, form.every, form.until) = ("1s".into(), "500ms".into(), "2s".into());
    let line = |form: &AddForm| {
        let change = form.change(scenario, Time::ms(7)).unwrap_or_else(|words| panic!("{words}"));
        let written = document.with(change).expect("what was checked holds");
        assert_eq!(Document::read(written.text()).as_ref(), Ok(&written));
        written.text().lines().last().unwrap_or_default().to_owned()
    };
    assert_eq!(line(&form), "every 500ms from 1s until 2s crash 6");
    form.until = String::new();
    assert_eq!(line(&form), "every 500ms from 1s crash 6");
    form.every = "0ms".to_owned();
    assert!(form.change(scenario, Time::ms(7)).is_err());
    form.every = String::new();
    form.kind = AddKind::Fault(FaultKind::Partition);
    form.put(0, ranks(&[1, 2]));
    form.put(1, ranks(&[3, 4]));
    form.sides.push(Vec::new());
    assert_eq!(line(&form), "at 1s partition 1 2 | 3 4", "an empty side is none");
    form.put(2, ranks(&[4, 5, 6]));
    assert_eq!(line(&form), "at 1s partition 1 2 | 3 | 4 5 6", "nobody stands on two sides");
    form.put(0, Vec::new());
    form.put(1, Vec::new());
    assert_eq!(
        form.change(scenario, Time::ms(7)),
        Err("A split needs a process on each side.".to_owned())
    );
}

#[test]
fn the_form_names_a_group_and_a_copy() {
    let text = "processes 4\ngroup orders on 1 2 3\ngroup users on 2 3 4\nuntil 1s\n";
    let document = document(text);
    let scenario = document.scenario();
    let mut form = AddForm::new(scenario);
    let line = |form: &AddForm| {
        let change = form.change(scenario, Time::ms(7)).unwrap_or_else(|words| panic!("{words}"));
        let written = document.with(change).expect("what was checked holds");
        written.text().lines().last().unwrap_or_default().to_owned()
    };
    (form.kind, form.whom) = (AddKind::Fault(FaultKind::Suspect), ranks(&[2]));
    assert_eq!(line(&form), "at 7ms suspect 2");
    form.suspected_in = Some(GroupId(1));
    assert_eq!(line(&form), "at 7ms suspect 2 in users");
    (form.kind, form.copy) = (AddKind::Override(OverrideKind::Lost), true);
    assert_eq!(line(&form), "message Election 1->2 #1 copy lost in orders");
    form.kind = AddKind::Override(OverrideKind::Duplicated);
    assert_eq!(line(&form), "message Election 1->2 #1 duplicated in orders", "a copy has no copy");
}

#[test]
fn the_form_adds_what_it_says_and_a_refusal_keeps_what_was_typed() {
    let document = figure();
    let scenario = document.scenario();
    let soon = Time::ms(7);
    let mut form = AddForm::new(scenario);
    assert_eq!(form.change(scenario, soon), Err("Choose at least one process.".to_owned()));
    form.whom = toggled(&toggled(&ranks(&[]), ranks(&[3])[0]), ranks(&[2])[0]);
    let crash = Fault::Crash(ranks(&[2, 3]));
    assert_eq!(form.change(scenario, soon), Ok(Change::AddFault { at: soon, fault: crash }));
    form.when = "9s".to_owned();
    assert!(form.change(scenario, soon).is_err_and(|words| words.contains("make the run longer")));
    assert_eq!(form.whom.len(), 2);
    form.when = "1s".to_owned();
    (form.from, form.to) = (ranks(&[1]), ranks(&[2]));
    form.sides = vec![ranks(&[1]), ranks(&[2])];
    form.at = "1s".to_owned();
    for kind in AddKind::all() {
        form.kind = kind;
        let change =
            form.change(scenario, soon).unwrap_or_else(|words| panic!("{kind:?}: {words}"));
        let written = document.with(change).expect("what was checked holds");
        assert_eq!(Document::read(written.text()).as_ref(), Ok(&written), "{kind:?}");
    }
}

/// Forty links between two zones are one row, which is changed and removed as one.
#[test]
fn links_of_one_value_share_a_row() {
    let preset = presets::find("two-data-centres").expect("a preset's name is for ever");
    let document = document(preset.script);
    let scenario = document.scenario();
    let rows = own_settings(scenario, true);
    let called: Vec<String> =
        rows.iter().map(|(owners, _)| owners_text(scenario, owners)).collect();
    assert_eq!(called, ["frankfurt ↔ zurich"]);
    let (owners, kind) = &rows[0];
    let field = SetupField::Own(*kind, owners.each()[0]);
    let change = field.read(scenario, "90ms").expect("it can be").expect("it is new");
    let next = scenario.with(change).expect("it can be");
    assert_eq!(next.network.latency_of.len(), scenario.network.latency_of.len());
    assert!(next.network.latency_of.values().all(|latency| latency.to_string() == "90ms"));
    let gone = scenario.with(Change::SetOwn(owners.clone(), kind.unset())).expect("it can be");
    assert!(gone.network.latency_of.is_empty());
}

/// The set-up offers a wait exactly where it can change a run.
#[test]
fn an_algorithm_has_the_waits_that_its_runs_depend_on() {
    let faults = "at 500ms flap 6 down 400ms up 400ms until 4s\nat 500ms flap 5 down 300ms up 700ms until 4s";
    let digest = |algorithm: AlgorithmKind, seed: u64, wait: &str| {
        let text = format!(
            "seed {seed}\ndetector heartbeat every 100ms timeout 350ms\nloss 20%\n{wait}\nuntil 5s\n{faults}"
        );
        let under = under(&document(&text), &algorithm.with_defaults()).expect("a scenario");
        Run::of(under.scenario().clone()).digest()
    };
    for &algorithm in AlgorithmKind::ALL {
        for wait in [SettingKind::WaitAlive, SettingKind::WaitElected] {
            let longer = format!("{} 300ms", wait.row().word.join(" "));
            let differs = |seed| digest(algorithm, seed, "") != digest(algorithm, seed, &longer);
            let offered = waits(&algorithm.with_defaults());
            let is_offered = offered.iter().any(|(_, kind)| *kind == wait);
            assert_eq!((1..=5).any(differs), is_offered, "{algorithm:?}: {longer}");
        }
    }
}
