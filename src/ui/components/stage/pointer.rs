//! Handles pointer events of the canvas: passes them to the gesture state and executes the commands that
//! follow. A timer runs only during a touch or shortly after the pointer has reached a target.

use super::StageRenderer;
use crate::scenario::Link;
use crate::session::{Command, GestureState, PointerPress};
use crate::types::Rank;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::view::geometry::{Point, point};
use crate::view::{HitArea, Target};
use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent, PointerEvent};
use yew::prelude::*;

pub type SharedPointer = Rc<RefCell<Option<StageRenderer>>>;
/// The target of a menu or a tooltip, and its position.
pub type MenuPlace = (Option<Target>, Point);

/// How long a finger rests until the menu opens, or a mouse until the tooltip is shown, in milliseconds.
const REST: u32 = 500;

pub struct PointerController {
    pub renderer: SharedPointer,
    dispatcher: Dispatcher,
    /// Whether gestures may edit the scenario.
    pub gestures: Cell<bool>,
    pub menu: UseStateSetter<Option<MenuPlace>>,
    pub tip: UseStateSetter<Option<MenuPlace>>,
    gesture: Cell<GestureState>,
    /// The last position of the pointer, and whether Shift was pressed.
    last: Cell<(Point, bool)>,
    /// The sides to which the partition line was turned last.
    turned: RefCell<[Vec<Rank>; 2]>,
    rest: RefCell<Option<Timeout>>,
    /// The process under the pointer.
    raised: Cell<Option<Rank>>,
}

impl PointerController {
    pub fn new(
        renderer: SharedPointer,
        dispatcher: Dispatcher,
        menu: UseStateSetter<Option<MenuPlace>>,
        tip: UseStateSetter<Option<MenuPlace>>,
    ) -> Self {
        Self {
            renderer,
            dispatcher,
            menu,
            tip,
            gestures: Cell::default(),
            gesture: Cell::default(),
            last: Cell::default(),
            turned: RefCell::default(),
            raised: Cell::default(),
            rest: RefCell::default(),
        }
    }

    /// Whether a finger draws, or may draw after a long press: then the page must not scroll.
    pub fn holds(&self) -> bool {
        let held =
            matches!(self.gesture.get(), GestureState::Pressed(PointerPress { held: true, .. }));
        held || self.gesture.get().is_busy()
    }

    pub fn is_spent(&self) -> bool {
        self.gesture.get() == GestureState::Spent
    }

    pub fn down(self: &Rc<Self>, event: &PointerEvent) {
        self.hide_tooltip();
        if !event.is_primary() {
            // A second finger scrolls or zooms the page, as everywhere.
            return self.give_up();
        }
        if event.button() != 0 {
            return;
        }
        let (at, coarse) = (place(event), event.pointer_type() == "touch");
        let on = self.pick(at);
        let fixed = match on {
            Some(Target::Handle(end)) => {
                self.area(Target::Handle(end.other())).map(HitArea::centre)
            }
            _ => None,
        };
        self.gesture.set(GestureState::Pressed(PointerPress {
            at,
            on,
            fixed,
            coarse,
            held: false,
        }));
        self.last.set((at, event.shift_key()));
        if coarse && self.gestures.get() {
            let controller = self.clone();
            *self.rest.borrow_mut() = Some(Timeout::new(REST, move || controller.hold(on, at)));
        }
    }

    pub fn moved(self: &Rc<Self>, event: &PointerEvent) {
        let at = place(event);
        self.last.set((at, event.shift_key()));
        match self.gesture.get() {
            GestureState::Idle | GestureState::Spent if event.pointer_type() != "touch" => {
                self.hover(at)
            }
            GestureState::Idle | GestureState::Spent => {}
            GestureState::Pressed(_) | GestureState::Cutting(_) | GestureState::Turning { .. }
                if !self.gestures.get() => {}
            before @ (GestureState::Pressed(_)
            | GestureState::Cutting(_)
            | GestureState::Turning { .. }) => {
                let next = before.dragged(at, event.shift_key());
                if next.is_busy() && !before.is_busy() {
                    self.begin(event);
                }
                if next != before {
                    self.gesture.set(next);
                    self.show();
                }
            }
        }
    }

