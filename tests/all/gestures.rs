//! Gestures on the stage: what a pointer hits, what a drag becomes, and what a menu offers.

use crate::scenes::poses;
use hustings::run::Run;
use hustings::scenario::Link;
use hustings::session::{
    Action, Command, CommandContext, Document, GestureState, PointerPress, RunView, State, execute,
    execute_on, first_offer, hint, offers, subject,
};
use hustings::time::Time;
use hustings::types::Rank;
use hustings::view::accessibility;
use hustings::view::geometry::{Point, Size, point};
use hustings::view::model::StageModel;
use hustings::view::ring::RingLayout;
use hustings::view::stage::{CutLine, StageFrame, scene, sides};
use hustings::view::text::EvenWidth;
use hustings::view::{HitArea, PartitionEnd, Target};
use poses::rank;

fn frame(width: f64, height: f64) -> StageFrame {
    StageFrame::new(Size { width, height })
}

fn draw(picture: &StageModel, frame: &StageFrame) -> hustings::view::Scene {
    scene(picture, frame, &EvenWidth)
}

fn link(from: u16, to: u16) -> Link {
    Link { from: rank(from), to: rank(to) }
}

fn ranks(ranks: &[u16]) -> Vec<Rank> {
    ranks.iter().copied().map(rank).collect()
}

#[test]
fn every_process_and_every_message_is_hit_where_it_is_drawn_at_every_size() {
    for count in [1, 2, 3, 6, 12, 64] {
        for frame in [frame(1064.0, 468.0), StageFrame { coarse: true, ..frame(390.0, 316.0) }] {
            let picture = poses::announcing(count);
            let scene = draw(&picture, &frame);
            let discs = scene.hit_regions.iter().filter_map(|region| match region.area {
                HitArea::Disc { centre, .. } => Some((region.target, centre)),
                HitArea::Band { .. } => None,
            });
            let mut found = 0;
            for (target, centre) in discs {
                let hit = scene.pick(centre);
                // Two that lie upon each other are told apart by whose centre is nearer; none is.
                let same = hit.and_then(|hit| scene.area(hit)).map(HitArea::centre);
                assert_eq!(same, Some(centre), "{target} of {count}: {hit:?}");
                found += 1;
            }
            assert!(found >= usize::from(count), "{found} of {count}");
        }
    }
}

#[test]
fn every_link_is_hit_somewhere_along_it() {
    for count in [2, 3, 6, 12, 64] {
        let picture = poses::announcing(count);
        let selected = Some(Target::Process(rank(1)));
        let frame = StageFrame { selected, ..frame(1064.0, 468.0) };
        let scene = draw(&picture, &frame);
        let mut lines = 0;
        for region in &scene.hit_regions {
            let (Target::Link(_), HitArea::Band { from, to, .. }) = (region.target, region.area)
            else {
                continue;
            };
            let along = (1..100).map(|step| from.towards(to, f64::from(step) / 100.0));
            let is_hit = along.into_iter().any(|at| scene.pick(at) == Some(region.target));
            // Along the rim of a crowd there is no room beside the processes: there the list is the
            // way in.
            assert!(is_hit || count == 64, "{} of {count}", region.target);
            lines += usize::from(is_hit);
        }
        assert!(lines >= usize::from(count - 1) * 2 / 3, "{lines} of {count}");
    }
}

#[test]
fn a_message_over_its_link_is_what_the_pointer_hits_and_so_is_the_canal() {
    let scene = draw(&poses::election(), &frame(1064.0, 468.0));
    let messages =
        scene.hit_regions.iter().filter(|region| matches!(region.target, Target::Message(_)));
    for region in messages {
        assert_eq!(scene.pick(region.area.centre()), Some(region.target));
    }
    let split = draw(&poses::split_brain(), &frame(1064.0, 468.0));
    let Some(HitArea::Band { from, to, .. }) = split.area(Target::Partition) else {
        panic!("the partition line is drawn");
    };
    let dry = (1..50).map(|step| from.towards(to, f64::from(step) / 50.0));
    for at in dry {
        assert!(
            !matches!(split.pick(at), Some(Target::Link(_))),
            "a link is cut by the partition line"
        );
    }
    for end in [PartitionEnd::First, PartitionEnd::Second] {
        let handle = split.area(Target::Handle(end)).expect("it has two handles");
        assert_eq!(split.pick(handle.centre()), Some(Target::Handle(end)));
    }
}

