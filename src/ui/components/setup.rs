//! The set-up: all settings of a run as forms, so that a reader need not learn the script first. Here are the
//! forms of single links or processes, and of names, zones and chapters.

mod expectations;
mod sections;

use super::field::{ChoiceField, InnerForm, ValueField, choice, inner_form};
use super::{Icon, icon};
use crate::scenario::hints::{Hint, hints};
use crate::scenario::{Change, OwnSettingKind, ScenarioPart, Setting, SettingOwners};
use crate::session::keys::with_key;
use crate::session::setup::{
    NewOwnSetting, SetupField, checked, hints_of, own_settings, owners_text, processes,
};
use crate::session::setup_lists::{AnnotationField, another_zone, without_mark, without_zone};
use crate::session::what_if::asked;
use crate::session::{Action, Command, Document, Panel};
use crate::sweep::SweepSetting;
use crate::types::Rank;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use expectations::Expectations;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SetUpProps {
    pub document: Document,
}

#[component]
pub fn SetUp(props: &SetUpProps) -> Html {
    let SetUpProps { document } = props;
    let dispatcher = use_dispatcher();
    let sheet =
        SetupModel { document: document.clone(), dispatcher, hints: hints(document.scenario()) };
    html! {
        <div class="sheet">
            { sheet.algorithm() }
            { sheet.processes() }
            { sheet.detector() }
            { sheet.remedies() }
            { sheet.waits() }
            { sheet.network() }
            <OwnSettings document={document.clone()} hints={sheet.hints.clone()} of_links={true} />
            <OwnSettings document={document.clone()} hints={sheet.hints.clone()} of_links={false} />
            { sheet.ends() }
            <Expectations document={document.clone()} />
            { sheet.names() }
            { sheet.zones() }
            { sheet.chapters() }
            { sheet.titles() }
            { sheet.figure() }
        </div>
    }
}

/// The input of all sections.
struct SetupModel {
    document: Document,
    dispatcher: Dispatcher,
    hints: Vec<Hint>,
}

impl SetupModel {
    fn field(&self, id: &'static str, field: SetupField) -> Html {
        self.field_with(id, field, Html::default())
    }

    fn field_with(&self, id: &'static str, field: SetupField, behind: Html) -> Html {
        let label = AttrValue::Static(field.label());
        self.labelled(id, label, field, behind)
    }

    fn labelled(
        &self,
        id: &'static str,
        label: AttrValue,
        field: SetupField,
        behind: Html,
    ) -> Html {
        let value = field.text(self.document.scenario());
        let hints = match field {
            // Two fields share these parts, so their hints are below the section.
            SetupField::Every
            | SetupField::Timeout
            | SetupField::Alternates
            | SetupField::Line
            | SetupField::Candidates
            | SetupField::Delay
            | SetupField::PreemptAfter
            | SetupField::QuorumCount => Vec::new(),
            SetupField::Setting(_) | SetupField::Own(..) | SetupField::Figure(_) => {
                hints_of(&self.hints, |place| place == field.place())
            }
        };
        let commit = typed(&self.document, &self.dispatcher, field);
        let what_if = field.varied().map(|setting| self.what_if(setting));
        html! {
            <ValueField {id} {label} {value} {commit} {hints}>
                { behind }{ for what_if }
            </ValueField>
        }
    }

    /// Opens the panel *What if* with a setting, if the scenario can have it.
    fn what_if(&self, setting: SweepSetting) -> Html {
        if setting.own(self.document.scenario()).is_err() {
            return Html::default();
        }
        let dispatcher = self.dispatcher.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            dispatcher.dispatch(Action::Vary(setting));
            dispatcher.dispatch(Action::Panel(Some(Panel::WhatIf)));
        });
        html! {
            <button class="button square" aria-label={asked(&[setting], self.document.scenario())}
                title="What if this were different?" {onclick}>{ icon(Icon::WhatIf) }</button>
        }
    }

    /// What is said of a part as a whole.
    fn hints_at(&self, place: ScenarioPart) -> Html {
        let words = hints_of(&self.hints, |of| of == place);
        words.into_iter().map(|hint| html! { <p class="hint">{ hint }</p> }).collect()
    }

    /// Turns a choice into a change; an invalid one becomes a notice of the page.
    fn set<T: 'static>(&self, make: impl Fn(&Document, T) -> Setting + 'static) -> Callback<T> {
        let (document, dispatcher) = (self.document.clone(), self.dispatcher.clone());
        Callback::from(move |value| {
            act_on(&dispatcher, checked(document.scenario(), Change::Set(make(&document, value))));
        })
    }
}

