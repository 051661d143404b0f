//! Tables: every event of a run as a row of the same columns, as CSV (RFC 4180) and as JSON; and the cells of a sweep
//! as CSV. The log of a run for ShiViz is here, too.
//!
//! Instants are whole microseconds since the start. docs/src/exports.md describes the columns.

use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::narration::describe;
use crate::run::Run;
use crate::scenario::Scenario;
use crate::simulation::{Cause, Event, EventKind};
use crate::sweep::{Measure, RunValue, SweepCell, SweepQuestion};
use crate::types::{Rank, Role, place};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::rc::Rc;

const COLUMNS: [&str; 16] = [
    "id",
    "atUs",
    "event",
    "process",
    "group",
    "occurrence",
    "kind",
    "from",
    "to",
    "standing",
    "leader",
    "dueUs",
    "setUs",
    "loss",
    "causeEvent",
    "causeFault",
];

enum Cell<'a> {
    Nothing,
    Number(u64),
    Word(Cow<'a, str>),
}

/// An array with one object per line.
pub(crate) fn json(run: &Run, out: &mut dyn Write) -> fmt::Result {
    out.write_str("[")?;
    let mut comma = "\n";
    for event in run.instants().flatten() {
        out.write_str(comma)?;
        comma = ",\n";
        for (place, (name, cell)) in COLUMNS.iter().zip(cells(&event, run.scenario())).enumerate() {
            write!(out, "{}\"{name}\":", if place == 0 { "{" } else { "," })?;
            match cell {
                Cell::Nothing => out.write_str("null")?,
                Cell::Number(number) => write!(out, "{number}")?,
                Cell::Word(word) => quote_json(out, &word)?,
            }
        }
        out.write_str("}")?;
    }
    out.write_str("\n]\n")
}

/// A header, then one record per event; lines end with CR LF, as the RFC requires.
pub(crate) fn csv(run: &Run, out: &mut dyn Write) -> fmt::Result {
    write!(out, "{}\r\n", COLUMNS.join(","))?;
    for event in run.instants().flatten() {
        for (place, cell) in cells(&event, run.scenario()).iter().enumerate() {
            if place > 0 {
                out.write_str(",")?;
            }
            match cell {
                Cell::Nothing => {}
                Cell::Number(number) => write!(out, "{number}")?,
                Cell::Word(word) => quote_csv(out, word)?,
            }
        }
        out.write_str("\r\n")?;
    }
    Ok(())
}

/// In the order of the columns.
fn cells<'a>(event: &Event, scenario: &'a Scenario) -> [Cell<'a>; 16] {
    let number = |number: Option<u64>| number.map_or(Cell::Nothing, Cell::Number);
    let word = |word: Option<&'static str>| word.map_or(Cell::Nothing, |w| Cell::Word(w.into()));
    let (kind, from, to) = match event.choice {
        Some(ChoiceId::Message(MessageId { kind, from, to, .. })) => {
            (Some(kind.name()), Some(from), Some(to))
        }
        Some(ChoiceId::Timer(TimerId { timer, .. })) => (Some(timer.name()), None, None),
        None => (None, None, None),
    };
    let (mut role, mut due, mut set, mut loss) = (None, None, None, None);
    match event.what {
        EventKind::Became(to) => role = Some(to),
        EventKind::Sent { due: at, .. }
        | EventKind::Duplicated { due: at, .. }
        | EventKind::Paused { until: at, .. } => due = Some(at),
        EventKind::TimedOut { set: at } => set = Some(at),
        EventKind::Lost(why) => loss = Some(why.name()),
        EventKind::Crashed { .. }
        | EventKind::Recovered
        | EventKind::Resumed { .. }
        | EventKind::Cut
        | EventKind::Healed
        | EventKind::LatencyChanged
        | EventKind::LossChanged
        | EventKind::Booted
        | EventKind::Suspected
        | EventKind::Unsuspecting
        | EventKind::Received
        | EventKind::StartedElection
        | EventKind::Held => {}
    }
    let leader = role.and_then(|role| role.believed(event.rank?));
    let (cause, fault) = match event.cause {
        Cause::Start => (None, None),
        Cause::Timeline(place) => (None, Some(place)),
        Cause::Event(id) => (Some(id), None),
    };
    let group = event.group.map(|group| &*scenario.group(group).name);
    [
        Cell::Number(event.id.into()),
        Cell::Number(event.at.as_us()),
        word(Some(name(event.what))),
        number(event.rank.map(|rank| rank.get().into())),
        group.map_or(Cell::Nothing, |name| Cell::Word(name.into())),
        event.choice.map_or(Cell::Nothing, |name| Cell::Word(name.to_string().into())),
        word(kind),
        number(from.map(|rank| rank.get().into())),
        number(to.map(|rank| rank.get().into())),
        word(role.map(Role::name)),
        number(leader.map(|rank| rank.get().into())),
        number(due.map(|due| due.as_us())),
        number(set.map(|set| set.as_us())),
        word(loss),
        number(cause.map(u64::from)),
        number(fault.map(u64::from)),
    ]
}

