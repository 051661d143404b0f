//! Share: the link, and everything that can be taken away as a file.

mod takes;

use super::dialog::{Dialog, dialog_head};
use super::field::check;
use super::{Icon, icon};
use crate::session::share::{fragment, fragment_without_comments};
use crate::session::{RunView, State, sentence};
use crate::time::Time;
use crate::view::Target;
use crate::view::palette::ColourTheme;
use crate::web::{clipboard, location};
use std::rc::Rc;
use takes::Takes;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct ShareProps {
    pub state: Rc<State>,
    pub run_view: Rc<RunView>,
    pub cursor: Time,
    pub theme: ColourTheme,
    /// To the lines for a page of one's own.
    pub onembed: Callback<()>,
    pub onclose: Callback<()>,
}

/// What became of a copy.
#[derive(Clone, Copy, PartialEq)]
enum CopyResult {
    Nothing,
    Copied,
    Refused,
}

/// A link of so many characters is cut by some programs that people chat with.
const LONG: usize = 2_000;

#[component]
pub fn ShareDialog(props: &ShareProps) -> Html {
    let ShareProps { state, run_view, theme, onclose, .. } = props;
    // While it is open nothing moves, whatever goes on playing behind it.
    let cursor = use_memo((), |()| props.cursor);
    let told = use_state_eq(|| CopyResult::Nothing);
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
        let (told, link, field) = (told.setter(), link.clone(), field.clone());
        Callback::from(move |()| {
            let Ok(link) = &*link else { return };
            let (told, field) = (told.clone(), field.clone());
            let done = Callback::from(move |taken: bool| {
                told.set(if taken { CopyResult::Copied } else { CopyResult::Refused });
                if let Some(field) = field.cast::<HtmlInputElement>().filter(|_| !taken) {
                    // Where it cannot have the focus, the link is still there to be selected.
                    let _ = field.focus();
                    field.select();
                }
            });
            clipboard::copy(link, done);
        })
    };
    let (drops, untold) = (drops_comments.clone(), told.setter());
    let ontoggle = Callback::from(move |_: MouseEvent| {
        drops.set(!*drops);
        untold.set(CopyResult::Nothing);
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
                                { icon(if *told == CopyResult::Copied { Icon::Tick } else { Icon::Copy }) }
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
            { foot(link.as_ref().as_ref().ok(), *told, &props.onembed) }
            <Takes state={state.clone()} run_view={run_view.clone()} cursor={*cursor} theme={*theme} />
        </Dialog>
    }
}

/// The key that copies, wherever the focus is.
fn copy_key(copy: Callback<()>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let asks = (event.ctrl_key() || event.meta_key()) && event.key() == "c";
        // In the field the browser copies what is selected.
        let in_field = event.target_dyn_into::<HtmlInputElement>().is_some();
        if asks && !in_field {
            event.prevent_default();
            copy.emit(());
        }
    })
}

/// How long it is, what became of a copy, and the way to another kind of lines.
fn foot(link: Option<&String>, told: CopyResult, onembed: &Callback<()>) -> Html {
    html! {
        <div class="share-foot">
            if let Some(link) = link { <span>{ length(link) }</span> }
            <p class="share-told" role="status">{ words(told) }</p>
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

/// What whoever opens the link sees.
fn carried(link: &str, state: &State, cursor: Time) -> String {
    let selected = match state.selected {
        Some(Target::Process(rank)) => format!(" with {rank} selected"),
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

fn words(told: CopyResult) -> &'static str {
    match told {
        CopyResult::Nothing => "",
        CopyResult::Copied => "Copied.",
        CopyResult::Refused => {
            "The browser does not let the page copy. The link is selected: press Ctrl C."
        }
    }
}
