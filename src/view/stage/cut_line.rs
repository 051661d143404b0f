//! A cut while it is being drawn: the line, and its two sides as words before the release.

use super::DrawContext;
use crate::types::Rank;
use crate::view::geometry::{Point, Rect, point};
use crate::view::glyphs::CHEVRON;
use crate::view::paint::Paint;
use crate::view::path::Placement;
use crate::view::ring::Ring;
use crate::view::text::{Anchor, Font, Text};
use crate::view::{Scene, ShapeForm};

/// A line across the stage, from where the drag began to the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CutLine {
    pub from: Point,
    pub to: Point,
    /// Only what goes towards the line's left is stopped.
    pub one_way: bool,
}

/// Who stands to the left and who to the right of a line, as seen along it; ascending each.
pub fn sides(ring: &Ring, cut_line: CutLine) -> [Vec<Rank>; 2] {
    let right = (cut_line.to - cut_line.from).right();
    let is_left = |at: Point| (at - cut_line.from).dot(right) < 0.0;
    let (left, rest): (Vec<_>, Vec<_>) = ring.places().iter().partition(|(_, at)| is_left(*at));
    [left, rest].map(|side| side.into_iter().map(|(rank, _)| rank).collect())
}

pub fn draw(sight: &DrawContext, scene: &mut Scene) {
    let Some(cut_line) = sight.frame.cut_line else { return };
    let tokens = sight.tokens();
    let line = Paint::stroke(tokens.ink, 2.0).dashed(6.0, 4.0);
    scene.line(cut_line.from, cut_line.to, line);
    if cut_line.one_way {
        let left = (cut_line.to - cut_line.from).unit().right() * -1.0;
        let place = Placement::new(
            cut_line.from.towards(cut_line.to, 0.5) + left * 12.0,
            1.0,
            left.angle(),
        );
        scene.placed(CHEVRON, place, Paint::stroke(tokens.ink, 1.5).round());
    }
    let [left, right] = sides(sight.ring, cut_line);
    let words = match (&*left, &*right) {
        ([], _) | (_, []) => "cuts nothing".to_owned(),
        (left, right) => format!("{} and {}", list(left), list(right)),
    };
    let font = Font::new(13.0, 500);
    let width = sight.measure.width(&words, font);
    let at = label_place(sight.room, cut_line, width);
    let text = Text { words: words.into(), at, font, anchor: Anchor::Start };
    scene.push(ShapeForm::Text(text), Paint::fill(tokens.ink).halo(tokens.stage, 4.0));
}

/// Beyond the pointer, where the line does not run; but on the stage.
fn label_place(room: Rect, cut_line: CutLine, width: f64) -> Point {
    let beside = if cut_line.to.x < cut_line.from.x { -16.0 - width } else { 16.0 };
    let below = if cut_line.to.y < cut_line.from.y { -12.0 } else { 20.0 };
    let at = cut_line.to + point(beside, below);
    let right = (room.max.x - width - 8.0).max(room.min.x + 8.0);
    point(at.x.clamp(room.min.x + 8.0, right), at.y.clamp(room.min.y + 16.0, room.max.y - 6.0))
}

fn list(ranks: &[Rank]) -> String {
    ranks.iter().map(Rank::to_string).collect::<Vec<_>>().join(", ")
}
