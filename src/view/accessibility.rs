//! The accessible form of the stage: each target that a pointer can reach, with its description and its area.
//! The page makes a button of each.

use super::model::{LinkModel, MessageModel, MessageState, ProcessLoad, StageModel};
use super::ring::RingLayout;
use super::stage::{StageFrame, caption, neighbours, scene_on};
use super::text::EvenWidth;
use super::{HitArea, PartitionEnd, Target};
use crate::choice::MessageId;
use crate::scenario::Link;
use crate::sort;
use crate::types::Rank;

/// A target with its description and its area.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessibleItem {
    pub target: Target,
    pub words: String,
    /// `None` if the target is no longer visible.
    pub area: Option<HitArea>,
}

/// The processes, highest rank first; then the partition line with its ends; then the links and messages of
/// `subject`. The focused target keeps its entry even when it is gone, so that the focus is never lost.
pub fn entries(
    picture: &StageModel,
    frame: &StageFrame,
    ring: &RingLayout,
    subject: Option<Rank>,
    focused: Option<Target>,
) -> Vec<AccessibleItem> {
    let concerns = |from: Rank, to: Rank| subject.is_some_and(|rank| rank == from || rank == to);
    // The scene is used only for its areas, so a rough measure of text is enough.
    let mut own = picture.clone();
    own.messages.retain(|flight| concerns(flight.name.from, flight.name.to));
    let looked_at = StageFrame { hovered: subject.map(Target::Process), cut_line: None, ..*frame };
    let regions = scene_on(&own, &looked_at, ring, &EvenWidth).hit_regions;
    let mut listed: Vec<(Target, Option<HitArea>)> = regions
        .into_iter()
        .filter(|region| match region.target {
            Target::Process(_) | Target::Message(_) | Target::Partition | Target::Handle(_) => true,
            Target::Link(link) => concerns(link.from, link.to),
            Target::Timer(_) | Target::Fault(_) | Target::FaultEnd(_) => false,
        })
        .map(|region| (region.target, Some(region.area)))
        .collect();
    if let Some(focused) = focused.filter(|focused| listed.iter().all(|(t, _)| t != focused)) {
        listed.push((focused, None));
    }
    sort::sort_by_key(&mut listed, |(target, _)| order(*target));
    let entry = |(target, area)| AccessibleItem { target, words: words(picture, target), area };
    listed.into_iter().map(entry).collect()
}

/// The sort key of a target: processes by falling rank, links by their ends, messages by their ids. Entries
/// therefore keep their order while others come and go.
fn order(target: Target) -> (u8, u16, Target) {
    match target {
        Target::Process(rank) => (0, u16::MAX - rank.get(), target),
        Target::Partition | Target::Handle(_) => (1, 0, target),
        Target::Link(_) => (2, 0, target),
        Target::Message(_) | Target::Timer(_) | Target::Fault(_) | Target::FaultEnd(_) => {
            (3, 0, target)
        }
    }
}

/// The state of a target: `Election from 3 to 5, on its way, arrives at 216 ms`.
pub fn words(picture: &StageModel, target: Target) -> String {
    match target {
        Target::Process(rank) => of_process(picture, rank),
        Target::Message(name) => of_message(picture, name),
        Target::Link(link) => of_link(picture, link),
        Target::Partition => match picture.split {
            Some(split) => format!("Network cut at {}", split.since.spoken()),
            None => "Network cut, healed meanwhile".to_owned(),
        },
        Target::Handle(end) => of_handle(picture, end),
        Target::Timer(_) | Target::Fault(_) | Target::FaultEnd(_) => target.to_string(),
    }
}

/// `End of the cut, between 6 and 1`
fn of_handle(picture: &StageModel, end: PartitionEnd) -> String {
    match neighbours(picture, end) {
        Some((before, after)) => {
            let (before, after) = (picture.called(before), picture.called(after));
            format!("End of the cut, between {before} and {after}")
        }
        None => "End of a cut, healed meanwhile".to_owned(),
    }
}

/// `Process 3: handed over to 5, waits for Elected`.
fn of_process(picture: &StageModel, rank: Rank) -> String {
    let Some(process) = picture.process(rank) else { return format!("Process {rank}") };
    let called = picture.called(rank).with_rank();
    let caption = caption(picture, process);
    let mut words = format!("Process {called}: {}", caption.first);
    if let Some(second) = caption.second {
        words += &format!(", {second}");
    }
    if let Some(work) = process.work {
        words += &of_work(work);
    }
    words
}

/// `, gets 200 requests a second, 120 queued`
fn of_work(work: ProcessLoad) -> String {
    let coming = match work.coming {
        0 => String::new(),
        1 => ", gets 1 request a second".to_owned(),
        more => format!(", gets {more} requests a second"),
    };
    let queue = match (work.queue, work.coming) {
        (0, _) => String::new(),
        (queue, 0) => format!(", {queue} requests queued"),
        (queue, _) => format!(", {queue} queued"),
    };
    coming + &queue
}

fn of_message(picture: &StageModel, name: MessageId) -> String {
    let (kind, from, to) = (name.kind, picture.called(name.from), picture.called(name.to));
    let state = match picture.messages.iter().find(|flight| flight.name == name) {
        None => "no longer visible".to_owned(),
        Some(&MessageModel { fate, due, sent, .. }) => match fate {
            // While a lesson asks for a prediction, a message that will be lost looks like any other.
            MessageState::OnItsWay | MessageState::Lost { .. }
                if picture.veiled && due > picture.now =>
            {
                "on its way".to_owned()
            }
            MessageState::OnItsWay => format!("on its way, arrives at {}", due.spoken()),
            MessageState::Held => format!("waits until {to} goes on"),
            MessageState::Delivered(at) => format!("arrived at {}", at.spoken()),
            MessageState::Lost { at, .. } if at > sent => format!("lost at {}", at.spoken()),
            MessageState::Lost { .. } => "does not arrive".to_owned(),
        },
    };
    format!("{kind} from {from} to {to}, {state}")
}

fn of_link(picture: &StageModel, link: Link) -> String {
    let back = Link { from: link.to, to: link.from };
    let of = |way| picture.links.get(&way).copied().unwrap_or_default();
    let (there, here): (LinkModel, LinkModel) = (of(link), of(back));
    let (from, to) = (picture.called(link.from), picture.called(link.to));
    let mut words = format!("Link between {from} and {to}");
    match (there.cut, here.cut) {
        (true, true) => words += ", cut",
        (true, false) => words += &format!(", stopped from {from} to {to}"),
        (false, true) => words += &format!(", stopped from {to} to {from}"),
        (false, false) => {}
    }
    if let Some(slow) = there.latency.or(here.latency) {
        words += &format!(", takes {} to {}", slow.lo().spoken(), slow.hi().spoken());
    }
    if let Some(rate) = there.loss.or(here.loss) {
        words += &format!(", loses {rate}");
    }
    words
}
