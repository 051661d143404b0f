//! The algorithms, in one table: names, help, options and what others may ask of each. Keywords, parser,
//! forms, comparison, addresses, hints and the inspector are made from it.

use super::{CandidateRules, RaftRules, vrrp};
use crate::time::Duration;
use crate::types::{MessageKind, Rank};
use std::fmt;

/// Which algorithm a scenario runs, with its options.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// The process that suspects the leader asks every higher rank.
    #[default]
    Bully,
    /// A process that is asked holds an election of its own too.
    BullyTextbook,
    /// A leader names its successors.
    NextInLine(Succession),
    /// Only the processes of a list can lead.
    Candidates(CandidateRules),
    /// An election travels round the ring of processes.
    Ring,
    /// Groups with a leader each merge.
    Invitation,
    /// A majority of votes elects.
    Raft(RaftRules),
    /// A backup that hears no heartbeat leads.
    Vrrp,
}

/// Whom a new leader names as its alternates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Succession {
    /// So many of the highest ranks other than itself and the leader it replaced.
    Highest(u8),
    /// This list without itself.
    List(Vec<Rank>),
}

/// An option of an algorithm: the word before its value in the script, and the value.
#[derive(Debug)]
pub struct AlgorithmOption<'a> {
    /// The word in the script.
    pub word: &'static str,
    /// To be read or set.
    pub value: AlgorithmOptionValue<'a>,
}

