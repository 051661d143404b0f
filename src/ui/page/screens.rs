//! What fills the page: the start, the stage, a comparison or the gallery.

use super::parts::PageParts;
use crate::election::Algorithm;
use crate::session::Screen;
use crate::ui::components::{Clock, Compare, Gallery, PlayButton, Start, StripBar};
use crate::ui::render_context::RenderContext;
use yew::prelude::*;

impl PageParts {
    pub fn screen(&self) -> Html {
        match &self.context.state.screen {
            Screen::Start => html! { <>{ self.start() }{ self.transport_of_start() }</> },
            Screen::Compare(algorithm) => self.compare(algorithm),
            Screen::Gallery => self.gallery(),
            Screen::Stage if self.context.state.presents => self.presentation(),
            Screen::Stage => html! { <>{ self.main() }{ self.side() }</> },
        }
    }

    fn gallery(&self) -> Html {
        html! {
            <Gallery remembered={self.context.state.remembered.clone()} theme={self.context.theme}
                reduced_motion={self.context.reduced_motion} recents={self.recents.clone()} />
        }
    }

    fn compare(&self, algorithm: &Algorithm) -> Html {
        html! {
            <Compare run_view={self.run_view.clone()} comparison={self.comparison.clone()}
                algorithm={algorithm.clone()} context={self.unexplained()}>
                { self.transport() }
            </Compare>
        }
    }

    fn start(&self) -> Html {
        html! {
            <Start run_view={self.run_view.clone()} context={self.unexplained()}
                picture={self.picture.clone()} last={self.last.clone()} />
        }
    }

    /// Where no explanation is shown, nothing is drawn of one.
    fn unexplained(&self) -> RenderContext {
        RenderContext { chain: None, ..self.context.clone() }
    }

    /// Play, strip and clock are all that a first look needs.
    fn transport_of_start(&self) -> Html {
        html! {
            <section class="transport start-transport" aria-label="Playback">
                <PlayButton is_playing={self.context.state.playback.is_playing()} />
                <StripBar run_view={self.run_view.clone()} context={self.context.clone()} />
                <Clock cursor={self.context.cursor} />
            </section>
        }
    }
}
