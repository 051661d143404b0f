//! The gestures on the diagram: samples of the pointer, the wheel and the keys in, commands out.

use super::Look;
use hustings::session::{
    Command, DiagramGesture, DiagramInput, DiagramSample, DiagramView, Playback, PointerSample,
};
use hustings::time::{Duration, Time};
use hustings::types::Rank;
use hustings::view::Target;
use hustings::view::geometry::{Point, point};
use hustings::view::spacetime::{self, TimeDrag};
use hustings::view::text::EvenWidth;
use std::rc::Rc;

const SCRIPT: &str = "processes 4\nlatency 10ms\nat 100ms crash 4\nat 300ms pause 2 for 100ms\n\
                      at 500ms partition 1 2 | 3\n\
                      at 150ms suspect 2\nuntil 1s\n";

struct Diagram {
    view: DiagramView,
    gesture: DiagramGesture,
}

impl Diagram {
    /// From 50 ms to 650 ms, paused at 200 ms.
    fn new() -> Self {
        Self::with(|_| {})
    }

    fn with(change: impl Fn(&mut DiagramInput)) -> Self {
        let look = Look::script(SCRIPT);
        let at = Time::ms(200);
        let mut input = DiagramInput {
            pace: Rc::new(look.run_view.pace(false, false)),
            run_view: look.run_view,
            playback: Playback::Paused { at },
            cursor: at,
            frame: look.frame,
            chain: None,
            skips_quiet: false,
            quiet: None,
            reduced_motion: false,
            window: Some((Time::ms(50), Time::ms(650))),
            opening: 0,
            hovered: None,
            edits: true,
            shares_window: true,
        };
        change(&mut input);
        let view = DiagramView::new(input, 0.0);
        let mut diagram = Self { view, gesture: DiagramGesture::default() };
        diagram.paint();
        diagram
    }

    fn paint(&mut self) {
        let (scale, _) = self.view.prepare();
        let (now, frame) = (self.view.cursor_state(), self.view.input().frame);
        let diagram = self.view.diagram(&scale).expect("the run was read");
        let regions = spacetime::scene(&diagram, &frame, &now, &EvenWidth).hit_regions;
        self.view.set_hit_regions(regions);
    }

    fn handle(&mut self, sample: DiagramSample) -> Vec<Command> {
        let commands = self.gesture.handle(sample, &mut self.view);
        self.paint();
        commands
    }

    fn press(&mut self, at: Point) -> Vec<Command> {
        self.handle(DiagramSample::Press(mouse(at)))
    }

    fn drag(&mut self, at: Point) -> Vec<Command> {
        self.handle(DiagramSample::Move(mouse(at)))
    }

    fn release(&mut self) -> Vec<Command> {
        self.handle(DiagramSample::Release(1))
    }

    fn x(&self, ms: u64) -> f64 {
        self.view.shown().x(Time::ms(ms))
    }

    fn window(&self) -> (Time, Time) {
        self.view.shown().window()
    }

    /// Where something is drawn at its instant.
    fn place(&self, target: Target) -> Point {
        let near = Time::ms(200);
        let (time, _) = self.view.place_of(target, near).expect("it is in time");
        self.find(self.view.shown().x(time), |found| found == target).expect("it can be hit")
    }

    fn find(&self, x: f64, is_it: impl Fn(Target) -> bool) -> Option<Point> {
        let rows = self.view.rows();
        let ys = (rows.strip as u32..rows.foot as u32).map(f64::from);
        ys.map(|y| point(x, y)).find(|at| self.view.pick(*at).is_some_and(&is_it))
    }

    /// Of a process, left of its lane.
    fn head(&self) -> Point {
        self.find(20.0, |found| matches!(found, Target::Process(_))).expect("heads are drawn")
    }

    /// In the lanes, where nothing can be hit.
    fn empty(&self) -> Point {
        let rows = self.view.rows();
        let xs = (rows.left as u32 + 40..rows.right as u32 - 40).map(f64::from);
        let at = xs.map(|x| point(x, f64::midpoint(rows.top, rows.foot)));
        let is_free =
            |at: &Point| self.view.pick(*at).is_none() && (at.x - self.x(200)).abs() > 20.0;
        at.into_iter().find(is_free).expect("there is room")
    }
}

