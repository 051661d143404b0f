//! The text of captions, loads and partitions on the stage, and the legend.

use crate::sort;
use crate::time::Time;
use crate::types::{MessageKind, Rank, Role};
use crate::view::Paint;
use crate::view::Scene;
use crate::view::geometry::Placement;
use crate::view::geometry::{Point, Size, point};
use crate::view::glyphs::{Glyph, Ink};
use crate::view::model::{Belief, Body, ProcessLoad, ProcessModel, StageModel, WaitingRequests};
use crate::view::palette::{ColourTheme, LeaderStyle};
use std::collections::BTreeSet;

/// Up to two lines, with a shorter form of the first one for where there is no space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    pub first: String,
    pub brief: Option<String>,
    pub second: Option<String>,
    /// Whether the state is unusual, so that the caption is bold.
    pub bold: bool,
}

impl Caption {
    fn plain(first: impl Into<String>, second: Option<String>) -> Self {
        Self { first: first.into(), brief: None, second, bold: false }
    }

    fn bold(first: impl Into<String>, second: Option<String>) -> Self {
        Self { bold: true, ..Self::plain(first, second) }
    }

    fn or(self, brief: impl Into<String>) -> Self {
        Self { brief: Some(brief.into()), ..self }
    }
}

pub fn caption(picture: &StageModel, process: &ProcessModel) -> Caption {
    let rank = process.rank;
    match process.body {
        Body::Running(_) if !process.groups.is_empty() => Caption::plain(in_groups(process), None),
        Body::Running(Role::Follows(leader)) => {
            let first = format!("follows {}", picture.called(leader));
            Caption::plain(first, about_leader(picture, process, leader))
        }
        Body::Running(Role::Leads) => {
            let leads = match process.facts.term {
                Some(term) => format!("leads in term {term}"),
                None => "leads".to_owned(),
            };
            Caption::bold(leads, followers(picture, rank)).or("leads")
        }
        Body::Running(Role::BelievesNobody) => Caption::bold("follows nobody", None),
        Body::Running(Role::Electing) => electing(picture, process),
        Body::Running(Role::AwaitingElected) => awaiting(picture, process),
        Body::Running(Role::Claims) => {
            Caption::bold("claims to lead", process.facts.acknowledged.map(acknowledged))
                .or("claims")
        }
        Body::Running(Role::Delaying) => {
            Caption::bold("delays", Some("lets higher ranks ask first".to_owned()))
        }
        Body::Running(Role::PreCandidate) => {
            Caption::bold("asks for pre-votes", votes(process)).or("pre-candidate")
        }
        Body::Running(Role::Candidate) => {
            Caption::bold("asks for votes", votes(process)).or("candidate")
        }
        Body::Paused { role, until } => {
            let first = match picture.veiled {
                true => "paused".to_owned(),
                false => format!("paused until {}", until.spoken()),
            };
            Caption::bold(first, paused(picture, rank, role)).or("paused")
        }
        Body::Crashed { since } => {
            let first = format!("crashed at {}", since.spoken());
            match believers(picture, rank) {
                None => Caption::plain(first, None),
                second => Caption::bold(first, second),
            }
            .or("crashed")
        }
    }
}

/// `leads one of its two groups`, `member of two groups, one without a leader`
fn in_groups(process: &ProcessModel) -> String {
    let count = |of: fn(&ProcessModel, Belief) -> bool| {
        process.groups.iter().filter(|&&belief| of(process, belief)).count()
    };
    let groups = |count: usize| match count {
        1 => "one group".to_owned(),
        more => format!("{} groups", number(more)),
    };
    let all = count(|_, belief| belief != Belief::NoMember);
    let leads = count(|process, belief| belief == Belief::Leader(process.rank));
    let without = count(|_, belief| belief == Belief::Nobody);
    let mut words = match (leads, all) {
        (_, 0) => return "member of no group".to_owned(),
        (0, all) => format!("member of {}", groups(all)),
        (leads, all) if leads == all => format!("leads {}", groups(all)),
        (leads, all) => format!("leads {} of its {}", number(leads), groups(all)),
    };
    if without > 0 {
        words += &format!(", {} without a leader", number(without));
    }
    words
}

