//! The session as a Yew reducer, and the dispatcher of all components.

use crate::session::{
    Action, Command, CommandContext, PlaybackPace, RunView, State, execute, execute_on,
};
use crate::view::Target;
use crate::web::clock;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// The state in Yew's reducer; the session itself does not depend on Yew.
#[derive(Clone, PartialEq)]
pub struct Session(pub Rc<State>);

impl Reducible for Session {
    type Action = Action;
    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let next = Rc::new(Self(Rc::new(self.0.apply(action))));
        LATEST.set(Some(next.0.clone()));
        next
    }
}

thread_local! {
    /// The state after the last action.
    static LATEST: RefCell<Option<Rc<State>>> = const { RefCell::new(None) };
}

/// The state after the last action, which may not be rendered yet; `None` before the first one.
pub fn latest() -> Option<Rc<State>> {
    LATEST.with_borrow(Clone::clone)
}

/// The page as it was rendered last, which is the context of commands.
#[derive(Clone)]
pub struct DispatchContext {
    pub run_view: Rc<RunView>,
    pub session: UseReducerHandle<Session>,
    /// The other run of a comparison, while it is shown.
    pub comparison: Option<Rc<RunView>>,
    pub pace: Rc<PlaybackPace>,
    pub reduced_motion: bool,
}

impl DispatchContext {
    /// The context of commands when the browser's clock shows `now`, in milliseconds.
    pub fn command_context(&self, now: f64) -> CommandContext<'_> {
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

    /// Dispatches the actions in order; the context is that before the first.
    fn dispatch_all(&self, actions: Vec<Action>, context: CommandContext) {
        let CommandContext { state, cursor, now, .. } = context;
        for (place, action) in actions.into_iter().enumerate() {
            // Only before the first action is the playback the one in `state`.
            if place == 0 && writes(&action) && state.playback.runs_by_the_clock() {
                // Another run may shorten other spans, so playback is anchored at the cursor.
                self.session.dispatch(Action::Seek { to: cursor, now });
            }
            self.session.dispatch(action);
        }
    }
}

/// Dispatches actions and executes commands; it reads the cursor and the clock when it is called. All clones
/// refer to the same page, and a dispatcher never changes, so it causes no rendering.
#[derive(Clone, Default)]
pub struct Dispatcher {
    latest: Rc<RefCell<Option<DispatchContext>>>,
}

impl PartialEq for Dispatcher {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.latest, &other.latest)
    }
}

/// The dispatcher of a page, for its `ContextProvider`.
#[hook]
pub fn use_new_dispatcher(context: DispatchContext) -> Dispatcher {
    let dispatcher = use_memo((), |()| Dispatcher::default());
    *dispatcher.latest.borrow_mut() = Some(context);
    (*dispatcher).clone()
}

/// The dispatcher of the surrounding page; outside of a page, one that does nothing.
#[hook]
pub fn use_dispatcher() -> Dispatcher {
    use_context().unwrap_or_default()
}

impl Dispatcher {
    /// Applies an action, which needs neither the cursor nor the clock.
    pub fn dispatch(&self, action: Action) {
        self.run(|_| vec![action]);
    }

    /// Executes a command on the selection.
    pub fn execute(&self, command: Command) {
        self.run(|context| execute(command, context));
    }

    /// Executes a command on this target instead of the selection.
    pub fn execute_on(&self, target: Option<Target>, command: Command) {
        self.run(|context| execute_on(target, command, context));
    }

    /// A click handler that executes the command.
    pub fn on_click(&self, command: Command) -> Callback<MouseEvent> {
        let dispatcher = self.clone();
        Callback::from(move |_: MouseEvent| dispatcher.execute(command.clone()))
    }

    /// A click handler that applies the action.
    pub fn on_click_action(&self, action: Action) -> Callback<MouseEvent> {
        let dispatcher = self.clone();
        Callback::from(move |_: MouseEvent| dispatcher.dispatch(action.clone()))
    }

    /// A callback that applies the action made from its argument.
    pub fn dispatch_from<E: 'static>(&self, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
        let dispatcher = self.clone();
        Callback::from(move |event| dispatcher.dispatch(action(event)))
    }

    fn run(&self, choose: impl FnOnce(CommandContext) -> Vec<Action>) {
        // The borrow ends here: dispatching may render the page.
        let Some(latest) = self.latest.borrow().clone() else { return };
        let context = latest.command_context(clock::now());
        latest.dispatch_all(choose(context), context);
    }
}

/// Whether the action may lead to another run.
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
