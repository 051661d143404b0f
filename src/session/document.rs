//! A document is a scenario with its script text; the history of documents serves undo and redo.

use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::script::{self, Script};
use crate::scenario::{Change, ChangeRefusal, Scenario};
use std::ops::Range;
use std::rc::Rc;

/// A scenario with its script text. Cloning is cheap, since every rendering clones it.
#[derive(Clone, Debug)]
pub struct Document {
    content: Rc<Content>,
    draft: Option<Rc<UnreadableDraft>>,
}

#[derive(Debug)]
struct Content {
    text: String,
    script: Script,
}

/// A text that cannot be parsed (yet). It is kept beside the last text that could, and has no effect on the
/// run.
#[derive(Debug, PartialEq, Eq)]
pub struct UnreadableDraft {
    pub text: String,
    /// The problems; never empty.
    pub problems: Vec<Diagnostic>,
}

impl Document {
    /// Parses a script and keeps its text as it is.
    ///
    /// # Errors
    /// The problems of the script.
    pub fn read(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let script = script::read(text)?;
        Ok(Self::new(text.to_owned(), script))
    }

    /// Parses a text that a document had, which may be longer than a script from outside.
    ///
    /// # Errors
    /// The problems of the script.
    pub fn read_again(text: &str) -> Result<Self, Vec<Diagnostic>> {
        Ok(Self::new(text.to_owned(), script::read_again(text)?))
    }

    /// The document of a scenario without a text: it gets the canonical one.
    pub fn of(scenario: &Scenario) -> Self {
        Self::rewritten("", scenario)
    }

    /// The last text that could be parsed; the page shows its scenario.
    pub fn text(&self) -> &str {
        &self.content.text
    }

    /// The text in the editor: the draft if there is one.
    pub fn written(&self) -> &str {
        self.draft.as_ref().map_or(self.text(), |draft| &draft.text)
    }

    /// The document without its draft.
    pub fn readable(&self) -> Self {
        Self { content: self.content.clone(), draft: None }
    }

    pub fn draft(&self) -> Option<&Rc<UnreadableDraft>> {
        self.draft.as_ref()
    }

    pub fn script(&self) -> &Script {
        &self.content.script
    }

    pub fn scenario(&self) -> &Scenario {
        &self.content.script.scenario
    }

    /// The document after a change. Only the lines that the change affects are rewritten. A draft stays, with
    /// the same lines rewritten, so that correcting the draft keeps the change.
    ///
    /// # Errors
    /// The change is refused.
    pub fn with(&self, change: Change) -> Result<Self, ChangeRefusal> {
        let scenario = self.scenario().with(change)?;
        let next = Self::rewritten(self.text(), &scenario);
        Ok(match &self.draft {
            Some(draft) => next.typed(&script::merge(self.text(), &draft.text, next.text())),
            None => next,
        })
    }

    /// The document after its text was edited; if the text cannot be parsed, it becomes the draft.
    pub fn typed(&self, text: &str) -> Self {
        if text == self.text() {
            return Self { content: self.content.clone(), draft: None };
        }
        match script::read(text) {
            Ok(script) => Self::new(text.to_owned(), script),
            Err(problems) => {
                let draft = UnreadableDraft { text: text.to_owned(), problems };
                Self { content: self.content.clone(), draft: Some(Rc::new(draft)) }
            }
        }
    }

    /// The document with another scenario. Only the lines that differ are rewritten.
    pub fn with_scenario(&self, scenario: &Scenario) -> Self {
        match scenario == self.scenario() {
            true => self.readable(),
            false => Self::rewritten(self.text(), scenario),
        }
    }

    fn new(text: String, script: Script) -> Self {
        Self { content: Rc::new(Content { text, script }), draft: None }
    }

    fn rewritten(text: &str, scenario: &Scenario) -> Self {
        let text = script::rewrite(text, scenario);
        // JSON can hold more than a script may be long.
        let script = script::read_again(&text).unwrap_or_else(|_| {
            debug_assert!(false, "what was written from a scenario can be read");
            Script::of(scenario.clone())
        });
        Self::new(text, script)
    }
}

/// The difference of a document from its neighbour in the history: the span in which their texts differ.
#[derive(Debug, PartialEq)]
pub(super) struct DocumentDelta {
    /// The byte range in the neighbour's text.
    replaced: Range<usize>,
    with: Box<str>,
    draft: Option<Rc<UnreadableDraft>>,
}

impl DocumentDelta {
    pub(crate) fn of(document: &Document, beside: &Document) -> Self {
        let (own, other) = (document.text(), beside.text());
        let same = |(a, b): &(char, char)| a == b;
        let length = |(a, _): (char, char)| a.len_utf8();
        let start: usize = other.chars().zip(own.chars()).take_while(same).map(length).sum();
        let ends = other[start..].chars().rev().zip(own[start..].chars().rev());
        let end: usize = ends.take_while(same).map(length).sum();
        Self {
            replaced: start..other.len() - end,
            with: own[start..own.len() - end].into(),
            draft: document.draft.clone(),
        }
    }

