//! What book.toml says below `[preprocessor.hustings]`.

use super::book::Book;
use crate::export::snippet::PlayerUrl;
use crate::scenario::keywords;
use serde_json::Value;

pub struct Settings {
    /// As it was written.
    player: String,
    pub has_posters: bool,
    pub is_checked: bool,
    /// Of words that mean nothing.
    pub warnings: Vec<String>,
}

const PLAYER: &str = "player";
const POSTER: &str = "poster";
const CHECK: &str = "check";
/// Those that mdBook reads itself.
const OTHERS: [&str; 5] = ["command", "renderers", "before", "after", "optional"];

impl Settings {
    pub fn read(book: &Book) -> Result<Self, String> {
        let Some(all) = book.settings() else {
            return Err("book.toml has no [preprocessor.hustings]".to_owned());
        };
        let flag = |name| match all.get(name) {
            None => Ok(true),
            Some(Value::Bool(value)) => Ok(*value),
            Some(other) => Err(wrong(name, &format!("is {other}; it has to be true or false"))),
        };
        let player = match all.get(PLAYER) {
            Some(Value::String(player)) => player.clone(),
            Some(other) => return Err(wrong(PLAYER, &format!("is {other}; it has to be text"))),
            None => {
                return Err(wrong(
                    PLAYER,
                    "is missing: say where Hustings is published, as an address such as \
                     \"https://your.site/hustings/\" or a path from the root of the book",
                ));
            }
        };
        PlayerUrl::new(&player)
            .map_err(|refusal| wrong(PLAYER, &format!("is wrong: {refusal}")))?;
        let known = [PLAYER, POSTER, CHECK];
        let unknown = all
            .keys()
            .filter(|key| !known.contains(&key.as_str()) && !OTHERS.contains(&key.as_str()));
        let warnings = unknown.map(|key| match keywords::nearest(key, known.into_iter()) {
            Some(nearest) => wrong(key, &format!("means nothing; did you mean `{nearest}`?")),
            None => wrong(key, "means nothing"),
        });
        Ok(Self {
            player,
            has_posters: flag(POSTER)?,
            is_checked: flag(CHECK)?,
            warnings: warnings.collect(),
        })
    }

    /// Where Hustings is published, as seen from the page of a chapter.
    pub fn player(&self, chapter: &str) -> Result<PlayerUrl, String> {
        let depth = chapter.split(['/', '\\']).count() - 1;
        let up = if is_address(&self.player) { String::new() } else { "../".repeat(depth) };
        let bare = self.player.strip_prefix("./").unwrap_or(&self.player);
        PlayerUrl::new(&(up + bare))
            .map_err(|refusal| wrong(PLAYER, &format!("is wrong: {refusal}")))
    }
}

/// Whether it is the same from everywhere: `https://…`, `//host/…`, `/path`.
fn is_address(player: &str) -> bool {
    player.starts_with('/') || player.contains("://")
}

fn wrong(key: &str, what: &str) -> String {
    format!("book.toml: `{key}` in [preprocessor.hustings] {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_seen_from_the_page_and_an_address_is_not() {
        let seen = |player: &str, chapter| {
            let (player, warnings) = (player.to_owned(), Vec::new());
            let settings = Settings { player, has_posters: true, is_checked: true, warnings };
            settings.player(chapter).map(|player| player.loader().to_string())
        };
        let loader = |folder| Ok(format!("<script src=\"{folder}v1/embed.js\" defer></script>"));
        assert_eq!(seen("hustings", "a.md"), loader("hustings/"));
        assert_eq!(seen("./hustings/", "deep/er/a.md"), loader("../../hustings/"));
        assert_eq!(seen("../hustings", "deep\\a.md"), loader("../../hustings/"));
        assert_eq!(seen("/hustings", "deep/a.md"), loader("/hustings/"));
        assert_eq!(seen("https://a.b/", "deep/a.md"), loader("https://a.b/"));
    }
}
