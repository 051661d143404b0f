//! Sharing and exporting: the link, and files of the scenario, of its picture and of the events.

use super::address::Address;
use super::{Document, RunView, State};
use crate::export::{LogFormat, RunExport};
use crate::run::Digest;
use crate::scenario::limits::{self, Oversize};
use crate::scenario::link::LinkError;
use crate::scenario::script::{self, field};
use crate::time::Time;
use crate::tools::{FileRequest, ToolsFile, ToolsRequest};
use crate::view::picture::{AnimationLoop, PictureSubject, PictureView};

/// The format of an exported file. A new format is listed in `ALL` and handled in each `match`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    Script,
    Json,
    /// PNG, in the colours of the page.
    Picture(PictureView),
    /// SVG, in the colours that its viewer prefers.
    Drawing(PictureView),
    Animation,
    Log(LogFormat),
}

/// The subject of an export; each is a row of formats in the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportSubject {
    Scenario,
    Stage,
    Diagram,
    Story,
}

impl ExportSubject {
    pub const ALL: [Self; 4] = [Self::Scenario, Self::Stage, Self::Diagram, Self::Story];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Scenario => "Scenario",
            Self::Stage => "Stage",
            Self::Diagram => "Diagram",
            Self::Story => "What happened",
        }
    }
}

/// What is shown at the time of the export.
#[derive(Clone, Copy, Debug)]
pub struct ExportSource<'a> {
    pub document: &'a Document,
    pub run_view: &'a RunView,
    pub at: Time,
    /// The chosen window of the diagram.
    pub window: Option<(Time, Time)>,
    /// The span that an animation plays, or the reason why it is invalid.
    pub stretch: Result<(Time, Time), &'a str>,
}

/// What makes a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportTask {
    /// The file is this text.
    Text(String),
    /// The page paints it as pixels.
    Paint(PictureView),
    /// The tools make it.
    Ask(ToolsRequest),
}

impl RunView {
    /// The script of the run, which is the document's own unless the run is another: that of a lesson ends
    /// early, and that of a long scenario may be outdated.
    pub fn script(&self, document: &Document) -> String {
        match self.run.scenario() == document.scenario() {
            true => document.text().to_owned(),
            false => Document::of(self.run.scenario()).text().to_owned(),
        }
    }

    /// The subject of a picture: the shown groups.
    pub fn subject(&self) -> PictureSubject<'_> {
        match self.all {
            true => PictureSubject::all(&self.run),
            false => PictureSubject::new(&self.run, self.group),
        }
    }
}

/// The number of characters by which a link without comments must be shorter to be offered.
const LEAST_SAVING: usize = 40;
impl ExportFormat {
    pub const ALL: [Self; 12] = [
        Self::Script,
        Self::Json,
        Self::Picture(PictureView::Stage),
        Self::Picture(PictureView::Spacetime),
        Self::Drawing(PictureView::Stage),
        Self::Drawing(PictureView::Spacetime),
        Self::Animation,
        Self::Log(LogFormat::Transcript),
        Self::Log(LogFormat::Mermaid),
        Self::Log(LogFormat::Shiviz),
        Self::Log(LogFormat::Json),
        Self::Log(LogFormat::Csv),
    ];

    pub const fn subject(self) -> ExportSubject {
        match self {
            Self::Script | Self::Json => ExportSubject::Scenario,
            Self::Picture(PictureView::Stage)
            | Self::Drawing(PictureView::Stage)
            | Self::Animation => ExportSubject::Stage,
            Self::Picture(PictureView::Spacetime) | Self::Drawing(PictureView::Spacetime) => {
                ExportSubject::Diagram
            }
            Self::Log(_) => ExportSubject::Story,
        }
    }

