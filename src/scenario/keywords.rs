//! The keywords of the script in one table, for the parser, the help, suggestions and the reference page; and
//! words of other tools, each with the keyword that is probably intended.

mod table;

pub use table::WORDS;

use super::{
    ConditionKind, FaultKind, FigureOption, FigureView, MoveKind, OverrideKind, OwnSettingKind,
    SettingKind,
};
use crate::election::AlgorithmKind;
use crate::types::{MessageKind, TimerKind};
use std::fmt;

/// One word of the language.
#[derive(Clone, Copy, Debug)]
pub struct Keyword {
    pub kind: KeywordPosition,
    pub key: KeywordMeaning,
    /// As the formatter writes it; it is read in any case. A condition may have several with blanks.
    pub word: &'static str,
    /// The syntax of the statement or clause that it belongs to.
    pub form: &'static str,
    /// One sentence.
    pub means: &'static str,
    pub example: &'static str,
}

/// Where a keyword may occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeywordPosition {
    /// Opens a line.
    Statement,
    /// Follows `at T` or `every T from T`.
    Fault,
    /// Follows `expect`.
    Condition,
    /// Ends an override of a message.
    Fate,
    Algorithm,
    Detector,
    /// Follows `figure`.
    Figure,
    Message,
    Timer,
    View,
    /// Follows `of` in `expect always … with N faults of`.
    AddedFault,
    /// Follows a number.
    Unit,
    /// Separates the parts of a statement.
    Clause,
}

/// The meaning of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeywordMeaning {
    // Statements.
    Setting(SettingKind),
    /// Of single processes; those of links open with the words of settings.
    Own(OwnSettingKind),
    Name,
    Zone,
    Group,
    Load,
    At,
    Every,
    MessageOverride,
    TimerOverride,
    Expect,
    Mark,
    Condition(ConditionKind),
    /// Before a condition.
    Always,
    /// Before a condition too.
    InSeeds,
    AddedFault(MoveKind),
    AlgorithmKind(AlgorithmKind),
    // Detectors.
    Scripted,
    Heartbeat,
    Fault(FaultKind),
    Override(OverrideKind),
    FigureOption(FigureOption),
    Message(MessageKind),
    Timer(TimerKind),
    View(FigureView),
    /// A unit of this many microseconds.
    Micros(u64),
    Percent,
    PerSecond,
    Clause,
}

/// Finds a keyword of this kind, ignoring case.
pub fn find(kind: KeywordPosition, word: &str) -> Option<&'static Keyword> {
    WORDS.iter().find(|known| known.kind == kind && known.word.eq_ignore_ascii_case(word))
}

/// All keywords of a kind.
pub fn of(kind: KeywordPosition) -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter(move |known| known.kind == kind).map(|known| known.word)
}

/// The keyword to write instead of an unknown word: the one with the same meaning, else the one with the most
/// similar spelling.
pub fn suggestion(kind: KeywordPosition, word: &str) -> Option<&'static str> {
    meaning(kind, word).or_else(|| nearest(word, of(kind)))
}

/// As `suggestion`, among these words of any kind.
pub fn suggestion_among<'a>(
    word: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let means_it = |known: &&str| {
        let mut rows = FOREIGN.iter().filter(|foreign| foreign.meant == *known);
        rows.any(|foreign| foreign.words.iter().any(|it| it.eq_ignore_ascii_case(word)))
    };
    known.clone().find(means_it).or_else(|| nearest(word, known))
}

/// The known word that a misspelt one was most likely intended to be.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = word.chars().take(LONGEST_MISSPELT + 1).collect();
    if letters.len() > LONGEST_MISSPELT {
        return None;
    }
    // One difference in a short word, two in a longer one; with more it is another word.
    let slips = match letters.len() {
        0 | 1 => return None,
        2..5 => 1,
        _ => 2,
    };
    let near = known.filter_map(|known| {
        let distance = distance(&letters, known, slips)?;
        Some((distance, known))
    });
    // Among equally near words, one that was only cut short is more likely.
    let cut_short = |known: &str| {
        let letters = known.chars().zip(&letters);
        letters.into_iter().all(|(a, b)| a.eq_ignore_ascii_case(b))
    };
    near.min_by_key(|&(distance, known)| (distance, !cut_short(known))).map(|(_, known)| known)
}

/// The length beyond which no word is compared: no keyword is longer, and long words take time.
const LONGEST_MISSPELT: usize = 24;

