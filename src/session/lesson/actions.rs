//! The actions on a lesson, and which other actions are refused because they would show an answer; the instruction for
//! the command that a step awaits, and deviations: what the reader did instead, in words.

use crate::election::Algorithm;
use crate::lessons::AwaitedCommand;
use crate::narration::request_fault;
use crate::scenario::{Fault, FaultKind, Scenario, TimelineEntry};
use crate::session::action::{HIDDEN, LessonAction};
use crate::session::keys::spoken;
use crate::session::lesson::{LessonProgress, base};
use crate::session::{Action, Command, Dialog, Panel, Playback, Screen, State, Tab};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank};
use crate::view::Target;
use std::collections::BTreeSet;

/// How long after the step's opening its action may come, so that the next steps still describe the run.
pub(crate) const SLACK: Duration = Duration::ms(3);

/// What the reader did instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deviation {
    /// The action was on this process.
    Process(Rank),
    /// The action was, or would be, at another instant than the step's.
    Instant,
    /// The scenario was changed in another way.
    Change,
}

impl Deviation {
    /// A sentence that says how this deviates from the step.
    pub fn sentence(self, learning: &LessonProgress, scenario: &Scenario) -> String {
        match self {
            Self::Process(rank) => {
                let chosen = scenario.called(rank);
                match learning.awaits().and_then(process) {
                    Some(wanted) => format!(
                        "You chose {chosen}, but this step asks for {}.",
                        scenario.called(wanted)
                    ),
                    None => format!("This step does not ask for {chosen}."),
                }
            }
            Self::Instant => format!(
                "This step acts at {}. At another instant, what the next steps say would not hold.",
                learning.at.spoken()
            ),
            Self::Change => {
                "You changed the scenario in a way that this step does not ask for, so \
                             what the next steps say would not hold."
                    .to_owned()
            }
        }
    }
}

/// Whether the action of a step that opened at `opened` is accepted at this instant.
pub(crate) fn is_on_time(opened: Time, at: Time) -> bool {
    (opened..=opened + SLACK).contains(&at)
}

/// The instant at which an action, by any gesture, did what is awaited; `None` if it neither did so nor
/// deviates.
///
/// # Errors
///
/// The deviation.
pub(crate) fn judge(
    learning: LessonProgress,
    awaited: &AwaitedCommand,
    before: &State,
    action: &Action,
    after: &State,
) -> Result<Option<Time>, Deviation> {
    let [was_own, is_own] = [before, after].map(|state| base(state) == learning.base);
    let (old, new) = (before.document().scenario(), after.document().scenario());
    match awaited {
        AwaitedCommand::AddFault(fault) => match happened_at(fault, old, new) {
            Some(at) if was_own && is_on_time(learning.at, at) => Ok(Some(at)),
            _ if is_own => Ok(None),
            Some(_) if was_own => Err(Deviation::Instant),
            Some(_) => Err(Deviation::Change),
            None => Err(learning.deviation.unwrap_or_else(|| instead(fault, old, new))),
        },
        AwaitedCommand::Algorithm(algorithm) => {
            let is_it = |scenario: &Scenario| has(&scenario.algorithm, algorithm);
            match is_it(new) && !is_it(old) && was_own {
                true => Ok(Some(learning.at)),
                false if is_own => Ok(None),
                false => Err(Deviation::Change),
            }
        }
        // Any change may lead there; the run shows whether it does.
        AwaitedCommand::Next | AwaitedCommand::Split(_) => Ok(None),
        _ if !is_own => Err(Deviation::Change),
        AwaitedCommand::Select(target) => match after.selected {
            Some(selected) if selected == *target => Ok(Some(learning.at)),
            Some(Target::Process(rank)) if after.selected != before.selected => {
                Err(Deviation::Process(rank))
            }
            Some(_) => learning.deviation.map_or(Ok(None), Err),
            None => Ok(None),
        },
        AwaitedCommand::Why => Ok(matches!(action, Action::Why(Some(_))).then_some(learning.at)),
        AwaitedCommand::Search => Ok((after.panel == Some(Panel::Search)).then_some(learning.at)),
        AwaitedCommand::Play(_) | AwaitedCommand::Step => Ok(None),
    }
}

