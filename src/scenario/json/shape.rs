//! How a scenario looks as JSON. These names and shapes are frozen: programs rely on them. What
//! `www/types/scenario.d.ts` says in TypeScript is made from them, doc comments included.

use serde::Serialize;

/// Everything that decides a run. Whatever is left out is as by default.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub(super) struct Scenario {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// One line for galleries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Bully by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<Algorithm>,
    /// The ranks, ascending, at most 64 of them; 1 to 6 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processes: Option<Vec<u16>>,
    /// Who leads at the start, or `null` for nobody; the highest by default. Not beside `groups`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leader: Option<Option<u16>>,
    /// Requests per second on everybody. Not beside `groups`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_per_second: Option<u32>,
    /// Without any there is one, `main`, of everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<Group>>,
    /// What one process can serve.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity_per_second: Option<u32>,
    /// Scripted by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detector: Option<Detector>,
    /// How long an asker waits for Alive; 60000 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_alive_us: Option<u64>,
    /// How long it then waits for Elected; 90000 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_elected_us: Option<u64>,
    /// 10000 to 20000 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency: Option<Latency>,
    /// Lost by chance, in parts per million; so are the duplicated ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_ppm: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_ppm: Option<u32>,
    /// A message never overtakes an earlier one on its link; false by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fifo: Option<bool>,
    /// What single links say beats the default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<Vec<LinkSetting>>,
    /// A whole number as text, since it may be larger than a number of JavaScript; "1" by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// Where the run ends; by default that follows from the timeline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until_us: Option<u64>,
    /// What befalls. Of what befalls at the same instant, the first comes first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeline: Option<Vec<Entry>>,
    /// Single choices that are fixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edits: Option<Vec<Edit>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expectations: Option<Vec<Expectation>>,
    /// How an embedded figure opens; no part of the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<Figure>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub(super) enum Algorithm {
    Bully,
    BullyTextbook,
    NextInLine {
        /// So many of the highest other ranks, or a list of ranks; 2 by default.
        alternates: Option<Alternates>,
    },
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
pub(super) enum Alternates {
    Highest(u8),
    List(Vec<u16>),
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub(super) enum Detector {
    /// Only `suspect` in the timeline tells that a leader is gone.
    Scripted,
    Heartbeat {
        every_us: u64,
        timeout_us: u64,
    },
}

/// Drawn evenly, both ends included.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub(super) struct Latency {
    pub lo_us: u64,
    pub hi_us: u64,
}

/// Every link from one of `from` to one of `to`, or both ways.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub(super) struct Links {
    pub from: Vec<u16>,
    pub to: Vec<u16>,
    /// False by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub both: Option<bool>,
}

/// What some links say of themselves: one of the three, or more.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub(super) struct LinkSetting {
    #[serde(flatten)]
    pub links: Links,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency: Option<Latency>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_ppm: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_ppm: Option<u32>,
}

/// Processes that elect one leader among them.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub(super) struct Group {
    pub name: String,
    pub members: Vec<u16>,
    /// `null` is nobody; the highest member by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leader: Option<Option<u16>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_per_second: Option<u32>,
}

/// A fault, once, or again and again: first at `fromUs`, never at or after `untilUs`. A flap has `atUs`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Entry {
    #[serde(flatten)]
    pub when: When,
    #[serde(flatten)]
    pub fault: Fault,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(untagged, rename_all_fields = "camelCase")]
pub(super) enum When {
    At {
        at_us: u64,
    },
    Every {
        every_us: u64,
        from_us: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        until_us: Option<u64>,
    },
}

/// What befalls. A list of processes means one after the other.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub(super) enum Fault {
    Crash {
        processes: Vec<u16>,
    },
    Recover {
        processes: Vec<u16>,
    },
    /// Without a group, in all groups of the process.
    Suspect {
        processes: Vec<u16>,
        #[serde(skip_serializing_if = "Option::is_none")]
        group: Option<String>,
    },
    Pause {
        processes: Vec<u16>,
        for_us: u64,
    },
    Resume {
        processes: Vec<u16>,
    },
    /// Crashed for `downUs`, then up for `upUs`, and again; no crash at or after `untilUs`.
    Flap {
        process: u16,
        down_us: u64,
        up_us: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        until_us: Option<u64>,
    },
    /// Two or more sides; every link between two of them is cut.
    Partition {
        sides: Vec<Vec<u16>>,
    },
    Cut {
        links: Links,
    },
    /// Without links, all of them.
    Heal {
        #[serde(skip_serializing_if = "Option::is_none")]
        links: Option<Links>,
    },
    /// Without links, the default of all.
    Latency {
        #[serde(skip_serializing_if = "Option::is_none")]
        links: Option<Links>,
        latency: Latency,
    },
    /// Without links, the default of all.
    Loss {
        #[serde(skip_serializing_if = "Option::is_none")]
        links: Option<Links>,
        loss_ppm: u32,
    },
}

