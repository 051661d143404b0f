//! Whatever a reader does, undo leads back to what was opened, and redo to what was left.

use super::{document, rank};
use crate::properties::Picks;
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
        let mut picks = Picks::new(seed + 1);
        let first = document(preset);
        let mut state = State::new(first.clone());
        for _ in 0..LENGTH {
            let action = action(&mut picks, &state);
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
fn action(picks: &mut Picks, state: &State) -> Action {
    let line = picks.below(30) as usize;
    match picks.below(24) {
        0..=6 => Action::Change(change(picks)),
        7..=9 => Action::Drag(change(picks)),
        10 | 11 => Action::Settle,
        12 => Action::GiveUp,
        13 => Action::Type(typed(picks, state)),
        14 => Action::Disable { line, disabled: picks.below(2) == 0 },
        15 => Action::Undo,
        16 => Action::Redo,
        17 => Action::Reset,
        18 => Action::Select(Some(target(picks))),
        19 => Action::Open(document("two-leaders")),
        20 => Action::Why(Some(picks.below(40) as u32)),
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
fn typed(picks: &mut Picks, state: &State) -> String {
    let text = state.document().written();
    match picks.below(4) {
        0 => format!("{text}\nat {}ms crash 1\n", picks.below(400)),
        1 => format!("{text}\nat noon"),
        2 => text.lines().skip(1).collect::<Vec<_>>().join("\n"),
        _ => "processes 6\nuntil 2s".to_owned(),
    }
}

fn target(picks: &mut Picks) -> Target {
    let entry = picks.below(4) as usize;
    [
        Target::Process(some_rank(picks)),
        Target::Fault(entry),
        Target::FaultEnd(entry),
        Target::Message(message(picks)),
        Target::Partition,
    ][picks.below(5) as usize]
}

fn some_rank(picks: &mut Picks) -> Rank {
    rank(picks.below(7) as u16 + 1)
}

fn message(picks: &mut Picks) -> MessageId {
    let kind = MessageKind::ALL[picks.below(MessageKind::ALL.len() as u64) as usize];
    let (from, to) = (some_rank(picks), some_rank(picks));
    let nth = picks.below(2) as u32 + 1;
    MessageId { group: GroupId::MAIN, kind, from, to, nth, copy: false }
}

fn change(picks: &mut Picks) -> Change {
    let at = Time::ms(picks.below(2_500));
    let entry = picks.below(5) as usize;
    let one = some_rank(picks);
    let timer = TimerId { group: GroupId::MAIN, timer: TimerKind::Alive, of: one, nth: 1 };
    match picks.below(12) {
        0..=3 => Change::AddFault { at, fault: fault(picks) },
        4 | 5 => Change::Move { entry, to: at },
        6 => Change::EndPause { entry, at },
        7 => Change::Remove { entry },
        8 => Change::Fix(Override::Message { name: message(picks), fate: fate(picks, at) }),
        9 => Change::Fix(Override::Timer { name: timer, fires: at }),
        10 => Change::Release(ChoiceId::Message(message(picks))),
        _ => setting(picks),
    }
}

fn fault(picks: &mut Picks) -> Fault {
    let one = some_rank(picks);
    let links = Links { from: vec![one], to: vec![some_rank(picks)], both: picks.below(2) == 0 };
    match picks.below(6) {
        0 => Fault::Crash(vec![one]),
        1 => Fault::Recover(vec![one]),
        2 => Fault::Suspect { processes: vec![one], group: None },
        3 => Fault::Pause { processes: vec![one], span: Duration::ms(picks.below(300)) },
        4 => Fault::Cut(links),
        _ => Fault::Heal(None),
    }
}

fn fate(picks: &mut Picks, at: Time) -> MessageOverride {
    [
        MessageOverride::Lost,
        MessageOverride::Arrives(at),
        MessageOverride::Delayed(Duration::ms(50)),
        MessageOverride::Duplicated,
    ][picks.below(4) as usize]
}

fn setting(picks: &mut Picks) -> Change {
    let count = picks.below(9) as u16;
    let link = SettingOwner::Link(Link { from: rank(1), to: some_rank(picks) });
    let setting = match picks.below(9) {
        7 => Setting::Seeds(picks.below(20_000) as u32),
        0 => Setting::Seed(picks.below(u64::MAX)),
        1 => Setting::Ranks((1..=count).filter_map(Rank::new).collect()),
        2 => Setting::Algorithm(Algorithm::NextInLine(Succession::Highest(2))),
        3 => Setting::Algorithm(Algorithm::BullyTextbook),
        4 => return Change::SetOwn(link.into(), OwnSetting::Loss(Rate::ppm(50_000))),
        5 => {
            let drift = OwnSetting::Drift(Drift::ppm(picks.below(9) as i32 - 4));
            return Change::SetOwn(SettingOwner::Process(some_rank(picks)).into(), drift);
        }
        6 => Setting::Until(Some(Time::ms(picks.below(3_000)))),
        _ => Setting::Leader(Some(some_rank(picks))),
    };
    Change::Set(setting)
}
