//! The parts of the page. A component takes plain values and callbacks that speak intentions.

mod compare;
mod header;
mod icon;
mod inspector;
mod key;
mod kinds;
mod moment;
mod more;
mod panel;
mod stage;
mod start;
mod story;
mod strip;
mod tabs;
mod transport;
mod verdict;

pub use compare::Compare;
pub use header::Header;
pub use icon::{Icon, icon};
pub use inspector::Inspector;
pub use key::BeliefKey;
pub use kinds::Kinds;
pub use moment::Moment;
pub use panel::PanelColumn;
pub use stage::Stage;
pub use start::Start;
pub use story::Story;
pub use strip::StripBar;
pub use tabs::Tabs;
pub use transport::{Clock, PlayButton, Transport};
pub use verdict::VerdictPanel;
