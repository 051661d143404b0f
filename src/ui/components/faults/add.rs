//! The form that adds a fault or an override. What it cannot add it says inside, and keeps what was typed.

use crate::scenario::{FaultField, FaultKind, OverrideField, OverrideKind};
use crate::session::faults::{AddForm, AddKind, toggled};
use crate::session::setup::processes;
use crate::session::{Document, RunView, gesture_instant};
use crate::time::Time;
use crate::types::{GroupId, MessageKind, Rank, TimerKind};
use crate::ui::components::field::{
    ChoiceField, InnerForm, Select, check, choice, inner_form, pick, picks, select,
};
use crate::ui::dispatcher::use_dispatcher;
use std::rc::Rc;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct AddFaultProps {
    pub document: Document,
    pub run_view: Rc<RunView>,
    pub cursor: Time,
    pub onclose: Callback<()>,
}

#[component]
pub fn AddFault(props: &AddFaultProps) -> Html {
    let AddFaultProps { document, run_view, cursor, onclose } = props;
    let dispatcher = use_dispatcher();
    let adding = use_state(|| AddForm::new(document.scenario()));
    let problem = use_state(|| None::<String>);
    let first = use_focus_at_first();
    let soon = gesture_instant(*cursor, run_view.run.next_instant(*cursor));
    let form =
        AddState { adding: (*adding).clone(), set: adding.setter(), document: document.clone() };
    let fields = html! {
        <>
            { form.kind(&first) }
            { form.arguments(soon) }
        </>
    };
    let document = document.clone();
    inner_form(InnerForm {
        label: "Add a fault or an override",
        fields,
        change: Box::new(move || adding.change(document.scenario(), soon)),
        problem: &problem,
        dispatcher: &dispatcher,
        onclose,
    })
}

/// Moves the focus to the first field when the form opens.
#[hook]
fn use_focus_at_first() -> NodeRef {
    let first = use_node_ref();
    use_effect_with(first.clone(), |first| {
        if let Some(first) = first.cast::<HtmlElement>() {
            // If the focus cannot move there, the page keeps it.
            let _ = first.focus();
        }
    });
    first
}

struct AddState {
    adding: AddForm,
    set: UseStateSetter<AddForm>,
    document: Document,
}

