//! The tools of a component, and the questions that it asks them: JSON, snippets, the sweep of the panel *What if*, the search
//! of its panel and that of the line below the verdict.

use crate::election::Algorithm;
use crate::narration::sentence;
use crate::session::embed::EmbedForm;
use crate::session::quiet_search::{self, QuietResult};
use crate::session::search::{SearchAction, SearchPanel};
use crate::session::what_if::{WhatIfAction, WhatIfPanel};
use crate::session::{Document, RunView};
use crate::sweep::SweepSetting;
use crate::tools::{
    LongReply, SearchReply, SnippetReply, SweepReply, ToolsFailure, ToolsReply, ToolsRequest,
};
use crate::web::clock;
use crate::web::json::{self, JsonProgram};
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

/// The program that reads and writes JSON, fetched as the component is first shown; or why it is not there. The callback
/// tries again.
#[hook]
pub fn use_json() -> (Option<Result<JsonProgram, ToolsFailure>>, Callback<()>) {
    let program = use_state_eq(|| None);
    let attempt = use_state(|| 0_u32);
    use_effect_with(*attempt, {
        let program = program.setter();
        move |_| yew::platform::spawn_local(async move { program.set(Some(json::load().await)) })
    });
    ((*program).clone(), Callback::from(move |()| attempt.set(*attempt + 1)))
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

/// The model in Yew's reducer.
#[derive(PartialEq)]
pub struct WhatIfModel(WhatIfPanel);

impl Reducible for WhatIfModel {
    type Action = WhatIfAction;
    fn reduce(self: Rc<Self>, action: WhatIfAction) -> Rc<Self> {
        Rc::new(Self(self.0.apply(action)))
    }
}

/// The model of the panel and what it asks.
#[derive(Clone)]
pub struct PanelSweeper {
    model: UseReducerHandle<WhatIfModel>,
    /// The sweep that runs.
    question: OneQuestion,
}

/// The sweep of a panel, which ends with it. It runs as the panel opens and after each change of what is asked: the
/// first answer takes no reader's action, and the worker leaves the page its processor. Another document does not
/// run it again: opening one of its values would lose it.
#[hook]
pub fn use_sweep(
    document: &Document,
    wanted: Option<SweepSetting>,
    against: Option<&Algorithm>,
) -> PanelSweeper {
    let model = use_reducer(|| {
        let panel = WhatIfPanel::new(document, wanted);
        WhatIfModel(match against {
            Some(other) => panel.against(document, other),
            None => panel,
        })
    });
    let sweeper = PanelSweeper { model, question: use_question() };
    let asked = (sweeper.panel().varied.clone(), sweeper.panel().seeds.clone());
    use_effect_with(asked, {
        let (sweeper, document) = (sweeper.clone(), document.clone());
        move |_| sweeper.ask(&document)
    });
    sweeper
}

impl PanelSweeper {
    pub fn panel(&self) -> &WhatIfPanel {
        &self.model.0
    }

    pub fn dispatch(&self, action: WhatIfAction) {
        self.model.dispatch(action);
    }

    pub fn on_click(&self, action: Option<WhatIfAction>) -> Callback<MouseEvent> {
        let model = self.model.dispatcher();
        Callback::from(move |_: MouseEvent| {
            if let Some(action) = action.clone() {
                model.dispatch(action);
            }
        })
    }

    /// Ends the sweep.
    pub fn on_stop(&self) -> Callback<MouseEvent> {
        let sweeper = self.clone();
        Callback::from(move |_: MouseEvent| {
            sweeper.question.cancel();
            sweeper.dispatch(WhatIfAction::Stop);
        })
    }

    /// Runs it about a document.
    pub fn on_ask(&self, document: &Document) -> Callback<MouseEvent> {
        let (sweeper, document) = (self.clone(), document.clone());
        Callback::from(move |_: MouseEvent| sweeper.ask(&document))
    }

    /// Runs what the fields ask about a document; the sweep before ends.
    fn ask(&self, document: &Document) {
        self.question.cancel();
        let question = match self.panel().question(document) {
            Ok(question) => question,
            Err(words) => {
                self.dispatch(WhatIfAction::Stop);
                return self.dispatch(WhatIfAction::Refuse(words));
            }
        };
        let request = self.panel().request(document, &question);
        let (text, question) = (document.text().to_owned(), Box::new(question));
        self.dispatch(WhatIfAction::Begin { text, question, now: clock::now() });
        self.question.ask(request, self.on_outcome());
    }

    /// What the worker answers goes to the model.
    fn on_outcome(&self) -> Callback<ToolsOutcome> {
        let model = self.model.dispatcher();
        let has_cells = |reply: &SweepReply| !reply.cells.is_empty();
        on_progress(ToolsReply::sweep, has_cells, move |result, is_last, now| {
            model.dispatch(match result {
                Ok(reply) => WhatIfAction::Hear { reply, is_last, now },
                Err(words) => WhatIfAction::Fail(words),
            });
        })
    }
}

/// The model in Yew's reducer.
#[derive(Default, PartialEq)]
pub struct SearchModel(SearchPanel);

impl Reducible for SearchModel {
    type Action = SearchAction;
    fn reduce(self: Rc<Self>, action: SearchAction) -> Rc<Self> {
        Rc::new(Self(self.0.apply(action)))
    }
}

/// The model of the panel and what it asks.
#[derive(Clone)]
pub struct PanelSearcher {
    model: UseReducerHandle<SearchModel>,
    /// The search that runs.
    question: OneQuestion,
}

/// The search of a panel, which ends with it. The moves of the document are counted at once, and again for
/// another document or question.
#[hook]
pub fn use_search(document: &Document) -> PanelSearcher {
    let model = use_reducer(SearchModel::default);
    let question = use_question();
    let tools = question.tools().clone();
    let counting: Rc<RefCell<Option<ToolsQuestion>>> = use_mut_ref(|| None);
    let subject = model.0.subject(document.scenario());
    let durations = model.0.durations().unwrap_or_default();
    use_effect_with((document.text().to_owned(), subject, durations), {
        let model = model.dispatcher();
        move |(script, subject, durations)| {
            let heard = Callback::from(move |outcome: ToolsOutcome| {
                // Without the counts the panel is whole; a search reports why it cannot run.
                if let Ok(ToolsReply::Moves(Ok(counts))) = outcome {
                    model.dispatch(SearchAction::Counted(counts));
                }
            });
            let request = ToolsRequest::Moves {
                script: script.clone(),
                subject: *subject,
                durations: durations.clone(),
            };
            let asked = tools.ask(request, heard);
            counting.replace(Some(asked));
            move || drop(counting.take())
        }
    });
    PanelSearcher { model, question }
}

impl PanelSearcher {
    pub fn panel(&self) -> &SearchPanel {
        &self.model.0
    }

    pub fn dispatch(&self, action: SearchAction) {
        self.model.dispatch(action);
    }

    pub fn on_click(&self, action: SearchAction) -> Callback<MouseEvent> {
        let model = self.model.dispatcher();
        Callback::from(move |_: MouseEvent| model.dispatch(action.clone()))
    }

    /// Ends the search.
    pub fn on_stop(&self) -> Callback<MouseEvent> {
        let searcher = self.clone();
        Callback::from(move |_: MouseEvent| {
            searcher.question.cancel();
            searcher.dispatch(SearchAction::Stop);
        })
    }

    /// Searches a document; the search before ends.
    pub fn on_ask(&self, document: &Document) -> Callback<MouseEvent> {
        let (searcher, document) = (self.clone(), document.clone());
        Callback::from(move |_: MouseEvent| {
            let text = document.text().to_owned();
            searcher.dispatch(SearchAction::Begin { text, now: clock::now() });
            let request = searcher.panel().request(&document);
            searcher.question.ask(request, searcher.on_outcome());
        })
    }

    /// What the worker answers goes to the model.
    fn on_outcome(&self) -> Callback<ToolsOutcome> {
        let model = self.model.dispatcher();
        let has_answers = |reply: &SearchReply| reply.answers.is_some();
        on_progress(ToolsReply::search, has_answers, move |result, is_last, now| {
            model.dispatch(match result {
                Ok(reply) => SearchAction::Hear { reply, is_last, now },
                Err(words) => SearchAction::Fail(words),
            });
        })
    }
}

/// The last result of the line below the verdict, and whether it is about the document as it is now.
#[hook]
pub fn use_quiet_search(document: &Document) -> (Option<QuietResult>, bool) {
    let question = use_question();
    let found = use_state(|| None);
    let is_current = found.as_ref().is_some_and(|(text, _)| text == document.text());
    use_effect_with(document.clone(), {
        let found = found.setter();
        move |document| {
            let heard = {
                let (text, question) = (document.text().to_owned(), question.clone());
                Callback::from(move |outcome: ToolsOutcome| {
                    let result = match outcome.map(ToolsReply::search) {
                        Ok(Some((Ok(reply), is_last))) => QuietResult::of(&reply, is_last),
                        Ok(Some((Err(_), _))) | Err(_) => Some(QuietResult::Silent),
                        Ok(None) => None,
                    };
                    if let Some(result) = result {
                        question.cancel();
                        found.set(Some((text.clone(), result)));
                    }
                })
            };
            question.ask(quiet_search::request(document), heard);
            move || question.cancel()
        }
    });
    (found.as_ref().map(|(_, result)| result.clone()), is_current)
}
