//! The search of the panel: its model, and its questions to the worker.

use super::tools::{OneQuestion, PAUSE, use_question};
use crate::narration::sentence;
use crate::session::Document;
use crate::session::search::{SearchAction, SearchPanel};
use crate::tools::{ToolsReply, ToolsRequest};
use crate::web::clock;
use crate::web::tools::{ToolsOutcome, ToolsQuestion};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;

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
    use_effect_with((document.text().to_owned(), subject), {
        let model = model.dispatcher();
        move |(script, subject)| {
            let heard = Callback::from(move |outcome: ToolsOutcome| {
                // Without the counts the panel is whole; a search reports why it cannot run.
                if let Ok(ToolsReply::Moves(Ok(counts))) = outcome {
                    model.dispatch(SearchAction::Counted(counts));
                }
            });
            let request = ToolsRequest::Moves { script: script.clone(), subject: *subject };
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
            searcher.question.ask(request, hearer(searcher.model.dispatcher()));
        })
    }
}

/// Passes on what is found, and how far the search is a few times a second.
fn hearer(model: UseReducerDispatcher<SearchModel>) -> Callback<ToolsOutcome> {
    let shown = Cell::new(f64::NEG_INFINITY);
    Callback::from(move |outcome: ToolsOutcome| {
        let now = clock::now();
        let action = match outcome {
            Ok(ToolsReply::Searching(reply)) => {
                if reply.answers.is_none() && now - shown.get() < PAUSE {
                    return;
                }
                SearchAction::Hear { reply, is_last: false, now }
            }
            Ok(ToolsReply::Search(Ok(reply))) => SearchAction::Hear { reply, is_last: true, now },
            Ok(ToolsReply::Search(Err(words))) => SearchAction::Fail(words),
            Ok(
                ToolsReply::Progress(_)
                | ToolsReply::File(_)
                | ToolsReply::Snippet(_)
                | ToolsReply::Moves(_)
                | ToolsReply::Sweeping(_)
                | ToolsReply::Sweep(_),
            ) => return,
            Err(failure) => SearchAction::Fail(sentence(&failure.to_string())),
        };
        shown.set(now);
        model.dispatch(action);
    })
}