/// The one process that the awaited command is about.
fn process(awaited: &AwaitedCommand) -> Option<Rank> {
    match awaited {
        AwaitedCommand::Select(Target::Process(rank)) => Some(*rank),
        AwaitedCommand::AddFault(fault) => match *fault.arguments().processes {
            [only] => Some(only),
            _ => None,
        },
        AwaitedCommand::Next
        | AwaitedCommand::Play(_)
        | AwaitedCommand::Step
        | AwaitedCommand::Algorithm(_)
        | AwaitedCommand::Select(_)
        | AwaitedCommand::Split(_)
        | AwaitedCommand::Search
        | AwaitedCommand::Why => None,
    }
}

/// Whether an algorithm is the awaited one, with each addition that is awaited; how many alternates it has does
/// not matter.
fn has(algorithm: &Algorithm, awaited: &Algorithm) -> bool {
    algorithm.kind() == awaited.kind() && algorithm.raft() == awaited.raft()
}

/// The faults that only the new timeline has, with their instants.
fn added<'a>(old: &Scenario, new: &'a Scenario) -> impl Iterator<Item = &'a TimelineEntry> {
    new.timeline.iter().filter(|entry| !old.timeline.contains(entry))
}

/// The instant of the awaited fault, if only the new scenario has it.
fn happened_at(awaited: &Fault, old: &Scenario, new: &Scenario) -> Option<Time> {
    let alike =
        |entry: &&TimelineEntry| entry.fault().is_some_and(|fault| is_alike(awaited, fault));
    added(old, new).find(alike).map(TimelineEntry::first)
}

/// The deviation: the same fault on another process, or another change.
fn instead(awaited: &Fault, old: &Scenario, new: &Scenario) -> Deviation {
    let same = |fault: &&Fault| fault.kind() == awaited.kind();
    let other = added(old, new).filter_map(TimelineEntry::fault).find(same);
    let rank = other.and_then(|fault| fault.arguments().processes.first().copied());
    rank.map_or(Deviation::Change, Deviation::Process)
}

/// A fault of other processes besides will do, and so will any healing. How long it lasts and in which
/// group does not matter.
fn is_alike(awaited: &Fault, fault: &Fault) -> bool {
    let (wanted, found) = (awaited.arguments(), fault.arguments());
    let is_in_it = |rank: &Rank| found.processes.contains(rank);
    fault.kind() == awaited.kind()
        && wanted.processes.iter().all(is_in_it)
        && sorted(&wanted.sides) == sorted(&found.sides)
        && (wanted.latency, wanted.rate) == (found.latency, found.rate)
        && (wanted.links == found.links || fault.kind() == FaultKind::Heal)
}

fn sorted(sides: &[Vec<Rank>]) -> BTreeSet<BTreeSet<Rank>> {
    sort::gather(sides.iter().map(|side| sort::gather(side.iter().copied())))
}

/// The instruction for a mouse and a keyboard, or for a finger if `coarse`.
pub(crate) fn instruction(awaited: &AwaitedCommand, scenario: &Scenario, coarse: bool) -> String {
    match awaited {
        AwaitedCommand::Next => "Read on.".to_owned(),
        AwaitedCommand::Play(to) => {
            let how = match coarse {
                true => "tap the play button".to_owned(),
                false => press(Command::PlayOrPause),
            };
            format!("Play to {}: {how}.", to.spoken())
        }
        AwaitedCommand::Step => {
            let how = match coarse {
                true => "tap the button after Play".to_owned(),
                false => press(Command::StepOn),
            };
            format!("Step forward by one event: {how}.")
        }
        AwaitedCommand::AddFault(fault) => asked(fault, scenario, coarse),
        AwaitedCommand::Algorithm(algorithm) => {
            let press = if coarse { "tap" } else { "click" };
            if algorithm.kind() == scenario.algorithm.kind() {
                return format!("Open Set-up and change the algorithm to {algorithm}.");
            }
            let title = algorithm.title();
            format!("Change the algorithm to {title}: {press} its name beside the title.")
        }
        AwaitedCommand::Select(target) => {
            let what = match target {
                Target::Process(rank) => scenario.called(*rank).to_string(),
                Target::Message(name) => {
                    let article = if name.kind == MessageKind::Heartbeat { "a" } else { "the" };
                    let (from, to) = (scenario.called(name.from), scenario.called(name.to));
                    format!("{article} {} from {from} to {to}", name.kind)
                }
                Target::Partition | Target::Handle(_) => "the cut".to_owned(),
                Target::Link(_) => "the link".to_owned(),
                Target::Timer(_) | Target::Fault(_) | Target::FaultEnd(_) => "it".to_owned(),
            };
            format!("Select {what}: {} it.", if coarse { "tap" } else { "click" })
        }
        AwaitedCommand::Split(_) => {
            "Add faults of your own, and play until two processes lead.".to_owned()
        }
        AwaitedCommand::Search => {
            let open = match coarse {
                true => "open Search in the menu".to_owned(),
                false => press(Command::Search),
            };
            format!("Search: {open}, start it, and close the panel to read on.")
        }
        AwaitedCommand::Why if coarse => "Tap Why?".to_owned(),
        AwaitedCommand::Why => format!("Press {}, or click Why?", spoken(&Command::Why)),
    }
}

