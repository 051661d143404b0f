//! The size of an element, as a value that follows it.

use crate::view::geometry::Size;
use crate::web::media::SizeWatch;
use web_sys::Element;
use yew::prelude::*;

/// The size in CSS pixels; nothing before the element has been laid out.
#[hook]
pub fn use_size(node: &NodeRef) -> Option<Size> {
    let size = use_state_eq(|| None);
    let set = size.setter();
    use_effect_with(node.clone(), move |node| {
        let element = node.cast::<Element>();
        let watch = element.and_then(|e| SizeWatch::new(&e, move |size| set.set(Some(size))));
        move || drop(watch)
    });
    *size
}