    /// Called when Shift is pressed or released while the pointer rests.
    pub fn shifted(&self, shift: bool) {
        let next = self.gesture.get().dragged(self.last.get().0, shift);
        if self.gesture.get().is_busy() && next != self.gesture.get() {
            self.gesture.set(next);
            self.show();
        }
    }

    pub fn up(&self) {
        self.rest.take();
        let gesture = self.gesture.replace(self.gesture.get().lifted());
        let sides = gesture.cut_line().map(|cut_line| self.sides(cut_line));
        self.show();
        match (gesture, sides) {
            (GestureState::Cutting(cut_line), Some(sides)) => {
                let one_way = cut_line.one_way;
                self.dispatcher.execute(Command::SplitInto { sides, one_way });
            }
            (GestureState::Turning { .. }, Some(sides)) if sides.iter().any(Vec::is_empty) => {
                self.dispatcher.execute(Command::GiveUp);
                self.dispatcher.execute(Command::Turn(sides));
            }
            (GestureState::Turning { .. }, _) => self.dispatcher.execute(Command::Settle),
            _ => {}
        }
    }

    /// Cancels a gesture that draws, by Escape, a second finger, or scrolling. Returns true if there was one.
    pub fn give_up_busy(&self) -> bool {
        let busy = self.gesture.get().is_busy();
        if busy {
            self.give_up();
        }
        busy
    }

    pub fn give_up(&self) {
        self.rest.take();
        let gesture = self.gesture.replace(GestureState::Spent);
        self.show();
        if matches!(gesture, GestureState::Turning { .. }) {
            self.dispatcher.execute(Command::GiveUp);
        }
    }

    pub fn leave(&self) {
        self.hide_tooltip();
        if !self.gesture.get().is_busy() {
            self.follow(None);
        }
    }

    /// Selects a target; with Alt, cuts a link one way, away from its nearer process.
    pub fn click(&self, event: &MouseEvent) {
        if self.gesture.get() == GestureState::Spent {
            return;
        }
        let at = place(event);
        let target = self.pick(at);
        self.dispatcher.execute(Command::Select(target));
        if let (Some(Target::Link(link)), true, true) =
            (target, event.alt_key(), self.gestures.get())
        {
            self.dispatcher.execute(Command::Stop(self.away(link, at)));
        }
    }

    pub fn double_click(&self, event: &MouseEvent) {
        if self.gesture.get() != GestureState::Spent && self.gestures.get() {
            self.dispatcher.execute_on(self.pick(place(event)), Command::DoubleClick);
        }
    }

    pub fn context_menu(&self, event: &MouseEvent) {
        if self.gestures.get() {
            event.prevent_default();
            self.open(self.pick(place(event)), place(event));
        }
    }

    /// Selects a target and opens its menu.
    pub fn open(&self, target: Option<Target>, at: Point) {
        self.hide_tooltip();
        self.dispatcher.execute(Command::Select(target));
        self.menu.set(Some((target, at)));
    }

    fn hold(&self, on: Option<Target>, at: Point) {
        let mut gesture = self.gesture.get();
        if gesture.hold() {
            self.gesture.set(gesture);
            self.open(on, at);
        }
    }

    /// Begins a drag, which continues outside of the stage; if capturing fails, it ends at the edge.
    fn begin(&self, event: &PointerEvent) {
        self.hide_tooltip();
        self.menu.set(None);
        self.turned.take();
        let target = event.target_dyn_into::<Element>();
        let _ = target.map(|target| target.set_pointer_capture(event.pointer_id()));
    }

    /// Shows the drawn line, and turns the partition line with it.
    fn show(&self) {
        let gesture = self.gesture.get();
        if matches!(gesture, GestureState::Spent) {
            self.rest.take();
        }
        self.follow(self.pick(self.last.get().0).filter(|_| gesture == GestureState::Idle));
        let (GestureState::Turning { .. }, Some(cut_line)) = (gesture, gesture.cut_line()) else {
            return;
        };
        let sides = self.sides(cut_line);
        let is_new = sides.iter().all(|side| !side.is_empty()) && *self.turned.borrow() != sides;
        if is_new {
            self.turned.replace(sides.clone());
            self.dispatcher.execute(Command::Turn(sides));
        }
    }

    fn hover(self: &Rc<Self>, at: Point) {
        let target = self.pick(at);
        if self.renderer.borrow().as_ref().is_some_and(|renderer| renderer.hovered() == target) {
            return;
        }
        self.hide_tooltip();
        self.follow(target);
        if target.is_some() {
            let controller = self.clone();
            let show = move || controller.tip.set(Some((target, controller.last.get().0)));
            *self.rest.borrow_mut() = Some(Timeout::new(REST, show));
        }
    }

