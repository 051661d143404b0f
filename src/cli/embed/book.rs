//! The JSON that mdBook passes to its preprocessors: the book, its settings, and its chapters.

use crate::cli::console::{self, Console};
use crate::cli::diagnostics::{self, RenderedDiagnostic};
use crate::cli::document::markdown::{self, ScenarioBlock};
use crate::export::snippet::{PlayerUrl, Snippet};
use crate::export::{PictureSubject, still};
use crate::scenario::script::Script;
use crate::scenario::{FigureOptions, keywords};
use crate::types::GroupId;
use pulldown_cmark::{Options, Options as Dialect};
use serde_json::{Map, Value};

/// The only renderer that can show a figure.
pub(crate) const HTML: &str = "html";

pub(crate) struct Book {
    context: Map<String, Value>,
    book: Map<String, Value>,
    list: &'static str,
}

/// A chapter with a file.
pub(crate) struct Chapter<'a> {
    fields: &'a mut Map<String, Value>,
}

impl Book {
    pub(crate) fn read(input: &[u8]) -> Result<Self, String> {
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

    /// A warning if mdBook has a version with which this was not tested.
    pub(crate) fn warning(&self) -> Option<String> {
        let version = self.word("mdbook_version");
        let is_known = ["0.4.", "0.5."].iter().any(|known| version.starts_with(known));
        (!is_known).then(|| {
            format!("this was tried with mdBook 0.4 and 0.5, and this is {version}; it may not fit")
        })
    }

    pub(crate) fn renderer(&self) -> &str {
        self.word("renderer")
    }

    /// The table `[preprocessor.hustings]` of book.toml.
    pub(crate) fn settings(&self) -> Option<&Map<String, Value>> {
        self.config(&["preprocessor", "hustings"])?.as_object()
    }

    /// The folder of the chapters, from the root of the book.
    pub(crate) fn source(&self) -> &str {
        self.config(&["book", "src"]).and_then(Value::as_str).unwrap_or("src")
    }

    /// The extensions of Markdown that this version of mdBook enables.
    pub(crate) fn dialect(&self) -> Options {
        let always = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES;
        if self.word("mdbook_version").starts_with("0.4.") {
            return always;
        }
        let is_on = |name| {
            let configured = self.config(&["output", HTML, name]).and_then(Value::as_bool);
            configured.unwrap_or(true)
        };
        let mut dialect = always;
        dialect.set(Options::ENABLE_DEFINITION_LIST, is_on("definition-lists"));
        dialect.set(Options::ENABLE_GFM, is_on("admonitions"));
        dialect
    }

    pub(crate) fn each_chapter(&mut self, act: &mut impl FnMut(Chapter)) {
        if let Some(Value::Array(items)) = self.book.get_mut(self.list) {
            each(items, act);
        }
    }

    /// The JSON that mdBook expects back: the book without the context.
    pub(crate) fn written(self) -> String {
        Value::Object(self.book).to_string()
    }

    fn config(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(self.context.get("config")?, |value, key| value.get(key))
    }

    fn word(&self, field: &str) -> &str {
        self.context.get(field).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Calls `act` for each chapter. Separators, titles of parts and drafts, which have no content, are skipped.
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
    pub(crate) fn content(&self) -> &str {
        self.word("content").unwrap_or_default()
    }

    pub(crate) fn set(&mut self, content: String) {
        self.fields.insert("content".to_owned(), Value::String(content));
    }

    /// The path of the rendered page, from the folder of the chapters.
    pub(crate) fn path(&self) -> &str {
        self.word("path").unwrap_or_default()
    }

    /// The path of the chapter's file, which may differ.
    pub(crate) fn file(&self) -> &str {
        self.word("source_path").unwrap_or(self.path())
    }

    fn word(&self, field: &str) -> Option<&str> {
        self.fields.get(field)?.as_str()
    }
}

pub(crate) struct Settings {
    /// The setting as it was written.
    player: String,
    pub has_posters: bool,
    pub is_checked: bool,
    /// Warnings about unknown settings.
    pub warnings: Vec<String>,
}

const PLAYER: &str = "player";
const POSTER: &str = "poster";
const CHECK: &str = "check";
/// The settings that mdBook reads itself.
const OTHERS: [&str; 5] = ["command", "renderers", "before", "after", "optional"];

impl Settings {
    pub(crate) fn read(book: &Book) -> Result<Self, String> {
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

    /// Where Hustings is published, relative to the page of a chapter.
    pub(crate) fn player(&self, chapter: &str) -> Result<PlayerUrl, String> {
        let depth = chapter.split(['/', '\\']).count() - 1;
        let up = if is_address(&self.player) { String::new() } else { "../".repeat(depth) };
        let bare = self.player.strip_prefix("./").unwrap_or(&self.player);
        PlayerUrl::new(&(up + bare))
            .map_err(|refusal| wrong(PLAYER, &format!("is wrong: {refusal}")))
    }
}

/// Whether the setting does not depend on the page: `https://…`, `//host/…`, `/path`.
fn is_address(player: &str) -> bool {
    player.starts_with('/') || player.contains("://")
}

fn wrong(key: &str, what: &str) -> String {
    format!("book.toml: `{key}` in [preprocessor.hustings] {what}")
}

/// A scenario failed, and its problems were printed.
#[derive(Debug)]
pub(crate) struct FigureFailed;

/// The content of a chapter with figures in place of scenarios. Prints all problems.
pub(crate) fn figures(
    chapter: &Chapter,
    source: &str,
    dialect: Dialect,
    settings: &Settings,
    console: &mut Console,
) -> Result<String, FigureFailed> {
    let content = chapter.content();
    if !markdown::may_have_some(content.as_bytes()) {
        return Ok(content.to_owned());
    }
    let name = format!("{}/{}", source.trim_end_matches('/'), chapter.file());
    let player = match settings.player(chapter.path()) {
        Ok(player) => player,
        Err(problem) => {
            console.complain(&problem);
            return Err(FigureFailed);
        }
    };
    let mut page =
        ChapterPage { settings, player, console, written: String::new(), has_loader: false };
    let (mut at, mut is_fine) = (0, true);
    for block in markdown::blocks(&name, content, dialect) {
        if block.is_ignored {
            continue;
        }
        let Some(figure) = page.figure(&block) else {
            is_fine &= !settings.is_checked;
            continue;
        };
        page.written += &content[at..block.range.start];
        page.written += &figure;
        // The block's last line break is kept, so that the following text begins a line.
        at = content[..block.range.end].trim_end_matches(['\r', '\n']).len();
    }
    page.written += &content[at..];
    if is_fine { Ok(page.written) } else { Err(FigureFailed) }
}

/// The page of a chapter, as far as it is written.
struct ChapterPage<'a> {
    settings: &'a Settings,
    player: PlayerUrl,
    console: &'a mut Console,
    written: String,
    has_loader: bool,
}

impl ChapterPage<'_> {
    /// The figure of a block; `None` if the block has to stay as it is.
    fn figure(&mut self, block: &ScenarioBlock) -> Option<String> {
        let read = match block.source.read() {
            Ok(read) => read,
            Err(problems) => {
                for problem in problems {
                    self.report_problem(problem);
                }
                if block.text.contains("{{#") {
                    self.console.problem(&included().into_warning());
                }
                return None;
            }
        };
        let run = console::play(read.scenario.clone(), self.console);
        if self.settings.is_checked && !self.holds(block, &read, &run) {
            return None;
        }
        let poster = self.settings.has_posters.then(|| {
            let subject = PictureSubject::new(&run, GroupId::MAIN);
            let view = read.scenario.figure.view.unwrap_or_default();
            still::poster(&subject, still::poster_instant(&subject, None), view, Default::default())
        });
        let snippet = Snippet {
            scenario: &read.scenario,
            script: &block.text,
            options: &FigureOptions::default(),
            poster: poster.as_deref(),
        };
        let loader = (!self.has_loader).then_some(&self.player);
        match snippet.element_in_line(loader) {
            Ok(figure) => {
                self.has_loader = true;
                Some(figure)
            }
            Err(refusal) => {
                let line = Some(block.source.first());
                self.report_problem(diagnostics::warning(
                    &block.source,
                    line,
                    &refusal.to_string(),
                ));
                None
            }
        }
    }

    fn holds(&mut self, block: &ScenarioBlock, read: &Script, run: &crate::run::Run) -> bool {
        let report = run.report(read);
        for verdict in report.expectations.iter().filter(|verdict| !verdict.holds) {
            let text = format!("{}: {}", verdict.text, verdict.reason);
            self.report_problem(diagnostics::warning(&block.source, verdict.line, &text));
        }
        report.holds()
    }

    /// As an error where it fails the build.
    fn report_problem(&mut self, diagnostic: RenderedDiagnostic) {
        self.console
            .problem(&RenderedDiagnostic { is_error: self.settings.is_checked, ..diagnostic });
    }
}

fn included() -> RenderedDiagnostic {
    diagnostics::plain(
        "`{{#…}}` is read by mdBook's own preprocessor `links`, which has to come first: write \
         `after = [\"links\"]` below [preprocessor.hustings]",
    )
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
