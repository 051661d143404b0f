//! What a hand does with the diagram: scrub, pan, pinch, move the bracket, drag something along time.
//!
//! A hand changes the window by itself; all else it only says, and whoever hears it decides.

use super::renderer::DiagramRenderer;
use crate::time::{Duration, Time};
use crate::types::Rank;
use crate::view::Target;
use crate::view::geometry::{Point, point};
use crate::view::spacetime::scale::Scale;
use crate::view::spacetime::{OverviewHandle, TimeDrag};

/// What a hand asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DiagramEvent {
    Seek(Time),
    /// What plays waits, or goes on.
    Hold(bool),
    Select(Option<Target>),
    /// Nothing, where a drag is given up.
    Drag(Option<TimeDrag>),
    Drop,
    /// The pointer is over a process.
    Over(Option<Rank>),
    /// The window has moved.
    Moved,
}

/// A pointer that is down, or moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointerSample {
    pub id: i32,
    pub at: Point,
    pub is_touch: bool,
    /// Tenths of a millisecond instead of whole ones.
    pub is_fine: bool,
}

#[derive(Debug, Default)]
pub struct DiagramGesture {
    fingers: Vec<(i32, Point)>,
    act: DiagramDrag,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum DiagramDrag {
    #[default]
    Rests,
    /// Down, and not moved far enough to mean anything yet.
    Pressed {
        at: Point,
        on: Option<Target>,
        is_touch: bool,
    },
    Scrubs,
    Pans,
    Pinches,
    /// The bracket, with where in it the hand took hold.
    Brackets {
        grasp: OverviewHandle,
        from: Time,
        window: (Time, Time),
    },
    /// Something along time, taken hold of so far from its middle; a later round of a line moves the
    /// whole line.
    Edits {
        what: Target,
        aside: f64,
        floor: Time,
        behind: Duration,
    },
}

impl DiagramGesture {
    pub fn is_busy(&self) -> bool {
        self.act != DiagramDrag::Rests
    }

    pub fn is_editing(&self) -> bool {
        matches!(self.act, DiagramDrag::Edits { .. })
    }
}

impl DiagramRenderer {
    pub fn press(&mut self, finger: PointerSample) -> Vec<DiagramEvent> {
        self.hand.fingers.push((finger.id, finger.at));
        if self.hand.fingers.len() > 1 {
            let before = std::mem::replace(&mut self.hand.act, DiagramDrag::Pinches);
            return given_up(before);
        }
        let rows = self.rows();
        if let Some(grasp) = self.grasp(finger.at) {
            return self.take_bracket(grasp, finger);
        }
        if finger.at.y < rows.strip && finger.at.x >= rows.left - 8.0 || self.is_playhead(finger) {
            self.hand.act = DiagramDrag::Scrubs;
            return vec![
                DiagramEvent::Hold(true),
                DiagramEvent::Seek(self.shown().time(finger.at.x)),
            ];
        }
        let on = self.pick(finger.at);
        self.hand.act = DiagramDrag::Pressed { at: finger.at, on, is_touch: finger.is_touch };
        Vec::new()
    }

    pub fn glide(&mut self, finger: PointerSample) -> Vec<DiagramEvent> {
        let held = self.hand.fingers.iter_mut().find(|(id, _)| *id == finger.id);
        let Some(held) = held else { return self.hover_at(finger) };
        let before = std::mem::replace(&mut held.1, finger.at);
        match self.hand.act {
            DiagramDrag::Rests => Vec::new(),
            DiagramDrag::Pressed { at, on, is_touch } => {
                let far = if self.look().frame.coarse || is_touch { 10.0 } else { 6.0 };
                if at.distance(finger.at) < far {
                    return Vec::new();
                }
                self.begin(at, on, is_touch);
                self.glide(finger)
            }
            DiagramDrag::Scrubs => vec![DiagramEvent::Seek(self.shown().time(finger.at.x))],
            DiagramDrag::Pans => {
                let way = finger.at - before;
                self.scroll(-way.y);
                self.turn(|scale, folding| scale.panned(way.x, folding));
                vec![DiagramEvent::Moved]
            }
            DiagramDrag::Pinches => self.pinch(finger.id, before),
            DiagramDrag::Brackets { grasp, from, window } => {
                self.move_bracket(grasp, from, window, finger)
            }
            DiagramDrag::Edits { what, aside, floor, behind } => {
                let at = self.shown().time(finger.at.x - aside);
                let to = snapped(at, finger.is_fine).max(snapped_up(floor, finger.is_fine));
                vec![DiagramEvent::Drag(Some(TimeDrag { what, to: to.min(self.end()) - behind }))]
            }
        }
    }

