//! The controls around the script editor: commands on the whole text, the notes, and the table of keywords.

use crate::narration::sentence;
use crate::scenario::keywords::{Keyword, KeywordPosition, WORDS};
use crate::scenario::script;
use crate::session::editor::{Note, NoteFix, Notes, plain};
use crate::session::{Action, Document};
use crate::tools::ToolsFailure;
use crate::ui::components::{Icon, icon};
use crate::ui::dispatcher::use_dispatcher;
use crate::web::{clipboard, json};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// How long the confirmation of a copy is shown, in milliseconds.
const TOLD: u32 = 2_000;

#[derive(Clone, PartialEq, Properties)]
pub struct ScriptToolsProps {
    pub document: Document,
    /// Whether the panel shows JSON, which is always canonical.
    pub is_json: bool,
}

#[component]
pub fn ScriptTools(props: &ScriptToolsProps) -> Html {
    let ScriptToolsProps { document, is_json } = props;
    let dispatcher = use_dispatcher();
    let formatted = use_memo(document.clone(), formatted);
    let is_copied = use_state_eq(|| false);
    use_effect_with(*is_copied, {
        let is_copied = is_copied.setter();
        move |dispatched| {
            let timer = dispatched.then(|| Timeout::new(TOLD, move || is_copied.set(false)));
            move || drop(timer)
        }
    });
    let ontidy = {
        let formatted = formatted.clone();
        dispatcher.dispatch_from(move |_: MouseEvent| Action::Write {
            text: formatted.as_ref().clone().unwrap_or_default(),
            name: "tidying".to_owned(),
        })
    };
    let oncopy = {
        let (document, is_json) = (document.clone(), *is_json);
        let (dispatched, dispatcher) = (is_copied.setter(), dispatcher.clone());
        Callback::from(move |_: MouseEvent| {
            let text = match is_json {
                true => json::loaded()
                    .ok_or(ToolsFailure::NotLoaded)
                    .and_then(|program| program.write(document.text())),
                false => Ok(document.written().to_owned()),
            };
            let text = match text {
                Ok(text) => text,
                Err(failure) => {
                    return dispatcher.dispatch(Action::Say(Some(sentence(&failure.to_string()))));
                }
            };
            let (dispatched, dispatcher) = (dispatched.clone(), dispatcher.clone());
            let done = Callback::from(move |allowed| match allowed {
                true => dispatched.set(true),
                false => dispatcher.dispatch(Action::Say(Some(REFUSED.to_owned()))),
            });
            clipboard::copy(&text, done);
        })
    };
    let copy = match (*is_copied, *is_json) {
        (true, _) => "Copied",
        (false, true) => "Copy the JSON",
        (false, false) => "Copy the script",
    };
    let title = formatted.as_ref().as_ref().map_or_else(|reason| *reason, |_| "Canonical spelling");
    html! {
        <>
            if !*is_json {
                <button class="button" disabled={formatted.is_err()} {title} onclick={ontidy}>{ "Tidy" }</button>
            }
            <button class="button square" aria-label={copy} title={copy} onclick={oncopy}>
                { icon(if *is_copied { Icon::Tick } else { Icon::Copy }) }
            </button>
            <span class="unseen" role="status">{ is_copied.then_some("Copied") }</span>
        </>
    }
}

const REFUSED: &str =
    "The browser does not let the page copy; select the text and copy it by hand.";

/// The canonical text, or why it is not available.
fn formatted(document: &Document) -> Result<String, &'static str> {
    let text = plain(document.written());
    match script::format(&text) {
        Err(_) => Err("Only a script that can be read can be formatted; correct it first"),
        Ok(tidy) if tidy == text => Err("It is already tidy"),
        Ok(tidy) => Ok(tidy),
    }
}

