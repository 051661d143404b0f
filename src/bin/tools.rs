//! The program of the page's worker, fetched when it is first needed.

use hustings::web::tools;

fn main() {
    tools::serve();
}
