//! Which event is asked about: the last one up to the cursor that is about what is selected.

use super::CommandContext;
use crate::choice::ChoiceId;
use crate::run::Run;
use crate::session::Action;
use crate::simulation::{Cause, Event, EventId, EventKind};
use crate::time::{Duration, Time};
use crate::types::Role;
use crate::view::Target;

pub fn ask(scene: CommandContext) -> Action {
    match event(scene) {
        Some(event) => Action::Why(Some(event)),
        None => Action::Say(Some(
            "Nothing has happened yet, so there is nothing to explain.".to_owned(),
        )),
    }
}

/// Goes to the last change of leader in the run, and explains it; without one, the last thing that
/// happened.
pub fn explain_leader(scene: CommandContext) -> Vec<Action> {
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
            // What became of a message on its way is the message's story.
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

/// The last event up to an instant of which this holds. The stretches that are looked through grow
/// backwards, so that what is near is found at once.
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