/// The number of letters to insert, delete, change or swap with their neighbour; `None` if it exceeds `most`.
fn distance(word: &[char], known: &str, most: usize) -> Option<usize> {
    // Rejects most words early, since a script full of noise causes many comparisons.
    if word.len().abs_diff(known.chars().count()) > most {
        return None;
    }
    let known: Vec<char> = known.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=known.len()).collect();
    for (i, a) in word.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in known.iter().enumerate() {
            let same = a.eq_ignore_ascii_case(b);
            let mut best = (last[j] + usize::from(!same)).min(last[j + 1] + 1).min(row[j] + 1);
            let swapped = i > 0
                && j > 0
                && a.eq_ignore_ascii_case(&known[j - 1])
                && word[i - 1].eq_ignore_ascii_case(b);
            if swapped {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.pop().filter(|&distance| distance <= most)
}

/// "`on`", "`on` or `off`", "`at`, `by` or `in`".
pub(super) fn listed<'a>(words: impl Iterator<Item = &'a str>) -> impl fmt::Display {
    let words: Vec<&str> = words.collect();
    let mut text = String::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            text.push_str(if index + 1 == words.len() { " or " } else { ", " });
        }
        text.push('`');
        text.push_str(word);
        text.push('`');
    }
    text
}

/// The name of this kind in an error.
impl fmt::Display for KeywordPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Statement => "a statement",
            Self::Fault => "something that happens at a time",
            Self::Condition => "something that can be expected",
            Self::Fate => "something that can be decided of a message",
            Self::Algorithm => "an algorithm",
            Self::Detector => "a detector",
            Self::Figure => "something that a figure can say",
            Self::Message => "a kind of message",
            Self::Timer => "a kind of timer",
            Self::View => "a view",
            Self::AddedFault => "a kind of fault",
            Self::Unit => "a unit",
            Self::Clause => "a word of this line",
        })
    }
}

/// A keyword, and words that a reader may write instead of it.
#[derive(Debug)]
pub struct Foreign {
    /// Where the words occur.
    pub kind: KeywordPosition,
    /// The replacement: one keyword or two.
    pub meant: &'static str,
    pub words: &'static [&'static str],
}

const fn foreign(
    kind: KeywordPosition,
    meant: &'static str,
    words: &'static [&'static str],
) -> Foreign {
    Foreign { kind, meant, words }
}

