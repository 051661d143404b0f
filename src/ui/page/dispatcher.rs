//! What the page's controls ask for, as callbacks that read cursor and clock when they are called.

use crate::scenario::Link;
use crate::session::lesson::LessonAction;
use crate::session::{
    Action, Command, CommandContext, PlaybackPace, RunView, Speed, crash_or_recover, execute,
    execute_on, explain_leader, split, stop, turn,
};
use crate::time::Time;
use crate::types::Rank;
use crate::ui::app::Session;
use crate::view::Target;
use crate::web::clock;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// The same for as long as the page lives, so that nothing is rendered or listened to anew because
/// of them; what they act on is looked up when they are called.
pub struct Dispatcher {
    /// What keys and buttons mean just now, to whatever is selected.
    pub command: Callback<Command>,
    /// What needs neither cursor nor clock.
    pub act: Callback<Action>,
    /// The next event of playing by steps.
    pub step: Callback<()>,
    pub seek: Callback<Time>,
    pub speed: Callback<Speed>,
    /// Crashes a process, or recovers it.
    pub strike: Callback<Rank>,
    /// What a deed means to this target, whatever is selected.
    pub to: Callback<(Option<Target>, Command)>,
    /// Nothing gets over a link in this direction.
    pub stop: Callback<Link>,
    /// The cut has other sides for as long as its end is dragged.
    pub turn: Callback<[Vec<Rank>; 2]>,
    /// Splits the network into two sides; one way, only what goes to the first is stopped.
    pub split: Callback<([Vec<Rank>; 2], bool)>,
    /// A process is pointed at, on the stage or in the diagram: both raise it.
    pub raise: Callback<Option<Rank>>,
    /// What plays waits, or goes on.
    pub hold: Callback<bool>,
    /// An answer in a lesson; then the run shows whether it is right.
    pub answer: Callback<usize>,
    /// To the next step of a lesson, at rest where the cursor is.
    pub go_on: Callback<()>,
    /// What a lesson waits for, done in the reader's place.
    pub show: Callback<()>,
    /// Explains the last change of leader.
    pub explain: Callback<()>,
    /// The page is in sight, or no longer.
    pub sight: Callback<bool>,
    pub toggle_loop: Callback<()>,
    pub toggle_skip: Callback<()>,
}

/// There is one for a page, and it never changes.
impl PartialEq for Dispatcher {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// What a deed is done to.
#[derive(Clone)]
pub struct DispatchContext {
    pub run_view: Rc<RunView>,
    pub session: UseReducerHandle<Session>,
    /// The run that it is compared with, while that is to be seen.
    pub comparison: Option<Rc<RunView>>,
    pub pace: Rc<PlaybackPace>,
    pub reduced_motion: bool,
}

/// Always the ground as it was rendered last.
type LatestContext = Rc<RefCell<DispatchContext>>;

#[hook]
pub fn use_dispatcher(
    ground: DispatchContext,
    raised: UseStateSetter<Option<Rank>>,
) -> Rc<Dispatcher> {
    let latest: LatestContext = use_mut_ref(|| ground.clone());
    *latest.borrow_mut() = ground;
    use_memo((), move |()| Dispatcher::new(&latest, raised))
}

impl DispatchContext {
    /// What is on the screen when the browser's clock shows `now`.
    pub fn scene(&self, now: f64) -> CommandContext<'_> {
        let state = &self.session.0;
        CommandContext {
            state,
            run_view: &self.run_view,
            comparison: self.comparison.as_deref(),
            cursor: state.playback.cursor(now, &self.pace),
            now,
            reduced_motion: self.reduced_motion,
        }
    }
}

