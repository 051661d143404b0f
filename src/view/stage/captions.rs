//! Places captions outside of the ring (right of it at the top and bottom), with the load of a process. Where
//! space is scarce, second lines are left out first, and captions of crashes and cuts last.

use super::selection::extent;
use super::words::{Caption, caption, split, waiting, work};
use super::{DrawContext, HiddenCaptions, PartitionLine};
use crate::sort;
use crate::types::{Rank, Role};
use crate::view::bars::fill;
use crate::view::geometry::{Point, Rect, distance_to_line, point};
use crate::view::model::{Body, MessageState, ProcessModel};
use crate::view::paint::Paint;
use crate::view::path::Path;
use crate::view::ring::{crown_foot, crown_scale};
use crate::view::text::{Anchor, Font, Text};
use crate::view::{Scene, ShapeForm};

/// The largest number of processes that have captions.
const MOST: usize = 8;
const LEADING: f64 = 17.0;
/// The least distance of captions from the edge of the stage, in CSS pixels.
const EDGE: f64 = 5.0;

/// Lines of text at a place that was tried.
struct CaptionBlock {
    lines: Vec<(String, Font)>,
    /// On the baseline of the first line, at the end that faces the process.
    at: Point,
    anchor: Anchor,
    /// The filled share of the bar below the text, if there is one.
    bar: Option<f64>,
    room: Rect,
}

pub fn draw(sight: &DrawContext, scene: &mut Scene) {
    if sight.frame.thumbnail {
        return;
    }
    let mut taken = Vec::new();
    if sight.ring.len() <= MOST {
        draw_split(sight, &mut taken, scene);
    }
    draw_waiting(sight, &mut taken, scene);
    // Captions of faults are placed first, so that on a low stage they are the last to be left out.
    let mut processes: Vec<(usize, &ProcessModel)> =
        sight.picture.processes.iter().enumerate().collect();
    sort::sort_by_key(&mut processes, |(place, process)| (!is_faulty(process), *place));
    let mut blocks = Vec::new();
    for (place, process) in processes {
        if let Some(block) = find_place(sight, process, &taken) {
            taken.push(block.room);
            blocks.push((place, block));
        }
    }
    sort::sort_by_key(&mut blocks, |(place, _)| *place);
    for (_, block) in blocks {
        draw_block(sight, block, scene);
    }
}

const fn is_faulty(process: &ProcessModel) -> bool {
    matches!(process.body, Body::Crashed { .. } | Body::Paused { .. })
}

/// The fullest form of a process's caption that fits somewhere.
fn find_place(sight: &DrawContext, process: &ProcessModel, taken: &[Rect]) -> Option<CaptionBlock> {
    let hushed = match sight.frame.hushed {
        HiddenCaptions::Nobody => false,
        HiddenCaptions::One(rank) => rank == process.rank,
        HiddenCaptions::Everybody => true,
    };
    let is_told = sight.ring.len() <= MOST && !process.faint && process.groups.is_empty();
    if hushed || !is_told && process.work.is_none() {
        return None;
    }
    let told = is_told.then(|| forms(&caption(sight.picture, process)));
    let tries = load_forms(process, told.unwrap_or_default());
    let mut spots = spots(sight, process);
    if process.work.is_some() {
        // The load is shown even if there is no space beside the process.
        spots.push(BELOW);
    }
    let put = |(lines, spot): (&Vec<_>, CaptionSide)| block(sight, process, lines.clone(), spot);
    let beside = tries.iter().flat_map(|lines| spots.iter().map(move |spot| (lines, *spot)));
    let clear = |block: &CaptionBlock| {
        fits(sight, process, block, taken) && clear_of_canal(sight, block.room)
    };
    // The briefest form of a fault's caption may cover links and, as a last resort, the partition line.
    let last = tries.last().filter(|_| is_faulty(process));
    let around: Vec<_> =
        last.into_iter().flat_map(|lines| anywhere().map(move |spot| (lines, spot))).collect();
    let found = beside.chain(around.iter().copied()).map(put).find(clear);
    found.or_else(|| around.into_iter().map(put).find(|block| fits(sight, process, block, taken)))
}

/// The forms of a caption, from the fullest to the briefest.
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

/// The side of the process at which a caption stands, and the distance by which the middle of the block is
/// below the middle of the process.
#[derive(Clone, Copy)]
struct CaptionSide {
    anchor: Anchor,
    drop: f64,
}

