//! The table itself, in the order in which a canonical script uses the words.

use super::{Keyword, KeywordMeaning, KeywordPosition};
use crate::election::AlgorithmKind;
use crate::scenario::{
    FaultKind, FigureOption, FigureView, KindRow, OverrideKind, OwnSettingKind, SettingKind,
    SettingRow,
};
use crate::types::{MessageKind, TimerKind};

/// One row of the table.
const fn word(
    kind: KeywordPosition,
    key: KeywordMeaning,
    word: &'static str,
    form: &'static str,
    means: &'static str,
    example: &'static str,
) -> Keyword {
    Keyword { kind, key, word, form, means, example }
}

/// The row of an option that the `figure` line can say, from the table of options.
const fn figure_word(option: FigureOption) -> Keyword {
    let Some(said) = option.row().word else { panic!("the figure line has no word for it") };
    let key = KeywordMeaning::FigureOption(option);
    word(KeywordPosition::Figure, key, said.word, said.form, option.help(), said.example)
}

/// The row of a setting, from the tables of settings.
const fn setting_word(row: &SettingRow, key: KeywordMeaning) -> Keyword {
    let Some([form, help, example]) = row.keyword else { panic!("another row is about its word") };
    word(KeywordPosition::Statement, key, row.word[0], form, help, example)
}

/// The row of an algorithm, from the table of algorithms.
const fn algorithm_word(kind: AlgorithmKind) -> Keyword {
    let row = kind.row();
    let key = KeywordMeaning::AlgorithmKind(kind);
    word(KeywordPosition::Algorithm, key, row.name, row.form, row.help, row.example)
}

/// The keyword of a kind of fault or override, from its row.
const fn kind_word<Field: 'static>(
    kind: KeywordPosition,
    key: KeywordMeaning,
    row: &KindRow<Field>,
) -> Keyword {
    word(kind, key, row.keyword, row.form, row.help, row.example)
}

/// Every word of the language.
pub const WORDS: &[Keyword] = &{
    const OVERRIDES: usize = PLAIN.len() + FaultKind::ALL.len();
    const ALGORITHMS: usize = OVERRIDES + OverrideKind::ALL.len();
    let mut words = [PLAIN[0]; ALGORITHMS + AlgorithmKind::ALL.len()];
    let mut place = 0;
    while place < words.len() {
        words[place] = if place < PLAIN.len() {
            PLAIN[place]
        } else if place < OVERRIDES {
            let kind = FaultKind::ALL[place - PLAIN.len()];
            kind_word(KeywordPosition::Fault, KeywordMeaning::Fault(kind), kind.row())
        } else if place >= ALGORITHMS {
            algorithm_word(AlgorithmKind::ALL[place - ALGORITHMS])
        } else {
            let kind = OverrideKind::ALL[place - OVERRIDES];
            // No other word can stand where a timer `fires`, so it needs no position of its own.
            let is_clause = matches!(kind, OverrideKind::Timer);
            let position = if is_clause { KeywordPosition::Clause } else { KeywordPosition::Fate };
            kind_word(position, KeywordMeaning::Override(kind), kind.row())
        };
        place += 1;
    }
    words
};

