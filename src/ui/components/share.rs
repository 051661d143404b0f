//! The share dialog: the link, and everything that can be exported as a file.

use super::dialog::{Dialog, dialog_head};
use super::field::check;
use super::{Icon, icon};
use crate::export::metadata;
use crate::session::share::{
    ExportFormat, ExportSource, ExportSubject, ExportTask, fragment, fragment_without_comments,
};
use crate::session::{RunView, State, sentence};
use crate::time::Time;
use crate::tools::ToolsReply;
use crate::ui::hooks::{LATE, use_tools};
use crate::view::Target;
use crate::view::palette::ColourTheme;
use crate::view::picture::PictureView;
use crate::web::tools::{Tools, ToolsOutcome, ToolsQuestion};
use crate::web::{clipboard, file, location};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct ShareProps {
    pub state: Rc<State>,
    pub run_view: Rc<RunView>,
    pub cursor: Time,
    pub theme: ColourTheme,
    /// Opens the embed dialog.
    pub onembed: Callback<()>,
    pub onclose: Callback<()>,
}

/// The result of copying.
#[derive(Clone, Copy, PartialEq)]
enum CopyResult {
    Nothing,
    Copied,
    Refused,
}

/// The number of characters beyond which some chat programs cut a link.
const LONG: usize = 2_000;

#[component]
pub fn ShareDialog(props: &ShareProps) -> Html {
    let ShareProps { state, run_view, theme, onclose, .. } = props;
    // The instant is fixed while the dialog is open, even if playback continues.
    let cursor = use_memo((), |()| props.cursor);
    let copy_result = use_state_eq(|| CopyResult::Nothing);
    let field = use_node_ref();
    let links =
        use_memo((state.clone(), run_view.clone(), *cursor), |(state, run_view, cursor)| {
            let whole = |fragment: String| format!("{}#{fragment}", location::base());
            let full =
                fragment(state, run_view, *cursor).map(whole).map_err(|error| error.to_string());
            (full, fragment_without_comments(state, run_view, *cursor).map(whole))
        });
    let (full, bare) = &*links;
    let drops_comments = use_state_eq(|| full.is_err());
    let link = Rc::new(match bare {
        Some(bare) if *drops_comments => Ok(bare.clone()),
        Some(_) | None => full.clone(),
    });
    let copy = {
        let (copy_result, link, field) = (copy_result.setter(), link.clone(), field.clone());
        Callback::from(move |()| {
            let Ok(link) = &*link else { return };
            let (copy_result, field) = (copy_result.clone(), field.clone());
            let done = Callback::from(move |taken: bool| {
                copy_result.set(if taken { CopyResult::Copied } else { CopyResult::Refused });
                if let Some(field) = field.cast::<HtmlInputElement>().filter(|_| !taken) {
                    // Without the focus, the link can still be selected.
                    let _ = field.focus();
                    field.select();
                }
            });
            clipboard::copy(link, done);
        })
    };
    let (drops, uncopied) = (drops_comments.clone(), copy_result.setter());
    let ontoggle = Callback::from(move |_: MouseEvent| {
        drops.set(!*drops);
        uncopied.set(CopyResult::Nothing);
    });
    html! {
        <Dialog class="share" title="share-title" onkey={copy_key(copy.clone())} onclose={onclose.clone()}>
            { dialog_head("share-title", "Share") }
            { match &*link {
                Ok(link) => html! {
                    <>
                        <div class="share-link">
                            <input class="share-text" ref={field} readonly=true value={link.clone()}
                                aria-label="Link" onfocus={select_all()} />
                            <button class="button primary" data-first=""
                                onclick={copy.reform(|_: MouseEvent| ())}>
                                { icon(if *copy_result == CopyResult::Copied { Icon::Tick } else { Icon::Copy }) }
                                { "Copy link" }
                            </button>
                        </div>
                        <p class="dialog-words">{ carried(link, state, *cursor) }</p>
                    </>
                },
                Err(error) => html! { <p class="share-none">{ sentence(error) }</p> },
            } }
            if bare.is_some() {
                { check("share-bare", "Without comments", *drops_comments, ontoggle) }
            }
            { foot(link.as_ref().as_ref().ok(), *copy_result, &props.onembed) }
            <Exports state={state.clone()} run_view={run_view.clone()} cursor={*cursor} theme={*theme} />
        </Dialog>
    }
}

