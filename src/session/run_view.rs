//! A finished run, with what the page needs of it repeatedly.

use super::{Document, PlaybackPace};
use crate::narration::StoryLine;
use crate::report::load::whole;
use crate::report::{Load, Report, Span, spoken_total};
use crate::run::{Run, Snapshot};
use crate::scenario::{Change, Setting};
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank};
use crate::view::build;
use crate::view::model::StageModel;
use crate::view::palette::LeaderStyles;
use crate::view::spacetime::model::{self, DiagramModel};
use crate::view::spacetime::scale::{Folding, Scale};
use crate::view::spacetime::{Diagram, GroupStrip, fold_width};
use std::rc::Rc;

#[derive(Debug)]
pub struct RunView {
    pub run: Rc<Run>,
    pub report: Rc<Report>,
    /// The load of requests, if a group has one.
    pub load: Option<Rc<Load>>,
    pub leader_styles: LeaderStyles,
    /// The leaders of the shown group, as spans that cover the run without gaps.
    pub leading: Vec<Span<Vec<Rank>>>,
    pub group: GroupId,
    /// Whether all groups are shown together.
    pub all: bool,
    /// The leaders of each group, in the order of the script.
    pub strips: Rc<[GroupStrip]>,
    /// Whether the future is hidden, since a lesson asks what comes.
    pub hides_future: bool,
}

/// The status of a group at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupStatus {
    pub title: String,
    pub detail: String,
    pub leaders: Vec<Rank>,
    /// The leaders as a sentence lists them.
    pub called: String,
    /// Of elections that overlap, so far; and how many elections were started.
    pub rounds: usize,
    pub elections: usize,
    pub leaderless: Duration,
    pub split: Duration,
    pub messages: u32,
    /// Set if the group has a load.
    pub requests: Option<Requests>,
}

/// The outcome of a group's requests so far, in whole requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requests {
    pub served: u64,
    pub dropped: u64,
    pub queued: u64,
    pub waiting: u64,
}

impl GroupStatus {
    /// The status in two words, for small spaces: `5 leads`, `Two leaders`.
    pub fn brief(&self) -> String {
        match &*self.leaders {
            [] => "No leader".to_owned(),
            [_] => format!("{} leads", self.called),
            several => format!("{} leaders", count(several.len())),
        }
    }

    /// The words after the number of rounds: `round`, or `rounds, 15 elections started` if some overlapped.
    pub fn rounds_word(&self) -> String {
        let word = if self.rounds == 1 { "round" } else { "rounds" };
        match self.elections == self.rounds {
            true => word.to_owned(),
            false => format!("{word}, {} elections started", self.elections),
        }
    }

    /// The status without the future: how long a split lasts, and which process takes over.
    #[must_use]
    pub fn without_what_comes(self) -> Self {
        let title = match &*self.leaders {
            [_, _, ..] => {
                format!("{} leaders, {}", count(self.leaders.len()), self.called)
            }
            _ => self.title,
        };
        Self { title, detail: String::new(), ..self }
    }
}

impl PartialEq for RunView {
    /// A finished run never changes, so that the address is enough.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl RunView {
    /// The view of a finished run, with the first group shown.
    pub fn new(run: Run, document: &Document) -> Self {
        let scenario = run.scenario();
        let strips: Vec<GroupStrip> = scenario
            .group_ids()
            .map(|id| GroupStrip {
                name: match scenario.groups.len() {
                    1 => String::new(),
                    _ => scenario.group(id).name.clone(),
                },
                is_ours: id == GroupId::MAIN,
                leading: run.tally().leading(id, run.end()),
                terms: run.tally().leaderships_by_term(id, run.end()),
            })
            .collect();
        let leaderships = run.tally().leaderships(scenario.group_ids(), run.end());
        Self {
            report: Rc::new(run.report(document.script())),
            load: run.load().map(Rc::new),
            leader_styles: LeaderStyles::new(&scenario.ranks, &leaderships),
            leading: strips[0].leading.clone(),
            group: GroupId::MAIN,
            all: false,
            strips: strips.into(),
            hides_future: false,
            run: Rc::new(run),
        }
    }

