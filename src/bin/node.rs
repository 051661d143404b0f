//! The program of the npm package.

fn main() {
    hustings::node::start();
}
