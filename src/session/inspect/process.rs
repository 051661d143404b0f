//! The inspector's facts about a process: its state, the leader that it believes in, its timers, and what
//! would survive a crash.

use super::{Fact, Inspection, InspectionContext, InspectorAction, MessageRow, Survival, left};
use crate::election::{Election, Leadership, RaftDurable};
use crate::member::Member;
use crate::report::load::whole;
use crate::scenario::{ProcessTiming, Scenario};
use crate::session::Command;
use crate::simulation::{Event, EventKind, PendingTimer, Status, World};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{Rank, Role, TimerKind, listed};
use crate::view::model::{MessageModel, MessageState};
use crate::view::{Target, build};

/// The largest number of messages that are listed.
const MOST_MESSAGES: usize = 3;
/// The number of crashes from which a process is called unstable.
const UNSTABLE: u32 = 3;

pub(crate) fn inspect(rank: Rank, look: InspectionContext) -> Inspection {
    let world = look.run_view.run.at(look.cursor);
    let status = world.process(rank).map_or(Status::Running, |process| process.status());
    let mut facts = vec![Fact::new("State", state(rank, status, &world, look))];
    let is_up = !matches!(status, Status::Crashed { .. });
    // Members of several groups may believe in different leaders.
    let alone = (!look.run_view.all).then_some(look.run_view.group);
    if let Some(member) = alone.and_then(|id| world.member(id, rank)).filter(|_| is_up) {
        facts.push(Fact::new("Believes", believes(rank, member, look)));
        if let Some(Leadership { term, alternates }) = member.election().leadership() {
            if !alternates.is_empty() {
                facts.push(Fact::new("Next in line", world.scenario().all_called(alternates)));
            }
            facts.push(Fact::new("Term", term.to_string()));
        }
    }
    if look.run_view.has_groups() && is_up {
        facts.push(Fact::new("In groups", in_groups(rank, &world)));
    }
    facts.extend(requests(rank, look));
    for group in look.run_view.shown() {
        let name = &world.scenario().group(group).name;
        facts.extend(world.timers(group, rank).map(|timer| {
            let fact = wait(timer, look);
            match look.run_view.all {
                true => Fact { value: format!("{name}: {}", fact.value), ..fact },
                false => fact,
            }
        }));
    }
    facts.extend(timing(rank, world.scenario()));
    let crashes = world.process(rank).map_or(0, |process| process.crashes());
    if crashes > 1 {
        let unstable = if crashes >= UNSTABLE { ": it is unstable" } else { "" };
        facts.push(Fact::new("Crashes", format!("{crashes} so far{unstable}")));
    }
    Inspection {
        title: format!("Process {}", world.scenario().called(rank).with_rank()),
        facts,
        messages: messages(rank, look),
        survival: survival(rank, &world, look),
        actions: actions(status, world.leads(look.run_view.group, rank)),
    }
}

/// `orders: follows 3; users: leads; not in stock`
fn in_groups(rank: Rank, world: &World) -> String {
    let scenario = world.scenario();
    let each = scenario.group_ids().map(|id| {
        let name = &scenario.group(id).name;
        match world.member(id, rank).map(|member| member.role(rank)) {
            None => format!("not in {name}"),
            Some(role) => format!("{name}: {}", role_words(role, scenario)),
        }
    });
    each.collect::<Vec<_>>().join("; ")
}

/// `orders: serves 150/s of 200/s, queue 120`, for each shown group with a load.
fn requests(
    rank: Rank,
    InspectionContext { run_view, cursor, .. }: InspectionContext,
) -> Option<Fact> {
    let flow = run_view.load.as_ref()?.at(cursor);
    let scenario = run_view.run.scenario();
    let each = run_view.shown().into_iter().filter_map(|group| {
        let (coming, queue) = (flow.coming(group, rank), whole(flow.queue(group, rank)));
        let mut words = match (coming, flow.serving(group, rank)) {
            (0, _) if queue == 0 => return None,
            (0, 0) => String::new(),
            (0, served) => format!("works off {served}/s"),
            (coming, served) if served >= coming => format!("serves {served}/s"),
            (coming, served) => format!("serves {served}/s of {coming}/s"),
        };
        if queue > 0 {
            let comma = if words.is_empty() { "" } else { ", " };
            words += &format!("{comma}queue {queue}");
        }
        Some(match run_view.all {
            true => format!("{}: {words}", scenario.group(group).name),
            false => words,
        })
    });
    let each: Vec<String> = each.collect();
    (!each.is_empty()).then(|| Fact::new("Requests", each.join("; ")))
}

