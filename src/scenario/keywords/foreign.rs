//! Words of other tools and languages, and the word of the script that means the same.
//!
//! An error offers what is in this table before it looks for a word of a similar spelling.

use super::KeywordPosition;

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
    foreign(KeywordPosition::Statement, "leader", &["coordinator", "master", "primary"]),
    foreign(KeywordPosition::Statement, "wait alive", &["timeout"]),
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
