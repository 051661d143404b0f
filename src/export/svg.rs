//! Writes a scene as SVG. Colours are classes, named after the tokens of the style sheet, so that one picture
//! is right in both themes. It contains no style attribute, which a strict policy forbids, no script, and no
//! external resource.
//!
//! Scenes use `ColourTheme::Coded`, so each colour encodes its name.

use super::html::escaped;
use crate::scenario::Colours;
use crate::view::geometry::{Curve, Point, Size};
use crate::view::geometry::{Path, Placement};
use crate::view::palette::{CodedName, ColourTheme};
use crate::view::text::{Anchor, Font, Text};
use crate::view::{Colour, Paint};
use crate::view::{Scene, Shape, ShapeForm, decimal};
use std::collections::BTreeSet;
use std::fmt::{self, Write};

/// The text alternative of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureText {
    /// The title.
    pub title: String,
    /// A sentence or two.
    pub description: String,
}

/// Writes a picture for a page whose style sheet has a class for every colour: `fill-ink`, `stroke-edge0`,
/// `halo-stage`. It is decoration; the page has its content as text.
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

/// Writes a picture as a file without external resources.
pub fn file(scene: &Scene, margin: f64, about: &PictureText, colours: Colours) -> String {
    let mut drawing = Drawing::default();
    let mut shapes = String::new();
    // Writing to a string cannot fail.
    let _ = drawing.static_layer(&mut shapes);
    let _ = drawing.shapes(&mut shapes, &scene.shapes);
    let mut out = String::new();
    let _ = opening(&mut out, scene.size, margin, about);
    out.push_str("<style>\n");
    let _ = fonts(&mut out);
    let _ = drawing.style(&mut out, colours);
    out + "</style>\n" + &shapes + "</svg>\n"
}

/// The opening of a file's picture with a margin around it, in CSS pixels, up to its style.
pub(super) fn opening(
    out: &mut String,
    Size { width, height }: Size,
    margin: f64,
    about: &PictureText,
) -> fmt::Result {
    let (width, height) = (decimal(width + 2.0 * margin), decimal(height + 2.0 * margin));
    let corner = decimal(0.0 - margin);
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"{corner} {corner} {width} {height}\" stroke-linejoin=\"round\" role=\"img\" \
         aria-labelledby=\"title desc\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>",
        escaped(&about.title),
        escaped(&about.description)
    )
}

/// The font of the page, for the text of a file.
pub(super) fn fonts(out: &mut String) -> fmt::Result {
    writeln!(out, "text{{font-family:{};font-variant-numeric:tabular-nums}}", Font::FAMILY)
}

/// Writes shapes, and collects the colours that they use.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    used: BTreeSet<(Property, CodedName)>,
    /// The theme, if the picture is embedded in another page: its colours are also written as attributes
    /// beside the classes, for a page whose policy refuses a style sheet.
    guest: Option<ColourTheme>,
}

/// The prefix of an embedded picture's classes, so that they differ from the page's.
pub(super) const GUEST: &str = "hustings-";

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

    /// The property that the style sheet sets: a halo is the stroke of text.
    const fn css(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Halo | Self::Stroke => "stroke",
        }
    }
}

impl Drawing {
    pub(crate) fn embedded(theme: ColourTheme) -> Self {
        Self { guest: Some(theme), ..Self::default() }
    }

    pub(crate) fn shapes(&mut self, out: &mut String, shapes: &[Shape]) -> fmt::Result {
        shapes.iter().try_for_each(|each| self.shape(out, each))
    }

    /// The background.
    pub(crate) fn static_layer(&mut self, out: &mut String) -> fmt::Result {
        out.write_str("<rect width=\"100%\" height=\"100%\"")?;
        self.coloured(out, &[(Property::Fill, ColourTheme::Coded.tokens().stage)])?;
        out.write_str("/>\n")
    }

    /// The rules of all classes that were written.
    pub(crate) fn style(&self, out: &mut String, colours: Colours) -> fmt::Result {
        let rule =
            |out: &mut String, theme: ColourTheme, (property, name): (Property, CodedName)| {
                write!(out, ".{}-{name}{{{}:", property.name(), property.css())?;
                match name.shown(theme) {
                    Some(colour) => write!(out, "{colour}}}"),
                    None => out.write_str("none}"),
                }
            };
        let first = if colours == Colours::Dark { ColourTheme::Dark } else { ColourTheme::Light };
        for used in &self.used {
            rule(out, first, *used)?;
        }
        out.write_str("\n")?;
        if colours == Colours::Auto {
            out.write_str("@media(prefers-color-scheme:dark){")?;
            for used in &self.used {
                if used.1.shown(ColourTheme::Dark) != used.1.shown(ColourTheme::Light) {
                    rule(out, ColourTheme::Dark, *used)?;
                }
            }
            out.write_str("}\n")?;
        }
        Ok(())
    }

    /// The rules of an embedded picture: each class means the same in every picture, and the picture's theme
    /// decides. Older browsers ignore such rules and use the attributes.
    pub(crate) fn embedded_style(&self, out: &mut String) -> fmt::Result {
        // A rim that only one theme has is transparent in the other.
        let shown = |out: &mut String, name: CodedName, theme| match name.shown(theme) {
            Some(colour) => write!(out, "{colour}"),
            None => out.write_str("transparent"),
        };
        for &(property, name) in &self.used {
            write!(out, ".{GUEST}{}-{name}{{{}:light-dark(", property.name(), property.css())?;
            shown(out, name, ColourTheme::Light)?;
            out.write_str(",")?;
            shown(out, name, ColourTheme::Dark)?;
            out.write_str(")}")?;
        }
        // The page may fill paths.
        write!(out, ".{GUEST}bare{{fill:none}}")
    }

