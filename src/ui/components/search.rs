//! The search panel: the question, the kinds of faults, how far the search is, and its answers. The worker
//! searches; the search ends with the panel. And the line below the verdict, whose search follows every edit.

use super::field::{Select, SelectOption, TextField, select};
use super::gallery::thumbnail;
use super::{Icon, icon};
use crate::narration::grouped;
use crate::run::Run;
use crate::session::keys::spoken;
use crate::session::preview::{Preview, open};
use crate::session::quiet_search::QuietResult;
use crate::session::search::{
    DangerTrack, MOST_TOGETHER, PanelSearch, SearchAction, SearchKind, SearchPanel, question,
    subject_hint, subjects,
};
use crate::session::{Action, Command, Document, Panel, RunView};
use crate::time::Time;
use crate::tools::QuestionPhase;
use crate::tools::{SearchAnswer, SearchMove};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::{PanelSearcher, use_quiet_search, use_search};
use crate::view::geometry::Size;
use crate::view::palette::ColourTheme;
use crate::view::stage::StageFrame;
use crate::web::canvas::Painter;
use crate::web::media;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SearchProps {
    pub document: Document,
    /// The answer that is shown on the stage.
    pub preview: Option<Box<Preview>>,
    pub theme: ColourTheme,
}

#[component]
pub fn Search(SearchProps { document, preview, theme }: &SearchProps) -> Html {
    let dispatcher = use_dispatcher();
    let searcher = use_search(document);
    let panel = searcher.panel();
    let search = panel.search.as_ref();
    html! {
        <div class="search" tabindex="-1">
            <p class="unseen" role="status">{ search.map(PanelSearch::status) }</p>
            <div class="search-body">
                { question_list(panel, document, &searcher) }
                { kinds(panel, document, &searcher) }
                { progress(panel, document, &searcher) }
                if let Some(search) = search.filter(|search| !search.answers.is_empty()) {
                    <section class="search-answers" aria-labelledby="answers-title">
                        <h3 id="answers-title">{ search.heading() }</h3>
                        <ol>
                            { for search.answers.iter().enumerate().map(|answer| {
                                let shown = preview.as_deref();
                                answer_row(answer, (panel, document, shown), *theme, (&searcher, &dispatcher))
                            }) }
                        </ol>
                    </section>
                }
            </div>
            if let Some((promise, open)) = search.and_then(PanelSearch::promise) {
                <div class="search-promise">
                    <p>{ promise }</p>
                    if let Some(open) = open { <small>{ open }</small> }
                </div>
            }
        </div>
    }
}

fn question_list(panel: &SearchPanel, document: &Document, searcher: &PanelSearcher) -> Html {
    let scenario = document.scenario();
    let chosen = panel.subject(scenario);
    let all = subjects(scenario);
    let name = |place: usize| place.to_string();
    let option = |(place, subject): (usize, _)| (name(place), question(scenario, subject));
    let options: Vec<SelectOption> = all.iter().copied().enumerate().map(option).collect();
    let value = all.iter().position(|subject| *subject == chosen).unwrap_or_default();
    let searcher = searcher.clone();
    let onchoose = Callback::from(move |value: String| {
        let subject = value.parse().ok().and_then(|place: usize| all.get(place).copied());
        if let Some(subject) = subject {
            searcher.dispatch(SearchAction::Subject(subject));
        }
    });
    html! {
        <section class="search-question" aria-label="Question">
            { select(Select {
                name: Some("Question"), value: &name(value), options, onchoose, ..Select::default()
            }) }
            <p>{ subject_hint(document, chosen) }</p>
        </section>
    }
}

fn kinds(panel: &SearchPanel, document: &Document, searcher: &PanelSearcher) -> Html {
    let row = |SearchKind { kind, is_on, count }: SearchKind| {
        let onclick = searcher.on_click(SearchAction::Toggle(kind));
        html! {
            <label class="search-kind" title={kind.help()}>
                <input type="checkbox" checked={is_on} {onclick} />
                <span>{ kind.label() }</span>
                if let Some(count) = count { <b>{ grouped(count) }</b> }
            </label>
        }
    };
    let durations = {
        let searcher = searcher.clone();
        Callback::from(move |text| searcher.dispatch(SearchAction::Durations(text)))
    };
    let most = |count: u8| {
        let is_on = panel.most == count;
        html! {
            <button class={classes!("button", is_on.then_some("on"))} aria-pressed={is_on.to_string()}
                onclick={searcher.on_click(SearchAction::Most(count))}>{ count }</button>
        }
    };
    html! {
        <section class="search-faults" aria-labelledby="faults-title">
            <h3 id="faults-title">{ "Faults to add" }</h3>
            <div class="search-kinds" role="group" aria-labelledby="faults-title">
                { for panel.rows().map(row) }
            </div>
            <div class="search-most">
                <span id="most-title">{ "Together, at most" }</span>
                <div class="group" role="group" aria-labelledby="most-title">
                    { for (1..=MOST_TOGETHER).map(most) }
                </div>
                <span class="space" />
                <small>{ panel.sum_words() }</small>
            </div>
            <label class="search-durations">
                <span>{ "Each for" }</span>
                <TextField label="Durations of faults" value={panel.durations_text(document.scenario())}
                    oncommit={durations} />
            </label>
        </section>
    }
}

