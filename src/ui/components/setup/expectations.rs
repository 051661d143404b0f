//! The expectations, each with a button that removes it, and a form that adds one.

use crate::scenario::{
    Change, Comparison, ConditionField, ConditionKind, ConditionTimes, ConditionValues, MoveKind,
    Scenario, TimeForm, limits,
};
use crate::session::setup::processes;
use crate::session::setup_lists::{Expecting, expected};
use crate::session::{Action, Document};
use crate::types::{GroupId, MessageKind, Rank};
use crate::ui::components::field::{ChoiceField, InnerForm, choice, inner_form, pick, picks};
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
                    { self.added_faults() }
                    { self.text("expect-share", "In % of seeds", &self.expecting.share, |next, text| next.share = text) }
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
        let label = |kind: &ConditionKind| kind.row().label.to_owned();
        choice(ChoiceField {
            id: "expect-condition",
            label: "What",
            value: self.expecting.condition.row().label,
            options: ConditionKind::ALL.iter().map(|kind| (label(kind), label(kind))).collect(),
            onchoose: self.change(move |next, name| {
                let named = ConditionKind::ALL.iter().find(|kind| kind.row().label == name);
                next.condition = named.copied().unwrap_or(next.condition);
            }),
        })
    }

    fn details(&self) -> Html {
        let fields = self.expecting.condition.row().fields.iter();
        html! { <>{ for fields.map(|field| self.field(*field)) }{ self.time() }</> }
    }

    fn field(&self, field: ConditionField) -> Html {
        let Expecting { values, count, span, .. } = self.expecting;
        match field {
            ConditionField::Process => {
                self.rank("expect-process", "Process", Some(values.process), |next, rank| {
                    next.process = rank.unwrap_or(next.process);
                })
            }
            ConditionField::Leader => {
                self.rank("expect-rank", "Which", values.leader, |next, rank| next.leader = rank)
            }
            ConditionField::Followed => {
                self.rank("expect-followed", "Follows", Some(values.followed), |next, rank| {
                    next.followed = rank.unwrap_or(next.followed);
                })
            }
            ConditionField::Message => self.message(),
            ConditionField::Compare => self.compare(),
            ConditionField::Count => {
                self.text("expect-count", "Number", count, |next, text| next.count = text)
            }
            ConditionField::Span => {
                self.text("expect-length", "At most", span, |next, text| next.span = text)
            }
        }
    }

    /// One of the processes; nobody where that can be a leader.
    fn rank(
        &self,
        id: &'static str,
        label: &'static str,
        value: Option<Rank>,
        put: fn(&mut ConditionValues, Option<Rank>),
    ) -> Html {
        let ranks = processes(self.props.document.scenario()).into_iter();
        let nobody = (id == "expect-rank").then(|| (String::new(), "nobody".to_owned()));
        choice(ChoiceField {
            id,
            label,
            value: &value.map_or_else(String::new, |rank| rank.to_string()),
            options: ranks.chain(nobody).collect(),
            onchoose: self.change(move |next, name| {
                put(&mut next.values, name.parse().ok().and_then(Rank::new));
            }),
        })
    }

    /// When it must be true, where the condition can have a time.
    fn time(&self) -> Html {
        let times = self.expecting.condition.row().times;
        let form = self.expecting.time_form();
        let unstated = match times {
            ConditionTimes::AtEnd => "at the end",
            ConditionTimes::WholeRun | ConditionTimes::FromThen => "in the whole run",
            ConditionTimes::Never => return Html::default(),
        };
        let words = |form: &TimeForm| match form {
            TimeForm::At => "at an instant",
            TimeForm::By => "from some instant up to one on",
            TimeForm::From => "from one instant to another",
            TimeForm::After => "from an instant on",
        };
        let forms =
            times.forms().iter().map(|form| (form.word().to_owned(), words(form).to_owned()));
        let Expecting { first, second, .. } = self.expecting;
        html! {
            <>
                { choice(ChoiceField {
                    id: "expect-time",
                    label: "When",
                    value: form.map_or("", TimeForm::word),
                    options: [(String::new(), unstated.to_owned())].into_iter().chain(forms).collect(),
                    onchoose: self.change(|next, word| {
                        next.time = TimeForm::ALL.iter().copied().find(|form| form.word() == word);
                    }),
                }) }
                if let Some(form) = form {
                    { self.text("expect-first", match form {
                        TimeForm::At => "At",
                        TimeForm::By => "By",
                        TimeForm::From => "From",
                        TimeForm::After => "After",
                    }, first, |next, text| next.first = text) }
                }
                if form == Some(TimeForm::From) {
                    { self.text("expect-second", "To", second, |next, text| next.second = text) }
                }
            </>
        }
    }

    fn message(&self) -> Html {
        let all = (String::new(), "every kind".to_owned());
        let kinds = MessageKind::ALL.map(|kind| (kind.name().to_owned(), kind.name().to_owned()));
        choice(ChoiceField {
            id: "expect-message",
            label: "Messages",
            value: self.expecting.values.message.map_or("", MessageKind::name),
            options: [all].into_iter().chain(kinds).collect(),
            onchoose: self.change(|next, name| {
                let named = MessageKind::ALL.into_iter().find(|kind| kind.name() == name);
                next.values.message = named;
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
            value: self.expecting.values.compare.sign(),
            options: ALL.map(|(it, words)| (it.sign().to_owned(), words.to_owned())).to_vec(),
            onchoose: self.change(|next, sign| {
                let named = ALL.into_iter().find(|(it, _)| it.sign() == sign);
                next.values.compare = named.map_or(next.values.compare, |(it, _)| it);
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

    /// How many faults are added, and of which kinds.
    fn added_faults(&self) -> Html {
        let counts = (1..=limits::MOST_ADDED_FAULTS)
            .map(|count| (count.to_string(), format!("with at most {count} more")));
        let kinds = self.expecting.kinds;
        let kind = |kind: &MoveKind| {
            let kind = *kind;
            let toggle = self.change(move |next, _| next.kinds = next.kinds.toggled(kind));
            let ontoggle = toggle.reform(|_: MouseEvent| String::new());
            pick(kind.label().to_owned(), kinds.contains(kind), ontoggle)
        };
        html! {
            <>
                { choice(ChoiceField {
                    id: "expect-faults",
                    label: "Faults",
                    value: &self.expecting.faults.to_string(),
                    options: [("0".to_owned(), "as in this run".to_owned())].into_iter().chain(counts).collect(),
                    onchoose: self.change(|next, count| next.faults = count.parse().unwrap_or_default()),
                }) }
                if self.expecting.faults > 0 {
                    { picks("Kinds", MoveKind::ALL.iter().map(kind).collect()) }
                }
            </>
        }
    }

    fn text(
        &self,
        id: &'static str,
        label: &str,
        value: &str,
        put: fn(&mut Expecting, String),
    ) -> Html {
        let oninput = self
            .change(put)
            .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
        html! {
            <div class="field">
                <label for={id}>{ label }</label>
                <input {id} type="text" autocomplete="off" spellcheck="false" value={value.to_owned()}
                    {oninput} />
            </div>
        }
    }
}