/// The value of an option, in the algorithm that has it.
#[derive(Debug)]
pub enum AlgorithmOptionValue<'a> {
    /// The successors that a new leader names.
    Succession(&'a mut Succession),
    /// The candidates, right behind the algorithm's name.
    Candidates(&'a mut Vec<Rank>),
    /// How long a process holds back for each one above it.
    Delay(&'a mut Duration),
    /// A word that is written where it holds.
    Flag(&'a mut bool),
}

/// What the table says of an algorithm.
#[derive(Debug)]
pub struct AlgorithmRow {
    /// As script, JSON, addresses and the report write it.
    pub name: &'static str,
    /// As a sentence says it.
    pub title: &'static str,
    /// One sentence.
    pub help: &'static str,
    /// The whole form in the script.
    pub form: &'static str,
    /// A line of a script.
    pub example: &'static str,
    /// What a scenario is compared with at first.
    pub compared_with: AlgorithmKind,
    /// What its processes send in every election, in the order of the legend; without heartbeats.
    pub messages: &'static [MessageKind],
    /// A process asks only processes of a higher rank.
    pub asks_upwards: bool,
    /// A process that boots elects by itself; otherwise it waits for a suspicion.
    pub elects_at_boot: bool,
    /// A leader that is asked holds an election, and sends no heartbeat meanwhile.
    pub leader_elects_when_asked: bool,
    /// Messages carry the term of a leadership and the leader's alternates.
    pub has_terms: bool,
    /// It elects nobody without a heartbeat detector.
    pub needs_heartbeat: bool,
    /// Ranks are priorities from 1 to 255.
    pub ranks_are_priorities: bool,
    /// Why `preempt` has no meaning for it, if it has none.
    pub no_preemption: Option<&'static str>,
    /// Why `quorum` is not possible with it, if it is not.
    pub no_quorum: Option<&'static str>,
    /// Some of its state survives a crash.
    pub has_durable_state: bool,
    /// A process waits for `Alive` and `Elected`.
    pub waits_for_answers: bool,
    /// It handles the timer `heartbeat` itself; otherwise a member that hears nothing suspects its leader.
    pub times_out_itself: bool,
}

/// Declares each algorithm once.
macro_rules! algorithms {
    ($($(#[doc = $help:literal])+ $kind:ident { $($row:tt)* })+) => {
        /// An algorithm without its options.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum AlgorithmKind { $($(#[doc = $help])+ $kind),+ }

        impl AlgorithmKind {
            /// In the order in which lists show them.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// What the table says of it.
            pub const fn row(self) -> &'static AlgorithmRow {
                match self {
                    $(Self::$kind => &AlgorithmRow {
                        help: const { concat!($($help),+).trim_ascii() },
                        $($row)*
                    }),+
                }
            }
        }
    };
}

algorithms! {
    /// The process that suspects the leader polls all higher ranks and hands the lead to the highest that answers.
    Bully {
        name: "bully",
        title: "Bully",
        form: "bully",
        example: "algorithm bully",
        compared_with: AlgorithmKind::NextInLine,
        messages: &[MessageKind::Election, MessageKind::Alive, MessageKind::Proceed, MessageKind::Elected],
        asks_upwards: true,
        elects_at_boot: true,
        leader_elects_when_asked: false,
        has_terms: false,
        needs_heartbeat: false,
        ranks_are_priorities: false,
        no_preemption: None,
        no_quorum: None,
        has_durable_state: false,
        waits_for_answers: true,
        times_out_itself: false,
    }
    /// A process that is asked also starts an election of its own.
    BullyTextbook {
        name: "bully-textbook",
        title: "Textbook bully",
        form: "bully-textbook",
        example: "algorithm bully-textbook",
        compared_with: AlgorithmKind::Bully,
        messages: &[MessageKind::Election, MessageKind::Alive, MessageKind::Elected],
        asks_upwards: true,
        elects_at_boot: true,
        leader_elects_when_asked: true,
        has_terms: false,
        needs_heartbeat: false,
        ranks_are_priorities: false,
        no_preemption: None,
        no_quorum: None,
        has_durable_state: false,
        waits_for_answers: true,
        times_out_itself: false,
    }
    /// Each leader names its successors; the process that suspects it asks them in order.
    NextInLine {
        name: "next-in-line",
        title: "Next in line",
        form: "next-in-line [alternates N | alternates list N…]",
        example: "algorithm next-in-line alternates list 5 4",
        compared_with: AlgorithmKind::Bully,
        messages: &[MessageKind::Election, MessageKind::Alive, MessageKind::Elected],
        asks_upwards: false,
        elects_at_boot: false,
        leader_elects_when_asked: false,
        has_terms: true,
        needs_heartbeat: false,
        ranks_are_priorities: false,
        no_preemption: Some("it never preempts"),
        no_quorum: None,
        has_durable_state: false,
        waits_for_answers: true,
        times_out_itself: false,
    }
    /// Only the processes of a list can lead; the process that suspects the leader asks them.
    Candidates {
        name: "candidates",
        title: "Candidates",
        form: "candidates N… [delay T]",
        example: "algorithm candidates 6 5 4 delay 80ms",
        compared_with: AlgorithmKind::Bully,
        messages: &[MessageKind::Election, MessageKind::Alive, MessageKind::Elected],
        asks_upwards: false,
        elects_at_boot: false,
        leader_elects_when_asked: false,
        has_terms: false,
        needs_heartbeat: false,
        ranks_are_priorities: false,
        no_preemption: Some("it never preempts"),
        no_quorum: None,
        has_durable_state: false,
        waits_for_answers: true,
        times_out_itself: false,
    }
    /// An election travels round the ring of processes and collects who is alive.
    Ring {
        name: "ring",
        title: "Ring",
        form: "ring",
        example: "algorithm ring",
        compared_with: AlgorithmKind::Bully,
        messages: &[MessageKind::Election, MessageKind::Alive, MessageKind::Elected],
        asks_upwards: false,
        elects_at_boot: true,
        leader_elects_when_asked: false,
        has_terms: false,
        needs_heartbeat: false,
        ranks_are_priorities: false,
        no_preemption: Some("a process that boots starts an election"),
        no_quorum: None,
        has_durable_state: false,
        waits_for_answers: true,
        times_out_itself: false,
    }
    /// Groups with a leader each merge when their leaders hear of each other.
    Invitation {
        name: "invitation",
        title: "Invitation",
        form: "invitation",
        example: "algorithm invitation",
        compared_with: AlgorithmKind::Bully,
        messages: &[MessageKind::Invitation, MessageKind::Accept],
        asks_upwards: false,
        elects_at_boot: false,
        leader_elects_when_asked: false,
        has_terms: false,
        needs_heartbeat: true,
        ranks_are_priorities: false,
        no_preemption: Some("it never preempts"),
        no_quorum: Some("groups with a leader each are its resting state"),
        has_durable_state: false,
        waits_for_answers: false,
        times_out_itself: false,
    }
    /// A process that hears no leader asks for votes; a majority of one term elects it.
    Raft {
        name: "raft",
        title: "Raft",
        form: "raft [pre-vote] [check-quorum]",
        example: "algorithm raft pre-vote check-quorum",
        compared_with: AlgorithmKind::Bully,
        messages: &[MessageKind::VoteRequest, MessageKind::Vote],
        asks_upwards: false,
        elects_at_boot: false,
        leader_elects_when_asked: false,
        has_terms: false,
        needs_heartbeat: true,
        ranks_are_priorities: false,
        no_preemption: Some("rank decides nothing"),
        no_quorum: Some("a majority of votes elects; `check-quorum` is its lease"),
        has_durable_state: true,
        waits_for_answers: false,
        times_out_itself: true,
    }
    /// A backup that hears no heartbeat for its timeout leads; the higher the rank, the shorter the timeout.
    Vrrp {
        name: "vrrp",
        title: "VRRP",
        form: "vrrp",
        example: "algorithm vrrp",
        compared_with: AlgorithmKind::Bully,
        messages: &[],
        asks_upwards: false,
        elects_at_boot: false,
        leader_elects_when_asked: false,
        has_terms: false,
        needs_heartbeat: true,
        ranks_are_priorities: true,
        no_preemption: None,
        no_quorum: Some("nobody answers a heartbeat"),
        has_durable_state: false,
        waits_for_answers: false,
        times_out_itself: false,
    }
}

impl AlgorithmKind {
    /// The algorithm of this name in the script.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.row().name == name)
    }

    /// The algorithm with the default of each option.
    pub fn with_defaults(self) -> Algorithm {
        match self {
            Self::Bully => Algorithm::Bully,
            Self::BullyTextbook => Algorithm::BullyTextbook,
            Self::NextInLine => Algorithm::NextInLine(Succession::default()),
            Self::Candidates => Algorithm::Candidates(CandidateRules::default()),
            Self::Ring => Algorithm::Ring,
            Self::Invitation => Algorithm::Invitation,
            Self::Raft => Algorithm::Raft(RaftRules::default()),
            Self::Vrrp => Algorithm::Vrrp,
        }
    }
}

impl Algorithm {
    /// Without its options.
    pub const fn kind(&self) -> AlgorithmKind {
        match self {
            Self::Bully => AlgorithmKind::Bully,
            Self::BullyTextbook => AlgorithmKind::BullyTextbook,
            Self::NextInLine(_) => AlgorithmKind::NextInLine,
            Self::Candidates(_) => AlgorithmKind::Candidates,
            Self::Ring => AlgorithmKind::Ring,
            Self::Invitation => AlgorithmKind::Invitation,
            Self::Raft(_) => AlgorithmKind::Raft,
            Self::Vrrp => AlgorithmKind::Vrrp,
        }
    }

    /// What the table says of it.
    pub const fn row(&self) -> &'static AlgorithmRow {
        self.kind().row()
    }

    /// As a sentence says it.
    pub const fn title(&self) -> &'static str {
        self.row().title
    }

    /// As the script and the report write it.
    pub const fn name(&self) -> &'static str {
        self.row().name
    }

    /// What its processes send in elections, in the order of the legend; without heartbeats.
    pub fn messages(&self) -> Vec<MessageKind> {
        let mut kinds = self.row().messages.to_vec();
        if self.raft().pre_vote {
            kinds.extend([MessageKind::PreVoteRequest, MessageKind::PreVote]);
        }
        kinds
    }

    /// The options in the order of the script, to be read (in a copy) or set.
    pub fn options(&mut self) -> Vec<AlgorithmOption<'_>> {
        let option = |word, value| AlgorithmOption { word, value };
        match self {
            Self::Bully | Self::BullyTextbook | Self::Ring | Self::Invitation | Self::Vrrp => {
                Vec::new()
            }
            Self::NextInLine(succession) => {
                vec![option("alternates", AlgorithmOptionValue::Succession(succession))]
            }
            Self::Candidates(CandidateRules { ranks, delay }) => vec![
                option("", AlgorithmOptionValue::Candidates(ranks)),
                option("delay", AlgorithmOptionValue::Delay(delay)),
            ],
            Self::Raft(RaftRules { pre_vote, check_quorum }) => vec![
                option("pre-vote", AlgorithmOptionValue::Flag(pre_vote)),
                option("check-quorum", AlgorithmOptionValue::Flag(check_quorum)),
            ],
        }
    }

    /// The processes that a new leader names as its successors; none where the algorithm names none.
    pub const fn succession(&self) -> &Succession {
        const NOBODY: &Succession = &Succession::Highest(0);
        match self {
            Self::NextInLine(succession) => succession,
            Self::Bully
            | Self::BullyTextbook
            | Self::Candidates(_)
            | Self::Ring
            | Self::Invitation
            | Self::Raft(_)
            | Self::Vrrp => NOBODY,
        }
    }

    /// The candidates and their delay; none where the algorithm has none.
    pub const fn candidates(&self) -> &CandidateRules {
        const NONE: &CandidateRules =
            &CandidateRules { ranks: Vec::new(), delay: CandidateRules::DELAY };
        match self {
            Self::Candidates(rules) => rules,
            Self::Bully
            | Self::BullyTextbook
            | Self::NextInLine(_)
            | Self::Ring
            | Self::Invitation
            | Self::Raft(_)
            | Self::Vrrp => NONE,
        }
    }

    /// The additions to raft; none where the algorithm is another.
    pub const fn raft(&self) -> RaftRules {
        match self {
            Self::Raft(rules) => *rules,
            Self::Bully
            | Self::BullyTextbook
            | Self::NextInLine(_)
            | Self::Candidates(_)
            | Self::Ring
            | Self::Invitation
            | Self::Vrrp => RaftRules { pre_vote: false, check_quorum: false },
        }
    }

    /// From and up to how long a process of a rank waits for a heartbeat, both included.
    pub fn heartbeat_timeout(
        &self,
        every: Duration,
        timeout: Duration,
        rank: Rank,
    ) -> (Duration, Duration) {
        match self {
            Self::Raft(_) => (timeout, timeout + timeout),
            Self::Vrrp => {
                let wait = timeout + vrrp::skew(every, rank);
                (wait, wait)
            }
            Self::Bully
            | Self::BullyTextbook
            | Self::NextInLine(_)
            | Self::Candidates(_)
            | Self::Ring
            | Self::Invitation => (timeout, timeout),
        }
    }

    /// The same with other alternates, where it has any.
    #[must_use]
    pub fn with_succession(&self, succession: &Succession) -> Self {
        let mut next = self.clone();
        for option in next.options() {
            match option.value {
                AlgorithmOptionValue::Succession(value) => value.clone_from(succession),
                AlgorithmOptionValue::Candidates(_)
                | AlgorithmOptionValue::Delay(_)
                | AlgorithmOptionValue::Flag(_) => {}
            }
        }
        next
    }
}

