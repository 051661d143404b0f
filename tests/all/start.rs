//! The start in the page's HTML is the start that the program shows.

use crate::golden;
use hustings::export::still;
use hustings::types::Rank;
use hustings::view::geometry::Rect;
use hustings::view::picture::{PICTURES, connector, start_frame};
use hustings::view::ring::RingLayout;

const OPENS: &str = "<!-- The start: written by tests/all/start.rs, UPDATE=1 rewrites it. -->\n";
const CLOSES: &str = "<!-- The end of the start. -->";

#[test]
fn the_page_holds_the_start_as_it_is() {
    let wanted = still::start_html().expect("the preset can be read");
    golden::check_between("index.html", OPENS, CLOSES, &wanted);
    assert!(!wanted.contains("style="), "the policy of the page forbids style attributes");
}

#[test]
fn the_style_sheet_has_every_class_that_the_picture_uses() {
    let sheet = include_str!("../../www/start.css");
    let html = still::start_html().expect("the preset can be read");
    let used = html.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let tokens = include_str!("../../www/style.css");
    for class in used.flat_map(str::split_whitespace) {
        let token = ["fill-", "stroke-", "halo-"].iter().find_map(|p| class.strip_prefix(p));
        assert!(sheet.contains(&format!(".{class}")), "www/start.css has no .{class}");
        let Some(token) = token else { continue };
        assert!(tokens.contains(&format!("--{token}:")), "{token} is no token");
        assert!(sheet.contains(&format!("var(--{token})")), "www/start.css shows no {token}");
    }
}

#[test]
fn the_button_is_over_no_process() {
    let ranks: Vec<Rank> = (1..=6).filter_map(Rank::new).collect();
    // A phone has it below the stage.
    for picture in &PICTURES[..2] {
        let frame = start_frame(picture.size, &ranks);
        let ring = RingLayout::new(&ranks, frame.size, frame.inset, frame.radius);
        let [dot, side] = connector(&ring);
        let button = Rect::new(side.x, side.y - 24.0, side.x + 200.0, side.y + 24.0);
        assert!(button.max.x < picture.size.width, "{} has room for it", picture.name);
        assert!(dot.x < side.x);
        for (rank, at) in ring.places() {
            assert!(!button.meets_disc(*at, ring.radius + 4.0), "over {rank}, {}", picture.name);
        }
    }
}
