//! The model of the search panel: what is asked, how far the search is, and what it found, in words.

use super::Document;
use crate::narration;
use crate::narration::{grouped, sentence};
use crate::scenario::script::{field, format_expectation};
use crate::scenario::{MoveKind, Scenario, ScenarioPart};
use crate::search::{MoveRules, SearchProgress, USUAL};
use crate::time::Duration;
use crate::tools::QuestionPhase;
use crate::tools::{
    SearchAnswer, SearchDanger, SearchReply, SearchRequest, SearchSubject, ToolsRequest,
};

/// The largest number of moves together that the panel offers.
pub const MOST_TOGETHER: u8 = 3;

/// A number for each kind of move.
pub type MoveCounts = [u64; MoveKind::ALL.len()];

/// The state of the panel.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchPanel {
    subject: SearchSubject,
    /// Which kinds are tried.
    kinds: [bool; MoveKind::ALL.len()],
    /// How many moves together at most.
    pub most: u8,
    /// The durations of faults, as they are typed; nothing for the scenario's own.
    durations: String,
    /// How many moves of each kind there are, once they are counted.
    counts: Option<MoveCounts>,
    /// The last search.
    pub search: Option<PanelSearch>,
    /// The script of the answer that is explained.
    explained: Option<String>,
}

/// A search of the panel.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelSearch {
    /// The script that is searched.
    text: String,
    kinds: [bool; MoveKind::ALL.len()],
    most: u8,
    /// The number of single moves, once it is known.
    singles: Option<u64>,
    pub phase: QuestionPhase,
    /// The last reply; its answers are in `answers`.
    reply: Option<SearchReply>,
    /// The mildest first.
    pub answers: Vec<SearchAnswer>,
    /// The browser's clock at the start and at the last reply, in milliseconds.
    began: f64,
    heard: f64,
    /// The same clock when the sets of the present number of moves began.
    level_began: f64,
}

/// A change of the panel.
#[derive(Clone, Debug, PartialEq)]
pub enum SearchAction {
    Subject(SearchSubject),
    Toggle(MoveKind),
    Most(u8),
    /// As they are typed.
    Durations(String),
    /// The number of moves of kinds, by name.
    Counted(Vec<(String, u64)>),
    /// A search of this script begins. `now` is the browser's clock in milliseconds, here and below.
    Begin {
        text: String,
        now: f64,
    },
    Hear {
        reply: SearchReply,
        is_last: bool,
        now: f64,
    },
    Fail(String),
    Stop,
    /// Shows or hides the explanation of the answer with this script.
    Explain(String),
}

impl Default for SearchPanel {
    fn default() -> Self {
        let is_usual = |kind: &MoveKind| {
            matches!(kind, MoveKind::Crash | MoveKind::Pause | MoveKind::Cut | MoveKind::Lose)
        };
        let mut kinds = [false; MoveKind::ALL.len()];
        MoveKind::ALL.iter().filter(|kind| is_usual(kind)).for_each(|&k| kinds[k as usize] = true);
        Self {
            subject: SearchSubject::NoSplitBrain,
            kinds,
            most: 2,
            durations: String::new(),
            counts: None,
            search: None,
            explained: None,
        }
    }
}

/// A kind of move in the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchKind {
    pub kind: MoveKind,
    pub is_on: bool,
    /// How many moves of it there are, once that is known.
    pub count: Option<u64>,
}

impl SearchPanel {
    #[must_use]
    pub fn apply(&self, action: SearchAction) -> Self {
        let mut next = self.clone();
        match action {
            SearchAction::Subject(subject) => next.subject = subject,
            SearchAction::Toggle(kind) => next.kinds[kind as usize] ^= true,
            SearchAction::Most(most) => next.most = most.clamp(1, MOST_TOGETHER),
            SearchAction::Durations(text) => next.durations = text,
            SearchAction::Counted(named) => next.count(&named),
            SearchAction::Begin { text, now } => next.begin(text, now),
            SearchAction::Hear { reply, is_last, now } => {
                if let Some(search) = &mut next.search {
                    search.hear(reply, is_last, now);
                }
            }
            SearchAction::Fail(words) => next.end(QuestionPhase::Failed(words)),
            SearchAction::Stop => next.end(QuestionPhase::Stopped),
            SearchAction::Explain(script) => {
                let is_shown = next.explained.as_ref() == Some(&script);
                next.explained = (!is_shown).then_some(script);
            }
        }
        next
    }

