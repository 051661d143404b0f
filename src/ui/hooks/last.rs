//! What was open last, as the browser keeps it from one visit to the next.

use crate::session::{Document, LastOpen};
use crate::web::storage;
use yew::prelude::*;

const KEY: &str = "hustings.last";

/// What was open when the page was left last; from now on the present document is kept. A browser
/// that keeps nothing, or something odd, has nothing to go on with.
#[hook]
pub fn use_last(document: &Document) -> Option<Document> {
    let last = use_memo((), |()| LastOpen::read(&storage::read(KEY)?)?.document());
    use_effect_with(document.clone(), |document| {
        if let Some(remembered) = LastOpen::of(document) {
            storage::write(KEY, &remembered.written());
        }
    });
    (*last).clone()
}
