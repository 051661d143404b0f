//! Tells the page what a hand asks for: drags at most once a frame, windows once they rest.

use super::gestures::DiagramEvent;
use crate::session::Command;
use crate::time::Time;
use crate::ui::dispatcher::Dispatcher;
use crate::view::spacetime::TimeDrag;
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A window rests after so many milliseconds.
const REST: u32 = 300;

pub struct EventThrottle {
    dispatcher: Dispatcher,
    /// Whether what is dragged along time moves.
    pub drags: Cell<bool>,
    /// Whether the session is told of the window.
    pub shares_window: Cell<bool>,
    drag: Rc<RefCell<Option<TimeDrag>>>,
    frame: Rc<RefCell<Option<AnimationFrame>>>,
    rest: Rc<RefCell<Option<Timeout>>>,
}

impl EventThrottle {
    pub fn new(dispatcher: Dispatcher) -> Self {
        let (drags, shares_window) = (Cell::default(), Cell::default());
        Self {
            dispatcher,
            drags,
            shares_window,
            drag: Rc::default(),
            frame: Rc::default(),
            rest: Rc::default(),
        }
    }

    pub fn send(&self, said: DiagramEvent, window: (Time, Time)) {
        match said {
            DiagramEvent::Seek(to) => self.dispatcher.execute(Command::Seek(to)),
            DiagramEvent::Hold(held) => self.dispatcher.execute(Command::Hold(held)),
            DiagramEvent::Select(target) => self.dispatcher.execute(Command::Select(target)),
            DiagramEvent::Over(rank) => self.dispatcher.execute(Command::Hover(rank)),
            DiagramEvent::Moved => self.send_after_rest(window),
            DiagramEvent::Drag(Some(drag)) if self.drags.get() => self.send_in_frame(drag),
            DiagramEvent::Drag(Some(_)) => {}
            DiagramEvent::Drag(None) => {
                self.forget_drag();
                self.dispatcher.execute(Command::GiveUp);
            }
            DiagramEvent::Drop => {
                if let Some(last) = self.forget_drag() {
                    self.dispatcher.execute(Command::Drag(last));
                }
                self.dispatcher.execute(Command::Settle);
            }
        }
    }

    fn send_in_frame(&self, drag: TimeDrag) {
        *self.drag.borrow_mut() = Some(drag);
        if self.frame.borrow().is_some() {
            return;
        }
        let (dispatcher, drag, frame) =
            (self.dispatcher.clone(), self.drag.clone(), self.frame.clone());
        let asked = request_animation_frame(move |_| {
            drop(frame.take());
            if let Some(last) = drag.take() {
                dispatcher.execute(Command::Drag(last));
            }
        });
        *self.frame.borrow_mut() = Some(asked);
    }

    /// What was not told yet.
    fn forget_drag(&self) -> Option<TimeDrag> {
        drop(self.frame.take());
        self.drag.take()
    }

    fn send_after_rest(&self, window: (Time, Time)) {
        if !self.shares_window.get() {
            return;
        }
        let dispatcher = self.dispatcher.clone();
        let rest = Timeout::new(REST, move || dispatcher.execute(Command::ShowWindow(window)));
        *self.rest.borrow_mut() = Some(rest);
    }
}
