//! The program of a figure in another page.

use hustings::ui::Figure;
use hustings::web;

fn main() {
    web::show_a_card();
    if let Some(root) = gloo_utils::document().get_element_by_id("app") {
        yew::Renderer::<Figure>::with_root(root).render();
    }
}
