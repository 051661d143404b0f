//! A scenario as lines for another page: an element, a plain frame, or a fenced
//! block of Markdown. Page and command line write the same.
//!
//! Options that the script's `figure` line sets already, and default values, are not written.

use super::html;
use super::html::{js_string, js_template, leads_to_a_page};
use super::still::title;
use crate::presets::{self, Preset};
use crate::scenario::diagnostic::clip;
use crate::scenario::link::{self, LinkError};
use crate::scenario::{
    FigureOption, FigureOptions, FigureValue, Invalid, Scenario, limits, script,
};
use crate::types::listed;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// How a scenario is embedded in a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SnippetForm {
    /// `<leader-election>`, which `v1/embed.js` replaces by the player; until then it is picture and text.
    #[default]
    Element,
    /// The element in MDX, where attributes and text are JavaScript (Docusaurus, Astro).
    Mdx,
    /// `<iframe>`, where no script may be added.
    Frame,
    /// A fenced block, which Markdown without Hustings shows as text.
    Fence,
}

impl SnippetForm {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Element, Self::Mdx, Self::Frame, Self::Fence];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Mdx => "mdx",
            Self::Frame => "iframe",
            Self::Fence => "fence",
        }
    }
}

/// A scenario with its options, to be embedded.
#[derive(Clone, Copy, Debug)]
pub struct Snippet<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The scenario's script, with its comments. The script of a preset is named instead of written.
    pub script: &'a str,
    /// How the figure opens, beside the script's `figure` line.
    pub options: &'a FigureOptions,
    /// A picture that is shown until the figure plays, as HTML.
    pub poster: Option<&'a str>,
}

/// Why a scenario cannot be embedded in this form.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the text of each variant describes it")]
pub enum SnippetRefusal {
    #[error("a {} has no room for {}; leave that out, or embed an element", .way.words(), listed(.what))]
    Unsayable { way: SnippetForm, what: Vec<&'static str> },
    #[error(
        "the script has {found} bytes; the most is {}. Put it into a file beside the page, and name \
         that: <leader-election src=\"mine.hustings\">",
        limits::LONGEST_SCRIPT
    )]
    TooLong { found: usize },
    #[error(transparent)]
    Link(#[from] LinkError),
    #[error("{}", first(.0))]
    Invalid(Vec<Invalid>),
    #[error(
        "`{}` is no folder that Hustings can be published in, such as https://your.site/hustings/",
        clip(.found)
    )]
    NoFolder { found: String },
}

impl SnippetForm {
    const fn words(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Mdx => "block of MDX",
            Self::Frame => "plain frame",
            Self::Fence => "fenced block",
        }
    }
}

/// The folder in which Hustings is published: an address, absolute or relative to the page, with a final
/// slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayerUrl(String);

impl PlayerUrl {
    /// The address of a folder. A missing slash, `index.html` and an empty fragment are corrected.
    ///
    /// # Errors
    /// `NoFolder` if no page can be published there.
    pub fn new(folder: &str) -> Result<Self, SnippetRefusal> {
        let bare = folder.trim().trim_end_matches('#').trim_end_matches("index.html");
        let odd = |letter: char| {
            letter.is_whitespace() || letter.is_control() || matches!(letter, '?' | '#' | '\\')
        };
        if bare.is_empty() || bare.contains(odd) || !leads_to_a_page(folder) {
            return Err(SnippetRefusal::NoFolder { found: folder.to_owned() });
        }
        Ok(Self(format!("{}/", bare.trim_end_matches('/'))))
    }

    /// The lines for the configuration of Docusaurus that load the player on every page.
    pub fn docusaurus(&self) -> impl fmt::Display {
        // The lines may be in a comment.
        let folder = js_string(&self.0).replace("*/", "*\\/");
        format!(
            "stylesheets: [\"{folder}v1/embed.css\"],\n\
             scripts: [{{ src: \"{folder}v1/embed.js\", defer: true }}],\n"
        )
    }

    /// The script element that loads the player; one per page is enough.
    pub fn loader(&self) -> impl fmt::Display {
        fmt::from_fn(|f| {
            let folder = html::attribute(&self.0);
            write!(f, "<script src=\"{folder}v1/embed.js\" defer></script>")
        })
    }
}

