//! What a script means.

use hustings::election::{Algorithm, Succession};
use hustings::member::Detector;
use hustings::scenario::script::{self, parse};
use hustings::scenario::{
    ExpectedRuns, Fault, FaultTime, FigureView, Latency, Link, Links, MoveKind, Rate, Scenario,
    ScenarioPart, ScenarioParts, SettingKind, TimelineEntry,
};
use hustings::time::{Duration, Time};
use hustings::types::{GroupId, Rank};

/// The scenario of a script without mistakes.
pub(crate) fn scenario(text: &str) -> Scenario {
    parse(text).unwrap_or_else(|found| {
        let errors: Vec<String> = found.iter().map(ToString::to_string).collect();
        panic!("{}\n{text}", errors.join("\n"))
    })
}

fn rank(rank: u16) -> Rank {
    Rank::new(rank).unwrap_or_else(|| panic!("{rank} is a rank"))
}

fn ranks(all: &[u16]) -> Vec<Rank> {
    all.iter().copied().map(rank).collect()
}

fn only_fault(text: &str) -> Fault {
    match &*scenario(text).timeline {
        [TimelineEntry::Fault { fault, .. }] => fault.clone(),
        other => panic!("one fault, not {other:?}"),
    }
}

const FIGURE: &str = r#"title "Bully: 3 notices that 6 is gone"
about "One crash, one election, ten messages."   # one line for galleries
algorithm bully                   # bully | bully-textbook | next-in-line alternates 2
processes 6                       # one number is a count
leader 6                          # who leads at the start
detector scripted                 # or: detector heartbeat every 100ms timeout 350ms
wait alive 60ms
wait elected 90ms
latency 10..20ms                  # every link; both ends included
latency 3->5 80ms                 # one way
loss 0%
duplicate 0%
fifo off
seed 7
until 2s

at 100ms crash 6
at 200ms suspect 3                # 3 notices that the leader does not answer

expect leader 5 by 500ms
expect messages Election = 3
expect messages Elected = 4
expect no split brain
"#;

#[test]
fn the_figure_of_the_notes_reads_as_it_says() {
    let scenario = scenario(FIGURE);
    assert_eq!(scenario.title.as_deref(), Some("Bully: 3 notices that 6 is gone"));
    assert_eq!(scenario.about.as_deref(), Some("One crash, one election, ten messages."));
    assert_eq!(scenario.seed, 7);
    assert_eq!(scenario.until, Some(Time::ms(2_000)));
    assert_eq!(scenario.timeline.len(), 2);
    assert_eq!(scenario.expectations.len(), 4);
    let slow = Latency::new(Duration::ms(80), Duration::ms(80));
    let link = Link { from: rank(3), to: rank(5) };
    assert_eq!(scenario.network.latency_of.get(&link), slow.as_ref());
}

#[test]
fn every_part_knows_its_line() {
    let lines = script::read(FIGURE).expect("the figure can be read").lines;
    assert_eq!(lines.of(SettingKind::Title.part()), Some(1));
    assert_eq!(lines.of(ScenarioPart::Group(0)), Some(5), "the leader's line");
    assert_eq!(lines.of(ScenarioPart::Entry(1)), Some(18));
    assert_eq!(lines.of(ScenarioPart::Expectation(3)), Some(23));
    assert_eq!(lines.of(ScenarioPart::Override(0)), None);
}

#[test]
fn nothing_means_the_defaults() {
    assert_eq!(*scenario(""), ScenarioParts::default());
    assert_eq!(*scenario("\n  \n\t\n# nothing\n"), ScenarioParts::default());
}

#[test]
fn the_shortest_useful_script_is_two_lines() {
    let scenario = scenario("at 100ms crash 6\nat 200ms suspect 3");
    assert_eq!(scenario.timeline.len(), 2);
    assert_eq!(scenario.end(), Time::ms(2_200));
}

