//! What all drawings of a run have in common.

use crate::session::{PlaybackPace, State};
use crate::time::Time;
use crate::view::palette::ColourTheme;
use crate::view::spacetime::ChainHighlight;
use std::rc::Rc;

/// The session, the instant, and how it is drawn.
#[derive(Clone)]
pub struct RenderContext {
    pub state: Rc<State>,
    pub pace: Rc<PlaybackPace>,
    /// The cursor, as often as words change.
    pub cursor: Time,
    pub theme: ColourTheme,
    /// A finger points, not a mouse.
    pub coarse: bool,
    pub reduced_motion: bool,
    /// Why something happened, while that is asked.
    pub chain: Option<Rc<ChainHighlight>>,
}

/// Every action makes another state, so the pointer tells enough.
impl PartialEq for RenderContext {
    fn eq(&self, other: &Self) -> bool {
        let look = |it: &Self| (it.cursor, it.theme, it.coarse, it.reduced_motion);
        Rc::ptr_eq(&self.state, &other.state)
            && self.pace == other.pace
            && look(self) == look(other)
            && self.chain == other.chain
    }
}
