//! The page, in Yew: plain values go down, intentions come up, and one reducer decides.

mod app;
mod components;
mod hooks;
mod page;

pub use app::App;
