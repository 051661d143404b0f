//! The commands on the selection, and the explanation of its last event.

use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::run::Run;
use crate::scenario::{Change, Link, MessageOverride, Override};
use crate::session::keys::{shown, spoken};
use crate::session::{Action, Command, CommandContext, Screen, State, gesture};
use crate::simulation::{Cause, Event, EventId, EventKind};
use crate::time::{Duration, Time};
use crate::types::Role;
use crate::view::{PartitionEnd, Target};

/// The median latencies by which a key moves a message or a timer.
const SHIFT: u64 = 2;

pub(crate) fn to_process(command: &Command, scene: CommandContext) -> Action {
    let Some(Target::Process(rank)) = scene.state.selected.or_else(|| on_the_start(command, scene))
    else {
        return say(&format!("Select a process first, then press {}.", spoken(command)));
    };
    if *command == Command::PauseOrResume {
        gesture::pause_or_resume(rank, scene)
    } else if *command == Command::Suspect {
        gesture::suspect(rank, scene)
    } else {
        gesture::crash_or_recover(rank, scene)
    }
}

/// The start screen suggests crashing the leader; the key works there without a selection.
fn on_the_start(
    command: &Command,
    CommandContext { state, run_view, cursor, .. }: CommandContext,
) -> Option<Target> {
    let asked = *command == Command::CrashOrRecover && state.screen == Screen::Start;
    let leading = run_view.leading.iter().rfind(|span| span.from <= cursor).filter(|_| asked)?;
    leading.value.first().copied().map(Target::Process)
}

pub(crate) fn link(state: &State) -> Option<Link> {
    let Target::Link(link) = state.selected? else { return None };
    Some(link)
}

/// The selected end of a partition line.
pub(crate) fn end(state: &State) -> Option<PartitionEnd> {
    let Target::Handle(end) = state.selected? else { return None };
    Some(end)
}

/// What a double click does; `None` where it has no meaning.
pub(crate) fn double_click(scene: CommandContext) -> Option<Action> {
    match scene.state.selected? {
        Target::Process(rank) => Some(gesture::crash_or_recover(rank, scene)),
        Target::Link(link) => Some(gesture::cut_or_heal(link, scene)),
        Target::Message(_)
        | Target::Partition
        | Target::Handle(_)
        | Target::Timer(_)
        | Target::Fault(_)
        | Target::FaultEnd(_) => None,
    }
}

pub(crate) fn cut_one_way(scene: CommandContext) -> Action {
    match link(scene.state) {
        Some(link) => gesture::cut_one_way(link, scene),
        None => say(&format!("Select a link first, then press {}.", spoken(&Command::CutOneWay))),
    }
}

pub(crate) fn cut(scene: CommandContext) -> Action {
    match link(scene.state) {
        Some(link) => gesture::cut(link, scene),
        None => {
            let [cut, split] = [Command::Cut, Command::Split].map(|command| spoken(&command));
            say(&format!(
                "Select a link first, then press {cut}; or press {split} to split the network."
            ))
        }
    }
}

pub(crate) fn to_message(command: &Command, scene: CommandContext) -> Action {
    let Some(Target::Message(name)) = scene.state.selected else {
        return say(&match shown(command) {
            Some(key) => format!("Select a message first, then press {key}."),
            None => "Select a message first.".to_owned(),
        });
    };
    let is_lost = *command == Command::Drop;
    let fate = if is_lost { MessageOverride::Lost } else { MessageOverride::Duplicated };
    Action::Change(Change::Fix(Override::Message { name, fate }))
}

/// Moves the arrival of a message or the firing of a timer: the keyboard's equivalent of a drag along time.
/// The new instant is never before the cursor.
pub(crate) fn shift(later: bool, scene: CommandContext) -> Action {
    let median = scene.run_view.run.scenario().network.latency.median();
    let by = Duration::us(median.as_us() * SHIFT);
    let soon = gesture::gesture_instant(scene.cursor, scene.next_instant());
    let to = |due: Time| if later { due + by } else { (due - by).max(soon.min(due)) };
    match scene.state.selected {
        Some(Target::Message(name)) => match due(name, scene) {
            Some(due) => {
                let fate = MessageOverride::Arrives(to(due));
                Action::Change(Change::Fix(Override::Message { name, fate }))
            }
            None => {
                say("This message is not near the cursor; go to the instant at which it is sent.")
            }
        },
        Some(Target::Timer(name)) => match ends(name, scene) {
            Some(due) => Action::Change(Change::Fix(Override::Timer { name, fires: to(due) })),
            None => {
                say("This timer does not run at the cursor; go to an instant at which it does.")
            }
        },
        Some(
            Target::Process(_)
            | Target::Link(_)
            | Target::Partition
            | Target::Handle(_)
            | Target::Fault(_)
            | Target::FaultEnd(_),
        )
        | None => say("Select a message or a timer first."),
    }
}

/// The instant at which a timer that runs at the cursor fires.
fn ends(name: TimerId, CommandContext { run_view, cursor, .. }: CommandContext) -> Option<Time> {
    let world = run_view.run.at(cursor);
    world.timers(name.group, name.of).find(|timer| timer.name == name).map(|timer| timer.due)
}

