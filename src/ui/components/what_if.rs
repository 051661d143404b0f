//! The panel *What if*: which settings are varied, the sentence, the chart or the table, and what can be taken away. The
//! pointer and the arrow keys read values off the chart, a click or Enter opens one. The worker runs the values; the
//! sweep ends with the panel.

use crate::election::Algorithm;
use crate::export::{self, LogFormat, RunExport};
use crate::scenario::Colours;
use crate::session::Document;
use crate::session::what_if::{PanelSweep, RangeField, RangeText, WhatIfAction, WhatIfPanel};
use crate::sweep::SweepSetting;
use crate::tools::QuestionPhase;
use crate::ui::components::field::{Select, TextField, select};
use crate::ui::components::panel_head::panel_head;
use crate::ui::components::script::quoted;
use crate::ui::components::{Icon, icon};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::{PanelSweeper, use_media, use_size, use_sweep};
use crate::view::chart::{Chart, ChartFrame};
use crate::view::geometry::{Point, point};
use crate::view::palette::ColourTheme;
use crate::web::canvas::Painter;
use crate::web::{clipboard, file, media};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlCanvasElement};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct WhatIfProps {
    pub document: Document,
    /// The setting that is varied first.
    pub varied: Option<SweepSetting>,
    /// The algorithm that is run beside the scenario's own.
    pub against: Option<Algorithm>,
    pub theme: ColourTheme,
}

#[component]
pub fn WhatIf(WhatIfProps { document, varied, against, theme }: &WhatIfProps) -> Html {
    let dispatcher = use_dispatcher();
    let sweeper = use_sweep(document, *varied, against.as_ref());
    let taken = use_state_eq(|| None);
    let panel = sweeper.panel();
    let title = html! { <h2>{ panel.title(document) }</h2> };
    let body = match &panel.sweep {
        None => html! { <div class="what-if-chart" /> },
        Some(sweep) => html! {
            <>
                { sentences(sweep, panel.hovered) }
                { hints(document) }
                if panel.has_table {
                    { table(sweep, &dispatcher) }
                } else {
                    <SweepChart sweep={sweep.clone()} hovered={panel.hovered} theme={*theme}
                        onhover={on_hover(&sweeper)} onopen={on_open(sweep, &dispatcher)} />
                }
            </>
        },
    };
    html! {
        <>
            { panel_head(title, Html::default(), &dispatcher) }
            <div class="what-if" tabindex="-1">
                { controls(panel, document, &sweeper) }
                { body }
                { foot(document, *theme, &sweeper, &taken) }
            </div>
        </>
    }
}

fn on_hover(sweeper: &PanelSweeper) -> Callback<Option<usize>> {
    let sweeper = sweeper.clone();
    Callback::from(move |cell| sweeper.dispatch(WhatIfAction::Hover(cell)))
}

/// Opens a value with its worst seed.
fn on_open(sweep: &Rc<PanelSweep>, dispatcher: &Dispatcher) -> Callback<usize> {
    let (sweep, dispatcher) = (sweep.clone(), dispatcher.clone());
    Callback::from(move |cell| {
        let actions = sweep.open(cell).into_iter().flatten();
        actions.for_each(|action| dispatcher.dispatch(action));
    })
}

fn sentences(sweep: &PanelSweep, hovered: Option<usize>) -> Html {
    let (own, beside) = sweep.sentences(hovered);
    html! {
        <>
            <p class="what-if-sentence">{ own }{ " " }<span>{ beside }</span></p>
            <p class="unseen" role="status">
                { hovered.map_or_else(|| sweep.status(), |cell| sweep.read_out(cell)) }
            </p>
        </>
    }
}

/// The hints of the script: the first is read with the numbers, the others open.
fn hints(document: &Document) -> Html {
    let hints = WhatIfPanel::hints(document);
    let line = |hint: &String| html! { <p>{ quoted(hint) }</p> };
    html! {
        if let [first, others @ ..] = &*hints {
            <aside class="what-if-hints" aria-label="Hints of the script">
                { line(first) }
                if !others.is_empty() {
                    <details>
                        <summary>{ format!("{} more", others.len()) }</summary>
                        { for others.iter().map(line) }
                    </details>
                }
            </aside>
        }
    }
}

