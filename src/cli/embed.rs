//! Scenarios as figures for other pages: `hustings embed` prints them, and `hustings mdbook` is a preprocessor of
//! mdBook that puts them into a book.

mod book;

use super::CliOutcome;
use super::console::{self, Console, STANDARD_INPUT};
use super::diagnostics::{self, InputSource};
use super::input::{self, instant, speed};
use super::system::StandardStream;
use crate::export::snippet::{PlayerUrl, Snippet, SnippetForm};
use crate::export::{PictureSubject, still};
use crate::presets::{self, Preset};
use crate::run::Run;
use crate::scenario::script::{self, field};
use crate::scenario::{
    FigureOption, FigureOptionRow, FigureOptions, FigureValue, FigureValueKind, Scenario, keywords,
};
use crate::types::GroupId;
use book::{Book, HTML, Settings};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, FromArgMatches, Subcommand, ValueEnum};
use std::io;
use std::path::{Path, PathBuf};

/// Writes the HTML, MDX or Markdown that embeds a scenario as a live figure.
///
/// The element is recommended: it shows a picture and its text until it plays, and follows the theme
/// of the page. `mdx` is the same element for Docusaurus. An `iframe` needs no script in the page. A
/// `fence` is a fenced block for Markdown, which `hustings mdbook` or `v1/embed.js` turns into a figure.
///
/// The script's `figure` line and the options below set how the figure opens; the options take
/// precedence. Options with their default value are not written.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings embed mine.hustings --base https://your.site/hustings/
  hustings embed mine.hustings --base ../hustings/ --poster --autoplay --loop
  hustings embed preset/two-leaders --base https://your.site/hustings/ --as iframe --start-at 180ms
  hustings embed mine.hustings --base /hustings/ --as mdx >> chapter.mdx
  hustings embed mine.hustings --as fence >> chapter.md

Files:
  FILE is a script or JSON; `-` is standard input; `preset/NAME` is a bundled scenario, which the
  figure refers to by name. Several files give several figures, for one page.

Where it plays:
  --base is the folder where Hustings is published: a copy of `dist/` on your own site. A path is
  relative to the page that contains the figure.")]
pub(crate) struct EmbedArgs {
    /// Scenarios; `-` is standard input, and `preset/NAME` a bundled scenario
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The output format
    #[arg(long = "as", value_enum, default_value_t = SnippetForm::Element)]
    way: SnippetForm,

    /// The folder where Hustings is published; not needed for a fenced block
    #[arg(long, value_name = "URL")]
    base: Option<String>,

    /// Adds a picture of the stage, which is shown until the figure plays
    #[arg(long)]
    poster: bool,

    #[command(flatten)]
    options: OptionArgs,

    /// The output file; `-` is standard output
    #[arg(short, long, value_name = "FILE", default_value = STANDARD_INPUT)]
    output: PathBuf,
}

/// A flag for every option of a figure.
#[derive(Debug)]
struct OptionArgs(FigureOptions);

impl clap::Args for OptionArgs {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.args(FigureOption::ALL.iter().map(|&option| flag(option)))
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for OptionArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut args = Self(FigureOptions::default());
        args.update_from_arg_matches(matches)?;
        Ok(args)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for &option in FigureOption::ALL {
            let OptionArgs(options) = self;
            let FigureOptionRow { name, kind, .. } = option.row();
            if *kind == FigureValueKind::Flag {
                options.set(option, matches.get_flag(name).then_some(FigureValue::Flag(true)));
            } else if let Some(value) = matches.get_one::<FigureValue>(name) {
                options.set(option, Some(*value));
            }
        }
        Ok(())
    }
}

fn flag(option: FigureOption) -> Arg {
    let FigureOptionRow { name, kind, default, .. } = option.row();
    let flag = Arg::new(*name).long(*name);
    let help = option.help().trim_end_matches('.');
    let valued = flag.clone().help(format!("{help} [default: {default}]"));
    let read = move |text: &str| {
        field::figure_value(option, text).ok_or_else(|| format!("write {}", option.expected()))
    };
    let chosen = |placeholder| {
        let names = PossibleValuesParser::new(kind.choices().iter().map(|(name, _)| *name));
        let parser = names.try_map(move |name| read(&name));
        valued.clone().value_name(placeholder).value_parser(parser)
    };
    match kind {
        FigureValueKind::Flag => flag.action(ArgAction::SetTrue).help(help),
        FigureValueKind::Instant => valued
            .value_name("T")
            .value_parser(|text: &str| instant(text).map(FigureValue::Instant)),
        FigureValueKind::Speed => valued
            .value_name("DURATION")
            .value_parser(|text: &str| speed(text).map(FigureValue::Speed)),
        FigureValueKind::Pixels => valued.value_name("PX").value_parser(read),
        FigureValueKind::View => chosen("VIEW"),
        FigureValueKind::Theme => chosen("THEME"),
        FigureValueKind::Bar => chosen("BAR"),
        FigureValueKind::Switch => chosen("IS_ON"),
    }
}

