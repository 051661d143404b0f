//! Paints scenes on a canvas, measures text with it, and sends only changes of its state to it.

mod glyph_cache;

pub use glyph_cache::Ruler;

use crate::view::geometry::{Curve, Point};
use crate::view::paint::{Colour, Paint, StrokeStyle};
use crate::view::path::{Path, PathCommand, Placement};
use crate::view::text::{Anchor, Font, Text};
use crate::view::{Scene, Shape, ShapeForm, decimal, palette};
use gloo_utils::window;
use glyph_cache::GlyphCache;
use js_sys::Array;
use std::borrow::Cow;
use std::f64::consts::TAU;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Paints one canvas. It owns no frame and no listener.
pub struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    families: Rc<str>,
    style: Style,
    stamps: GlyphCache,
}

/// The number of glyphs above which they are drawn as bitmaps; outlines are sharper.
const MANY: usize = 100;

impl Painter {
    /// Gets the canvas's 2D context.
    ///
    /// # Errors
    ///
    /// If the browser provides no 2D context.
    pub fn new(canvas: HtmlCanvasElement) -> Result<Self, JsValue> {
        let context = context(&canvas)?;
        let families = families(&canvas);
        let (style, stamps) = (Style::default(), GlyphCache::default());
        Ok(Self { canvas, context, families, style, stamps })
    }

    /// Measures text in this canvas's fonts.
    pub fn ruler(&self) -> Ruler {
        Ruler::new(self.context.clone(), self.families.clone())
    }

    /// Paints a scene over the previous one; `ratio` is the number of device pixels in a CSS pixel.
    pub fn paint(&mut self, scene: &Scene, ratio: f64) {
        let pixels = |length: f64| (length * ratio).round().max(1.0) as u32;
        let (width, height) = (pixels(scene.size.width), pixels(scene.size.height));
        if (self.canvas.width(), self.canvas.height()) != (width, height) {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        // The ruler shares the context and may have changed its font; a resize resets the whole context.
        self.style = Style::default();
        set_transform(&self.context, ratio, Placement::HERE);
        self.context.clear_rect(0.0, 0.0, scene.size.width, scene.size.height);
        self.context.set_line_join("round");
        let glyphs = scene.shapes.iter().filter(|shape| is_glyph(&shape.form)).count();
        let stamped = glyphs > MANY;
        let mut rest = &*scene.shapes;
        while let Some((shape, after)) = rest.split_first() {
            rest = match &shape.form {
                ShapeForm::Line { .. } | ShapeForm::Curve(_) => self.strokes(rest),
                ShapeForm::Path { path, place } if stamped && is_glyph(&shape.form) => {
                    self.stamp(path, *place, &shape.paint, ratio);
                    after
                }
                ShapeForm::Path { .. } | ShapeForm::Circle { .. } | ShapeForm::Text(_) => {
                    self.shape(shape, ratio);
                    after
                }
            };
        }
        set_transform(&self.context, ratio, Placement::HERE);
    }

    /// Strokes all equal lines at the head of the list at once, and returns the other shapes.
    fn strokes<'a>(&mut self, shapes: &'a [Shape]) -> &'a [Shape] {
        let paint = &shapes[0].paint;
        let alike = |shape: &&Shape| {
            matches!(shape.form, ShapeForm::Line { .. } | ShapeForm::Curve(_))
                && shape.paint == *paint
        };
        let count = shapes.iter().take_while(alike).count();
        self.context.begin_path();
        for shape in &shapes[..count] {
            match &shape.form {
                ShapeForm::Line { from, to } => {
                    self.context.move_to(from.x, from.y);
                    self.context.line_to(to.x, to.y);
                }
                ShapeForm::Curve(Curve { from, control, to }) => {
                    self.context.move_to(from.x, from.y);
                    self.context.quadratic_curve_to(control.x, control.y, to.x, to.y);
                }
                ShapeForm::Circle { .. } | ShapeForm::Path { .. } | ShapeForm::Text(_) => {}
            }
        }
        self.style.ink(&self.context, paint);
        &shapes[count..]
    }

    fn shape(&mut self, shape: &Shape, ratio: f64) {
        match &shape.form {
            ShapeForm::Circle { centre, radius } => {
                self.context.begin_path();
                // Only a negative radius is refused, and scenes have none.
                let _ = self.context.arc(centre.x, centre.y, *radius, 0.0, TAU);
                self.style.ink(&self.context, &shape.paint);
            }
            ShapeForm::Path { path, place } if *place == Placement::HERE => {
                trace(&self.context, path);
                self.style.ink(&self.context, &shape.paint);
            }
            ShapeForm::Path { path, place } => {
                set_transform(&self.context, ratio, *place);
                trace(&self.context, path);
                self.style.ink(&self.context, &shape.paint);
                set_transform(&self.context, ratio, Placement::HERE);
            }
            ShapeForm::Text(text) => self.words(text, &shape.paint),
            ShapeForm::Line { .. } | ShapeForm::Curve(_) => {}
        }
    }

    /// An upright glyph needs no transform of its own, which halves the calls.
    fn stamp(&mut self, path: &Path, place: Placement, paint: &Paint, ratio: f64) {
        let Some((bitmap, half)) = self.stamps.of(path, place.scale, paint, ratio) else { return };
        self.style.alpha(&self.context, paint.opacity);
        let turned = place.turn != 0.0;
        let at = if turned { Placement::HERE.at } else { place.at };
        if turned {
            set_transform(&self.context, ratio, Placement { scale: 1.0, ..place });
        }
        let (left, top, size) = (at.x - half, at.y - half, 2.0 * half);
        // A canvas with a size can always be drawn.
        let _ = self
            .context
            .draw_image_with_html_canvas_element_and_dw_and_dh(bitmap, left, top, size, size);
        if turned {
            set_transform(&self.context, ratio, Placement::HERE);
        }
    }

    fn words(&mut self, text: &Text, paint: &Paint) {
        self.style.font(&self.context, text.font, &self.families);
        self.style.anchor(&self.context, text.anchor);
        let Point { x, y } = text.at;
        // The browser accepts any text and position.
        if self.style.halo(&self.context, paint) {
            let _ = self.context.stroke_text(&text.words, x, y);
        }
        if self.style.fill(&self.context, paint) {
            let _ = self.context.fill_text(&text.words, x, y);
        }
    }
}

