//! The page's program.

fn main() {
    hustings::web::panic::show_a_card();
    if let Some(root) = gloo_utils::document().get_element_by_id("app") {
        yew::Renderer::<hustings::ui::App>::with_root(root).render();
    }
}