/// The requests at a process: `200/s, queue 120`.
pub fn work(work: ProcessLoad) -> String {
    match (work.coming, work.queue) {
        (coming, 0) => format!("{coming}/s"),
        (0, queue) => format!("queue {queue}"),
        (coming, queue) => format!("{coming}/s, queue {queue}"),
    }
}

/// The requests without a leader to serve them: `orders: 70 requests wait`.
pub fn waiting(waiting: &WaitingRequests) -> String {
    let words = match waiting.requests {
        1 => "1 request waits".to_owned(),
        more => format!("{more} requests wait"),
    };
    match &waiting.group {
        Some(name) => format!("{name}: {words}"),
        None => words,
    }
}

/// What a follower has heard of its leader, or that it has not noticed the leader's crash.
fn about_leader(picture: &StageModel, process: &ProcessModel, leader: Rank) -> Option<String> {
    let facts = &process.facts;
    let called = picture.called(leader);
    if facts.answered {
        return Some("answered Alive".to_owned());
    }
    let gone = picture.process(leader).is_none_or(ProcessModel::is_crashed);
    let expected = facts.every.map(|every| every + every.half());
    // At the start all follow the leader without a heartbeat.
    let heard = facts.heard.filter(|&heard| heard > Time::ZERO);
    match (heard, facts.every, expected) {
        (Some(heard), _, Some(expected)) if picture.now.since(heard) > expected => {
            Some(format!("last heard {called} at {}", heard.spoken()))
        }
        _ if gone => Some("has not noticed".to_owned()),
        (Some(_), Some(every), _) => Some(format!("hears {called} every {}", every.spoken())),
        _ => None,
    }
}

fn electing(picture: &StageModel, process: &ProcessModel) -> Caption {
    let waits = Some("waits for Alive".to_owned());
    match &*process.facts.asked {
        [] => Caption::bold("is electing", waits).or("elects"),
        asked => Caption::bold(format!("asks {}", picture.scenario.all_called(asked)), waits)
            .or("elects"),
    }
}

fn awaiting(picture: &StageModel, process: &ProcessModel) -> Caption {
    match process.facts.handed_to {
        Some(best) => {
            let best = picture.called(best);
            let waits = Some("waits for Elected".to_owned());
            Caption::bold(format!("handed over to {best}"), waits).or(format!("waits for {best}"))
        }
        None => Caption::bold("waits for Elected", None).or("waits"),
    }
}

/// How many of a group have acknowledged a leader lately, both counted with itself.
fn acknowledged([count, all]: [usize; 2]) -> String {
    format!("{count} of {all} acknowledge it")
}

/// `2 of 5 votes`
fn votes(process: &ProcessModel) -> Option<String> {
    let (votes, all) = process.facts.votes?;
    Some(format!("{} of {all} votes", votes.granted))
}

fn paused(picture: &StageModel, rank: Rank, role: Role) -> Option<String> {
    match role {
        Role::Follows(leader) => Some(format!("follows {}", picture.called(leader))),
        Role::Leads | Role::Claims => believers(picture, rank),
        Role::BelievesNobody
        | Role::Electing
        | Role::AwaitingElected
        | Role::Delaying
        | Role::PreCandidate
        | Role::Candidate => None,
    }
}

fn followers(picture: &StageModel, leader: Rank) -> Option<String> {
    let followers: Vec<Rank> = picture.followers(leader).collect();
    let all = followers.len() + 1 == picture.processes.len();
    Some(match &*followers {
        [] => "nobody follows it".to_owned(),
        [one] => format!("{} follows it", picture.called(*one)),
        _ if all => "all follow it".to_owned(),
        few if few.len() <= 3 => format!("{} follow it", picture.scenario.all_called(few)),
        many => format!("{} follow it", number(many.len())),
    })
}

