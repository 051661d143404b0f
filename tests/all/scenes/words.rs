//! A scene in words: its shapes in the order of drawing, with the names of colours and signs, whole CSS pixels,
//! and tenths of an opacity.

use hustings::types::MessageKind;
use hustings::view::geometry::Point;
use hustings::view::geometry::{Path, PathCommand, Placement};
use hustings::view::glyphs::{self, Glyph};
use hustings::view::palette::{ColourTheme, LeaderStyle};
use hustings::view::text::Anchor;
use hustings::view::{Colour, Paint};
use hustings::view::{Scene, ShapeForm};

pub(crate) fn words(scene: &Scene, theme: ColourTheme) -> String {
    let size = scene.size;
    let mut words = format!("a scene of {:.0} x {:.0}\n", size.width, size.height);
    for shape in &scene.shapes {
        let target = shape.target.map_or_else(String::new, |target| format!(" = {target}"));
        words += &format!("{}{}{target}\n", form(&shape.form), paint(&shape.paint, theme));
    }
    words
}

fn form(form: &ShapeForm) -> String {
    match form {
        ShapeForm::Circle { centre, radius } => {
            format!("circle of radius {radius:.0} at {}", coordinates(*centre))
        }
        ShapeForm::Line { from, to } => {
            format!("line {} to {}", coordinates(*from), coordinates(*to))
        }
        ShapeForm::Curve(curve) => {
            format!(
                "curve {} by {} to {}",
                coordinates(curve.from),
                coordinates(curve.control),
                coordinates(curve.to)
            )
        }
        ShapeForm::Path { path, place } => outline(path, *place),
        ShapeForm::Text(text) => {
            let end = match text.anchor {
                Anchor::Start => "from",
                Anchor::Middle => "around",
                Anchor::End => "up to",
            };
            let (size, weight) = (text.font.size, text.font.weight);
            format!(
                "text {:?} {end} {}, {size:.0} px, weight {weight}",
                text.words,
                coordinates(text.at)
            )
        }
    }
}

/// A sign by its name, any other outline by its box.
fn outline(path: &Path, place: Placement) -> String {
    let known = [
        ("crown", glyphs::CROWN),
        ("arrowhead", glyphs::ARROWHEAD),
        ("cross", glyphs::CROSS),
        ("small cross", glyphs::SMALL_CROSS),
        ("question mark", glyphs::QUESTION),
    ];
    let messages = MessageKind::ALL
        .map(|kind| (kind.name(), Glyph::of(kind, kind != MessageKind::Election).path()));
    match known.into_iter().chain(messages).find(|(_, sign)| sign == path) {
        Some((name, _)) => {
            let turned = match place.turn.to_degrees().round() {
                0.0 => String::new(),
                turn => format!(" turned by {turn:.0} degrees"),
            };
            format!("sign {name} at {}{turned}", coordinates(place.at))
        }
        None => {
            let [(left, right), (top, bottom)] = bounds(path, place.scale);
            let kind = if path.0.contains(&PathCommand::Close) { "area" } else { "outline" };
            let corner = place.at + Point { x: left, y: top };
            format!(
                "{kind} of {:.0} x {:.0} from {}",
                right - left,
                bottom - top,
                coordinates(corner)
            )
        }
    }
}

/// The box of the points that the outline names; what an arc or a curve adds is left out.
fn bounds(path: &Path, scale: f64) -> [(f64, f64); 2] {
    let points = path.0.iter().flat_map(|command| match *command {
        PathCommand::Move(at) | PathCommand::Line(at) => vec![at],
        PathCommand::Quad { control, to } => vec![control, to],
        PathCommand::Arc { centre, radius, .. } => {
            [-radius, radius].map(|far| Point { x: centre.x + far, y: centre.y + far }).into()
        }
        PathCommand::Close => Vec::new(),
    });
    let mut bounds = [(f64::INFINITY, f64::NEG_INFINITY); 2];
    for point in points {
        for ((low, high), value) in bounds.iter_mut().zip([point.x, point.y]) {
            *low = low.min(value * scale);
            *high = high.max(value * scale);
        }
    }
    bounds
}

fn paint(paint: &Paint, theme: ColourTheme) -> String {
    let mut words = String::new();
    if let Some(fill) = paint.fill {
        words += &format!(", filled {}", colour(fill, theme));
    }
    if let Some(stroke) = paint.stroke {
        let dashed = if stroke.dash.is_some() { "dashed " } else { "" };
        words += &format!(", {dashed}stroke {:.1} {}", stroke.width, colour(stroke.colour, theme));
    }
    if let Some(halo) = paint.halo {
        words += &format!(", halo {}", colour(halo.colour, theme));
    }
    if paint.opacity < 1.0 {
        words += &format!(", opacity {:.1}", paint.opacity);
    }
    words
}

fn colour(colour: Colour, theme: ColourTheme) -> String {
    let tokens = theme.tokens().named();
    if let Some((name, _)) = tokens.into_iter().find(|(_, token)| *token == colour) {
        return name.to_owned();
    }
    let styles = (0..6).map(|slot| (slot, LeaderStyle::slot(slot).hue(theme)));
    let parts = styles.flat_map(|(slot, hue)| {
        [("leader", hue.paint), ("on leader", hue.on), ("edge of leader", hue.edge)]
            .map(|(part, colour)| (format!("{part} {}", slot + 1), colour))
    });
    parts
        .into_iter()
        .find(|(_, part)| *part == colour)
        .map_or_else(|| colour.to_string(), |it| it.0)
}

/// Whole CSS pixels.
fn coordinates(at: Point) -> String {
    let whole = |value: f64| (value.round() + 0.0) as i64;
    format!("({}, {})", whole(at.x), whole(at.y))
}
