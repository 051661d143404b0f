//! The instruction for the one command that a step of a lesson awaits.

use crate::lessons::AwaitedCommand;
use crate::scenario::Fault;
use crate::session::Command;
use crate::session::keys::spoken;
use crate::types::{MessageKind, Rank, listed};
use crate::view::Target;

/// The instruction for a mouse and a keyboard, or for a finger if `coarse`.
pub fn instruction(awaited: &AwaitedCommand, coarse: bool) -> String {
    match awaited {
        AwaitedCommand::Next => "Read on.".to_owned(),
        AwaitedCommand::Play(to) => {
            let how = match coarse {
                true => "tap the play button".to_owned(),
                false => press(Command::PlayOrPause),
            };
            format!("Play to {}: {how}.", to.spoken())
        }
        AwaitedCommand::Step => {
            let how = match coarse {
                true => "tap the button after Play".to_owned(),
                false => press(Command::StepOn),
            };
            format!("Step forward by one event: {how}.")
        }
        AwaitedCommand::AddFault(fault) => asked(fault, coarse),
        AwaitedCommand::Algorithm(algorithm) => {
            let press = if coarse { "tap" } else { "click" };
            let title = algorithm.title();
            format!("Change the algorithm to {title}: {press} its name beside the title.")
        }
        AwaitedCommand::Select(target) => {
            let what = match target {
                Target::Process(rank) => rank.to_string(),
                Target::Message(name) => {
                    let article = if name.kind == MessageKind::Heartbeat { "a" } else { "the" };
                    format!("{article} {} from {} to {}", name.kind, name.from, name.to)
                }
                Target::Partition | Target::Handle(_) => "the cut".to_owned(),
                Target::Link(_) => "the link".to_owned(),
                Target::Timer(_) | Target::Fault(_) | Target::FaultEnd(_) => "it".to_owned(),
            };
            format!("Select {what}: {} it.", if coarse { "tap" } else { "click" })
        }
        AwaitedCommand::Why if coarse => "Tap Why?".to_owned(),
        AwaitedCommand::Why => format!("Press {}, or click Why?", spoken(&Command::Why)),
    }
}

/// The fault, and how to add it on the stage.
fn asked(fault: &Fault, coarse: bool) -> String {
    let hold = |item: &str| format!("hold it and choose {item}");
    let (what, finger, mouse) = match fault {
        Fault::Crash(ranks) => (
            format!("Crash {}", listed(ranks)),
            hold("Crash"),
            format!("double-click it, or select it and {}", press(Command::CrashOrRecover)),
        ),
        Fault::Recover(ranks) => (
            format!("Recover {}", listed(ranks)),
            hold("Recover"),
            format!("double-click it, or select it and {}", press(Command::CrashOrRecover)),
        ),
        Fault::Suspect { processes, .. } => (
            format!("Make {} suspect its leader", listed(processes)),
            hold("Suspect"),
            format!("select it and {}", press(Command::Suspect)),
        ),
        Fault::Partition(sides) => {
            let sides: Vec<String> = sides.iter().map(|side| parted(side)).collect();
            (
                format!("Cut the network between {}", sides.join(" and ")),
                "hold an empty place on the stage, then draw a line across it".to_owned(),
                format!("drag a line across the stage, or {}", press(Command::Split)),
            )
        }
        Fault::Heal(_) => (
            "Heal the network".to_owned(),
            "hold an empty place on the stage and choose Heal everything".to_owned(),
            press(Command::Heal),
        ),
        Fault::Pause { processes, .. } => (
            format!("Pause {}", listed(processes)),
            hold("Pause"),
            format!("select it and {}", press(Command::PauseOrResume)),
        ),
        Fault::Resume(ranks) => (
            format!("Resume {}", listed(ranks)),
            hold("Resume"),
            format!("select it and {}", press(Command::PauseOrResume)),
        ),
        Fault::Cut(_) => (
            "Cut the link".to_owned(),
            "tap it, then tap Cut".to_owned(),
            format!("select it and {}", press(Command::Cut)),
        ),
        Fault::Latency { .. } | Fault::Loss { .. } => {
            return "Change the network in Set-up.".to_owned();
        }
    };
    format!("{what}: {}.", if coarse { finger } else { mouse })
}

/// `1, 2, 3`, without `and`, which separates the sides.
fn parted(side: &[Rank]) -> String {
    let ranks: Vec<String> = side.iter().map(Rank::to_string).collect();
    ranks.join(", ")
}

fn press(command: Command) -> String {
    format!("press {}", spoken(&command))
}