/// The note with this index. `ongo` goes to a note, by index, and to its line.
pub fn foot(
    notes: &Notes,
    place: usize,
    ongo: &Callback<usize>,
    onremedy: &Callback<NoteFix>,
) -> Html {
    let Some(note) = notes.list.get(place) else { return html! {} };
    let is_problem = notes.has_problems();
    let count = notes.list.len();
    let to = |place: usize| ongo.reform(move |_: MouseEvent| place);
    html! {
        <div class={classes!("script-foot", is_problem.then_some("problem"))}>
            <p class="script-heading">
                { heading(notes, place, note, to(place)) }
                if is_problem {
                    <span>{ "The stage keeps the last script that could be read." }</span>
                }
            </p>
            <p class="script-note" id="script-note">{ words(note) }</p>
            if note.remedy.is_some() || count > 1 {
                <div class="script-remedies">
                    if let Some(remedy) = &note.remedy { { button(remedy, onremedy) } }
                    <span class="space" />
                    if count > 1 {
                        <button class="button square back" aria-label="Previous" title="Previous"
                            onclick={to((place + count - 1) % count)}>{ icon(Icon::Chevron) }</button>
                        <button class="button square on-to" aria-label="Next" title="Next"
                            onclick={to((place + 1) % count)}>{ icon(Icon::Chevron) }</button>
                    }
                </div>
            }
        </div>
    }
}

/// The heading of a note; a button if the note has a line.
fn heading(notes: &Notes, place: usize, note: &Note, onclick: Callback<MouseEvent>) -> Html {
    let words = notes.heading(place);
    match note.line {
        Some(_) => html! {
            <button class="script-count" title="Go to the line" {onclick}>{ words }</button>
        },
        None => html! { <span class="script-count">{ words }</span> },
    }
}

/// The text of a note: the statement in bold, quoted words as code.
pub fn words(note: &Note) -> Html {
    html! {
        <>
            <strong>{ quoted(&note.lead) }</strong>
            if let Some(rest) = &note.rest { { " " }{ quoted(rest) } }
        </>
    }
}

/// The button of a fix; it leaves the focus in the text.
pub fn button(remedy: &NoteFix, onremedy: &Callback<NoteFix>) -> Html {
    let pressed = remedy.clone();
    html! {
        <button class="button outlined" onmousedown={Callback::from(|event: MouseEvent| event.prevent_default())}
            onclick={onremedy.reform(move |_: MouseEvent| pressed.clone())}>
            { quoted(&remedy.label) }
        </button>
    }
}

/// Renders words in backticks as code.
pub fn quoted(words: &str) -> Html {
    let part = |(index, part): (usize, &str)| match index % 2 {
        0 => html! { { part.to_owned() } },
        _ => html! { <code>{ part.to_owned() }</code> },
    };
    html! { <>{ for words.split('`').enumerate().map(part) }</> }
}

/// The table of keywords.
pub fn words_table(onexample: &Callback<&'static Keyword>) -> Html {
    let section = |(kind, title): (KeywordPosition, &'static str)| {
        let words = WORDS.iter().filter(move |word| word.kind == kind);
        html! {
            <section>
                <h2>{ title }</h2>
                <ul>{ for words.map(|word| entry(word, onexample)) }</ul>
            </section>
        }
    };
    html! {
        <details class="script-words">
            <summary>{ "Words" }</summary>
            <div class="script-table">
                <p>{ "One statement a line; everything has a default. Press an example to write it." }</p>
                { for [
                    (KeywordPosition::Statement, "Statements"),
                    (KeywordPosition::Fault, "Faults"),
                    (KeywordPosition::Condition, "Conditions"),
                    (KeywordPosition::Fate, "What becomes of a message"),
                ].map(section) }
            </div>
        </details>
    }
}

fn entry(word: &'static Keyword, onexample: &Callback<&'static Keyword>) -> Html {
    html! {
        <li key={word.word}>
            <button class="script-example" title={word.form} onclick={onexample.reform(move |_: MouseEvent| word)}>
                <code>{ word.example }</code>
                <small>{ word.means }</small>
            </button>
        </li>
    }
}
