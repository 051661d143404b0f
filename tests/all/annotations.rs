//! Names, zones and marks: how they are written, what they change and what they leave alone.

use crate::exports::written;
use hustings::export::LogFormat;
use hustings::narration;
use hustings::run::Run;
use hustings::scenario::script::{self, disable, disabled, enable, parse, rewrite};
use hustings::scenario::{Change, ChapterMark, Fault, Links, Scenario, Setting, Zone, json};
use hustings::session::setup_lists::{
    AnnotationField, another_mark, another_zone, without_mark, without_zone,
};
use hustings::session::{Action, Document, LessonAction, RunView, State};
use hustings::time::{Duration, Time};
use hustings::types::Rank;
use hustings::view::stage::legend;

fn read(text: &str) -> Scenario {
    parse(text).unwrap_or_else(|problems| panic!("{}\n{text}", problems[0]))
}

fn refused(text: &str) -> String {
    match parse(text) {
        Ok(_) => panic!("it is read: {text}"),
        Err(problems) => problems[0].to_string(),
    }
}

fn ranks(of: &[u16]) -> Vec<Rank> {
    of.iter().filter_map(|&rank| Rank::new(rank)).collect()
}

fn set(scenario: &Scenario, change: Change) -> Scenario {
    scenario.with(change).expect("it can be set")
}

const ZONES: &str = "zone west 1 2 3\nzone east 4 5 6\n";

#[test]
fn a_zone_stands_wherever_ranks_are_listed() {
    let pairs = [
        ("at 1s crash west", "at 1s crash 1 2 3"),
        ("at 1s recover 6 west", "at 1s recover 6 1 2 3"),
        ("at 1s suspect west in main", "at 1s suspect 1 2 3 in main"),
        ("at 1s pause east for 20ms", "at 1s pause 4 5 6 for 20ms"),
        ("at 1s partition west | east", "at 1s partition 1 2 3 | 4 5 6"),
        ("at 1s cut west -> east", "at 1s cut 1 2 3 -> 4 5 6"),
        ("at 1s heal west -- 6", "at 1s heal 1 2 3 -- 6"),
        ("at 1s latency west -- east 40ms", "at 1s latency 1 2 3 -- 4 5 6 40ms"),
        ("every 1s from 1s until 3s crash west", "every 1s from 1s until 3s crash 1 2 3"),
        ("latency west -- east 10..40ms", "latency 1 2 3 -- 4 5 6 10..40ms"),
        ("loss west->6 5%", "loss 1 2 3 -> 6 5%"),
        ("group orders on west leader 2", "group orders on 1 2 3 leader 2"),
        (
            "algorithm next-in-line alternates list east 1",
            "algorithm next-in-line alternates list 4 5 6 1",
        ),
    ];
    for (named, listed) in pairs {
        // A zone may be made behind the line that names it.
        let wanted = read(&format!("{ZONES}{listed}\n"));
        assert_eq!(read(&format!("{named}\n{ZONES}")), wanted, "{named}");
        let written = script::write(&wanted);
        assert!(written.contains(if named.contains("west->") { "west -> 6" } else { "st" }));
        assert_eq!(read(&written), wanted, "{written}");
        let formatted = script::format(&format!("{ZONES}{listed}\n")).expect("it is read");
        assert!(
            formatted.lines().any(|line| line.contains("west") && !line.starts_with("zone")
                || line.contains("east") && !line.starts_with("zone")),
            "{formatted}"
        );
        assert_eq!(read(&formatted), wanted, "{formatted}");
        assert_eq!(script::format(&formatted).as_deref(), Ok(&*formatted));
    }
}

#[test]
fn what_is_no_list_of_ranks_keeps_its_numbers() {
    let text = "zone one 1\nzone two 2\nzone six 6\nleader 2\nseed 6\nuntil 2s\n\n\
                at 1s flap 6 down 1ms up 2ms\n\nmessage Alive 6->2 #1 lost\n\n\
                expect leader 6\nexpect messages = 6\n";
    assert_eq!(script::format(text).as_deref(), Ok(text));
}

#[test]
fn an_unknown_zone_is_told_with_the_nearest() {
    assert_eq!(
        refused(&format!("{ZONES}at 1s crash wset")),
        "line 3, column 13: `wset` is neither a process nor a zone; did you mean `west`?"
    );
    assert_eq!(
        refused(&format!("{ZONES}at 1s partition west | south")),
        "line 3, column 24: `south` is neither a process nor a zone; the zones are `west` and `east`"
    );
    assert!(refused("at 1s crash west").contains("expected a process such as `3`"));
    assert!(refused(&format!("{ZONES}leader west")).contains("expected a process such as `3`"));
    assert!(refused("zone west 1 9").contains("process 9 does not exist"));
}

