//! A scenario with the text that it was written in.

use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::script::{self, Script};
use crate::scenario::{Change, Refusal, Scenario};
use std::rc::Rc;

/// Shared, so that a history of documents costs little.
#[derive(Clone, Debug)]
pub struct Document(Rc<Content>);

#[derive(Debug)]
struct Content {
    text: String,
    script: Script,
}

impl Document {
    /// Reads a script; the text is kept as it is.
    pub fn read(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let script = script::read(text)?;
        Ok(Self(Rc::new(Content { text: text.to_owned(), script })))
    }

    /// A scenario that came without a text.
    pub fn of(scenario: &Scenario) -> Self {
        Self::rewritten("", scenario)
    }

    pub fn text(&self) -> &str {
        &self.0.text
    }

    pub fn script(&self) -> &Script {
        &self.0.script
    }

    pub fn scenario(&self) -> &Scenario {
        &self.0.script.scenario
    }

    /// The document after a deed; only the lines that it changes are written anew.
    pub fn with(&self, change: Change) -> Result<Self, Refusal> {
        let scenario = self.scenario().with(change)?;
        Ok(Self::rewritten(self.text(), &scenario))
    }

    fn rewritten(text: &str, scenario: &Scenario) -> Self {
        let text = script::rewrite(text, scenario);
        let script = script::read(&text).unwrap_or_else(|_| {
            debug_assert!(false, "what was written from a scenario can be read");
            Script::of(scenario.clone())
        });
        Self(Rc::new(Content { text, script }))
    }
}

/// Two documents are the same if they read the same, word for word.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.0.text == other.0.text
    }
}
