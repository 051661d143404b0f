//! The faults that `expect always` adds to a run: at most so many, of some kinds.

use super::{MoveKind, limits};
use std::fmt;

/// `with 2 faults of crash lose`: every set of at most this many moves of these kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddedFaults {
    most: u8,
    kinds: MoveKinds,
}

impl AddedFaults {
    /// `None` unless they are 1 to `limits::MOST_ADDED_FAULTS`, of one kind or more.
    pub fn new(most: u8, kinds: MoveKinds) -> Option<Self> {
        let is_possible = (1..=limits::MOST_ADDED_FAULTS).contains(&most);
        (is_possible && kinds != MoveKinds::NONE).then_some(Self { most, kinds })
    }

    /// So many are added together, and every smaller number too.
    pub const fn most(self) -> u8 {
        self.most
    }

    pub const fn kinds(self) -> MoveKinds {
        self.kinds
    }
}

/// As the script writes it behind the condition, with a blank before it. All kinds go without saying.
impl fmt::Display for AddedFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { most, kinds } = *self;
        write!(f, " with {most} fault{}", if most == 1 { "" } else { "s" })?;
        if kinds != MoveKinds::ALL {
            f.write_str(" of")?;
            kinds.iter().try_for_each(|kind| write!(f, " {}", kind.name()))?;
        }
        Ok(())
    }
}

impl FromIterator<MoveKind> for MoveKinds {
    fn from_iter<I: IntoIterator<Item = MoveKind>>(kinds: I) -> Self {
        Self(kinds.into_iter().fold(0, |set, kind| set | 1 << kind as u16))
    }
}

/// A set of kinds of moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveKinds(u16);

impl MoveKinds {
    pub const NONE: Self = Self(0);
    pub const ALL: Self = Self((1 << MoveKind::ALL.len()) - 1);

    pub const fn contains(self, kind: MoveKind) -> bool {
        self.0 & 1 << kind as u16 != 0
    }

    /// With this kind, or without it if it is there.
    pub const fn toggled(self, kind: MoveKind) -> Self {
        Self(self.0 ^ 1 << kind as u16)
    }

    /// In the order of `MoveKind::ALL`.
    pub fn iter(self) -> impl Iterator<Item = MoveKind> {
        MoveKind::ALL.iter().copied().filter(move |kind| self.contains(*kind))
    }
}
