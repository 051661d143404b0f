//! Parses a single value as it is typed into a field: as in a script, but the unit is optional where only one
//! makes sense. `60` is 60 ms, and `5` as a rate is 5%.

use super::parse::notation;
use super::parse::tokens;
use super::parse::tokens::{Cursor, ParseResult as Read};
use crate::election::AlgorithmOptionValue;
use crate::scenario::diagnostic::{DiagnosticKind, ExpectedWords};
use crate::scenario::{
    Colours, FigureOption, FigureValue, FigureValueKind, FigureView, Latency, OwnSetting,
    OwnSettingKind, Rate, Setting, SettingKind,
};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::Rank;
use thiserror::Error;

/// The reason why a field cannot be parsed, worded like the problems of a script.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FieldError {
    #[error("expected {0}")]
    Missing(ExpectedWords),
    #[error("expected {expected} alone, found `{rest}` behind it")]
    More { expected: ExpectedWords, rest: String },
    #[error(transparent)]
    Diagnostic(#[from] DiagnosticKind),
}

/// `60ms`, `1.5s`, `60`.
pub fn duration(text: &str) -> Result<Duration, FieldError> {
    whole(text, "until", |cursor| cursor.duration())
}

/// An instant, as a duration since the start.
pub fn instant(text: &str) -> Result<Time, FieldError> {
    whole(text, "until", |cursor| cursor.instant())
}

/// `0.5%`, `5`.
pub fn rate(text: &str) -> Result<Rate, FieldError> {
    whole(&with_percent(text), "loss", |cursor| cursor.percentage())
}

/// A number that ends without a unit is one of a hundred.
fn with_percent(text: &str) -> String {
    let is_bare = text.trim_end().ends_with(|end: char| end.is_ascii_digit());
    if is_bare { format!("{}%", text.trim_end()) } else { text.to_owned() }
}

/// `80ms`, `10..20ms`, `10..20`.
pub fn latency(text: &str) -> Result<Latency, FieldError> {
    whole(text, "latency", |cursor| cursor.latency())
}

/// `1 2 3`, or with commas.
pub fn ranks(text: &str) -> Result<Vec<Rank>, FieldError> {
    whole(text, "at 1ms crash", |cursor| cursor.few_ranks())
}

/// A whole number that fits into the type.
pub fn count<T: std::str::FromStr>(text: &str) -> Result<T, FieldError> {
    whole(text, "seed", |cursor| cursor.count())
}

/// A setting of the run, without the words before its value; text stands without quotes, and ranks without
/// `list`.
pub fn setting(kind: SettingKind, text: &str) -> Result<Setting, FieldError> {
    let words = kind.row().words();
    match kind {
        SettingKind::Title => Ok(Setting::Title(Setting::seen(text))),
        SettingKind::About => Ok(Setting::About(Setting::seen(text))),
        SettingKind::Ranks => {
            let mut ranks = ranks(text)?;
            sort::sort(&mut ranks);
            Ok(Setting::Ranks(ranks))
        }
        SettingKind::Loss | SettingKind::Duplicate => {
            whole(&with_percent(text), &words, |cursor| cursor.setting_value(kind))
        }
        SettingKind::Algorithm
        | SettingKind::Leader
        | SettingKind::Capacity
        | SettingKind::Detector
        | SettingKind::WaitAlive
        | SettingKind::WaitElected
        | SettingKind::Preempt
        | SettingKind::Quorum
        | SettingKind::Latency
        | SettingKind::Fifo
        | SettingKind::Seed
        | SettingKind::Seeds
        | SettingKind::Until
        | SettingKind::Figure => whole(text, &words, |cursor| cursor.setting_value(kind)),
    }
}

/// A setting of one link or process, likewise.
pub fn own_setting(kind: OwnSettingKind, text: &str) -> Result<OwnSetting, FieldError> {
    let text = match kind {
        OwnSettingKind::Drift | OwnSettingKind::Loss | OwnSettingKind::Duplicate => {
            with_percent(text)
        }
        OwnSettingKind::Timeout | OwnSettingKind::Every | OwnSettingKind::Latency => {
            text.to_owned()
        }
    };
    let process = if kind.of_run().is_some() { "" } else { " 1" };
    whole(&text, &format!("{}{process}", kind.row().words()), |cursor| cursor.own_value(kind))
}

/// A value of an option that the `figure` line can say; none where nothing is typed.
pub fn figure_field(option: FigureOption, text: &str) -> Result<Option<FigureValue>, FieldError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let word = option.row().word.map_or("", |said| said.word);
    whole(text, &format!("figure {word}"), |cursor| cursor.figure_value(option)).map(Some)
}

/// Reads the value of an option of an algorithm in its place, without the word before it.
///
/// # Errors
/// The text is no such value.
pub fn option(mut value: AlgorithmOptionValue, text: &str) -> Result<(), FieldError> {
    whole(text, "algorithm", |cursor| cursor.option_value(&mut value))
}

