//! Each limit on the page of words holds: the script at the limit is read, and the one just beyond it is
//! refused in a sentence. A row of the table that names a limit and has no case here fails.

use super::words::limit;
use hustings::scenario::FaultKind;
use hustings::scenario::keywords::{KeywordMeaning, KeywordPosition, WORDS};
use hustings::scenario::script::parse;
use hustings::scenario::{OwnSettingKind, SettingKind};

/// Scripts at the limit, and scripts beyond it with a part of what is said of them.
#[derive(Default)]
struct Case {
    fine: Vec<String>,
    beyond: Vec<(String, &'static str)>,
}

impl Case {
    fn fine(mut self, script: impl Into<String>) -> Self {
        self.fine.push(script.into());
        self
    }

    fn beyond(mut self, script: impl Into<String>, text: &'static str) -> Self {
        self.beyond.push((script.into(), text));
        self
    }
}

const ZERO: &str = "is zero; it needs a length";
const HOUR: &str = "the longest is 60m";

fn case(kind: KeywordPosition, key: KeywordMeaning) -> Option<Case> {
    Some(match kind {
        KeywordPosition::Statement => statement(key)?,
        KeywordPosition::Fault => {
            let KeywordMeaning::Fault(kind) = key else { panic!("{key:?} is no fault") };
            fault(kind)?
        }
        KeywordPosition::Condition if key == KeywordMeaning::Always => {
            let line = |count: &str| format!("expect always agreement with {count}");
            Case::default()
                .fine(line("1 fault"))
                .fine(line("4 faults"))
                .beyond(line("0 faults"), "1 to 4 added faults")
                .beyond(line("5 faults"), "1 to 4 added faults")
        }
        KeywordPosition::Condition if key == KeywordMeaning::InSeeds => Case::default()
            .fine("expect in 0.0001% of seeds agreement")
            .fine("expect in 100% of seeds agreement")
            .beyond("expect in 0% of seeds agreement", "holds whatever happens")
            .beyond("expect in 101% of seeds agreement", "more than 100%"),
        KeywordPosition::Condition
        | KeywordPosition::Fate
        | KeywordPosition::Algorithm
        | KeywordPosition::Detector
        | KeywordPosition::Figure
        | KeywordPosition::Message
        | KeywordPosition::Timer
        | KeywordPosition::View
        | KeywordPosition::AddedFault
        | KeywordPosition::Unit
        | KeywordPosition::Clause => return None,
    })
}

fn many(count: usize, line: impl Fn(usize) -> String) -> String {
    (1..=count).map(|nth| line(nth) + "\n").collect()
}

fn rate(word: &str) -> Case {
    Case::default()
        .fine(format!("{word} 0%"))
        .fine(format!("{word} 100%"))
        .fine(format!("{word} 0.0001%"))
        .beyond(format!("{word} 100.0001%"), "is more than 100%")
        .beyond(format!("{word} 0.00001%"), "the finest there is")
}

fn latency(word: &str) -> Case {
    Case::default()
        .fine(format!("{word} 0ms"))
        .fine(format!("{word} 60m"))
        .fine(format!("{word} 10..10ms"))
        .beyond(format!("{word} 3600000001us"), HOUR)
        .beyond(format!("{word} 11..10ms"), "the shorter one comes first")
}

fn requests(word: &str) -> Case {
    let most = "the most is 1000000";
    Case::default().fine(format!("{word} 1000000/s")).beyond(format!("{word} 1000001/s"), most)
}

/// A span that is longer than nothing, in the place of `T`.
fn span(form: &str) -> Case {
    let with = |span: &str| form.replace('T', span);
    Case::default()
        .fine(with("1us"))
        .fine(with("60m"))
        .beyond(with("0ms"), ZERO)
        .beyond(with("3600000001us"), HOUR)
}

fn text(word: &str) -> Case {
    let line = |text: &str| format!("{word} \"{text}\"");
    Case::default()
        .fine(line("A"))
        .fine(line(&"é".repeat(200)))
        .fine(line("\u{200f}שלום"))
        .beyond(line(&"é".repeat(201)), "the most is 200")
        .beyond(line("a\tb"), "control character")
        .beyond(line("a\u{85}b"), "control character")
        .beyond(line("a\u{2028}b"), "a line break")
        .beyond(line("a\u{202e}b"), "U+202E")
        .beyond(line("a\u{2066}b"), "U+2066")
}

fn statement(key: KeywordMeaning) -> Option<Case> {
    Some(match key {
        KeywordMeaning::Setting(SettingKind::Title) => text("title")
            .beyond("title \"\"", "is blank")
            .beyond("title \" \u{a0}\u{200b}\u{3164}\"", "is blank"),
        KeywordMeaning::Setting(SettingKind::About) => text("about").fine("about \"\""),
        KeywordMeaning::Setting(SettingKind::Ranks) => Case::default()
            .fine("processes 1")
            .fine("processes 64")
            .fine("processes list 1 65535")
            .beyond("processes 0", "has 1 to 64")
            .beyond("processes 65", "has 1 to 64")
            .beyond("processes list 0 1", "from 1 to 65535")
            .beyond("processes list 1 65536", "from 1 to 65535"),
        KeywordMeaning::Group => Case::default()
            .fine(many(16, |nth| format!("group g{nth} on 1")))
            .fine("group a-b_9 on 1")
            .fine(format!("group {} on 1", "g".repeat(200)))
            .beyond(many(17, |nth| format!("group g{nth} on 1")), "has 1 to 16")
            .beyond("group gé on 1", "letters, digits")
            .beyond(format!("group {} on 1", "g".repeat(201)), "letters, digits"),
        KeywordMeaning::Name => Case::default()
            .fine(format!("name 3 \"{}\"", "é".repeat(24)))
            .fine("name 3 \"3a\"\nname 4 \"3 a\u{301}\"")
            .beyond(format!("name 3 \"{}\"", "é".repeat(25)), "the most is 24")
            .beyond("name 3 \"\"", "is blank")
            .beyond("name 3 \" \u{200b}\"", "is blank")
            .beyond("name 3 \"a\tb\"", "control character")
            .beyond("name 3 \"a\u{202e}b\"", "U+202E")
            .beyond("name 3 \"42\"", "is a number")
            .beyond("name 3 \"a\"\nname 4 \"a\u{200b}\"", "process 3 is called"),
        KeywordMeaning::Zone => {
            let zones = |count: usize| {
                format!("processes 17\n{}", many(count, |nth| format!("zone z{nth} {nth}")))
            };
            Case::default()
                .fine(zones(16))
                .fine(format!("zone {} 1", "z".repeat(24)))
                .beyond(zones(17), "the most is 16")
                .beyond(format!("zone {} 1", "z".repeat(25)), "at most 24")
                .beyond("zone zé 1", "letters, digits")
                .beyond("zone Crash 1", "is a keyword")
                .beyond("zone a 1 2\nzone b 2 3", "is in two zones, a and b")
        }
        KeywordMeaning::Mark => {
            let marks = |count: usize| many(count, |nth| format!("mark {nth}ms \"m\""));
            Case::default()
                .fine(marks(100))
                .fine(format!("mark 60m \"{}\"", "é".repeat(60)))
                .beyond(marks(101), "the most is 100")
                .beyond(format!("mark 1ms \"{}\"", "é".repeat(61)), "the most is 60")
                .beyond("mark 1ms \" \"", "is blank")
                .beyond("mark 3600000001us \"m\"", "later than any run lasts")
        }
        KeywordMeaning::Load => requests("load"),
        KeywordMeaning::Setting(SettingKind::Capacity) => requests("capacity"),
        KeywordMeaning::Setting(SettingKind::Detector) => {
            let (every, timeout) = (
                span("detector heartbeat every T timeout 1s"),
                span("detector heartbeat every 1s timeout T"),
            );
            both(every, timeout)
        }
        KeywordMeaning::Setting(SettingKind::WaitAlive) => {
            both(span("wait alive T"), span("wait elected T"))
        }
        KeywordMeaning::Own(OwnSettingKind::Timeout) => {
            both(span("timeout 3 T"), span("every 3 T"))
        }
        KeywordMeaning::Own(OwnSettingKind::Drift) => Case::default()
            .fine("drift 3 +50%")
            .fine("drift 3 -50%")
            .fine("drift 3 +0.0001%")
            .beyond("drift 3 +50.0001%", "the most is 50% either way")
            .beyond("drift 3 -50.0001%", "the most is 50% either way")
            .beyond("drift 3 +0.00001%", "the finest there is"),
        KeywordMeaning::Setting(SettingKind::Latency) => latency("latency"),
        KeywordMeaning::Setting(SettingKind::Loss) => rate("loss"),
        KeywordMeaning::Setting(SettingKind::Duplicate) => rate("duplicate"),
        KeywordMeaning::Setting(SettingKind::Seed) => Case::default()
            .fine("seed 0")
            .fine("seed 18446744073709551615")
            .beyond("seed 18446744073709551616", "is too large a number"),
        KeywordMeaning::Setting(SettingKind::Seeds) => Case::default()
            .fine("seeds 1")
            .fine("seeds 10000")
            .beyond("seeds 0", "0 seeds are not possible; there are 1 to 10000")
            .beyond("seeds 10001", "10001 seeds are not possible; there are 1 to 10000"),
        KeywordMeaning::Setting(SettingKind::Until) => Case::default()
            .fine("until 60m")
            .beyond("until 3600000001us", "later than any run lasts"),
        KeywordMeaning::At => {
            let at = |count: usize| many(count, |nth| format!("at {nth}us heal"));
            Case::default()
                .fine("at 60m crash 6")
                .fine(at(1_000))
                .beyond("at 3600000001us crash 6", "later than any run lasts")
        }
        KeywordMeaning::Every => Case::default()
            .fine("every 1ms from 0ms until 10s heal")
            .fine("every 1s from 1s until 60m heal")
            .beyond("every 1ms from 0ms until 10001ms heal", "the most is 10000")
            .beyond("every 1s from 1s until 3600000001us heal", "later than any run lasts")
            .beyond("every 0ms from 1s until 2s heal", ZERO),
        KeywordMeaning::MessageOverride => {
            let edits = |count| many(count, |nth| format!("message Alive 5->3 #{nth} lost"));
            Case::default().fine(edits(1_000)).beyond(edits(1_001), "the most is 1000")
        }
        KeywordMeaning::TimerOverride => {
            let edits = |count| many(count, |nth| format!("timer beat 6 #{nth} fires 1s"));
            Case::default().fine(edits(1_000)).beyond(edits(1_001), "the most is 1000")
        }
        KeywordMeaning::Expect => {
            let expected = |count| many(count, |_| "expect agreement".to_owned());
            Case::default()
                .fine(expected(1_000))
                .fine("until 2s\nexpect agreement by 2s")
                .beyond(expected(1_001), "the most is 1000")
                .beyond("until 2s\nexpect agreement by 2000001us", "after the end of the run")
        }
        KeywordMeaning::Setting(SettingKind::Figure) => Case::default()
            .fine("figure start 5ms end 5001us")
            .fine("figure end 1us")
            .fine("figure speed 1us")
            .fine("figure speed 60m")
            .fine("figure height 65535")
            .beyond("figure start 5ms end 5ms", "has to end after it starts")
            .beyond("figure start 5ms end 4ms", "has to end after it starts")
            .beyond("figure end 0ms", "has to end after it starts")
            .beyond("figure speed 0ms", ZERO)
            .beyond("figure speed 3600000001us", HOUR)
            .beyond("figure height 65536", "is too large a number"),
        _ => return None,
    })
}

fn fault(kind: FaultKind) -> Option<Case> {
    Some(match kind {
        FaultKind::Pause => Case::default()
            .fine("at 100ms pause 6 for 0ms")
            .fine("at 100ms pause 6 for 60m")
            .beyond("at 100ms pause 6 for 3600000001us", HOUR),
        FaultKind::Flap => Case::default()
            .fine("until 2s\nat 1s flap 6 down 1us up 59m")
            .fine("until 2s\nat 1s flap 6 down 59m up 1us")
            .beyond("at 1s flap 6 down 0ms up 1s", ZERO)
            .beyond("at 1s flap 6 down 1s up 0ms", ZERO)
            .beyond("at 1s flap 6 down 3600000001us up 1s", HOUR)
            .beyond("at 1s flap 6 down 1s up 3600000001us", HOUR),
        FaultKind::Latency => latency("at 1s latency"),
        FaultKind::Loss => rate("at 1s loss"),
        FaultKind::Partition => Case::default()
            .fine("at 1s partition 1 | 2")
            .fine("at 1s partition 1 | 2 | 3 | 4 | 5 | 6")
            .beyond("at 1s partition 1 2", "expected `|`")
            .beyond("at 1s partition 1 2 | 2 3", "is on two sides"),
        FaultKind::Crash
        | FaultKind::Recover
        | FaultKind::Suspect
        | FaultKind::Resume
        | FaultKind::Cut
        | FaultKind::Heal => return None,
    })
}

fn both(one: Case, other: Case) -> Case {
    Case {
        fine: one.fine.into_iter().chain(other.fine).collect(),
        beyond: one.beyond.into_iter().chain(other.beyond).collect(),
    }
}

#[test]
fn every_limit_holds_and_what_is_beyond_is_refused() {
    for word in WORDS {
        let case = case(word.kind, word.key);
        assert_eq!(
            case.is_some(),
            limit(word).is_some(),
            "`{}`: a limit has a case, and a case has a limit",
            word.word
        );
        let Case { fine, beyond } = case.unwrap_or_default();
        for script in fine {
            let read = parse(&script).map(|_| ());
            assert!(read.is_ok(), "{}: {:?}", &script[..script.len().min(80)], read);
        }
        for (script, text) in beyond {
            let found = parse(&script).err().unwrap_or_default();
            let errors: Vec<String> = found.iter().map(ToString::to_string).collect();
            let is_reported = errors.iter().any(|errors| errors.contains(text));
            assert!(is_reported, "{}: {errors:?}", &script[..script.len().min(80)]);
        }
    }
}