    /// The format's name beside the others of its subject.
    pub const fn form(self) -> &'static str {
        match self {
            Self::Script => "Script",
            Self::Json | Self::Log(LogFormat::Json) => "JSON",
            Self::Picture(_) => "PNG",
            Self::Drawing(_) => "SVG",
            Self::Animation => "Animated SVG",
            Self::Log(LogFormat::Transcript) => "Text",
            Self::Log(LogFormat::Mermaid) => "Mermaid",
            Self::Log(LogFormat::Shiviz) => "ShiViz",
            Self::Log(LogFormat::Csv) => "CSV",
        }
    }

    /// The purpose, in one line.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Script => "What people write, comments and all",
            Self::Json => "The same scenario, for programs",
            Self::Picture(_) => "Pixels, in the colours of the page, for slides and chats",
            Self::Drawing(_) => RunExport::Svg.about(),
            Self::Animation => RunExport::AnimatedSvg.about(),
            Self::Log(log) => RunExport::Log(log).about(),
        }
    }

    /// The file extension, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Script => "hustings",
            Self::Json => "json",
            Self::Picture(_) => "png",
            Self::Drawing(_) => RunExport::Svg.extension(),
            Self::Animation => RunExport::AnimatedSvg.extension(),
            Self::Log(log) => RunExport::Log(log).extension(),
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Script => "text/plain;charset=utf-8",
            Self::Json => "application/json",
            Self::Picture(_) => "image/png",
            Self::Drawing(_) => RunExport::Svg.media_type(),
            Self::Animation => RunExport::AnimatedSvg.media_type(),
            Self::Log(log) => RunExport::Log(log).media_type(),
        }
    }

    /// The file name: `bully-3-notices-that-6-is-gone-diagram.png`.
    pub fn file_name(self, document: &Document) -> String {
        let title = document.scenario().title.as_deref().unwrap_or("scenario");
        let part = match self {
            Self::Script | Self::Json => "",
            Self::Picture(PictureView::Stage) | Self::Drawing(PictureView::Stage) => "-stage",
            Self::Picture(PictureView::Spacetime) | Self::Drawing(PictureView::Spacetime) => {
                "-diagram"
            }
            Self::Animation => "-animated",
            Self::Log(LogFormat::Json | LogFormat::Csv) => "-events",
            Self::Log(LogFormat::Transcript | LogFormat::Shiviz | LogFormat::Mermaid) => "-story",
        };
        format!("{}{part}.{}", slug(title), self.extension())
    }

    /// What makes the file.
    ///
    /// # Errors
    /// A sentence that says why there is no such file.
    pub fn task(self, shown: ExportSource) -> Result<ExportTask, String> {
        let ExportSource { document, run_view, at, window, stretch } = shown;
        let of_run = |file: ToolsFile| {
            let group = (!run_view.all).then_some(run_view.group.0);
            FileRequest { script: run_view.script(document), group, file }
        };
        let request = match self {
            Self::Script => {
                let text = Oversize::check_script(document.text().to_owned());
                let text = text.map_err(|refusal| super::sentence(&refusal.to_string()))?;
                return Ok(ExportTask::Text(text));
            }
            Self::Json => {
                let script = document.text().to_owned();
                FileRequest { script, group: None, file: ToolsFile::Json }
            }
            Self::Picture(view) => return Ok(ExportTask::Paint(view)),
            Self::Drawing(PictureView::Stage) => of_run(ToolsFile::Stage { at }),
            Self::Drawing(PictureView::Spacetime) => {
                let (from, to) = window.unwrap_or_else(|| run_view.first_window());
                // A window may end after the longest run, which is no instant that can be sent.
                let window = (from, to.min(limits::LONGEST_RUN));
                of_run(ToolsFile::Diagram { window, at })
            }
            Self::Animation => {
                let (from, to) = stretch.map_err(str::to_owned)?;
                of_run(ToolsFile::Animation { from, to, still: at })
            }
            Self::Log(log) => of_run(ToolsFile::Log(log)),
        };
        Ok(ExportTask::Ask(ToolsRequest::File(request)))
    }
}

impl RunView {
    /// The default span of an animation, as its fields show it.
    pub fn animated_stretch(&self) -> [String; 2] {
        let asked = AnimationLoop::of(&self.subject());
        [asked.from, asked.to.min(self.run.end())].map(|at| at.to_string())
    }

    /// Parses the span of an animation, and describes it in a sentence.
    ///
    /// # Errors
    /// A sentence that says which end cannot be parsed, is after the end of the run, or is not after the
    /// start.
    pub fn read_stretch(&self, [from, to]: [&str; 2]) -> Result<((Time, Time), String), String> {
        let read = |name: &str, text: &str| {
            field::instant(text).map_err(|problem| format!("{name}: {problem}."))
        };
        let (from, to) = (read("From", from)?, read("To", to)?);
        let end = self.run.end();
        if to > end {
            return Err(format!("To: the run ends at {}.", end.spoken()));
        }
        if to <= from {
            return Err(format!("To: it must be later than {}.", from.spoken()));
        }
        let speed = AnimationLoop::of(&self.subject()).speed;
        let seconds = to.since(from).as_us() as f64 / speed.as_us().max(1) as f64;
        let words =
            format!("Plays {} in {seconds:.1} s, then begins again.", to.since(from).spoken());
        Ok(((from, to), words))
    }
}

/// The address (without `#`) of what is shown.
///
/// # Errors
/// `LinkError::NoRoom` if the script is too long for a link.
pub fn fragment(state: &State, run_view: &RunView, at: Time) -> Result<String, LinkError> {
    let address = Address::shown(state, at, shown_digest(state, run_view));
    address.map(|address| address.to_string())
}

/// The address without the comments of the script; `None` if it is not noticeably shorter.
pub fn fragment_without_comments(state: &State, run_view: &RunView, at: Time) -> Option<String> {
    let digest = shown_digest(state, run_view);
    let bare = script::without_comments(state.document().text()).ok()?;
    let bare = Address::of(&bare).ok()?.looked_at(state, at, digest).to_string();
    let is_shorter = |full: String| full.len() >= bare.len() + LEAST_SAVING;
    fragment(state, run_view, at).map_or(true, is_shorter).then_some(bare)
}

/// The digest of the run; `None` while the run of a change is still being simulated.
fn shown_digest(state: &State, run_view: &RunView) -> Option<Digest> {
    let is_same = run_view.run.scenario() == state.document().scenario();
    is_same.then(|| run_view.run.digest())
}

/// A title as a file name: lower case, with a dash for anything but letters and digits, at most 60
/// characters.
fn slug(title: &str) -> String {
    const MOST: usize = 60;
    let mut slug = String::new();
    for letter in title.chars().flat_map(char::to_lowercase) {
        match letter {
            _ if slug.chars().count() >= MOST => break,
            letter if letter.is_alphanumeric() => slug.push(letter),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "scenario".to_owned() } else { slug.to_owned() }
}
