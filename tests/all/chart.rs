//! The chart of a sweep: what is drawn of one setting and of two, as far as it has run.

use crate::golden;
use crate::scenes::svg::svg;
use crate::scenes::words::words;
use hustings::export;
use hustings::scenario::{Colours, script};
use hustings::sweep::{Sweep, SweepCell, SweepQuestion};
use hustings::view::chart::{Chart, ChartFrame, ChartModel};
use hustings::view::geometry::{Rect, Size, point};
use hustings::view::palette::ColourTheme;
use hustings::view::text::{Anchor, EvenWidth, Measure, Text};
use hustings::view::{Scene, ShapeForm};
use std::path::Path;

const CRASH: &str = "processes 6
leader 6
detector heartbeat every 100ms timeout 350ms
latency 10..80ms
loss 2%
until 3s
at 1s crash 6
expect leaderless <= 500ms
";

fn question(text: &str, varied: &[(&str, &str)], seeds: u32) -> SweepQuestion {
    let script = script::read(text).unwrap_or_else(|problems| panic!("{text}\n{problems:?}"));
    SweepQuestion::read(&script, varied, seeds).unwrap_or_else(|problem| panic!("{problem}"))
}

/// The cells after so many events.
fn swept(question: &SweepQuestion, events: u64) -> Vec<SweepCell> {
    let mut sweep = Sweep::new(question.clone());
    sweep.step(events);
    sweep.cells()
}

fn frame(hovered: Option<usize>) -> ChartFrame {
    ChartFrame { size: Size { width: 600.0, height: 600.0 }, theme: ColourTheme::Light, hovered }
}

fn draw(question: &SweepQuestion, cells: &[SweepCell], frame: &ChartFrame) -> Chart {
    Chart::new(&ChartModel { question, cells }, frame, &EvenWidth)
}

fn timeouts(text: &str) -> (SweepQuestion, Vec<SweepCell>) {
    let question = question(text, &[("timeout", "150ms..1s/50ms")], 50);
    let cells = swept(&question, u64::MAX);
    (question, cells)
}

fn pairs() -> (SweepQuestion, Vec<SweepCell>) {
    let varied = [("timeout", "150ms..600ms/50ms"), ("latency", "20ms..100ms/20ms")];
    let question = question(CRASH, &varied, 10);
    let cells = swept(&question, u64::MAX);
    (question, cells)
}

/// The same range under two algorithms.
fn two_algorithms() -> (SweepQuestion, Vec<SweepCell>) {
    let varied = [("timeout", "150ms..600ms/50ms"), ("algorithm", "vrrp,bully")];
    let question = question(CRASH, &varied, 30);
    let cells = swept(&question, u64::MAX);
    (question, cells)
}

#[test]
fn one_setting_is_drawn_as_the_design_shows_it() {
    let (question, cells) = timeouts(CRASH);
    let chart = draw(&question, &cells, &frame(Some(2)));
    golden::check("tests/golden/chart-timeout.txt", &words(&chart.scene, ColourTheme::Light));
}

#[test]
fn two_settings_are_drawn_as_the_design_shows_them() {
    let (question, cells) = pairs();
    let chart = draw(&question, &cells, &frame(Some(2)));
    golden::check("tests/golden/chart-two.txt", &words(&chart.scene, ColourTheme::Light));
}

#[test]
fn two_algorithms_are_two_bands_in_one_chart() {
    let (question, cells) = two_algorithms();
    let chart = draw(&question, &cells, &frame(Some(4)));
    golden::check("tests/golden/chart-algorithms.txt", &words(&chart.scene, ColourTheme::Light));
    for words in ["bully", "vrrp", "yours 350 ms", "250 ms, vrrp"] {
        assert!(is_written(&chart.scene, words), "{words}");
    }
    // The scenario's own band has whole lines, whatever the order of the words; the other one has dashes.
    let of_own = |text: &Text| text.words == "bully";
    let named = texts(&chart.scene).into_iter().find(|text| of_own(text)).expect("it has a name");
    let own_y = named.at.y;
    let line_at = |is_dashed: bool| {
        let mut lines = chart.scene.shapes.iter().filter_map(|shape| match &shape.form {
            ShapeForm::Line { to, .. } => {
                let stroke = shape.paint.stroke?;
                (stroke.width == 2.25 && stroke.dash.is_some() == is_dashed).then_some(to.y)
            }
            ShapeForm::Text(_)
            | ShapeForm::Circle { .. }
            | ShapeForm::Curve(_)
            | ShapeForm::Path { .. } => None,
        });
        lines.next_back().expect("each band has a median")
    };
    assert_ne!(line_at(false), line_at(true));
    assert!((line_at(false) - own_y).abs() < (line_at(true) - own_y).abs());
    // Which setting is named first makes no difference.
    let turned = [("algorithm", "vrrp,bully"), ("timeout", "150ms..600ms/50ms")];
    let turned = self::question(CRASH, &turned, 30);
    let same = draw(&turned, &swept(&turned, u64::MAX), &frame(Some(2)));
    assert_eq!(words(&same.scene, ColourTheme::Light), words(&chart.scene, ColourTheme::Light));
    // The options of an algorithm are not part of its name where that is long enough to tell the bands apart.
    let options =
        [("timeout", "150ms..600ms/50ms"), ("algorithm", "bully,next-in-line alternates 2")];
    let options = self::question(CRASH, &options, 2);
    let scene = draw(&options, &swept(&options, u64::MAX), &frame(None)).scene;
    assert!(is_written(&scene, "next-in-line") && is_written(&scene, "bully"));
    // Three words would be three bands: a map shows them.
    let three = [("timeout", "150ms..600ms/50ms"), ("algorithm", "vrrp,bully,raft")];
    let three = self::question(CRASH, &three, 2);
    let map = draw(&three, &swept(&three, u64::MAX), &frame(None));
    assert!(!is_written(&map.scene, "half of them"));
}

