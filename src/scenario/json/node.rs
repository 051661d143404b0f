//! A value in its place: where it stands in the text and by which path, and what it may be.
//!
//! Values are kept as they are written and read when they are asked for, so that each problem knows
//! its line and its path, and all of them can be told at once.

use super::trouble::{JsonProblem, JsonTrouble};
use crate::scenario::diagnostic::clip;
use crate::scenario::keywords;
use crate::scenario::script::MOST_DIAGNOSTICS;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::Range;

/// The text, and all that was found wrong with it.
pub(super) struct Page<'a> {
    pub text: &'a str,
    found: RefCell<Vec<JsonProblem>>,
    /// How many more were found than are listed.
    more: Cell<usize>,
}

/// One value of the text.
#[derive(Clone)]
pub(super) struct Node<'a> {
    page: &'a Page<'a>,
    /// As it is written.
    raw: &'a str,
    path: String,
}

/// A value with fields, each of which is asked for by its name.
pub(super) struct Object<'a> {
    node: Node<'a>,
    /// With its article: "a crash".
    what: &'static str,
    fields: Vec<(String, &'a RawValue)>,
    /// The fields that it may have, as far as they were asked for.
    known: Vec<&'static str>,
    /// Those of them that it needs and has not.
    missing: Vec<&'static str>,
}

impl<'a> Page<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, found: RefCell::new(Vec::new()), more: Cell::new(0) }
    }

    /// The value that the whole text is.
    pub fn root(&'a self) -> Option<Node<'a>> {
        match serde_json::from_str::<&RawValue>(self.text) {
            Ok(raw) => Some(Node { page: self, raw: raw.get(), path: String::new() }),
            Err(error) => {
                let is_empty = self.text.trim().is_empty();
                let trouble = if is_empty { JsonTrouble::Nothing } else { no_json(&error) };
                self.say(self.place(&error), "", trouble);
                None
            }
        }
    }

    /// By their place, and no more than anybody would read.
    pub fn into_found(self) -> Vec<JsonProblem> {
        let mut found = self.found.into_inner();
        crate::sort::sort_by_key(&mut found, |problem| problem.span.start);
        let count = self.more.get();
        if let Some(last) = found.last().filter(|_| count > 0) {
            let trouble = JsonTrouble::More { count };
            found.push(JsonProblem { path: String::new(), trouble, ..last.clone() });
        }
        found
    }

    pub fn is_fine(&self) -> bool {
        self.found.borrow().is_empty()
    }

    pub fn say(&self, span: Range<usize>, path: &str, trouble: JsonTrouble) {
        if self.found.borrow().len() >= MOST_DIAGNOSTICS {
            return self.more.set(self.more.get() + 1);
        }
        let before = &self.text[..span.start];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        self.found.borrow_mut().push(JsonProblem {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            span,
            path: path.to_owned(),
            trouble,
        });
    }

    /// The character at which the text stops being JSON. Its column is in bytes, from 1.
    fn place(&self, error: &serde_json::Error) -> Range<usize> {
        let lines = self.text.split_inclusive('\n');
        let before: usize = lines.take(error.line().saturating_sub(1)).map(str::len).sum();
        let mut at = (before + error.column().saturating_sub(1)).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at..at + self.text[at..].chars().next().map_or(0, char::len_utf8)
    }
}

/// The words of the reader of JSON, without its own line and column.
fn no_json(error: &serde_json::Error) -> JsonTrouble {
    if error.is_eof() {
        return JsonTrouble::EndsEarly;
    }
    let words = error.to_string();
    let message = words.split(" at line ").next().unwrap_or_default().to_owned();
    JsonTrouble::NoJson { message }
}

impl<'a> Node<'a> {
    pub fn say(&self, trouble: JsonTrouble) {
        self.page.say(self.span(), &self.path, trouble);
    }

    /// In bytes of the text.
    pub fn span(&self) -> Range<usize> {
        // What is read is a part of the text, so it has its place there.
        let start = self.raw.as_ptr() as usize - self.page.text.as_ptr() as usize;
        start..start + self.raw.len()
    }

    pub fn is_null(&self) -> bool {
        self.raw == "null"
    }

    pub fn is_text(&self) -> bool {
        self.raw.starts_with('"')
    }

    pub fn is_list(&self) -> bool {
        self.raw.starts_with('[')
    }

    /// Says that something else was expected; gives nothing.
    pub fn expected<T>(&self, expected: &'static str) -> Option<T> {
        self.say(JsonTrouble::Expected { expected, found: clip(self.raw) });
        None
    }

    /// A whole number of at most this.
    pub fn number(&self, expected: &'static str, most: u64) -> Option<u64> {
        let number = self.whole(expected, most)?;
        if number > most {
            return self.too_large(most);
        }
        Some(number)
    }

