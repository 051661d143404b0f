//! The faults that a search and `expect always` add to a run: their kinds, and at most so many of some kinds.

use super::limits;
use std::fmt;

/// Declares each kind once.
macro_rules! move_kinds {
    ($($(#[doc = $help:literal])+ $kind:ident $name:literal $label:literal),+ $(,)?) => {
        /// A kind of move: one fault or override that a search adds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum MoveKind { $($(#[doc = $help])+ $kind),+ }

        impl MoveKind {
            /// From the mildest to the severest: in this order they are tried at an instant.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// As a script, the command line and JSON name it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),+ }
            }

            /// As the page lists it.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$kind => $label),+ }
            }

            /// In a sentence.
            pub const fn help(self) -> &'static str {
                match self { $(Self::$kind => const { concat!($($help),+).trim_ascii() }),+ }
            }

            /// What the script says of it, and an example.
            pub(super) const fn keyword(self) -> [&'static str; 2] {
                match self {
                    $(Self::$kind => [
                        concat!("with N faults of ", $name),
                        concat!("expect always no split brain with 1 fault of ", $name),
                    ]),+
                }
            }

            /// The kind of this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.name() == name)
            }
        }
    };
}

impl MoveKind {
    /// Whether it has a duration.
    pub const fn can_last(self) -> bool {
        match self {
            Self::Duplicate | Self::Lose | Self::Suspect | Self::Crash => false,
            Self::Delay
            | Self::Pause
            | Self::Cut
            | Self::CutBoth
            | Self::Partition
            | Self::Restart => true,
        }
    }
}

move_kinds! {
    /// A message takes longer.
    Delay "delay" "Delay",
    /// A message arrives twice.
    Duplicate "duplicate" "Duplicate",
    /// A message is lost.
    Lose "lose" "Lose",
    /// A process is paused for a while.
    Pause "pause" "Pause",
    /// A process suspects its leader, which runs.
    Suspect "suspect" "False suspicion",
    /// A link is cut in one direction, for a while or for good.
    Cut "cut" "Cut one way",
    /// A link is cut in both directions, for a while or for good.
    CutBoth "cut-both" "Cut both ways",
    /// The network is partitioned in two, for a while or for good.
    Partition "partition" "Partition",
    /// A process crashes and recovers after a while.
    Restart "restart" "Restart",
    /// A process crashes for good.
    Crash "crash" "Crash",
}

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
