//! The channel between the page and the worker with its tools. The page owns a handle and its questions; the worker
//! reads messages, and works in slices between them.

use crate::tools::{Toolbox, ToolsCommand, ToolsFailure, ToolsMessage, ToolsReply, ToolsRequest};
use gloo_events::EventListener;
use gloo_utils::document;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::cell::RefCell;
use std::panic;
use std::rc::{Rc, Weak};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort, Url, Worker,
    WorkerOptions, WorkerType,
};
use yew::Callback;

/// What a question leads to: a reply, or the reason why none comes.
pub type ToolsOutcome = Result<ToolsReply, ToolsFailure>;

/// The worker. It starts with `start` or with the first question, and anew after a failure; it ends when the
/// last clone is dropped.
#[derive(Clone, Default)]
pub struct Tools(Rc<RefCell<Channel>>);

/// A question that waits for its answer; dropping it cancels it.
pub struct ToolsQuestion {
    id: u32,
    channel: Weak<RefCell<Channel>>,
}

#[derive(Default)]
struct Channel {
    worker: Option<RunningWorker>,
    /// Questions without an answer.
    pending: Vec<PendingQuestion>,
    last_id: u32,
}

struct PendingQuestion {
    id: u32,
    /// Until the worker is ready.
    unsent: Option<ToolsRequest>,
    heard: Callback<ToolsOutcome>,
}

struct RunningWorker {
    worker: Worker,
    is_ready: bool,
    _listeners: [EventListener; 3],
}

impl Drop for RunningWorker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Tools {
    /// Fetches and starts the program, so that the first answer comes sooner. Nothing is reported: a question
    /// tries again and reports.
    pub fn start(&self) {
        if self.0.borrow().worker.is_none() {
            let worker = RunningWorker::new(&self.0);
            self.0.borrow_mut().worker = worker;
        }
    }

    /// Asks, and calls back with each reply.
    pub fn ask(&self, request: ToolsRequest, heard: Callback<ToolsOutcome>) -> ToolsQuestion {
        self.start();
        let mut channel = self.0.borrow_mut();
        channel.last_id += 1;
        let id = channel.last_id;
        if channel.worker.is_some() {
            channel.pending.push(PendingQuestion { id, unsent: Some(request), heard });
            channel.send();
        } else {
            drop(channel);
            heard.emit(Err(ToolsFailure::NotLoaded));
        }
        ToolsQuestion { id, channel: Rc::downgrade(&self.0) }
    }
}

impl Drop for ToolsQuestion {
    fn drop(&mut self) {
        let Some(channel) = self.channel.upgrade() else { return };
        let mut channel = channel.borrow_mut();
        let place = channel.pending.iter().position(|pending| pending.id == self.id);
        let Some(place) = place else { return };
        let was_sent = channel.pending.remove(place).unsent.is_none();
        if let Some(worker) = channel.worker.as_ref().filter(|_| was_sent) {
            worker.post(&ToolsCommand::Cancel { id: self.id });
        }
    }
}

impl Channel {
    /// Sends what waits, once the worker is ready.
    fn send(&mut self) {
        let Some(worker) = self.worker.as_ref().filter(|worker| worker.is_ready) else { return };
        for pending in &mut self.pending {
            if let Some(request) = pending.unsent.take() {
                worker.post(&ToolsCommand::Ask { id: pending.id, request });
            }
        }
    }

    /// The callback of a question; after its last reply the question is done.
    fn callback_of(&mut self, id: u32, reply: &ToolsReply) -> Option<Callback<ToolsOutcome>> {
        let place = self.pending.iter().position(|pending| pending.id == id)?;
        Some(match reply.is_last() {
            false => self.pending[place].heard.clone(),
            true => self.pending.remove(place).heard,
        })
    }
}

impl RunningWorker {
    /// `None` if the browser refuses to start a worker.
    fn new(channel: &Rc<RefCell<Channel>>) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&address(".worker.js")?, &options).ok()?;
        let on = |name: &'static str, heard: fn(&Rc<RefCell<Channel>>, &MessageEvent)| {
            let channel = Rc::downgrade(channel);
            EventListener::new(&worker, name, move |event| {
                if let Some(channel) = channel.upgrade() {
                    heard(&channel, event.unchecked_ref());
                }
            })
        };
        let _listeners = [
            on("message", receive),
            on("messageerror", |channel, _| fail(channel)),
            on("error", |channel, event| {
                // The browser need not log it as an error of the page, which handles it.
                event.prevent_default();
                fail(channel);
            }),
        ];
        Some(Self { worker, is_ready: false, _listeners })
    }

    fn post(&self, command: &ToolsCommand) {
        // A command is plain data, which can always be written and copied.
        if let Ok(command) = command.serialize(&Serializer::json_compatible()) {
            let _ = self.worker.post_message(&command);
        }
    }
}

/// The address of a file of the program, whose name the page's HTML has: `.js`, `_bg.wasm`, or `.worker.js`, which is
/// www/tools.worker.js and starts it in a worker.
pub(super) fn address(end: &str) -> Option<String> {
    let entry = document().query_selector("meta[name=hustings-entry]").ok()??;
    let name = entry.get_attribute("data-tools")?;
    let base = document().base_uri().ok()??;
    Some(Url::new_with_base(&format!("{name}{end}"), &base).ok()?.href())
}

fn receive(channel: &Rc<RefCell<Channel>>, event: &MessageEvent) {
    match serde_wasm_bindgen::from_value(event.data()) {
        Ok(ToolsMessage::Ready) => {
            let mut channel = channel.borrow_mut();
            if let Some(worker) = &mut channel.worker {
                worker.is_ready = true;
            }
            channel.send();
        }
        Ok(ToolsMessage::Answer { id, reply }) => {
            let hearer = channel.borrow_mut().callback_of(id, &reply);
            if let Some(hearer) = hearer {
                hearer.emit(Ok(reply));
            }
        }
        Ok(ToolsMessage::Failed) | Err(_) => fail(channel),
    }
}

/// Ends the worker and tells every question; the next one starts another worker.
fn fail(channel: &Rc<RefCell<Channel>>) {
    let (worker, pending) = {
        let mut channel = channel.borrow_mut();
        (channel.worker.take(), std::mem::take(&mut channel.pending))
    };
    let was_ready = worker.as_ref().is_some_and(|worker| worker.is_ready);
    let failure = if was_ready { ToolsFailure::Stopped } else { ToolsFailure::NotLoaded };
    for PendingQuestion { heard, .. } in pending {
        heard.emit(Err(failure));
    }
}

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
