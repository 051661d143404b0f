//! The properties without libFuzzer: the corpus of each target, the files that are seeds of it, and a fixed number of
//! changes of them, the same on every machine.

use super::TARGETS;
use crate::numbers::RandomSource;
use std::fs;
use std::path::{Path, PathBuf};

/// How many changed inputs each target gets, beside the inputs themselves. A search takes a thousand times as long as
/// the other targets.
const CHANGED: usize = 300;
const CHANGED_OF_SEARCH: usize = 8;
/// Longer seeds take too long here; libFuzzer reads the beginning of them.
const LONGEST: usize = 6_000;

macro_rules! replays {
    ($($name:ident: $target:literal;)*) => {
        $(#[test]
        fn $name() {
            replay($target);
        })*

        /// The targets that are replayed.
        const REPLAYED: &[&str] = &[$($target),*];
    };
}

replays! {
    an_address_is_read_or_refused: "address";
    json_is_read_or_refused: "json";
    a_lesson_is_read_or_refused: "lesson";
    a_link_is_read_or_refused: "link";
    the_figures_of_a_document_stand_where_they_are_found: "markdown";
    a_figure_answers_every_request: "player";
    a_rewritten_text_says_what_was_asked_for: "rewrite";
    a_run_is_that_of_the_second_implementation: "runs";
    a_script_is_read_or_refused: "script";
    a_search_finds_as_much_as_the_naive_one: "search";
    a_session_can_be_undone: "session";
}

#[test]
fn each_target_is_a_program_and_is_replayed() {
    let mut names = TARGETS.map(|(name, _)| name).to_vec();
    names.sort_unstable();
    let mut replayed = REPLAYED.to_vec();
    replayed.sort_unstable();
    assert_eq!(replayed, names);
    let programs = files(&root().join("fuzz/fuzz_targets"));
    let stem = |file: &PathBuf| file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let programs: Vec<String> = programs.iter().filter_map(stem).collect();
    assert_eq!(programs, names, "the files in fuzz/fuzz_targets");
    for (target, folders) in seeds() {
        assert!(names.contains(&&*target), "fuzz/seeds.txt: {target}");
        assert!(folders.iter().all(|folder| !files(folder).is_empty()), "the seeds of {target}");
    }
    let corpus = |name: &&str| files(&root().join("fuzz/corpus").join(name));
    assert!(names.iter().all(|name| !corpus(name).is_empty()), "a target without a corpus");
}

fn replay(target: &str) {
    let (_, property) = TARGETS.into_iter().find(|(name, _)| *name == target).expect("a target");
    let inputs = inputs(target);
    let check = |input: &[u8]| {
        let shown = ShownOnPanic { target, input };
        property(shown.input);
    };
    inputs.iter().for_each(|input| check(input));
    let count = if target == "search" { CHANGED_OF_SEARCH } else { CHANGED };
    let mut random = RandomSource::seeded(1);
    for _ in 0..count {
        check(&changed(&inputs, &mut random));
    }
}

/// Prints the input of a property that panics.
struct ShownOnPanic<'a> {
    target: &'a str,
    input: &'a [u8],
}

impl Drop for ShownOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Self { target, input } = self;
            eprintln!("the input of {target}: b\"{}\"", input.escape_ascii());
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// In the order of their names; none if the folder is not there.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    files
}

/// The folders whose files are seeds, by target: `fuzz/seeds.txt`.
fn seeds() -> Vec<(String, Vec<PathBuf>)> {
    let text = include_str!("../../../fuzz/seeds.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let read = |line: &str| {
        let (target, folders) = line.split_once(": ").expect("a target and its folders");
        let folders = folders.split(' ').map(|folder| root().join(folder));
        (target.to_owned(), folders.collect())
    };
    lines.map(read).collect()
}

fn inputs(target: &str) -> Vec<Vec<u8>> {
    let own = root().join("fuzz/corpus").join(target);
    let seeds = seeds().into_iter().filter(|(of, _)| of == target);
    let folders = [own].into_iter().chain(seeds.flat_map(|(_, folders)| folders));
    let files = folders.flat_map(|folder| files(&folder));
    let mut inputs: Vec<Vec<u8>> =
        files.map(|file| fs::read(file).expect("a seed can be read")).collect();
    inputs.retain(|input| input.len() <= LONGEST);
    inputs.push(Vec::new());
    inputs
}

/// One input with one to four changes, as libFuzzer makes them.
fn changed(inputs: &[Vec<u8>], random: &mut RandomSource) -> Vec<u8> {
    let one = |random: &mut RandomSource| &inputs[random.below(inputs.len() as u64) as usize];
    let mut input = one(random).clone();
    for _ in 0..random.between(1, 4) {
        let at = random.below(input.len() as u64 + 1) as usize;
        let end = (at + random.between(1, 12) as usize).min(input.len());
        match random.below(6) {
            0 => drop(input.drain(at..end)),
            1 => input.insert(at, random.below(256) as u8),
            2 if at < input.len() => input[at] = random.below(256) as u8,
            3 => {
                let part = input[at..end].to_vec();
                input.splice(at..at, part);
            }
            4 => input.extend((0..random.between(1, 60)).map(|_| random.below(256) as u8)),
            _ => {
                let other = one(random);
                let from = random.below(other.len() as u64 + 1) as usize;
                let to = (from + random.between(1, 40) as usize).min(other.len());
                input.splice(at..end, other[from..to].iter().copied());
            }
        }
    }
    input
}
