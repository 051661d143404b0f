//! The embed dialog: a snippet for another page, beside a preview of the figure.

use super::dialog::{Dialog, dialog_head};
use super::field::{ChoiceField, ValueField, check, choice};
use super::{Icon, icon};
use crate::export::snippet::SnippetForm;
use crate::scenario::{FigureOption, FigureValueKind};
use crate::session::embed::EmbedForm;
use crate::session::{Document, RunView};
use crate::time::Time;
use crate::tools::SnippetLines;
use crate::ui::hooks::{SnippetState, use_snippet};
use crate::web::{clipboard, location};
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct EmbedProps {
    pub document: Document,
    pub run_view: Rc<RunView>,
    pub cursor: Time,
    pub onclose: Callback<()>,
}

#[component]
pub fn EmbedDialog(props: &EmbedProps) -> Html {
    let EmbedProps { document, run_view, cursor, onclose } = props;
    let form = use_state_eq(|| EmbedForm::new(document, *cursor));
    let set = {
        let form = form.clone();
        Callback::from(move |changed: EmbedForm| form.set(changed))
    };
    let page = location::page();
    let (snippet, again) = use_snippet(&form, document, run_view, &page);
    html! {
        <Dialog class="embed" title="embed-title" onclose={onclose.clone()}>
            { dialog_head("embed-title", "Embed in a page") }
            <div class="embed-parts">
                <div class="embed-form">{ ways(&form, &set) }{ fields(&form, &set) }</div>
                <div class="embed-result">
                    { preview(&snippet) }
                    <Code {snippet} way={form.way} {again} />
                </div>
            </div>
        </Dialog>
    }
}

/// The choice between the forms of a snippet.
fn ways(form: &EmbedForm, set: &Callback<EmbedForm>) -> Html {
    let one = |way: SnippetForm| {
        let (words, about) = match way {
            SnippetForm::Element => ("Element", "Plays, reports, and follows the page's theme"),
            SnippetForm::Mdx => ("Element in MDX", "For Docusaurus, whose pages are programs"),
            SnippetForm::Frame => ("Plain frame", "Where no script can be added"),
            SnippetForm::Fence => ("Markdown block", "Text in the source, checked with the build"),
        };
        let chosen = EmbedForm { way, ..form.clone() };
        html! {
            <label class="embed-way">
                <input type="radio" name="embed-way" checked={form.way == way}
                    onchange={set.reform(move |_: Event| chosen.clone())} />
                <span><b>{ words }</b>{ about }</span>
            </label>
        }
    };
    html! {
        <fieldset class="embed-ways"><legend>{ "As" }</legend>{ for SnippetForm::ALL.map(one) }</fieldset>
    }
}

fn fields(form: &EmbedForm, set: &Callback<EmbedForm>) -> Html {
    let option = |option: &FigureOption| {
        let row = option.row();
        row.label.map(|label| field_of(*option, label, form, set))
    };
    let poster = EmbedForm { has_poster: !form.has_poster, ..form.clone() };
    html! {
        <>
            { for FigureOption::ALL.iter().filter_map(option) }
            if form.way == SnippetForm::Element {
                { check("embed-poster", "With a picture until it plays", form.has_poster,
                    set.reform(move |_: MouseEvent| poster.clone())) }
            }
        </>
    }
}

/// The field of an option, by its kind of value.
fn field_of(
    option: FigureOption,
    label: &'static str,
    form: &EmbedForm,
    set: &Callback<EmbedForm>,
) -> Html {
    let row = option.row();
    let id = format!("embed-{}", row.name);
    let value = form.written(option);
    match row.kind {
        FigureValueKind::Instant | FigureValueKind::Speed | FigureValueKind::Pixels => {
            let (form, set) = (form.clone(), set.clone());
            let commit = Callback::from(move |text: String| {
                form.with(option, &text).map(|changed| set.emit(changed))
            });
            let placeholder = row.default.to_string();
            html! { <ValueField {id} {label} {value} {commit} {placeholder} /> }
        }
        FigureValueKind::View | FigureValueKind::Theme => {
            let form = form.clone();
            let choices = row.kind.choices().iter();
            let choices = choices.map(|&(name, words)| (name.to_owned(), words.to_owned()));
            let open = row.word.map(|_| (String::new(), "As the script says".to_owned()));
            let is_default = value.is_empty() && open.is_none();
            choice(ChoiceField {
                id: row.name,
                label,
                value: &if is_default { row.default.to_string() } else { value },
                options: open.into_iter().chain(choices).collect(),
                // Each option of the list can be parsed.
                onchoose: set.reform(move |name: String| {
                    form.with(option, &name).unwrap_or_else(|_| form.clone())
                }),
            })
        }
        FigureValueKind::Bar | FigureValueKind::Switch | FigureValueKind::Flag => {
            let toggled = form.toggled(option);
            let ontoggle = set.reform(move |_: MouseEvent| toggled.clone());
            check(&id, label, form.is_ticked(option), ontoggle)
        }
    }
}

