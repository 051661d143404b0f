//! The worker's side of its channel to the page: reads messages, and works in slices between them.

use crate::tools::{Toolbox, ToolsCommand, ToolsMessage};
use gloo_events::EventListener;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::cell::RefCell;
use std::panic;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

/// Serves the page until the worker ends. Does nothing outside of a worker.
pub fn serve() {
    panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let Ok(server) = Server::new(scope.clone()) else { return };
    SERVER.set(Some(server));
    send(&scope, &ToolsMessage::Ready);
}

thread_local! {
    /// The server lives as long as the worker.
    static SERVER: RefCell<Option<Server>> = const { RefCell::new(None) };
}

struct Server {
    _listeners: [EventListener; 2],
}

impl Server {
    fn new(scope: DedicatedWorkerGlobalScope) -> Result<Self, JsValue> {
        let toolbox = Rc::new(RefCell::new(Toolbox::default()));
        // A message to oneself comes after those of the page that are waiting, and without the delay of a
        // timer.
        let slices = MessageChannel::new()?;
        let (next, slice) = (slices.port1(), slices.port2());
        let hears = EventListener::new(&scope, "message", {
            let (toolbox, next, scope) = (toolbox.clone(), next.clone(), scope.clone());
            move |event| {
                let Some(command) = event.dyn_ref().and_then(understand) else {
                    return send(&scope, &ToolsMessage::Failed);
                };
                let was_busy = toolbox.borrow().is_busy();
                toolbox.borrow_mut().receive(command);
                if !was_busy {
                    go_on(&toolbox, &next);
                }
            }
        });
        let works = EventListener::new(&slice, "message", move |_| {
            let message = toolbox.borrow_mut().step();
            if let Some(message) = message {
                send(&scope, &message);
            }
            go_on(&toolbox, &next);
        });
        slice.start();
        Ok(Self { _listeners: [hears, works] })
    }
}

/// Asks for the next slice, if there is work.
fn go_on(toolbox: &RefCell<Toolbox>, next: &MessagePort) {
    if toolbox.borrow().is_busy() {
        // It could only fail for what cannot be copied.
        let _ = next.post_message(&JsValue::NULL);
    }
}

fn understand(event: &MessageEvent) -> Option<ToolsCommand> {
    serde_wasm_bindgen::from_value(event.data()).ok()
}

fn send(scope: &DedicatedWorkerGlobalScope, message: &ToolsMessage) {
    // A message is plain data, which can always be written and copied.
    if let Ok(message) = message.serialize(&Serializer::json_compatible()) {
        let _ = scope.post_message(&message);
    }
}
