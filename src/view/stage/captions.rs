//! Where captions go: on the outer side, at top and bottom to the right; what has no room is left
//! out, the second line first.

mod work;

use super::selection::extent;
use super::words::{Caption, caption, split};
use super::{Canal, Hushed, Sight};
use crate::view::geometry::{Point, Rect, distance_to_line, point};
use crate::view::paint::Paint;
use crate::view::picture::Process;
use crate::view::ring::{crown_foot, crown_scale};
use crate::view::text::{Anchor, Font, Text};
use crate::view::{Form, Scene};
use crate::vocabulary::{Rank, Standing};

/// Up to so many processes have captions.
const MOST: usize = 8;
const LEADING: f64 = 17.0;
/// How far words keep from the edge of the stage, and from the key above it.
const EDGE: f64 = 5.0;

/// Words that were tried at a place.
struct Block {
    lines: Vec<(String, Font)>,
    /// On the baseline of the first line, at the end that faces the process.
    at: Point,
    anchor: Anchor,
    /// How full the bar below the words is, if there is one.
    bar: Option<f64>,
    room: Rect,
}

pub fn draw(sight: &Sight, scene: &mut Scene) {
    if sight.frame.thumbnail {
        return;
    }
    let mut taken = Vec::new();
    if sight.ring.len() <= MOST {
        draw_split(sight, &mut taken, scene);
    }
    work::draw_waiting(sight, &mut taken, scene);
    for process in &sight.picture.processes {
        let hushed = match sight.frame.hushed {
            Hushed::Nobody => false,
            Hushed::One(rank) => rank == process.rank,
            Hushed::Everybody => true,
        };
        let is_told = sight.ring.len() <= MOST && !process.faint && process.groups.is_empty();
        if hushed || !is_told && process.work.is_none() {
            continue;
        }
        let told = is_told.then(|| forms(&caption(sight.picture, process)));
        let tries = work::forms(process, told.unwrap_or_default());
        let mut spots = spots(sight, process);
        if process.work.is_some() {
            // What it has to do is told even where there is no room beside it.
            spots.push(Side { anchor: Anchor::Middle, drop: 0.0 });
        }
        let blocks = tries.iter().flat_map(|lines| {
            spots.iter().map(move |spot| block(sight, process, lines.clone(), *spot))
        });
        let fit = blocks.into_iter().find(|block| fits(sight, process, block, &taken));
        if let Some(block) = fit {
            taken.push(block.room);
            draw_block(sight, block, scene);
        }
    }
}

/// From the fullest form of a caption to the briefest.
fn forms(caption: &Caption) -> Vec<Vec<(String, Font)>> {
    let first = Font::new(13.0, if caption.bold { 650 } else { 500 });
    let second = Font::new(12.0, 400);
    let mut forms = Vec::new();
    if let Some(words) = &caption.second {
        forms.push(vec![(caption.first.clone(), first), (words.clone(), second)]);
    }
    forms.push(vec![(caption.first.clone(), first)]);
    forms.extend(caption.brief.iter().map(|brief| vec![(brief.clone(), first)]));
    forms
}

/// On which side of the process, and how far up or down: the middle of the block against the middle
/// of the process.
#[derive(Clone, Copy)]
struct Side {
    anchor: Anchor,
    drop: f64,
}

fn spots(sight: &Sight, process: &Process) -> Vec<Side> {
    let ring = sight.ring;
    let way = sight.place(process.rank) - ring.centre;
    let side = |anchor, drop| Side { anchor, drop };
    if ring.len() == 1 {
        return vec![side(Anchor::Start, 0.0)];
    }
    if way.x.abs() > 0.25 * ring.rx {
        let anchor = if way.x > 0.0 { Anchor::Start } else { Anchor::End };
        return vec![side(anchor, 0.0)];
    }
    // Away from the neighbours: at the top a little up, at the bottom down.
    let drop = if way.y < 0.0 { -6.0 } else { 18.0 };
    vec![side(Anchor::Start, drop), side(Anchor::End, drop), side(Anchor::End, 0.0)]
}

fn block(sight: &Sight, process: &Process, lines: Vec<(String, Font)>, side: Side) -> Block {
    let beside = (sight.ring.radius + 18.0).max(extent(sight, process) + 5.0);
    let sign = if side.anchor == Anchor::End { -1.0 } else { 1.0 };
    let centre = sight.place(process.rank);
    if side.anchor == Anchor::Middle {
        let at = centre + point(0.0, beside + 4.0);
        return Block::new(sight, lines, at, side.anchor).with_bar(work::bar(process));
    }
    let down = side.drop + 4.0 - (lines.len() - 1) as f64 * LEADING * 0.36;
    let at = centre + point(sign * beside, down);
    Block::new(sight, lines, at, side.anchor).with_bar(work::bar(process))
}

