//! Situations worth looking at: those of the design's mock-ups, and all parts.

use super::{draw, phone, wide};
use hustings::choice::MessageId;
use hustings::election::Votes;
use hustings::presets;
use hustings::run::Run;
use hustings::scenario::{Latency, Link, Rate, Scenario, script};
use hustings::simulation::LossReason;
use hustings::time::{Duration, Time};
use hustings::types::{GroupId, MessageKind, Rank, Role, TimerKind};
use hustings::view::build::{build_stage, memory};
use hustings::view::geometry::{Size, point};
use hustings::view::model::{
    Belief, Body, CaptionFacts, LinkModel, MessageModel, MessageState, ProcessModel, SplitModel,
    StageModel, TimerModel,
};
use hustings::view::palette::{ColourTheme, LeaderStyles};
use hustings::view::ring::Inset;
use hustings::view::stage::{CutLine, StageFrame};
use hustings::view::{PartitionEnd, Scene, Target};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) fn all(theme: ColourTheme) -> Vec<(String, Scene)> {
    let mut scenes = vec![
        ("1-election".to_owned(), draw(&election(), &selected(3, wide(theme)))),
        ("2-split".to_owned(), draw(&split_brain(), &wide(theme))),
        ("4-phone".to_owned(), draw(&election(), &selected(3, phone(theme)))),
        ("8-start".to_owned(), draw(&calm(), &start(theme))),
        ("9-states".to_owned(), draw(&states(), &wide(theme))),
        ("9-links".to_owned(), draw(&links(), &wide(theme))),
        ("9-groups".to_owned(), draw(&groups(), &wide(theme))),
        ("12-signs".to_owned(), draw(&signs(), &wide(theme))),
        ("12-signs-phone".to_owned(), draw(&signs(), &phone(theme))),
        ("12-zones".to_owned(), draw(&zones(), &wide(theme))),
        ("12-zones-phone".to_owned(), draw(&zones(), &phone(theme))),
        ("rest".to_owned(), draw(&election(), &StageFrame { reduced_motion: true, ..wide(theme) })),
    ];
    let hovered =
        StageFrame { hovered: Some(Target::Process(rank(4))), ..selected(1, wide(theme)) };
    let focused = StageFrame { focused: Some(Target::Process(rank(1))), ..hovered };
    scenes.push(("9-touch".to_owned(), draw(&election(), &focused)));
    let cut_line = CutLine { from: point(700.0, 40.0), to: point(380.0, 400.0), one_way: true };
    let cutting = StageFrame { cut_line: Some(cut_line), ..wide(theme) };
    scenes.push(("knife".to_owned(), draw(&calm(), &cutting)));
    let handle = StageFrame { hovered: Some(Target::Handle(PartitionEnd::First)), ..wide(theme) };
    scenes.push(("lone".to_owned(), draw(&lone(), &handle)));
    scenes.push(("bars".to_owned(), draw(&no_line(), &wide(theme))));
    for (count, width, height) in [
        (1, 300.0, 230.0),
        (2, 390.0, 316.0),
        (3, 300.0, 230.0),
        (8, 704.0, 400.0),
        (12, 470.0, 320.0),
        (18, 704.0, 400.0),
        (32, 534.0, 340.0),
        (64, 1064.0, 468.0),
        (64, 390.0, 316.0),
        (64, 320.0, 280.0),
    ] {
        let frame = StageFrame { theme, ..StageFrame::new(Size { width, height }) };
        scenes.push((format!("ring-{count}-{width}"), draw(&announcing(count), &frame)));
    }
    scenes
}

pub(crate) fn rank(n: u16) -> Rank {
    Rank::new(n).expect("a rank is not 0")
}

pub(crate) fn selected(n: u16, frame: StageFrame) -> StageFrame {
    StageFrame { selected: Some(Target::Process(rank(n))), ..frame }
}

/// Two data centres, each with a leader.
pub(crate) fn zones() -> StageModel {
    let preset = presets::find("two-data-centres").expect("a preset");
    let scenario = script::parse(preset.script).expect("it is read");
    let styles = LeaderStyles::new(&scenario.ranks, &[]);
    let memory = memory(&scenario);
    let snapshot = Run::of(scenario).snapshot(None, Time::ms(700), memory);
    build_stage(&snapshot, GroupId::MAIN, styles)
}