/// The value of a figure's option, as written in an attribute, an address or a form; `None` if it is invalid.
pub fn figure_value(option: FigureOption, text: &str) -> Option<FigureValue> {
    let flag = |text: &str| match text {
        "" | "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    };
    Some(match option.row().kind {
        FigureValueKind::Instant => FigureValue::Instant(instant(text).ok()?),
        FigureValueKind::Speed => {
            FigureValue::Speed(duration(text).ok().filter(|&speed| speed > Duration::ZERO)?)
        }
        FigureValueKind::View => {
            FigureValue::View(FigureView::ALL.into_iter().find(|view| view.name() == text)?)
        }
        FigureValueKind::Theme => {
            FigureValue::Theme(Colours::ALL.into_iter().find(|colours| colours.name() == text)?)
        }
        FigureValueKind::Bar => match text {
            "bar" => FigureValue::Bar(true),
            "none" => FigureValue::Bar(false),
            _ => return None,
        },
        FigureValueKind::Switch => FigureValue::Switch(flag(text)?),
        FigureValueKind::Flag => FigureValue::Flag(flag(text)?),
        FigureValueKind::Pixels => {
            let pixels = text.trim().strip_suffix("px").unwrap_or(text).trim().parse().ok()?;
            let [least, most] = option.row().range.unwrap_or([1, u16::MAX]);
            FigureValue::Pixels(Some(pixels).filter(|pixels| (least..=most).contains(pixels))?)
        }
    })
}

/// Parses a value. `statement` is one that ends in such a value, with which foreign notations are explained.
fn whole<T>(
    text: &str,
    statement: &str,
    read: impl FnMut(&mut Cursor<'_>) -> Read<T>,
) -> Result<T, FieldError> {
    let explained = |plain| match notation::explain_value(statement, text) {
        Some(error) => FieldError::Diagnostic(error),
        None => plain,
    };
    value(text, read).map_err(explained)
}

fn value<T>(text: &str, mut read: impl FnMut(&mut Cursor<'_>) -> Read<T>) -> Result<T, FieldError> {
    let tokens = tokens::tokens(text, 0).map_err(|failure| failure.error)?;
    let mut cursor = Cursor::lending(&tokens, Duration::ms(1).as_us());
    let value = read(&mut cursor).map_err(|failure| {
        if let DiagnosticKind::Expected { expected, found: None, .. } = failure.error {
            return FieldError::Missing(expected);
        }
        FieldError::Diagnostic(failure.error)
    })?;
    let Err(excess) = cursor.finish() else { return Ok(value) };
    // What it wants is what it misses where nothing stands.
    let nothing = read(&mut Cursor::new(&[])).map_err(|failure| failure.error);
    Err(match (nothing, cursor.peek()) {
        (Err(DiagnosticKind::Expected { expected, .. }), Some(rest)) => {
            FieldError::More { expected, rest: rest.text.to_owned() }
        }
        (Ok(_) | Err(_), _) => FieldError::Diagnostic(excess.error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_text<T>(read: Result<T, FieldError>) -> String {
        read.err().map_or_else(String::new, |problem| problem.to_string())
    }

    #[test]
    fn a_number_without_a_unit_means_milliseconds_or_percent() {
        assert_eq!(duration("60"), Ok(Duration::ms(60)));
        assert_eq!(duration(" 1.5s "), Ok(Duration::ms(1500)));
        assert_eq!(instant("2.5"), Ok(Time::us(2500)));
        assert_eq!(latency("10..20").ok(), Latency::new(Duration::ms(10), Duration::ms(20)));
        assert_eq!(latency("1..2s").ok(), Latency::new(Duration::secs(1), Duration::secs(2)));
        assert_eq!(latency("5ms..20").ok(), Latency::new(Duration::ms(5), Duration::ms(20)));
        assert_eq!(rate("0.5").ok(), Rate::ppm(5_000));
        assert_eq!(rate("12 ").ok(), Rate::ppm(120_000));
        assert_eq!(count::<u64>("7"), Ok(7));
    }

    #[test]
    fn ranks_are_listed_with_blanks_or_commas() {
        let read = ranks("1, 2 3,8").unwrap_or_default();
        assert_eq!(read.iter().map(|rank| rank.get()).collect::<Vec<_>>(), [1, 2, 3, 8]);
        assert_eq!(
            error_text(ranks("0 1")),
            "`0` is no rank; a rank is a whole number from 1 to 65535"
        );
    }

    #[test]
    fn what_cannot_be_read_says_what_was_expected() {
        assert_eq!(error_text(duration("")), "expected a duration such as `250ms`");
        assert_eq!(
            error_text(duration("soon")),
            "expected a duration such as `250ms`, found `soon`"
        );
        assert_eq!(
            error_text(latency("20..10")),
            "the latency goes down from 20ms to 10ms; the shorter one comes first"
        );
        assert_eq!(error_text(latency("10..")), "expected a duration such as `250ms`");
        assert_eq!(error_text(rate("120%")), "`120%` is more than 100%");
        assert!(error_text(duration("3 parsecs")).ends_with("found `parsecs` behind it"));
    }

    #[test]
    fn notations_of_other_languages_are_explained() {
        for (text, write) in [
            (error_text(duration("1,5s")), "1.5s"),
            (error_text(duration("1,5")), "1.5"),
            (error_text(duration("60 ms")), "60ms"),
            (error_text(instant(".5s")), "0.5s"),
            (error_text(rate("1,5%")), "1.5%"),
            (error_text(latency("10-20ms")), "10..20ms"),
            (error_text(ranks("1..3")), "1 2 3"),
        ] {
            assert!(text.contains(&format!("`{write}")), "{write}: {text}");
        }
    }
}
