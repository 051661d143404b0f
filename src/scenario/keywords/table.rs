//! The table of keywords, in the order in which a canonical script uses them.

use super::{Keyword, KeywordMeaning, KeywordPosition};
use crate::election::AlgorithmKind;
use crate::scenario::{
    ConditionKind, FaultKind, FigureOption, FigureView, KindRow, MoveKind, OverrideKind,
    OwnSettingKind, SettingKind, SettingRow,
};
use crate::types::{MessageKind, TimerKind};

/// A row of the table.
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

/// The row of a figure option, from the table of options.
const fn figure_word(option: FigureOption) -> Keyword {
    let Some(row) = option.row().word else { panic!("the figure line has no word for it") };
    let key = KeywordMeaning::FigureOption(option);
    word(KeywordPosition::Figure, key, row.word, row.form, option.help(), row.example)
}

/// The row of a condition, from the table of conditions.
const fn condition_word(kind: ConditionKind) -> Keyword {
    let row = kind.row();
    let key = KeywordMeaning::Condition(kind);
    word(KeywordPosition::Condition, key, row.word, row.form, row.help(), row.example)
}

/// The row of a kind of added fault, from the table of moves.
const fn added_fault_word(kind: MoveKind) -> Keyword {
    let [form, example] = kind.keyword();
    let key = KeywordMeaning::AddedFault(kind);
    word(KeywordPosition::AddedFault, key, kind.name(), form, kind.help(), example)
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
    const CONDITIONS: usize = ALGORITHMS + AlgorithmKind::ALL.len();
    const ALWAYS: usize = CONDITIONS + ConditionKind::ALL.len();
    const IN_SEEDS: usize = ALWAYS + 1;
    const ADDED_FAULTS: usize = IN_SEEDS + 1;
    let mut words = [PLAIN[0]; ADDED_FAULTS + MoveKind::ALL.len()];
    let mut place = 0;
    while place < words.len() {
        words[place] = if place < PLAIN.len() {
            PLAIN[place]
        } else if place < OVERRIDES {
            let kind = FaultKind::ALL[place - PLAIN.len()];
            kind_word(KeywordPosition::Fault, KeywordMeaning::Fault(kind), kind.row())
        } else if place < ALGORITHMS {
            let kind = OverrideKind::ALL[place - OVERRIDES];
            // No other word can stand where a timer `fires`, so it needs no position of its own.
            let is_clause = matches!(kind, OverrideKind::Timer);
            let position = if is_clause { KeywordPosition::Clause } else { KeywordPosition::Fate };
            kind_word(position, KeywordMeaning::Override(kind), kind.row())
        } else if place < CONDITIONS {
            algorithm_word(AlgorithmKind::ALL[place - ALGORITHMS])
        } else if place < ALWAYS {
            condition_word(ConditionKind::ALL[place - CONDITIONS])
        } else if place < IN_SEEDS {
            ALWAYS_WORD
        } else if place < ADDED_FAULTS {
            IN_SEEDS_WORD
        } else {
            added_fault_word(MoveKind::ALL[place - ADDED_FAULTS])
        };
        place += 1;
    }
    words
};

/// Stands before a condition, and is listed behind all of them.
const ALWAYS_WORD: Keyword = word(
    KeywordPosition::Condition,
    KeywordMeaning::Always,
    "always",
    "expect always CONDITION with N faults [of KIND…]",
    "The condition holds in this run, and in each run with at most N added faults of these kinds; without \
     `of`, of any kind.",
    "expect always no split brain with 2 faults of crash cut lose",
);