impl Default for Succession {
    /// As in a script that says nothing of alternates.
    fn default() -> Self {
        Self::Highest(2)
    }
}

/// As the script writes it, behind `algorithm`.
impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        for AlgorithmOption { word, value } in self.clone().options() {
            match value {
                AlgorithmOptionValue::Flag(true) => write!(f, " {word}")?,
                AlgorithmOptionValue::Flag(false) => {}
                AlgorithmOptionValue::Candidates(ranks) => {
                    ranks.iter().try_for_each(|rank| write!(f, " {rank}"))?;
                }
                AlgorithmOptionValue::Delay(&mut CandidateRules::DELAY) => {}
                AlgorithmOptionValue::Delay(_) | AlgorithmOptionValue::Succession(_) => {
                    write!(f, " {word} {value}")?;
                }
            }
        }
        Ok(())
    }
}

/// As the script writes it.
impl fmt::Display for AlgorithmOptionValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Succession(Succession::Highest(count)) => count.fmt(f),
            // Nobody at all reads better as a count, but it is another value.
            Self::Succession(Succession::List(list)) => {
                f.write_str("list")?;
                list.iter().try_for_each(|rank| write!(f, " {rank}"))
            }
            Self::Candidates(ranks) => {
                let words: Vec<String> = ranks.iter().map(Rank::to_string).collect();
                f.write_str(&words.join(" "))
            }
            Self::Delay(delay) => delay.fmt(f),
            Self::Flag(is_on) => f.write_str(if **is_on { "on" } else { "off" }),
        }
    }
}
