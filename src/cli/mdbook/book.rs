//! What mdBook hands over, and takes back: `[context, book]` as JSON, as its documentation tells of
//! 0.4 and 0.5. Both have the same chapters; their list is called `sections` in 0.4 and `items` since.
//! Whatever else is in it comes back as it came.
//!
//! <https://rust-lang.github.io/mdBook/for_developers/preprocessors.html>

use pulldown_cmark::Options;
use serde_json::{Map, Value};

/// The only renderer that can show a figure.
pub const HTML: &str = "html";

pub struct Book {
    context: Map<String, Value>,
    book: Map<String, Value>,
    list: &'static str,
}

/// A chapter that has a file.
pub struct Chapter<'a> {
    fields: &'a mut Map<String, Value>,
}

impl Book {
    pub fn read(input: &[u8]) -> Result<Self, String> {
        const NONE: &str = "what stands on standard input is no book as mdBook hands it over";
        if input.trim_ascii().is_empty() {
            return Err(format!("{NONE}: there is nothing"));
        }
        let read = serde_json::from_slice(input).map_err(|error| format!("{NONE}: {error}"))?;
        let Value::Array(pair) = read else {
            return Err(format!("{NONE}: it is no list of a context and a book"));
        };
        let Ok([Value::Object(context), Value::Object(book)]) = <[Value; 2]>::try_from(pair) else {
            return Err(format!("{NONE}: it is no list of a context and a book"));
        };
        let has = |name: &str| matches!(book.get(name), Some(Value::Array(_)));
        let list = match (has("items"), has("sections")) {
            (true, _) => Some("items"),
            (false, true) => Some("sections"),
            (false, false) => None,
        };
        let this = Self { context, book, list: list.unwrap_or_default() };
        for field in ["renderer", "mdbook_version"] {
            if this.word(field).is_empty() {
                return Err(format!("{NONE}: its context has no `{field}`"));
            }
        }
        if !this.context.get("config").is_some_and(Value::is_object) {
            return Err(format!("{NONE}: its context has no `config`"));
        }
        match list {
            Some(_) => Ok(this),
            None => Err(format!(
                "the book has neither `items` nor `sections`; it comes from mdBook {}, and this \
                 reads those of 0.4 and 0.5",
                this.word("mdbook_version")
            )),
        }
    }

    /// What is said where the version is none that this was tried with.
    pub fn warning(&self) -> Option<String> {
        let version = self.word("mdbook_version");
        let is_known = ["0.4.", "0.5."].iter().any(|known| version.starts_with(known));
        (!is_known).then(|| {
            format!("this was tried with mdBook 0.4 and 0.5, and this is {version}; it may not fit")
        })
    }

    pub fn renderer(&self) -> &str {
        self.word("renderer")
    }

    /// As book.toml has it below `[preprocessor.hustings]`.
    pub fn settings(&self) -> Option<&Map<String, Value>> {
        self.config(&["preprocessor", "hustings"])?.as_object()
    }

    /// The folder of the chapters, from the root of the book.
    pub fn source(&self) -> &str {
        self.config(&["book", "src"]).and_then(Value::as_str).unwrap_or("src")
    }

    /// The Markdown that this mdBook reads.
    pub fn dialect(&self) -> Options {
        let always = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES;
        if self.word("mdbook_version").starts_with("0.4.") {
            return always;
        }
        let is_on = |name| {
            let said = self.config(&["output", HTML, name]).and_then(Value::as_bool);
            said.unwrap_or(true)
        };
        let mut dialect = always;
        dialect.set(Options::ENABLE_DEFINITION_LIST, is_on("definition-lists"));
        dialect.set(Options::ENABLE_GFM, is_on("admonitions"));
        dialect
    }

    pub fn each_chapter(&mut self, act: &mut impl FnMut(Chapter)) {
        if let Some(Value::Array(items)) = self.book.get_mut(self.list) {
            each(items, act);
        }
    }

    /// The book alone: what mdBook takes back.
    pub fn written(self) -> String {
        Value::Object(self.book).to_string()
    }

    fn config(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(self.context.get("config")?, |value, key| value.get(key))
    }

    fn word(&self, field: &str) -> &str {
        self.context.get(field).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Separators and titles of parts are passed over, and so is a draft, which has no content.
fn each(items: &mut [Value], act: &mut impl FnMut(Chapter)) {
    for item in items {
        let Some(fields) = item.get_mut("Chapter").and_then(Value::as_object_mut) else { continue };
        if fields.get("path").is_some_and(Value::is_string) {
            act(Chapter { fields });
        }
        if let Some(Value::Array(below)) = fields.get_mut("sub_items") {
            each(below, act);
        }
    }
}

impl Chapter<'_> {
    pub fn content(&self) -> &str {
        self.word("content").unwrap_or_default()
    }

    pub fn set(&mut self, content: String) {
        self.fields.insert("content".to_owned(), Value::String(content));
    }

    /// Of the page that it becomes, from the folder of the chapters.
    pub fn path(&self) -> &str {
        self.word("path").unwrap_or_default()
    }

    /// Of its file, which may be another.
    pub fn file(&self) -> &str {
        self.word("source_path").unwrap_or(self.path())
    }

    fn word(&self, field: &str) -> Option<&str> {
        self.fields.get(field)?.as_str()
    }
}
