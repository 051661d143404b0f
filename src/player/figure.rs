//! A figure as its host page sees it: its state at a frame, and the notifications since the frame before; and the
//! colours and the font that the page sets for it, read from text in a closed syntax: no CSS of the page enters the
//! frame.

use super::{FigureExpectation, Notification, numbers, us};
use crate::report::spoken_total;
use crate::session::{Document, RunView, State};
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};
use crate::view::Colour;
use crate::view::palette::HostColours;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::rc::Rc;
use thiserror::Error;

/// A figure at an instant.
#[derive(Clone, Debug)]
pub struct FigureState {
    run_view: Rc<RunView>,
    opened: Document,
    at: Time,
    /// Where the cursor rests, or playing began.
    from: Time,
    /// Where playing ends.
    end: Time,
    speed: Duration,
    is_playing: bool,
    is_looping: bool,
    is_changed: bool,
}

/// What a figure says of itself in its corner.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants describe their fields")]
pub enum FigureBadge {
    /// So many of its expectations hold, and where the first that does not was decided.
    Expected { kept: usize, total: usize, broken: Option<(Time, String)> },
    /// It has no expectations, and several processes led for so long, first at this instant.
    Split { lasted: Duration, from: Time },
}

/// Nothing where nothing is expected and nothing goes wrong.
pub fn badge(run_view: &RunView) -> Option<FigureBadge> {
    let verdicts = &run_view.report.expectations;
    if !verdicts.is_empty() {
        let broken = verdicts.iter().find(|verdict| !verdict.holds);
        return Some(FigureBadge::Expected {
            kept: verdicts.iter().filter(|verdict| verdict.holds).count(),
            total: verdicts.len(),
            broken: broken.map(|verdict| (Time::us(verdict.at_us), verdict.reason.clone())),
        });
    }
    let splits = run_view.strips.iter().flat_map(|strip| &strip.leading);
    let from = splits.filter(|span| span.value.len() > 1).map(|span| span.from).min()?;
    let lasted = run_view.strips.iter().map(|strip| {
        let splits = strip.leading.iter().filter(|span| span.value.len() > 1);
        spoken_total(splits.map(|span| (span.from, span.to)))
    });
    Some(FigureBadge::Split { lasted: lasted.max().unwrap_or_default(), from })
}

impl FigureState {
    /// The state of a figure at a frame.
    pub fn new(state: &State, run_view: &Rc<RunView>, cursor: Time) -> Self {
        Self {
            run_view: run_view.clone(),
            opened: state.opened.clone(),
            at: cursor,
            from: state.playback.anchor(),
            end: state.until(run_view.run.end()),
            speed: state.speed.0,
            is_playing: state.playback.is_playing(),
            is_looping: state.is_looping,
            is_changed: is_changed(state),
        }
    }

    /// The notifications since an earlier frame, in order; without one, all of them.
    pub fn since(&self, before: Option<&Self>) -> Vec<Notification> {
        let at_us = us(self.at);
        let before = before.filter(|before| before.opened == self.opened);
        let Some(before) = before else {
            return self.first();
        };
        let mut notices = Vec::new();
        if !Rc::ptr_eq(&before.run_view.run, &self.run_view.run) {
            notices.push(Notification::Changed { changed: self.is_changed, end_us: us(self.end) });
            notices.push(self.verdict());
        }
        if self.is_playing && (!before.is_playing || before.speed != self.speed) {
            // On a busy machine the next look comes late.
            let began = if before.is_playing { self.at } else { self.from.min(self.at) };
            notices.push(self.play(began));
        }
        notices.extend(self.turns(before));
        if self.at != before.at {
            notices.push(Notification::Timeupdate { at_us });
        }
        if before.is_playing && !self.is_playing {
            notices.push(Notification::Pause { at_us });
            if self.at >= self.end && !self.is_looping {
                notices.push(Notification::Ended { at_us });
            }
        }
        notices
    }

