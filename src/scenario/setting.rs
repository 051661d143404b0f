//! The settings of a scenario, in two tables: those of the whole run, and those that single links or
//! processes have of their own, which few lines describe. Keywords, parser, formatter, JSON paths, the set-up's fields
//! and the names of undo steps are made from the rows.

use super::{Drift, FigureOptions, Latency, Link, Links, Rate, ScenarioParts, Zone, is_invisible};
use crate::election::{Algorithm, Preemption, Quorum};
use crate::member::Detector;
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::Rank;
use std::collections::{BTreeMap, BTreeSet};

/// What the table says of a setting.
#[derive(Debug)]
pub struct SettingRow {
    /// The word before its value in the script, and the second word where the first has several.
    pub word: [&'static str; 2],
    /// Its field in JSON.
    pub json: &'static str,
    /// In the set-up.
    pub label: &'static str,
    /// What a change of it is called behind "Undo".
    pub change: &'static str,
    /// Form, help and example of its word; none where another row of the keywords is about the word.
    pub keyword: Option<[&'static str; 3]>,
}

/// The kinds and rows of a table: a word and its second word, JSON field, label, name of a change; form, help
/// and example.
macro_rules! rows {
    ($kind:ident $($name:ident { $word:literal $second:literal, $json:literal, $label:literal, $change:literal $(, $keyword:tt)? })+) => {
        /// Which setting, in the order of a canonical script.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $kind { $($name),+ }

        impl $kind {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// What the table says of it.
            pub const fn row(self) -> &'static SettingRow {
                match self {
                    $(Self::$name => &SettingRow {
                        word: [$word, $second],
                        json: $json,
                        label: $label,
                        change: $change,
                        keyword: rows!(@keyword $($keyword)?),
                    }),+
                }
            }
        }
    };
    (@keyword) => { None };
    (@keyword $keyword:tt) => { Some($keyword) };
}

/// The settings of the whole run: type, how a scenario has and takes the value, and row.
macro_rules! settings {
    ($($(#[doc = $doc:literal])* $name:ident($type:ty) = $get:expr, $set:expr; $row:tt)+) => {
        /// A setting of the whole run, with its value.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Setting { $($(#[doc = $doc])* $name($type)),+ }

        rows! { SettingKind $($name $row)+ }

        impl Setting {
            pub const fn kind(&self) -> SettingKind {
                match self { $(Self::$name(_) => SettingKind::$name),+ }
            }
        }

        impl ScenarioParts {
            /// The value of a setting.
            pub fn setting(&self, kind: SettingKind) -> Setting {
                fn get<T>(parts: &ScenarioParts, of: fn(&ScenarioParts) -> T) -> T { of(parts) }
                match kind { $(SettingKind::$name => Setting::$name(get(self, $get))),+ }
            }

            pub(super) fn set(&mut self, setting: Setting) {
                fn set<T>(parts: &mut ScenarioParts, value: T, to: fn(&mut ScenarioParts, T)) { to(parts, value) }
                match setting { $(Setting::$name(value) => set(self, value, $set)),+ }
            }
        }
    };
}

/// The settings that links or processes have of their own: type, owner, where a scenario has them, and row.
macro_rules! own_settings {
    ($($(#[doc = $doc:literal])* $name:ident($type:ty) of $owner:ident in $map:ident.$field:ident $row:tt)+) => {
        /// A setting that a link or a process has of its own; without a value it has that of all others.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum OwnSetting { $($(#[doc = $doc])* $name(Option<$type>)),+ }

        rows! { OwnSettingKind $($name $row)+ }

        impl OwnSetting {
            pub const fn kind(&self) -> OwnSettingKind {
                match self { $(Self::$name(_) => OwnSettingKind::$name),+ }
            }
        }

        impl OwnSettingKind {
            /// No value: as all others have it.
            pub const fn unset(self) -> OwnSetting {
                match self { $(Self::$name => OwnSetting::$name(None)),+ }
            }
        }

        impl ScenarioParts {
            /// All owners of such a setting, with its value.
            pub fn own_settings(&self, kind: OwnSettingKind) -> BTreeMap<SettingOwner, OwnSetting> {
                match kind {
                    $(OwnSettingKind::$name => {
                        let all = self.$map.$field.iter();
                        all.map(|(&key, &own)| (SettingOwner::$owner(key), OwnSetting::$name(Some(own)))).collect()
                    })+
                }
            }

            /// Sets what a link or a process has of its own.
            pub(super) fn set_own(&mut self, owner: SettingOwner, setting: OwnSetting) {
                match (owner, setting) {
                    $((SettingOwner::$owner(key), OwnSetting::$name(own)) => match own {
                        Some(own) => _ = self.$map.$field.insert(key, own),
                        None => _ = self.$map.$field.remove(&key),
                    },)+
                    (owner, setting) => debug_assert!(false, "{owner:?} cannot have {setting:?}"),
                }
            }
        }
    };
}

settings! {
    Title(Option<String>) = |it| it.title.clone(), |it, to| it.title = to;
    { "title" "", "title", "Title", "new title", ["title \"TEXT\"", "The name of the scenario.", "title \"3 notices that 6 is gone\""] }
    About(Option<String>) = |it| it.about.clone(), |it, to| it.about = to;
    { "about" "", "about", "Description", "new line about it", ["about \"TEXT\"", "A one-line description for the gallery.", "about \"One crash, one election.\""] }
    Algorithm(Algorithm) = |it| it.algorithm.clone(), |it, to| it.algorithm = to;
    { "algorithm" "", "algorithm", "Election algorithm", "change of algorithm", ["algorithm ALGORITHM", "The election algorithm. Default: bully.", "algorithm next-in-line alternates 2"] }
    /// Ascending. What names a process that is gone goes with it.
    Ranks(Vec<Rank>) = |it| it.ranks.clone(), ScenarioParts::set_ranks;
    { "processes" "", "processes", "Ranks", "change of processes", ["processes COUNT | processes list N…", "The number of processes, with ranks from 1, or a list of ranks. Default: 6.", "processes list 1 2 3 5 8"] }
    /// Who leads the first group at the start; with none, all members boot at 0.
    Leader(Option<Rank>) = |it| it.groups.first().and_then(|group| group.leader), |it, to| it.groups.iter_mut().take(1).for_each(|group| group.leader = to);
    { "leader" "", "leader", "Leads at the start", "change of the first leader", ["leader N | leader none", "The leader at the start. Default: the highest rank.", "leader 6"] }
    /// What one process can serve, in requests per second.
    Capacity(Option<u32>) = |it| it.capacity, |it, to| it.capacity = to;
    { "capacity" "", "capacityPerSecond", "Capacity", "change of capacity", ["capacity N/s", "The requests per second that a process can serve.", "capacity 150/s"] }
    Detector(Detector) = |it| it.detector, |it, to| it.detector = to;
    { "detector" "", "detector", "Failure detector", "change of detector", ["detector scripted | detector heartbeat every T timeout T", "The failure detector. Default: only `suspect` lines.", "detector heartbeat every 100ms timeout 350ms"] }
    WaitAlive(Duration) = |it| it.timeouts.alive, |it, to| it.timeouts.alive = to;
    { "wait" "alive", "waitAliveUs", "For Alive", "change of the wait for Alive", ["wait alive T | wait elected T", "How long a process waits for Alive (default: 60ms), and then for Elected (default: 90ms). Each must be longer than the slowest round trip.", "wait alive 60ms"] }
    WaitElected(Duration) = |it| it.timeouts.elected, |it, to| it.timeouts.elected = to;
    { "wait" "elected", "waitElectedUs", "For Elected", "change of the wait for Elected" }
    /// Whether a process that comes back takes the lead from a leader of a lower rank.
    Preempt(Preemption) = |it| it.preemption, |it, to| it.preemption = to;
    { "preempt" "", "preempt", "Preemption", "change of preemption", ["preempt on | preempt off | preempt after T", "Whether a process that comes back takes the lead from a leader of a lower rank: at once, never, or once it has followed it for that time. Default: on.", "preempt after 2s"] }
    /// How many members must have acknowledged a leader within the detector's timeout.
    Quorum(Quorum) = |it| it.quorum, |it, to| it.quorum = to;
    { "quorum" "", "quorum", "Quorum", "change of the quorum", ["quorum none | quorum majority | quorum N", "How many processes, itself included, must have acknowledged a leader within the detector's timeout; without them it only claims to lead. Default: none.", "quorum majority"] }
    Latency(Latency) = |it| it.network.latency, |it, to| it.network.latency = to;
    { "latency" "", "latency", "Latency", "change of latency", ["latency [LINKS] T | latency [LINKS] T..T", "The latency of messages, on all links or on the listed ones. Default: 10..20ms.", "latency 3->5 80ms"] }
    Loss(Rate) = |it| it.network.loss, |it, to| it.network.loss = to;
    { "loss" "", "lossPpm", "Loss", "change of loss", ["loss [LINKS] P%", "The share of messages that are lost. Default: 0%.", "loss 0.5%"] }
    Duplicate(Rate) = |it| it.network.duplicate, |it, to| it.network.duplicate = to;
    { "duplicate" "", "duplicatePpm", "Duplicates", "change of duplication", ["duplicate [LINKS] P%", "The share of messages that arrive twice. Default: 0%.", "duplicate 3--5 1%"] }
    Fifo(bool) = |it| it.network.fifo, |it, to| it.network.fifo = to;
    { "fifo" "", "fifo", "Messages of a link arrive in order", "change of order", ["fifo on | fifo off", "Whether messages of a link arrive in the order in which they are sent. Default: off.", "fifo on"] }
    Seed(u64) = |it| it.seed, |it, to| it.seed = to;
    { "seed" "", "seed", "Seed", "another seed", ["seed N", "Selects the outcome of all random choices. Default: 1.", "seed 7"] }
    /// How many seeds count for an expectation of a share of seeds.
    Seeds(u32) = |it| it.seeds, |it, to| it.seeds = to;
    { "seeds" "", "seeds", "Seeds that are counted", "another number of seeds", ["seeds N", "The number of seeds, from 1 on, that `expect in P% of seeds` counts. Default: 200.", "seeds 500"] }
    /// Without an instant the timeline decides.
    Until(Option<Time>) = |it| it.until, |it, to| it.until = to;
    { "until" "", "untilUs", "Ends at", "new end of the run", ["until T", "The end of the run. Default: 2s after the last fault.", "until 2s"] }
    /// How a figure opens.
    Figure(FigureOptions) = |it| it.figure.clone(), |it, to| it.figure = to;
    { "figure" "", "figure", "Figure", "change of the figure", ["figure [start T] [end T] [speed T] [view VIEW] [height N]", "How an embedded figure opens.", "figure start 180ms end 400ms speed 50ms"] }
}

own_settings! {
    /// Of a heartbeat, until the process suspects its leader.
    Timeout(Duration) of Process in timing.timeout_of
    { "timeout" "", "timeoutUs", "Timeout", "change of a timeout", ["timeout N… T", "How long these processes wait for a heartbeat, instead of the detector's timeout.", "timeout 3 500ms"] }
    /// Between two heartbeats of the process while it leads.
    Every(Duration) of Process in timing.every_of
    { "every" "", "everyUs", "Heartbeat every", "change of an interval" }
    Drift(Drift) of Process in timing.drift_of
    { "drift" "", "driftPpm", "Drift", "change of drift", ["drift N… +P% | drift N… -P%", "By how much the timers of these processes run longer, or shorter; rounded to the microsecond.", "drift 3 +2%"] }
    Latency(Latency) of Link in network.latency_of
    { "latency" "", "latency", "Latency", "change of latency" }
    Loss(Rate) of Link in network.loss_of
    { "loss" "", "lossPpm", "Loss", "change of loss" }
    Duplicate(Rate) of Link in network.duplicate_of
    { "duplicate" "", "duplicatePpm", "Duplicates", "change of duplication" }
}

/// The owner of a setting: a link or a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SettingOwner {
    /// One direction.
    Link(Link),
    Process(Rank),
}

/// The owners that one line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingOwners {
    Links(Links),
    Processes(Vec<Rank>),
}

impl SettingRow {
    /// Every word before the value.
    pub fn words(&self) -> String {
        self.word.join(" ").trim_end().to_owned()
    }
}

impl SettingKind {
    /// The setting that single links have instead.
    pub fn of_links(self) -> Option<OwnSettingKind> {
        OwnSettingKind::ALL.iter().copied().find(|own| own.row().word == self.row().word)
    }
}

impl OwnSettingKind {
    /// The setting of the run that it replaces for single links; none where processes have it.
    pub fn of_run(self) -> Option<SettingKind> {
        SettingKind::ALL.iter().copied().find(|kind| kind.of_links() == Some(self))
    }
}

impl Setting {
    /// Whether it leaves to the default what a script cannot say.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Title(text) | Self::About(text) => text.is_none(),
            Self::Capacity(capacity) => capacity.is_none(),
            Self::Until(until) => until.is_none(),
            Self::Figure(figure) => *figure == FigureOptions::default(),
            Self::Algorithm(_) | Self::Ranks(_) | Self::Leader(_) | Self::Detector(_) => false,
            Self::WaitAlive(_) | Self::WaitElected(_) | Self::Preempt(_) | Self::Quorum(_) => false,
            Self::Latency(_) | Self::Loss(_) => false,
            Self::Duplicate(_) | Self::Fifo(_) | Self::Seed(_) | Self::Seeds(_) => false,
        }
    }

    /// Text as it is typed; none where nothing of it can be seen.
    pub fn seen(typed: &str) -> Option<String> {
        let typed = typed.trim();
        (!typed.chars().all(is_invisible)).then(|| typed.to_owned())
    }
}

impl From<SettingOwner> for SettingOwners {
    fn from(owner: SettingOwner) -> Self {
        match owner {
            SettingOwner::Link(Link { from, to }) => {
                Self::Links(Links { from: vec![from], to: vec![to], both: false })
            }
            SettingOwner::Process(rank) => Self::Processes(vec![rank]),
        }
    }
}

impl SettingOwners {
    pub fn each(&self) -> Vec<SettingOwner> {
        match self {
            Self::Links(links) => links.each().map(SettingOwner::Link).collect(),
            Self::Processes(ranks) => ranks.iter().copied().map(SettingOwner::Process).collect(),
        }
    }
}

impl ScenarioParts {
    /// The failure detector as this process runs it.
    pub fn detector_of(&self, rank: Rank) -> Detector {
        match self.detector {
            Detector::Scripted => Detector::Scripted,
            Detector::Heartbeat { every, timeout } => Detector::Heartbeat {
                every: self.timing.every_of.get(&rank).copied().unwrap_or(every),
                timeout: self.timing.timeout_of.get(&rank).copied().unwrap_or(timeout),
            },
        }
    }