    /// A whole number that is told apart later if it is larger than `most`, which is said of those that
    /// are larger than any.
    pub fn whole(&self, expected: &'static str, most: u64) -> Option<u64> {
        if !self.raw.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.expected(expected);
        }
        self.raw.parse().ok().or_else(|| self.too_large(most))
    }

    pub fn too_large<T>(&self, most: u64) -> Option<T> {
        self.say(JsonTrouble::TooLarge { found: clip(self.raw), most });
        None
    }

    pub fn flag(&self) -> Option<bool> {
        match self.raw {
            "true" => Some(true),
            "false" => Some(false),
            _ => self.expected("`true` or `false`"),
        }
    }

    pub fn text(&self, expected: &'static str) -> Option<String> {
        serde_json::from_str(self.raw).ok().or_else(|| self.expected(expected))
    }

    /// One word of some; of a thing such as "algorithm".
    pub fn word<T: Copy>(&self, of: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let word = self.text("a word in quotes")?;
        let found = words.iter().find(|(known, _)| *known == word);
        if found.is_none() {
            let known = words.iter().map(|(known, _)| *known).collect();
            self.say(JsonTrouble::NoKind { of, word: clip(&word), known });
        }
        found.map(|&(_, value)| value)
    }

    pub fn list(&self, expected: &'static str) -> Option<Vec<Self>> {
        let Ok(members) = serde_json::from_str::<Vec<&'a RawValue>>(self.raw) else {
            return self.expected(expected);
        };
        let member = |(index, raw): (usize, &'a RawValue)| Self {
            page: self.page,
            raw: raw.get(),
            path: format!("{}[{index}]", self.path),
        };
        Some(members.into_iter().enumerate().map(member).collect())
    }

    pub fn object(self, what: &'static str) -> Option<Object<'a>> {
        let Ok(Fields(fields)) = serde_json::from_str(self.raw) else {
            return self.expected("an object in `{ }`");
        };
        let object = Object { node: self, what, fields, known: Vec::new(), missing: Vec::new() };
        for (index, (name, raw)) in object.fields.iter().enumerate() {
            if object.fields[..index].iter().any(|(other, _)| other == name) {
                object.member(name, raw).say(JsonTrouble::Twice { field: clip(name) });
            }
            // Each is compared with those before it, and nothing has as many fields as this.
            if index > 64 {
                break;
            }
        }
        Some(object)
    }
}

impl<'a> Object<'a> {
    /// The value of a field that may be left out.
    pub fn get(&mut self, name: &'static str) -> Option<Node<'a>> {
        self.known.push(name);
        let (_, raw) = self.fields.iter().find(|(field, _)| field == name)?;
        Some(self.member(name, raw))
    }

    /// Whether the field is there, whatever it says.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// The value of a field that must be there. That it is not is told at the end: it may only be
    /// misspelt.
    pub fn need(&mut self, name: &'static str) -> Option<Node<'a>> {
        let found = self.get(name);
        if found.is_none() {
            self.missing.push(name);
        }
        found
    }

    pub fn node(&self) -> &Node<'a> {
        &self.node
    }

    /// What it turned out to be, with its article.
    pub fn is(&mut self, what: &'static str) {
        self.what = what;
    }

    /// Says which of its fields nobody asked for, and which it needs besides.
    pub fn end(mut self) {
        self.tell(true);
    }

    /// `is_whole`: all fields that it may have were asked for, so that any other is a mistake.
    fn tell(&mut self, is_whole: bool) {
        let mut missing = std::mem::take(&mut self.missing);
        for (name, raw) in &self.fields {
            if self.known.contains(&&**name) {
                continue;
            }
            let meant = keywords::nearest(name, missing.iter().copied());
            if meant.is_none() && !is_whole {
                continue;
            }
            // What is misspelt says itself what is missing; one sentence is enough for both.
            let needs = match meant.or_else(|| keywords::nearest(name, self.known.iter().copied()))
            {
                Some(_) => Vec::new(),
                None => missing.clone(),
            };
            missing.retain(|&field| meant != Some(field) && !needs.contains(&field));
            let node = self.member(name, raw);
            let (of, known) = (self.what, meant.map_or_else(|| self.known.clone(), |it| vec![it]));
            let trouble = JsonTrouble::Unknown { of, field: clip(name), known, needs };
            node.page.say(self.key(&node), &node.path, trouble);
        }
        for field in missing {
            self.node.say(JsonTrouble::Missing { of: self.what, field });
        }
    }

    fn member(&self, name: &str, raw: &'a RawValue) -> Node<'a> {
        let path = match &*self.node.path {
            "" => clip(name),
            path => format!("{path}.{}", clip(name)),
        };
        Node { page: self.node.page, raw: raw.get(), path }
    }

    /// Where the name of a field stands: before the colon before its value.
    fn key(&self, value: &Node<'a>) -> Range<usize> {
        let text = self.node.page.text;
        let before = text[..value.span().start].trim_end().trim_end_matches(':').trim_end();
        let name = before.strip_suffix('"').unwrap_or(before);
        let start = name.rfind('"').unwrap_or(value.span().start);
        start..before.len()
    }
}

/// Who gives up half-way, as without a kind, leaves what is missing to be told here.
impl Drop for Object<'_> {
    fn drop(&mut self) {
        self.tell(false);
    }
}

/// The fields of an object as they are written, in their order and with those that come twice.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut rest: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = rest.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}
