//! What an election costs: the formulas of the algorithms page, counted from the report, for every
//! number of processes up to 30 and every one that may notice.

use crate::play::{Played, play};
use hustings::simulation::{Event, EventKind};
use hustings::time::Time;
use hustings::types::{MessageKind, Rank, Role};

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
            // It asks all higher ranks, those that run answer, the highest gets Proceed, and announces itself to all lower ones.
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

/// The highest `count` ranks below the leader.
fn below(n: u64, count: u64) -> Vec<u64> {
    (n - count..n).rev().collect()
}

fn listed(ranks: impl IntoIterator<Item = u64>) -> String {
    ranks.into_iter().map(|rank| rank.to_string()).collect::<Vec<_>>().join(" ")
}

/// The leader n and the first `c` ranks below it are candidates, of which the highest `c − a` are
/// down with it.
fn candidates(n: u64, c: u64, a: u64, detector: u64) -> Played {
    play(&format!(
        "algorithm candidates {}
         processes {n}
         at 100ms crash {}
         at 200ms suspect {detector}
         until 20s",
        listed([n].into_iter().chain(below(n, c))),
        listed(n - (c - a)..=n),
    ))
}

/// Candidates: "c candidates other than the failed leader, a ≥ 1 of them running; one ordinary
/// detector: c + a + n − 2".
#[test]
fn candidates_cost_c_plus_a_plus_n_minus_2() {
    for n in 3..=MOST {
        for c in 1..n - 1 {
            for a in [1, c] {
                let run = candidates(n, c, a, 1);
                let told = format!("n = {n}, c = {c}, a = {a}\n{}", run.transcript());
                assert_eq!(run.total(), c + a + n - 2, "{told}");
                assert_eq!(kinds(&run), [c, a, 0, n - 2], "{told}");
                assert_eq!(run.leaders(), [(n - 1 - (c - a)) as u16], "{told}");
            }
        }
    }
}

/// Candidates: "a candidate detects: (c − 1) + (a − 1) + n − 2".
#[test]
fn candidates_cost_2_less_when_a_candidate_notices() {
    for n in 3..=MOST {
        for c in 1..n {
            for a in [1, c] {
                let run = candidates(n, c, a, n - c);
                let told = format!("n = {n}, c = {c}, a = {a}\n{}", run.transcript());
                assert_eq!(run.total(), (c - 1) + (a - 1) + n - 2, "{told}");
                assert_eq!(kinds(&run), [c - 1, a - 1, 0, n - 2], "{told}");
                assert_eq!(run.leaders(), [(n - 1 - (c - a)) as u16], "{told}");
            }
        }
    }
}

/// Ring: "f processes down, one starter: 2(n − f) messages delivered, f sent in vain in the first
/// lap, 2(n − f) Alive (with n − f = 1: f and nothing more)".
#[test]
fn a_ring_costs_2_laps_of_those_that_run_and_f_in_vain() {
    for n in 2..=MOST {
        for f in 1..n {
            // The starter is the lowest; a run of ranks is down, or every second one as far as it goes.
            for step in [1, 2].into_iter().filter(|step| f * step < n) {
                let down = (0..f).map(|index| n - index * step);
                let run = play(&format!(
                    "algorithm ring\nprocesses {n}\nat 100ms crash {}\nat 200ms suspect 1\nuntil 20s",
                    listed(down)
                ));
                let told = format!("n = {n}, f = {f}, step = {step}\n{}", run.transcript());
                let alive = n - f;
                let [election, answers, proceed, elected] = kinds(&run);
                match alive {
                    1 => assert_eq!([election, answers, elected], [f, 0, 0], "{told}"),
                    _ => {
                        assert_eq!([election, elected], [alive + f, alive], "{told}");
                        assert_eq!(answers, 2 * alive, "{told}");
                    }
                }
                assert_eq!(proceed, 0, "{told}");
                assert_eq!(run.elections(), 1, "{told}");
            }
        }
    }
}

