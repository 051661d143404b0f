//! The page, in Yew: plain values go down, intentions come up, and one reducer decides.

mod app;
mod components;
mod figure;
mod hooks;
pub mod page;

pub use app::App;
pub use figure::Figure;
