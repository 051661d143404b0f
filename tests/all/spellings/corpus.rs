//! A corpus of links: each opens to the text that it was made of, in this version and every later one.
//!
//! A file below `tests/links/v1` is a script whose first line is a comment with its link. Once a version
//! is released its files are neither changed nor removed; `UPDATE=1 cargo test` adds missing files, and
//! changes no other.

use hustings::presets;
use hustings::scenario::keywords::WORDS;
use hustings::scenario::{link, script};
use std::fs;
use std::path::{Path, PathBuf};

/// Scripts without a link yet, by the name of the file that they become.
const CHOSEN: [(&str, &str); 31] = [
    ("nothing", ""),
    ("shortest", "at 100ms crash 6\nat 200ms suspect 3\n"),
    ("everything", include_str!("everything.hustings")),
    ("one-process", "processes 1\nfifo off\nat 1s crash 1\nat 2s recover 1\nexpect leader 1\n"),
    ("sixty-four", "processes 64\nat 1s crash 64 63 62\nat 2s suspect 1\nat 3s recover 63 64\n"),
    (
        "high-ranks",
        "processes list 10 200 3000 65535\nleader 200\nat 1s crash 200\nat 2s suspect 10\n\
         latency 10->65535 1s\n",
    ),
    ("nobody-leads", "leader none\nalgorithm bully-textbook\nuntil 5s\nexpect agreement by 4s\n"),
    ("alternates", "algorithm next-in-line alternates 0\nat 1s crash 6\nat 2s suspect 1\n"),
    ("alternates-list", "algorithm next-in-line alternates list 2 5 4\nat 1s crash 6\n"),
    (
        "slow-links",
        "latency 1us..250us\nlatency 1 2 3 -- 4 5 6 20..40ms\nlatency 6->1 0ms\nloss 1->2 100%\n\
         duplicate 2--3 0.0001%\nfifo on\nat 1s latency 6->1 5s\nat 2s latency 0ms\n",
    ),
    (
        "timing",
        "detector heartbeat every 100ms timeout 350ms\ntimeout 3 500ms\nevery 2 3 200ms\n\
         drift 1 -0.5%\ndrift 3 +2%\n",
    ),
    (
        "remedies",
        "detector heartbeat every 100ms timeout 350ms\npreempt after 2s\nquorum majority\n\
         at 1s crash 6\nat 2s recover 6\nmessage Ack 3->6 #2 lost\ntimer quorum 6 #1 fires 900ms\n\
         timer preempt 6 #1 fires 4s\n",
    ),
    (
        "candidates",
        "algorithm candidates 6 5 4 delay 30ms\nat 1s crash 6\nat 2s suspect 3\n\
         timer delay 3 #1 fires 3s\n",
    ),
    ("ring", "algorithm ring\nat 1s crash 6\nat 2s suspect 3\n"),
    ("invitation", "algorithm invitation\ndetector heartbeat every 100ms timeout 350ms\n"),
    ("vrrp", "algorithm vrrp\ndetector heartbeat every 1s timeout 3s\npreempt off\n"),
    (
        "raft-and-others",
        "algorithm raft pre-vote check-quorum\ndetector heartbeat every 100ms timeout 350ms\n\
         at 1s crash 6\nmessage VoteRequest 3->5 #1 lost\nmessage Vote 5->3 #1 delayed 5ms\n\
         message PreVoteRequest 3->5 #1 lost\nmessage PreVote 5->3 #1 lost\n\
         message Invitation 3->5 #1 lost\nmessage Accept 5->3 #1 lost\n",
    ),
    (
        "three-sides",
        "processes 7\nat 1s partition 1 | 2 3 | 7 6 5\nat 2s heal 1--2\nat 3s cut 4 5 -> 1 2\n\
         at 3s heal 4->1\nat 4s heal\n",
    ),
    (
        "again-and-again",
        "every 1s from 500ms crash 6\nevery 1s from 900ms until 9s recover 6\nuntil 10s\n\
         at 250ms flap 3 down 100ms up 1us until 300ms\nat 5s flap 4 down 1s up 1s\n",
    ),
    (
        "odd-instants",
        "at 0ms suspect 1\nat 1us suspect 2\nat 1.001ms suspect 3\nat 99.999ms crash 4\n\
         at 59m recover 4\nuntil 60m\nwait alive 1us\nwait elected 60m\n",
    ),
    (
        "out-of-order",
        "at 3s recover 6\nat 1s crash 6\nat 1s crash 3 3 2\nat 1s recover 2\nat 2s suspect 5 1\n",
    ),
    (
        "edits",
        "at 100ms crash 6\nat 200ms suspect 3\nmessage Election 3->6 #1 lost\n\
         message Alive 5->3 #1 arrives 231.5ms\nmessage Alive 5->3 #1 duplicated\n\
         message Alive 5->3 #1 copy delayed 1m\nmessage Elected 5->1 #4294967295 lost\n\
         timer alive 3 #2 fires 1s\n",
    ),
    (
        "groups",
        "processes 5\ngroup orders on 1 2 3 leader 2\ngroup main on 1 2 3 4 5\n\
         group Users_2 on 3 4 5 leader none\nload orders 200/s\nload main 0/s\ncapacity 150/s\n\
         at 1s suspect 3\nat 2s suspect 3 in Users_2\nevery 1s from 3s until 6s suspect 4 in main\n\
         message Alive 3->1 #1 lost in orders\ntimer beat 5 #1 fires 1s in Users_2\n\
         expect leader 5 by 3s in main\nexpect no split brain after 1s\nexpect elections >= 1\n",
    ),
    (
        "zones",
        "processes 5\nname 5 \"db-e\"\nname 1 \"日本\"\nzone west 1 2\nzone east 3 4 5\n\
         latency west -- east 18..24ms\nat 1s partition west | east\nat 1.5s crash west 5\n\
         mark 1s \"The line breaks\"\nmark 2s \"\\\"later\\\"\"\nexpect agreement\n",
    ),
    ("one-group-load", "load 90/s\ncapacity 1000000/s\ndetector heartbeat every 1ms timeout 60m\n"),
    (
        "expectations",
        "expect leader none by 0ms\nexpect leader 6\nexpect split brain after 1s\n\
         expect messages <= 18446744073709551615\nexpect messages Proceed = 0\n\
         expect messages Heartbeat >= 1 after 10s\nexpect messages Alive <= 1\nexpect elections = 0\n\
         expect leaderless <= 0ms\nexpect split brain <= 60m\nexpect agreement\n",
    ),
    (
        "conditions",
        "at 1s crash 6\nat 2s suspect 3\nuntil 10s\nexpect leader 5 at 5s\nexpect leader none from 1s to 2s\n\
         expect agreement after 3s\nexpect split brain by 4s\nexpect no split brain at 0ms\n\
         expect 1 follows 5 by 3s\nexpect 2 leads from 0ms to 1us\nexpect changes >= 1\n\
         expect unprovoked changes <= 0\nexpect longest split brain <= 250us\n\
         expect longest leaderless <= 2s\n",
    ),
    (
        "always",
        "at 1s crash 6\nat 2s suspect 3\nuntil 10s\nexpect always agreement by 9s with 1 fault\n\
         expect always no split brain with 4 faults of crash restart pause suspect cut\n\
         expect always leaderless <= 2s with 2 faults of cut-both partition lose delay duplicate\n",
    ),
    (
        "seeds",
        "seeds 500\nat 1s crash 6\nat 2s suspect 3\nuntil 10s\nexpect in 99.5% of seeds agreement by 9s\n",
    ),
    (
        "texts",
        "title \"Ünï¢ødé 日本 \\\"quoted\\\" \\\\ # 🗳\"\nabout \"\"\nseed 18446744073709551615\n\
         figure view stage\n",
    ),
    (
        "figure",
        "figure start 0ms end 60m speed 1us view spacetime height 65535\nloss 100%\nduplicate 50%\n\
         at 1s pause 6 5 for 60m\nat 2s resume 6\nat 3s loss 1 2->3 0%\nat 4s loss 12.3456%\nseed 0\n",
    ),
];

