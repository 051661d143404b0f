//! Bytes as actions on the session: text and scenario agree after each, undo leads back to what was opened, and redo to
//! what was left.

use crate::numbers::RandomSource;
use crate::scenarios;
use hustings::choice::{ChoiceId, MessageId, TimerId};
use hustings::election::{Algorithm, Succession};
use hustings::presets;
use hustings::scenario::{
    Change, Drift, Fault, Link, Links, MessageOverride, Override, OwnSetting, Rate, Setting,
    SettingOwner, script,
};
use hustings::session::{Action, Dialog, Document, LessonAction, Panel, Screen, State, Tab};
use hustings::time::{Duration, Time};
use hustings::types::{GroupId, MessageKind, Rank, TimerKind};
use hustings::view::Target;

/// Fewer than the steps that can be undone.
const MOST_ACTIONS: usize = 200;

pub(crate) fn check(bytes: &[u8]) {
    // An action takes some four bytes.
    let count = bytes.len().div_ceil(4).min(MOST_ACTIONS);
    check_actions(&mut RandomSource::of_bytes(bytes), count);
}

/// So many actions on a bundled scenario.
pub(crate) fn check_actions(random: &mut RandomSource, count: usize) {
    let first = document(random.one(&["bully-figure", "split-brain", "unstable-rank", "start"]));
    let mut state = State::new(first.clone());
    for _ in 0..count {
        let action = action(random, &state);
        state = state.apply(action.clone());
        let scenario = state.document().scenario();
        let read = script::parse(state.document().text());
        assert_eq!(read.as_ref(), Ok(scenario), "text and scenario disagree after {action:?}");
        let draft = state.document().draft();
        assert!(draft.is_none_or(|draft| !draft.problems.is_empty()), "after {action:?}");
    }
    // A lesson that hides what comes refuses an undo.
    let state = state.apply(Action::Lesson(LessonAction::Leave)).apply(Action::Settle);
    let last = state.document().clone();
    let steps = state.history.names().count();
    let back = (0..steps).fold(state, |state, _| state.apply(Action::Undo));
    assert_eq!(back.history.undoes(), None, "each undo takes one step back");
    assert_eq!(back.document(), &first, "undone to the beginning");
    let on = (0..steps).fold(back, |state, _| state.apply(Action::Redo));
    assert_eq!(on.document(), &last, "redone to where it was");
}

fn document(preset: &str) -> Document {
    let preset = presets::find(preset).expect("it is a preset");
    Document::read(preset.script).expect("a preset can be read")
}

fn rank(rank: u16) -> Rank {
    Rank::new(rank).expect("no rank is 0")
}

/// Any action, in its place or out of it.
fn action(random: &mut RandomSource, state: &State) -> Action {
    let line = random.below(30) as usize;
    match random.below(26) {
        0..=6 => Action::Change(change(random)),
        7..=9 => Action::Drag(change(random)),
        10 | 11 => Action::Settle,
        12 => Action::GiveUp,
        13 => Action::Type(typed(random, state)),
        14 => Action::Disable { line, disabled: random.below(2) == 0 },
        15 => Action::Undo,
        16 => Action::Redo,
        17 => Action::Reset,
        18 => Action::Select(Some(target(random))),
        19 => Action::Open(document("two-leaders")),
        20 => Action::Why(Some(random.below(40) as u32)),
        21 => Action::Panel([None, Some(Panel::Script), Some(Panel::SetUp)][line % 3]),
        22 => Action::Show([Screen::Stage, Screen::Gallery, Screen::Start][line % 3].clone()),
        23 => Action::Lesson(lesson(random)),
        24 => other_text(random, state),
        _ => [
            Action::Tab(Tab::Story),
            Action::Dialog(Some(Dialog::Split)),
            Action::Seek { to: Time::ms(line as u64), now: 0.0 },
            Action::Window(Some((Time::ZERO, Time::ms(100)))),
            Action::Play { from: Time::ms(line as u64), now: 0.0 },
            Action::Hold { at: Time::ms(line as u64) },
            Action::Release { now: 1.0 },
            Action::Group(Some(GroupId(line as u8))),
            Action::ShowOnly(MessageKind::ALL[line % MessageKind::ALL.len()]),
            Action::Present(true),
        ][line % 10]
            .clone(),
    }
}

fn lesson(random: &mut RandomSource) -> LessonAction {
    let place = random.below(11) as usize;
    match random.below(8) {
        0 => LessonAction::Enter(place),
        1 => LessonAction::EnterStep(place, random.below(7) as usize),
        2 => LessonAction::Restore,
        3 => LessonAction::Answer(place),
        4 | 5 => LessonAction::Next,
        6 => LessonAction::Back,
        _ => LessonAction::Leave,
    }
}