impl Dispatcher {
    fn new(latest: &LatestContext, raised: UseStateSetter<Option<Rank>>) -> Self {
        Self {
            raise: Callback::from(move |rank| raised.set(rank)),
            command: acting(latest, execute),
            act: acting(latest, |action, _| Some(action)),
            step: acting(latest, |(), scene| step(scene)),
            seek: acting(latest, |to, CommandContext { now, .. }| Some(Action::Seek { to, now })),
            speed: acting(latest, |speed, CommandContext { cursor, now, .. }| {
                Some(Action::SetSpeed { speed, at: cursor, now })
            }),
            strike: acting(latest, |rank, scene| Some(crash_or_recover(rank, scene))),
            to: acting(latest, |(target, command), scene| execute_on(target, command, scene)),
            stop: acting(latest, |way, scene| Some(stop(way, scene))),
            turn: acting(latest, |sides, scene| Some(turn(sides, scene))),
            split: acting(latest, |(sides, one_way), scene| Some(split(sides, one_way, scene))),
            answer: acting_all(latest, |choice, scene| {
                let answer = Action::Lesson(LessonAction::Answer(choice));
                std::iter::once(answer).chain(execute(Command::PlayOrPause, scene)).collect()
            }),
            go_on: acting_all(latest, |(), CommandContext { state, cursor, .. }| {
                let rests = state.playback.is_playing().then_some(Action::Pause { at: cursor });
                rests.into_iter().chain([Action::Lesson(LessonAction::Next)]).collect()
            }),
            show: acting_all(latest, |(), scene| {
                scene.state.lesson.map_or_else(Vec::new, |lesson| lesson.by_itself(scene))
            }),
            explain: acting_all(latest, |(), scene| explain_leader(scene)),
            hold: acting(latest, |held, scene| Some(hold(held, scene))),
            sight: acting(latest, |seen: bool, scene| Some(hold(!seen, scene))),
            toggle_loop: acting(latest, |(), CommandContext { cursor, now, .. }| {
                Some(Action::ToggleLoop { at: cursor, now })
            }),
            toggle_skip: acting(latest, |(), CommandContext { cursor, now, .. }| {
                Some(Action::ToggleSkip { at: cursor, now })
            }),
        }
    }
}

fn hold(held: bool, CommandContext { cursor, now, .. }: CommandContext) -> Action {
    if held { Action::Hold { at: cursor } } else { Action::Release { now } }
}

/// A step of playing by steps: to the next instant, to the start again, or to a stop at the end.
fn step(scene: CommandContext) -> Option<Action> {
    let CommandContext { state, now, .. } = scene;
    let next = scene.next_instant();
    if let Some(at) = next.and_then(|to| state.stop_before(scene.cursor, to)) {
        return Some(Action::Pause { at });
    }
    match next {
        Some(to) => Some(Action::Seek { to, now }),
        None if state.is_looping => Some(Action::Seek { to: scene.start(), now }),
        None => Some(Action::Pause { at: scene.end() }),
    }
}

/// Whether the run may be another one after the action.
fn writes(action: &Action) -> bool {
    matches!(
        action,
        Action::Change(_)
            | Action::Drag(_)
            | Action::Type(_)
            | Action::Write { .. }
            | Action::GiveUp
            | Action::Disable { .. }
            | Action::Undo
            | Action::Redo
            | Action::Reset
            | Action::Show(_)
    )
}

fn acting<T: 'static>(
    latest: &LatestContext,
    act: impl Fn(T, CommandContext) -> Option<Action> + 'static,
) -> Callback<T> {
    acting_all(latest, move |what, scene| act(what, scene).into_iter().collect())
}

/// Each of the actions in turn; what they act on is the ground before the first.
fn acting_all<T: 'static>(
    latest: &LatestContext,
    act: impl Fn(T, CommandContext) -> Vec<Action> + 'static,
) -> Callback<T> {
    let latest = latest.clone();
    Callback::from(move |what| {
        // The borrow ends here: what is dispatched may render the page anew.
        let ground = latest.borrow().clone();
        let now = clock::now();
        let scene = ground.scene(now);
        let CommandContext { state, cursor, .. } = scene;
        for (place, action) in act(what, scene).into_iter().enumerate() {
            // Only the first one finds the playback as it was.
            if place == 0 && writes(&action) && state.playback.runs_by_the_clock() {
                // Another run passes other stretches quickly; what plays goes on from where it is.
                ground.session.dispatch(Action::Seek { to: cursor, now });
            }
            ground.session.dispatch(action);
        }
    })
}
