//! What holds for every scenario: written, formatted and rewritten, a script says the same.

use super::reading::scenario;
use crate::scenarios;
use hustings::scenario::script::{format, parse, rewrite, write};
use hustings::scenario::{FaultTime, Scenario, TimelineEntry, limits};
use hustings::time::Duration;
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_written_scenario_reads_as_itself(wanted in scenarios::scenario()) {
        let script = write(&wanted);
        prop_assert_eq!(&scenario(&script), &wanted, "{}", script);
    }

    #[test]
    fn what_is_written_is_canonical(wanted in scenarios::scenario()) {
        let script = write(&wanted);
        prop_assert_eq!(format(&script), Ok(script));
    }

    #[test]
    fn a_rewritten_script_says_the_new_scenario(
        old in scenarios::scenario(),
        new in scenarios::scenario(),
    ) {
        let script = rewrite(&write(&old), &new);
        prop_assert_eq!(&scenario(&script), &new, "{}", script);
    }

    #[test]
    fn a_fault_that_moves_leaves_every_other_line_as_it_was(
        seed in 0..500_u64,
        which in any::<prop::sample::Index>(),
    ) {
        let old = scenarios::random(seed);
        let plain = write(&old);
        let commented = plain.lines().enumerate().map(|(line, text)| format!("{text}  # {line}\n"));
        let text: String = commented.collect();
        let mut parts = old.into_parts();
        let which = which.index(parts.timeline.len());
        let (TimelineEntry::Fault { when: FaultTime::At(at), .. } | TimelineEntry::Flap { at, .. }) =
            &mut parts.timeline[which]
        else {
            return Ok(());
        };
        *at = *at - Duration::us(1) + Duration::us(2);
        let Ok(new) = Scenario::new(parts) else { return Ok(()) };
        let moved = rewrite(&text, &new);
        prop_assert_eq!(&scenario(&moved), &new);
        prop_assert_eq!(moved.lines().count(), text.lines().count());
        let differ = moved.lines().zip(text.lines()).filter(|(new, old)| new != old);
        let differ: Vec<(&str, &str)> = differ.collect();
        prop_assert_eq!(differ.len(), 1, "{:?}", differ);
        let comment = |line: &str| line.rsplit('#').next().map(str::to_owned);
        prop_assert_eq!(comment(differ[0].0), comment(differ[0].1));
    }

    #[test]
    fn noise_is_an_error_and_never_a_panic(text in "[\\PC\n\t]{0,200}") {
        let _ = parse(&text);
        let _ = format(&text);
    }

    #[test]
    fn a_script_with_a_letter_changed_never_panics(
        seed in 0..500_u64,
        at in any::<prop::sample::Index>(),
        letter in any::<char>(),
    ) {
        let script = write(&scenarios::random(seed));
        let mut letters: Vec<char> = script.chars().collect();
        let at = at.index(letters.len());
        letters[at] = letter;
        let changed: String = letters.into_iter().collect();
        if let (Ok(read), Ok(formatted)) = (parse(&changed), format(&changed)) {
            prop_assert_eq!(parse(&formatted), Ok(read));
            prop_assert_eq!(format(&formatted), Ok(formatted));
        }
    }
}

#[test]
fn random_scenarios_survive_a_change_into_one_another() {
    for seed in 0..300 {
        let (old, new) = (scenarios::random(seed), scenarios::random(seed + 1));
        let script = write(&old);
        assert_eq!(scenario(&script), old, "{script}");
        assert!(script.len() <= limits::LONGEST_SCRIPT);
        let script = rewrite(&script, &new);
        assert_eq!(scenario(&script), new, "{script}");
    }
}