const fn name(what: EventKind) -> &'static str {
    match what {
        EventKind::Crashed { .. } => "crashed",
        EventKind::Recovered => "recovered",
        EventKind::Paused { .. } => "paused",
        EventKind::Resumed { .. } => "resumed",
        EventKind::Cut => "cut",
        EventKind::Healed => "healed",
        EventKind::LatencyChanged => "latencyChanged",
        EventKind::LossChanged => "lossChanged",
        EventKind::Booted => "booted",
        EventKind::Suspected => "suspected",
        EventKind::Unsuspecting => "unsuspecting",
        EventKind::TimedOut { .. } => "timedOut",
        EventKind::Received => "received",
        EventKind::StartedElection => "startedElection",
        EventKind::Became(_) => "became",
        EventKind::Sent { .. } => "sent",
        EventKind::Duplicated { .. } => "duplicated",
        EventKind::Lost(_) => "lost",
        EventKind::Held => "held",
    }
}

fn quote_json(out: &mut dyn Write, word: &str) -> fmt::Result {
    out.write_char('"')?;
    for letter in word.chars() {
        match letter {
            '"' | '\\' => write!(out, "\\{letter}")?,
            '\0'..' ' => write!(out, "\\u{:04x}", u32::from(letter))?,
            _ => out.write_char(letter)?,
        }
    }
    out.write_char('"')
}

fn quote_csv(out: &mut dyn Write, word: &str) -> fmt::Result {
    if word.contains(['"', ',', '\r', '\n']) {
        write!(out, "\"{}\"", word.replace('"', "\"\""))
    } else {
        out.write_str(word)
    }
}

/// The number of steps of each process that a step depends on, by rank.
type VectorClock = Rc<[u32]>;

struct VectorClocks<'a> {
    ranks: &'a [Rank],
    of: Vec<VectorClock>,
    /// The clock of each message on its way.
    carried: BTreeMap<MessageId, VectorClock>,
}

/// Writes a log for ShiViz's default expression: two lines per step, its sentence, then the process with its
/// vector clock.
///
/// The parser's regular expression is `(?<event>.*)\n(?<host>\S*) (?<clock>{.*})`. A step is an input or a
/// fault of a process with all its effects at that instant. The process's own entry of the clock counts its
/// steps from 1 without a gap, as ShiViz requires. What the network does (a loss, a copy, a cut) is not a
/// step of a process, and neither is a message that waits at a paused process.
pub(crate) fn shiviz(run: &Run, out: &mut dyn Write) -> fmt::Result {
    let ranks = &run.scenario().ranks;
    let none: VectorClock = vec![0; ranks.len()].into();
    let of = vec![none; ranks.len()];
    let mut clocks = VectorClocks { ranks, of, carried: BTreeMap::new() };
    for events in run.instants() {
        let mut lines = describe(&events, run.head()).into_iter().peekable();
        for event in &events {
            if let Some(line) = lines.next_if(|line| line.first == event.id)
                && is_step(event)
                && let Some(rank) = event.rank
            {
                let clock = clocks.tick(rank, event);
                writeln!(out, "{}  {}", line.at.stamp(), line.text)?;
                writeln!(out, "{rank} {}", written(ranks, &clock))?;
            }
            clocks.carry(event);
        }
    }
    Ok(())
}

/// Whether an event is one of a process, not of the network.
fn is_step(event: &Event) -> bool {
    !matches!(event.what, EventKind::Lost(_) | EventKind::Duplicated { .. } | EventKind::Held)
}