fn start(theme: ColourTheme) -> StageFrame {
    let inset = Inset { top: 0.0, right: 22.0, bottom: 90.0, left: 392.0 };
    let size = Size { width: 1440.0, height: 780.0 };
    StageFrame { inset, theme, radius: 38.0, ..StageFrame::new(size) }
}

fn picture(now: u64, count: u16) -> StageModel {
    let ranks: Vec<Rank> = (1..=count).map(rank).collect();
    let follow =
        |&rank| ProcessModel::new(rank, Body::Running(Role::Follows(ranks[ranks.len() - 1])));
    StageModel {
        scenario: Arc::new(Scenario::default()),
        latency: Latency::DEFAULT,
        now: Time::ms(now),
        median: Duration::ms(15),
        processes: ranks.iter().map(follow).collect(),
        links: BTreeMap::new(),
        messages: Vec::new(),
        in_flight: 0,
        highlighted: None,
        veiled: false,
        leader_styles: LeaderStyles::new(&ranks, &[]),
        counts: [0; MessageKind::ALL.len()],
        split: None,
        waiting: Vec::new(),
    }
}

fn stands(picture: &mut StageModel, n: u16, role: Role) {
    picture.processes[usize::from(n) - 1].body = Body::Running(role);
}

fn crashes(picture: &mut StageModel, n: u16, since: u64) {
    picture.processes[usize::from(n) - 1].body = Body::Crashed { since: Time::ms(since) };
}

fn facts(picture: &mut StageModel, n: u16) -> &mut CaptionFacts {
    &mut picture.processes[usize::from(n) - 1].facts
}

fn message(kind: MessageKind, from: u16, to: u16, sent: u64, due: u64) -> MessageModel {
    let (from, to) = (rank(from), rank(to));
    let name = MessageId { group: GroupId::MAIN, kind, from, to, nth: 1, copy: false };
    let names = match kind {
        MessageKind::Proceed => Some(to),
        MessageKind::Elected | MessageKind::Heartbeat => Some(from),
        _ => None,
    };
    MessageModel {
        name,
        names,
        alive: 0,
        sent: Time::ms(sent),
        due: Time::ms(due),
        fate: MessageState::OnItsWay,
    }
}

fn delivered(flight: MessageModel) -> MessageModel {
    MessageModel { fate: MessageState::Delivered(flight.due), ..flight }
}

fn lost(flight: MessageModel, at: u64, why: LossReason) -> MessageModel {
    MessageModel { fate: MessageState::Lost { at: Time::ms(at), why }, ..flight }
}

/// Mock-up 1: 3 has handed over to 5, and 6 is gone.
pub(crate) fn election() -> StageModel {
    use MessageKind::{Alive, Election, Proceed};
    let mut picture = picture(268, 6);
    crashes(&mut picture, 6, 100);
    stands(&mut picture, 3, Role::AwaitingElected);
    let wait = TimerModel { timer: TimerKind::Elected, since: Time::ms(260), due: Time::ms(350) };
    picture.processes[2].timer = Some(wait);
    facts(&mut picture, 3).handed_to = Some(rank(5));
    facts(&mut picture, 4).answered = true;
    facts(&mut picture, 5).answered = true;
    picture.messages = vec![
        delivered(message(Election, 3, 4, 200, 213)),
        delivered(message(Election, 3, 5, 200, 216)),
        lost(message(Election, 3, 6, 200, 212), 212, LossReason::Crashed),
        delivered(message(Alive, 4, 3, 213, 226)),
        delivered(message(Alive, 5, 3, 216, 233)),
        message(Proceed, 3, 5, 260, 276),
    ];
    picture.counts[..3].copy_from_slice(&[3, 2, 1]);
    picture
}

