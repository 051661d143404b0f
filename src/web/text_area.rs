//! Edits a text area in part, with caret, selection and scroll position kept.

use crate::session::editor::Splice;
use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::HtmlTextAreaElement;

/// Changes the text to `text`. Caret and selection keep their place in it, and are returned; `None` if the
/// text is equal.
pub fn follow(area: &HtmlTextAreaElement, text: &str) -> Option<(u32, u32)> {
    let old = area.value();
    let splice = Splice::between(&old, text)?;
    let (top, left) = (area.scroll_top(), area.scroll_left());
    let place = |at: Result<Option<u32>, JsValue>| splice.carry(at.ok().flatten().unwrap_or(0));
    let (from, to) = (place(area.selection_start()), place(area.selection_end()));
    // Refused only for positions outside of the text, and these come from it.
    let Splice { start, end, with } = splice;
    let _ = area.set_range_text_with_start_and_end(with, start, end);
    select(area, (from, to));
    area.set_scroll_top(top);
    area.set_scroll_left(left);
    Some((from, to))
}

/// Sets the selection, without the focus.
pub fn select(area: &HtmlTextAreaElement, (from, to): (u32, u32)) {
    // A text area always has a selection.
    let _ = area.set_selection_range(from, to);
}

/// The line of the caret, from 1.
pub fn line(area: &HtmlTextAreaElement) -> usize {
    let caret = area.selection_end().ok().flatten().unwrap_or(0) as usize;
    area.value().encode_utf16().take(caret).filter(|&unit| unit == u16::from(b'\n')).count() + 1
}

/// Focuses the text area, with the caret at the end of a line, from 1.
pub fn go_to(area: &HtmlTextAreaElement, line: usize) {
    let text = area.value();
    let before = text.split('\n').take(line).map(|line| line.encode_utf16().count() + 1);
    let end = (before.sum::<usize>() as u32).saturating_sub(1);
    // A text area always has a selection, and takes the focus if it is visible.
    let _ = area.set_selection_range(end, end);
    let _ = area.focus();
}

/// Scrolls until a range is visible, in pixels of the text, unless it is already.
pub fn reveal(area: &HtmlTextAreaElement, (top, height): (i32, i32)) {
    let (from, room) = (area.scroll_top(), area.client_height());
    if top < from || top + height > from + room {
        area.set_scroll_top(top - room / 3);
    }
}

/// Calls back when the composition of a character begins or ends, until the listeners are dropped.
pub fn on_compose(
    area: &HtmlTextAreaElement,
    changed: impl Fn(bool) + Clone + 'static,
) -> [EventListener; 2] {
    let ends = changed.clone();
    [
        EventListener::new(area, "compositionstart", move |_| changed(true)),
        EventListener::new(area, "compositionend", move |_| ends(false)),
    ]
}
