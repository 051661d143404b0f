//! Tells the page what a hand asks for: drags at most once a frame, windows once they rest.

use super::SpacetimeProps;
use super::gestures::DiagramEvent;
use crate::time::Time;
use crate::view::spacetime::TimeDrag;
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;

/// A window rests after so many milliseconds.
const REST: u32 = 300;

pub struct EventThrottle {
    /// Always as rendered last.
    props: Rc<RefCell<SpacetimeProps>>,
    drag: Rc<RefCell<Option<TimeDrag>>>,
    frame: Rc<RefCell<Option<AnimationFrame>>>,
    rest: Rc<RefCell<Option<Timeout>>>,
}

impl EventThrottle {
    pub fn new(props: Rc<RefCell<SpacetimeProps>>) -> Self {
        Self { props, drag: Rc::default(), frame: Rc::default(), rest: Rc::default() }
    }

    pub fn send(&self, said: DiagramEvent, window: (Time, Time)) {
        // The borrow ends here: what is told may render the page anew.
        let props = self.props.borrow().clone();
        match said {
            DiagramEvent::Seek(to) => props.onseek.emit(to),
            DiagramEvent::Hold(held) => props.onhold.emit(held),
            DiagramEvent::Select(target) => props.onselect.emit(target),
            DiagramEvent::Over(rank) => props.onhover.emit(rank),
            DiagramEvent::Moved => self.send_after_rest(window),
            DiagramEvent::Drag(Some(drag)) => self.send_in_frame(drag),
            DiagramEvent::Drag(None) => {
                self.forget_drag();
                props.ondrag.emit(None);
            }
            DiagramEvent::Drop => {
                let last = self.forget_drag();
                if last.is_some() {
                    props.ondrag.emit(last);
                }
                props.ondrop.emit(());
            }
        }
    }

    fn send_in_frame(&self, drag: TimeDrag) {
        *self.drag.borrow_mut() = Some(drag);
        if self.frame.borrow().is_some() {
            return;
        }
        let (props, drag, frame) = (self.props.clone(), self.drag.clone(), self.frame.clone());
        let asked = request_animation_frame(move |_| {
            drop(frame.take());
            let last = drag.take();
            let tell = props.borrow().ondrag.clone();
            if last.is_some() {
                tell.emit(last);
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
        let props = self.props.clone();
        let rest = Timeout::new(REST, move || {
            let tell = props.borrow().onwindow.clone();
            tell.emit(window);
        });
        *self.rest.borrow_mut() = Some(rest);
    }
}
