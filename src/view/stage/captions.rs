//! Places captions outside of the ring (right of it at the top and bottom), with the load of a process. Where
//! space is scarce, second lines are left out first, and captions of crashes and cuts last.

use super::selection::extent;
use super::words::{Caption, caption, split, waiting, work};
use super::{DrawContext, HiddenCaptions, PartitionLine};
use crate::sort;
use crate::types::{Rank, Role};
use crate::view::Paint;
use crate::view::geometry::Path;
use crate::view::geometry::{Point, Rect, distance_to_line, point};
use crate::view::model::{Body, MessageState, ProcessModel};
use crate::view::ring::{ZoneArea, crown_foot, crown_scale};
use crate::view::strip::fill;
use crate::view::text::{Anchor, Font, Text};
use crate::view::{Scene, ShapeForm};

/// The largest number of processes that have captions.
const MOST: usize = 8;
/// Up to so many without zones show their names.
const MOST_NAMED: usize = 12;
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

pub(crate) fn draw(context: &DrawContext, scene: &mut Scene) {
    if context.frame.thumbnail {
        return;
    }
    let mut taken = Vec::new();
    if context.ring.most_together() <= MOST {
        draw_split(context, &mut taken, scene);
    }
    draw_waiting(context, &mut taken, scene);
    // The caption of a fault is placed first, so that it is the last to be dropped on a low stage.
    let mut processes: Vec<(usize, &ProcessModel)> =
        context.picture.processes.iter().enumerate().collect();
    sort::sort_by_key(&mut processes, |(place, process)| (!is_faulty(process), *place));
    let mut blocks = Vec::new();
    for (place, process) in processes {
        if let Some(block) = find_place(context, process, &taken) {
            taken.push(block.room);
            blocks.push((place, block));
        }
    }
    sort::sort_by_key(&mut blocks, |(place, _)| *place);
    for (_, block) in blocks {
        draw_block(context, block, scene);
    }
}

const fn is_faulty(process: &ProcessModel) -> bool {
    matches!(process.body, Body::Crashed { .. } | Body::Paused { .. })
}

