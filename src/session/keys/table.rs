//! The table of keys. A command that is not in it has no key; the help shows all of it, in this order.

use super::{Binding, KeyCombination, Modifier, ShortcutGroup};
use crate::session::Command;

const fn key(name: &'static str, held: Modifier, shown: &'static str) -> KeyCombination {
    KeyCombination { name, held, shown }
}

const fn bind(
    command: Command,
    group: ShortcutGroup,
    keys: &'static [KeyCombination],
    means: &'static str,
) -> Binding {
    Binding { command, group, keys, means }
}

/// Every key that does something.
pub static BINDINGS: [Binding; 36] = [
    bind(
        Command::PlayOrPause,
        ShortcutGroup::Time,
        &[key(" ", Modifier::Any, "Space")],
        "Play or pause",
    ),
    bind(
        Command::StepBack,
        ShortcutGroup::Time,
        &[key("ArrowLeft", Modifier::Plain, "←")],
        "Back by one event",
    ),
    bind(
        Command::StepOn,
        ShortcutGroup::Time,
        &[key("ArrowRight", Modifier::Plain, "→")],
        "Forward by one event",
    ),
    bind(
        Command::JumpBack,
        ShortcutGroup::Time,
        &[key("ArrowLeft", Modifier::Shift, "Shift ←")],
        "Back to an election, a crash or a change of leader",
    ),
    bind(
        Command::JumpOn,
        ShortcutGroup::Time,
        &[key("ArrowRight", Modifier::Shift, "Shift →")],
        "Forward to the next of these",
    ),
    bind(
        Command::ChapterBack,
        ShortcutGroup::Time,
        &[key("PageUp", Modifier::Any, "Page Up")],
        "Back to the start of a chapter",
    ),
    bind(
        Command::ChapterOn,
        ShortcutGroup::Time,
        &[key("PageDown", Modifier::Any, "Page Down")],
        "Forward to the next chapter",
    ),
    bind(
        Command::AddMark,
        ShortcutGroup::Time,
        &[key("m", Modifier::Any, "m")],
        "Make a chapter at the cursor",
    ),
    bind(Command::Home, ShortcutGroup::Time, &[key("Home", Modifier::Any, "Home")], "To the start"),
    bind(Command::End, ShortcutGroup::Time, &[key("End", Modifier::Any, "End")], "To the end"),
    bind(
        Command::Faster,
        ShortcutGroup::Time,
        &[key("+", Modifier::Any, "+"), key("=", Modifier::Any, "=")],
        "Faster",
    ),
    bind(Command::Slower, ShortcutGroup::Time, &[key("-", Modifier::Any, "-")], "Slower"),
    bind(
        Command::SelectNext,
        ShortcutGroup::Selection,
        &[key("]", Modifier::Any, "]")],
        "Select the next process",
    ),
    bind(
        Command::SelectPrevious,
        ShortcutGroup::Selection,
        &[key("[", Modifier::Any, "[")],
        "Select the previous process",
    ),
    bind(
        Command::Close,
        ShortcutGroup::Selection,
        &[key("Escape", Modifier::Any, "Esc")],
        "Close what is open, or clear the selection",
    ),
    bind(
        Command::Why,
        ShortcutGroup::Selection,
        &[key("w", Modifier::Any, "w")],
        "Ask why its last event happened",
    ),
    bind(
        Command::CrashOrRecover,
        ShortcutGroup::Faults,
        &[key("x", Modifier::Any, "x")],
        "Crash the selected process, or recover it",
    ),
    bind(
        Command::PauseOrResume,
        ShortcutGroup::Faults,
        &[key("p", Modifier::Any, "p")],
        "Pause it, or end its pause",
    ),
    bind(
        Command::Suspect,
        ShortcutGroup::Faults,
        &[key("s", Modifier::Any, "s")],
        "Make it suspect its leader",
    ),
    bind(
        Command::Cut,
        ShortcutGroup::Faults,
        &[key("c", Modifier::Plain, "c")],
        "Cut the selected link",
    ),
    bind(
        Command::CutOneWay,
        ShortcutGroup::Faults,
        &[key("c", Modifier::Shift, "Shift c")],
        "Cut it one way: what goes to the higher rank",
    ),
    bind(
        Command::Split,
        ShortcutGroup::Faults,
        &[key("n", Modifier::Any, "n")],
        "Split the network into two sides",
    ),
    bind(
        Command::TurnOn,
        ShortcutGroup::Faults,
        &[key("t", Modifier::Plain, "t")],
        "Turn the cut, or its selected end, clockwise past a process",
    ),
    bind(
        Command::TurnBack,
        ShortcutGroup::Faults,
        &[key("t", Modifier::Shift, "Shift t")],
        "Turn it back",
    ),
    bind(
        Command::Heal,
        ShortcutGroup::Faults,
        &[key("h", Modifier::Any, "h")],
        "Heal the selected link, or everything",
    ),
    bind(
        Command::Drop,
        ShortcutGroup::Messages,
        &[key("d", Modifier::Any, "d")],
        "Drop the selected message",
    ),
    bind(
        Command::Delete,
        ShortcutGroup::Messages,
        &[key("Delete", Modifier::Any, "Delete"), key("Backspace", Modifier::Any, "Backspace")],
        "Remove the selected fault or override",
    ),
    bind(
        Command::WholeRun,
        ShortcutGroup::View,
        &[key("0", Modifier::Any, "0")],
        "Show the whole run",
    ),
    bind(
        Command::PresentElection,
        ShortcutGroup::View,
        &[key(".", Modifier::Any, ".")],
        "Show the present election",
    ),
    bind(
        Command::NextView,
        ShortcutGroup::View,
        &[key("v", Modifier::Any, "v")],
        "Show the stage alone, the diagram alone, or both",
    ),
    bind(
        Command::Present,
        ShortcutGroup::View,
        &[key("f", Modifier::Any, "f")],
        "Present: the stage, the sentence and playback, large; or end that",
    ),
    bind(
        Command::Share,
        ShortcutGroup::View,
        &[key("l", Modifier::Any, "l")],
        "Share a link, or save a file",
    ),
    bind(
        Command::Import,
        ShortcutGroup::View,
        &[key("i", Modifier::Any, "i")],
        "Import a script, JSON or a link",
    ),
    bind(Command::Help, ShortcutGroup::View, &[key("?", Modifier::Any, "?")], "Show this"),
    bind(Command::Undo, ShortcutGroup::Changes, &[key("z", Modifier::Control, "Ctrl Z")], "Undo"),
    bind(
        Command::Redo,
        ShortcutGroup::Changes,
        &[key("z", Modifier::ControlShift, "Ctrl Shift Z"), key("y", Modifier::Control, "Ctrl Y")],
        "Redo",
    ),
];
