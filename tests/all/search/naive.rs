//! A search without pruning and branching: each set of moves is a script of its own, run from the start. A move that
//! lasts for good begins at every instant at which anything happens; one that ends some time later, or makes a process
//! send something, where something happens to its process or link, since what it leads to moves with its beginning.

use crate::numbers::RandomSource;
use hustings::choice::ChoiceId;
use hustings::run::Run;
use hustings::scenario::{MoveKind, script};
use hustings::search::{SearchQuestion, USUAL};
use hustings::simulation::{Event, EventKind};
use hustings::time::{Duration, Time};
use std::collections::BTreeSet;

/// A move as lines of a script, and when it begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NaiveMove {
    at: Time,
    kind: MoveKind,
    lines: Vec<String>,
}

/// A small question.
pub(crate) fn random(source: &mut RandomSource) -> SearchQuestion {
    let (text, kinds, most) = parts(source);
    let scenario = script::parse(&text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
    let mut question = SearchQuestion::of(scenario);
    question.rules.kinds = kinds.into_iter().collect();
    question.rules.durations = vec![Duration::us(15_000), Duration::us(70_000)];
    question.rules.until = Time::ms(120);
    question.most = most;
    question
}

/// Its scenario, the kinds of moves, and how many together.
fn parts(source: &mut RandomSource) -> (String, Vec<MoveKind>, usize) {
    let seed = source.below(1 << 16);
    let mut pick = move |count| source.below(count);
    let processes = 2 + pick(2);
    let algorithm = ["bully", "bully-textbook", "next-in-line", "ring"][pick(4) as usize];
    let latency = ["10ms", "4..9ms", "0ms"][pick(3) as usize];
    let mut text = format!(
        "algorithm {algorithm}\nprocesses {processes}\nlatency {latency}\nseed {seed}\nuntil 180ms\n\
         wait alive {}ms\nwait elected 30ms\n",
        8 + pick(20)
    );
    if pick(3) == 0 {
        text += "detector heartbeat every 60ms timeout 75ms\n";
    }
    if pick(2) == 0 {
        text +=
            &format!("at {}ms crash {processes}\nat {}ms suspect 1\n", 10 + pick(20), 35 + pick(9));
    }
    if pick(4) == 0 {
        text += "fifo on\n";
    }
    text += [
        "expect no split brain\n",
        "expect agreement by 150ms\n",
        "expect leaderless <= 40ms\n",
        "expect messages <= 14\n",
    ][pick(4) as usize];
    let all = MoveKind::ALL;
    let first = all[pick(all.len() as u64) as usize];
    let second = all[pick(all.len() as u64) as usize];
    let kinds = MoveKind::ALL.iter().copied().filter(|&kind| kind == first || kind == second);
    (text, kinds.collect(), 1 + usize::from(pick(5) < 2))
}

/// The first set of the fewest moves that violates an expectation.
pub(crate) fn search(question: &SearchQuestion) -> Option<Vec<NaiveMove>> {
    let base = script::write(&question.scenario);
    (0..=question.most).find_map(|size| extend(question, &base, &mut Vec::new(), size))
}

fn extend(
    question: &SearchQuestion,
    base: &str,
    moves: &mut Vec<NaiveMove>,
    left: usize,
) -> Option<Vec<NaiveMove>> {
    let lines = moves.iter().flat_map(|one| &one.lines);
    let text = lines.fold(base.to_owned(), |text, line| text + line + "\n");
    // Two overrides of one message are refused: such a set is none.
    let script = script::read(&text).ok()?;
    let run = Run::of(script.scenario.clone());
    if left == 0 {
        let is_violated = !run.report(&script).holds();
        return is_violated.then(|| moves.clone());
    }
    let from = moves.last().map_or(Time::ZERO, |last| last.at);
    for one in candidates(question, &run).into_iter().filter(|one| one.at >= from) {
        // Each set once. An override can be about a message that a fault of the same instant sends.
        let is_override = |one: &NaiveMove| one.lines[0].starts_with("message");
        if moves.last().is_some_and(|last| one <= *last && is_override(&one) == is_override(last)) {
            continue;
        }
        moves.push(one);
        let found = extend(question, base, moves, left - 1);
        if found.is_some() {
            return found;
        }
        moves.pop();
    }
    None
}

fn candidates(question: &SearchQuestion, run: &Run) -> BTreeSet<NaiveMove> {
    let rules = &question.rules;
    let events = run.events(Time::ZERO, rules.until);
    let moment = Duration::us(1);
    // How early in a quiet time a process crashes makes no difference to a split.
    let is_timed = question.scenario.expectations.iter().any(|it| *it != USUAL);
    let ends = |event: &Event| [event.at, if is_timed { event.at + moment } else { event.at }];
    let mut instants: BTreeSet<Time> = events.iter().flat_map(ends).collect();
    instants.insert(rules.until);
    instants.retain(|&at| at <= rules.until);
    let ranks: Vec<u16> = question.scenario.ranks.iter().map(|rank| rank.get()).collect();
    let mut all = BTreeSet::new();
    let mut add = |at: Time, kind, lines: Vec<String>| {
        all.insert(NaiveMove { at, kind, lines });
    };
    let us = |span: Duration| format!("{}us", span.as_us());
    // Whether something happens to a process, or on a link between it and one of the others.
    let happens_to = |at: Time, a: u16| {
        let concerns = |event: &&Event| {
            let is_of_network =
                matches!(event.what, EventKind::Lost(_) | EventKind::Duplicated { .. });
            !is_of_network && event.rank.is_some_and(|rank| rank.get() == a)
        };
        let is_near = |event: &&Event| ends(event).contains(&at);
        at == rules.until || events.iter().filter(is_near).any(|event| concerns(&event))
    };
    let passes = |at: Time, from: u16, to: &[u16], both: bool| {
        // A cut stops what would arrive.
        let crosses = |event: &&Event| match event.choice {
            Some(ChoiceId::Message(name)) if !matches!(event.what, EventKind::Sent { .. }) => {
                let ends = (name.from.get(), name.to.get());
                (ends.0 == from && to.contains(&ends.1))
                    || (both && ends.1 == from && to.contains(&ends.0))
            }
            Some(ChoiceId::Message(_) | ChoiceId::Timer(_)) | None => false,
        };
        at == rules.until
            || events.iter().filter(|event| event.at == at).any(|event| crosses(&event))
    };
    for kind in rules.kinds.iter() {
        for &at in &instants {
            let begin = |fault: String| format!("at {}us {fault}", at.as_us());
            let end =
                |span: Duration, fault: String| format!("at {}us {fault}", (at + span).as_us());
            for &a in &ranks {
                match kind {
                    MoveKind::Crash => add(at, kind, vec![begin(format!("crash {a}"))]),
                    MoveKind::Suspect | MoveKind::Pause | MoveKind::Restart
                        if !happens_to(at, a) => {}
                    MoveKind::Suspect => add(at, kind, vec![begin(format!("suspect {a}"))]),
                    MoveKind::Pause => rules.durations.iter().for_each(|&span| {
                        add(at, kind, vec![begin(format!("pause {a} for {}", us(span)))]);
                    }),
                    MoveKind::Restart => rules.durations.iter().for_each(|&span| {
                        add(
                            at,
                            kind,
                            vec![begin(format!("crash {a}")), end(span, format!("recover {a}"))],
                        );
                    }),
                    MoveKind::Cut | MoveKind::CutBoth | MoveKind::Partition => {
                        let arrow = if kind == MoveKind::Cut { "->" } else { "--" };
                        for &b in ranks.iter().filter(|&&b| b != a) {
                            let (cut, heal) = match kind {
                                MoveKind::Partition => {
                                    let rest: Vec<String> = ranks
                                        .iter()
                                        .filter(|&&it| it != a)
                                        .map(u16::to_string)
                                        .collect();
                                    let rest = rest.join(" ");
                                    (
                                        format!("partition {a} | {rest}"),
                                        format!("heal {a}--{}", rest.replace(' ', ",")),
                                    )
                                }
                                _ => (format!("cut {a}{arrow}{b}"), format!("heal {a}{arrow}{b}")),
                            };
                            add(at, kind, vec![begin(cut.clone())]);
                            let rest: Vec<u16> = match kind {
                                MoveKind::Partition => {
                                    ranks.iter().copied().filter(|&it| it != a).collect()
                                }
                                _ => vec![b],
                            };
                            if !passes(at, a, &rest, kind != MoveKind::Cut) {
                                continue;
                            }
                            for &span in &rules.durations {
                                add(at, kind, vec![begin(cut.clone()), end(span, heal.clone())]);
                            }
                        }
                    }
                    MoveKind::Lose | MoveKind::Delay | MoveKind::Duplicate => {}
                }
            }
        }
        for event in &events {
            let EventKind::Sent { .. } = event.what else { continue };
            let Some(ChoiceId::Message(name)) = event.choice else { continue };
            let message = format!("message {} {}->{} #{}", name.kind, name.from, name.to, name.nth);
            match kind {
                MoveKind::Lose => add(event.at, kind, vec![format!("{message} lost")]),
                MoveKind::Duplicate => add(event.at, kind, vec![format!("{message} duplicated")]),
                MoveKind::Delay => rules.durations.iter().for_each(|&span| {
                    add(event.at, kind, vec![format!("{message} delayed {}", us(span))]);
                }),
                MoveKind::Pause
                | MoveKind::Suspect
                | MoveKind::Cut
                | MoveKind::CutBoth
                | MoveKind::Partition
                | MoveKind::Restart
                | MoveKind::Crash => {}
            }
        }
    }
    all
}
