//! The algorithm of a comparison as a parameter of an address: `bully`, `next-in-line`, `next-in-line-3`,
//! `next-in-line-list-5-4`.

use crate::election::{Algorithm, AlgorithmKind};
use crate::scenario::script::field;

/// The name, then the value of each option that is not as usual.
pub(super) fn write(algorithm: &Algorithm) -> String {
    let mut text = algorithm.name().to_owned();
    let (mut said, mut usual) = (algorithm.clone(), algorithm.kind().with_defaults());
    for (option, usual) in said.options().iter().zip(usual.options()) {
        let value = option.value.to_string();
        if value != usual.value.to_string() {
            text += &format!("-{}", value.replace(' ', "-"));
        }
    }
    text
}

/// Parses the parameter. It does not check that the scenario has these ranks.
pub(super) fn read(text: &str) -> Option<Algorithm> {
    if let Some(kind) = AlgorithmKind::named(text) {
        return Some(kind.with_defaults());
    }
    AlgorithmKind::ALL.iter().filter(|_| !text.ends_with('-')).find_map(|kind| {
        let values = text.strip_prefix(kind.row().name)?.strip_prefix('-')?;
        field::options(*kind, &values.replace('-', " ")).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::election::Succession;
    use crate::session::Screen;
    use crate::session::address::opened;
    use crate::types::Rank;

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
