//! `hustings presets`: lists and prints the bundled scenarios.

use super::CliOutcome;
use super::console::{Console, Line, Mark};
use crate::presets::{self, Preset};
use crate::scenario::keywords;
use crate::scenario::script;
use std::io;

/// Lists the bundled scenarios, or prints the script of one.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings presets
  hustings presets split-brain > mine.hustings")]
pub(crate) struct PresetsArgs {
    /// The name of a scenario; without it, all are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(crate) fn run(args: &PresetsArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let Some(name) = &args.name else { return list(console) };
    match presets::find(name) {
        Some(preset) => {
            console.text(preset.script)?;
            Ok(CliOutcome::Fine)
        }
        None => {
            let names = presets::ALL.iter().map(|preset| preset.name);
            let way_on = match keywords::nearest(name, names) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "`hustings presets` lists them".to_owned(),
            };
            console.complain(&format!("there is no preset `{name}`; {way_on}"));
            Ok(CliOutcome::Unreadable)
        }
    }
}

fn list(console: &mut Console) -> io::Result<CliOutcome> {
    let width = presets::ALL.iter().map(|preset| preset.name.len()).max().unwrap_or_default();
    for Preset { name, script, .. } in presets::ALL {
        let Ok(scenario) = script::parse(script) else {
            debug_assert!(false, "every preset can be read: a test says so");
            continue;
        };
        let (title, about) = (scenario.title.as_deref(), scenario.about.as_deref());
        let name = Line::marked(Mark::Strong, format!("{name:width$}"));
        console.line(name.and("  ").and(title.unwrap_or_default()))?;
        let about = Line::marked(Mark::Quiet, about.unwrap_or_default());
        console.line(Line::from(format!("{:width$}  ", "")).and(about))?;
    }
    Ok(CliOutcome::Fine)
}
