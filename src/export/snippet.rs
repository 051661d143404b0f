//! A scenario as a few lines to be put into somebody's page: an element, a plain frame, or a fenced
//! block of Markdown. Page and command line write the same.
//!
//! What the script's `figure` line says already, and what is so anyway, is not written.

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
use std::fmt;
use thiserror::Error;

/// How a scenario stands in a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SnippetForm {
    /// `<leader-election>`, which `v1/embed.js` brings to life; until then it is picture and text.
    #[default]
    Element,
    /// Likewise for MDX, in which attributes and text are JavaScript (Docusaurus, Astro).
    Mdx,
    /// `<iframe>`, where no script may be added.
    Frame,
    /// A fenced block, which stays readable text wherever Markdown is read.
    Fence,
}

impl SnippetForm {
    pub const ALL: [Self; 4] = [Self::Element, Self::Mdx, Self::Frame, Self::Fence];

    /// As the command line writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Mdx => "mdx",
            Self::Frame => "iframe",
            Self::Fence => "fence",
        }
    }
}

/// What is put into a page.
#[derive(Clone, Copy, Debug)]
pub struct Snippet<'a> {
    pub scenario: &'a Scenario,
    /// The script that says it, with its comments. That of a preset is named instead of written.
    pub script: &'a str,
    pub options: &'a FigureOptions,
    /// A picture to stand there until the figure plays, as HTML.
    pub poster: Option<&'a str>,
}

/// Why a scenario cannot be put into a page so.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
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

/// Where Hustings is published: an address, whole or relative to the page, that ends with a slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayerUrl(String);

impl PlayerUrl {
    /// Forgives a missing slash, the name of the page in the folder, and an empty fragment.
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

    /// The lines for the configuration of Docusaurus that bring figures to life on every page.
    pub fn docusaurus(&self) -> impl fmt::Display {
        // It may stand in a comment.
        let folder = js_string(&self.0).replace("*/", "*\\/");
        format!(
            "stylesheets: [\"{folder}v1/embed.css\"],\n\
             scripts: [{{ src: \"{folder}v1/embed.js\", defer: true }}],\n"
        )
    }

    /// The element that loads what brings figures to life; once a page is enough.
    pub fn loader(&self) -> impl fmt::Display {
        fmt::from_fn(|f| {
            let folder = html::attribute(&self.0);
            write!(f, "<script src=\"{folder}v1/embed.js\" defer></script>")
        })
    }
}

impl Snippet<'_> {
    /// The element alone, in lines of which none is blank, so that it may stand in Markdown. Beside it
    /// the page needs `Player::loader`, once.
    pub fn element(&self) -> Result<String, SnippetRefusal> {
        let content = match self.preset() {
            Some(_) => String::new(),
            None => format!("{}\n", html::pre(&self.content()?)),
        };
        let opening = self.opening(!content.is_empty())?;
        let poster = self.poster.map_or_else(String::new, |poster| format!("{poster}\n"));
        // Where a line is nothing but an opening tag, Markdown begins a block of HTML.
        let end = if content.is_empty() && poster.is_empty() { "" } else { "\n" };
        Ok(format!("{opening}{end}{poster}{content}</leader-election>\n"))
    }

    /// The element as MDX reads it: its style is an object and its text a template of JavaScript, so
    /// that no word of the script is taken for Markdown or for an expression.
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

    /// The same in one line that Markdown takes as a block of HTML of its own, wherever it stands: such
    /// a block ends with the line in which its comment does. A preset is written too, to be read.
    pub fn element_in_line(&self, loader: Option<&PlayerUrl>) -> Result<String, SnippetRefusal> {
        let loader = loader.map(|player| player.loader().to_string()).unwrap_or_default();
        let opening = self.opening(true)?;
        let poster = self.poster.unwrap_or_default();
        let content = html::pre_in_line(&self.content()?).to_string();
        Ok(format!("<!-- figure -->{loader}{opening}{poster}{content}</leader-election>"))
    }

    /// The address of the player with the scenario in it, as a frame opens it.
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

    /// A fenced block of Markdown. What its `figure` line has no word for, it cannot say.
    pub fn fence(&self) -> Result<String, SnippetRefusal> {
        let mut what = without_a_word(self.options, self.scenario);
        what.extend(self.poster.map(|_| "a poster"));
        if !what.is_empty() {
            return Err(SnippetRefusal::Unsayable { way: SnippetForm::Fence, what });
        }
        let scenario = within(self.options, self.scenario)?;
        let script = script::rewrite(self.script, &scenario);
        // A carriage return alone ends a line of Markdown, and none of a script.
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
        // Where it is not brought to life, what does not fit is still reached.
        let overflow = if has_text { ";overflow:auto" } else { "" };
        Ok(format!(
            "{tag} style=\"display:block;{width}height:{height}px;margin:1em 0{overflow}\">"
        ))
    }

    /// `<leader-election …`, as HTML and MDX have it alike.
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