#[test]
fn each_cell_of_two_bands_is_found_by_pointer_and_arrows() {
    let (question, cells) = two_algorithms();
    let chart = draw(&question, &cells, &frame(None));
    for cell in 0..cells.len() {
        let centre = chart.area(cell).expect("each value has one").centre();
        assert_eq!(chart.pick(centre), Some(cell));
        assert_eq!(chart.beside(cell, (1, 0)), Some(cell + 2).filter(|&it| it < cells.len()));
        assert_eq!(chart.beside(cell, (-1, 0)), cell.checked_sub(2));
    }
    // The own band is the first row.
    assert_eq!((chart.beside(1, (0, 1)), chart.beside(0, (0, -1))), (Some(0), Some(1)));
    assert_eq!((chart.beside(0, (0, 1)), chart.beside(1, (0, -1))), (None, None));
    // Of the bars, the own one is at the left.
    let foot = 590.0;
    let x = chart.area(8).expect("it has one").centre().x;
    assert_eq!(
        (chart.pick(point(x - 4.0, foot)), chart.pick(point(x + 4.0, foot))),
        (Some(9), Some(8))
    );
}

#[test]
fn every_chart_can_be_looked_at_in_both_themes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let all = [
        ("chart-timeout", timeouts(CRASH)),
        ("chart-two", pairs()),
        ("chart-algorithms", two_algorithms()),
        ("chart-words", {
            let question =
                question(CRASH, &[("algorithm", "bully,bully-textbook,ring,raft,vrrp")], 20);
            let cells = swept(&question, u64::MAX);
            (question, cells)
        }),
        ("chart-filling", {
            let question = question(CRASH, &[("timeout", "150ms..1s/50ms")], 50);
            let cells = swept(&question, 60_000);
            (question, cells)
        }),
    ];
    for (name, (question, cells)) in &all {
        for theme in [ColourTheme::Light, ColourTheme::Dark] {
            for (size, width, height) in [("", 600.0, 600.0), ("-phone", 350.0, 420.0)] {
                let frame = ChartFrame { size: Size { width, height }, theme, hovered: Some(2) };
                let scene = draw(question, cells, &frame).scene;
                let file = folder.join(format!("{name}{size}-{theme:?}.svg").to_lowercase());
                std::fs::write(file, svg(&scene, theme)).expect("target/tmp can be written");
            }
        }
    }
}

fn texts(scene: &Scene) -> Vec<&Text> {
    scene
        .shapes
        .iter()
        .filter_map(|shape| match &shape.form {
            ShapeForm::Text(text) => Some(text),
            ShapeForm::Circle { .. }
            | ShapeForm::Line { .. }
            | ShapeForm::Curve(_)
            | ShapeForm::Path { .. } => None,
        })
        .collect()
}

fn is_written(scene: &Scene, words: &str) -> bool {
    texts(scene).iter().any(|text| text.words == words)
}

fn area(text: &Text) -> Rect {
    let width = EvenWidth.width(&text.words, text.font);
    let left = match text.anchor {
        Anchor::Start => text.at.x,
        Anchor::Middle => text.at.x - width / 2.0,
        Anchor::End => text.at.x - width,
    };
    Rect::new(
        left,
        text.at.y - 0.8 * text.font.size,
        left + width,
        text.at.y + 0.2 * text.font.size,
    )
}

