//! The page's program: the page itself, or a figure in the frame of another.

use hustings::player::is_figure;
use hustings::ui::{App, Figure};
use hustings::web::{location, panic};
use yew::Renderer;

fn main() {
    panic::show_a_card();
    let Some(root) = gloo_utils::document().get_element_by_id("app") else { return };
    let query = location::query();
    match is_figure(query.iter().map(|(key, value)| (&**key, &**value))) {
        true => drop(Renderer::<Figure>::with_root(root).render()),
        false => drop(Renderer::<App>::with_root(root).render()),
    }
}
