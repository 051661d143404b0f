//! The embed dialog: its form, and the snippet that puts the open scenario into another page.

use super::{Document, RunView, sentence};
use crate::export::snippet::{PlayerUrl, Snippet, SnippetForm};
use crate::export::{PictureSubject, poster};
use crate::presets;
use crate::scenario::script::field;
use crate::scenario::{FigureOption, FigureOptions, FigureValue};
use crate::time::Time;

/// The choices in the dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedForm {
    pub way: SnippetForm,
    pub options: FigureOptions,
    /// Whether the snippet contains a poster, the picture that is shown until the figure plays.
    pub has_poster: bool,
}

/// The text to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedSnippet {
    pub figure: String,
    /// What each page needs once beside its figures: the loader.
    pub once: Option<String>,
}

impl EmbedForm {
    /// The initial form: the figure starts at the page's cursor.
    pub fn new(document: &Document, at: Time) -> Self {
        let is_preset = presets::ALL.iter().any(|preset| preset.script == document.text());
        let start = (at > Time::ZERO).then_some(at);
        Self {
            way: SnippetForm::default(),
            options: FigureOptions { start, ..FigureOptions::default() },
            // Presets have poster files beside the page.
            has_poster: !is_preset,
        }
    }

    /// The text of an option's field; empty if the option is not set.
    pub fn written(&self, option: FigureOption) -> String {
        self.options.get(option).map_or_else(String::new, |value| value.to_string())
    }

    /// The form with an option set; an empty text clears it.
    ///
    /// # Errors
    /// A sentence that says what the field may hold.
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

    /// Whether a switch differs from its default.
    pub fn is_ticked(&self, option: FigureOption) -> bool {
        let value = self.options.get(option);
        value.is_some() && value != option.default_value(Time::ZERO)
    }

    /// The form with a switch flipped.
    #[must_use]
    pub fn toggled(&self, option: FigureOption) -> Self {
        let other = option.default_value(Time::ZERO).and_then(FigureValue::opposite);
        let mut form = self.clone();
        form.options.set(option, other.filter(|_| !self.is_ticked(option)));
        form
    }

    /// The snippet. `player` is the address of the page.
    ///
    /// # Errors
    /// A sentence that says why there is no snippet.
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

    /// The address at which the figure can be previewed.
    ///
    /// # Errors
    /// A sentence that says why there is no preview.
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
