//! Whatever a reader does, undo leads back to what was opened, and redo to what was left.

use super::{document, rank};
use crate::properties::RandomNumbers;
use hustings::choice::{ChoiceId, MessageId, TimerId};
use hustings::election::{Algorithm, Succession};
use hustings::scenario::{
    Change, Drift, Fault, Link, Links, MessageOverride, Override, OwnSetting, Rate, Setting,
    SettingOwner,
};
use hustings::session::{Action, Dialog, Panel, Screen, State, Tab};
use hustings::time::{Duration, Time};
use hustings::types::{GroupId, MessageKind, Rank, TimerKind};
use hustings::view::Target;

const SEQUENCES: u64 = 1_000;
const LENGTH: u64 = 24;

#[test]
fn undo_leads_to_the_first_scenario_and_redo_to_the_last() {
    for seed in 0..SEQUENCES {
        let preset = ["bully-figure", "split-brain", "unstable-rank", "start"][seed as usize % 4];
        let mut random = RandomNumbers::new(seed + 1);
        let first = document(preset);
        let mut state = State::new(first.clone());
        for _ in 0..LENGTH {
            let action = action(&mut random, &state);
            state = state.apply(action);
            let scenario = state.document().scenario();
            let read = hustings::scenario::script::parse(state.document().text());
            assert_eq!(read.as_ref(), Ok(scenario), "text and scenario agree (seed {seed})");
        }
        let state = state.apply(Action::Settle);
        let last = state.document().clone();
        let (mut back, mut steps) = (state, 0);
        while back.history.undoes().is_some() {
            back = back.apply(Action::Undo);
            steps += 1;
        }
        assert_eq!(back.document(), &first, "undone to the beginning (seed {seed})");
        let on = (0..steps).fold(back, |state, _| state.apply(Action::Redo));
        assert_eq!(on.document(), &last, "redone to where it was (seed {seed})");
    }
}

/// Any action, in its place or out of it.
fn action(random: &mut RandomNumbers, state: &State) -> Action {
    let line = random.below(30) as usize;
    match random.below(24) {
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
        _ => [
            Action::Tab(Tab::Story),
            Action::Dialog(Some(Dialog::Split)),
            Action::Seek { to: Time::ms(line as u64), now: 0.0 },
            Action::Window(Some((Time::ZERO, Time::ms(100)))),
        ][line % 4]
            .clone(),
    }
}

/// A line more, a mistake, or a text that says something else.
fn typed(random: &mut RandomNumbers, state: &State) -> String {
    let text = state.document().written();
    match random.below(4) {
        0 => format!("{text}\nat {}ms crash 1\n", random.below(400)),
        1 => format!("{text}\nat noon"),
        2 => text.lines().skip(1).collect::<Vec<_>>().join("\n"),
        _ => "processes 6\nuntil 2s".to_owned(),
    }
}

fn target(random: &mut RandomNumbers) -> Target {
    let entry = random.below(4) as usize;
    [
        Target::Process(some_rank(random)),
        Target::Fault(entry),
        Target::FaultEnd(entry),
        Target::Message(message(random)),
        Target::Partition,
    ][random.below(5) as usize]
}

fn some_rank(random: &mut RandomNumbers) -> Rank {
    rank(random.below(7) as u16 + 1)
}

fn message(random: &mut RandomNumbers) -> MessageId {
    let kind = MessageKind::ALL[random.below(MessageKind::ALL.len() as u64) as usize];
    let (from, to) = (some_rank(random), some_rank(random));
    let nth = random.below(2) as u32 + 1;
    MessageId { group: GroupId::MAIN, kind, from, to, nth, copy: false }
}

fn change(random: &mut RandomNumbers) -> Change {
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

fn fault(random: &mut RandomNumbers) -> Fault {
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

fn fate(random: &mut RandomNumbers, at: Time) -> MessageOverride {
    [
        MessageOverride::Lost,
        MessageOverride::Arrives(at),
        MessageOverride::Delayed(Duration::ms(50)),
        MessageOverride::Duplicated,
    ][random.below(4) as usize]
}

fn setting(random: &mut RandomNumbers) -> Change {
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
