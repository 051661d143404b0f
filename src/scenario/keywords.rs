//! The keywords of the script in one table, for parser, help, suggestions and the reference page; and words
//! of other tools, each with the keyword that is probably meant.

mod table;

pub use table::WORDS;

use super::{
    ConditionKind, FaultKind, FigureOption, FigureView, OverrideKind, OwnSettingKind, SettingKind,
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
    /// The whole form that it opens or stands in.
    pub form: &'static str,
    /// One sentence.
    pub means: &'static str,
    pub example: &'static str,
}

/// Where a word may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeywordPosition {
    /// Opens a line.
    Statement,
    /// Follows `at T` or `every T from T`.
    Fault,
    /// Follows `expect`.
    Claim,
    /// Ends an edit of a message.
    Fate,
    Algorithm,
    Detector,
    /// Follows `figure`.
    Figure,
    Message,
    Timer,
    View,
    /// Stands behind a number.
    Unit,
    /// Holds a statement together.
    Clause,
}

/// What a word stands for.
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
    EditMessage,
    EditTimer,
    Expect,
    Mark,
    Condition(ConditionKind),
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
    /// So many microseconds.
    Micros(u64),
    Percent,
    PerSecond,
    Clause,
}

/// The word of this kind that is meant; any case will do.
pub fn find(kind: KeywordPosition, word: &str) -> Option<&'static Keyword> {
    WORDS.iter().find(|known| known.kind == kind && known.word.eq_ignore_ascii_case(word))
}

/// All words of a kind.
pub fn of(kind: KeywordPosition) -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter(move |known| known.kind == kind).map(|known| known.word)
}

/// What to write instead of a word that is none of its kind: what it means in other languages, or the
/// word of the most similar spelling.
pub fn suggestion(kind: KeywordPosition, word: &str) -> Option<&'static str> {
    meaning(kind, word).or_else(|| nearest(word, of(kind)))
}

/// The same among these words, of whatever kind.
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

/// The known word that a misspelt one was most likely meant to be.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = word.chars().take(LONGEST_MISSPELT + 1).collect();
    if letters.len() > LONGEST_MISSPELT {
        return None;
    }
    // One slip in a short word, two in a longer one: more than that is another word.
    let slips = match letters.len() {
        0 | 1 => return None,
        2..5 => 1,
        _ => 2,
    };
    let near = known.filter_map(|known| {
        let distance = distance(&letters, known, slips)?;
        Some((distance, known))
    });
    // Of equally near ones, a word that was only cut short is the likelier one.
    let cut_short = |known: &str| {
        let letters = known.chars().zip(&letters);
        letters.into_iter().all(|(a, b)| a.eq_ignore_ascii_case(b))
    };
    near.min_by_key(|&(distance, known)| (distance, !cut_short(known))).map(|(_, known)| known)
}

/// No word of the language is longer, and a long one costs time.
const LONGEST_MISSPELT: usize = 24;

/// How many letters must be put in, taken out, changed or swapped with their neighbour; nothing if
/// that is more than `most`.
fn distance(word: &[char], known: &str, most: usize) -> Option<usize> {
    // Most words differ too much in length already; a script full of noise asks many times.
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

/// What a word of this kind is called where one is missing.
impl fmt::Display for KeywordPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Statement => "a statement",
            Self::Fault => "something that happens at a time",
            Self::Claim => "something that can be expected",
            Self::Fate => "something that can be decided of a message",
            Self::Algorithm => "an algorithm",
            Self::Detector => "a detector",
            Self::Figure => "something that a figure can say",
            Self::Message => "a kind of message",
            Self::Timer => "a kind of timer",
            Self::View => "a view",
            Self::Unit => "a unit",
            Self::Clause => "a word of this line",
        })
    }
}

/// A word of the script, and words that a reader may write instead of it.
#[derive(Debug)]
pub struct Foreign {
    /// Where the words stand.
    pub kind: KeywordPosition,
    /// What to write: one word of the script, or two.
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

/// Every known foreign word. Each stands once in its kind.
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

    foreign(KeywordPosition::Claim, "leader", &["coordinator", "master", "primary"]),
    foreign(KeywordPosition::Claim, "no split brain", &["no-split-brain", "one-leader"]),
    foreign(KeywordPosition::Claim, "split brain", &["split-brain", "splitbrain"]),
    foreign(KeywordPosition::Claim, "agreement", &["consensus"]),
    foreign(KeywordPosition::Claim, "changes", &["failovers", "handovers"]),
    foreign(KeywordPosition::Claim, "unprovoked changes", &["unprovoked-changes"]),

    foreign(KeywordPosition::Fate, "lost", &["drop", "dropped", "loss"]),
    foreign(KeywordPosition::Fate, "delayed", &["delay", "late", "slow"]),
    foreign(KeywordPosition::Fate, "arrives", &["arrive", "at"]),
    foreign(KeywordPosition::Fate, "duplicated", &["duplicate", "twice", "doubled"]),

    foreign(KeywordPosition::Algorithm, "bully-textbook", &["textbook", "bully-classic"]),
    foreign(KeywordPosition::Detector, "scripted", &["none", "off", "manual", "script"]),

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

/// What a foreign word of this kind means; any case will do.
pub fn meaning(kind: KeywordPosition, word: &str) -> Option<&'static str> {
    let mut known = FOREIGN.iter().filter(|foreign| foreign.kind == kind);
    let is_it = |foreign: &&Foreign| foreign.words.iter().any(|it| it.eq_ignore_ascii_case(word));
    known.find(is_it).map(|foreign| foreign.meant)
}
