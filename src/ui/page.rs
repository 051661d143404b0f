//! The page around one run: what it shows is read off at the cursor, what is pressed becomes an action.

use super::app::Session;
use super::components::{
    BeliefKey, Header, Kinds, Stage, Story, StripBar, Timeline, Transport, VerdictPanel,
};
use super::hooks::{use_cursor, use_keys, use_media, use_steps, use_theme, use_visibility};
use crate::clock::Time;
use crate::session::{Action, Deed, Made, Pace, Scene, Speed, State, crash_or_recover, perform};
use crate::view::Target;
use crate::view::observe;
use crate::view::stage::legend;
use crate::vocabulary::{MessageKind, Rank};
use crate::web::{clock, location, media};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct PageProps {
    pub made: Rc<Made>,
    pub session: UseReducerHandle<Session>,
    pub reduced_motion: bool,
}

#[component]
pub fn Page(props: &PageProps) -> Html {
    let PageProps { made, session, .. } = props;
    let state = &session.0;
    let (choice, theme, ontheme) = use_theme();
    let coarse = use_media(media::COARSE_POINTER);
    let is_narrow = use_media(media::NARROW);
    let pace = use_pace(made, state);
    let ended = use_ended(session, pace.end);
    let cursor = use_cursor(state.playback, &pace, ended);
    let deeds = use_deeds(props, &pace);
    use_keys(deeds.deed.clone());
    use_steps(state.playback, deeds.step.clone());
    use_visibility(deeds.sight.clone());

    let memory = observe::memory(made.run.scenario());
    let snapshot = made.run.look(None, cursor, memory);
    let picture = Rc::new(observe::observe(&snapshot, made.group, made.liveries.clone()));
    let legend = Rc::new(legend(&picture));
    html! {
        <div class="page">
            { head(props, &deeds, choice, ontheme) }
            <main class="main">
                <section class="stage-area" aria-label="Stage">
                    <Stage made={made.clone()} playback={state.playback} pace={pace.clone()} {picture}
                        {theme} reduced_motion={props.reduced_motion} {coarse} selected={state.selected}
                        shown={state.shown} onselect={deeds.select.clone()}
                        onstrike={deeds.strike.clone()} />
                    <BeliefKey legend={legend.clone()} {theme} />
                    <Kinds {legend} shown={state.shown} ontoggle={deeds.toggle_kind.clone()}
                        onalone={deeds.show_only.clone()} />
                    <p class="stage-hint">{ "Double-click a process to crash it, or press x" }</p>
                </section>
                <Transport {cursor} end={made.run.end()} is_playing={state.playback.is_playing()}
                    speed={state.speed} is_looping={state.is_looping} skips_quiet={state.skips_quiet}
                    ondeed={deeds.deed.clone()} onspeed={deeds.speed.clone()}
                    onloop={deeds.toggle_loop.clone()} onskip={deeds.toggle_skip.clone()} />
                if is_narrow {
                    <StripBar made={made.clone()} playback={state.playback} {pace} {cursor} {theme}
                        onseek={deeds.seek.clone()} onhold={deeds.hold.clone()}
                        ondeed={deeds.deed.clone()} />
                } else {
                    <Timeline made={made.clone()} playback={state.playback} {pace} {cursor} {theme}
                        {coarse} reduced_motion={props.reduced_motion} selected={state.selected}
                        shown={state.shown} skips_quiet={state.skips_quiet}
                        onseek={deeds.seek.clone()} onhold={deeds.hold.clone()}
                        onselect={deeds.select.clone()} onstrike={deeds.strike.clone()} />
                }
            </main>
            <aside class="side">
                <VerdictPanel verdict={made.verdict(&snapshot)} liveries={made.liveries.clone()} {theme}
                    expectations={made.report.expectations.clone()} stopped={made.report.stopped}
                    onseek={deeds.seek.clone()} />
                { story(made, state, cursor) }
            </aside>
        </div>
    }
}

fn head(
    PageProps { made, session, .. }: &PageProps,
    deeds: &Deeds,
    theme: super::hooks::Choice,
    ontheme: Callback<()>,
) -> Html {
    let history = &session.0.history;
    let scenario = made.run.scenario();
    let named = |deed: Option<&str>| deed.map(|deed| AttrValue::from(deed.to_owned()));
    html! {
        <Header title={scenario.title.clone().unwrap_or_else(|| "Untitled".to_owned())}
            algorithm={scenario.algorithm.title()} {theme} {ontheme}
            undoes={named(history.undoes())} redoes={named(history.redoes())}
            onundo={deeds.deed.reform(|()| Deed::Undo)} onredo={deeds.deed.reform(|()| Deed::Redo)}
            onopen={Callback::from(|name| location::go_to(&format!("preset/{name}")))} />
    }
}

