//! The thumbnail of a run: the stage without text, and below it the leaders over the whole run.

use crate::session::{Playback, PlaybackPace, RunView, Speed};
use crate::time::{Duration, Time};
use crate::ui::hooks::{use_frames, use_size};
use crate::view::geometry::Size;
use crate::view::palette::ColourTheme;
use crate::view::stage::{StageFrame, scene};
use crate::view::{Scene, build, fingerprint};
use crate::web::canvas::{Painter, Ruler};
use crate::web::{clock, media};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct ThumbnailProps {
    /// The run, once it is simulated.
    pub preview: Option<Rc<RunView>>,
    pub telling: Time,
    pub theme: ColourTheme,
    pub reduced_motion: bool,
    pub plays: bool,
}

/// The size for which the scene is laid out; the style sheet keeps the proportion, and the drawing is scaled
/// to fit.
const SIZE: Size = Size { width: 276.0, height: 148.0 };
const RADIUS: f64 = 12.0;
const BAND: f64 = 8.0;
/// Slow enough to follow; a whole election takes two seconds.
const SPEED: Speed = Speed(Duration::ms(60));

#[derive(Clone, PartialEq)]
struct ThumbnailInput {
    run_view: Rc<RunView>,
    playback: Playback,
    theme: ColourTheme,
    reduced_motion: bool,
    /// The width on the page, in CSS pixels.
    width: f64,
}

struct ThumbnailRenderer {
    painter: Painter,
    ruler: Ruler,
}

type SharedThumbnail = Rc<RefCell<Option<ThumbnailRenderer>>>;

#[component]
pub fn Thumbnail(props: &ThumbnailProps) -> Html {
    let (room, picture, band) = (use_node_ref(), use_node_ref(), use_node_ref());
    let renderer: SharedThumbnail = use_mut_ref(|| None);
    let width = use_size(&room).map(|size| size.width);
    let since = use_memo(props.plays, |_| clock::now());
    let playback = match props.plays {
        true => Playback::Playing { from: props.telling, since: *since, speed: SPEED },
        false => Playback::Paused { at: props.telling },
    };
    let look = props.preview.clone().zip(width).map(|(run_view, width)| ThumbnailInput {
        run_view,
        playback,
        theme: props.theme,
        reduced_motion: props.reduced_motion,
        width,
    });
    use_picture(&renderer, &picture, look.clone());
    use_band(&band, look.clone());
    let paint = use_callback(look, {
        let renderer = renderer.clone();
        move |(), look| paint(&renderer, look.as_ref())
    });
    use_frames(props.plays && props.preview.is_some(), paint);
    html! {
        <span class="thumbnail" ref={room} aria-hidden="true">
            <canvas class="thumbnail-picture" ref={picture} />
            <canvas class="thumbnail-band" ref={band} />
        </span>
    }
}

#[hook]
fn use_picture(renderer: &SharedThumbnail, canvas: &NodeRef, look: Option<ThumbnailInput>) {
    let (renderer, canvas) = (renderer.clone(), canvas.clone());
    use_effect_with(look, move |look| {
        if renderer.borrow().is_none() {
            let painter = canvas.cast::<HtmlCanvasElement>().and_then(|c| Painter::new(c).ok());
            *renderer.borrow_mut() =
                painter.map(|painter| ThumbnailRenderer { ruler: painter.ruler(), painter });
        }
        paint(&renderer, look.as_ref());
    });
}

fn paint(renderer: &SharedThumbnail, look: Option<&ThumbnailInput>) {
    let (Some(renderer), Some(look)) = (&mut *renderer.borrow_mut(), look) else { return };
    let run_view = &look.run_view;
    let pace = run_view.pace(true, true);
    let scene = drawn(look, look.playback.cursor(clock::now(), &pace), &renderer.ruler);
    renderer.painter.paint(&scene, media::pixel_ratio() * look.width / SIZE.width);
}

fn drawn(look: &ThumbnailInput, at: Time, ruler: &Ruler) -> Scene {
    let run_view = &look.run_view;
    let snapshot = run_view.run.snapshot(None, at, build::memory(run_view.run.scenario()));
    let picture = run_view.picture(&snapshot);
    let frame = StageFrame {
        theme: look.theme,
        reduced_motion: look.reduced_motion,
        radius: RADIUS,
        thumbnail: true,
        ..StageFrame::new(SIZE)
    };
    scene(&picture, &frame, ruler)
}

#[hook]
fn use_band(canvas: &NodeRef, look: Option<ThumbnailInput>) {
    let canvas = canvas.clone();
    use_effect_with(look, move |look| {
        let painter = canvas.cast::<HtmlCanvasElement>().and_then(|c| Painter::new(c).ok());
        if let (Some(mut painter), Some(look)) = (painter, look) {
            let PlaybackPace { end, folds, .. } = look.run_view.pace(false, true);
            let RunView { leading, leader_styles, .. } = &*look.run_view;
            let size = Size { width: look.width, height: BAND };
            let scene = fingerprint::scene(leading, &folds, end, leader_styles, (size, look.theme));
            painter.paint(&scene, media::pixel_ratio());
        }
    });
}
