//! Embed: what is open, as a few lines for a page of one's own, beside the figure as it will be.

use super::dialog::{Dialog, dialog_head};
use super::field::{ChoiceField, ValueField, check, choice};
use super::{Icon, icon};
use crate::export::snippet::SnippetForm;
use crate::export::svg::Colours;
use crate::scenario::FigureView;
use crate::session::embed::{EmbedField, EmbedForm, EmbedSnippet};
use crate::session::{Document, RunView};
use crate::time::Time;
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
    let lines = form.lines(document, run_view, &page);
    html! {
        <Dialog class="embed" title="embed-title" onclose={onclose.clone()}>
            { dialog_head("embed-title", "Embed in a page") }
            <div class="embed-parts">
                <div class="embed-form">{ ways(&form, &set) }{ fields(&form, &set) }</div>
                <div class="embed-result">
                    { preview(&form, document, &page) }
                    <Code lines={lines} way={form.way} />
                </div>
            </div>
        </Dialog>
    }
}

/// As what it stands in the page.
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
    let typed = |entry: EmbedField| {
        let (form, set) = (form.clone(), set.clone());
        let value = form.written(entry);
        let commit = Callback::from(move |text: String| {
            form.with(entry, &text).map(|changed| set.emit(changed))
        });
        html! {
            <ValueField id={format!("embed-{entry:?}")} label={entry.label()} {value} {commit}
                placeholder={entry.anyway()} />
        }
    };
    let toggled = |id: &str, words: &str, is_on: bool, change: fn(&mut EmbedForm)| {
        let form = form.clone();
        let ontoggle = set.reform(move |_: MouseEvent| {
            let mut changed = form.clone();
            change(&mut changed);
            changed
        });
        check(id, words, is_on, ontoggle)
    };
    let options = &form.options;
    html! {
        <>
            { for EmbedField::ALL.map(typed) }
            { shows(form, set) }
            { colours(form, set) }
            { toggled("embed-plays", "Plays by itself", options.autoplay, |form| form.options.autoplay ^= true) }
            { toggled("embed-loops", "Plays again and again", options.is_looping, |form| form.options.is_looping ^= true) }
            { toggled("embed-still", "Only for looking at", options.is_readonly, |form| form.options.is_readonly ^= true) }
            { toggled("embed-bare", "Without the bar", options.has_no_controls, |form| form.options.has_no_controls ^= true) }
            if form.way == SnippetForm::Element {
                { toggled("embed-poster", "With a picture until it plays", form.has_poster, |form| form.has_poster ^= true) }
            }
        </>
    }
}

fn shows(form: &EmbedForm, set: &Callback<EmbedForm>) -> Html {
    const VIEWS: [(FigureView, &str); 3] = [
        (FigureView::Stage, "The stage"),
        (FigureView::Spacetime, "The diagram"),
        (FigureView::Both, "Both"),
    ];
    let own = form.clone();
    choice(ChoiceField {
        id: "embed-view",
        label: "Shows",
        value: form.options.view.map_or("", FigureView::name),
        options: std::iter::once((String::new(), "As the script says".to_owned()))
            .chain(VIEWS.map(|(view, words)| (view.name().to_owned(), words.to_owned())))
            .collect(),
        onchoose: set.reform(move |name: String| {
            let view = VIEWS.into_iter().map(|(view, _)| view).find(|view| view.name() == name);
            let mut form = own.clone();
            form.options.view = view;
            form
        }),
    })
}

fn colours(form: &EmbedForm, set: &Callback<EmbedForm>) -> Html {
    const THEMES: [(Colours, &str); 3] =
        [(Colours::Auto, "As the page is"), (Colours::Light, "Light"), (Colours::Dark, "Dark")];
    let own = form.clone();
    choice(ChoiceField {
        id: "embed-theme",
        label: "Colours",
        value: form.options.theme.name(),
        options: THEMES.map(|(theme, words)| (theme.name().to_owned(), words.to_owned())).into(),
        onchoose: set.reform(move |name: String| {
            let theme =
                THEMES.into_iter().map(|(theme, _)| theme).find(|theme| theme.name() == name);
            let mut form = own.clone();
            form.options.theme = theme.unwrap_or_default();
            form
        }),
    })
}

/// The figure itself: a frame of another address is another frame, so that the way back of the browser
/// does not lead through all that was tried.
fn preview(form: &EmbedForm, document: &Document, page: &str) -> Html {
    match form.preview(document, page) {
        Ok(address) => html! {
            <iframe class="embed-preview" key={address.clone()} src={address} title="The figure as it will be" />
        },
        Err(words) => html! { <p class="embed-none" role="status">{ words }</p> },
    }
}

#[derive(Clone, PartialEq, Properties)]
struct CodeProps {
    lines: Result<EmbedSnippet, String>,
    way: SnippetForm,
}

/// The lines, and a button that copies them.
#[component]
fn Code(props: &CodeProps) -> Html {
    let said = use_state_eq(|| "");
    let field = use_node_ref();
    {
        let said = said.setter();
        use_effect_with(props.lines.clone(), move |_| said.set(""));
    }
    let EmbedSnippet { figure, once } = match &props.lines {
        Ok(lines) => lines,
        Err(words) => return html! { <p class="problem" role="alert">{ words }</p> },
    };
    let text = match once {
        Some(once) => format!("{once}\n{figure}"),
        None => figure.clone(),
    };
    let onclick = {
        let (said, field, text) = (said.setter(), field.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            let (said, field) = (said.clone(), field.clone());
            let done = Callback::from(move |taken: bool| {
                if let Some(field) = field.cast::<HtmlTextAreaElement>().filter(|_| !taken) {
                    // Where it cannot have the focus, the lines can still be selected.
                    let _ = field.focus();
                    field.select();
                }
                said.set(if taken { "Copied." } else { "They are selected: press Ctrl C." });
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
                <p role="status">{ *said }</p>
                <span class="space" />
                <p>{ about }</p>
            </div>
        </div>
    }
}
