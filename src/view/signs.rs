//! The signs that the help shows, each with its name. The stage draws them, so the help always matches it.

use super::geometry::Placement;
use super::geometry::{Curve, Point, Size, point};
use super::model::{
    Body, CaptionFacts, LinkModel, MessageModel, MessageState, ProcessModel, StageModel, TimerModel,
};
use super::palette::{ColourTheme, LeaderStyles};
use super::stage::{StageFrame, scene};
use super::text::Measure;
use super::{Scene, ShapeForm, Target};
use crate::choice::MessageId;
use crate::election::Votes;
use crate::scenario::{Latency, Link, Rate, Scenario};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank, Role, TimerKind};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A sign with its name and description.
#[derive(Clone, Debug, PartialEq)]
pub struct SignEntry {
    pub name: &'static str,
    /// How it looks without colour.
    pub looks: &'static str,
    pub scene: Scene,
}

/// The size of a sign, in CSS pixels.
pub const SIGN: Size = Size { width: 84.0, height: 78.0 };
const RADIUS: f64 = 22.0;
const NOW: Time = Time::ms(1_000);
const LATENCY: Duration = Duration::ms(15);

/// The states of a process, from common to rare.
pub fn processes(theme: ColourTheme, measure: &dyn Measure) -> Vec<SignEntry> {
    let Some(ranks) = ranks() else { return Vec::new() };
    let all = states(ranks).into_iter().chain(roles(ranks)).chain(faults(ranks));
    let [low, _, top] = ranks;
    let sign = |(name, looks, process): ProcessSign| {
        let rank = process.rank;
        let other = match rank == top {
            true => running(low, Role::Follows(top)),
            false => running(top, Role::Leads),
        };
        let mut picture = picture(vec![process, other]);
        sort::sort_by_key(&mut picture.processes, |process| process.rank);
        let scene = alone(Target::Process(rank), &picture, theme, measure);
        SignEntry { name, looks, scene }
    };
    all.map(sign).collect()
}

/// The name of a sign, how it looks, and the process that has it.
type ProcessSign = (&'static str, &'static str, ProcessModel);

fn running(rank: Rank, role: Role) -> ProcessModel {
    ProcessModel::new(rank, Body::Running(role))
}

fn wait(timer: TimerKind) -> Option<TimerModel> {
    Some(TimerModel { timer, since: NOW - Duration::ms(20), due: NOW + Duration::ms(40) })
}

/// What all algorithms have.
fn states([low, _, top]: [Rank; 3]) -> Vec<ProcessSign> {
    let waiting = |role, timer| ProcessModel { timer: wait(timer), ..running(low, role) };
    let follower = running(low, Role::Follows(top));
    vec![
        ("follows another", "its tip points at the leader", follower.clone()),
        ("leads", "crown, double rim", running(top, Role::Leads)),
        ("believes nobody", "hollow", running(low, Role::BelievesNobody)),
        (
            "asks, waits for Alive",
            "dashes, what is left of the wait",
            waiting(Role::Electing, TimerKind::Alive),
        ),
        ("waits for Elected", "dots", waiting(Role::AwaitingElected, TimerKind::Elected)),
        ("suspects its leader", "question mark", ProcessModel { suspected: Some(NOW), ..follower }),
    ]
}