    /// The same run with another group shown, or with all groups.
    #[must_use]
    pub fn showing(&self, group: GroupId, all: bool) -> Self {
        let group = if group.index() < self.strips.len() { group } else { GroupId::MAIN };
        let ours = |(place, strip): (usize, &GroupStrip)| GroupStrip {
            is_ours: all || place == group.index(),
            ..strip.clone()
        };
        Self {
            run: self.run.clone(),
            report: self.report.clone(),
            load: self.load.clone(),
            leader_styles: self.leader_styles.clone(),
            leading: self.strips[group.index()].leading.clone(),
            group,
            all: all && self.has_groups(),
            strips: self.strips.iter().enumerate().map(ours).collect(),
            hides_future: self.hides_future,
        }
    }

    /// The same run with the future hidden.
    #[must_use]
    pub fn hiding_future(self) -> Self {
        Self { hides_future: true, ..self }
    }

    /// The run as if it ended at `last`: nothing that is drawn or written shows what comes later. Leaders
    /// keep their colours of the whole run. If the timeline continues after `last`, so that the run cannot
    /// end there, the future is hidden instead.
    #[must_use]
    pub fn ended_at(&self, last: Time, document: &Document) -> Self {
        let until = Change::Set(Setting::Until(Some(last)));
        match document.with(until) {
            Ok(document) => Self {
                leader_styles: self.leader_styles.clone(),
                ..Self::new(Run::of(document.scenario().clone()), &document)
            },
            Err(_) => self.showing(self.group, self.all).hiding_future(),
        }
    }

    /// Whether the scenario has several groups.
    pub fn has_groups(&self) -> bool {
        self.strips.len() > 1
    }

    /// Whether a group is shown.
    pub fn shows(&self, group: GroupId) -> bool {
        self.all || group == self.group
    }

    /// The name of the group that is shown alone; `None` if there is one group, or all are shown.
    pub fn group_name(&self) -> Option<String> {
        self.alone().map(|group| self.strips[group.index()].name.clone())
    }

    /// The id of the group that is shown alone; `None` if there is one group, or all are shown.
    pub fn alone(&self) -> Option<GroupId> {
        (self.has_groups() && !self.all).then_some(self.group)
    }

    /// The groups that are shown, in the order of the script.
    pub fn shown(&self) -> Vec<GroupId> {
        self.run.scenario().group_ids().filter(|&group| self.shows(group)).collect()
    }

    /// The number of processes in the shown groups, each of which has a lane.
    pub fn lanes(&self) -> usize {
        let scenario = self.run.scenario();
        let shown = self.shown();
        let has = |rank: &&Rank| shown.iter().any(|&id| scenario.group(id).members.contains(rank));
        scenario.ranks.iter().filter(has).count()
    }

    /// The initial window of the diagram.
    pub fn first_window(&self) -> (Time, Time) {
        model::first(&self.run, &self.shown())
    }

    /// The status of each group, if all are shown; `veiled` hides the future.
    pub fn verdicts(
        &self,
        snapshot: &Snapshot,
        veiled: bool,
    ) -> Vec<(GroupId, String, GroupStatus)> {
        if !self.all {
            return Vec::new();
        }
        let of = |group: GroupId| {
            let verdict = self.judged(group, snapshot);
            let verdict = if veiled { verdict.without_what_comes() } else { verdict };
            (group, self.strips[group.index()].name.clone(), verdict)
        };
        self.run.scenario().group_ids().map(of).collect()
    }

    /// The stage at an instant, of the shown groups.
    pub fn picture(&self, snapshot: &Snapshot) -> StageModel {
        let picture = match self.all {
            true => build::build_stage_of_all(snapshot, self.leader_styles.clone()),
            false => build::build_stage(snapshot, self.group, self.leader_styles.clone()),
        };
        let picture = StageModel { veiled: self.hides_future, ..picture };
        build::with_load(picture, self.run.scenario(), self.load.as_deref(), &self.shown())
    }