/// One choice that is fixed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub(super) struct Edit {
    #[serde(flatten)]
    pub fate: Fate,
    /// Its name; needed as soon as there are groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub(super) enum Fate {
    Lost {
        #[serde(flatten)]
        message: Message,
    },
    Arrives {
        #[serde(flatten)]
        message: Message,
        at_us: u64,
    },
    /// On top of the latency that is drawn.
    Delayed {
        #[serde(flatten)]
        message: Message,
        by_us: u64,
    },
    Duplicated {
        #[serde(flatten)]
        message: Message,
    },
    /// When a timer runs out.
    Fires {
        timer: Timer,
        process: u16,
        /// Which setting of it, from 1.
        nth: u32,
        at_us: u64,
    },
}

/// A message by what it is.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub(super) struct Message {
    pub message: MessageKind,
    pub from: u16,
    pub to: u16,
    /// Which of this kind on this link, from 1 over the whole run.
    pub nth: u32,
    /// The second arrival of one that is duplicated; false by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy: Option<bool>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) enum MessageKind {
    Election,
    Alive,
    Proceed,
    Elected,
    Heartbeat,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub(super) enum Timer {
    Alive,
    Elected,
    Heartbeat,
    Beat,
}

/// What must hold of the run. With `byUs`, it is true at some instant up to that, and from there to the
/// end; without, at the end.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub(super) struct Expectation {
    #[serde(flatten)]
    pub claim: Claim,
    /// Its name; without one, it must hold in each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub(super) enum Claim {
    Leader {
        /// `null` is nobody.
        #[cfg_attr(test, ts(optional = false))]
        leader: Option<u16>,
        #[serde(skip_serializing_if = "Option::is_none")]
        by_us: Option<u64>,
    },
    Agreement {
        #[serde(skip_serializing_if = "Option::is_none")]
        by_us: Option<u64>,
    },
    /// That there is one, or, with false, that there is none.
    SplitBrain {
        wanted: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        after_us: Option<u64>,
    },
    /// Sent, of this kind or of all.
    Messages {
        #[serde(skip_serializing_if = "Option::is_none")]
        message: Option<MessageKind>,
        compare: Compare,
        count: Count,
        #[serde(skip_serializing_if = "Option::is_none")]
        after_us: Option<u64>,
    },
    Elections {
        compare: Compare,
        count: Count,
    },
    /// In total.
    LeaderlessTime {
        at_most_us: u64,
    },
    /// In total.
    SplitBrainTime {
        at_most_us: u64,
    },
}

/// A whole number: up to 9007199254740991 as a number, and in quotes beyond, where a number of
/// JavaScript is no longer exact.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
pub(super) enum Count {
    Number(u64),
    Text(String),
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) enum Compare {
    #[serde(rename = "=")]
    Exactly,
    #[serde(rename = "<=")]
    AtMost,
    #[serde(rename = ">=")]
    AtLeast,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub(super) struct Figure {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_us: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_us: Option<u64>,
    /// Virtual time a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speed_us: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<View>,
    /// CSS pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u16>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub(super) enum View {
    Stage,
    Spacetime,
    Both,
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::super::typescript::{declared, is_kept};
    use super::*;

    #[test]
    fn the_types_for_typescript_are_as_they_are_made() {
        is_kept(
            "www/types/scenario.d.ts",
            "src/scenario/json/shape.rs",
            &[
                declared::<Scenario>(),
                declared::<Algorithm>(),
                declared::<Alternates>(),
                declared::<Detector>(),
                declared::<Latency>(),
                declared::<Links>(),
                declared::<LinkSetting>(),
                declared::<Group>(),
                declared::<Entry>(),
                declared::<Fault>(),
                declared::<Edit>(),
                declared::<Message>(),
                declared::<MessageKind>(),
                declared::<Timer>(),
                declared::<Expectation>(),
                declared::<Count>(),
                declared::<Compare>(),
                declared::<Figure>(),
                declared::<View>(),
            ],
        );
    }
}
