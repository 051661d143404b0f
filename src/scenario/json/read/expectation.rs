//! What must hold of the run.

use super::Reader;
use super::value::{duration, instant, large, rank};
use crate::scenario::json::node::Object;
use crate::scenario::{Comparison, Condition, Expectation};
use crate::time::{Duration, Time};
use crate::types::MessageKind;

#[derive(Clone, Copy)]
enum Kind {
    Leader,
    Agreement,
    SplitBrain,
    Messages,
    Elections,
    LeaderlessTime,
    SplitBrainTime,
}

const KINDS: [(&str, Kind); 7] = [
    ("leader", Kind::Leader),
    ("agreement", Kind::Agreement),
    ("split-brain", Kind::SplitBrain),
    ("messages", Kind::Messages),
    ("elections", Kind::Elections),
    ("leaderless-time", Kind::LeaderlessTime),
    ("split-brain-time", Kind::SplitBrainTime),
];

impl<'a> Reader<'a> {
    pub(super) fn expectation(&mut self, mut object: Object<'a>) -> Option<Expectation> {
        object.is("an expectation");
        let kind = object.need("kind")?.word("kind of expectation", &KINDS)?;
        let group = self.group_of(&mut object);
        let claim = claim(kind, &mut object);
        object.end();
        Some(Expectation { group, condition: claim? })
    }
}

fn claim(kind: Kind, object: &mut Object) -> Option<Condition> {
    match kind {
        Kind::Leader => {
            object.is("an expectation of a leader");
            let leader = object.need("leader").and_then(|node| match node.is_null() {
                true => Some(None),
                false => rank(&node).map(Some),
            });
            let by = moment(object, "byUs");
            Some(Condition::Leader { leader: leader?, by })
        }
        Kind::Agreement => {
            object.is("an expectation of agreement");
            Some(Condition::Agreement { by: moment(object, "byUs") })
        }
        Kind::SplitBrain => {
            object.is("an expectation of split brain");
            let wanted = object.need("wanted").and_then(|node| node.flag());
            let after = moment(object, "afterUs");
            Some(Condition::SplitBrain { wanted: wanted?, after })
        }
        Kind::Messages => {
            object.is("an expectation of messages");
            let kinds = MessageKind::ALL.map(|kind| (kind.name(), kind));
            let kind = object.get("message").and_then(|node| node.word("message", &kinds));
            let (compare, count) = (compare(object), number(object));
            let after = moment(object, "afterUs");
            Some(Condition::Messages { kind, compare: compare?, count: count?, after })
        }
        Kind::Elections => {
            object.is("an expectation of elections");
            let (compare, count) = (compare(object), number(object));
            Some(Condition::Elections { compare: compare?, count: count? })
        }
        Kind::LeaderlessTime => {
            object.is("an expectation of time without a leader");
            at_most(object).map(Condition::LeaderlessAtMost)
        }
        Kind::SplitBrainTime => {
            object.is("an expectation of time with a split brain");
            at_most(object).map(Condition::SplitBrainAtMost)
        }
    }
}

fn moment(object: &mut Object, name: &'static str) -> Option<Time> {
    object.get(name).and_then(|node| instant(&node))
}

fn at_most(object: &mut Object) -> Option<Duration> {
    object.need("atMostUs").and_then(|node| duration(&node))
}

fn number(object: &mut Object) -> Option<u64> {
    object.need("count").and_then(|node| large(&node))
}

fn compare(object: &mut Object) -> Option<Comparison> {
    let signs = [Comparison::Exactly, Comparison::AtMost, Comparison::AtLeast];
    let signs = signs.map(|compare| (compare.sign(), compare));
    object.need("compare").and_then(|node| node.word("comparison", &signs))
}
