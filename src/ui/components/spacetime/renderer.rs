//! Paints the diagram (the static layer only when it changes, the rest each frame), and throttles the
//! commands of its gestures.

use crate::session::{Command, DiagramGesture, DiagramInput, DiagramSample, DiagramView};
use crate::ui::dispatcher::Dispatcher;
use crate::view::Scene;
use crate::view::spacetime::scale::Scale;
use crate::view::spacetime::{self, DiagramFrame, DiagramText};
use crate::web::canvas::{Painter, Ruler};
use crate::web::{clock, media};
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::HtmlCanvasElement;

pub struct DiagramRenderer {
    canvas: HtmlCanvasElement,
    static_layer: Painter,
    dynamic_layer: Painter,
    ruler: Ruler,
    pub view: DiagramView,
    gesture: DiagramGesture,
    painted: Option<StaticLayer>,
}

/// The static layer on the canvas.
struct StaticLayer {
    scale: Scale,
    frame: DiagramFrame,
    scene: Scene,
    writing: DiagramText,
}

impl DiagramRenderer {
    /// `None` if the browser provides no canvas context.
    pub fn new([below, above]: [HtmlCanvasElement; 2], input: DiagramInput) -> Option<Self> {
        let static_layer = Painter::new(below).ok()?;
        let dynamic_layer = Painter::new(above.clone()).ok()?;
        Some(Self {
            canvas: above,
            ruler: dynamic_layer.ruler(),
            static_layer,
            dynamic_layer,
            view: DiagramView::new(input, clock::now()),
            gesture: DiagramGesture::default(),
            painted: None,
        })
    }

    /// Replaces the input.
    pub fn set(&mut self, input: DiagramInput) {
        self.view.clock = clock::now();
        if self.view.set(input) {
            self.painted = None;
        }
    }

    /// Handles an input and returns the commands that follow.
    pub fn handle(&mut self, sample: DiagramSample) -> Vec<Command> {
        self.view.clock = clock::now();
        let shape = self.gesture.pointer_shape;
        let commands = self.gesture.handle(sample, &mut self.view);
        if self.gesture.pointer_shape != shape {
            // The name is valid, so no browser refuses.
            let _ = self.canvas.style().set_property("cursor", self.gesture.pointer_shape);
        }
        self.paint();
        commands
    }

    /// Paints the current instant.
    pub fn paint(&mut self) {
        self.view.clock = clock::now();
        let (scale, is_read) = self.view.prepare();
        if is_read {
            self.painted = None;
        }
        let now = self.view.cursor_state();
        let ratio = media::pixel_ratio();
        let frame = self.view.input().frame;
        let Some(diagram) = self.view.diagram(&scale) else { return };
        // The pointer and the selection do not affect the static layer.
        let still = DiagramFrame { hovered: None, selected: None, ..frame };
        let stays = self.painted.as_ref().is_some_and(|p| p.scale == scale && p.frame == still);
        if !stays {
            let (scene, writing) = spacetime::static_layer(&diagram, &still, &self.ruler);
            self.static_layer.paint(&scene, ratio);
            self.painted = Some(StaticLayer { scale: scale.clone(), frame: still, scene, writing });
        }
        let Some(painted) = &self.painted else { return };
        let mut live = spacetime::live(&diagram, &frame, &painted.writing, &now, &self.ruler);
        self.dynamic_layer.paint(&live, ratio);
        if !stays {
            let mut regions = painted.scene.hit_regions.clone();
            regions.append(&mut live.hit_regions);
            self.view.set_hit_regions(regions);
        }
    }
}

/// The pause after which a moved window is passed on to the session, in milliseconds.
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
            // The end of a drag needs its last position.
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

    /// Takes the drag that has not been executed yet.
    fn forget_drag(&self) -> Option<Command> {
        drop(self.frame.take());
        self.drag.take()
    }
}
