//! The page, in Yew: plain values go down, intentions come up, and one reducer decides.

mod app;
mod components;
mod hooks;
pub mod page;

pub use app::App;