impl ValueEnum for SnippetForm {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

pub(crate) fn run(args: &EmbedArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let player = match player(args) {
        Ok(player) => player,
        Err(problem) => {
            console.complain(&problem);
            return Ok(CliOutcome::Unreadable);
        }
    };
    let mut snippets = Vec::new();
    for file in &args.files {
        let Some(figure) = figure(file, console) else { return Ok(CliOutcome::Unreadable) };
        match snippet(args, &figure, player.as_ref(), console) {
            Ok(snippet) => snippets.push(snippet),
            Err(problem) => {
                console.problem(&diagnostics::about(&figure.name, &problem));
                return Ok(CliOutcome::Unreadable);
            }
        }
    }
    let loader = match (args.way, &player) {
        (SnippetForm::Element, Some(player)) => format!("{}\n", player.loader()),
        // In a comment, since MDX has no place for the script of a site.
        (SnippetForm::Mdx, Some(player)) => {
            format!("{{/* docusaurus.config.js:\n{}*/}}\n\n", player.docusaurus())
        }
        (SnippetForm::Element | SnippetForm::Mdx | SnippetForm::Frame | SnippetForm::Fence, _) => {
            String::new()
        }
    };
    // A blank line separates the figures in Markdown.
    console::put(&args.output, &(loader + &snippets.join("\n")), console)
}

fn player(args: &EmbedArgs) -> Result<Option<PlayerUrl>, String> {
    match (&args.base, args.way) {
        (Some(base), _) => PlayerUrl::new(base).map(Some).map_err(|refusal| refusal.to_string()),
        (None, SnippetForm::Fence) => Ok(None),
        (None, SnippetForm::Element | SnippetForm::Mdx | SnippetForm::Frame) => Err(
            "say where Hustings is published: --base https://your.site/hustings/, or a path from \
                 the page to it"
                .to_owned(),
        ),
    }
}

/// A scenario to embed.
struct EmbeddedFigure {
    name: String,
    scenario: Scenario,
    script: String,
    preset: Option<Preset>,
}

/// Reads a scenario; prints the problem and returns `None` if it cannot be read.
fn figure(file: &Path, console: &mut Console) -> Option<EmbeddedFigure> {
    if let Some(name) = file.to_str().and_then(|file| file.strip_prefix("preset/")) {
        let name = name.trim_end_matches(".hustings");
        let found = presets::find(name)
            .and_then(|preset| Some((preset, script::parse(preset.script).ok()?)));
        let Some((preset, scenario)) = found else {
            console.complain(&presets_only(name));
            return None;
        };
        let script = preset.script.to_owned();
        return Some(EmbeddedFigure {
            name: name.to_owned(),
            scenario,
            script,
            preset: Some(preset),
        });
    }
    let (source, read) = input::script(file, console)?;
    Some(EmbeddedFigure::new(source, read.scenario))
}

impl EmbeddedFigure {
    fn new(source: InputSource, scenario: Scenario) -> Self {
        let name = source.name.clone();
        let script = input::script_text(source, &scenario);
        let preset = presets::ALL.into_iter().find(|preset| preset.script == script);
        Self { name, scenario, script, preset }
    }
}

fn presets_only(name: &str) -> String {
    let names = presets::ALL.iter().map(|preset| preset.name);
    let way_on = match keywords::nearest(name, names) {
        Some(nearest) => format!("did you mean `preset/{nearest}`?"),
        None => "`hustings presets` lists them".to_owned(),
    };
    format!("there is no preset `{name}`; {way_on}")
}

fn snippet(
    args: &EmbedArgs,
    figure: &EmbeddedFigure,
    player: Option<&PlayerUrl>,
    console: &mut Console,
) -> Result<String, String> {
    let end = figure.scenario.end();
    let OptionArgs(options) = &args.options;
    for &option in FigureOption::ALL {
        if let Some(FigureValue::Instant(at)) = options.get(option)
            && at > end
        {
            let name = option.row().name;
            return Err(format!("--{name} is {at}, but the run ends at {end}"));
        }
    }
    let poster = args
        .poster
        .then(|| poster(options, figure, &console::play(figure.scenario.clone(), console)));
    let snippet = Snippet {
        scenario: &figure.scenario,
        script: &figure.script,
        options,
        poster: poster.as_deref(),
    };
    let written = match (args.way, player) {
        (SnippetForm::Frame, Some(player)) => snippet.frame(player),
        (SnippetForm::Fence, _) => snippet.fence(),
        (SnippetForm::Mdx, _) => snippet.mdx(),
        (SnippetForm::Element | SnippetForm::Frame, _) => snippet.element(),
    };
    written.map_err(|refusal| refusal.to_string())
}

/// The element of a scenario that a program hands over, with a picture if it wants one.
///
/// # Errors
/// A sentence, if the scenario does not fit into a page.
#[cfg(feature = "node")]
pub(crate) fn element(source: InputSource, run: &Run, has_poster: bool) -> Result<String, String> {
    let figure = EmbeddedFigure::new(source, run.scenario().clone());
    let options = FigureOptions::default();
    let poster = has_poster.then(|| poster(&options, &figure, run));
    let EmbeddedFigure { scenario, script, .. } = &figure;
    let snippet = Snippet { scenario, script, options: &options, poster: poster.as_deref() };
    snippet.element().map_err(|refusal| refusal.to_string())
}

fn poster(options: &FigureOptions, figure: &EmbeddedFigure, run: &Run) -> String {
    let subject = PictureSubject::new(run, GroupId::MAIN);
    let at = options.start.unwrap_or_else(|| still::poster_instant(&subject, figure.preset));
    let view = options.view.or(figure.scenario.figure.view).unwrap_or_default();
    still::poster(&subject, at, view, options.theme.unwrap_or_default())
}

/// A preprocessor for mdBook that turns `leader-election` blocks into live figures.
///
/// Each block becomes an element that contains a picture and the script. These are shown until the
/// figure plays, and where scripts do not run. A scenario that cannot be read, or whose expectations
/// fail, fails the build.
#[derive(clap::Args, Debug)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
#[command(after_help = "\
Examples:
  hustings mdbook supports html     the question that mdBook asks first

