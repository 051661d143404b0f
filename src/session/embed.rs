//! How somebody puts what is open into a page of their own: what they chose, and the lines that say it.

use super::{Document, RunView, sentence};
use crate::export::snippet::{PlayerUrl, Snippet, SnippetForm, SnippetOptions};
use crate::export::{PictureSubject, poster};
use crate::presets;
use crate::scenario::script::field;
use crate::time::{Duration, Time};

/// What is chosen so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedForm {
    pub way: SnippetForm,
    pub options: SnippetOptions,
    /// A picture stands there until the figure plays, written into the lines.
    pub has_poster: bool,
}

/// What is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmbedField {
    Width,
    Height,
    Start,
    End,
    Speed,
}

/// What is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedSnippet {
    pub figure: String,
    /// Beside it, once on each page: what brings the figures to life.
    pub once: Option<String>,
}

/// What a figure needs to be legible, in CSS pixels.
const LEAST: [u16; 2] = [320, 260];
const MOST: u16 = 4_000;

impl EmbedField {
    pub const ALL: [Self; 5] = [Self::Width, Self::Height, Self::Start, Self::End, Self::Speed];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Width => "Width",
            Self::Height => "Height",
            Self::Start => "Starts at",
            Self::End => "Ends at",
            Self::Speed => "Speed, in a second",
        }
    }

    /// What holds where nothing is written.
    pub const fn anyway(self) -> &'static str {
        match self {
            Self::Width => "all there is",
            Self::Height => "420",
            Self::Start => "the beginning",
            Self::End => "the end",
            Self::Speed => "50ms",
        }
    }
}

impl EmbedForm {
    /// As the dialog opens: the figure starts where the page's cursor is.
    pub fn new(document: &Document, at: Time) -> Self {
        let is_preset = presets::ALL.iter().any(|preset| preset.script == document.text());
        let start = (at > Time::ZERO).then_some(at);
        Self {
            way: SnippetForm::default(),
            options: SnippetOptions { start, ..SnippetOptions::default() },
            // Those that come with the page have their posters beside it.
            has_poster: !is_preset,
        }
    }

    pub fn written(&self, entry: EmbedField) -> String {
        let options = &self.options;
        let text = match entry {
            EmbedField::Width => options.width.map(|width| width.to_string()),
            EmbedField::Height => options.height.map(|height| height.to_string()),
            EmbedField::Start => options.start.map(|at| at.to_string()),
            EmbedField::End => options.end.map(|at| at.to_string()),
            EmbedField::Speed => options.speed.map(|speed| speed.to_string()),
        };
        text.unwrap_or_default()
    }

    /// With what was typed; nothing typed is what holds anyway. Says what a field may hold otherwise.
    pub fn with(&self, entry: EmbedField, text: &str) -> Result<Self, String> {
        let text = Some(text.trim()).filter(|text| !text.is_empty());
        let mut form = self.clone();
        let options = &mut form.options;
        match entry {
            EmbedField::Width => {
                options.width = text.map(|text| pixels(text, LEAST[0])).transpose()?
            }
            EmbedField::Height => {
                options.height = text.map(|text| pixels(text, LEAST[1])).transpose()?
            }
            EmbedField::Start => options.start = text.map(instant).transpose()?,
            EmbedField::End => options.end = text.map(instant).transpose()?,
            EmbedField::Speed => options.speed = text.map(speed).transpose()?,
        }
        Ok(form)
    }

    /// The lines to be copied, or why there are none. `player` is the address of the page.
    pub fn lines(
        &self,
        document: &Document,
        run_view: &RunView,
        player: &str,
    ) -> Result<EmbedSnippet, String> {
        let player = PlayerUrl::new(player).map_err(|refusal| sentence(&refusal.to_string()))?;
        let picture = (self.has_poster && self.way == SnippetForm::Element).then(|| {
            let subject = PictureSubject::new(&run_view.run, run_view.group);
            let at = self.options.start.unwrap_or_else(|| poster::instant(&subject, None));
            let figure = &document.scenario().figure;
            let view = self.options.view.or(figure.view).unwrap_or_default();
            poster::html(&subject, at, view, self.options.theme)
        });
        let snippet = self.snippet(document, picture.as_deref());
        let figure = match self.way {
            SnippetForm::Element => snippet.element(),
            SnippetForm::Mdx => snippet.mdx(),
            SnippetForm::Frame => snippet.frame(&player),
            SnippetForm::Fence => snippet.fence(),
        };
        let figure = figure.map_err(|refusal| sentence(&refusal.to_string()))?;
        let once = match self.way {
            SnippetForm::Element | SnippetForm::Fence => Some(player.loader().to_string()),
            SnippetForm::Mdx => Some(player.docusaurus().to_string()),
            SnippetForm::Frame => None,
        };
        Ok(EmbedSnippet { figure, once })
    }

    /// Where the figure can be seen as it will be, or why it cannot.
    pub fn preview(&self, document: &Document, player: &str) -> Result<String, String> {
        let refused =
            |refusal: crate::export::snippet::SnippetRefusal| sentence(&refusal.to_string());
        let player = PlayerUrl::new(player).map_err(refused)?;
        self.snippet(document, None).address(&player).map_err(refused)
    }

    fn snippet<'a>(&'a self, document: &'a Document, poster: Option<&'a str>) -> Snippet<'a> {
        Snippet {
            scenario: document.scenario(),
            script: document.text(),
            options: &self.options,
            poster,
        }
    }
}

fn pixels(text: &str, least: u16) -> Result<u16, String> {
    let number = text.strip_suffix("px").unwrap_or(text).trim_end().parse().ok();
    let fits = number.filter(|number| (least..=MOST).contains(number));
    fits.ok_or_else(|| format!("Write a number of pixels from {least} to {MOST}, such as 420."))
}

fn instant(text: &str) -> Result<Time, String> {
    field::instant(text).map_err(|_| "Write an instant, such as 180ms or 1.5s.".to_owned())
}

fn speed(text: &str) -> Result<Duration, String> {
    let speed = field::duration(text).ok().filter(|&speed| speed > Duration::ZERO);
    speed.ok_or_else(|| "Write how much virtual time passes in a second, such as 50ms.".to_owned())
}