    /// The class of a colour of a coded scene.
    pub(crate) fn class(
        &mut self,
        property: Property,
        colour: Colour,
    ) -> impl fmt::Display + use<> {
        let name = CodedName::of(colour);
        self.used.insert((property, name));
        let prefix = if self.guest.is_some() { GUEST } else { "" };
        fmt::from_fn(move |f| write!(f, "{prefix}{}-{name}", property.name()))
    }

    /// Writes the classes of some colours, and in an embedded picture the colours themselves.
    fn coloured(&mut self, out: &mut String, colours: &[(Property, Colour)]) -> fmt::Result {
        let mut classes = String::new();
        for &(property, colour) in colours {
            write!(classes, " {}", self.class(property, colour))?;
        }
        let is_filled = colours.iter().any(|(property, _)| *property == Property::Fill);
        if self.guest.is_some() && !is_filled {
            write!(classes, " {GUEST}bare")?;
        }
        if !classes.is_empty() {
            write!(out, " class=\"{}\"", &classes[1..])?;
        }
        let Some(theme) = self.guest else { return Ok(()) };
        for (property, colour) in colours {
            match CodedName::of(*colour).shown(theme) {
                Some(colour) => write!(out, " {}=\"{colour}\"", property.css())?,
                None => write!(out, " {}=\"none\"", property.css())?,
            }
        }
        Ok(())
    }

    fn shape(&mut self, out: &mut String, shape: &Shape) -> fmt::Result {
        let paint = &shape.paint;
        match &shape.form {
            ShapeForm::Circle { centre, radius } => {
                let (x, y, r) = (decimal(centre.x), decimal(centre.y), decimal(*radius));
                write!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"")?;
                self.attributes(out, paint)?;
                out.write_str("/>\n")
            }
            // Some readers of SVG draw a line without length as a dot, others report an error.
            ShapeForm::Line { from, to } if is_one_point(&[*from, *to]) => Ok(()),
            ShapeForm::Line { from, to } => {
                let way = format!("M{}L{}", coordinates(*from), coordinates(*to));
                self.outline(out, &way, Placement::HERE, paint)
            }
            ShapeForm::Curve(Curve { from, control, to })
                if is_one_point(&[*from, *control, *to]) =>
            {
                Ok(())
            }
            ShapeForm::Curve(curve) => self.outline(out, &way(curve), Placement::HERE, paint),
            ShapeForm::Path { path, place } => {
                self.outline(out, &Path::to_string(path), *place, paint)
            }
            ShapeForm::Text(text) => self.words(out, text, paint),
        }
    }

    /// Writes an outline; its halo is a wider outline below it.
    fn outline(
        &mut self,
        out: &mut String,
        way: &str,
        place: Placement,
        paint: &Paint,
    ) -> fmt::Result {
        if way.is_empty() {
            return Ok(());
        }
        if let Some(halo) = paint.halo {
            write!(out, "<path d=\"{way}\"")?;
            self.coloured(out, &[(Property::Stroke, halo.colour)])?;
            write!(out, " fill=\"none\" stroke-width=\"{}\"", decimal(halo.width))?;
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
        if let Some(halo) = paint.halo {
            write!(out, " stroke-width=\"{}\" paint-order=\"stroke\"", decimal(halo.width))?;
        }
        let fill = paint.fill.map(|fill| (Property::Fill, fill));
        let halo = paint.halo.map(|halo| (Property::Halo, halo.colour));
        self.coloured(out, &fill.into_iter().chain(halo).collect::<Vec<_>>())?;
        opacity(out, paint.opacity)?;
        writeln!(out, ">{}</text>", escaped(&text.words))
    }

    pub(crate) fn attributes(&mut self, out: &mut String, paint: &Paint) -> fmt::Result {
        let fill = paint.fill.map(|colour| (Property::Fill, colour));
        let stroke = paint.stroke.map(|stroke| (Property::Stroke, stroke.colour));
        self.coloured(out, &fill.into_iter().chain(stroke).collect::<Vec<_>>())?;
        if paint.fill.is_none() {
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

pub(super) fn placed(out: &mut String, Placement { at, scale, turn }: Placement) -> fmt::Result {
    if (Placement { at, scale, turn }) == Placement::HERE {
        return Ok(());
    }
    write!(out, " transform=\"translate({})", coordinates(at))?;
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

/// A curve in the syntax of SVG.
pub(super) fn way(Curve { from, control, to }: &Curve) -> String {
    format!("M{}Q{} {}", coordinates(*from), coordinates(*control), coordinates(*to))
}

/// Whether points are written the same.
fn is_one_point(points: &[Point]) -> bool {
    let written = |at: &Point| coordinates(*at).to_string();
    points.windows(2).all(|pair| written(&pair[0]) == written(&pair[1]))
}

fn coordinates(at: Point) -> impl fmt::Display {
    fmt::from_fn(move |f| write!(f, "{} {}", decimal(at.x), decimal(at.y)))
}
