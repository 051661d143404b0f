//! Choices that are fixed.

use super::Reader;
use super::value::{count, duration, instant, rank};
use crate::choice::{MessageId, TimerId};
use crate::scenario::json::node::Object;
use crate::scenario::json::trouble::JsonTrouble;
use crate::scenario::{Group, MessageOverride, Override};
use crate::types::{GroupId, MessageKind, TimerKind};

#[derive(Clone, Copy)]
enum Kind {
    Lost,
    Arrives,
    Delayed,
    Duplicated,
    Fires,
}

const KINDS: [(&str, Kind); 5] = [
    ("lost", Kind::Lost),
    ("arrives", Kind::Arrives),
    ("delayed", Kind::Delayed),
    ("duplicated", Kind::Duplicated),
    ("fires", Kind::Fires),
];

impl<'a> Reader<'a> {
    pub(super) fn edit(&mut self, mut object: Object<'a>) -> Option<Override> {
        object.is("an edit");
        let kind = object.need("kind")?.word("kind of edit", &KINDS)?;
        let group = self.edited_group(&mut object);
        let edit = match kind {
            Kind::Fires => {
                object.is("an edit of a timer");
                let name = timer(&mut object, group);
                let at = object.need("atUs").and_then(|node| instant(&node));
                name.zip(at).map(|(name, fires)| Override::Timer { name, fires })
            }
            Kind::Lost | Kind::Arrives | Kind::Delayed | Kind::Duplicated => {
                object.is("an edit of a message");
                let name = message(&mut object, group);
                let fate = match kind {
                    Kind::Arrives => {
                        let at = object.need("atUs").and_then(|node| instant(&node));
                        at.map(MessageOverride::Arrives)
                    }
                    Kind::Delayed => {
                        let by = object.need("byUs").and_then(|node| duration(&node));
                        by.map(MessageOverride::Delayed)
                    }
                    Kind::Duplicated => Some(MessageOverride::Duplicated),
                    Kind::Lost | Kind::Fires => Some(MessageOverride::Lost),
                };
                name.zip(fate).map(|(name, fate)| Override::Message { name, fate })
            }
        };
        object.end();
        edit
    }

    /// The group whose choice is fixed; it must be named as soon as there are groups.
    fn edited_group(&self, object: &mut Object<'a>) -> GroupId {
        let is_said = object.has("group");
        match (self.group_of(object), &*self.groups) {
            (Some(group), _) => group,
            (None, [only]) if only == Group::MAIN => GroupId::MAIN,
            (None, [example, ..]) if !is_said => {
                object.node().say(JsonTrouble::NeedsGroup { example: example.clone() });
                GroupId::MAIN
            }
            (None, _) => GroupId::MAIN,
        }
    }
}

fn message(object: &mut Object, group: GroupId) -> Option<MessageId> {
    let kinds = MessageKind::ALL.map(|kind| (kind.name(), kind));
    let kind = object.need("message").and_then(|node| node.word("message", &kinds));
    let from = object.need("from").and_then(|node| rank(&node));
    let to = object.need("to").and_then(|node| rank(&node));
    let nth = object.need("nth").and_then(|node| count(&node, u32::MAX));
    let copy = object.get("copy").map_or(Some(false), |node| node.flag());
    Some(MessageId { group, kind: kind?, from: from?, to: to?, nth: nth?, copy: copy? })
}

fn timer(object: &mut Object, group: GroupId) -> Option<TimerId> {
    let timers = TimerKind::ALL.map(|timer| (timer.name(), timer));
    let timer = object.need("timer").and_then(|node| node.word("timer", &timers));
    let of = object.need("process").and_then(|node| rank(&node));
    let nth = object.need("nth").and_then(|node| count(&node, u32::MAX));
    Some(TimerId { group, timer: timer?, of: of?, nth: nth? })
}
