//! What each key does, and how it is said: one table, from which the page hears and the help speaks.

mod table;

pub use table::BINDINGS;

use super::Command;

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

/// The first key of a command as the help writes it; none where it has no key.
pub fn shown(command: &Command) -> Option<&'static str> {
    let binding = BINDINGS.iter().find(|binding| binding.command == *command)?;
    binding.keys.first().map(|key| key.shown)
}
