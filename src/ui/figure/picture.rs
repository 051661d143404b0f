//! The view of a figure with a run.

use super::corner;
use crate::player::is_changed;
use crate::scenario::FigureView;
use crate::session::Command;
use crate::session::address::Address;
use crate::session::keys::with_key;
use crate::time::Time;
use crate::ui::RenderContext;
use crate::ui::components::{
    Icon, Spacetime, Stage, StagePlace, StripBar, clock_text, icon, notice, play_button, sentence,
    title,
};
use crate::ui::dispatcher::{DispatchContext, Dispatcher, use_new_dispatcher};
use crate::ui::hooks::{use_focus, use_keys, use_media, use_steps, use_visible};
use crate::view::build;
use crate::view::palette::ColourTheme;
use crate::web::{clock, location, media};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;
use yew::prelude::*;

#[derive(Clone, Properties)]
pub struct PictureProps {
    pub ground: DispatchContext,
    pub cursor: Time,
    pub theme: ColourTheme,
    /// The view that the host page asks for; `None` is that of the script.
    pub view: Option<FigureView>,
    pub has_controls: bool,
    pub has_heading: bool,
}

/// Always different: the parent renders it only when something has changed.
impl PartialEq for PictureProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// The parts are groups and not landmarks, since each figure of a host page would add the same landmarks
/// again.
#[component]
pub fn Picture(props: &PictureProps) -> Html {
    let PictureProps { ground, cursor, theme, view, has_controls, has_heading } = props;
    let state = &ground.session.0;
    let coarse = use_media(media::COARSE_POINTER);
    let room = use_node_ref();
    let dispatcher = use_new_dispatcher(ground.clone());
    // Chapters' keys are those of the page around.
    use_keys(&dispatcher, true, false);
    use_steps(state.playback, &dispatcher);
    use_visible(&room, &dispatcher);
    use_focus();
    let scenario = ground.run_view.run.scenario();
    let view = view.or(scenario.figure.view).unwrap_or(FigureView::Stage);
    let name = scenario.title.as_ref().map(|_| title(scenario));
    let algorithm = scenario.algorithm.title();
    let context = RenderContext {
        state: state.clone(),
        pace: ground.pace.clone(),
        cursor: *cursor,
        theme: *theme,
        coarse,
        reduced_motion: ground.reduced_motion,
        chain: None,
    };
    let parts = FigureParts { ground, context, dispatcher: &dispatcher };
    html! {
        <ContextProvider<Dispatcher> context={dispatcher.clone()}>
        // The only landmark of a figure, since a page may have many figures.
        <main class="figure" ref={room} aria-label={name.clone().unwrap_or_else(|| algorithm.to_owned())} data-view={view.name()}
            data-controls={(!has_controls).then_some("none")}>
            // An edit by the reader is always indicated.
            if *has_heading || is_changed(state) {
                <div class="figure-head">
                    <div class="figure-name">
                        if let Some(name) = name {
                            <h1 title={name.clone()}>{ name }</h1>
                            <p>{ algorithm }</p>
                        } else {
                            <h1>{ algorithm }</h1>
                        }
                    </div>
                    { corner(&ground.run_view, is_changed(state), &dispatcher) }
                </div>
            }
            if view != FigureView::Spacetime { { parts.stage() } }
            if view != FigureView::Stage { { parts.diagram() } }
            { parts.moment() }
            if *has_controls { { parts.bar() } }
        </main>
        </ContextProvider<Dispatcher>>
    }
}

struct FigureParts<'a> {
    ground: &'a DispatchContext,
    context: RenderContext,
    dispatcher: &'a Dispatcher,
}

impl FigureParts<'_> {
    fn stage(&self) -> Html {
        let RenderContext { state, cursor, .. } = &self.context;
        let run_view = &self.ground.run_view;
        let snapshot = run_view.run.snapshot(None, *cursor, build::memory(run_view.run.scenario()));
        let picture = Rc::new(run_view.picture(&snapshot));
        html! {
            <div class="stage-area" role="group" aria-label="Stage">
                <Stage run_view={run_view.clone()} context={self.context.clone()} {picture}
                    place={StagePlace::Figure} />
                { notice(state.notice.as_ref()) }
            </div>
        }
    }

    fn diagram(&self) -> Html {
        html! {
            <div class="diagram" role="group" aria-label="Diagram of the run">
                <Spacetime run_view={self.ground.run_view.clone()} context={self.context.clone()}
                    in_figure=true overview=false />
            </div>
        }
    }

    fn moment(&self) -> Html {
        let line = self.ground.run_view.sentence(self.context.cursor);
        html! { <p class="figure-moment">{ sentence(line) }</p> }
    }

    fn bar(&self) -> Html {
        let step = |command: Command, sign: Icon, words: &'static str| {
            let words = with_key(words, &command);
            html! {
                <button class="button square step" aria-label={words.clone()} title={words}
                    onclick={self.dispatcher.on_click(command)}>{ icon(sign) }</button>
            }
        };
        html! {
            <div class="figure-bar" role="group" aria-label="Playback">
                { play_button(&self.context.state, self.dispatcher) }
                { step(Command::StepBack, Icon::StepBack, "Previous event") }
                { step(Command::StepOn, Icon::StepOn, "Next event") }
                <StripBar run_view={self.ground.run_view.clone()} context={self.context.clone()} slim=true />
                { clock_text(self.context.cursor, None) }
                { self.open() }
            </div>
        }
    }

    /// The link to the page with the same scenario and instant. The address is computed when the link is
    /// used.
    fn open(&self) -> Html {
        let ground = self.ground.clone();
        let lead = move |event: Event| {
            if let Some(link) = event.target_dyn_into::<web_sys::Element>()
                && let Some(link) = link.closest("a").ok().flatten()
                && let Ok(link) = link.dyn_into::<HtmlAnchorElement>()
            {
                link.set_href(&whole(&ground));
            }
        };
        let (pressed, entered) = (lead.clone(), lead);
        html! {
            <a class="button figure-open" target="_blank" rel="noopener" href={location::page()}
                title="Open it on a page of its own, as it stands"
                onpointerdown={move |event: PointerEvent| pressed(event.into())}
                onclick={move |event: MouseEvent| entered(event.into())}>
                <span>{ "Open" }</span>{ icon(Icon::Open) }
            </a>
        }
    }
}

/// The address of the page with the figure's state; without the scenario if that is too long for a link.
fn whole(ground: &DispatchContext) -> String {
    let at = ground.command_context(clock::now()).cursor;
    let digest = Some(ground.run_view.run.digest());
    match Address::shown(&ground.session.0, at, digest) {
        Ok(address) => format!("{}#{address}", location::page()),
        Err(_) => location::page(),
    }
}
