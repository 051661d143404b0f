//! Every stage has a caption for each fault, however low it is.

use hustings::presets;
use hustings::run::Run;
use hustings::session::{Document, RunView};
use hustings::time::Time;
use hustings::view::build;
use hustings::view::geometry::{Point, Rect, Size, point};
use hustings::view::glyphs;
use hustings::view::model::{Body, ProcessModel};
use hustings::view::ring::Inset;
use hustings::view::stage::{StageFrame, scene};
use hustings::view::text::{Anchor, EvenWidth, Measure};
use hustings::view::{Scene, Shape, ShapeForm, Target};

/// The stage of a window of 1440 by 900, 1024 by 768 and 844 by 390, one side of a comparison, and a presentation
/// in a high window.
const SIZES: [(f64, f64); 5] =
    [(1064.0, 468.0), (704.0, 335.0), (844.0, 316.0), (376.0, 260.0), (820.0, 1_020.0)];

fn words(scene: &Scene) -> Vec<&str> {
    let texts = scene.shapes.iter().filter_map(|shape| match &shape.form {
        ShapeForm::Text(text) => Some(&*text.words),
        _ => None,
    });
    texts.collect()
}

#[test]
fn a_crash_a_pause_and_a_cut_are_named_on_a_low_stage_too() {
    let mut captions_seen = 0;
    for preset in presets::ALL {
        let document = Document::read(preset.script).expect("a preset can be read");
        let run_view = RunView::new(Run::of(document.scenario().clone()), &document);
        // More than eight have no captions, and several groups tell of groups.
        if document.scenario().ranks.len() > 8 || run_view.has_groups() {
            continue;
        }
        let end = run_view.run.end();
        for step in 0..40 {
            let at = Time::us(end.as_us() * step / 39);
            let picture = run_view.picture(&run_view.run.snapshot(
                None,
                at,
                build::memory(run_view.run.scenario()),
            ));
            for (width, height) in SIZES {
                let inset = Inset { top: 22.0, bottom: 43.0, ..Inset::default() };
                let frame = StageFrame { inset, ..StageFrame::new(Size { width, height }) };
                let scene = scene(&picture, &frame, &EvenWidth);
                let words = words(&scene);
                let count =
                    |word: &str| words.iter().filter(|words| words.starts_with(word)).count();
                let place = format!("{} at {at} on {width} by {height}: {words:?}", preset.name);
                let crashed =
                    picture.processes.iter().filter(|process| process.is_crashed()).count();
                assert_eq!(count("crashed"), crashed, "{place}");
                let is_paused =
                    |process: &&ProcessModel| matches!(process.body, Body::Paused { .. });
                let paused = picture.processes.iter().filter(is_paused).count();
                assert_eq!(count("paused"), paused, "{place}");
                let is_cut =
                    scene.hit_regions.iter().any(|region| region.target == Target::Partition);
                assert!(!is_cut_told_over_a_crown(&scene), "{place}");
                let cuts = count("network cut");
                assert_eq!(cuts, usize::from(is_cut), "{place}");
                captions_seen += crashed + paused + cuts;
            }
        }
    }
    assert!(captions_seen > 1_000, "{captions_seen}");
}

/// Whether a line about the cut lies over the crown of a process.
fn is_cut_told_over_a_crown(scene: &Scene) -> bool {
    let is_crown = |shape: &&Shape| matches!(shape.target, Some(Target::Process(_)));
    let crowns = scene.shapes.iter().filter(is_crown).filter_map(|shape| match &shape.form {
        ShapeForm::Path { path, place } if *path == glyphs::CROWN => Some(place.at),
        _ => None,
    });
    let crowns: Vec<Point> = crowns.collect();
    scene.shapes.iter().any(|shape| match &shape.form {
        ShapeForm::Text(text)
            if text.words.starts_with("network cut")
                || text.words.starts_with("nothing crosses") =>
        {
            let width = EvenWidth.width(&text.words, text.font);
            let left = match text.anchor {
                Anchor::Start => text.at.x,
                Anchor::Middle => text.at.x - width / 2.0,
                Anchor::End => text.at.x - width,
            };
            let room = Rect::new(left, text.at.y - 10.0, left + width, text.at.y + 3.0);
            crowns.iter().any(|&crown| room.meets_disc(crown - point(0.0, 6.0), 6.0))
        }
        _ => false,
    })
}
