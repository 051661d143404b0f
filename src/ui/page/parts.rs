//! The parts of the page (stage, diagram, panels, dialogs), all built for the same instant.

use crate::election::Algorithm;
use crate::run::Snapshot;
use crate::scenario::FigureView;
use crate::session::inspect::InspectionContext;
use crate::session::keys::with_key;
use crate::session::stored::Recents;
use crate::session::{
    Action, Command, ComparedWith, Dialog, Document, RunView, Screen, hint, quiet_search,
};
use crate::ui::RenderContext;
use crate::ui::components::{
    AllAlgorithms, Compare, EmbedDialog, Gallery, Icon, ImportDialog, LessonPanel, QuietSearch,
    ShareDialog, SplitDialog, Stage, StagePlace, Start, Story, StripBar, Timeline, Verdict,
    WhyPanel, belief_key, clock_text, groups, help_dialog, icon, inspector, kinds, moment, notice,
    play_button, preview_band, sentence, tabs, title, transport, verdict_panel, views,
};
use crate::ui::dispatcher::Dispatcher;
use crate::view::model::StageModel;
use crate::view::palette::ColourTheme;
use crate::view::stage::Legend;
use crate::web::media;
use std::rc::Rc;
use yew::prelude::*;

/// The input of all parts of the page.
pub struct PageParts {
    pub run_view: Rc<RunView>,
    pub comparison: Option<Rc<RunView>>,
    pub context: RenderContext,
    pub dispatcher: Dispatcher,
    pub snapshot: Snapshot,
    pub picture: Rc<StageModel>,
    pub legend: Legend,
    pub last: Option<Document>,
    pub recents: Rc<Recents>,
    /// Whether the window is as narrow as a phone.
    pub is_narrow: bool,
}

impl PageParts {
    pub fn main(&self) -> Html {
        let RenderContext { state, cursor, .. } = &self.context;
        html! {
            <main class={classes!("main", self.run_view.has_groups().then_some("grouped"))}>
                { groups(&self.run_view, &self.dispatcher) }
                if state.view != FigureView::Spacetime { { self.stage() } }
                { self.transport() }
                { moment(self.run_view.sentence(*cursor), &self.dispatcher) }
                { tabs(state.tab, state.panel, state.selected, self.run_view.run.scenario(), self.is_narrow, &self.dispatcher) }
                <section class="diagram" aria-label="Diagram of the run">
                    <Timeline run_view={self.run_view.clone()} context={self.context.clone()} has_fit=true />
                </section>
            </main>
        }
    }

    pub fn transport(&self) -> Html {
        let RenderContext { state, pace, .. } = &self.context;
        let ends = [Some(&self.run_view), self.comparison.as_ref()];
        let ends = ends.into_iter().flatten().map(|run_view| run_view.run.end());
        let end = ends.max().unwrap_or(pace.end);
        let views = match state.presents {
            true => self.ends_presentation(),
            false => views(state.view, &self.dispatcher),
        };
        transport(&self.context, end, views, &self.dispatcher)
    }

    fn stage(&self) -> Html {
        let RenderContext { state, theme, coarse, .. } = &self.context;
        let hint = hint(&state.history, &self.picture, *coarse);
        // A hint must not suggest an action that has to wait for an answer.
        let hint = hint.filter(|_| !state.hides_what_comes());
        html! {
            <section class="stage-area" aria-label="Stage">
                if let Some(preview) = &state.preview { { preview_band(preview, &self.dispatcher) } }
                <div class="stage-field">
                    { self.canvas(StagePlace::Page) }
                    { belief_key(&self.legend, *theme, self.run_view.brief(&self.snapshot)) }
                    { notice(state.notice.as_ref()) }
                    // A hint at a gesture that the reader has not used yet.
                    if let Some(hint) = hint {
                        <p class="stage-hint">{ hint }</p>
                    }
                </div>
                { kinds(&self.legend, &state.shown, &self.dispatcher) }
            </section>
        }
    }

    fn canvas(&self, place: StagePlace) -> Html {
        html! {
            <Stage run_view={self.run_view.clone()} context={self.context.clone()}
                picture={self.picture.clone()} {place} />
        }
    }

    /// The presentation: the stage, the current sentence and playback, for an audience.
    pub fn presentation(&self) -> Html {
        html! {
            <main class="main presentation">
                <h1 class="unseen">{ title(self.run_view.run.scenario()) }</h1>
                <section class="stage-area" aria-label="Stage">
                    <div class="stage-field">
                        { self.canvas(StagePlace::Presentation) }
                        { notice(self.context.state.notice.as_ref()) }
                    </div>
                </section>
                <p class="presented">{ sentence(self.run_view.sentence(self.context.cursor)) }</p>
                { self.transport() }
            </main>
        }
    }

    fn ends_presentation(&self) -> Html {
        html! {
            <div class="views">
                <button class="button square" aria-label="Full screen" title="Full screen"
                    onclick={Callback::from(|_: MouseEvent| media::toggle_full())}>{ icon(Icon::Open) }</button>
                <button class="button square leave" aria-label="End the presentation" title={with_key("End the presentation", &Command::Close)}
                    onclick={self.dispatcher.on_click_action(Action::Present(false))}>{ icon(Icon::Cross) }</button>
            </div>
        }
    }

