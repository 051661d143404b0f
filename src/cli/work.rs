//! Runs a search or a sweep on all cores, shows its progress, and stops it at a limit or by Ctrl-C.

use super::console::{Console, ProgressLine};
use super::system::{System, WorkJob};
use crate::search::{Search, SearchPart};
use crate::sweep::{Sweep, SweepPart};
use std::fmt;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

/// The largest number of runs of a search.
pub(crate) const MOST_RUNS: u64 = 10_000_000;
/// After about so many events a part looks whether it should stop.
const SLICE: u64 = 20_000;

/// When it stops, beside Ctrl-C.
pub(crate) struct Work {
    system: Rc<dyn System>,
    began: Duration,
    seconds: Option<u32>,
    runs: u64,
}

/// How the work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WorkEnd {
    Done,
    Stopped(WorkStop),
}

/// Why it stopped before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WorkStop {
    Runs(u64),
    Seconds(u32),
    Interrupted,
}

impl fmt::Display for WorkStop {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Runs(runs) => write!(f, "{runs} runs were asked for at most, with --runs"),
            Self::Seconds(seconds) => {
                write!(f, "{seconds} seconds were asked for at most, with --seconds")
            }
            Self::Interrupted => f.write_str("by Ctrl-C"),
        }
    }
}

/// A part of a wave.
trait WorkPart: Send {
    /// Works for about so many events; true once it is done.
    fn step(&mut self, events: u64) -> bool;
    fn runs(&self) -> u64;
    /// Whether the parts behind it need not be done.
    fn has_enough(&self) -> bool;
}

impl WorkPart for SearchPart {
    fn step(&mut self, events: u64) -> bool {
        self.step(events)
    }

    fn runs(&self) -> u64 {
        self.runs()
    }

    fn has_enough(&self) -> bool {
        self.has_enough()
    }
}

impl WorkPart for SweepPart {
    fn step(&mut self, events: u64) -> bool {
        self.step(events)
    }

    fn runs(&self) -> u64 {
        self.runs()
    }

    fn has_enough(&self) -> bool {
        false
    }
}

impl Work {
    pub(crate) fn new(console: &Console, seconds: Option<u32>, runs: u64) -> Self {
        let system = console.system();
        system.watch_interrupts();
        Self { began: system.now(), system, seconds, runs }
    }

    /// Runs the search to its end or to a limit.
    pub(crate) fn search(&self, search: &mut Search, console: &mut Console) -> WorkEnd {
        let mut line = ProgressLine::new(&*self.system);
        let end = loop {
            if search.progress().is_done {
                break WorkEnd::Done;
            }
            let text = search_progress(search);
            let runs = search.progress().runs;
            let stop = self.wave(search.wave(), runs, || line.show(console, || text.clone()));
            if let Some(reason) = stop {
                break WorkEnd::Stopped(reason);
            }
            search.close_wave();
        };
        line.hide(console);
        end
    }

    /// Runs the sweep to its end or to a limit; what is done then counts.
    pub(crate) fn sweep(&self, sweep: &mut Sweep, console: &mut Console) -> WorkEnd {
        let mut line = ProgressLine::new(&*self.system);
        let end = loop {
            let progress = sweep.progress();
            if progress.is_done() {
                break WorkEnd::Done;
            }
            let text = || format!("{} of {} runs", progress.runs, progress.all);
            let stop = self.wave(sweep.wave(), progress.runs, || line.show(console, text));
            sweep.close_wave();
            if let Some(reason) = stop {
                break WorkEnd::Stopped(reason);
            }
        };
        line.hide(console);
        end
    }

    /// Runs the parts of a wave on all cores, after so many runs before it.
    fn wave<P: WorkPart>(
        &self,
        parts: &mut [P],
        runs: u64,
        mut wait: impl FnMut(),
    ) -> Option<WorkStop> {
        let is_stopped = AtomicBool::new(false);
        let runs = AtomicU64::new(runs);
        // Jobs behind one that finds the last answer need not be finished.
        let last = AtomicUsize::new(usize::MAX);
        let most_runs = self.runs;
        let mut reason = None;
        let jobs = parts.iter_mut().enumerate().map(|(place, part)| -> WorkJob {
            let (last, runs, is_stopped) = (&last, &runs, &is_stopped);
            Box::new(move || {
                let is_needed = !is_stopped.load(Ordering::Relaxed)
                    && place <= last.load(Ordering::Relaxed)
                    && runs.load(Ordering::Relaxed) < most_runs;
                let before = part.runs();
                let is_done = !is_needed || part.step(SLICE);
                runs.fetch_add(part.runs() - before, Ordering::Relaxed);
                if is_done && part.has_enough() {
                    last.fetch_min(place, Ordering::Relaxed);
                }
                is_done
            })
        });
        self.system.work(jobs.collect(), &mut || {
            wait();
            reason = reason.or_else(|| self.reached(0));
            is_stopped.store(reason.is_some(), Ordering::Relaxed);
        });
        reason.or_else(|| self.reached(runs.load(Ordering::Relaxed)))
    }

    /// The limit that is reached after so many runs.
    fn reached(&self, runs: u64) -> Option<WorkStop> {
        let Self { system, began, seconds, runs: most } = self;
        if system.is_interrupted() {
            return Some(WorkStop::Interrupted);
        }
        if runs >= *most {
            return Some(WorkStop::Runs(*most));
        }
        let waited = system.now().saturating_sub(*began);
        let seconds = seconds.filter(|&seconds| waited >= Duration::from_secs(seconds.into()));
        seconds.map(WorkStop::Seconds)
    }
}

/// What is being tried.
fn search_progress(search: &Search) -> String {
    let progress = search.progress();
    let share = progress.share().map_or_else(String::new, |share| format!(", {share} %"));
    format!("sets of {}{share}; {} runs", progress.level, progress.runs)
}
