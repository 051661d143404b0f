//! The gestures on the space-time diagram as a state machine: scrub, pan, pinch, zoom, move the bracket of
//! the overview, drag something along time. Pointer samples are the input, commands the output.
//!
//! A gesture changes the diagram's window directly; everything else goes through commands.

use super::Command;
use super::diagram_view::{DiagramView, GesturePhase};
use crate::time::{Duration, Time};
use crate::view::Target;
use crate::view::geometry::Point;
use crate::view::spacetime::scale::Scale;
use crate::view::spacetime::{OverviewHandle, TimeDrag};

/// An input of the pointer, the wheel or the keyboard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DiagramSample {
    Press(PointerSample),
    Move(PointerSample),
    /// The pointer with this id is released.
    Release(i32),
    /// The browser cancels the pointer, or a key cancels the drag.
    Cancel,
    /// The pointer leaves the diagram.
    Leave,
    /// Zooms by a factor about an x, or about the playhead without one.
    Zoom(Option<f64>, f64),
    /// Pans by pixels, to the right.
    Pan(f64),
    /// Scrolls by pixels, downwards.
    Scroll(f64),
}

/// A pointer that presses or moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointerSample {
    pub id: i32,
    pub at: Point,
    pub is_touch: bool,
    /// Whether times snap to tenths of a millisecond instead of whole ones.
    pub is_fine: bool,
}

#[derive(Debug, Default)]
pub struct DiagramGesture {
    /// The ids and positions of the pressed pointers.
    pointers: Vec<(i32, Point)>,
    drag: DiagramDrag,
    /// The CSS cursor, which shows what a press would do.
    pub pointer_shape: &'static str,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum DiagramDrag {
    #[default]
    Idle,
    /// Pressed, and not moved far enough to be a drag.
    Pressed {
        at: Point,
        on: Option<Target>,
        is_touch: bool,
    },
    Scrub,
    Pan,
    Pinch,
    /// Moves the overview's bracket, with the instant at which it was pressed.
    Bracket {
        grasp: OverviewHandle,
        from: Time,
        window: (Time, Time),
    },
    /// Drags something along time. `aside` is the distance in pixels from its position to the press. A later
    /// round of a repeating fault moves the whole timeline entry.
    Edit {
        what: Target,
        aside: f64,
        floor: Time,
        behind: Duration,
    },
}

impl DiagramGesture {
    /// Handles a sample and returns the commands that follow, in order.
    pub fn handle(&mut self, sample: DiagramSample, view: &mut DiagramView) -> Vec<Command> {
        let commands = match sample {
            DiagramSample::Press(pointer) => self.press(pointer, view),
            DiagramSample::Move(pointer) => self.move_pointer(pointer, view),
            DiagramSample::Release(id) => self.release(id, view),
            DiagramSample::Cancel => {
                self.pointers.clear();
                cancelled(std::mem::take(&mut self.drag), view)
            }
            DiagramSample::Leave if self.drag == DiagramDrag::Idle => hover(None, view),
            DiagramSample::Leave => Vec::new(),
            DiagramSample::Zoom(at, factor) => {
                let x = at.unwrap_or_else(|| pivot(&view.shown(), view.now()));
                view.change_scale(|scale, folding| scale.zoomed(x, factor, folding));
                window_moved(view)
            }
            DiagramSample::Pan(by) => {
                view.change_scale(|scale, folding| scale.panned(by, folding));
                window_moved(view)
            }
            DiagramSample::Scroll(by) => {
                view.scroll(by);
                Vec::new()
            }
        };
        view.gesture = match self.drag {
            DiagramDrag::Idle => GesturePhase::Idle,
            DiagramDrag::Edit { .. } => GesturePhase::Editing,
            DiagramDrag::Pressed { .. }
            | DiagramDrag::Scrub
            | DiagramDrag::Pan
            | DiagramDrag::Pinch
            | DiagramDrag::Bracket { .. } => GesturePhase::Busy,
        };
        commands
    }

    fn press(&mut self, pointer: PointerSample, view: &mut DiagramView) -> Vec<Command> {
        self.pointers.push((pointer.id, pointer.at));
        if self.pointers.len() > 1 {
            return cancelled(std::mem::replace(&mut self.drag, DiagramDrag::Pinch), view);
        }
        let rows = view.rows();
        if let Some(grasp) = view.grasp(pointer.at) {
            return self.take_bracket(grasp, pointer, view);
        }
        let in_strip = pointer.at.y < rows.strip && pointer.at.x >= rows.left - 8.0;
        if in_strip || is_playhead(pointer, view) {
            self.drag = DiagramDrag::Scrub;
            return vec![Command::Hold(true), Command::Seek(view.shown().time(pointer.at.x))];
        }
        let (at, on, is_touch) = (pointer.at, view.pick(pointer.at), pointer.is_touch);
        self.drag = DiagramDrag::Pressed { at, on, is_touch };
        Vec::new()
    }