impl Snippet<'_> {
    /// The element, without blank lines, so that Markdown takes it as one block. The page also needs
    /// `PlayerUrl::loader`, once.
    ///
    /// # Errors
    /// If the script is too long, or an option does not fit the scenario.
    pub fn element(&self) -> Result<String, SnippetRefusal> {
        let content = match self.preset() {
            Some(_) => String::new(),
            None => format!("{}\n", html::pre(&self.content()?)),
        };
        let opening = self.opening(!content.is_empty())?;
        let poster = self.poster.map_or_else(String::new, |poster| format!("{poster}\n"));
        // A line that contains only an opening tag begins a block of HTML in Markdown.
        let end = if content.is_empty() && poster.is_empty() { "" } else { "\n" };
        Ok(format!("{opening}{end}{poster}{content}</leader-election>\n"))
    }

    /// The element as MDX: its style is an object and its text a JavaScript template, so that MDX
    /// parses no word of the script as Markdown or as an expression.
    ///
    /// # Errors
    /// As `element`; also if there is a poster.
    pub fn mdx(&self) -> Result<String, SnippetRefusal> {
        if self.poster.is_some() {
            return Err(SnippetRefusal::Unsayable {
                way: SnippetForm::Mdx,
                what: vec!["a poster"],
            });
        }
        let tag = self.tag()?;
        let WrittenOptions { width, height, .. } = self.written()?;
        let width = width.map_or_else(String::new, |width| {
            format!("width: \"{width}px\", maxWidth: \"100%\", ")
        });
        let style = format!("display: \"block\", {width}height: \"{height}px\", margin: \"1em 0\"");
        let content = match self.preset() {
            Some(_) => String::new(),
            None => format!("\n<pre>{{`{}`}}</pre>\n", js_template(&self.content()?)),
        };
        Ok(format!("{tag} style={{{{{style}}}}}>{content}</leader-election>\n"))
    }

    /// The element in one line, which Markdown takes as a block of HTML at any place: such a block
    /// ends with the line of its comment. The script of a preset is written too.
    ///
    /// # Errors
    /// As `element`.
    pub fn element_in_line(&self, loader: Option<&PlayerUrl>) -> Result<String, SnippetRefusal> {
        let loader = loader.map(|player| player.loader().to_string()).unwrap_or_default();
        let opening = self.opening(true)?;
        let poster = self.poster.unwrap_or_default();
        let content = html::pre_in_line(&self.content()?).to_string();
        Ok(format!("<!-- figure -->{loader}{opening}{poster}{content}</leader-election>"))
    }

    /// The address of the player with the scenario in it, for a frame.
    ///
    /// # Errors
    /// If the scenario is too long for a link, or an option does not fit it.
    pub fn address(&self, player: &PlayerUrl) -> Result<String, SnippetRefusal> {
        let options = self.written()?;
        let named = match self.preset() {
            Some(preset) => format!("preset/{}", preset.name),
            None => link::encode(self.script)?,
        };
        let query = options.pairs().map(|(key, value)| match value {
            Some(value) => format!("&{key}={value}"),
            None => format!("&{key}"),
        });
        Ok(format!("{}?embed=1{}#{named}", player.0, query.collect::<String>()))
    }

    /// A frame that shows the player with the scenario in its address.
    ///
    /// # Errors
    /// As `address`; also if there is a poster.
    pub fn frame(&self, player: &PlayerUrl) -> Result<String, SnippetRefusal> {
        if self.poster.is_some() {
            return Err(SnippetRefusal::Unsayable {
                way: SnippetForm::Frame,
                what: vec!["a poster"],
            });
        }
        let (options, address) = (self.written()?, self.address(player)?);
        let width = options.width.map_or_else(|| "100%".to_owned(), |width| width.to_string());
        Ok(format!(
            "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{}\" loading=\"lazy\" \
             style=\"border:0\"></iframe>\n",
            html::attribute(&address),
            html::attribute(&title(self.scenario)),
            options.height,
        ))
    }

    /// A fenced block of Markdown.
    ///
    /// # Errors
    /// If an option has no keyword on the `figure` line, or does not fit the scenario.
    pub fn fence(&self) -> Result<String, SnippetRefusal> {
        let mut what = without_a_word(self.options, self.scenario);
        what.extend(self.poster.map(|_| "a poster"));
        if !what.is_empty() {
            return Err(SnippetRefusal::Unsayable { way: SnippetForm::Fence, what });
        }
        let scenario = within(self.options, self.scenario)?;
        let script = script::rewrite(self.script, &scenario);
        // A carriage return alone ends a line of Markdown, but not of a script.
        let script = plain(&script).replace('\r', " ");
        if script.len() > limits::LONGEST_SCRIPT {
            return Err(SnippetRefusal::TooLong { found: script.len() });
        }
        let longest = script.split(|letter| letter != '`').map(str::len).max();
        let fence = "`".repeat(longest.unwrap_or_default().max(2) + 1);
        let end = if script.is_empty() || script.ends_with('\n') { "" } else { "\n" };
        Ok(format!("{fence}leader-election\n{script}{end}{fence}\n"))
    }

    /// `<leader-election …>`
    fn opening(&self, has_text: bool) -> Result<String, SnippetRefusal> {
        let tag = self.tag()?;
        let WrittenOptions { width, height, .. } = self.written()?;
        let width =
            width.map_or_else(String::new, |width| format!("width:{width}px;max-width:100%;"));
        // While the player is not loaded, a reader can scroll to what does not fit.
        let overflow = if has_text { ";overflow:auto" } else { "" };
        Ok(format!(
            "{tag} style=\"display:block;{width}height:{height}px;margin:1em 0{overflow}\">"
        ))
    }

    /// `<leader-election …`, the same in HTML and MDX.
    fn tag(&self) -> Result<String, SnippetRefusal> {
        let options = self.written()?;
        let mut tag = "<leader-election".to_owned();
        if let Some(preset) = self.preset() {
            tag += &format!(" preset=\"{}\"", preset.name);
        }
        for (key, value) in options.pairs() {
            tag += &value.map_or_else(|| format!(" {key}"), |value| format!(" {key}=\"{value}\""));
        }
        Ok(tag)
    }

    fn written(&self) -> Result<WrittenOptions, SnippetRefusal> {
        within(self.options, self.scenario)?;
        Ok(WrittenOptions::new(self.options, self.scenario))
    }

    fn content(&self) -> Result<String, SnippetRefusal> {
        let script = plain(self.script);
        match script.len() > limits::LONGEST_SCRIPT {
            true => Err(SnippetRefusal::TooLong { found: script.len() }),
            false => Ok(script),
        }
    }

    fn preset(&self) -> Option<Preset> {
        presets::ALL.into_iter().find(|preset| preset.script == self.script)
    }
}

