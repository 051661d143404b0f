//! The style sheet and the palette are one set of colours in two languages.

use hustings::view::palette::{ColourTheme, css};
use hustings::view::text::Font;

const SHEET: &str = include_str!("../../www/style.css");
const ADAPT: &str = include_str!("../../www/adapt.css");

/// The declarations of the block that opens with `head`, by name.
fn block(head: &str) -> impl Fn(&str) -> Option<&'static str> + use<> {
    block_of(SHEET, head)
}

fn block_of(sheet: &'static str, head: &str) -> impl Fn(&str) -> Option<&'static str> + use<> {
    let start = sheet.find(head).unwrap_or_else(|| panic!("no block opens with {head}"));
    let body = sheet[start + head.len()..].split('}').next().unwrap_or_default();
    move |name| {
        let declared = body.split(';').filter_map(|line| line.split_once(':'));
        let property = format!("--{name}");
        declared
            .map(|(key, value)| (key.trim(), value.trim()))
            .find(|(key, _)| *key == property)
            .map(|found| found.1)
    }
}

#[test]
fn the_style_sheet_has_the_colours_of_the_palette() {
    let blocks = [
        (ColourTheme::Light, "[data-theme=\"light\"] {"),
        (ColourTheme::Dark, "[data-theme=\"dark\"] {"),
        (ColourTheme::Dark, ":root:not([data-theme]) {"),
    ];
    for (theme, head) in blocks {
        let declared = block(head);
        for (name, colour) in theme.tokens().named() {
            assert_eq!(declared(name), Some(&*colour.to_string()), "--{name} in {head}");
        }
        let veil = format!("{}%", theme.tokens().veil);
        assert_eq!(declared("veil"), Some(&*veil), "--veil in {head}");
        for slot in 0..6 {
            let edge = theme.hue(slot).edge.to_string();
            assert_eq!(declared(&format!("edge{slot}")), Some(&*edge), "--edge{slot} in {head}");
        }
    }
}

#[test]
fn the_style_sheet_has_the_paints_of_the_leaders() {
    let declared = block("\n:root {");
    for slot in 0..6 {
        let hue = ColourTheme::Light.hue(slot);
        assert_eq!(declared(&format!("paint{slot}")), Some(&*hue.paint.to_string()));
        assert_eq!(declared(&format!("on{slot}")), Some(&*hue.on.to_string()));
    }
}

#[test]
fn where_colours_are_forced_page_and_canvas_take_the_same_ones() {
    let declared = block_of(ADAPT, ":root:root {");
    let tokens =
        ColourTheme::Coded.tokens().named().map(|(name, colour)| (name.to_owned(), colour));
    let hues = (0..6).flat_map(|slot| {
        let hue = ColourTheme::Coded.hue(slot);
        let parts = [("paint", hue.paint), ("on", hue.on), ("edge", hue.edge)];
        parts.map(|(part, colour)| (format!("{part}{slot}"), colour))
    });
    for (name, colour) in tokens.into_iter().chain(hues) {
        assert_eq!(declared(&name), Some(&*css(colour)), "--{name}");
    }
    for theme in [ColourTheme::Light, ColourTheme::Dark] {
        for (name, colour) in theme.tokens().named() {
            assert_eq!(css(colour), colour.to_string(), "{name} is no code");
        }
    }
}

#[test]
fn canvas_and_page_are_set_in_the_same_type() {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let declared = block("\n:root {")("text").map(words);
    assert_eq!(declared, Some(words(Font::FAMILY)));
}
