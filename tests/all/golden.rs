//! Golden files: the expected output of a test, kept in the repository. `UPDATE=1 cargo test` writes
//! them anew; read the difference before you commit it.

use std::fs;
use std::path::{Path, PathBuf};

/// Whether golden files are to be written anew.
///
/// # Panics
/// Where continuous integration (`CI`) asks for it: there a stale file has to fail.
#[track_caller]
pub(crate) fn is_update() -> bool {
    let asked = std::env::var_os("UPDATE").is_some();
    let in_ci = std::env::var_os("CI").is_some();
    assert!(!(asked && in_ci), "UPDATE=1 is for people: unset it, or unset CI");
    asked
}

/// Compares with the file, whose path is from the repository's root.
#[track_caller]
pub(crate) fn check(path: &str, found: &str) {
    let file: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if is_update() {
        let folder = file.parent().expect("a golden file is in a folder");
        fs::create_dir_all(folder).expect("the folder can be made");
        return fs::write(&file, found).expect("the golden file can be written");
    }
    let kept = fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("{path}: {error}; `UPDATE=1 cargo test` writes it"));
    if let Some(line) = first_difference(&kept, found) {
        panic!(
            "{path}, line {line}, is no longer what comes out; if that is right, `UPDATE=1 cargo test` writes it anew:\n{found}"
        );
    }
}

/// The same for what stands between two lines of a file that is written by hand otherwise.
#[track_caller]
pub(crate) fn check_between(path: &str, opens: &str, closes: &str, found: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let kept = fs::read_to_string(file).expect("the file can be read");
    let (before, rest) = kept.split_once(opens).unwrap_or_else(|| panic!("{path}: no {opens}"));
    let (_, after) = rest.split_once(closes).unwrap_or_else(|| panic!("{path}: no {closes}"));
    check(path, &format!("{before}{opens}{found}{closes}{after}"));
}

/// From 1; line ends are compared as they are read, not as they are stored.
fn first_difference(kept: &str, found: &str) -> Option<usize> {
    let same = kept.lines().zip(found.lines()).take_while(|(kept, found)| kept == found).count();
    (kept.lines().count() > same || found.lines().count() > same).then_some(same + 1)
}
