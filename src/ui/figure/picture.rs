//! A figure that has its run.

use super::badge::corner;
use crate::player::is_changed;
use crate::scenario::FigureView;
use crate::session::address::Address;
use crate::session::{Action, Command, dragged};
use crate::time::Time;
use crate::ui::components::{
    Clock, Icon, Notice, PlayButton, Spacetime, Stage, StripBar, icon, title,
};
use crate::ui::hooks::{use_focus, use_keys, use_media, use_steps, use_visible};
use crate::ui::page::{DispatchContext, Dispatcher, use_dispatcher};
use crate::view::build;
use crate::view::palette::ColourTheme;
use crate::view::spacetime::TimeDrag;
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
    /// As the page around asks for it; else as the script does.
    pub view: Option<FigureView>,
    pub has_controls: bool,
    pub has_heading: bool,
}

/// It is made anew as often as the words change, and knows no better itself.
impl PartialEq for PictureProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// Its parts are groups and no landmarks, which are the affair of the page around: each figure would
/// add the same ones again.
#[component]
pub fn Picture(props: &PictureProps) -> Html {
    let PictureProps { ground, cursor, theme, view, has_controls, has_heading } = props;
    let state = &ground.session.0;
    let coarse = use_media(media::COARSE_POINTER);
    let room = use_node_ref();
    let raised = use_state_eq(|| None);
    let dispatcher = use_dispatcher(ground.clone(), raised.setter());
    use_keys(dispatcher.command.clone(), true);
    use_steps(state.playback, dispatcher.step.clone());
    use_visible(&room, dispatcher.sight.clone());
    use_focus();
    let scenario = ground.run_view.run.scenario();
    let view = view.or(scenario.figure.view).unwrap_or(FigureView::Stage);
    let name = scenario.title.as_ref().map(|_| title(scenario));
    let algorithm = scenario.algorithm.title();
    let parts = FigureParts { props, dispatcher: &dispatcher, coarse, raised: *raised };
    html! {
        // The one landmark of a figure: a page with six of them has enough to be passed over.
        <main class="figure" ref={room} aria-label={name.clone().unwrap_or_else(|| algorithm.to_owned())} data-view={view.name()}
            data-controls={(!has_controls).then_some("none")}>
            // That a reader has changed it is never hidden.
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
                    { corner(state, &ground.run_view, &dispatcher) }
                </div>
            }
            if view != FigureView::Spacetime { { parts.stage() } }
            if view != FigureView::Stage { { parts.diagram() } }
            { parts.moment(*cursor) }
            if *has_controls { { parts.bar(*theme) } }
        </main>
    }
}

struct FigureParts<'a> {
    props: &'a PictureProps,
    dispatcher: &'a Rc<Dispatcher>,
    coarse: bool,
    raised: Option<crate::types::Rank>,
}

impl FigureParts<'_> {
    fn stage(&self) -> Html {
        let (PictureProps { ground, cursor, theme, .. }, dispatcher) =
            (self.props, self.dispatcher);
        let (state, run_view) = (&ground.session.0, &ground.run_view);
        let snapshot = run_view.run.snapshot(None, *cursor, build::memory(run_view.run.scenario()));
        let picture = Rc::new(run_view.picture(&snapshot));
        html! {
            <div class="stage-area" role="group" aria-label="Stage">
                <Stage run_view={run_view.clone()} playback={state.playback} pace={ground.pace.clone()}
                    {picture} theme={*theme} reduced_motion={ground.reduced_motion}
                    coarse={self.coarse} selected={state.selected} shown={state.shown}
                    in_figure=true gestures={!self.is_readonly()} raised={self.raised}
                    dispatcher={dispatcher.clone()} />
                <Notice words={state.notice.clone().map(AttrValue::from)} hint={None} />
            </div>
        }
    }

    fn diagram(&self) -> Html {
        let (PictureProps { ground, cursor, theme, .. }, dispatcher) =
            (self.props, self.dispatcher);
        let (state, run_view) = (&ground.session.0, &ground.run_view);
        let readonly = self.is_readonly();
        html! {
            <div class="diagram" role="group" aria-label="Diagram of the run">
                <Spacetime run_view={run_view.clone()} playback={state.playback} pace={ground.pace.clone()}
                    cursor={*cursor} theme={*theme} coarse={self.coarse}
                    reduced_motion={ground.reduced_motion} selected={state.selected}
                    shown={state.shown} skips_quiet={state.skips_quiet} window={state.window}
                    in_figure=true overview=false hovered={self.raised}
                    onseek={dispatcher.seek.clone()} onhold={dispatcher.hold.clone()}
                    onselect={dispatcher.act.reform(Action::Select)} onhover={dispatcher.raise.clone()}
                    onstrike={dispatcher.strike.clone()}
                    ondrag={dispatcher.act.reform(move |drag: Option<TimeDrag>| match drag.filter(|_| !readonly) {
                        Some(TimeDrag { what, to }) => dragged(what, to),
                        None => Action::GiveUp,
                    })}
                    ondrop={dispatcher.act.reform(|()| Action::Settle)} />
            </div>
        }
    }

    fn is_readonly(&self) -> bool {
        self.props.ground.session.0.embed_state.is_some_and(|guest| guest.is_readonly)
    }

    fn moment(&self, cursor: Time) -> Html {
        match self.props.ground.run_view.sentence(cursor) {
            None => html! { <p class="figure-moment">{ "Nothing has happened yet." }</p> },
            Some(line) => html! {
                <p class="figure-moment">
                    <time>{ line.at.spoken().to_string() }</time><span>{ line.text }</span>
                </p>
            },
        }
    }

    fn bar(&self, theme: ColourTheme) -> Html {
        let (PictureProps { ground, cursor, .. }, dispatcher) = (self.props, self.dispatcher);
        let state = &ground.session.0;
        let step = |command: Command, sign: Icon, words: &'static str| {
            html! {
                <button class="button square step" aria-label={words} title={words}
                    onclick={dispatcher.command.reform(move |_: MouseEvent| command)}>{ icon(sign) }</button>
            }
        };
        html! {
            <div class="figure-bar" role="group" aria-label="Playback">
                <PlayButton is_playing={state.playback.is_playing()} ondeed={dispatcher.command.clone()} />
                { step(Command::StepBack, Icon::StepBack, "Previous event (←)") }
                { step(Command::StepOn, Icon::StepOn, "Next event (→)") }
                <StripBar run_view={ground.run_view.clone()} playback={state.playback} slim=true
                    pace={ground.pace.clone()} cursor={*cursor} {theme}
                    onseek={dispatcher.seek.clone()} onhold={dispatcher.hold.clone()}
                    ondeed={dispatcher.command.clone()} />
                <Clock cursor={*cursor} />
                { self.open() }
            </div>
        }
    }

    /// To the page, with the same scenario at the same instant: looked up when it is pressed.
    fn open(&self) -> Html {
        let ground = self.props.ground.clone();
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

/// The whole address of the page that shows the same; where the scenario is too long for a link, the
/// page alone.
fn whole(ground: &DispatchContext) -> String {
    let at = ground.scene(clock::now()).cursor;
    let digest = Some(ground.run_view.run.digest());
    match Address::shown(&ground.session.0, at, digest) {
        Ok(address) => format!("{}#{address}", location::page()),
        Err(_) => location::page(),
    }
}
