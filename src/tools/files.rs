//! The jobs that make files and snippets.

use super::{
    FileRequest, JobStep, LastRun, SnippetLines, SnippetReply, SnippetRequest, ToolsFile, ToolsJob,
    ToolsProgress, ToolsReply, read_options,
};
use crate::export::snippet::{PlayerUrl, Snippet, SnippetForm, SnippetRefusal};
use crate::export::{BoundedText, LogFormat, animated, metadata, still};
use crate::narration::sentence;
use crate::run::Run;
use crate::scenario::script::{self, Script};
use crate::scenario::{Colours, FigureOptions, Oversize, Scenario, json, limits};
use crate::types::GroupId;
use crate::view::picture::{AnimationLoop, PictureSubject};
use std::rc::Rc;

/// Limits of a log, in bytes and in events: the browser holds several copies of it.
const LONGEST: usize = limits::LONGEST_OUTPUT / 4;
const MOST_EVENTS: u32 = 100_000;

/// The run of a script, simulated in slices unless it is the last one.
enum SlicedRun {
    /// The script cannot be read.
    Refused(String),
    Running {
        script: String,
        run: Box<Run>,
        last_run: LastRun,
    },
    Done(Rc<Run>),
}

impl SlicedRun {
    fn new(script: String, last_run: LastRun) -> Self {
        let known =
            last_run.borrow().as_ref().filter(|last| last.0 == script).map(|last| last.1.clone());
        if let Some(run) = known {
            return Self::Done(run);
        }
        match read(&script) {
            Ok(Script { scenario, .. }) => {
                Self::Running { script, run: Box::new(Run::new(scenario)), last_run }
            }
            Err(refusal) => Self::Refused(refusal),
        }
    }

    /// Simulates a slice. `None` until the run is done.
    fn step(&mut self, events: u32) -> Option<Result<Rc<Run>, String>> {
        if let Self::Running { run, .. } = self
            && !run.advance(events)
        {
            return None;
        }
        let done = std::mem::replace(self, Self::Refused(String::new()));
        Some(match done {
            Self::Refused(refusal) => Err(refusal),
            Self::Running { script, run, last_run } => {
                let run = Rc::new(*run);
                last_run.replace(Some((script, run.clone())));
                Ok(run)
            }
            Self::Done(run) => Ok(run),
        })
    }

    /// The share of virtual time that is simulated.
    fn progress(&self) -> ToolsProgress {
        let percent = match self {
            Self::Running { run, .. } => {
                let (now, end) = (run.head().now().as_us(), run.end().as_us().max(1));
                (now.min(end) * 100 / end) as u8
            }
            Self::Refused(_) | Self::Done(_) => 100,
        };
        ToolsProgress { percent }
    }
}

/// Parses a script of the page, which may be longer than one from outside.
pub(super) fn read(script: &str) -> Result<Script, String> {
    script::read_again(script)
        .map_err(|problems| problems.first().map(ToString::to_string).unwrap_or_default())
}

/// Makes a file.
pub(super) struct FileJob {
    request: FileRequest,
    /// The run, if the file shows it.
    simulation: Option<SlicedRun>,
}

impl FileJob {
    pub(super) fn new(request: FileRequest, last_run: LastRun) -> Self {
        let has_run = request.file != ToolsFile::Json;
        let simulation = has_run.then(|| SlicedRun::new(request.script.clone(), last_run));
        Self { request, simulation }
    }
}

impl ToolsJob for FileJob {
    fn step(&mut self, events: u32) -> JobStep {
        let FileRequest { script, group, file } = &self.request;
        let text = match &mut self.simulation {
            None => read(script).and_then(|script| scenario_json(&script.scenario)),
            Some(simulation) => match simulation.step(events) {
                None => return JobStep::Working(ToolsReply::Progress(simulation.progress())),
                Some(run) => run.and_then(|run| text(&run, script, *group, *file)),
            },
        };
        JobStep::Done(ToolsReply::File(text.map_err(|refusal| sentence(&refusal))))
    }
}

fn scenario_json(scenario: &Scenario) -> Result<String, String> {
    Oversize::check_json(json::write(scenario)).map_err(|refusal| refusal.to_string())
}

