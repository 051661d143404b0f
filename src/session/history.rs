//! Undo and redo: the documents before and after the present one, each with the name of the deed.

use super::Document;

/// No more steps back are kept; a document shares its text, so each costs a few kilobytes at most.
const MOST_STEPS: usize = 1_000;

#[derive(Clone, Debug, PartialEq)]
pub struct History {
    past: Vec<Step>,
    present: Document,
    future: Vec<Step>,
}

/// A document, and the deed that leads from it towards the present or away from it.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    document: Document,
    deed: String,
}

impl History {
    pub fn new(document: Document) -> Self {
        Self { past: Vec::new(), present: document, future: Vec::new() }
    }

    pub fn present(&self) -> &Document {
        &self.present
    }

    /// A deed: what was undone before is gone.
    pub fn push(&self, document: Document, deed: String) -> Self {
        let mut past = self.past.clone();
        if past.len() >= MOST_STEPS {
            past.remove(0);
        }
        past.push(Step { document: self.present.clone(), deed });
        Self { past, present: document, future: Vec::new() }
    }

    pub fn undo(&self) -> Self {
        let mut next = self.clone();
        if let Some(Step { document, deed }) = next.past.pop() {
            let present = std::mem::replace(&mut next.present, document);
            next.future.push(Step { document: present, deed });
        }
        next
    }

    pub fn redo(&self) -> Self {
        let mut next = self.clone();
        if let Some(Step { document, deed }) = next.future.pop() {
            let present = std::mem::replace(&mut next.present, document);
            next.past.push(Step { document: present, deed });
        }
        next
    }

    /// The deed that would be undone.
    pub fn undoes(&self) -> Option<&str> {
        self.past.last().map(|step| &*step.deed)
    }

    pub fn redoes(&self) -> Option<&str> {
        self.future.last().map(|step| &*step.deed)
    }
}
