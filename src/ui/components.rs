//! The parts of the page. A component takes plain values and callbacks that speak intentions.

mod deeds_menu;
mod header;
mod icon;
mod inspector;
mod key;
mod kinds;
mod moment;
mod more;
mod notice;
mod panel;
mod stage;
mod story;
mod strip;
mod tabs;
mod transport;
mod verdict;

pub use deeds_menu::DeedsMenu;
pub use header::Header;
pub use icon::{Icon, icon};
pub use inspector::Inspector;
pub use key::BeliefKey;
pub use kinds::Kinds;
pub use moment::Moment;
pub use notice::Notice;
pub use panel::PanelColumn;
pub use stage::Stage;
pub use story::Story;
pub use strip::StripBar;
pub use tabs::Tabs;
pub use transport::Transport;
pub use verdict::VerdictPanel;