    fn move_pointer(&mut self, pointer: PointerSample, view: &mut DiagramView) -> Vec<Command> {
        let held = self.pointers.iter_mut().find(|(id, _)| *id == pointer.id);
        let Some(held) = held else { return self.hover_at(pointer, view) };
        let before = std::mem::replace(&mut held.1, pointer.at);
        match self.drag {
            DiagramDrag::Idle => Vec::new(),
            DiagramDrag::Pressed { at, on, is_touch } => {
                let far = if view.input().frame.coarse || is_touch { 10.0 } else { 6.0 };
                if at.distance(pointer.at) < far {
                    return Vec::new();
                }
                self.drag = begun(at, on, is_touch, view);
                self.move_pointer(pointer, view)
            }
            DiagramDrag::Scrub => vec![Command::Seek(view.shown().time(pointer.at.x))],
            DiagramDrag::Pan => {
                let way = pointer.at - before;
                view.scroll(-way.y);
                view.change_scale(|scale, folding| scale.panned(way.x, folding));
                window_moved(view)
            }
            DiagramDrag::Pinch => self.pinch(pointer.id, before, view),
            DiagramDrag::Bracket { grasp, from, window } => {
                move_bracket(grasp, from, window, pointer, view)
            }
            DiagramDrag::Edit { .. } if !view.input().edits => Vec::new(),
            DiagramDrag::Edit { what, aside, floor, behind } => {
                let at = view.shown().time(pointer.at.x - aside);
                let to = snapped(at, pointer.is_fine).max(snapped_up(floor, pointer.is_fine));
                vec![Command::Drag(TimeDrag { what, to: to.min(view.end()) - behind })]
            }
        }
    }

    fn release(&mut self, id: i32, view: &DiagramView) -> Vec<Command> {
        self.pointers.retain(|(held, _)| *held != id);
        if self.drag == DiagramDrag::Pinch && self.pointers.len() == 1 {
            self.drag = DiagramDrag::Pan;
        }
        if !self.pointers.is_empty() {
            return Vec::new();
        }
        match std::mem::take(&mut self.drag) {
            DiagramDrag::Pressed { on, .. } => vec![Command::Select(on)],
            DiagramDrag::Scrub => vec![Command::Hold(false)],
            DiagramDrag::Edit { .. } if view.input().edits => vec![Command::Settle],
            DiagramDrag::Idle
            | DiagramDrag::Pan
            | DiagramDrag::Pinch
            | DiagramDrag::Bracket { .. }
            | DiagramDrag::Edit { .. } => Vec::new(),
        }
    }

    fn hover_at(&mut self, pointer: PointerSample, view: &mut DiagramView) -> Vec<Command> {
        if pointer.is_touch {
            return Vec::new();
        }
        let target = view.pick(pointer.at);
        self.pointer_shape = match view.grasp(pointer.at) {
            Some(OverviewHandle::From | OverviewHandle::To) => "ew-resize",
            Some(OverviewHandle::Bracket) => "grab",
            Some(OverviewHandle::Beside) => "pointer",
            None if pointer.at.y < view.rows().strip || is_playhead(pointer, view) => "ew-resize",
            None => match target {
                Some(Target::Process(_)) if pointer.at.x > view.rows().left => "default",
                Some(_) => "pointer",
                None => "default",
            },
        };
        hover(target, view)
    }

    fn pinch(&mut self, id: i32, before: Point, view: &mut DiagramView) -> Vec<Command> {
        let [one, other] = match &self.pointers[..] {
            [one, other, ..] => [*one, *other],
            _ => return Vec::new(),
        };
        let (moved, still) = if one.0 == id { (one.1, other.1) } else { (other.1, one.1) };
        let apart = |a: Point| (a.x - still.x).abs().max(24.0);
        let factor = apart(moved) / apart(before);
        let middle = f64::midpoint(moved.x, still.x);
        let by = (moved.x - before.x) / 2.0;
        view.scroll((before.y - moved.y) / 2.0);
        view.change_scale(|scale, folding| scale.panned(by, folding));
        view.change_scale(|scale, folding| scale.zoomed(middle, factor, folding));
        window_moved(view)
    }

