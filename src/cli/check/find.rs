//! The files that a path stands for.

use crate::cli::document;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

/// What a scenario's file is called; in JSON another word stands behind it, since not every file of
/// JSON is a scenario.
pub const EXTENSION: &str = "hustings";
const JSON: &str = ".hustings.json";
/// Of a file that is a scenario where it is named.
const SCRIPTS: [&str; 3] = [EXTENSION, "json", "txt"];
/// Folders of what tools have made or fetched.
const SKIPPED: [&str; 2] = ["target", "node_modules"];

/// A folder that cannot be read, and why.
pub type Closed = (PathBuf, io::Error);

/// Whether a file that is no document may be a scenario: by the end of its name, or if that has none.
pub fn may_be_scenario(path: &Path) -> bool {
    path.extension()
        .is_none_or(|found| SCRIPTS.iter().any(|known| found.eq_ignore_ascii_case(known)))
}

/// The scenarios and documents below a folder, in the order of their names.
///
/// What is hidden is skipped, and what tools have made. A link to a file counts, one to a folder
/// does not: it may lead back to where it lies.
pub fn below(folder: &Path, mut seen: impl FnMut(usize)) -> (Vec<PathBuf>, Vec<Closed>) {
    let (mut found, mut closed) = (Vec::new(), Vec::new());
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        match entries(&folder) {
            Ok(entries) => {
                for entry in entries {
                    match kind(&entry) {
                        FileKind::Folder => folders.push(entry.path()),
                        FileKind::Wanted => found.push(entry.path()),
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

fn entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    fs::read_dir(folder)?.collect()
}

enum FileKind {
    Folder,
    Wanted,
    Other,
}

fn kind(entry: &DirEntry) -> FileKind {
    let (name, path) = (entry.file_name(), entry.path());
    let Ok(kind) = entry.file_type() else { return FileKind::Other };
    if name.as_encoded_bytes().starts_with(b".") {
        return FileKind::Other;
    }
    if kind.is_dir() {
        let is_skipped = SKIPPED.iter().any(|skipped| name == *skipped);
        return if is_skipped { FileKind::Other } else { FileKind::Folder };
    }
    let is_named = document::Kind::of(&path).is_some()
        || path.extension().is_some_and(|it| it == EXTENSION)
        || name.as_encoded_bytes().ends_with(JSON.as_bytes());
    // A pipe or a device of that name would be waited for; a link is what it leads to, and one that
    // leads nowhere is told when it is read.
    let is_file = || fs::metadata(&path).map_or(true, |metadata| metadata.is_file());
    if is_named && is_file() { FileKind::Wanted } else { FileKind::Other }
}
