//! How fast it is, natively and in a browser: one list of cases, timed on both sides.
//!
//! `cargo xtask bench` runs both and prints one table. Natively criterion takes the samples; in the
//! browser, where criterion cannot run, `main` takes them and says each on the console. Either way
//! the fastest sample counts: it is the one that the rest of the machine disturbed least.

#[path = "speed/cases.rs"]
mod cases;

#[cfg(not(target_arch = "wasm32"))]
#[path = "speed/native.rs"]
mod native;

#[cfg(target_arch = "wasm32")]
#[path = "speed/browser.rs"]
mod browser;

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    native::main();
    #[cfg(target_arch = "wasm32")]
    browser::main();
}