#[test]
fn a_link_that_is_selected_stays_to_be_seen_where_links_are_not_drawn() {
    let target = Target::Link(link(3, 40));
    let frame = StageFrame { selected: Some(target), ..frame(1064.0, 468.0) };
    assert!(draw(&poses::announcing(64), &frame).area(target).is_some());
}

fn press(on: Option<Target>, fixed: Option<Point>, coarse: bool) -> GestureState {
    GestureState::Pressed(PointerPress { at: point(100.0, 100.0), on, fixed, coarse, held: false })
}

#[test]
fn a_press_becomes_a_cut_once_it_has_moved_far_enough() {
    let mouse = press(None, None, false);
    assert_eq!(mouse.dragged(point(105.0, 100.0), false), mouse);
    let cutting = mouse.dragged(point(106.0, 100.0), false);
    assert!(cutting.is_busy());
    let finger = press(None, None, true);
    assert_eq!(finger.dragged(point(109.0, 100.0), false), finger);
    assert!(finger.dragged(point(112.0, 104.0), false).is_busy(), "sideways it draws");
    assert_eq!(
        finger.dragged(point(104.0, 88.0), false),
        GestureState::Spent,
        "up and down it scrolls"
    );
    let handle = press(Some(Target::Handle(PartitionEnd::First)), Some(point(0.0, 0.0)), true);
    assert!(handle.dragged(point(100.0, 80.0), false).is_busy(), "an end is turned any way");
    let turned = cutting.dragged(point(200.0, 140.0), true);
    let cut_line = CutLine { from: point(100.0, 100.0), to: point(200.0, 140.0), one_way: true };
    assert_eq!(turned.cut_line(), Some(cut_line));
    assert_eq!(turned.lifted(), GestureState::Spent, "no click follows a cut");
    assert_eq!(mouse.lifted(), GestureState::Idle, "a click follows a press");
}

#[test]
fn a_drag_on_a_process_means_nothing_and_a_hold_means_one_menu() {
    let process = press(Some(Target::Process(rank(1))), None, true);
    assert_eq!(process.dragged(point(160.0, 100.0), false), GestureState::Spent);
    let mut held = process;
    assert!(held.hold() && !held.hold());
    assert_eq!(held.lifted(), GestureState::Spent, "no click follows a menu");
    // On empty stage the finger may go on and draw.
    let mut empty = press(None, None, true);
    assert!(empty.hold());
    assert!(empty.dragged(point(100.0, 160.0), false).is_busy());
}

#[test]
fn a_handle_turns_about_the_other_end() {
    let fixed = point(300.0, 300.0);
    let to = point(150.0, 90.0);
    let first =
        press(Some(Target::Handle(PartitionEnd::First)), Some(fixed), false).dragged(to, false);
    assert_eq!(first.cut_line(), Some(CutLine { from: to, to: fixed, one_way: false }));
    let second =
        press(Some(Target::Handle(PartitionEnd::Second)), Some(fixed), false).dragged(to, false);
    assert_eq!(second.cut_line(), Some(CutLine { from: fixed, to, one_way: false }));
}

