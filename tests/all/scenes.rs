//! The stage, posed and looked at: its draw list as text, and every pose as an SVG in `target/tmp`.

mod captions;
pub(crate) mod poses;
pub(crate) mod svg;
pub(crate) mod words;

use crate::golden;
use hustings::view::Scene;
use hustings::view::geometry::{Size, point};
use hustings::view::model::StageModel;
use hustings::view::palette::ColourTheme;
use hustings::view::ring::Inset;
use hustings::view::stage::{StageFrame, scene};
use hustings::view::text::EvenWidth;
use std::path::Path;
use words::words;

/// A stage as the page shows it: the key lies over its top, the legend over its foot.
fn wide(theme: ColourTheme) -> StageFrame {
    let inset = Inset { top: 22.0, bottom: 43.0, ..Inset::default() };
    let size = Size { width: 1064.0, height: 468.0 };
    StageFrame { inset, theme, ..StageFrame::new(size) }
}

fn phone(theme: ColourTheme) -> StageFrame {
    let inset = Inset { top: 31.0, bottom: 4.0, ..Inset::default() };
    let size = Size { width: 390.0, height: 316.0 };
    StageFrame { inset, theme, coarse: true, ..StageFrame::new(size) }
}

fn draw(picture: &StageModel, frame: &StageFrame) -> Scene {
    scene(picture, frame, &EvenWidth)
}

#[test]
fn an_election_is_drawn_as_the_design_shows_it() {
    let scene = draw(&poses::election(), &poses::selected(3, wide(ColourTheme::Light)));
    golden::check("tests/golden/stage-election.txt", &words(&scene, ColourTheme::Light));
}

#[test]
fn votes_leases_delays_and_laps_are_drawn_as_the_design_shows_them() {
    let scene = draw(&poses::signs(), &wide(ColourTheme::Light));
    golden::check("tests/golden/stage-signs.txt", &words(&scene, ColourTheme::Light));
}

#[test]
fn zones_are_drawn_as_the_design_shows_them() {
    let scene = draw(&poses::zones(), &wide(ColourTheme::Light));
    golden::check("tests/golden/stage-zones.txt", &words(&scene, ColourTheme::Light));
}

#[test]
fn every_pose_can_be_looked_at_in_both_themes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for theme in [ColourTheme::Light, ColourTheme::Dark] {
        for (name, scene) in poses::all(theme) {
            assert!(!scene.shapes.is_empty(), "{name} is empty");
            let file = folder.join(format!("{name}-{theme:?}.svg").to_lowercase());
            std::fs::write(file, svg::svg(&scene, theme)).expect("target/tmp can be written");
        }
    }
}

#[test]
fn a_pointer_finds_what_is_drawn() {
    use hustings::view::Target;
    let scene = draw(&poses::election(), &wide(ColourTheme::Light));
    let rank = |n| hustings::types::Rank::new(n).expect("not 0");
    for n in 1..=6 {
        let (centre, radius) = scene.process(rank(n)).expect("it is drawn");
        assert_eq!(scene.pick(centre), Some(Target::Process(rank(n))));
        let rim = centre + point(0.0, radius + 5.0);
        assert_eq!(scene.pick(rim), Some(Target::Process(rank(n))), "just outside of {n}");
    }
    let (one, _) = scene.process(rank(1)).expect("it is drawn");
    let (two, _) = scene.process(rank(2)).expect("it is drawn");
    let link = scene.pick(one.towards(two, 0.5) + point(4.0, 0.0));
    assert!(matches!(link, Some(Target::Link(link)) if link.from == rank(1)), "{link:?}");
    assert_eq!(scene.pick(point(2.0, 2.0)), None);
}

#[test]
fn what_somebody_asks_about_stands_out_and_the_rest_fades() {
    let picture = poses::election();
    let described = picture.messages[0].name;
    let asked =
        picture.clone().highlighting(&[described.from, described.to].into(), &[described].into());
    let faint = asked.processes.iter().filter(|process| process.faint).count();
    assert_eq!(faint, picture.processes.len() - 2);
    let count =
        |scene: &Scene| scene.shapes.iter().filter(|shape| shape.paint.opacity <= 0.16).count();
    let [before, after] =
        [&picture, &asked].map(|picture| draw(picture, &wide(ColourTheme::Light)));
    assert!(count(&after) > count(&before) + 10, "{} and {}", count(&after), count(&before));
    // It is seen for as long as it is asked about, however long ago it arrived.
    let late = hustings::time::Time::ms(5_000);
    let later = hustings::view::model::StageModel { now: late, ..asked };
    let first = draw(&later, &wide(ColourTheme::Light));
    let gone = draw(
        &hustings::view::model::StageModel { highlighted: None, ..later },
        &wide(ColourTheme::Light),
    );
    assert!(first.shapes.len() > gone.shapes.len());
}
