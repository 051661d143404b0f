//! The reasons of members: why each did what it did, as far as a sentence needs it. Nothing depends on them.

use super::Term;
use crate::types::Rank;

/// Why a member did what it did, as far as a sentence needs it. Nothing depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant describes its fields")]
pub enum Reason {
    /// It booted and knows no leader, so it asks every higher rank.
    AsksAfterBoot,
    /// It booted and waits until its detector says something.
    WaitsAfterBoot,
    /// It suspects its leader (or has none) and asks every higher rank.
    Asks { missed: Option<Rank> },
    /// It suspects its leader (or has none) and walks the line, first to this one.
    Walks { missed: Option<Rank>, asks: Rank },
    /// It started an election, and no rank is higher.
    HighestOfAll { missed: Option<Rank> },
    /// It set out, and it is itself the first in line.
    FirstInLine { missed: Option<Rank> },
    /// It says that it is alive.
    Answers { asker: Rank },
    /// It says that it is alive, and asks higher ranks itself.
    AnswersAndAsks { asker: Rank },
    /// It says that it is alive; its own election runs already.
    AnswersWhileElecting { asker: Rank },
    /// It says that it is alive; no rank is higher, so it leads.
    AnswersAndLeads { asker: Rank },
    /// It says that it is alive and takes the lead, as the next in line.
    TakesOver { asker: Rank },
    /// It leads already, or only claims to, in a newer leadership than that of the `Election`, and says so.
    LeadsAlready { asker: Rank, claims: bool },
    /// The best answer so far.
    HeardAlive { from: Rank },
    /// An answer below the best so far.
    HeardLower { from: Rank, best: Rank },
    /// The one that was asked is alive; now it should announce itself.
    NextIsAlive { from: Rank },
    /// An answer for which it no longer waits.
    TooLate { from: Rank },
    /// The timeout for `Alive` expired; this is the highest rank that answered.
    TellsToProceed { best: Rank },
    /// The timeout for `Alive` expired, and a higher rank answered, which will lead.
    LeavesItToHigher { best: Rank },
    /// The timeout for `Alive` expired without an answer.
    NobodyAnswered,
    /// The timeout for `Elected` expired, so it asks again.
    NoAnnouncement,
    /// The one that was asked did not answer, or did not announce itself; the walk goes on to this one.
    NextInWalk { asks: Rank },
    /// The walk has come to the walker itself.
    WalkEndsHere,
    /// It received `Proceed`.
    ReceivedProceed { by: Rank },
    /// It received `Proceed` and leads already, or only claims to.
    ProceedWhileLeading { by: Rank, claims: bool },
    /// It follows the one that announced itself or sent a heartbeat.
    Adopts { leader: Rank },
    /// It led itself, and yields to this one.
    StepsDown { to: Rank },
    /// It hears from the leader that it follows.
    StillFollows { leader: Rank },
    /// It prefers the leader that it has.
    Ignores { from: Rank },
    /// It leads in a newer leadership than the sender claims, and says so.
    Contradicts { from: Rank },
    /// It leads, and says so again.
    KeepsAlive,
    /// It has received no heartbeat for the timeout of the detector.
    LostPatience,
    /// It ignores a suspicion, because it leads or only claims to.
    LeadsItself { claims: bool },
    /// It ignores a suspicion, because it elects already.
    ElectsAlready,
    /// It ignores a suspicion, because it has not booted.
    HasNotBooted,
    /// It bears a leader of a lower rank no longer and asks every higher rank.
    Preempts { leader: Rank },
    /// A rule of the quorum.
    Quorum(QuorumReason),
    /// A rule of candidates.
    Candidates(CandidatesReason),
    /// A rule of ring.
    Ring(RingReason),
    /// A rule of invitation.
    Invitation(InvitationReason),
    /// A rule of raft.
    Raft(RaftReason),
    /// A rule of VRRP.
    Vrrp(VrrpReason),
}

