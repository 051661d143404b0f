//! The model of the panel *What if*: which settings are varied, and what is asked of them.

mod panel_sweep;

pub use panel_sweep::{PanelSweep, WhatIfRow};

use super::Document;
use crate::election::Algorithm;
use crate::narration::{sentence, uncapitalised};
use crate::scenario::script::format_setting;
use crate::scenario::{Scenario, Setting};
use crate::sweep::{SweepError, SweepQuestion, SweepRange, SweepSetting, SweepValue};
use crate::time::Duration;
use crate::tools::QuestionPhase;
use crate::tools::{SweepReply, SweepRequest, ToolsRequest};
use std::rc::Rc;

/// The seeds of one setting, and of two, which have many more values.
const SEEDS: [&str; 2] = ["200", "40"];

/// The state of the panel.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIfPanel {
    /// One setting or two.
    pub varied: Vec<VariedSetting>,
    /// As it is typed.
    pub seeds: String,
    /// Why this cannot be asked.
    pub problem: Option<String>,
    /// The last sweep.
    pub sweep: Option<Rc<PanelSweep>>,
    /// The cell that is read off.
    pub hovered: Option<usize>,
    /// Whether the table is shown in place of the chart.
    pub has_table: bool,
}

/// A setting with its range, as the fields have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariedSetting {
    /// As `SweepSetting::named` reads it.
    pub name: String,
    pub range: RangeText,
}

/// The text of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RangeText {
    Steps { from: String, to: String, step: String },
    List(String),
}

/// A field of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeField {
    From,
    To,
    Step,
    List,
}

/// A change of the panel.
#[derive(Clone, Debug, PartialEq)]
pub enum WhatIfAction {
    /// Varies these settings.
    Vary(Vec<VariedSetting>),
    /// A text is typed into the field of a setting, by its place.
    Range(usize, RangeField, String),
    Seeds(String),
    /// A sweep of this script begins. `now` is the browser's clock in milliseconds, here and below.
    Begin {
        text: String,
        question: Box<SweepQuestion>,
        now: f64,
    },
    /// What is typed cannot be asked.
    Refuse(String),
    Hear {
        reply: SweepReply,
        is_last: bool,
        now: f64,
    },
    Fail(String),
    Stop,
    Hover(Option<usize>),
    ToggleTable,
}

impl WhatIfPanel {
    /// Varies this setting if the document can have it, else the first that it can have.
    pub fn new(document: &Document, wanted: Option<SweepSetting>) -> Self {
        let all = SweepSetting::possible(document.script());
        let first = wanted.filter(|it| all.contains(it)).or(all.first().copied());
        Self {
            varied: first.into_iter().filter_map(|it| VariedSetting::usual(it, document)).collect(),
            seeds: document.scenario().seeds.to_string(),
            problem: None,
            sweep: None,
            hovered: None,
            has_table: false,
        }
    }

    /// The same range under two algorithms: the document's own and this one.
    #[must_use]
    pub fn against(mut self, document: &Document, other: &Algorithm) -> Self {
        self.varied.truncate(1);
        self.varied.push(VariedSetting::algorithms(document, other));
        self
    }

    #[must_use]
    pub fn apply(&self, action: WhatIfAction) -> Self {
        let mut next = self.clone();
        match action {
            WhatIfAction::Vary(varied) => next.vary(varied),
            WhatIfAction::Range(place, field, text) => {
                if let Some(varied) = next.varied.get_mut(place) {
                    varied.range.write(field, text);
                }
            }
            WhatIfAction::Seeds(text) => next.seeds = text,
            WhatIfAction::Begin { text, question, now } => {
                next.problem = None;
                next.hovered = None;
                next.sweep = Some(Rc::new(PanelSweep::new(text, *question, now)));
            }
            WhatIfAction::Refuse(words) => next.problem = Some(words),
            WhatIfAction::Hear { reply, is_last, now } => {
                if let Some(sweep) = next.sweep.as_mut().map(Rc::make_mut) {
                    sweep.hear(reply, is_last, now);
                }
            }
            WhatIfAction::Fail(words) => next.end(QuestionPhase::Failed(words)),
            WhatIfAction::Stop => next.end(QuestionPhase::Stopped),
            WhatIfAction::Hover(cell) => next.hovered = cell,
            WhatIfAction::ToggleTable => next.has_table ^= true,
        }
        next
    }

