//! The start screen: one sentence, the stage, and one suggested action, connected to the leader by a line.

use super::icon::DROP;
use super::{Icon, Stage, StagePlace, icon};
use crate::member::Detector;
use crate::session::keys::shown;
use crate::session::{Action, Command, Document, Panel, RunView, Screen};
use crate::types::{MessageKind, Rank};
use crate::ui::RenderContext;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::use_size;
use crate::view::glyphs::Glyph;
use crate::view::model::StageModel;
use crate::view::picture::{ACTION_LABEL, HEADLINE, PARAGRAPH, connector, start_frame};
use crate::view::ring::RingLayout;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct StartProps {
    pub run_view: Rc<RunView>,
    pub context: RenderContext,
    pub picture: Rc<StageModel>,
    /// The document that was open last, for a returning visitor.
    pub last: Option<Document>,
}

#[component]
pub fn Start(props: &StartProps) -> Html {
    let StartProps { run_view, context, picture, last } = props;
    let dispatcher = use_dispatcher();
    let (room, line, button) = (use_node_ref(), use_node_ref(), use_node_ref());
    use_connector(&room, &line, &button, &run_view.run.scenario().ranks);
    let [first, second] = HEADLINE;
    let crash = dispatcher.on_click(Command::CrashOrRecover);
    html! {
        <main class="start" data-live="">
            <div class="start-intro">
                <h1>{ first }{ " " }<br />{ second }</h1>
                <p>{ PARAGRAPH }</p>
                if let Some(notice) = &context.state.notice {
                    <p class="notice-line" role="status">{ notice }</p>
                }
            </div>
            <section class="start-stage" aria-label="Stage" ref={room}>
                <Stage run_view={run_view.clone()} context={context.clone()} picture={picture.clone()}
                    place={StagePlace::Start} />
                <i class="start-connector" ref={line} />
                <button class="crash" onclick={crash} ref={button}>
                    { ACTION_LABEL }{ " " }<kbd>{ shown(&Command::CrashOrRecover) }</kbd>
                </button>
            </section>
            { others(last.as_ref(), &dispatcher) }
            { signs(run_view) }
        </main>
    }
}

/// The buttons to other beginnings.
fn others(last: Option<&Document>, dispatcher: &Dispatcher) -> Html {
    let way = |words: &'static str, sign: Icon, to: Action| {
        let act = dispatcher.on_click_action(to);
        html! { <button class="button outlined" onclick={act}>{ icon(sign) }{ words }</button> }
    };
    html! {
        <div class="others">
            <span>{ "Or start from" }</span>
            { way("a lesson", Icon::Gallery, Action::Show(Screen::Gallery)) }
            { way("your own script", Icon::Script, Action::Panel(Some(Panel::Script))) }
            if let Some(last) = last {
                <button class="button outlined continue" title={title(last)}
                    onclick={dispatcher.on_click_action(Action::Open(last.clone()))}>{ "Continue" }</button>
            }
        </div>
    }
}

fn title(document: &Document) -> String {
    let title = document.scenario().title.as_deref();
    format!("Continue with {}", title.unwrap_or("what was open last"))
}

/// The legend of the two signs on the stage.
fn signs(run_view: &RunView) -> Html {
    let scenario = run_view.run.scenario();
    let leader =
        scenario.ranks.last().copied().map_or(String::new(), |rank: Rank| rank.to_string());
    let beat = match scenario.detector {
        Detector::Heartbeat { every, .. } => format!("heartbeat, every {}", every.spoken()),
        Detector::Scripted => "heartbeat".to_owned(),
    };
    let sign = |d: String| {
        html! {
            <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
                <path class="fill-paint0 stroke-edge0" {d} stroke-linejoin="round" />
            </svg>
        }
    };
    html! {
        <div class="signs">
            <span>{ sign(Glyph::of(MessageKind::Heartbeat, true).path().to_string()) }{ beat }</span>
            <span>{ sign(DROP.to_owned()) }{ format!("believes that {leader} leads") }</span>
        </div>
    }
}

/// Places the line and the button beside the leader. It uses the style object, since the page's policy
/// forbids style attributes. If there is no space for the button, the style sheet places it below the stage.
#[hook]
fn use_connector(room: &NodeRef, line: &NodeRef, button: &NodeRef, ranks: &[Rank]) {
    let size = use_size(room);
    let nodes = (line.clone(), button.clone());
    use_effect_with((size, ranks.to_vec(), nodes), |(size, ranks, (line, button))| {
        let Some(size) = size else { return };
        let frame = start_frame(*size, ranks);
        let ring = RingLayout::new(ranks, frame.size, frame.inset, frame.radius);
        let [dot, side] = connector(&ring);
        put(line, &[("left", dot.x), ("top", dot.y), ("width", side.x - dot.x - 4.0)]);
        put(button, &[("--left", side.x), ("--top", side.y)]);
    });
}

fn put(node: &NodeRef, lengths: &[(&str, f64)]) {
    let Some(element) = node.cast::<HtmlElement>() else { return };
    for (name, length) in lengths {
        // The names are valid, so no browser refuses.
        let _ = element.style().set_property(name, &format!("{length:.0}px"));
    }
}
