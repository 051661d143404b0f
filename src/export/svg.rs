//! A scene as SVG. Colours are classes, named after the tokens of the style sheet, so that one
//! picture is right in both themes; it holds no style attribute, which a strict policy forbids.

use crate::view::geometry::{Curve, Point};
use crate::view::paint::{Colour, Paint};
use crate::view::palette::Theme;
use crate::view::path::{Path, Place};
use crate::view::text::{Anchor, Text};
use crate::view::{Form, Scene, Shape, decimal};
use std::fmt::{self, Write};

/// How many hues there are.
const HUES: u8 = 6;

/// One scene in both themes: the same shapes, in other colours.
#[derive(Clone, Copy, Debug)]
pub struct Themed<'a> {
    pub light: &'a Scene,
    pub dark: &'a Scene,
}

/// Writes a picture to stand inside of a page, whose style sheet has a class for every colour:
/// `fill-ink`, `stroke-edge0`, `halo-stage`. It is decoration; the page says in words what it shows.
pub fn inline(scenes: Themed, class: &str) -> String {
    let (width, height) = (decimal(scenes.light.size.width), decimal(scenes.light.size.height));
    let mut out = format!(
        "<svg class=\"{class}\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">\n"
    );
    debug_assert_eq!(
        scenes.light.shapes.len(),
        scenes.dark.shapes.len(),
        "themes differ in colour"
    );
    for (light, dark) in scenes.light.shapes.iter().zip(&scenes.dark.shapes) {
        // Writing to a string cannot fail.
        let _ = shape(&mut out, light, &Inks { light: &light.paint, dark: &dark.paint });
    }
    out + "</svg>\n"
}

/// The classes that `inline` may use, each with the token that it shows.
pub fn classes() -> Vec<String> {
    let tokens = Theme::Light.tokens().named();
    let hues = (0..HUES).flat_map(|slot| ["paint", "on", "edge"].map(|n| format!("{n}{slot}")));
    tokens.iter().map(|(name, _)| (*name).to_owned()).chain(hues).collect()
}

/// A paint in both themes.
struct Inks<'a> {
    light: &'a Paint,
    dark: &'a Paint,
}

fn shape(out: &mut String, shape: &Shape, inks: &Inks) -> fmt::Result {
    match &shape.form {
        Form::Circle { centre, radius } => {
            let (x, y, r) = (decimal(centre.x), decimal(centre.y), decimal(*radius));
            write!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"")?;
            attributes(out, inks)?;
            out.write_str("/>\n")
        }
        Form::Line { from, to } => {
            outline(out, &format!("M{}L{}", spot(*from), spot(*to)), Place::HERE, inks)
        }
        Form::Curve(Curve { from, control, to }) => {
            let way = format!("M{}Q{} {}", spot(*from), spot(*control), spot(*to));
            outline(out, &way, Place::HERE, inks)
        }
        Form::Path { path, place } => outline(out, &Path::to_string(path), *place, inks),
        Form::Text(text) => words(out, text, inks),
    }
}

/// Under it its halo, a wider outline.
fn outline(out: &mut String, way: &str, place: Place, inks: &Inks) -> fmt::Result {
    if let (Some(light), Some(dark)) = (inks.light.halo, inks.dark.halo) {
        let class = token(light.colour, dark.colour);
        write!(out, "<path d=\"{way}\" class=\"stroke-{class}\" fill=\"none\"")?;
        write!(out, " stroke-width=\"{}\" stroke-linejoin=\"round\"", decimal(light.width))?;
        placed(out, place)?;
        out.write_str("/>\n")?;
    }
    write!(out, "<path d=\"{way}\"")?;
    attributes(out, inks)?;
    placed(out, place)?;
    out.write_str("/>\n")
}

fn placed(out: &mut String, Place { at, scale, turn }: Place) -> fmt::Result {
    if (Place { at, scale, turn }) == Place::HERE {
        return Ok(());
    }
    write!(out, " transform=\"translate({})", spot(at))?;
    if turn != 0.0 {
        write!(out, " rotate({})", decimal(turn.to_degrees()))?;
    }
    if scale != 1.0 {
        write!(out, " scale({})", decimal(scale))?;
    }
    out.write_str("\"")
}

