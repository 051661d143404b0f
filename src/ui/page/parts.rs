//! The stage with all that stands around it, each part made from the same instant.

use super::Dispatcher;
use crate::run::Snapshot;
use crate::scenario::FigureView;
use crate::session::lesson::LessonAction;
use crate::session::recent::Recents;
use crate::session::{Action, Command, Document, PlaybackPace, RunView, State, dragged, hint};
use crate::time::Time;
use crate::types::Rank;
use crate::ui::app::Session;
use crate::ui::components::{
    BeliefKey, Groups, Icon, Inspector, Kinds, LessonPanel, Moment, Notice, Stage, Story, Tabs,
    Timeline, Transport, VerdictPanel, Views, WhyPanel, icon, title,
};
use crate::view::model::StageModel;
use crate::view::palette::ColourTheme;
use crate::view::spacetime::{ChainHighlight, TimeDrag};
use crate::view::stage::Legend;
use crate::web::media;
use std::rc::Rc;
use yew::prelude::*;

/// What every part of the page is made from.
pub struct PageParts {
    pub run_view: Rc<RunView>,
    pub session: UseReducerHandle<Session>,
    pub dispatcher: Rc<Dispatcher>,
    pub pace: Rc<PlaybackPace>,
    pub cursor: Time,
    pub snapshot: Snapshot,
    pub picture: Rc<StageModel>,
    pub legend: Rc<Legend>,
    /// A process that is pointed at.
    pub raised: Option<Rank>,
    pub chain: Option<Rc<ChainHighlight>>,
    pub theme: ColourTheme,
    pub reduced_motion: bool,
    pub coarse: bool,
    pub last: Option<Document>,
    pub recents: Rc<Recents>,
    pub comparison: Option<Rc<RunView>>,
}

impl PageParts {
    pub fn state(&self) -> &State {
        &self.session.0
    }

    pub fn main(&self) -> Html {
        let (state, dispatcher) = (self.state(), &self.dispatcher);
        html! {
            <main class={classes!("main", self.run_view.has_groups().then_some("grouped"))}>
                <Groups run_view={self.run_view.clone()} onact={dispatcher.act.clone()} />
                if state.view != FigureView::Spacetime { { self.stage() } }
                { self.transport() }
                <Moment line={self.run_view.sentence(self.cursor)} ondeed={dispatcher.command.clone()} />
                <Tabs tab={state.tab} selected={state.selected} onact={dispatcher.act.clone()} />
                { self.diagram() }
            </main>
        }
    }

    pub fn transport(&self) -> Html {
        let (state, dispatcher) = (self.state(), &self.dispatcher);
        let ends = [Some(&self.run_view), self.comparison.as_ref()];
        let ends = ends.into_iter().flatten().map(|run_view| run_view.run.end());
        let end = ends.max().unwrap_or(self.pace.end);
        html! {
            <Transport cursor={self.cursor} {end}
                is_playing={state.playback.is_playing()} speed={state.speed}
                is_looping={state.is_looping} skips_quiet={state.skips_quiet}
                ondeed={dispatcher.command.clone()} onspeed={dispatcher.speed.clone()}
                onloop={dispatcher.toggle_loop.clone()} onskip={dispatcher.toggle_skip.clone()}>
                if state.presents { { self.ends_presentation() } } else {
                    <Views view={state.view} onview={dispatcher.act.reform(Action::View)}
                        onpresent={dispatcher.command.reform(|()| Command::Present)} />
                }
            </Transport>
        }
    }

    fn stage(&self) -> Html {
        let (state, dispatcher) = (self.state(), &self.dispatcher);
        let (verdict, alarm) = self.run_view.brief(&self.snapshot);
        let hint = hint(&state.history, &self.picture, self.coarse);
        // What has to wait for an answer is not suggested.
        let hint = hint.filter(|_| !state.hides_what_comes());
        html! {
            <section class="stage-area" aria-label="Stage">
                <div class="stage-field">
                    { self.canvas(false) }
                    <BeliefKey legend={self.legend.clone()} theme={self.theme} {verdict} {alarm} />
                    <Notice words={state.notice.clone().map(AttrValue::from)} {hint} />
                </div>
                <Kinds legend={self.legend.clone()} shown={state.shown}
                    ontoggle={dispatcher.act.reform(Action::ToggleKind)}
                    onalone={dispatcher.act.reform(Action::ShowOnly)} />
            </section>
        }
    }

    fn canvas(&self, magnified: bool) -> Html {
        let state = self.state();
        html! {
            <Stage run_view={self.run_view.clone()} playback={state.playback} pace={self.pace.clone()}
                picture={self.picture.clone()} theme={self.theme}
                reduced_motion={self.reduced_motion} coarse={self.coarse}
                selected={state.selected} shown={state.shown} gestures=true {magnified}
                chain={self.chain.clone()}
                raised={self.raised} dispatcher={self.dispatcher.clone()} />
        }
    }

