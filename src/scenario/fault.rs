//! The fault timeline: the table of kinds of faults, and the expansion of repeating faults.

use super::{Latency, Links, Rate, kinds, limits};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};
use std::borrow::Cow;
use std::sync::Arc;

kinds! {
    /// What can happen at a time. The keyword table, the parser, the formatter, the check and the form of
    /// the page are made from the rows.
    FaultKind of FaultField {
        Crash {
            keyword: "crash", form: "crash N…", noun: "crash", title: "A process crashes",
            example: "at 100ms crash 6", help: "The processes stop and lose their state and timers.",
            fields: &[FaultField::Processes],
        }
        Recover {
            keyword: "recover", form: "recover N…", noun: "recovery", title: "A process recovers",
            example: "at 900ms recover 6", help: "The processes start again.",
            fields: &[FaultField::Processes],
        }
        Suspect {
            keyword: "suspect", form: "suspect N… [in NAME]", noun: "suspicion",
            title: "A process suspects its leader", example: "at 200ms suspect 3",
            help: "The processes suspect their leader.",
            fields: &[FaultField::Processes, FaultField::Group],
        }
        Pause {
            keyword: "pause", form: "pause N… for T", noun: "pause", title: "A process freezes",
            example: "at 100ms pause 6 for 400ms",
            help: "The processes freeze: messages and timers wait until the end of the pause. To model a \
                   leader that stalls but still answers clients, use `cut`.",
            fields: &[FaultField::Processes, FaultField::Span],
        }
        Resume {
            keyword: "resume", form: "resume N…", noun: "end of the pause", title: "A process wakes",
            example: "at 300ms resume 6", help: "Ends a pause early.",
            fields: &[FaultField::Processes],
        }
        Flap {
            keyword: "flap", form: "flap N down T up T [until T]", noun: "flapping",
            title: "A process crashes and recovers, again and again",
            example: "at 100ms flap 6 down 200ms up 400ms",
            help: "The process crashes and recovers in turn.",
            fields: &[FaultField::Process, FaultField::Down, FaultField::Up, FaultField::Until],
        }
        Partition {
            keyword: "partition", form: "partition N… | N…", noun: "cut", title: "The network splits",
            example: "at 100ms partition 1 2 3 | 4 5 6", help: "Cuts every link between the sides.",
            fields: &[FaultField::Sides],
        }
        Cut {
            keyword: "cut", form: "cut LINKS", noun: "cut", title: "Links are cut",
            example: "at 100ms cut 3--6", help: "Messages on these links are lost.",
            fields: &[FaultField::Links],
        }
        Heal {
            keyword: "heal", form: "heal [LINKS]", noun: "healing", title: "Links heal",
            example: "at 900ms heal", help: "Ends all cuts, or those of the listed links.",
            fields: &[FaultField::LinksOrAll],
        }
        Latency {
            keyword: "latency", form: "latency [LINKS] T | latency [LINKS] T..T",
            noun: "change of latency", title: "Latency changes", example: "at 1s latency 3->5 80ms",
            help: "The latency of messages that are sent from now on.",
            fields: &[FaultField::LinksOrAll, FaultField::Latency],
        }
        Loss {
            keyword: "loss", form: "loss [LINKS] P%", noun: "change of loss", title: "Loss changes",
            example: "at 1s loss 20%", help: "The loss rate of messages that are sent from now on.",
            fields: &[FaultField::LinksOrAll, FaultField::Rate],
        }
    }
}

impl FaultKind {
    /// Whether it stops messages until it heals.
    pub const fn is_cut(self) -> bool {
        matches!(self, Self::Partition | Self::Cut)
    }

    /// Whether it comes again by itself, so that `every` cannot stand before it.
    pub const fn repeats(self) -> bool {
        matches!(self, Self::Flap)
    }
}

