//! The start as HTML, to stand in `index.html` until the program has loaded: the same sentence, the
//! same picture at instant 0 and the same button. A native test keeps the page's part up to date.

use super::svg;
use crate::presets;
use crate::run::Run;
use crate::scenario::script;
use crate::types::{GroupId, Rank};
use crate::view::build::{build_stage, memory};
use crate::view::model::StageModel;
use crate::view::palette::{ColourTheme, LeaderStyles};
use crate::view::stage::{StageFrame, scene};
use crate::view::start::{self, DEED, HEADLINE, PARAGRAPH, PICTURES};
use crate::view::text::EvenWidth;

/// Sentence, picture in four sizes and button; nothing if the preset could not be read.
pub fn html() -> Option<String> {
    let picture = picture()?;
    let ranks: Vec<Rank> = picture.processes.iter().map(|process| process.rank).collect();
    let [first, second] = HEADLINE;
    let drawings = PICTURES.map(|kind| {
        let frame = StageFrame { theme: ColourTheme::Coded, ..start::frame(kind.size, &ranks) };
        svg::inline(&scene(&picture, &frame, &EvenWidth), &format!("start-{}", kind.name))
    });
    Some(format!(
        "<div class=\"hello\"><h1>{first} <br>{second}</h1><p>{PARAGRAPH}</p></div>\n\
         <div class=\"start-stage\">\n{}<i class=\"tie\"></i>\n\
         <button class=\"crash\" id=\"crash\">{DEED} <kbd>x</kbd></button>\n</div>\n",
        drawings.concat()
    ))
}

fn picture() -> Option<StageModel> {
    let scenario = script::read(presets::find("start")?.script).ok()?.scenario;
    let memory = memory(&scenario);
    let leader_styles = LeaderStyles::new(&scenario.ranks, &[]);
    // Where the page begins to play: heartbeats are on their way.
    let at = scenario.figure.start.unwrap_or_default();
    let snapshot = Run::of(scenario).snapshot(None, at, memory);
    Some(build_stage(&snapshot, GroupId::MAIN, leader_styles))
}
