//! The viewer's state and the reducer on it. The screen is a function of this state and of the run.
//!
//! `State::apply` is pure: it does no input or output, reads no clock and simulates nothing. An action
//! carries what it needs of those.

mod action;
pub mod address;
mod command;
pub mod compare;
mod diagram_gesture;
mod diagram_view;
mod document;
pub mod editor;
pub mod embed;
mod execute;
pub mod faults;
mod gesture;
mod gesture_state;
pub mod import;
pub mod inspect;
pub mod keys;
pub mod lesson;
mod menu;
mod playback;
pub mod preview;
pub mod quiet_search;
mod run_view;
mod screen;
pub mod search;
pub mod setup;
pub mod setup_lists;
pub mod share;
pub mod stored;
mod story;
pub mod what_if;

pub use crate::narration::{capitalised, sentence};
pub use action::{Action, LessonAction};
pub use command::{Command, CommandContext};
pub use diagram_gesture::{DiagramGesture, DiagramSample, PointerSample};
pub use diagram_view::{DiagramInput, DiagramView};
pub use document::{Document, History, UnreadableDraft};
pub use embed::EmbedState;
pub use execute::{execute, execute_on, next_view};
pub use faults::{PartitionSide, PartitionSides};
pub use gesture::gesture_instant;
pub use gesture_state::{GestureState, PointerPress};
pub use keys::{BINDINGS, Binding, KeyCombination, KeyPress, Modifier, ShortcutGroup, command};
pub use menu::{MenuItem, first_offer, hint, offers, offers_in_figure, subject};
pub use playback::{Playback, PlaybackPace, SPEEDS, Speed};
pub use run_view::{GroupStatus, Requests, RunView};
pub use screen::{ComparedWith, Dialog, Panel, Screen, Tab};
pub use setup_lists::ExpectationRow;
pub use stored::ReloadNote;
pub use story::{Excerpt, StoryEntry, StoryText};

use crate::election::Algorithm;
use crate::presets;
use crate::scenario::{Change, ChangeRefusal, FigureView, TimelineEntry, script};
use crate::simulation::EventId;
use crate::sweep::SweepSetting;
use crate::time::Time;
use crate::types::{GroupId, MessageKind, Rank};
use crate::view::Target;
use document::OngoingEdit;
use lesson::{LessonMemory, LessonProgress};
use preview::Preview;
use std::rc::Rc;

#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub history: History,
    /// The document that was opened last; `Reset` returns to it.
    pub opened: Document,
    /// Counts the scenarios that were opened (wraps around). A diagram fits its window to each of them, but
    /// not to an edit.
    pub opening: u32,
    pub playback: Playback,
    pub speed: Speed,
    /// Whether playback starts again after the end.
    pub is_looping: bool,
    pub skips_quiet: bool,
    pub selected: Option<Target>,
    /// The process under the pointer.
    pub hovered: Option<Rank>,
    /// Which kinds of messages are shown, in the order of `MessageKind::ALL`.
    pub shown: [bool; MessageKind::ALL.len()],
    /// The group whose lanes and status are shown, where the scenario has several.
    pub group: GroupId,
    /// Whether all groups are shown together.
    pub all_groups: bool,
    /// The event whose causes are shown.
    pub why: Option<EventId>,
    /// The span of the run that the diagram shows; `None` lets the diagram choose it.
    pub window: Option<(Time, Time)>,
    pub screen: Screen,
    /// Which of stage and diagram are shown.
    pub view: FigureView,
    /// Whether the presentation is on: only stage, sentence and playback are shown, large enough for an
    /// audience. An action that shows something else ends it.
    pub presents: bool,
    pub panel: Option<Panel>,
    /// What is shown in place of the scenario.
    pub preview: Option<Box<Preview>>,
    /// The setting that the panel *What if* varies first; `None` lets the panel choose one.
    pub varied: Option<SweepSetting>,
    /// The algorithm that it runs beside the scenario's own: that of the comparison from which it was opened.
    pub against: Option<Algorithm>,
    /// The text of the JSON panel while it cannot be parsed.
    pub json_draft: Option<Rc<str>>,
    pub tab: Tab,
    pub dialog: Option<Dialog>,
    pub lesson: Option<LessonProgress>,
    /// The reader's progress in each lesson.
    pub remembered: LessonMemory,
    /// The address that was opened last.
    pub arrived: Option<address::Address>,
    /// The state of an embedded figure; `None` on the page itself.
    pub embed_state: Option<EmbedState>,
    /// A message to the reader; the next action clears it.
    pub notice: Option<String>,
}

