//! The page around one run: what it shows is read off at the cursor, what is pressed becomes an action.

mod deeds;

pub use deeds::Deeds;

use super::app::Session;
use super::components::{
    BeliefKey, Gallery, Header, HelpDialog, Inspector, Kinds, LessonPanel, Moment, PanelColumn,
    SplitDialog, Stage, Story, StripBar, Tabs, Timeline, Transport, VerdictPanel, WhyPanel,
};
use super::hooks::{
    use_cursor, use_keys, use_letters, use_media, use_steps, use_theme, use_visibility,
};
use crate::clock::Time;
use crate::narration;
use crate::presets;
use crate::run::Snapshot;
use crate::session::lesson::Attend;
use crate::session::{Action, Dialog, Document, Made, Pace, Screen, State, dragged};
use crate::view::observe;
use crate::view::palette::Theme;
use crate::view::picture::Picture;
use crate::view::spacetime::{Chain, Drag};
use crate::view::stage::{Legend, legend};
use crate::web::{media, storage};
use deeds::use_deeds;
use std::rc::Rc;
use yew::prelude::*;

/// Under which the lessons are remembered.
pub const LESSONS: &str = "hustings.lessons";

#[derive(Clone, PartialEq, Properties)]
pub struct PageProps {
    pub made: Rc<Made>,
    pub session: UseReducerHandle<Session>,
    pub reduced_motion: bool,
    /// What is shown is the run before: the new one takes its time.
    pub is_late: bool,
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
    chain: Option<Rc<Chain>>,
    theme: Theme,
    reduced_motion: bool,
    coarse: bool,
}

#[component]
pub fn Page(props: &PageProps) -> Html {
    let PageProps { made, session, reduced_motion, is_late } = props;
    let state = &session.0;
    let (choice, theme, ontheme) = use_theme();
    let coarse = use_media(media::COARSE_POINTER);
    let pace = use_pace(made, state);
    let ended = use_ended(session, pace.end);
    let cursor = use_cursor(state.playback, &pace, ended);
    let deeds = use_deeds(props, &pace);
    let (letters, onletters) = use_letters();
    use_keys(deeds.deed.clone(), letters);
    use_lesson(state, cursor, &deeds);
    use_steps(state.playback, deeds.step.clone());
    use_visibility(deeds.sight.clone());

    let chain = use_chain(made, state);
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
        chain,
        theme,
        coarse,
    };
    let panel = state.panel.map(|_| "open");
    html! {
        <div class="page" data-tab={state.tab.name()} data-panel={panel} data-screen={screen(state)}
            data-lesson={lesson(state)}>
            <Header state={Rc::new(state.clone())} made={made.clone()} theme={choice} {ontheme}
                deeds={deeds.clone()} />
            if let Some(panel) = state.panel {
                <PanelColumn {panel} document={state.document().clone()} made={made.clone()} {cursor}
                    selected={state.selected} deeds={deeds.clone()} />
            }
            if state.screen == Screen::Gallery {
                { parts.gallery() }
            } else {
                { parts.main() }
                { parts.side() }
            }
            if state.dialog == Some(Dialog::Help) {
                <HelpDialog {theme} {letters} {onletters}
                    onclose={deeds.act.reform(|()| Action::Dialog(None))} />
            }
            if state.dialog == Some(Dialog::Split) {
                <SplitDialog {made} selected={state.selected} {deeds} />
            }
            if *is_late {
                <p class="late" role="status">{ "The run is being made anew." }</p>
            }
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

/// For the style sheet: in a lesson, and whether it asks what is to come.
fn lesson(state: &State) -> Option<&'static str> {
    state.lesson.map(|lesson| if lesson.hides_what_comes() { "asks" } else { "on" })
}

impl Parts {
    fn state(&self) -> &State {
        &self.session.0
    }

    fn attend(&self, attend: Attend) -> Callback<()> {
        self.deeds.act.reform(move |()| Action::Attend(attend))
    }