fn state(rank: Rank, status: Status, world: &World, look: InspectionContext) -> String {
    let role = world.member(look.run_view.group, rank).map(|member| member.role(rank));
    let role = match role {
        Some(role) => role,
        None if look.run_view.all => Role::BelievesNobody,
        None => return "no member of this group".to_owned(),
    };
    let words = role_words(role, world.scenario());
    match status {
        Status::Running if look.run_view.all => "runs".to_owned(),
        Status::Paused { until, .. } if look.run_view.all => {
            format!("frozen until {}", until.spoken())
        }
        Status::Running => words,
        Status::Paused { until, .. } => {
            let leads = matches!(role, Role::Leads | Role::Claims);
            let thought = if leads { "believes that it leads".to_owned() } else { words };
            match look.tells(until) {
                true => format!("frozen until {}; {thought}", until.spoken()),
                false => format!("frozen; {thought}"),
            }
        }
        Status::Crashed { since } => format!("crashed at {}", since.spoken()),
    }
}

/// What a process does in its group.
fn role_words(role: Role, scenario: &Scenario) -> String {
    match role {
        Role::Leads => "leads".to_owned(),
        Role::Follows(leader) => format!("follows {}", scenario.called(leader)),
        Role::Electing => "electing: waits for answers".to_owned(),
        Role::AwaitingElected => "waits for Elected".to_owned(),
        Role::BelievesNobody => "knows no leader".to_owned(),
        Role::Claims => "claims to lead, without a quorum".to_owned(),
        Role::Delaying => "delays its election".to_owned(),
        Role::PreCandidate => "pre-candidate: waits for pre-votes".to_owned(),
        Role::Candidate => "candidate: waits for votes".to_owned(),
    }
}

/// `nobody leads (6 until 200 ms)`, `5 leads (since 290 ms)`
fn believes(rank: Rank, member: &Member, look: InspectionContext) -> String {
    let scenario = look.run_view.run.scenario();
    let now = member.leader();
    let who = match now {
        Some(leader) if leader == rank => "it leads itself".to_owned(),
        Some(leader) => format!("{} leads", scenario.called(leader)),
        None => "nobody leads".to_owned(),
    };
    let changed = changed(rank, look)
        .map(|(at, before)| (at, before, before.map(|rank| scenario.called(rank))));
    match (changed, now) {
        (Some((at, _, Some(before))), None) => format!("{who} ({before} until {})", at.spoken()),
        (Some((at, was, Some(before))), Some(_)) if was != now => {
            format!("{who} (since {}; {before} before)", at.spoken())
        }
        (Some((at, ..)), Some(_)) => format!("{who} (since {})", at.spoken()),
        _ => who,
    }
}

/// When the process last changed the leader that it believes in, and the previous leader; only as far back as
/// the stage shows events.
fn changed(
    rank: Rank,
    InspectionContext { run_view, cursor, .. }: InspectionContext,
) -> Option<(Time, Option<Rank>)> {
    let since = cursor - build::memory(run_view.run.scenario());
    let changes = |event: &Event| {
        let ours = event.rank == Some(rank) && event.group == Some(run_view.group);
        ours && matches!(
            event.what,
            EventKind::StartedElection | EventKind::Became(Role::Leads | Role::Follows(_))
        )
    };
    // The first attempt of an election: further ones do not change the believed leader.
    let mut found = None;
    let events: Vec<Event> = run_view.run.each(since, cursor).filter(changes).collect();
    for event in events.iter().rev() {
        let before = run_view.run.at(event.at - Duration::us(1));
        let leader = before.member(run_view.group, rank).and_then(|member| member.leader());
        found = Some((event.at, leader));
        if leader.is_some() || event.what != EventKind::StartedElection {
            break;
        }
    }
    found
}

/// `timeout 500 ms, drift +2%`: what of its timing is its own.
fn timing(rank: Rank, scenario: &Scenario) -> Option<Fact> {
    let ProcessTiming { timeout_of, every_of, drift_of } = &scenario.timing;
    let timeout = timeout_of.get(&rank).map(|span| format!("timeout {}", span.spoken()));
    let every = every_of.get(&rank).map(|span| format!("heartbeat every {}", span.spoken()));
    let drift = drift_of.get(&rank).map(|drift| format!("timers run {drift}"));
    let own: Vec<String> = [timeout, every, drift].into_iter().flatten().collect();
    (!own.is_empty()).then(|| Fact::new("Its own", own.join(", ")))
}

fn wait(PendingTimer { name, since, due }: PendingTimer, look: InspectionContext) -> Fact {
    let now = look.cursor;
    let is_described = look.tells(due);
    let rest = match is_described {
        true => format!("in {}", due.spoken_since(now).spoken()),
        false => "later".to_owned(),
    };
    let value = match name.timer {
        TimerKind::Alive => format!("decides {rest}"),
        TimerKind::Elected => format!("asks again {rest}"),
        TimerKind::Heartbeat => format!("suspects its leader {rest}"),
        TimerKind::Beat => format!("heartbeat {rest}"),
        TimerKind::Preempt => format!("takes the lead {rest}"),
        TimerKind::Quorum => format!("quorum is due {rest}"),
        TimerKind::Delay => format!("starts its election {rest}"),
    };
    let left = is_described.then(|| left(since, due, now));
    Fact { left, target: Some(Target::Timer(name)), ..Fact::new("Timer", value) }
}

