//! Parses the Markdown of a lesson into steps and what each step waits for. An error names file, line and what was
//! expected.

use super::{Lesson, LessonStep, Question, StepScene, StepTask};
use crate::election::Algorithm;
use crate::presets;
use crate::scenario::{Fault, Override, Scenario, script};
use crate::time::{Duration, Time};
use crate::types::Rank;
use crate::view::Target;
use std::fmt;
use thiserror::Error;

const FENCE: &str = "```";
const BLOCK: &str = "```leader-election";
const KEYS: [&str; 11] =
    ["at", "speed", "select", "do", "then", "ask", "answer", "until", "right", "wrong", "check"];

/// Parses a lesson.
///
/// # Errors
/// The first error of the file, with its line.
pub fn read<'a>(name: &'a str, text: &'a str) -> Result<Lesson<'a>, LessonError> {
    let mut lines = LessonLines::new(text);
    let (title, about) = head(&mut lines)?;
    let mut steps: Vec<LessonStep<'a>> = Vec::new();
    while let Some((line, heading)) = lines.next() {
        let title = heading.strip_prefix("## ").ok_or(at(line, unknown(heading)))?;
        let step = StepDraft::collect(line, title, &mut lines)?.finish()?;
        if step.ground == StepScene::Same && steps.is_empty() {
            return Err(at(line, LessonErrorKind::NothingBefore));
        }
        steps.push(step);
    }
    match steps.len() {
        4..=7 => Ok(Lesson { name, title, about, steps }),
        count => Err(at(1, LessonErrorKind::Steps(count))),
    }
}

fn head(lines: &mut LessonLines) -> Result<(String, String), LessonError> {
    let title = lines.next().and_then(|(_, line)| line.strip_prefix("# "));
    let title = title.ok_or(at(1, LessonErrorKind::NoTitle))?;
    match lines.next() {
        Some((_, about)) if !about.starts_with('#') => Ok((title.to_owned(), about.to_owned())),
        Some((line, _)) => Err(at(line, LessonErrorKind::NoAbout)),
        None => Err(at(1, LessonErrorKind::NoAbout)),
    }
}

fn at(line: usize, problem: LessonErrorKind) -> LessonError {
    LessonError { line, problem }
}

fn unknown(line: &str) -> LessonErrorKind {
    LessonErrorKind::UnknownEntry(line.chars().take(40).collect())
}

/// The lines that are not empty, from 1, and where each ends in the text.
struct LessonLines<'a> {
    text: &'a str,
    rest: &'a str,
    line: usize,
}

impl<'a> LessonLines<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, rest: text, line: 0 }
    }

    /// The next line, empty or not, with what sets it in.
    fn any(&mut self) -> Option<(usize, &'a str)> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        self.line += 1;
        Some((self.line, line.trim_end()))
    }

    fn next(&mut self) -> Option<(usize, &'a str)> {
        loop {
            let (line, text) = self.any()?;
            if !text.is_empty() {
                return Some((line, text));
            }
        }
    }

    fn opens_a_step(&self) -> bool {
        self.rest.trim_start_matches('\n').starts_with('#')
    }

    /// What stands between here and the end of a block.
    fn block(&mut self, opened: usize) -> Result<&'a str, LessonError> {
        let start = self.text.len() - self.rest.len();
        loop {
            let end = self.text.len() - self.rest.len();
            match self.any() {
                Some((_, FENCE)) => return Ok(&self.text[start..end]),
                Some(_) => {}
                None => return Err(at(opened, LessonErrorKind::BlockOpen)),
            }
        }
    }
}

/// A step as it is written.
struct StepDraft<'a> {
    line: usize,
    title: String,
    ground: Option<StepScene<'a>>,
    words: String,
    entries: Vec<StepEntry>,
    /// Whether it is the right one, and the answer.
    answers: Vec<(bool, String)>,
}

struct StepEntry {
    line: usize,
    key: &'static str,
    value: String,
}

impl<'a> StepDraft<'a> {
    fn collect(line: usize, title: &str, lines: &mut LessonLines<'a>) -> Result<Self, LessonError> {
        let mut draft = Self {
            line,
            title: title.to_owned(),
            ground: None,
            words: String::new(),
            entries: Vec::new(),
            answers: Vec::new(),
        };
        while !lines.opens_a_step() {
            let Some((line, text)) = lines.next() else { break };
            draft.note(line, text, lines)?;
        }
        Ok(draft)
    }