/// The settings with their ranges, and the number of seeds.
fn controls(panel: &WhatIfPanel, document: &Document, sweeper: &PanelSweeper) -> Html {
    let row = |place: usize| setting(place, panel, document, sweeper);
    let seeds = {
        let sweeper = sweeper.clone();
        Callback::from(move |text| sweeper.dispatch(WhatIfAction::Seeds(text)))
    };
    let more = match panel.varied.len() {
        1 => html! {
            <button class="button square" aria-label="Vary a second setting" title="Vary a second setting"
                onclick={sweeper.on_click(panel.adding(document))}>{ icon(Icon::Plus) }</button>
        },
        _ => html! {
            <button class="button square" aria-label="Vary one setting" title="Vary one setting"
                onclick={sweeper.on_click(Some(panel.removing()))}>{ icon(Icon::Minus) }</button>
        },
    };
    html! {
        <section class="what-if-controls" aria-label="What is varied">
            <div class="what-if-row">
                { row(0) }
                { text_field("Seeds", &panel.seeds, seeds) }
                <span>{ "seeds" }</span>
                <span class="space" />
                { more }
            </div>
            if panel.varied.len() > 1 { <div class="what-if-row">{ row(1) }</div> }
            if let Some(problem) = &panel.problem { <p class="problem" role="alert">{ problem }</p> }
        </section>
    }
}

fn setting(place: usize, panel: &WhatIfPanel, document: &Document, sweeper: &PanelSweeper) -> Html {
    let Some(varied) = panel.varied.get(place) else { return Html::default() };
    let onchoose = {
        let (sweeper, document) = (sweeper.clone(), document.clone());
        Callback::from(move |name: String| {
            if let Some(action) = sweeper.panel().choosing(&document, place, &name) {
                sweeper.dispatch(action);
            }
        })
    };
    let field = |field: RangeField, label: &'static str, value: &str| {
        let sweeper = sweeper.clone();
        let oncommit =
            Callback::from(move |text| sweeper.dispatch(WhatIfAction::Range(place, field, text)));
        text_field(label, value, oncommit)
    };
    html! {
        <>
            { select(Select {
                name: Some(if place == 0 { "Setting" } else { "Second setting" }),
                value: &varied.name,
                options: panel.choices(document, place),
                onchoose,
                ..Select::default()
            }) }
            { match &varied.range {
                RangeText::Steps { from, to, step } => html! {
                    <>
                        { field(RangeField::From, "From", from) }
                        <span>{ "to" }</span>
                        { field(RangeField::To, "To", to) }
                        <span>{ "step" }</span>
                        { field(RangeField::Step, "Step", step) }
                    </>
                },
                RangeText::List(list) => html! {
                    <div class="what-if-list">{ field(RangeField::List, "Values", list) }</div>
                },
            } }
        </>
    }
}

fn text_field(label: &'static str, value: &str, oncommit: Callback<String>) -> Html {
    html! { <TextField {label} value={value.to_owned()} {oncommit} /> }
}

/// The numbers of the chart and more. A button opens the value with its worst seed.
fn table(sweep: &Rc<PanelSweep>, dispatcher: &Dispatcher) -> Html {
    let open = on_open(sweep, dispatcher);
    let row = |row: crate::session::what_if::WhatIfRow| {
        let cell = row.cell;
        let onclick = open.reform(move |_: MouseEvent| cell);
        html! {
            <tr key={cell} aria-current={row.is_own.then_some("true")}>
                <th scope="row">
                    <button class="button" title="Open this value with its worst seed" {onclick}>
                        { row.name }
                    </button>
                </th>
                { for row.figures.into_iter().map(|figure| html! { <td>{ figure }</td> }) }
            </tr>
        }
    };
    html! {
        <div class="what-if-table" tabindex="0" role="region" aria-label="Table of the values">
            <table>
                <caption>{ sweep.caption() }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ "value" }</th>
                        { for sweep.heads().into_iter().map(|head| html! { <th scope="col">{ head }</th> }) }
                    </tr>
                </thead>
                <tbody>{ for sweep.rows().into_iter().map(row) }</tbody>
            </table>
        </div>
    }
}

