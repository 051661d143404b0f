//! Parameters of an address: the selection (`3`, `3-5`, `fault-2`, `Election-3-5-1`, `alive-3-1`), the group,
//! and what is compared (`bully`, `next-in-line`, `next-in-line-3`, `next-in-line-list-5-4`, `all`).

use crate::choice::{MessageId, TimerId};
use crate::election::{Algorithm, AlgorithmKind, AlgorithmOptionValue};
use crate::scenario::diagnostic::clip;
use crate::scenario::script::field;
use crate::scenario::{Link, Scenario, keywords};
use crate::session::{ComparedWith, State};
use crate::types::{GroupId, MessageKind, Rank, TimerKind};
use crate::view::Target;

const FAULT: &str = "fault";
const FAULT_END: &str = "end";
/// Marks the duplicate of a message.
const COPY: &str = "copy";
/// Precedes the number of a group other than the first, from 1.
const GROUP: &str = "in";

/// Formats a selection; `None` for a part of the drawing without a line in the scenario.
pub(super) fn write_target(target: Target) -> Option<String> {
    let group = |id: GroupId| match id {
        GroupId::MAIN => String::new(),
        GroupId(place) => format!("-{GROUP}-{}", u32::from(place) + 1),
    };
    Some(match target {
        Target::Process(rank) => rank.to_string(),
        Target::Link(Link { from, to }) => format!("{from}-{to}"),
        Target::Fault(entry) => format!("{FAULT}-{}", entry + 1),
        Target::FaultEnd(entry) => format!("{FAULT_END}-{}", entry + 1),
        Target::Message(MessageId { group: id, kind, from, to, nth, copy }) => {
            let copy = if copy { format!("-{COPY}") } else { String::new() };
            format!("{kind}-{from}-{to}-{nth}{copy}{}", group(id))
        }
        Target::Timer(TimerId { group: id, timer, of, nth }) => {
            format!("{timer}-{of}-{nth}{}", group(id))
        }
        Target::Partition | Target::Handle(_) => return None,
    })
}

pub(super) fn read_target(text: &str) -> Option<Target> {
    let words: Vec<&str> = text.split('-').collect();
    let rank = |word: &str| word.parse().ok().and_then(Rank::new);
    match *words {
        [process] => rank(process).map(Target::Process),
        [FAULT, entry] => place(entry).map(Target::Fault),
        [FAULT_END, entry] => place(entry).map(Target::FaultEnd),
        [from, to] => Some(Target::Link(Link { from: rank(from)?, to: rank(to)? })),
        [timer, of, nth, ref rest @ ..] if named(&TimerKind::ALL, timer).is_some() => {
            let (timer, of) = (named(&TimerKind::ALL, timer)?, rank(of)?);
            let (group, nth) = (group(rest)?, nth.parse().ok()?);
            Some(Target::Timer(TimerId { group, timer, of, nth }))
        }
        [kind, from, to, nth, ref rest @ ..] => {
            let (copy, rest) = match rest {
                [COPY, rest @ ..] => (true, rest),
                rest => (false, rest),
            };
            let (kind, group) = (named(&MessageKind::ALL, kind)?, group(rest)?);
            let (from, to, nth) = (rank(from)?, rank(to)?, nth.parse().ok()?);
            Some(Target::Message(MessageId { group, kind, from, to, nth, copy }))
        }
        _ => None,
    }
}

/// Parses a number from 1 as an index from 0.
fn place(word: &str) -> Option<usize> {
    word.parse::<usize>().ok()?.checked_sub(1)
}

fn group(words: &[&str]) -> Option<GroupId> {
    match *words {
        [] => Some(GroupId::MAIN),
        [GROUP, number] => u8::try_from(place(number)?).ok().map(GroupId),
        _ => None,
    }
}

fn named<T: Copy + ToString>(all: &[T], word: &str) -> Option<T> {
    all.iter().copied().find(|one| one.to_string() == word)
}

/// Names all groups, unless a group has this name itself, and all algorithms.
const ALL: &str = "all";

/// The name of the group that is shown alone. All groups together are the default and need no parameter.
pub(crate) fn shown(state: &State) -> Option<String> {
    let scenario = state.document().scenario();
    let alone = !state.all_groups && scenario.groups.len() > 1;
    alone.then(|| scenario.group(state.group).name.clone())
}

/// The text if it can be a group's name: ASCII letters, digits, `-` and `_`.
pub(crate) fn read_group(name: &str) -> Option<String> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    (!name.is_empty() && name.chars().all(is_name)).then(|| name.to_owned())
}

impl State {
    /// Shows a group alone, or sets a notice that no group has this name.
    pub(super) fn show_group(&mut self, name: &str) {
        match find(self.document().scenario(), name) {
            Ok(group) => {
                self.all_groups = group.is_none();
                self.group = group.unwrap_or(self.group);
            }
            Err(words) => self.notice = Some(words),
        }
    }
}

fn find(scenario: &Scenario, name: &str) -> Result<Option<GroupId>, String> {
    let mut ids = scenario.group_ids();
    match ids.find(|&id| scenario.group(id).name == name) {
        Some(id) => Ok(Some(id)),
        None if name == ALL => Ok(None),
        None => {
            let names = scenario.groups.iter().map(|group| &*group.name);
            let meant = keywords::nearest(name, names).filter(|_| scenario.groups.len() > 1);
            let meant = meant.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            Err(crate::session::sentence(&format!(
                "there is no group named `{}`{meant}",
                clip(name)
            )))
        }
    }
}

/// The algorithm, or the word for all of them.
pub(super) fn write_comparison(comparison: &ComparedWith) -> String {
    match comparison {
        ComparedWith::Algorithm(algorithm) => write_algorithm(algorithm),
        ComparedWith::All => ALL.to_owned(),
    }
}