    fn note(
        &mut self,
        line: usize,
        text: &str,
        lines: &mut LessonLines<'a>,
    ) -> Result<(), LessonError> {
        if text == BLOCK {
            let script = lines.block(line)?;
            if let Err(problems) = script::read(script) {
                let first = problems.into_iter().next();
                return Err(at(
                    line,
                    first.map_or(LessonErrorKind::NoScene, |found| {
                        LessonErrorKind::Script(found.to_string())
                    }),
                ));
            }
            return self.set(line, StepScene::Script(script));
        }
        if let Some(scene) = text.strip_prefix("Scene: ") {
            return self.set(line, ground(scene).map_err(|problem| at(line, problem))?);
        }
        if let Some(answer) = text.strip_prefix("  - [ ] ") {
            self.answers.push((false, answer.to_owned()));
        } else if let Some(answer) = text.strip_prefix("  - [x] ") {
            self.answers.push((true, answer.to_owned()));
        } else if let Some(entry) = text.strip_prefix("- ") {
            self.entries.push(self.entry(line, entry)?);
        } else if let (Some(more), Some(entry)) = (text.strip_prefix("  "), self.entries.last_mut())
        {
            go_on(&mut entry.value, more.trim_start());
        } else {
            go_on(&mut self.words, text);
        }
        Ok(())
    }

    fn set(&mut self, line: usize, ground: StepScene<'a>) -> Result<(), LessonError> {
        match self.ground.replace(ground) {
            None => Ok(()),
            Some(_) => Err(at(line, LessonErrorKind::SecondScene)),
        }
    }

    fn entry(&self, line: usize, text: &str) -> Result<StepEntry, LessonError> {
        let (key, value) = text.split_once(": ").ok_or(at(line, unknown(text)))?;
        let known = KEYS.into_iter().find(|&known| known == key);
        let key = known.ok_or(at(line, unknown(key)))?;
        if key != "check" && self.entries.iter().any(|entry| entry.key == key) {
            return Err(at(line, LessonErrorKind::Twice(key)));
        }
        Ok(StepEntry { line, key, value: value.to_owned() })
    }

    fn finish(mut self) -> Result<LessonStep<'a>, LessonError> {
        let line = self.line;
        let ground = self.ground.ok_or(at(line, LessonErrorKind::NoScene))?;
        if self.words.is_empty() {
            return Err(at(line, LessonErrorKind::NoWords));
        }
        let time = self.read("at", "instant", instant)?;
        let speed = self.read("speed", "duration", duration)?;
        let selected = self.read("select", "process or message", target)?;
        let task = self.task()?;
        let (checks, left): (Vec<_>, Vec<_>) =
            self.entries.into_iter().partition(|entry| entry.key == "check");
        if let Some(entry) = left.first() {
            return Err(at(entry.line, LessonErrorKind::OutOfPlace(entry.key)));
        }
        let checks = checks.into_iter().map(|entry| entry.value).collect();
        let (title, words) = (self.title, self.words);
        Ok(LessonStep { line, title, ground, at: time, speed, selected, words, task, checks })
    }

    fn task(&mut self) -> Result<StepTask, LessonError> {
        let Some(awaited) = self.read("do", "action", AwaitedCommand::read)? else {
            return self.question().map(StepTask::Question);
        };
        let is_next = awaited == AwaitedCommand::Next;
        let then = if is_next { String::new() } else { self.need("then")? };
        match self.answers.len() {
            0 => Ok(StepTask::Act { awaited, then }),
            _ => Err(at(self.line, LessonErrorKind::Missing("ask"))),
        }
    }

    fn question(&mut self) -> Result<Question, LessonError> {
        let line = self.line;
        let words = self.take("ask").ok_or(at(line, LessonErrorKind::Missing("do")))?.value;
        let answers = std::mem::take(&mut self.answers);
        if !(2..=4).contains(&answers.len()) {
            return Err(at(line, LessonErrorKind::Answers(answers.len())));
        }
        let mut marked = (0..answers.len()).filter(|&place| answers[place].0);
        let right = match (marked.next(), marked.count()) {
            (Some(right), 0) => right,
            (first, more) => {
                return Err(at(line, LessonErrorKind::Right(usize::from(first.is_some()) + more)));
            }
        };
        let until = self.read("until", "instant", instant)?;
        Ok(Question {
            words,
            answers: answers.into_iter().map(|(_, answer)| answer).collect(),
            right,
            proof: self.need("answer")?,
            until: until.ok_or(at(line, LessonErrorKind::Missing("until")))?,
            when_right: self.need("right")?,
            when_wrong: self.need("wrong")?,
        })
    }

    fn take(&mut self, key: &str) -> Option<StepEntry> {
        let place = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(place))
    }

    fn need(&mut self, key: &'static str) -> Result<String, LessonError> {
        let entry = self.take(key).ok_or(at(self.line, LessonErrorKind::Missing(key)))?;
        Ok(entry.value)
    }

    fn read<T>(
        &mut self,
        key: &str,
        wanted: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, LessonError> {
        let Some(StepEntry { line, value, .. }) = self.take(key) else { return Ok(None) };
        match read(&value) {
            Some(value) => Ok(Some(value)),
            None => Err(at(line, LessonErrorKind::Unreadable { found: value, wanted })),
        }
    }
}

