//! The state of a figure at a frame, and the notifications since the frame before.

use super::{FigureExpectation, Notification, numbers, us};
use crate::report::spoken_total;
use crate::session::{Document, RunView, State};
use crate::time::{Duration, Time};
use crate::types::{GroupId, Rank};
use std::rc::Rc;

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
