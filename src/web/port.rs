//! The message channel between a figure and its host page: a handshake, then one channel.
//!
//! Any page can send a message to a window. Messages that do not come from the parent, or are no handshake,
//! are ignored and counted.

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

/// What the channel receives.
#[derive(Debug)]
pub enum HostRequest {
    /// The handshake is complete.
    Opened,
    Ask(Request),
    /// A request that cannot be parsed, with the error message.
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
    /// Starts the handshake with the host page, and calls back with its requests. `None` if the page is not
    /// in a frame.
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
            // Any page may embed a figure, and the handshake contains no secret.
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

    /// Closes the channel: nothing is sent or received any more.
    pub fn close(&self) {
        if let Some(channel) = self.channel.take() {
            channel.port.close();
        }
    }

    /// Whether the handshake is complete.
    pub fn is_open(&self) -> bool {
        self.channel.borrow().is_some()
    }
}

/// Plain objects, and `None` as `null`.
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

/// The port of the channel, if this is the parent's handshake.
fn accept_handshake(event: &MessageEvent, parent: &JsValue) -> Option<MessagePort> {
    let from = event.source().map(JsValue::from)?;
    let hello: ProtocolHello = serde_wasm_bindgen::from_value(event.data()).ok()?;
    let port = event.ports().get(0).dyn_into().ok();
    port.filter(|_| from == *parent && hello.protocol > 0)
}

/// Parses a message; `None` if it has no id to answer to.
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

/// Copies the fields of a command that are texts, numbers or flags, as all fields are. Others could be nested
/// without end or contain themselves.
fn plain(command: &JsValue) -> JsValue {
    let plain = Object::new();
    for (name, value) in Object::entries(command.unchecked_ref()).iter().map(entry) {
        if !value.is_object() && !value.is_function() {
            // A new object accepts any field.
            let _ = Reflect::set(&plain, &name, &value);
        }
    }
    plain.into()
}

fn entry(pair: JsValue) -> (JsValue, JsValue) {
    let pair = Array::from(&pair);
    (pair.get(0), pair.get(1))
}

/// Counts ignored messages in an attribute of the page, where they can be inspected.
fn ignore() {
    thread_local! { static IGNORED: Cell<u32> = const { Cell::new(0) }; }
    let count = IGNORED.with(|ignored| {
        ignored.set(ignored.get().saturating_add(1));
        ignored.get()
    });
    // The name is valid, so no browser refuses it.
    let _ = document_element().set_attribute("data-ignored", &count.to_string());
}
