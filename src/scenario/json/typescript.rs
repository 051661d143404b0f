//! The types that TypeScript gets, written beside the code from which they are made. For tests alone.

use std::fs;
use std::path::Path;
use ts_rs::{Config, TS};

/// A type with its doc comment, as a file of types exports it.
pub fn declared<T: TS>() -> String {
    // Numbers of JavaScript are exact up to 2^53, and an hour has 2^32 microseconds.
    let config = Config::new().with_large_int("number");
    format!("{}export {}\n\n", T::docs().unwrap_or_default(), T::decl(&config))
}

/// That a file of types is as it is made from a source; `UPDATE=1` writes it anew.
pub fn is_kept(path: &str, source: &str, declared: &[String]) {
    let head = format!("// Made from {source}: `UPDATE=1 cargo test` writes it anew.\n\n");
    let made = format!("{}\n", (head + &declared.concat()).trim_end());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.with_file_name("")).expect("the folder can be made");
        return fs::write(&file, made).expect("the file can be written");
    }
    let kept = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(kept, made, "{path}: `UPDATE=1 cargo test` writes it anew");
}