    /// The notifications of a scenario that was just opened: its leaders, and `play` if it plays.
    fn first(&self) -> Vec<Notification> {
        let mut notices = vec![self.ready(), self.verdict()];
        let groups = self.run_view.run.scenario().group_ids().zip(&*self.run_view.strips);
        let leading =
            groups.map(|(group, strip)| (self.at, group, strip.leaders(self.at).to_vec()));
        notices.extend(leading.flat_map(|turn| self.notify(turn)));
        notices.extend(self.is_playing.then(|| self.play(self.at)));
        notices
    }

    fn play(&self, at: Time) -> Notification {
        Notification::Play { at_us: us(at), speed_us: self.speed.as_us() }
    }

    fn ready(&self) -> Notification {
        let report = &self.run_view.report;
        Notification::Ready {
            title: report.title.clone(),
            algorithm: report.algorithm,
            at_us: us(self.at),
            end_us: us(self.end),
            speed_us: self.speed.as_us(),
            is_playing: self.is_playing,
            height: self.run_view.run.scenario().figure.height,
        }
    }

    fn verdict(&self) -> Notification {
        let verdicts = &self.run_view.report.expectations;
        let judged = verdicts.iter().map(|verdict| FigureExpectation {
            text: verdict.text.clone(),
            holds: verdict.holds,
            at_us: verdict.at_us,
            reason: verdict.reason.clone(),
            line: verdict.line,
        });
        let kept = verdicts.iter().filter(|verdict| verdict.holds).count();
        Notification::Verdict {
            holds: kept == verdicts.len(),
            kept,
            total: verdicts.len(),
            expectations: judged.collect(),
        }
    }

    /// Every change of leaders that was played through, or where something else was gone to the one
    /// that is new there.
    fn turns(&self, before: &Self) -> Vec<Notification> {
        let is_other_run = !Rc::ptr_eq(&before.run_view.run, &self.run_view.run);
        // What has begun to play since then has gone to where it began first.
        let gone_to = match (before.is_playing, self.is_playing) {
            (false, true) => self.from.min(self.at),
            (true, _) if self.at > before.at => before.at,
            (true, _) | (false, false) => self.at,
        };
        let gone_to = if is_other_run { self.at } else { gone_to };
        let mut turns: Vec<(Time, GroupId, Vec<Rank>)> = Vec::new();
        for (group, strip) in self.run_view.run.scenario().group_ids().zip(&*self.run_view.strips) {
            let led =
                before.run_view.strips.get(group.index()).map(|strip| strip.leaders(before.at));
            let leads = strip.leaders(gone_to);
            if led.is_none_or(|led| led != leads) {
                turns.push((gone_to, group, leads.to_vec()));
            }
            let spans = strip.leading.iter();
            let passed = spans.filter(|span| gone_to < span.from && span.from <= self.at);
            turns.extend(passed.map(|span| (span.from, group, span.value.clone())));
        }
        crate::sort::sort_by_key(&mut turns, |(at, group, _)| (*at, *group));
        turns.into_iter().flat_map(|turn| self.notify(turn)).collect()
    }

    fn notify(&self, (at, group, leaders): (Time, GroupId, Vec<Rank>)) -> Vec<Notification> {
        let (at_us, leaders) = (us(at), numbers(&leaders));
        let group = self.run_view.run.scenario().group(group).name.clone();
        let split = (leaders.len() > 1).then(|| Notification::Splitbrain {
            at_us,
            group: group.clone(),
            leaders: leaders.clone(),
        });
        let change = Notification::Leaderchange { at_us, group, leaders };
        [Some(change), split].into_iter().flatten().collect()
    }
}

/// Whether a visitor has changed what was opened.
pub fn is_changed(state: &State) -> bool {
    state.document().scenario() != state.opened.scenario()
}

