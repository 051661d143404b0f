//! Saves texts, and scenes as PNG, as files, and reads files that the reader chooses.

use super::canvas::{Painter, Ruler};
use crate::export::metadata::PNG_HEADER;
use crate::view::geometry::point;
use crate::view::geometry::{Path, Placement};
use crate::view::{Colour, Paint};
use crate::view::{Scene, Shape, ShapeForm};
use gloo_utils::document;
use js_sys::{Array, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlCanvasElement, Url};
use yew::Callback;

/// Saves a text as a file, or lets the browser ask for a place.
pub fn save_text(name: &str, media_type: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    // Bytes, not a string: those of a string would be counted twice while it is copied.
    let parts = Array::of1(&Uint8Array::from(text.as_bytes()));
    if let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        save(name, &blob);
    }
}

/// Saves a blob as a file.
pub fn save(name: &str, blob: &Blob) {
    // Without an object URL there is nothing to save: the browser is out of memory.
    if let Ok(url) = Url::create_object_url_with_blob(blob) {
        click(name, &url);
        // The browser reads it later, so it is revoked when the next one is saved.
        if let Some(before) = SAVED.replace(Some(url)) {
            let _ = Url::revoke_object_url(&before);
        }
    }
}

thread_local! {
    /// The object URL of the last file.
    static SAVED: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn click(name: &str, url: &str) {
    let link = document().create_element("a").ok();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(url);
        link.set_download(name);
        link.click();
    }
}

/// A file that was chosen or dropped.
pub struct ChosenFile {
    pub name: String,
    /// Its bytes, or their number if it is too long or cannot be read.
    pub bytes: Result<Vec<u8>, usize>,
}

/// Calls back once the file is read; one of more than `most` bytes is not read.
pub fn read(file: File, most: usize, done: Callback<ChosenFile>) {
    let (name, size) = (file.name(), file.size());
    if size > most as f64 {
        return done.emit(ChosenFile { name, bytes: Err(size as usize) });
    }
    let buffer = JsFuture::from(file.array_buffer());
    yew::platform::spawn_local(async move {
        let bytes = buffer.await.map(|buffer| Uint8Array::new(&buffer).to_vec());
        done.emit(ChosenFile { name, bytes: bytes.map_err(|_| size as usize) });
    });
}

/// Device pixels in a CSS pixel of a picture, independent of the screen.
const RATIO: f64 = 2.0;

/// Calls back with a PNG of the scene that `draw` returns, with a chunk of metadata; with `None` if the browser cannot make
/// one.
pub fn png(
    ground: Colour,
    draw: impl FnOnce(&Ruler) -> Scene,
    chunk: Option<Vec<u8>>,
    done: Callback<Option<Blob>>,
) {
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
        Closure::once_into_js(move |blob: Option<Blob>| {
            done.emit(blob.and_then(|blob| match chunk {
                Some(chunk) => with_chunk(&blob, &chunk).ok(),
                None => Some(blob),
            }))
        })
    };
    if canvas.to_blob(taken.unchecked_ref()).is_err() {
        done.emit(None);
    }
}

/// A PNG with another chunk after its header.
fn with_chunk(png: &Blob, chunk: &[u8]) -> Result<Blob, JsValue> {
    let header = PNG_HEADER as f64;
    let (before, after) = (png.slice_with_f64_and_f64(0.0, header)?, png.slice_with_f64(header)?);
    let parts = Array::of3(&before, &Uint8Array::from(chunk), &after);
    let options = BlobPropertyBag::new();
    options.set_type(&png.type_());
    Blob::new_with_blob_sequence_and_options(&parts, &options)
}

fn sheet(scene: &Scene, ground: Colour) -> Shape {
    let (width, height) = (scene.size.width, scene.size.height);
    let corners = [point(0.0, 0.0), point(width, 0.0), point(width, height), point(0.0, height)];
    let form = ShapeForm::Path { path: Path::polygon(&corners), place: Placement::HERE };
    Shape { form, paint: Paint::fill(ground), target: None }
}