    fn gallery(&self) -> Html {
        let act = self.deeds.act.clone();
        let onopen = Callback::from(move |name: &'static str| {
            if let Some(Ok(document)) =
                presets::find(name).map(|preset| Document::read(preset.script))
            {
                act.emit(Action::Open(document));
            }
        });
        html! {
            <Gallery remembered={self.state().remembered.clone()} theme={self.theme}
                reduced_motion={self.reduced_motion} {onopen}
                onlesson={self.deeds.act.reform(|place| Action::Attend(Attend::Enter(place)))} />
        }
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
                { self.diagram() }
            </main>
        }
    }

    fn stage(&self) -> Html {
        let (state, deeds) = (self.state(), &self.deeds);
        html! {
            <section class="stage-area" aria-label="Stage">
                <Stage made={self.made.clone()} playback={state.playback} pace={self.pace.clone()}
                    picture={self.picture.clone()} theme={self.theme}
                    reduced_motion={self.reduced_motion} coarse={self.coarse}
                    selected={state.selected} shown={state.shown}
                    onselect={deeds.act.reform(Action::Select)} onstrike={deeds.strike.clone()} />
                <BeliefKey legend={self.legend.clone()} theme={self.theme} />
                <Kinds legend={self.legend.clone()} shown={state.shown}
                    ontoggle={deeds.act.reform(Action::ToggleKind)}
                    onalone={deeds.act.reform(Action::ShowOnly)} />
                <p class="stage-hint">{ "Double-click a process to crash it, or press x" }</p>
            </section>
        }
    }

    fn diagram(&self) -> Html {
        let (state, deeds) = (self.state(), &self.deeds);
        if state.screen == Screen::Start {
            return self.strip();
        }
        html! {
            <section class="diagram" aria-label="Diagram of the run">
                <Timeline made={self.made.clone()} playback={state.playback}
                    pace={self.pace.clone()} cursor={self.cursor} theme={self.theme}
                    coarse={self.coarse} reduced_motion={self.reduced_motion}
                    selected={state.selected} shown={state.shown} skips_quiet={state.skips_quiet}
                    window={state.window} chain={self.chain.clone()} onseek={deeds.seek.clone()} onhold={deeds.hold.clone()}
                    onselect={deeds.act.reform(Action::Select)} onstrike={deeds.strike.clone()}
                    onwindow={deeds.act.reform(|window| Action::Window(Some(window)))}
                    ondrag={deeds.act.reform(|drag: Option<Drag>| match drag {
                        Some(Drag { what, to }) => dragged(what, to),
                        None => Action::GiveUp,
                    })}
                    ondrop={deeds.act.reform(|()| Action::Settle)} />
            </section>
        }
    }

    fn strip(&self) -> Html {
        let deeds = &self.deeds;
        html! {
            <StripBar made={self.made.clone()} playback={self.state().playback}
                pace={self.pace.clone()} cursor={self.cursor} theme={self.theme}
                onseek={deeds.seek.clone()} onhold={deeds.hold.clone()}
                ondeed={deeds.deed.clone()} />
        }
    }

    fn side(&self) -> Html {
        let (state, made) = (self.state(), &self.made);
        html! {
            <aside class="side" aria-label="How it goes" data-why={state.why.map(|_| "open")}>
                <VerdictPanel verdict={made.verdict(&self.snapshot)} liveries={made.liveries.clone()}
                    theme={self.theme} expectations={made.expected()}
                    stopped={made.report.stopped} deeds={self.deeds.clone()} />
                if let Some(event) = state.why {
                    <WhyPanel made={made.clone()} document={state.document().clone()} {event}
                        theme={self.theme} deeds={self.deeds.clone()} />
                }
                if let Some(lesson) = state.lesson {
                    <LessonPanel panel={lesson.panel()}
                        onanswer={self.deeds.answer.clone()}
                        onshow={self.deeds.show.clone()}
                        onback={self.attend(Attend::Back)} onnext={self.attend(Attend::Next)}
                        onleave={self.attend(Attend::Leave)} />
                } else {
                <Story made={made.clone()} cursor={self.cursor} why={state.why}
                    notice={state.notice.clone().map(AttrValue::from)}
                    is_playing={state.playback.is_playing()} deeds={self.deeds.clone()} />
                }
                <Inspector made={made.clone()} document={state.document().clone()}
                    picture={self.picture.clone()} selected={state.selected} cursor={self.cursor}
                    theme={self.theme} deeds={self.deeds.clone()} />
            </aside>
        }
    }
}

/// Tells the lesson what is on the screen, and keeps what is remembered of it.
#[hook]
fn use_lesson(state: &State, cursor: Time, deeds: &Deeds) {
    let stop = state.lesson.and_then(|lesson| lesson.stops_at());
    let is_reached = stop.is_some_and(|stop| cursor >= stop);
    let act = deeds.act.clone();
    use_effect_with((is_reached, stop), move |(is_reached, stop)| {
        if let Some(stop) = stop.filter(|_| *is_reached) {
            act.emit(Action::Attend(Attend::Shown(stop)));
        }
    });
    use_effect_with(state.remembered.clone(), |remembered| {
        storage::write(LESSONS, &remembered.to_string());
    });
}

#[hook]
fn use_pace(made: &Rc<Made>, state: &State) -> Rc<Pace> {
    let (looping, skips) = (state.is_looping, state.skips_quiet);
    let stop = state.lesson.and_then(|lesson| lesson.stops_at());
    use_memo((made.clone(), looping, skips, stop), |(made, looping, skips, stop)| {
        let pace = made.pace(*looping, *skips);
        Pace { end: stop.map_or(pace.end, |stop| stop.min(pace.end)), ..pace }
    })
}

/// What the diagram shows at full strength while somebody asks why.
#[hook]
fn use_chain(made: &Rc<Made>, state: &State) -> Option<Rc<Chain>> {
    let chain = use_memo((made.clone(), state.why), |(made, why)| {
        why.map(|event| Rc::new(Chain::of(&narration::why(&made.run, event))))
    });
    (*chain).clone()
}

/// What happens when playing has come to its end.
#[hook]
fn use_ended(session: &UseReducerHandle<Session>, end: Time) -> Callback<()> {
    use_callback((session.dispatcher(), end), |(), (dispatch, end)| {
        dispatch.dispatch(Action::Pause { at: *end });
    })
}
