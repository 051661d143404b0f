//! The common input of all drawings of a run.

use crate::session::{PlaybackPace, State};
use crate::time::Time;
use crate::view::palette::ColourTheme;
use crate::view::spacetime::ChainHighlight;
use std::rc::Rc;

/// The state, the cursor, and the options of drawing.
#[derive(Clone)]
pub struct RenderContext {
    pub state: Rc<State>,
    pub pace: Rc<PlaybackPace>,
    /// The cursor, updated as often as text changes.
    pub cursor: Time,
    pub theme: ColourTheme,
    /// Whether the pointer is a finger.
    pub coarse: bool,
    pub reduced_motion: bool,
    /// The explanation to highlight.
    pub chain: Option<Rc<ChainHighlight>>,
}

/// Every action creates another state, so comparing pointers is enough.
impl PartialEq for RenderContext {
    fn eq(&self, other: &Self) -> bool {
        let look = |it: &Self| (it.cursor, it.theme, it.coarse, it.reduced_motion);
        Rc::ptr_eq(&self.state, &other.state)
            && self.pace == other.pace
            && look(self) == look(other)
            && self.chain == other.chain
    }
}
