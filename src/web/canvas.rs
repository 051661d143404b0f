//! Paints scenes on a canvas, measures text with it, caches glyphs and widths, and sends only changes of its state to it.

use crate::view::geometry::{Curve, Path, PathCommand, Placement, Point};
use crate::view::text::{Anchor, Font, Measure, Text};
use crate::view::{Colour, Paint, Scene, Shape, ShapeForm, StrokeStyle, decimal, palette};
use gloo_utils::window;
use js_sys::Array;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
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

/// Rendered glyphs, valid for one ratio of device pixels to CSS pixels.
#[derive(Default)]
pub(crate) struct GlyphCache {
    rendered: BTreeMap<GlyphKey, (HtmlCanvasElement, f64)>,
    ratio: f64,
}

/// Outline (by its address, since glyphs are constants), fill, stroke, halo and scale.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct GlyphKey {
    outline: *const PathCommand,
    fill: Option<Colour>,
    lines: [Option<(Colour, u64)>; 2],
    scale: u64,
}

/// Kinds × leader styles × themes × sizes stay far below this; beyond it the cache is emptied.
const MOST: usize = 256;

impl GlyphCache {
    /// The bitmap of a glyph, and half of its side in CSS pixels. The middle of the bitmap is the outline's
    /// origin.
    pub(crate) fn of(
        &mut self,
        path: &Path,
        scale: f64,
        paint: &Paint,
        ratio: f64,
    ) -> Option<(&HtmlCanvasElement, f64)> {
        if self.ratio != ratio || self.rendered.len() > MOST {
            self.rendered.clear();
            self.ratio = ratio;
        }
        let key = GlyphKey {
            outline: path.0.as_ptr(),
            fill: paint.fill,
            lines: [
                paint.stroke.map(|stroke| (stroke.colour, stroke.width.to_bits())),
                paint.halo.map(|halo| (halo.colour, halo.width.to_bits())),
            ],
            scale: scale.to_bits(),
        };
        let (bitmap, half) = match self.rendered.entry(key) {
            Entry::Occupied(rendered) => rendered.into_mut(),
            Entry::Vacant(place) => place.insert(render_glyph(path, scale, paint, ratio)?),
        };
        Some((bitmap, *half))
    }
}

fn render_glyph(
    path: &Path,
    scale: f64,
    paint: &Paint,
    ratio: f64,
) -> Option<(HtmlCanvasElement, f64)> {
    let half = (reach(path, paint) * scale * ratio).ceil() + 1.0;
    let document = web_sys::window()?.document()?;
    let bitmap: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    bitmap.set_width(2 * half as u32);
    bitmap.set_height(2 * half as u32);
    let context = context(&bitmap).ok()?;
    context.translate(half, half).ok()?;
    context.scale(scale * ratio, scale * ratio).ok()?;
    context.set_line_join("round");
    trace(&context, path);
    Style::default().ink(&context, &Paint { opacity: 1.0, ..*paint });
    Some((bitmap, half / ratio))
}

/// The distance from the origin to which the outline and its strokes reach.
fn reach(path: &Path, paint: &Paint) -> f64 {
    let far = |p: Point| p.x.abs().max(p.y.abs());
    let each = path.0.iter().map(|command| match *command {
        PathCommand::Move(to) | PathCommand::Line(to) => far(to),
        PathCommand::Quad { control, to } => far(control).max(far(to)),
        PathCommand::Arc { centre, radius, .. } => far(centre) + radius,
        PathCommand::Close => 0.0,
    });
    let stroke = paint.stroke.map_or(0.0, |stroke| stroke.width);
    let halo = paint.halo.map_or(0.0, |halo| halo.width);
    each.fold(0.0, f64::max) + stroke.max(halo) / 2.0
}

/// Measures text with a canvas context, and caches the widths.
pub struct Ruler {
    context: CanvasRenderingContext2d,
    families: Rc<str>,
    /// By font, then by text. Captions repeat from frame to frame.
    known: RefCell<BTreeMap<(u64, u16), BTreeMap<String, f64>>>,
}

/// Captions contain instants, so their number is unlimited; beyond this the widths of a font are forgotten.
const MOST_WIDTHS: usize = 2_000;

impl Ruler {
    pub fn new(context: CanvasRenderingContext2d, families: Rc<str>) -> Self {
        Self { context, families, known: RefCell::default() }
    }
}

impl Measure for Ruler {
    fn width(&self, words: &str, font: Font) -> f64 {
        let mut known = self.known.borrow_mut();
        let known = known.entry((font.size.to_bits(), font.weight)).or_default();
        if let Some(&width) = known.get(words) {
            return width;
        }
        self.context.set_font(&css(font, &self.families));
        let width = self.context.measure_text(words).map_or(0.0, |metrics| metrics.width());
        if known.len() >= MOST_WIDTHS {
            known.clear();
        }
        known.insert(words.to_owned(), width);
        width
    }
}
