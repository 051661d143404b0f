//! Executes the commands of the gestures: drags at most once a frame, windows once they rest.

use crate::session::Command;
use crate::ui::dispatcher::Dispatcher;
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;

/// A window rests after so many milliseconds.
const REST: u32 = 300;

pub struct CommandThrottle {
    dispatcher: Dispatcher,
    drag: Rc<RefCell<Option<Command>>>,
    frame: Rc<RefCell<Option<AnimationFrame>>>,
    rest: RefCell<Option<Timeout>>,
}

impl CommandThrottle {
    pub fn new(dispatcher: Dispatcher) -> Self {
        Self { dispatcher, drag: Rc::default(), frame: Rc::default(), rest: RefCell::default() }
    }

    pub fn execute(&self, command: Command) {
        if matches!(command, Command::Drag(_)) {
            return self.execute_in_frame(command);
        }
        if matches!(command, Command::ShowWindow(_)) {
            let dispatcher = self.dispatcher.clone();
            let rest = Timeout::new(REST, move || dispatcher.execute(command));
            *self.rest.borrow_mut() = Some(rest);
            return;
        }
        if matches!(command, Command::Settle | Command::GiveUp) {
            // Where the drag is over, the last place counts.
            let last = self.forget_drag().filter(|_| command == Command::Settle);
            last.into_iter().for_each(|last| self.dispatcher.execute(last));
        }
        self.dispatcher.execute(command);
    }

    fn execute_in_frame(&self, command: Command) {
        *self.drag.borrow_mut() = Some(command);
        if self.frame.borrow().is_some() {
            return;
        }
        let (dispatcher, drag, frame) =
            (self.dispatcher.clone(), self.drag.clone(), self.frame.clone());
        let asked = request_animation_frame(move |_| {
            drop(frame.take());
            if let Some(last) = drag.take() {
                dispatcher.execute(last);
            }
        });
        *self.frame.borrow_mut() = Some(asked);
    }

    /// The drag that was not executed yet.
    fn forget_drag(&self) -> Option<Command> {
        drop(self.frame.take());
        self.drag.take()
    }
}
