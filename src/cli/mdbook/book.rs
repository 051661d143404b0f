//! The JSON of a book that mdBook passes to its preprocessors, and the settings in it.

use crate::export::snippet::PlayerUrl;
use crate::scenario::keywords;
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

pub struct Settings {
    /// As it was written.
    player: String,
    pub has_posters: bool,
    pub is_checked: bool,
    /// Of words that mean nothing.
    pub warnings: Vec<String>,
}

const PLAYER: &str = "player";
const POSTER: &str = "poster";
const CHECK: &str = "check";
/// Those that mdBook reads itself.
const OTHERS: [&str; 5] = ["command", "renderers", "before", "after", "optional"];

impl Settings {
    pub fn read(book: &Book) -> Result<Self, String> {
        let Some(all) = book.settings() else {
            return Err("book.toml has no [preprocessor.hustings]".to_owned());
        };
        let flag = |name| match all.get(name) {
            None => Ok(true),
            Some(Value::Bool(value)) => Ok(*value),
            Some(other) => Err(wrong(name, &format!("is {other}; it has to be true or false"))),
        };
        let player = match all.get(PLAYER) {
            Some(Value::String(player)) => player.clone(),
            Some(other) => return Err(wrong(PLAYER, &format!("is {other}; it has to be text"))),
            None => {
                return Err(wrong(
                    PLAYER,
                    "is missing: say where Hustings is published, as an address such as \
                     \"https://your.site/hustings/\" or a path from the root of the book",
                ));
            }
        };
        PlayerUrl::new(&player)
            .map_err(|refusal| wrong(PLAYER, &format!("is wrong: {refusal}")))?;
        let known = [PLAYER, POSTER, CHECK];
        let unknown = all
            .keys()
            .filter(|key| !known.contains(&key.as_str()) && !OTHERS.contains(&key.as_str()));
        let warnings = unknown.map(|key| match keywords::nearest(key, known.into_iter()) {
            Some(nearest) => wrong(key, &format!("means nothing; did you mean `{nearest}`?")),
            None => wrong(key, "means nothing"),
        });
        Ok(Self {
            player,
            has_posters: flag(POSTER)?,
            is_checked: flag(CHECK)?,
            warnings: warnings.collect(),
        })
    }

    /// Where Hustings is published, as seen from the page of a chapter.
    pub fn player(&self, chapter: &str) -> Result<PlayerUrl, String> {
        let depth = chapter.split(['/', '\\']).count() - 1;
        let up = if is_address(&self.player) { String::new() } else { "../".repeat(depth) };
        let bare = self.player.strip_prefix("./").unwrap_or(&self.player);
        PlayerUrl::new(&(up + bare))
            .map_err(|refusal| wrong(PLAYER, &format!("is wrong: {refusal}")))
    }
}

/// Whether it is the same from everywhere: `https://…`, `//host/…`, `/path`.
fn is_address(player: &str) -> bool {
    player.starts_with('/') || player.contains("://")
}

fn wrong(key: &str, what: &str) -> String {
    format!("book.toml: `{key}` in [preprocessor.hustings] {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_seen_from_the_page_and_an_address_is_not() {
        let seen = |player: &str, chapter| {
            let (player, warnings) = (player.to_owned(), Vec::new());
            let settings = Settings { player, has_posters: true, is_checked: true, warnings };
            settings.player(chapter).map(|player| player.loader().to_string())
        };
        let loader = |folder| Ok(format!("<script src=\"{folder}v1/embed.js\" defer></script>"));
        assert_eq!(seen("hustings", "a.md"), loader("hustings/"));
        assert_eq!(seen("./hustings/", "deep/er/a.md"), loader("../../hustings/"));
        assert_eq!(seen("../hustings", "deep\\a.md"), loader("../../hustings/"));
        assert_eq!(seen("/hustings", "deep/a.md"), loader("/hustings/"));
        assert_eq!(seen("https://a.b/", "deep/a.md"), loader("https://a.b/"));
    }
}