    fn count(&mut self, named: &[(String, u64)]) {
        let mut counts = MoveCounts::default();
        for (name, count) in named {
            if let Some(kind) = MoveKind::named(name) {
                counts[kind as usize] = *count;
            }
        }
        self.counts = Some(counts);
        if let Some(search) = &mut self.search {
            search.singles = search.singles.or(Some(sum(&counts, &search.kinds)));
        }
    }

    fn begin(&mut self, text: String, now: f64) {
        self.explained = None;
        self.search = Some(PanelSearch {
            text,
            kinds: self.kinds,
            most: self.most,
            singles: self.sum(),
            phase: QuestionPhase::Running,
            reply: None,
            answers: Vec::new(),
            began: now,
            heard: now,
            level_began: now,
        });
    }

    fn end(&mut self, phase: QuestionPhase) {
        if let Some(search) = self.search.as_mut().filter(|it| it.phase == QuestionPhase::Running) {
            search.phase = phase;
        }
    }

    pub fn is_running(&self) -> bool {
        self.search.as_ref().is_some_and(|search| search.phase == QuestionPhase::Running)
    }

    /// Why nothing can be searched.
    pub fn problem(&self) -> Option<String> {
        match self.durations() {
            Err(problem) => Some(problem),
            Ok(_) if !self.kinds.contains(&true) => {
                Some("Choose a kind of fault first.".to_owned())
            }
            Ok(_) => None,
        }
    }

    /// The durations of faults; none for the scenario's own.
    ///
    /// # Errors
    /// A sentence that says why they cannot be read.
    pub fn durations(&self) -> Result<Vec<Duration>, String> {
        let texts = self.durations.split(',').map(str::trim).filter(|text| !text.is_empty());
        texts
            .map(field::duration)
            .collect::<Result<_, _>>()
            .map_err(|problem| sentence(&problem.to_string()))
    }

    /// The text of the field: what is typed, or the scenario's own durations.
    pub fn durations_text(&self, scenario: &Scenario) -> String {
        match self.durations.trim() {
            "" => {
                let own = MoveRules::of(scenario).durations;
                own.iter().map(Duration::to_string).collect::<Vec<_>>().join(", ")
            }
            typed => typed.to_owned(),
        }
    }

    pub fn is_explained(&self, answer: &SearchAnswer) -> bool {
        self.explained.as_ref() == Some(&answer.script)
    }

    /// What is asked; an expectation that the scenario no longer has is replaced.
    pub fn subject(&self, scenario: &Scenario) -> SearchSubject {
        let choices = subjects(scenario);
        if choices.contains(&self.subject) { self.subject } else { SearchSubject::NoSplitBrain }
    }

    pub fn request(&self, document: &Document) -> ToolsRequest {
        let kinds = self.rows().filter(|row| row.is_on);
        ToolsRequest::Search(SearchRequest {
            script: document.text().to_owned(),
            subject: self.subject(document.scenario()),
            kinds: kinds.map(|row| row.kind.name().to_owned()).collect(),
            most: self.most,
            durations: self.durations().unwrap_or_default(),
        })
    }

    /// The kinds, the severest first.
    pub fn rows(&self) -> impl Iterator<Item = SearchKind> {
        MoveKind::ALL.iter().rev().map(|&kind| SearchKind {
            kind,
            is_on: self.kinds[kind as usize],
            count: self.counts.map(|counts| counts[kind as usize]),
        })
    }

    fn sum(&self) -> Option<u64> {
        self.counts.map(|counts| sum(&counts, &self.kinds))
    }

    /// `268 faults on`; empty until the moves are counted.
    pub fn sum_words(&self) -> String {
        match self.sum() {
            None => String::new(),
            Some(1) => "1 fault on".to_owned(),
            Some(count) => format!("{} faults on", grouped(count)),
        }
    }
}

fn sum(counts: &MoveCounts, kinds: &[bool; MoveKind::ALL.len()]) -> u64 {
    counts.iter().zip(kinds).filter(|(_, is_on)| **is_on).map(|(count, _)| count).sum()
}

/// The questions about a scenario, the usual one first.
pub fn subjects(scenario: &Scenario) -> Vec<SearchSubject> {
    let expectations = &scenario.expectations;
    let others = (0_u32..).zip(expectations).filter(|(_, expectation)| **expectation != USUAL);
    let mut all = vec![SearchSubject::NoSplitBrain];
    if expectations.len() > 1 {
        all.push(SearchSubject::All);
    }
    all.extend(others.map(|(place, _)| SearchSubject::One(place)));
    all
}

