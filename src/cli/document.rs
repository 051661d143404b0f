//! Finds the scenarios and documents in a folder, and the figures in a document, for each kind of document that
//! `check` reads.

mod html;
pub(super) mod markdown;
mod rst;

pub use super::diagnostics::{InputSource, Within};

use super::system::{FolderEntry, PathKind, System};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The name of a scenario's block, element and directive.
const NAME: &str = "leader-election";
/// Marks a block that is not to be checked, such as one that shows a mistake.
const IGNORE: &str = "ignore";

/// The kind of a document, by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Markdown,
    Rst,
    Html,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Markdown, Self::Rst, Self::Html];

    pub(crate) fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|kind| {
            kind.extensions().iter().any(|known| extension.eq_ignore_ascii_case(known))
        })
    }

    const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Markdown => &["md", "markdown", "mdx"],
            Self::Rst => &["rst"],
            Self::Html => &["html", "htm"],
        }
    }
}

/// A figure in a document.
#[derive(Debug)]
pub struct Figure {
    /// The line where it begins, from 1.
    pub line: usize,
    pub is_ignored: bool,
    pub scenario: Named,
}

/// Where the scenario of a figure is.
#[derive(Debug)]
pub enum Named {
    /// In the document.
    Here(InputSource),
    /// In an address, behind its `#`: a link or a preset.
    Address(String),
    /// In a file, by an address relative to the document.
    File(String),
}

/// The figures of a document, in order.
pub fn figures(kind: Kind, name: &str, document: &str) -> Vec<Figure> {
    let document = SourceDocument { name, text: document.into() };
    let mut found = match kind {
        Kind::Markdown => markdown::figures(&document),
        Kind::Rst => rst::figures(&document),
        Kind::Html => html::figures(&document, 0..document.text.len()),
    };
    found.sort_by_key(|figure| figure.line);
    found
}

/// A document to search.
struct SourceDocument<'a> {
    name: &'a str,
    text: Rc<str>,
}

/// Appends a blank for each byte, and line breaks unchanged.
fn blank(text: &str, script: &mut String) {
    let kept = |byte: u8| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' };
    script.extend(text.bytes().map(kept));
}

/// Options of a directive, or attributes of an element.
type Options = Vec<(String, String)>;

impl SourceDocument<'_> {
    /// The line of a byte offset, from 1.
    fn line(&self, at: usize) -> usize {
        self.text.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count() + 1
    }

    /// The byte offset at which this offset's line begins.
    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// The figure that begins at this byte. Its options name the scenario; without them, its content is the
    /// scenario.
    fn figure(
        &self,
        at: usize,
        options: &Options,
        content: Option<DocumentContent>,
    ) -> Option<Figure> {
        let attribute = |name: &str| {
            let found = options.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
        };
        let is_here = |content: &DocumentContent| !content.text.trim().is_empty();
        let scenario = if let Some(file) = attribute("src") {
            Named::File(file.to_owned())
        } else if let Some(link) = attribute("scenario") {
            let fragment = link.split_once('#').map_or(link, |(_, fragment)| fragment);
            let is_whole = fragment.contains('/');
            Named::Address(if is_whole { fragment.to_owned() } else { format!("1/{fragment}") })
        } else if let Some(preset) = attribute("preset") {
            Named::Address(format!("preset/{preset}"))
        } else {
            Named::Here(self.source(at, content.filter(is_here)?))
        };
        let is_ignored = options.iter().any(|(key, value)| {
            let is_class = key.eq_ignore_ascii_case("class");
            key == IGNORE || is_class && value.split_whitespace().any(|word| word == IGNORE)
        });
        Some(Figure { line: self.line(at), is_ignored, scenario })
    }

    fn source(&self, at: usize, content: DocumentContent) -> InputSource {
        let within = Within {
            document: Rc::clone(&self.text),
            first: self.line(at),
            is_in_one_line: content.is_in_one_line,
        };
        InputSource { name: self.name.to_owned(), text: content.text, within: Some(within) }
    }

    /// The text of a range, preceded by blanks for the document from the line where the figure begins.
    fn lines_below(&self, at: usize, lines: Range<usize>) -> DocumentContent {
        let mut text = String::new();
        blank(&self.text[self.line_start(at)..lines.start], &mut text);
        text.push_str(&self.text[lines]);
        DocumentContent { text, is_in_one_line: false }
    }
}

/// A script in a document, from the line where its figure begins.
struct DocumentContent {
    /// The text, with each line at its line of the document.
    text: String,
    /// Whether several lines of the script are in one line of the document.
    is_in_one_line: bool,
}

/// Parses an option such as `:height: 420`.
fn option(line: &str) -> Option<(String, String)> {
    let (key, value) = line.trim().strip_prefix(':')?.split_once(':')?;
    let is_key = !key.is_empty() && !key.contains(char::is_whitespace);
    is_key.then(|| (key.to_owned(), value.trim().to_owned()))
}

/// The extension of a script. JSON has a longer one, since not every JSON file is a scenario.
pub(crate) const EXTENSION: &str = "hustings";
const JSON: &str = ".hustings.json";
/// The extensions of a scenario that is named as an argument.
const SCRIPTS: [&str; 3] = [EXTENSION, "json", "txt"];
/// Folders with generated or downloaded files.
const SKIPPED: [&str; 2] = ["target", "node_modules"];

/// An unreadable folder and the reason.
pub(crate) type Closed = (PathBuf, io::Error);

/// Whether a file that is no document may be a scenario: it has a known extension, or none.
pub(crate) fn may_be_scenario(path: &Path) -> bool {
    path.extension()
        .is_none_or(|found| SCRIPTS.iter().any(|known| found.eq_ignore_ascii_case(known)))
}

/// The scenarios and documents in a folder at any depth, ordered by path, and the unreadable folders. `seen`
/// is called with the number of files found so far.
///
/// Hidden files and folders with generated files are skipped. A symbolic link to a file is followed; one to a
/// folder is not, since it may lead to a cycle.
pub(crate) fn below(
    folder: &Path,
    system: &dyn System,
    mut seen: impl FnMut(usize),
) -> (Vec<PathBuf>, Vec<Closed>) {
    let (mut found, mut closed) = (Vec::new(), Vec::new());
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        match system.list(&folder) {
            Ok(entries) => {
                for entry in entries {
                    let path = folder.join(&entry.name);
                    match kind(&entry, &path, system) {
                        FileKind::Folder => folders.push(path),
                        FileKind::Wanted => found.push(path),
                        FileKind::Other => {}
                    }
                }
            }
            Err(error) => closed.push((folder, error)),
        }
        seen(found.len());
    }
    found.sort();
    (found, closed)
}

enum FileKind {
    Folder,
    Wanted,
    Other,
}

fn kind(
    FolderEntry { name, is_folder }: &FolderEntry,
    path: &Path,
    system: &dyn System,
) -> FileKind {
    if name.as_encoded_bytes().starts_with(b".") {
        return FileKind::Other;
    }
    if *is_folder {
        let is_skipped = SKIPPED.iter().any(|skipped| name == skipped);
        return if is_skipped { FileKind::Other } else { FileKind::Folder };
    }
    let is_named = Kind::of(path).is_some()
        || path.extension().is_some_and(|it| it == EXTENSION)
        || name.as_encoded_bytes().ends_with(JSON.as_bytes());
    // Reading a pipe or a device would block. A symbolic link counts as its target; a dangling one is
    // reported when it is read.
    let is_file = || system.status(path).map_or(true, |status| status.kind == PathKind::File);
    if is_named && is_file() { FileKind::Wanted } else { FileKind::Other }
}
