//! The driver: `play` a script, then look at what happened. Tests that use it read as stories, and
//! only this file knows how a run is asked.

use hustings::narration;
use hustings::report::Report;
use hustings::run::Run;
use hustings::scenario::script::{self, Script};
use hustings::simulation::{Event, EventKind, World};
use hustings::time::Time;
use hustings::types::{GroupId, MessageKind, Rank, Role};

/// A script and its whole run.
pub(crate) struct Played {
    pub script: Script,
    pub run: Run,
}

/// Plays a script without mistakes to its end.
pub(crate) fn play(text: &str) -> Played {
    let script = script::read(text).unwrap_or_else(|found| {
        let errors: Vec<String> = found.iter().map(ToString::to_string).collect();
        panic!("{}\n{text}", errors.join("\n"))
    });
    let run = Run::of(script.scenario.clone());
    Played { script, run }
}

pub(crate) fn rank(rank: u16) -> Rank {
    Rank::new(rank).unwrap_or_else(|| panic!("{rank} is no rank"))
}

impl Played {
    /// Who leads at the end, in the first group.
    pub(crate) fn leaders(&self) -> Vec<u16> {
        self.leaders_in(0)
    }

    /// Who leads at the end, in the group with this number from 0.
    pub(crate) fn leaders_in(&self, group: u8) -> Vec<u16> {
        self.run.tally().leaders(GroupId(group)).into_iter().map(Rank::get).collect()
    }

    /// Who leads after all that happens at this millisecond, in the first group.
    pub(crate) fn leaders_at(&self, ms: u64) -> Vec<u16> {
        leaders(&self.at(ms), GroupId::MAIN)
    }

    /// The world after all that happens at this millisecond.
    pub(crate) fn at(&self, ms: u64) -> World {
        self.run.at(Time::ms(ms))
    }

    /// Whom a process believes at this millisecond, in the first group.
    pub(crate) fn believes_at(&self, ms: u64, process: u16) -> Option<u16> {
        let world = self.at(ms);
        let member = world.member(GroupId::MAIN, rank(process));
        member.unwrap_or_else(|| panic!("{process} is no member")).leader().map(Rank::get)
    }

    /// Whom each process believes at the end, ascending, in the first group.
    pub(crate) fn believed(&self) -> Vec<Option<u16>> {
        self.report().groups[0].believed.values().copied().collect()
    }

    /// How many messages of this kind were sent, in the first group.
    pub(crate) fn messages(&self, kind: MessageKind) -> u64 {
        self.report().groups[0].messages.by_kind.get(kind.name()).copied().unwrap_or(0)
    }

    /// How many messages were sent, in the first group.
    pub(crate) fn total(&self) -> u64 {
        self.report().groups[0].messages.total
    }

    /// How many elections started an election, in the first group.
    pub(crate) fn elections(&self) -> u64 {
        self.report().groups[0].elections
    }

    pub(crate) fn report(&self) -> Report {
        self.run.report(&self.script)
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.run.events(Time::ZERO, self.run.end())
    }

    /// The run in sentences: what a failed test shows.
    pub(crate) fn transcript(&self) -> String {
        narration::transcript(&self.run)
    }

    /// What happened in short (`15ms 2 received Election 1->2 #1`), as far as a line contains one
    /// of these words. A word that ends in a space stands for itself, so `1 ` is not `11`.
    pub(crate) fn short_lines(&self, words: &[&str]) -> Vec<String> {
        let lines = self.events().into_iter().map(|event| short_line(&event));
        lines.filter(|line| words.iter().any(|word| format!("{line} ").contains(word))).collect()
    }

    /// Fails with the story unless exactly these of its lines have these words.
    #[track_caller]
    pub(crate) fn assert_lines(&self, words: &[&str], expected: &[&str]) {
        assert_eq!(self.short_lines(words), expected, "\n{}", self.transcript());
    }

    /// Fails with the story unless exactly these lead at the end.
    #[track_caller]
    pub(crate) fn assert_leaders(&self, expected: &[u16]) {
        assert_eq!(self.leaders(), expected, "\n{}", self.transcript());
    }
}

/// Who leads in a group, asked of every process.
pub(crate) fn leaders(world: &World, group: GroupId) -> Vec<u16> {
    let ranks = world.processes().iter().map(hustings::simulation::Process::rank);
    ranks.filter(|&rank| world.leads(group, rank)).map(Rank::get).collect()
}

/// An event in short, without its cause and reason.
pub(crate) fn short_line(event: &Event) -> String {
    let who = event.rank.map_or_else(|| "network".to_owned(), |rank| rank.to_string());
    let verb = match event.what {
        EventKind::Crashed { .. } => "crashed".to_owned(),
        EventKind::Recovered => "recovered".to_owned(),
        EventKind::Paused { until, .. } => format!("paused until {until}"),
        EventKind::Resumed { .. } => "resumed".to_owned(),
        EventKind::Cut => "cut".to_owned(),
        EventKind::Healed => "healed".to_owned(),
        EventKind::LatencyChanged => "latency".to_owned(),
        EventKind::LossChanged => "loss".to_owned(),
        EventKind::Booted => "booted".to_owned(),
        EventKind::Suspected => "suspected".to_owned(),
        EventKind::Unsuspecting => "did not suspect".to_owned(),
        EventKind::TimedOut { .. } => "ran out".to_owned(),
        EventKind::Received => "received".to_owned(),
        EventKind::StartedElection => "started an election".to_owned(),
        EventKind::Became(role) => became(role),
        EventKind::Sent { .. } => "sent".to_owned(),
        EventKind::Duplicated { .. } => "duplicated".to_owned(),
        EventKind::Lost(loss) => format!("lost to {}", loss.name()),
        EventKind::Held => "held".to_owned(),
    };
    let about = event.choice.map_or_else(String::new, |choice| {
        let words = choice.to_string();
        format!(" {}", words.trim_start_matches("message "))
    });
    format!("{} {who} {verb}{about}", event.at)
}

fn became(role: Role) -> String {
    match role {
        Role::BelievesNobody => "believes nobody".to_owned(),
        Role::Follows(leader) => format!("follows {leader}"),
        Role::Leads => "leads".to_owned(),
        Role::Electing => "awaits Alive".to_owned(),
        Role::AwaitingElected => "awaits Elected".to_owned(),
        Role::Claims => "claims to lead".to_owned(),
        Role::Delaying => "delays".to_owned(),
        Role::PreCandidate => "awaits pre-votes".to_owned(),
        Role::Candidate => "awaits votes".to_owned(),
    }
}
