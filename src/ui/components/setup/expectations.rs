//! The expectations, each with a button that removes it, and a form that adds one.

use crate::scenario::{Change, Comparison, Scenario};
use crate::session::expectations::{ConditionKind, Detail, Expecting, expected};
use crate::session::{Action, Document};
use crate::types::{GroupId, MessageKind, Rank};
use crate::ui::components::field::{ChoiceField, choice};
use crate::ui::components::field::{InnerForm, inner_form};
use crate::ui::components::{Icon, icon};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct ExpectationsProps {
    pub document: Document,
}

#[component]
pub fn Expectations(props: &ExpectationsProps) -> Html {
    let scenario = props.document.scenario();
    let dispatcher = use_dispatcher();
    let form = use_state(|| None::<Expecting>);
    let problem = use_state(|| None::<String>);
    let open = {
        let (form, new) = (form.setter(), Expecting::new(scenario));
        Callback::from(move |_: MouseEvent| form.set(Some(new.clone())))
    };
    html! {
        <section aria-labelledby="set-expected">
            <h2 id="set-expected">{ "Expectations" }</h2>
            <ul class="plain">
                { for expected(scenario).into_iter().enumerate().map(|(index, words)| row(&dispatcher, index, words)) }
            </ul>
            if let Some(expecting) = &*form {
                { Form { expecting, props, dispatcher: &dispatcher, set: form.setter(), problem: &problem }.html() }
            } else {
                <button class="button outlined" onclick={open}>{ "Add an expectation" }</button>
            }
        </section>
    }
}

fn row(dispatcher: &Dispatcher, index: usize, words: String) -> Html {
    let remove = dispatcher.on_click_action(Action::Change(Change::RemoveExpectation { index }));
    let name = format!("Remove the expectation: {words}");
    html! {
        <li class="expected-row" key={index}>
            <span>{ words }</span>
            <button class="button square" aria-label={name} title="Remove" onclick={remove}>
                { icon(Icon::Cross) }
            </button>
        </li>
    }
}

struct Form<'a> {
    expecting: &'a Expecting,
    props: &'a ExpectationsProps,
    dispatcher: &'a Dispatcher,
    set: UseStateSetter<Option<Expecting>>,
    problem: &'a UseStateHandle<Option<String>>,
}

impl Form<'_> {
    fn html(&self) -> Html {
        let set = self.set.clone();
        let (expecting, document) = (self.expecting.clone(), self.props.document.clone());
        inner_form(InnerForm {
            label: "Add an expectation",
            fields: html! {
                <>
                    { self.condition() }
                    { self.details() }
                    { self.group(self.props.document.scenario()) }
                </>
            },
            change: Box::new(move || expecting.change(document.scenario())),
            problem: self.problem,
            dispatcher: self.dispatcher,
            onclose: &Callback::from(move |()| set.set(None)),
        })
    }

    fn change(&self, with: impl Fn(&mut Expecting, String) + 'static) -> Callback<String> {
        let (expecting, set) = (self.expecting.clone(), self.set.clone());
        Callback::from(move |text| {
            let mut next = expecting.clone();
            with(&mut next, text);
            set.set(Some(next));
        })
    }

    fn condition(&self) -> Html {
        choice(ChoiceField {
            id: "expect-condition",
            label: "What",
            value: self.expecting.condition.name(),
            options: ConditionKind::ALL
                .map(|it| (it.name().to_owned(), it.name().to_owned()))
                .to_vec(),
            onchoose: self.change(|next, name| {
                let named = ConditionKind::ALL.into_iter().find(|it| it.name() == name);
                next.condition = named.unwrap_or(next.condition);
            }),
        })
    }

    fn details(&self) -> Html {
        let Expecting { condition, by, after, length, count, .. } = self.expecting;
        html! {
            <>
                if condition.asks(Detail::Rank) { { self.rank() } }
                if condition.asks(Detail::Message) { { self.message() } }
                if condition.asks(Detail::Count) {
                    { self.compare() }
                    { self.text("expect-count", "Number", count, "", |next, text| next.count = text) }
                }
                if condition.asks(Detail::Length) {
                    { self.text("expect-length", "In total", length, "", |next, text| next.length = text) }
                }
                if condition.asks(Detail::By) {
                    { self.text("expect-by", "By", by, "the end", |next, text| next.by = text) }
                }
                if condition.asks(Detail::After) {
                    { self.text("expect-after", "After", after, "the start", |next, text| next.after = text) }
                }
            </>
        }
    }

    fn rank(&self) -> Html {
        let ranks = self.props.document.scenario().ranks.iter();
        choice(ChoiceField {
            id: "expect-rank",
            label: "Which",
            value: &self.expecting.rank.to_string(),
            options: ranks.map(|rank| (rank.to_string(), rank.to_string())).collect(),
            onchoose: self.change(|next, name| {
                next.rank = name.parse().ok().and_then(Rank::new).unwrap_or(next.rank);
            }),
        })
    }

    fn message(&self) -> Html {
        let all = (String::new(), "every kind".to_owned());
        let kinds = MessageKind::ALL.map(|kind| (kind.name().to_owned(), kind.name().to_owned()));
        choice(ChoiceField {
            id: "expect-message",
            label: "Messages",
            value: self.expecting.message.map_or("", MessageKind::name),
            options: [all].into_iter().chain(kinds).collect(),
            onchoose: self.change(|next, name| {
                next.message = MessageKind::ALL.into_iter().find(|kind| kind.name() == name);
            }),
        })
    }

    fn compare(&self) -> Html {
        const ALL: [(Comparison, &str); 3] = [
            (Comparison::Exactly, "exactly"),
            (Comparison::AtMost, "at most"),
            (Comparison::AtLeast, "at least"),
        ];
        choice(ChoiceField {
            id: "expect-compare",
            label: "How many",
            value: self.expecting.compare.sign(),
            options: ALL.map(|(it, words)| (it.sign().to_owned(), words.to_owned())).to_vec(),
            onchoose: self.change(|next, sign| {
                let named = ALL.into_iter().find(|(it, _)| it.sign() == sign);
                next.compare = named.map_or(next.compare, |(it, _)| it);
            }),
        })
    }

    fn group(&self, scenario: &Scenario) -> Html {
        if !scenario.is_grouped() {
            return Html::default();
        }
        let each = (String::new(), "each group".to_owned());
        let named =
            scenario.group_ids().map(|id| (id.0.to_string(), scenario.group(id).name.clone()));
        choice(ChoiceField {
            id: "expect-group",
            label: "In",
            value: &self.expecting.group.map_or_else(String::new, |id| id.0.to_string()),
            options: [each].into_iter().chain(named).collect(),
            onchoose: self.change(|next, id| next.group = id.parse().ok().map(GroupId)),
        })
    }

    fn text(
        &self,
        id: &'static str,
        label: &str,
        value: &str,
        placeholder: &str,
        put: fn(&mut Expecting, String),
    ) -> Html {
        let oninput = self
            .change(put)
            .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
        html! {
            <div class="field">
                <label for={id}>{ label }</label>
                <input {id} type="text" autocomplete="off" spellcheck="false" value={value.to_owned()}
                    placeholder={placeholder.to_owned()} {oninput} />
            </div>
        }
    }
}
