//! The table of limits has every limit, with its number.

use super::made_from;
use crate::golden;
use hustings::scenario::limits;
use std::fmt::Write;

/// The name of the constant, what it limits, and how much is possible.
fn rows() -> Vec<(&'static str, &'static str, String)> {
    let kib = |bytes: usize| format!("{} KiB", bytes / 1024);
    vec![
        ("MOST_PROCESSES", "processes", number(limits::MOST_PROCESSES as u64)),
        ("MOST_GROUPS", "groups", number(limits::MOST_GROUPS as u64)),
        (
            "MOST_TIMELINE_ENTRIES",
            "faults on the timeline, after `flap` and `every` are expanded",
            number(limits::MOST_TIMELINE_ENTRIES as u64),
        ),
        ("MOST_OVERRIDES", "overrides", number(limits::MOST_OVERRIDES as u64)),
        ("MOST_EXPECTATIONS", "expectations", number(limits::MOST_EXPECTATIONS as u64)),
        (
            "MOST_ADDED_FAULTS",
            "faults that `expect always` adds",
            limits::MOST_ADDED_FAULTS.to_string(),
        ),
        ("MOST_SEEDS", "seeds of `seeds`, `sweep` and `search`", number(limits::MOST_SEEDS.into())),
        ("LONGEST_RUN", "length of a run", limits::LONGEST_RUN.to_string()),
        ("LONGEST_SPAN", "timeout, latency or pause", limits::LONGEST_SPAN.to_string()),
        ("MOST_EVENTS", "events of a run; a longer run stops there", number(limits::MOST_EVENTS)),
        (
            "MOST_IN_FLIGHT",
            "messages in flight, pending timers, and inputs that wait at paused processes; a run with \
             more stops there",
            number(limits::MOST_IN_FLIGHT as u64),
        ),
        (
            "MOST_DRAWN",
            "messages in a picture of the stage, which then gives their number instead",
            number(limits::MOST_DRAWN as u64),
        ),
        (
            "MOST_SHAPES",
            "shapes of one kind in a diagram, such as arrows or cuts; it gives the number of the others",
            number(limits::MOST_SHAPES as u64),
        ),
        (
            "LONGEST_OUTPUT",
            "picture, log or report; a quarter of that in the page",
            format!("{} MiB", limits::LONGEST_OUTPUT / 1024 / 1024),
        ),
        ("LONGEST_SCRIPT", "script", kib(limits::LONGEST_SCRIPT)),
        ("LONGEST_JSON", "scenario as JSON", kib(limits::LONGEST_JSON)),
        ("LONGEST_PAYLOAD", "link", kib(limits::LONGEST_PAYLOAD)),
        ("LONGEST_UNPACKED", "link, inflated", kib(limits::LONGEST_UNPACKED)),
        (
            "LONGEST_TEXT",
            "title, description, or name of a group",
            format!("{} characters", limits::LONGEST_TEXT),
        ),
        (
            "LONGEST_NAME",
            "name of a process or a zone",
            format!("{} characters", limits::LONGEST_NAME),
        ),
        ("MOST_ZONES", "zones", limits::MOST_ZONES.to_string()),
        ("MOST_MARKS", "marks", limits::MOST_MARKS.to_string()),
        ("LONGEST_MARK", "text of a mark", format!("{} characters", limits::LONGEST_MARK)),
        (
            "MOST_REQUESTS",
            "`load` and `capacity`",
            format!("{}/s", number(u64::from(limits::MOST_REQUESTS))),
        ),
    ]
}

#[test]
fn the_table_of_limits_is_the_programs() {
    let mut page = format!("# Limits\n\n{}", made_from("src/scenario/limits.rs"));
    page += "A scenario beyond a limit is refused with an error that names the limit. A run that reaches the limit of\n\
        events or of messages in flight stops there, and the report gives the reason. A picture beyond a\n\
        limit gives the number of shapes that it leaves out. An output beyond its limit is not written.\n\n\
        | at most | of |\n|--:|---|\n";
    for (_, what, most) in rows() {
        let _ = writeln!(page, "| {most} | {what} |");
    }
    page += "\nA rank is a whole number from 1 to 65535. The finest duration is a microsecond, the finest rate\n\
        0.0001%. A seed is a whole number below 2^64.\n";
    golden::check("docs/src/script/limits.md", &page);
}

#[test]
fn no_limit_is_left_out() {
    let source = include_str!("../../../src/scenario/limits.rs");
    let names: Vec<&str> = source
        .lines()
        .filter_map(|line| line.strip_prefix("pub const ")?.split(':').next())
        .collect();
    let listed: Vec<&str> = rows().into_iter().map(|(name, ..)| name).collect();
    assert_eq!(listed, names);
}

/// `10,000`
pub(crate) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut parted = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            parted.push(',');
        }
        parted.push(digit);
    }
    parted
}
