//! Queues the commands of the host page, executes them one after the other, and notifies the host page of the
//! figure's state.
//!
//! A command is answered after the session has changed and after the notifications that follow from the
//! change, so that the host page sees a consistent figure.

use super::{FigureOpening, problem_text};
use crate::player::{
    FigureState, FigureStyle, FontFamily, Handled, Notification, PlayerMessage, Request,
    RequestAnswer, RequestKind, RequestRefusal, handle, needs_json, opened,
};
use crate::session::{Action, State};
use crate::tools::ToolsFailure;
use crate::ui::dispatcher::{DispatchContext, Session};
use crate::web::json::{self, JsonProgram};
use crate::web::port::{HostChannel, HostRequest};
use crate::web::{clock, media};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::mem;
use std::rc::Rc;
use yew::prelude::*;

/// The figure as it was rendered last, and the setters of its state.
pub struct FigureContext {
    pub opening: Rc<FigureOpening>,
    pub session: UseReducerHandle<Session>,
    /// `None` before the first run.
    pub ground: Option<DispatchContext>,
    pub reduced_motion: bool,
    /// Shows why the figure cannot be shown.
    pub refuse: UseStateSetter<Option<RequestRefusal>>,
    pub send_style: UseStateSetter<Option<FigureStyle>>,
}

#[derive(Default)]
struct HostCommandQueue {
    channel: Option<HostChannel>,
    queue: VecDeque<HostRequest>,
    /// The id of an executed command, answered after the next rendering.
    pending: Option<u32>,
    json: JsonState,
    /// The state of the figure at the last notification.
    reported: Option<FigureState>,
    has_reported_problems: bool,
}

/// The program that reads JSON.
#[derive(Default)]
enum JsonState {
    #[default]
    Unused,
    /// The next command needs it and waits.
    Loading,
    Loaded(Result<JsonProgram, ToolsFailure>),
}

/// Connects the figure to its host page, if there is one. The returned callback sends a further notification.
#[hook]
pub fn use_host_commands(work: FigureContext) -> Callback<Notification> {
    let commands: Rc<RefCell<HostCommandQueue>> = use_mut_ref(HostCommandQueue::default);
    let update = use_force_update();
    use_effect_with((), {
        let (commands, update) = (commands.clone(), update.clone());
        move |()| {
            let received = commands.clone();
            let channel = HostChannel::open(move |request| {
                received.borrow_mut().queue.push_back(request);
                update.force_update();
            });
            commands.borrow_mut().channel = channel;
            move || drop(commands.take())
        }
    });
    // After every rendering, since notifications describe what is shown.
    use_effect({
        let commands = commands.clone();
        move || {
            let needs_json = commands.borrow_mut().execute_queued(&work);
            if needs_json {
                yew::platform::spawn_local(async move {
                    let loaded = json::load().await;
                    commands.borrow_mut().json = JsonState::Loaded(loaded);
                    update.force_update();
                });
            }
        }
    });
    use_callback((), move |notice, ()| commands.borrow().notify(&PlayerMessage::Notice { notice }))
}

impl HostCommandQueue {
    /// Returns whether the program that reads JSON has to be loaded for the next command.
    fn execute_queued(&mut self, work: &FigureContext) -> bool {
        if !self.channel.as_ref().is_some_and(HostChannel::is_open) {
            return false;
        }
        if !mem::replace(&mut self.has_reported_problems, true) {
            self.report_problems(&work.opening);
        }
        let ground = work.ground.as_ref().filter(|ground| is_current(ground));
        match ground {
            Some(ground) => self.notify_of(ground),
            // The run is being simulated; commands wait for it.
            None if work.session.0.embed_state.is_some() => return false,
            None => {}
        }
        if let Some(answer) = self.pending.take() {
            self.notify(&PlayerMessage::Answer { answer, value: RequestAnswer::Done });
        }
        while let Some(request) = self.queue.pop_front() {
            let is_json = matches!(&request, HostRequest::Ask(asked) if needs_json(&asked.command));
            if is_json && !matches!(self.json, JsonState::Loaded(_)) {
                self.queue.push_front(request);
                return matches!(
                    mem::replace(&mut self.json, JsonState::Loading),
                    JsonState::Unused
                );
            }
            match request {
                HostRequest::Opened => {}
                HostRequest::Refused { id: answer, words: error } => {
                    self.notify(&PlayerMessage::Refusal { answer, error });
                }
                HostRequest::Ask(request) => self.execute(&request, work, ground),
            }
            // The next command applies to the result of this one.
            if self.pending.is_some() {
                return false;
            }
        }
        false
    }