/// A subject as a question.
pub fn question(scenario: &Scenario, subject: SearchSubject) -> String {
    match subject {
        SearchSubject::NoSplitBrain => "Can two processes lead at once?".to_owned(),
        SearchSubject::All => "Can any expectation be violated?".to_owned(),
        SearchSubject::One(place) => {
            format!("Can “{}” be violated?", narration::expectation(scenario, place as usize))
        }
    }
}

/// The line of the script that a subject is about.
pub fn subject_hint(document: &Document, subject: SearchSubject) -> String {
    let scenario = document.scenario();
    let place = match subject {
        SearchSubject::All => {
            let count = scenario.expectations.len();
            return format!(
                "Looks for runs that violate any of the script’s {count} expectations."
            );
        }
        SearchSubject::NoSplitBrain => scenario.expectations.iter().position(|it| *it == USUAL),
        SearchSubject::One(place) => Some(place as usize),
    };
    let line = place.and_then(|it| document.script().lines.of(ScenarioPart::Expectation(it)));
    let words = place.map(|place| format_expectation(scenario, place));
    let words = words.unwrap_or_else(|| "expect no split brain".to_owned());
    let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
    format!("Looks for runs that violate “{words}”{line}.")
}

impl PanelSearch {
    fn hear(&mut self, mut reply: SearchReply, is_last: bool, now: f64) {
        if let Some(answers) = reply.answers.take() {
            self.answers = answers;
        }
        if reply.progress.level != self.progress().level {
            self.level_began = now;
        }
        self.reply = Some(reply);
        self.heard = now;
        if is_last {
            self.phase = QuestionPhase::Done;
        }
    }

    /// Whether the search is about this document, or about the one before an answer was opened.
    pub fn is_about(&self, document: &Document) -> bool {
        self.text == document.text() || self.answers.iter().any(|it| it.script == document.text())
    }

    fn progress(&self) -> SearchProgress {
        self.reply.as_ref().map(|reply| reply.progress).unwrap_or_default()
    }

    fn finished(&self) -> usize {
        self.reply.as_ref().map_or(0, |reply| reply.finished.into())
    }

    /// How much of the sets of the present number of moves is tried, in percent.
    fn share(&self) -> Option<u64> {
        let progress = self.progress();
        let all = progress.first_moves.or(self.singles).filter(|&all| all > 0);
        all.map(|all| (progress.tried * 100 / all).min(100))
    }

    /// How much of the sets of each number of moves is tried, in percent.
    pub fn pieces(&self) -> Vec<u64> {
        let (level, finished) = (self.progress().level, self.finished());
        let piece = |size: usize| match size {
            size if size <= finished => 100,
            size if size == level => self.share().unwrap_or_default(),
            _ => 0,
        };
        (1..=usize::from(self.most)).map(piece).collect()
    }

    /// What is tried, in a sentence.
    pub fn words(&self) -> String {
        let tried = self.tried();
        match &self.phase {
            QuestionPhase::Running => tried,
            QuestionPhase::Stopped => format!("Stopped. {tried}"),
            QuestionPhase::Failed(words) => words.clone(),
            QuestionPhase::Done => {
                let is_early = !self.answers.is_empty() && self.share().is_some_and(|it| it < 100);
                let ends = if is_early { " Enough is found." } else { "" };
                format!("{tried}{ends}")
            }
        }
    }

    fn tried(&self) -> String {
        let (level, finished) = (self.progress().level, self.finished());
        let all = match self.progress().first_moves.or(self.singles) {
            Some(1) => "The only fault".to_owned(),
            Some(count) => format!("All {} single faults", grouped(count)),
            None => "All single faults".to_owned(),
        };
        if finished == level {
            return match (level, &self.phase) {
                (0, QuestionPhase::Done) => "The run is tried without a fault.".to_owned(),
                (0, _) => "Nothing is finished yet.".to_owned(),
                (1, _) => format!("{all} tried."),
                (2, _) => format!("{all} and all pairs tried."),
                _ => "All sets of up to three faults tried.".to_owned(),
            };
        }
        match (level, self.share(), self.singles) {
            (1, Some(100), _) => format!("{all} tried."),
            (1, Some(share), Some(count)) => {
                format!("{share} % of the {} single faults tried.", grouped(count))
            }
            (1, ..) => format!("{} single faults tried.", grouped(self.progress().tried)),
            (2, share, _) => format!("{all} tried; {} % of the pairs.", share.unwrap_or_default()),
            (_, share, _) => {
                let share = share.unwrap_or_default();
                format!("All single faults and pairs tried; {share} % of the sets of three.")
            }
        }
    }

