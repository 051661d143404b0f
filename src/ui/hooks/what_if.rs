//! The sweep of the panel *What if*: its model, and its questions to the worker.

use super::tools::{OneQuestion, on_progress, use_question};
use crate::election::Algorithm;
use crate::session::Document;
use crate::session::what_if::{WhatIfAction, WhatIfPanel};
use crate::sweep::SweepSetting;
use crate::tools::{SweepReply, ToolsReply};
use crate::web::clock;
use crate::web::tools::ToolsOutcome;
use std::rc::Rc;
use yew::prelude::*;

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
        self.question.ask(request, on_outcome(self.model.dispatcher()));
    }
}

fn on_outcome(model: UseReducerDispatcher<WhatIfModel>) -> Callback<ToolsOutcome> {
    let has_cells = |reply: &SweepReply| !reply.cells.is_empty();
    on_progress(ToolsReply::sweep, has_cells, move |result, is_last, now| {
        model.dispatch(match result {
            Ok(reply) => WhatIfAction::Hear { reply, is_last, now },
            Err(words) => WhatIfAction::Fail(words),
        });
    })
}