impl VectorClocks<'_> {
    /// Advances the clock of a process; a message that it receives merges its clock.
    fn tick(&mut self, rank: Rank, event: &Event) -> VectorClock {
        let Some(place) = place(self.ranks, rank) else { return Rc::default() };
        let mut clock = self.of[place].to_vec();
        if let (EventKind::Received, Some(ChoiceId::Message(name))) = (event.what, event.choice)
            && let Some(carried) = self.carried.get(&name)
        {
            clock.iter_mut().zip(&**carried).for_each(|(own, other)| *own = (*own).max(*other));
        }
        clock[place] += 1;
        self.of[place] = clock.into();
        self.of[place].clone()
    }

    fn carry(&mut self, event: &Event) {
        let Some(ChoiceId::Message(name)) = event.choice else { return };
        match event.what {
            // A copy is made when its original is sent, and has the same clock.
            EventKind::Sent { .. } | EventKind::Duplicated { .. } => {
                if let Some(place) = place(self.ranks, name.from) {
                    self.carried.insert(name, self.of[place].clone());
                }
            }
            EventKind::Received | EventKind::Lost(_) => {
                self.carried.remove(&name);
            }
            EventKind::Crashed { .. }
            | EventKind::Recovered
            | EventKind::Paused { .. }
            | EventKind::Resumed { .. }
            | EventKind::Cut
            | EventKind::Healed
            | EventKind::LatencyChanged
            | EventKind::LossChanged
            | EventKind::Booted
            | EventKind::Suspected
            | EventKind::Unsuspecting
            | EventKind::TimedOut { .. }
            | EventKind::StartedElection
            | EventKind::Became(_)
            | EventKind::Held => {}
        }
    }
}

/// The clock as JSON, without entries that are 0.
fn written(ranks: &[Rank], clock: &[u32]) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let mut before = "{";
        for (rank, steps) in ranks.iter().zip(clock).filter(|(_, steps)| **steps > 0) {
            write!(f, "{before}\"{rank}\":{steps}")?;
            before = ", ";
        }
        f.write_str("}")
    })
}

/// The cells of a sweep as CSV (RFC 4180), as far as it has run: a line for each, with a head. Times are
/// microseconds.
pub fn sweep_csv(question: &SweepQuestion, cells: &[SweepCell]) -> String {
    let settings = question.settings.iter().map(|(setting, _)| setting.to_string());
    let mut head: Vec<String> = settings.collect();
    head.extend(["own", "runs"].map(str::to_owned));
    for measure in Measure::ALL {
        let of = |what: &str| format!("{} {what}", measure_key(measure));
        head.extend(["median", "p90", "p99", "worst", "worst seed"].map(of));
    }
    head.extend(["needless runs", "stopped runs"].map(str::to_owned));
    for index in 1..=question.scenario.expectations.len() {
        let of = |what: &str| format!("expectation {index} {what}");
        head.extend(["holds", "from", "to", "first failing seed"].map(of));
    }
    let mut text = head.join(",") + "\n";
    for cell in cells {
        let mut row: Vec<String> = cell.values.iter().map(ToString::to_string).collect();
        row.extend([cell.is_own.to_string(), cell.runs.to_string()]);
        for measure in Measure::ALL {
            match cell.measure(measure) {
                Some(found) => {
                    let values = [found.median, found.p90, found.p99, found.worst];
                    row.extend(values.map(run_value));
                    row.push(found.worst_seed.to_string());
                }
                None => row.extend([const { String::new() }; 5]),
            }
        }
        row.extend([cell.needless.to_string(), cell.stopped.to_string()]);
        for share in &cell.expectations {
            match share {
                Some(share) => {
                    let (lo, hi) = share.interval();
                    row.push(share.holds.to_string());
                    row.extend([lo, hi].map(|end| rounded_share(end).to_string()));
                    row.push(share.first_failing.map_or_else(String::new, |it| it.to_string()));
                }
                None => row.extend([const { String::new() }; 4]),
            }
        }
        let _ = writeln!(text, "{}", row.join(","));
    }
    text
}

/// The name of a measure with its unit.
pub fn measure_key(measure: Measure) -> String {
    format!("{}{}", measure.name(), if measure.is_time() { "Us" } else { "" })
}

fn run_value(value: RunValue) -> String {
    match value {
        RunValue::Of(number) => number.to_string(),
        RunValue::Never => "never".to_owned(),
    }
}

/// To four decimals: no share is known more exactly.
pub fn rounded_share(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_value(quote: fn(&mut dyn Write, &str) -> fmt::Result, word: &str) -> String {
        let mut out = String::new();
        quote(&mut out, word).expect("writing to a string cannot fail");
        out
    }

    #[test]
    fn words_are_quoted_where_the_format_needs_it() {
        assert_eq!(run_value(quote_csv, "message Election 3->5 #1"), "message Election 3->5 #1");
        assert_eq!(run_value(quote_csv, "a,b"), "\"a,b\"");
        assert_eq!(run_value(quote_csv, "so \"called\"\n"), "\"so \"\"called\"\"\n\"");
        assert_eq!(run_value(quote_json, "so \"called\"\n\\"), r#""so \"called\"\u000a\\""#);
    }
}
