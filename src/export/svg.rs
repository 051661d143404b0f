//! A scene as SVG. Colours are classes, named after the tokens of the style sheet, so that one
//! picture is right in both themes; it holds no style attribute, which a strict policy forbids, no
//! script, and nothing from elsewhere.
//!
//! Scenes come with `Theme::Coded`, so each colour says its name.

use super::xml::escaped;
use crate::view::geometry::{Curve, Point};
use crate::view::paint::{Colour, Paint};
use crate::view::palette::{Name, Theme};
use crate::view::path::{Path, Place};
use crate::view::text::{Anchor, Font, Text};
use crate::view::{Form, Scene, Shape, decimal};
use std::collections::BTreeSet;
use std::fmt::{self, Write};

/// In which colours a file is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    Light,
    Dark,
    /// As the reader's system prefers.
    #[default]
    Auto,
}

/// What a picture is for those who do not see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub title: String,
    /// A sentence or two.
    pub description: String,
}

/// Writes a picture to stand inside of a page, whose style sheet has a class for every colour:
/// `fill-ink`, `stroke-edge0`, `halo-stage`. It is decoration; the page says in words what it shows.
pub fn inline(scene: &Scene, class: &str) -> String {
    let (width, height) = (decimal(scene.size.width), decimal(scene.size.height));
    let mut out = format!(
        "<svg class=\"{class}\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" stroke-linejoin=\"round\" aria-hidden=\"true\">\n"
    );
    // Writing to a string cannot fail.
    let _ = Drawing::default().shapes(&mut out, &scene.shapes);
    out + "</svg>\n"
}

/// Writes a picture as a file that needs nothing else.
pub fn file(scene: &Scene, about: &About, colours: Colours) -> String {
    let mut drawing = Drawing::default();
    let mut shapes = String::new();
    // Writing to a string cannot fail.
    let _ = drawing.ground(&mut shapes);
    let _ = drawing.shapes(&mut shapes, &scene.shapes);
    let mut out = String::new();
    let _ = opening(&mut out, (scene.size.width, scene.size.height), about);
    out.push_str("<style>\n");
    let _ = fonts(&mut out);
    let _ = drawing.style(&mut out, colours);
    out + "</style>\n" + &shapes + "</svg>\n"
}

/// The whole of a file's picture up to its style.
pub(super) fn opening(out: &mut String, (width, height): (f64, f64), about: &About) -> fmt::Result {
    let (width, height) = (decimal(width), decimal(height));
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" stroke-linejoin=\"round\" role=\"img\" \
         aria-labelledby=\"title desc\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>",
        escaped(&about.title),
        escaped(&about.description)
    )
}

/// The words of a file are set as those of the page.
pub(super) fn fonts(out: &mut String) -> fmt::Result {
    writeln!(out, "text{{font-family:{};font-variant-numeric:tabular-nums}}", Font::FAMILY)
}

/// Writes shapes, and remembers which colours they have.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    used: BTreeSet<(Property, Name)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Property {
    Fill,
    Halo,
    Stroke,
}

impl Property {
    const fn name(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Halo => "halo",
            Self::Stroke => "stroke",
        }
    }

    /// What the style sheet sets: a halo is the stroke of words.
    const fn css(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Halo | Self::Stroke => "stroke",
        }
    }
}

impl Drawing {
    pub fn shapes(&mut self, out: &mut String, shapes: &[Shape]) -> fmt::Result {
        shapes.iter().try_for_each(|each| self.shape(out, each))
    }

    /// The stage behind everything.
    pub fn ground(&mut self, out: &mut String) -> fmt::Result {
        let stage = self.class(Property::Fill, Theme::Coded.tokens().stage);
        writeln!(out, "<rect width=\"100%\" height=\"100%\" class=\"{stage}\"/>")
    }

    /// The rules of all classes that were written.
    pub fn style(&self, out: &mut String, colours: Colours) -> fmt::Result {
        let rule = |out: &mut String, theme: Theme, (property, name): (Property, Name)| {
            write!(out, ".{}-{name}{{{}:", property.name(), property.css())?;
            match name.shown(theme) {
                Some(colour) => write!(out, "{colour}}}"),
                None => out.write_str("none}"),
            }
        };
        let first = if colours == Colours::Dark { Theme::Dark } else { Theme::Light };
        for used in &self.used {
            rule(out, first, *used)?;
        }
        out.write_str("\n")?;
        if colours == Colours::Auto {
            out.write_str("@media(prefers-color-scheme:dark){")?;
            for used in &self.used {
                if used.1.shown(Theme::Dark) != used.1.shown(Theme::Light) {
                    rule(out, Theme::Dark, *used)?;
                }
            }
            out.write_str("}\n")?;
        }
        Ok(())
    }

