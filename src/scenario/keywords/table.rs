//! The table itself, in the order in which a canonical script uses the words.

use super::{Keyword, KeywordMeaning, KeywordPosition};
use crate::scenario::{FaultKind, FigureOption, FigureView, KindRow, OverrideKind};
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
    let Some(row) = option.row().word else { panic!("the figure line has no word for it") };
    let key = KeywordMeaning::FigureOption(option);
    word(KeywordPosition::Figure, key, row.word, row.form, option.help(), row.example)
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
    let mut words = [PLAIN[0]; OVERRIDES + OverrideKind::ALL.len()];
    let mut place = 0;
    while place < words.len() {
        words[place] = if place < PLAIN.len() {
            PLAIN[place]
        } else if place < OVERRIDES {
            let kind = FaultKind::ALL[place - PLAIN.len()];
            kind_word(KeywordPosition::Fault, KeywordMeaning::Fault(kind), kind.row())
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
    word(KeywordPosition::Statement, KeywordMeaning::Title, "title", "title \"TEXT\"", "The name of the scenario.", "title \"3 notices that 6 is gone\""),
    word(KeywordPosition::Statement, KeywordMeaning::About, "about", "about \"TEXT\"", "A one-line description for the gallery.", "about \"One crash, one election.\""),
    word(KeywordPosition::Statement, KeywordMeaning::Algorithm, "algorithm", "algorithm bully | bully-textbook | next-in-line alternates N | next-in-line alternates list N…", "The election algorithm. Default: bully.", "algorithm next-in-line alternates 2"),
    word(KeywordPosition::Statement, KeywordMeaning::Processes, "processes", "processes COUNT | processes list N…", "The number of processes, with ranks from 1, or a list of ranks. Default: 6.", "processes list 1 2 3 5 8"),
    word(KeywordPosition::Statement, KeywordMeaning::Leader, "leader", "leader N | leader none", "The leader at the start. Default: the highest rank.", "leader 6"),
    word(KeywordPosition::Statement, KeywordMeaning::Group, "group", "group NAME on N… [leader N | leader none]", "A replication group, whose members elect a leader of their own.", "group orders on 1 2 3"),
    word(KeywordPosition::Statement, KeywordMeaning::Load, "load", "load [NAME] N/s", "The requests per second that reach a group.", "load orders 200/s"),
    word(KeywordPosition::Statement, KeywordMeaning::Capacity, "capacity", "capacity N/s", "The requests per second that a process can serve.", "capacity 150/s"),
    word(KeywordPosition::Statement, KeywordMeaning::Detector, "detector", "detector scripted | detector heartbeat every T timeout T", "The failure detector. Default: only `suspect` lines.", "detector heartbeat every 100ms timeout 350ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Wait, "wait", "wait alive T | wait elected T", "How long a process waits for Alive (default: 60ms), and then for Elected (default: 90ms). Each must be longer than the slowest round trip.", "wait alive 60ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Latency, "latency", "latency [LINKS] T | latency [LINKS] T..T", "The latency of messages, on all links or on the listed ones. Default: 10..20ms.", "latency 3->5 80ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Loss, "loss", "loss [LINKS] P%", "The share of messages that are lost. Default: 0%.", "loss 0.5%"),
    word(KeywordPosition::Statement, KeywordMeaning::Duplicate, "duplicate", "duplicate [LINKS] P%", "The share of messages that arrive twice. Default: 0%.", "duplicate 3--5 1%"),
    word(KeywordPosition::Statement, KeywordMeaning::Fifo, "fifo", "fifo on | fifo off", "Whether messages of a link arrive in the order in which they are sent. Default: off.", "fifo on"),
    word(KeywordPosition::Statement, KeywordMeaning::Seed, "seed", "seed N", "Selects the outcome of all random choices. Default: 1.", "seed 7"),
    word(KeywordPosition::Statement, KeywordMeaning::Until, "until", "until T", "The end of the run. Default: 2s after the last fault.", "until 2s"),
    word(KeywordPosition::Statement, KeywordMeaning::At, "at", "at T FAULT", "A fault at an instant.", "at 100ms crash 6"),
    word(KeywordPosition::Statement, KeywordMeaning::Every, "every", "every T from T [until T] FAULT", "A repeated fault: first at `from`, last before `until`.", "every 500ms from 1s until 5s suspect 3"),
    word(KeywordPosition::Statement, KeywordMeaning::EditMessage, "message", "message KIND N->N #K [copy] lost | arrives T | delayed T | duplicated [in NAME]", "An override of one message: the K-th of its kind on its link.", "message Election 3->5 #1 lost"),
    word(KeywordPosition::Statement, KeywordMeaning::EditTimer, "timer", "timer KIND N #K fires T [in NAME]", "An override of one timer: the K-th of its kind that a process sets.", "timer alive 3 #1 fires 230ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Expect, "expect", "expect CLAIM [in NAME]", "An expectation of the run.", "expect leader 5 by 500ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Figure, "figure", "figure [start T] [end T] [speed T] [view VIEW] [height N]", "How an embedded figure opens.", "figure start 180ms end 400ms speed 50ms"),

    word(KeywordPosition::Claim, KeywordMeaning::Leader, "leader", "expect leader N | none [by T]", "Only this process leads, from T or earlier to the end, or at the end.", "expect leader 5 by 500ms"),
    word(KeywordPosition::Claim, KeywordMeaning::No, "no", "expect no split brain [after T]", "Two processes never lead at once.", "expect no split brain"),
    word(KeywordPosition::Claim, KeywordMeaning::Split, "split", "expect split brain [after T] | expect split brain <= T", "Two processes lead at once at some time, or in total for at most this long.", "expect split brain <= 200ms"),
    word(KeywordPosition::Claim, KeywordMeaning::Messages, "messages", "expect messages [KIND] = | <= | >= N [after T]", "The number of messages that are sent.", "expect messages Election = 3"),
    word(KeywordPosition::Claim, KeywordMeaning::Elections, "elections", "expect elections = | <= | >= N", "The number of elections that are started; each start by a member counts.", "expect elections <= 1"),
    word(KeywordPosition::Claim, KeywordMeaning::Leaderless, "leaderless", "expect leaderless <= T", "The total time without a leader is at most this long.", "expect leaderless <= 300ms"),
    word(KeywordPosition::Claim, KeywordMeaning::Agreement, "agreement", "expect agreement [by T]", "All running processes follow the same leader.", "expect agreement by 1s"),

    word(KeywordPosition::Algorithm, KeywordMeaning::Bully, "bully", "bully", "The process that suspects the leader polls all higher ranks and hands the lead to the highest that answers.", "algorithm bully"),
    word(KeywordPosition::Algorithm, KeywordMeaning::Textbook, "bully-textbook", "bully-textbook", "A process that is asked also starts an election of its own.", "algorithm bully-textbook"),
    word(KeywordPosition::Algorithm, KeywordMeaning::NextInLine, "next-in-line", "next-in-line [alternates N | alternates list N…]", "Each leader names its successors; the process that suspects it asks them in order.", "algorithm next-in-line alternates list 5 4"),

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

    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Alive), TimerKind::Alive.name(), "alive", "The timeout for Alive.", "timer alive 3 #1 fires 230ms"),
    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Elected), TimerKind::Elected.name(), "elected", "The timeout for Elected.", "timer elected 3 #1 fires 400ms"),
    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Heartbeat), TimerKind::Heartbeat.name(), "heartbeat", "The time until a follower suspects its leader.", "timer heartbeat 3 #2 fires 500ms"),
    word(KeywordPosition::Timer, KeywordMeaning::Timer(TimerKind::Beat), TimerKind::Beat.name(), "beat", "A leader's next heartbeat.", "timer beat 6 #3 fires 900ms"),

    word(KeywordPosition::Unit, KeywordMeaning::Micros(1), "us", "250us", "Microseconds, the smallest unit.", "latency 250us"),
    word(KeywordPosition::Unit, KeywordMeaning::Micros(1_000), "ms", "250ms", "Milliseconds.", "wait alive 60ms"),
    word(KeywordPosition::Unit, KeywordMeaning::Micros(1_000_000), "s", "1.5s", "Seconds.", "until 1.5s"),
    word(KeywordPosition::Unit, KeywordMeaning::Micros(60_000_000), "m", "2m", "Minutes.", "until 2m"),
    word(KeywordPosition::Unit, KeywordMeaning::Percent, "%", "0.5%", "Percent, with at most four decimals.", "loss 0.5%"),
    word(KeywordPosition::Unit, KeywordMeaning::PerSecond, "/s", "200/s", "Requests per second.", "capacity 150/s"),

    word(KeywordPosition::Clause, KeywordMeaning::Clause, "none", "leader none", "No leader.", "leader none"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "list", "processes list N…", "A list of ranks instead of a number.", "processes list 1 2 5"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "alternates", "alternates N | alternates list N…", "The successors that a leader names.", "algorithm next-in-line alternates 2"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "timeout", "timeout T", "How long a follower waits for a heartbeat.", "detector heartbeat every 100ms timeout 350ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "on", "group NAME on N… | fifo on", "The members of a group; or switches `fifo` on.", "group orders on 1 2 3"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "off", "fifo off", "Switches `fifo` off.", "fifo off"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "from", "every T from T", "The first instant of a repeated fault.", "every 1s from 2s crash 6"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "for", "pause N… for T", "The duration of a pause.", "at 100ms pause 6 for 400ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "down", "down T", "How long the process is down each time.", "at 100ms flap 6 down 200ms up 400ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "up", "up T", "How long the process is up each time.", "at 100ms flap 6 down 200ms up 400ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "brain", "split brain", "Two or more processes lead at once.", "expect no split brain"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "by", "by T", "From this instant or earlier to the end.", "expect leader 5 by 500ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "after", "after T", "Only the time from this instant on counts.", "expect no split brain after 1s"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "copy", "#K copy", "The second arrival of a duplicated message.", "message Alive 5->3 #1 copy lost"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "in", "in NAME", "The group.", "expect leader 3 in orders"),
];
