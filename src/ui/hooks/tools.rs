//! The tools of a component, and the questions that it asks them.

use crate::narration::sentence;
use crate::session::embed::EmbedForm;
use crate::session::{Document, RunView};
use crate::tools::{LongReply, SnippetReply, ToolsReply, ToolsRequest};
use crate::web::clock;
use crate::web::tools::{Tools, ToolsOutcome, ToolsQuestion};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// The time in milliseconds after which it is said that an answer is awaited.
pub const LATE: u32 = 200;

/// The tools, which end with the component. Their program is fetched as the component is first shown.
#[hook]
pub fn use_tools() -> Tools {
    let tools = use_memo((), |()| Tools::default());
    use_effect_with((), {
        let tools = tools.clone();
        move |()| tools.start()
    });
    (*tools).clone()
}

/// The time in milliseconds between two progresses that are shown.
const PAUSE: f64 = 250.0;

/// The question of a component to its tools. Another one takes its place, and it ends with the component.
#[derive(Clone)]
pub struct OneQuestion {
    tools: Tools,
    asked: Rc<RefCell<Option<ToolsQuestion>>>,
}

#[hook]
pub fn use_question() -> OneQuestion {
    OneQuestion { tools: use_tools(), asked: use_mut_ref(|| None) }
}

impl OneQuestion {
    pub fn ask(&self, request: ToolsRequest, heard: Callback<ToolsOutcome>) {
        self.cancel();
        // Without a worker the answer comes before the question is kept.
        let asked = self.tools.ask(request, heard);
        self.asked.replace(Some(asked));
    }

    pub fn cancel(&self) {
        drop(self.asked.take());
    }

    pub fn tools(&self) -> &Tools {
        &self.tools
    }
}

/// Passes on what long work finds, by `act` with whether it is the last and the browser's clock in milliseconds. What
/// only says how far the work is, as `is_news` tells, is passed on a few times a second.
pub fn on_progress<T: 'static>(
    of: fn(ToolsReply) -> LongReply<T>,
    is_news: fn(&T) -> bool,
    act: impl Fn(Result<T, String>, bool, f64) + 'static,
) -> Callback<ToolsOutcome> {
    let shown = Cell::new(f64::NEG_INFINITY);
    Callback::from(move |outcome: ToolsOutcome| {
        let told = match outcome {
            Err(failure) => Some((Err(sentence(&failure.to_string())), true)),
            Ok(reply) => of(reply),
        };
        let (Some((result, is_last)), now) = (told, clock::now()) else { return };
        if is_last || result.as_ref().is_ok_and(is_news) || now - shown.get() >= PAUSE {
            shown.set(now);
            act(result, is_last, now);
        }
    })
}

/// The lines of a form.
#[derive(Clone, PartialEq)]
pub struct SnippetState {
    /// The last lines, or why there are none.
    pub reply: Option<Result<SnippetReply, String>>,
    /// Whether the lines of the form as it is now have been awaited for long enough to be said.
    pub is_late: bool,
}

/// The lines of a form, asked for at once and after every change, so that they are there to be copied. The
/// callback asks again after a failure.
#[hook]
pub fn use_snippet(
    form: &EmbedForm,
    document: &Document,
    run_view: &Rc<RunView>,
    page: &str,
) -> (SnippetState, Callback<()>) {
    let tools = use_tools();
    let reply = use_state_eq(|| None);
    let is_late = use_state_eq(|| false);
    let attempt = use_state(|| 0_u32);
    let question: Rc<RefCell<Option<ToolsQuestion>>> = use_mut_ref(|| None);
    let request = form.request(document, run_view, page);
    use_effect_with((request, *attempt), {
        let (reply, is_late) = (reply.setter(), is_late.setter());
        move |(request, _)| {
            let late = {
                let is_late = is_late.clone();
                Cell::new(Some(Timeout::new(LATE, move || is_late.set(true))))
            };
            let heard = Callback::from(move |outcome: ToolsOutcome| {
                let found = match outcome {
                    Ok(reply) => {
                        let ToolsReply::Snippet(reply) = reply else { return };
                        Ok(reply)
                    }
                    Err(failure) => Err(sentence(&failure.to_string())),
                };
                drop(late.take());
                is_late.set(false);
                reply.set(Some(found));
            });
            let asked = tools.ask(request.clone(), heard);
            question.replace(Some(asked));
            move || drop(question.take())
        }
    });
    let again = Callback::from(move |()| attempt.set(*attempt + 1));
    (SnippetState { reply: (*reply).clone(), is_late: *is_late }, again)
}