/// An argument of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultField {
    /// One or more, one after the other.
    Processes,
    /// Exactly one.
    Process,
    /// May be left out: every group of the process.
    Group,
    /// How long it lasts.
    Span,
    /// How long the process is down in each round.
    Down,
    /// How long the process is up in each round.
    Up,
    /// When the last round has begun; may be left out.
    Until,
    /// Two or more lists of processes, none of them on two sides.
    Sides,
    Links,
    /// May be left out: every link.
    LinksOrAll,
    Latency,
    Rate,
}

/// The arguments of a fault of any kind; those that its kind does not have are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaultArguments<'a> {
    /// Of a flap exactly one.
    pub processes: Cow<'a, [Rank]>,
    pub group: Option<GroupId>,
    pub span: Option<Duration>,
    pub down: Option<Duration>,
    pub up: Option<Duration>,
    pub until: Option<Time>,
    pub sides: Cow<'a, [Vec<Rank>]>,
    pub links: Option<Cow<'a, Links>>,
    pub latency: Option<Latency>,
    pub rate: Option<Rate>,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimelineEntry {
    /// `at T …`, or `every T from T [until T] …`
    Fault { when: FaultTime, fault: Fault },
    /// `at T flap N down T up T [until T]`: a crash at the start of each round, a recovery `down` later. No
    /// crash at or after `until`; a due recovery still happens.
    Flap { at: Time, process: Rank, down: Duration, up: Duration, until: Option<Time> },
}

/// When a fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultTime {
    At(Time),
    /// First at `from`, then every `every`, but not at or after `until`; without `until`, to the end of the
    /// run.
    Every {
        every: Duration,
        from: Time,
        until: Option<Time>,
    },
}

/// A fault of processes or links. The processes of a list are affected one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    Crash(Vec<Rank>),
    Recover(Vec<Rank>),
    /// The processes suspect their leader; without a group, in all their groups.
    Suspect {
        processes: Vec<Rank>,
        group: Option<GroupId>,
    },
    /// The processes are alive but frozen, as in a long garbage collection.
    Pause {
        processes: Vec<Rank>,
        span: Duration,
    },
    /// Ends a pause early.
    Resume(Vec<Rank>),
    /// Two or more sides; every link between two of them is cut. A process on no side keeps its links.
    Partition(Vec<Vec<Rank>>),
    Cut(Links),
    /// Heals these links, or everything.
    Heal(Option<Links>),
    /// Changes the latency of links, or the default of all links. Messages in flight keep their arrival.
    Latency {
        links: Option<Links>,
        latency: Latency,
    },
    Loss {
        links: Option<Links>,
        rate: Rate,
    },
}

impl FaultTime {
    pub const fn first(self) -> Time {
        match self {
            Self::At(at) | Self::Every { from: at, .. } => at,
        }
    }
}

impl Fault {
    pub const fn kind(&self) -> FaultKind {
        match self {
            Self::Crash(_) => FaultKind::Crash,
            Self::Recover(_) => FaultKind::Recover,
            Self::Suspect { .. } => FaultKind::Suspect,
            Self::Pause { .. } => FaultKind::Pause,
            Self::Resume(_) => FaultKind::Resume,
            Self::Partition(_) => FaultKind::Partition,
            Self::Cut(_) => FaultKind::Cut,
            Self::Heal(_) => FaultKind::Heal,
            Self::Latency { .. } => FaultKind::Latency,
            Self::Loss { .. } => FaultKind::Loss,
        }
    }

