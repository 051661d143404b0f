//! The chart on a canvas: the pointer and the arrow keys read values off, a click or Enter opens one.

use crate::session::what_if::PanelSweep;
use crate::ui::hooks::{use_media, use_size};
use crate::view::chart::{Chart, ChartFrame};
use crate::view::geometry::{Point, point};
use crate::view::palette::ColourTheme;
use crate::web::canvas::Painter;
use crate::web::media;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SweepChartProps {
    pub sweep: Rc<PanelSweep>,
    /// The cell that is read off.
    pub hovered: Option<usize>,
    pub theme: ColourTheme,
    pub onhover: Callback<Option<usize>>,
    pub onopen: Callback<usize>,
}

const HELP: &str = "The arrow keys read off the values. Enter opens a value with its worst seed.";

#[component]
pub fn SweepChart(props: &SweepChartProps) -> Html {
    let SweepChartProps { sweep, hovered, theme, onhover, onopen } = props;
    let (room, canvas) = (use_node_ref(), use_node_ref());
    let coarse = use_media(media::COARSE_POINTER);
    let size = use_size(&room);
    let drawn = use_mut_ref(|| None::<Chart>);
    use_effect_with((sweep.clone(), *hovered, *theme, size), {
        let (canvas, drawn) = (canvas.clone(), drawn.clone());
        move |(sweep, hovered, theme, size)| {
            let painter = canvas.cast::<HtmlCanvasElement>().and_then(|c| Painter::new(c).ok());
            if let (Some(mut painter), Some(size)) = (painter, *size) {
                let frame = ChartFrame { size, theme: *theme, hovered: *hovered };
                let chart = Chart::new(&sweep.chart(), &frame, &painter.ruler());
                painter.paint(&chart.scene, media::pixel_ratio());
                drawn.replace(Some(chart));
            }
        }
    });
    let pick = {
        let drawn = drawn.clone();
        move |at: Point| drawn.borrow().as_ref().and_then(|chart| chart.pick(at))
    };
    let onpointermove = {
        let (pick, onhover, hovered) = (pick.clone(), onhover.clone(), *hovered);
        Callback::from(move |event: PointerEvent| {
            let found = pick(place(&event));
            if found != hovered {
                onhover.emit(found);
            }
        })
    };
    let onpointerleave = {
        let onhover = onhover.clone();
        Callback::from(move |event: PointerEvent| {
            // A finger that is lifted has read the value off.
            if event.pointer_type() != "touch" {
                onhover.emit(None);
            }
        })
    };
    let onclick = {
        let (onhover, onopen, hovered) = (onhover.clone(), onopen.clone(), *hovered);
        Callback::from(move |event: MouseEvent| match pick(place(&event)) {
            // The first tap reads off, the second one opens.
            Some(cell) if (coarse || is_touch(&event)) && hovered != Some(cell) => {
                onhover.emit(Some(cell))
            }
            Some(cell) => onopen.emit(cell),
            None => {}
        })
    };
    html! {
        <div class="what-if-chart" ref={room} role="group" tabindex="0" aria-label="Chart"
            aria-description={HELP} onkeydown={on_key(props, drawn)}>
            <canvas ref={canvas} aria-hidden="true" {onpointermove} {onpointerleave} {onclick} />
        </div>
    }
}

/// Not every browser says it of a click.
fn is_touch(event: &MouseEvent) -> bool {
    event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "touch")
}

fn place(event: &MouseEvent) -> Point {
    point(event.offset_x().into(), event.offset_y().into())
}

fn on_key(
    props: &SweepChartProps,
    drawn: Rc<std::cell::RefCell<Option<Chart>>>,
) -> Callback<KeyboardEvent> {
    let SweepChartProps { sweep, hovered, onhover, onopen, .. } = props.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let way = match &*event.key() {
            "ArrowLeft" => (-1, 0),
            "ArrowRight" => (1, 0),
            "ArrowUp" => (0, -1),
            "ArrowDown" => (0, 1),
            "Enter" if hovered.is_some() => {
                event.prevent_default();
                hovered.into_iter().for_each(|cell| onopen.emit(cell));
                return;
            }
            _ => return,
        };
        // The arrows of the page step through the run.
        event.prevent_default();
        event.stop_propagation();
        let chart = drawn.borrow();
        let next = match hovered {
            None => sweep.first(),
            Some(cell) => chart.as_ref().and_then(|chart| chart.beside(cell, way)),
        };
        if let Some(cell) = next {
            onhover.emit(Some(cell));
        }
    })
}