    fn vary(&mut self, varied: Vec<VariedSetting>) {
        // The reader's own number stays.
        if SEEDS.contains(&&*self.seeds) {
            self.seeds = SEEDS[usize::from(varied.len() > 1)].to_owned();
        }
        self.varied = varied;
    }

    fn end(&mut self, phase: QuestionPhase) {
        if let Some(sweep) = self.sweep.as_mut().filter(|sweep| sweep.is_running()) {
            Rc::make_mut(sweep).phase = phase;
        }
    }

    pub fn is_running(&self) -> bool {
        self.sweep.as_ref().is_some_and(|sweep| sweep.is_running())
    }

    /// The question of the fields about a document.
    ///
    /// # Errors
    /// A sentence that says why it cannot be asked.
    pub fn question(&self, document: &Document) -> Result<SweepQuestion, String> {
        let seeds = self.seeds.trim().parse().map_err(|_| {
            format!("“{}” is no number of seeds; write a number such as 200.", self.seeds)
        })?;
        let ranges: Vec<String> = self.varied.iter().map(|it| it.range.written()).collect();
        let varied: Vec<(&str, &str)> =
            self.varied.iter().map(|it| &*it.name).zip(ranges.iter().map(|it| &**it)).collect();
        SweepQuestion::read(document.script(), &varied, seeds)
            .map_err(|problem: SweepError| sentence(&problem.to_string()))
    }

    /// The request to the worker for this question.
    pub fn request(&self, document: &Document, question: &SweepQuestion) -> ToolsRequest {
        let varied = self.varied.iter().map(|it| (it.name.clone(), it.range.written()));
        ToolsRequest::Sweep(SweepRequest {
            script: document.text().to_owned(),
            varied: varied.collect(),
            seeds: question.seeds,
        })
    }

    /// `What if the heartbeat timeout were different?`
    pub fn title(&self, document: &Document) -> String {
        let settings = self.varied.iter().filter_map(|it| it.setting(document));
        asked(&settings.collect::<Vec<_>>(), document.scenario())
    }

    /// The settings to choose from at a place, by name with their labels.
    pub fn choices(&self, document: &Document, place: usize) -> Vec<(String, String)> {
        let others = self.varied.iter().enumerate().filter(|(other, _)| *other != place);
        let others: Vec<&str> = others.map(|(_, it)| &*it.name).collect();
        let all = SweepSetting::possible(document.script()).into_iter();
        let named = all.map(|it| (it.to_string(), it.label(document.scenario())));
        let mut named: Vec<(String, String)> =
            named.filter(|(name, _)| !others.contains(&&**name)).collect();
        // One that the document no longer has stays until another is chosen.
        if let Some(own) = self.varied.get(place).filter(|it| named.iter().all(|n| n.0 != it.name))
        {
            named.push((own.name.clone(), own.name.clone()));
        }
        named
    }

    /// The hints of the script, each with its line: they may say why the numbers are what they are.
    pub fn hints(document: &Document) -> Vec<String> {
        document.script().hints().iter().map(|hint| sentence(&hint.to_string())).collect()
    }

    /// Varies another setting at a place.
    pub fn choosing(&self, document: &Document, place: usize, name: &str) -> Option<WhatIfAction> {
        let setting = SweepSetting::named(name, document.script()).ok()?;
        let mut varied = self.varied.clone();
        *varied.get_mut(place)? = VariedSetting::usual(setting, document)?;
        Some(WhatIfAction::Vary(varied))
    }

    /// Varies a second setting too: the latency where it is possible, since it decides most together with another.
    pub fn adding(&self, document: &Document) -> Option<WhatIfAction> {
        let [first] = &*self.varied else { return None };
        let all = SweepSetting::possible(document.script());
        let others = all.into_iter().filter(|it| it.to_string() != first.name);
        let second = others.min_by_key(|it| *it != SweepSetting::Latency)?;
        let second = VariedSetting::usual(second, document)?;
        Some(WhatIfAction::Vary(vec![first.clone(), second]))
    }