/// What the host page sets; the figure keeps its own colour where a field is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct FigureColours {
    /// Background.
    pub ground: Option<HexColour>,
    /// Text and marks.
    pub ink: Option<HexColour>,
    /// Secondary text.
    pub quiet_ink: Option<HexColour>,
    /// Lines.
    pub line: Option<HexColour>,
}

/// An opaque colour: `#` and six hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(try_from = "String", into = "String")]
pub struct HexColour(#[cfg_attr(test, ts(as = "String"))] Colour);

/// Names of font families, separated by commas; quotes may be around a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(try_from = "String", into = "String")]
pub struct FontFamily(String);

/// The longest list of families that is accepted.
const MOST_FONT_BYTES: usize = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StyleError {
    #[error("a colour is `#` and six hexadecimal digits")]
    Colour,
    #[error(
        "a font is a list of family names of letters, digits, spaces, `-`, `_` and `.`, with at most {MOST_FONT_BYTES} bytes"
    )]
    Font,
}

impl FigureColours {
    /// As the palette takes them.
    pub fn host_colours(self) -> HostColours {
        let Self { ground, ink, quiet_ink, line } = self;
        let [ground, ink, quiet_ink, line] =
            [ground, ink, quiet_ink, line].map(|hex| hex.map(|HexColour(colour)| colour));
        HostColours { ground, ink, quiet_ink, line }
    }
}

impl FontFamily {
    /// In the syntax of CSS's `font-family`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for HexColour {
    type Error = StyleError;

    fn try_from(text: String) -> Result<Self, StyleError> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let is_hex = |digits: &&str| digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let number = digits.filter(is_hex).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        number.map(|number| Self(Colour::hex(number))).ok_or(StyleError::Colour)
    }
}

impl From<HexColour> for String {
    fn from(HexColour(colour): HexColour) -> Self {
        colour.to_string()
    }
}

impl TryFrom<String> for FontFamily {
    type Error = StyleError;

    fn try_from(text: String) -> Result<Self, StyleError> {
        let is_name = |name: &str| {
            let name = name.trim();
            let quoted = |quote| name.strip_prefix(quote)?.strip_suffix(quote);
            let bare = quoted('"').or_else(|| quoted('\'')).unwrap_or(name);
            let fits = |letter: char| letter.is_alphanumeric() || " -_.".contains(letter);
            !bare.is_empty() && bare.chars().all(fits)
        };
        match text.len() <= MOST_FONT_BYTES && text.split(',').all(is_name) {
            true => Ok(Self(text)),
            false => Err(StyleError::Font),
        }
    }
}

impl From<FontFamily> for String {
    fn from(FontFamily(names): FontFamily) -> Self {
        names
    }
}

impl fmt::Display for FontFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_hexadecimal_digits_and_nothing_else() {
        let read = |text: &str| HexColour::try_from(text.to_owned());
        assert_eq!(read("#aB0912"), Ok(HexColour(Colour::hex(0xAB_0912))));
        for hostile in
            ["", "#", "red", "#fff", "#+12345", "#12345é", "#1234567", "url(x)", "#123456;--x:1"]
        {
            assert_eq!(read(hostile), Err(StyleError::Colour), "{hostile}");
        }
    }

    #[test]
    fn a_font_is_a_list_of_names_and_nothing_else() {
        let read = |text: &str| FontFamily::try_from(text.to_owned());
        for names in ["Georgia", "\"Segoe UI\", 'Noto Sans' , -apple-system, serif", "游ゴシック"]
        {
            assert_eq!(read(names).map(String::from), Ok(names.to_owned()));
        }
        let long = "a".repeat(MOST_FONT_BYTES + 1);
        for hostile in
            ["", "a,,b", "url(x)", "x;color:red", "\"a", "a\"b", "\\61", "}*{", "var(--x)", &long]
        {
            assert_eq!(read(hostile), Err(StyleError::Font), "{hostile}");
        }
    }
}