/// The text of a file, or why there is none.
fn text(run: &Run, script: &str, group: Option<u8>, file: ToolsFile) -> Result<String, String> {
    let subject = || match group {
        None => PictureSubject::all(run),
        Some(group) => PictureSubject::new(run, group_of(run.scenario(), group)),
    };
    let with_script = |svg| metadata::svg_with_script(svg, script);
    match file {
        ToolsFile::Json => scenario_json(run.scenario()),
        ToolsFile::Stage { at } => Ok(with_script(subject().stage(at, Colours::Auto))),
        ToolsFile::Diagram { window, at } => {
            Ok(with_script(subject().spacetime(window, Some(at), Colours::Auto)))
        }
        ToolsFile::Animation { from, to, still } => {
            let subject = subject();
            let asked = AnimationLoop { from, to, still, ..AnimationLoop::of(&subject) };
            let svg = animated::stage(&subject, asked, Colours::Auto);
            svg.map(with_script).map_err(|refusal| refusal.to_string())
        }
        ToolsFile::Log(format) => log(format, run),
    }
}

fn group_of(scenario: &Scenario, group: u8) -> GroupId {
    let known = usize::from(group) < scenario.groups.len();
    if known { GroupId(group) } else { GroupId::MAIN }
}

/// The events as a log, unless it would be too large for a browser.
fn log(format: LogFormat, run: &Run) -> Result<String, String> {
    let refused = |what: String| {
        Err(format!("{what}; shorten the run, or write it with the command line: hustings log"))
    };
    let events = run.events_so_far();
    if events > MOST_EVENTS {
        return refused(format!("{events} events are too many to be written here"));
    }
    let mut text = BoundedText::up_to(LONGEST);
    // `finish` reports a text that is too long.
    let _ = format.write(run, &mut text);
    match text.finish().map(String::from_utf8) {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(_)) | Err(_) => {
            refused(format!("what happened here fills more than {} MiB", LONGEST / 1024 / 1024))
        }
    }
}

/// Writes the lines of a snippet.
pub(super) struct SnippetJob {
    request: SnippetRequest,
    /// The run, if the lines contain a poster.
    simulation: Option<SlicedRun>,
}

impl SnippetJob {
    pub(super) fn new(request: SnippetRequest, last_run: LastRun) -> Self {
        let has_poster = request.has_poster && request.form == SnippetForm::Element;
        let simulation = has_poster.then(|| SlicedRun::new(request.script.clone(), last_run));
        Self { request, simulation }
    }
}

impl ToolsJob for SnippetJob {
    fn step(&mut self, events: u32) -> JobStep {
        let options = read_options(&self.request.options);
        let poster = match &mut self.simulation {
            None => Ok(None),
            Some(simulation) => match simulation.step(events) {
                None => return JobStep::Working(ToolsReply::Progress(simulation.progress())),
                Some(run) => run.map(|run| Some(poster(&run, self.request.group, &options))),
            },
        };
        let reply = poster.and_then(|poster| snippet(&self.request, &options, poster.as_deref()));
        let refused = |refusal: String| SnippetReply {
            lines: Err(sentence(&refusal)),
            preview: Err(sentence(&refusal)),
        };
        JobStep::Done(ToolsReply::Snippet(reply.unwrap_or_else(refused)))
    }
}

fn poster(run: &Run, group: u8, options: &FigureOptions) -> String {
    let scenario = run.scenario();
    let subject = PictureSubject::new(run, group_of(scenario, group));
    let at = options.start.unwrap_or_else(|| still::poster_instant(&subject, None));
    let view = options.view.or(scenario.figure.view).unwrap_or_default();
    still::poster(&subject, at, view, options.theme.unwrap_or_default())
}

fn snippet(
    request: &SnippetRequest,
    options: &FigureOptions,
    poster: Option<&str>,
) -> Result<SnippetReply, String> {
    let words = |refusal: SnippetRefusal| sentence(&refusal.to_string());
    let Script { scenario, .. } = read(&request.script)?;
    let player = PlayerUrl::new(&request.player).map_err(words)?;
    let of = |poster| Snippet { scenario: &scenario, script: &request.script, options, poster };
    let (snippet, form) = (of(poster), request.form);
    let figure = match form {
        SnippetForm::Element => snippet.element(),
        SnippetForm::Mdx => snippet.mdx(),
        SnippetForm::Frame => snippet.frame(&player),
        SnippetForm::Fence => snippet.fence(),
    };
    let once = match form {
        SnippetForm::Element | SnippetForm::Fence => Some(player.loader().to_string()),
        SnippetForm::Mdx => Some(player.docusaurus().to_string()),
        SnippetForm::Frame => None,
    };
    Ok(SnippetReply {
        lines: figure.map(|figure| SnippetLines { figure, once }).map_err(words),
        preview: of(None).address(&player).map_err(words),
    })
}