    /// Hides the tooltip, and cancels one that is due.
    fn hide_tooltip(&self) {
        self.rest.take();
        self.tip.set(None);
    }

    fn follow(&self, hovered: Option<Target>) {
        if let Some(renderer) = &mut *self.renderer.borrow_mut() {
            renderer.follow(hovered, self.gesture.get().cut_line());
        }
        let rank = match hovered {
            Some(Target::Process(rank)) => Some(rank),
            _ => None,
        };
        if self.raised.replace(rank) != rank {
            self.dispatcher.execute(Command::Hover(rank));
        }
    }

    fn pick(&self, at: Point) -> Option<Target> {
        self.renderer.borrow().as_ref().and_then(|renderer| renderer.pick(at))
    }

    fn area(&self, target: Target) -> Option<HitArea> {
        self.renderer.borrow().as_ref().and_then(|renderer| renderer.area(target))
    }

    fn sides(&self, cut_line: crate::view::stage::CutLine) -> [Vec<Rank>; 2] {
        self.renderer
            .borrow()
            .as_ref()
            .map_or_else(Default::default, |renderer| renderer.sides(cut_line))
    }

    /// The direction of a link away from its nearer process.
    fn away(&self, link: Link, at: Point) -> Link {
        let far = |rank| {
            let area = self.area(Target::Process(rank));
            area.map_or(f64::INFINITY, |area| area.centre().distance(at))
        };
        let is_nearer = far(link.from) <= far(link.to);
        if is_nearer { link } else { Link { from: link.to, to: link.from } }
    }
}

fn place(event: &MouseEvent) -> Point {
    point(f64::from(event.offset_x()), f64::from(event.offset_y()))
}

/// The controller of a stage while it is mounted.
#[hook]
pub fn use_pointer(
    renderer: &SharedPointer,
    canvas: &NodeRef,
    menu: UseStateSetter<Option<MenuPlace>>,
    tip: UseStateSetter<Option<MenuPlace>>,
) -> Rc<PointerController> {
    let (renderer, dispatcher) = (renderer.clone(), use_dispatcher());
    let controller =
        use_memo((), move |()| PointerController::new(renderer, dispatcher, menu, tip));
    let of_keys = controller.clone();
    use_effect_with((), move |()| {
        let listeners = ["keydown", "keyup"].map(|kind| listen_to_keys(kind, of_keys.clone()));
        move || drop(listeners)
    });
    let of_fingers = controller.clone();
    use_effect_with(canvas.clone(), move |canvas| {
        let listeners = canvas.cast::<Element>().map(|canvas| hold_still(&canvas, &of_fingers));
        move || drop(listeners)
    });
    controller
}

/// Listens to keys in the capture phase: Escape cancels a gesture before any other listener, and Shift makes
/// the cut one way.
fn listen_to_keys(kind: &'static str, controller: Rc<PointerController>) -> EventListener {
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    let document = gloo_utils::document();
    EventListener::new_with_options(&document, kind, options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        match &*key.key() {
            "Escape" if controller.give_up_busy() => {
                event.prevent_default();
                event.stop_propagation();
            }
            "Shift" => controller.shifted(event.type_() == "keydown"),
            _ => {}
        }
    })
}

/// Prevents scrolling while a finger draws, and the click after it.
fn hold_still(canvas: &Element, controller: &Rc<PointerController>) -> [EventListener; 2] {
    ["touchmove", "touchend"].map(|kind| {
        let (options, controller) =
            (EventListenerOptions::enable_prevent_default(), controller.clone());
        EventListener::new_with_options(canvas, kind, options, move |event| {
            let is_ours =
                controller.holds() || event.type_() == "touchend" && controller.is_spent();
            // Once the page scrolls, it cannot be stopped.
            if is_ours && event.cancelable() {
                event.prevent_default();
            }
        })
    })
}

/// A callback that passes an event to the controller.
pub fn on<E: 'static>(
    controller: &Rc<PointerController>,
    act: impl Fn(&Rc<PointerController>, &E) + 'static,
) -> Callback<E> {
    let controller = controller.clone();
    Callback::from(move |event: E| act(&controller, &event))
}