/// The font families that the style sheet gives a canvas; those of the interface for one outside of the page.
fn families(canvas: &HtmlCanvasElement) -> Rc<str> {
    let style = window().get_computed_style(canvas).ok().flatten();
    let families = style.and_then(|style| style.get_property_value("font-family").ok());
    families.filter(|families| !families.is_empty()).map_or_else(|| Font::FAMILY.into(), Rc::from)
}

/// Sets the transform for a placement.
fn set_transform(
    context: &CanvasRenderingContext2d,
    ratio: f64,
    Placement { at, scale, turn }: Placement,
) {
    let (sin, cos) = turn.sin_cos();
    let (along, across) = (ratio * scale * cos, ratio * scale * sin);
    // Six numbers are always accepted.
    let _ = context.set_transform(along, across, -across, along, ratio * at.x, ratio * at.y);
}

/// Whether a shape is a glyph: those are the borrowed outlines.
fn is_glyph(form: &ShapeForm) -> bool {
    matches!(form, ShapeForm::Path { path: Path(Cow::Borrowed(_)), .. })
}

/// Makes an outline the context's current path.
fn trace(context: &CanvasRenderingContext2d, path: &Path) {
    context.begin_path();
    for command in path.0.iter() {
        match *command {
            PathCommand::Move(to) => context.move_to(to.x, to.y),
            PathCommand::Line(to) => context.line_to(to.x, to.y),
            PathCommand::Quad { control, to } => {
                context.quadratic_curve_to(control.x, control.y, to.x, to.y);
            }
            PathCommand::Arc { centre, radius, start, sweep } => {
                let end = start + sweep;
                // Only a negative radius is refused, and scenes have none.
                let _ = context.arc_with_anticlockwise(
                    centre.x,
                    centre.y,
                    radius,
                    start,
                    end,
                    sweep < 0.0,
                );
            }
            PathCommand::Close => context.close_path(),
        }
    }
}

