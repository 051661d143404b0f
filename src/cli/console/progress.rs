//! How far a long task is: shown only to people, and only once it has taken a second.

use super::Console;
use std::io::{self, IsTerminal};
use std::time::Duration;

/// Nothing is shown before.
const PATIENCE: Duration = Duration::from_secs(1);
/// And no more often than this.
const PAUSE: Duration = Duration::from_millis(100);

#[derive(Debug)]
#[expect(clippy::disallowed_types, reason = "how long a person has waited is wall time")]
pub struct ProgressLine {
    began: std::time::Instant,
    /// After so long.
    last_shown: Option<Duration>,
    has_reader: bool,
}

impl ProgressLine {
    #[expect(clippy::disallowed_types, reason = "how long a person has waited is wall time")]
    pub fn new() -> Self {
        let began = std::time::Instant::now();
        Self { began, last_shown: None, has_reader: io::stderr().is_terminal() }
    }

    /// Says how far it is, where it is time to.
    pub fn show(&mut self, console: &mut Console, text: impl Fn() -> String) {
        let waited = self.began.elapsed();
        if self.has_reader && is_due(waited, self.last_shown) {
            self.last_shown = Some(waited);
            console.status(Some(&text()));
        }
    }

    /// It is over.
    pub fn hide(&self, console: &mut Console) {
        if self.last_shown.is_some() {
            console.status(None);
        }
    }
}

fn is_due(waited: Duration, last_shown: Option<Duration>) -> bool {
    waited >= last_shown.map_or(PATIENCE, |last| last + PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_less_than_a_second_shows_no_progress_and_the_rest_ten_times_a_second() {
        let ms = Duration::from_millis;
        assert!(!is_due(ms(999), None));
        assert!(is_due(ms(1_000), None));
        assert!(!is_due(ms(1_099), Some(ms(1_000))));
        assert!(is_due(ms(1_100), Some(ms(1_000))));
    }
}