    pub fn pace(&self, is_looping: bool, skips_quiet: bool) -> PlaybackPace {
        let end = self.run.end();
        let median = self.run.scenario().network.latency.median();
        let folds = match skips_quiet {
            true => PlaybackPace::folds(self.run.index().quiet(), end, median),
            false => Vec::new(),
        };
        PlaybackPace { end, is_looping, folds, ..PlaybackPace::default() }
    }

    /// The folding of quiet spans in a diagram of this width, in pixels.
    pub fn folding(&self, skips_quiet: bool, width: f64) -> Folding<'_> {
        let quiet = if skips_quiet { self.run.index().quiet() } else { &[] };
        let median = self.run.scenario().network.latency.median();
        Folding { quiet, median, width: fold_width(width), end: self.run.end() }
    }

    /// The diagram of a part of the run, from its model.
    pub fn diagram<'a>(&'a self, record: &'a DiagramModel, scale: &'a Scale) -> Diagram<'a> {
        Diagram {
            scenario: self.run.scenario(),
            record,
            scale,
            strips: &self.strips,
            leader_styles: &self.leader_styles,
            end: self.run.end(),
            median: self.run.scenario().network.latency.median(),
            described: self.run.index().described(),
            chain: None,
        }
    }

    /// The latest sentence of the narration up to `time`, heartbeats aside.
    pub fn sentence(&self, time: Time) -> Option<StoryLine> {
        if self.alone().is_some() {
            // What happened last may concern others.
            return self.entries_up_to(time, 1).0.pop().map(|entry| entry.line);
        }
        let (from, to) = self.run.index().described_before(time);
        self.last_lines(from, to).0.pop()
    }

    /// The last moment before `time`, and the first after it.
    pub fn moments(&self, time: Time) -> (Time, Time) {
        let moments = self.run.index().moments();
        let before = moments.partition_point(|&moment| moment < time).checked_sub(1);
        let after = moments.partition_point(|&moment| moment <= time);
        (
            before.map_or(Time::ZERO, |place| moments[place]),
            moments.get(after).copied().unwrap_or(self.run.end()),
        )
    }

    /// The span around the election at `time`, or the last one before it, else the first: from the loss
    /// of the leader until a single leader follows, with a margin of 8 % on each side.
    pub fn election_window(&self, time: Time) -> Option<(Time, Time)> {
        let elections = self.run.index().elections(self.group);
        let before = elections.partition_point(|&at| at <= time).saturating_sub(1);
        let begun = *elections.get(before)?;
        let alone = |span: &&Span<Vec<Rank>>| span.value.len() == 1;
        let lost = self.leading.iter().rev().find(|span| span.to <= begun && span.value.len() == 1);
        let from = lost.map_or(begun, |span| span.to).min(begun);
        let settled = self.leading.iter().filter(alone).find(|span| span.from > begun);
        let median = self.run.scenario().network.latency.median();
        let to = settled.map_or(self.run.end(), |span| span.from + median + median);
        let margin = Duration::us(to.since(from).as_us() * 8 / 100);
        Some((from - margin, (to + margin).min(self.run.end())))
    }

    pub fn verdict(&self, snapshot: &Snapshot) -> GroupStatus {
        self.judged(self.group, snapshot)
    }

    /// The status of what is shown in a few words, and whether a group has several leaders. For several
    /// groups, the words count those without a leader or with several.
    pub fn brief(&self, snapshot: &Snapshot) -> (String, bool) {
        if !self.all {
            let verdict = self.verdict(snapshot);
            return (verdict.brief(), verdict.leaders.len() > 1);
        }
        let groups = self.verdicts(snapshot, false);
        let count = |bad: fn(usize) -> bool| {
            groups.iter().filter(|(_, _, verdict)| bad(verdict.leaders.len())).count()
        };
        match (count(|leaders| leaders > 1), count(|leaders| leaders == 0)) {
            (0, 0) => ("Each group has a leader".to_owned(), false),
            (0, without) => (format!("{without} of {} leaderless", groups.len()), false),
            (split, _) => (format!("{split} of {} split", groups.len()), true),
        }
    }

    fn judged(&self, group: GroupId, snapshot: &Snapshot) -> GroupStatus {
        let leading = &*self.strips[group.index()].leading;
        let now = snapshot.world.now();
        let place = leading.partition_point(|span| span.from <= now).saturating_sub(1);
        let so_far = |counts: fn(usize) -> bool| {
            let past = leading[..=place].iter().filter(|span| counts(span.value.len()));
            spoken_total(past.map(|span| (span.from, span.to.min(now))))
        };
        let (title, detail) = self.words(leading, place, now);
        GroupStatus {
            title,
            detail,
            called: self.run.scenario().all_called(&leading[place].value),
            leaders: leading[place].value.clone(),
            rounds: self.run.tally().rounds(group).partition_point(|&at| at <= now),
            elections: self.run.index().elections(group).partition_point(|&at| at <= now),
            leaderless: so_far(|leaders| leaders == 0),
            split: so_far(|leaders| leaders > 1),
            requests: self.requests(group, now),
            messages: MessageKind::ALL.iter().map(|&k| snapshot.world.sent(group, k)).sum(),
        }
    }

    fn requests(&self, group: GroupId, now: Time) -> Option<Requests> {
        self.run.scenario().group(group).load?;
        let flow = self.load.as_ref()?.at(now);
        Some(Requests {
            served: whole(flow.served(group)),
            dropped: whole(flow.dropped(group)),
            queued: whole(flow.queued(group)),
            waiting: whole(flow.waiting(group)),
        })
    }

    fn words(&self, leading: &[Span<Vec<Rank>>], place: usize, now: Time) -> (String, String) {
        let span = &leading[place];
        let before = place.checked_sub(1).map(|place| &leading[place]);
        match &*span.value {
            [] => {
                let title = format!("No leader for {}", now.spoken_since(span.from).spoken());
                (title, self.without(before, leading.get(place + 1)))
            }
            [leader] => {
                (format!("{} leads", self.run.scenario().called(*leader)), since(span, before))
            }
            several => {
                let split = span.to.spoken_since(span.from).spoken();
                let title = format!(
                    "{} leaders, {}, for {split}",
                    count(several.len()),
                    self.run.scenario().all_called(several)
                );
                let until = match span.to == self.run.end() {
                    true => "to the end".to_owned(),
                    false => format!("to {}", span.to.spoken()),
                };
                (title, format!("Split brain from {} {until}", span.from.spoken()))
            }
        }
    }

    fn without(&self, before: Option<&Span<Vec<Rank>>>, after: Option<&Span<Vec<Rank>>>) -> String {
        let led = match before {
            Some(before) => format!(
                "{} led until {}.",
                self.run.scenario().all_called(&before.value),
                before.to.spoken()
            ),
            None => "Nobody has led yet.".to_owned(),
        };
        let next = match after {
            Some(after) => {
                format!(
                    "{} takes over at {}.",
                    self.run.scenario().all_called(&after.value),
                    after.from.spoken()
                )
            }
            // A lesson may end its run before the next process takes over.
            None => format!("Nobody takes over by the end, at {}.", self.run.end().spoken()),
        };
        format!("{led} {next}")
    }
}

fn since(span: &Span<Vec<Rank>>, before: Option<&Span<Vec<Rank>>>) -> String {
    match before {
        None => "since the start".to_owned(),
        Some(before) if before.value.is_empty() => format!(
            "since {}, after {} without a leader",
            span.from.spoken(),
            before.to.spoken_since(before.from).spoken()
        ),
        Some(_) => format!("since {}", span.from.spoken()),
    }
}

fn count(leaders: usize) -> String {
    match leaders {
        2 => "Two".to_owned(),
        3 => "Three".to_owned(),
        4 => "Four".to_owned(),
        more => more.to_string(),
    }
}