    /// The stage, the sentence of the moment and playback, for the back of a room.
    pub fn presentation(&self) -> Html {
        let line = self.run_view.sentence(self.cursor);
        html! {
            <main class="main presentation">
                <h1 class="unseen">{ title(self.run_view.run.scenario()) }</h1>
                <section class="stage-area" aria-label="Stage">
                    <div class="stage-field">
                        { self.canvas(true) }
                        <Notice words={self.state().notice.clone().map(AttrValue::from)} hint={None} />
                    </div>
                </section>
                <p class="presented">
                    if let Some(line) = line {
                        <time>{ line.at.spoken().to_string() }</time><span>{ line.text }</span>
                    } else {
                        <span>{ "Nothing has happened yet." }</span>
                    }
                </p>
                { self.transport() }
            </main>
        }
    }

    fn ends_presentation(&self) -> Html {
        html! {
            <div class="views">
                <button class="button square" aria-label="Full screen" title="Full screen"
                    onclick={Callback::from(|_: MouseEvent| media::toggle_full())}>{ icon(Icon::Open) }</button>
                <button class="button square leave" aria-label="End the presentation" title="End the presentation (Esc)"
                    onclick={self.dispatcher.act.reform(|_: MouseEvent| Action::Present(false))}>{ icon(Icon::Cross) }</button>
            </div>
        }
    }

    fn diagram(&self) -> Html {
        let (state, dispatcher) = (self.state(), &self.dispatcher);
        html! {
            <section class="diagram" aria-label="Diagram of the run">
                <Timeline run_view={self.run_view.clone()} playback={state.playback}
                    view={state.view} onview={dispatcher.act.reform(Action::View)}
                    pace={self.pace.clone()} cursor={self.cursor} theme={self.theme}
                    coarse={self.coarse} reduced_motion={self.reduced_motion}
                    selected={state.selected} shown={state.shown} skips_quiet={state.skips_quiet}
                    hovered={self.raised} onhover={dispatcher.raise.clone()}
                    veiled={state.hides_what_comes()}
                    window={state.window} opening={state.opening}
                    onfit={Some(dispatcher.command.reform(|()| Command::WholeRun))} chain={self.chain.clone()} onseek={dispatcher.seek.clone()} onhold={dispatcher.hold.clone()}
                    onselect={dispatcher.act.reform(Action::Select)} onstrike={dispatcher.strike.clone()}
                    onwindow={dispatcher.act.reform(|window| Action::Window(Some(window)))}
                    ondrag={dispatcher.act.reform(|drag: Option<TimeDrag>| match drag {
                        Some(TimeDrag { what, to }) => dragged(what, to),
                        None => Action::GiveUp,
                    })}
                    ondrop={dispatcher.act.reform(|()| Action::Settle)} />
            </section>
        }
    }

    pub fn side(&self) -> Html {
        let (state, run_view) = (self.state(), &self.run_view);
        let asks = state.hides_what_comes();
        let verdict = run_view.verdict(&self.snapshot);
        let verdict = if asks { verdict.without_what_comes() } else { verdict };
        // What was expected of a lesson's run is what it teaches; and what was expected of the start,
        // where nothing happens, says nothing of what the reader has made of it.
        let is_first = state.continues_start();
        let expectations = match state.lesson.is_some() || is_first {
            true => Vec::new(),
            false => run_view.expected(),
        };
        html! {
            <aside class="side" aria-label="State of the run" data-why={state.why.map(|_| "open")}>
                <VerdictPanel {verdict} groups={run_view.verdicts(&self.snapshot, asks)}
                    group={run_view.group_name()} leader_styles={run_view.leader_styles.clone()}
                    theme={self.theme} {expectations} {is_first}
                    stopped={run_view.run.stop_reason().filter(|_| !asks)} end={run_view.run.end()} dispatcher={self.dispatcher.clone()} />
                if let Some(event) = state.why {
                    <WhyPanel run_view={run_view.clone()} document={state.document().clone()} {event}
                        theme={self.theme} dispatcher={self.dispatcher.clone()} />
                }
                if let Some(lesson) = state.lesson {
                    <LessonPanel panel={lesson.panel(self.cursor, self.coarse)} is_why={state.why.is_some()}
                        onanswer={self.dispatcher.answer.clone()}
                        onshow={self.dispatcher.show.clone()} onrestore={self.attend(LessonAction::Restore)}
                        onback={self.attend(LessonAction::Back)} onnext={self.dispatcher.go_on.clone()}
                        onleave={self.attend(LessonAction::Leave)} />
                } else {
                <Story run_view={run_view.clone()} cursor={self.cursor} why={state.why}
                    is_playing={state.playback.is_playing()} dispatcher={self.dispatcher.clone()} />
                }
                <Inspector run_view={run_view.clone()} document={state.document().clone()}
                    picture={self.picture.clone()} selected={state.selected} cursor={self.cursor}
                    theme={self.theme} dispatcher={self.dispatcher.clone()} />
            </aside>
        }
    }

    fn attend(&self, attend: LessonAction) -> Callback<()> {
        self.dispatcher.act.reform(move |()| Action::Lesson(attend))
    }
}
