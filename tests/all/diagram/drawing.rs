//! What is drawn for a run: as text, in numbers, and under a pointer.

use super::Look;
use crate::golden;
use crate::scenes::words::words;
use hustings::choice::ChoiceId;
use hustings::narration::why;
use hustings::presets;
use hustings::run::{Pose, Run};
use hustings::simulation::EventKind;
use hustings::time::Time;
use hustings::types::{GroupId, MessageKind, Rank, Role};
use hustings::view::geometry::{Point, Size};
use hustings::view::palette::ColourTheme;
use hustings::view::spacetime::model::DiagramModel;
use hustings::view::spacetime::{ChainHighlight, DiagramFrame, Rows, height};
use hustings::view::text::{Anchor, EvenWidth, Measure};
use hustings::view::{HitArea, Scene, ShapeForm, Target};

#[test]
fn an_election_is_drawn_as_the_design_shows_it() {
    let mut look = Look::preset("bully-figure");
    look.frame.selected = Some(Target::Process(rank(3)));
    golden::check("tests/golden/diagram-election.txt", &words(&look.at(268), ColourTheme::Light));
}

#[test]
fn a_split_network_is_drawn_as_the_design_shows_it() {
    let look = Look { skips_quiet: false, ..Look::preset("split-brain") }.within(720, 2_420);
    golden::check("tests/golden/diagram-split.txt", &words(&look.at(1_610), ColourTheme::Light));
}

/// Mock-up 12: the old leader's term at the start of each rail, the new one where it begins, and in the strip.
#[test]
fn terms_are_drawn_as_the_design_shows_them() {
    let look = Look { skips_quiet: false, ..Look::script(RAFT) }.within(0, 600);
    golden::check("tests/golden/diagram-terms.txt", &words(&look.at(600), ColourTheme::Light));
}

const RAFT: &str = "algorithm raft
    processes 3
    leader 3
    latency 20ms
    detector heartbeat every 500ms timeout 100ms
    timer heartbeat 2 #1 fires 150ms
    timer heartbeat 1 #1 fires 190ms
    at 40ms crash 3
    until 600ms";

#[test]
fn a_change_of_term_has_a_tick_on_its_rail_however_low_the_rails_are() {
    let look = Look { skips_quiet: false, ..Look::script(RAFT) }.within(0, 600);
    let ticks = |look: &Look| {
        let x = look.scale().x(Time::ms(150));
        let scene = look.at(600);
        let lines = scene.shapes.iter().filter_map(|shape| match shape.form {
            ShapeForm::Line { from, to } => Some((from, to, shape.target)),
            _ => None,
        });
        let upright = lines.filter(|(from, to, _)| from.x == to.x && from.x == x);
        upright.filter(|(.., target)| matches!(target, Some(Target::Process(_)))).count()
    };
    // 2 stands in term 2 at that instant, and 1 takes it 20 ms later.
    assert_eq!(ticks(&look), 1);
    let mut low = look.clone();
    low.frame.size.height = 110.0;
    assert_eq!(ticks(&low), 1);
}

#[test]
fn lanes_are_between_5_and_40_high() {
    // Lanes, the diagram's height in a window of 900, the lanes' pitch, what is hidden.
    let table = [
        (1, 134.0, 40.0, 0.0),
        (2, 174.0, 40.0, 0.0),
        (3, 214.0, 40.0, 0.0),
        (6, 334.0, 40.0, 0.0),
        (8, 414.0, 40.0, 0.0),
        (12, 414.0, 26.67, 0.0),
        (32, 414.0, 10.0, 0.0),
        (64, 414.0, 5.0, 0.0),
    ];
    for (lanes, high, pitch, hidden) in table {
        let found = height(lanes, 1, 900.0);
        assert!((found - high).abs() < 0.01, "{lanes} lanes are {found} high");
        let rows = Rows::new(Size { width: 1064.0, height: found }, lanes, 1, true);
        assert!((rows.pitch - pitch).abs() < 0.01, "{lanes} lanes have {}", rows.pitch);
        assert!((rows.hidden() - hidden).abs() < 0.01, "{lanes} lanes hide {}", rows.hidden());
        assert!(rows.lane(0) > rows.top && rows.lane(lanes - 1) < rows.foot + 0.01);
    }
    let low = Rows::new(Size { width: 1064.0, height: 254.0 }, 64, 1, true);
    assert_eq!((low.pitch, low.hidden()), (5.0, 160.0));
    assert_eq!(low.scrolled(1_000.0).scroll, 160.0);
}

