//! What comes out differently of two runs: who leads at the end, and what it cost.

use crate::narration::apart;
use crate::report::{GroupReport, Report};
use crate::run::Run;
use crate::time::Duration;
use crate::types::{GroupId, Rank, listed};
use serde::Serialize;
use std::iter;

/// One figure of a group that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Null where there are no groups to tell apart.
    group: Option<String>,
    /// As the report calls it.
    what: &'static str,
    #[serde(skip)]
    label: &'static str,
    /// Null where the group is only in the other run.
    a: Option<DiffMeasure>,
    b: Option<DiffMeasure>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum DiffMeasure {
    Leaders(Vec<u16>),
    Total(Total),
    Count(u64),
}

/// A length of time in all: exact, and as a reader adds it up from the spoken intervals.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
struct Total {
    us: u64,
    #[serde(skip)]
    spoken: Duration,
}

impl PartialEq for Total {
    fn eq(&self, other: &Self) -> bool {
        self.us == other.us
    }
}

impl Eq for Total {}

/// In the order of the groups of A, then of those that only B has.
pub fn differences(runs: [&Run; 2], reports: [&Report; 2]) -> Vec<Difference> {
    let names = reports
        .map(|report| report.groups.iter().map(|group| group.name.clone()).collect::<Vec<_>>());
    let only_b = names[1].iter().filter(|name| !names[0].contains(name));
    let all: Vec<&String> = names[0].iter().chain(only_b).collect();
    let is_one = all.len() == 1 && !runs.iter().any(|run| run.scenario().is_grouped());
    let of_group = |name: &String| {
        let figures = [0, 1].map(|side| {
            let place = names[side].iter().position(|other| other == name)?;
            Some(figures(runs[side], &reports[side].groups[place], GroupId(place as u8)))
        });
        let group = (!is_one).then(|| name.clone());
        KINDS.iter().enumerate().filter_map(move |(kind, &(what, label))| {
            let figure = |side: usize| Some(figures[side].as_ref()?[kind].clone());
            let (a, b) = (figure(0), figure(1));
            let group = group.clone();
            (a != b).then_some(Difference { group, what, label, a, b })
        })
    };
    all.into_iter().flat_map(of_group).collect()
}

/// What is compared: as the report calls it, and in words.
const KINDS: [(&str, &str); 8] = [
    ("leaders", "leader at the end"),
    ("leaderlessUs", "leaderless"),
    ("splitBrainUs", "split brain"),
    ("rounds", "rounds of elections"),
    ("elections", "elections started"),
    ("changes", "changes of leader"),
    ("messages", "messages"),
    ("lost", "messages lost"),
];

/// In the order of the kinds.
fn figures(run: &Run, group: &GroupReport, id: GroupId) -> [DiffMeasure; KINDS.len()] {
    let leaders = run.tally().leaders(id).into_iter().map(Rank::get).collect();
    let messages = &group.messages;
    let total = |us: u64, counts: fn(usize) -> bool| {
        DiffMeasure::Total(Total { us, spoken: group.spoken_total(counts) })
    };
    [
        DiffMeasure::Leaders(leaders),
        total(group.leaderless_us, |leaders| leaders == 0),
        total(group.split_brain_us, |leaders| leaders > 1),
        DiffMeasure::Count(group.rounds),
        DiffMeasure::Count(group.elections),
        DiffMeasure::Count(group.changes),
        DiffMeasure::Count(messages.total),
        DiffMeasure::Count(messages.lost.values().sum()),
    ]
}

/// A line for each figure that differs, under the names of the two.
pub fn table(differences: &[Difference], names: [&str; 2]) -> Vec<String> {
    let label = |found: &Difference| match &found.group {
        Some(group) => format!("{group}: {}", found.label),
        None => found.label.to_owned(),
    };
    let row = |found: &Difference| {
        let [a, b] = said(found);
        [label(found), a, b]
    };
    let head = [String::new(), names[0].to_owned(), names[1].to_owned()];
    let rows: Vec<[String; 3]> = iter::once(head).chain(differences.iter().map(row)).collect();
    let width =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    let line = |[label, a, b]: &[String; 3]| format!("  {label:<first$}  {a:<second$}  {b}");
    rows.iter().map(|row| line(row).trim_end().to_owned()).collect()
}

fn said(Difference { a, b, .. }: &Difference) -> [String; 2] {
    if let (Some(DiffMeasure::Total(a)), Some(DiffMeasure::Total(b))) = (a, b)
        && a.spoken.rounded() == b.spoken.rounded()
    {
        return apart([a.us, b.us].map(Duration::us));
    }
    [a, b].map(|figure| match figure {
        Some(DiffMeasure::Leaders(leaders)) => listed(leaders).to_string(),
        Some(DiffMeasure::Total(total)) => total.spoken.spoken().to_string(),
        Some(DiffMeasure::Count(count)) => count.to_string(),
        None => "no such group".to_owned(),
    })
}
