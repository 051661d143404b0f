//! The options of a figure, in one table. Generated from it or checked against it: the script's `figure`
//! line, the attributes of the element, the address of the frame, the dialog, the command line, the list in
//! `www/v1/embed.js`, the types in `www/v1/embed.d.ts` and the table in the docs.

use crate::time::{Duration, Time};
use std::fmt;

/// Declares each option once: its key, its field with kind and type, its help, and the rest of its row.
macro_rules! figure_options {
    ($($(#[doc = $help:literal])+ $option:ident: $field:ident, $kind:ident($type:ty) { $($row:tt)* })+) => {
        /// An option of a figure.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum FigureOption { $($(#[doc = $help])+ $option),+ }

        /// The options of a figure. `None` means the script's `figure` line, else the default. In a scenario
        /// only options with a word on that line are set. They do not affect the run or its digest.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct FigureOptions { $($(#[doc = $help])+ pub $field: Option<$type>),+ }

        impl FigureOption {
            /// The options in the order of the `figure` line and of the attributes.
            pub const ALL: &[Self] = &[$(Self::$option),+];

            /// The option's row of the table.
            pub const fn row(self) -> &'static FigureOptionRow {
                match self {
                    $(Self::$option => &FigureOptionRow {
                        kind: FigureValueKind::$kind,
                        help: concat!($($help),+),
                        $($row)*
                    }),+
                }
            }
        }

        impl FigureOptions {
            pub fn get(&self, option: FigureOption) -> Option<FigureValue> {
                match option { $(FigureOption::$option => self.$field.map(FigureValue::$kind)),+ }
            }

            /// Sets the option; `None` leaves it to the default.
            pub fn set(&mut self, option: FigureOption, value: Option<FigureValue>) {
                match option {
                    $(FigureOption::$option => self.$field = match value {
                        Some(FigureValue::$kind(value)) => Some(value),
                        other => {
                            debug_assert!(other.is_none(), "{option:?} has no value like {other:?}");
                            None
                        }
                    }),+
                }
            }
        }
    };
}

figure_options! {
    /// The instant at which the figure starts.
    StartAt: start, Instant(Time) {
        name: "start-at",
        word: Some(FigureWord { word: "start", form: "start T", example: "figure start 180ms" }),
        default: FigureDefault::Value(FigureValue::Instant(Time::ZERO)),
        label: Some("Starts at"),
        range: None,
    }
    /// The instant at which the figure ends.
    EndAt: end, Instant(Time) {
        name: "end-at",
        word: Some(FigureWord { word: "end", form: "end T", example: "figure end 400ms" }),
        default: FigureDefault::EndOfRun,
        label: Some("Ends at"),
        range: None,
    }
    /// How much virtual time it plays per second.
    Speed: speed, Speed(Duration) {
        name: "speed",
        word: Some(FigureWord { word: "speed", form: "speed T", example: "figure speed 50ms" }),
        default: FigureDefault::Value(FigureValue::Speed(FigureOptions::SPEED)),
        label: Some("Speed, in a second"),
        range: None,
    }
    /// Stage, space-time diagram, or both.
    View: view, View(FigureView) {
        name: "view",
        word: Some(FigureWord {
            word: "view", form: "view stage | spacetime | both", example: "figure view stage",
        }),
        default: FigureDefault::Value(FigureValue::View(FigureView::Stage)),
        label: Some("Shows"),
        range: None,
    }
    /// The colours; `auto` follows the page around the figure.
    Theme: theme, Theme(Colours) {
        name: "theme",
        word: None,
        default: FigureDefault::Value(FigureValue::Theme(Colours::Auto)),
        label: Some("Colours"),
        range: None,
    }
    /// Whether it has playback controls.
    Controls: has_controls, Bar(bool) {
        name: "controls",
        word: None,
        default: FigureDefault::Value(FigureValue::Bar(true)),
        label: Some("Without the bar"),
        range: None,
    }
    /// Whether it shows title, algorithm and badge. A mark for changes by a reader is always shown.
    Heading: has_heading, Bar(bool) {
        name: "heading",
        word: None,
        default: FigureDefault::Value(FigureValue::Bar(true)),
        label: None,
        range: None,
    }
    /// Whether it plays fast through times without events.
    SkipQuiet: skips_quiet, Switch(bool) {
        name: "skip-quiet",
        word: None,
        default: FigureDefault::Value(FigureValue::Switch(true)),
        label: None,
        range: None,
    }
    /// Plays when half of it is visible, unless the reader prefers reduced motion.
    Autoplay: autoplay, Flag(bool) {
        name: "autoplay",
        word: None,
        default: FigureDefault::Value(FigureValue::Flag(false)),
        label: Some("Plays by itself"),
        range: None,
    }
    /// Starts again at its end.
    Loop: is_looping, Flag(bool) {
        name: "loop",
        word: None,
        default: FigureDefault::Value(FigureValue::Flag(false)),
        label: Some("Plays again and again"),
        range: None,
    }
    /// The reader can play the figure, but not change the scenario.
    Readonly: is_readonly, Flag(bool) {
        name: "readonly",
        word: None,
        default: FigureDefault::Value(FigureValue::Flag(false)),
        label: Some("Only for looking at"),
        range: None,
    }
    /// The height in CSS pixels.
    Height: height, Pixels(u16) {
        name: "height",
        word: Some(FigureWord { word: "height", form: "height N", example: "figure height 420" }),
        default: FigureDefault::Value(FigureValue::Pixels(FigureOptions::HEIGHT)),
        label: Some("Height"),
        range: Some([260, 4_000]),
    }
    /// The width in CSS pixels.
    Width: width, Pixels(u16) {
        name: "width",
        word: None,
        default: FigureDefault::AllThereIs,
        label: Some("Width"),
        range: Some([320, 4_000]),
    }
}

/// A row of the table.
#[derive(Debug)]
pub struct FigureOptionRow {
    /// The attribute of the element, the parameter of the frame's address and the flag of the command line.
    /// Sizes in pixels are no attributes: the element and the frame have a style for them.
    pub name: &'static str,
    /// The word of the script's `figure` line, if it has one.
    pub word: Option<FigureWord>,
    pub kind: FigureValueKind,
    pub default: FigureDefault,
    /// The label in the dialog *Embed in a page*, if it offers the option. The check box of a switch is
    /// ticked when the value differs from the default.
    pub label: Option<&'static str>,
    /// The least and the greatest value that the dialog and the command line accept, for numbers.
    pub range: Option<[u16; 2]>,
    help: &'static str,
}

/// How the script's `figure` line writes an option.
#[derive(Clone, Copy, Debug)]
pub struct FigureWord {
    pub word: &'static str,
    pub form: &'static str,
    pub example: &'static str,
}

/// The value of an option that is not set.
#[derive(Clone, Copy, Debug)]
pub enum FigureDefault {
    Value(FigureValue),
    EndOfRun,
    /// The full width.
    AllThereIs,
}

/// A value of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureValue {
    Instant(Time),
    /// Virtual time a second, greater than zero.
    Speed(Duration),
    View(FigureView),
    Theme(Colours),
    /// Whether a bar is shown.
    Bar(bool),
    /// A switch that is always written with its value.
    Switch(bool),
    /// A flag that is on if it is written, with or without a value.
    Flag(bool),
    /// A size in CSS pixels.
    Pixels(u16),
}

