//! The page, in Yew: components receive plain values and return actions and commands; one reducer applies
//! them.

mod app;
mod components;
mod dispatcher;
mod figure;
mod hooks;
mod page;
mod render_context;

pub use app::App;
pub use figure::Figure;