fn act_on(dispatcher: &Dispatcher, change: Result<Option<Change>, String>) {
    match change {
        Ok(Some(change)) => dispatcher.dispatch(Action::Change(change)),
        Ok(None) => {}
        Err(words) => dispatcher.dispatch(Action::Say(Some(words))),
    }
}

/// Turns a typed text into a change, or returns a sentence to show below the field.
fn typed(
    document: &Document,
    dispatcher: &Dispatcher,
    field: SetupField,
) -> Callback<String, Result<(), String>> {
    let (document, dispatcher) = (document.clone(), dispatcher.clone());
    Callback::from(move |text: String| {
        if let Some(change) = field.read(document.scenario(), &text)? {
            dispatcher.dispatch(Action::Change(change));
        }
        Ok(())
    })
}

impl SetupModel {
    pub fn names(&self) -> Html {
        let ranks = self.document.scenario().ranks.iter().rev();
        html! {
            <section aria-labelledby="set-names">
                <h2 id="set-names">{ "Names" }</h2>
                { for ranks.map(|&rank| {
                    self.annotation(format!("setup-name-{rank}"), AnnotationField::Name(rank))
                }) }
            </section>
        }
    }

    pub fn zones(&self) -> Html {
        let scenario = self.document.scenario();
        let another = self.document.clone();
        let dispatcher = self.dispatcher.clone();
        let add = Callback::from(move |_: MouseEvent| {
            if let Some(zones) = another_zone(another.scenario()) {
                act_on(&dispatcher, Ok(Some(zones)));
            }
        });
        html! {
            <section aria-labelledby="set-zones">
                <h2 id="set-zones">{ "Zones" }</h2>
                { for (0..scenario.zones.len()).map(|index| {
                    let name = &scenario.zones[index].name;
                    let remove = without_zone(scenario, index);
                    html! {
                        <div class="annotation" key={index}>
                            { self.annotation(format!("setup-zone-{index}"), AnnotationField::ZoneName(index)) }
                            { self.annotation(format!("setup-zone-{index}-members"), AnnotationField::ZoneMembers(index)) }
                            { self.remove(format!("Remove the zone {name}"), remove) }
                        </div>
                    }
                }) }
                <button class="button outlined" disabled={another_zone(scenario).is_none()} onclick={add}>
                    { "Add a zone" }
                </button>
            </section>
        }
    }

    pub fn chapters(&self) -> Html {
        let scenario = self.document.scenario();
        let add = self.dispatcher.on_click(Command::AddMark);
        html! {
            <section aria-labelledby="set-chapters">
                <h2 id="set-chapters">{ "Chapters" }</h2>
                { for scenario.chapters().into_iter().map(|(index, mark)| {
                    let remove = without_mark(scenario, index);
                    html! {
                        <div class="annotation" key={index}>
                            { self.annotation(format!("setup-mark-{index}"), AnnotationField::MarkAt(index)) }
                            { self.annotation(format!("setup-mark-{index}-text"), AnnotationField::MarkText(index)) }
                            { self.remove(format!("Remove the chapter {}", mark.text), remove) }
                        </div>
                    }
                }) }
                <button class="button outlined" title={with_key("A chapter at the cursor", &Command::AddMark)}
                    onclick={add}>{ "Add a chapter at the cursor" }</button>
            </section>
        }
    }

    fn annotation(&self, id: String, field: AnnotationField) -> Html {
        let value = field.text(self.document.scenario());
        // What is said of a zone or a mark stands under the first of its fields.
        let is_first =
            !matches!(field, AnnotationField::ZoneMembers(_) | AnnotationField::MarkText(_));
        let hints = match is_first {
            true => hints_of(&self.hints, |place| place == field.place()),
            false => Vec::new(),
        };
        let (document, dispatcher) = (self.document.clone(), self.dispatcher.clone());
        let commit = Callback::from(move |text: String| {
            if let Some(change) = field.read(document.scenario(), &text)? {
                dispatcher.dispatch(Action::Change(change));
            }
            Ok(())
        });
        html! { <ValueField {id} label={field.label()} {value} {commit} {hints} /> }
    }

    fn remove(&self, label: String, change: Change) -> Html {
        html! {
            <button class="button square" aria-label={label} title="Remove"
                onclick={self.dispatcher.on_click_action(Action::Change(change))}>
                { icon(Icon::Cross) }
            </button>
        }
    }
}

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