#[test]
fn a_line_keeps_its_zone_while_the_zone_stays() {
    let text = format!("{ZONES}at 1s   partition west | east # both\nat 2s crash west\n");
    let old = read(&text);
    let seeded = rewrite(&text, &set(&old, Change::Set(Setting::Seed(9))));
    assert!(
        seeded.contains("at 1s   partition west | east # both\nat 2s crash west\n"),
        "{seeded}"
    );

    let smaller =
        vec![Zone { name: "west".to_owned(), members: ranks(&[1, 2]) }, old.zones[1].clone()];
    let changed = rewrite(&text, &set(&old, Change::Zones(smaller)));
    assert!(
        changed.contains("partition west 3 | east"),
        "the ranks stay what they were: {changed}"
    );
    assert!(changed.contains("at 2s crash west 3\n"), "{changed}");

    let renamed =
        vec![Zone { name: "left".to_owned(), members: ranks(&[1, 2, 3]) }, old.zones[1].clone()];
    let changed = rewrite(&text, &set(&old, Change::Zones(renamed)));
    assert!(
        changed.contains("zone left 1 2 3\n") && changed.contains("partition left | east"),
        "{changed}"
    );

    let gone = rewrite(&text, &set(&old, without_zone(&old, 0)));
    assert!(gone.contains("partition 1 2 3 | east") && !gone.contains("west"), "{gone}");
}

#[test]
fn links_between_two_zones_are_one_line() {
    let text = "processes 4\nzone odd 1 3\nzone even 2 4\nlatency odd -- even 40ms\n";
    assert_eq!(script::write(&read(text)), text);
}

#[test]
fn a_disabled_line_may_name_a_zone() {
    let text = format!("{ZONES}at 1s crash west\n");
    let aside = disable(&text, 3);
    assert_eq!(disabled(&aside).len(), 1, "{aside}");
    assert_eq!(enable(&aside, 3), text);
}

#[test]
fn neither_names_nor_zones_nor_marks_change_a_run() {
    let plain = "at 100ms crash 6\nat 200ms suspect 3\n";
    let noted = format!("{plain}{ZONES}name 6 \"hal\"\nmark 150ms \"6 is gone\"\n");
    let digest = |text: &str| Run::of(read(text)).digest();
    assert_eq!(digest(plain), digest(&noted));
}

#[test]
fn sentences_use_names_and_zones() {
    let text = format!(
        "{ZONES}name 6 \"hal\"\nname 5 \"eve\"\nat 100ms crash 6\nat 200ms suspect 3\n\
         at 400ms partition west | east\nexpect leader 5\n"
    );
    let scenario = read(&text);
    let transcript = narration::transcript(&Run::of(scenario.clone()));
    assert!(transcript.contains("hal, the leader, crashes."), "{transcript}");
    assert!(
        transcript
            .contains("3 suspects that hal is gone and asks every higher rank: 4, eve and hal.")
    );
    assert!(transcript.contains("The network splits: west on one side, east on the other."));
    assert!(transcript.contains("eve leads"), "{transcript}");
    assert_eq!(narration::expectation(&scenario, 0), "leader eve");
}

#[test]
fn names_reach_the_key_of_colours_and_the_lessons_panel() {
    let scenario = read("name 6 \"hal\"\nname 2 \"bo\"\nat 100ms crash 6\n");
    let document = Document::of(&scenario);
    let run_view = RunView::new(Run::of(scenario.clone()), &document);
    let snapshot = run_view.run.snapshot(None, Time::ms(50), Duration::ZERO);
    let leaders = legend(&run_view.picture(&snapshot)).leaders;
    assert_eq!(leaders.iter().map(|(called, _)| &**called).collect::<Vec<_>>(), ["hal"]);

    // A step that asks for a crash of 6, after a crash of 2.
    let state = State::new(document).apply(Action::Lesson(LessonAction::Enter(1)));
    let fault = Fault::Crash(ranks(&[2]));
    let wrong = state.apply(Action::Change(Change::AddFault { at: Time::ms(951), fault }));
    let panel = wrong.lesson.expect("a lesson").panel(&scenario, Time::ms(951), false);
    let deviation = "You chose bo, but this step asks for hal.";
    assert_eq!(panel.deviation.as_deref(), Some(deviation));
    assert_eq!(panel.awaited.map(|words| words.starts_with("Crash hal: ")), Some(true));
}