fn words(out: &mut String, text: &Text, inks: &Inks) -> fmt::Result {
    let (x, y) = (decimal(text.at.x), decimal(text.at.y));
    let (size, weight) = (decimal(text.font.size), text.font.weight);
    write!(out, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\"")?;
    match text.anchor {
        Anchor::Start => {}
        Anchor::Middle => out.write_str(" text-anchor=\"middle\"")?,
        Anchor::End => out.write_str(" text-anchor=\"end\"")?,
    }
    let mut class = colour("fill", inks.light.fill, inks.dark.fill).unwrap_or_default();
    if let (Some(light), Some(dark)) = (inks.light.halo, inks.dark.halo) {
        class = format!("{class} halo-{}", token(light.colour, dark.colour));
        write!(out, " stroke-width=\"{}\" paint-order=\"stroke\"", decimal(light.width))?;
        out.write_str(" stroke-linejoin=\"round\"")?;
    }
    write!(out, " class=\"{class}\"")?;
    opacity(out, inks.light.opacity)?;
    writeln!(out, ">{}</text>", escaped(&text.words))
}

fn attributes(out: &mut String, inks: &Inks) -> fmt::Result {
    let fill = colour("fill", inks.light.fill, inks.dark.fill);
    let strokes = inks.light.stroke.zip(inks.dark.stroke);
    let stroke =
        strokes.map(|(light, dark)| format!("stroke-{}", token(light.colour, dark.colour)));
    let classes: Vec<String> = fill.iter().chain(&stroke).cloned().collect();
    write!(out, " class=\"{}\"", classes.join(" "))?;
    if fill.is_none() {
        out.write_str(" fill=\"none\"")?;
    }
    if let Some((stroke, _)) = strokes {
        if stroke.width != 1.0 {
            write!(out, " stroke-width=\"{}\"", decimal(stroke.width))?;
        }
        out.write_str(" stroke-linejoin=\"round\"")?;
        if let Some([drawn, left_out]) = stroke.dash {
            write!(out, " stroke-dasharray=\"{} {}\"", decimal(drawn), decimal(left_out))?;
        }
        if stroke.round {
            out.write_str(" stroke-linecap=\"round\"")?;
        }
    }
    opacity(out, inks.light.opacity)
}

fn opacity(out: &mut String, opacity: f64) -> fmt::Result {
    if opacity < 1.0 { write!(out, " opacity=\"{}\"", decimal(opacity)) } else { Ok(()) }
}

fn colour(property: &str, light: Option<Colour>, dark: Option<Colour>) -> Option<String> {
    Some(format!("{property}-{}", token(light?, dark?)))
}

/// The token that has this colour in the light and that one in the dark theme: no two of them have
/// both in common, but for black and white on a leader's paint, where either will do.
fn token(light: Colour, dark: Colour) -> String {
    let hue = (0..HUES).find_map(|slot| {
        let (a, b) = (Theme::Light.hue(slot), Theme::Dark.hue(slot));
        let parts = [("paint", a.paint, b.paint), ("on", a.on, b.on), ("edge", a.edge, b.edge)];
        let name = parts.iter().find(|(_, a, b)| (*a, *b) == (light, dark))?.0;
        Some(format!("{name}{slot}"))
    });
    hue.unwrap_or_else(|| {
        let (lights, darks) = (Theme::Light.tokens().named(), Theme::Dark.tokens().named());
        let found = lights.iter().zip(&darks).find(|(a, b)| (a.1, b.1) == (light, dark));
        debug_assert!(found.is_some(), "{light} and {dark} are no token");
        found.map_or("ink", |(name, _)| name.0).to_owned()
    })
}

fn spot(at: Point) -> impl fmt::Display {
    fmt::from_fn(move |f| write!(f, "{} {}", decimal(at.x), decimal(at.y)))
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}