#[test]
fn a_pointer_finds_everything_that_is_drawn() {
    let look = Look::script(
        "processes 4
         at 20ms pause 4 for 60ms
         at 30ms crash 1
         at 40ms suspect 2
         at 150ms recover 1
         at 200ms partition 1 2 | 3 4
         at 240ms heal
         until 300ms",
    );
    let look = Look { skips_quiet: false, ..look }.within(0, 300);
    let scene = look.at(100);
    let found: Vec<Target> = scene.hit_regions.iter().map(|region| region.target).collect();
    for target in [
        Target::Fault(0),
        Target::FaultEnd(0),
        Target::Fault(1),
        Target::Fault(2),
        Target::Fault(3),
        Target::Fault(4),
        Target::Fault(5),
        Target::Partition,
        Target::Process(rank(1)),
        Target::Process(rank(4)),
    ] {
        assert!(found.contains(&target), "{target} cannot be pointed at");
    }
    assert!(found.iter().any(|target| matches!(target, Target::Timer(_))));
    for region in &scene.hit_regions {
        let at = middle(region.area);
        let picked = scene.pick(at).expect("something is there");
        let same_place = scene
            .hit_regions
            .iter()
            .any(|other| other.target == picked && middle(other.area).distance(at) < 25.0);
        let on_a_line = matches!(region.area, HitArea::Band { .. });
        assert!(picked == region.target || same_place || on_a_line, "{} at {at:?}", region.target);
    }
    let record = look.record();
    let message = record.mail.iter().find(|mail| mail.name.kind == MessageKind::Election);
    let message = message.expect("2 asks");
    let target = Target::Message(message.name);
    assert_eq!(record.place_of(target, message.due), Some((message.due, message.sent)));
    assert_eq!(
        record.place_of(Target::FaultEnd(0), Time::ZERO),
        Some((Time::ms(80), Time::ms(20)))
    );
}

#[test]
fn detail_goes_as_time_gets_denser() {
    let look = || Look { skips_quiet: false, ..Look::preset("split-brain") };
    let messages = |scene: &Scene| {
        let about = |target| matches!(target, Some(Target::Message(_)));
        scene.shapes.iter().filter(|shape| about(shape.target)).count()
    };
    let near = look().within(1_100, 1_300).at(1_150);
    let middle = look().within(900, 1_900).at(1_150);
    let far = Look::script("processes 6\ndetector heartbeat every 100ms timeout 350ms\nuntil 8s");
    let far = Look { skips_quiet: false, ..far }.within(0, 8_000).at(1_150);
    assert!(messages(&near) > 0 && messages(&middle) > 0);
    assert_eq!(messages(&far), 0);
}

#[test]
fn why_5_leads_has_three_messages() {
    let look = Look::preset("bully-figure");
    let run = &look.run_view.run;
    let mut events = run.events(Time::ms(270), Time::ms(300)).into_iter();
    let leads = events.rfind(|event| event.what == EventKind::Became(Role::Leads));
    let chain = ChainHighlight::of(&why(run, leads.expect("5 leads").id));
    let mails = look.record().mail.into_iter().filter(|mail| chain.has(mail));
    let mails: Vec<String> = mails.map(|mail| ChoiceId::Message(mail.name).to_string()).collect();
    let expected = ["message Election 3->5 #1", "message Alive 5->3 #1", "message Proceed 3->5 #1"];
    assert_eq!(mails, expected);
}

#[test]
fn why_leaves_the_rest_faint() {
    let look = Look::preset("bully-figure");
    let record = look.record();
    let proceed = record.mail.iter().find(|mail| mail.name.kind == MessageKind::Proceed);
    let proceed = proceed.expect("3 tells 5 to proceed").name;
    let chain = ChainHighlight { messages: [proceed].into(), ..ChainHighlight::default() };
    let scene = look.why(&chain);
    let of =
        |name| move |shape: &&hustings::view::Shape| shape.target == Some(Target::Message(name));
    let strong = scene.shapes.iter().filter(of(proceed)).all(|shape| shape.paint.opacity == 1.0);
    assert!(strong);
    let other = record.mail.iter().find(|mail| mail.name != proceed).expect("there are ten").name;
    assert!(scene.shapes.iter().filter(of(other)).all(|shape| shape.paint.opacity <= 0.2));
}

