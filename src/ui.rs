//! The page, in Yew: plain values go down, intentions come up, and one reducer decides.

mod app;
mod components;
mod dispatcher;
mod figure;
mod hooks;
mod page;
mod render_context;

pub use app::App;
pub use figure::Figure;