    pub fn arguments(&self) -> FaultArguments<'_> {
        let mut all = FaultArguments::default();
        match self {
            Self::Crash(ranks) | Self::Recover(ranks) | Self::Resume(ranks) => {
                all.processes = ranks.into();
            }
            Self::Suspect { processes, group } => {
                (all.processes, all.group) = (processes.into(), *group);
            }
            Self::Pause { processes, span } => {
                (all.processes, all.span) = (processes.into(), Some(*span));
            }
            Self::Partition(sides) => all.sides = sides.into(),
            Self::Cut(links) => all.links = Some(Cow::Borrowed(links)),
            Self::Heal(links) => all.links = links.as_ref().map(Cow::Borrowed),
            Self::Latency { links, latency } => {
                (all.links, all.latency) = (links.as_ref().map(Cow::Borrowed), Some(*latency));
            }
            Self::Loss { links, rate } => {
                (all.links, all.rate) = (links.as_ref().map(Cow::Borrowed), Some(*rate));
            }
        }
        all
    }

    pub const fn is_cut(&self) -> bool {
        self.kind().is_cut()
    }

    /// The two sides that a partition or a cut separates; `None` of more sides, and of other faults.
    pub fn two_sides(&self) -> Option<[&[Rank]; 2]> {
        if let Self::Cut(links) = self {
            return Some([&links.from, &links.to]);
        }
        let Self::Partition(sides) = self else { return None };
        let [one, other] = &**sides else { return None };
        Some([one, other])
    }
}

impl TimelineEntry {
    pub fn at(at: Time, fault: Fault) -> Self {
        Self::Fault { when: FaultTime::At(at), fault }
    }

    /// The fault of this kind with these arguments. What the kind needs and is empty gets its default;
    /// of the repetition of a flap, which repeats by itself, only the first instant counts.
    pub fn new(when: FaultTime, kind: FaultKind, arguments: FaultArguments<'_>) -> Self {
        let FaultArguments { group, span, latency, rate, .. } = arguments;
        let processes = arguments.processes.into_owned();
        let links = arguments.links.map(Cow::into_owned);
        let fault = match kind {
            FaultKind::Crash => Fault::Crash(processes),
            FaultKind::Recover => Fault::Recover(processes),
            FaultKind::Suspect => Fault::Suspect { processes, group },
            FaultKind::Pause => Fault::Pause { processes, span: span.unwrap_or_default() },
            FaultKind::Resume => Fault::Resume(processes),
            FaultKind::Flap => {
                return Self::Flap {
                    at: when.first(),
                    process: processes.first().copied().unwrap_or(Rank::LOWEST),
                    down: arguments.down.unwrap_or_default(),
                    up: arguments.up.unwrap_or_default(),
                    until: arguments.until,
                };
            }
            FaultKind::Partition => Fault::Partition(arguments.sides.into_owned()),
            FaultKind::Cut => Fault::Cut(links.unwrap_or_default()),
            FaultKind::Heal => Fault::Heal(links),
            FaultKind::Latency => {
                Fault::Latency { links, latency: latency.unwrap_or(Latency::DEFAULT) }
            }
            FaultKind::Loss => Fault::Loss { links, rate: rate.unwrap_or(Rate::NEVER) },
        };
        Self::Fault { when, fault }
    }

    pub const fn when(&self) -> FaultTime {
        match self {
            Self::Fault { when, .. } => *when,
            Self::Flap { at, .. } => FaultTime::At(*at),
        }
    }

    pub const fn kind(&self) -> FaultKind {
        match self {
            Self::Fault { fault, .. } => fault.kind(),
            Self::Flap { .. } => FaultKind::Flap,
        }
    }