    /// How long a timer of this process runs that is set to `wait`.
    pub fn drifted(&self, rank: Rank, wait: Duration) -> Duration {
        self.timing.drift_of.get(&rank).map_or(wait, |drift| drift.of(wait))
    }
}

/// What single links or processes have of their own, in as few lines as is easily done: those of the
/// same value share them.
pub(super) fn by_value(
    all: &BTreeMap<SettingOwner, OwnSetting>,
    zones: &[Zone],
) -> Vec<(SettingOwners, OwnSetting)> {
    let mut values: Vec<(OwnSetting, Vec<Link>, Vec<Rank>)> = Vec::new();
    let mut places = BTreeMap::new();
    for (&owner, &value) in all {
        let place = *places.entry(value).or_insert(values.len());
        if place == values.len() {
            values.push((value, Vec::new(), Vec::new()));
        }
        let (_, links, ranks) = &mut values[place];
        match owner {
            SettingOwner::Link(link) => links.push(link),
            SettingOwner::Process(rank) => ranks.push(rank),
        }
    }
    let lines = values.into_iter().flat_map(|(value, links, ranks)| {
        let ranks = (!ranks.is_empty()).then_some(SettingOwners::Processes(ranks));
        let owners = compact(&links, zones).into_iter().map(SettingOwners::Links).chain(ranks);
        owners.map(|owners| (owners, value)).collect::<Vec<_>>()
    });
    lines.collect()
}

impl ScenarioParts {
    /// What single links or processes have of their own, in as few lines as is easily done.
    pub fn own_settings_by_value(&self, kind: OwnSettingKind) -> Vec<(SettingOwners, OwnSetting)> {
        by_value(&self.own_settings(kind), &self.zones)
    }
}

/// The links, which ascend, in as few `Links` as is easily done; each is named exactly once.
fn compact(links: &[Link], zones: &[Zone]) -> Vec<Links> {
    let mut all: BTreeSet<Link> = sort::gather(links.iter().copied());
    let between = between_zones(&mut all, zones);
    let back = |link: &Link| all.contains(&Link { from: link.to, to: link.from });
    let (both, single): (Vec<Link>, Vec<Link>) = all.iter().copied().partition(back);
    let there = both.into_iter().filter(|link| link.from < link.to);
    let mut compact = shared(there, true);
    compact.extend(shared(single.into_iter(), false));
    compact.splice(0..0, between);
    compact
}

/// Takes out the links from one whole zone to another, as one line for each pair of zones.
fn between_zones(all: &mut BTreeSet<Link>, zones: &[Zone]) -> Vec<Links> {
    let mut lines = Vec::new();
    for (index, one) in zones.iter().enumerate() {
        for other in &zones[index + 1..] {
            let both = Links { from: one.members.clone(), to: other.members.clone(), both: true };
            let back = Links { from: other.members.clone(), to: one.members.clone(), both: false };
            let there = Links { both: false, ..both.clone() };
            for links in [both, there, back] {
                if links.each().all(|link| all.contains(&link)) {
                    links.each().for_each(|link| _ = all.remove(&link));
                    lines.push(links);
                }
            }
        }
    }
    lines
}

/// Links from one sender are one line; senders with the same receivers share it.
fn shared(links: impl Iterator<Item = Link>, both: bool) -> Vec<Links> {
    let mut receivers: BTreeMap<Rank, Vec<Rank>> = BTreeMap::new();
    for Link { from, to } in links {
        receivers.entry(from).or_default().push(to);
    }
    let mut senders: BTreeMap<Vec<Rank>, Vec<Rank>> = BTreeMap::new();
    for (from, to) in receivers {
        senders.entry(to).or_default().push(from);
    }
    let links = senders.into_iter().map(|(to, from)| Links { from, to, both });
    let mut links: Vec<Links> = links.collect();
    sort::sort_by(&mut links, |a, b| a.from.cmp(&b.from));
    links
}
