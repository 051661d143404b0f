//! What each key does. The page asks here, and so will its help.

/// A key as the page hears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'a> {
    /// As the browser names it: `ArrowLeft`, ` `, `x`.
    pub name: &'a str,
    pub shift: bool,
    /// Control, or Command on a Mac.
    pub control: bool,
    pub alt: bool,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    PlayOrPause,
    StepBack,
    StepOn,
    JumpBack,
    JumpOn,
    Home,
    End,
    Faster,
    Slower,
    CrashOrRecover,
    PauseOrResume,
    /// The selected process is told that its leader does not answer.
    Suspect,
    /// A double click: a process crashes or recovers, a link is cut or healed.
    Strike,
    /// The selected link is cut.
    Cut,
    /// The selected link lets nothing through from the lower to the higher, or else nothing back.
    CutOneWay,
    /// The selected link is mended, or everything that is cut.
    Heal,
    /// Opens the two lists of a split.
    Split,
    /// The selected message is lost.
    Drop,
    /// The selected message arrives later.
    Delay,
    /// The selected message arrives twice.
    Duplicate,
    /// The selected fault or edit goes.
    Delete,
    Why,
    WholeRun,
    PresentElection,
    SelectNext,
    SelectPrevious,
    /// What was opened or selected last is let go.
    Close,
    Help,
    Undo,
    Redo,
}

/// None where the key means nothing, or belongs to the browser.
pub fn deed(key: Key) -> Option<Deed> {
    match (key.control, key.alt, key.name) {
        (true, false, "z" | "Z") if key.shift => Some(Deed::Redo),
        (true, false, "z") => Some(Deed::Undo),
        (true, false, "y") => Some(Deed::Redo),
        (true, ..) | (_, true, _) => None,
        (_, _, " ") => Some(Deed::PlayOrPause),
        (_, _, "ArrowLeft") if key.shift => Some(Deed::JumpBack),
        (_, _, "ArrowRight") if key.shift => Some(Deed::JumpOn),
        (_, _, "ArrowLeft") => Some(Deed::StepBack),
        (_, _, "ArrowRight") => Some(Deed::StepOn),
        (_, _, "Home") => Some(Deed::Home),
        (_, _, "End") => Some(Deed::End),
        (_, _, "+" | "=") => Some(Deed::Faster),
        (_, _, "-") => Some(Deed::Slower),
        (_, _, "x" | "X") => Some(Deed::CrashOrRecover),
        (_, _, "]") => Some(Deed::SelectNext),
        (_, _, "[") => Some(Deed::SelectPrevious),
        (_, _, "p" | "P") => Some(Deed::PauseOrResume),
        (_, _, "s" | "S") => Some(Deed::Suspect),
        (_, _, "C") if key.shift => Some(Deed::CutOneWay),
        (_, _, "c" | "C") => Some(Deed::Cut),
        (_, _, "h" | "H") => Some(Deed::Heal),
        (_, _, "n" | "N") => Some(Deed::Split),
        (_, _, "d" | "D") => Some(Deed::Drop),
        (_, _, "Delete" | "Backspace") => Some(Deed::Delete),
        (_, _, "w" | "W") => Some(Deed::Why),
        (_, _, "0") => Some(Deed::WholeRun),
        (_, _, ".") => Some(Deed::PresentElection),
        (_, _, "?") => Some(Deed::Help),
        (_, _, "Escape") => Some(Deed::Close),
        _ => None,
    }
}

/// Whether a key is typed in passing, so that it acts only where the stage or the diagram has the
/// focus, or nothing has.
pub fn is_letter(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next().is_some_and(char::is_alphabetic);
    first && letters.next().is_none() || matches!(name, "Delete" | "Backspace")
}