#[test]
fn a_line_parts_who_stands_left_from_who_stands_right() {
    let frame = frame(1064.0, 468.0);
    for count in [2, 3, 6, 12, 64] {
        let all: Vec<Rank> = (1..=count).map(rank).collect();
        let ring = RingLayout::new(&all, frame.size, frame.inset, frame.radius);
        for (from, to) in [((5.0, 230.0), (1060.0, 240.0)), ((700.0, 0.0), (300.0, 468.0))] {
            let (from, to) = (point(from.0, from.1), point(to.0, to.1));
            let [left, right] = sides(&ring, CutLine { from, to, one_way: false });
            let mut both = [left.clone(), right.clone()].concat();
            both.sort_unstable();
            assert_eq!(both, all, "everybody stands on one side");
            let back = sides(&ring, CutLine { from: to, to: from, one_way: false });
            assert_eq!(back, [right, left], "the other way round the sides change places");
        }
    }
}

fn state(text: &str) -> (State, RunView) {
    let document = Document::read(text).expect("the script can be read");
    let run_view = RunView::new(Run::of(document.scenario().clone()), &document);
    (State::new(document), run_view)
}

fn at<'a>(state: &'a State, run_view: &'a RunView, ms: u64) -> CommandContext<'a> {
    CommandContext {
        state,
        run_view,
        cursor: Time::ms(ms),
        now: 0.0,
        reduced_motion: false,
        comparison: None,
    }
}

/// The only action of a command.
fn only(command: Command, context: CommandContext) -> Action {
    execute(command, context).pop().expect("it does something")
}

#[test]
fn a_cut_is_turned_in_its_own_line_and_is_one_step_to_undo() {
    let (state, run_view) = state("processes 4\nat 10ms partition 1 2 | 3 4  # here\nuntil 1s\n");
    let scene = at(&state, &run_view, 20);
    let one = state.apply(only(Command::Turn([ranks(&[3]), ranks(&[1, 2, 4])]), scene));
    // The side that was mostly 3 and 4 stays the second.
    assert!(
        one.document().text().contains("at 10ms partition 1 2 4 | 3"),
        "{}",
        one.document().text()
    );
    let two = one
        .apply(only(Command::Turn([ranks(&[1]), ranks(&[2, 3, 4])]), scene))
        .apply(Action::Settle);
    assert!(two.document().text().contains("at 10ms partition 1 | 2 3 4"));
    assert_eq!(two.history.undoes(), Some("turn of the cut"));
    assert_eq!(two.apply(Action::Undo).document(), state.document());
    let gone = one.apply(Action::GiveUp);
    assert_eq!(gone.document(), state.document());
}

#[test]
fn a_cut_of_one_direction_is_turned_and_keeps_its_direction() {
    let (state, run_view) = state("processes 3\nat 10ms cut 1 2 -> 3\nuntil 1s\n");
    let next =
        state.apply(only(Command::Turn([ranks(&[2, 3]), ranks(&[1])]), at(&state, &run_view, 20)));
    assert!(next.document().text().contains("at 10ms cut 1 -> 2 3"), "{}", next.document().text());
}

/// Presses `t`, or Shift and `t`, with this selected, at 20 ms; then the line that cuts.
fn turned(state: &State, clockwise: bool, target: Option<Target>) -> (State, String) {
    let document = state.document();
    let run_view = RunView::new(Run::of(document.scenario().clone()), document);
    let state = State { selected: target, ..state.clone() };
    let asked = if clockwise { Command::TurnOn } else { Command::TurnBack };
    let next = state.apply(only(asked, at(&state, &run_view, 20)));
    let line = next.document().text().lines().find(|line| line.starts_with("at 10ms"));
    let line = line.unwrap_or_default().to_owned();
    (next, line)
}

#[test]
fn a_cut_is_turned_by_key_past_one_process_each_way() {
    let (first, _) = state("processes 5\nat 10ms partition 1 2 | 3 4 5  # here\nuntil 1s\n");
    let cut = Some(Target::Partition);
    let (on, line) = turned(&first, true, cut);
    assert_eq!(line, "at 10ms partition 2 3 | 1 4 5  # here");
    assert_eq!(on.history.undoes(), Some("turn of the cut"));
    let (back, line) = turned(&on, false, cut);
    assert_eq!(line, "at 10ms partition 1 2 | 3 4 5  # here");
    let (_, line) = turned(&back, false, cut);
    assert_eq!(line, "at 10ms partition 1 5 | 2 3 4  # here");
    assert_eq!(on.apply(Action::Undo).document(), first.document(), "one press is one step");
}

