//! The table of keys. A deed that is not in it has no key; the help shows all of it, in this order.

use super::{Binding, Deed, Group, Held, Stroke};

const fn key(name: &'static str, held: Held, shown: &'static str) -> Stroke {
    Stroke { name, held, shown }
}

const fn bind(deed: Deed, group: Group, keys: &'static [Stroke], means: &'static str) -> Binding {
    Binding { deed, group, keys, means }
}

/// Every key that does something.
pub const BINDINGS: [Binding; 33] = [
    bind(Deed::PlayOrPause, Group::Time, &[key(" ", Held::Any, "Space")], "Play or pause"),
    bind(Deed::StepBack, Group::Time, &[key("ArrowLeft", Held::Plain, "←")], "Back by one event"),
    bind(Deed::StepOn, Group::Time, &[key("ArrowRight", Held::Plain, "→")], "Forward by one event"),
    bind(
        Deed::JumpBack,
        Group::Time,
        &[key("ArrowLeft", Held::Shift, "Shift ←")],
        "Back to an election, a crash or a change of leader",
    ),
    bind(
        Deed::JumpOn,
        Group::Time,
        &[key("ArrowRight", Held::Shift, "Shift →")],
        "Forward to the next of these",
    ),
    bind(Deed::Home, Group::Time, &[key("Home", Held::Any, "Home")], "To the start"),
    bind(Deed::End, Group::Time, &[key("End", Held::Any, "End")], "To the end"),
    bind(
        Deed::Faster,
        Group::Time,
        &[key("+", Held::Any, "+"), key("=", Held::Any, "=")],
        "Faster",
    ),
    bind(Deed::Slower, Group::Time, &[key("-", Held::Any, "-")], "Slower"),
    bind(
        Deed::SelectNext,
        Group::Selection,
        &[key("]", Held::Any, "]")],
        "Select the next process",
    ),
    bind(
        Deed::SelectPrevious,
        Group::Selection,
        &[key("[", Held::Any, "[")],
        "Select the previous process",
    ),
    bind(
        Deed::Close,
        Group::Selection,
        &[key("Escape", Held::Any, "Esc")],
        "Close what is open, or clear the selection",
    ),
    bind(
        Deed::Why,
        Group::Selection,
        &[key("w", Held::Any, "w")],
        "Ask why its last event happened",
    ),
    bind(
        Deed::CrashOrRecover,
        Group::Faults,
        &[key("x", Held::Any, "x")],
        "Crash the selected process, or recover it",
    ),
    bind(
        Deed::PauseOrResume,
        Group::Faults,
        &[key("p", Held::Any, "p")],
        "Pause it, or end its pause",
    ),
    bind(Deed::Suspect, Group::Faults, &[key("s", Held::Any, "s")], "Make it suspect its leader"),
    bind(Deed::Cut, Group::Faults, &[key("c", Held::Plain, "c")], "Cut the selected link"),
    bind(
        Deed::CutOneWay,
        Group::Faults,
        &[key("c", Held::Shift, "Shift c")],
        "Cut it one way: what goes to the higher rank",
    ),
    bind(
        Deed::Split,
        Group::Faults,
        &[key("n", Held::Any, "n")],
        "Split the network into two sides",
    ),
    bind(
        Deed::TurnOn,
        Group::Faults,
        &[key("t", Held::Plain, "t")],
        "Turn the cut, or its selected end, clockwise past a process",
    ),
    bind(Deed::TurnBack, Group::Faults, &[key("t", Held::Shift, "Shift t")], "Turn it back"),
    bind(
        Deed::Heal,
        Group::Faults,
        &[key("h", Held::Any, "h")],
        "Heal the selected link, or everything",
    ),
    bind(Deed::Drop, Group::Messages, &[key("d", Held::Any, "d")], "Drop the selected message"),
    bind(
        Deed::Delete,
        Group::Messages,
        &[key("Delete", Held::Any, "Delete"), key("Backspace", Held::Any, "Backspace")],
        "Remove the selected fault or override",
    ),
    bind(Deed::WholeRun, Group::View, &[key("0", Held::Any, "0")], "Show the whole run"),
    bind(
        Deed::PresentElection,
        Group::View,
        &[key(".", Held::Any, ".")],
        "Show the present election",
    ),
    bind(
        Deed::NextView,
        Group::View,
        &[key("v", Held::Any, "v")],
        "Show the stage alone, the diagram alone, or both",
    ),
    bind(
        Deed::Present,
        Group::View,
        &[key("f", Held::Any, "f")],
        "Present: the stage, the sentence and playback, large; or end that",
    ),
    bind(Deed::Share, Group::View, &[key("l", Held::Any, "l")], "Share a link, or save a file"),
    bind(Deed::Import, Group::View, &[key("i", Held::Any, "i")], "Import a script, JSON or a link"),
    bind(Deed::Help, Group::View, &[key("?", Held::Any, "?")], "Show this"),
    bind(Deed::Undo, Group::Changes, &[key("z", Held::Control, "Ctrl Z")], "Undo"),
    bind(
        Deed::Redo,
        Group::Changes,
        &[key("z", Held::ControlShift, "Ctrl Shift Z"), key("y", Held::Control, "Ctrl Y")],
        "Redo",
    ),
];
