//! The page's program.

use hustings::ui::App;
use hustings::web;

fn main() {
    web::show_a_card();
    if let Some(root) = gloo_utils::document().get_element_by_id("app") {
        yew::Renderer::<App>::with_root(root).render();
    }
}