const HEAD: &str = "# #";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/links/v1")
}

fn canonical(text: &str) -> String {
    script::format(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}

/// The link and the script of every file.
fn corpus() -> Vec<(String, String, String)> {
    let entries = fs::read_dir(folder()).expect("the folder is there");
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.expect("it can be listed").path()).collect();
    files.sort();
    let read = |file: PathBuf| {
        let name = file.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let text = fs::read_to_string(&file).expect("it is text").replace("\r\n", "\n");
        let (head, script) = text.split_once('\n').expect("it has a first line");
        let link = head.strip_prefix(HEAD).unwrap_or_else(|| panic!("{name} begins with no link"));
        (name, link.to_owned(), script.to_owned())
    };
    files.into_iter().map(read).collect()
}

/// Every preset as it was when links began, and the chosen scripts.
fn wanted() -> impl Iterator<Item = (String, &'static str)> {
    let presets =
        presets::ALL.iter().map(|preset| (format!("preset-{}", preset.name), preset.script));
    presets.chain(CHOSEN.iter().map(|&(name, script)| (name.to_owned(), script)))
}

#[test]
fn every_link_of_the_corpus_opens_to_its_text() {
    if crate::golden::is_update() {
        fs::create_dir_all(folder()).expect("the folder can be made");
        for (name, script) in wanted() {
            let file = folder().join(name).with_extension("hustings");
            if !file.exists() {
                let link = link::encode(script).expect("it is short");
                let text = format!("{HEAD}{link}\n{}", canonical(script));
                fs::write(file, text).expect("it can be written");
            }
        }
    }
    let corpus = corpus();
    for (name, link, text) in &corpus {
        assert_eq!(link::decode(link).as_ref(), Ok(text), "{name}");
        assert!(script::parse(text).is_ok(), "{name} can no longer be read");
    }
    for (name, _) in wanted() {
        let kept = corpus.iter().any(|(kept, _, _)| *kept == name);
        assert!(kept, "{name} has no link; `UPDATE=1 cargo test` makes it");
    }
}

