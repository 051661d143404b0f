//! Diagrams worth looking at, as SVG in `target/tmp`.

use super::Look;
use crate::scenes::svg::svg;
use hustings::view::geometry::Size;
use hustings::view::palette::ColourTheme;
use hustings::view::spacetime::{DiagramFrame, height};
use std::path::Path;

#[test]
fn every_diagram_can_be_looked_at_in_both_themes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let split = || Look { skips_quiet: false, ..Look::preset("split-brain") };
    let looks = [
        ("election", Look::preset("bully-figure"), 268),
        ("election-whole", Look::preset("bully-figure").within(0, 2_000), 268),
        ("split", split().within(720, 2_420), 1_610),
        ("split-near", split().within(1_100, 1_300), 1_210),
        ("split-skips", Look::preset("split-brain"), 1_610),
        ("thirty-two", Look::preset("thirty-two"), 250),
        ("unstable", Look::preset("unstable-rank"), 3_000),
        ("unstable-whole", Look::preset("unstable-rank").within(0, 6_500), 3_000),
        ("slow-link", Look::preset("slow-link"), 300),
        ("long-pause", Look::preset("long-pause"), 2_000),
        ("long-pause-whole", Look::preset("long-pause").within(0, 4_000), 2_000),
        ("one-cut", Look::preset("one-cut-link"), 500),
        ("start", Look::preset("start"), 500),
        ("terms", Look::preset("raft-split-vote"), 500),
        ("terms-in-line", Look::preset("next-in-line-figure"), 500),
    ];
    for (name, look, now) in looks {
        for theme in [ColourTheme::Light, ColourTheme::Dark] {
            for (width, window) in [(1064.0, 900.0), (704.0, 768.0), (390.0, 500.0)] {
                let lanes = look.run_view.run.scenario().ranks.len();
                let size = Size { width, height: height(lanes, 1, window) };
                let frame =
                    DiagramFrame { theme, overview: width > 480.0, ..DiagramFrame::new(size) };
                let scene = Look { frame, ..look.clone() }.at(now);
                assert!(!scene.shapes.is_empty(), "{name} is empty");
                let file = format!("diagram-{name}-{width}-{theme:?}.svg").to_lowercase();
                std::fs::write(folder.join(file), svg(&scene, theme)).expect("it can be written");
            }
        }
    }
}
