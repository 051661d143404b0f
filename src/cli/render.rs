//! `hustings render`: draws a run as SVG.

use super::CliOutcome;
use super::console::{self, Console, STANDARD_INPUT};
use super::input::{self, instant, speed};
use crate::export::animated::{self, AnimationLoop};
use crate::export::{PictureSubject, PictureView, metadata};
use crate::run::Run;
use crate::scenario::Colours;
use crate::time::{Duration, Time};
use crate::types::{GroupId, listed};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::io;
use std::path::PathBuf;

/// Draws a run as an SVG: the stage at an instant, a time range of the space-time diagram, or an
/// animation of the stage.
///
/// The SVG contains no JavaScript and needs no fonts or other files. It carries its scenario, which
/// the page opens. Instants are written as in a script: 250us, 268ms, 1.5s.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings render mine.hustings --at 268ms -o stage.svg
  hustings render mine.hustings --view spacetime --from 0ms --to 2s -o whole.svg
  hustings render mine.hustings --animate --from 190ms --to 300ms --speed 25ms -o plays.svg
  hustings presets two-leaders | hustings render - --theme dark > leaders.svg")]
pub(crate) struct RenderArgs {
    /// The scenario; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Stage or space-time diagram
    #[arg(long, value_enum, default_value_t = PictureView::Stage)]
    view: PictureView,

    /// The instant that is shown [default: the first agreement after a fault]; with --animate, the
    /// instant for readers who prefer reduced motion; in the diagram, the playhead
    #[arg(long, value_name = "T", value_parser = instant)]
    at: Option<Time>,

    /// Draws an animation of the stage that repeats
    #[arg(long)]
    animate: bool,

    /// The start of the diagram or the animation [default: just before the first fault]
    #[arg(long, value_name = "T", value_parser = instant)]
    from: Option<Time>,

    /// The end of the diagram or the animation [default: just after all processes agree again]
    #[arg(long, value_name = "T", value_parser = instant)]
    to: Option<Time>,

    /// Virtual time per second of the animation [default: `speed` of the figure line, or 50ms]
    #[arg(long, value_name = "DURATION", value_parser = speed, requires = "animate")]
    speed: Option<Duration>,

    /// The colours; `auto` follows the reader's system
    #[arg(long, value_enum, default_value_t = Colours::Auto)]
    theme: Colours,

    /// The group, if the scenario has several [default: the first]
    #[arg(long, value_name = "NAME")]
    group: Option<String>,

    /// The output file; `-` is standard output
    #[arg(short, long, value_name = "FILE", default_value = STANDARD_INPUT)]
    output: PathBuf,
}

impl ValueEnum for PictureView {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl ValueEnum for Colours {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

pub(crate) fn run(args: &RenderArgs, console: &mut Console) -> io::Result<CliOutcome> {
    if console::is_other_picture(&args.output, "render", console) {
        return Ok(CliOutcome::Unreadable);
    }
    let Some((source, script)) = input::script(&args.file, console) else {
        return Ok(CliOutcome::Unreadable);
    };
    let text = input::script_text(source, &script.scenario);
    let run = console::play(script.scenario, console);
    match picture(args, &run, &text) {
        Ok(picture) => console::put(&args.output, &picture, console),
        Err(problem) => {
            console.complain(&problem);
            Ok(CliOutcome::Unreadable)
        }
    }
}

/// The picture that the arguments ask for, with the script of the run.
///
/// # Errors
/// A sentence, if they do not fit the run.
pub(crate) fn picture(args: &RenderArgs, run: &Run, script: &str) -> Result<String, String> {
    draw(args, run).map(|svg| metadata::svg_with_script(svg, script))
}

fn draw(args: &RenderArgs, run: &Run) -> Result<String, String> {
    for (flag, at) in [("--at", args.at), ("--from", args.from), ("--to", args.to)] {
        if let Some(at) = at.filter(|&at| at > run.end()) {
            return Err(format!("{flag} is {at}, but the run ends at {}", run.end()));
        }
    }
    let subject = PictureSubject::new(run, group(args, run)?);
    let asked = AnimationLoop::of(&subject);
    let window = (args.from.unwrap_or(asked.from), args.to.unwrap_or(asked.to));
    match (args.view, args.animate) {
        (PictureView::Stage, false) if args.from.or(args.to).is_some() => {
            Err("a picture of the stage has one instant: say --at, or --animate to play a stretch"
                .to_owned())
        }
        (PictureView::Stage, false) => {
            Ok(subject.stage(args.at.unwrap_or(asked.still), args.theme))
        }
        (PictureView::Stage, true) => {
            let (from, to) = window;
            let speed = args.speed.unwrap_or(asked.speed);
            let asked = AnimationLoop { from, to, speed, still: args.at.unwrap_or(to) };
            animated::stage(&subject, asked, args.theme).map_err(|refusal| refusal.to_string())
        }
        (PictureView::Spacetime, true) => {
            Err("only the stage can be animated: leave out --animate or --view spacetime"
                .to_owned())
        }
        (PictureView::Spacetime, false) if window.1 <= window.0 => {
            Err(format!("from {} to {} no time passes", window.0, window.1))
        }
        (PictureView::Spacetime, false) => Ok(subject.spacetime(window, args.at, args.theme)),
    }
}

fn group(args: &RenderArgs, run: &Run) -> Result<GroupId, String> {
    let Some(name) = &args.group else { return Ok(GroupId::MAIN) };
    let scenario = run.scenario();
    let found = scenario.group_ids().find(|&id| scenario.group(id).name == *name);
    found.ok_or_else(|| {
        let names: Vec<&str> = scenario.groups.iter().map(|group| &*group.name).collect();
        format!("there is no group `{name}`; the groups are {}", listed(&names))
    })
}