/// What single algorithms and remedies have.
fn roles([low, _, top]: [Rank; 3]) -> Vec<ProcessSign> {
    let waiting = |role, timer| ProcessModel { timer: wait(timer), ..running(low, role) };
    let facts = |votes, voted| CaptionFacts { votes, voted, ..CaptionFacts::default() };
    let votes = Some((Votes { granted: 2, refused: 1 }, 5));
    let candidate = ProcessModel {
        facts: facts(votes, None),
        ..waiting(Role::Candidate, TimerKind::Heartbeat)
    };
    let voter =
        ProcessModel { facts: facts(None, Some(top)), ..running(low, Role::BelievesNobody) };
    let delaying = ProcessModel { missed: Some(top), ..waiting(Role::Delaying, TimerKind::Delay) };
    let higher = running(top, Role::Follows(low));
    let preempting = ProcessModel { timer: wait(TimerKind::Preempt), ..higher.clone() };
    let held = ProcessModel { hold: wait(TimerKind::Preempt), ..higher };
    let leased = ProcessModel { hold: wait(TimerKind::Quorum), ..running(top, Role::Leads) };
    vec![
        ("delays its election", "clock hand, its old paint", delaying),
        (
            "asks for pre-votes",
            "dashes, hollow triangle",
            waiting(Role::PreCandidate, TimerKind::Heartbeat),
        ),
        ("asks for votes", "own paint in dashes, a bead for each vote", candidate),
        ("has voted", "a bead towards the candidate", voter),
        ("only claims to lead", "outlined crown, dashed second rim", running(top, Role::Claims)),
        ("lease of a leader", "hollow arc, what is left of it", leased),
        ("will take the lead", "solid arc that ends in a crown", preempting),
        ("may not take the lead yet", "hollow arc, clock hand", held),
    ]
}

fn faults([low, _, top]: [Rank; 3]) -> Vec<ProcessSign> {
    let paused =
        |rank, role| ProcessModel::new(rank, Body::Paused { role, until: NOW + Duration::secs(1) });
    let crashed = |rank| ProcessModel::new(rank, Body::Crashed { since: Time::ZERO });
    let unstable = ProcessModel { crashes: 3, ..running(top, Role::Leads) };
    vec![
        ("crashed", "grey dots, a cross", crashed(low)),
        ("crashed, still believed", "fallen crown", crashed(top)),
        ("paused", "frosted", paused(low, Role::Follows(top))),
        ("paused leader", "outlined crown", paused(top, Role::Leads)),
        ("keeps crashing", "zigzag", unstable),
    ]
}

/// Messages that look different from others of their kind.
pub fn messages(theme: ColourTheme, measure: &dyn Measure) -> Vec<SignEntry> {
    let Some([from, to, top]) = ranks() else { return Vec::new() };
    let sign = |name, looks, kind, names: Option<Rank>, alive| {
        let nobody = |rank| ProcessModel::new(rank, Body::Running(Role::BelievesNobody));
        let mut picture = picture(vec![nobody(from), nobody(to)]);
        let name_of = MessageId { group: GroupId::MAIN, kind, from, to, nth: 1, copy: false };
        let (sent, due) = (NOW - LATENCY, NOW + LATENCY);
        let fate = MessageState::OnItsWay;
        picture.messages = vec![MessageModel { name: name_of, names, alive, sent, due, fate }];
        let target = Target::Message(name_of);
        SignEntry { name, looks, scene: alone(target, &picture, theme, measure) }
    };
    vec![
        sign(
            "Election on a ring",
            "a bead for each found alive",
            MessageKind::Election,
            Some(top),
            3,
        ),
        sign("Vote refused", "a bar", MessageKind::Vote, None, 0),
    ]
}

/// The states of a link.
pub fn links(theme: ColourTheme, measure: &dyn Measure) -> Vec<SignEntry> {
    let Some([from, to, _]) = ranks() else { return Vec::new() };
    let slow = Latency::new(Duration::ms(80), Duration::ms(80));
    let slow = LinkModel { latency: slow, ..LinkModel::default() };
    let lossy = LinkModel { loss: Rate::ppm(50_000), ..LinkModel::default() };
    let cut = LinkModel { cut: true, ..LinkModel::default() };
    let there = Link { from, to };
    let back = Link { from: to, to: from };
    let sign = |name, looks, links: Vec<(Link, LinkModel)>| {
        let nobody = |rank| ProcessModel::new(rank, Body::Running(Role::BelievesNobody));
        let mut picture = picture(vec![nobody(from), nobody(to)]);
        picture.links = sort::gather(links);
        SignEntry { name, looks, scene: between(&picture, theme, measure) }
    };
    vec![
        sign("at rest", "a thin line", Vec::new()),
        sign("slow", "long dashes, its latency", vec![(there, slow), (back, slow)]),
        sign("loses messages", "dots, its rate", vec![(there, lossy), (back, lossy)]),
        sign("cut", "a gap with two bars", vec![(there, cut), (back, cut)]),
        sign("cut one way", "a solid and a dotted bar", vec![(there, cut)]),
    ]
}

