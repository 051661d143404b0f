//! Expectations: what a scenario claims of its run, which makes it executable documentation. All conditions
//! are in one table; the script's words, parser and formatter, the form of the page and the reference page
//! are made from it.

use super::{AddedFaults, Rate, ScenarioParts};
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank};
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Without a group, the condition must hold in each group.
    pub group: Option<GroupId>,
    pub condition: Condition,
    /// One of those that the condition can have.
    pub time: ConditionTime,
    /// In which runs.
    pub runs: ExpectedRuns,
}

/// The runs of a scenario that an expectation is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExpectedRuns {
    /// The run with its seed.
    #[default]
    This,
    /// That run, and each run with these faults added.
    WithFaults(AddedFaults),
    /// At least this share of the runs with other seeds; more than nothing.
    InSeeds(Rate),
}

impl Expectation {
    /// The same of one run.
    pub const fn of_one_run(&self) -> Self {
        Self { runs: ExpectedRuns::This, ..*self }
    }

    /// Whether a run that does not meet the condition decides it.
    pub const fn one_run_can_fail(&self) -> bool {
        match self.runs {
            ExpectedRuns::This | ExpectedRuns::WithFaults(_) => true,
            ExpectedRuns::InSeeds(_) => false,
        }
    }

    /// Whether it must hold in this group.
    pub fn is_about(&self, group: GroupId) -> bool {
        self.group.is_none_or(|id| id == group)
    }
}

impl ScenarioParts {
    /// The expectations that are about runs with added faults, each by its index, with these faults.
    pub fn always_expectations(&self) -> impl Iterator<Item = (usize, &Expectation, AddedFaults)> {
        let expectations = self.expectations.iter().enumerate();
        expectations.filter_map(|(index, expectation)| match expectation.runs {
            ExpectedRuns::WithFaults(added) => Some((index, expectation, added)),
            ExpectedRuns::This | ExpectedRuns::InSeeds(_) => None,
        })
    }

    /// The expectations that are about a share of seeds, each by its index, with that share.
    pub fn seed_expectations(&self) -> impl Iterator<Item = (usize, Rate)> {
        let expectations = self.expectations.iter().enumerate();
        expectations.filter_map(|(index, expectation)| match expectation.runs {
            ExpectedRuns::InSeeds(share) => Some((index, share)),
            ExpectedRuns::This | ExpectedRuns::WithFaults(_) => None,
        })
    }
}

