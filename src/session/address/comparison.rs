//! The algorithm of a comparison as a parameter of an address: `bully`, `next-in-line`, `next-in-line-3`,
//! `next-in-line-list-5-4`.

use crate::election::{Algorithm, Succession};
use crate::scenario::limits;
use crate::types::Rank;

/// The number of alternates if none is given, as in a script.
const USUAL: u8 = 2;
/// Precedes a list of ranks instead of a number of alternates.
const LIST: &str = "list";

pub(super) fn write(algorithm: &Algorithm) -> String {
    let name = algorithm.name();
    match algorithm {
        Algorithm::Bully | Algorithm::BullyTextbook => name.to_owned(),
        Algorithm::NextInLine(Succession::Highest(USUAL)) => name.to_owned(),
        Algorithm::NextInLine(Succession::Highest(count)) => format!("{name}-{count}"),
        Algorithm::NextInLine(Succession::List(list)) => {
            list.iter().fold(format!("{name}-{LIST}"), |text, rank| format!("{text}-{rank}"))
        }
    }
}

/// Parses the parameter. It does not check that the scenario has these ranks.
pub(super) fn read(text: &str) -> Option<Algorithm> {
    let plain = [Algorithm::Bully, Algorithm::BullyTextbook];
    if let Some(found) = plain.into_iter().find(|algorithm| algorithm.name() == text) {
        return Some(found);
    }
    let usual = Algorithm::NextInLine(Succession::Highest(USUAL));
    let said = text.strip_prefix(usual.name())?;
    if said.is_empty() {
        return Some(usual);
    }
    let said = said.strip_prefix('-')?;
    let succession = match said.strip_prefix(LIST) {
        Some("") => Succession::List(Vec::new()),
        Some(ranks) => {
            let rank = |word: &str| word.parse().ok().and_then(Rank::new);
            let words = ranks.strip_prefix('-')?.split('-').take(limits::MOST_PROCESSES + 1);
            Succession::List(words.map(rank).collect::<Option<_>>()?)
        }
        None => Succession::Highest(said.parse().ok()?),
    };
    Some(Algorithm::NextInLine(succession))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Screen;
    use crate::session::address::opened;

    #[test]
    fn a_comparison_says_which_alternates_the_other_has() {
        let list = |ranks: &[u16]| ranks.iter().copied().filter_map(Rank::new).collect();
        let next = |succession| Some(Algorithm::NextInLine(succession));
        let all = [
            ("bully", Some(Algorithm::Bully)),
            ("bully-textbook", Some(Algorithm::BullyTextbook)),
            ("next-in-line", next(Succession::Highest(2))),
            ("next-in-line-3", next(Succession::Highest(3))),
            ("next-in-line-0", next(Succession::Highest(0))),
            ("next-in-line-list-5-4", next(Succession::List(list(&[5, 4])))),
            ("next-in-line-list", next(Succession::List(Vec::new()))),
        ];
        for (name, algorithm) in all {
            assert_eq!(read(name), algorithm, "{name}");
            assert_eq!(algorithm.as_ref().map(write).as_deref(), Some(name));
            let state = opened(&format!("preset/bully-figure&vs={name}"), 0.0, false);
            assert_eq!(Some(state.screen), algorithm.map(Screen::Compare), "{name}");
        }
        let none = ["next-in-line-", "next-in-line-x", "next-in-line-256", "next-in-line-list-0"];
        for name in none.into_iter().chain(["next-in-line-list-", "next-in-lines", "next"]) {
            assert_eq!(read(name), None, "{name}");
        }
        // These parse, but the scenario has no such ranks.
        for name in ["next-in-line-64", "next-in-line-list-9", "next-in-line-list-5-5"] {
            let state = opened(&format!("preset/bully-figure&vs={name}"), 0.0, false);
            assert_eq!(state.screen, Screen::Stage, "{name}");
        }
    }
}