/// Why a leader is confirmed or not (rules of the quorum).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant describes its fields")]
pub enum QuorumReason {
    /// Its leadership is acknowledged.
    IsAcknowledged { by: Rank },
    /// No quorum has acknowledged it for a timeout.
    LostQuorum,
    /// Its promise to another no longer binds it.
    IsFree,
}

impl Reason {
    /// The same of a member that only claims to lead.
    #[must_use]
    pub fn while_claiming(mut self) -> Self {
        if let Self::ProceedWhileLeading { claims, .. } | Self::LeadsAlready { claims, .. } =
            &mut self
        {
            *claims = true;
        }
        self
    }

    /// Whom it suspects, where it starts an election because it misses a leader that it had.
    pub fn missed(self) -> Option<Rank> {
        match self {
            Self::Asks { missed }
            | Self::Walks { missed, .. }
            | Self::HighestOfAll { missed }
            | Self::FirstInLine { missed } => missed,
            Self::Candidates(reason) => reason.missed(),
            Self::Ring(reason) => reason.missed(),
            Self::Invitation(reason) => reason.missed(),
            Self::Raft(reason) => reason.missed(),
            Self::Vrrp(reason) => reason.missed(),
            Self::AsksAfterBoot
            | Self::WaitsAfterBoot
            | Self::Answers { .. }
            | Self::AnswersAndAsks { .. }
            | Self::AnswersWhileElecting { .. }
            | Self::AnswersAndLeads { .. }
            | Self::TakesOver { .. }
            | Self::LeadsAlready { .. }
            | Self::HeardAlive { .. }
            | Self::HeardLower { .. }
            | Self::NextIsAlive { .. }
            | Self::TooLate { .. }
            | Self::TellsToProceed { .. }
            | Self::LeavesItToHigher { .. }
            | Self::NobodyAnswered
            | Self::NoAnnouncement
            | Self::NextInWalk { .. }
            | Self::WalkEndsHere
            | Self::ReceivedProceed { .. }
            | Self::ProceedWhileLeading { .. }
            | Self::Adopts { .. }
            | Self::StepsDown { .. }
            | Self::StillFollows { .. }
            | Self::Ignores { .. }
            | Self::Contradicts { .. }
            | Self::KeepsAlive
            | Self::LostPatience
            | Self::LeadsItself { .. }
            | Self::ElectsAlready
            | Self::HasNotBooted
            | Self::Preempts { .. }
            | Self::Quorum(_) => None,
        }
    }
}

/// Why a member did what it did, by the rules of candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant describes its fields")]
pub enum CandidatesReason {
    /// It suspects its leader and holds back for those above it.
    SuspectsAndWaits { missed: Option<Rank> },
    /// It asks all candidates.
    AsksCandidates { missed: Option<Rank> },
    /// It says that it is alive, and holds its own election back.
    GivesWay { asker: Rank },
    /// No candidate answered, and it is none itself.
    NoCandidateAnswered,
    /// It announces the highest candidate that answered to all others.
    Announces { winner: Rank },
    /// It is announced as the leader.
    IsElected { by: Rank },
}

impl CandidatesReason {
    /// The leader that it misses, where it starts something because of that.
    pub fn missed(self) -> Option<Rank> {
        let (Self::SuspectsAndWaits { missed } | Self::AsksCandidates { missed }) = self else {
            return None;
        };
        missed
    }
}

/// Why a member did what it did, by the rules of ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant describes its fields")]
pub enum RingReason {
    /// It starts a lap after it booted.
    StartsLapAfterBoot,
    /// It suspects its leader and starts a lap.
    StartsLap { missed: Option<Rank> },
    /// The second lap did not come, so it starts anew.
    LapDidNotReturn,
    /// No other process has answered, so it leads.
    IsAlone,
    /// The successor has what it was handed.
    HandedOn { to: Rank },
    /// The successor did not answer, so the next one is asked.
    Skips { silent: Rank },
    /// Its own first lap has come round.
    LapOver,
    /// Its own second lap has come round.
    SecondLapOver,
    /// A lap of a lower starter, or one that has passed it already, ends here.
    Swallows { starter: Rank },
    /// It is the highest of a lap, so it leads.
    IsElected { by: Rank },
    /// It adds itself to a lap and passes it on.
    Joins { starter: Rank },
}

