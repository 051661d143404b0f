//! The values of a setting: a range with a step, or a list.

use super::{SweepError, SweepSetting, SweepUnit, SweepValue};
use crate::scenario::{Rate, Scenario, limits};
use crate::sort;
use crate::time::Duration;

/// The values of a setting: numbers ascending, words in their order. One at least, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SweepRange(Vec<SweepValue>);

impl SweepRange {
    /// Reads `150ms..1s/50ms`, `3..9` or `100ms,350ms,1s`.
    ///
    /// # Errors
    /// The text is no range of values of the setting, or has too many of them.
    pub fn read(setting: SweepSetting, text: &str) -> Result<Self, SweepError> {
        let wrong = |problem: String| SweepError::WrongRange {
            setting: setting.to_string(),
            range: text.to_owned(),
            problem,
        };
        let Some((from, rest)) = text.split_once("..") else {
            let values = text.split(',').map(|value| setting.value(value));
            return Self::of(setting, values.collect::<Result<_, _>>()?);
        };
        let (to, step) = rest.split_once('/').map_or((rest, None), |(to, step)| (to, Some(step)));
        // As in `latency 10..20ms`, a number without a unit has that of the end.
        let unit = unit(to);
        let number = |text: &str| {
            let text = text.trim();
            let value = match self::unit(text) {
                "" => setting.value(&format!("{text}{unit}"))?,
                _ => setting.value(text)?,
            };
            value.position().ok_or_else(|| wrong(format!("`{value}` is no number")))
        };
        let step = match (step, setting.unit()) {
            (Some(step), _) => number(step)?,
            (None, SweepUnit::Count | SweepUnit::Words { .. }) => 1,
            (None, SweepUnit::Span | SweepUnit::Rate) => {
                return Err(wrong(format!("a range has a step, such as `{}`", example(setting))));
            }
        };
        let (from, to) = (number(from)?, number(to)?);
        if step == 0 {
            return Err(wrong("the step is nothing".to_owned()));
        }
        if to < from {
            return Err(wrong("it ends before it starts".to_owned()));
        }
        let found = (to - from) / step + 1;
        if found > super::MOST_VALUES as u64 {
            return Err(SweepError::TooManyValues { setting: setting.to_string(), found });
        }
        let places = (0..found).map(|place| value(setting.unit(), from + place * step));
        let values = places.collect::<Option<Vec<SweepValue>>>();
        values.map(Self).ok_or_else(|| wrong("it leads beyond all values".to_owned()))
    }

    /// These values.
    ///
    /// # Errors
    /// A value is there twice, or there are too many.
    pub fn of(setting: SweepSetting, mut values: Vec<SweepValue>) -> Result<Self, SweepError> {
        let setting = || setting.to_string();
        if values.len() > super::MOST_VALUES {
            return Err(SweepError::TooManyValues {
                setting: setting(),
                found: values.len() as u64,
            });
        }
        let mut before = values.iter().enumerate();
        let again = before.find(|(place, value)| values[..*place].contains(value));
        if let Some((_, value)) = again {
            return Err(SweepError::ValueTwice { setting: setting(), value: value.to_string() });
        }
        if values.iter().all(|value| value.position().is_some()) {
            sort::sort_by_key(&mut values, SweepValue::position);
        }
        Ok(Self(values))
    }

    /// A range about the scenario's own value, which is one of its values. The instants of a fault end midway between
    /// its own and the end of the run.
    ///
    /// # Errors
    /// The scenario cannot have the setting.
    pub fn usual(setting: SweepSetting, scenario: &Scenario) -> Result<Self, SweepError> {
        let own = setting.own(scenario)?;
        let longest = limits::LONGEST_SPAN.as_us();
        // A fault close to the end leaves no time in which the run shows what comes of it.
        let latest = scenario.until.filter(|_| matches!(setting, SweepSetting::LineAt(_)));
        let latest = latest.map(|until| own.position().unwrap_or_default().midpoint(until.as_us()));
        let most = match setting.unit() {
            SweepUnit::Span => latest.unwrap_or(longest),
            SweepUnit::Rate => Rate::ALWAYS.as_ppm().into(),
            SweepUnit::Count | SweepUnit::Words { .. } => limits::MOST_PROCESSES as u64,
        };
        let step = match setting.unit() {
            SweepUnit::Span => round(own.position().unwrap_or_default() / 7).max(1_000),
            SweepUnit::Rate => PERCENT,
            SweepUnit::Count | SweepUnit::Words { .. } => 1,
        };
        let values = match own.position() {
            Some(place) => {
                let below = place.saturating_sub(1) / step;
                let first = place - below.min(4) * step;
                let after = |nth: u64| Some(first + nth * step).filter(|&place| place <= most);
                let places = (0..18).map_while(after);
                places.filter_map(|place| value(setting.unit(), place)).collect()
            }
            None => words(setting, own),
        };
        let values: Vec<SweepValue> = values;
        let fit = |value: &SweepValue| setting.with(scenario, value).is_ok();
        Self::of(setting, values.into_iter().filter(fit).collect())
    }

    /// The values.
    pub fn values(&self) -> &[SweepValue] {
        &self.0
    }
}

/// The usual words of a setting, with the scenario's own first.
fn words(setting: SweepSetting, own: SweepValue) -> Vec<SweepValue> {
    let usual = match setting.unit() {
        SweepUnit::Words { usual, .. } => usual,
        SweepUnit::Span | SweepUnit::Rate | SweepUnit::Count => &[],
    };
    let mut all = vec![own];
    for &word in usual {
        let is_own = |value: &SweepValue| match value {
            SweepValue::Words(words) => words.split(' ').next() == Some(word),
            SweepValue::Span(_) | SweepValue::Rate(_) | SweepValue::Count(_) => false,
        };
        if !all.iter().any(is_own) {
            all.push(SweepValue::Words(word.to_owned()));
        }
    }
    all
}

/// One percent, in parts per million.
const PERCENT: u64 = 10_000;

/// The largest number of 1, 2 or 5 times a power of ten that is no larger.
fn round(number: u64) -> u64 {
    let power = 10_u64.pow(number.checked_ilog10().unwrap_or_default());
    [5, 2, 1].into_iter().map(|times| times * power).find(|&it| it <= number).unwrap_or(power)
}

/// The value at a place of the axis; none beyond what its type holds.
fn value(unit: SweepUnit, place: u64) -> Option<SweepValue> {
    Some(match unit {
        SweepUnit::Span => SweepValue::Span(Duration::us(place)),
        SweepUnit::Rate => SweepValue::Rate(Rate::ppm(place.try_into().ok()?)?),
        SweepUnit::Count | SweepUnit::Words { .. } => SweepValue::Count(place.try_into().ok()?),
    })
}

/// What stands behind a number.
fn unit(text: &str) -> &str {
    text.trim().trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.')
}

/// A range of such a setting.
const fn example(setting: SweepSetting) -> &'static str {
    match setting.unit() {
        SweepUnit::Span => "150ms..1s/50ms",
        SweepUnit::Rate => "0%..5%/1%",
        SweepUnit::Count | SweepUnit::Words { .. } => "3..9/2",
    }
}