#[test]
fn case_tabs_line_ends_and_a_byte_order_mark_are_forgiven() {
    let plain = scenario("algorithm bully\nat 100ms crash 6\nexpect messages Election = 3\n");
    let odd = "\u{feff}ALGORITHM\tBully\r\n  At 100MS Crash\t6  \r\nExpect Messages eLeCtIoN=3";
    assert_eq!(scenario(odd), plain);
}

#[test]
fn commas_between_numbers_are_forgiven() {
    assert_eq!(scenario("processes list 1, 2,5").ranks, ranks(&[1, 2, 5]));
}

#[test]
fn a_hash_is_a_comment_except_in_quotes_and_before_a_digit() {
    let scenario = scenario(
        "title \"Item #7 # \\\"x\\\" \\\\\"# really\nseed 3# yes\nmessage Alive 5->3 #1 lost#no",
    );
    assert_eq!(scenario.title.as_deref(), Some("Item #7 # \"x\" \\"));
    assert_eq!(scenario.seed, 3);
    assert_eq!(scenario.overrides.len(), 1);
}

#[test]
fn durations_are_exact_to_the_microsecond() {
    let wait = |text: &str| scenario(&format!("wait alive {text}")).timeouts.alive.as_us();
    assert_eq!(wait("250us"), 250);
    assert_eq!(wait("250ms"), 250_000);
    assert_eq!(wait("1.5s"), 1_500_000);
    assert_eq!(wait("2m"), 120_000_000);
    assert_eq!(wait("1.000001s"), 1_000_001);
    assert_eq!(wait("0.10000000000000s"), 100_000, "zeros at the end say nothing");
}

#[test]
fn a_latency_has_one_end_or_two() {
    let latency = |text: &str| {
        let latency = scenario(&format!("latency {text}")).network.latency;
        (latency.lo().as_us(), latency.hi().as_us())
    };
    assert_eq!(latency("10..20ms"), (10_000, 20_000));
    assert_eq!(latency("10ms..20ms"), (10_000, 20_000));
    assert_eq!(latency("250us..1ms"), (250, 1_000));
    assert_eq!(latency("1.5 .. 2s"), (1_500_000, 2_000_000));
    assert_eq!(latency("80ms"), (80_000, 80_000));
}

#[test]
fn rates_are_exact_to_the_millionth() {
    let loss = |text: &str| scenario(&format!("loss {text}")).network.loss;
    assert_eq!(loss("0.5%"), Rate::ppm(5_000).unwrap());
    assert_eq!(loss("0.0001%"), Rate::ppm(1).unwrap());
    assert_eq!(loss("100%"), Rate::ALWAYS);
}

#[test]
fn links_are_named_one_by_one_or_in_sets() {
    let of = |text: &str| {
        let scenario = scenario(text);
        let links = scenario.network.loss_of.keys().map(|link| (link.from.get(), link.to.get()));
        links.collect::<Vec<_>>()
    };
    assert_eq!(of("loss 3->5 2%"), [(3, 5)]);
    assert_eq!(of("loss 3--5 2%"), [(3, 5), (5, 3)]);
    assert_eq!(of("loss 1 2 -> 3 4 2%"), [(1, 3), (1, 4), (2, 3), (2, 4)]);
    assert_eq!(scenario("latency 1 -> 2 3 10..20ms").network.latency_of.len(), 2);
}

#[test]
fn the_last_of_two_equal_statements_counts() {
    assert_eq!(scenario("seed 3\nseed 4").seed, 4);
    let network = &scenario("latency 3->5 80ms\nlatency 5ms\nlatency 3->5 90ms").network;
    let link = Link { from: rank(3), to: rank(5) };
    assert_eq!(network.latency_of[&link].lo(), Duration::ms(90));
    assert_eq!(network.latency.lo(), Duration::ms(5));
}