fn pointer(id: i32, at: Point) -> PointerSample {
    PointerSample { id, at, is_touch: false, is_fine: false }
}

fn mouse(at: Point) -> PointerSample {
    pointer(1, at)
}

fn touch(id: i32, at: Point) -> PointerSample {
    PointerSample { is_touch: true, ..pointer(id, at) }
}

/// Within a pixel.
fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1.0
}

/// The instant of the only drag among the commands.
fn dragged(commands: &[Command], target: Target) -> Time {
    let [Command::Drag(TimeDrag { what, to })] = commands else { panic!("{commands:?}") };
    assert_eq!(*what, target);
    *to
}

#[test]
fn a_press_on_the_strip_or_on_the_playhead_scrubs() {
    let mut diagram = Diagram::new();
    let rows = diagram.view.rows();
    let lane = point(diagram.x(200), rows.top + 2.0);
    for at in [point(diagram.x(400), rows.strip - 2.0), lane] {
        let to = diagram.view.shown().time(at.x);
        assert_eq!(diagram.press(at), [Command::Hold(true), Command::Seek(to)]);
        let next = point(at.x + 30.0, at.y + 80.0);
        let to = diagram.view.shown().time(next.x);
        assert_eq!(diagram.drag(next), [Command::Seek(to)]);
        assert_eq!(diagram.release(), [Command::Hold(false)]);
    }
    diagram.press(lane);
    assert_eq!(diagram.handle(DiagramSample::Cancel), [Command::Hold(false)]);
    assert_eq!(diagram.drag(lane).len(), 0, "nothing is held any more");
}

#[test]
fn a_press_that_moves_little_selects_and_one_that_moves_far_pans() {
    let mut diagram = Diagram::new();
    let head = diagram.head();
    let Some(Target::Process(rank)) = diagram.view.pick(head) else { panic!("a head is there") };
    assert_eq!(diagram.view.head(head), Some(rank), "a double click there strikes");
    diagram.press(head);
    assert_eq!(diagram.drag(point(head.x + 5.0, head.y)), []);
    assert_eq!(diagram.release(), [Command::Select(Some(Target::Process(rank)))]);
    let (at, before) = (diagram.empty(), diagram.window());
    diagram.press(at);
    // From where it has become a drag.
    diagram.drag(point(at.x - 10.0, at.y));
    let held = diagram.view.shown().time(at.x - 10.0);
    let to = point(at.x - 40.0, at.y);
    let commands = diagram.drag(to);
    assert_eq!(commands, [Command::ShowWindow(diagram.window())]);
    assert!(diagram.window() > before, "to the left shows what comes later");
    assert!(is_near(diagram.view.shown().x(held), to.x), "what is held stays under the pointer");
    assert_eq!(diagram.release(), []);
    let mut coarse = Diagram::with(|input| input.frame.coarse = true);
    let at = coarse.empty();
    coarse.press(at);
    assert_eq!(coarse.drag(point(at.x - 9.0, at.y)), [], "a finger trembles");
    assert_eq!(coarse.release().len(), 1);
}

#[test]
fn a_wheel_zooms_about_the_pointer_and_a_key_about_the_playhead() {
    let mut diagram = Diagram::new();
    for (at, still) in [(Some(diagram.x(400)), 400), (None, 200)] {
        let (x, (first, last)) = (diagram.x(still), diagram.window());
        let commands = diagram.handle(DiagramSample::Zoom(at, 1.5));
        assert_eq!(commands, [Command::ShowWindow(diagram.window())]);
        assert!(is_near(diagram.x(still), x), "{still} ms stays");
        let (from, to) = diagram.window();
        assert!(to.since(from) < last.since(first));
    }
    let before = diagram.window();
    diagram.handle(DiagramSample::Pan(50.0));
    assert!(diagram.window() < before);
    let mut figure = Diagram::with(|input| input.shares_window = false);
    assert_eq!(figure.handle(DiagramSample::Zoom(None, 1.5)), [], "it keeps its window to itself");
}