/// The kind of an option's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureValueKind {
    Instant,
    Speed,
    View,
    Theme,
    Bar,
    Switch,
    Flag,
    Pixels,
}

/// What a figure shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FigureView {
    #[default]
    Stage,
    Spacetime,
    Both,
}

/// The colours of a figure or a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    Light,
    Dark,
    /// Those of the host page, or those that the reader's system prefers.
    #[default]
    Auto,
}

impl FigureOptions {
    /// The default speed, as virtual time a second.
    pub const SPEED: Duration = Duration::ms(50);
    /// The default height, in CSS pixels.
    pub const HEIGHT: u16 = 420;

    /// The options, with those of `other` where these are not set.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        let mut all = self.clone();
        for &option in FigureOption::ALL {
            all.set(option, self.get(option).or(other.get(option)));
        }
        all
    }

    /// The options for another scenario, where these instants have no meaning.
    #[must_use]
    pub fn elsewhere(&self) -> Self {
        Self { start: None, end: None, ..self.clone() }
    }
}

impl FigureOption {
    /// Whether the element has it as an attribute, and the frame's address as a parameter.
    pub fn is_attribute(self) -> bool {
        self.row().kind != FigureValueKind::Pixels
    }

    /// One or two sentences.
    pub const fn help(self) -> &'static str {
        self.row().help.trim_ascii()
    }

    /// Describes the valid values, for errors.
    pub fn expected(self) -> String {
        let row = self.row();
        match (row.kind, row.range) {
            (FigureValueKind::Instant, _) => "a duration such as 180ms or 1.5s".to_owned(),
            (FigureValueKind::Speed, _) => {
                "virtual time per second, such as 50ms, and more than zero".to_owned()
            }
            (FigureValueKind::Flag, _) => "left out, or written without a value".to_owned(),
            (FigureValueKind::Pixels, None) => "a number of pixels, such as 420".to_owned(),
            (FigureValueKind::Pixels, Some([least, most])) => {
                format!("a number of pixels from {least} to {most}, such as 420")
            }
            (
                FigureValueKind::View
                | FigureValueKind::Theme
                | FigureValueKind::Bar
                | FigureValueKind::Switch,
                _,
            ) => {
                let names: Vec<&str> = row.kind.choices().iter().map(|(name, _)| *name).collect();
                alternatives(&names)
            }
        }
    }

    /// The default value in a run that ends at `end`.
    pub const fn default_value(self, end: Time) -> Option<FigureValue> {
        match self.row().default {
            FigureDefault::Value(value) => Some(value),
            FigureDefault::EndOfRun => Some(FigureValue::Instant(end)),
            FigureDefault::AllThereIs => None,
        }
    }
}

