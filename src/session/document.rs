//! A scenario with the text that it was written in, and the history of such documents for undo and redo.

use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::script::{self, Script};
use crate::scenario::{Change, ChangeRefusal, Scenario};
use std::ops::Range;
use std::rc::Rc;

/// Shared: it is handed on with every rendering.
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

/// A text that cannot be read (yet). It is kept beside the last one that could, and decides nothing.
#[derive(Debug, PartialEq, Eq)]
pub struct UnreadableDraft {
    pub text: String,
    /// What is wrong with it; never empty.
    pub problems: Vec<Diagnostic>,
}

impl Document {
    /// Reads a script; the text is kept as it is.
    pub fn read(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let script = script::read(text)?;
        Ok(Self::new(text.to_owned(), script))
    }

    /// A scenario that came without a text.
    pub fn of(scenario: &Scenario) -> Self {
        Self::rewritten("", scenario)
    }

    /// What can be read: what the page shows comes from here.
    pub fn text(&self) -> &str {
        &self.content.text
    }

    /// What stands in the editor.
    pub fn written(&self) -> &str {
        self.draft.as_ref().map_or(self.text(), |draft| &draft.text)
    }

    /// Without what cannot be read: this is what decides the run.
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

    /// The document after a change; only the lines that it changes are written anew. A draft stays
    /// beside it, with the same lines changed, so that correcting it keeps the change.
    pub fn with(&self, change: Change) -> Result<Self, ChangeRefusal> {
        let scenario = self.scenario().with(change)?;
        let next = Self::rewritten(self.text(), &scenario);
        Ok(match &self.draft {
            Some(draft) => next.typed(&script::merge(self.text(), &draft.text, next.text())),
            None => next,
        })
    }

    /// The document after its text was edited: a draft for as long as that cannot be read.
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

    /// The document once its scenario is another one: only the lines that differ are written anew.
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
        // A link and JSON can hold more than a script may be long.
        let script = script::read_again(&text).unwrap_or_else(|_| {
            debug_assert!(false, "what was written from a scenario can be read");
            Script::of(scenario.clone())
        });
        Self::new(text, script)
    }
}

/// All that is kept of a document beside another one: the stretch in which their texts differ.
#[derive(Debug, PartialEq)]
pub(super) struct DocumentDelta {
    /// In bytes, of the other's text.
    replaced: Range<usize>,
    with: Box<str>,
    draft: Option<Rc<UnreadableDraft>>,
}

impl DocumentDelta {
    pub fn of(document: &Document, beside: &Document) -> Self {
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

    /// The document again, from the one that it was beside.
    pub fn beside(&self, other: &Document) -> Document {
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

/// Two documents are the same if they read the same, word for word.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        let same = Rc::ptr_eq(&self.content, &other.content) || self.text() == other.text();
        same && self.draft == other.draft
    }
}

/// No more steps back are kept.
const MOST_STEPS: usize = 1_000;

#[derive(Clone, Debug, PartialEq)]
pub struct History {
    past: Vec<Rc<HistoryStep>>,
    present: Document,
    future: Vec<Rc<HistoryStep>>,
    /// The change of the last step goes on, and what it began with.
    going: Option<(OngoingEdit, Document)>,
}

/// A change that takes a while and is one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OngoingEdit {
    /// Something is dragged.
    Drag,
    /// Somebody types, without a rest.
    Typing,
}

/// A document as it differs from the one next to it towards the present, and the name of the change that leads from
/// one to the other. Shared, since every action copies the history.
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

    /// What a change that goes on began with; the present where none of its kind does.
    pub fn base(&self, going: OngoingEdit) -> &Document {
        match &self.going {
            Some((kind, base)) if *kind == going => base,
            Some(_) | None => &self.present,
        }
    }

    /// A change: what was undone before is gone.
    pub fn push(&self, document: Document, name: String) -> Self {
        let mut past = self.past.clone();
        if past.len() >= MOST_STEPS {
            past.remove(0);
        }
        past.push(step(&self.present, &document, name.into()));
        Self { past, present: document, future: Vec::new(), going: None }
    }

    /// A change that goes on: one step, however often it changes until it is settled.
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

    /// A change that went on is over. One that came back to where it began is none.
    pub fn settled(&self) -> Self {
        let mut next = self.clone();
        if next.going.take().is_some_and(|(_, base)| base == next.present) {
            next.past.pop();
        }
        next
    }

    /// A drag is given up: everything is as it was before it.
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

    /// The change that would be undone.
    pub fn undoes(&self) -> Option<&str> {
        self.past.last().map(|step| &*step.name)
    }

    /// What was done up to now, from the first change on.
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
