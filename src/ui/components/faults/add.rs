//! The form that adds a fault or an override. It shows why something cannot be added, and keeps what was
//! typed.

use super::ends;
use crate::session::faults::{AddField, AddForm, AddKind};
use crate::session::{Document, RunView, gesture_instant};
use crate::time::Time;
use crate::types::{GroupId, MessageKind, Rank, TimerKind};
use crate::ui::components::field::{ChoiceField, check, choice};
use crate::ui::components::field::{InnerForm, inner_form};
use crate::ui::components::select::{Select, select};
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
            { form.when(soon) }
            { form.whom() }
            { form.values() }
            { form.names() }
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
        let option = |kind: AddKind| (kind.name().to_owned(), kind.name().to_owned());
        let (edits, faults): (Vec<AddKind>, Vec<AddKind>) =
            AddKind::ALL.into_iter().partition(|kind| kind.is_edit());
        let group =
            |heading, kinds: Vec<AddKind>| (heading, kinds.into_iter().map(option).collect());
        let pick = self.change(|adding, name: String| {
            let kind = AddKind::ALL.into_iter().find(|kind| kind.name() == name);
            adding.kind = kind.unwrap_or(adding.kind);
        });
        html! {
            <div class="field">
                <label for="add-kind">{ "What" }</label>
                { select(Select {
                    id: Some("add-kind"),
                    value: self.adding.kind.name(),
                    groups: vec![group("Faults", faults), group("Overrides of one choice", edits)],
                    onchoose: pick,
                    node: first.clone(),
                    ..Select::default()
                }) }
            </div>
        }
    }

    fn when(&self, soon: Time) -> Html {
        if !self.adding.kind.asks(AddField::When) {
            return Html::default();
        }
        let AddForm { kind, when, every, until, .. } = &self.adding;
        let again = kind.asks(AddField::Every);
        html! {
            <>
                { text("add-when", "When", when, &soon.to_string(), self.change(|adding, text| adding.when = text)) }
                if again {
                    { text("add-every", "Again every", every, "only once", self.change(|adding, text| adding.every = text)) }
                }
                if kind.asks(AddField::Heals) && every.trim().is_empty() {
                    { text("add-heals", "Until", until, "the end", self.change(|adding, text| adding.until = text)) }
                }
                if again && !every.trim().is_empty() {
                    { text("add-again-until", "Until", until, "the end", self.change(|adding, text| adding.until = text)) }
                }
            </>
        }
    }

    fn whom(&self) -> Html {
        let AddForm { kind, whom, from, to, both, sender, .. } = &self.adding;
        let ranks = &self.document.scenario().ranks;
        let turned = self.change(|adding, _: MouseEvent| adding.both ^= true);
        html! {
            <>
                if kind.asks(AddField::Whom) {
                    { ends::list("Whom", ranks, whom, self.change(|adding, whom| adding.whom = whom)) }
                }
                if kind.asks(AddField::Who) {
                    { self.process("add-who", "Whom", *sender, |adding, rank| adding.sender = rank) }
                }
                if kind.asks(AddField::Group) { { self.suspected_in() } }
                if kind.asks(AddField::Sides) { { self.sides() } }
                if kind.asks(AddField::Links) {
                    { ends::list("From", ranks, from, self.change(|adding, from| adding.from = from)) }
                    { ends::list("To", ranks, to, self.change(|adding, to| adding.to = to)) }
                    if kind.may_mean_all() {
                        <p class="hint">{ "Without processes it applies to every link." }</p>
                    }
                }
                if kind.asks(AddField::BothWays) { { check("add-both", "Both ways", *both, turned) } }
            </>
        }
    }

    /// The sides of a partition: two, and more on request.
    fn sides(&self) -> Html {
        let ranks = &self.document.scenario().ranks;
        let side = |(place, side): (usize, &Vec<Rank>)| {
            let put = self.change(move |adding, ranks| adding.put(place, ranks));
            ends::list(&side_name(place), ranks, side, put)
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

    fn suspected_in(&self) -> Html {
        let scenario = self.document.scenario();
        if !scenario.is_grouped() {
            return Html::default();
        }
        let every = (String::new(), "every group of it".to_owned());
        let named =
            scenario.group_ids().map(|id| (id.0.to_string(), scenario.group(id).name.clone()));
        choice(ChoiceField {
            id: "add-suspected-in",
            label: "In",
            value: &self.adding.suspected_in.map_or_else(String::new, |id| id.0.to_string()),
            options: [every].into_iter().chain(named).collect(),
            onchoose: self.change(|adding, id: String| {
                adding.suspected_in = id.parse().ok().map(GroupId);
            }),
        })
    }

    fn values(&self) -> Html {
        let AddForm { kind, span, down, up, until, latency, rate, .. } = &self.adding;
        html! {
            <>
                if kind.asks(AddField::For) {
                    { text("add-for", "For", span, "", self.change(|adding, text| adding.span = text)) }
                }
                if kind.asks(AddField::Flap) {
                    { text("add-down", "Down for", down, "", self.change(|adding, text| adding.down = text)) }
                    { text("add-up", "Up for", up, "", self.change(|adding, text| adding.up = text)) }
                    { text("add-until", "Until", until, "the end", self.change(|adding, text| adding.until = text)) }
                }
                if kind.asks(AddField::Latency) {
                    { text("add-latency", "Latency", latency, "", self.change(|adding, text| adding.latency = text)) }
                }
                if kind.asks(AddField::Loss) {
                    { text("add-loss", "Loss", rate, "", self.change(|adding, text| adding.rate = text)) }
                }
            </>
        }
    }

    /// The choice that an override names, and the value that it fixes.
    fn names(&self) -> Html {
        let AddForm { kind, sender, receiver, nth, at, by, copy, .. } = &self.adding;
        if !kind.is_edit() {
            return Html::default();
        }
        let is_timer = kind.asks(AddField::Timer);
        html! {
            <>
                { self.group() }
                if is_timer {
                    { self.timer() }
                    { self.process("add-of", "Of", *sender, |adding, rank| adding.sender = rank) }
                } else {
                    { self.message() }
                    { self.process("add-from", "From", *sender, |adding, rank| adding.sender = rank) }
                    { self.process("add-to", "To", *receiver, |adding, rank| adding.receiver = rank) }
                }
                if kind.asks(AddField::Copy) {
                    { check("add-copy", "Its copy, not the message itself", *copy,
                        self.change(|adding, _: MouseEvent| adding.copy ^= true)) }
                }
                { text("add-nth", "Number", nth, "", self.change(|adding, text| adding.nth = text)) }
                if kind.asks(AddField::At) {
                    { text("add-at", if is_timer { "Ends at" } else { "Arrives at" }, at, "250ms",
                        self.change(|adding, text| adding.at = text)) }
                }
                if kind.asks(AddField::By) {
                    { text("add-by", "Longer by", by, "", self.change(|adding, text| adding.by = text)) }
                }
            </>
        }
    }

    fn message(&self) -> Html {
        choice(ChoiceField {
            id: "add-message",
            label: "Message",
            value: self.adding.message.name(),
            options: MessageKind::ALL
                .map(|kind| (kind.name().to_owned(), kind.name().to_owned()))
                .to_vec(),
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
        };
        choice(ChoiceField {
            id: "add-timer",
            label: "The wait",
            value: self.adding.timer.name(),
            options: TimerKind::ALL
                .map(|kind| (kind.name().to_owned(), words(kind).to_owned()))
                .to_vec(),
            onchoose: self.change(|adding, name: String| {
                let kind = TimerKind::ALL.into_iter().find(|kind| kind.name() == name);
                adding.timer = kind.unwrap_or(adding.timer);
            }),
        })
    }

    fn group(&self) -> Html {
        let scenario = self.document.scenario();
        if !scenario.is_grouped() {
            return Html::default();
        }
        let named = |(id, group): (GroupId, &crate::scenario::Group)| {
            (id.0.to_string(), group.name.clone())
        };
        choice(ChoiceField {
            id: "add-group",
            label: "Group",
            value: &self.adding.group.0.to_string(),
            options: scenario.group_ids().zip(&scenario.groups).map(named).collect(),
            onchoose: self.change(|adding, id: String| {
                adding.group = id.parse().map_or(adding.group, GroupId);
            }),
        })
    }

    fn process(
        &self,
        id: &'static str,
        label: &str,
        value: Rank,
        put: fn(&mut AddForm, Rank),
    ) -> Html {
        let ranks = &self.document.scenario().ranks;
        choice(ChoiceField {
            id,
            label,
            value: &value.to_string(),
            options: ranks.iter().map(|rank| (rank.to_string(), rank.to_string())).collect(),
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

fn text(
    id: &'static str,
    label: &str,
    value: &str,
    placeholder: &str,
    typed: Callback<String>,
) -> Html {
    let oninput =
        typed.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    html! {
        <div class="field">
            <label for={id}>{ label }</label>
            <input {id} type="text" autocomplete="off" spellcheck="false" value={value.to_owned()}
                placeholder={placeholder.to_owned()} {oninput} />
        </div>
    }
}