/// What happened last; before anything has, what the scenario is about.
fn story(made: &Made, state: &State, cursor: Time) -> Html {
    let (at, text) = match made.sentence(cursor) {
        Some(line) => (Some(line.at), line.text),
        None => (None, made.run.scenario().about.clone().unwrap_or_default()),
    };
    html! {
        <Story {at} {text} notice={state.notice.clone().map(AttrValue::from)}
            is_playing={state.playback.is_playing()} />
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

/// What the page's controls ask for, as callbacks that read cursor and clock when they are called.
struct Deeds {
    deed: Callback<Deed>,
    step: Callback<()>,
    seek: Callback<Time>,
    speed: Callback<Speed>,
    select: Callback<Option<Target>>,
    /// Crashes a process, or recovers it.
    strike: Callback<Rank>,
    /// What plays waits, or goes on.
    hold: Callback<bool>,
    /// The page is in sight, or no longer.
    sight: Callback<bool>,
    toggle_kind: Callback<MessageKind>,
    show_only: Callback<MessageKind>,
    toggle_loop: Callback<()>,
    toggle_skip: Callback<()>,
}

/// What a deed is done to: always the page as it was rendered last.
type Latest = Rc<RefCell<(PageProps, Rc<Pace>)>>;

/// The same callbacks for as long as the page lives, so that nothing is rendered or listened to anew
/// because of them; what they act on is looked up when they are called.
#[hook]
fn use_deeds(props: &PageProps, pace: &Rc<Pace>) -> Rc<Deeds> {
    let latest: Latest = use_mut_ref(|| (props.clone(), pace.clone()));
    *latest.borrow_mut() = (props.clone(), pace.clone());
    use_memo((), move |()| Deeds::new(&latest))
}

impl Deeds {
    fn new(latest: &Latest) -> Self {
        Self {
            deed: acting(latest, perform),
            step: acting(latest, |(), scene| step(scene)),
            seek: acting(latest, |to, Scene { now, .. }| Some(Action::Seek { to, now })),
            speed: acting(latest, |speed, Scene { cursor, now, .. }| {
                Some(Action::SetSpeed { speed, at: cursor, now })
            }),
            select: acting(latest, |target, _| Some(Action::Select(target))),
            strike: acting(latest, |rank, scene| Some(crash_or_recover(rank, scene))),
            hold: acting(latest, |held, scene| Some(hold(held, scene))),
            sight: acting(latest, |seen: bool, scene| Some(hold(!seen, scene))),
            toggle_kind: acting(latest, |kind, _| Some(Action::ToggleKind(kind))),
            show_only: acting(latest, |kind, _| Some(Action::ShowOnly(kind))),
            toggle_loop: acting(latest, |(), Scene { cursor, now, .. }| {
                Some(Action::ToggleLoop { at: cursor, now })
            }),
            toggle_skip: acting(latest, |(), Scene { cursor, now, .. }| {
                Some(Action::ToggleSkip { at: cursor, now })
            }),
        }
    }
}

fn hold(held: bool, Scene { cursor, now, .. }: Scene) -> Action {
    if held { Action::Hold { at: cursor } } else { Action::Release { now } }
}

/// A step of playing by steps: to the next instant, to the start again, or to a stop at the end.
fn step(Scene { state, made, cursor, now, .. }: Scene) -> Option<Action> {
    match made.run.next_instant(cursor) {
        Some(to) => Some(Action::Seek { to, now }),
        None if state.is_looping => Some(Action::Seek { to: Time::ZERO, now }),
        None => Some(Action::Pause { at: made.run.end() }),
    }
}

fn acting<T: 'static>(
    latest: &Latest,
    act: impl Fn(T, Scene) -> Option<Action> + 'static,
) -> Callback<T> {
    let latest = latest.clone();
    Callback::from(move |what| {
        // The borrow ends here: what is dispatched may render the page anew.
        let (PageProps { made, session, reduced_motion }, pace) = latest.borrow().clone();
        let now = clock::now();
        let state = &session.0;
        let cursor = state.playback.cursor(now, &pace);
        let scene = Scene { state, made: &made, cursor, now, reduced_motion };
        if let Some(action) = act(what, scene) {
            session.dispatch(action);
        }
    })
}