    pub fn side(&self) -> Html {
        let RenderContext { state, cursor, theme, coarse, .. } = &self.context;
        let run_view = &self.run_view;
        let asks = state.hides_what_comes();
        let verdict = run_view.verdict(&self.snapshot);
        let verdict = if asks { verdict.without_what_comes() } else { verdict };
        // The expectations of a lesson's run are its subject; those of the start do not apply to an edit of
        // it.
        let is_first = state.continues_start();
        let expectations = match state.lesson.is_some() || is_first {
            true => Vec::new(),
            false => run_view.expected(),
        };
        let verdict = Verdict {
            verdict,
            groups: run_view.verdicts(&self.snapshot, asks),
            group: run_view.group_name(),
            leader_styles: run_view.leader_styles.clone(),
            theme: *theme,
            expectations,
            is_first,
            stopped: run_view.run.stop_reason().filter(|_| !asks),
            end: run_view.run.end(),
        };
        let inspected = InspectionContext {
            run_view,
            document: state.shown_document(),
            picture: &self.picture,
            cursor: *cursor,
        };
        html! {
            <aside class="side" aria-label="State of the run" data-why={state.why.map(|_| "open")}>
                { verdict_panel(&verdict, &self.dispatcher) }
                if quiet_search::is_on(state) { <QuietSearch document={state.document().clone()} /> }
                if let Some(event) = state.why {
                    <WhyPanel run_view={run_view.clone()} document={state.shown_document().clone()} {event}
                        theme={*theme} />
                }
                if let Some(lesson) = state.lesson {
                    <LessonPanel panel={lesson.panel(state.document().scenario(), *cursor, *coarse)} is_why={state.why.is_some()} />
                } else {
                <Story run_view={run_view.clone()} cursor={*cursor} why={state.why}
                    is_playing={state.playback.is_playing()} />
                }
                { inspector(state.selected, inspected, *theme, &self.dispatcher) }
            </aside>
        }
    }
}

impl PageParts {
    /// The open dialog; `letters` is whether character keys are shortcuts.
    pub fn dialog(&self, letters: bool, onletters: &Callback<bool>) -> Html {
        let (state, run_view, dispatcher) = (&self.context.state, &self.run_view, &self.dispatcher);
        let onclose = dispatcher.dispatch_from(|()| Action::Dialog(None));
        match state.dialog {
            None => Html::default(),
            Some(Dialog::Help) => help_dialog(self.context.theme, letters, onletters, onclose),
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

    /// The messages above the page. `is_dragged_over` is whether something is dragged over the page,
    /// `is_late` whether the run is still being simulated.
    pub fn over_all(&self, is_dragged_over: bool, is_late: bool) -> Html {
        let RenderContext { state, pace, cursor, .. } = &self.context;
        // The start and the stage show the notice themselves.
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
                if is_dragged_over {
                    <p class="drop-zone" role="status">
                        <span>{ "Drop a script, JSON, a link or an exported picture to open it" }</span>
                    </p>
                }
                if is_late {
                    <p class="late" role="status">{ "Simulating…" }</p>
                }
            </>
        }
    }
}

/// The theme of exported pictures: forced colours are of no use there.
const fn theme_of_files(theme: ColourTheme) -> ColourTheme {
    match theme {
        ColourTheme::Coded => ColourTheme::Light,
        ColourTheme::Light | ColourTheme::Dark | ColourTheme::Host { .. } => theme,
    }
}

impl PageParts {
    pub fn screen(&self) -> Html {
        match &self.context.state.screen {
            Screen::Start => html! { <>{ self.start() }{ self.transport_of_start() }</> },
            Screen::Compare(ComparedWith::Algorithm(algorithm)) => self.compare(algorithm),
            Screen::Compare(ComparedWith::All) => html! {
                <AllAlgorithms document={self.context.state.document().clone()} />
            },
            Screen::Gallery => self.gallery(),
            Screen::Stage if self.context.state.presents => self.presentation(),
            Screen::Stage => html! { <>{ self.main() }{ self.side() }</> },
        }
    }

    fn gallery(&self) -> Html {
        html! {
            <Gallery remembered={self.context.state.remembered.clone()} theme={self.context.theme}
                reduced_motion={self.context.reduced_motion} recents={self.recents.clone()} />
        }
    }

    fn compare(&self, algorithm: &Algorithm) -> Html {
        html! {
            <Compare run_view={self.run_view.clone()} comparison={self.comparison.clone()}
                algorithm={algorithm.clone()} context={self.unexplained()}>
                { self.transport() }
            </Compare>
        }
    }

    fn start(&self) -> Html {
        html! {
            <Start run_view={self.run_view.clone()} context={self.unexplained()}
                picture={self.picture.clone()} last={self.last.clone()} />
        }
    }

    /// The context without a highlighted explanation, for screens that show none.
    fn unexplained(&self) -> RenderContext {
        RenderContext { chain: None, ..self.context.clone() }
    }

    /// The playback controls of the start screen: play, strip and clock.
    fn transport_of_start(&self) -> Html {
        html! {
            <section class="transport start-transport" aria-label="Playback">
                { play_button(&self.context.state, &self.dispatcher) }
                <StripBar run_view={self.run_view.clone()} context={self.context.clone()} />
                { clock_text(self.context.cursor, None) }
            </section>
        }
    }
}
