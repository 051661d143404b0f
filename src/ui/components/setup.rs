//! The set-up: all settings of a run as forms, so that a reader need not learn the script first.

mod annotations;
mod expectations;
mod own;
mod sections;

use crate::scenario::hints::{Hint, hints};
use crate::scenario::{Change, ScenarioPart, Setting};
use crate::session::setup::{SetupField, checked, hints_of};
use crate::session::{Action, Document};
use crate::ui::components::field::ValueField;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use expectations::Expectations;
use own::OwnSettings;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SetUpProps {
    pub document: Document,
}

#[component]
pub fn SetUp(props: &SetUpProps) -> Html {
    let SetUpProps { document } = props;
    let dispatcher = use_dispatcher();
    let sheet =
        SetupModel { document: document.clone(), dispatcher, hints: hints(document.scenario()) };
    html! {
        <div class="sheet">
            { sheet.algorithm() }
            { sheet.processes() }
            { sheet.detector() }
            { sheet.waits() }
            { sheet.network() }
            <OwnSettings document={document.clone()} hints={sheet.hints.clone()} of_links={true} />
            <OwnSettings document={document.clone()} hints={sheet.hints.clone()} of_links={false} />
            { sheet.ends() }
            <Expectations document={document.clone()} />
            { sheet.names() }
            { sheet.zones() }
            { sheet.chapters() }
            { sheet.titles() }
            { sheet.figure() }
        </div>
    }
}

/// The input of all sections.
struct SetupModel {
    document: Document,
    dispatcher: Dispatcher,
    hints: Vec<Hint>,
}

impl SetupModel {
    fn field(&self, id: &'static str, field: SetupField) -> Html {
        self.field_with(id, field, Html::default())
    }

    fn field_with(&self, id: &'static str, field: SetupField, behind: Html) -> Html {
        let label = AttrValue::Static(field.label());
        self.labelled(id, label, field, behind)
    }

    fn labelled(
        &self,
        id: &'static str,
        label: AttrValue,
        field: SetupField,
        behind: Html,
    ) -> Html {
        let value = field.text(self.document.scenario());
        let hints = match field {
            // Two fields share these parts, so their hints are below the section.
            SetupField::Every | SetupField::Timeout | SetupField::Alternates | SetupField::Line => {
                Vec::new()
            }
            SetupField::Setting(_) | SetupField::Own(..) | SetupField::Figure(_) => {
                hints_of(&self.hints, |place| place == field.place())
            }
        };
        let commit = typed(&self.document, &self.dispatcher, field);
        html! { <ValueField {id} {label} {value} {commit} {hints}>{ behind }</ValueField> }
    }

    /// What is said of a part as a whole.
    fn hints_at(&self, place: ScenarioPart) -> Html {
        let words = hints_of(&self.hints, |of| of == place);
        words.into_iter().map(|hint| html! { <p class="hint">{ hint }</p> }).collect()
    }

    /// Turns a choice into a change; an invalid one becomes a notice of the page.
    fn set<T: 'static>(&self, make: impl Fn(&Document, T) -> Setting + 'static) -> Callback<T> {
        let (document, dispatcher) = (self.document.clone(), self.dispatcher.clone());
        Callback::from(move |value| {
            act_on(&dispatcher, checked(document.scenario(), Change::Set(make(&document, value))));
        })
    }
}

fn act_on(dispatcher: &Dispatcher, change: Result<Option<Change>, String>) {
    match change {
        Ok(Some(change)) => dispatcher.dispatch(Action::Change(change)),
        Ok(None) => {}
        Err(words) => dispatcher.dispatch(Action::Say(Some(words))),
    }
}

/// Turns a typed text into a change, or returns a sentence to show below the field.
fn typed(
    document: &Document,
    dispatcher: &Dispatcher,
    field: SetupField,
) -> Callback<String, Result<(), String>> {
    let (document, dispatcher) = (document.clone(), dispatcher.clone());
    Callback::from(move |text: String| {
        if let Some(change) = field.read(document.scenario(), &text)? {
            dispatcher.dispatch(Action::Change(change));
        }
        Ok(())
    })
}
