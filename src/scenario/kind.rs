//! The table of a closed set of kinds: one declaration gives its enum, `ALL` and `row`.

/// What the table says of a kind of fault or override.
#[derive(Debug)]
pub struct KindRow<Field: 'static> {
    /// As the script writes it.
    pub keyword: &'static str,
    /// The whole form that the keyword opens.
    pub form: &'static str,
    /// One or two sentences.
    pub help: &'static str,
    pub example: &'static str,
    /// As a form lists it: `A process crashes`.
    pub title: &'static str,
    /// As undo names it: the `crash` of 6.
    pub noun: &'static str,
    /// Its arguments, in the order of the script.
    pub fields: &'static [Field],
}

/// Declares an enum of kinds with the row of each.
macro_rules! kinds {
    ($(#[$about:meta])* $name:ident of $field:ty { $($kind:ident { $($column:tt)* })+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($kind),+ }

        impl $name {
            /// In the order in which a list shows them.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// What the table says of it.
            pub const fn row(self) -> &'static crate::scenario::KindRow<$field> {
                match self {
                    $(Self::$kind => &crate::scenario::KindRow { $($column)* }),+
                }
            }
        }
    };
}

pub(super) use kinds;