impl State {
    pub fn new(document: Document) -> Self {
        Self {
            speed: Speed::of(document.scenario()),
            opened: document.clone(),
            opening: 0,
            history: History::new(document),
            playback: Playback::Paused { at: Time::ZERO },
            is_looping: false,
            skips_quiet: true,
            selected: None,
            hovered: None,
            shown: [true; MessageKind::ALL.len()],
            group: GroupId::MAIN,
            all_groups: true,
            why: None,
            window: None,
            screen: Screen::Stage,
            view: FigureView::Both,
            presents: false,
            panel: None,
            preview: None,
            varied: None,
            against: None,
            json_draft: None,
            tab: Tab::default(),
            dialog: None,
            lesson: None,
            remembered: LessonMemory::default(),
            arrived: None,
            embed_state: None,
            notice: None,
        }
    }

    pub fn document(&self) -> &Document {
        self.history.present()
    }

    pub fn apply(&self, action: Action) -> Self {
        if let Action::Begin(state) = action {
            return *state;
        }
        let mut next = self.clone();
        // Hovering is no edit: the notice stays.
        if let Action::Hover(rank) = action {
            next.hovered = rank;
            return next;
        }
        let refusal = self.withholds(&action).or_else(|| self.declines(&action));
        let refusal = refusal.or_else(|| self.protects(&action));
        if let Some(words) = refusal {
            next.notice = Some(words.to_owned());
            return next;
        }
        // The end of a continuous action, the end of a run, and scrolling are no actions of the reader: the
        // notice stays.
        let is_act = !matches!(
            action,
            Action::Settle | Action::Check(_) | Action::Hold { .. } | Action::Release { .. }
        );
        if is_act {
            next.notice = None;
        }
        if action.ends_preview() {
            next.show_answer(None);
        }
        next.act(action.clone());
        if next.shown_document() != self.shown_document() {
            next.fit();
        }
        next.tell_lesson(self, &action);
        next
    }

    fn act(&mut self, action: Action) {
        self.presents &= !action.ends_presentation();
        match action {
            Action::Play { .. }
            | Action::PlayBySteps { .. }
            | Action::Pause { .. }
            | Action::Seek { .. }
            | Action::SetSpeed { .. }
            | Action::ToggleLoop { .. }
            | Action::ToggleSkip { .. }
            | Action::Hold { .. }
            | Action::Release { .. } => self.play(action),
            Action::StopAt(stop) => self.stop_at(Some(stop)),
            Action::Select(target) => self.selected = target,
            Action::Group(group) => {
                self.all_groups = group.is_none();
                self.group = group.unwrap_or(self.group);
            }
            Action::ToggleKind(kind) => self.shown[kind as usize] ^= true,
            Action::ShowOnly(kind) => self.shown = only(self.shown, kind),
            Action::Why(event) => {
                self.why = event;
                // Where panels are tabs, the explanation is part of the story's tab.
                if event.is_some() {
                    self.tab = Tab::Story;
                }
            }
            Action::Window(window) => {
                self.window = window;
                self.unfold_diagram();
            }
            Action::Show(screen) => self.screen = screen,
            Action::View(view) => self.view = view,
            Action::Present(presents) => {
                self.presents = presents;
                self.screen = Screen::Stage;
            }
            Action::Panel(panel) => self.show_panel(panel),
            Action::Preview(answer) => self.show_answer(answer),
            Action::Vary(setting) => self.varied = Some(setting),
            Action::DraftJson(draft) => self.json_draft = draft,
            Action::Tab(tab) => {
                self.tab = tab;
                match tab {
                    Tab::Panel => self.panel = self.panel.or(Some(Panel::Script)),
                    Tab::Timeline => self.unfold_diagram(),
                    Tab::Story | Tab::Selection | Tab::Verdicts => {}
                }
            }
            Action::Dialog(dialog) => self.dialog = dialog,
            Action::Lesson(attend) => self.attend(attend),
            Action::Say(notice) => self.notice = notice,
            Action::Check(found) => self.check(found),
            // `apply` has handled both.
            Action::Begin(_) | Action::Hover(_) => {}
            Action::Open(_)
            | Action::OpenAddress { .. }
            | Action::ReplaceScenario(_)
            | Action::Change(_)
            | Action::Drag(_)
            | Action::Type(_)
            | Action::Write { .. }
            | Action::Settle
            | Action::GiveUp
            | Action::Disable { .. }
            | Action::Undo
            | Action::Redo
            | Action::Reset => self.write(action),
        }
    }

