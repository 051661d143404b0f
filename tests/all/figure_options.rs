//! The options of a figure where others than Rust read them: `UPDATE=1 cargo test figure_options` writes
//! the list of the element, its types and the table of the docs anew.

use crate::golden;
use hustings::scenario::script::{self, field};
use hustings::scenario::{
    FigureDefault, FigureOption, FigureOptionRow, FigureOptions, FigureValueKind, Scenario,
    keywords,
};
use std::fmt::Write;

fn attributes() -> impl Iterator<Item = FigureOption> {
    FigureOption::ALL.iter().copied().filter(|option| option.is_attribute())
}

#[test]
fn the_element_knows_every_option() {
    let names: Vec<String> =
        attributes().map(|option| format!("\"{}\"", option.row().name)).collect();
    golden::check_between(
        "www/v1/embed.js",
        "  // From src/scenario/figure.rs; `UPDATE=1 cargo test figure_options` writes the list anew.\n",
        "  // The end of the list.\n",
        &format!("  const OPTIONS = [{}];\n", names.join(", ")),
    );
}

#[test]
fn the_types_have_every_option() {
    let mut types = String::from("export interface LeaderElectionOptions {\n");
    for option in attributes() {
        let FigureOptionRow { name, kind, .. } = option.row();
        let choices: Vec<String> =
            kind.choices().iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let values = match kind {
            FigureValueKind::Flag => "boolean | \"\" | \"true\" | \"false\"".to_owned(),
            FigureValueKind::Switch => format!("boolean | {}", choices.join(" | ")),
            FigureValueKind::View | FigureValueKind::Theme | FigureValueKind::Bar => {
                choices.join(" | ")
            }
            FigureValueKind::Instant | FigureValueKind::Speed | FigureValueKind::Pixels => {
                "string".to_owned()
            }
        };
        let help = format!("{} {}", option.help(), unless(option));
        let _ = writeln!(types, "  /** {} */", help.trim());
        let _ = writeln!(types, "  \"{name}\"?: {values};");
    }
    golden::check_between(
        "www/v1/embed.d.ts",
        "// From src/scenario/figure.rs; `UPDATE=1 cargo test figure_options` writes it anew.\n",
        "// The end of the options.\n",
        &(types + "}\n"),
    );
}

#[test]
fn the_docs_list_every_option() {
    let mut table = String::from(
        "| attribute | value | on the `figure` line | what it says |\n|---|---|---|---|\n",
    );
    for &option in FigureOption::ALL {
        let FigureOptionRow { name, kind, word, .. } = option.row();
        let attribute = match kind {
            FigureValueKind::Pixels => format!("`style=\"{name}:…px\"`"),
            _ => format!("`{name}`"),
        };
        let value = match kind.choices() {
            [] => option.expected(),
            choices => {
                let names: Vec<String> =
                    choices.iter().map(|(name, _)| format!("`{name}`")).collect();
                names.join(", ")
            }
        };
        let word = word.map_or_else(String::new, |figure_word| format!("`{}`", figure_word.word));
        let (help, unless) = (option.help(), unless(option));
        let _ = writeln!(
            table,
            "| {attribute} | {value} | {word} | {} |",
            format!("{help} {unless}").trim()
        );
    }
    golden::check_between(
        "docs/src/embedding.md",
        "<!-- From src/scenario/figure.rs; UPDATE=1 cargo test figure_options writes it anew. -->\n\n",
        "\n<!-- The end of the options. -->\n",
        &table,
    );
}

/// What holds where it is left open.
fn unless(option: FigureOption) -> String {
    let FigureOptionRow { kind, default, .. } = option.row();
    match (kind, default) {
        (FigureValueKind::Flag, _) => String::new(),
        (_, FigureDefault::Value(value)) => format!("Default: `{value}`."),
        (_, FigureDefault::EndOfRun | FigureDefault::AllThereIs) => format!("Default: {default}."),
    }
}

#[test]
fn every_default_can_be_written_and_read() {
    for &option in FigureOption::ALL {
        if let FigureDefault::Value(value) = option.row().default {
            assert_eq!(field::figure_value(option, &value.to_string()), Some(value), "{option:?}");
        }
        for (name, _) in option.row().kind.choices() {
            let value = field::figure_value(option, name).map(|value| value.to_string());
            assert_eq!(value.as_deref(), Some(*name), "{option:?}");
        }
    }
}

#[test]
fn the_figure_line_says_every_option_that_has_a_word() {
    let line = keywords::find(keywords::KeywordPosition::Statement, "figure").expect("a statement");
    for &option in FigureOption::ALL {
        let Some(figure_word) = option.row().word else { continue };
        let read: Scenario = script::parse(figure_word.example).expect("an example can be read");
        let value = read.figure.get(option);
        assert!(value.is_some(), "{} says nothing of {option:?}", figure_word.example);
        let mut alone = FigureOptions::default();
        alone.set(option, value);
        assert_eq!(read.figure, alone);
        assert!(line.form.contains(&format!("[{} ", figure_word.word)), "{}", line.form);
    }
}
