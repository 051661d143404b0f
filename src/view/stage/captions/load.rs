//! The requests at a process, as a line of its caption and a bar below it; and in the middle of the
//! stage those that wait for a leader, and how many messages are not drawn.

use super::super::words::{waiting, work};
use super::{CaptionBlock, DrawContext, LEADING, clear_of_canal, draw_block};
use crate::view::Scene;
use crate::view::bars::fill;
use crate::view::geometry::{Rect, point};
use crate::view::model::{MessageState, ProcessModel};
use crate::view::paint::Paint;
use crate::view::path::Path;
use crate::view::text::{Anchor, Font};

const FONT: Font = Font::new(12.0, 600);
const BAR: (f64, f64) = (64.0, 5.0);
/// So many groups are told of in the middle; there is no room for more.
const MOST_WAITING: usize = 4;

type LoadLines = Vec<(String, Font)>;

/// The forms of a caption with what the process has to do below; by itself where nothing else is told.
pub fn forms(process: &ProcessModel, told: Vec<LoadLines>) -> Vec<LoadLines> {
    let Some(line) = process.work.map(|at_work| (work(at_work), FONT)) else { return told };
    let with = |mut lines: LoadLines| {
        lines.push(line.clone());
        lines
    };
    let mut forms: Vec<LoadLines> = told.into_iter().map(with).collect();
    forms.push(vec![line.clone()]);
    forms
}

/// How long its queue is, as a part of the longest one of the run.
pub fn bar(process: &ProcessModel) -> Option<f64> {
    let work = process.work.filter(|work| work.longest > 0)?;
    Some((work.queue as f64 / work.longest as f64).min(1.0))
}

/// Below the last line.
pub fn bar_area(block: &CaptionBlock) -> Rect {
    let below = LEADING * block.lines.len().saturating_sub(1) as f64 + 6.0;
    let left = match block.anchor {
        Anchor::Start => block.at.x,
        Anchor::Middle => block.at.x - BAR.0 / 2.0,
        Anchor::End => block.at.x - BAR.0,
    };
    let top = block.at.y + below;
    Rect::new(left, top, left + BAR.0, top + BAR.1)
}

pub fn draw_bar(sight: &DrawContext, block: &CaptionBlock, scene: &mut Scene) {
    let Some(full) = block.bar else { return };
    let tokens = sight.tokens();
    let whole = bar_area(block);
    let length = BAR.0 * full;
    // It fills from the process outwards.
    let from = match block.anchor {
        Anchor::Start | Anchor::Middle => whole.min.x,
        Anchor::End => whole.max.x - length,
    };
    let part = Rect::new(from, whole.min.y, from + length, whole.max.y);
    scene.path(Path::rounded(whole.grown(1.5), 3.0), Paint::fill(tokens.stage));
    if full > 0.0 {
        fill(scene, part, Paint::fill(tokens.ink2));
    }
    scene.path(Path::rounded(whole, 2.0), Paint::stroke(tokens.ctl, 1.0));
}

pub fn draw_waiting(sight: &DrawContext, taken: &mut Vec<Rect>, scene: &mut Scene) {
    let lines: LoadLines =
        sight.picture.waiting.iter().take(MOST_WAITING).map(|w| (waiting(w), FONT)).collect();
    let lines: LoadLines = lines.into_iter().chain(left_out(sight)).collect();
    if lines.is_empty() {
        return;
    }
    let up = (lines.len() - 1) as f64 * LEADING / 2.0;
    let heights = [0.0, -0.4, 0.4].map(|share| share * sight.ring.ry);
    let blocks = heights.into_iter().map(|height| {
        let at = sight.ring.centre + point(0.0, height + 4.0 - up);
        CaptionBlock::new(sight, lines.clone(), at, Anchor::Middle)
    });
    if let Some(block) = blocks.into_iter().find(|block| clear_of_canal(sight, block.room)) {
        taken.push(block.room);
        draw_block(sight, block, scene);
    }
}

/// Where more messages are on their way than a picture holds.
fn left_out(sight: &DrawContext) -> Option<(String, Font)> {
    let picture = sight.picture;
    let drawn =
        picture.messages.iter().filter(|flight| flight.fate == MessageState::OnItsWay).count();
    let words = || format!("{drawn} of {} messages on their way are drawn", picture.in_flight);
    (drawn < picture.in_flight).then(|| (words(), FONT))
}