/// The meaning of a message kind.
pub const fn says(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Election => "are you alive?",
        MessageKind::Alive => "I am",
        MessageKind::Proceed => "take the lead",
        MessageKind::Elected => "I lead",
        MessageKind::Heartbeat => "I still lead",
        MessageKind::Ack => "I have heard you",
        MessageKind::VoteRequest => "vote for me",
        MessageKind::Vote => "you have my vote, or not",
        MessageKind::PreVoteRequest => "would you vote for me?",
        MessageKind::PreVote => "I would, or not",
        MessageKind::Invitation => "join this group",
        MessageKind::Accept => "I join",
    }
}

fn ranks() -> Option<[Rank; 3]> {
    Some([Rank::new(4)?, Rank::new(5)?, Rank::new(6)?])
}

fn picture(processes: Vec<ProcessModel>) -> StageModel {
    let ranks: Vec<Rank> = (1..=6).filter_map(Rank::new).collect();
    StageModel {
        scenario: Arc::new(Scenario::default()),
        now: NOW,
        latency: Scenario::default().network.latency,
        median: LATENCY,
        processes,
        links: BTreeMap::new(),
        messages: Vec::new(),
        leader_styles: LeaderStyles::new(&ranks, &[]),
        counts: [0; MessageKind::ALL.len()],
        split: None,
        waiting: Vec::new(),
        in_flight: 0,
        highlighted: None,
        veiled: false,
    }
}

fn frame(size: Size, theme: ColourTheme) -> StageFrame {
    StageFrame { theme, radius: RADIUS, thumbnail: false, ..StageFrame::new(size) }
}

/// One target of a model, in the middle of the sign.
fn alone(target: Target, picture: &StageModel, theme: ColourTheme, measure: &dyn Measure) -> Scene {
    let room = Size { width: 300.0, height: 300.0 };
    let whole = scene(picture, &frame(room, theme), measure);
    let found = whole.hit_regions.iter().find(|region| region.target == target);
    let centre = found.map(|region| region.area.centre());
    let by = point(SIGN.width / 2.0, SIGN.height - 34.0) - centre.unwrap_or_default();
    let mut sign = Scene::new(SIGN);
    let shapes = whole.shapes.into_iter().filter(|shape| shape.target == Some(target));
    sign.shapes = shapes
        .map(|mut shape| {
            move_by(&mut shape.form, by);
            shape
        })
        .collect();
    sign
}

/// A link with both of its ends.
fn between(picture: &StageModel, theme: ColourTheme, measure: &dyn Measure) -> Scene {
    let size = Size { width: SIGN.width, height: 150.0 };
    let frame = StageFrame { radius: 12.0, ..frame(size, theme) };
    scene(picture, &frame, measure)
}

fn move_by(form: &mut ShapeForm, by: Point) {
    match form {
        ShapeForm::Circle { centre, .. } => *centre = *centre + by,
        ShapeForm::Line { from, to } => (*from, *to) = (*from + by, *to + by),
        ShapeForm::Curve(Curve { from, control, to }) => {
            (*from, *control, *to) = (*from + by, *control + by, *to + by);
        }
        ShapeForm::Path { place, .. } => *place = Placement { at: place.at + by, ..*place },
        ShapeForm::Text(text) => text.at = text.at + by,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::text::EvenWidth;

    #[test]
    fn every_sign_shows_something_of_its_own() {
        let processes = processes(ColourTheme::Light, &EvenWidth);
        let links = links(ColourTheme::Light, &EvenWidth);
        let messages = messages(ColourTheme::Light, &EvenWidth);
        assert_eq!((processes.len(), links.len(), messages.len()), (19, 5, 2));
        for signs in [processes, links, messages] {
            for (place, sign) in signs.iter().enumerate() {
                assert!(!sign.scene.shapes.is_empty(), "{}", sign.name);
                let alike = signs[..place].iter().find(|other| other.scene == sign.scene);
                assert_eq!(alike.map(|other| other.name), None, "{} looks the same", sign.name);
            }
        }
    }
}