/// Copies the link with Ctrl C, wherever the focus is in the dialog.
fn copy_key(copy: Callback<()>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let asks = (event.ctrl_key() || event.meta_key()) && event.key() == "c";
        // In the field the browser copies the selected text.
        let in_field = event.target_dyn_into::<HtmlInputElement>().is_some();
        if asks && !in_field {
            event.prevent_default();
            copy.emit(());
        }
    })
}

/// How long it is, what became of a copy, and the way to another kind of lines.
fn foot(link: Option<&String>, copy_result: CopyResult, onembed: &Callback<()>) -> Html {
    html! {
        <div class="share-foot">
            if let Some(link) = link { <span>{ length(link) }</span> }
            <p class="share-status" role="status">{ words(copy_result) }</p>
            <span class="space" />
            <button class="button outlined" onclick={onembed.reform(|_: MouseEvent| ())}>
                { "Embed in a page…" }
            </button>
        </div>
    }
}

fn select_all() -> Callback<FocusEvent> {
    Callback::from(|event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            field.select();
        }
    })
}

/// Describes what the link opens.
fn carried(link: &str, state: &State, cursor: Time) -> String {
    let selected = match state.selected {
        Some(Target::Process(rank)) => {
            format!(" with {} selected", state.document().scenario().called(rank))
        }
        Some(_) => " with the same thing selected".to_owned(),
        None => String::new(),
    };
    let whole = match link.contains("#preset/") {
        true => "The scenario comes with the page, so its name is enough.",
        false => "Everything is in the link; no server keeps it.",
    };
    format!("It opens this scenario at {}{selected}. {whole}", cursor.spoken())
}

fn length(link: &str) -> String {
    let count = link.chars().count();
    let may_be_cut = match count > LONG {
        true => " Some programs cut so long a link; a file is safer.",
        false => "",
    };
    format!("{count} characters.{may_be_cut}")
}

