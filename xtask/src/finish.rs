//! `finish`: the last steps of a release build, after trunk. The style sheets become one, because a request for each
//! delays the first picture by a fifth of a second on a slow machine. The programs of figures and of the worker get
//! names by their content, as all other files have, so that a new page never uses an old program from a cache. The
//! comments of `embed.js` are removed.

use crate::Result;
use std::collections::hash_map::DefaultHasher;
use std::env;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

/// While something is edited the files stay as they are.
pub fn finish() -> Result {
    let staged = env::var_os("TRUNK_STAGING_DIR");
    let folder = PathBuf::from(staged.ok_or("trunk calls this; TRUNK_STAGING_DIR is not set")?);
    if env::var("TRUNK_PROFILE").as_deref() != Ok("release") {
        return Ok(());
    }
    let embed = folder.join("v1/embed.js");
    fs::write(&embed, without_comments(&fs::read_to_string(&embed)?))?;
    let page = folder.join("index.html");
    let html = with_one_sheet(&folder, &fs::read_to_string(&page)?)?;
    let html = with_named_program(&folder, &html, "figure", &[".js", "_bg.wasm"])?;
    let html = with_named_program(&folder, &html, "tools", &[".js", "_bg.wasm", ".worker.js"])?;
    Ok(fs::write(page, html)?)
}

/// A script without the lines that contain only a comment, and without indentation.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn with_one_sheet(folder: &Path, html: &str) -> Result<String> {
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
    let name = format!("style-{}.css", hash(&[sheet.as_bytes()]));
    let link = format!("    <link rel=\"stylesheet\" href=\"./{name}\">\n");
    fs::write(folder.join(name), sheet)?;
    Ok(rest.replacen(PLACE, &link, 1))
}

/// A character that no page contains.
const PLACE: &str = "\0";

/// The file of a line that links a style sheet, as trunk writes it.
fn linked(line: &str) -> Option<&str> {
    let link = line.trim().strip_prefix("<link rel=\"stylesheet\" href=\"")?;
    let (path, _) = link.split_once('"')?;
    path.rsplit('/').next()
}

/// Trunk names the files of all programs but the first after those alone.
fn with_named_program(folder: &Path, html: &str, program: &str, ends: &[&str]) -> Result<String> {
    let file = |name: &str, end: &str| folder.join(format!("{name}{end}"));
    let contents = ends.iter().map(|end| fs::read(file(program, end)));
    let contents = contents.collect::<std::io::Result<Vec<_>>>()?;
    let contents: Vec<&[u8]> = contents.iter().map(Vec::as_slice).collect();
    let name = format!("{program}-{}", hash(&contents));
    for end in ends {
        fs::rename(file(program, end), file(&name, end))?;
    }
    let text = format!("data-{program}=\"./{program}\"");
    if !html.contains(&text) {
        return Err(format!("the page does not say {text}, as Trunk.toml has it").into());
    }
    Ok(html.replacen(&text, &format!("data-{program}=\"./{name}\""), 1))
}

/// Sixteen digits that change with the content.
fn hash(parts: &[&[u8]]) -> String {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        hasher.write(part);
    }
    format!("{:016x}", hasher.finish())
}