#[test]
fn two_fingers_pinch_and_the_one_that_stays_pans() {
    let mut diagram = Diagram::new();
    let at = diagram.empty();
    let other = point(at.x + 100.0, at.y);
    diagram.handle(DiagramSample::Press(touch(1, at)));
    assert_eq!(diagram.handle(DiagramSample::Press(touch(2, other))), []);
    let (first, last) = diagram.window();
    diagram.handle(DiagramSample::Move(touch(2, point(other.x + 100.0, other.y))));
    let (from, to) = diagram.window();
    let share = to.since(from).as_us() as f64 / last.since(first).as_us() as f64;
    assert!((share - 0.5).abs() < 0.02, "twice as far apart shows half: {share}");
    assert_eq!(diagram.handle(DiagramSample::Release(1)), []);
    let before = diagram.window();
    diagram.handle(DiagramSample::Move(touch(2, other)));
    assert!(diagram.window() > before);
    assert_eq!(diagram.handle(DiagramSample::Release(2)), []);
}

#[test]
fn the_bracket_of_the_overview_moves_and_each_of_its_ends() {
    let mut diagram = Diagram::new();
    let rows = diagram.view.rows();
    let place = |ms: u64| {
        let share = ms as f64 / 1_000.0;
        point(rows.left + share * (rows.right - rows.left), rows.foot + 20.0)
    };
    let move_by = |diagram: &mut Diagram, from: u64, to: u64| {
        diagram.press(place(from));
        diagram.drag(place(to));
        assert_eq!(diagram.release(), []);
        let (first, last) = diagram.window();
        (first.as_us().div_ceil(1_000), last.as_us() / 1_000)
    };
    let near = |(a, b): (u64, u64), (c, d): (u64, u64)| a.abs_diff(c) <= 2 && b.abs_diff(d) <= 2;
    let found = move_by(&mut diagram, 300, 400);
    assert!(near(found, (150, 750)), "{found:?}");
    let found = move_by(&mut diagram, 150, 250);
    assert!(near(found, (250, 750)), "its first end: {found:?}");
    let found = move_by(&mut diagram, 750, 650);
    assert!(near(found, (250, 650)), "its last end: {found:?}");
    let found = move_by(&mut diagram, 400, 990);
    assert!(near(found, (600, 1_000)), "not beyond the end: {found:?}");
    let found = move_by(&mut diagram, 300, 300);
    assert!(near(found, (100, 500)), "a press beside it centres it: {found:?}");
}

#[test]
fn what_is_in_time_is_dragged_along_it_to_whole_milliseconds() {
    let message = {
        let diagram = Diagram::new();
        let at = (105..300).find_map(|ms| {
            diagram.find(diagram.x(ms), |found| matches!(found, Target::Message(_)))
        });
        diagram.view.pick(at.expect("messages are drawn")).expect("one is there")
    };
    // A message's head, a crash, the end of a pause, a split.
    for target in [message, Target::Fault(0), Target::FaultEnd(1), Target::Fault(2)] {
        let mut diagram = Diagram::new();
        let at = diagram.place(target);
        let (time, _) = diagram.view.place_of(target, Time::ms(200)).expect("it is in time");
        assert_eq!(diagram.press(at), []);
        let to = dragged(&diagram.drag(point(at.x + 20.5, at.y)), target);
        assert!(to > time && to.as_us().is_multiple_of(1_000), "{target} comes to {to}");
        let fine = PointerSample { is_fine: true, ..mouse(point(at.x + 20.5, at.y)) };
        let to = dragged(&diagram.handle(DiagramSample::Move(fine)), target);
        assert_eq!(to.as_us() % 100, 0);
        assert_eq!(diagram.release(), [Command::Settle]);
        diagram.press(at);
        diagram.drag(point(at.x + 20.5, at.y));
        assert_eq!(diagram.handle(DiagramSample::Cancel), [Command::GiveUp]);
        diagram.press(at);
        diagram.drag(point(at.x + 20.5, at.y));
        let second = DiagramSample::Press(pointer(2, at));
        assert_eq!(diagram.handle(second), [Command::GiveUp], "a second finger gives it up");
    }
}