  In book.toml:

    [preprocessor.hustings]
    command = \"hustings mdbook\"
    after = [\"links\"]                 # so that a block can include a file
    player = \"hustings\"               # where Hustings is published

  Then copy the files of `dist/` to src/hustings, or set `player` to an address such as
  https://your.site/hustings/ or to another path from the root of the book.

Options of book.toml:
  player = \"…\"      where Hustings is published; required
  poster = false    no picture before a figure plays
  check = false     a scenario with errors stays a block, and failed expectations are allowed

Exit codes:
  0  the book is written to standard output
  1  a scenario cannot be read or fails (standard error has chapter and line); with `supports`,
     the renderer is not supported
  2  the standard input is not a book, or an option of book.toml is wrong")]
pub(crate) struct MdbookArgs {
    #[command(subcommand)]
    asked: Option<MdbookRequest>,
}

#[derive(Debug, Subcommand)]
enum MdbookRequest {
    /// Whether a renderer is supported: the exit code is 0 for `html`, else 1
    Supports {
        #[arg(value_name = "RENDERER")]
        renderer: String,
    },
}

pub(crate) fn mdbook(args: &MdbookArgs, console: &mut Console) -> io::Result<CliOutcome> {
    match &args.asked {
        Some(MdbookRequest::Supports { renderer }) if renderer == HTML => Ok(CliOutcome::Fine),
        Some(MdbookRequest::Supports { .. }) => Ok(CliOutcome::Failed),
        None => preprocess(console),
    }
}

fn preprocess(console: &mut Console) -> io::Result<CliOutcome> {
    if console.system().is_terminal(StandardStream::Input) {
        console.complain(
            "mdBook calls this, and hands over a book; `hustings mdbook --help` says what to write \
             into book.toml",
        );
        return Ok(CliOutcome::Unreadable);
    }
    let input = console.system().read_input(usize::MAX)?;
    let read = Book::read(&input).and_then(|book| {
        let settings = Settings::read(&book)?;
        Ok((book, settings))
    });
    let (mut book, settings) = match read {
        Ok(read) => read,
        Err(problem) => {
            console.complain(&problem);
            return Ok(CliOutcome::Unreadable);
        }
    };
    for warning in book.warning().into_iter().chain(settings.warnings.iter().cloned()) {
        console.problem(&diagnostics::plain(&warning).into_warning());
    }
    let source = book.source().to_owned();
    let dialect = book.dialect();
    let is_html = book.renderer() == HTML;
    let mut outcome = CliOutcome::Fine;
    book.each_chapter(&mut |mut chapter| {
        let rendered = book::figures(&chapter, &source, dialect, &settings, console);
        match rendered {
            Ok(content) if is_html => chapter.set(content),
            Ok(_) => {}
            Err(book::FigureFailed) => outcome = CliOutcome::Failed,
        }
    });
    if outcome == CliOutcome::Fine {
        console.text(&book.written())?;
    }
    Ok(outcome)
}