    /// The speed of a search that runs, or what it took.
    pub fn effort(&self) -> String {
        let SearchProgress { runs, events, .. } = self.progress();
        let milliseconds = (self.heard - self.began).max(1.0) as u64;
        let runs = match runs {
            1 => "1 run".to_owned(),
            runs => format!("{} runs", grouped(runs)),
        };
        match (self.phase == QuestionPhase::Running, events) {
            (_, 0) => String::new(),
            (false, _) => runs,
            (true, _) => {
                let rate = rate(events * 1_000 / milliseconds);
                format!("{runs}; {rate}{}", self.left().unwrap_or_default())
            }
        }
    }

    /// How long the rest of the largest sets takes if it goes on like this; nothing before that can be said.
    fn left(&self) -> Option<String> {
        let SearchProgress { level, tried, first_moves, .. } = self.progress();
        let all = first_moves.or(self.singles)?;
        let is_telling = level == usize::from(self.most) && tried * 20 >= all && tried < all;
        let took = self.heard - self.level_began;
        let seconds = took / 1_000.0 * (all.saturating_sub(tried)) as f64 / tried.max(1) as f64;
        let words = match seconds.ceil() as u64 {
            seconds @ 0..100 => format!("; about {seconds} s left"),
            seconds => format!("; about {} min left", seconds.div_ceil(60)),
        };
        is_telling.then_some(words)
    }

    /// `2 answers so far, mildest first`; empty before the search has ended without an answer.
    pub fn heading(&self) -> String {
        let so_far = if self.phase == QuestionPhase::Running { " so far" } else { "" };
        match self.answers.len() {
            0 => String::new(),
            1 => format!("1 answer{so_far}"),
            count => format!("{count} answers{so_far}, mildest first"),
        }
    }

    /// What was tried and violates nothing, and what is not finished.
    pub fn promise(&self) -> Option<(&str, Option<&'static str>)> {
        let reply = self.reply.as_ref().filter(|reply| reply.finished > 0)?;
        let is_all = reply.progress.is_done && self.answers.is_empty();
        let open = match reply.finished {
            _ if is_all => None,
            1 => Some("The pairs are not finished."),
            _ => Some("The sets of three are not finished."),
        };
        Some((&reply.promise, open))
    }

    /// What a screen reader hears: that something was found, and the end.
    pub fn status(&self) -> String {
        match (&self.phase, self.answers.len()) {
            (QuestionPhase::Running, 0) => "Searching.".to_owned(),
            (QuestionPhase::Running, _) => "An answer is found.".to_owned(),
            (QuestionPhase::Stopped, _) => "The search is stopped.".to_owned(),
            (QuestionPhase::Done, 0) => "The search has ended and found nothing.".to_owned(),
            (QuestionPhase::Done, 1) => "The search has ended with 1 answer.".to_owned(),
            (QuestionPhase::Done, count) => format!("The search has ended with {count} answers."),
            // The sentence itself is an alert.
            (QuestionPhase::Failed(_), _) => String::new(),
        }
    }
}

fn rate(events: u64) -> String {
    match events {
        0..1_000 => format!("{events} events a second"),
        1_000..1_000_000 => format!("{},000 events a second", events / 1_000),
        _ => format!("{}.{} M events a second", events / 1_000_000, events / 100_000 % 10),
    }
}

/// The picture of a danger interval, in pixels from the left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DangerTrack {
    /// Where the interval begins and ends.
    pub from: f64,
    pub to: f64,
    /// Whether it goes on to the right.
    pub is_open: bool,
    /// The duration of the answer; none for good.
    pub own: Option<f64>,
}

impl DangerTrack {
    pub const WIDTH: f64 = 206.0;

    /// The track is twice as long as the duration that was tried, and one second at least.
    pub fn new(danger: &SearchDanger) -> Self {
        let own = danger.span.unwrap_or(danger.from);
        let whole = (own.as_us() * 2).max(1_000_000) as f64;
        let place = |span: Duration| (span.as_us() as f64 / whole * Self::WIDTH).min(Self::WIDTH);
        let end = danger.to.filter(|to| !danger.is_again_beyond && to.as_us() as f64 <= whole);
        Self {
            from: place(danger.from),
            to: end.map_or(Self::WIDTH, place),
            is_open: end.is_none(),
            own: danger.span.map(place),
        }
    }
}