/// Invitation: "Merging a leader with m members into another: 1 + m Invitations, 1 + m Accepts (H
/// above a round trip)."
#[test]
fn merging_a_group_costs_an_invitation_and_an_accept_for_each_process() {
    for n in 2..=MOST {
        for side in 1..=n / 2 {
            let run = play(&format!(
                "algorithm invitation
                 processes {n}
                 detector heartbeat every 100ms timeout 350ms
                 latency 10ms
                 at 310ms partition {} | {}
                 at 10010ms heal
                 until 12s",
                listed(1..=side),
                listed(side + 1..=n),
            ));
            // The smaller group has a leader and m = side − 1 members, and has gathered before the heal.
            let sent = |kind: &str| {
                let sent = run.short_lines(&[&format!("sent {kind}")]);
                sent.iter().filter(|line| line.starts_with("10.") && !line.contains("ms")).count()
            };
            let counts = [sent("Invitation"), sent("Accept")];
            let told = format!("n = {n}, side = {side}\n{}", run.transcript());
            assert_eq!(counts, [side as usize; 2], "{told}");
            assert_eq!(run.leaders(), [n as u16], "{told}");
        }
    }
}

/// Raft: the messages from the suspicion to the end of the first heartbeat round, Acks not counted.
fn raft_messages(options: &str, n: u64) -> u64 {
    let later: String =
        (2..n).map(|rank| format!("timer heartbeat {rank} #1 fires 700ms\n")).collect();
    let run = play(&format!(
        "algorithm raft {options}
         processes {n}
         detector heartbeat every 100ms timeout 350ms
         latency 10ms
         at 50ms crash {n}
         timer heartbeat 1 #1 fires 375ms
         {later}until 470ms"
    ));
    assert_eq!(run.leaders(), [1], "n = {n}\n{}", run.transcript());
    assert_eq!(run.elections(), 1, "n = {n}\n{}", run.transcript());
    assert_eq!(run.messages(MessageKind::Ack), n - 2, "n = {n}");
    run.total() - run.messages(MessageKind::Ack)
}

/// Raft: "3(n − 1) − 1 = 3n − 4 messages to the end of the first heartbeat round …, pre-vote
/// + 2n − 3".
#[test]
fn raft_costs_3n_minus_4_and_2n_minus_3_more_with_pre_vote() {
    for n in 3..=MOST {
        assert_eq!(raft_messages("", n), 3 * n - 4, "n = {n}");
        assert_eq!(raft_messages("pre-vote", n), (3 * n - 4) + (2 * n - 3), "n = {n}");
    }
}

/// VRRP: "A backup's `heartbeat` timer is always set for T + skew", where skew is
/// H × (256 − r) / 256, rounded down; and "n − 1 messages an interval, none for an election".
#[test]
fn vrrp_takes_over_after_t_and_the_skew_of_the_highest_backup() {
    for n in 2..=MOST {
        let run = play(&format!(
            "algorithm vrrp
             processes {n}
             detector heartbeat every 1s timeout 3s
             latency 1ms
             at 5500ms crash {n}
             until 11s"
        ));
        let skew_us = 1_000_000 * (256 - (n - 1)) / 256;
        // The last advertisement is heard at 5.001 s.
        let expected = Time::us(5_001_000 + 3_000_000 + skew_us);
        let leads = |event: &Event| event.what == EventKind::Became(Role::Leads);
        let first = run.events().into_iter().find(leads).expect("a backup leads");
        assert_eq!(
            (first.at, first.rank.map(Rank::get)),
            (expected, Some(n as u16 - 1)),
            "n = {n}"
        );
        // Five intervals of the old leader, and those of the new one from its first instant on.
        let intervals = 5 + 1 + (11_000_000 - expected.as_us()) / 1_000_000;
        assert_eq!(run.total(), intervals * (n - 1), "n = {n}\n{}", run.transcript());
    }
}