impl FigureValueKind {
    /// The values of a closed set, as they are written and as the dialog labels them.
    pub const fn choices(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::View => &[("stage", "The stage"), ("spacetime", "The diagram"), ("both", "Both")],
            Self::Theme => &[("auto", "As the page is"), ("light", "Light"), ("dark", "Dark")],
            Self::Bar => &[("bar", "There"), ("none", "Not there")],
            Self::Switch => &[("true", "Yes"), ("false", "No")],
            Self::Instant | Self::Speed | Self::Flag | Self::Pixels => &[],
        }
    }
}

impl FigureView {
    pub const ALL: [Self; 3] = [Self::Stage, Self::Spacetime, Self::Both];

    /// The name in a script.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Spacetime => "spacetime",
            Self::Both => "both",
        }
    }
}

impl Colours {
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Auto];

    /// The name on the command line and in a page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Auto => "auto",
        }
    }
}

/// `auto, light or dark`
fn alternatives(names: &[&str]) -> String {
    match names {
        [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        names => names.concat(),
    }
}

impl FigureValue {
    /// The other value of a switch; `None` for other kinds.
    pub const fn opposite(self) -> Option<Self> {
        match self {
            Self::Bar(is_there) => Some(Self::Bar(!is_there)),
            Self::Switch(is_on) => Some(Self::Switch(!is_on)),
            Self::Flag(is_on) => Some(Self::Flag(!is_on)),
            Self::Instant(_)
            | Self::Speed(_)
            | Self::View(_)
            | Self::Theme(_)
            | Self::Pixels(_) => None,
        }
    }
}

const fn bar(is_there: bool) -> &'static str {
    if is_there { "bar" } else { "none" }
}

/// The value in all formats.
impl fmt::Display for FigureValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instant(at) => at.fmt(f),
            Self::Speed(speed) => speed.fmt(f),
            Self::View(view) => f.write_str(view.name()),
            Self::Theme(colours) => f.write_str(colours.name()),
            Self::Bar(is_there) => f.write_str(bar(*is_there)),
            Self::Switch(is_on) | Self::Flag(is_on) => is_on.fmt(f),
            Self::Pixels(pixels) => pixels.fmt(f),
        }
    }
}

/// The placeholder of a field that is not set.
impl fmt::Display for FigureDefault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => value.fmt(f),
            Self::EndOfRun => f.write_str("the end of the run"),
            Self::AllThereIs => f.write_str("the available width"),
        }
    }
}
