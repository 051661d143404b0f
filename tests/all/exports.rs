//! What can be taken away: logs that other programs read, and pictures that stand by themselves.

mod clocks;
pub(crate) mod metadata;
mod pictures;
mod titles;
pub(crate) mod xml;

use crate::golden;
use crate::play::{Played, play};
use crate::scenarios::random;
use hustings::export::{LogFormat, RunExport};
use hustings::presets;
use hustings::run::Run;
use std::collections::BTreeSet;

pub(crate) fn preset(name: &str) -> Played {
    play(presets::find(name).expect("a preset's name is for ever").script)
}

pub(crate) fn written(log: LogFormat, run: &Run) -> String {
    let mut out = String::new();
    log.write(run, &mut out).expect("writing to a string cannot fail");
    out
}

#[test]
fn the_logs_of_an_election_read_well() {
    let played = preset("bully-figure");
    for log in [LogFormat::Mermaid, LogFormat::Shiviz, LogFormat::Csv, LogFormat::Json] {
        let format = RunExport::Log(log);
        let path = format!("tests/golden/log-bully-figure.{}", format.extension());
        golden::check(&path, &written(log, &played.run));
    }
}

#[test]
fn every_event_is_a_row_with_all_columns() {
    for seed in 0..12 {
        let run = Run::of(random(seed));
        let csv = written(LogFormat::Csv, &run);
        let mut records = csv.split("\r\n");
        let columns = records.next().expect("a heading").split(',').count();
        let rows: Vec<&str> = records.filter(|record| !record.is_empty()).collect();
        assert_eq!(rows.len(), run.events_so_far() as usize, "random scenario {seed}");
        let json = written(LogFormat::Json, &run);
        let objects: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_str(&json).unwrap_or_else(|error| panic!("{seed}: {error}"));
        assert_eq!(objects.len(), rows.len());
        for (row, object) in rows.iter().zip(&objects) {
            // No word of a random scenario needs quotes.
            let cells: Vec<&str> = row.split(',').collect();
            assert_eq!((cells.len(), object.len()), (columns, columns), "{row}");
            let same = |name: &str, cell: &str| match &object[name] {
                serde_json::Value::Null => cell.is_empty(),
                serde_json::Value::String(word) => word == cell,
                number => cell.parse().ok() == number.as_u64() && number.is_u64(),
            };
            let names = csv.lines().next().unwrap_or_default().split(',');
            for (name, cell) in names.zip(cells) {
                assert!(same(name, cell), "{name} is {cell}, and {}", object[name]);
            }
        }
    }
}

/// A log says what its columns contain.
#[test]
fn every_column_is_documented() {
    let docs = include_str!("../../docs/src/exports.md");
    let csv = written(LogFormat::Csv, &play("until 10ms\n").run);
    let columns: Vec<&str> = csv.lines().next().expect("a heading").split(',').collect();
    assert!(columns.len() > 10);
    for column in columns {
        assert!(
            docs.contains(&format!("| `{column}` |")),
            "docs/src/exports.md explains no {column}"
        );
    }
    for format in RunExport::ALL {
        assert!(docs.contains(format.title()), "docs/src/exports.md has no {}", format.title());
    }
}

#[test]
fn every_format_has_a_name_of_its_own() {
    let names: BTreeSet<&str> = RunExport::ALL.into_iter().map(RunExport::name).collect();
    assert_eq!(names.len(), RunExport::ALL.len());
    for log in LogFormat::ALL {
        assert!(RunExport::ALL.contains(&RunExport::Log(log)));
    }
}

#[test]
fn a_group_whose_name_is_odd_stays_in_its_cell() {
    let run = play("processes 3\ngroup a-b on 1 2\ngroup c on 2 3\nat 10ms suspect 1 in a-b\n").run;
    let mermaid = written(LogFormat::Mermaid, &run);
    assert!(mermaid.contains("of a-b"), "{mermaid}");
}

/// Mermaid refuses more than 50,000 characters.
#[test]
fn a_long_run_is_no_longer_than_mermaid_draws() {
    let run = play(
        "detector heartbeat every 20ms timeout 70ms\nat 1s flap 6 down 300ms up 300ms\nuntil 1m\n",
    )
    .run;
    let mermaid = written(LogFormat::Mermaid, &run);
    let length = mermaid.chars().count();
    assert!((40_000..50_000).contains(&length), "{length} characters");
    assert!(mermaid.trim_end().ends_with("Mermaid<br/>draws no more."), "{mermaid}");
}
