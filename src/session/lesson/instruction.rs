//! The instruction for the one command that a step of a lesson awaits.

use crate::lessons::AwaitedCommand;
use crate::narration::request_fault;
use crate::scenario::{Fault, FaultKind};
use crate::session::Command;
use crate::session::keys::spoken;
use crate::types::MessageKind;
use crate::view::Target;

/// The instruction for a mouse and a keyboard, or for a finger if `coarse`.
pub(crate) fn instruction(awaited: &AwaitedCommand, coarse: bool) -> String {
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
    let select = |command: Command| format!("select it and {}", press(command));
    let crash = || format!("double-click it, or {}", select(Command::CrashOrRecover));
    let (finger, mouse) = match fault.kind() {
        FaultKind::Crash => (hold("Crash"), crash()),
        FaultKind::Recover => (hold("Recover"), crash()),
        FaultKind::Suspect => (hold("Suspect"), select(Command::Suspect)),
        FaultKind::Pause => (hold("Pause"), select(Command::PauseOrResume)),
        FaultKind::Resume => (hold("Resume"), select(Command::PauseOrResume)),
        FaultKind::Partition => (
            "hold an empty place on the stage, then draw a line across it".to_owned(),
            format!("drag a line across the stage, or {}", press(Command::Split)),
        ),
        FaultKind::Heal => (
            "hold an empty place on the stage and choose Heal everything".to_owned(),
            press(Command::Heal),
        ),
        FaultKind::Cut => ("tap it, then tap Cut".to_owned(), select(Command::Cut)),
        FaultKind::Flap | FaultKind::Latency | FaultKind::Loss => {
            return format!("{} in Set-up.", request_fault(fault));
        }
    };
    format!("{}: {}.", request_fault(fault), if coarse { finger } else { mouse })
}

fn press(command: Command) -> String {
    format!("press {}", spoken(&command))
}