/// What was taken away of a sweep, in words.
type Taken = Option<(Rc<PanelSweep>, &'static str)>;

/// How much is run, and what can be taken away.
fn foot(
    document: &Document,
    theme: ColourTheme,
    sweeper: &PanelSweeper,
    taken: &UseStateHandle<Taken>,
) -> Html {
    let panel = sweeper.panel();
    let Some(sweep) = &panel.sweep else { return html! { <div class="what-if-foot" /> } };
    let done = {
        let (taken, sweep) = (taken.setter(), sweep.clone());
        Callback::from(move |words| taken.set(Some((sweep.clone(), words))))
    };
    let action = match (&sweep.phase, sweep.is_about(document)) {
        (QuestionPhase::Running, _) => html! {
            <button class="button outlined" onclick={sweeper.on_stop()}>{ "Stop" }</button>
        },
        (QuestionPhase::Done, true) => Html::default(),
        (QuestionPhase::Done | QuestionPhase::Stopped | QuestionPhase::Failed(_), _) => html! {
            <button class="button outlined" onclick={sweeper.on_ask(document)}>{ "Run again" }</button>
        },
    };
    let hint = match &**taken {
        Some((of, words)) if Rc::ptr_eq(of, sweep) => words,
        _ if !sweep.is_about(document) => "The scenario has changed since.",
        _ => "Choose a value to run it with its worst seed.",
    };
    let effort = match sweep.phase {
        QuestionPhase::Failed(_) => {
            html! { <p class="problem" role="alert">{ sweep.effort() }</p> }
        }
        QuestionPhase::Running | QuestionPhase::Stopped | QuestionPhase::Done => html! {
            <><p>{ sweep.effort() }</p><p role="status">{ hint }</p></>
        },
    };
    let copy = take(sweep, &done, copy_svg);
    let save = take(sweep, &done, move |sweep, done| save_png(sweep, theme, done));
    html! {
        <div class="what-if-foot">
            <div class="what-if-effort">{ effort }</div>
            { action }
            <button class={classes!("button", panel.has_table.then_some("on"))}
                aria-pressed={panel.has_table.to_string()}
                onclick={sweeper.on_click(Some(WhatIfAction::ToggleTable))}>{ "Table" }</button>
            <button class="button" onclick={copy}>{ "Copy SVG" }</button>
            <button class="button" onclick={save}>{ "PNG" }</button>
            <button class="button" onclick={take(sweep, &done, save_csv)}>{ "CSV" }</button>
        </div>
    }
}

/// Takes something away, and says what became of it.
fn take(
    sweep: &Rc<PanelSweep>,
    done: &Callback<&'static str>,
    by: impl Fn(&PanelSweep, Callback<&'static str>) + 'static,
) -> Callback<MouseEvent> {
    let (sweep, done) = (sweep.clone(), done.clone());
    Callback::from(move |_: MouseEvent| by(&sweep, done.clone()))
}

fn copy_svg(sweep: &PanelSweep, done: Callback<&'static str>) {
    clipboard::copy(
        &sweep.svg(Colours::Auto),
        done.reform(|is_taken: bool| match is_taken {
            true => "Copied.",
            false => "The browser does not let the page copy.",
        }),
    );
}

fn save_csv(sweep: &PanelSweep, done: Callback<&'static str>) {
    file::save_text("what-if.csv", RunExport::Log(LogFormat::Csv).media_type(), &sweep.csv());
    done.emit("Saved as what-if.csv.");
}

fn save_png(sweep: &PanelSweep, theme: ColourTheme, done: Callback<&'static str>) {
    let frame = ChartFrame { size: export::CHART, theme, hovered: None };
    let taken = Callback::from(move |blob: Option<Blob>| {
        done.emit(match blob {
            Some(blob) => {
                file::save("what-if.png", &blob);
                "Saved as what-if.png."
            }
            None => "The browser cannot make this picture.",
        });
    });
    let draw = |ruler: &crate::web::canvas::Ruler| Chart::new(&sweep.chart(), &frame, ruler).scene;
    file::png(theme.tokens().stage, draw, None, taken);
}

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