#[test]
fn a_name_is_escaped_where_a_format_could_misread_it() {
    let text = "name 6 \"a;b#<i>%{}\"\nat 100ms crash 6\n";
    let out = written(LogFormat::Mermaid, &Run::of(read(text)));
    assert!(out.contains("participant p6 as a#59;b#35;#60;i#62;#37;#123;#125;\n"), "{out}");
    let json = json::write(&read(text));
    assert_eq!(json::read(&json), Ok(read(text)));
}

#[test]
fn json_refuses_a_second_name_with_its_place() {
    let text =
        "{\"names\": [{\"process\": 3, \"name\": \"a\"}, {\"process\": 3, \"name\": \"b\"}]}";
    let problems = json::read(text).expect_err("3 has two names");
    assert_eq!(problems[0].path, "names[1].process");
    let text = "{\"names\": [{\"process\": 4, \"name\": \"a\"}, {\"process\": 3, \"name\": \"\"}]}";
    let problems = json::read(text).expect_err("a name is blank");
    assert_eq!(problems[0].path, "names[1].name");
}

#[test]
fn who_goes_takes_name_and_zone_along() {
    let scenario = read("zone west 5 6\nzone top 4\nname 6 \"hal\"\nat 1s crash west\n");
    let fewer = set(&scenario, Change::Set(Setting::Ranks(ranks(&[1, 2, 3, 5]))));
    assert!(fewer.names.is_empty());
    assert_eq!(fewer.zones, [Zone { name: "west".to_owned(), members: ranks(&[5]) }]);
    assert_eq!(fewer.timeline[0].fault(), Some(&Fault::Crash(ranks(&[5]))));
}

#[test]
fn a_mark_behind_the_end_gets_a_hint() {
    let read = script::read("until 2s\nat 1s crash 6\nat 1s suspect 3\nmark 3s \"later\"\n")
        .expect("it is read");
    let hints = read.hints();
    assert_eq!(hints.len(), 1, "{hints:?}");
    assert_eq!(hints[0].line, Some(4));
    assert!(hints[0].text.contains("the run ends at 2s"), "{hints:?}");
}

#[test]
fn the_fields_of_the_set_up_change_names_zones_and_chapters() {
    let scenario = Scenario::default();
    let named = AnnotationField::Name(ranks(&[6])[0]).read(&scenario, " hal ");
    let scenario = scenario.with(named.expect("it can be").expect("a change")).expect("it can be");
    assert_eq!(scenario.called(ranks(&[6])[0]).with_rank().to_string(), "hal (6)");
    let scenario = set(&scenario, another_zone(&scenario).expect("all are free"));
    assert_eq!(scenario.zones[0].members, ranks(&[1, 2, 3]));
    let scenario = set(&scenario, another_zone(&scenario).expect("half are free"));
    assert_eq!(another_zone(&scenario), None);
    assert_eq!(scenario.zones[1].name, "zone-2");
    let twice = AnnotationField::ZoneMembers(1).read(&scenario, "3 4");
    assert_eq!(
        twice,
        Err("Process 3 is in two zones, zone-1 and zone-2; it can be in one.".to_owned())
    );
    let scenario = set(&scenario, without_zone(&scenario, 0));
    assert_eq!(scenario.zones.len(), 1);

    let marked = another_mark(&scenario, Time::ms(250)).expect("it can be").expect("a change");
    let scenario = scenario.with(marked).expect("it can be");
    assert_eq!(scenario.marks, [ChapterMark { at: Time::ms(250), text: "Chapter 1".to_owned() }]);
    assert!(another_mark(&scenario, Time::ms(250)).is_err());
    let text = AnnotationField::MarkText(0).read(&scenario, "it begins");
    let scenario = scenario.with(text.expect("it can be").expect("a change")).expect("it can be");
    assert_eq!(AnnotationField::MarkText(0).text(&scenario), "it begins");
    assert_eq!(AnnotationField::MarkAt(0).read(&scenario, "250"), Ok(None));
    assert!(set(&scenario, without_mark(&scenario, 0)).marks.is_empty());
}

#[test]
fn a_zone_is_its_ranks_in_any_order() {
    let scenario = read(&format!("{ZONES}at 1s cut 3 2 1 -> 6"));
    let Some(Fault::Cut(Links { from, .. })) = scenario.timeline[0].fault() else { panic!() };
    assert_eq!(*from, ranks(&[3, 2, 1]), "the order that was written stays");
}