fn words(copy_result: CopyResult) -> &'static str {
    match copy_result {
        CopyResult::Nothing => "",
        CopyResult::Copied => "Copied.",
        CopyResult::Refused => {
            "The browser does not let the page copy. The link is selected: press Ctrl C."
        }
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct ExportsProps {
    pub state: Rc<State>,
    pub run_view: Rc<RunView>,
    pub cursor: Time,
    pub theme: ColourTheme,
}

#[component]
pub fn Exports(props: &ExportsProps) -> Html {
    let outcome = use_state_eq(|| None::<Result<String, String>>);
    let saver = FileSaver {
        tools: use_tools(),
        questions: use_mut_ref(Vec::new),
        done: Callback::from({
            let outcome = outcome.setter();
            move |words| outcome.set(Some(words))
        }),
    };
    let typed = use_state_eq(|| props.run_view.animated_stretch());
    let stretch = props.run_view.read_stretch([&typed[0], &typed[1]]);
    let row = |subject: ExportSubject| {
        let forms = ExportFormat::ALL.into_iter().filter(move |format| format.subject() == subject);
        let name = match subject {
            ExportSubject::Stage => format!("{} at {}", subject.name(), props.cursor.spoken()),
            ExportSubject::Scenario | ExportSubject::Diagram | ExportSubject::Story => {
                subject.name().to_owned()
            }
        };
        html! {
            <div class="exports-row" role="group" aria-label={name.clone()}>
                <span class="exports-name">{ name }</span>
                <div class="exports-forms">{ for forms.map(|format| form(props, format, &stretch, &saver)) }</div>
            </div>
        }
    };
    html! {
        <section class="exports" aria-labelledby="exports-title">
            <h3 id="exports-title">{ "Save as a file" }</h3>
            { for ExportSubject::ALL.map(row) }
            { range(&typed, &stretch) }
            { match &*outcome {
                Some(Err(words)) => html! { <p class="exports-status problem" role="status">{ words }</p> },
                Some(Ok(words)) => html! { <p class="exports-status" role="status">{ words }</p> },
                None => html! { <p class="exports-status" role="status" /> },
            } }
        </section>
    }
}

type Stretch = Result<((Time, Time), String), String>;

/// The fields for the span that the animated SVG plays.
fn range(typed: &UseStateHandle<[String; 2]>, stretch: &Stretch) -> Html {
    let end = |place: usize, id: &'static str, label: &'static str| {
        let oninput = {
            let typed = typed.clone();
            Callback::from(move |event: InputEvent| {
                let mut next = (*typed).clone();
                next[place] = event.target_unchecked_into::<HtmlInputElement>().value();
                typed.set(next);
            })
        };
        html! {
            <><label for={id}>{ label }</label>
            <input {id} type="text" autocomplete="off" spellcheck="false" value={typed[place].clone()}
                aria-describedby="stretch-error" aria-invalid={stretch.is_err().then_some("true")} {oninput} /></>
        }
    };
    let (class, words) = match stretch {
        Ok((_, words)) => ("hint", words),
        Err(words) => ("problem", words),
    };
    html! {
        <div class="exports-row" role="group" aria-label="Animated SVG">
            <span class="exports-name">{ "Animated SVG" }</span>
            <div class="exports-range">
                { end(0, "stretch-from", "from") }{ end(1, "stretch-to", "to") }
                <p id="stretch-error" class={class} role="status">{ words }</p>
            </div>
        </div>
    }
}

fn form(props: &ExportsProps, format: ExportFormat, stretch: &Stretch, saver: &FileSaver) -> Html {
    let onclick = {
        let (props, saver, stretch) = (props.clone(), saver.clone(), stretch.clone());
        Callback::from(move |_: MouseEvent| saver.save(&props, format, &stretch))
    };
    html! {
        <button class="button outlined" title={format.about()} {onclick}>{ format.form() }</button>
    }
}

/// Saves files.
#[derive(Clone)]
struct FileSaver {
    tools: Tools,
    /// The last question for each format.
    questions: Rc<RefCell<Vec<(ExportFormat, ToolsQuestion)>>>,
    /// Called back with a sentence about the result.
    done: Callback<Result<String, String>>,
}

impl FileSaver {
    fn save(&self, props: &ExportsProps, format: ExportFormat, stretch: &Stretch) {
        let ExportsProps { state, run_view, cursor, .. } = props;
        let document = state.document();
        let name = format.file_name(document);
        let stretch = stretch.as_ref().map(|(stretch, _)| *stretch).map_err(String::as_str);
        let shown = ExportSource { document, run_view, at: *cursor, window: state.window, stretch };
        let done = self.done.clone();
        match format.task(shown) {
            Err(words) => done.emit(Err(words)),
            Ok(ExportTask::Text(text)) => {
                file::save_text(&name, format.media_type(), &text);
                done.emit(Ok(saved(&name)));
            }
            Ok(ExportTask::Paint(view)) => paint(props, view, name, done),
            Ok(ExportTask::Ask(request)) => {
                let heard = self.on_outcome(format, name);
                let mut questions = self.questions.borrow_mut();
                questions.retain(|(other, _)| *other != format);
                questions.push((format, self.tools.ask(request, heard)));
            }
        }
    }

    /// Saves the file that comes from the tools; says that it is awaited if it takes long.
    fn on_outcome(&self, format: ExportFormat, name: String) -> Callback<ToolsOutcome> {
        let done = self.done.clone();
        let late = {
            let (done, words) = (done.clone(), format!("Making {name}…"));
            Cell::new(Some(Timeout::new(LATE, move || done.emit(Ok(words.clone())))))
        };
        Callback::from(move |outcome: ToolsOutcome| {
            let text = match outcome {
                Ok(reply) => {
                    let ToolsReply::File(text) = reply else { return };
                    text
                }
                Err(failure) => Err(sentence(&failure.to_string())),
            };
            drop(late.take());
            done.emit(text.map(|text| {
                file::save_text(&name, format.media_type(), &text);
                saved(&name)
            }));
        })
    }
}

fn saved(name: &str) -> String {
    format!("Saved as {name}.")
}

/// Saves a picture in the colours of the page.
fn paint(
    props: &ExportsProps,
    view: PictureView,
    name: String,
    done: Callback<Result<String, String>>,
) {
    let ExportsProps { state, run_view, cursor, theme } = props;
    let subject = run_view.subject();
    let taken = Callback::from(move |blob: Option<web_sys::Blob>| {
        done.emit(match blob {
            Some(blob) => {
                file::save(&name, &blob);
                Ok(saved(&name))
            }
            None => Err("The browser cannot make this picture.".to_owned()),
        });
    });
    let draw = |ruler: &crate::web::canvas::Ruler| match view {
        PictureView::Stage => subject.stage_scene(*cursor, *theme, ruler),
        PictureView::Spacetime => {
            let window = state.window.unwrap_or_else(|| run_view.first_window());
            subject.spacetime_scene(window, Some(*cursor), *theme, ruler)
        }
    };
    let chunk = metadata::png_chunk(&run_view.script(state.document()));
    file::png(theme.tokens().stage, draw, chunk, taken);
}