#[test]
fn a_million_events_are_drawn_with_few_shapes() {
    let look = Look::script(
        "processes 6
         detector heartbeat every 15ms timeout 60ms
         at 1s flap 6 down 1s up 4s
         until 1363s",
    );
    let whole = look.run_view.run.end().as_us() / 1_000;
    let look = look.within(0, whole);
    assert!(look.run_view.run.events_so_far() > 950_000);
    let record = look.record();
    assert!(record.is_summary);
    let shapes = look.at(whole / 2).shapes.len();
    assert!(shapes < 60_000, "{shapes} shapes");
    let near = look.within(500_000, 500_400);
    assert!(!near.record().is_summary);
}

#[test]
fn the_index_agrees_with_every_instant() {
    for seed in 0..60 {
        let run = Run::of(crate::scenarios::random(seed));
        let index = run.index();
        let scenario = run.scenario();
        for group in scenario.group_ids() {
            for &rank in &scenario.group(group).members {
                let turns = index.pose_changes(group, rank);
                for turn in turns.iter().step_by(turns.len() / 8 + 1) {
                    let last = index.start_of(usize::from(turn.bucket) + 1).as_us() - 1;
                    let world = run.at(Time::us(last));
                    let pose = Pose::of(&world, group, rank);
                    assert_eq!(turn.pose, pose, "random {seed}, {rank} at {last} us");
                }
            }
        }
    }
}

#[test]
fn a_record_agrees_with_every_instant() {
    for seed in 0..60 {
        let run = Run::of(crate::scenarios::random(seed));
        let record = DiagramModel::of(&run, &[GroupId::MAIN], (run.end(), run.end()));
        let whole = DiagramModel::of(&run, &[GroupId::MAIN], (Time::ZERO, run.end()));
        assert!(record.from <= run.end());
        for lane in &whole.lanes {
            for span in lane.rails[0].spans.iter().filter(|_| !whole.is_summary).take(20) {
                let world = run.at(Time::us(span.to.as_us().max(1) - 1));
                let pose = Pose::of(&world, GroupId::MAIN, lane.rank);
                assert_eq!(span.value, pose, "random {seed}, {} before {}", lane.rank, span.to);
            }
        }
    }
}

fn rank(n: u16) -> Rank {
    Rank::new(n).expect("not 0")
}

fn middle(area: HitArea) -> Point {
    match area {
        HitArea::Disc { centre, .. } => centre,
        HitArea::Band { from, to, .. } => from.towards(to, 0.37),
    }
}

#[test]
fn a_narrow_page_has_a_narrow_margin() {
    let frame = |width| DiagramFrame::new(Size { width, height: 332.0 });
    let left = |width| Rows::new(frame(width).size, 6, 1, true).left;
    assert_eq!([left(1064.0), left(704.0), left(390.0)], [64.0, 52.0, 40.0]);
}

/// A page may hide it, and its size is then nothing: the first size of all is often that too.
#[test]
fn a_diagram_without_a_size_can_be_drawn() {
    for (width, height) in [(0.0, 0.0), (1.0, 1.0), (44.0, 332.0), (1064.0, 0.0)] {
        let mut look = Look::preset("bully-figure");
        look.frame = DiagramFrame::new(Size { width, height });
        let drawn = look.at(268);
        assert_eq!(drawn.size, Size { width, height });
    }
}

/// A label that the button *Fit* hides in part reads as another number.
#[test]
fn no_label_of_the_axis_lies_under_the_button_fit() {
    let mut seen = 0;
    for preset in presets::ALL {
        for (width, at) in [(1064.0, 0), (704.0, 600), (390.0, 1_200), (376.0, 2_000)] {
            let mut look = Look::preset(preset.name);
            look.frame.size.width = width;
            let scene = look.at(at);
            let labels = scene.shapes.iter().filter_map(|shape| match &shape.form {
                ShapeForm::Text(text) if text.at.y < 24.0 && text.anchor == Anchor::Middle => {
                    Some((text, EvenWidth.width(&text.words, text.font)))
                }
                _ => None,
            });
            for (text, wide) in labels {
                let left = text.at.x - wide / 2.0;
                assert!(left >= 40.0, "{} at {width}: {:?} from {left}", preset.name, text.words);
                seen += 1;
            }
        }
    }
    assert!(seen > 500, "{seen}");
}
