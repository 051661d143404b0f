//! The state of a canvas context, so that only changes are sent to it.

use crate::view::decimal;
use crate::view::paint::{Colour, Paint, StrokeStyle};
use crate::view::palette;
use crate::view::text::{Anchor, Font};
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d;

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
