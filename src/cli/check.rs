//! `hustings check`: tests scenarios by their expectations.

mod junit;
mod reporters;
mod runs;

use super::CliOutcome;
use super::console::{self, Console};
use super::diagnostics::{self, InputSource, RenderedDiagnostic, Within};
use super::document::{self, Figure, Named, markdown};
use super::input::{self, InputError};
use super::system::PathKind;
use crate::report::Report;
use crate::run::Run;
use crate::scenario::diagnostic::clip;
use crate::scenario::script::Script;
use crate::session::address::Address;
use clap::ValueEnum;
use std::io;
use std::path::{Path, PathBuf};

/// Simulates scenarios and checks their expectations.
///
/// The exit code is 2 if an input cannot be read or no scenario is found, else 1 if an expectation
/// fails, else 0.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings check mine.hustings
  hustings check docs README.md
  hustings check --strict --format github .     in a workflow on GitHub
  hustings check --format junit docs > report.xml

Paths:
  In a folder, every `.hustings` and `.hustings.json` file and every document is checked, at any
  depth; hidden files and folders, `target` and `node_modules` are skipped. Documents are Markdown
  (.md, .markdown, .mdx), reStructuredText (.rst) and HTML (.html, .htm).
  A PATH that is a file is a document, or a scenario if its name ends with .hustings, .json or .txt
  or has no extension. `-` is a scenario on standard input.