#[test]
fn an_end_of_a_cut_is_turned_by_key_all_the_way_round_until_a_side_would_be_empty() {
    let (mut now, _) = state("processes 5\nat 10ms partition 1 2 | 3 4 5\nuntil 1s\n");
    let mut target = Some(Target::Handle(PartitionEnd::Second));
    let mut lines = Vec::new();
    for _ in 0..4 {
        let (next, line) = turned(&now, true, target);
        lines.push(line);
        target = next.selected;
        now = next;
    }
    assert_eq!(lines[0], "at 10ms partition 1 2 3 | 4 5");
    assert_eq!(lines[1], "at 10ms partition 1 2 3 4 | 5");
    assert_eq!(lines[2], lines[1], "nobody would be left");
    assert_eq!(now.notice.as_deref(), Some("A cut needs a process on each side."));
    // Back past the lowest rank it is still the same end, under the other name.
    let (mut now, _) = state("processes 5\nat 10ms partition 1 2 | 3 4 5\nuntil 1s\n");
    let mut target = Some(Target::Handle(PartitionEnd::First));
    let mut lines = Vec::new();
    for _ in 0..2 {
        let (next, line) = turned(&now, true, target);
        lines.push(line);
        target = next.selected;
        now = next;
    }
    assert_eq!(lines[0], "at 10ms partition 2 | 1 3 4 5");
    assert_eq!(target, Some(Target::Handle(PartitionEnd::Second)), "the side of 1 stops there");
    assert_eq!(lines[1], lines[0]);
    let (_, line) = turned(&now, false, target);
    assert_eq!(line, "at 10ms partition 1 2 | 3 4 5");
}

#[test]
fn what_no_straight_line_parts_says_why_it_cannot_be_turned() {
    for (line, why) in [
        (
            "partition 1 3 | 2 4",
            "No straight line separates these sides, so the cut cannot be turned.",
        ),
        (
            "partition 1 | 2 3",
            "No straight line separates these sides, so the cut cannot be turned.",
        ),
        (
            "partition 1 | 2 | 3 4",
            "No straight line separates these sides, so the cut cannot be turned.",
        ),
        ("crash 4", "Nothing is cut here, or by several lines, so there is nothing to turn."),
    ] {
        let (first, _) = state(&format!("processes 4\nat 10ms {line}\nuntil 1s\n"));
        let (next, _) = turned(&first, true, Some(Target::Partition));
        assert_eq!(next.document(), first.document(), "{line}");
        assert_eq!(next.notice.as_deref(), Some(why), "{line}");
    }
}

#[test]
fn the_ends_of_a_cut_are_in_the_accessible_list_and_named_by_their_neighbours() {
    let picture = poses::split_brain();
    let frame = frame(1064.0, 468.0);
    let all: Vec<Rank> = picture.processes.iter().map(|process| process.rank).collect();
    let ring = RingLayout::new(&all, frame.size, frame.inset, frame.radius);
    let list = accessibility::entries(&picture, &frame, &ring, None, None);
    let ends: Vec<&str> = list
        .iter()
        .filter(|entry| matches!(entry.target, Target::Handle(_)))
        .map(|entry| &*entry.words)
        .collect();
    assert_eq!(ends, ["End of the cut, between 6 and 1", "End of the cut, between 3 and 4"]);
    // The first end is where the side of 1 begins, wherever that is on the screen.
    let scene = draw(&picture, &frame);
    let place = |target| scene.area(target).expect("it is drawn").centre();
    let (one, three) = (place(Target::Process(rank(1))), place(Target::Process(rank(3))));
    let first = place(Target::Handle(PartitionEnd::First));
    assert!(first.distance(one) < first.distance(three));
}

