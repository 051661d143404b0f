//! What fills the page: the start, the stage, a comparison or the gallery.

use super::parts::PageParts;
use crate::election::Algorithm;
use crate::session::lesson::LessonAction;
use crate::session::{Action, Screen, address};
use crate::ui::components::{Clock, Compare, Gallery, PlayButton, Start, StripBar};
use yew::prelude::*;

impl PageParts {
    pub fn screen(&self) -> Html {
        match &self.state().screen {
            Screen::Start => html! { <>{ self.start() }{ self.transport_of_start() }</> },
            Screen::Compare(algorithm) => self.compare(algorithm),
            Screen::Gallery => self.gallery(),
            Screen::Stage if self.state().presents => self.presentation(),
            Screen::Stage => html! { <>{ self.main() }{ self.side() }</> },
        }
    }

    fn gallery(&self) -> Html {
        let act = self.dispatcher.act.clone();
        // The address follows.
        let onopen = Callback::from(move |name: &'static str| {
            if let Ok(document) = address::document(&format!("preset/{name}")) {
                act.emit(Action::Open(document));
            }
        });
        html! {
            <Gallery remembered={self.state().remembered.clone()} theme={self.theme}
                reduced_motion={self.reduced_motion} {onopen}
                recents={self.recents.clone()} onrecent={self.dispatcher.act.reform(Action::Open)}
                onlesson={self.dispatcher.act.reform(|place| Action::Lesson(LessonAction::Enter(place)))} />
        }
    }

    fn compare(&self, algorithm: &Algorithm) -> Html {
        let state = self.state();
        html! {
            <Compare run_view={self.run_view.clone()} comparison={self.comparison.clone()}
                algorithm={algorithm.clone()} playback={state.playback} pace={self.pace.clone()}
                cursor={self.cursor} theme={self.theme} coarse={self.coarse}
                reduced_motion={self.reduced_motion} selected={state.selected}
                skips_quiet={state.skips_quiet} view={state.view} window={state.window} dispatcher={self.dispatcher.clone()}>
                { self.transport() }
            </Compare>
        }
    }

    fn start(&self) -> Html {
        let state = self.state();
        html! {
            <Start run_view={self.run_view.clone()} playback={state.playback} pace={self.pace.clone()}
                picture={self.picture.clone()} theme={self.theme} coarse={self.coarse}
                reduced_motion={self.reduced_motion} last={self.last.clone()}
                notice={state.notice.clone().map(AttrValue::from)} dispatcher={self.dispatcher.clone()} />
        }
    }

    /// Play, strip and clock are all that a first look needs.
    fn transport_of_start(&self) -> Html {
        let (state, dispatcher) = (self.state(), &self.dispatcher);
        html! {
            <section class="transport start-transport" aria-label="Playback">
                <PlayButton is_playing={state.playback.is_playing()} ondeed={dispatcher.command.clone()} />
                <StripBar run_view={self.run_view.clone()} playback={state.playback}
                    pace={self.pace.clone()} cursor={self.cursor} theme={self.theme}
                    onseek={dispatcher.seek.clone()} onhold={dispatcher.hold.clone()}
                    ondeed={dispatcher.command.clone()} />
                <Clock cursor={self.cursor} />
            </section>
        }
    }
}
