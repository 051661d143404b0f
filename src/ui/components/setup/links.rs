//! The links with their own settings: each with its latency or loss, and a form that adds one.

use super::{act_on, typed};
use crate::scenario::{Change, Link};
use crate::session::setup::{SetupField, checked, own_links, without};
use crate::session::{Action, Document};
use crate::types::Rank;
use crate::ui::components::field::{ChoiceField, ValueField, choice};
use crate::ui::components::{Icon, icon};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct OwnLinksProps {
    pub document: Document,
}

/// The values in the form.
#[derive(Clone, PartialEq)]
struct NewLink {
    from: Rank,
    to: Rank,
    loses: bool,
    text: String,
}

#[component]
pub fn OwnLinks(OwnLinksProps { document }: &OwnLinksProps) -> Html {
    let dispatcher = use_dispatcher();
    let adding = use_state(|| None::<NewLink>);
    let problem = use_state(|| None::<String>);
    let links = own_links(document.scenario());
    let open = {
        let (adding, ranks) = (adding.clone(), document.scenario().ranks.clone());
        Callback::from(move |_: MouseEvent| {
            if let [from, to, ..] = *ranks {
                adding.set(Some(NewLink { from, to, loses: false, text: "80ms".to_owned() }));
            }
        })
    };
    html! {
        <section aria-labelledby="set-links">
            <h2 id="set-links">{ "Links of their own" }</h2>
            { for links.into_iter().enumerate().map(|(place, link)| row(document, &dispatcher, place, link)) }
            if let Some(own) = &*adding {
                { form(document, &dispatcher, own, &adding, &problem) }
            } else {
                <button class="button outlined" disabled={document.scenario().ranks.len() < 2}
                    onclick={open}>{ "Add a link" }</button>
            }
        </section>
    }
}

fn row(document: &Document, dispatcher: &Dispatcher, place: usize, field: SetupField) -> Html {
    let (SetupField::LatencyOf(link) | SetupField::LossOf(link)) = field else {
        return Html::default();
    };
    let label = format!("{} → {} {}", link.from, link.to, field.label().to_lowercase());
    let (document, dispatcher) = (document.clone(), dispatcher.clone());
    let commit = typed(&document, &dispatcher, field);
    let value = field.text(document.scenario());
    let words =
        format!("Remove the {} of {} to {}", field.label().to_lowercase(), link.from, link.to);
    let remove = Callback::from(move |_: MouseEvent| {
        if let Some(setting) = without(field) {
            act_on(&dispatcher, checked(document.scenario(), setting));
        }
    });
    html! {
        <ValueField key={place} id={format!("setup-link-{place}")} {label} {value} {commit}>
            <button class="button square" aria-label={words.clone()} title={words} onclick={remove}>
                { icon(Icon::Cross) }
            </button>
        </ValueField>
    }
}

fn form(
    document: &Document,
    dispatcher: &Dispatcher,
    own: &NewLink,
    adding: &UseStateHandle<Option<NewLink>>,
    problem: &UseStateHandle<Option<String>>,
) -> Html {
    let change = |with: fn(&mut NewLink, String)| {
        let (own, adding) = (own.clone(), adding.setter());
        Callback::from(move |text: String| {
            let mut next = own.clone();
            with(&mut next, text);
            adding.set(Some(next));
        })
    };
    let ranks: Vec<(String, String)> =
        document.scenario().ranks.iter().map(|rank| (rank.to_string(), rank.to_string())).collect();
    let typed = change(|own, text| own.text = text);
    let onsubmit = {
        let (document, dispatcher, own) = (document.clone(), dispatcher.clone(), own.clone());
        let (adding, problem) = (adding.setter(), problem.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match own.change(&document) {
                Ok(change) => {
                    adding.set(None);
                    problem.set(None);
                    change
                        .into_iter()
                        .for_each(|change| dispatcher.dispatch(Action::Change(change)));
                }
                Err(words) => problem.set(Some(words)),
            }
        })
    };
    let close = {
        let (adding, problem) = (adding.setter(), problem.setter());
        Callback::from(move |_: MouseEvent| {
            adding.set(None);
            problem.set(None);
        })
    };
    let pair = |name: &str, words: &str| (name.to_owned(), words.to_owned());
    html! {
        <form class="inner-form" {onsubmit}>
            { choice(ChoiceField { id: "link-from", label: "From", value: &own.from.to_string(),
                options: ranks.clone(), onchoose: change(|own, name| put(&mut own.from, &name)) }) }
            { choice(ChoiceField { id: "link-to", label: "To", value: &own.to.to_string(),
                options: ranks, onchoose: change(|own, name| put(&mut own.to, &name)) }) }
            { choice(ChoiceField { id: "link-what", label: "What", value: if own.loses { "loss" } else { "latency" },
                options: vec![pair("latency", "its latency"), pair("loss", "its loss")],
                onchoose: change(NewLink::turn) }) }
            <div class="field">
                <label for="link-value">{ "Is" }</label>
                <input id="link-value" type="text" autocomplete="off" value={own.text.clone()}
                    aria-invalid={problem.is_some().then_some("true")} aria-describedby="link-said"
                    oninput={typed.reform(|event: InputEvent| {
                        event.target_unchecked_into::<HtmlInputElement>().value()
                    })} />
                <div class="field-said" id="link-said" role="alert">
                    if let Some(problem) = &**problem { <p class="problem">{ problem }</p> }
                </div>
            </div>
            <div class="form-deeds">
                <button class="button primary" type="submit">{ "Add" }</button>
                <button class="button" type="button" onclick={close}>{ "Cancel" }</button>
            </div>
        </form>
    }
}

impl NewLink {
    /// Switches between latency and loss, with a typical value.
    fn turn(&mut self, what: String) {
        self.loses = what == "loss";
        self.text = if self.loses { "10%" } else { "80ms" }.to_owned();
    }

    fn change(&self, document: &Document) -> Result<Option<Change>, String> {
        let link = Link { from: self.from, to: self.to };
        let field = if self.loses { SetupField::LossOf(link) } else { SetupField::LatencyOf(link) };
        field.read(document.scenario(), &self.text)
    }
}

fn put(rank: &mut Rank, name: &str) {
    if let Some(named) = name.parse().ok().and_then(Rank::new) {
        *rank = named;
    }
}