/// The words that have no table of their own.
#[rustfmt::skip]
const PLAIN: &[Keyword] = &[
    setting_word(SettingKind::Title.row(), KeywordMeaning::Setting(SettingKind::Title)),
    setting_word(SettingKind::About.row(), KeywordMeaning::Setting(SettingKind::About)),
    setting_word(SettingKind::Algorithm.row(), KeywordMeaning::Setting(SettingKind::Algorithm)),
    setting_word(SettingKind::Ranks.row(), KeywordMeaning::Setting(SettingKind::Ranks)),
    word(KeywordPosition::Statement, KeywordMeaning::Name, "name", "name N \"TEXT\"", "What a process is called in sentences and captions; at most 24 characters.", "name 3 \"db-c\""),
    word(KeywordPosition::Statement, KeywordMeaning::Zone, "zone", "zone NAME N…", "A named set of processes, such as a data centre; the name can stand wherever ranks are listed.", "zone west 1 2 3"),
    setting_word(SettingKind::Leader.row(), KeywordMeaning::Setting(SettingKind::Leader)),
    word(KeywordPosition::Statement, KeywordMeaning::Group, "group", "group NAME on N… [leader N | leader none]", "A set of processes that elect a leader among them.", "group orders on 1 2 3"),
    word(KeywordPosition::Statement, KeywordMeaning::Load, "load", "load [NAME] N/s", "How many requests reach a group.", "load orders 200/s"),
    setting_word(SettingKind::Capacity.row(), KeywordMeaning::Setting(SettingKind::Capacity)),
    setting_word(SettingKind::Detector.row(), KeywordMeaning::Setting(SettingKind::Detector)),
    setting_word(SettingKind::WaitAlive.row(), KeywordMeaning::Setting(SettingKind::WaitAlive)),
    setting_word(OwnSettingKind::Timeout.row(), KeywordMeaning::Own(OwnSettingKind::Timeout)),
    setting_word(OwnSettingKind::Drift.row(), KeywordMeaning::Own(OwnSettingKind::Drift)),
    setting_word(SettingKind::Latency.row(), KeywordMeaning::Setting(SettingKind::Latency)),
    setting_word(SettingKind::Loss.row(), KeywordMeaning::Setting(SettingKind::Loss)),
    setting_word(SettingKind::Duplicate.row(), KeywordMeaning::Setting(SettingKind::Duplicate)),
    setting_word(SettingKind::Fifo.row(), KeywordMeaning::Setting(SettingKind::Fifo)),
    setting_word(SettingKind::Seed.row(), KeywordMeaning::Setting(SettingKind::Seed)),
    setting_word(SettingKind::Until.row(), KeywordMeaning::Setting(SettingKind::Until)),
    word(KeywordPosition::Statement, KeywordMeaning::At, "at", "at T FAULT", "What happens at a time.", "at 100ms crash 6"),
    word(KeywordPosition::Statement, KeywordMeaning::Every, "every", "every T from T [until T] FAULT | every N… T", "What happens again and again: first at `from`, no more at `until`. Before ranks: how often these processes send heartbeats while they lead, instead of the detector's interval.", "every 500ms from 1s until 5s suspect 3"),
    word(KeywordPosition::Statement, KeywordMeaning::EditMessage, "message", "message KIND N->N #K [copy] lost | arrives T | delayed T | duplicated [in NAME]", "What becomes of one message: the K-th of its kind on its link.", "message Election 3->5 #1 lost"),
    word(KeywordPosition::Statement, KeywordMeaning::EditTimer, "timer", "timer KIND N #K fires T [in NAME]", "When one timer runs out: the K-th of its kind that a process sets.", "timer alive 3 #1 fires 230ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Expect, "expect", "expect CLAIM [in NAME]", "What must be true of the run.", "expect leader 5 by 500ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Mark, "mark", "mark T \"TEXT\"", "A chapter of the run, which `PageUp` and `PageDown` go to; at most 60 characters.", "mark 100ms \"6 crashes\""),
    setting_word(SettingKind::Figure.row(), KeywordMeaning::Setting(SettingKind::Figure)),

    word(KeywordPosition::Claim, KeywordMeaning::Leader, "leader", "expect leader N | none [by T]", "Exactly this one leads from T on, or at the end.", "expect leader 5 by 500ms"),
    word(KeywordPosition::Claim, KeywordMeaning::No, "no", "expect no split brain [after T]", "There are never two leaders.", "expect no split brain"),
    word(KeywordPosition::Claim, KeywordMeaning::Split, "split", "expect split brain [after T] | expect split brain <= T", "There are two leaders at some time, or for no longer than this.", "expect split brain <= 200ms"),
    word(KeywordPosition::Claim, KeywordMeaning::Messages, "messages", "expect messages [KIND] = | <= | >= N [after T]", "So many messages are sent.", "expect messages Election = 3"),
    word(KeywordPosition::Claim, KeywordMeaning::Elections, "elections", "expect elections = | <= | >= N", "So many elections are started, one by each member that does.", "expect elections <= 1"),
    word(KeywordPosition::Claim, KeywordMeaning::Leaderless, "leaderless", "expect leaderless <= T", "Nobody leads for no longer than this.", "expect leaderless <= 300ms"),
    word(KeywordPosition::Claim, KeywordMeaning::Agreement, "agreement", "expect agreement [by T]", "Everybody believes the same leader.", "expect agreement by 1s"),


    word(KeywordPosition::Detector, KeywordMeaning::Scripted, "scripted", "scripted", "Only `suspect` lines say that a leader is gone.", "detector scripted"),
    word(KeywordPosition::Detector, KeywordMeaning::Heartbeat, "heartbeat", "heartbeat every T timeout T", "Leaders send heartbeats; who hears none for the timeout suspects. Longer than two intervals and the jitter, it forgives a lost one.", "detector heartbeat every 100ms timeout 350ms"),

    figure_word(FigureOption::StartAt),
    figure_word(FigureOption::EndAt),
    figure_word(FigureOption::Speed),
    figure_word(FigureOption::View),
    figure_word(FigureOption::Height),

    word(KeywordPosition::View, KeywordMeaning::View(FigureView::Stage), FigureView::Stage.name(), "view stage", "The processes and the messages between them.", "figure view stage"),
    word(KeywordPosition::View, KeywordMeaning::View(FigureView::Spacetime), FigureView::Spacetime.name(), "view spacetime", "A lane for each process, time to the right.", "figure view spacetime"),
    word(KeywordPosition::View, KeywordMeaning::View(FigureView::Both), FigureView::Both.name(), "view both", "Both of them.", "figure view both"),

    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Election), MessageKind::Election.name(), "Election", "Who else is there?", "message Election 3->5 #1 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Alive), MessageKind::Alive.name(), "Alive", "I am: the answer to Election.", "message Alive 5->3 #1 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Proceed), MessageKind::Proceed.name(), "Proceed", "You are the highest that answered: lead.", "message Proceed 3->5 #1 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Elected), MessageKind::Elected.name(), "Elected", "I lead.", "message Elected 5->1 #1 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Heartbeat), MessageKind::Heartbeat.name(), "Heartbeat", "I still lead.", "message Heartbeat 6->1 #2 lost"),

    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Alive), TimerKind::Alive.name(), "alive", "An asker's wait for answers.", "timer alive 3 #1 fires 230ms"),
    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Elected), TimerKind::Elected.name(), "elected", "An asker's wait for the announcement that should follow.", "timer elected 3 #1 fires 400ms"),
    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Heartbeat), TimerKind::Heartbeat.name(), "heartbeat", "The time until a follower suspects its leader.", "timer heartbeat 3 #2 fires 500ms"),
    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Beat), TimerKind::Beat.name(), "beat", "A leader's next heartbeat.", "timer beat 6 #3 fires 900ms"),

    word(KeywordPosition::Unit, KeywordMeaning::Micros(1), "us", "250us", "Microseconds; nothing is finer.", "latency 250us"),
    word(KeywordPosition::Unit, KeywordMeaning::Micros(1_000), "ms", "250ms", "Milliseconds.", "wait alive 60ms"),
    word(KeywordPosition::Unit, KeywordMeaning::Micros(1_000_000), "s", "1.5s", "Seconds.", "until 1.5s"),
    word(KeywordPosition::Unit, KeywordMeaning::Micros(60_000_000), "m", "2m", "Minutes.", "until 2m"),
    word(KeywordPosition::Unit, KeywordMeaning::Percent, "%", "0.5%", "Of a hundred; four decimals at most.", "loss 0.5%"),
    word(KeywordPosition::Unit, KeywordMeaning::PerSecond, "/s", "200/s", "Requests per second.", "capacity 150/s"),

    word(KeywordPosition::Clause, KeywordMeaning::Clause, "none", "leader none", "Nobody.", "leader none"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "list", "processes list N…", "These, rather than so many.", "processes list 1 2 5"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "alternates", "alternates N | alternates list N…", "The successors that a leader names.", "algorithm next-in-line alternates 2"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "timeout", "timeout T", "How long a follower waits for a heartbeat.", "detector heartbeat every 100ms timeout 350ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "on", "group NAME on N… | fifo on", "Whose group it is; or that it holds.", "group orders on 1 2 3"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "off", "fifo off", "That it does not hold.", "fifo off"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "from", "every T from T", "When it happens first.", "every 1s from 2s crash 6"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "for", "pause N… for T", "How long.", "at 100ms pause 6 for 400ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "down", "down T", "How long it is down in each round.", "at 100ms flap 6 down 200ms up 400ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "up", "up T", "How long it is up in each round.", "at 100ms flap 6 down 200ms up 400ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "brain", "split brain", "Two or more lead.", "expect no split brain"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "by", "by T", "It holds from some instant up to this one to the end.", "expect leader 5 by 500ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "after", "after T", "It counts from this instant on.", "expect no split brain after 1s"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "copy", "#K copy", "The second arrival of a duplicated message.", "message Alive 5->3 #1 copy lost"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "in", "in NAME", "Which group is meant.", "expect leader 3 in orders"),
];
