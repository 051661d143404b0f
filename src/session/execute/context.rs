//! What is on the screen when a command is executed. In a comparison there are two runs on one clock, and what
//! comes next is what comes next in either.

use crate::session::{RunView, State};
use crate::time::Time;

#[derive(Clone, Copy, Debug)]
pub struct CommandContext<'a> {
    pub state: &'a State,
    pub run_view: &'a RunView,
    /// The run that it is compared with, while that is to be seen.
    pub comparison: Option<&'a RunView>,
    pub cursor: Time,
    /// The browser's clock, in milliseconds.
    pub now: f64,
    pub reduced_motion: bool,
}

impl CommandContext<'_> {
    /// Where playing begins anew.
    pub fn start(&self) -> Time {
        self.state.start()
    }

    /// Where the longer run ends, or what is played of it.
    pub fn end(&self) -> Time {
        self.state.until(self.runs().map(|run_view| run_view.run.end()).max().unwrap_or_default())
    }

    /// The first instant after the cursor at which something happens; nothing after the last.
    pub fn next_instant(&self) -> Option<Time> {
        let next = self.runs().filter_map(|run_view| run_view.run.next_instant(self.cursor)).min();
        next.filter(|&next| next <= self.end())
    }

    /// The last one before the cursor.
    pub fn previous_instant(&self) -> Option<Time> {
        self.runs().filter_map(|run_view| run_view.run.previous_instant(self.cursor)).max()
    }

    /// The last moment before the cursor or the start, and the first after it or the end.
    pub fn moments(&self) -> (Time, Time) {
        let each = || self.runs().map(|run_view| run_view.moments(self.cursor));
        let before = each().map(|(before, _)| before).max().unwrap_or_default();
        // Where one run has no more moments, the other may: its end is none.
        let after =
            each().zip(self.runs()).filter(|((_, after), run_view)| *after < run_view.run.end());
        (before, after.map(|((_, after), _)| after).min().unwrap_or_else(|| self.end()))
    }

    fn runs(&self) -> impl Iterator<Item = &RunView> {
        [Some(self.run_view), self.comparison].into_iter().flatten()
    }
}