#[test]
fn a_cut_of_several_lines_says_why_it_cannot_be_turned() {
    let text = "processes 3\nat 10ms cut 1 -- 2\nat 11ms cut 1 -- 3\nuntil 1s\n";
    let (state, run_view) = state(text);
    let next =
        state.apply(only(Command::Turn([ranks(&[1, 2]), ranks(&[3])]), at(&state, &run_view, 20)));
    assert_eq!(next.document(), state.document());
    let notice_before = next.notice.clone().expect("it says why");
    assert!(notice_before.starts_with("This cut is made of several lines"), "{notice_before}");
    assert_eq!(
        next.apply(Action::Settle).notice,
        Some(notice_before),
        "letting go does not hush it"
    );
}

#[test]
fn a_cut_with_nobody_on_one_side_cuts_nothing_and_says_why() {
    let (state, run_view) = state("processes 3\nuntil 1s\n");
    let next = state.apply(only(
        Command::SplitInto { sides: [ranks(&[1, 2, 3]), vec![]], one_way: false },
        at(&state, &run_view, 20),
    ));
    assert_eq!(next.document(), state.document());
    assert_eq!(next.notice.as_deref(), Some("A cut needs a process on each side."));
}

#[test]
fn a_link_is_stopped_one_way_and_then_the_other() {
    let (state, run_view) = state("processes 3\nuntil 1s\n");
    let target = Some(Target::Link(link(1, 3)));
    let act = |state: &State, run_view: &RunView, asked| {
        let actions = execute_on(target, asked, at(state, run_view, 20));
        actions.into_iter().fold(state.clone(), |state, action| state.apply(action))
    };
    let one = act(&state, &run_view, Command::CutOneWay);
    assert!(one.document().text().contains("at 21ms cut 1->3"), "{}", one.document().text());
    let run_view = RunView::new(Run::of(one.document().scenario().clone()), one.document());
    let mut later = CommandContext { cursor: Time::ms(30), ..at(&one, &run_view, 30) };
    let [Action::Change(change)] = &execute_on(target, Command::CutOneWay, later)[..] else {
        panic!("the other way is left");
    };
    assert_eq!(change.name(one.document().scenario()), "cut");
    let again = one.apply(only(Command::Stop(link(1, 3)), later));
    assert_eq!(again.notice.as_deref(), Some("The link from 1 to 3 is already cut; h heals it."));
    later.cursor = Time::ms(40);
    let healed =
        one.apply(execute_on(target, Command::DoubleClick, later).pop().expect("it heals"));
    assert_eq!(healed.history.undoes(), Some("healing"));
}

#[test]
fn a_menu_offers_what_can_be_done_and_nothing_else() {
    let text = |target, picture: &StageModel| -> Vec<String> {
        offers(target, picture).into_iter().map(|offer| offer.words).collect()
    };
    let picture = poses::election();
    let process = |n| Some(Target::Process(rank(n)));
    assert_eq!(text(process(6), &picture), ["Recover", "Why?"]);
    assert_eq!(text(process(1), &picture), ["Crash", "Pause", "Suspect 6", "Why?"]);
    let of_link = text(Some(Target::Link(link(1, 2))), &picture);
    assert_eq!(of_link, ["Cut", "Stop 1 to 2", "Stop 2 to 1"]);
    assert_eq!(text(None, &picture), ["Split network…"]);
    assert_eq!(text(None, &poses::split_brain()), ["Split network…", "Heal everything"]);
    let first = first_offer(Target::Process(rank(6)), &picture).expect("it can recover");
    assert_eq!((&*first.words, first.key()), ("Recover", Some("x")));
}