fn believers(picture: &StageModel, leader: Rank) -> Option<String> {
    match picture.followers(leader).collect::<Vec<_>>().as_slice() {
        [] => None,
        [one] => Some(format!("{} still believes it leads", picture.called(*one))),
        many => Some(format!("{} still believe it leads", number(many.len()))),
    }
}

/// The caption of a partition line.
pub(crate) fn split(picture: &StageModel, both_ways: bool) -> Option<[String; 2]> {
    let split = picture.split?;
    let crosses = if both_ways { "nothing crosses it" } else { "it stops one direction" };
    let lost = match split.lost {
        0 => crosses.to_owned(),
        1 => format!("{crosses}, 1 message lost so far"),
        lost => format!("{crosses}, {lost} messages lost so far"),
    };
    Some([format!("network cut at {}", split.since.spoken()), lost])
}

/// A count of processes in words, so that it is not taken for a rank.
fn number(count: usize) -> String {
    const WORDS: [&str; 13] = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS.get(count).map_or_else(|| count.to_string(), |&word| word.to_owned())
}

/// The content of the legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legend {
    /// The leaders that a process believes in or that a message on its way names, highest rank first: what each
    /// is called, and its style.
    pub leaders: Vec<(String, LeaderStyle)>,
    /// Whether some process follows nobody.
    pub nobody: bool,
    /// How many messages of each kind were sent; heartbeats only if there were any.
    pub kinds: Vec<(MessageKind, u32)>,
}

pub fn legend(picture: &StageModel) -> Legend {
    let believed = picture.processes.iter().flat_map(beliefs).filter_map(|belief| match belief {
        Belief::Leader(leader) => Some(leader),
        Belief::NoMember | Belief::Nobody => None,
    });
    let flying = picture.messages.iter().filter(|flight| flight.is_under_way(picture.now));
    let named = flying.filter_map(|flight| flight.names);
    let leaders: BTreeSet<Rank> = sort::gather(believed.chain(named));
    let nobody = picture.processes.iter().flat_map(beliefs).any(|belief| belief == Belief::Nobody);
    let usual = picture.scenario.algorithm.messages();
    let counted = MessageKind::ALL.into_iter().zip(picture.counts);
    Legend {
        leaders: leaders
            .into_iter()
            .rev()
            .map(|rank| (picture.called(rank).short(), picture.leader_styles.of(rank)))
            .collect(),
        nobody,
        kinds: counted.filter(|&(kind, n)| usual.contains(&kind) || n > 0).collect(),
    }
}

/// The beliefs of a process: in the group that is shown, or in each of all groups.
fn beliefs(process: &ProcessModel) -> Vec<Belief> {
    match process.role() {
        None => Vec::new(),
        Some(_) if !process.groups.is_empty() => process.groups.clone(),
        Some(_) if process.faint => Vec::new(),
        Some(role) => vec![match role.believed(process.rank) {
            Some(leader) => Belief::Leader(leader),
            None => Belief::Nobody,
        }],
    }
}

/// The glyph of a kind by itself, 20 by 18 px, in a neutral colour where it would name a leader.
pub fn icon(kind: MessageKind, theme: ColourTheme) -> Scene {
    const SIZE: Size = Size { width: 20.0, height: 18.0 };
    const MIDDLE: Point = point(SIZE.width / 2.0, SIZE.height / 2.0);
    let tokens = theme.tokens();
    // A ring's Election names a process; others are triangles.
    let glyph = Glyph::of(kind, kind != MessageKind::Election);
    let paint = match glyph.fill {
        Ink::Solid => Paint::both(tokens.ink, tokens.ink, glyph.stroke),
        Ink::Hollow => Paint::both(tokens.stage, tokens.ink2, glyph.stroke),
        Ink::Leader => Paint::both(tokens.neutral, tokens.ink, glyph.stroke),
    };
    let mut scene = Scene::new(SIZE);
    scene.placed(glyph.path(), Placement::new(MIDDLE, 1.0, 0.0), paint);
    scene
}