fn ground(words: &str) -> Result<StepScene<'static>, LessonErrorKind> {
    match (words, words.strip_prefix("preset ")) {
        ("the same", _) => Ok(StepScene::Same),
        (_, Some(name)) => match presets::find(name) {
            Some(preset) => Ok(StepScene::Preset(preset)),
            None => Err(LessonErrorKind::UnknownPreset(name.to_owned())),
        },
        (_, None) => Err(LessonErrorKind::UnknownScene(words.to_owned())),
    }
}

/// A paragraph goes on in the next line.
fn go_on(words: &mut String, more: &str) {
    if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(more);
}

/// What is wrong, and in which line, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonError {
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: LessonErrorKind,
}

/// What is wrong with a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the text of each variant describes it")]
pub enum LessonErrorKind {
    #[error("a lesson begins with `# ` and its title")]
    NoTitle,
    #[error("one line about the lesson follows its title")]
    NoAbout,
    #[error("a lesson has four to seven steps, and this one has {0}")]
    Steps(usize),
    #[error(
        "this step has no scene: write a block of `leader-election`, `Scene: preset NAME` or `Scene: the same`"
    )]
    NoScene,
    #[error("this step has a second scene")]
    SecondScene,
    #[error("`{0}` is no scene: write `Scene: preset NAME` or `Scene: the same`")]
    UnknownScene(String),
    #[error("the first step has nothing to go on with")]
    NothingBefore,
    #[error("there is no preset named `{0}`")]
    UnknownPreset(String),
    #[error("the block that opens here is not closed")]
    BlockOpen,
    #[error("the script cannot be read: {0}")]
    Script(String),
    #[error("this step says nothing")]
    NoWords,
    #[error("`{0}` is no entry of a step")]
    UnknownEntry(String),
    #[error("`{0}` is given twice")]
    Twice(&'static str),
    #[error("this step has no `- {0}: …`")]
    Missing(&'static str),
    #[error("`- {0}: …` means nothing here")]
    OutOfPlace(&'static str),
    #[error("`{found}` is no {wanted}")]
    Unreadable { found: String, wanted: &'static str },
    #[error("a question has two to four answers, and this one has {0}")]
    Answers(usize),
    #[error("one answer is right, marked by `[x]`; here it is {0}")]
    Right(usize),
}

/// `line 7: …`
impl fmt::Display for LessonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}

/// The action that a step waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwaitedCommand {
    /// Reads on.
    Next,
    /// Plays, or goes in any other way, to this instant.
    Play(Time),
    /// Goes on by one event.
    Step,
    /// Adds this fault.
    AddFault(Fault),
    /// Changes the algorithm to this one.
    Algorithm(Algorithm),
    /// Selects this.
    Select(Target),
    /// Asks why.
    Why,
    /// Adds faults of the reader's choice, and plays to where two processes lead. This one would do.
    Split(Fault),
    /// Opens the search.
    Search,
}

impl AwaitedCommand {
    /// As a lesson writes it: `next`, `play 250ms`, `step`, `why`, `search`, `select 3`, `algorithm …`,
    /// `split brain by …` with a fault that does it, or a fault as a script writes it.
    pub(super) fn read(words: &str) -> Option<Self> {
        match words.split_once(' ') {
            None if words == "next" => Some(Self::Next),
            None if words == "step" => Some(Self::Step),
            None if words == "why" => Some(Self::Why),
            None if words == "search" => Some(Self::Search),
            Some(("play", instant)) => self::instant(instant).map(Self::Play),
            Some(("select", what)) => target(what).map(Self::Select),
            Some(("algorithm", _)) => Some(Self::Algorithm(line(words)?.algorithm.clone())),
            _ => match words.strip_prefix("split brain by ") {
                Some(words) => fault(words).map(Self::Split),
                None => fault(words).map(Self::AddFault),
            },
        }
    }
}

/// An instant as a script writes it.
pub(super) fn instant(words: &str) -> Option<Time> {
    line(&format!("at {words} heal"))?.timeline.first().map(|entry| entry.first())
}

pub(super) fn duration(words: &str) -> Option<Duration> {
    Some(line(&format!("wait alive {words}"))?.timeouts.alive)
}

/// A process by its rank, a message by its name, or `cut`, which splits the network.
pub(super) fn target(words: &str) -> Option<Target> {
    if words == "cut" {
        return Some(Target::Partition);
    }
    if let Some(rank) = words.parse().ok().and_then(Rank::new) {
        return Some(Target::Process(rank));
    }
    match line(&format!("message {words} lost"))?.overrides.first()? {
        Override::Message { name, .. } => Some(Target::Message(*name)),
        Override::Timer { .. } => None,
    }
}

fn fault(words: &str) -> Option<Fault> {
    line(&format!("at 0ms {words}"))?.timeline.first()?.fault().cloned()
}

/// One line of a script, of as many processes as there can be, and with the heartbeats that some
/// algorithms need.
fn line(line: &str) -> Option<Scenario> {
    let head = "processes 64\ndetector heartbeat every 100ms timeout 350ms";
    script::parse(&format!("{head}\n{line}")).ok()
}
