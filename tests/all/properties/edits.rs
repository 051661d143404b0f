//! An edit moves nothing that it does not cause.

use super::all_events;
use crate::numbers::RandomSource;
use crate::scenarios;
use hustings::choice::ChoiceId;
use hustings::run::Run;
use hustings::scenario::{MessageOverride, Override, Scenario};
use hustings::simulation::{Cause, Event, EventKind, LossReason};
use hustings::time::{Duration, Time};
use std::collections::{BTreeMap, BTreeSet};

/// A scenario, the edit of one of its choices, and both runs.
struct Edited {
    seed: u64,
    choice: ChoiceId,
    /// When the choice is made, and when the edit first shows.
    run_view: Time,
    shows: Time,
    before: Vec<Event>,
    after: Vec<Event>,
}

fn edited(seed: u64) -> Option<Edited> {
    let scenario = scenarios::random(seed);
    let before = all_events(&Run::of(scenario.clone()));
    let mut random = RandomSource::seeded(seed);
    let choices: Vec<&Event> = before
        .iter()
        .filter(|event| matches!(event.what, EventKind::Sent { .. } | EventKind::TimedOut { .. }))
        .collect();
    let event = choices.get(random.below(choices.len() as u64) as usize)?;
    let choice = event.choice?;
    if scenario.overrides.iter().any(|edit| edit.choice() == choice) {
        return None;
    }
    let (run_view, edit) = edit(event, choice, &mut random)?;
    let due = match event.what {
        EventKind::Sent { due, .. } => due,
        _ => event.at,
    };
    // A message that is lost by chance is an event when it is sent; and with `fifo`, those behind
    // an edited one get a later due time.
    let described_at_once = scenario.network.fifo || is_lost_at_once(&before, event);
    let shows = match edit {
        Override::Message { .. } if described_at_once => run_view,
        // It is reported when it is sent.
        Override::Message { fate: MessageOverride::Lost | MessageOverride::Duplicated, .. } => {
            run_view
        }
        Override::Message { fate: MessageOverride::Arrives(at), .. }
        | Override::Timer { fires: at, .. } => at.min(due),
        Override::Message { fate: MessageOverride::Delayed(_), .. } => due,
    };
    let mut parts = scenario.into_parts();
    parts.overrides.push(edit);
    let after = Scenario::new(parts).expect("one more edit is valid");
    Some(Edited { seed, choice, run_view, shows, before, after: all_events(&Run::of(after)) })
}

fn is_lost_at_once(events: &[Event], sent: &Event) -> bool {
    let next = events.get(sent.id as usize + 1);
    next.is_some_and(|next| {
        next.what == EventKind::Lost(LossReason::Chance) && next.choice == sent.choice
    })
}

/// An edit of the choice that an event tells, and when the choice was made.
fn edit(event: &Event, choice: ChoiceId, random: &mut RandomSource) -> Option<(Time, Override)> {
    let later = |from: Time, random: &mut RandomSource| from + Duration::ms(random.below(200));
    match (choice, event.what) {
        (ChoiceId::Message(name), EventKind::Sent { .. }) => {
            let fate = match random.below(4) {
                0 => MessageOverride::Lost,
                1 => MessageOverride::Arrives(later(event.at, random)),
                2 => MessageOverride::Delayed(Duration::ms(1 + random.below(200))),
                _ => MessageOverride::Duplicated,
            };
            Some((event.at, Override::Message { name, fate }))
        }
        (ChoiceId::Timer(name), EventKind::TimedOut { set }) => {
            Some((set, Override::Timer { name, fires: later(set, random) }))
        }
        _ => None,
    }
}

/// All that the edit leads to, by cause; the rest may move only through a state that it shares.
fn is_about(event: &Event, choice: ChoiceId) -> bool {
    match (event.choice, choice) {
        (Some(ChoiceId::Message(mut name)), ChoiceId::Message(edited)) => {
            name.copy = false;
            name == edited
        }
        (other, _) => other == Some(choice),
    }
}

/// An event without what the edited choice itself says of its due instant.
fn plain(event: &Event, choice: ChoiceId) -> Event {
    let mut event = event.clone();
    if let (true, EventKind::Sent { .. }) = (is_about(&event, choice), event.what) {
        event.what = EventKind::Sent { due: Time::ZERO, names: None };
    }
    event
}

/// Of what was sent: when, when it is due, whether it was lost by chance and whether it was copied.
#[derive(Debug, Default, PartialEq, Eq)]
struct Draw {
    sent: Time,
    due: Time,
    lost: bool,
    copied: bool,
}

fn draws(events: &[Event]) -> BTreeMap<ChoiceId, Draw> {
    let mut draws: BTreeMap<ChoiceId, Draw> = BTreeMap::new();
    for event in events {
        let Some(choice @ ChoiceId::Message(name)) = event.choice else { continue };
        match event.what {
            EventKind::Sent { due, .. } => {
                draws.insert(choice, Draw { sent: event.at, due, ..Draw::default() });
            }
            EventKind::Duplicated { due, .. } => {
                draws.insert(choice, Draw { sent: event.at, due, ..Draw::default() });
                let original = hustings::choice::MessageId { copy: false, ..name };
                draws.entry(ChoiceId::Message(original)).or_default().copied = true;
            }
            EventKind::Lost(LossReason::Chance) => draws.entry(choice).or_default().lost = true,
            _ => {}
        }
    }
    draws
}