/// How far the search is, with the button that starts or stops it.
fn progress(panel: &SearchPanel, document: &Document, searcher: &PanelSearcher) -> Html {
    let search = panel.search.as_ref();
    let (is_running, problem) = (panel.is_running(), panel.problem());
    let onclick = match is_running {
        true => searcher.on_stop(),
        false => searcher.on_ask(document),
    };
    // A width in a style is forbidden by the policy of the page.
    let piece = |share: u64| {
        html! {
            <svg viewBox="0 0 100 4" preserveAspectRatio="none">
                <rect width={share.to_string()} height="4" />
            </svg>
        }
    };
    let words = match search {
        _ if problem.is_some() => html! { <p class="problem" role="alert">{ problem.clone() }</p> },
        None => html! {
            <p>{ "Tries each fault at every instant at which it can make a difference." }</p>
        },
        Some(search) if matches!(search.phase, QuestionPhase::Failed(_)) => html! {
            <p class="problem" role="alert">{ search.words() }</p>
        },
        Some(search) => html! {
            <>
                <p>{ search.words() }</p>
                <small>{ search.effort() }</small>
                if !search.is_about(document) {
                    <small>{ "The scenario has changed since." }</small>
                }
            </>
        },
    };
    html! {
        <section class="search-progress" aria-label="Progress">
            if let Some(search) = search {
                <div class="search-bar" aria-hidden="true">{ for search.pieces().into_iter().map(piece) }</div>
            }
            <div class="search-words">{ words }</div>
            <button class={classes!("button", if is_running { "outlined" } else { "primary" })}
                disabled={!is_running && problem.is_some()} {onclick}>
                { if is_running { "Stop" } else { "Search" } }
            </button>
        </section>
    }
}

fn answer_row(
    (place, answer): (usize, &SearchAnswer),
    (panel, document, preview): (&SearchPanel, &Document, Option<&Preview>),
    theme: ColourTheme,
    (searcher, dispatcher): (&PanelSearcher, &Dispatcher),
) -> Html {
    let is_shown = preview.is_some_and(|preview| preview.answer.script == answer.script);
    let is_open = document.text() == answer.script;
    let is_explained = panel.is_explained(answer);
    let explain = searcher.on_click(SearchAction::Explain(answer.script.clone()));
    let onopen = opens(answer, dispatcher);
    let shown = (!is_shown).then(|| (place, Box::new(answer.clone())));
    html! {
        <li class="answer" key={answer.script.clone()} aria-current={(is_open || is_shown).then_some("true")}>
            <AnswerPicture script={answer.script.clone()} at={answer.at} {theme} />
            <div class="answer-text">
                <button class="answer-show" title="Show it on the stage" aria-pressed={is_shown.to_string()}
                    onclick={dispatcher.on_click_action(Action::Preview(shown))}>
                    if answer.moves.is_empty() { <span class="answer-move">{ "Without a fault" }</span> }
                    { for answer.moves.iter().map(|one| html! { <span class="answer-move">{ &one.words }</span> }) }
                    <span class="answer-violation">{ &answer.violation }</span>
                </button>
                if let Some(endless) = &answer.endless { <p>{ endless }</p> }
                { for answer.moves.iter().map(danger) }
                <div class="answer-actions">
                    <button class={classes!("button", if is_shown { "primary" } else { "outlined" })} onclick={onopen}>
                        { "Open" }
                    </button>
                    <button class="button outlined" aria-expanded={is_explained.to_string()} onclick={explain}>
                        { icon(Icon::Why) }{ "Explain" }
                    </button>
                </div>
            </div>
            if is_explained {
                <ul class="answer-why" aria-label="Explanation">
                    { for answer.explanation.iter().map(|(at, words)| html! {
                        <li><time>{ at.spoken().to_string() }</time><span>{ words }</span></li>
                    }) }
                </ul>
            }
        </li>
    }
}