/// Likewise.
const IN_SEEDS_WORD: Keyword = word(
    KeywordPosition::Condition,
    KeywordMeaning::InSeeds,
    "in",
    "expect in P% of seeds CONDITION",
    "The condition holds in at least this share of the runs with the seeds from 1 to the number that `seeds` says.",
    "expect in 99% of seeds leader 5 by 1.5s",
);

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
    word(KeywordPosition::Statement, KeywordMeaning::Group, "group", "group NAME on N… [leader N | leader none]", "A replication group, whose members elect a leader of their own.", "group orders on 1 2 3"),
    word(KeywordPosition::Statement, KeywordMeaning::Load, "load", "load [NAME] N/s", "The requests per second that reach a group.", "load orders 200/s"),
    setting_word(SettingKind::Capacity.row(), KeywordMeaning::Setting(SettingKind::Capacity)),
    setting_word(SettingKind::Detector.row(), KeywordMeaning::Setting(SettingKind::Detector)),
    setting_word(SettingKind::WaitAlive.row(), KeywordMeaning::Setting(SettingKind::WaitAlive)),
    setting_word(SettingKind::Preempt.row(), KeywordMeaning::Setting(SettingKind::Preempt)),
    setting_word(SettingKind::Quorum.row(), KeywordMeaning::Setting(SettingKind::Quorum)),
    setting_word(OwnSettingKind::Timeout.row(), KeywordMeaning::Own(OwnSettingKind::Timeout)),
    setting_word(OwnSettingKind::Drift.row(), KeywordMeaning::Own(OwnSettingKind::Drift)),
    setting_word(SettingKind::Latency.row(), KeywordMeaning::Setting(SettingKind::Latency)),
    setting_word(SettingKind::Loss.row(), KeywordMeaning::Setting(SettingKind::Loss)),
    setting_word(SettingKind::Duplicate.row(), KeywordMeaning::Setting(SettingKind::Duplicate)),
    setting_word(SettingKind::Fifo.row(), KeywordMeaning::Setting(SettingKind::Fifo)),
    setting_word(SettingKind::Seed.row(), KeywordMeaning::Setting(SettingKind::Seed)),
    setting_word(SettingKind::Seeds.row(), KeywordMeaning::Setting(SettingKind::Seeds)),
    setting_word(SettingKind::Until.row(), KeywordMeaning::Setting(SettingKind::Until)),
    word(KeywordPosition::Statement, KeywordMeaning::At, "at", "at T FAULT", "A fault at an instant.", "at 100ms crash 6"),
    word(KeywordPosition::Statement, KeywordMeaning::Every, "every", "every T from T [until T] FAULT | every N… T", "What happens again and again: first at `from`, no more at `until`. Before ranks: how often these processes send heartbeats while they lead, instead of the detector's interval.", "every 500ms from 1s until 5s suspect 3"),
    word(KeywordPosition::Statement, KeywordMeaning::MessageOverride, "message", "message KIND N->N #K [copy] lost | arrives T | delayed T | duplicated [in NAME]", "An override of one message: the K-th of its kind on its link.", "message Election 3->5 #1 lost"),
    word(KeywordPosition::Statement, KeywordMeaning::TimerOverride, "timer", "timer KIND N #K fires T [in NAME]", "An override of one timer: the K-th of its kind that a process sets.", "timer alive 3 #1 fires 230ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Expect, "expect", "expect CLAIM [in NAME]", "An expectation of the run.", "expect leader 5 by 500ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Mark, "mark", "mark T \"TEXT\"", "A chapter of the run, which `PageUp` and `PageDown` go to; at most 60 characters.", "mark 100ms \"6 crashes\""),
    setting_word(SettingKind::Figure.row(), KeywordMeaning::Setting(SettingKind::Figure)),

    word(KeywordPosition::Detector, KeywordMeaning::Scripted, "scripted", "scripted", "Processes suspect their leader only by `suspect` lines.", "detector scripted"),
    word(KeywordPosition::Detector, KeywordMeaning::Heartbeat, "heartbeat", "heartbeat every T timeout T", "Leaders send heartbeats; a process that receives none for the timeout suspects its leader. A timeout longer than two intervals plus the jitter tolerates one lost heartbeat.", "detector heartbeat every 100ms timeout 350ms"),

    figure_word(FigureOption::StartAt),
    figure_word(FigureOption::EndAt),
    figure_word(FigureOption::Speed),
    figure_word(FigureOption::View),
    figure_word(FigureOption::Height),

    word(KeywordPosition::View, KeywordMeaning::View(FigureView::Stage), FigureView::Stage.name(), "view stage", "The processes and the messages between them.", "figure view stage"),
    word(KeywordPosition::View, KeywordMeaning::View(FigureView::Spacetime), FigureView::Spacetime.name(), "view spacetime", "A lane for each process, time to the right.", "figure view spacetime"),
    word(KeywordPosition::View, KeywordMeaning::View(FigureView::Both), FigureView::Both.name(), "view both", "Stage and diagram.", "figure view both"),

    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Election), MessageKind::Election.name(), "Election", "Asks a higher rank whether it runs.", "message Election 3->5 #1 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Alive), MessageKind::Alive.name(), "Alive", "The answer to Election.", "message Alive 5->3 #1 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Proceed), MessageKind::Proceed.name(), "Proceed", "Tells the highest rank that answered to take the lead.", "message Proceed 3->5 #1 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Elected), MessageKind::Elected.name(), "Elected", "Announces that the sender leads.", "message Elected 5->1 #1 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Heartbeat), MessageKind::Heartbeat.name(), "Heartbeat", "Shows that the leader still runs.", "message Heartbeat 6->1 #2 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Ack), MessageKind::Ack.name(), "Ack", "Tells a leader that its Elected or Heartbeat has arrived (quorum, raft).", "message Ack 3->6 #2 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::VoteRequest), MessageKind::VoteRequest.name(), "VoteRequest", "Asks for a vote in a term (raft).", "message VoteRequest 3->5 #1 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Vote), MessageKind::Vote.name(), "Vote", "The answer to VoteRequest (raft).", "message Vote 5->3 #1 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::PreVoteRequest), MessageKind::PreVoteRequest.name(), "PreVoteRequest", "Asks whether the receiver would vote for the sender in the next term (raft).", "message PreVoteRequest 3->5 #1 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::PreVote), MessageKind::PreVote.name(), "PreVote", "The answer to PreVoteRequest (raft).", "message PreVote 5->3 #1 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Invitation), MessageKind::Invitation.name(), "Invitation", "Asks another group to join the group of a leader (invitation).", "message Invitation 6->3 #1 lost"),
    word(KeywordPosition::Message, KeywordMeaning::Message(MessageKind::Accept), MessageKind::Accept.name(), "Accept", "The answer of a process that joins a group (invitation).", "message Accept 3->6 #1 lost"),

    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Alive), TimerKind::Alive.name(), "alive", "The timeout for Alive.", "timer alive 3 #1 fires 230ms"),
    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Elected), TimerKind::Elected.name(), "elected", "The timeout for Elected.", "timer elected 3 #1 fires 400ms"),
    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Heartbeat), TimerKind::Heartbeat.name(), "heartbeat", "The time until a follower suspects its leader.", "timer heartbeat 3 #2 fires 500ms"),
    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Beat), TimerKind::Beat.name(), "beat", "A leader's next heartbeat.", "timer beat 6 #3 fires 900ms"),
    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Preempt), TimerKind::Preempt.name(), "preempt", "The time for which a process follows a lower rank before it preempts.", "timer preempt 6 #1 fires 900ms"),
    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Quorum), TimerKind::Quorum.name(), "quorum", "The time until no quorum has acknowledged a leader lately.", "timer quorum 6 #1 fires 900ms"),
    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Delay), TimerKind::Delay.name(), "delay", "How long a process holds its election back for higher ranks (candidates).", "timer delay 4 #1 fires 600ms"),

    word(KeywordPosition::Unit, KeywordMeaning::Micros(1), "us", "250us", "Microseconds, the smallest unit.", "latency 250us"),
    word(KeywordPosition::Unit, KeywordMeaning::Micros(1_000), "ms", "250ms", "Milliseconds.", "wait alive 60ms"),
    word(KeywordPosition::Unit, KeywordMeaning::Micros(1_000_000), "s", "1.5s", "Seconds.", "until 1.5s"),
    word(KeywordPosition::Unit, KeywordMeaning::Micros(60_000_000), "m", "2m", "Minutes.", "until 2m"),
    word(KeywordPosition::Unit, KeywordMeaning::Percent, "%", "0.5%", "Percent, with at most four decimals.", "loss 0.5%"),
    word(KeywordPosition::Unit, KeywordMeaning::PerSecond, "/s", "200/s", "Requests per second.", "capacity 150/s"),

    word(KeywordPosition::Clause, KeywordMeaning::Clause, "none", "leader none | quorum none", "No leader; or a leader needs no quorum.", "leader none"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "majority", "quorum majority", "More than half of the group.", "quorum majority"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "delay", "candidates N… delay T", "How long a process holds its election back for each rank above it; 80ms by default.", "algorithm candidates 6 5 4 delay 80ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "pre-vote", "raft pre-vote", "A follower asks whether it would get a majority before it stands.", "algorithm raft pre-vote"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "check-quorum", "raft check-quorum", "A leader steps down that no majority has acknowledged for the timeout.", "algorithm raft check-quorum"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "list", "processes list N…", "A list of ranks instead of a number.", "processes list 1 2 5"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "alternates", "alternates N | alternates list N…", "The successors that a leader names.", "algorithm next-in-line alternates 2"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "timeout", "timeout T", "How long a follower waits for a heartbeat.", "detector heartbeat every 100ms timeout 350ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "on", "group NAME on N… | fifo on | preempt on", "The members of a group; or switches `fifo` or `preempt` on.", "group orders on 1 2 3"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "off", "fifo off | preempt off", "Switches `fifo` or `preempt` off.", "preempt off"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "from", "every T from T | from T to T", "The first instant of a repeated fault, or of a time range.", "every 1s from 2s crash 6"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "for", "pause N… for T", "The duration of a pause.", "at 100ms pause 6 for 400ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "down", "down T", "How long the process is down each time.", "at 100ms flap 6 down 200ms up 400ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "up", "up T", "How long the process is up each time.", "at 100ms flap 6 down 200ms up 400ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "brain", "split brain", "Two or more processes lead at once.", "expect no split brain"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "by", "by T", "From this instant or earlier to the end.", "expect leader 5 by 500ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "at", "at T", "The state after all events of this instant.", "expect leader 5 at 500ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "to", "from T to T", "The end of a time range, which is not part of it.", "expect leader 5 from 500ms to 1s"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "after", "after T", "Only the time from this instant on counts; or the time after which a process preempts.", "expect no split brain after 1s"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "with", "always CONDITION with N faults", "The faults that are added to the run.", "expect always agreement with 1 fault"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "fault", "with 1 fault", "One added fault.", "expect always agreement with 1 fault"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "faults", "with N faults", "At most so many added faults.", "expect always agreement with 2 faults"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "of", "of KIND… | in P% of seeds", "The kinds of the added faults, all kinds without it; or the seeds of which a share is meant.", "expect always agreement with 1 fault of cut lose"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "seeds", "in P% of seeds", "The runs with other seeds.", "expect in 99% of seeds leader 5 by 1.5s"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "copy", "#K copy", "The second arrival of a duplicated message.", "message Alive 5->3 #1 copy lost"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "in", "in NAME", "The group.", "expect leader 3 in orders"),
];