/// The instant at which a message arrives or would arrive; `None` if it is not sent near the cursor.
fn due(name: MessageId, CommandContext { run_view, cursor, .. }: CommandContext) -> Option<Time> {
    let memory = crate::view::build::memory(run_view.run.scenario());
    run_view.run.each(cursor - memory, cursor + memory).find_map(|event| {
        let (EventKind::Sent { due, .. } | EventKind::Duplicated { due, .. }) = event.what else {
            return None;
        };
        (event.choice == Some(ChoiceId::Message(name))).then_some(due)
    })
}

/// Removes the selected timeline entry, or the override of the selected choice.
pub(crate) fn delete(scene: CommandContext) -> Action {
    let change = match scene.state.selected {
        Some(Target::Fault(entry) | Target::FaultEnd(entry)) => Change::Remove { entry },
        Some(Target::Message(name)) => Change::Release(ChoiceId::Message(name)),
        Some(Target::Timer(name)) => Change::Release(ChoiceId::Timer(name)),
        Some(Target::Partition | Target::Handle(_)) => match last_cut(scene) {
            Some(entry) => Change::Remove { entry },
            None => return say("Nothing is cut, so there is nothing to remove."),
        },
        Some(Target::Process(_) | Target::Link(_)) | None => {
            let key = spoken(&Command::Delete);
            return say(&format!("Select a fault or an override first, then press {key}."));
        }
    };
    Action::Change(change)
}

/// The timeline entry that cut the network last, up to the cursor.
pub(crate) fn last_cut(CommandContext { run_view, cursor, .. }: CommandContext) -> Option<usize> {
    let scheduled_faults = run_view.run.scenario().scheduled_faults();
    let cuts = scheduled_faults.iter().rev().filter(|scheduled| scheduled.at <= cursor);
    cuts.into_iter().find(|scheduled| scheduled.fault.is_cut()).map(|scheduled| scheduled.entry)
}

/// Selects the next higher or lower rank, cyclically; without a selection, the highest.
pub(crate) fn next(
    CommandContext { state, run_view, .. }: CommandContext,
    up: bool,
) -> Option<Action> {
    let ranks = &run_view.run.scenario().ranks;
    let count = ranks.len();
    let place = match state.selected {
        Some(Target::Process(rank)) => {
            let place = ranks.iter().position(|&other| other == rank)?;
            (place + if up { 1 } else { count - 1 }) % count
        }
        _ => count.checked_sub(1)?,
    };
    Some(Action::Select(Some(Target::Process(ranks[place]))))
}

fn say(words: &str) -> Action {
    Action::Say(Some(words.to_owned()))
}

pub(crate) fn ask(scene: CommandContext) -> Action {
    match event(scene) {
        Some(event) => Action::Why(Some(event)),
        None => Action::Say(Some(
            "Nothing has happened yet, so there is nothing to explain.".to_owned(),
        )),
    }
}

/// Goes to the last change of leader and explains it; without one, explains the last event.
pub(crate) fn explain_leader(scene: CommandContext) -> Vec<Action> {
    let led = scene.run_view.leading.iter().rfind(|span| span.value.len() == 1);
    let taken = led.filter(|span| span.from > Time::ZERO).and_then(|span| {
        let events = scene.run_view.run.events(span.from, span.from);
        let event = events.iter().rfind(|event| event.what == EventKind::Became(Role::Leads))?;
        Some((span.from, event.id))
    });
    match taken {
        Some((at, event)) => vec![Action::Pause { at }, Action::Why(Some(event))],
        None => vec![ask(scene)],
    }
}

fn event(CommandContext { state, run_view, cursor, .. }: CommandContext) -> Option<EventId> {
    let run = &run_view.run;
    let scheduled_faults = run.scenario().scheduled_faults();
    let asks_for = |event: &Event, entry: usize| match event.cause {
        Cause::Timeline(place) => {
            scheduled_faults.get(place as usize).is_some_and(|scheduled| scheduled.entry == entry)
        }
        Cause::Start | Cause::Event(_) => false,
    };
    match state.selected {
        None => run_view.sentence(cursor).map(|line| line.last),
        Some(Target::Process(rank)) => last(run, cursor, |event| {
            let ours = event.group.is_none_or(|group| run_view.shows(group));
            // The fate of a message is explained with the message.
            let fate = matches!(
                event.what,
                EventKind::Lost(_) | EventKind::Held | EventKind::Duplicated { .. }
            );
            event.rank == Some(rank) && ours && !event.is_heartbeat() && !fate
        }),
        Some(Target::Message(name)) => {
            let name = Some(ChoiceId::Message(name));
            last(run, cursor, |event| event.choice == name)
        }
        Some(Target::Timer(name)) => {
            let name = Some(ChoiceId::Timer(name));
            last(run, run.end(), |event| event.choice == name)
        }
        Some(Target::Link(_) | Target::Partition | Target::Handle(_)) => {
            last(run, cursor, |event| matches!(event.what, EventKind::Cut | EventKind::Healed))
        }
        Some(Target::Fault(entry) | Target::FaultEnd(entry)) => {
            last(run, run.end(), |event| asks_for(event, entry))
        }
    }
}

/// The last event up to an instant that satisfies a predicate. The search goes backwards in growing spans, so
/// that a near event is found at once.
fn last(run: &Run, up_to: Time, holds: impl Fn(&Event) -> bool) -> Option<EventId> {
    let mut to = up_to;
    let mut length = Duration::ms(100);
    loop {
        let from = to - length;
        if let Some(event) = run.each(from, to).filter(|event| holds(event)).last() {
            return Some(event.id);
        }
        if from == Time::ZERO {
            return None;
        }
        to = from;
        length = length + length;
    }
}