/// Mock-up 2: 3 and 5 both lead, on the two sides of a cut.
pub(crate) fn split_brain() -> StageModel {
    use MessageKind::Heartbeat;
    let mut picture = picture(1_610, 6);
    crashes(&mut picture, 6, 100);
    stands(&mut picture, 5, Role::Leads);
    stands(&mut picture, 3, Role::Leads);
    for (n, leader) in [(4, 5), (1, 3), (2, 3)] {
        stands(&mut picture, n, Role::Follows(rank(leader)));
        let heard = if n == 4 { 1_500 } else { 1_522 };
        let described = CaptionFacts {
            heard: Some(Time::ms(heard)),
            every: Some(Duration::ms(100)),
            ..CaptionFacts::default()
        };
        *facts(&mut picture, n) = described;
    }
    parts(&mut picture, &[1, 2, 3], &[4, 5, 6]);
    picture.split = Some(SplitModel { since: Time::ms(800), lost: 42 });
    picture.messages = vec![
        message(Heartbeat, 5, 1, 1_601, 1_617),
        message(Heartbeat, 5, 4, 1_600, 1_615),
        message(Heartbeat, 5, 6, 1_600, 1_612),
        lost(message(Heartbeat, 5, 2, 1_590, 1_603), 1_597, LossReason::Cut),
        lost(message(Heartbeat, 5, 3, 1_590, 1_603), 1_597, LossReason::Cut),
        lost(message(Heartbeat, 3, 5, 1_590, 1_604), 1_598, LossReason::Cut),
        message(Heartbeat, 3, 1, 1_604, 1_616),
        message(Heartbeat, 3, 2, 1_604, 1_618),
        message(Heartbeat, 3, 4, 1_604, 1_617),
        message(Heartbeat, 3, 6, 1_604, 1_616),
    ];
    picture.counts[..5].copy_from_slice(&[6, 2, 1, 6, 85]);
    picture
}

fn parts(picture: &mut StageModel, one: &[u16], other: &[u16]) {
    for &a in one {
        for &b in other {
            for (from, to) in [(a, b), (b, a)] {
                let conditions = LinkModel { cut: true, ..LinkModel::default() };
                picture.links.insert(Link { from: rank(from), to: rank(to) }, conditions);
            }
        }
    }
}

/// Mock-up 8: everybody hears the leader.
pub(crate) fn calm() -> StageModel {
    let mut picture = picture(1_310, 6);
    stands(&mut picture, 6, Role::Leads);
    picture.messages = [(1, 13), (2, 17), (3, 20), (4, 14), (5, 12)]
        .map(|(to, takes)| message(MessageKind::Heartbeat, 6, to, 1_300, 1_300 + takes))
        .to_vec();
    picture
}

/// Mock-up 9: one process in every state.
pub(crate) fn states() -> StageModel {
    let mut picture = picture(300, 8);
    let wait = |timer| Some(TimerModel { timer, since: Time::ms(280), due: Time::ms(340) });
    stands(&mut picture, 8, Role::Leads);
    stands(&mut picture, 1, Role::BelievesNobody);
    stands(&mut picture, 2, Role::Electing);
    picture.processes[1].timer = wait(TimerKind::Alive);
    facts(&mut picture, 2).asked = vec![rank(3), rank(4), rank(5)];
    stands(&mut picture, 3, Role::AwaitingElected);
    picture.processes[2].timer = wait(TimerKind::Elected);
    picture.processes[3].suspected = Some(Time::ms(295));
    crashes(&mut picture, 5, 100);
    let until = Time::ms(420);
    picture.processes[5].body = Body::Paused { role: Role::Follows(rank(8)), until };
    picture.processes[6].body = Body::Paused { role: Role::Leads, until };
    picture.processes[7].crashes = 3;
    picture.processes[7].changed = Some(Time::ms(293));
    picture
}