    fn execute(
        &mut self,
        request: &Request,
        work: &FigureContext,
        ground: Option<&DispatchContext>,
    ) {
        let now = clock::now();
        let answer = request.id;
        let scene = ground.map(|ground| ground.command_context(now));
        let program = match mem::take(&mut self.json) {
            JsonState::Loaded(program) => program,
            JsonState::Unused | JsonState::Loading => Err(ToolsFailure::NotLoaded),
        };
        let read_json = |text: &str| json::import_scenario(&program, text);
        let mut act = |action| {
            work.session.dispatch(action);
            self.pending = Some(answer);
        };
        match handle(&request.command, scene, &read_json) {
            Ok(Handled::Act(action)) => act(action),
            Ok(Handled::Open(document, address)) => {
                let is_alone = matches!(request.command, RequestKind::Load { alone: true, .. });
                let options = match is_alone {
                    true => &work.opening.options.elsewhere(),
                    false => &work.opening.options,
                };
                let reduced = work.reduced_motion;
                let state = opened(*document, address.as_deref(), options, reduced);
                // The options' problems concern the author's scenario only.
                let notice = problem_text(&work.opening.problems).filter(|_| !is_alone);
                act(Action::Begin(Box::new(State { notice, ..state })));
            }
            Ok(Handled::Answer(value)) => self.notify(&PlayerMessage::Answer { answer, value }),
            Ok(Handled::Style(style)) => {
                // Before the canvases of the next rendering read it.
                media::set_font(style.font.as_ref().map(FontFamily::as_str));
                work.send_style.set(Some(style));
                self.notify(&PlayerMessage::Answer { answer, value: RequestAnswer::Done });
            }
            Ok(Handled::Dispose(action)) => {
                if let Some(action) = action {
                    work.session.dispatch(action);
                }
                self.notify(&PlayerMessage::Answer { answer, value: RequestAnswer::Done });
                if let Some(channel) = self.channel.take() {
                    channel.close();
                }
                self.queue.clear();
            }
            Err(refused) => self.decline(answer, refused, &request.command, work),
        }
    }

    fn decline(
        &self,
        answer: u32,
        refused: RequestRefusal,
        command: &RequestKind,
        work: &FigureContext,
    ) {
        let RequestRefusal { text, line, .. } = &refused;
        if let RequestKind::Load { .. } = command {
            let notice = Notification::Error { text: text.clone(), line: *line };
            self.notify(&PlayerMessage::Notice { notice });
            match work.session.0.embed_state {
                // The current scenario stays on the screen.
                Some(_) => work.session.dispatch(Action::Say(Some(text.clone()))),
                None => work.refuse.set(Some(refused.clone())),
            }
        }
        self.notify(&PlayerMessage::Refusal { answer, error: refused.text });
    }

    /// Notifies the host page of the problems in the frame's own address.
    fn report_problems(&self, opening: &FigureOpening) {
        let refusal = opening.refusal.as_ref().map(|refused| &refused.text);
        for text in opening.problems.iter().chain(refusal) {
            let notice = Notification::Error { text: text.clone(), line: None };
            self.notify(&PlayerMessage::Notice { notice });
        }
    }

    fn notify_of(&mut self, ground: &DispatchContext) {
        let cursor = ground.command_context(clock::now()).cursor;
        let figure_state = FigureState::new(&ground.session.0, &ground.run_view, cursor);
        for notice in figure_state.since(self.reported.as_ref()) {
            self.notify(&PlayerMessage::Notice { notice });
        }
        self.reported = Some(figure_state);
    }

    fn notify(&self, message: &PlayerMessage) {
        if let Some(channel) = &self.channel {
            channel.send(message);
        }
    }
}

/// Whether the run is that of the current scenario and not of the previous one.
fn is_current(ground: &DispatchContext) -> bool {
    ground.run_view.run.scenario() == ground.session.0.document().scenario()
}
