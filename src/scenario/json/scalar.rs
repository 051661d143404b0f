//! Numbers and words of the domain in JSON: their ranges and names, for serde, TypeScript and the JSON
//! Schema.

use super::{LARGEST_EXACT, unknown};
use crate::scenario::{Comparison, Drift, FigureView, MoveKind, Rate, limits};
use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank, TimerKind};
#[cfg(test)]
use schemars::JsonSchema;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::RangeInclusive;
#[cfg(test)]
use ts_rs::TS;

struct NumberVisitor<T> {
    what: &'static str,
    range: RangeInclusive<u64>,
    unit: &'static str,
    new: fn(u64) -> Option<T>,
}

impl<T> Visitor<'_> for NumberVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = self.range.clone().into_inner();
        write!(f, "{} from {from} to {to}{}", self.what, self.unit)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        let found = Some(number).filter(|number| self.range.contains(number)).and_then(self.new);
        found.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }
}

/// Reads digits in quotes; with `is_number` also a number, if it is exact.
struct DigitsVisitor {
    is_number: bool,
}

impl Visitor<'_> for DigitsVisitor {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_number {
            true => write!(f, "a whole number, in quotes from {} on", LARGEST_EXACT + 1),
            false => write!(f, "a whole number in quotes, at most \"{}\"", u64::MAX),
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<u64, E> {
        match self.is_number && number <= LARGEST_EXACT {
            true => Ok(number),
            false => Err(E::invalid_value(Unexpected::Unsigned(number), &self)),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<u64, E> {
        let digits = Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let number = digits.and_then(|digits| digits.parse().ok());
        number.ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

struct WordVisitor<'a, T>(&'a [(&'static str, T)]);

impl<T: Copy> Visitor<'_> for WordVisitor<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        let found = self.0.iter().find(|(word, _)| *word == text);
        let known = || self.0.iter().map(|(word, _)| *word).collect::<Vec<_>>();
        found.map(|&(_, value)| value).ok_or_else(|| E::custom(unknown(text, &known())))
    }
}

/// Describes a type for TypeScript and the JSON Schema.
macro_rules! schema {
    ($type:ty, $name:literal, $typescript:expr, $schema:tt) => {
        #[cfg(test)]
        impl ts_rs::TS for $type {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;

            fn name(_: &ts_rs::Config) -> String {
                $name.to_owned()
            }

            fn inline(_: &ts_rs::Config) -> String {
                $typescript
            }

            fn decl(config: &ts_rs::Config) -> String {
                format!("type {} = {};", $name, Self::inline(config))
            }
        }

        #[cfg(test)]
        impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                matches!($name, "number" | "string")
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($schema)
            }
        }
    };
}

macro_rules! number {
    ($type:ty, $what:literal, $least:literal to $most:expr, $unit:literal, $new:expr, $get:expr) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u64($get(*self).into())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let (range, new) = ($least..=u64::from($most), $new);
                deserializer.deserialize_u64(NumberVisitor { what: $what, range, unit: $unit, new })
            }
        }

        schema!($type, "number", "number".to_owned(), {
            "type": "integer", "minimum": $least, "maximum": $most
        });
    };
}

const LONGEST_RUN: u64 = limits::LONGEST_RUN.as_us();
const LONGEST_SPAN: u64 = limits::LONGEST_SPAN.as_us();
const ALWAYS: u32 = Rate::ALWAYS.as_ppm();

number!(Rank, "a rank", 1 to u16::MAX, "", |rank| Rank::new(rank as u16), Rank::get);
number!(Time, "an instant", 0 to LONGEST_RUN, " whole microseconds", |us| Some(Time::us(us)), Time::as_us);
number!(Duration, "a duration", 0 to LONGEST_SPAN, " whole microseconds", |us| Some(Duration::us(us)), Duration::as_us);
number!(Rate, "a rate", 0 to ALWAYS, " parts per million", |ppm| Rate::ppm(ppm as u32), Rate::as_ppm);

struct DriftVisitor;

impl Visitor<'_> for DriftVisitor {
    type Value = Drift;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a drift from -{0} to {0} parts per million", Drift::MOST)
    }

    fn visit_i64<E: Error>(self, ppm: i64) -> Result<Drift, E> {
        let drift = i32::try_from(ppm).ok().and_then(Drift::ppm);
        drift.ok_or_else(|| E::invalid_value(Unexpected::Signed(ppm), &self))
    }

    fn visit_u64<E: Error>(self, ppm: u64) -> Result<Drift, E> {
        let drift = i32::try_from(ppm).ok().and_then(Drift::ppm);
        drift.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(ppm), &self))
    }
}

impl Serialize for Drift {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(self.as_ppm())
    }
}

impl<'de> Deserialize<'de> for Drift {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_i32(DriftVisitor)
    }
}

schema!(Drift, "number", "number".to_owned(), {
    "type": "integer", "minimum": -Drift::MOST, "maximum": Drift::MOST
});

macro_rules! word {
    ($type:ty, $name:literal, $word:expr) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($word(*self))
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let words: Vec<_> = Self::ALL.iter().map(|&it| ($word(it), it)).collect();
                deserializer.deserialize_str(WordVisitor(&words))
            }
        }

        schema!($type, $name, {
            let words = Self::ALL.iter().map(|&it| format!("{:?}", $word(it)));
            words.collect::<Vec<_>>().join(" | ")
        }, {
            "enum": Self::ALL.iter().map(|&it| $word(it)).collect::<Vec<_>>()
        });
    };
}

word!(MessageKind, "MessageKind", MessageKind::name);
word!(TimerKind, "Timer", TimerKind::name);
word!(Comparison, "Compare", Comparison::sign);
word!(FigureView, "View", FigureView::name);
word!(MoveKind, "AddedFaultKind", MoveKind::name);

/// A rank, or `null` for none.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema, TS))]
pub(super) struct JsonLeader(pub Option<Rank>);

/// How many faults are added, at most.
#[derive(Clone, Copy, Debug)]
pub(super) struct JsonFaultCount(pub u8);

impl JsonFaultCount {
    const fn get(self) -> u8 {
        self.0
    }
}

number!(JsonFaultCount, "a number of faults", 1 to limits::MOST_ADDED_FAULTS, "", |count| Some(JsonFaultCount(count as u8)), JsonFaultCount::get);

/// A whole number: up to 9007199254740991 as a number, and in quotes beyond, where a number of
/// JavaScript is no longer exact.
#[derive(Debug)]
pub(super) struct JsonCount(pub u64);

/// A whole number in quotes.
#[derive(Debug)]
pub(super) struct JsonSeed(pub u64);

macro_rules! digits {
    ($type:ty, $is_number:literal, $name:literal, $typescript:literal, $schema:tt) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self.0 {
                    number @ 0..=LARGEST_EXACT if $is_number => serializer.serialize_u64(number),
                    number => serializer.serialize_str(&number.to_string()),
                }
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(DigitsVisitor { is_number: $is_number }).map(Self)
            }
        }

        schema!($type, $name, $typescript.to_owned(), $schema);
    };
}

digits!(JsonSeed, false, "string", "string", { "type": "string", "pattern": "^[0-9]+$" });
digits!(JsonCount, true, "Count", "number | string", {
    "description": "A number up to 9007199254740991, and text beyond, where JavaScript is not exact.",
    "anyOf": [
        { "type": "integer", "minimum": 0, "maximum": LARGEST_EXACT },
        { "type": "string", "pattern": "^[0-9]+$" }
    ]
});
