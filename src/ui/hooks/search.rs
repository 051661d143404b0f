//! The searches of the page, and their questions to the worker: the panel's, and that of the line below the verdict.

use super::tools::{OneQuestion, on_progress, use_question};
use crate::session::Document;
use crate::session::quiet_search::{self, QuietResult};
use crate::session::search::{SearchAction, SearchPanel};
use crate::tools::{SearchReply, ToolsReply, ToolsRequest};
use crate::web::clock;
use crate::web::tools::{ToolsOutcome, ToolsQuestion};
use std::cell::RefCell;
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
            searcher.question.ask(request, on_outcome(searcher.model.dispatcher()));
        })
    }
}

fn on_outcome(model: UseReducerDispatcher<SearchModel>) -> Callback<ToolsOutcome> {
    let has_answers = |reply: &SearchReply| reply.answers.is_some();
    on_progress(ToolsReply::search, has_answers, move |result, is_last, now| {
        model.dispatch(match result {
            Ok(reply) => SearchAction::Hear { reply, is_last, now },
            Err(words) => SearchAction::Fail(words),
        });
    })
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