/// The script without what a text file may contain and a page does not: a byte order mark, Windows line ends,
/// and NUL, which pages and Markdown replace.
fn plain(script: &str) -> String {
    script.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\0', "\u{fffd}")
}

fn first(problems: &[Invalid]) -> impl fmt::Display {
    fmt::from_fn(|f| problems.first().map_or(Ok(()), |invalid| write!(f, "{}", invalid.problem)))
}

/// The options that have to be written.
#[derive(Debug)]
struct WrittenOptions {
    /// In CSS pixels; `None` for the full width.
    pub width: Option<u16>,
    /// In CSS pixels.
    pub height: u16,
    pairs: Vec<(&'static str, Option<String>)>,
}

impl WrittenOptions {
    /// The options that differ from the script's `figure` line, and from the defaults.
    pub(crate) fn new(chosen: &FigureOptions, scenario: &Scenario) -> Self {
        let mut pairs = Vec::new();
        for &option in FigureOption::ALL.iter().filter(|option| option.is_attribute()) {
            let text = scenario.figure.get(option).or(option.default_value(scenario.end()));
            let Some(value) = chosen.get(option).filter(|value| Some(*value) != text) else {
                continue;
            };
            let is_bare = value == FigureValue::Flag(true);
            pairs.push((option.row().name, (!is_bare).then(|| value.to_string())));
        }
        let height = chosen.height.or(scenario.figure.height);
        Self { width: chosen.width, height: height.unwrap_or(FigureOptions::HEIGHT), pairs }
    }

    /// The attributes of the element, which are also the keys of a frame's address; a flag has no value.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&'static str, Option<&str>)> {
        self.pairs.iter().map(|(key, value)| (*key, value.as_deref()))
    }
}

/// The scenario with these options on its `figure` line, as far as that has keywords for them.
fn within(chosen: &FigureOptions, scenario: &Scenario) -> Result<Scenario, SnippetRefusal> {
    let mut parts = scenario.clone().into_parts();
    for &option in FigureOption::ALL.iter().filter(|option| option.row().word.is_some()) {
        let Some(value) =
            chosen.get(option).filter(|&value| parts.figure.get(option) != Some(value))
        else {
            continue;
        };
        // A default value removes the keyword.
        let is_so_anyway = Some(value) == option.default_value(scenario.end());
        parts.figure.set(option, Some(value).filter(|_| !is_so_anyway));
    }
    Scenario::new(parts).map_err(SnippetRefusal::Invalid)
}

/// The names of the options that the `figure` line has no keyword for.
fn without_a_word(chosen: &FigureOptions, scenario: &Scenario) -> Vec<&'static str> {
    let is_unsayable = |option: &&FigureOption| {
        let value = chosen.get(**option);
        let is_chosen = value.is_some() && value != option.default_value(scenario.end());
        option.row().word.is_none() && is_chosen
    };
    FigureOption::ALL.iter().filter(is_unsayable).map(|option| option.row().name).collect()
}