#[test]
fn every_fault_has_its_line() {
    let both = |from: &[u16], to: &[u16], both| Links { from: ranks(from), to: ranks(to), both };
    assert_eq!(only_fault("at 1s crash 6 5"), Fault::Crash(ranks(&[6, 5])));
    assert_eq!(only_fault("at 1s recover 6"), Fault::Recover(ranks(&[6])));
    let suspect = Fault::Suspect { processes: ranks(&[3]), group: None };
    assert_eq!(only_fault("at 1s suspect 3"), suspect);
    let suspect = Fault::Suspect { processes: ranks(&[3]), group: Some(GroupId::MAIN) };
    assert_eq!(only_fault("at 1s suspect 3 in main"), suspect);
    let pause = Fault::Pause { processes: ranks(&[6]), span: Duration::ms(50) };
    assert_eq!(only_fault("at 1s pause 6 for 50ms"), pause);
    assert_eq!(only_fault("at 1s resume 6"), Fault::Resume(ranks(&[6])));
    let sides = vec![ranks(&[1, 2]), ranks(&[3]), ranks(&[4, 5])];
    assert_eq!(only_fault("at 1s partition 1 2 | 3 | 4 5"), Fault::Partition(sides));
    assert_eq!(only_fault("at 1s cut 1->2"), Fault::Cut(both(&[1], &[2], false)));
    assert_eq!(only_fault("at 1s cut 1 2--3"), Fault::Cut(both(&[1, 2], &[3], true)));
    assert_eq!(only_fault("at 1s heal"), Fault::Heal(None));
    assert_eq!(only_fault("at 1s heal 1->2"), Fault::Heal(Some(both(&[1], &[2], false))));
    let latency = Latency::new(Duration::ms(10), Duration::ms(20)).unwrap();
    let links = Some(both(&[1], &[2], false));
    assert_eq!(only_fault("at 1s latency 1->2 10..20ms"), Fault::Latency { links, latency });
    let loss = Fault::Loss { links: None, rate: Rate::ppm(10_000).unwrap() };
    assert_eq!(only_fault("at 1s loss 1%"), loss);
}

#[test]
fn what_repeats_stays_folded() {
    let every = |until| FaultTime::Every { every: Duration::ms(500), from: Time::ms(1_000), until };
    let crash = Fault::Crash(ranks(&[6]));
    let text = "every 500ms from 1s until 5s crash 6\nevery 500ms from 1s crash 6";
    assert_eq!(
        scenario(text).timeline,
        [
            TimelineEntry::Fault { when: every(Some(Time::ms(5_000))), fault: crash.clone() },
            TimelineEntry::Fault { when: every(None), fault: crash },
        ]
    );
    let text = "at 1s flap 6 down 200ms up 400ms until 5s";
    let flap = TimelineEntry::Flap {
        at: Time::ms(1_000),
        process: rank(6),
        down: Duration::ms(200),
        up: Duration::ms(400),
        until: Some(Time::ms(5_000)),
    };
    assert_eq!(scenario(text).timeline, [flap]);
}

#[test]
fn groups_have_members_a_leader_and_load() {
    let scenario = scenario(
        "
        group orders on 3 1 2
        group users on 2 3 4 leader 3
        group idle on 5 6 leader none
        load orders 200/s
        capacity 150/s
        at 100ms suspect 2 in users
        message Election 2->3 #1 in users lost
        timer alive 2 #1 fires 200ms in orders
        expect leader 3 by 1s in users
        expect agreement
        ",
    );
    assert!(scenario.is_grouped());
    let [orders, users, idle] = &*scenario.groups else { panic!("three groups") };
    assert_eq!((&*orders.name, &orders.members), ("orders", &ranks(&[1, 2, 3])));
    assert_eq!(orders.leader, Some(rank(3)));
    assert_eq!(orders.load, Some(200));
    assert_eq!(users.leader, Some(rank(3)));
    assert_eq!(idle.leader, None);
    assert_eq!(scenario.capacity, Some(150));
    assert_eq!(scenario.overrides[0].choice().group(), GroupId(1));
    assert_eq!(scenario.overrides[1].choice().group(), GroupId(0));
    assert_eq!(scenario.expectations[0].group, Some(GroupId(1)));
    assert_eq!(scenario.expectations[1].group, None);
}

