//! What the command line asks of the machine on which it runs. The native program answers with the standard library
//! (`system/native.rs`), the npm package with the functions of Node.js (`src/node/system.rs`).

#[cfg(feature = "cli")]
#[expect(clippy::disallowed_types, reason = "progress and limits in seconds are wall time")]
mod native;

#[cfg(feature = "cli")]
pub(crate) use native::NativeSystem;

use std::io;
use std::path::Path;
use std::time::Duration;

/// The three streams of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StandardStream {
    Input,
    Output,
    Problems,
}

/// What a path leads to. A symbolic link counts as its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PathKind {
    File,
    Folder,
    /// A pipe or a device.
    Other,
}

/// What is known of a path without reading it. Two equal values mean that a file has not changed in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PathStatus {
    pub kind: PathKind,
    /// In bytes.
    pub len: u64,
    /// The time of the last change, since 1970.
    pub modified: Option<Duration>,
}

/// An entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FolderEntry {
    pub name: std::ffi::OsString,
    /// Whether it is a folder itself; a symbolic link is none.
    pub is_folder: bool,
}

/// A part of the work. Each call does a slice of it; it returns true once nothing is left to do.
pub(crate) type WorkJob<'a> = Box<dyn FnMut() -> bool + Send + 'a>;

/// A machine with files, three streams, a clock and at least one core.
pub(crate) trait System {
    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<String>;

    fn is_terminal(&self, stream: StandardStream) -> bool;

    /// Standard input, but not more than so many bytes.
    fn read_input(&self, most: usize) -> io::Result<Vec<u8>>;

    /// Writes at once to standard output or standard error.
    fn write(&self, stream: StandardStream, bytes: &[u8]) -> io::Result<()>;

    fn status(&self, path: &Path) -> io::Result<PathStatus>;

    /// The content of a file, but not more than so many bytes.
    fn read_file(&self, path: &Path, most: usize) -> io::Result<Vec<u8>>;

    fn write_file(&self, path: &Path, text: &str) -> io::Result<()>;

    /// The entries of a folder, in any order.
    fn list(&self, folder: &Path) -> io::Result<Vec<FolderEntry>>;

    /// Wall time since an instant that stays the same, of a clock that never goes back.
    fn now(&self) -> Duration;

    /// From now on the first Ctrl-C does not end the program, and `is_interrupted` tells of it.
    fn watch_interrupts(&self);

    fn is_interrupted(&self) -> bool;

    /// Does all jobs, on all cores if there are several. Calls `watch` from time to time until they are done.
    fn work(&self, jobs: Vec<WorkJob<'_>>, watch: &mut dyn FnMut());
}