/// Centred below a process, and above it; only the sign of `drop` counts.
const BELOW: CaptionSide = CaptionSide { anchor: Anchor::Middle, drop: 1.0 };
const ABOVE: CaptionSide = CaptionSide { anchor: Anchor::Middle, drop: -1.0 };

/// All other places around a process.
fn anywhere() -> impl Iterator<Item = CaptionSide> {
    let drops = [-20.0, 20.0, -40.0, 40.0].into_iter();
    let beside = drops
        .flat_map(|drop| [Anchor::Start, Anchor::End].map(|anchor| CaptionSide { anchor, drop }));
    beside.chain([BELOW, ABOVE])
}

fn spots(sight: &DrawContext, process: &ProcessModel) -> Vec<CaptionSide> {
    let ring = sight.ring;
    let way = sight.place(process.rank) - ring.centre;
    let side = |anchor, drop| CaptionSide { anchor, drop };
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

fn block(
    sight: &DrawContext,
    process: &ProcessModel,
    lines: Vec<(String, Font)>,
    side: CaptionSide,
) -> CaptionBlock {
    let beside = (sight.ring.radius + 18.0).max(extent(sight, process) + 5.0);
    let sign = if side.anchor == Anchor::End { -1.0 } else { 1.0 };
    let centre = sight.place(process.rank);
    if side.anchor == Anchor::Middle {
        let up = beside + (lines.len() - 1) as f64 * LEADING - 4.0;
        let at = centre + point(0.0, if side.drop < 0.0 { -up } else { beside + 4.0 });
        return CaptionBlock::new(sight, lines, at, side.anchor).with_bar(bar(process));
    }
    let down = side.drop + 4.0 - (lines.len() - 1) as f64 * LEADING * 0.36;
    let at = centre + point(sign * beside, down);
    CaptionBlock::new(sight, lines, at, side.anchor).with_bar(bar(process))
}

impl CaptionBlock {
    fn new(sight: &DrawContext, lines: Vec<(String, Font)>, at: Point, anchor: Anchor) -> Self {
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
            let area = bar_area(&self);
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

/// Whether a block is on the stage and covers no other caption and no other process.
fn fits(sight: &DrawContext, process: &ProcessModel, block: &CaptionBlock, taken: &[Rect]) -> bool {
    let others = sight.ring.places().iter().filter(|(rank, _)| *rank != process.rank);
    let stage = Rect { max: corner(sight), ..sight.room };
    stage.grown(-EDGE).contains(block.room)
        && !taken.iter().any(|other| other.grown(2.0).meets(block.room))
        && !others.clone().any(|(rank, at)| crowds(sight, *rank, *at, block.room))
}

fn clear_of_canal(sight: &DrawContext, room: Rect) -> bool {
    !sight.partition_line.as_ref().is_some_and(|partition_line| floods(partition_line, room, 10.0))
}

/// The lower right corner of the whole stage: captions may stand beside the overlays at its bottom.
fn corner(sight: &DrawContext) -> Point {
    point(sight.frame.size.width, sight.frame.size.height)
}

/// Whether a process or its crown is too close to a rectangle.
fn crowds(sight: &DrawContext, rank: Rank, at: Point, room: Rect) -> bool {
    let radius = sight.ring.radius;
    let leads = sight.picture.process(rank).and_then(ProcessModel::standing) == Some(Role::Leads);
    let crown = at - point(0.0, crown_foot(radius) + 8.0 * crown_scale(radius));
    room.meets_disc(at, radius + 6.0)
        || leads && room.meets_disc(crown, 13.0 * crown_scale(radius) + 4.0)
}

/// Whether the partition line or one of its handles is closer to a rectangle than `apart`.
fn floods(partition_line: &PartitionLine, room: Rect, apart: f64) -> bool {
    let [from, to] = partition_line.ends;
    let handles = partition_line.ends.iter().any(|&end| room.meets_disc(end, 10.0));
    // Samples every few pixels along three lines suffice: the partition line is wider than the gaps.
    let width = room.max.x - room.min.x;
    let steps = (width / 6.0).ceil().max(1.0) as u32;
    let rows = [room.min.y, room.centre().y, room.max.y];
    let mut spots = (0..=steps).flat_map(|step| {
        let x = room.min.x + width * f64::from(step) / f64::from(steps);
        rows.map(|y| point(x, y))
    });
    handles
        || spots.any(|spot| distance_to_line(spot, from, to) < PartitionLine::HALF_WIDTH + apart)
}

fn draw_block(sight: &DrawContext, block: CaptionBlock, scene: &mut Scene) {
    let tokens = sight.tokens();
    draw_bar(sight, &block, scene);
    for (index, (words, font)) in block.lines.into_iter().enumerate() {
        let colour = if index == 0 { tokens.ink } else { tokens.ink3 };
        let at = block.at + point(0.0, LEADING * index as f64);
        let text = Text { words: words.into(), at, font, anchor: block.anchor };
        scene.push(ShapeForm::Text(text), Paint::fill(colour).halo(tokens.stage, 3.0));
    }
}

/// Draws the partition line's caption beside one of its ends.
fn draw_split(sight: &DrawContext, taken: &mut Vec<Rect>, scene: &mut Scene) {
    let Some(partition_line) = &sight.partition_line else { return };
    let both_ways = partition_line.stopped == [true, true];
    let Some([first, second]) = split(sight.picture, both_ways) else { return };
    let fonts = [Font::new(13.0, 650), Font::new(12.0, 400)];
    let whole = vec![(first.clone(), fonts[0]), (second, fonts[1])];
    let tries = [whole, vec![(first, fonts[0])], vec![("network cut".to_owned(), fonts[0])]];
    let sides = [(Anchor::Start, 18.0), (Anchor::End, -18.0)];
    // Beside the ends; where there is no space there, further in along the line.
    let inwards = [0.0, 0.12, 0.24, 0.36].into_iter().flat_map(|share| {
        let [from, to] = partition_line.ends;
        [from.towards(to, share), to.towards(from, share)]
    });
    let places = tries.iter().flat_map(|lines| {
        inwards.clone().flat_map(move |at| sides.map(|(anchor, aside)| (lines, at, anchor, aside)))
    });
    let blocks = places.map(|(lines, at, anchor, aside)| {
        CaptionBlock::new(sight, lines.clone(), at + point(aside, -1.0), anchor)
    });
    let clear = |room: Rect| {
        let reach = sight.ring.radius + 8.0;
        sight.room.grown(-EDGE).contains(room)
            && !sight.ring.places().iter().any(|(_, at)| room.meets_disc(*at, reach))
            && !partition_line.ends.iter().any(|&end| room.meets_disc(end, 10.0))
            && !floods(partition_line, room, 4.0)
    };
    if let Some(block) = blocks.into_iter().find(|block| clear(block.room)) {
        taken.push(block.room);
        draw_block(sight, block, scene);
    }
}

const FONT: Font = Font::new(12.0, 600);
const BAR: (f64, f64) = (64.0, 5.0);
/// The largest number of groups whose waiting requests are listed in the middle of the ring.
const MOST_WAITING: usize = 4;

type LoadLines = Vec<(String, Font)>;

/// The forms of a caption with the load below, and the load alone.
pub fn load_forms(process: &ProcessModel, told: Vec<LoadLines>) -> Vec<LoadLines> {
    let Some(line) = process.work.map(|at_work| (work(at_work), FONT)) else { return told };
    let with = |mut lines: LoadLines| {
        lines.push(line.clone());
        lines
    };
    let mut forms: Vec<LoadLines> = told.into_iter().map(with).collect();
    forms.push(vec![line.clone()]);
    forms
}

/// The length of its queue, as a share of the longest queue of the run.
pub fn bar(process: &ProcessModel) -> Option<f64> {
    let work = process.work.filter(|work| work.longest > 0)?;
    Some((work.queue as f64 / work.longest as f64).min(1.0))
}

/// The area of the bar, below the last line.
fn bar_area(block: &CaptionBlock) -> Rect {
    let below = LEADING * block.lines.len().saturating_sub(1) as f64 + 6.0;
    let left = match block.anchor {
        Anchor::Start => block.at.x,
        Anchor::Middle => block.at.x - BAR.0 / 2.0,
        Anchor::End => block.at.x - BAR.0,
    };
    let top = block.at.y + below;
    Rect::new(left, top, left + BAR.0, top + BAR.1)
}

fn draw_bar(sight: &DrawContext, block: &CaptionBlock, scene: &mut Scene) {
    let Some(full) = block.bar else { return };
    let tokens = sight.tokens();
    let whole = bar_area(block);
    let length = BAR.0 * full;
    // The bar fills from the process outwards.
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

/// A line that says how many messages are drawn, if not all messages on their way are.
fn left_out(sight: &DrawContext) -> Option<(String, Font)> {
    let picture = sight.picture;
    let drawn =
        picture.messages.iter().filter(|flight| flight.fate == MessageState::OnItsWay).count();
    let words = || format!("{drawn} of {} messages on their way are drawn", picture.in_flight);
    (drawn < picture.in_flight).then(|| (words(), FONT))
}
