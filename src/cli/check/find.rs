//! Finds the scenarios and documents in a folder.

use crate::cli::document;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

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
pub(crate) fn below(folder: &Path, mut seen: impl FnMut(usize)) -> (Vec<PathBuf>, Vec<Closed>) {
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
    // Reading a pipe or a device would block. A symbolic link counts as its target; a dangling one is
    // reported when it is read.
    let is_file = || fs::metadata(&path).map_or(true, |metadata| metadata.is_file());
    if is_named && is_file() { FileKind::Wanted } else { FileKind::Other }
}
