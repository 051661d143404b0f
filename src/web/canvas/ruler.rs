//! How wide words are on the canvas, each asked for once.

use super::style::css;
use crate::view::text::{Font, Measure};
use std::cell::RefCell;
use std::collections::BTreeMap;
use web_sys::CanvasRenderingContext2d;

pub struct Ruler {
    context: CanvasRenderingContext2d,
    /// By font, then by words. Captions repeat from frame to frame.
    known: RefCell<BTreeMap<(u64, u16), BTreeMap<String, f64>>>,
}

/// Captions name instants, so there is no end to them; beyond so many it forgets.
const MOST: usize = 2_000;

impl Ruler {
    pub fn new(context: CanvasRenderingContext2d) -> Self {
        Self { context, known: RefCell::default() }
    }
}

impl Measure for Ruler {
    fn width(&self, words: &str, font: Font) -> f64 {
        let mut known = self.known.borrow_mut();
        let known = known.entry((font.size.to_bits(), font.weight)).or_default();
        if let Some(&width) = known.get(words) {
            return width;
        }
        self.context.set_font(&css(font));
        let width = self.context.measure_text(words).map_or(0.0, |metrics| metrics.width());
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(words.to_owned(), width);
        width
    }
}
