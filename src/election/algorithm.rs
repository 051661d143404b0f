//! The algorithms, in one table: names, help, options and what others may ask of each. Keywords, parser,
//! forms, comparison, addresses, hints and the inspector are made from it.

use crate::types::Rank;
use std::fmt;

/// Which algorithm a scenario runs, with its options.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Algorithm {
    #[default]
    Bully,
    BullyTextbook,
    NextInLine(Succession),
}

/// Whom a new leader names as its alternates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Succession {
    /// So many of the highest ranks other than itself and the leader it replaced.
    Highest(u8),
    /// This list without itself.
    List(Vec<Rank>),
}

/// An option of an algorithm: the word before its value in the script, and the value.
#[derive(Debug)]
pub struct AlgorithmOption<'a> {
    pub word: &'static str,
    pub value: AlgorithmOptionValue<'a>,
}

/// The value of an option, in the algorithm that has it.
#[derive(Debug)]
pub enum AlgorithmOptionValue<'a> {
    Succession(&'a mut Succession),
}

/// What the table says of an algorithm.
#[derive(Debug)]
pub struct AlgorithmRow {
    /// As script, JSON, addresses and the report write it.
    pub name: &'static str,
    /// As a sentence says it.
    pub title: &'static str,
    /// One sentence.
    pub help: &'static str,
    /// The whole form in the script.
    pub form: &'static str,
    pub example: &'static str,
    /// What a scenario is compared with at first.
    pub compared_with: AlgorithmKind,
    /// A process asks only processes of a higher rank.
    pub asks_upwards: bool,
    /// A process that boots elects by itself; otherwise it waits for a suspicion.
    pub elects_at_boot: bool,
    /// A leader that is asked holds an election, and sends no heartbeat meanwhile.
    pub leader_elects_when_asked: bool,
    /// Messages carry the term of a leadership and the leader's alternates.
    pub has_terms: bool,
}

/// Declares each algorithm once.
macro_rules! algorithms {
    ($($(#[doc = $help:literal])+ $kind:ident { $($row:tt)* })+) => {
        /// An algorithm without its options.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum AlgorithmKind { $($(#[doc = $help])+ $kind),+ }

        impl AlgorithmKind {
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// What the table says of it.
            pub const fn row(self) -> &'static AlgorithmRow {
                match self {
                    $(Self::$kind => &AlgorithmRow {
                        help: const { concat!($($help),+).trim_ascii() },
                        $($row)*
                    }),+
                }
            }
        }
    };
}

algorithms! {
    /// The process that suspects the leader polls all higher ranks and hands the lead to the highest that answers.
    Bully {
        name: "bully",
        title: "Bully",
        form: "bully",
        example: "algorithm bully",
        compared_with: AlgorithmKind::NextInLine,
        asks_upwards: true,
        elects_at_boot: true,
        leader_elects_when_asked: false,
        has_terms: false,
    }
    /// A process that is asked also starts an election of its own.
    BullyTextbook {
        name: "bully-textbook",
        title: "Textbook bully",
        form: "bully-textbook",
        example: "algorithm bully-textbook",
        compared_with: AlgorithmKind::Bully,
        asks_upwards: true,
        elects_at_boot: true,
        leader_elects_when_asked: true,
        has_terms: false,
    }
    /// Each leader names its successors; the process that suspects it asks them in order.
    NextInLine {
        name: "next-in-line",
        title: "Next in line",
        form: "next-in-line [alternates N | alternates list N…]",
        example: "algorithm next-in-line alternates list 5 4",
        compared_with: AlgorithmKind::Bully,
        asks_upwards: false,
        elects_at_boot: false,
        leader_elects_when_asked: false,
        has_terms: true,
    }
}

impl AlgorithmKind {
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.row().name == name)
    }

    /// The algorithm with the default of each option.
    pub fn with_defaults(self) -> Algorithm {
        match self {
            Self::Bully => Algorithm::Bully,
            Self::BullyTextbook => Algorithm::BullyTextbook,
            Self::NextInLine => Algorithm::NextInLine(Succession::default()),
        }
    }
}

impl Algorithm {
    pub const fn kind(&self) -> AlgorithmKind {
        match self {
            Self::Bully => AlgorithmKind::Bully,
            Self::BullyTextbook => AlgorithmKind::BullyTextbook,
            Self::NextInLine(_) => AlgorithmKind::NextInLine,
        }
    }

    /// What the table says of it.
    pub const fn row(&self) -> &'static AlgorithmRow {
        self.kind().row()
    }

    /// As a sentence says it.
    pub const fn title(&self) -> &'static str {
        self.row().title
    }

    /// As the script and the report write it.
    pub const fn name(&self) -> &'static str {
        self.row().name
    }

    /// The options in the order of the script, to be read (in a copy) or set.
    pub fn options(&mut self) -> Vec<AlgorithmOption<'_>> {
        match self {
            Self::Bully | Self::BullyTextbook => Vec::new(),
            Self::NextInLine(succession) => vec![AlgorithmOption {
                word: "alternates",
                value: AlgorithmOptionValue::Succession(succession),
            }],
        }
    }

    /// Whom a new leader names as its successors; nobody where the algorithm names none.
    pub const fn succession(&self) -> &Succession {
        const NOBODY: &Succession = &Succession::Highest(0);
        match self {
            Self::Bully | Self::BullyTextbook => NOBODY,
            Self::NextInLine(succession) => succession,
        }
    }

    /// The same with other alternates, where it has any.
    #[must_use]
    pub fn with_succession(&self, succession: &Succession) -> Self {
        let mut next = self.clone();
        for option in next.options() {
            match option.value {
                AlgorithmOptionValue::Succession(value) => value.clone_from(succession),
            }
        }
        next
    }
}

impl Default for Succession {
    /// As in a script that says nothing of alternates.
    fn default() -> Self {
        Self::Highest(2)
    }
}

/// As the script writes it, behind `algorithm`.
impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        for AlgorithmOption { word, value } in self.clone().options() {
            write!(f, " {word} {value}")?;
        }
        Ok(())
    }
}

/// As the script writes it.
impl fmt::Display for AlgorithmOptionValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Succession(Succession::Highest(count)) => count.fmt(f),
            // Nobody at all reads better as a count, but it is another value.
            Self::Succession(Succession::List(list)) => {
                f.write_str("list")?;
                list.iter().try_for_each(|rank| write!(f, " {rank}"))
            }
        }
    }
}
