//! What befalls, and when.

use super::Reader;
use super::value::{self, duration, instant, latency, rank, ranks, rate};
use crate::scenario::json::node::{Node, Object};
use crate::scenario::{Fault, FaultTime, Links, TimelineEntry};
use crate::types::Rank;

/// The kinds, and what each is called in a sentence.
#[derive(Clone, Copy)]
enum Kind {
    Crash,
    Recover,
    Suspect,
    Pause,
    Resume,
    Flap,
    Partition,
    Cut,
    Heal,
    Latency,
    Loss,
}

const KINDS: [(&str, Kind); 11] = [
    ("crash", Kind::Crash),
    ("recover", Kind::Recover),
    ("suspect", Kind::Suspect),
    ("pause", Kind::Pause),
    ("resume", Kind::Resume),
    ("flap", Kind::Flap),
    ("partition", Kind::Partition),
    ("cut", Kind::Cut),
    ("heal", Kind::Heal),
    ("latency", Kind::Latency),
    ("loss", Kind::Loss),
];

impl Kind {
    const fn called(self) -> &'static str {
        match self {
            Self::Crash => "a crash",
            Self::Recover => "a recovery",
            Self::Suspect => "a suspicion",
            Self::Pause => "a pause",
            Self::Resume => "an end of a pause",
            Self::Flap => "a flap",
            Self::Partition => "a partition",
            Self::Cut => "a cut",
            Self::Heal => "a healing",
            Self::Latency => "a change of latency",
            Self::Loss => "a change of loss",
        }
    }
}

impl<'a> Reader<'a> {
    pub(super) fn entry(&mut self, mut object: Object<'a>) -> Option<TimelineEntry> {
        object.is("what befalls");
        let kind = object.need("kind")?.word("kind of fault", &KINDS)?;
        object.is(kind.called());
        let entry = match kind {
            Kind::Flap => flap(&mut object),
            _ => {
                // Both are read, so that what is wrong with either is told.
                let (when, fault) = (when(&mut object), self.fault(kind, &mut object));
                when.zip(fault).map(|(when, fault)| TimelineEntry::Fault { when, fault })
            }
        };
        object.end();
        entry
    }

    fn fault(&mut self, kind: Kind, object: &mut Object<'a>) -> Option<Fault> {
        match kind {
            Kind::Crash => processes(object).map(Fault::Crash),
            Kind::Recover => processes(object).map(Fault::Recover),
            Kind::Resume => processes(object).map(Fault::Resume),
            Kind::Suspect => {
                let (processes, group) = (processes(object), self.group_of(object));
                Some(Fault::Suspect { processes: processes?, group })
            }
            Kind::Pause => {
                let processes = processes(object);
                let span = object.need("forUs").and_then(|node| duration(&node));
                Some(Fault::Pause { processes: processes?, span: span? })
            }
            Kind::Partition => {
                let sides = object.need("sides")?.list("a list of lists of ranks")?;
                let sides: Vec<_> = sides.iter().map(ranks).collect();
                sides.into_iter().collect::<Option<_>>().map(Fault::Partition)
            }
            Kind::Cut => object.need("links").and_then(links).map(Fault::Cut),
            Kind::Heal => of_some(object).map(Fault::Heal),
            Kind::Latency => {
                let links = of_some(object);
                let latency = object.need("latency").and_then(latency);
                Some(Fault::Latency { links: links?, latency: latency? })
            }
            Kind::Loss => {
                let links = of_some(object);
                let rate = object.need("lossPpm").and_then(|node| rate(&node));
                Some(Fault::Loss { links: links?, rate: rate? })
            }
            // It is two faults in turn, and told apart before.
            Kind::Flap => None,
        }
    }
}

/// `atUs`, or `everyUs`, `fromUs` and perhaps `untilUs`.
fn when(object: &mut Object) -> Option<FaultTime> {
    let Some(every) = object.get("everyUs") else {
        return object.need("atUs").and_then(|node| instant(&node)).map(FaultTime::At);
    };
    let every = duration(&every);
    let from = object.need("fromUs").and_then(|node| instant(&node));
    let until = object.get("untilUs").map(|node| instant(&node));
    Some(FaultTime::Every {
        every: every?,
        from: from?,
        until: until.map_or(Some(None), |at| at.map(Some))?,
    })
}

fn flap(object: &mut Object) -> Option<TimelineEntry> {
    let at = object.need("atUs").and_then(|node| instant(&node));
    let process = object.need("process").and_then(|node| rank(&node));
    let down = object.need("downUs").and_then(|node| duration(&node));
    let up = object.need("upUs").and_then(|node| duration(&node));
    let until = object.get("untilUs").and_then(|node| instant(&node));
    Some(TimelineEntry::Flap { at: at?, process: process?, down: down?, up: up?, until })
}

fn processes(object: &mut Object) -> Option<Vec<Rank>> {
    object.need("processes").and_then(|node| ranks(&node))
}

/// Nothing in nothing where links are said that cannot be read.
fn of_some(object: &mut Object) -> Option<Option<Links>> {
    object.get("links").map_or(Some(None), |node| links(node).map(Some))
}

fn links(node: Node) -> Option<Links> {
    let mut object = node.object("a set of links")?;
    let links = value::links(&mut object);
    object.end();
    links
}
