//! Fields of a form: a typed value, which follows the document and shows why a text cannot be parsed; a text of a panel,
//! which is no part of the document; a list to choose from; and the frame of both.

use crate::scenario::Change;
use crate::session::Action;
use crate::ui::dispatcher::Dispatcher;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;
use yew::virtual_dom::VTag;

#[derive(Clone, PartialEq, Properties)]
pub struct FieldProps {
    /// Unique on the page; the id of the field's description is derived from it.
    pub id: AttrValue,
    pub label: AttrValue,
    /// The value in the document.
    pub value: AttrValue,
    /// Called on Enter, or when the field loses the focus, if something was typed.
    pub commit: Callback<String, Result<(), String>>,
    /// Called on an arrow key: up (`true`) or down, and in large steps with Shift (`true`).
    #[prop_or_default]
    pub nudge: Option<Callback<(bool, bool), Result<(), String>>>,
    /// Called when the arrow keys are done.
    #[prop_or_default]
    pub onsettle: Callback<()>,
    #[prop_or_default]
    pub placeholder: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    /// Hints about the value, below the field.
    #[prop_or_default]
    pub hints: Vec<String>,
    /// A button behind the field.
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn ValueField(props: &FieldProps) -> Html {
    let FieldProps { id, label, value, placeholder, class, hints, .. } = props;
    let draft = use_state(|| None::<String>);
    let problem = use_state(|| None::<String>);
    let nudged = use_mut_ref(|| false);
    {
        let (draft, problem) = (draft.setter(), problem.setter());
        use_effect_with(value.clone(), move |_| {
            draft.set(None);
            problem.set(None);
        });
    }
    let shown = draft.as_ref().map_or_else(|| value.clone(), |typed| typed.clone().into());
    let typing = FieldEdit {
        draft: draft.clone(),
        problem: problem.clone(),
        commit: props.commit.clone(),
        nudge: props.nudge.clone(),
    };
    let oninput = {
        let draft = draft.setter();
        Callback::from(move |event: InputEvent| {
            draft.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    let settle = {
        let (typing, onsettle) = (typing.clone(), props.onsettle.clone());
        move |nudged: &mut bool| {
            typing.done();
            if std::mem::take(nudged) {
                onsettle.emit(());
            }
        }
    };
    let onblur = {
        let (settle, nudged) = (settle.clone(), nudged.clone());
        Callback::from(move |_: FocusEvent| settle(&mut nudged.borrow_mut()))
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| match &*event.key() {
        "Enter" => settle(&mut nudged.borrow_mut()),
        "Escape" if typing.is_open() => {
            event.stop_propagation();
            typing.give_up();
        }
        key @ ("ArrowUp" | "ArrowDown") if typing.nudge.is_some() => {
            event.prevent_default();
            *nudged.borrow_mut() = true;
            typing.step(key == "ArrowUp", event.shift_key());
        }
        _ => {}
    });
    let described = (problem.is_some() || !hints.is_empty()).then(|| format!("{id}-error"));
    html! {
        <div class={classes!("field", class.clone())}>
            <label for={id.clone()}>{ label }</label>
            <input id={id.clone()} type="text" value={shown} autocomplete="off" spellcheck="false"
                placeholder={placeholder.clone()} aria-invalid={problem.is_some().then_some("true")}
                aria-describedby={described.clone()} {oninput} {onblur} {onkeydown} />
            { props.children.clone() }
            if let Some(id) = described {
                <div class="field-error" {id}>
                    if let Some(problem) = &*problem { <p class="problem">{ problem }</p> }
                    { for hints.iter().map(|hint| html! { <p class="hint">{ hint }</p> }) }
                </div>
            }
        </div>
    }
}

/// The actions on the text in the field.
#[derive(Clone)]
struct FieldEdit {
    draft: UseStateHandle<Option<String>>,
    problem: UseStateHandle<Option<String>>,
    commit: Callback<String, Result<(), String>>,
    nudge: Option<Callback<(bool, bool), Result<(), String>>>,
}

impl FieldEdit {
    fn is_open(&self) -> bool {
        self.draft.is_some() || self.problem.is_some()
    }

    /// Commits the text; a text that cannot be parsed stays, with the problem.
    fn done(&self) {
        let Some(text) = &*self.draft else { return };
        let found = self.commit.emit(text.clone());
        if found.is_ok() {
            self.draft.set(None);
        }
        self.problem.set(found.err());
    }

    fn give_up(&self) {
        self.draft.set(None);
        self.problem.set(None);
    }

    /// Moves the value by one step, or commits the text if something was typed.
    fn step(&self, up: bool, large: bool) {
        match (&*self.draft, &self.nudge) {
            (None, Some(nudge)) => self.problem.set(nudge.emit((up, large)).err()),
            _ => self.done(),
        }
    }
}

/// A choice between a few values.
pub struct ChoiceField<'a> {
    pub id: &'static str,
    pub label: &'a str,
    /// The value in the document.
    pub value: &'a str,
    /// The values, each with its label.
    pub options: Vec<SelectOption>,
    pub onchoose: Callback<String>,
}

pub fn choice(field: ChoiceField<'_>) -> Html {
    choice_with(field, Html::default())
}

/// With a button behind the list.
pub fn choice_with(field: ChoiceField<'_>, behind: Html) -> Html {
    let ChoiceField { id, label, value, options, onchoose } = field;
    html! {
        <div class="field">
            <label for={id}>{ label }</label>
            { select(Select { id: Some(id), value, options, onchoose, ..Select::default() }) }
            { behind }
        </div>
    }
}

/// A check box.
pub fn check(id: &str, label: &str, checked: bool, ontoggle: Callback<MouseEvent>) -> Html {
    html! {
        <div class="field check">
            <input id={id.to_owned()} type="checkbox" {checked} onclick={ontoggle} />
            <label for={id.to_owned()}>{ label }</label>
        </div>
    }
}

/// Several choices side by side, each of which can be on.
pub fn picks(label: &str, all: Vec<Html>) -> Html {
    html! {
        <div class="field picks" role="group" aria-label={label.to_owned()}>
            <span class="field-label">{ label.to_owned() }</span>
            <div class="pick-list">{ for all }</div>
        </div>
    }
}

/// One of `picks`.
pub fn pick(words: String, checked: bool, ontoggle: Callback<MouseEvent>) -> Html {
    html! {
        <label class="pick" key={words.clone()}>
            <input type="checkbox" {checked} onclick={ontoggle} />
            <span>{ words }</span>
        </label>
    }
}

pub struct InnerForm<'a> {
    pub label: &'static str,
    pub fields: Html,
    /// The change that the form makes, or a sentence that says why it cannot be made.
    pub change: Box<dyn Fn() -> Result<Change, String>>,
    pub problem: &'a UseStateHandle<Option<String>>,
    pub dispatcher: &'a Dispatcher,
    pub onclose: &'a Callback<()>,
}

pub fn inner_form(
    InnerForm { label, fields, change, problem, dispatcher, onclose }: InnerForm,
) -> Html {
    let close = {
        let (problem, onclose) = (problem.setter(), onclose.clone());
        Callback::from(move |()| {
            problem.set(None);
            onclose.emit(());
        })
    };
    let onsubmit = {
        let (close, problem, dispatcher) = (close.clone(), problem.setter(), dispatcher.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match change() {
                Ok(change) => {
                    close.emit(());
                    dispatcher.dispatch(Action::Change(change));
                }
                Err(words) => problem.set(Some(words)),
            }
        })
    };
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                close.emit(());
            }
        })
    };
    html! {
        <form class="inner-form" aria-label={label} {onsubmit} {onkeydown}>
            { fields }
            <div role="alert">
                if let Some(problem) = &**problem { <p class="problem">{ problem }</p> }
            </div>
            <div class="form-actions">
                <button class="button primary" type="submit">{ "Add" }</button>
                <button class="button" type="button" onclick={close.reform(|_: MouseEvent| ())}>
                    { "Cancel" }
                </button>
            </div>
        </form>
    }
}

