//! What single links or processes have of their own: each with its value, and a way to add one.

use super::{act_on, typed};
use crate::scenario::hints::Hint;
use crate::scenario::{Change, OwnSettingKind, ScenarioPart, SettingOwners};
use crate::session::Document;
use crate::session::setup::{
    NewOwnSetting, SetupField, checked, hints_of, own_settings, owners_text, processes,
};
use crate::types::Rank;
use crate::ui::components::field::{ChoiceField, InnerForm, ValueField, choice, inner_form};
use crate::ui::components::{Icon, icon};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct OwnSettingsProps {
    pub document: Document,
    pub hints: Vec<Hint>,
    /// Otherwise of processes.
    pub of_links: bool,
}

#[component]
pub fn OwnSettings(props: &OwnSettingsProps) -> Html {
    let OwnSettingsProps { document, of_links, .. } = props;
    let dispatcher = use_dispatcher();
    let adding = use_state(|| None::<NewOwnSetting>);
    let problem = use_state(|| None::<String>);
    let new = NewOwnSetting::new(document.scenario(), *of_links);
    let (id, title, add) = match of_links {
        true => ("set-links", "Links of their own", "Add a link"),
        false => ("set-timing", "Processes of their own", "Add a process"),
    };
    let all = own_settings(document.scenario(), *of_links);
    html! {
        <section aria-labelledby={id}>
            <h2 {id}>{ title }</h2>
            { for all.into_iter().filter_map(|(owners, kind)| row(props, &dispatcher, owners, kind)) }
            if let Some(own) = &*adding {
                { form(document, &dispatcher, own, &adding, &problem) }
            } else {
                <button class="button outlined" disabled={new.is_none()} onclick={
                    let adding = adding.setter();
                    move |_: MouseEvent| adding.set(new.clone())
                }>{ add }</button>
            }
        </section>
    }
}

fn row(
    OwnSettingsProps { document, hints, .. }: &OwnSettingsProps,
    dispatcher: &Dispatcher,
    owners: SettingOwners,
    kind: OwnSettingKind,
) -> Option<Html> {
    let each = owners.each();
    let field = SetupField::Own(kind, *each.first()?);
    let what = field.label().to_lowercase();
    let called = owners_text(document.scenario(), &owners);
    let label = match owners {
        SettingOwners::Links(_) => format!("{called} {what}"),
        SettingOwners::Processes(_) => format!("{called}: {what}"),
    };
    let words = format!("Remove the {what} of {called}");
    let key = format!("{owners} {what}");
    let id = format!("setup-own-{}", key.replace(' ', "-"));
    let commit = typed(document, dispatcher, field);
    let value = field.text(document.scenario());
    let hints =
        hints_of(hints, |place| each.iter().any(|&owner| place == ScenarioPart::Own(kind, owner)));
    let (document, dispatcher) = (document.clone(), dispatcher.clone());
    let remove = Callback::from(move |_: MouseEvent| {
        let change = Change::SetOwn(owners.clone(), kind.unset());
        act_on(&dispatcher, checked(document.scenario(), change));
    });
    Some(html! {
        <ValueField {key} {id} {label} {value} {commit} {hints}>
            <button class="button square" aria-label={words.clone()} title={words} onclick={remove}>
                { icon(Icon::Cross) }
            </button>
        </ValueField>
    })
}

fn form(
    document: &Document,
    dispatcher: &Dispatcher,
    own: &NewOwnSetting,
    adding: &UseStateHandle<Option<NewOwnSetting>>,
    problem: &UseStateHandle<Option<String>>,
) -> Html {
    let change = |with: fn(&NewOwnSetting, &str) -> NewOwnSetting| {
        let (own, adding) = (own.clone(), adding.setter());
        Callback::from(move |text: String| adding.set(Some(with(&own, &text))))
    };
    let rank = |id: &'static str, label: &'static str, value: Rank, onchoose| {
        let options = processes(document.scenario());
        choice(ChoiceField { id, label, value: &value.to_string(), options, onchoose })
    };
    let from = change(|own, name| NewOwnSetting { from: named(name, own.from), ..own.clone() });
    let to = change(|own, name| NewOwnSetting { to: named(name, own.to), ..own.clone() });
    let typed = change(|own, text| NewOwnSetting { text: text.to_owned(), ..own.clone() });
    let options = own.kinds().into_iter().map(|kind| {
        let label = kind.row().label;
        (label.to_owned(), label.to_lowercase())
    });
    let fields = html! {
        <>
            if own.is_of_link() {
                { rank("own-from", "From", own.from, from) }
                { rank("own-to", "To", own.to, to) }
            } else {
                { rank("own-of", "Process", own.from, from) }
            }
            { choice(ChoiceField {
                id: "own-what",
                label: "What",
                value: own.kind.row().label,
                options: options.collect(),
                onchoose: change(|own, label| {
                    let kind = own.kinds().into_iter().find(|kind| kind.row().label == label);
                    own.of_kind(kind.unwrap_or(own.kind))
                }),
            }) }
            <div class="field">
                <label for="own-value">{ "Is" }</label>
                <input id="own-value" type="text" autocomplete="off" spellcheck="false"
                    value={own.text.clone()} oninput={typed.reform(|event: InputEvent| {
                        event.target_unchecked_into::<HtmlInputElement>().value()
                    })} />
            </div>
        </>
    };
    let (own, document, adding) = (own.clone(), document.clone(), adding.setter());
    inner_form(InnerForm {
        label: if own.is_of_link() { "Add a link" } else { "Add a process" },
        fields,
        change: Box::new(move || own.change(document.scenario())),
        problem,
        dispatcher,
        onclose: &Callback::from(move |()| adding.set(None)),
    })
}

fn named(name: &str, before: Rank) -> Rank {
    name.parse().ok().and_then(Rank::new).unwrap_or(before)
}
