//! The table itself, in the order in which a canonical script uses the words.

use super::{Key, Kind, Word};
use crate::scenario::View;
use crate::types::{MessageKind, TimerKind};

/// One row of the table.
const fn word(
    kind: Kind,
    key: Key,
    word: &'static str,
    form: &'static str,
    means: &'static str,
    example: &'static str,
) -> Word {
    Word { kind, key, word, form, means, example }
}

/// Every word of the language.
#[rustfmt::skip]
pub const WORDS: &[Word] = &[
    word(Kind::Statement, Key::Title, "title", "title \"TEXT\"", "What the scenario is called.", "title \"3 notices that 6 is gone\""),
    word(Kind::Statement, Key::About, "about", "about \"TEXT\"", "One line about it for galleries.", "about \"One crash, one election.\""),
    word(Kind::Statement, Key::Algorithm, "algorithm", "algorithm bully | bully-textbook | next-in-line alternates N | next-in-line alternates list N…", "Which algorithm elects; bully by default.", "algorithm next-in-line alternates 2"),
    word(Kind::Statement, Key::Processes, "processes", "processes COUNT | processes list N…", "Who there is: so many, ranked from 1, or these ranks; 6 by default.", "processes list 1 2 3 5 8"),
    word(Kind::Statement, Key::Leader, "leader", "leader N | leader none", "Who leads at the start; the highest by default.", "leader 6"),
    word(Kind::Statement, Key::Group, "group", "group NAME on N… [leader N | leader none]", "A set of processes that elect a leader among them.", "group orders on 1 2 3"),
    word(Kind::Statement, Key::Load, "load", "load [NAME] N/s", "How many requests reach a group.", "load orders 200/s"),
    word(Kind::Statement, Key::Capacity, "capacity", "capacity N/s", "How many requests one process can serve.", "capacity 150/s"),
    word(Kind::Statement, Key::Detector, "detector", "detector scripted | detector heartbeat every T timeout T", "The failure detector; by default, only the script suspects.", "detector heartbeat every 100ms timeout 350ms"),
    word(Kind::Statement, Key::Wait, "wait", "wait alive T | wait elected T", "How long an asker waits for Alive (60ms by default), and then for Elected (90ms); each longer than the slowest way there and back.", "wait alive 60ms"),
    word(Kind::Statement, Key::Latency, "latency", "latency [LINKS] T | latency [LINKS] T..T", "How long a message takes, on every link or on these; 10..20ms by default.", "latency 3->5 80ms"),
    word(Kind::Statement, Key::Loss, "loss", "loss [LINKS] P%", "How often a message is lost; never by default.", "loss 0.5%"),
    word(Kind::Statement, Key::Duplicate, "duplicate", "duplicate [LINKS] P%", "How often a message arrives twice; never by default.", "duplicate 3--5 1%"),
    word(Kind::Statement, Key::Fifo, "fifo", "fifo on | fifo off", "Whether a message never overtakes an earlier one on its link; off by default.", "fifo on"),
    word(Kind::Statement, Key::Seed, "seed", "seed N", "Another number, another chance; 1 by default.", "seed 7"),
    word(Kind::Statement, Key::Until, "until", "until T", "When the run ends; by default 2s after the last thing that happens.", "until 2s"),
    word(Kind::Statement, Key::At, "at", "at T FAULT", "What happens at a time.", "at 100ms crash 6"),
    word(Kind::Statement, Key::Every, "every", "every T from T [until T] FAULT", "What happens again and again: first at `from`, no more at `until`.", "every 500ms from 1s until 5s suspect 3"),
    word(Kind::Statement, Key::EditMessage, "message", "message KIND N->N #K [copy] lost | arrives T | delayed T | duplicated [in NAME]", "What becomes of one message: the K-th of its kind on its link.", "message Election 3->5 #1 lost"),
    word(Kind::Statement, Key::EditTimer, "timer", "timer KIND N #K fires T [in NAME]", "When one timer runs out: the K-th of its kind that a process sets.", "timer alive 3 #1 fires 230ms"),
    word(Kind::Statement, Key::Expect, "expect", "expect CLAIM [in NAME]", "What must be true of the run.", "expect leader 5 by 500ms"),
    word(Kind::Statement, Key::Figure, "figure", "figure [start T] [end T] [speed T] [view VIEW] [height N]", "How an embedded figure opens.", "figure start 180ms end 400ms speed 50ms"),

    word(Kind::Fault, Key::Crash, "crash", "crash N…", "They stop and forget everything.", "at 100ms crash 6"),
    word(Kind::Fault, Key::Recover, "recover", "recover N…", "They start again.", "at 900ms recover 6"),
    word(Kind::Fault, Key::Suspect, "suspect", "suspect N… [in NAME]", "They notice that their leader does not answer.", "at 200ms suspect 3"),
    word(Kind::Fault, Key::Pause, "pause", "pause N… for T", "They are alive but frozen, and answer nobody. A leader that stalls but still answers clients is `cut` from the others instead.", "at 100ms pause 6 for 400ms"),
    word(Kind::Fault, Key::Resume, "resume", "resume N…", "Their pause ends early.", "at 300ms resume 6"),
    word(Kind::Fault, Key::Flap, "flap", "flap N down T up T [until T]", "It crashes and recovers again and again.", "at 100ms flap 6 down 200ms up 400ms"),
    word(Kind::Fault, Key::Partition, "partition", "partition N… | N…", "Every link between two sides is cut.", "at 100ms partition 1 2 3 | 4 5 6"),
    word(Kind::Fault, Key::Cut, "cut", "cut LINKS", "What is sent on these links is lost.", "at 100ms cut 3--6"),
    word(Kind::Fault, Key::Heal, "heal", "heal [LINKS]", "All cuts are gone, or those of these links.", "at 900ms heal"),
    word(Kind::Fault, Key::Latency, "latency", "latency [LINKS] T | latency [LINKS] T..T", "From now on a message takes so long.", "at 1s latency 3->5 80ms"),
    word(Kind::Fault, Key::Loss, "loss", "loss [LINKS] P%", "From now on so many messages are lost.", "at 1s loss 20%"),

    word(Kind::Claim, Key::Leader, "leader", "expect leader N | none [by T]", "Exactly this one leads from T on, or at the end.", "expect leader 5 by 500ms"),
    word(Kind::Claim, Key::No, "no", "expect no split brain [after T]", "There are never two leaders.", "expect no split brain"),
    word(Kind::Claim, Key::Split, "split", "expect split brain [after T] | expect split brain <= T", "There are two leaders at some time, or for no longer than this.", "expect split brain <= 200ms"),
    word(Kind::Claim, Key::Messages, "messages", "expect messages [KIND] = | <= | >= N [after T]", "So many messages are sent.", "expect messages Election = 3"),
    word(Kind::Claim, Key::Elections, "elections", "expect elections = | <= | >= N", "So many elections are started, one by each member that does.", "expect elections <= 1"),
    word(Kind::Claim, Key::Leaderless, "leaderless", "expect leaderless <= T", "Nobody leads for no longer than this.", "expect leaderless <= 300ms"),
    word(Kind::Claim, Key::Agreement, "agreement", "expect agreement [by T]", "Everybody believes the same leader.", "expect agreement by 1s"),

    word(Kind::Fate, Key::Lost, "lost", "lost", "It never arrives.", "message Alive 5->3 #1 lost"),
    word(Kind::Fate, Key::Arrives, "arrives", "arrives T", "It arrives at this instant.", "message Alive 5->3 #1 arrives 231ms"),
    word(Kind::Fate, Key::Delayed, "delayed", "delayed T", "It takes so much longer.", "message Alive 5->3 #1 delayed 50ms"),
    word(Kind::Fate, Key::Duplicated, "duplicated", "duplicated", "It arrives twice.", "message Alive 5->3 #1 duplicated"),

    word(Kind::Algorithm, Key::Bully, "bully", "bully", "The process that suspects the leader polls all higher ranks and hands the lead to the highest that answers.", "algorithm bully"),
    word(Kind::Algorithm, Key::Textbook, "bully-textbook", "bully-textbook", "A process that is asked also starts an election of its own.", "algorithm bully-textbook"),
    word(Kind::Algorithm, Key::NextInLine, "next-in-line", "next-in-line [alternates N | alternates list N…]", "Each leader names its successors; the process that suspects it asks them in order.", "algorithm next-in-line alternates list 5 4"),

    word(Kind::Detector, Key::Scripted, "scripted", "scripted", "Only `suspect` lines say that a leader is gone.", "detector scripted"),
    word(Kind::Detector, Key::Heartbeat, "heartbeat", "heartbeat every T timeout T", "Leaders send heartbeats; who hears none for the timeout suspects. Longer than two intervals and the jitter, it forgives a lost one.", "detector heartbeat every 100ms timeout 350ms"),

    word(Kind::Figure, Key::Start, "start", "start T", "Where it starts.", "figure start 180ms"),
    word(Kind::Figure, Key::End, "end", "end T", "Where it ends.", "figure end 400ms"),
    word(Kind::Figure, Key::Speed, "speed", "speed T", "How much virtual time passes in a second.", "figure speed 50ms"),
    word(Kind::Figure, Key::ShowView, "view", "view stage | spacetime | both", "What it shows.", "figure view stage"),
    word(Kind::Figure, Key::Height, "height", "height N", "How high it is, in pixels.", "figure height 420"),

    word(Kind::View, Key::View(View::Stage), View::Stage.name(), "view stage", "The processes and the messages between them.", "figure view stage"),
    word(Kind::View, Key::View(View::Spacetime), View::Spacetime.name(), "view spacetime", "A lane for each process, time to the right.", "figure view spacetime"),
    word(Kind::View, Key::View(View::Both), View::Both.name(), "view both", "Both of them.", "figure view both"),

    word(Kind::Message, Key::Message(MessageKind::Election), MessageKind::Election.name(), "Election", "Who else is there?", "message Election 3->5 #1 lost"),
    word(Kind::Message, Key::Message(MessageKind::Alive), MessageKind::Alive.name(), "Alive", "I am: the answer to Election.", "message Alive 5->3 #1 lost"),
    word(Kind::Message, Key::Message(MessageKind::Proceed), MessageKind::Proceed.name(), "Proceed", "You are the highest that answered: lead.", "message Proceed 3->5 #1 lost"),
    word(Kind::Message, Key::Message(MessageKind::Elected), MessageKind::Elected.name(), "Elected", "I lead.", "message Elected 5->1 #1 lost"),
    word(Kind::Message, Key::Message(MessageKind::Heartbeat), MessageKind::Heartbeat.name(), "Heartbeat", "I still lead.", "message Heartbeat 6->1 #2 lost"),

    word(Kind::Timer, Key::Timer(TimerKind::Alive), TimerKind::Alive.name(), "alive", "An asker's wait for answers.", "timer alive 3 #1 fires 230ms"),
    word(Kind::Timer, Key::Timer(TimerKind::Elected), TimerKind::Elected.name(), "elected", "An asker's wait for the announcement that should follow.", "timer elected 3 #1 fires 400ms"),
    word(Kind::Timer, Key::Timer(TimerKind::Heartbeat), TimerKind::Heartbeat.name(), "heartbeat", "The time until a follower suspects its leader.", "timer heartbeat 3 #2 fires 500ms"),
    word(Kind::Timer, Key::Timer(TimerKind::Beat), TimerKind::Beat.name(), "beat", "A leader's next heartbeat.", "timer beat 6 #3 fires 900ms"),

    word(Kind::Unit, Key::Micros(1), "us", "250us", "Microseconds; nothing is finer.", "latency 250us"),
    word(Kind::Unit, Key::Micros(1_000), "ms", "250ms", "Milliseconds.", "wait alive 60ms"),
    word(Kind::Unit, Key::Micros(1_000_000), "s", "1.5s", "Seconds.", "until 1.5s"),
    word(Kind::Unit, Key::Micros(60_000_000), "m", "2m", "Minutes.", "until 2m"),
    word(Kind::Unit, Key::Percent, "%", "0.5%", "Of a hundred; four decimals at most.", "loss 0.5%"),
    word(Kind::Unit, Key::PerSecond, "/s", "200/s", "Requests per second.", "capacity 150/s"),

    word(Kind::Clause, Key::Clause, "none", "leader none", "Nobody.", "leader none"),
    word(Kind::Clause, Key::Clause, "list", "processes list N…", "These, rather than so many.", "processes list 1 2 5"),
    word(Kind::Clause, Key::Clause, "alternates", "alternates N | alternates list N…", "The successors that a leader names.", "algorithm next-in-line alternates 2"),
    word(Kind::Clause, Key::Clause, "timeout", "timeout T", "How long a follower waits for a heartbeat.", "detector heartbeat every 100ms timeout 350ms"),
    word(Kind::Clause, Key::Clause, "on", "group NAME on N… | fifo on", "Whose group it is; or that it holds.", "group orders on 1 2 3"),
    word(Kind::Clause, Key::Clause, "off", "fifo off", "That it does not hold.", "fifo off"),
    word(Kind::Clause, Key::Clause, "from", "every T from T", "When it happens first.", "every 1s from 2s crash 6"),
    word(Kind::Clause, Key::Clause, "for", "pause N… for T", "How long.", "at 100ms pause 6 for 400ms"),
    word(Kind::Clause, Key::Clause, "down", "down T", "How long it is down in each round.", "at 100ms flap 6 down 200ms up 400ms"),
    word(Kind::Clause, Key::Clause, "up", "up T", "How long it is up in each round.", "at 100ms flap 6 down 200ms up 400ms"),
    word(Kind::Clause, Key::Clause, "brain", "split brain", "Two or more lead.", "expect no split brain"),
    word(Kind::Clause, Key::Clause, "by", "by T", "It holds from some instant up to this one to the end.", "expect leader 5 by 500ms"),
    word(Kind::Clause, Key::Clause, "after", "after T", "It counts from this instant on.", "expect no split brain after 1s"),
    word(Kind::Clause, Key::Clause, "fires", "fires T", "The timer runs out at this instant.", "timer alive 3 #1 fires 230ms"),
    word(Kind::Clause, Key::Clause, "copy", "#K copy", "The second arrival of a duplicated message.", "message Alive 5->3 #1 copy lost"),
    word(Kind::Clause, Key::Clause, "in", "in NAME", "Which group is meant.", "expect leader 3 in orders"),
];