/// The fault, and how to add it on the stage.
fn asked(fault: &Fault, scenario: &Scenario, coarse: bool) -> String {
    let hold = |item: &str| format!("hold it and choose {item}");
    let select = |command: Command| format!("select it and {}", press(command));
    let crash = || format!("double-click it, or {}", select(Command::CrashOrRecover));
    let request = request_fault(scenario, fault);
    let (finger, mouse) = match fault.kind() {
        FaultKind::Crash => (hold("Crash"), crash()),
        FaultKind::Recover => (hold("Recover"), crash()),
        FaultKind::Suspect => (hold("Suspect"), select(Command::Suspect)),
        FaultKind::Pause => (hold("Pause"), select(Command::PauseOrResume)),
        FaultKind::Resume => (hold("Resume"), select(Command::PauseOrResume)),
        FaultKind::Partition => (
            "hold an empty place on the stage, then draw a line across it".to_owned(),
            format!("drag a line across the stage, or {}", press(Command::Split)),
        ),
        FaultKind::Heal => (
            "hold an empty place on the stage and choose Heal everything".to_owned(),
            press(Command::Heal),
        ),
        FaultKind::Cut => ("tap it, then tap Cut".to_owned(), select(Command::Cut)),
        FaultKind::Flap | FaultKind::Latency | FaultKind::Loss => {
            return format!("{request} in Set-up.");
        }
    };
    format!("{request}: {}.", if coarse { finger } else { mouse })
}

fn press(command: Command) -> String {
    format!("press {}", spoken(&command))
}

impl State {
    pub(in crate::session) fn attend(&mut self, attend: LessonAction) {
        match (attend, self.lesson) {
            (LessonAction::Enter(place), _) => self.enter(place, self.remembered.step(place)),
            (LessonAction::EnterStep(place, step), _) => self.enter(place, step),
            (LessonAction::Restore, Some(lesson)) => {
                self.enter(lesson.place(), lesson.step_place())
            }
            (LessonAction::Answer(choice), Some(lesson)) => {
                self.lesson = Some(lesson.answer(choice))
            }
            (LessonAction::Reached(at), Some(lesson)) => {
                let reached = lesson.reached(at);
                if reached != lesson {
                    // A jump past the instant is taken back, since the words that follow are about it.
                    self.playback = Playback::Paused { at: reached.at };
                }
                self.lesson = Some(reached);
            }
            (LessonAction::Next, Some(lesson)) => self.go_on(lesson),
            (LessonAction::Back, Some(lesson)) => {
                if let Some(before) = lesson.back() {
                    self.enter(before.place(), before.step_place());
                }
            }
            (LessonAction::Leave, Some(_)) => {
                self.lesson = None;
                self.screen = Screen::Gallery;
            }
            (_, None) => {}
        }
    }

    /// Goes to the next step, to the next lesson, or back to the gallery.
    fn go_on(&mut self, lesson: LessonProgress) {
        if let Some(next) = lesson.next() {
            self.remembered.reach(next.place(), next.step_place());
            self.lesson = Some(next);
            let goes_on = base(self) == lesson.base;
            if goes_on {
                self.playback = Playback::Paused { at: lesson.at };
            }
            *self = next.opened(self, goes_on);
        } else if lesson.is_finished() {
            self.remembered.finish(lesson.place());
            self.lesson = None;
            self.enter(lesson.place() + 1, 0);
            if self.lesson.is_none() {
                self.screen = Screen::Gallery;
            }
        }
    }

    fn enter(&mut self, place: usize, step: usize) {
        if let Some(lesson) = LessonProgress::enter(place, step) {
            self.remembered.reach(place, step);
            self.lesson = Some(lesson);
            self.screen = Screen::Stage;
            *self = lesson.opened(self, false);
        }
    }