    fn take_bracket(
        &mut self,
        grasp: OverviewHandle,
        pointer: PointerSample,
        view: &mut DiagramView,
    ) -> Vec<Command> {
        let from = view.overview_time(pointer.at.x);
        if grasp == OverviewHandle::Beside {
            let (first, last) = view.shown().window();
            let half = last.since(first).half();
            let end = view.end();
            let start = (from - half).min(end - last.since(first));
            view.show((start, (start + last.since(first)).min(end)));
            let window = view.shown().window();
            self.drag = DiagramDrag::Bracket { grasp: OverviewHandle::Bracket, from, window };
            return window_moved(view);
        }
        self.drag = DiagramDrag::Bracket { grasp, from, window: view.shown().window() };
        Vec::new()
    }
}

/// The drag that a press becomes once it has moved far enough.
fn begun(at: Point, on: Option<Target>, is_touch: bool, view: &DiagramView) -> DiagramDrag {
    let reachable = on.filter(|_| !is_touch || on == view.input().frame.selected);
    let near = view.shown().time(at.x);
    match reachable.and_then(|what| Some((what, view.place_of(what, near)?))) {
        Some((what, (time, floor))) => {
            let aside = at.x - view.shown().x(time);
            let behind = view.behind_first(what, time);
            // Only the head of a message drags it; elsewhere its line pans.
            match aside.abs() < 24.0 {
                true => DiagramDrag::Edit { what, aside, floor: floor + behind, behind },
                false => DiagramDrag::Pan,
            }
        }
        None => DiagramDrag::Pan,
    }
}

fn hover(target: Option<Target>, view: &mut DiagramView) -> Vec<Command> {
    if !view.hover(target) {
        return Vec::new();
    }
    let rank = match target {
        Some(Target::Process(rank)) => Some(rank),
        _ => None,
    };
    vec![Command::Hover(rank)]
}

/// Whether the playhead is under the pointer, and nothing that could be dragged instead.
fn is_playhead(PointerSample { at, is_touch, .. }: PointerSample, view: &DiagramView) -> bool {
    let reach = if is_touch { 14.0 } else { 4.0 };
    let (rows, now) = (view.rows(), view.now());
    let is_near = (view.shown().x(now) - at.x).abs() <= reach;
    let is_free = !matches!(view.pick(at), Some(what) if view.place_of(what, now).is_some());
    is_near && is_free && at.x >= rows.left && at.y <= rows.foot
}

fn move_bracket(
    grasp: OverviewHandle,
    from: Time,
    (first, last): (Time, Time),
    pointer: PointerSample,
    view: &mut DiagramView,
) -> Vec<Command> {
    const LEAST: Duration = Duration::ms(2);
    let at = view.overview_time(pointer.at.x);
    let end = view.end();
    let moved = |time: Time| (time + at.since(from)) - from.since(at);
    view.show(match grasp {
        OverviewHandle::From => (moved(first).min(last - LEAST), last),
        OverviewHandle::To => (first, moved(last).max(first + LEAST).min(end)),
        OverviewHandle::Bracket | OverviewHandle::Beside => {
            let span = last.since(first);
            let start = moved(first).min(end - span);
            (start, start + span)
        }
    });
    window_moved(view)
}

fn window_moved(view: &DiagramView) -> Vec<Command> {
    let window = view.shown().window();
    let command = view.input().shares_window.then_some(Command::ShowWindow(window));
    command.into_iter().collect()
}

/// The commands that end a cancelled drag.
fn cancelled(drag: DiagramDrag, view: &DiagramView) -> Vec<Command> {
    match drag {
        DiagramDrag::Scrub => vec![Command::Hold(false)],
        DiagramDrag::Edit { .. } if view.input().edits => vec![Command::GiveUp],
        DiagramDrag::Idle
        | DiagramDrag::Pressed { .. }
        | DiagramDrag::Pan
        | DiagramDrag::Pinch
        | DiagramDrag::Bracket { .. }
        | DiagramDrag::Edit { .. } => Vec::new(),
    }
}

/// Rounds to whole milliseconds, or to tenths.
fn snapped(at: Time, is_fine: bool) -> Time {
    let step = step(is_fine);
    Time::us((at.as_us() + step / 2) / step * step)
}

/// Rounds up to whole milliseconds, or to tenths.
fn snapped_up(at: Time, is_fine: bool) -> Time {
    let step = step(is_fine);
    Time::us(at.as_us().div_ceil(step) * step)
}

fn step(is_fine: bool) -> u64 {
    if is_fine { 100 } else { 1_000 }
}

/// The x about which to zoom: the playhead if it is visible, else the middle.
fn pivot(scale: &Scale, now: Time) -> f64 {
    let x = scale.x(now);
    if (scale.left()..=scale.right()).contains(&x) {
        x
    } else {
        f64::midpoint(scale.left(), scale.right())
    }
}