/// The median length of the same scenarios in the binary format that links had before they carried text.
const BINARY_MEDIAN: usize = 73;

#[test]
fn without_comments_links_are_at_most_1_4_times_as_long_as_binary_ones() {
    let length = |(_, _, text): (String, String, String)| {
        let bare = script::without_comments(&text).expect("it can be read");
        link::encode(&bare).expect("it is short").len()
    };
    let mut lengths: Vec<usize> = corpus().into_iter().map(length).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median * 10 <= BINARY_MEDIAN * 14, "the median is {median}: {lengths:?}");
}

/// What the corpus does not say could change without anybody noticing.
#[test]
fn the_corpus_uses_every_word_of_the_script() {
    let corpus = corpus();
    let spoken: Vec<&str> = corpus
        .iter()
        .flat_map(|(_, _, text)| text.lines())
        .filter(|line| !line.starts_with("# "))
        .flat_map(|line| line.split([' ', ',']))
        .collect();
    for word in WORDS.iter().flat_map(|known| known.word.split(' ')) {
        let bare = word.trim_matches('-');
        let is_reported = spoken.contains(&word)
            || spoken.iter().any(|spoken| {
                spoken.contains(bare) && spoken.starts_with(|c: char| c.is_ascii_digit())
            });
        assert!(
            is_reported,
            "no script of `CHOSEN` says `{word}`: add one; UPDATE=1 writes its link"
        );
    }
}
