//! Words of other tools and languages, and the word of the script that means the same.
//!
//! An error offers what is in this table before it looks for a word of a similar spelling.

use super::Kind;

/// A word of the script, and words that a reader may write instead of it.
#[derive(Debug)]
pub struct Foreign {
    /// Where the words stand.
    pub kind: Kind,
    /// What to write: one word of the script, or two.
    pub meant: &'static str,
    pub words: &'static [&'static str],
}

const fn foreign(kind: Kind, meant: &'static str, words: &'static [&'static str]) -> Foreign {
    Foreign { kind, meant, words }
}

/// Every known foreign word. Each stands once in its kind.
#[rustfmt::skip]
pub const FOREIGN: &[Foreign] = &[
    foreign(Kind::Statement, "about", &["description", "summary"]),
    foreign(Kind::Statement, "processes", &["process", "node", "nodes", "server", "servers", "replica", "replicas", "member", "members", "peer", "peers", "machines", "participants", "cluster"]),
    foreign(Kind::Statement, "leader", &["coordinator", "master", "primary"]),
    foreign(Kind::Statement, "wait alive", &["timeout"]),
    foreign(Kind::Statement, "latency", &["delay", "slow", "network", "rtt"]),
    foreign(Kind::Statement, "loss", &["drop", "packet-loss"]),
    foreign(Kind::Statement, "until", &["duration", "end"]),
    foreign(Kind::Statement, "seed", &["random", "rng"]),
    foreign(Kind::Statement, "expect", &["assert", "check", "verify", "require"]),
    foreign(Kind::Statement, "detector heartbeat", &["heartbeat", "heartbeats"]),

    foreign(Kind::Fault, "crash", &["kill", "stop", "die", "dies", "fail", "fails", "down", "halt", "terminate", "shutdown"]),
    foreign(Kind::Fault, "recover", &["restart", "start", "restore", "revive", "boot", "rejoin", "up"]),
    foreign(Kind::Fault, "suspect", &["notice", "detect"]),
    foreign(Kind::Fault, "pause", &["freeze", "hang", "stall", "sleep"]),
    foreign(Kind::Fault, "resume", &["unpause", "unfreeze", "continue", "wake"]),
    foreign(Kind::Fault, "flap", &["bounce"]),
    foreign(Kind::Fault, "partition", &["split", "separate"]),
    foreign(Kind::Fault, "cut", &["disconnect", "block", "sever"]),
    foreign(Kind::Fault, "heal", &["reconnect", "connect", "repair", "fix", "merge"]),
    foreign(Kind::Fault, "latency", &["delay", "slow"]),
    foreign(Kind::Fault, "loss", &["drop", "packet-loss"]),

    foreign(Kind::Claim, "leader", &["coordinator", "master", "primary"]),
    foreign(Kind::Claim, "no split brain", &["no-split-brain", "one-leader"]),
    foreign(Kind::Claim, "split brain", &["split-brain", "splitbrain"]),
    foreign(Kind::Claim, "agreement", &["consensus"]),

    foreign(Kind::Fate, "lost", &["drop", "dropped", "loss"]),
    foreign(Kind::Fate, "delayed", &["delay", "late", "slow"]),
    foreign(Kind::Fate, "arrives", &["arrive", "at"]),
    foreign(Kind::Fate, "duplicated", &["duplicate", "twice", "doubled"]),

    foreign(Kind::Algorithm, "bully-textbook", &["textbook", "bully-classic"]),
    foreign(Kind::Detector, "scripted", &["none", "off", "manual", "script"]),

    foreign(Kind::Clause, "every", &["each"]),
    foreign(Kind::Clause, "for", &["during"]),
    foreign(Kind::Clause, "by", &["before", "until", "within"]),
    foreign(Kind::Clause, "after", &["since"]),
    foreign(Kind::Clause, "none", &["nobody"]),

    foreign(Kind::Unit, "us", &["µs", "μs", "usec", "micros"]),
    foreign(Kind::Unit, "ms", &["msec", "msecs", "millis"]),
    foreign(Kind::Unit, "s", &["sec", "secs", "second", "seconds"]),
    foreign(Kind::Unit, "m", &["min", "mins", "minute", "minutes"]),
    foreign(Kind::Unit, "%", &["pct", "percent"]),
    foreign(Kind::Unit, "/s", &["/sec", "/second", "rps", "qps"]),
];

/// What a foreign word of this kind means; any case will do.
pub fn meant(kind: Kind, word: &str) -> Option<&'static str> {
    let mut known = FOREIGN.iter().filter(|foreign| foreign.kind == kind);
    let is_it = |foreign: &&Foreign| foreign.words.iter().any(|it| it.eq_ignore_ascii_case(word));
    known.find(is_it).map(|foreign| foreign.meant)
}
