//! What asks for an answer before anything else, and what is said over the whole page.

use super::parts::PageParts;
use crate::scenario::FigureView;
use crate::session::{Action, Dialog, Screen};
use crate::ui::components::{EmbedDialog, HelpDialog, ImportDialog, ShareDialog, SplitDialog};
use crate::ui::render_context::RenderContext;
use crate::view::palette::ColourTheme;
use yew::prelude::*;

impl PageParts {
    /// `letters` is whether letters do something by themselves.
    pub fn dialog(&self, letters: bool, onletters: &Callback<bool>) -> Html {
        let (state, run_view, dispatcher) = (&self.context.state, &self.run_view, &self.dispatcher);
        let onclose = dispatcher.dispatch_from(|()| Action::Dialog(None));
        match state.dialog {
            None => Html::default(),
            Some(Dialog::Help) => html! {
                <HelpDialog theme={self.context.theme} {letters} onletters={onletters.clone()} {onclose} />
            },
            Some(Dialog::Split) => html! {
                <SplitDialog run_view={run_view.clone()} selected={state.selected} />
            },
            Some(Dialog::Share) => html! {
                <ShareDialog state={state.clone()} run_view={run_view.clone()} cursor={self.context.cursor}
                    theme={theme_of_files(self.context.theme)} {onclose}
                    onembed={dispatcher.dispatch_from(|()| Action::Dialog(Some(Dialog::Embed)))} />
            },
            Some(Dialog::Embed) => html! {
                <EmbedDialog document={state.document().clone()} run_view={run_view.clone()}
                    cursor={self.context.cursor} {onclose} />
            },
            Some(Dialog::Import) => html! { <ImportDialog /> },
        }
    }

    /// `hangs` is whether something is dragged over the page, `is_late` whether the run is still made.
    pub fn over_all(&self, hangs: bool, is_late: bool) -> Html {
        let RenderContext { state, pace, cursor, .. } = &self.context;
        // The start and the stage have a place of their own for it.
        let notice = match state.screen {
            Screen::Gallery | Screen::Compare(_) => state.notice.clone(),
            Screen::Stage if state.view == FigureView::Spacetime && !state.presents => {
                state.notice.clone()
            }
            Screen::Start | Screen::Stage => None,
        };
        let rests = !state.playback.is_playing() && state.lesson.is_none();
        let is_over = rests && *cursor >= pace.end;
        let over = is_over.then(|| format!("The run has ended, at {}.", cursor.spoken()));
        html! {
            <>
                <p class="unseen" role="status" data-of="playback">{ over }</p>
                if let Some(words) = notice {
                    <p class="late" role="status">{ words }</p>
                }
                if hangs {
                    <p class="drop-zone" role="status">
                        <span>{ "Drop a script, JSON or a link to open it" }</span>
                    </p>
                }
                if is_late {
                    <p class="late" role="status">{ "Simulating…" }</p>
                }
            </>
        }
    }
}

/// A picture that is taken away has colours of its own.
const fn theme_of_files(theme: ColourTheme) -> ColourTheme {
    match theme {
        ColourTheme::Light | ColourTheme::Coded => ColourTheme::Light,
        ColourTheme::Dark => ColourTheme::Dark,
    }
}
