//! The page around one run: what it shows is read off at the cursor, what is pressed becomes an action.

mod deeds;

pub use deeds::Deeds;

use super::app::Session;
use super::components::{
    BeliefKey, Header, Inspector, Kinds, Moment, Notice, PanelColumn, Stage, Story, StripBar, Tabs,
    Transport, VerdictPanel,
};
use super::hooks::{use_cursor, use_keys, use_media, use_steps, use_theme, use_visibility};
use crate::clock::Time;
use crate::run::Snapshot;
use crate::session::{Action, Made, Pace, Screen, State, hint};
use crate::view::observe;
use crate::view::palette::Theme;
use crate::view::picture::Picture;
use crate::view::stage::{Legend, legend};
use crate::web::media;
use deeds::use_deeds;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct PageProps {
    pub made: Rc<Made>,
    pub session: UseReducerHandle<Session>,
    pub reduced_motion: bool,
}

/// What every part of the page is made from.
struct Parts {
    made: Rc<Made>,
    session: UseReducerHandle<Session>,
    deeds: Rc<Deeds>,
    pace: Rc<Pace>,
    cursor: Time,
    snapshot: Snapshot,
    picture: Rc<Picture>,
    legend: Rc<Legend>,
    theme: Theme,
    reduced_motion: bool,
    coarse: bool,
}

#[component]
pub fn Page(props: &PageProps) -> Html {
    let PageProps { made, session, reduced_motion } = props;
    let state = &session.0;
    let (choice, theme, ontheme) = use_theme();
    let coarse = use_media(media::COARSE_POINTER);
    let pace = use_pace(made, state);
    let ended = use_ended(session, pace.end);
    let cursor = use_cursor(state.playback, &pace, ended);
    let deeds = use_deeds(props, &pace);
    use_keys(deeds.deed.clone());
    use_steps(state.playback, deeds.step.clone());
    use_visibility(deeds.sight.clone());

    let snapshot = made.run.look(None, cursor, observe::memory(made.run.scenario()));
    let picture = Rc::new(observe::observe(&snapshot, made.group, made.liveries.clone()));
    let parts = Parts {
        legend: Rc::new(legend(&picture)),
        made: made.clone(),
        session: session.clone(),
        reduced_motion: *reduced_motion,
        deeds: deeds.clone(),
        pace,
        cursor,
        snapshot,
        picture,
        theme,
        coarse,
    };
    let panel = state.panel.map(|_| "open");
    html! {
        <div class="page" data-tab={state.tab.name()} data-panel={panel} data-screen={screen(state)}>
            <Header state={Rc::new(state.clone())} made={made.clone()} theme={choice} {ontheme}
                deeds={deeds.clone()} />
            if let Some(panel) = state.panel {
                <PanelColumn {panel} document={state.document().clone()} made={made.clone()} {cursor}
                    selected={state.selected} deeds={deeds.clone()} />
            }
            { parts.main() }
            { parts.side() }
        </div>
    }
}

const fn screen(state: &State) -> &'static str {
    match state.screen {
        Screen::Start => "start",
        Screen::Stage => "stage",
        Screen::Gallery => "gallery",
        Screen::Compare(_) => "compare",
    }
}

impl Parts {
    fn state(&self) -> &State {
        &self.session.0
    }

    fn main(&self) -> Html {
        let (state, deeds) = (self.state(), &self.deeds);
        html! {
            <main class="main">
                { self.stage() }
                <Transport cursor={self.cursor} end={self.made.run.end()}
                    is_playing={state.playback.is_playing()} speed={state.speed}
                    is_looping={state.is_looping} skips_quiet={state.skips_quiet}
                    ondeed={deeds.deed.clone()} onspeed={deeds.speed.clone()}
                    onloop={deeds.toggle_loop.clone()} onskip={deeds.toggle_skip.clone()} />
                <Moment line={self.made.sentence(self.cursor)} ondeed={deeds.deed.clone()} />
                <Tabs tab={state.tab} selected={state.selected} onact={deeds.act.clone()} />
                <section class="diagram" aria-label="Diagram of the run">
                    <StripBar made={self.made.clone()} playback={state.playback}
                        pace={self.pace.clone()} cursor={self.cursor} theme={self.theme}
                        onseek={deeds.seek.clone()} onhold={deeds.hold.clone()}
                        ondeed={deeds.deed.clone()} />
                </section>
            </main>
        }
    }

    fn stage(&self) -> Html {
        let (state, deeds) = (self.state(), &self.deeds);
        let hint = hint(&state.history, self.picture.split.is_some(), self.coarse);
        html! {
            <section class="stage-area" aria-label="Stage">
                <Stage made={self.made.clone()} playback={state.playback} pace={self.pace.clone()}
                    picture={self.picture.clone()} theme={self.theme}
                    reduced_motion={self.reduced_motion} coarse={self.coarse}
                    selected={state.selected} shown={state.shown} gestures=true
                    deeds={deeds.clone()} />
                <BeliefKey legend={self.legend.clone()} theme={self.theme} />
                <Kinds legend={self.legend.clone()} shown={state.shown}
                    ontoggle={deeds.act.reform(Action::ToggleKind)}
                    onalone={deeds.act.reform(Action::ShowOnly)} />
                <Notice words={state.notice.clone().map(AttrValue::from)} {hint} />
            </section>
        }
    }

    fn side(&self) -> Html {
        let (state, made) = (self.state(), &self.made);
        html! {
            <aside class="side" aria-label="How it goes">
                <VerdictPanel verdict={made.verdict(&self.snapshot)} liveries={made.liveries.clone()}
                    theme={self.theme} expectations={made.report.expectations.clone()}
                    stopped={made.report.stopped} onseek={self.deeds.seek.clone()} />
                <Story made={made.clone()} cursor={self.cursor} why={state.why}
                    notice={None::<AttrValue>}
                    is_playing={state.playback.is_playing()} deeds={self.deeds.clone()} />
                <Inspector made={made.clone()} document={state.document().clone()}
                    picture={self.picture.clone()} selected={state.selected} cursor={self.cursor}
                    theme={self.theme} deeds={self.deeds.clone()} />
            </aside>
        }
    }
}

#[hook]
fn use_pace(made: &Rc<Made>, state: &State) -> Rc<Pace> {
    let (looping, skips) = (state.is_looping, state.skips_quiet);
    use_memo((made.clone(), looping, skips), |(made, looping, skips)| made.pace(*looping, *skips))
}

/// What happens when playing has come to its end.
#[hook]
fn use_ended(session: &UseReducerHandle<Session>, end: Time) -> Callback<()> {
    use_callback((session.dispatcher(), end), |(), (dispatch, end)| {
        dispatch.dispatch(Action::Pause { at: *end });
    })
}