/// Declares each condition once: its fields, its help, and the rest of its row.
macro_rules! conditions {
    ($($(#[doc = $help:literal])+ $kind:ident { $($field:ident: $name:ident($type:ty)),* } { $($row:tt)* })+) => {
        /// What is expected of a run.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Condition { $($(#[doc = $help])+ $kind { $($field: $type),* }),+ }

        /// The kinds of conditions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ConditionKind { $($(#[doc = $help])+ $kind),+ }

        impl ConditionKind {
            /// In the order of the reference page and of the form.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// What the table says of it.
            pub const fn row(self) -> &'static ConditionRow {
                match self {
                    $(Self::$kind => &ConditionRow {
                        fields: &[$(ConditionField::$name),*],
                        help: concat!($($help),+),
                        $($row)*
                    }),+
                }
            }

            /// The condition of this kind with those of the values that it has.
            pub const fn with(self, values: &ConditionValues) -> Condition {
                match self { $(Self::$kind => Condition::$kind { $($field: values.$field),* }),+ }
            }
        }

        impl Condition {
            pub const fn kind(&self) -> ConditionKind {
                match self { $(Self::$kind { .. } => ConditionKind::$kind),+ }
            }

            /// Its values; a field that it does not have is as by default.
            pub const fn values(&self) -> ConditionValues {
                match *self {
                    $(Self::$kind { $($field),* } => ConditionValues { $($field,)* ..ConditionValues::DEFAULT }),+
                }
            }
        }
    };
}

conditions! {
    /// Exactly this process leads, or nobody.
    Leader { leader: Leader(Option<Rank>) } {
        word: "leader", form: "expect leader N | none [TIME]", example: "expect leader 5 by 500ms",
        label: "One process leads, or nobody", times: ConditionTimes::AtEnd,
    }
    /// The first process believes that the second one leads, whether or not it does. A paused process
    /// believes what it did, a crashed one nothing.
    Follows { process: Process(Rank), followed: Followed(Rank) } {
        word: "follows", form: "expect N follows N [TIME]", example: "expect 1 follows 5 at 1s",
        label: "A process follows another", times: ConditionTimes::AtEnd,
    }
    /// This process leads; others may lead too.
    Leads { process: Process(Rank) } {
        word: "leads", form: "expect N leads [TIME]", example: "expect 2 leads from 0s to 1s",
        label: "A process leads, others may too", times: ConditionTimes::AtEnd,
    }
    /// Every running process believes the same running process, which leads.
    Agreement {} {
        word: "agreement", form: "expect agreement [TIME]", example: "expect agreement by 1s",
        label: "All agree on the leader", times: ConditionTimes::AtEnd,
    }
    /// There are never two leaders.
    NoSplitBrain {} {
        word: "no split brain", form: "expect no split brain [TIME]", example: "expect no split brain",
        label: "No split brain", times: ConditionTimes::WholeRun,
    }
    /// There are two leaders or more: at some instant of the whole run, of `from T to T` or of `after T`,
    /// at the instant of `at T`, or all the time from `by T` on.
    SplitBrain {} {
        word: "split brain", form: "expect split brain [TIME]", example: "expect split brain after 1s",
        label: "A split brain", times: ConditionTimes::WholeRun,
    }
    /// So many messages are sent, of one kind or of all.
    Messages { message: Message(Option<MessageKind>), compare: Compare(Comparison), count: Count(u64) } {
        word: "messages", form: "expect messages [KIND] = | <= | >= N [after T]",
        example: "expect messages Election = 3",
        label: "So many messages", times: ConditionTimes::FromThen,
    }
    /// So many elections are started, one by each member that does.
    Elections { compare: Compare(Comparison), count: Count(u64) } {
        word: "elections", form: "expect elections = | <= | >= N", example: "expect elections <= 1",
        label: "So many elections", times: ConditionTimes::Never,
    }
    /// The leader changes so often: each time that a process begins to lead that did not lead when
    /// somebody last led.
    Changes { compare: Compare(Comparison), count: Count(u64) } {
        word: "changes", form: "expect changes = | <= | >= N", example: "expect changes = 1",
        label: "So many changes of leader", times: ConditionTimes::Never,
    }
    /// The leader changes no more often than this while the one before neither crashed nor paused.
    UnprovokedChanges { count: Count(u64) } {
        word: "unprovoked changes <=", form: "expect unprovoked changes <= N",
        example: "expect unprovoked changes <= 0",
        label: "No more unprovoked changes than", times: ConditionTimes::Never,
    }
    /// Nobody leads for no longer than this, in total.
    LeaderlessTotal { span: Span(Duration) } {
        word: "leaderless <=", form: "expect leaderless <= T", example: "expect leaderless <= 300ms",
        label: "No leader for no longer than", times: ConditionTimes::Never,
    }
    /// Two or more lead for no longer than this, in total.
    SplitBrainTotal { span: Span(Duration) } {
        word: "split brain <=", form: "expect split brain <= T", example: "expect split brain <= 200ms",
        label: "A split brain for no longer than", times: ConditionTimes::Never,
    }
    /// Nobody leads for no longer than this at a time.
    LongestLeaderless { span: Span(Duration) } {
        word: "longest leaderless <=", form: "expect longest leaderless <= T",
        example: "expect longest leaderless <= 300ms",
        label: "No leader at a time for no longer than", times: ConditionTimes::Never,
    }
    /// Two or more processes, the same ones or not, lead for at most this long at a time.
    LongestSplitBrain { span: Span(Duration) } {
        word: "longest split brain <=", form: "expect longest split brain <= T",
        example: "expect longest split brain <= 200ms",
        label: "A split brain at a time for no longer than", times: ConditionTimes::Never,
    }
}

/// What the table says of a condition.
#[derive(Debug)]
pub struct ConditionRow {
    /// The words that name it in the script, with a blank between them. The process that it is about
    /// stands before them, every other field behind.
    pub word: &'static str,
    /// The whole line; `TIME` is one of `TimeForm`.
    pub form: &'static str,
    pub example: &'static str,
    /// As the form of the page lists it.
    pub label: &'static str,
    pub times: ConditionTimes,
    /// In the order of the script.
    pub fields: &'static [ConditionField],
    help: &'static str,
}

impl ConditionRow {
    /// One or two sentences.
    pub const fn help(&self) -> &'static str {
        self.help.trim_ascii()
    }

    /// Whether a process stands before the words.
    pub fn has_subject(&self) -> bool {
        self.fields.contains(&ConditionField::Process)
    }
}

/// The fields that conditions have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionField {
    /// The process that it is about.
    Process,
    /// A process, or nobody.
    Leader,
    Followed,
    /// A kind of message, or all.
    Message,
    Compare,
    Count,
    Span,
}

/// A value for every field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConditionValues {
    pub process: Rank,
    pub leader: Option<Rank>,
    pub followed: Rank,
    pub message: Option<MessageKind>,
    pub compare: Comparison,
    pub count: u64,
    pub span: Duration,
}

impl ConditionValues {
    pub const DEFAULT: Self = {
        let Some(process) = Rank::new(1) else { panic!("1 is a rank") };
        Self {
            process,
            leader: None,
            followed: process,
            message: None,
            compare: Comparison::AtMost,
            count: 0,
            span: Duration::ZERO,
        }
    };
}