    /// Restores the document from its neighbour.
    pub(crate) fn beside(&self, other: &Document) -> Document {
        let draft = self.draft.clone();
        let mut text = other.text().to_owned();
        text.replace_range(self.replaced.clone(), &self.with);
        if text == other.text() {
            return Document { content: other.content.clone(), draft };
        }
        match script::read_again(&text) {
            Ok(script) => Document { draft, ..Document::new(text, script) },
            Err(_) => {
                debug_assert!(false, "what could be read once can be read again");
                other.clone()
            }
        }
    }
}

/// Documents are equal if their texts and drafts are.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        let same = Rc::ptr_eq(&self.content, &other.content) || self.text() == other.text();
        same && self.draft == other.draft
    }
}

/// The largest number of steps that can be undone.
const MOST_STEPS: usize = 1_000;

#[derive(Clone, Debug, PartialEq)]
pub struct History {
    past: Vec<Rc<HistoryStep>>,
    present: Document,
    future: Vec<Rc<HistoryStep>>,
    /// The ongoing edit, if the last step is one, and the document before it.
    going: Option<(OngoingEdit, Document)>,
}

/// An edit in several changes that is one step of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OngoingEdit {
    /// A drag.
    Drag,
    /// Typing without a pause.
    Typing,
}

/// A document as its difference from the next one towards the present, and the name of the change between the
/// two. It is shared, since every action copies the history.
#[derive(Debug, PartialEq)]
struct HistoryStep {
    document: DocumentDelta,
    name: Rc<str>,
}

impl History {
    pub fn new(document: Document) -> Self {
        Self { past: Vec::new(), present: document, future: Vec::new(), going: None }
    }

    pub fn present(&self) -> &Document {
        &self.present
    }

    /// The document before an ongoing edit of this kind; without one, the present.
    pub fn base(&self, going: OngoingEdit) -> &Document {
        match &self.going {
            Some((kind, base)) if *kind == going => base,
            Some(_) | None => &self.present,
        }
    }

    /// Adds a step and drops the steps that were undone.
    pub fn push(&self, document: Document, name: String) -> Self {
        let mut past = self.past.clone();
        if past.len() >= MOST_STEPS {
            past.remove(0);
        }
        past.push(step(&self.present, &document, name.into()));
        Self { past, present: document, future: Vec::new(), going: None }
    }

    /// Adds a step or amends the last one, if an edit of this kind is ongoing.
    pub fn amend(&self, document: Document, name: String, going: OngoingEdit) -> Self {
        let mut next = match &self.going {
            Some((kind, _)) if *kind == going => self.clone(),
            Some(_) | None => {
                let base = self.present.clone();
                let next = self.settled().push(document.clone(), String::new());
                Self { going: Some((going, base)), ..next }
            }
        };
        if let (Some(last), Some((_, base))) = (next.past.last_mut(), &next.going) {
            *last = step(base, &document, name.into());
        }
        next.present = document;
        next
    }

    /// Ends the ongoing edit. If it has changed nothing, its step is dropped.
    pub fn settled(&self) -> Self {
        let mut next = self.clone();
        if next.going.take().is_some_and(|(_, base)| base == next.present) {
            next.past.pop();
        }
        next
    }

    /// Cancels a drag: restores the document before it.
    pub fn without_drag(&self) -> Self {
        let base = self.base(OngoingEdit::Drag).clone();
        Self { present: base, ..self.clone() }.settled()
    }

    pub fn undo(&self) -> Self {
        let mut next = self.settled();
        if let Some(last) = next.past.pop() {
            let present = last.document.beside(&next.present);
            next.future.push(step(&next.present, &present, last.name.clone()));
            next.present = present;
        }
        next
    }

    pub fn redo(&self) -> Self {
        let mut next = self.settled();
        if let Some(last) = next.future.pop() {
            let present = last.document.beside(&next.present);
            next.past.push(step(&next.present, &present, last.name.clone()));
            next.present = present;
        }
        next
    }

    /// The name of the change that undo would revert.
    pub fn undoes(&self) -> Option<&str> {
        self.past.last().map(|step| &*step.name)
    }

    /// The names of the changes up to the present, oldest first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.past.iter().map(|step| &*step.name)
    }

    pub fn redoes(&self) -> Option<&str> {
        self.future.last().map(|step| &*step.name)
    }
}

fn step(document: &Document, next: &Document, name: Rc<str>) -> Rc<HistoryStep> {
    Rc::new(HistoryStep { document: DocumentDelta::of(document, next), name })
}
