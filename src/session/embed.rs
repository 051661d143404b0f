//! How somebody puts what is open into a page of their own: what they chose, and the lines that say it.

use super::{Document, RunView, sentence};
use crate::export::snippet::{PlayerUrl, Snippet, SnippetForm};
use crate::export::{PictureSubject, poster};
use crate::presets;
use crate::scenario::script::field;
use crate::scenario::{FigureOption, FigureOptions, FigureValue};
use crate::time::Time;

/// What is chosen so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedForm {
    pub way: SnippetForm,
    pub options: FigureOptions,
    /// A picture stands there until the figure plays, written into the lines.
    pub has_poster: bool,
}

/// What is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedSnippet {
    pub figure: String,
    /// Beside it, once on each page: what brings the figures to life.
    pub once: Option<String>,
}

impl EmbedForm {
    /// As the dialog opens: the figure starts where the page's cursor is.
    pub fn new(document: &Document, at: Time) -> Self {
        let is_preset = presets::ALL.iter().any(|preset| preset.script == document.text());
        let start = (at > Time::ZERO).then_some(at);
        Self {
            way: SnippetForm::default(),
            options: FigureOptions { start, ..FigureOptions::default() },
            // Those that come with the page have their posters beside it.
            has_poster: !is_preset,
        }
    }

    /// As it is typed and chosen; nothing where the option is left open.
    pub fn written(&self, option: FigureOption) -> String {
        self.options.get(option).map_or_else(String::new, |value| value.to_string())
    }

    /// With what was typed or chosen; nothing is what holds anyway. Says what a field may hold otherwise.
    pub fn with(&self, option: FigureOption, text: &str) -> Result<Self, String> {
        let value = match text.trim() {
            "" => None,
            text => {
                let wrong = || format!("Write {}.", option.expected());
                Some(field::figure_value(option, text).ok_or_else(wrong)?)
            }
        };
        let mut form = self.clone();
        form.options.set(option, value);
        Ok(form)
    }

    /// Whether what is on or off is not as by default.
    pub fn is_ticked(&self, option: FigureOption) -> bool {
        let value = self.options.get(option);
        value.is_some() && value != option.default_value(Time::ZERO)
    }

    /// With what is on or off the other way.
    #[must_use]
    pub fn toggled(&self, option: FigureOption) -> Self {
        let other = option.default_value(Time::ZERO).and_then(FigureValue::opposite);
        let mut form = self.clone();
        form.options.set(option, other.filter(|_| !self.is_ticked(option)));
        form
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
            poster::html(&subject, at, view, self.options.theme.unwrap_or_default())
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
