//! A text as JSON: a scenario within the limits that survives every format, or problems that have a place.

use super::{line_and_column, scenario, text};
use hustings::scenario::json::{self, JsonProblem};
use hustings::scenario::limits;
use hustings::scenario::script::MOST_DIAGNOSTICS;

pub(crate) fn check(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    match json::read(text) {
        Ok(read) => {
            assert!(text.len() <= limits::LONGEST_JSON + '\u{feff}'.len_utf8());
            scenario::keeps_the_limits(&read);
            scenario::survives_each_format(&read);
            let written = json::write(&read);
            let again = json::read(&written).map(|again| json::write(&again));
            assert_eq!(again, Ok(written), "equal scenarios have equal texts");
        }
        Err(problems) => check_problems(text, &problems),
    }
}

fn check_problems(text: &str, problems: &[JsonProblem]) {
    assert!((1..=MOST_DIAGNOSTICS + 1).contains(&problems.len()), "{} problems", problems.len());
    for problem in problems {
        let JsonProblem { line, column, ref span, is_whole, ref path, ref message } = *problem;
        assert!(text.get(span.clone()).is_some(), "{problem:?}");
        assert!(!message.is_empty() && message.len() < 4_000, "{problem:?}");
        assert!(problem.to_string().ends_with(message.as_str()), "{problem}");
        assert!(path.chars().count() <= text.chars().count() + 40, "{problem:?}");
        if !is_whole {
            let (found, at) = line_and_column(text, span.start);
            let start = text[..span.start].rfind('\n').map_or(0, |end| end + 1);
            let marks = text[start..span.start].chars().take_while(|&c| c == '\u{feff}').count();
            assert_eq!((line, column), (found, at - marks), "{problem:?}");
        }
    }
}