/// Mock-up 12: a vote, a lease, a delay, both ways to wait for the lead, and a lap round a ring.
pub(crate) fn signs() -> StageModel {
    let mut picture = picture(300, 8);
    let wait = |timer| Some(TimerModel { timer, since: Time::ms(280), due: Time::ms(340) });
    picture.processes[7].hold = wait(TimerKind::Quorum);
    stands(&mut picture, 8, Role::Leads);
    stands(&mut picture, 1, Role::Claims);
    facts(&mut picture, 1).acknowledged = Some([2, 8]);
    stands(&mut picture, 2, Role::Delaying);
    picture.processes[1].missed = Some(rank(5));
    picture.processes[1].timer = wait(TimerKind::Delay);
    crashes(&mut picture, 5, 100);
    stands(&mut picture, 3, Role::Candidate);
    picture.processes[2].timer = wait(TimerKind::Heartbeat);
    facts(&mut picture, 3).votes = Some((Votes { granted: 2, refused: 1 }, 8));
    stands(&mut picture, 4, Role::BelievesNobody);
    facts(&mut picture, 4).voted = Some(rank(3));
    stands(&mut picture, 6, Role::Follows(rank(1)));
    picture.processes[5].hold = wait(TimerKind::Preempt);
    stands(&mut picture, 7, Role::Follows(rank(1)));
    picture.processes[6].timer = wait(TimerKind::Preempt);
    let lap = |from, to, alive, names| MessageModel {
        names: Some(rank(names)),
        alive,
        ..message(MessageKind::Election, from, to, 290, 310)
    };
    picture.messages = vec![lap(8, 2, 3, 8), lap(4, 7, 12, 8)];
    picture
}

/// Mock-up 9: links at rest, slow, fast, lossy, cut both ways and one way.
pub(crate) fn links() -> StageModel {
    let mut picture = picture(300, 6);
    stands(&mut picture, 6, Role::Leads);
    let mut set = |from, to, conditions| {
        picture.links.insert(Link { from: rank(from), to: rank(to) }, conditions);
    };
    let rest = LinkModel::default();
    let latency = Latency::new(Duration::ms(80), Duration::ms(80));
    set(1, 2, LinkModel { latency, ..rest });
    set(3, 4, LinkModel { loss: Rate::ppm(50_000), ..rest });
    set(4, 5, LinkModel { cut: true, ..rest });
    set(5, 4, LinkModel { cut: true, ..rest });
    set(1, 3, LinkModel { cut: true, ..rest });
    set(6, 2, LinkModel { cut: true, latency, ..rest });
    picture.messages = vec![
        lost(message(MessageKind::Election, 2, 5, 270, 290), 281, LossReason::Chance),
        message(MessageKind::Election, 2, 3, 290, 310),
        message(MessageKind::Election, 2, 3, 292, 314),
    ];
    picture
}

/// Mock-up 9: three groups at once.
pub(crate) fn groups() -> StageModel {
    use Belief::{Leader, NoMember, Nobody};
    let mut picture = picture(300, 6);
    let led = |n| Leader(rank(n));
    let beliefs = [
        [NoMember, led(4), led(6)],
        [led(3), led(4), NoMember],
        [led(3), led(4), NoMember],
        [Nobody, led(4), NoMember],
        [NoMember, NoMember, led(6)],
        [led(6), NoMember, led(6)],
    ];
    for (process, groups) in picture.processes.iter_mut().zip(beliefs) {
        process.groups = groups.to_vec();
    }
    picture
}

/// One process alone on its side: the partition line keeps clear of it.
pub(crate) fn lone() -> StageModel {
    let mut picture = calm();
    parts(&mut picture, &[1], &[2, 3, 4, 5, 6]);
    picture.split = Some(SplitModel { since: Time::ms(1_200), lost: 0 });
    picture
}

/// Sides that no straight line separates.
pub(crate) fn no_line() -> StageModel {
    let mut picture = calm();
    parts(&mut picture, &[1, 3, 5], &[2, 4, 6]);
    picture
}

/// The second highest has just taken over; every third still follows the one that crashed.
pub(crate) fn announcing(count: u16) -> StageModel {
    let mut picture = picture(300, count);
    if count < 2 {
        stands(&mut picture, 1, Role::Leads);
        return picture;
    }
    crashes(&mut picture, count, 100);
    let leader = count - 1;
    stands(&mut picture, leader, Role::Leads);
    for n in (1..leader).filter(|n| n % 3 != 0) {
        stands(&mut picture, n, Role::Follows(rank(leader)));
    }
    let each = if count > 12 { 4 } else { 1 };
    let described = (1..leader).filter(|n| n % each == 0);
    picture.messages = described
        .map(|to| message(MessageKind::Elected, leader, to, 290, 304 + u64::from(to) % 7))
        .collect();
    picture
}
