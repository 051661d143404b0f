//! Where the cursor is: a function of the browser's clock, never stored sixty times a second.

use crate::scenario::Scenario;
use crate::time::{Duration, Time};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Playback {
    Paused {
        at: Time,
    },
    /// With reduced motion: from event to event, whenever the page says so.
    Stepping {
        at: Time,
    },
    /// It plays, but not just now: a hand is on the strip, or nobody can see the page. Virtual time
    /// does not pass unseen.
    Held {
        at: Time,
    },
    /// The cursor was at `from` when the browser's clock showed `since`, in milliseconds.
    Playing {
        from: Time,
        since: f64,
        speed: Speed,
    },
}

/// Virtual time that passes in a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speed(pub Duration);

/// What the slider offers, in equal steps to the eye.
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

/// What playing passes through: quiet stretches quickly, and at the end back to the start or to a stop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaybackPace {
    /// Where a loop begins anew.
    pub start: Time,
    pub end: Time,
    pub is_looping: bool,
    /// Stretches that are passed in `FOLD` each; ascending, apart from each other.
    pub folds: Vec<(Time, Time)>,
}

/// How long a quiet stretch takes to pass, in milliseconds of the browser's clock.
const FOLD: f64 = 300.0;

impl Speed {
    /// At which a scenario is legible at first: the figure's, else 50 ms a second.
    pub fn of(scenario: &Scenario) -> Self {
        Self(scenario.figure.speed.unwrap_or(Duration::ms(50)))
    }

    /// The next of `SPEEDS` above or below.
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
    /// Whether it goes on by itself.
    pub fn is_playing(&self) -> bool {
        !matches!(self, Self::Paused { .. })
    }

    /// Whether the cursor moves with the browser's clock, so that there is something to animate.
    pub fn runs_by_the_clock(&self) -> bool {
        matches!(self, Self::Playing { .. })
    }

    /// The instant that is shown when the browser's clock shows `now`.
    pub fn cursor(&self, now: f64, pace: &PlaybackPace) -> Time {
        match *self {
            Self::Paused { at } | Self::Stepping { at } | Self::Held { at } => at.min(pace.end),
            Self::Playing { from, since, speed } => pace.after(from, (now - since).max(0.0), speed),
        }
    }

    /// Where the cursor rests, or began to move: what an address can name without changing all the time.
    pub fn anchor(&self) -> Time {
        match *self {
            Self::Paused { at } | Self::Stepping { at } | Self::Held { at } => at,
            Self::Playing { from, .. } => from,
        }
    }

    /// Whether playing has come to its end.
    pub fn has_ended(&self, now: f64, pace: &PlaybackPace) -> bool {
        self.is_playing() && !pace.is_looping && self.cursor(now, pace) >= pace.end
    }

    /// What plays by the clock waits.
    pub fn held(self, at: Time) -> Self {
        match self {
            Self::Playing { .. } => Self::Held { at },
            Self::Paused { .. } | Self::Stepping { .. } | Self::Held { .. } => self,
        }
    }

    /// What waited goes on from where it is.
    pub fn released(self, now: f64, speed: Speed) -> Self {
        match self {
            Self::Held { at } => Self::Playing { from: at, since: now, speed },
            Self::Paused { .. } | Self::Stepping { .. } | Self::Playing { .. } => self,
        }
    }

    /// At another instant, still playing if it plays.
    pub fn moved(self, to: Time, now: f64) -> Self {
        match self {
            Self::Paused { .. } => Self::Paused { at: to },
            Self::Stepping { .. } => Self::Stepping { at: to },
            Self::Held { .. } => Self::Held { at: to },
            Self::Playing { speed, .. } => Self::Playing { from: to, since: now, speed },
        }
    }

    /// From `at` on at another speed.
    pub fn at_speed(self, speed: Speed, at: Time, now: f64) -> Self {
        match self {
            Self::Paused { .. } | Self::Stepping { .. } | Self::Held { .. } => self,
            Self::Playing { .. } => Self::Playing { from: at, since: now, speed },
        }
    }
}

impl PlaybackPace {
    /// The folds of a run: stretches without an event but heartbeats, longer than two median
    /// latencies and a twelfth of the run; half a median is kept on each side. A run in which
    /// nothing else happens has none: its heartbeats are what there is to see.
    pub fn folds(quiet: &[(Time, Time)], end: Time, median: Duration) -> Vec<(Time, Time)> {
        let least = Duration::us((median.as_us() * 2).max(end.as_us() / 12));
        let whole = (Time::ZERO, end);
        let long =
            quiet.iter().filter(|(from, to)| to.since(*from) > least && (*from, *to) != whole);
        long.map(|&(from, to)| (from + median.half(), to - median.half())).collect()
    }

    /// Where `elapsed` milliseconds of playing lead.
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

    /// Where `left` milliseconds lead, or how many are left over at the end.
    fn until_end(&self, start: Time, mut left: f64, speed: Speed) -> Result<Time, f64> {
        let mut at = start;
        for (to, milliseconds) in self.legs(start, speed) {
            if left < milliseconds {
                let share = left / milliseconds;
                return Ok(at + Duration::us((to.since(at).as_us() as f64 * share) as u64));
            }
            left -= milliseconds;
            at = to;
        }
        Err(left)
    }

    /// How long playing from `start` to the end takes, in milliseconds.
    fn length(&self, start: Time, speed: Speed) -> f64 {
        self.legs(start, speed).map(|(_, milliseconds)| milliseconds).sum()
    }

    /// Where each leg of the way from `start` ends, and how long it takes.
    fn legs(&self, start: Time, speed: Speed) -> impl Iterator<Item = (Time, f64)> + '_ {
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
