//! Exports a scene as a PNG, painted on a canvas of its own over a background.

use super::canvas::{Painter, Ruler};
use crate::view::geometry::point;
use crate::view::paint::{Colour, Paint};
use crate::view::path::{Path, Placement};
use crate::view::{Scene, Shape, ShapeForm};
use gloo_utils::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Blob, HtmlCanvasElement};
use yew::Callback;

/// Device pixels in a CSS pixel of a picture, independent of the screen.
const RATIO: f64 = 2.0;

/// Calls back with a PNG of the scene that `draw` returns; with `None` if the browser cannot make one.
pub fn png(ground: Colour, draw: impl FnOnce(&Ruler) -> Scene, done: Callback<Option<Blob>>) {
    let canvas = document().create_element("canvas").ok();
    let canvas = canvas.and_then(|canvas| canvas.dyn_into::<HtmlCanvasElement>().ok());
    let Some((canvas, mut painter)) =
        canvas.and_then(|canvas| Some((canvas.clone(), Painter::new(canvas).ok()?)))
    else {
        return done.emit(None);
    };
    let mut scene = draw(&painter.ruler());
    scene.shapes.insert(0, sheet(&scene, ground));
    painter.paint(&scene, RATIO);
    let taken = {
        let done = done.clone();
        Closure::once_into_js(move |blob: Option<Blob>| done.emit(blob))
    };
    if canvas.to_blob(taken.unchecked_ref()).is_err() {
        done.emit(None);
    }
}

fn sheet(scene: &Scene, ground: Colour) -> Shape {
    let (width, height) = (scene.size.width, scene.size.height);
    let corners = [point(0.0, 0.0), point(width, 0.0), point(width, height), point(0.0, height)];
    let form = ShapeForm::Path { path: Path::polygon(&corners), place: Placement::HERE };
    Shape { form, paint: Paint::fill(ground), target: None }
}
