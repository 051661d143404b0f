//! The only place where chance decides: drawn for the name of a choice, never from a stream, so
//! that one choice can be fixed and no other one moves.

use super::compiled::{CompiledScenario, OverrideUse};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::member::Detector;
use crate::scenario::{Latency, MessageOverride, Rate};
use crate::time::{Duration, Time};
use xxhash_rust::xxh3::xxh3_64;

/// What a draw is for: one name has one draw for each. Part of the hashed bytes, so frozen with the
/// link's version 1.
#[derive(Clone, Copy)]
enum DrawPurpose {
    Latency = 0,
    Loss = 1,
    Duplication = 2,
    Timeout = 3,
}

/// What the network will do to a message, apart from cuts and crashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ChoiceOutcome {
    pub due: Time,
    pub lost: Option<LossCause>,
    /// Its instant was chosen by an override, so fifo does not hold it back.
    pub fixed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LossCause {
    ByChance,
    ByOverride,
}

/// How a link treats a message just now.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinkConditions {
    pub latency: Latency,
    pub loss: Rate,
    pub duplicate: Rate,
}

/// When a message sent now would arrive, whatever overrides and losses say.
pub(super) fn drawn(
    compiled: &CompiledScenario,
    now: Time,
    name: MessageId,
    link: LinkConditions,
) -> Time {
    now + latency(compiled.seed(), &ChoiceId::Message(name), link.latency)
}

/// When a message sent now arrives, and whether it is lost.
pub(super) fn of_message(
    compiled: &CompiledScenario,
    used: &mut [OverrideUse],
    now: Time,
    name: MessageId,
    link: LinkConditions,
) -> ChoiceOutcome {
    let choice = ChoiceId::Message(name);
    let due = drawn(compiled, now, name, link);
    let edit = compiled.fixed(&choice).and_then(|fixed| fixed.fate);
    if let Some((index, fate)) = edit {
        used[index] = OverrideUse::Applied;
        match fate {
            MessageOverride::Lost => {
                return ChoiceOutcome { due, lost: Some(LossCause::ByOverride), fixed: true };
            }
            MessageOverride::Arrives(at) if at >= now => {
                return ChoiceOutcome { due: at, lost: None, fixed: true };
            }
            MessageOverride::Arrives(_) => used[index] = OverrideUse::TooLate { made: now },
            MessageOverride::Delayed(span) => {
                return ChoiceOutcome { due: due + span, lost: None, fixed: true };
            }
            MessageOverride::Duplicated => {}
        }
    }
    let lost = happens(compiled.seed(), &choice, DrawPurpose::Loss, link.loss);
    ChoiceOutcome { due, lost: lost.then_some(LossCause::ByChance), fixed: false }
}

/// Whether the network makes a copy of a message.
pub(super) fn is_duplicated(
    compiled: &CompiledScenario,
    used: &mut [OverrideUse],
    name: MessageId,
    link: LinkConditions,
) -> bool {
    let choice = ChoiceId::Message(name);
    if let Some(index) = compiled.fixed(&choice).and_then(|fixed| fixed.duplicated) {
        used[index] = OverrideUse::Applied;
        return true;
    }
    happens(compiled.seed(), &choice, DrawPurpose::Duplication, link.duplicate)
}

/// When a timer set now runs out: exactly after its wait, unless an override says otherwise.
pub(super) fn of_timer(
    compiled: &CompiledScenario,
    used: &mut [OverrideUse],
    now: Time,
    name: TimerId,
    wait: Duration,
) -> Time {
    let fixed = compiled.fixed(&ChoiceId::Timer(name)).and_then(|fixed| fixed.fires);
    match fixed {
        Some((index, at)) if at >= now => {
            used[index] = OverrideUse::Applied;
            at
        }
        Some((index, _)) => {
            used[index] = OverrideUse::TooLate { made: now };
            now + wait
        }
        None => now + wait,
    }
}

/// How long a member waits for a heartbeat: drawn where its algorithm leaves that to chance.
pub(super) fn heartbeat_timeout(compiled: &CompiledScenario, name: TimerId) -> Duration {
    let Detector::Heartbeat { every, timeout } = compiled.scenario().detector_of(name.of) else {
        return Duration::ZERO;
    };
    let (lo, hi) = compiled.scenario().algorithm.heartbeat_timeout(every, timeout, name.of);
    evenly(compiled.seed(), &ChoiceId::Timer(name), DrawPurpose::Timeout, lo, hi)
}

fn latency(seed: u64, choice: &ChoiceId, latency: Latency) -> Duration {
    evenly(seed, choice, DrawPurpose::Latency, latency.lo(), latency.hi())
}

/// Evenly from `lo` to `hi`, both included.
fn evenly(
    seed: u64,
    choice: &ChoiceId,
    purpose: DrawPurpose,
    lo: Duration,
    hi: Duration,
) -> Duration {
    let spread = hi.as_us() - lo.as_us();
    if spread == 0 {
        return lo;
    }
    lo + Duration::us(scaled(draw(seed, choice, purpose), spread + 1))
}

fn happens(seed: u64, choice: &ChoiceId, purpose: DrawPurpose, rate: Rate) -> bool {
    rate != Rate::NEVER
        && scaled(draw(seed, choice, purpose), u64::from(Rate::ALWAYS.as_ppm()))
            < u64::from(rate.as_ppm())
}

#[inline(always)]
fn draw(seed: u64, choice: &ChoiceId, purpose: DrawPurpose) -> u64 {
    let mut bytes = [0; 21];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..20].copy_from_slice(&choice.canonical());
    bytes[20] = purpose as u8;
    xxh3_64(&bytes)
}

/// A hash as a number below `count`, as evenly as 64 bits allow.
fn scaled(hash: u64, count: u64) -> u64 {
    ((u128::from(hash) * u128::from(count)) >> 64) as u64
}