impl Condition {
    /// The processes that it names.
    pub fn ranks(&self) -> Vec<Rank> {
        let values = self.values();
        let ranks = self.kind().row().fields.iter().filter_map(|field| match field {
            ConditionField::Process => Some(values.process),
            ConditionField::Leader => values.leader,
            ConditionField::Followed => Some(values.followed),
            ConditionField::Message
            | ConditionField::Compare
            | ConditionField::Count
            | ConditionField::Span => None,
        });
        ranks.collect()
    }
}

/// As the script writes it, without its time.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (values, row) = (self.values(), self.kind().row());
        if row.has_subject() {
            write!(f, "{} ", values.process)?;
        }
        f.write_str(row.word)?;
        for field in row.fields {
            match field {
                ConditionField::Process => {}
                ConditionField::Leader => match values.leader {
                    Some(leader) => write!(f, " {leader}")?,
                    None => f.write_str(" none")?,
                },
                ConditionField::Followed => write!(f, " {}", values.followed)?,
                ConditionField::Message => {
                    values.message.map_or(Ok(()), |kind| write!(f, " {kind}"))?;
                }
                ConditionField::Compare => write!(f, " {}", values.compare.sign())?,
                ConditionField::Count => write!(f, " {}", values.count)?,
                ConditionField::Span => write!(f, " {}", values.span)?,
            }
        }
        Ok(())
    }
}

/// Which times a condition can have, and what it is about without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionTimes {
    /// Every form; without one, the state at the end of the run.
    AtEnd,
    /// Every form; without one, the whole run.
    WholeRun,
    /// `after T` alone: what happens from then on.
    FromThen,
    /// It is always about the whole run.
    Never,
}

impl ConditionTimes {
    pub const fn forms(self) -> &'static [TimeForm] {
        match self {
            Self::AtEnd | Self::WholeRun => TimeForm::ALL,
            Self::FromThen => &[TimeForm::After],
            Self::Never => &[],
        }
    }
}

/// The ways to write when a condition must be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeForm {
    At,
    By,
    From,
    After,
}

impl TimeForm {
    pub const ALL: &[Self] = &[Self::At, Self::By, Self::From, Self::After];

    /// The word of the script.
    pub const fn word(self) -> &'static str {
        match self {
            Self::At => "at",
            Self::By => "by",
            Self::From => "from",
            Self::After => "after",
        }
    }

    /// `second` is the end of `from T to T`; the others have one instant.
    pub const fn with(self, first: Time, second: Time) -> ConditionTime {
        match self {
            Self::At => ConditionTime::At(first),
            Self::By => ConditionTime::By(first),
            Self::From => ConditionTime::From { from: first, to: second },
            Self::After => ConditionTime::After(first),
        }
    }
}

/// When a condition must be true. The state at an instant is the one after all that happens at it, and
/// lasts until just before the next change. Over a stretch of time a split brain must be true at some
/// instant, every other condition all the time; there only states count that last. At an instant, at the
/// end and by an instant, the state at the very end of the run counts too, though it does not last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConditionTime {
    /// As `ConditionTimes` says.
    #[default]
    Unstated,
    /// In the state at this instant.
    At(Time),
    /// In every state from some instant on that is no later than this one.
    By(Time),
    /// In the states from the first instant until just before the second one, which is later.
    From { from: Time, to: Time },
    /// In the states from this instant on. At the end of the run, that is the state there.
    After(Time),
}

impl ConditionTime {
    pub const fn form(self) -> Option<TimeForm> {
        match self {
            Self::Unstated => None,
            Self::At(_) => Some(TimeForm::At),
            Self::By(_) => Some(TimeForm::By),
            Self::From { .. } => Some(TimeForm::From),
            Self::After(_) => Some(TimeForm::After),
        }
    }

    /// Its last instant; without one, the start.
    pub const fn last(self) -> Time {
        match self {
            Self::Unstated => Time::ZERO,
            Self::At(at) | Self::By(at) | Self::After(at) | Self::From { to: at, .. } => at,
        }
    }
}

/// As the script writes it behind the condition, with a blank before it.
impl fmt::Display for ConditionTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.form()) {
            (Self::From { from, to }, _) => write!(f, " from {from} to {to}"),
            (_, Some(form)) => write!(f, " {} {}", form.word(), self.last()),
            (_, None) => Ok(()),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Exactly,
    AtMost,
    AtLeast,
}

impl Comparison {
    pub const ALL: [Self; 3] = [Self::Exactly, Self::AtMost, Self::AtLeast];

    /// As the script writes it.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Exactly => "=",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
        }
    }

    pub const fn holds(self, found: u64, count: u64) -> bool {
        match self {
            Self::Exactly => found == count,
            Self::AtMost => found <= count,
            Self::AtLeast => found >= count,
        }
    }
}
