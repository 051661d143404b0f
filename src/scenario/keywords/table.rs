//! The table of keywords, in the order in which a canonical script uses them.

use super::{Keyword, KeywordMeaning, KeywordPosition};
use crate::scenario::{FigureOption, FigureView};
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
    let Some(said) = option.row().word else { panic!("the figure line has no word for it") };
    let key = KeywordMeaning::FigureOption(option);
    word(KeywordPosition::Figure, key, said.word, said.form, option.help(), said.example)
}

/// All keywords.
#[rustfmt::skip]
pub const WORDS: &[Keyword] = &[
    word(KeywordPosition::Statement, KeywordMeaning::Title, "title", "title \"TEXT\"", "What the scenario is called.", "title \"3 notices that 6 is gone\""),
    word(KeywordPosition::Statement, KeywordMeaning::About, "about", "about \"TEXT\"", "One line about it for galleries.", "about \"One crash, one election.\""),
    word(KeywordPosition::Statement, KeywordMeaning::Algorithm, "algorithm", "algorithm bully | bully-textbook | next-in-line alternates N | next-in-line alternates list N…", "Which algorithm elects; bully by default.", "algorithm next-in-line alternates 2"),
    word(KeywordPosition::Statement, KeywordMeaning::Processes, "processes", "processes COUNT | processes list N…", "Who there is: so many, ranked from 1, or these ranks; 6 by default.", "processes list 1 2 3 5 8"),
    word(KeywordPosition::Statement, KeywordMeaning::Leader, "leader", "leader N | leader none", "Who leads at the start; the highest by default.", "leader 6"),
    word(KeywordPosition::Statement, KeywordMeaning::Group, "group", "group NAME on N… [leader N | leader none]", "A set of processes that elect a leader among them.", "group orders on 1 2 3"),
    word(KeywordPosition::Statement, KeywordMeaning::Load, "load", "load [NAME] N/s", "How many requests reach a group.", "load orders 200/s"),
    word(KeywordPosition::Statement, KeywordMeaning::Capacity, "capacity", "capacity N/s", "How many requests one process can serve.", "capacity 150/s"),
    word(KeywordPosition::Statement, KeywordMeaning::Detector, "detector", "detector scripted | detector heartbeat every T timeout T", "The failure detector; by default, only the script suspects.", "detector heartbeat every 100ms timeout 350ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Wait, "wait", "wait alive T | wait elected T", "How long an asker waits for Alive (60ms by default), and then for Elected (90ms); each longer than the slowest way there and back.", "wait alive 60ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Latency, "latency", "latency [LINKS] T | latency [LINKS] T..T", "How long a message takes, on every link or on these; 10..20ms by default.", "latency 3->5 80ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Loss, "loss", "loss [LINKS] P%", "How often a message is lost; never by default.", "loss 0.5%"),
    word(KeywordPosition::Statement, KeywordMeaning::Duplicate, "duplicate", "duplicate [LINKS] P%", "How often a message arrives twice; never by default.", "duplicate 3--5 1%"),
    word(KeywordPosition::Statement, KeywordMeaning::Fifo, "fifo", "fifo on | fifo off", "Whether a message never overtakes an earlier one on its link; off by default.", "fifo on"),
    word(KeywordPosition::Statement, KeywordMeaning::Seed, "seed", "seed N", "Another number, another chance; 1 by default.", "seed 7"),
    word(KeywordPosition::Statement, KeywordMeaning::Until, "until", "until T", "When the run ends; by default 2s after the last thing that happens.", "until 2s"),
    word(KeywordPosition::Statement, KeywordMeaning::At, "at", "at T FAULT", "What happens at a time.", "at 100ms crash 6"),
    word(KeywordPosition::Statement, KeywordMeaning::Every, "every", "every T from T [until T] FAULT", "What happens again and again: first at `from`, no more at `until`.", "every 500ms from 1s until 5s suspect 3"),
    word(KeywordPosition::Statement, KeywordMeaning::EditMessage, "message", "message KIND N->N #K [copy] lost | arrives T | delayed T | duplicated [in NAME]", "What becomes of one message: the K-th of its kind on its link.", "message Election 3->5 #1 lost"),
    word(KeywordPosition::Statement, KeywordMeaning::EditTimer, "timer", "timer KIND N #K fires T [in NAME]", "When one timer runs out: the K-th of its kind that a process sets.", "timer alive 3 #1 fires 230ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Expect, "expect", "expect CLAIM [in NAME]", "What must be true of the run.", "expect leader 5 by 500ms"),
    word(KeywordPosition::Statement, KeywordMeaning::Figure, "figure", "figure [start T] [end T] [speed T] [view VIEW] [height N]", "How an embedded figure opens.", "figure start 180ms end 400ms speed 50ms"),

    word(KeywordPosition::Fault, KeywordMeaning::Crash, "crash", "crash N…", "They stop and forget everything.", "at 100ms crash 6"),
    word(KeywordPosition::Fault, KeywordMeaning::Recover, "recover", "recover N…", "They start again.", "at 900ms recover 6"),
    word(KeywordPosition::Fault, KeywordMeaning::Suspect, "suspect", "suspect N… [in NAME]", "They notice that their leader does not answer.", "at 200ms suspect 3"),
    word(KeywordPosition::Fault, KeywordMeaning::Pause, "pause", "pause N… for T", "They are alive but frozen, and answer nobody. A leader that stalls but still answers clients is `cut` from the others instead.", "at 100ms pause 6 for 400ms"),
    word(KeywordPosition::Fault, KeywordMeaning::Resume, "resume", "resume N…", "Their pause ends early.", "at 300ms resume 6"),
    word(KeywordPosition::Fault, KeywordMeaning::Flap, "flap", "flap N down T up T [until T]", "It crashes and recovers again and again.", "at 100ms flap 6 down 200ms up 400ms"),
    word(KeywordPosition::Fault, KeywordMeaning::Partition, "partition", "partition N… | N…", "Every link between two sides is cut.", "at 100ms partition 1 2 3 | 4 5 6"),
    word(KeywordPosition::Fault, KeywordMeaning::Cut, "cut", "cut LINKS", "What is sent on these links is lost.", "at 100ms cut 3--6"),
    word(KeywordPosition::Fault, KeywordMeaning::Heal, "heal", "heal [LINKS]", "All cuts are gone, or those of these links.", "at 900ms heal"),
    word(KeywordPosition::Fault, KeywordMeaning::Latency, "latency", "latency [LINKS] T | latency [LINKS] T..T", "From now on a message takes so long.", "at 1s latency 3->5 80ms"),
    word(KeywordPosition::Fault, KeywordMeaning::Loss, "loss", "loss [LINKS] P%", "From now on so many messages are lost.", "at 1s loss 20%"),

    word(KeywordPosition::Claim, KeywordMeaning::Leader, "leader", "expect leader N | none [by T]", "Exactly this one leads from T on, or at the end.", "expect leader 5 by 500ms"),
    word(KeywordPosition::Claim, KeywordMeaning::No, "no", "expect no split brain [after T]", "There are never two leaders.", "expect no split brain"),
    word(KeywordPosition::Claim, KeywordMeaning::Split, "split", "expect split brain [after T] | expect split brain <= T", "There are two leaders at some time, or for no longer than this.", "expect split brain <= 200ms"),
    word(KeywordPosition::Claim, KeywordMeaning::Messages, "messages", "expect messages [KIND] = | <= | >= N [after T]", "So many messages are sent.", "expect messages Election = 3"),
    word(KeywordPosition::Claim, KeywordMeaning::Elections, "elections", "expect elections = | <= | >= N", "So many elections are started, one by each member that does.", "expect elections <= 1"),
    word(KeywordPosition::Claim, KeywordMeaning::Leaderless, "leaderless", "expect leaderless <= T", "Nobody leads for no longer than this.", "expect leaderless <= 300ms"),
    word(KeywordPosition::Claim, KeywordMeaning::Agreement, "agreement", "expect agreement [by T]", "Everybody believes the same leader.", "expect agreement by 1s"),

    word(KeywordPosition::Fate, KeywordMeaning::Lost, "lost", "lost", "It never arrives.", "message Alive 5->3 #1 lost"),
    word(KeywordPosition::Fate, KeywordMeaning::Arrives, "arrives", "arrives T", "It arrives at this instant.", "message Alive 5->3 #1 arrives 231ms"),
    word(KeywordPosition::Fate, KeywordMeaning::Delayed, "delayed", "delayed T", "It takes so much longer.", "message Alive 5->3 #1 delayed 50ms"),
    word(KeywordPosition::Fate, KeywordMeaning::Duplicated, "duplicated", "duplicated", "It arrives twice.", "message Alive 5->3 #1 duplicated"),

    word(KeywordPosition::Algorithm, KeywordMeaning::Bully, "bully", "bully", "The process that suspects the leader polls all higher ranks and hands the lead to the highest that answers.", "algorithm bully"),
    word(KeywordPosition::Algorithm, KeywordMeaning::Textbook, "bully-textbook", "bully-textbook", "A process that is asked also starts an election of its own.", "algorithm bully-textbook"),
    word(KeywordPosition::Algorithm, KeywordMeaning::NextInLine, "next-in-line", "next-in-line [alternates N | alternates list N…]", "Each leader names its successors; the process that suspects it asks them in order.", "algorithm next-in-line alternates list 5 4"),

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
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "fires", "fires T", "The timer runs out at this instant.", "timer alive 3 #1 fires 230ms"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "copy", "#K copy", "The second arrival of a duplicated message.", "message Alive 5->3 #1 copy lost"),
    word(KeywordPosition::Clause, KeywordMeaning::Clause, "in", "in NAME", "Which group is meant.", "expect leader 3 in orders"),
];