/// The scenario or the text as a whole.
fn other_text(random: &mut RandomSource, state: &State) -> Action {
    match random.below(3) {
        0 => Action::ReplaceScenario(Box::new(scenarios::random(random.below(1 << 16)))),
        1 => Action::DraftJson(Some("{".into())),
        _ => Action::Write { text: typed(random, state), name: "write".to_owned() },
    }
}

/// A line more, a mistake, or a text that says something else.
fn typed(random: &mut RandomSource, state: &State) -> String {
    let text = state.document().written();
    match random.below(4) {
        0 => format!("{text}\nat {}ms crash 1\n", random.below(400)),
        1 => format!("{text}\nat noon"),
        2 => text.lines().skip(1).collect::<Vec<_>>().join("\n"),
        _ => "processes 6\nuntil 2s".to_owned(),
    }
}

fn target(random: &mut RandomSource) -> Target {
    let entry = random.below(4) as usize;
    [
        Target::Process(some_rank(random)),
        Target::Fault(entry),
        Target::FaultEnd(entry),
        Target::Message(message(random)),
        Target::Partition,
    ][random.below(5) as usize]
}

fn some_rank(random: &mut RandomSource) -> Rank {
    rank(random.below(7) as u16 + 1)
}

fn message(random: &mut RandomSource) -> MessageId {
    let kind = MessageKind::ALL[random.below(MessageKind::ALL.len() as u64) as usize];
    let (from, to) = (some_rank(random), some_rank(random));
    let nth = random.below(2) as u32 + 1;
    MessageId { group: GroupId::MAIN, kind, from, to, nth, copy: false }
}

pub(super) fn change(random: &mut RandomSource) -> Change {
    let at = Time::ms(random.below(2_500));
    let entry = random.below(5) as usize;
    let one = some_rank(random);
    let timer = TimerId { group: GroupId::MAIN, timer: TimerKind::Alive, of: one, nth: 1 };
    match random.below(12) {
        0..=3 => Change::AddFault { at, fault: fault(random) },
        4 | 5 => Change::Move { entry, to: at },
        6 => Change::EndPause { entry, at },
        7 => Change::Remove { entry },
        8 => Change::Fix(Override::Message { name: message(random), fate: fate(random, at) }),
        9 => Change::Fix(Override::Timer { name: timer, fires: at }),
        10 => Change::Release(ChoiceId::Message(message(random))),
        _ => setting(random),
    }
}

fn fault(random: &mut RandomSource) -> Fault {
    let one = some_rank(random);
    let links = Links { from: vec![one], to: vec![some_rank(random)], both: random.below(2) == 0 };
    match random.below(6) {
        0 => Fault::Crash(vec![one]),
        1 => Fault::Recover(vec![one]),
        2 => Fault::Suspect { processes: vec![one], group: None },
        3 => Fault::Pause { processes: vec![one], span: Duration::ms(random.below(300)) },
        4 => Fault::Cut(links),
        _ => Fault::Heal(None),
    }
}

fn fate(random: &mut RandomSource, at: Time) -> MessageOverride {
    [
        MessageOverride::Lost,
        MessageOverride::Arrives(at),
        MessageOverride::Delayed(Duration::ms(50)),
        MessageOverride::Duplicated,
    ][random.below(4) as usize]
}

fn setting(random: &mut RandomSource) -> Change {
    let count = random.below(9) as u16;
    let link = SettingOwner::Link(Link { from: rank(1), to: some_rank(random) });
    let setting = match random.below(9) {
        7 => Setting::Seeds(random.below(20_000) as u32),
        0 => Setting::Seed(random.below(u64::MAX)),
        1 => Setting::Ranks((1..=count).filter_map(Rank::new).collect()),
        2 => Setting::Algorithm(Algorithm::NextInLine(Succession::Highest(2))),
        3 => Setting::Algorithm(Algorithm::BullyTextbook),
        4 => return Change::SetOwn(link.into(), OwnSetting::Loss(Rate::ppm(50_000))),
        5 => {
            let drift = OwnSetting::Drift(Drift::ppm(random.below(9) as i32 - 4));
            return Change::SetOwn(SettingOwner::Process(some_rank(random)).into(), drift);
        }
        6 => Setting::Until(Some(Time::ms(random.below(3_000)))),
        _ => Setting::Leader(Some(some_rank(random))),
    };
    Change::Set(setting)
}