impl RingReason {
    /// The leader that it misses, where it starts something because of that.
    pub fn missed(self) -> Option<Rank> {
        if let Self::StartsLap { missed } = self { missed } else { None }
    }
}

/// Why a member did what it did, by the rules of invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant describes its fields")]
pub enum InvitationReason {
    /// It boots and leads a group of its own.
    LeadsAlone,
    /// It misses its leader and leads a group of its own.
    LeavesGroup { missed: Option<Rank> },
    /// Its group is the larger one, so it invites.
    Invites { leader: Rank },
    /// Its group is the smaller one, so it waits to be invited.
    WaitsForInvitation { from: Rank },
    /// Its own group is the larger one, so it does not follow the invitation.
    LargerItself { from: Rank },
    /// It joins the group of this leader.
    AcceptsInvitation { leader: Rank },
    /// It counts one more member.
    CountsMember { member: Rank },
    /// It has joined another group meanwhile, and sends the new member on.
    SendsOn { member: Rank, to: Rank },
}

impl InvitationReason {
    /// The leader that it misses, where it starts something because of that.
    pub fn missed(self) -> Option<Rank> {
        if let Self::LeavesGroup { missed } = self { missed } else { None }
    }
}

/// Why a member did what it did, by the rules of raft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant describes its fields")]
pub enum RaftReason {
    /// It stands for election in a new term.
    Stands { missed: Option<Rank>, term: Term },
    /// It asks whether it would get a majority.
    AsksForPreVotes { missed: Option<Rank>, term: Term },
    /// A majority would vote for it, so it stands.
    StandsWithPreVotes { term: Term },
    /// It would vote for this one.
    WouldVote { candidate: Rank, term: Term },
    /// It would not vote for this one, whose term is no newer.
    WouldNotVote { candidate: Rank, term: Term },
    /// It hears a leader, so it wants no election.
    HearsLeader { candidate: Rank, leader: Rank },
    /// It votes for this one.
    Votes { candidate: Rank, term: Term },
    /// It has voted for another one in this term.
    HasVoted { candidate: Rank, voted: Rank, term: Term },
    /// A message of an older term.
    OlderTerm { from: Rank, term: Term },
    /// A message of a newer term, which it takes.
    NewerTerm { from: Rank, term: Term },
    /// One more would vote for it.
    HasPreVote { from: Rank, term: Term },
    /// One more has voted for it.
    HasVote { from: Rank, term: Term },
    /// A majority has voted for it, so it leads.
    HasMajority { term: Term },
    /// It is refused a vote.
    IsRefused { from: Rank },
}

impl RaftReason {
    /// The leader that it misses, where it starts something because of that.
    pub fn missed(self) -> Option<Rank> {
        let (Self::Stands { missed, .. } | Self::AsksForPreVotes { missed, .. }) = self else {
            return None;
        };
        missed
    }
}

/// Why a member did what it did, by the rules of VRRP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant describes its fields")]
pub enum VrrpReason {
    /// It hears no advertisement, so it leads.
    LeadsInSilence { missed: Option<Rank> },
    /// It ranks higher and advertises at once.
    AnswersLower { from: Rank },
}

impl VrrpReason {
    /// The leader that it misses, where it starts something because of that.
    pub fn missed(self) -> Option<Rank> {
        if let Self::LeadsInSilence { missed } = self { missed } else { None }
    }
}

/// The reasons of one algorithm among all.
macro_rules! reasons_of {
    ($($variant:ident($reason:ty)),+) => {
        $(impl From<$reason> for Reason {
            fn from(reason: $reason) -> Self {
                Self::$variant(reason)
            }
        })+
    };
}

reasons_of!(
    Candidates(CandidatesReason),
    Ring(RingReason),
    Invitation(InvitationReason),
    Vrrp(VrrpReason),
    Raft(RaftReason),
    Quorum(QuorumReason)
);
