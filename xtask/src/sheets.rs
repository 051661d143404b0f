//! `sheets`: the page's style sheets as one file. They are written one for a part of the page; a request
//! for each takes the first picture a fifth of a second on a slow machine.

use crate::Result;
use std::collections::hash_map::DefaultHasher;
use std::env;
use std::fs;
use std::hash::Hasher;
use std::path::PathBuf;

/// Trunk calls it with the release page that it has just built; while something is edited they stay apart.
pub fn join() -> Result {
    let staged = env::var_os("TRUNK_STAGING_DIR");
    let folder = PathBuf::from(staged.ok_or("trunk calls this; TRUNK_STAGING_DIR is not set")?);
    if env::var("TRUNK_PROFILE").as_deref() != Ok("release") {
        return Ok(());
    }
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page)?;
    let mut sheet = String::new();
    let mut rest = String::new();
    for line in html.split_inclusive('\n') {
        match linked(line) {
            Some(name) => {
                let file = folder.join(name);
                sheet += &fs::read_to_string(&file)?;
                fs::remove_file(file)?;
                // Where the first stood: what comes before it stays before it.
                if !rest.contains(PLACE) {
                    rest += PLACE;
                }
            }
            None => rest += line,
        }
    }
    let mut hasher = DefaultHasher::new();
    hasher.write(sheet.as_bytes());
    let name = format!("style-{:016x}.css", hasher.finish());
    let link = format!("    <link rel=\"stylesheet\" href=\"./{name}\">\n");
    fs::write(folder.join(name), sheet)?;
    Ok(fs::write(page, rest.replacen(PLACE, &link, 1))?)
}

/// Nothing that a page has in it.
const PLACE: &str = "\0";

/// The file of a line that links a style sheet, as trunk writes it.
fn linked(line: &str) -> Option<&str> {
    let link = line.trim().strip_prefix("<link rel=\"stylesheet\" href=\"")?;
    let (path, _) = link.split_once('"')?;
    path.rsplit('/').next()
}
