//! The standard library as the machine of the command line.

use super::{FolderEntry, PathKind, PathStatus, StandardStream, System, WorkJob};
use std::fs::{self, File};
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Once, mpsc};
use std::time::{Duration, Instant, UNIX_EPOCH};

/// The time between two calls of `watch`.
const PAUSE: Duration = Duration::from_millis(100);

/// Whether Ctrl-C was pressed.
static IS_INTERRUPTED: AtomicBool = AtomicBool::new(false);
static HANDLER: Once = Once::new();

pub(crate) struct NativeSystem {
    began: Instant,
}

impl NativeSystem {
    pub(crate) fn new() -> Self {
        Self { began: Instant::now() }
    }
}

impl System for NativeSystem {
    fn variable(&self, name: &str) -> Option<String> {
        std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
    }

    fn is_terminal(&self, stream: StandardStream) -> bool {
        match stream {
            StandardStream::Input => io::stdin().is_terminal(),
            StandardStream::Output => io::stdout().is_terminal(),
            StandardStream::Problems => io::stderr().is_terminal(),
        }
    }

    fn read_input(&self, most: usize) -> io::Result<Vec<u8>> {
        take(io::stdin().lock(), most)
    }

    fn write(&self, stream: StandardStream, bytes: &[u8]) -> io::Result<()> {
        match stream {
            StandardStream::Input => Err(io::ErrorKind::Unsupported.into()),
            StandardStream::Output => {
                let mut output = io::stdout().lock();
                output.write_all(bytes)?;
                output.flush()
            }
            StandardStream::Problems => io::stderr().lock().write_all(bytes),
        }
    }

    fn status(&self, path: &Path) -> io::Result<PathStatus> {
        let found = fs::metadata(path)?;
        let kind = match (found.is_file(), found.is_dir()) {
            (true, _) => PathKind::File,
            (_, true) => PathKind::Folder,
            (false, false) => PathKind::Other,
        };
        let modified = found.modified().ok();
        let modified = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Ok(PathStatus { kind, len: found.len(), modified })
    }

    fn read_file(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        take(File::open(path)?, most)
    }

    fn write_file(&self, path: &Path, text: &str) -> io::Result<()> {
        fs::write(path, text)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        let entries = fs::read_dir(folder)?.map(|entry| {
            let entry = entry?;
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            Ok(FolderEntry { name: entry.file_name(), is_folder })
        });
        entries.collect()
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    fn watch_interrupts(&self) {
        HANDLER.call_once(|| {
            // Without a handler Ctrl-C ends the program, as everywhere. A second one does so here too.
            let _ = ctrlc::set_handler(|| {
                if IS_INTERRUPTED.swap(true, Ordering::Relaxed) {
                    std::process::exit(130);
                }
            });
        });
    }

    fn is_interrupted(&self) -> bool {
        IS_INTERRUPTED.load(Ordering::Relaxed)
    }

    fn work(&self, jobs: Vec<WorkJob<'_>>, watch: &mut dyn FnMut()) {
        let (done, all_done) = mpsc::channel::<()>();
        rayon::in_place_scope(|scope| {
            for mut job in jobs {
                let done = done.clone();
                scope.spawn(move |_| {
                    while !job() {}
                    drop(done);
                });
            }
            drop(done);
            while let Err(mpsc::RecvTimeoutError::Timeout) = all_done.recv_timeout(PAUSE) {
                watch();
            }
        });
    }
}

fn take(input: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}