/// Without what a text file may have and a page does not: a byte order mark, Windows line ends, and
/// NUL, which pages and Markdown replace.
fn plain(script: &str) -> String {
    script.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\0', "\u{fffd}")
}

fn first(problems: &[Invalid]) -> impl fmt::Display {
    fmt::from_fn(|f| problems.first().map_or(Ok(()), |invalid| write!(f, "{}", invalid.problem)))
}

/// What has to be written.
#[derive(Debug)]
struct WrittenOptions {
    /// In CSS pixels; without one the whole width there is.
    pub width: Option<u16>,
    /// In CSS pixels.
    pub height: u16,
    pairs: Vec<(&'static str, Option<String>)>,
}

impl WrittenOptions {
    /// What differs from the script's `figure` line, and from what is so anyway.
    pub fn new(chosen: &FigureOptions, scenario: &Scenario) -> Self {
        let mut pairs = Vec::new();
        for &option in FigureOption::ALL.iter().filter(|option| option.is_attribute()) {
            let said = scenario.figure.get(option).or(option.default_value(scenario.end()));
            let Some(value) = chosen.get(option).filter(|value| Some(*value) != said) else {
                continue;
            };
            let is_bare = value == FigureValue::Flag(true);
            pairs.push((option.row().name, (!is_bare).then(|| value.to_string())));
        }
        let height = chosen.height.or(scenario.figure.height);
        Self { width: chosen.width, height: height.unwrap_or(FigureOptions::HEIGHT), pairs }
    }

    /// Attributes of the element, which are the keys of a frame's address; one without a value is there
    /// or not.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, Option<&str>)> {
        self.pairs.iter().map(|(key, value)| (*key, value.as_deref()))
    }
}

/// The scenario with these options on its `figure` line, as far as that has words for them.
fn within(chosen: &FigureOptions, scenario: &Scenario) -> Result<Scenario, SnippetRefusal> {
    let mut parts = scenario.clone().into_parts();
    for &option in FigureOption::ALL.iter().filter(|option| option.row().word.is_some()) {
        let Some(value) =
            chosen.get(option).filter(|&value| parts.figure.get(option) != Some(value))
        else {
            continue;
        };
        // A choice of what is so anyway takes the word away.
        let is_so_anyway = Some(value) == option.default_value(scenario.end());
        parts.figure.set(option, Some(value).filter(|_| !is_so_anyway));
    }
    Scenario::new(parts).map_err(SnippetRefusal::Invalid)
}

/// The names of what the `figure` line has no word for, as a reader knows them.
fn without_a_word(chosen: &FigureOptions, scenario: &Scenario) -> Vec<&'static str> {
    let is_unsayable = |option: &&FigureOption| {
        let value = chosen.get(**option);
        let is_chosen = value.is_some() && value != option.default_value(scenario.end());
        option.row().word.is_none() && is_chosen
    };
    FigureOption::ALL.iter().filter(is_unsayable).map(|option| option.row().name).collect()
}
