//! Types that all modules share: ranks, groups, the kinds of messages and of timers, roles.

use std::fmt;
use std::num::NonZeroU16;

/// A process's unique rank, 1 to 65,535; the higher wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank(NonZeroU16);

impl Rank {
    /// The lowest rank, 1.
    pub const LOWEST: Self = Self(NonZeroU16::MIN);

    /// Nothing for 0, which is no rank.
    pub const fn new(rank: u16) -> Option<Self> {
        match NonZeroU16::new(rank) {
            Some(rank) => Some(Self(rank)),
            None => None,
        }
    }

    /// As a number, 1 to 65,535.
    pub const fn get(self) -> u16 {
        self.0.get()
    }
}

impl fmt::Display for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A group by its place in the scenario, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub u8);

impl GroupId {
    /// The only group of a scenario without `group` lines.
    pub const MAIN: Self = Self(0);

    /// As an index into the groups of a scenario.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a message says. Which of its fields an algorithm adds is in `election::Message`.
///
/// A new kind goes last: chance, digest and so every old link depend on its number (`ChoiceId::canonical`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageKind {
    /// Asks whether the receiver runs; in next-in-line it also asks the receiver to take the lead.
    Election,
    /// "I am." The answer to `Election`.
    Alive,
    /// Tells the highest rank that answered to take the lead.
    Proceed,
    /// Announces that the sender leads.
    Elected,
    /// Shows that the leader still runs.
    Heartbeat,
    /// "I have heard you": of a quorum, and of raft.
    Ack,
    /// "Vote for me in this term." (raft)
    VoteRequest,
    /// The answer to `VoteRequest`.
    Vote,
    /// "Would you vote for me in the next term?" (raft)
    PreVoteRequest,
    /// The answer to `PreVoteRequest`.
    PreVote,
    /// "Join the group of this leader." (invitation)
    Invitation,
    /// "I join." (invitation)
    Accept,
}

impl MessageKind {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 12] = [
        Self::Election,
        Self::Alive,
        Self::Proceed,
        Self::Elected,
        Self::Heartbeat,
        Self::Ack,
        Self::VoteRequest,
        Self::Vote,
        Self::PreVoteRequest,
        Self::PreVote,
        Self::Invitation,
        Self::Accept,
    ];

    /// Whether it comes and goes all the time: what a reader skips first.
    pub const fn is_routine(self) -> bool {
        matches!(self, Self::Heartbeat | Self::Ack)
    }

    /// As the script, a sentence and the legend write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Election => "Election",
            Self::Alive => "Alive",
            Self::Proceed => "Proceed",
            Self::Elected => "Elected",
            Self::Heartbeat => "Heartbeat",
            Self::Ack => "Ack",
            Self::VoteRequest => "VoteRequest",
            Self::Vote => "Vote",
            Self::PreVoteRequest => "PreVoteRequest",
            Self::PreVote => "PreVote",
            Self::Invitation => "Invitation",
            Self::Accept => "Accept",
        }
    }
}

impl fmt::Display for MessageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a timer waits for; a member has at most one of each.
///
/// A new kind goes last: chance, digest and so every old link depend on its number (`ChoiceId::canonical`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimerKind {
    /// The timeout for `Alive`.
    Alive,
    /// The timeout for `Elected`.
    Elected,
    /// The time until a follower suspects its leader.
    Heartbeat,
    /// A leader's next heartbeat.
    Beat,
    /// How long a follower bears a leader of a lower rank.
    Preempt,
    /// Until a leader is no longer acknowledged by a quorum.
    Quorum,
    /// How long a process holds back before it starts an election (candidates).
    Delay,
}

impl TimerKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Alive,
        Self::Elected,
        Self::Heartbeat,
        Self::Beat,
        Self::Preempt,
        Self::Quorum,
        Self::Delay,
    ];

    /// As the script writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alive => "alive",
            Self::Elected => "elected",
            Self::Heartbeat => "heartbeat",
            Self::Beat => "beat",
            Self::Preempt => "preempt",
            Self::Quorum => "quorum",
            Self::Delay => "delay",
        }
    }
}

impl fmt::Display for TimerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where a running member stands in its group, read from its state and never stored beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Idle and without a leader: it has just booted and has received no announcement.
    BelievesNobody,
    /// It follows this leader.
    Follows(Rank),
    /// It believes itself the leader.
    Leads,
    /// It asked and waits for `Alive`.
    Electing,
    /// It waits for `Elected`.
    AwaitingElected,
    /// It believes that it leads, but no quorum has acknowledged it lately.
    Claims,
    /// It suspects its leader and holds back for those above it.
    Delaying,
    /// It asks whether it would get a majority of votes.
    PreCandidate,
    /// It asks for votes.
    Candidate,
}