/// Parses the parameter. It does not check that the scenario has the ranks that it names.
pub(super) fn read_comparison(text: &str) -> Option<ComparedWith> {
    match text {
        ALL => Some(ComparedWith::All),
        text => read_algorithm(text).map(ComparedWith::Algorithm),
    }
}

/// The name, then each option that is not as usual: its value, and the word of an option that has a name of its
/// own in the list.
fn write_algorithm(algorithm: &Algorithm) -> String {
    let mut text = algorithm.name().to_owned();
    let (mut said, mut usual) = (algorithm.clone(), algorithm.kind().with_defaults());
    for (option, usual) in said.options().iter().zip(usual.options()) {
        let value = option.value.to_string().replace(' ', "-");
        if option.value.to_string() != usual.value.to_string() {
            text += &match option.value {
                AlgorithmOptionValue::Succession(_) | AlgorithmOptionValue::Candidates(_) => {
                    format!("-{value}")
                }
                AlgorithmOptionValue::Delay(_) => format!("-{}-{value}", option.word),
                AlgorithmOptionValue::Flag(_) => format!("-{}", option.word),
            };
        }
    }
    text
}

fn read_algorithm(text: &str) -> Option<Algorithm> {
    AlgorithmKind::ALL.iter().filter(|_| !text.ends_with('-')).find_map(|kind| {
        let rest = text.strip_prefix(kind.row().name)?;
        (rest.is_empty() || rest.starts_with('-')).then(|| read_options(*kind, rest))?
    })
}

fn read_options(kind: AlgorithmKind, mut rest: &str) -> Option<Algorithm> {
    let mut algorithm = kind.with_defaults();
    for option in algorithm.options() {
        let named = format!("-{}", option.word);
        match option.value {
            AlgorithmOptionValue::Flag(is_set) => {
                if let Some(after) = rest.strip_prefix(&named) {
                    (*is_set, rest) = (true, after);
                }
            }
            value @ AlgorithmOptionValue::Delay(_) => {
                if let Some(delay) = rest.strip_prefix(&named).and_then(|it| it.strip_prefix('-')) {
                    field::option(value, delay).ok()?;
                    rest = "";
                }
            }
            value @ (AlgorithmOptionValue::Succession(_) | AlgorithmOptionValue::Candidates(_)) => {
                let (list, after) = rest.split_at(rest.find("-delay-").unwrap_or(rest.len()));
                if let Some(list) = list.strip_prefix('-') {
                    field::option(value, &list.replace('-', " ")).ok()?;
                    rest = after;
                }
            }
        }
    }
    rest.is_empty().then_some(algorithm)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::election::{CandidateRules, RaftRules, Succession};
    use crate::session::Screen;
    use crate::session::address::opened;
    use crate::time::Duration;
    use crate::types::Rank;

    #[test]
    fn a_comparison_says_which_alternates_the_other_has() {
        let list = |ranks: &[u16]| ranks.iter().copied().filter_map(Rank::new).collect();
        let next = |succession| Some(Algorithm::NextInLine(succession));
        let raft =
            |pre_vote, check_quorum| Some(Algorithm::Raft(RaftRules { pre_vote, check_quorum }));
        let all = [
            ("bully", Some(Algorithm::Bully)),
            ("bully-textbook", Some(Algorithm::BullyTextbook)),
            ("next-in-line", next(Succession::Highest(2))),
            ("next-in-line-3", next(Succession::Highest(3))),
            ("next-in-line-0", next(Succession::Highest(0))),
            ("next-in-line-list-5-4", next(Succession::List(list(&[5, 4])))),
            ("next-in-line-list", next(Succession::List(Vec::new()))),
            ("vrrp", Some(Algorithm::Vrrp)),
            ("raft", raft(false, false)),
            ("raft-pre-vote", raft(true, false)),
            ("raft-pre-vote-check-quorum", raft(true, true)),
        ];
        for (name, algorithm) in all {
            assert_eq!(read_algorithm(name), algorithm, "{name}");
            assert_eq!(algorithm.as_ref().map(write_algorithm).as_deref(), Some(name));
            let state = opened(&format!("preset/bully-figure&vs={name}"), 0.0, false);
            let comparison = algorithm.map(ComparedWith::Algorithm);
            assert_eq!(Some(state.screen), comparison.map(Screen::Compare), "{name}");
        }
        let none = ["next-in-line-", "next-in-line-x", "next-in-line-256", "next-in-line-list-0"];
        for name in none.into_iter().chain(["next-in-line-list-", "next-in-lines", "next"]) {
            assert_eq!(read_algorithm(name), None, "{name}");
        }
        let all = ComparedWith::All;
        assert_eq!(read_comparison("all"), Some(all.clone()));
        assert_eq!(write_comparison(&all), "all");
        assert_eq!(opened("preset/bully-figure&vs=all", 0.0, false).screen, Screen::Compare(all));
        let delay = Duration::ms(30);
        let listed = Algorithm::Candidates(CandidateRules { ranks: list(&[6, 5]), delay });
        assert_eq!(write_algorithm(&listed), "candidates-6-5-delay-30ms");
        assert_eq!(read_algorithm("candidates-6-5-delay-30ms"), Some(listed));
        // These parse, but the scenario has no such ranks.
        for name in ["next-in-line-64", "next-in-line-list-9", "next-in-line-list-5-5"] {
            let state = opened(&format!("preset/bully-figure&vs={name}"), 0.0, false);
            assert_eq!(state.screen, Screen::Stage, "{name}");
        }
    }
}