    /// The class that shows a colour of a coded scene.
    pub fn class(&mut self, property: Property, colour: Colour) -> impl fmt::Display + use<> {
        let name = Name::of(colour);
        self.used.insert((property, name));
        fmt::from_fn(move |f| write!(f, "{}-{name}", property.name()))
    }

    fn shape(&mut self, out: &mut String, shape: &Shape) -> fmt::Result {
        let paint = &shape.paint;
        match &shape.form {
            Form::Circle { centre, radius } => {
                let (x, y, r) = (decimal(centre.x), decimal(centre.y), decimal(*radius));
                write!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"")?;
                self.attributes(out, paint)?;
                out.write_str("/>\n")
            }
            Form::Line { from, to } => {
                let way = format!("M{}L{}", spot(*from), spot(*to));
                self.outline(out, &way, Place::HERE, paint)
            }
            Form::Curve(curve) => self.outline(out, &way(curve), Place::HERE, paint),
            Form::Path { path, place } => self.outline(out, &Path::to_string(path), *place, paint),
            Form::Text(text) => self.words(out, text, paint),
        }
    }

    /// Under it its halo, a wider outline.
    fn outline(&mut self, out: &mut String, way: &str, place: Place, paint: &Paint) -> fmt::Result {
        if way.is_empty() {
            return Ok(());
        }
        if let Some(halo) = paint.halo {
            let class = self.class(Property::Stroke, halo.colour);
            write!(out, "<path d=\"{way}\" class=\"{class}\" fill=\"none\"")?;
            write!(out, " stroke-width=\"{}\"", decimal(halo.width))?;
            out.write_str(" stroke-linecap=\"round\"")?;
            opacity(out, paint.opacity)?;
            placed(out, place)?;
            out.write_str("/>\n")?;
        }
        write!(out, "<path d=\"{way}\"")?;
        self.attributes(out, paint)?;
        placed(out, place)?;
        out.write_str("/>\n")
    }

    fn words(&mut self, out: &mut String, text: &Text, paint: &Paint) -> fmt::Result {
        let (x, y) = (decimal(text.at.x), decimal(text.at.y));
        let (size, weight) = (decimal(text.font.size), text.font.weight);
        write!(out, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\"")?;
        match text.anchor {
            Anchor::Start => {}
            Anchor::Middle => out.write_str(" text-anchor=\"middle\"")?,
            Anchor::End => out.write_str(" text-anchor=\"end\"")?,
        }
        let mut class =
            paint.fill.map(|fill| self.class(Property::Fill, fill).to_string()).unwrap_or_default();
        if let Some(halo) = paint.halo {
            class = format!("{class} {}", self.class(Property::Halo, halo.colour));
            write!(out, " stroke-width=\"{}\" paint-order=\"stroke\"", decimal(halo.width))?;
        }
        write!(out, " class=\"{class}\"")?;
        opacity(out, paint.opacity)?;
        writeln!(out, ">{}</text>", escaped(&text.words))
    }

    pub fn attributes(&mut self, out: &mut String, paint: &Paint) -> fmt::Result {
        let fill = paint.fill.map(|colour| self.class(Property::Fill, colour));
        let stroke = paint.stroke.map(|stroke| self.class(Property::Stroke, stroke.colour));
        match (&fill, stroke) {
            (Some(fill), Some(stroke)) => write!(out, " class=\"{fill} {stroke}\"")?,
            (Some(fill), None) => write!(out, " class=\"{fill}\"")?,
            (None, Some(stroke)) => write!(out, " class=\"{stroke}\"")?,
            (None, None) => {}
        }
        if fill.is_none() {
            out.write_str(" fill=\"none\"")?;
        }
        if let Some(stroke) = paint.stroke {
            if stroke.width != 1.0 {
                write!(out, " stroke-width=\"{}\"", decimal(stroke.width))?;
            }
            if let Some([drawn, left_out]) = stroke.dash {
                write!(out, " stroke-dasharray=\"{} {}\"", decimal(drawn), decimal(left_out))?;
            }
            if stroke.round {
                out.write_str(" stroke-linecap=\"round\"")?;
            }
        }
        opacity(out, paint.opacity)
    }
}

pub(super) fn placed(out: &mut String, Place { at, scale, turn }: Place) -> fmt::Result {
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

fn opacity(out: &mut String, opacity: f64) -> fmt::Result {
    if opacity < 1.0 { write!(out, " opacity=\"{}\"", decimal(opacity)) } else { Ok(()) }
}

/// A curve as SVG writes it.
pub(super) fn way(Curve { from, control, to }: &Curve) -> String {
    format!("M{}Q{} {}", spot(*from), spot(*control), spot(*to))
}

fn spot(at: Point) -> impl fmt::Display {
    fmt::from_fn(move |f| write!(f, "{} {}", decimal(at.x), decimal(at.y)))
}