/// The fullest form of a process's caption that has room somewhere.
fn find_place(
    context: &DrawContext,
    process: &ProcessModel,
    taken: &[Rect],
) -> Option<CaptionBlock> {
    let hushed = match context.frame.hushed {
        HiddenCaptions::None => false,
        HiddenCaptions::One(rank) => rank == process.rank,
        HiddenCaptions::All => true,
    };
    let called = context.picture.called(process.rank);
    let has_room = match (context.ring.areas(), called.name) {
        ([], None) => context.ring.len() <= MOST,
        ([], Some(_)) => context.ring.len() <= MOST_NAMED,
        (_, _) => context.ring.most_together() <= MOST && !context.is_small(),
    };
    let is_described = has_room && !process.faint && process.groups.is_empty();
    if hushed || !is_described && process.work.is_none() {
        return None;
    }
    let forms_of_load = is_described.then(|| match called.name {
        Some(_) => named_forms(called.short(), caption(context.picture, process)),
        None => forms(&caption(context.picture, process)),
    });
    let tries = load_forms(process, forms_of_load.unwrap_or_default());
    let mut sides = caption_sides(context, process);
    if process.work.is_some() {
        // The load is shown even if there is no space beside the process.
        sides.push(BELOW);
    }
    let put = |(lines, side): (&Vec<_>, CaptionSide)| block(context, process, lines.clone(), side);
    let beside = tries.iter().flat_map(|lines| sides.iter().map(move |side| (lines, *side)));
    let clear = |block: &CaptionBlock| {
        fits(context, process, block, taken) && is_clear_of_partition(context, block.room)
    };
    // The briefest form of a fault's caption may cover links and, as a last resort, the partition line.
    let last = tries.last().filter(|_| is_faulty(process));
    let around: Vec<_> =
        last.into_iter().flat_map(|lines| anywhere().map(move |side| (lines, side))).collect();
    let found = beside.chain(around.iter().copied()).map(put).find(clear);
    found.or_else(|| around.into_iter().map(put).find(|block| fits(context, process, block, taken)))
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

/// The name first, and what the process does in the second line; with little room the name alone.
fn named_forms(name: String, caption: Caption) -> Vec<Vec<(String, Font)>> {
    let name = (name, Font::new(13.0, 600));
    let second = Font::new(12.0, 400);
    let mut forms = vec![vec![name.clone(), (caption.first, second)]];
    forms.extend(caption.brief.map(|brief| vec![name.clone(), (brief, second)]));
    forms.push(vec![name]);
    forms
}

/// On which side of the process, and how far up or down: the middle of the block against the middle
/// of the process.
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

fn caption_sides(context: &DrawContext, process: &ProcessModel) -> Vec<CaptionSide> {
    let ring = context.ring;
    let side = |anchor, drop| CaptionSide { anchor, drop };
    if let Some(area) = ring.area(process.rank) {
        return sides_in_zone(context, process, area);
    }
    let way = context.place(process.rank) - ring.centre;
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

/// Away from the links to other zones, or under the process.
fn sides_in_zone(
    context: &DrawContext,
    process: &ProcessModel,
    area: &ZoneArea,
) -> Vec<CaptionSide> {
    let side = |anchor, drop| CaptionSide { anchor, drop };
    let way = context.place(process.rank) - area.centre;
    let is_left = area.centre.x <= context.ring.centre.x;
    let (outer, inner) =
        if is_left { (Anchor::End, Anchor::Start) } else { (Anchor::Start, Anchor::End) };
    let is_flank = way.x.abs() > 0.25 * area.rx;
    let beside = match (is_flank, way.y < 0.0) {
        (true, _) => [side(outer, 0.0), side(inner, 0.0)],
        // Above the neighbours.
        (false, true) => [side(outer, -10.0), side(inner, -10.0)],
        (false, false) => [side(inner, 10.0), side(outer, 10.0)],
    };
    let [first, second] = beside;
    let is_top = !is_flank && way.y < 0.0;
    if is_top { vec![first, second, BELOW, ABOVE] } else { vec![BELOW, first, second, ABOVE] }
}

fn block(
    context: &DrawContext,
    process: &ProcessModel,
    lines: Vec<(String, Font)>,
    side: CaptionSide,
) -> CaptionBlock {
    let beside = (context.ring.radius + 18.0).max(extent(context, process) + 5.0);
    let sign = if side.anchor == Anchor::End { -1.0 } else { 1.0 };
    let centre = context.place(process.rank);
    if side.anchor == Anchor::Middle {
        let up = beside + (lines.len() - 1) as f64 * LEADING - 4.0;
        // In a zone the text is close to the process: another process or the frame is below.
        let down = if context.ring.areas().is_empty() { beside + 4.0 } else { beside - 1.0 };
        let at = centre + point(0.0, if side.drop < 0.0 { -up } else { down });
        return CaptionBlock::new(context, lines, at, side.anchor).with_bar(bar(process));
    }
    let down = side.drop + 4.0 - (lines.len() - 1) as f64 * LEADING * 0.36;
    let at = centre + point(sign * beside, down);
    CaptionBlock::new(context, lines, at, side.anchor).with_bar(bar(process))
}

impl CaptionBlock {
    fn new(context: &DrawContext, lines: Vec<(String, Font)>, at: Point, anchor: Anchor) -> Self {
        let widths = lines.iter().map(|(words, font)| context.measure.width(words, *font));
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

/// On the stage, and over no other caption and no other process.
fn fits(
    context: &DrawContext,
    process: &ProcessModel,
    block: &CaptionBlock,
    taken: &[Rect],
) -> bool {
    let others = context.ring.places().iter().filter(|(rank, _)| *rank != process.rank);
    let stage = Rect { max: corner(context), ..context.room };
    stage.grown(-EDGE).contains(block.room)
        && is_within_frames(context, block.room)
        && !taken.iter().any(|other| other.grown(2.0).meets(block.room))
        && !others.clone().any(|(rank, at)| is_process_close(context, *rank, *at, block.room))
}

/// Whether a box crosses no frame of a zone.
fn is_within_frames(context: &DrawContext, room: Rect) -> bool {
    let frames = context.ring.areas().iter().filter(|area| area.zone.is_some()).map(|it| it.frame);
    frames.into_iter().all(|frame| frame.grown(-3.0).contains(room) || !frame.meets(room))
}

fn is_clear_of_partition(context: &DrawContext, room: Rect) -> bool {
    !context
        .partition_line
        .as_ref()
        .is_some_and(|partition_line| is_close_to_box(partition_line, room, 10.0))
}

/// The lower right corner of the whole stage: captions may be beside controls over its lower edge.
fn corner(context: &DrawContext) -> Point {
    point(context.frame.size.width, context.frame.size.height)
}

/// Whether a process, or its crown, comes too close to a box.
fn is_process_close(context: &DrawContext, rank: Rank, at: Point, room: Rect) -> bool {
    let radius = context.ring.radius;
    let role = context.picture.process(rank).and_then(ProcessModel::role);
    let leads = matches!(role, Some(Role::Leads | Role::Claims));
    let crown = at - point(0.0, crown_foot(radius) + 8.0 * crown_scale(radius));
    room.meets_disc(at, radius + 6.0)
        || leads && room.meets_disc(crown, 13.0 * crown_scale(radius) + 4.0)
}

/// Whether the partition line or one of its handles is closer to a rectangle than `apart`.
fn is_close_to_box(partition_line: &PartitionLine, room: Rect, apart: f64) -> bool {
    let [from, to] = partition_line.ends;
    let handles = partition_line.ends.iter().any(|&end| room.meets_disc(end, 10.0));
    // Samples every few pixels along three lines suffice: the partition line is wider than the gaps.
    let width = room.max.x - room.min.x;
    let steps = (width / 6.0).ceil().max(1.0) as u32;
    let rows = [room.min.y, room.centre().y, room.max.y];
    let mut samples = (0..=steps).flat_map(|step| {
        let x = room.min.x + width * f64::from(step) / f64::from(steps);
        rows.map(|y| point(x, y))
    });
    handles || samples.any(|at| distance_to_line(at, from, to) < PartitionLine::HALF_WIDTH + apart)
}

fn draw_block(context: &DrawContext, block: CaptionBlock, scene: &mut Scene) {
    let tokens = context.tokens();
    draw_bar(context, &block, scene);
    for (index, (words, font)) in block.lines.into_iter().enumerate() {
        let colour = if index == 0 { tokens.ink } else { tokens.ink3 };
        let at = block.at + point(0.0, LEADING * index as f64);
        let text = Text { words: words.into(), at, font, anchor: block.anchor };
        scene.push(ShapeForm::Text(text), Paint::fill(colour).halo(tokens.stage, 3.0));
    }
}

/// The text of the partition line, beside one of its ends.
fn draw_split(context: &DrawContext, taken: &mut Vec<Rect>, scene: &mut Scene) {
    let Some(partition_line) = &context.partition_line else { return };
    let both_ways = partition_line.stopped == [true, true];
    let Some([first, second]) = split(context.picture, both_ways) else { return };
    let fonts = [Font::new(13.0, 650), Font::new(12.0, 400)];
    let whole = vec![(first.clone(), fonts[0]), (second, fonts[1])];
    let tries = [whole, vec![(first, fonts[0])], vec![("network cut".to_owned(), fonts[0])]];
    // Beside the line; where it runs between zones, within one of them.
    let aside = context.ring.areas().first().map_or(18.0, |area| {
        let [end, _] = partition_line.ends;
        (end.x - area.frame.max.x).abs().min(80.0) + 12.0
    });
    let sides = [(Anchor::Start, aside), (Anchor::End, -aside)];
    // Beside the ends; where there is no room there, further in along the line.
    let inwards = [0.0, 0.12, 0.24, 0.36].into_iter().flat_map(|share| {
        let [from, to] = partition_line.ends;
        [from.towards(to, share), to.towards(from, share)]
    });
    let places = tries.iter().flat_map(|lines| {
        inwards.clone().flat_map(move |at| sides.map(|(anchor, aside)| (lines, at, anchor, aside)))
    });
    let blocks = places.map(|(lines, at, anchor, aside)| {
        CaptionBlock::new(context, lines.clone(), at + point(aside, -1.0), anchor)
    });
    let clear = |room: Rect| {
        let apart = room.grown(2.0);
        context.room.grown(-EDGE).contains(room)
            && !context
                .ring
                .places()
                .iter()
                .any(|&(rank, at)| is_process_close(context, rank, at, apart))
            && is_within_frames(context, room)
            && !partition_line.ends.iter().any(|&end| room.meets_disc(end, 10.0))
            && !is_close_to_box(partition_line, room, 4.0)
    };
    // On a low stage the briefest form is placed where there is room, as close to the line as possible.
    let [_, _, brief] = &tries;
    let further = along(partition_line)
        .map(|at| CaptionBlock::new(context, brief.clone(), at, Anchor::Middle));
    if let Some(block) = blocks.chain(further).find(|block| clear(block.room)) {
        taken.push(block.room);
        draw_block(context, block, scene);
    }
}

/// Places on both sides of a partition line, the closest first.
fn along(partition_line: &PartitionLine) -> impl Iterator<Item = Point> {
    let [from, to] = partition_line.ends;
    let across = (to - from).unit().right();
    let asides = (2..=20).flat_map(|step| [6.0, -6.0].map(|step_size| step_size * f64::from(step)));
    asides.flat_map(move |aside| {
        let shares = (0..=20).map(|share| f64::from(share) / 20.0);
        shares.map(move |share| from.towards(to, share) + across * aside)
    })
}

const FONT: Font = Font::new(12.0, 600);
const BAR: (f64, f64) = (64.0, 5.0);
/// The largest number of groups whose waiting requests are listed in the middle of the ring.
const MOST_WAITING: usize = 4;

type LoadLines = Vec<(String, Font)>;

/// The forms of a caption with the load of the process below; the load alone if there is no other text.
pub(crate) fn load_forms(process: &ProcessModel, forms_of_load: Vec<LoadLines>) -> Vec<LoadLines> {
    let Some(line) = process.work.map(|at_work| (work(at_work), FONT)) else {
        return forms_of_load;
    };
    let with = |mut lines: LoadLines| {
        lines.push(line.clone());
        lines
    };
    let mut forms: Vec<LoadLines> = forms_of_load.into_iter().map(with).collect();
    forms.push(vec![line.clone()]);
    forms
}

/// The length of its queue, as a share of the longest queue of the run.
pub(crate) fn bar(process: &ProcessModel) -> Option<f64> {
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

fn draw_bar(context: &DrawContext, block: &CaptionBlock, scene: &mut Scene) {
    let Some(full) = block.bar else { return };
    let tokens = context.tokens();
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

pub(crate) fn draw_waiting(context: &DrawContext, taken: &mut Vec<Rect>, scene: &mut Scene) {
    let lines: LoadLines =
        context.picture.waiting.iter().take(MOST_WAITING).map(|w| (waiting(w), FONT)).collect();
    let lines: LoadLines = lines.into_iter().chain(left_out(context)).collect();
    if lines.is_empty() {
        return;
    }
    let up = (lines.len() - 1) as f64 * LEADING / 2.0;
    let heights = [0.0, -0.4, 0.4].map(|share| share * context.ring.ry);
    let blocks = heights.into_iter().map(|height| {
        let at = context.ring.centre + point(0.0, height + 4.0 - up);
        CaptionBlock::new(context, lines.clone(), at, Anchor::Middle)
    });
    if let Some(block) = blocks.into_iter().find(|block| is_clear_of_partition(context, block.room))
    {
        taken.push(block.room);
        draw_block(context, block, scene);
    }
}

/// Where more messages are on their way than a picture holds.
fn left_out(context: &DrawContext) -> Option<(String, Font)> {
    let picture = context.picture;
    let drawn =
        picture.messages.iter().filter(|flight| flight.fate == MessageState::OnItsWay).count();
    let words = || format!("{drawn} of {} messages on their way are drawn", picture.in_flight);
    (drawn < picture.in_flight).then(|| (words(), FONT))
}