Figures in documents:
  Markdown   a fenced block of the language `leader-election`, a MyST directive such as
             ```{leader-election} or :::{leader-election}, and the element below
  .rst       the directives `leader-election` and `code-block:: leader-election`, and elements in
             `raw:: html`
  HTML       the element <leader-election> with `preset`, `scenario`, `src` (a path relative to the
             document) or its text, and code of the class `language-leader-election`
  A figure marked `ignore` is skipped: `leader-election,ignore`, or the class `ignore`.

Exit codes:
  0  all expectations hold
  1  an expectation failed, or with --strict an override matches nothing or a search stopped
  2  an input cannot be read, or no scenario is found")]
pub(crate) struct CheckArgs {
    /// Scenarios, documents, and folders with either at any depth; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Fails if an override matches no message or timer, or if --seconds stops a search or a count; without it, that
    /// is a warning
    #[arg(long)]
    pub strict: bool,

    /// The limit of the searches behind `expect always` in a scenario, and of its count of seeds
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..), value_name = "N")]
    pub seconds: u32,

    /// The output format
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    format: CheckFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// One line per scenario, and its failures
    Human,
    /// One JSON object
    Json,
    /// Workflow commands, which GitHub shows as annotations of the changed lines
    Github,
    /// JUnit XML for the test reports of CI systems: a test suite a file, a test case an expectation
    Junit,
}

/// A simulated scenario.
#[derive(Debug)]
struct CheckedScenario {
    source: InputSource,
    report: Report,
    is_fine: bool,
}

impl CheckedScenario {
    /// The name in reports: `a.hustings`, or `a.md:12` with the line where the block begins.
    fn name(&self) -> String {
        match &self.source.within {
            Some(within) => format!("{}:{}", self.source.name, within.first),
            None => self.source.name.clone(),
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct CheckCount {
    fine: usize,
    failed: usize,
    unreadable: usize,
    /// Blocks marked `ignore`.
    ignored: usize,
}

/// Reports the result in one of the formats.
trait CheckReporter {
    fn played(&mut self, played: &CheckedScenario, console: &mut Console) -> io::Result<()>;
    /// A problem, or a warning that belongs to no scenario.
    fn problem(&mut self, diagnostic: &RenderedDiagnostic, console: &mut Console)
    -> io::Result<()>;
    fn end(&mut self, count: CheckCount, console: &mut Console) -> io::Result<()>;
}

pub(crate) fn run(args: &CheckArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let strict = args.strict;
    let reporter: Box<dyn CheckReporter> = match args.format {
        CheckFormat::Human => Box::new(reporters::HumanReporter),
        CheckFormat::Json => Box::new(reporters::JsonReporter::default()),
        CheckFormat::Github => Box::new(reporters::GithubReporter { strict }),
        CheckFormat::Junit => Box::new(junit::JunitReporter::new(strict)),
    };
    let (seconds, count) = (args.seconds, CheckCount::default());
    let mut check = CheckRun { strict, seconds, reporter, count, console };
    for path in &args.paths {
        check.path(path)?;
    }
    check.end()
}

/// The problem of a named file that is neither a document nor a scenario.
const OTHER_KIND: &str = "`check` reads scenarios (.hustings, .json, .txt, or a name without an ending), \
    Markdown (.md, .markdown, .mdx), reStructuredText (.rst) and HTML (.html, .htm), and this is none of \
    them; a scenario of any name is read from standard input: hustings check - < FILE";

/// Whether an address refers to another site, or to a path from a site's root. On Windows, paths may begin with `\`, or
/// with a drive; two of them name another machine, which would be asked over the network.
fn is_elsewhere(src: &str) -> bool {
    let has_drive = src.as_bytes().get(1) == Some(&b':');
    has_drive || src.starts_with(['/', '\\']) || src.contains("://")
}

struct CheckRun<'a> {
    strict: bool,
    seconds: u32,
    reporter: Box<dyn CheckReporter>,
    count: CheckCount,
    console: &'a mut Console,
}

impl CheckRun<'_> {
    fn path(&mut self, path: &Path) -> io::Result<()> {
        let found = self.console.system().status(path);
        if found.as_ref().is_ok_and(|found| found.kind == PathKind::Folder) {
            return self.folder(path);
        }
        let Some(kind) = document::Kind::of(path) else {
            if !document::may_be_scenario(path) && found.is_ok() {
                return self.unreadable(&diagnostics::about(&input::name(path), OTHER_KIND));
            }
            return self.file(path);
        };
        match input::document(path, &*self.console.system()) {
            Ok(document) => {
                if self.document(path, kind, &document)? == 0 {
                    let text = "no figure of `leader-election` is in it";
                    let warning = diagnostics::about(&input::name(path), text);
                    self.warning(&warning.into_warning())?;
                }
                Ok(())
            }
            Err(error) => {
                self.unreadable(&diagnostics::about(&input::name(path), &error.to_string()))
            }
        }
    }

    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        let before = self.count.found();
        let system = self.console.system();
        let mut progress = console::ProgressLine::new(&*system);
        let (files, closed) = document::below(folder, &*system, |found| {
            progress.show(self.console, || format!("{found} files found"));
        });
        for (folder, error) in closed {
            self.unreadable(&diagnostics::about(&input::name(&folder), &error.to_string()))?;
        }
        for (place, file) in files.iter().enumerate() {
            progress.show(self.console, || format!("{} of {} files", place + 1, files.len()));
            self.file_below(file)?;
        }
        progress.hide(self.console);
        if self.count.found() == before {
            let text =
                "no `.hustings` or `.hustings.json` file is in it, and no document with a figure";
            self.unreadable(&diagnostics::about(&input::name(folder), text))?;
        }
        Ok(())
    }

    /// Checks a file that was found in a folder. An unreadable document is a problem only if it may contain a
    /// scenario.
    fn file_below(&mut self, file: &Path) -> io::Result<()> {
        let Some(kind) = document::Kind::of(file) else { return self.file(file) };
        match input::document(file, &*self.console.system()) {
            Ok(document) => self.document(file, kind, &document).map(|_| ()),
            Err(InputError::NotText { .. } | InputError::Utf16 | InputError::TooLong { .. })
                if !self.may_have_some(file) =>
            {
                Ok(())
            }
            Err(error) => {
                self.unreadable(&diagnostics::about(&input::name(file), &error.to_string()))
            }
        }
    }

    /// Whether a file that is no text within the limits may have a figure all the same.
    fn may_have_some(&self, file: &Path) -> bool {
        let read = self.console.system().read_file(file, usize::MAX);
        read.is_ok_and(|bytes| markdown::may_have_some(&bytes))
    }

    fn file(&mut self, file: &Path) -> io::Result<()> {
        match input::source(file, &*self.console.system()) {
            Ok(source) => self.source(source),
            Err(problem) => self.unreadable(&problem),
        }
    }

    /// Checks the figures of a document; returns their number.
    fn document(&mut self, file: &Path, kind: document::Kind, text: &str) -> io::Result<usize> {
        if !markdown::may_have_some(text.as_bytes()) {
            return Ok(0);
        }
        let figures = document::figures(kind, &input::name(file), text);
        let found = figures.len();
        for figure in figures {
            match figure.is_ignored {
                true => self.count.ignored += 1,
                false => self.figure(file, text, figure)?,
            }
        }
        Ok(found)
    }

    fn figure(&mut self, file: &Path, text: &str, figure: Figure) -> io::Result<()> {
        // A scenario outside of the document has no line in it but that of its figure.
        let elsewhere = InputSource {
            name: input::name(file),
            text: String::new(),
            within: Some(Within {
                document: text.into(),
                first: figure.line,
                is_in_one_line: true,
            }),
        };
        let diagnostic = |text: &str| diagnostics::warning(&elsewhere, Some(figure.line), text);
        match figure.scenario {
            Named::Here(source) => self.source(source),
            Named::Address(address) => {
                let read = Address::read(&address).and_then(|address| address.document());
                match read {
                    Ok(document) => {
                        let scenario = document.scenario().clone();
                        let script = Script::of(scenario).in_line(figure.line);
                        self.play(elsewhere, &script)
                    }
                    Err(misread) => self.unreadable(&diagnostic(&misread.to_string()).into_error()),
                }
            }
            Named::File(src) if is_elsewhere(&src) => {
                let text =
                    format!("`{}` is none of the files here, so it is not checked", clip(&src));
                self.warning(&diagnostic(&text))
            }
            Named::File(src) => {
                let path = file.parent().unwrap_or(Path::new("")).join(&src);
                let found = self.console.system().status(&path);
                match found.is_ok_and(|found| found.kind == PathKind::File) {
                    true => self.file(&path),
                    false => {
                        let text = format!("`{}` names no file beside this one", clip(&src));
                        self.unreadable(&diagnostic(&text).into_error())
                    }
                }
            }
        }
    }

    fn source(&mut self, source: InputSource) -> io::Result<()> {
        if let Some(warning) = input::empty(&source) {
            self.warning(&warning)?;
        }
        match source.read() {
            Ok(script) => self.play(source, &script),
            Err(problems) => {
                self.count.unreadable += 1;
                problems
                    .iter()
                    .try_for_each(|diagnostic| self.reporter.problem(diagnostic, self.console))
            }
        }
    }

    fn play(&mut self, source: InputSource, script: &Script) -> io::Result<()> {
        let (report, is_fine) = checked(script, self.strict, self.seconds, self.console);
        match is_fine {
            true => self.count.fine += 1,
            false => self.count.failed += 1,
        }
        self.reporter.played(&CheckedScenario { source, report, is_fine }, self.console)
    }

    fn unreadable(&mut self, diagnostic: &RenderedDiagnostic) -> io::Result<()> {
        self.count.unreadable += 1;
        self.reporter.problem(diagnostic, self.console)
    }

    fn warning(&mut self, diagnostic: &RenderedDiagnostic) -> io::Result<()> {
        self.reporter.problem(diagnostic, self.console)
    }

    fn end(mut self) -> io::Result<CliOutcome> {
        self.reporter.end(self.count, self.console)?;
        Ok(match self.count {
            CheckCount { unreadable: 1.., .. } => CliOutcome::Unreadable,
            count if count.found() == 0 => CliOutcome::Unreadable,
            CheckCount { failed: 1.., .. } => CliOutcome::Failed,
            CheckCount { .. } => CliOutcome::Fine,
        })
    }
}

/// The report of a scenario with its searches and counts of seeds, each of so many seconds at most, and whether all is
/// fine.
pub(crate) fn checked(
    script: &Script,
    strict: bool,
    seconds: u32,
    console: &mut Console,
) -> (Report, bool) {
    let mut report = Run::of(script.scenario.clone()).report(script);
    runs::search(&script.scenario, &mut report, seconds, console);
    runs::count(&script.scenario, &mut report, seconds, console);
    let is_unclear =
        !report.unused_overrides.is_empty() || reporters::stopped(&report).next().is_some();
    let is_fine = report.holds() && !(strict && is_unclear);
    (report, is_fine)
}

impl CheckCount {
    fn found(&self) -> usize {
        let Self { fine, failed, unreadable, ignored } = self;
        fine + failed + unreadable + ignored
    }
}