impl Role {
    /// The leader that a process of rank `me` believes in, itself included.
    pub const fn believed(self, me: Rank) -> Option<Rank> {
        match self {
            Self::Leads | Self::Claims => Some(me),
            Self::Follows(leader) => Some(leader),
            Self::BelievesNobody
            | Self::Electing
            | Self::AwaitingElected
            | Self::Delaying
            | Self::PreCandidate
            | Self::Candidate => None,
        }
    }

    /// The other process that it follows.
    pub const fn followed(self) -> Option<Rank> {
        match self {
            Self::Follows(leader) => Some(leader),
            Self::BelievesNobody
            | Self::Leads
            | Self::Electing
            | Self::AwaitingElected
            | Self::Claims
            | Self::Delaying
            | Self::PreCandidate
            | Self::Candidate => None,
        }
    }

    /// Whether it takes part in an election that counts as started.
    pub const fn is_electing(self) -> bool {
        match self {
            Self::Electing | Self::AwaitingElected | Self::Candidate => true,
            Self::BelievesNobody
            | Self::Follows(_)
            | Self::Leads
            | Self::Claims
            | Self::Delaying
            | Self::PreCandidate => false,
        }
    }

    /// As the log writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BelievesNobody => "believesNobody",
            Self::Follows(_) => "follows",
            Self::Leads => "leads",
            Self::Electing => "electing",
            Self::AwaitingElected => "awaitingElected",
            Self::Claims => "claims",
            Self::Delaying => "delaying",
            Self::PreCandidate => "preCandidate",
            Self::Candidate => "candidate",
        }
    }
}

/// The place of a rank in an ascending list. Where ranks are consecutive, as they mostly are, it is
/// known without a search; there are a dozen such questions to a message.
#[inline(always)]
pub fn place(ranks: &[Rank], rank: Rank) -> Option<usize> {
    let above_lowest = rank.get().checked_sub(ranks.first()?.get())?;
    let guess = usize::from(above_lowest);
    if ranks.get(guess) == Some(&rank) { Some(guess) } else { ranks.binary_search(&rank).ok() }
}

/// Ranks, or runs of them, as a sentence lists them: `1, 2 and 3`; `nobody` where there are none.
pub fn listed<T: fmt::Display>(words: &[T]) -> impl fmt::Display {
    fmt::from_fn(move |f| match words {
        [] => f.write_str("nobody"),
        [only] => write!(f, "{only}"),
        [first @ .., last] => {
            for (index, word) in first.iter().enumerate() {
                let comma = if index == 0 { "" } else { ", " };
                write!(f, "{comma}{word}")?;
            }
            write!(f, " and {last}")
        }
    })
}

/// Ascending ranks by the first and the last, `1 to 6`, where there are so many and no gap.
pub fn spanned(ranks: &[Rank], shortest: usize) -> Option<impl fmt::Display> {
    let (first, last) = (ranks.first()?, ranks.last()?);
    let gapless = usize::from(last.get().checked_sub(first.get())?) + 1 == ranks.len();
    let spans = gapless && ranks.len() >= shortest;
    spans.then(|| fmt::from_fn(move |f| write!(f, "{first} to {last}")))
}

/// Who leads, without a full stop: `nobody leads`, `3 leads`, `2 and 3 lead`.
pub fn who_leads<T: fmt::Display>(leaders: &[T]) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let verb = if leaders.len() > 1 { "lead" } else { "leads" };
        write!(f, "{} {verb}", listed(leaders))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranks(ranks: &[u16]) -> Vec<Rank> {
        ranks.iter().filter_map(|&rank| Rank::new(rank)).collect()
    }

    #[test]
    fn who_leads_is_a_sentence_but_for_its_stop() {
        assert_eq!(who_leads::<Rank>(&[]).to_string(), "nobody leads");
        assert_eq!(who_leads(&ranks(&[3])).to_string(), "3 leads");
        assert_eq!(who_leads(&ranks(&[2, 3, 5])).to_string(), "2, 3 and 5 lead");
    }

    #[test]
    fn only_ranks_without_a_gap_are_named_by_their_ends() {
        let spanned = |of: &[u16]| spanned(&ranks(of), 3).map(|run| run.to_string());
        assert_eq!(spanned(&[4, 5, 6]).as_deref(), Some("4 to 6"));
        assert_eq!(spanned(&[5, 6]), None);
        assert_eq!(spanned(&[1, 2, 4]), None);
        assert_eq!(spanned(&[6, 5, 4]), None);
        assert_eq!(spanned(&[]), None);
    }
}