impl AddState {
    fn change<T: 'static>(&self, with: impl Fn(&mut AddForm, T) + 'static) -> Callback<T> {
        let (adding, set) = (self.adding.clone(), self.set.clone());
        Callback::from(move |value| {
            let mut next = adding.clone();
            with(&mut next, value);
            set.set(next);
        })
    }

    fn kind(&self, first: &NodeRef) -> Html {
        let option = |kind: AddKind| (kind.title().to_owned(), kind.title().to_owned());
        let (faults, overrides): (Vec<AddKind>, Vec<AddKind>) =
            AddKind::all().partition(|kind| matches!(kind, AddKind::Fault(_)));
        let group =
            |heading, kinds: Vec<AddKind>| (heading, kinds.into_iter().map(option).collect());
        let pick = self.change(|adding, title: String| {
            let kind = AddKind::all().find(|kind| kind.title() == title);
            adding.kind = kind.unwrap_or(adding.kind);
        });
        html! {
            <div class="field">
                <label for="add-kind">{ "What" }</label>
                { select(Select {
                    id: Some("add-kind"),
                    value: self.adding.kind.title(),
                    groups: vec![group("Faults", faults), group("Overrides of one choice", overrides)],
                    onchoose: pick,
                    node: first.clone(),
                    ..Select::default()
                }) }
            </div>
        }
    }

    fn arguments(&self, soon: Time) -> Html {
        match self.adding.kind {
            AddKind::Fault(kind) => html! {
                <>
                    { self.when(kind, soon) }
                    { for kind.row().fields.iter().map(|field| self.fault_field(*field)) }
                </>
            },
            AddKind::Override(kind) => html! {
                { for kind.row().fields.iter().map(|field| self.override_field(kind, *field)) }
            },
        }
    }

    fn when(&self, kind: FaultKind, soon: Time) -> Html {
        let is_repeated = !kind.repeats() && !self.adding.every.trim().is_empty();
        html! {
            <>
                { self.text("add-when", "When", &soon.to_string(), |adding| &mut adding.when) }
                if !kind.repeats() {
                    { self.text("add-every", "Again every", "only once", |adding| &mut adding.every) }
                }
                if is_repeated || kind.is_cut() {
                    { self.text("add-until", "Until", "the end", |adding| &mut adding.until) }
                }
            </>
        }
    }

    fn fault_field(&self, field: FaultField) -> Html {
        let AddForm { whom, from, to, both, sender, .. } = &self.adding;
        let ranks = &self.document.scenario().ranks;
        let links = || {
            let turned = self.change(|adding, _: MouseEvent| adding.both ^= true);
            html! {
                <>
                    { list("From", ranks, from, self.change(|adding, from| adding.from = from)) }
                    { list("To", ranks, to, self.change(|adding, to| adding.to = to)) }
                    if field == FaultField::LinksOrAll {
                        <p class="hint">{ "Without processes it applies to every link." }</p>
                    }
                    { check("add-both", "Both ways", *both, turned) }
                </>
            }
        };
        match field {
            FaultField::Processes => {
                list("Whom", ranks, whom, self.change(|adding, whom| adding.whom = whom))
            }
            FaultField::Process => {
                self.process("add-who", "Whom", *sender, |adding, rank| adding.sender = rank)
            }
            FaultField::Group => {
                let group = self.adding.suspected_in;
                self.group(
                    ("add-suspected-in", "In"),
                    group,
                    Some("every group of it"),
                    |adding, group| {
                        adding.suspected_in = group;
                    },
                )
            }
            FaultField::Span => self.text("add-for", "For", "", |adding| &mut adding.span),
            FaultField::Down => self.text("add-down", "Down for", "", |adding| &mut adding.down),
            FaultField::Up => self.text("add-up", "Up for", "", |adding| &mut adding.up),
            FaultField::Until => {
                self.text("add-until", "Until", "the end", |adding| &mut adding.until)
            }
            FaultField::Sides => self.sides(),
            FaultField::Links | FaultField::LinksOrAll => links(),
            FaultField::Latency => {
                self.text("add-latency", "Latency", "", |adding| &mut adding.latency)
            }
            FaultField::Rate => self.text("add-loss", "Loss", "", |adding| &mut adding.rate),
        }
    }

    /// What an override names, and what it fixes.
    fn override_field(&self, kind: OverrideKind, field: OverrideField) -> Html {
        let AddForm { sender, receiver, copy, .. } = &self.adding;
        let number = || self.text("add-nth", "Number", "", |adding| &mut adding.nth);
        let group = || {
            self.group(("add-group", "Group"), Some(self.adding.group), None, |adding, group| {
                adding.group = group.unwrap_or(adding.group);
            })
        };
        let of = |id, label| self.process(id, label, *sender, |adding, rank| adding.sender = rank);
        match field {
            OverrideField::Message => html! {
                <>
                    { group() }
                    { self.message() }
                    { of("add-from", "From") }
                    { self.process("add-to", "To", *receiver, |adding, rank| adding.receiver = rank) }
                    { number() }
                </>
            },
            OverrideField::Timer => {
                html! { <>{ group() }{ self.timer() }{ of("add-of", "Of") }{ number() }</> }
            }
            OverrideField::Copy => check(
                "add-copy",
                "Its copy, not the message itself",
                *copy,
                self.change(|adding, _: MouseEvent| adding.copy ^= true),
            ),
            OverrideField::At => {
                let is_timer = kind == OverrideKind::Timer;
                let label = if is_timer { "Ends at" } else { "Arrives at" };
                self.text("add-at", label, "250ms", |adding| &mut adding.at)
            }
            OverrideField::By => self.text("add-by", "Longer by", "", |adding| &mut adding.by),
        }
    }

    /// The sides of a partition: two, and more on request.
    fn sides(&self) -> Html {
        let ranks = &self.document.scenario().ranks;
        let side = |(place, side): (usize, &Vec<Rank>)| {
            let put = self.change(move |adding, ranks| adding.put(place, ranks));
            list(&side_name(place), ranks, side, put)
        };
        let more = self.change(|adding, _: MouseEvent| adding.sides.push(Vec::new()));
        let may_be_more = self.adding.sides.len() < ranks.len().min(MOST_SIDES);
        html! {
            <>
                { for self.adding.sides.iter().enumerate().map(side) }
                if may_be_more {
                    <button class="button outlined another" type="button" onclick={more}>
                        { "Another side" }
                    </button>
                }
                <p class="hint">{ "A process on no side keeps all its links." }</p>
            </>
        }
    }

    fn message(&self) -> Html {
        choice(ChoiceField {
            id: "add-message",
            label: "Message",
            value: self.adding.message.name(),
            options: self
                .document
                .scenario()
                .message_kinds()
                .into_iter()
                .map(|kind| (kind.name().to_owned(), kind.name().to_owned()))
                .collect(),
            onchoose: self.change(|adding, name: String| {
                let kind = MessageKind::ALL.into_iter().find(|kind| kind.name() == name);
                adding.message = kind.unwrap_or(adding.message);
            }),
        })
    }

    fn timer(&self) -> Html {
        let words = |kind: TimerKind| match kind {
            TimerKind::Alive => "for Alive",
            TimerKind::Elected => "for Elected",
            TimerKind::Heartbeat => "for a heartbeat",
            TimerKind::Beat => "until the next heartbeat",
            TimerKind::Preempt => "before it preempts",
            TimerKind::Quorum => "for its quorum",
            TimerKind::Delay => "before it starts an election",
        };
        choice(ChoiceField {
            id: "add-timer",
            label: "The wait",
            value: self.adding.timer.name(),
            options: self
                .document
                .scenario()
                .timer_kinds()
                .into_iter()
                .map(|kind| (kind.name().to_owned(), words(kind).to_owned()))
                .collect(),
            onchoose: self.change(|adding, name: String| {
                let kind = TimerKind::ALL.into_iter().find(|kind| kind.name() == name);
                adding.timer = kind.unwrap_or(adding.timer);
            }),
        })
    }

    /// `every` is what the list calls no group in particular, where that is an answer.
    fn group(
        &self,
        (id, label): (&'static str, &'static str),
        value: Option<GroupId>,
        every: Option<&str>,
        put: fn(&mut AddForm, Option<GroupId>),
    ) -> Html {
        let scenario = self.document.scenario();
        if !scenario.is_grouped() {
            return Html::default();
        }
        let every = every.map(|words| (String::new(), words.to_owned()));
        let named =
            scenario.group_ids().map(|id| (id.0.to_string(), scenario.group(id).name.clone()));
        choice(ChoiceField {
            id,
            label,
            value: &value.map_or_else(String::new, |id| id.0.to_string()),
            options: every.into_iter().chain(named).collect(),
            onchoose: self
                .change(move |adding, id: String| put(adding, id.parse().ok().map(GroupId))),
        })
    }

    fn text(
        &self,
        id: &'static str,
        label: &str,
        placeholder: &str,
        field: fn(&mut AddForm) -> &mut String,
    ) -> Html {
        let value = std::mem::take(field(&mut self.adding.clone()));
        let typed = self.change(move |adding, text| *field(adding) = text);
        let oninput = typed
            .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
        html! {
            <div class="field">
                <label for={id}>{ label }</label>
                <input {id} type="text" autocomplete="off" spellcheck="false"
                    {value} placeholder={placeholder.to_owned()} {oninput} />
            </div>
        }
    }

    fn process(
        &self,
        id: &'static str,
        label: &str,
        value: Rank,
        put: fn(&mut AddForm, Rank),
    ) -> Html {
        choice(ChoiceField {
            id,
            label,
            value: &value.to_string(),
            options: processes(self.document.scenario()),
            onchoose: self.change(move |adding, name: String| {
                if let Some(rank) = name.parse().ok().and_then(Rank::new) {
                    put(adding, rank);
                }
            }),
        })
    }
}

/// The largest number of sides, since each is named by a letter.
const MOST_SIDES: usize = 26;

fn side_name(place: usize) -> String {
    format!("Side {}", char::from(b'A' + (place % MOST_SIDES) as u8))
}

pub fn list(label: &str, ranks: &[Rank], chosen: &[Rank], onchoose: Callback<Vec<Rank>>) -> Html {
    let of_rank = |&rank: &Rank| {
        let toggle = {
            let chosen = chosen.to_vec();
            onchoose.reform(move |_: MouseEvent| toggled(&chosen, rank))
        };
        pick(rank.to_string(), chosen.contains(&rank), toggle)
    };
    picks(label, ranks.iter().map(of_rank).collect())
}
