//! The keyboard table: each key, its command and its label. The page, its labels and the help read it; no
//! other file names a key of a command.

use super::{Command, DiagramSample};

/// A key press as the browser reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyPress<'a> {
    /// The browser's name: `ArrowLeft`, ` `, `x`.
    pub name: &'a str,
    pub shift: bool,
    /// Control, or Command on a Mac.
    pub control: bool,
    pub alt: bool,
}

/// A section of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShortcutGroup {
    Time,
    Selection,
    Faults,
    Messages,
    View,
    Changes,
}

/// A command, its keys, and its description in the help.
#[derive(Clone, Debug)]
pub struct Binding {
    pub command: Command,
    pub group: ShortcutGroup,
    pub keys: &'static [KeyCombination],
    pub means: &'static str,
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyCombination {
    /// The browser's name; a letter means both of its cases.
    pub name: &'static str,
    pub held: Modifier,
    /// The label in the help.
    pub shown: &'static str,
}

/// The modifiers of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// Neither Control nor Alt, with or without Shift.
    Any,
    /// None.
    Plain,
    Shift,
    Control,
    ControlShift,
}

impl ShortcutGroup {
    pub const ALL: [Self; 6] =
        [Self::Time, Self::Selection, Self::Faults, Self::Messages, Self::View, Self::Changes];

    pub const fn title(self) -> &'static str {
        match self {
            Self::Time => "Time",
            Self::Selection => "Selection",
            Self::Faults => "Faults",
            Self::Messages => "Messages",
            Self::View => "View",
            Self::Changes => "Changes",
        }
    }
}

impl KeyPress<'_> {
    /// Whether the key types a character. Speech input may produce such keys by accident, so they can be
    /// switched off.
    pub fn is_character(&self) -> bool {
        !self.control && self.name != " " && self.name.chars().count() == 1
    }
}

impl KeyCombination {
    fn is(&self, key: KeyPress) -> bool {
        let held = match self.held {
            Modifier::Any => !key.control,
            Modifier::Plain => !key.control && !key.shift,
            Modifier::Shift => !key.control && key.shift,
            Modifier::Control => key.control && !key.shift,
            Modifier::ControlShift => key.control && key.shift,
        };
        held && !key.alt && self.name.eq_ignore_ascii_case(key.name)
    }
}

/// The command of a key; `None` if it has none or belongs to the browser.
pub fn command(key: KeyPress) -> Option<Command> {
    let binding = BINDINGS.iter().find(|binding| binding.keys.iter().any(|stroke| stroke.is(key)));
    binding.map(|binding| binding.command.clone())
}

/// The label of a command's first key: `Shift ←`.
pub fn shown(command: &Command) -> Option<&'static str> {
    let binding = BINDINGS.iter().find(|binding| binding.command == *command)?;
    binding.keys.first().map(|key| key.shown)
}

/// The key of a command in a sentence: `Shift and c`; empty if it has none.
pub fn spoken(command: &Command) -> String {
    shown(command).unwrap_or_default().replace(' ', " and ")
}

/// A label with its key: `Previous moment (Shift+←)`.
pub fn with_key(words: &str, command: &Command) -> String {
    match shown(command) {
        Some(key) => format!("{words} ({})", key.replace(' ', "+")),
        None => words.to_owned(),
    }
}

/// How the diagram is used, for a screen reader.
pub const DIAGRAM_HELP: &str = "Drag the playhead to scrub. The wheel or Alt with the up and down \
    arrows zooms, Shift and wheel or Alt with the others pans. Drag the end of a message, a timer or a fault to move it in \
    time.";

/// The input of a key while the diagram has the focus, in addition to its command.
pub fn diagram_sample(key: KeyPress) -> Option<DiagramSample> {
    /// In pixels.
    const STEP: f64 = 120.0;
    match (key.name, key.alt) {
        ("ArrowUp", true) => Some(DiagramSample::Zoom(None, 1.5)),
        ("ArrowDown", true) => Some(DiagramSample::Zoom(None, 1.0 / 1.5)),
        ("ArrowLeft", true) => Some(DiagramSample::Pan(STEP)),
        ("ArrowRight", true) => Some(DiagramSample::Pan(-STEP)),
        ("ArrowUp", false) => Some(DiagramSample::Scroll(-STEP / 3.0)),
        ("ArrowDown", false) => Some(DiagramSample::Scroll(STEP / 3.0)),
        ("Escape", _) => Some(DiagramSample::Cancel),
        _ => None,
    }
}

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
pub static BINDINGS: [Binding; 38] = [
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
        Command::Delete,
        ShortcutGroup::Faults,
        &[key("Delete", Modifier::Any, "Delete"), key("Backspace", Modifier::Any, "Backspace")],
        "Remove the selected fault or override",
    ),
    bind(
        Command::Drop,
        ShortcutGroup::Messages,
        &[key("d", Modifier::Any, "d")],
        "Drop the selected message",
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
        Command::Search,
        ShortcutGroup::View,
        &[key("q", Modifier::Any, "q")],
        "Search for the fewest faults that violate an expectation",
    ),
    bind(
        Command::WhatIf,
        ShortcutGroup::View,
        &[key("r", Modifier::Any, "r")],
        "What if a setting were different: run a range of its values",
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
        "Import a script, JSON, a link or an exported picture",
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