#[test]
fn a_drag_ends_at_what_it_follows_from_and_at_the_end_of_the_run() {
    let mut diagram = Diagram::new();
    let end = Target::FaultEnd(1);
    let at = diagram.place(end);
    diagram.press(at);
    assert_eq!(dragged(&diagram.drag(point(0.0, at.y)), end), Time::ms(300), "where it begins");
    assert_eq!(dragged(&diagram.drag(point(5_000.0, at.y)), end), Time::ms(1_000));
}

#[test]
fn a_finger_drags_only_what_is_selected_and_nobody_edits_what_is_for_looking_at() {
    let crash = Target::Fault(0);
    for (selected, is_edit) in [(None, false), (Some(crash), true)] {
        let mut diagram = Diagram::with(|input| input.frame.selected = selected);
        let at = diagram.place(crash);
        diagram.handle(DiagramSample::Press(touch(1, at)));
        let to = touch(1, point(at.x + 30.0, at.y));
        let commands = diagram.handle(DiagramSample::Move(to));
        assert_eq!(matches!(commands[..], [Command::Drag(_)]), is_edit, "{commands:?}");
    }
    let mut readonly = Diagram::with(|input| input.edits = false);
    let at = readonly.place(crash);
    readonly.press(at);
    assert_eq!(readonly.drag(point(at.x + 30.0, at.y)), []);
    assert_eq!(readonly.release(), []);
}

#[test]
fn the_window_rests_while_something_is_dragged_and_an_edit_comes_back() {
    let mut diagram = Diagram::new();
    let at = diagram.place(Target::Fault(0));
    diagram.press(at);
    diagram.drag(point(at.x + 20.0, at.y));
    let before = diagram.window();
    let mut input = diagram.view.input().clone();
    input.run_view = Look::script(&SCRIPT.replace("100ms crash", "120ms crash")).run_view;
    assert!(diagram.view.set(input), "another run is drawn");
    diagram.paint();
    assert_eq!(diagram.window(), before);
    let step = Duration::ms(700);
    let mut input = diagram.view.input().clone();
    (input.cursor, input.playback) =
        (Time::ZERO + step, Playback::Paused { at: Time::ZERO + step });
    diagram.view.set(input.clone());
    assert_eq!(diagram.window(), before, "nor does it follow the cursor");
    diagram.release();
    (input.cursor, input.playback) = (Time::ms(800), Playback::Paused { at: Time::ms(800) });
    diagram.view.set(input);
    assert!(diagram.window() > before, "a step out of sight takes the window along");
}

#[test]
fn the_pointer_raises_processes_and_shows_what_a_press_would_do() {
    let mut diagram = Diagram::new();
    let rows = diagram.view.rows();
    let head = diagram.head();
    let rank = diagram.view.head(head).expect("a head is there");
    let pass = |diagram: &mut Diagram, at| {
        let commands = diagram.drag(at);
        (commands, diagram.gesture.pointer_shape)
    };
    assert_eq!(pass(&mut diagram, head), (vec![Command::Hover(Some(rank))], "pointer"));
    assert_eq!(pass(&mut diagram, head), (vec![], "pointer"), "once");
    let empty = diagram.empty();
    assert_eq!(pass(&mut diagram, empty), (vec![Command::Hover(None)], "default"));
    let strip = point(empty.x, rows.strip - 2.0);
    assert_eq!(pass(&mut diagram, strip).1, "ew-resize");
    let overview = point(f64::midpoint(rows.left, rows.right) - 100.0, rows.foot + 20.0);
    assert_eq!(pass(&mut diagram, overview).1, "grab");
    pass(&mut diagram, head);
    assert_eq!(diagram.handle(DiagramSample::Leave), [Command::Hover(None::<Rank>)]);
    diagram.press(empty);
    assert_eq!(diagram.handle(DiagramSample::Leave), [], "a drag goes on outside");
    let finger = DiagramSample::Move(touch(9, head));
    assert_eq!(diagram.handle(finger), [], "a finger that is up points at nothing");
}
