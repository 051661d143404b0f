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
    SelectNext,
    SelectPrevious,
    Deselect,
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
        (_, _, "Escape") => Some(Deed::Deselect),
        _ => None,
    }
}
