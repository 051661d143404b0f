//! The parts of the page. A component takes plain values and callbacks that speak intentions.

mod header;
mod icon;
mod key;
mod kinds;
mod menu;
mod spacetime;
mod split;
mod stage;
mod story;
mod strip;
mod timeline;
mod transport;
mod verdict;

pub use header::Header;
pub use icon::{Icon, icon};
pub use key::BeliefKey;
pub use kinds::Kinds;
pub use split::Split;
pub use stage::Stage;
pub use story::Story;
pub use strip::StripBar;
pub use timeline::Timeline;
pub use transport::Transport;
pub use verdict::VerdictPanel;