/// The band above the stage while an answer is shown there.
pub fn preview_band(preview: &Preview, dispatcher: &Dispatcher) -> Html {
    let back = dispatcher.on_click_action(Action::Preview(None));
    html! {
        <p class="preview-band" role="status">
            <b>{ &preview.name }</b>
            <span>
                <span class="wide-words">{ "Your scenario " }</span>{ preview.words() }
                <span class="wide-words">{ " Nothing is changed until you open it." }</span>
            </span>
            <button class="link" onclick={opens(&preview.answer, dispatcher)}>{ "Open" }</button>
            <button class="link" onclick={back}>
                { "Back to mine" }<kbd>{ spoken(&Command::Close) }</kbd>
            </button>
        </p>
    }
}

fn opens(answer: &SearchAnswer, dispatcher: &Dispatcher) -> Callback<MouseEvent> {
    let (dispatcher, actions) = (dispatcher.clone(), open(answer));
    Callback::from(move |_: MouseEvent| {
        actions.iter().cloned().for_each(|action| dispatcher.dispatch(action));
    })
}

/// With which durations of a move the expectation is violated.
fn danger(one: &SearchMove) -> Html {
    let Some(danger) = &one.danger else { return Html::default() };
    let DangerTrack { from, to, is_open, own } = DangerTrack::new(danger);
    let width = DangerTrack::WIDTH;
    let bar = |at: f64| format!("M{at:.1} 2v10");
    html! {
        <div class="answer-danger">
            <svg width="212" height="14" viewBox="-3 0 212 14" aria-hidden="true">
                <path class="track" d={format!("M0 7H{width}")} />
                <path class="danger" d={format!("M{from:.1} 7H{to:.1}")} />
                <path class="end" d={bar(from)} />
                if is_open {
                    <path class="end" d={format!("M{:.1} 2.5L{width} 7L{:.1} 11.5", width - 5.0, width - 5.0)} />
                } else {
                    <path class="end" d={bar(to)} />
                }
                if let Some(own) = own { <circle cx={format!("{own:.1}")} cy="7" r="4.5" /> }
            </svg>
            <small>{ &danger.words }</small>
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct AnswerPictureProps {
    pub script: String,
    pub at: Time,
    pub theme: ColourTheme,
}

/// The size for which the picture of an answer is laid out, the width to which it is scaled, and the radius of a
/// process.
const SIZE: Size = Size { width: 252.0, height: 216.0 };
const WIDTH: f64 = 112.0;
const RADIUS: f64 = 20.0;
/// The events above which an answer has no picture: its run is simulated at once.
const MOST_EVENTS: u32 = 50_000;

/// The stage at the instant of the violation.
#[component]
pub fn AnswerPicture(props: &AnswerPictureProps) -> Html {
    let canvas = use_node_ref();
    let run_view = use_memo(props.script.clone(), |script| short_run(script));
    use_effect_with((props.clone(), run_view.is_some()), {
        let canvas = canvas.clone();
        move |(AnswerPictureProps { at, theme, .. }, _)| {
            let painter = canvas.cast::<HtmlCanvasElement>().and_then(|c| Painter::new(c).ok());
            if let (Some(mut painter), Some(run_view)) = (painter, &*run_view) {
                let frame = StageFrame {
                    theme: *theme,
                    reduced_motion: true,
                    radius: RADIUS,
                    ..StageFrame::new(SIZE)
                };
                let scene = thumbnail(run_view, *at, frame, &painter.ruler());
                painter.paint(&scene, media::pixel_ratio() * WIDTH / SIZE.width);
            }
        }
    });
    html! { <canvas class="answer-picture" ref={canvas} aria-hidden="true" /> }
}

fn short_run(script: &str) -> Option<RunView> {
    let document = Document::read(script).ok()?;
    let mut run = Run::new(document.scenario().clone());
    run.advance(MOST_EVENTS).then(|| RunView::new(run, &document))
}

#[derive(Clone, PartialEq, Properties)]
pub struct QuietSearchProps {
    pub document: Document,
}

/// The line below the verdict. While a new search runs it keeps the words of the last one, and their place.
#[component]
pub fn QuietSearch(QuietSearchProps { document }: &QuietSearchProps) -> Html {
    let dispatcher = use_dispatcher();
    let (result, is_current) = use_quiet_search(document);
    let Some((words, label)) = result.as_ref().and_then(QuietResult::words) else {
        return Html::default();
    };
    let onclick = match &result {
        Some(QuietResult::Found(answer)) => {
            dispatcher.on_click_action(Action::Preview(Some((0, Box::new(answer.clone())))))
        }
        Some(QuietResult::None(_) | QuietResult::TooLarge | QuietResult::Silent) | None => {
            dispatcher.on_click_action(Action::Panel(Some(Panel::Search)))
        }
    };
    html! {
        <p class="quiet-search" data-stale={(!is_current).then_some("")}>
            { icon(Icon::Search) }<span>{ words }</span>
            <button class="link" disabled={!is_current} {onclick}>{ label }</button>
        </p>
    }
}