/// Until the edit shows, nothing is different but the instant that the message says it is due.
#[test]
fn nothing_moves_before_an_edit_shows() {
    let mut compared = 0;
    for Edited { seed, choice, shows, before, after, .. } in (0..400).filter_map(edited) {
        let until = |events: &[Event]| -> Vec<Event> {
            let early = events.iter().take_while(|event| event.at < shows);
            early.map(|event| plain(event, choice)).collect()
        };
        let (before, after) = (until(&before), until(&after));
        assert!(before == after, "random scenario {seed}, {choice}, before {shows}");
        compared += before.len();
    }
    assert!(compared > 20_000, "only {compared} events were compared");
}

/// What is sent at the same instant in both runs has the same latency, loss and duplication,
/// wherever the edit led: no draw depends on another.
#[test]
fn no_draw_moves_that_is_not_edited() {
    let (mut compared, mut later) = (0, 0);
    for seed in 0..400 {
        // A message in order may wait for an edited one, so its arrival may follow from the edit; and
        // a link's latency and loss change at instants of the timeline, which no edit moves.
        if scenarios::random(seed).network.fifo {
            continue;
        }
        let Some(Edited { choice, run_view, before, after, .. }) = edited(seed) else { continue };
        let (before, after) = (draws(&before), draws(&after));
        for (name, draw) in &before {
            let Some(other) = after.get(name).filter(|other| other.sent == draw.sent) else {
                continue;
            };
            let edited = match (*name, choice) {
                (ChoiceId::Message(mut name), ChoiceId::Message(edited)) => {
                    name.copy = false;
                    name == edited
                }
                _ => false,
            };
            if !edited {
                assert_eq!(draw, other, "random scenario {seed}, {choice}: {name}");
                compared += 1;
                later += u64::from(draw.sent > run_view);
            }
        }
    }
    assert!(compared > 10_000 && later > 5_000, "only {compared} draws, {later} of them later");
}

/// A member that nothing reaches from the edited choice does the same at the same instants.
#[test]
fn nobody_moves_whom_the_edit_does_not_reach() {
    let mut unmoved = 0;
    for Edited { seed, choice, shows, before, after, .. } in (0..400).filter_map(edited) {
        // In order, a message of one group waits for those of another on its link.
        let scenario = scenarios::random(seed);
        if scenario.network.fifo && scenario.groups.len() > 1 {
            continue;
        }
        let reached = &(&reached(&before, choice, shows) | &reached(&after, choice, shows));
        let others = |events: &[Event]| -> Vec<String> {
            let of_others = events.iter().filter(|event| {
                let member = event.group.zip(event.rank);
                let is_reached = member.is_some_and(|member| reached.contains(&member));
                !is_reached && !is_sent_from(event, reached) && !is_about(event, choice)
            });
            of_others.map(crate::play::short_line).collect()
        };
        let (before, after) = (others(&before), others(&after));
        let differs = before.iter().zip(&after).find(|(before, after)| before != after);
        assert_eq!(differs, None, "random scenario {seed}, {choice}");
        let rest = |one: &[String], other: &[String]| one[other.len().min(one.len())..].to_vec();
        let more = [rest(&before, &after), rest(&after, &before)].concat();
        assert!(more.is_empty(), "{more:#?} in random scenario {seed}, {choice}");
        unmoved += before.len();
    }
    assert!(unmoved > 10_000, "only {unmoved} events were out of reach");
}

type Member = (hustings::types::GroupId, hustings::types::Rank);

/// Everybody whom the choice's consequences may come to: whoever has it, even if only by missing it,
/// and whoever is sent anything by one that was reached, from then on.
fn reached(events: &[Event], choice: ChoiceId, shows: Time) -> BTreeSet<Member> {
    let mut reached = BTreeSet::new();
    for event in events.iter().filter(|event| event.at >= shows) {
        reached.insert(match choice {
            ChoiceId::Message(name) => (name.group, name.to),
            ChoiceId::Timer(name) => (name.group, name.of),
        });
        let arrives = !matches!(event.what, EventKind::Sent { .. } | EventKind::Duplicated { .. });
        if arrives && is_sent_from(event, &reached) {
            reached.extend(event.group.zip(event.rank));
        }
    }
    reached
}

/// What becomes of a message on its way from one that was reached is the sender's doing.
fn is_sent_from(event: &Event, reached: &BTreeSet<Member>) -> bool {
    match event.choice {
        Some(ChoiceId::Message(name)) => reached.contains(&(name.group, name.from)),
        Some(ChoiceId::Timer(_)) | None => false,
    }
}

/// An edit that names what comes by itself changes nothing at all.
#[test]
fn an_edit_to_what_comes_anyway_changes_nothing() {
    for seed in 0..200 {
        let scenario = scenarios::random(seed);
        let run = Run::of(scenario.clone());
        let sent = all_events(&run).into_iter().filter(|event| event.cause != Cause::Start);
        let mut messages = sent.filter_map(|event| match (event.choice, event.what) {
            (Some(ChoiceId::Message(name)), EventKind::Sent { due, .. }) => Some((name, due)),
            _ => None,
        });
        let fixed = |name| scenario.overrides.iter().any(|e| e.choice() == ChoiceId::Message(name));
        let Some((name, due)) = messages.find(|&(name, _)| !fixed(name)) else { continue };
        // A message that was lost by chance would arrive after all, and one due beyond the end of
        // all runs cannot be named.
        let lost = run.events(Time::ZERO, run.end()).iter().any(|event| {
            event.choice == Some(ChoiceId::Message(name))
                && matches!(event.what, EventKind::Lost(_))
        });
        if lost {
            continue;
        }
        let mut parts = scenario.into_parts();
        parts.overrides.push(Override::Message { name, fate: MessageOverride::Arrives(due) });
        let same = Run::of(Scenario::new(parts).expect("one more edit is valid"));
        assert_eq!(same.digest(), run.digest(), "random scenario {seed}");
    }
}