fn context(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d, JsValue> {
    let context = canvas.get_context("2d")?;
    let context = context.ok_or_else(|| JsValue::from_str("there is no 2D canvas"))?;
    Ok(context.dyn_into()?)
}

/// `None`: the value in the context is unknown.
#[derive(Default)]
pub(crate) struct Style {
    fill: Option<Colour>,
    stroke: Option<Colour>,
    width: Option<f64>,
    dash: Option<Option<[f64; 2]>>,
    round: Option<bool>,
    alpha: Option<f64>,
    font: Option<Font>,
    anchor: Option<Anchor>,
}

impl Style {
    /// Fills and strokes the current path; the halo comes first.
    pub(crate) fn ink(&mut self, context: &CanvasRenderingContext2d, paint: &Paint) {
        if self.halo(context, paint) {
            context.stroke();
        }
        if self.fill(context, paint) {
            context.fill();
        }
        if let Some(stroke) = paint.stroke {
            self.stroke(context, stroke);
            self.alpha(context, paint.opacity);
            context.stroke();
        }
    }

    /// Prepares to stroke the halo; false if there is none.
    pub(crate) fn halo(&mut self, context: &CanvasRenderingContext2d, paint: &Paint) -> bool {
        let Some(halo) = paint.halo else { return false };
        let stroke =
            StrokeStyle { colour: halo.colour, width: halo.width, dash: None, round: true };
        self.stroke(context, stroke);
        self.alpha(context, paint.opacity);
        true
    }

    /// Prepares to fill; false if there is no fill.
    pub(crate) fn fill(&mut self, context: &CanvasRenderingContext2d, paint: &Paint) -> bool {
        let Some(colour) = paint.fill else { return false };
        if self.fill.replace(colour) != Some(colour) {
            context.set_fill_style_str(&palette::css(colour));
        }
        self.alpha(context, paint.opacity);
        true
    }

    pub(crate) fn alpha(&mut self, context: &CanvasRenderingContext2d, alpha: f64) {
        if self.alpha.replace(alpha) != Some(alpha) {
            context.set_global_alpha(alpha);
        }
    }

    pub(crate) fn font(&mut self, context: &CanvasRenderingContext2d, font: Font, families: &str) {
        if self.font.replace(font) != Some(font) {
            context.set_font(&css(font, families));
        }
    }

    pub(crate) fn anchor(&mut self, context: &CanvasRenderingContext2d, anchor: Anchor) {
        if self.anchor.replace(anchor) != Some(anchor) {
            context.set_text_align(match anchor {
                Anchor::Start => "left",
                Anchor::Middle => "center",
                Anchor::End => "right",
            });
        }
    }

    fn stroke(&mut self, context: &CanvasRenderingContext2d, stroke: StrokeStyle) {
        let StrokeStyle { colour, width, dash, round } = stroke;
        if self.stroke.replace(colour) != Some(colour) {
            context.set_stroke_style_str(&palette::css(colour));
        }
        if self.width.replace(width) != Some(width) {
            context.set_line_width(width);
        }
        if self.round.replace(round) != Some(round) {
            context.set_line_cap(if round { "round" } else { "butt" });
        }
        if self.dash.replace(dash) != Some(dash) {
            let lengths: Array =
                dash.iter().flatten().map(|&length| JsValue::from_f64(length)).collect();
            // Two lengths that are not negative are always accepted.
            let _ = context.set_line_dash(&lengths);
        }
    }
}

/// In the syntax of CSS's `font`.
pub(crate) fn css(font: Font, families: &str) -> String {
    let Font { size, weight } = font;
    format!("{weight} {}px {families}", decimal(size))
}