    /// Shows the diagram beside the stage if it is hidden.
    fn unfold_diagram(&mut self) {
        if self.view == FigureView::Stage {
            self.view = FigureView::Both;
        }
    }

    /// Opens a panel beside the stage, or selects its tab where panels are tabs; `None` closes it.
    fn show_panel(&mut self, panel: Option<Panel>) {
        if panel == Some(Panel::WhatIf) {
            self.against = self.screen.compared_algorithm().cloned();
        }
        self.panel = panel;
        match (panel, self.tab) {
            (Some(_), _) => self.tab = Tab::Panel,
            (None, Tab::Panel) => self.tab = Tab::default(),
            (None, _) => {}
        }
        // Only the stage's screen shows panels.
        if panel.is_some() && self.screen != Screen::Stage {
            self.screen = Screen::Stage;
        }
    }

    /// Applies an action on the playback.
    #[expect(clippy::wildcard_enum_match_arm, reason = "`act` names the actions of the playback")]
    fn play(&mut self, action: Action) {
        let playback = self.playback;
        self.playback = match action {
            Action::Play { from, now } => Playback::Playing { from, since: now, speed: self.speed },
            Action::PlayBySteps { from } => Playback::Stepping { at: from },
            Action::Pause { at } => {
                if self.embed_state.is_some_and(|embed| embed.stop == Some(at)) {
                    self.stop_at(None);
                }
                Playback::Paused { at }
            }
            Action::Seek { to, now } => playback.moved(to, now),
            Action::SetSpeed { speed, at, now } => {
                self.speed = speed;
                playback.at_speed(speed, at, now)
            }
            Action::ToggleLoop { at, now } => {
                self.is_looping ^= true;
                playback.moved(at, now)
            }
            Action::ToggleSkip { at, now } => {
                self.skips_quiet ^= true;
                playback.moved(at, now)
            }
            Action::Hold { at } => playback.held(at),
            Action::Release { now } => playback.released(now, self.speed),
            _ => playback,
        };
    }

    /// Applies an action on the document.
    #[expect(clippy::wildcard_enum_match_arm, reason = "`act` names the actions on the document")]
    fn write(&mut self, action: Action) {
        match action {
            Action::Open(document) => self.open(document),
            Action::OpenAddress { address, document } => self.visit(address, document),
            Action::Change(change) => self.change(change),
            Action::Drag(change) => self.drag(change),
            Action::ReplaceScenario(scenario) => {
                self.json_draft = None;
                let document = self.document().with_scenario(&scenario);
                self.history =
                    self.history.amend(document, "typing".to_owned(), OngoingEdit::Typing);
            }
            Action::Type(text) => {
                let document = self.document().typed(&text);
                self.history =
                    self.history.amend(document, "typing".to_owned(), OngoingEdit::Typing);
            }
            Action::Write { text, name } => {
                let document = self.document().typed(&text);
                if document != *self.document() {
                    self.history = self.history.settled().push(document, name);
                }
            }
            Action::Settle => self.history = self.history.settled(),
            Action::GiveUp => self.history = self.history.without_drag(),
            Action::Disable { line, disabled } => self.disable(line, disabled),
            Action::Undo => self.history = self.history.undo(),
            Action::Redo => self.history = self.history.redo(),
            Action::Reset if *self.document() != self.opened => {
                self.history = self.history.push(self.opened.clone(), "reset".to_owned());
            }
            _ => {}
        }
    }

    fn open(&mut self, document: Document) {
        let history = self.history.push(document.clone(), "opening".to_owned());
        let (panel, tab, view) = (self.panel, self.tab, self.view);
        let remembered = std::mem::take(&mut self.remembered);
        let opening = self.opening.wrapping_add(1);
        *self = Self { history, panel, tab, view, remembered, opening, ..Self::new(document) };
    }

