//! What holds for a whole run, one value at a time.

use crate::election::Algorithm;
use crate::member::Detector;
use crate::scenario::text::is_invisible;
use crate::scenario::{FigureOptions, Latency, Link, Rate, ScenarioParts};
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};

/// One value of the set-up, and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// An empty one takes the title away.
    Title(String),
    About(String),
    Algorithm(Algorithm),
    /// Ascending. What names a process that is gone goes with it.
    Ranks(Vec<Rank>),
    /// Who leads a group at the start; nobody means that everybody boots at 0.
    Leader(GroupId, Option<Rank>),
    Detector(Detector),
    WaitAlive(Duration),
    WaitElected(Duration),
    Latency(Latency),
    /// Of one direction; nothing leaves it to the default again.
    LatencyOf(Link, Option<Latency>),
    Loss(Rate),
    LossOf(Link, Option<Rate>),
    Duplicate(Rate),
    Fifo(bool),
    Seed(u64),
    /// Nothing lets the timeline decide.
    Until(Option<Time>),
    /// How a figure opens.
    Figure(FigureOptions),
}

impl ScenarioParts {
    pub(super) fn set(&mut self, setting: Setting) {
        match setting {
            Setting::Title(text) => self.title = said(text),
            Setting::About(text) => self.about = said(text),
            Setting::Algorithm(algorithm) => self.algorithm = algorithm,
            Setting::Ranks(ranks) => self.set_ranks(ranks),
            Setting::Leader(group, leader) => {
                if let Some(group) = self.groups.get_mut(group.index()) {
                    group.leader = leader;
                }
            }
            Setting::Detector(detector) => self.detector = detector,
            Setting::WaitAlive(wait) => self.timeouts.alive = wait,
            Setting::WaitElected(wait) => self.timeouts.elected = wait,
            Setting::Latency(latency) => self.network.latency = latency,
            Setting::LatencyOf(link, own) => put(&mut self.network.latency_of, link, own),
            Setting::Loss(rate) => self.network.loss = rate,
            Setting::LossOf(link, own) => put(&mut self.network.loss_of, link, own),
            Setting::Duplicate(rate) => self.network.duplicate = rate,
            Setting::Fifo(fifo) => self.network.fifo = fifo,
            Setting::Seed(seed) => self.seed = seed,
            Setting::Until(until) => self.until = until,
            Setting::Figure(figure) => self.figure = figure,
        }
    }
}

fn put<T>(of: &mut std::collections::BTreeMap<Link, T>, link: Link, own: Option<T>) {
    match own {
        Some(own) => _ = of.insert(link, own),
        None => _ = of.remove(&link),
    }
}

fn said(text: String) -> Option<String> {
    Some(text).filter(|text| !text.chars().all(is_invisible))
}
