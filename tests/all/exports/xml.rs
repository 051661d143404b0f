//! Whether a text is well-formed XML, as far as our pictures use it.

/// Elements are closed in order, attributes are quoted and unique, entities are known, and no character
/// is forbidden.
pub(crate) fn check(text: &str) -> Result<(), String> {
    let forbidden =
        |letter: char| matches!(letter, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}');
    if let Some(letter) = text.chars().find(|&letter| forbidden(letter)) {
        return Err(format!("{letter:?} is no character of XML"));
    }
    let (mut open, mut rest) = (Vec::new(), text);
    while let Some((words, tag)) = rest.split_once('<') {
        characters(words)?;
        let (tag, after) = tag.split_once('>').ok_or("a tag does not end")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, list) = tag.split_once(' ').unwrap_or((tag, ""));
        if !is_empty {
            open.push(name);
        }
        attributes(list)?;
    }
    characters(rest)?;
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} stay open")) }
}

fn attributes(mut list: &str) -> Result<(), String> {
    let mut names = Vec::new();
    while !list.trim().is_empty() {
        let (name, value) = list.split_once("=\"").ok_or(format!("{list} is no attribute"))?;
        let (value, after) = value.split_once('"').ok_or(format!("{value} does not end"))?;
        let name = name.trim();
        if names.contains(&name) {
            return Err(format!("{name} is there twice"));
        }
        names.push(name);
        characters(value)?;
        list = after;
    }
    Ok(())
}

fn characters(words: &str) -> Result<(), String> {
    if words.contains('>') && !words.contains('{') {
        return Err(format!("{words} closes no tag"));
    }
    for entity in words.split('&').skip(1) {
        let name = entity.split(';').next().unwrap_or_default();
        if !["amp", "lt", "gt", "quot", "#13"].contains(&name) {
            return Err(format!("&{name} is no entity"));
        }
    }
    Ok(())
}

#[test]
fn what_is_not_well_formed_is_found() {
    assert_eq!(check("<a b=\"1\"><c/>x &amp; y</a>\n"), Ok(()));
    for odd in ["<a>", "<a></b>", "<a b=1/>", "<a b=\"1\" b=\"2\"/>", "a & b", "a > b", "\u{1}"] {
        assert!(check(odd).is_err(), "{odd:?}");
    }
}
