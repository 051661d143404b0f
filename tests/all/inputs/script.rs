//! A text as a script: a scenario within the limits that survives every format, or problems that have a place.

use super::{line_and_column, scenario, text};
use hustings::scenario::diagnostic::{Diagnostic, DiagnosticKind};
use hustings::scenario::limits;
use hustings::scenario::script::{self, MOST_DIAGNOSTICS, Script};

pub(crate) fn check(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    for line in text.lines() {
        let roles = script::roles(line);
        assert!(roles.iter().all(|(span, _)| line.get(span.clone()).is_some()), "{roles:?}");
        assert!(roles.is_sorted_by(|(one, _), (next, _)| one.end <= next.start), "{roles:?}");
    }
    match script::read(text) {
        Ok(script) => check_script(text, &script),
        Err(problems) => check_problems(text, &problems),
    }
}

fn check_script(text: &str, script: &Script) {
    let scenario = &script.scenario;
    scenario::keeps_the_limits(scenario);
    scenario::survives_each_format(scenario);
    let lines = text.lines().count();
    for hint in script.hints() {
        assert!(hint.line.is_none_or(|line| (1..=lines).contains(&line)), "{hint:?}");
        assert!(!hint.text.is_empty());
    }
    let is = |other: &str| {
        let again = script::read_again(other).map(|script| script.scenario);
        assert_eq!(again.as_ref(), Ok(scenario), "{other}");
    };
    let formatted = script::format(text).expect("what can be read can be formatted");
    is(&formatted);
    assert_eq!(formatted.lines().count(), lines, "formatting keeps each line:\n{formatted}");
    if formatted.len() <= limits::LONGEST_SCRIPT {
        assert_eq!(script::format(&formatted).as_ref(), Ok(&formatted), "formatted twice");
    }
    is(&script::without_comments(text).expect("what can be read has comments or none"));
    if !text.contains('\r') {
        is(&text.replace('\n', "\r\n"));
    }
    is(&format!("{text}\n\n# the end\n"));
    assert_eq!(script::rewrite(text, scenario), text, "what says it already stays as it is");
    check_disabled(text, scenario);
}

/// Each line that can be disabled can be enabled again, and then the script says the same.
fn check_disabled(text: &str, scenario: &hustings::scenario::Scenario) {
    for line in 1..=text.lines().count().min(8) {
        let without = script::disable(text, line);
        if without == text {
            continue;
        }
        let listed = script::disabled(&without);
        assert!(listed.iter().any(|one| one.line == line), "line {line} is disabled:\n{without}");
        let again = script::enable(&without, line);
        let read = script::read_again(&again).map(|script| script.scenario);
        assert_eq!(read.as_ref(), Ok(scenario), "line {line} is enabled again:\n{again}");
    }
}

/// Each problem has a place in the text and words; each suggestion changes the text.
pub(super) fn check_problems(text: &str, problems: &[Diagnostic]) {
    assert!((1..=MOST_DIAGNOSTICS + 1).contains(&problems.len()), "{} problems", problems.len());
    if let [Diagnostic { error: DiagnosticKind::TooLong { found }, .. }] = problems {
        assert!(*found == text.len() && text.len() > limits::LONGEST_SCRIPT);
        return;
    }
    let listed = &problems[..problems.len().min(MOST_DIAGNOSTICS)];
    assert!(listed.is_sorted_by_key(|problem| (problem.line, problem.column)), "{problems:?}");
    let lines: Vec<&str> = text.split('\n').collect();
    for problem in problems {
        let Diagnostic { line, column, ref span, whole_line, ref error, ref suggestion } = *problem;
        assert!((1..=lines.len()).contains(&line), "{problem:?}");
        assert!(text.get(span.clone()).is_some(), "{problem:?}");
        let words = error.to_string();
        assert!(!words.is_empty() && words.len() < 2_000, "{words}");
        if !whole_line {
            let (found, at) = line_and_column(text, span.start);
            let mark = usize::from(line == 1 && text.starts_with('\u{feff}'));
            assert_eq!((line, column + mark), (found, at), "{problem:?}");
        }
        if let Some(suggestion) = suggestion {
            assert!(text.get(suggestion.span.clone()).is_some(), "{suggestion:?}");
            assert!(!suggestion.label.is_empty());
            let mended = suggestion.apply(text);
            assert_ne!(mended, text, "a suggestion changes the text: {suggestion:?}");
            if let Err(left) = script::read(&mended) {
                let same = left.iter().any(|it| it == problem);
                assert!(!same, "after {suggestion:?} the problem is the same: {problem:?}");
            }
        }
    }
}
