//! A serde deserializer over JSON text that knows the place of each error.
//!
//! serde buffers an object that is tagged by `kind` or has flattened parts: its errors have no place, and
//! unknown fields are accepted. `JsonValue` chooses variants and splits objects itself, so that the types in
//! `types.rs` derive `Deserialize` without tags.

use super::JsonError;
use serde::de::value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{Deserialize, Deserializer, Error, IntoDeserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::fmt;

/// The name of an enum whose variant is chosen by the first field that the object has (`atUs`), or by the
/// type of the value (`number`, `text`, `list`). All other enums use `kind`.
const UNTAGGED: &str = "untagged";

/// A value as it is written.
#[derive(Clone, Debug)]
pub(super) struct JsonValue<'a> {
    pub raw: &'a str,
    /// Fields that another type reads.
    hidden: Vec<&'static str>,
    /// Whether `null` is a value; an optional field is left out instead.
    is_nullable: bool,
}

impl<'a> JsonValue<'a> {
    pub(crate) fn new(raw: &'a str) -> Self {
        Self { raw, hidden: Vec::new(), is_nullable: false }
    }

    /// The names and values of an object in order, with repeated ones; empty for other values.
    fn members(&self) -> Vec<(Self, Self)> {
        let members = serde_json::from_str(self.raw).map(|JsonMembers(members)| members);
        let mut members: Vec<(Self, Self)> = members.unwrap_or_default();
        members.retain(|(name, _)| !self.hidden.contains(&&*name.text()));
        members
    }

    #[inline(never)] // the reader of every type calls it
    fn distinct_members(&self) -> Result<Vec<(Self, Self)>, JsonError<'a>> {
        let (members, mut names) = (self.members(), BTreeSet::new());
        match members.iter().find(|(name, _)| !names.insert(name.text())) {
            Some((name, value)) => Err(JsonError::repeated(&name.text()).at(value.raw)),
            None => Ok(members),
        }
    }

    #[inline(never)] // the reader of every type calls it
    fn items(&self) -> Vec<Self> {
        let items: Vec<&'a RawValue> = serde_json::from_str(self.raw).unwrap_or_default();
        items.into_iter().map(|item| Self::new(item.get())).collect()
    }

    pub(crate) fn member(&self, name: &str) -> Option<Self> {
        self.members().into_iter().find_map(|(key, value)| (key.text() == name).then_some(value))
    }

    pub(crate) fn item(&self, index: usize) -> Option<Self> {
        self.items().into_iter().nth(index)
    }

    /// The path to a value inside this one, or to the name of a field: `timeline[3].processes`.
    pub(crate) fn path_to(&self, at: &str) -> String {
        let mut path = String::new();
        let mut value = self.clone();
        while !std::ptr::eq(value.raw, at) {
            let mut members = value.members().into_iter();
            let found = members.find(|(name, value)| contains(name, at) || contains(value, at));
            let mut items = value.items().into_iter().enumerate();
            value = match (found, items.find(|(_, value)| contains(value, at))) {
                (Some((name, inner)), _) => {
                    let dot = if path.is_empty() { "" } else { "." };
                    path = path + dot + &crate::scenario::diagnostic::clip(&name.text());
                    inner
                }
                (None, Some((index, inner))) => {
                    path = format!("{path}[{index}]");
                    inner
                }
                (None, None) => break,
            };
        }
        path
    }

    /// The text of a string; empty for other values.
    fn text(&self) -> String {
        self.string().unwrap_or_default()
    }

    #[inline(never)] // the reader of every type calls it
    fn string(&self) -> Option<String> {
        serde_json::from_str(self.raw).ok()
    }

    /// An error inside this value, with its place if it has none, and with the fields that another type reads.
    #[inline(never)] // the reader of every type calls it
    fn placed(&self, error: JsonError<'a>) -> JsonError<'a> {
        let names = || self.members().into_iter();
        let is_own = error.at.is_some_and(|at| names().any(|(name, _)| name.raw == at));
        let error = if is_own { error.with_known(&self.hidden) } else { error };
        error.at(self.raw)
    }

    /// The value of `kind`, and the rest of the object.
    fn by_kind(mut self) -> Result<(Self, Self), JsonError<'a>> {
        if !self.raw.starts_with('{') {
            return Err(JsonError::object());
        }
        let kinds: Vec<Self> = self
            .members()
            .into_iter()
            .filter(|(name, _)| name.text() == "kind")
            .map(|(_, kind)| kind)
            .collect();
        match &*kinds {
            [] => Err(self.missing(&["kind"])),
            [kind] => {
                self.hidden.push("kind");
                Ok((kind.clone(), self))
            }
            [_, again, ..] => Err(JsonError::repeated("kind").at(again.raw)),
        }
    }

    fn by_shape(self, variants: &'static [&'static str]) -> Result<(Self, Self), JsonError<'a>> {
        let variant = match self.raw.as_bytes() {
            [b'{', ..] => variants.iter().find(|name| self.member(name).is_some()),
            [b'[', ..] => variants.iter().find(|name| **name == "list"),
            [b'"', ..] => variants.iter().find(|name| **name == "text"),
            _ => None,
        };
        let is_object = self.raw.starts_with('{');
        match variant.or(variants.iter().find(|name| **name == "number" && !is_object)) {
            Some(variant) => Ok((Self::new(variant), self)),
            None if is_object => Err(self.missing(variants)),
            None => Err(JsonError::object()),
        }
    }

    /// The error that a field is missing, or that one is misspelt.
    fn missing(&self, fields: &'static [&'static str]) -> JsonError<'a> {
        let misspelt = self.members().into_iter().find(|(name, _)| {
            crate::scenario::keywords::nearest(&name.text(), fields.iter().copied()).is_some()
        });
        match misspelt {
            Some((name, _)) => JsonError::unknown_field(&name.text(), fields).at(name.raw),
            None => JsonError::missing_field(fields.last().copied().unwrap_or_default()),
        }
    }
}