#[test]
fn no_label_covers_another_or_leaves_the_picture() {
    let dense = {
        let question = question(CRASH, &[("timeout", "150ms..780ms/10ms")], 4);
        let cells = swept(&question, u64::MAX);
        (question, cells)
    };
    let named = {
        let names = "bully,bully-textbook,next-in-line,candidates,ring,invitation,raft,vrrp";
        let question = question(CRASH, &[("algorithm", names)], 4);
        let cells = swept(&question, u64::MAX);
        (question, cells)
    };
    let rough = {
        let text = CRASH.replace("loss 2%", "loss 30%");
        let question = question(&text, &[("timeout", "100ms,350ms,351ms,1s")], 20);
        let cells = swept(&question, 5_000);
        (question, cells)
    };
    for (question, cells) in [timeouts(CRASH), pairs(), two_algorithms(), dense, named, rough] {
        for (width, height) in [(600.0, 600.0), (350.0, 420.0), (280.0, 300.0), (1_000.0, 500.0)] {
            let size = Size { width, height };
            for hovered in (0..question.cells()).step_by(3).map(Some).chain([None]) {
                let scene = draw(&question, &cells, &ChartFrame { size, ..frame(hovered) }).scene;
                let areas: Vec<(&str, Rect)> =
                    texts(&scene).iter().map(|text| (&*text.words, area(text))).collect();
                for (nth, (words, area)) in areas.iter().enumerate() {
                    let other = areas[..nth].iter().find(|(_, other)| other.meets(*area));
                    assert!(other.is_none(), "{words} and {other:?} at {size:?}, {hovered:?}");
                    assert!(area.min.x >= -4.0 && area.max.x <= width + 4.0, "{words} at {size:?}");
                    assert!(area.min.y >= 0.0 && area.max.y <= height + 4.0, "{words} at {size:?}");
                }
            }
        }
    }
}

#[test]
fn what_has_not_run_has_no_point_and_no_bar() {
    let (question, all) = timeouts(CRASH);
    let some = swept(&question, 60_000);
    let run = some.iter().filter(|cell| cell.runs > 0).count();
    assert!((2..all.len()).contains(&run), "{run} of {}", all.len());
    let count = |cells: &[SweepCell]| draw(&question, cells, &frame(None)).scene.shapes.len();
    assert!(count(&[]) < count(&some) && count(&some) < count(&all));
    let scene = draw(&question, &some, &frame(None)).scene;
    // The labels of the lines stand where these end.
    let name = texts(&scene).into_iter().find(|text| text.words == "half of them").cloned();
    assert!(name.expect("some values have run").at.x < 500.0);
    let empty = draw(&question, &[], &frame(None)).scene;
    assert!(!is_written(&empty, "half of them") && is_written(&empty, "yours 350 ms"));
}

#[test]
fn a_line_that_exceeds_what_is_expected_is_an_alarm() {
    let alarm = ColourTheme::Light.tokens().alarm_text;
    let alarms = |text: &str| {
        let (question, cells) = timeouts(text);
        let chart = draw(&question, &cells, &frame(None));
        let is_alarm = |paint: &hustings::view::Paint| {
            paint.stroke.is_some_and(|stroke| stroke.colour == alarm) || paint.fill == Some(alarm)
        };
        chart.scene.shapes.iter().filter(|shape| is_alarm(&shape.paint)).count()
    };
    assert!(alarms(CRASH) > 10);
    assert_eq!(alarms(&CRASH.replace("500ms", "2s")), 0, "all is met");
    assert_eq!(alarms(&CRASH.replace("expect leaderless <= 500ms", "")), 0, "nothing is expected");
}

#[test]
fn a_pointer_finds_the_nearest_value_and_the_arrows_its_neighbours() {
    let (question, cells) = timeouts(CRASH);
    let chart = draw(&question, &cells, &frame(None));
    for cell in 0..cells.len() {
        let centre = chart.area(cell).expect("each value has one").centre();
        assert_eq!(chart.pick(centre), Some(cell));
        assert_eq!(chart.beside(cell, (1, 0)), Some(cell + 1).filter(|&it| it < cells.len()));
        assert_eq!(chart.beside(cell, (-1, 0)), cell.checked_sub(1));
        assert_eq!(chart.beside(cell, (0, 1)), None);
    }
    assert_eq!(chart.pick(point(300.0, 5.0)), None, "the heading is no value");
    let (question, cells) = pairs();
    let chart = draw(&question, &cells, &frame(None));
    // The values of the second setting run fastest, and upwards.
    assert_eq!(chart.beside(0, (0, -1)), Some(1));
    assert_eq!(chart.beside(1, (0, 1)), Some(0));
    assert_eq!(chart.beside(0, (1, 0)), Some(5));
    assert_eq!((chart.beside(0, (0, 1)), chart.beside(0, (-1, 0))), (None, None));
    assert_eq!(chart.beside(cells.len() - 1, (1, 0)), None);
}

#[test]
fn the_file_of_a_chart_says_what_it_shows() {
    let (question, cells) = timeouts(CRASH);
    let model = ChartModel { question: &question, cells: &cells };
    let picture = export::chart(&model, "350 ms: fine.", Colours::Auto);
    assert!(picture.starts_with("<svg xmlns"));
    assert!(picture.contains("<desc id=\"desc\">350 ms: fine.</desc>"), "{picture}");
    assert!(picture.contains(">99 of 100 runs</text>") && picture.contains(">yours 350 ms</text>"));
    assert!(picture.contains("prefers-color-scheme"));
    assert!(!export::chart(&model, "", Colours::Dark).contains("prefers-color-scheme"));
}