/// The preview. The key makes each address a new frame, so that the browser's history does not collect all of
/// them.
fn preview(SnippetState { reply, .. }: &SnippetState) -> Html {
    match reply.as_ref().map(|reply| reply.as_ref().map(|reply| &reply.preview)) {
        Some(Ok(Ok(address))) => html! {
            <iframe class="embed-preview" key={address.clone()} src={address.clone()} title="The figure as it will be" />
        },
        Some(Ok(Err(words))) => html! { <p class="embed-none" role="status">{ words }</p> },
        None | Some(Err(_)) => html! { <div class="embed-preview" /> },
    }
}

#[derive(Clone, PartialEq, Properties)]
struct CodeProps {
    snippet: SnippetState,
    way: SnippetForm,
    /// Asks again for the lines.
    again: Callback<()>,
}

/// The snippet, and a button that copies it.
#[component]
fn Code(props: &CodeProps) -> Html {
    let status = use_state_eq(|| "");
    let field = use_node_ref();
    let SnippetState { reply, is_late } = &props.snippet;
    {
        let status = status.setter();
        use_effect_with(reply.clone(), move |_| status.set(""));
    }
    let lines = match reply {
        None => Ok(&SnippetLines { figure: String::new(), once: None }),
        Some(Ok(reply)) => reply.lines.as_ref(),
        Some(Err(words)) => return failed(words, &props.again),
    };
    let SnippetLines { figure, once } = match lines {
        Ok(lines) => lines,
        Err(words) => return html! { <p class="problem" role="alert">{ words }</p> },
    };
    let text = match once {
        Some(once) => format!("{once}\n{figure}"),
        None => figure.clone(),
    };
    let onclick = {
        let (status, field, text) = (status.setter(), field.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            let (status, field) = (status.clone(), field.clone());
            if text.is_empty() {
                return status.set(AWAITED);
            }
            let done = Callback::from(move |taken: bool| {
                if let Some(field) = field.cast::<HtmlTextAreaElement>().filter(|_| !taken) {
                    // Without the focus, the lines can still be selected.
                    let _ = field.focus();
                    field.select();
                }
                status.set(if taken { "Copied." } else { "They are selected: press Ctrl C." });
            });
            clipboard::copy(&text, done);
        })
    };
    let about = match props.way {
        SnippetForm::Element | SnippetForm::Fence => "The first line is needed once on each page.",
        SnippetForm::Mdx => "The first two lines belong into docusaurus.config.js.",
        SnippetForm::Frame => "",
    };
    html! {
        <div class="embed-code">
            <textarea ref={field} readonly=true spellcheck="false" aria-label="Lines for your page"
                value={text.clone()} rows="7" />
            <div class="embed-foot">
                <button class="button primary" {onclick}>{ icon(Icon::Copy) }{ "Copy" }</button>
                <p role="status">{ if *is_late { AWAITED } else { *status } }</p>
                <span class="space" />
                <p>{ about }</p>
            </div>
        </div>
    }
}

const AWAITED: &str = "Writing the lines…";

/// Why there are no lines, and a button that tries again.
fn failed(words: &str, again: &Callback<()>) -> Html {
    html! {
        <div class="embed-code">
            <p class="problem" role="alert">{ words }</p>
            <div class="embed-foot">
                <button class="button primary" onclick={again.reform(|_: MouseEvent| ())}>{ "Try again" }</button>
            </div>
        </div>
    }
}
