//! What an election costs: the formulas of the algorithms page, counted from the report, for every
//! number of processes up to 30 and every one that may notice.

use crate::play::{Played, play};
use hustings::types::MessageKind;

const MOST: u64 = 30;

fn one_detector(algorithm: &str, n: u64, k: u64) -> Played {
    play(&format!(
        "algorithm {algorithm}\nprocesses {n}\nat 100ms crash {n}\nat 200ms suspect {k}\nuntil 10s"
    ))
}

/// By kind: Election, Alive, Proceed, Elected.
fn kinds(run: &Played) -> [u64; 4] {
    [MessageKind::Election, MessageKind::Alive, MessageKind::Proceed, MessageKind::Elected]
        .map(|kind| run.messages(kind))
}

/// Bully: "with leader n crashed and one detector k < n − 1: 3n − 2k − 2 messages, counting those
/// sent to the crashed leader; k = n − 1: n − 1".
#[test]
fn bully_costs_3n_minus_2k_minus_2() {
    for n in 2..=MOST {
        for k in 1..n {
            let run = one_detector("bully", n, k);
            let expected = if k == n - 1 { n - 1 } else { 3 * n - 2 * k - 2 };
            assert_eq!(run.total(), expected, "n = {n}, k = {k}\n{}", run.transcript());
            // It asks all above, those that live answer, the highest is told, and tells all below.
            let by_kind = [n - k, n - 1 - k, u64::from(k < n - 1), n - 2];
            assert_eq!(kinds(&run), by_kind, "n = {n}, k = {k}");
            assert_eq!(run.leaders(), [n as u16 - 1], "n = {n}, k = {k}");
            assert_eq!(run.elections(), 1, "n = {n}, k = {k}");
        }
    }
}

/// Textbook bully: "one detector k, leader n crashed: (n − k)² + n − 2".
#[test]
fn textbook_bully_costs_n_minus_k_squared_plus_n_minus_2() {
    for n in 2..=MOST {
        for k in 1..n {
            let run = one_detector("bully-textbook", n, k);
            assert_eq!(
                run.total(),
                (n - k).pow(2) + n - 2,
                "n = {n}, k = {k}\n{}",
                run.transcript()
            );
            assert_eq!(run.messages(MessageKind::Proceed), 0);
            assert_eq!(run.leaders(), [n as u16 - 1], "n = {n}, k = {k}");
            assert_eq!(
                run.elections(),
                n - k,
                "every live one from k on holds one: n = {n}, k = {k}"
            );
        }
    }
}

/// Textbook bully: "all n − 1 detect at once: n² − n − 1".
#[test]
fn textbook_bully_costs_n_squared_minus_n_minus_1_when_all_notice() {
    for n in 2..=MOST {
        let all: Vec<String> = (1..n).map(|rank| rank.to_string()).collect();
        let run = play(&format!(
            "algorithm bully-textbook\nprocesses {n}\nat 100ms crash {n}\nat 200ms suspect {}\nuntil 10s",
            all.join(" ")
        ));
        assert_eq!(run.total(), n * n - n - 1, "n = {n}\n{}", run.transcript());
        assert_eq!(run.leaders(), [n as u16 - 1], "n = {n}");
    }
}

/// A line of all below the leader, downward, of which the first `i − 1` are down with the leader.
fn first_live_at(n: u64, i: u64, detector: u64) -> Played {
    let numbers = |ranks: std::ops::Range<u64>| {
        ranks.rev().map(|rank| rank.to_string()).collect::<Vec<_>>().join(" ")
    };
    play(&format!(
        "algorithm next-in-line alternates list {}
         processes {n}
         at 100ms crash {}
         at 200ms suspect {detector}
         until 20s",
        // Rank 1 is outside the line.
        numbers(2..n),
        numbers(n - i + 1..n + 1),
    ))
}

/// Next-in-line: "one detector outside the line, first live entry at place i (all before it
/// crashed): n + i messages".
#[test]
fn next_in_line_costs_n_plus_i() {
    for n in 3..=MOST {
        for i in 1..n - 1 {
            let run = first_live_at(n, i, 1);
            assert_eq!(run.total(), n + i, "n = {n}, i = {i}\n{}", run.transcript());
            assert_eq!(kinds(&run), [i, 1, 0, n - 1], "n = {n}, i = {i}");
            assert_eq!(run.leaders(), [(n - i) as u16], "n = {n}, i = {i}");
        }
    }
}

/// Next-in-line: "a detector that is itself entry i: n − 2 + i".
#[test]
fn next_in_line_costs_n_minus_2_plus_i_when_an_entry_notices() {
    for n in 3..=MOST {
        for i in 1..n - 1 {
            let run = first_live_at(n, i, n - i);
            assert_eq!(run.total(), n - 2 + i, "n = {n}, i = {i}\n{}", run.transcript());
            assert_eq!(kinds(&run), [i - 1, 0, 0, n - 1], "n = {n}, i = {i}");
            assert_eq!(run.leaders(), [(n - i) as u16], "n = {n}, i = {i}");
        }
    }
}
