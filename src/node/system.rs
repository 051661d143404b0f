//! An object of JavaScript as the machine of the command line: `npm/machine.js` makes it of the functions of Node.js.

use crate::cli::system::{FolderEntry, PathKind, PathStatus, StandardStream, System, WorkJob};
use js_sys::{Error, Reflect};
use std::io;
use std::path::Path;
use std::time::Duration;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen]
extern "C" {
    /// The object. A function that fails throws an error of Node.js, with `code` and `errno`.
    pub type Machine;

    #[wasm_bindgen(method)]
    fn variable(this: &Machine, name: &str) -> Option<String>;

    /// Streams are 0, 1 and 2.
    #[wasm_bindgen(method, js_name = isTerminal)]
    fn is_terminal(this: &Machine, stream: u8) -> bool;

    /// Reads a stream or a path.
    #[wasm_bindgen(method, catch)]
    fn read(this: &Machine, file: &JsValue, most: f64) -> Result<Vec<u8>, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn write(this: &Machine, stream: u8, bytes: &[u8]) -> Result<(), JsValue>;

    /// `file`, `folder` or `other`; the length in bytes; the time of the last change in milliseconds since 1970.
    #[wasm_bindgen(method, catch)]
    fn status(this: &Machine, path: &str) -> Result<PathFacts, JsValue>;

    #[wasm_bindgen(method, catch, js_name = writeFile)]
    fn write_file(this: &Machine, path: &str, text: &str) -> Result<(), JsValue>;

    /// The names; `/` is behind that of a folder.
    #[wasm_bindgen(method, catch)]
    fn list(this: &Machine, folder: &str) -> Result<Vec<String>, JsValue>;

    /// In milliseconds.
    #[wasm_bindgen(method)]
    fn now(this: &Machine) -> f64;

    #[wasm_bindgen(method, js_name = watchInterrupts)]
    fn watch_interrupts(this: &Machine);

    #[wasm_bindgen(method, js_name = isInterrupted)]
    fn is_interrupted(this: &Machine) -> bool;

    type PathFacts;

    #[wasm_bindgen(method, getter)]
    fn kind(this: &PathFacts) -> String;

    #[wasm_bindgen(method, getter)]
    fn len(this: &PathFacts) -> f64;

    #[wasm_bindgen(method, getter)]
    fn modified(this: &PathFacts) -> f64;
}

pub(super) struct NodeSystem(pub Machine);

impl System for NodeSystem {
    fn variable(&self, name: &str) -> Option<String> {
        self.0.variable(name)
    }

    fn is_terminal(&self, stream: StandardStream) -> bool {
        self.0.is_terminal(stream as u8)
    }

    fn read_input(&self, most: usize) -> io::Result<Vec<u8>> {
        let stream = JsValue::from(StandardStream::Input as u8);
        self.0.read(&stream, most as f64).map_err(|error| failure(&error))
    }

    fn write(&self, stream: StandardStream, bytes: &[u8]) -> io::Result<()> {
        self.0.write(stream as u8, bytes).map_err(|error| failure(&error))
    }

    fn status(&self, path: &Path) -> io::Result<PathStatus> {
        let found = self.0.status(&text(path)).map_err(|error| failure(&error))?;
        let kind = match &*found.kind() {
            "file" => PathKind::File,
            "folder" => PathKind::Folder,
            _ => PathKind::Other,
        };
        let modified = Duration::try_from_secs_f64(found.modified() / 1_000.0).ok();
        Ok(PathStatus { kind, len: found.len() as u64, modified })
    }

    fn read_file(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        let path = JsValue::from(text(path));
        self.0.read(&path, most as f64).map_err(|error| failure(&error))
    }

    fn write_file(&self, path: &Path, content: &str) -> io::Result<()> {
        self.0.write_file(&text(path), content).map_err(|error| failure(&error))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        let names = self.0.list(&text(folder)).map_err(|error| failure(&error))?;
        let entries = names.iter().map(|name| {
            let folder = name.strip_suffix('/');
            FolderEntry { name: folder.unwrap_or(name).into(), is_folder: folder.is_some() }
        });
        Ok(entries.collect())
    }

    fn now(&self) -> Duration {
        Duration::try_from_secs_f64(self.0.now() / 1_000.0).unwrap_or_default()
    }

    fn watch_interrupts(&self) {
        self.0.watch_interrupts();
    }

    fn is_interrupted(&self) -> bool {
        self.0.is_interrupted()
    }

    /// On the one core that WebAssembly has.
    fn work(&self, jobs: Vec<WorkJob<'_>>, watch: &mut dyn FnMut()) {
        for mut job in jobs {
            while !job() {
                watch();
            }
        }
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// An error of Node.js, such as `EACCES: permission denied, open 'a'` with the number -13, worded as the standard
/// library does: `Permission denied (os error 13)`.
fn failure(error: &JsValue) -> io::Error {
    let field = |name: &str| Reflect::get(error, &name.into()).unwrap_or_default();
    let code = field("code").as_string().unwrap_or_default();
    let kind = match &*code {
        "ENOENT" => io::ErrorKind::NotFound,
        "EISDIR" => io::ErrorKind::IsADirectory,
        "EPIPE" => io::ErrorKind::BrokenPipe,
        "EACCES" | "EPERM" => io::ErrorKind::PermissionDenied,
        _ => io::ErrorKind::Other,
    };
    let message = error.dyn_ref::<Error>().map(|error| String::from(error.message()));
    let message = message.unwrap_or_default();
    let words = message.strip_prefix(&format!("{code}: ")).unwrap_or(&message);
    let words = words.split_once(", ").map_or(words, |(words, _)| words);
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let number = field("errno").as_f64().unwrap_or_default().abs();
    io::Error::new(kind, format!("{first}{} (os error {number})", letters.as_str()))
}