#[test]
fn the_accessible_list_has_what_a_pointer_can_reach_of_the_selected_process() {
    let picture = poses::election();
    let frame = frame(1064.0, 468.0);
    let all: Vec<Rank> = (1..=6).map(rank).collect();
    let ring = RingLayout::new(&all, frame.size, frame.inset, frame.radius);
    let list = |subject, focused| accessibility::entries(&picture, &frame, &ring, subject, focused);
    let words = |subject| -> Vec<String> {
        list(subject, None).into_iter().map(|entry| entry.words).collect()
    };
    assert_eq!(words(None).len(), 6, "processes alone");
    let three = words(Some(rank(3)));
    assert_eq!(three[0], "Process 6: crashed at 100 ms, four still believe it leads");
    assert!(three.contains(&"Link between 3 and 5".to_owned()), "{three:?}");
    let proceed = "Proceed from 3 to 5, on its way, arrives at 276 ms";
    assert_eq!(three.last().map(|words| &**words), Some(proceed));
    assert_eq!(three.len(), 6 + 5 + 1);

    // What has arrived keeps its button for as long as it has the focus.
    let gone = picture.messages[0].name;
    let kept = list(None, Some(Target::Message(gone)));
    let last = kept.last().expect("it is kept");
    assert_eq!((&*last.words, last.area), ("Election from 3 to 4, arrived at 213 ms", None));
}

#[test]
fn what_is_selected_keeps_the_list_of_whom_it_belongs_to() {
    let three = subject(None, Some(Target::Process(rank(3))));
    assert_eq!(three, Some(rank(3)));
    assert_eq!(subject(three, Some(Target::Link(link(1, 3)))), three);
    assert_eq!(subject(three, Some(Target::Link(link(1, 2)))), Some(rank(1)));
    assert_eq!(subject(three, None), None);
}

#[test]
fn the_hint_disappears_after_its_action() {
    let (state, run_view) = state("processes 3\nuntil 1s\n");
    let (whole, split_now) = (poses::election(), poses::split_brain());
    let drag = Some("Drag across the stage to cut the network");
    assert_eq!(hint(&state.history, &whole, false), drag);
    let next = state.apply(only(
        Command::SplitInto { sides: [ranks(&[1]), ranks(&[2, 3])], one_way: false },
        at(&state, &run_view, 20),
    ));
    assert_eq!(hint(&next.history, &split_now, false), Some("Drag an end of the cut to turn it"));
    assert_eq!(hint(&next.history, &whole, false), Some("Double-click a process to crash it"));
    assert_eq!(hint(&state.history, &whole, true), Some("Long-press a process for its actions"));
    assert_eq!(hint(&next.history, &split_now, true), None);
    let alone = poses::announcing(1);
    assert_eq!(hint(&state.history, &alone, false), Some("Double-click a process to crash it"));
}

#[test]
fn a_message_and_a_wait_are_moved_along_time_without_a_hand_but_never_into_the_past() {
    let text = "processes 6\nat 100ms crash 6\nat 200ms suspect 3\nlatency 15ms\nuntil 1s\n";
    let (state, run_view) = state(text);
    let world = run_view.run.at(Time::ms(205));
    let flight = world.in_flight().next().expect("an Election is on its way");
    let timer = world.timers(flight.name.group, rank(3)).next().expect("3 waits");
    let act = |target, asked| {
        let next = execute_on(Some(target), asked, at(&state, &run_view, 205)).pop().expect("acts");
        let next = state.apply(next);
        let line = next.document().text().lines().last().unwrap_or_default().to_owned();
        (line, next.history.undoes().map(str::to_owned))
    };
    let message = Target::Message(flight.name);
    assert_eq!(act(message, Command::Delay).0, "message Election 3->4 #1 arrives 245ms");
    // Two latencies earlier would be before it is sent.
    assert_eq!(act(message, Command::Hasten).0, "message Election 3->4 #1 arrives 206ms");
    let wait = Target::Timer(timer.name);
    let (line, asked) = act(wait, Command::Delay);
    assert_eq!(line, "timer alive 3 #1 fires 290ms");
    assert_eq!(asked.as_deref(), Some("new end of timer alive 3 #1"));
    assert_eq!(act(wait, Command::Hasten).0, "timer alive 3 #1 fires 230ms");
    let none = execute_on(None, Command::Delay, at(&state, &run_view, 205));
    assert_eq!(none, [Action::Say(Some("Select a message or a timer first.".to_owned()))]);
}