    pub fn lift(&mut self, id: i32) -> Vec<DiagramEvent> {
        self.hand.fingers.retain(|(held, _)| *held != id);
        match self.hand.act {
            DiagramDrag::Pinches if self.hand.fingers.len() == 1 => {
                self.hand.act = DiagramDrag::Pans;
                return Vec::new();
            }
            _ if !self.hand.fingers.is_empty() => return Vec::new(),
            _ => {}
        }
        match std::mem::take(&mut self.hand.act) {
            DiagramDrag::Pressed { on, .. } => vec![DiagramEvent::Select(on)],
            DiagramDrag::Scrubs => vec![DiagramEvent::Hold(false)],
            DiagramDrag::Edits { .. } => vec![DiagramEvent::Drop],
            DiagramDrag::Rests
            | DiagramDrag::Pans
            | DiagramDrag::Pinches
            | DiagramDrag::Brackets { .. } => Vec::new(),
        }
    }

    /// The browser took the pointer away, or a key gave the drag up.
    pub fn give_up(&mut self) -> Vec<DiagramEvent> {
        self.hand.fingers.clear();
        given_up(std::mem::take(&mut self.hand.act))
    }

    /// Nothing is pointed at any more.
    pub fn leave(&mut self) -> Vec<DiagramEvent> {
        if self.hand.is_busy() || !self.hover(None) {
            Vec::new()
        } else {
            vec![DiagramEvent::Over(None)]
        }
    }

    /// Larger about a place by a factor; the height of a wheel's notch is about 100.
    pub fn zoom(&mut self, x: f64, factor: f64) -> Vec<DiagramEvent> {
        self.turn(|scale, folding| scale.zoomed(x, factor, folding));
        vec![DiagramEvent::Moved]
    }

    pub fn pan(&mut self, by: f64) -> Vec<DiagramEvent> {
        self.turn(|scale, folding| scale.panned(by, folding));
        vec![DiagramEvent::Moved]
    }

    fn begin(&mut self, at: Point, on: Option<Target>, is_touch: bool) {
        let reachable = on.filter(|_| !is_touch || on == self.look().frame.selected);
        let near = self.shown().time(at.x);
        self.hand.act = match reachable.and_then(|what| Some((what, self.place_of(what, near)?))) {
            Some((what, (time, floor))) => {
                let aside = at.x - self.shown().x(time);
                let behind = self.behind_first(what, time);
                // A message is dragged by its head; its line only pans.
                match aside.abs() < 24.0 {
                    true => DiagramDrag::Edits { what, aside, floor: floor + behind, behind },
                    false => DiagramDrag::Pans,
                }
            }
            None => DiagramDrag::Pans,
        };
    }

    fn hover_at(&mut self, finger: PointerSample) -> Vec<DiagramEvent> {
        if finger.is_touch {
            return Vec::new();
        }
        let target = self.pick(finger.at);
        let cursor = match self.grasp(finger.at) {
            Some(OverviewHandle::From | OverviewHandle::To) => "ew-resize",
            Some(OverviewHandle::Bracket) => "grab",
            Some(OverviewHandle::Beside) => "pointer",
            None if finger.at.y < self.rows().strip || self.is_playhead(finger) => "ew-resize",
            None => match target {
                Some(Target::Process(_)) if finger.at.x > self.rows().left => "default",
                Some(_) => "pointer",
                None => "default",
            },
        };
        self.show_cursor(cursor);
        if !self.hover(target) {
            return Vec::new();
        }
        let rank = match target {
            Some(Target::Process(rank)) => Some(rank),
            _ => None,
        };
        vec![DiagramEvent::Over(rank)]
    }

    /// Whether the playhead's line is under the pointer, and nothing smaller.
    fn is_playhead(&self, PointerSample { at, is_touch, .. }: PointerSample) -> bool {
        let reach = if is_touch { 14.0 } else { 4.0 };
        let rows = self.rows();
        let is_near = (self.shown().x(self.now()) - at.x).abs() <= reach;
        let near = self.now();
        let is_free = !matches!(self.pick(at), Some(what) if self.place_of(what, near).is_some());
        is_near && is_free && at.x >= rows.left && at.y <= rows.foot
    }

