//! The keys: one table says what each does and how it is written. The page, its labels and the help
//! read it; no key is named anywhere else.

mod table;

pub use table::BINDINGS;

use super::{Command, DiagramSample};

/// A key as the page hears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyPress<'a> {
    /// As the browser names it: `ArrowLeft`, ` `, `x`.
    pub name: &'a str,
    pub shift: bool,
    /// Control, or Command on a Mac.
    pub control: bool,
    pub alt: bool,
}

/// What the help puts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShortcutGroup {
    Time,
    Selection,
    Faults,
    Messages,
    View,
    Changes,
}

/// A command, its keys, and what the help says of it.
#[derive(Clone, Debug)]
pub struct Binding {
    pub command: Command,
    pub group: ShortcutGroup,
    pub keys: &'static [KeyCombination],
    pub means: &'static str,
}

/// A key with what is held down beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyCombination {
    /// As the browser names it; a letter stands for both of its cases.
    pub name: &'static str,
    pub held: Modifier,
    /// As the help writes it.
    pub shown: &'static str,
}

/// What is held down beside a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// Neither Control nor Alt; Shift makes no difference.
    Any,
    /// Without Shift.
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
    /// A letter, a digit or a sign: what dictation may say by chance, and what can be turned off.
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

/// None where the key means nothing, or belongs to the browser.
pub fn command(key: KeyPress) -> Option<Command> {
    let binding = BINDINGS.iter().find(|binding| binding.keys.iter().any(|stroke| stroke.is(key)));
    binding.map(|binding| binding.command.clone())
}

/// The first key of a command as the help writes it: `Shift ←`. None where it has no key.
pub fn shown(command: &Command) -> Option<&'static str> {
    let binding = BINDINGS.iter().find(|binding| binding.command == *command)?;
    binding.keys.first().map(|key| key.shown)
}

/// The key of a command in a sentence: `Shift and c`. Nothing where it has none.
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

/// What a key does while the diagram has the focus, beside what it does everywhere.
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