impl Block {
    fn new(sight: &Sight, lines: Vec<(String, Font)>, at: Point, anchor: Anchor) -> Self {
        let widths = lines.iter().map(|(words, font)| sight.measure.width(words, *font));
        let width = widths.fold(0.0, f64::max);
        let left = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - width / 2.0,
            Anchor::End => at.x - width,
        };
        let below = (lines.len() - 1) as f64 * LEADING + 4.0;
        let room = Rect::new(left, at.y - 11.0, left + width, at.y + below);
        Self { lines, at, anchor, bar: None, room }
    }

    fn with_bar(mut self, bar: Option<f64>) -> Self {
        if bar.is_some() {
            let area = work::bar_area(&self);
            self.room = Rect::new(
                self.room.min.x.min(area.min.x),
                self.room.min.y,
                self.room.max.x.max(area.max.x),
                area.max.y + 2.0,
            );
        }
        Self { bar, ..self }
    }
}

/// On the stage, off the canal, and over no other caption and no other process.
fn fits(sight: &Sight, process: &Process, block: &Block, taken: &[Rect]) -> bool {
    let others = sight.ring.places().iter().filter(|(rank, _)| *rank != process.rank);
    let stage = Rect { max: corner(sight), ..sight.room };
    stage.grown(-EDGE).contains(block.room)
        && !taken.iter().any(|other| other.grown(2.0).meets(block.room))
        && !others.clone().any(|(rank, at)| crowds(sight, *rank, *at, block.room))
        && clear_of_canal(sight, block.room)
}

fn clear_of_canal(sight: &Sight, room: Rect) -> bool {
    !sight.canal.as_ref().is_some_and(|canal| floods(canal, room, 10.0))
}

/// The lower right corner of the whole stage: captions may stand beside what lies over its foot.
fn corner(sight: &Sight) -> Point {
    point(sight.frame.size.width, sight.frame.size.height)
}

/// Whether a process, or its crown, comes too close to a box.
fn crowds(sight: &Sight, rank: Rank, at: Point, room: Rect) -> bool {
    let radius = sight.ring.radius;
    let leads = sight.picture.process(rank).and_then(Process::standing) == Some(Standing::Leads);
    let crown = at - point(0.0, crown_foot(radius) + 8.0 * crown_scale(radius));
    room.meets_disc(at, radius + 6.0)
        || leads && room.meets_disc(crown, 13.0 * crown_scale(radius) + 4.0)
}

/// Whether the canal comes closer to a box than `apart`, or one of its handles does.
fn floods(canal: &Canal, room: Rect, apart: f64) -> bool {
    let [from, to] = canal.ends;
    let handles = canal.ends.iter().any(|&end| room.meets_disc(end, 10.0));
    // Sampled every few pixels along three lines: a canal is wider than the gaps.
    let width = room.max.x - room.min.x;
    let steps = (width / 6.0).ceil().max(1.0) as u32;
    let rows = [room.min.y, room.centre().y, room.max.y];
    let mut spots = (0..=steps).flat_map(|step| {
        let x = room.min.x + width * f64::from(step) / f64::from(steps);
        rows.map(|y| point(x, y))
    });
    handles || spots.any(|spot| distance_to_line(spot, from, to) < Canal::HALF_WIDTH + apart)
}

fn draw_block(sight: &Sight, block: Block, scene: &mut Scene) {
    let tokens = sight.tokens();
    work::draw_bar(sight, &block, scene);
    for (index, (words, font)) in block.lines.into_iter().enumerate() {
        let colour = if index == 0 { tokens.ink } else { tokens.ink3 };
        let at = block.at + point(0.0, LEADING * index as f64);
        let text = Text { words: words.into(), at, font, anchor: block.anchor };
        scene.push(Form::Text(text), Paint::fill(colour).halo(tokens.stage, 3.0));
    }
}

/// The canal's own words, beside one of its ends.
fn draw_split(sight: &Sight, taken: &mut Vec<Rect>, scene: &mut Scene) {
    let Some(canal) = &sight.canal else { return };
    let both_ways = canal.stopped == [true, true];
    let Some([first, second]) = split(sight.picture, both_ways) else { return };
    let fonts = [Font::new(13.0, 650), Font::new(12.0, 400)];
    let whole = vec![(first.clone(), fonts[0]), (second, fonts[1])];
    let tries = [whole, vec![(first, fonts[0])]];
    let sides = [(Anchor::Start, 18.0), (Anchor::End, -18.0)];
    let places = tries.iter().flat_map(|lines| {
        let ends = canal.ends.into_iter();
        ends.flat_map(move |end| sides.map(|(anchor, aside)| (lines, end, anchor, aside)))
    });
    let blocks = places.map(|(lines, end, anchor, aside)| {
        Block::new(sight, lines.clone(), end + point(aside, -1.0), anchor)
    });
    let clear = |room: Rect| {
        let reach = sight.ring.radius + 8.0;
        sight.room.grown(-EDGE).contains(room)
            && !sight.ring.places().iter().any(|(_, at)| room.meets_disc(*at, reach))
            && !canal.ends.iter().any(|&end| room.meets_disc(end, 10.0))
            && !floods(canal, room, 4.0)
    };
    if let Some(block) = blocks.into_iter().find(|block| clear(block.room)) {
        taken.push(block.room);
        draw_block(sight, block, scene);
    }
}