    fn pinch(&mut self, id: i32, before: Point) -> Vec<DiagramEvent> {
        let [one, other] = match &self.hand.fingers[..] {
            [one, other, ..] => [*one, *other],
            _ => return Vec::new(),
        };
        let (moved, still) = if one.0 == id { (one.1, other.1) } else { (other.1, one.1) };
        let apart = |a: Point| (a.x - still.x).abs().max(24.0);
        let factor = apart(moved) / apart(before);
        let middle = f64::midpoint(moved.x, still.x);
        let by = (moved.x - before.x) / 2.0;
        self.scroll((before.y - moved.y) / 2.0);
        self.turn(|scale, folding| scale.panned(by, folding));
        self.turn(|scale, folding| scale.zoomed(middle, factor, folding));
        vec![DiagramEvent::Moved]
    }

    fn take_bracket(&mut self, grasp: OverviewHandle, finger: PointerSample) -> Vec<DiagramEvent> {
        let from = self.overview_time(finger.at.x);
        if grasp == OverviewHandle::Beside {
            let (first, last) = self.shown().window();
            let half = last.since(first).half();
            let end = self.end();
            let start = (from - half).min(end - last.since(first));
            self.show((start, (start + last.since(first)).min(end)));
            let window = self.shown().window();
            self.hand.act = DiagramDrag::Brackets { grasp: OverviewHandle::Bracket, from, window };
            return vec![DiagramEvent::Moved];
        }
        self.hand.act = DiagramDrag::Brackets { grasp, from, window: self.shown().window() };
        Vec::new()
    }

    fn move_bracket(
        &mut self,
        grasp: OverviewHandle,
        from: Time,
        (first, last): (Time, Time),
        finger: PointerSample,
    ) -> Vec<DiagramEvent> {
        const LEAST: Duration = Duration::ms(2);
        let at = self.overview_time(finger.at.x);
        let end = self.end();
        let window = match grasp {
            OverviewHandle::From => ((first + at.since(from)) - from.since(at), last),
            OverviewHandle::To => (first, (last + at.since(from)) - from.since(at)),
            OverviewHandle::Bracket | OverviewHandle::Beside => {
                let span = last.since(first);
                let start = ((first + at.since(from)) - from.since(at)).min(end - span);
                (start, start + span)
            }
        };
        let window = match grasp {
            OverviewHandle::From => (window.0.min(last - LEAST), last),
            OverviewHandle::To => (first, window.1.max(first + LEAST).min(end)),
            OverviewHandle::Bracket | OverviewHandle::Beside => window,
        };
        self.show(window);
        vec![DiagramEvent::Moved]
    }
}

/// What is to be said when something is cut short.
fn given_up(act: DiagramDrag) -> Vec<DiagramEvent> {
    match act {
        DiagramDrag::Scrubs => vec![DiagramEvent::Hold(false)],
        DiagramDrag::Edits { .. } => vec![DiagramEvent::Drag(None)],
        _ => Vec::new(),
    }
}

/// To whole milliseconds, or to tenths.
fn snapped(at: Time, is_fine: bool) -> Time {
    let step = step(is_fine);
    Time::us((at.as_us() + step / 2) / step * step)
}

/// The first such instant that is not before.
fn snapped_up(at: Time, is_fine: bool) -> Time {
    let step = step(is_fine);
    Time::us(at.as_us().div_ceil(step) * step)
}

fn step(is_fine: bool) -> u64 {
    if is_fine { 100 } else { 1_000 }
}

/// What a wheel does: zooms, with Shift or sideways pans; whatever its unit.
pub fn wheel(event: &web_sys::WheelEvent) -> (Point, bool) {
    const LINE: f64 = 16.0;
    const PAGE: f64 = 400.0;
    let unit = match event.delta_mode() {
        web_sys::WheelEvent::DOM_DELTA_LINE => LINE,
        web_sys::WheelEvent::DOM_DELTA_PAGE => PAGE,
        _ => 1.0,
    };
    let (x, y) = (event.delta_x() * unit, event.delta_y() * unit);
    let sideways = event.shift_key() || x.abs() > y.abs();
    (point(x, y), sideways)
}

/// By how much a wheel zooms.
pub fn factor(delta: f64) -> f64 {
    (-delta / 400.0).clamp(-0.5, 0.5).exp2()
}

/// About the playhead where that is in sight, else the middle.
pub fn pivot(scale: &Scale, now: Time) -> f64 {
    let x = scale.x(now);
    if (scale.left()..=scale.right()).contains(&x) {
        x
    } else {
        f64::midpoint(scale.left(), scale.right())
    }
}