/// Whether a slice of the text is inside a value.
fn contains(value: &JsonValue, at: &str) -> bool {
    let [outer, inner] = [value.raw, at].map(|text| text.as_bytes().as_ptr_range());
    outer.start <= inner.start && inner.end <= outer.end
}

impl<'de> Deserializer<'de> for JsonValue<'de> {
    type Error = JsonError<'de>;

    /// No type expects a fraction, so it is read as `null` is.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError<'de>> {
        let read = match self.raw.as_bytes() {
            [b'{', ..] => self
                .distinct_members()
                .and_then(|members| visitor.visit_map(MapDeserializer::new(members.into_iter()))),
            [b'[', ..] => visitor.visit_seq(SeqDeserializer::new(self.items().into_iter())),
            [b'"', ..] => match self.string() {
                Some(text) => visitor.visit_string(text),
                None => Err(JsonError::text()),
            },
            b"true" => visitor.visit_bool(true),
            b"false" => visitor.visit_bool(false),
            [b'-', ..] => match self.raw.parse() {
                Ok(number) => visitor.visit_i64(number),
                Err(_) => visitor.visit_unit(),
            },
            _ => match self.raw.parse() {
                Ok(number) => visitor.visit_u64(number),
                Err(_) => visitor.visit_unit(),
            },
        };
        read.map_err(|error| self.placed(error))
    }

    /// `null` means `None` only where `null` is a value.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError<'de>> {
        match self.is_nullable && self.raw == "null" {
            true => visitor.visit_none(),
            false => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        mut self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, JsonError<'de>> {
        self.is_nullable = true;
        visitor.visit_newtype_struct(self)
    }

    /// An object that two types share. The name of the tuple lists the fields of the first one:
    /// `everyUs fromUs untilUs|atUs` are the first three if there is `everyUs`, else `atUs`. Where
    /// there is no choice, each field may be there.
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        fields: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, JsonError<'de>> {
        if !self.raw.starts_with('{') {
            return Err(JsonError::object().at(self.raw));
        }
        let mut rest = self.clone();
        let is_choice = fields.contains('|');
        for fields in fields.split('|') {
            let fields = fields.split(' ');
            let is_chosen = |name| !is_choice || self.member(name).is_some();
            if rest.hidden.is_empty() && fields.clone().take(1).any(is_chosen) {
                rest.hidden.extend(fields);
            }
        }
        visitor.visit_seq(SeqDeserializer::new([self, rest].into_iter()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError<'de>> {
        self.deserialize_map(visitor)
    }

    /// serde would accept a list as the fields in order. Without a way to `visit_seq` the code of every type
    /// is half as large.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError<'de>> {
        if !self.raw.starts_with('{') {
            return Err(JsonError::object().at(self.raw));
        }
        let members = self.distinct_members();
        members
            .and_then(|members| visitor.visit_map(MapDeserializer::new(members.into_iter())))
            .map_err(|error| self.placed(error))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError<'de>> {
        let raw = self.raw;
        let chosen = if name == UNTAGGED { self.by_shape(variants) } else { self.by_kind() };
        let read = chosen.and_then(|chosen| {
            let map = MapDeserializer::new(std::iter::once(chosen));
            visitor.visit_enum(MapAccessDeserializer::new(map))
        });
        read.map_err(|error| error.at(raw))
    }

    /// serde would accept a number as the index of a variant.
    fn deserialize_identifier<V: Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, JsonError<'de>> {
        match self.raw.as_bytes() {
            [b'"', ..] => match self.string() {
                Some(text) => visitor.visit_str(&text).map_err(|error| self.placed(error)),
                None => Err(JsonError::text().at(self.raw)),
            },
            [b'a'..=b'z', ..] => visitor.visit_str(self.raw),
            _ => Err(JsonError::text().at(self.raw)),
        }
    }

    /// Skips the value without looking inside, however deep it is.
    fn deserialize_ignored_any<V: Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, JsonError<'de>> {
        visitor.visit_unit()
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError<'de>> {
        self.deserialize_any(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError<'de>> {
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 char str string bytes byte_buf unit
        unit_struct seq tuple
    }
}

impl<'de> IntoDeserializer<'de, JsonError<'de>> for JsonValue<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The members of an object.
struct JsonMembers<'a>(Vec<(JsonValue<'a>, JsonValue<'a>)>);

impl<'de> Deserialize<'de> for JsonMembers<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(JsonMembers(Vec::new()))
    }
}

impl<'de> Visitor<'de> for JsonMembers<'de> {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self, A::Error> {
        while let Some((name, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            self.0.push((JsonValue::new(name.get()), JsonValue::new(value.get())));
        }
        Ok(self)
    }
}
