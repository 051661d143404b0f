//! A scene as SVG, to be looked at.

use hustings::view::Paint;
use hustings::view::geometry::Point;
use hustings::view::geometry::{Path, Placement};
use hustings::view::palette::ColourTheme;
use hustings::view::text::{Anchor, Font, Text};
use hustings::view::{Scene, ShapeForm, decimal};

pub(crate) fn svg(scene: &Scene, theme: ColourTheme) -> String {
    let (width, height) = (decimal(scene.size.width), decimal(scene.size.height));
    let family = Font::FAMILY.replace('"', "'");
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"{family}\" \
         style=\"background:{};font-variant-numeric:tabular-nums\">\n",
        theme.tokens().stage
    );
    for shape in &scene.shapes {
        out.push_str(&form(&shape.form, &shape.paint));
        out.push('\n');
    }
    out + "</svg>\n"
}

fn form(form: &ShapeForm, paint: &Paint) -> String {
    match form {
        ShapeForm::Circle { centre, radius } => {
            let (x, y) = (decimal(centre.x), decimal(centre.y));
            format!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\"{}/>",
                decimal(*radius),
                attributes(paint)
            )
        }
        ShapeForm::Line { from, to } => {
            outline(&Path::lines([(*from, *to)]).to_string(), Placement::HERE, paint)
        }
        ShapeForm::Curve(curve) => {
            let coordinates = |at: Point| format!("{} {}", decimal(at.x), decimal(at.y));
            let (from, control, to) =
                (coordinates(curve.from), coordinates(curve.control), coordinates(curve.to));
            outline(&format!("M{from}Q{control} {to}"), Placement::HERE, paint)
        }
        ShapeForm::Path { path, place } => outline(&path.to_string(), *place, paint),
        ShapeForm::Text(text) => words(text, paint),
    }
}

/// The halo is an outline under it.
fn outline(path: &str, place: Placement, paint: &Paint) -> String {
    let (x, y) = (decimal(place.at.x), decimal(place.at.y));
    let turn = decimal(place.turn.to_degrees());
    let scale = place.scale;
    let mut out = format!(
        "<g transform=\"translate({x} {y}) rotate({turn}) scale({scale:.4})\" opacity=\"{}\">",
        decimal(paint.opacity)
    );
    if let Some(halo) = paint.halo {
        let width = decimal(halo.width);
        out += &format!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\" \
             stroke-linejoin=\"round\" stroke-linecap=\"round\"/>",
            halo.colour
        );
    }
    let whole = Paint { opacity: 1.0, ..*paint };
    out + &format!("<path d=\"{path}\"{}/></g>", attributes(&whole))
}

fn words(text: &Text, paint: &Paint) -> String {
    let anchor = match text.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let halo = paint.halo.map_or(String::new(), |halo| {
        format!(
            " stroke=\"{}\" stroke-width=\"{}\" paint-order=\"stroke\" stroke-linejoin=\"round\"",
            halo.colour,
            decimal(halo.width)
        )
    });
    format!(
        "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" font-size=\"{}\" font-weight=\"{}\"{}{halo}>{}</text>",
        decimal(text.at.x),
        decimal(text.at.y),
        decimal(text.font.size),
        text.font.weight,
        attributes(paint),
        text.words
    )
}

fn attributes(paint: &Paint) -> String {
    let mut out = match paint.fill {
        Some(fill) => format!(" fill=\"{fill}\""),
        None => " fill=\"none\"".to_owned(),
    };
    if let Some(stroke) = paint.stroke {
        out += &format!(" stroke=\"{}\" stroke-width=\"{}\"", stroke.colour, decimal(stroke.width));
        out += " stroke-linejoin=\"round\"";
        if let Some([drawn, left_out]) = stroke.dash {
            out += &format!(" stroke-dasharray=\"{} {}\"", decimal(drawn), decimal(left_out));
        }
        if stroke.round {
            out += " stroke-linecap=\"round\"";
        }
    }
    if paint.opacity < 1.0 {
        out += &format!(" opacity=\"{}\"", decimal(paint.opacity));
    }
    out
}