/// All known foreign words; each occurs once in its kind.
#[rustfmt::skip]
pub const FOREIGN: &[Foreign] = &[
    foreign(KeywordPosition::Statement, "about", &["description", "summary"]),
    foreign(KeywordPosition::Statement, "processes", &["process", "node", "nodes", "server", "servers", "replica", "replicas", "member", "members", "peer", "peers", "machines", "participants", "cluster"]),
    foreign(KeywordPosition::Statement, "name", &["alias", "rename"]),
    foreign(KeywordPosition::Statement, "zone", &["zones", "datacenter", "datacentre", "region", "site", "rack"]),
    foreign(KeywordPosition::Statement, "mark", &["chapter", "bookmark", "label"]),
    foreign(KeywordPosition::Statement, "leader", &["coordinator", "master", "primary"]),
    foreign(KeywordPosition::Statement, "latency", &["delay", "slow", "network", "rtt"]),
    foreign(KeywordPosition::Statement, "loss", &["drop", "packet-loss"]),
    foreign(KeywordPosition::Statement, "until", &["duration", "end"]),
    foreign(KeywordPosition::Statement, "seed", &["random", "rng"]),
    foreign(KeywordPosition::Statement, "expect", &["assert", "check", "verify", "require"]),
    foreign(KeywordPosition::Statement, "detector heartbeat", &["heartbeat", "heartbeats"]),

    foreign(KeywordPosition::Statement, "processes list", &["priority", "priorities", "rank", "ranks"]),
    foreign(KeywordPosition::Statement, "preempt off", &["nopreempt", "no-preempt"]),
    foreign(KeywordPosition::Statement, "preempt after", &["preempt_delay", "preempt-delay"]),

    foreign(KeywordPosition::Fault, "crash", &["kill", "stop", "die", "dies", "fail", "fails", "down", "halt", "terminate", "shutdown"]),
    foreign(KeywordPosition::Fault, "recover", &["restart", "start", "restore", "revive", "boot", "rejoin", "up"]),
    foreign(KeywordPosition::Fault, "suspect", &["notice", "detect"]),
    foreign(KeywordPosition::Fault, "pause", &["freeze", "hang", "stall", "sleep"]),
    foreign(KeywordPosition::Fault, "resume", &["unpause", "unfreeze", "continue", "wake"]),
    foreign(KeywordPosition::Fault, "flap", &["bounce"]),
    foreign(KeywordPosition::Fault, "partition", &["split", "separate"]),
    foreign(KeywordPosition::Fault, "cut", &["disconnect", "block", "sever"]),
    foreign(KeywordPosition::Fault, "heal", &["reconnect", "connect", "repair", "fix", "merge"]),
    foreign(KeywordPosition::Fault, "latency", &["delay", "slow"]),
    foreign(KeywordPosition::Fault, "loss", &["drop", "packet-loss"]),

    foreign(KeywordPosition::Condition, "leader", &["coordinator", "master", "primary"]),
    foreign(KeywordPosition::Condition, "no split brain", &["no-split-brain", "one-leader"]),
    foreign(KeywordPosition::Condition, "split brain", &["split-brain", "splitbrain"]),
    foreign(KeywordPosition::Condition, "agreement", &["consensus"]),
    foreign(KeywordPosition::Condition, "changes", &["failovers", "handovers"]),
    foreign(KeywordPosition::Condition, "unprovoked changes", &["unprovoked-changes"]),

    foreign(KeywordPosition::AddedFault, "crash", &["kill", "stop", "fail", "down", "halt"]),
    foreign(KeywordPosition::AddedFault, "restart", &["recover", "reboot", "flap"]),
    foreign(KeywordPosition::AddedFault, "pause", &["freeze", "hang", "stall"]),
    foreign(KeywordPosition::AddedFault, "cut", &["disconnect", "block"]),
    foreign(KeywordPosition::AddedFault, "partition", &["split", "separate"]),
    foreign(KeywordPosition::AddedFault, "lose", &["lost", "loss", "drop"]),
    foreign(KeywordPosition::AddedFault, "delay", &["delayed", "latency", "late", "slow"]),
    foreign(KeywordPosition::AddedFault, "duplicate", &["duplicated", "twice"]),

    foreign(KeywordPosition::Fate, "lost", &["drop", "dropped", "loss"]),
    foreign(KeywordPosition::Fate, "delayed", &["delay", "late", "slow"]),
    foreign(KeywordPosition::Fate, "arrives", &["arrive", "at"]),
    foreign(KeywordPosition::Fate, "duplicated", &["duplicate", "twice", "doubled"]),

    foreign(KeywordPosition::Algorithm, "bully-textbook", &["textbook", "bully-classic"]),
    foreign(KeywordPosition::Algorithm, "candidates", &["candidate", "ordinary"]),
    foreign(KeywordPosition::Algorithm, "vrrp", &["keepalived"]),
    foreign(KeywordPosition::Detector, "scripted", &["none", "off", "manual", "script"]),

    foreign(KeywordPosition::Message, "Election", &["Elect", "AreYouThere"]),
    foreign(KeywordPosition::Message, "Alive", &["OK", "Answer", "IsAlive"]),
    foreign(KeywordPosition::Message, "Elected", &["Coordinator", "Victory", "IWon", "Ready"]),
    foreign(KeywordPosition::Message, "Heartbeat", &["AppendEntries", "Advertisement"]),
    foreign(KeywordPosition::Message, "Ack", &["AppendEntriesResponse", "AppendEntriesReply"]),
    foreign(KeywordPosition::Message, "VoteRequest", &["RequestVote"]),
    foreign(KeywordPosition::Message, "Vote", &["RequestVoteResponse", "RequestVoteReply", "VoteResponse"]),
    foreign(KeywordPosition::Message, "PreVoteRequest", &["RequestPreVote"]),
    foreign(KeywordPosition::Message, "PreVote", &["PreVoteResponse", "PreVoteReply"]),
    foreign(KeywordPosition::Message, "Invitation", &["Invite"]),
    foreign(KeywordPosition::Timer, "heartbeat", &["election-timeout", "Master_Down_Timer"]),
    foreign(KeywordPosition::Timer, "beat", &["heartbeat-interval", "Adver_Timer"]),
    foreign(KeywordPosition::Timer, "quorum", &["check-quorum", "lease"]),

    foreign(KeywordPosition::Clause, "every", &["each"]),
    foreign(KeywordPosition::Clause, "for", &["during"]),
    foreign(KeywordPosition::Clause, "by", &["before", "until", "within"]),
    foreign(KeywordPosition::Clause, "after", &["since"]),
    foreign(KeywordPosition::Clause, "none", &["nobody"]),
    foreign(KeywordPosition::Clause, "follows", &["believes", "trusts"]),

    foreign(KeywordPosition::Unit, "us", &["µs", "μs", "usec", "micros"]),
    foreign(KeywordPosition::Unit, "ms", &["msec", "msecs", "millis"]),
    foreign(KeywordPosition::Unit, "s", &["sec", "secs", "second", "seconds"]),
    foreign(KeywordPosition::Unit, "m", &["min", "mins", "minute", "minutes"]),
    foreign(KeywordPosition::Unit, "%", &["pct", "percent"]),
    foreign(KeywordPosition::Unit, "/s", &["/sec", "/second", "rps", "qps"]),
];

/// The keyword with the meaning of a foreign word of this kind, ignoring case.
pub fn meaning(kind: KeywordPosition, word: &str) -> Option<&'static str> {
    let mut known = FOREIGN.iter().filter(|foreign| foreign.kind == kind);
    let is_it = |foreign: &&Foreign| foreign.words.iter().any(|it| it.eq_ignore_ascii_case(word));
    known.find(is_it).map(|foreign| foreign.meant)
}