    /// Varies the first setting alone.
    pub fn removing(&self) -> WhatIfAction {
        WhatIfAction::Vary(self.varied.iter().take(1).cloned().collect())
    }
}

/// What a sweep of these settings asks.
pub fn asked(settings: &[SweepSetting], scenario: &Scenario) -> String {
    let concepts: Vec<String> =
        settings.iter().map(|setting| concept(*setting, scenario)).collect();
    match &*concepts {
        [] => "What if".to_owned(),
        concepts => format!("What if the {} were different?", concepts.join(" and the ")),
    }
}

/// A setting in a question: `heartbeat timeout`.
fn concept(setting: SweepSetting, scenario: &Scenario) -> String {
    match setting {
        SweepSetting::Processes => "number of processes".to_owned(),
        SweepSetting::Alternates => "number of alternates".to_owned(),
        SweepSetting::Timeout
        | SweepSetting::Every
        | SweepSetting::WaitAlive
        | SweepSetting::WaitElected
        | SweepSetting::Latency
        | SweepSetting::Loss
        | SweepSetting::Duplicate
        | SweepSetting::Algorithm
        | SweepSetting::Preempt
        | SweepSetting::Quorum
        | SweepSetting::LineAt(_)
        | SweepSetting::LineFor(_) => uncapitalised(&setting.label(scenario)),
    }
}

impl VariedSetting {
    /// With the range about the scenario's own value.
    fn usual(setting: SweepSetting, document: &Document) -> Option<Self> {
        let range = SweepRange::usual(setting, document.scenario()).ok()?;
        Some(Self { name: setting.to_string(), range: RangeText::of(range.values()) })
    }

    /// The document's own algorithm and another one.
    fn algorithms(document: &Document, other: &Algorithm) -> Self {
        let own = &document.scenario().algorithm;
        let written = [own, other].map(|it| format_setting(&Setting::Algorithm(it.clone())));
        let name = SweepSetting::Algorithm.to_string();
        Self { name, range: RangeText::List(written.join(", ")) }
    }

    fn setting(&self, document: &Document) -> Option<SweepSetting> {
        SweepSetting::named(&self.name, document.script()).ok()
    }
}

impl RangeText {
    /// Steps where the values are evenly spaced.
    fn of(values: &[SweepValue]) -> Self {
        let positions: Option<Vec<u64>> = values.iter().map(SweepValue::position).collect();
        if let ([first, second, .., last], Some(positions)) = (values, positions) {
            let apart: Vec<u64> = positions.windows(2).map(|pair| pair[1] - pair[0]).collect();
            if apart.windows(2).all(|pair| pair[0] == pair[1]) {
                let step = match (first, second) {
                    (SweepValue::Span(first), SweepValue::Span(second)) => {
                        Duration::us(second.as_us() - first.as_us()).to_string()
                    }
                    (SweepValue::Rate(_), _) => {
                        format!("{}%", apart.first().map_or(1.0, |&ppm| ppm as f64 / 10_000.0))
                    }
                    (_, _) => apart.first().copied().unwrap_or(1).to_string(),
                };
                return Self::Steps { from: first.to_string(), to: last.to_string(), step };
            }
        }
        let words: Vec<String> = values.iter().map(ToString::to_string).collect();
        Self::List(words.join(", "))
    }

    /// As `SweepRange::read` reads it.
    fn written(&self) -> String {
        match self {
            Self::Steps { from, to, step } => {
                format!("{}..{}/{}", from.trim(), to.trim(), step.trim())
            }
            Self::List(list) => list.clone(),
        }
    }

    fn write(&mut self, field: RangeField, text: String) {
        match (self, field) {
            (Self::Steps { from, .. }, RangeField::From) => *from = text,
            (Self::Steps { to, .. }, RangeField::To) => *to = text,
            (Self::Steps { step, .. }, RangeField::Step) => *step = text,
            (Self::List(list), RangeField::List) => *list = text,
            (Self::Steps { .. }, RangeField::List)
            | (Self::List(_), RangeField::From | RangeField::To | RangeField::Step) => {}
        }
    }
}
