//! The playback: it computes the cursor from the browser's clock, so that no frame has to store it.

use crate::scenario::Scenario;
use crate::time::{Duration, Time};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Playback {
    Paused {
        at: Time,
    },
    /// Plays with reduced motion: from event to event, when the page asks for the next step.
    Stepping {
        at: Time,
    },
    /// Plays, but is suspended: the pointer is on the playhead, or the page is hidden. Virtual time does not
    /// pass unseen.
    Held {
        at: Time,
    },
    /// Plays: the cursor was at `from` when the browser's clock showed `since`, in milliseconds.
    Playing {
        from: Time,
        since: f64,
        speed: Speed,
    },
}

/// The virtual time that passes in a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speed(pub Duration);

/// The steps of the speed slider, from 1 ms to 10 s a second, about evenly spaced on a logarithmic scale.
pub const SPEEDS: [Speed; 13] = [
    Speed(Duration::ms(1)),
    Speed(Duration::ms(2)),
    Speed(Duration::ms(5)),
    Speed(Duration::ms(10)),
    Speed(Duration::ms(20)),
    Speed(Duration::ms(50)),
    Speed(Duration::ms(100)),
    Speed(Duration::ms(200)),
    Speed(Duration::ms(500)),
    Speed(Duration::ms(1_000)),
    Speed(Duration::ms(2_000)),
    Speed(Duration::ms(5_000)),
    Speed(Duration::ms(10_000)),
];

/// How playback passes through the run: where it begins and ends, whether it loops, and which quiet spans it
/// shortens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaybackPace {
    /// The instant from which a loop starts again.
    pub start: Time,
    pub end: Time,
    pub is_looping: bool,
    /// Spans that take `FOLD` milliseconds each; ascending and disjoint.
    pub folds: Vec<(Time, Time)>,
}

/// How long playback of a quiet span takes, in milliseconds of the browser's clock.
const FOLD: f64 = 300.0;

impl Speed {
    /// The initial speed of a scenario: the figure's, else 50 ms a second.
    pub fn of(scenario: &Scenario) -> Self {
        Self(scenario.figure.speed.unwrap_or(Duration::ms(50)))
    }

    /// The next higher or lower of `SPEEDS`; the same at either end.
    pub fn next(self, faster: bool) -> Self {
        let next = if faster {
            SPEEDS.into_iter().find(|&speed| speed > self)
        } else {
            SPEEDS.into_iter().rev().find(|&speed| speed < self)
        };
        next.unwrap_or(self)
    }
}

impl Playback {
    /// Whether it plays, even if it is suspended.
    pub fn is_playing(&self) -> bool {
        !matches!(self, Self::Paused { .. })
    }

    /// Whether the cursor moves with the browser's clock, so that frames are needed.
    pub fn runs_by_the_clock(&self) -> bool {
        matches!(self, Self::Playing { .. })
    }

    /// The cursor when the browser's clock shows `now`, in milliseconds.
    pub fn cursor(&self, now: f64, pace: &PlaybackPace) -> Time {
        match *self {
            Self::Paused { at } | Self::Stepping { at } | Self::Held { at } => at.min(pace.end),
            Self::Playing { from, since, speed } => pace.after(from, (now - since).max(0.0), speed),
        }
    }

    /// Where the cursor rests or began to move: an instant that an address can name without constant changes.
    pub fn anchor(&self) -> Time {
        match *self {
            Self::Paused { at } | Self::Stepping { at } | Self::Held { at } => at,
            Self::Playing { from, .. } => from,
        }
    }

    /// Whether playback has reached the end.
    pub fn has_ended(&self, now: f64, pace: &PlaybackPace) -> bool {
        self.is_playing() && !pace.is_looping && self.cursor(now, pace) >= pace.end
    }

    /// Suspends playback by the clock.
    pub fn held(self, at: Time) -> Self {
        match self {
            Self::Playing { .. } => Self::Held { at },
            Self::Paused { .. } | Self::Stepping { .. } | Self::Held { .. } => self,
        }
    }

