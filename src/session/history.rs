//! Undo and redo: the documents before and after the present one, each with the name of the deed.

use super::Document;

/// No more steps back are kept; a document shares its text, so each costs a few kilobytes at most.
const MOST_STEPS: usize = 1_000;

#[derive(Clone, Debug, PartialEq)]
pub struct History {
    past: Vec<Step>,
    present: Document,
    future: Vec<Step>,
    /// The deed of the last step goes on.
    going: Option<Going>,
}

/// A deed that takes a while and is one step all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Going {
    /// Something is dragged.
    Drag,
    /// Somebody types, without a rest.
    Typing,
}

/// A document, and the deed that leads from it towards the present or away from it.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    document: Document,
    deed: String,
}

impl History {
    pub fn new(document: Document) -> Self {
        Self { past: Vec::new(), present: document, future: Vec::new(), going: None }
    }

    pub fn present(&self) -> &Document {
        &self.present
    }

    /// What a deed that goes on began with; the present where none of its kind does.
    pub fn base(&self, going: Going) -> &Document {
        match self.past.last() {
            Some(step) if self.going == Some(going) => &step.document,
            Some(_) | None => &self.present,
        }
    }

    /// A deed: what was undone before is gone.
    pub fn push(&self, document: Document, deed: String) -> Self {
        let mut past = self.past.clone();
        if past.len() >= MOST_STEPS {
            past.remove(0);
        }
        past.push(Step { document: self.present.clone(), deed });
        Self { past, present: document, future: Vec::new(), going: None }
    }

    /// A deed that goes on: one step, however often it changes until it is settled.
    pub fn amend(&self, document: Document, deed: String, going: Going) -> Self {
        if self.going != Some(going) {
            return Self { going: Some(going), ..self.settled().push(document, deed) };
        }
        let mut next = Self { present: document, ..self.clone() };
        if let Some(step) = next.past.last_mut() {
            step.deed = deed;
        }
        next
    }

    /// A deed that went on is over. One that came back to where it began is none.
    pub fn settled(&self) -> Self {
        let mut next = Self { going: None, ..self.clone() };
        if self.going.is_some_and(|going| *self.base(going) == self.present) {
            next.past.pop();
        }
        next
    }

    /// A drag is given up: everything is as it was before it.
    pub fn without_drag(&self) -> Self {
        let base = self.base(Going::Drag).clone();
        Self { present: base, ..self.clone() }.settled()
    }

    pub fn undo(&self) -> Self {
        let mut next = self.settled();
        if let Some(Step { document, deed }) = next.past.pop() {
            let present = std::mem::replace(&mut next.present, document);
            next.future.push(Step { document: present, deed });
        }
        next
    }

    pub fn redo(&self) -> Self {
        let mut next = self.settled();
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

    /// What was done up to now, from the first deed on.
    pub fn deeds(&self) -> impl Iterator<Item = &str> {
        self.past.iter().map(|step| &*step.deed)
    }

    pub fn redoes(&self) -> Option<&str> {
        self.future.last().map(|step| &*step.deed)
    }
}