    pub fn arguments(&self) -> FaultArguments<'_> {
        match self {
            Self::Fault { fault, .. } => fault.arguments(),
            Self::Flap { process, down, up, until, .. } => FaultArguments {
                processes: vec![*process].into(),
                down: Some(*down),
                up: Some(*up),
                until: *until,
                ..FaultArguments::default()
            },
        }
    }

    /// The same in another group, where its kind has one.
    #[must_use]
    pub fn in_group(&self, group: Option<GroupId>) -> Self {
        Self::new(self.when(), self.kind(), FaultArguments { group, ..self.arguments() })
    }

    /// First instant, period and end of what happens again and again.
    fn repetition(&self) -> Option<(Time, Duration, Option<Time>)> {
        match self {
            Self::Fault { when: FaultTime::At(_), .. } => None,
            Self::Fault { when: FaultTime::Every { every, from, until }, .. } => {
                Some((*from, *every, *until))
            }
            Self::Flap { at, down, up, until, .. } => Some((*at, *down + *up, *until)),
        }
    }

    /// Whether it goes on to the end of the run.
    pub fn is_open(&self) -> bool {
        self.repetition().is_some_and(|(.., until)| until.is_none())
    }

    /// The fault; `None` for a flap, which alternates two faults.
    pub const fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Fault { fault, .. } => Some(fault),
            Self::Flap { .. } => None,
        }
    }

    /// The instant at which it first happens.
    pub const fn first(&self) -> Time {
        self.when().first()
    }

    /// The last instant that it names or causes; the first one if it repeats without an end.
    pub(super) fn last(&self) -> Time {
        let last = self
            .repetition()
            .map_or(self.first(), |(from, every, until)| last_round(from, every, until));
        let FaultArguments { span, down, .. } = self.arguments();
        last + span.or(down).unwrap_or_default()
    }

    /// The number of its faults in a run that ends at `end`.
    pub(super) fn rounds(&self, end: Time) -> u64 {
        let Some((from, every, until)) = self.repetition() else { return 1 };
        let (stop, included) = stop(until, end);
        if from > stop || (from == stop && !included) || every == Duration::ZERO {
            return 0;
        }
        let span = stop.since(from).as_us();
        let last = if included { span } else { span - 1 };
        let per_round = if self.kind().repeats() { 2 } else { 1 };
        (last / every.as_us() + 1) * per_round
    }
}

/// A fault at an instant, after `flap` and `every` are expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduledFault {
    pub at: Time,
    /// The index of its timeline entry.
    pub entry: usize,
    /// Shared by all rounds of its entry, since a partition of many sides may be large and repeat often.
    pub fault: Arc<Fault>,
}

/// The expanded timeline, ordered by instant, then by line.
pub(super) fn scheduled_faults(timeline: &[TimelineEntry], end: Time) -> Vec<ScheduledFault> {
    let mut all = Vec::new();
    for (index, entry) in timeline.iter().enumerate() {
        let mut schedule = |at, fault: &Arc<Fault>| {
            all.push(ScheduledFault { at, entry: index, fault: Arc::clone(fault) });
        };
        let instants: Vec<Time> = match entry.repetition() {
            Some((from, every, until)) => rounds(from, every, until, end).collect(),
            None => vec![entry.first()],
        };
        match entry {
            TimelineEntry::Fault { fault, .. } => {
                let fault = Arc::new(fault.clone());
                instants.into_iter().for_each(|at| schedule(at, &fault));
            }
            TimelineEntry::Flap { process, down, .. } => {
                let crash = Arc::new(Fault::Crash(vec![*process]));
                let recover = Arc::new(Fault::Recover(vec![*process]));
                for round in instants {
                    schedule(round, &crash);
                    schedule(round + *down, &recover);
                }
            }
        }
    }
    sort::sort_by_key(&mut all, |scheduled: &ScheduledFault| scheduled.at);
    all
}

/// The instants of a repetition, no more than a valid scenario has.
fn rounds(
    from: Time,
    every: Duration,
    until: Option<Time>,
    end: Time,
) -> impl Iterator<Item = Time> {
    let (stop, included) = stop(until, end);
    std::iter::successors(Some(from), move |&at| Some(at + every))
        .take_while(move |&at| at < stop || (included && at == stop))
        .take(limits::MOST_TIMELINE_ENTRIES)
}

/// The end of a repetition, and whether that instant is included: `until` is not, the end of the run is.
fn stop(until: Option<Time>, end: Time) -> (Time, bool) {
    match until {
        Some(until) if until <= end => (until, false),
        _ => (end, true),
    }
}

/// The last round of a repetition with an end; the first of one without.
fn last_round(from: Time, every: Duration, until: Option<Time>) -> Time {
    match until {
        Some(until) if until > from && every > Duration::ZERO => {
            let rounds = (until.since(from).as_us() - 1) / every.as_us();
            from + Duration::us(rounds * every.as_us())
        }
        _ => from,
    }
}
