//! Edits that found nothing to fix, each with the reason: never dropped in silence.

use super::UnusedOverride;
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::scenario::script::spelling;
use crate::scenario::{Override, ScenarioPart};
use crate::simulation::{OverrideUse, World};

pub(super) fn edits(
    world: &World,
    line: impl Fn(ScenarioPart) -> Option<usize>,
) -> Vec<UnusedOverride> {
    let scenario = world.scenario();
    let unused = |(index, used): (usize, &OverrideUse)| {
        let edit = &scenario.overrides[index];
        let reason = reason(edit, *used)?;
        Some(UnusedOverride {
            line: line(ScenarioPart::Edit(index)),
            text: spelling::override_words(scenario, index),
            reason,
        })
    };
    world.override_uses().iter().enumerate().filter_map(unused).collect()
}

fn reason(edit: &Override, used: OverrideUse) -> Option<String> {
    let made = match edit.occurrence() {
        ChoiceId::Message(_) => "is sent",
        ChoiceId::Timer(_) => "is set",
    };
    match used {
        OverrideUse::Applied => None,
        OverrideUse::NotYet => Some(match edit.occurrence() {
            ChoiceId::Message(name) => never_sent(name),
            ChoiceId::Timer(name) => never_set(name),
        }),
        OverrideUse::TooLate { made: at } => Some(format!(
            "it {made} only at {}, after the instant that the edit names",
            at.spoken()
        )),
        OverrideUse::StoppedByCut { sent } => {
            Some(format!("its link is cut when it is sent, at {}", sent.spoken()))
        }
    }
}

fn never_sent(MessageId { kind, from, to, nth, copy, .. }: MessageId) -> String {
    let which = ordinal(nth);
    if copy {
        return format!("no copy of the {which} {kind} from {from} to {to} is ever made");
    }
    format!("no {which} {kind} from {from} to {to} is ever sent")
}

fn never_set(TimerId { timer, of, nth, .. }: TimerId) -> String {
    format!("process {of} never sets its {timer} timer for the {} time", ordinal(nth))
}

/// In words up to the twelfth, as a person would say it; in digits from there.
fn ordinal(nth: u32) -> String {
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    if let Some(word) = nth.checked_sub(1).and_then(|place| WORDS.get(place as usize)) {
        return (*word).to_owned();
    }
    let ending = match (nth % 10, nth % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{nth}{ending}")
}
