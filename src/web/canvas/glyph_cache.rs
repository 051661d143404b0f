//! Caches of a canvas: rendered glyphs, and the widths of texts.

use super::{Style, context, css, trace};
use crate::view::geometry::Point;
use crate::view::paint::{Colour, Paint};
use crate::view::path::{Path, PathCommand};
use crate::view::text::{Font, Measure};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

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
