//! The kinds of faults that a search adds to a scenario, one at a time or several together.

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