    fn change(&mut self, change: Change) {
        let name = change.name(self.document().scenario());
        let (mut shown, mut removed, mut turned) = (None, None, None);
        match change {
            Change::AddFault { at, .. } => shown = Some(at),
            Change::AddAll(ref entries) => shown = entries.first().map(TimelineEntry::first),
            Change::Remove { entry } => removed = Some(entry),
            Change::EndCut { entry, at: None } => {
                removed = self.document().scenario().healing(entry);
            }
            Change::Replace { entry, .. } => turned = Some((self.document().clone(), entry)),
            Change::EndCut { at: Some(_), .. }
            | Change::Add(_)
            | Change::Move { .. }
            | Change::EndPause { .. }
            | Change::Fix(_)
            | Change::Release(_)
            | Change::AddExpectation(_)
            | Change::RemoveExpectation { .. }
            | Change::Name(..)
            | Change::Zones(_)
            | Change::Marks(_)
            | Change::Set(_)
            | Change::SetOwn(..) => {}
        }
        match self.document().with(change) {
            Ok(document) => {
                self.selected = self.selected.and_then(|target| without(target, removed));
                self.selected = self
                    .selected
                    .map(|target| gesture::followed(target, turned.as_ref(), &document));
                self.history = self.history.settled().push(document, name);
                // An action on a still picture is shown at once.
                if let (Playback::Paused { at }, Some(shown)) = (&mut self.playback, shown) {
                    *at = (*at).max(shown);
                }
                self.unfold();
            }
            Err(refusal) => self.notice = Some(refusal_text(&refusal)),
        }
    }

    fn drag(&mut self, change: Change) {
        let base = self.history.base(OngoingEdit::Drag);
        let name = change.name(base.scenario());
        match base.with(change) {
            Ok(document) => {
                self.history = self.history.amend(document, name, OngoingEdit::Drag);
                self.unfold();
            }
            Err(refusal) => self.notice = Some(refusal_text(&refusal)),
        }
    }

    fn disable(&mut self, line: usize, disabled: bool) {
        let text = self.document().text();
        let (changed, act_) = match disabled {
            true => (script::disable(text, line), "muting"),
            false => (script::enable(text, line), "unmuting"),
        };
        // The line is disabled in one of the two texts.
        let aside = script::disabled(if disabled { &changed } else { text });
        let Some(found) = aside.into_iter().find(|aside| aside.line == line) else { return };
        let act_ = format!("{act_} of the {}", found.what.name());
        match Document::read(&changed) {
            Ok(document) => self.history = self.history.settled().push(document, act_),
            Err(problems) => {
                self.notice = problems.first().map(|problem| format!("This cannot be: {problem}."));
            }
        }
    }

    /// Replaces the start screen by the whole page and ends its loop, so that playback continues to the end.
    fn unfold(&mut self) {
        if self.screen == Screen::Start {
            self.screen = Screen::Stage;
            self.is_looping = false;
        }
    }

    /// Whether the document is an edit of the start scenario.
    pub fn continues_start(&self) -> bool {
        let start = presets::find(presets::START).map(|start| start.script);
        start == Some(self.opened.text()) && start != Some(self.document().text())
    }
}

/// The selection after a timeline entry was removed: later entries move up.
fn without(target: Target, removed: Option<usize>) -> Option<Target> {
    let moved = |entry: usize| match removed {
        Some(gone) if gone == entry => None,
        Some(gone) if gone < entry => Some(entry - 1),
        Some(_) | None => Some(entry),
    };
    match target {
        Target::Fault(entry) => moved(entry).map(Target::Fault),
        Target::FaultEnd(entry) => moved(entry).map(Target::FaultEnd),
        Target::Process(_)
        | Target::Message(_)
        | Target::Link(_)
        | Target::Partition
        | Target::Handle(_)
        | Target::Timer(_) => Some(target),
    }
}

fn only(
    shown: [bool; MessageKind::ALL.len()],
    kind: MessageKind,
) -> [bool; MessageKind::ALL.len()] {
    let alone = MessageKind::ALL.map(|other| other == kind);
    if shown == alone { [true; MessageKind::ALL.len()] } else { alone }
}

/// A refusal as a sentence on the page.
fn refusal_text(refusal: &ChangeRefusal) -> String {
    sentence(&refusal.to_string())
}