/// The last messages to and from the process, without heartbeats.
fn messages(rank: Rank, look: InspectionContext) -> Vec<MessageRow> {
    let mut messages: Vec<MessageRow> =
        look.picture.messages.iter().filter_map(|flight| message_row(rank, flight, look)).collect();
    sort::sort_by_key(&mut messages, |row| (std::cmp::Reverse(row.at), row.name));
    messages.truncate(MOST_MESSAGES);
    messages
}

fn message_row(rank: Rank, flight: &MessageModel, look: InspectionContext) -> Option<MessageRow> {
    let name = flight.name;
    if name.kind.is_routine() {
        return None;
    }
    let row = |words: String, at| MessageRow { name, names: flight.names, words, at };
    let kind = name.kind;
    if name.from == rank {
        let what = match flight.fate {
            MessageState::OnItsWay => ", on its way",
            MessageState::Held => ", waits there",
            MessageState::Delivered(_) => "",
            MessageState::Lost { at, .. } if at > look.cursor => ", on its way",
            MessageState::Lost { .. } if !look.tells(flight.due) => ", on its way",
            MessageState::Lost { .. } => ", lost",
        };
        return Some(row(format!("{kind} to {}{what}", name.to), flight.sent));
    }
    match flight.fate {
        MessageState::Delivered(at) if name.to == rank => {
            Some(row(format!("{kind} from {}", name.from), at))
        }
        MessageState::Held if name.to == rank => {
            Some(row(format!("{kind} from {}, waits", name.from), flight.due))
        }
        MessageState::OnItsWay
        | MessageState::Delivered(_)
        | MessageState::Held
        | MessageState::Lost { .. } => None,
    }
}

/// What a crash leaves: what was set up, and what an algorithm declares durable.
fn survival(rank: Rank, world: &World, look: InspectionContext) -> Option<Survival> {
    let scenario = world.scenario();
    // Only for a group that is shown alone; for all groups the list would be too long.
    let group = Some(look.run_view.group).filter(|_| !look.run_view.all)?;
    let member = world.member(group, rank)?;
    let members = &scenario.group(group).members;
    let (alive, elected) = (scenario.timeouts.alive.spoken(), scenario.timeouts.elected.spoken());
    let mut kept = vec![
        Fact::new("Rank", rank.to_string()),
        Fact::new("Members", scenario.all_called(members)),
        Fact::new("Waits", format!("{alive} for Alive, {elected} for Elected")),
    ];
    let leader = member
        .leader()
        .map_or_else(|| "nobody".to_owned(), |leader| scenario.called(leader).to_string());
    let mut lost = vec![Fact::new("Leader", leader)];
    let phase = match member.role(rank) {
        Role::Electing => "waits for answers",
        Role::AwaitingElected => "waits for Elected",
        Role::Delaying => "delays",
        Role::PreCandidate => "asks for pre-votes",
        Role::Candidate => "asks for votes",
        Role::BelievesNobody | Role::Follows(_) | Role::Leads | Role::Claims => "none",
    };
    lost.push(Fact::new("Election", phase));
    if let Election::Raft(raft) = member.election() {
        let RaftDurable { term, voted } = raft.durable();
        kept.push(Fact::new("Term", term.to_string()));
        let voted =
            voted.map_or_else(|| "nobody".to_owned(), |rank| scenario.called(rank).to_string());
        kept.push(Fact::new("Voted for", voted));
    }
    if let Some(Leadership { term, alternates }) = member.election().leadership() {
        lost.push(Fact::new("Term", term.to_string()));
        lost.push(Fact::new("Next in line", scenario.all_called(alternates)));
    }
    let timers = world.timers(group, rank).map(|timer| timer.name.timer);
    let timers: Vec<String> = timers.map(|timer| timer.name().to_owned()).collect();
    let timers = if timers.is_empty() { "none".to_owned() } else { listed(&timers).to_string() };
    lost.push(Fact::new("Timers", timers));
    if let Some(load) = &look.run_view.load {
        let flow = load.at(look.cursor);
        // In all groups, since the process crashes in all of them.
        let queued = scenario.group_ids().map(|group| flow.queue(group, rank)).sum();
        lost.push(Fact::new("Requests", format!("{} queued", whole(queued))));
    }
    Some(Survival { kept, lost })
}

fn actions(status: Status, leads: bool) -> Vec<InspectorAction> {
    let crash = |words| InspectorAction::new(words, Command::CrashOrRecover);
    let pause = |words| InspectorAction::new(words, Command::PauseOrResume);
    let suspect = InspectorAction::new("Suspect", Command::Suspect);
    match status {
        Status::Crashed { .. } => vec![crash("Recover")],
        Status::Paused { .. } => vec![crash("Crash"), pause("Resume")],
        Status::Running if leads => vec![crash("Crash"), pause("Pause")],
        Status::Running => vec![crash("Crash"), pause("Pause"), suspect],
    }
}