/// A value of a list and its label.
pub type SelectOption = (String, String);

/// The properties of a list.
#[derive(Default)]
pub struct Select<'a> {
    pub id: Option<&'static str>,
    pub class: Option<&'static str>,
    /// The accessible name, if no label is beside the list.
    pub name: Option<&'static str>,
    /// The document's value; one of the options.
    pub value: &'a str,
    pub options: Vec<SelectOption>,
    /// Further options under headings.
    pub groups: Vec<(&'static str, Vec<SelectOption>)>,
    pub onchoose: Callback<String>,
    pub node: NodeRef,
}

pub fn select(select: Select<'_>) -> Html {
    let Select { id, class, name, value, options, groups, onchoose, node } = select;
    let option = |(name, words): SelectOption| option(value, name, words);
    let group = |(heading, options): (&'static str, Vec<SelectOption>)| {
        html! { <optgroup label={heading}>{ for options.into_iter().map(option) }</optgroup> }
    };
    let shown = value.to_owned();
    let onchange = Callback::from(move |event: Event| {
        let select = event.target_unchecked_into::<HtmlSelectElement>();
        let chosen = select.value();
        // The document decides: if it accepts the choice, the next rendering shows it.
        select.set_value(&shown);
        onchoose.emit(chosen);
    });
    html! {
        <select {id} {class} aria-label={name} ref={node} {onchange}>
            { for options.into_iter().map(option) }
            { for groups.into_iter().map(group) }
        </select>
    }
}

/// An option with `selected` as a property. The attribute is only the default, which a browser ignores once a
/// reader has chosen.
fn option(value: &str, name: String, words: String) -> Html {
    let mut option = VTag::new("option");
    option.add_property("selected", name == value);
    option.add_attribute("value", name);
    option.add_child(words.into());
    option.into()
}

#[derive(Clone, PartialEq, Properties)]
pub struct TextFieldProps {
    pub label: &'static str,
    pub value: AttrValue,
    pub oncommit: Callback<String>,
}

/// A field that commits when it loses the focus, or on Enter. What is typed stays while the panel is rendered again, as
/// it is with each cell that a sweep fills. Firefox then sends no `change`.
#[component]
pub fn TextField(TextFieldProps { label, value, oncommit }: &TextFieldProps) -> Html {
    let draft = use_state(|| None::<AttrValue>);
    let oninput = {
        let draft = draft.setter();
        Callback::from(move |event: InputEvent| {
            draft.set(Some(event.target_unchecked_into::<HtmlInputElement>().value().into()));
        })
    };
    let commit = {
        let (draft, oncommit) = (draft.clone(), oncommit.clone());
        Callback::from(move |()| {
            if let Some(text) = &*draft {
                draft.set(None);
                oncommit.emit(text.to_string());
            }
        })
    };
    let onblur = commit.reform(|_: FocusEvent| ());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            commit.emit(());
        }
    });
    html! {
        <input type="text" aria-label={*label} value={(*draft).clone().unwrap_or(value.clone())}
            autocomplete="off" spellcheck="false" {oninput} {onblur} {onkeydown} />
    }
}
