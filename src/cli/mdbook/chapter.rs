//! The scenarios of one chapter become figures, each in the place of its block.

use super::book::Chapter;
use super::book::Settings;
use crate::cli::console::Console;
use crate::cli::diagnostics::{self, RenderedDiagnostic};
use crate::cli::markdown::{self, ScenarioBlock};
use crate::cli::output;
use crate::export::snippet::{PlayerUrl, Snippet};
use crate::export::{PictureSubject, poster};
use crate::scenario::FigureOptions;
use crate::scenario::script::Script;
use crate::types::GroupId;
use pulldown_cmark::Options as Dialect;

/// Something is wrong with a scenario, and was told.
#[derive(Debug)]
pub struct FigureFailed;

/// The content of a chapter with figures. All that is wrong in it is told.
pub fn figures(
    chapter: &Chapter,
    source: &str,
    dialect: Dialect,
    settings: &Settings,
    console: &mut Console,
) -> Result<String, FigureFailed> {
    let content = chapter.content();
    if !markdown::may_have_some(content.as_bytes()) {
        return Ok(content.to_owned());
    }
    let name = format!("{}/{}", source.trim_end_matches('/'), chapter.file());
    let player = match settings.player(chapter.path()) {
        Ok(player) => player,
        Err(problem) => {
            console.complain(&problem);
            return Err(FigureFailed);
        }
    };
    let mut page =
        ChapterPage { settings, player, console, written: String::new(), has_loader: false };
    let (mut at, mut is_fine) = (0, true);
    for block in markdown::blocks(&name, content, dialect) {
        if block.is_ignored {
            continue;
        }
        let Some(figure) = page.figure(&block) else {
            is_fine &= !settings.is_checked;
            continue;
        };
        page.written += &content[at..block.range.start];
        page.written += &figure;
        // A line end that belongs to the block stays, so that what follows begins a line.
        at = content[..block.range.end].trim_end_matches(['\r', '\n']).len();
    }
    page.written += &content[at..];
    if is_fine { Ok(page.written) } else { Err(FigureFailed) }
}

/// The page that a chapter becomes, as far as it is written.
struct ChapterPage<'a> {
    settings: &'a Settings,
    player: PlayerUrl,
    console: &'a mut Console,
    written: String,
    has_loader: bool,
}

impl ChapterPage<'_> {
    /// Nothing where the block has to stay as it is.
    fn figure(&mut self, block: &ScenarioBlock) -> Option<String> {
        let read = match block.source.read() {
            Ok(read) => read,
            Err(problems) => {
                for problem in problems {
                    self.tell(problem);
                }
                if block.text.contains("{{#") {
                    self.console.problem(&included().into_warning());
                }
                return None;
            }
        };
        let run = output::play(read.scenario.clone(), self.console);
        if self.settings.is_checked && !self.holds(block, &read, &run) {
            return None;
        }
        let poster = self.settings.has_posters.then(|| {
            let subject = PictureSubject::new(&run, GroupId::MAIN);
            let view = read.scenario.figure.view.unwrap_or_default();
            poster::html(&subject, poster::instant(&subject, None), view, Default::default())
        });
        let snippet = Snippet {
            scenario: &read.scenario,
            script: &block.text,
            options: &FigureOptions::default(),
            poster: poster.as_deref(),
        };
        let loader = (!self.has_loader).then_some(&self.player);
        match snippet.element_in_line(loader) {
            Ok(figure) => {
                self.has_loader = true;
                Some(figure)
            }
            Err(refusal) => {
                let line = Some(block.source.first());
                self.tell(diagnostics::warning(&block.source, line, &refusal.to_string()));
                None
            }
        }
    }

    fn holds(&mut self, block: &ScenarioBlock, read: &Script, run: &crate::run::Run) -> bool {
        let report = run.report(read);
        for verdict in report.expectations.iter().filter(|verdict| !verdict.holds) {
            let text = format!("{}: {}", verdict.text, verdict.reason);
            self.tell(diagnostics::warning(&block.source, verdict.line, &text));
        }
        report.holds()
    }

    /// As an error where it fails the build.
    fn tell(&mut self, told: RenderedDiagnostic) {
        self.console.problem(&RenderedDiagnostic { is_error: self.settings.is_checked, ..told });
    }
}

fn included() -> RenderedDiagnostic {
    diagnostics::plain(
        "`{{#…}}` is read by mdBook's own preprocessor `links`, which has to come first: write \
         `after = [\"links\"]` below [preprocessor.hustings]",
    )
}