#[test]
fn without_groups_the_only_one_is_main() {
    let scenario = scenario("load 200/s\nexpect leader 6 in main\nmessage Alive 5->3 #1 lost");
    assert!(!scenario.is_grouped());
    assert_eq!(scenario.groups[0].load, Some(200));
    assert_eq!(scenario.expectations[0].group, Some(GroupId::MAIN));
}

#[test]
fn a_leader_is_the_highest_unless_the_script_says_otherwise() {
    let leader = |text: &str| scenario(text).groups[0].leader.map(Rank::get);
    assert_eq!(leader("processes 4"), Some(4));
    assert_eq!(leader("leader 2\nprocesses 4"), Some(2));
    assert_eq!(leader("leader none"), None);
}

#[test]
fn algorithms_and_detectors_have_their_words() {
    let algorithm = |text: &str| scenario(&format!("algorithm {text}")).algorithm.clone();
    assert_eq!(algorithm("bully-textbook"), Algorithm::BullyTextbook);
    let next = |succession| Algorithm::NextInLine(succession);
    assert_eq!(algorithm("next-in-line"), next(Succession::Highest(2)));
    assert_eq!(algorithm("next-in-line alternates 3"), next(Succession::Highest(3)));
    let list = Succession::List(ranks(&[5, 4]));
    assert_eq!(algorithm("next-in-line alternates list 5 4"), next(list));
    let heartbeat = Detector::Heartbeat { every: Duration::ms(100), timeout: Duration::ms(350) };
    assert_eq!(scenario("detector heartbeat every 100ms timeout 350ms").detector, heartbeat);
}

#[test]
fn always_has_a_number_of_faults_and_their_kinds() {
    let text = "expect agreement by 1s\nEXPECT ALWAYS agreement by 1s WITH 2 Faults OF cut, Crash\n\
                expect always no split brain with 1 faults";
    let scenario = scenario(text);
    let [(first, of_some, some), (second, of_all, all)] =
        &*scenario.always_expectations().collect::<Vec<_>>()
    else {
        panic!("two expectations are about runs with added faults")
    };
    assert_eq!((*first, *second), (1, 2));
    assert_eq!(of_some.of_one_run(), scenario.expectations[0], "the rest is as without `always`");
    assert_eq!(of_some.runs, ExpectedRuns::WithFaults(*some));
    assert_eq!(some.most(), 2);
    assert_eq!(some.kinds().iter().collect::<Vec<_>>(), [MoveKind::Cut, MoveKind::Crash]);
    assert_eq!((of_all.runs, all.most()), (ExpectedRuns::WithFaults(*all), 1));
    assert_eq!(all.kinds().iter().collect::<Vec<_>>(), MoveKind::ALL);
}

#[test]
fn a_share_of_seeds_stands_before_the_condition() {
    let text = "seeds 500\nexpect IN 99.5% of Seeds agreement by 1s\nexpect agreement by 1s";
    let scenario = scenario(text);
    assert_eq!(scenario.seeds, 500);
    let share = Rate::ppm(995_000).expect("a rate");
    assert_eq!(scenario.seed_expectations().collect::<Vec<_>>(), [(0, share)]);
    assert_eq!(scenario.expectations[0].of_one_run(), scenario.expectations[1]);
    assert_eq!(self::scenario("").seeds, 200);
}

#[test]
fn a_figure_says_how_it_opens_on_one_line_or_several() {
    let one = scenario("figure start 180ms end 400ms speed 50ms view stage height 420");
    let two =
        scenario("figure start 180ms view both\nfigure view stage end 400ms speed 50ms height 420");
    assert_eq!(one, two);
    assert_eq!(one.figure.view, Some(FigureView::Stage));
    assert_eq!(one.figure.speed, Some(Duration::ms(50)));
    assert_eq!(one.figure.height, Some(420));
}