    /// Resumes suspended playback.
    pub fn released(self, now: f64, speed: Speed) -> Self {
        match self {
            Self::Held { at } => Self::Playing { from: at, since: now, speed },
            Self::Paused { .. } | Self::Stepping { .. } | Self::Playing { .. } => self,
        }
    }

    /// Moves the cursor; playback continues from there.
    pub fn moved(self, to: Time, now: f64) -> Self {
        match self {
            Self::Paused { .. } => Self::Paused { at: to },
            Self::Stepping { .. } => Self::Stepping { at: to },
            Self::Held { .. } => Self::Held { at: to },
            Self::Playing { speed, .. } => Self::Playing { from: to, since: now, speed },
        }
    }

    /// Changes the speed from `at` on.
    pub fn at_speed(self, speed: Speed, at: Time, now: f64) -> Self {
        match self {
            Self::Paused { .. } | Self::Stepping { .. } | Self::Held { .. } => self,
            Self::Playing { .. } => Self::Playing { from: at, since: now, speed },
        }
    }
}

impl PlaybackPace {
    /// The spans that playback shortens: those in which only heartbeats happen, if they are longer than two
    /// median latencies and a twelfth of the run. Half a median latency is kept on each side. If nothing else
    /// happens in the whole run, there is none.
    pub fn folds(quiet: &[(Time, Time)], end: Time, median: Duration) -> Vec<(Time, Time)> {
        let least = Duration::us((median.as_us() * 2).max(end.as_us() / 12));
        let whole = (Time::ZERO, end);
        let long =
            quiet.iter().filter(|(from, to)| to.since(*from) > least && (*from, *to) != whole);
        long.map(|&(from, to)| (from + median.half(), to - median.half())).collect()
    }

    /// The cursor after `elapsed` milliseconds of playback.
    fn after(&self, from: Time, elapsed: f64, speed: Speed) -> Time {
        let mut start = from.min(self.end);
        let mut left = elapsed;
        loop {
            match self.until_end(start, left, speed) {
                Ok(at) => return at,
                Err(_) if !self.is_looping => return self.end,
                Err(rest) => left = rest,
            }
            start = self.start.min(self.end);
            let whole = self.length(start, speed);
            if whole <= 0.0 {
                return self.end;
            }
            left %= whole;
        }
    }

    /// The instant after `left` milliseconds of playback; `Err` holds the milliseconds that remain at the
    /// end.
    fn until_end(&self, start: Time, mut left: f64, speed: Speed) -> Result<Time, f64> {
        let mut at = start;
        for (to, milliseconds) in self.sections(start, speed) {
            if left < milliseconds {
                let share = left / milliseconds;
                return Ok(at + Duration::us((to.since(at).as_us() as f64 * share) as u64));
            }
            left -= milliseconds;
            at = to;
        }
        Err(left)
    }

    /// How long playback from `start` to the end takes, in milliseconds.
    fn length(&self, start: Time, speed: Speed) -> f64 {
        self.sections(start, speed).map(|(_, milliseconds)| milliseconds).sum()
    }

    /// The sections of playback from `start`: the end of each, and its length in milliseconds.
    fn sections(&self, start: Time, speed: Speed) -> impl Iterator<Item = (Time, f64)> + '_ {
        let per_ms = (speed.0.as_us().max(1)) as f64 / 1_000.0;
        let folds = self.folds.iter().filter(move |(_, to)| *to > start);
        let bounds = folds.flat_map(move |&(from, to)| {
            let whole = to.since(from).as_us().max(1) as f64;
            let inside = FOLD * to.since(from.max(start)).as_us() as f64 / whole;
            [(from, None), (to, Some(inside))]
        });
        let mut at = start;
        bounds.chain([(self.end, None)]).filter_map(move |(to, fold)| {
            if to <= at {
                return None;
            }
            let milliseconds = fold.unwrap_or(to.since(at).as_us() as f64 / per_ms);
            at = to;
            Some((to, milliseconds))
        })
    }
}
