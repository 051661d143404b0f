//! `sweep`: what it prints for people and programs, that its worst seeds are what it says, and arguments that it refuses.

use super::driver::{Folder, hustings};
use crate::golden;
use serde_json::Value;

const CRASH: &str = "# Ours
processes 4
detector heartbeat every 100ms timeout 350ms
loss 5%
until 3s
at 1s crash 4
at 2s pause 3 for 200ms
expect longest leaderless <= 328ms
expect no split brain
";

#[test]
fn people_get_a_table_and_a_sentence() {
    let args = ["sweep", "--vary", "timeout=150ms..650ms/100ms", "--seeds", "100", "-"];
    let ran = hustings(args).with(CRASH);
    assert_eq!((ran.code, &*ran.err), (0, ""));
    golden::check("tests/golden/sweep-table.txt", &ran.out);
    let args = [
        "sweep",
        "--vary",
        "algorithm=bully,raft",
        "--vary",
        "line 7 for=200ms,500ms",
        "--seeds",
        "20",
        "-",
    ];
    let ran = hustings(args).with(CRASH);
    assert_eq!((ran.code, &*ran.err), (0, ""));
    golden::check("tests/golden/sweep-two.txt", &ran.out);
}

#[test]
fn a_chart_is_an_svg_that_says_what_it_shows() {
    let folder = Folder::new("sweep-chart");
    let output = folder.path("chart.svg");
    let of = |first: &str, second: &str| {
        let options = ["--seeds", "20", "--theme", "dark", "-o", &*output, "-"];
        let [seeds, count, theme, dark, o, output, input] = options;
        let args = [
            "sweep", "--vary", first, "--vary", second, seeds, count, theme, dark, o, output, input,
        ];
        let ran = hustings(args).with(CRASH);
        assert_eq!((ran.code, &*ran.out, &*ran.err), (0, "", ""), "{first}");
        folder.read("chart.svg")
    };
    let text = of("timeout=150ms..650ms/100ms", "loss=5%");
    assert!(text.starts_with("<svg ") && text.ends_with("</svg>\n"), "{text}");
    assert!(text.contains(">Bully, 4 processes: Heartbeat timeout, Loss</title>"), "{text}");
    assert!(
        text.contains("Heartbeat timeout 350 ms, loss 5%: all 20 runs have a leader again"),
        "{text}"
    );
}

#[test]
fn programs_get_the_same_as_csv_and_json() {
    let folder = Folder::new("sweep");
    let args = |output: &str| {
        [
            "sweep",
            "--vary",
            "processes=3,4",
            "--vary",
            "loss=0..5/5",
            "--seeds",
            "20",
            "-o",
            output,
            "-",
        ]
        .map(str::to_owned)
    };
    for name in ["grid.csv", "grid.json", "grid.txt"] {
        let args = args(&folder.path(name));
        let args: [&str; 10] = std::array::from_fn(|place| &*args[place]);
        let ran = hustings(args).with(CRASH);
        assert_eq!((ran.code, &*ran.out, &*ran.err), (0, "", ""), "{name}");
    }
    let args = args(&folder.path("grid.png"));
    let ran = hustings(std::array::from_fn::<&str, 10, _>(|place| &*args[place])).with(CRASH);
    assert_eq!((ran.code, ran.err.contains("grid.svg")), (2, true), "{}", ran.err);
    golden::check("tests/golden/sweep-grid.csv", &folder.read("grid.csv"));
    golden::check("tests/golden/sweep-grid.txt", &folder.read("grid.txt"));
    let report: Value = serde_json::from_str(&folder.read("grid.json")).expect("JSON");
    golden::check("tests/golden/sweep-grid.json", &folder.read("grid.json"));
    let csv = folder.read("grid.csv");
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    let column = |name: &str| rows[0].iter().position(|head| *head == name).expect("it is there");
    let cells = report["cells"].as_array().expect("a list");
    assert_eq!(cells.len(), rows.len() - 1);
    for (cell, row) in cells.iter().zip(&rows[1..]) {
        assert_eq!(row.len(), rows[0].len());
        assert_eq!(cell["values"][0], row[0]);
        let measures = cell["measures"].as_object().expect("an object");
        for (name, found) in measures {
            for (key, head) in [("median", "median"), ("p99", "p99"), ("worst", "worst")] {
                let number = found[key].as_u64().map_or("never".to_owned(), |it| it.to_string());
                assert_eq!(number, row[column(&format!("{name} {head}"))]);
            }
        }
    }
}

#[test]
fn the_worst_seed_when_it_is_run_is_what_is_claimed() {
    let args = ["sweep", "--vary", "timeout=250ms,350ms", "--seeds", "50", "--format", "json", "-"];
    let ran = hustings(args).with(CRASH);
    let swept: Value = serde_json::from_str(&ran.out).expect("JSON");
    let folder = Folder::new("sweep-worst");
    for cell in swept["cells"].as_array().expect("a list") {
        let timeout = cell["values"][0].as_str().expect("text");
        let run = |seed: &Value| {
            let script = CRASH.replace("350ms", timeout) + &format!("seed {seed}\n");
            let file = folder.file("worst.hustings", script);
            let ran = hustings(["run", "--json", &file]);
            let reports: Value = serde_json::from_str(&ran.out).expect("JSON");
            reports[0].clone()
        };
        for measure in ["leaderlessUs", "splitBrainUs", "elections", "changes", "unprovokedChanges"]
        {
            let found = &cell["measures"][measure];
            let report = run(&found["worstSeed"]);
            assert_eq!(report["groups"][0][measure], found["worst"], "{timeout} {measure}");
        }
        for (place, share) in cell["expectations"].as_array().expect("a list").iter().enumerate() {
            if share["firstFailingSeed"].is_u64() {
                let report = run(&share["firstFailingSeed"]);
                assert_eq!(report["expectations"][place]["holds"], false);
            }
        }
    }
}

#[test]
fn arguments_that_mean_nothing_are_refused() {
    for (args, problem) in [
        (
            ["--vary", "timeout"],
            "`timeout` is no setting with values such as `timeout=150ms..1s/50ms`",
        ),
        (["--vary", "alternates=1..2"], "`alternates` cannot be varied: bully has no alternates"),
        (["--vary", "timeout=1ms..1s/1ms"], "`timeout` has 1000 values; the most is 64"),
        (["--seeds", "0"], "0 is not in 1..=10000"),
        (["--seeds", "10001"], "10001 is not in 1..=10000"),
        (["--format", "pdf"], "invalid value 'pdf'"),
    ] {
        let ran = hustings(["sweep", "--vary", "loss=0..1/1", args[0], args[1], "-"]).with(CRASH);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{args:?}");
        assert!(ran.err.contains(problem), "{args:?}: {}", ran.err);
    }
    let ran = hustings(["sweep", "-"]).with(CRASH);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--vary <SETTING=VALUES>"), "{}", ran.err);
    let ran = hustings(["sweep", "--vary", "loss=0", "-"]).with("at 1s crash 9");
    assert_eq!(ran.code, 2);
}
