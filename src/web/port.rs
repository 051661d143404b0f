//! The door between a figure and the page around it: a greeting, then one channel.
//!
//! Anybody may send anything to a window. What does not come from the parent, or is no greeting, is
//! passed over and counted.

use crate::player::{
    Handshake, PROTOCOL, PlayerMessage, ProtocolHello, Request, RequestKind, malformed, unsupported,
};
use gloo_events::EventListener;
use gloo_utils::{document_element, window};
use js_sys::{Array, Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, MessagePort};

/// What comes through the channel.
#[derive(Debug)]
pub enum HostRequest {
    /// The greeting is answered.
    Opened,
    Ask(Request),
    /// A question that cannot be understood, with what is to be said of it.
    Refused {
        id: u32,
        words: String,
    },
}

/// Listens until it is dropped.
pub struct HostChannel {
    channel: Rc<RefCell<Option<MessageChannelPort>>>,
    _listener: EventListener,
}

struct MessageChannelPort {
    port: MessagePort,
    _listener: EventListener,
}

impl HostChannel {
    /// Greets the page around, and calls back with whatever that asks. None where there is no page
    /// around.
    pub fn open(heard: impl Fn(HostRequest) + 'static) -> Option<Self> {
        let parent = window().parent().ok().flatten()?;
        if parent == window() {
            return None;
        }
        let channel = Rc::new(RefCell::new(None));
        let heard = Rc::new(heard);
        let listener = EventListener::new(&window(), "message", {
            let (parent, channel) = (JsValue::from(&parent), channel.clone());
            move |event| {
                let port = event.dyn_ref().and_then(|event| accept_handshake(event, &parent));
                let is_first = channel.borrow().is_none();
                match port.filter(|_| is_first) {
                    Some(port) => {
                        *channel.borrow_mut() = Some(MessageChannelPort::new(port, heard.clone()));
                        heard(HostRequest::Opened);
                    }
                    None => ignore(),
                }
            }
        });
        let hello = ProtocolHello { hustings: Handshake::Hello, protocol: PROTOCOL };
        if let Ok(hello) = hello.serialize(&SPELLING) {
            // Any page may embed a figure, and the greeting says nothing that is a secret.
            let _ = parent.post_message(&hello, "*");
        }
        Some(Self { channel, _listener: listener })
    }

    pub fn send(&self, tell: &PlayerMessage) {
        let Some(channel) = &*self.channel.borrow() else { return };
        // What cannot be spelt is answered all the same: nobody waits for ever.
        let message = tell
            .serialize(&SPELLING)
            .or_else(|why| tell.failed(&why.to_string()).serialize(&SPELLING));
        if let Ok(message) = message {
            // It could only fail for what cannot be copied, and this is plain data.
            let _ = channel.port.post_message(&message);
        }
    }

    /// Nothing is told or heard any more.
    pub fn close(&self) {
        if let Some(channel) = self.channel.take() {
            channel.port.close();
        }
    }

    /// Whether somebody has answered the greeting.
    pub fn is_open(&self) -> bool {
        self.channel.borrow().is_some()
    }
}

/// As plain objects, and nothing as `null`.
const SPELLING: Serializer = Serializer::json_compatible();

impl MessageChannelPort {
    fn new(port: MessagePort, heard: Rc<impl Fn(HostRequest) + 'static>) -> Self {
        let listener = EventListener::new(&port, "message", move |event| {
            match event.dyn_ref::<MessageEvent>().and_then(|event| understand(&event.data())) {
                Some(question) => heard(question),
                None => ignore(),
            }
        });
        port.start();
        Self { port, _listener: listener }
    }
}

/// The channel that comes with the parent's greeting.
fn accept_handshake(event: &MessageEvent, parent: &JsValue) -> Option<MessagePort> {
    let from = event.source().map(JsValue::from)?;
    let hello: ProtocolHello = serde_wasm_bindgen::from_value(event.data()).ok()?;
    let port = event.ports().get(0).dyn_into().ok();
    port.filter(|_| from == *parent && hello.protocol > 0)
}

/// None for what has no number to answer to.
fn understand(data: &JsValue) -> Option<HostRequest> {
    let field = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let id = field(data, "id")?.as_f64()?;
    let id =
        (id.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&id)).then_some(id as u32)?;
    let command = field(data, "command").unwrap_or(JsValue::UNDEFINED);
    let kind = field(&command, "kind").and_then(|kind| kind.as_string()).unwrap_or_default();
    if !RequestKind::ALL.contains(&&*kind) {
        return Some(HostRequest::Refused { id, words: unsupported(&kind) });
    }
    Some(match serde_wasm_bindgen::from_value(plain(&command)) {
        Ok(command) => HostRequest::Ask(Request { id, command }),
        Err(why) => HostRequest::Refused { id, words: malformed(&kind, &why.to_string()) },
    })
}

/// A command without what no command has: its fields are texts, numbers and flags. What else somebody
/// sends may lie so deep, or in such a circle, that it is never read to its end.
fn plain(command: &JsValue) -> JsValue {
    let plain = Object::new();
    for (name, value) in Object::entries(command.unchecked_ref()).iter().map(entry) {
        if !value.is_object() && !value.is_function() {
            // It is a fresh object, which takes any field.
            let _ = Reflect::set(&plain, &name, &value);
        }
    }
    plain.into()
}

fn entry(pair: JsValue) -> (JsValue, JsValue) {
    let pair = Array::from(&pair);
    (pair.get(0), pair.get(1))
}

/// Counts what was passed over, where somebody who looks for a fault can read it.
fn ignore() {
    thread_local! { static IGNORED: Cell<u32> = const { Cell::new(0) }; }
    let count = IGNORED.with(|ignored| {
        ignored.set(ignored.get().saturating_add(1));
        ignored.get()
    });
    // The name is right, so no browser refuses.
    let _ = document_element().set_attribute("data-ignored", &count.to_string());
}