    /// Updates the lesson after an action.
    pub(in crate::session) fn tell_lesson(&mut self, before: &Self, action: &Action) {
        self.lesson = self.lesson.map(|lesson| lesson.texts(before, action, self));
    }
}

const SCRIPT: &str = "The script may tell the answer, and so may JSON, the list of faults, a search and what comes of \
     other settings: they stay closed until you have chosen one.";
const FILES: &str =
    "The pictures and logs of a run tell the answer, so they wait until you have chosen one.";
/// The notice before a step with a question.
const SOON: &str =
    "The next steps ask what comes, so this waits until you have answered their question.";
const CHANGE: &str = "Choose an answer first; then the run can be changed.";

/// Whether a panel shows faults, including those to come, or what comes of some.
const fn tells(panel: Panel) -> bool {
    match panel {
        Panel::Script | Panel::Json | Panel::Faults | Panel::Search | Panel::WhatIf => true,
        Panel::SetUp => false,
    }
}

impl State {
    /// Whether a lesson asks what comes and has no answer yet.
    pub fn hides_what_comes(&self) -> bool {
        self.lesson.is_some_and(|lesson| lesson.hides_what_comes())
    }

    /// The notice for an action that has to wait for an answer; `None` if it may be applied.
    pub(in crate::session) fn withholds(&self, action: &Action) -> Option<&'static str> {
        let lesson = self.lesson?;
        if lesson.ends_at().is_some() {
            let shows_all = matches!(
                action,
                Action::Show(Screen::Compare(_))
                    | Action::Dialog(Some(Dialog::Share | Dialog::Embed))
            );
            return shows_all.then_some(SOON);
        }
        if !lesson.hides_what_comes() {
            return None;
        }
        match action {
            Action::Play { .. } | Action::PlayBySteps { .. } => Some(HIDDEN),
            Action::Pause { at: to } | Action::Seek { to, .. } => {
                (*to > lesson.at).then_some(HIDDEN)
            }
            Action::Show(Screen::Compare(_)) | Action::Preview(Some(_)) => Some(HIDDEN),
            Action::Panel(Some(panel)) if tells(*panel) => Some(SCRIPT),
            Action::Dialog(Some(Dialog::Share | Dialog::Embed)) => Some(FILES),
            Action::Tab(Tab::Panel) if self.panel.is_none() => Some(SCRIPT),
            Action::Change(_)
            | Action::Drag(_)
            | Action::Type(_)
            | Action::ReplaceScenario(_)
            | Action::Write { .. }
            | Action::Disable { .. }
            | Action::Undo
            | Action::Redo
            | Action::Reset => Some(CHANGE),
            Action::Show(_)
            | Action::Panel(_)
            | Action::Preview(None)
            | Action::Dialog(_)
            | Action::Tab(_)
            | Action::Begin(_)
            | Action::Open(_)
            | Action::OpenAddress { .. }
            | Action::Check(_)
            | Action::StopAt(_)
            | Action::SetSpeed { .. }
            | Action::ToggleLoop { .. }
            | Action::ToggleSkip { .. }
            | Action::Select(_)
            | Action::Hover(_)
            | Action::Group(_)
            | Action::ToggleKind(_)
            | Action::ShowOnly(_)
            | Action::DraftJson(_)
            | Action::Settle
            | Action::GiveUp
            | Action::Why(_)
            | Action::Window(_)
            | Action::View(_)
            | Action::Present(_)
            | Action::Lesson(_)
            | Action::Hold { .. }
            | Action::Release { .. }
            | Action::Vary(_)
            | Action::Say(_) => None,
        }
    }

    /// The state in which a step begins. It remembers the scenario to which the step can be restored. If a
    /// question is pending, playback pauses and panels that would show the answer close.
    pub(in crate::session) fn begun(mut self) -> Self {
        let at = self.playback.anchor();
        let base = base(&self);
        self.lesson = self.lesson.map(|lesson| LessonProgress { at, base, ..lesson });
        // Such a panel stands where the lesson is read.
        if self.panel.is_some_and(Panel::is_about_run) {
            self.show_panel(None);
        }
        let waits = self.lesson.is_some_and(|lesson| lesson.ends_at().is_some());
        if self.hides_what_comes() || waits {
            self.playback = Playback::Paused { at };
            if self.panel.is_some_and(tells) {
                self.show_panel(None);
            }
            if matches!(self.screen, Screen::Compare(_)) {
                self.screen = Screen::Stage;
            }
        }
        self
    }
}
