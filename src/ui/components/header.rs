//! The header: the title, undo and redo, and the buttons of panels and dialogs.

use super::more::More;
use super::{Icon, icon};
use crate::scenario::{Scenario, SettingKind};
use crate::session::compare;
use crate::session::keys::with_key;
use crate::session::setup::SetupField;
use crate::session::{
    Action, Command, ComparedWith, Document, Panel, RunView, Screen, State, capitalised,
};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::ThemeChoice;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct HeaderProps {
    pub state: Rc<State>,
    pub run_view: Rc<RunView>,
    pub theme: ThemeChoice,
    pub ontheme: Callback<()>,
}

#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let HeaderProps { state, run_view, theme, ontheme } = props;
    let dispatcher = use_dispatcher();
    let scenario = run_view.run.scenario();
    let editing = use_title_edit();
    let theme = format!("Theme: {}", theme.name());
    // The title of a lesson's scene may give away the answer to its question.
    let title =
        state.lesson.map_or_else(|| title(scenario), |lesson| lesson.lesson().title.clone());
    html! {
        <header class="head">
            <a class="brand" href="#preset/start" aria-label="Hustings, to the start">
                { mark() }<span class="brand-name">{ "Hustings" }</span>
            </a>
            if state.screen != Screen::Start {
                <div class="head-title">
                    if state.lesson.is_some() {
                        <h1 title={title.clone()}>{ title }</h1>
                    } else {
                        { heading(&editing, state.document(), &title, &dispatcher) }
                    }
                    { opens_setup(state, scenario, &dispatcher) }
                </div>
                <div class="group head-steps">
                    { step(&dispatcher, "Undo", state.history.undoes(), Command::Undo, Icon::Undo) }
                    { step(&dispatcher, "Redo", state.history.redoes(), Command::Redo, Icon::Redo) }
                </div>
            }
            <span class="space" />
            <nav class="head-places group" aria-label="Places">{ places(state, scenario, &dispatcher) }</nav>
            <i class="rule" />
            <button class="button primary head-share" aria-label="Share" title={with_key("A link, pictures and files", &Command::Share)}
                onclick={dispatcher.on_click(Command::Share)}>
                { icon(Icon::Share) }<span>{ "Share" }</span>
            </button>
            <button class="button square head-theme" aria-label={theme.clone()} title={theme}
                onclick={ontheme.reform(|_: MouseEvent| ())}>{ icon(Icon::Dark) }</button>
            <button class="button square head-help" aria-label="Help" title={with_key("Every key and every sign", &Command::Help)}
                onclick={dispatcher.on_click(Command::Help)}>{ icon(Icon::Help) }</button>
            <More state={state.clone()} ontheme={ontheme.clone()} />
        </header>
    }
}

/// The title without the algorithm's name, which is shown beside it.
pub fn title(scenario: &Scenario) -> String {
    let title = scenario.title.as_deref().unwrap_or("Untitled");
    let rest = title.strip_prefix(scenario.algorithm.title());
    match rest.and_then(|rest| rest.strip_prefix(": ")) {
        Some(rest) => capitalised(rest),
        None => title.to_owned(),
    }
}

/// The button with the algorithm's name, which opens the set-up.
fn opens_setup(state: &State, scenario: &Scenario, dispatcher: &Dispatcher) -> Html {
    let is_open = state.panel == Some(Panel::SetUp);
    let next = (!is_open).then_some(Panel::SetUp);
    html! {
        <button class={classes!("button", "head-algorithm", is_open.then_some("on"))}
            aria-expanded={is_open.to_string()} title="Set up algorithm, processes and network"
            onclick={dispatcher.on_click_action(Action::Panel(next))}>
            <span>{ scenario.algorithm.title() }
                <span class="head-size">{ format!(", {} processes", scenario.ranks.len()) }</span></span>
            { icon(Icon::Chevron) }
        </button>
    }
}

fn step(
    dispatcher: &Dispatcher,
    verb: &str,
    undone: Option<&str>,
    command: Command,
    sign: Icon,
) -> Html {
    let words = undone.map_or_else(|| verb.to_owned(), |undone| format!("{verb} {undone}"));
    html! {
        <button class="button square" disabled={undone.is_none()} aria-label={words.clone()}
            title={words} onclick={dispatcher.on_click(command)}>
            { icon(sign) }
        </button>
    }
}

fn places(state: &State, scenario: &Scenario, dispatcher: &Dispatcher) -> Html {
    let script = state.panel == Some(Panel::Script);
    let gallery = state.screen == Screen::Gallery;
    let comparing = matches!(state.screen, Screen::Compare(_));
    let open = |panel| state.panel == Some(panel) && state.screen == Screen::Stage;
    let (searching, asking) = (open(Panel::Search), open(Panel::WhatIf));
    let other = compare::comparison(&scenario.algorithm);
    let go = |is_there: bool, screen: Screen| {
        Action::Show(if is_there { Screen::Stage } else { screen })
    };
    let place = |class: &'static str, name: &'static str, sign: Icon, is_on: bool, to: Action| {
        html! {
            <button class={classes!("button", class, is_on.then_some("on"))}
                aria-pressed={is_on.to_string()}
                onclick={dispatcher.on_click_action(to)}>
                { icon(sign) }{ name }
            </button>
        }
    };
    let panel = Action::Panel((!script).then_some(Panel::Script));
    html! {
        <>
            { place("to-script", "Script", Icon::Script, script, panel) }
            if state.screen != Screen::Start {
                { place("to-compare", "Compare", Icon::Compare, comparing,
                    go(comparing, Screen::Compare(ComparedWith::Algorithm(other)))) }
                { place("to-search", "Search", Icon::Search, searching, Action::Panel((!searching).then_some(Panel::Search))) }
                { place("to-what-if", "What if", Icon::WhatIf, asking, Action::Panel((!asking).then_some(Panel::WhatIf))) }
            }
            { place("to-gallery", "Gallery", Icon::Gallery, gallery, go(gallery, Screen::Gallery)) }
        </>
    }
}

fn mark() -> Html {
    const DOTS: [(&str, &str); 5] =
        [("19.1", "8.9"), ("19.1", "17.1"), ("12", "21.2"), ("4.9", "17.1"), ("4.9", "8.9")];
    html! {
        <svg width="22" height="22" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
            <circle cx="12" cy="4.8" r="3.1" />
            { for DOTS.map(|(cx, cy)| html! { <circle {cx} {cy} r="1.9" opacity=".55" /> }) }
        </svg>
    }
}

/// The state of the title's field: the text, and why it cannot be a title.
#[derive(Clone)]
pub struct TitleEdit {
    draft: UseStateHandle<Option<String>>,
    problem: UseStateHandle<Option<String>>,
    /// Set when a key closes the field: the title gets the focus back, and the blur of the removed field is
    /// ignored.
    returns: Rc<Cell<bool>>,
    button: NodeRef,
    field: NodeRef,
}

/// Moves the focus to the field when it opens, and back to the title when a key closes it.
#[hook]
pub fn use_title_edit() -> TitleEdit {
    let edit = TitleEdit {
        draft: use_state_eq(|| None),
        problem: use_state_eq(|| None),
        returns: use_memo((), |()| Cell::new(false)),
        button: use_node_ref(),
        field: use_node_ref(),
    };
    let before = use_mut_ref(|| false);
    use_effect_with(edit.draft.is_some(), {
        let (field, button, returns) =
            (edit.field.clone(), edit.button.clone(), edit.returns.clone());
        move |&is_open| {
            let was_open = before.replace(is_open);
            if let Some(field) = field.cast::<HtmlInputElement>().filter(|_| is_open) {
                // If the focus cannot move there, the page keeps it.
                let _ = field.focus();
                field.select();
            }
            let closes = was_open && !is_open && returns.take();
            if let Some(button) = button.cast::<HtmlElement>().filter(|_| closes) {
                let _ = button.focus();
            }
        }
    });
    edit
}

/// The heading; a click replaces it by a field.
pub fn heading(
    edit: &TitleEdit,
    document: &Document,
    shown: &str,
    dispatcher: &Dispatcher,
) -> Html {
    let Some(draft) = &*edit.draft else {
        let (open, whole) = (
            edit.draft.setter(),
            SetupField::Setting(SettingKind::Title).text(document.scenario()),
        );
        let onclick = Callback::from(move |_: MouseEvent| open.set(Some(whole.clone())));
        return html! {
            <h1><button class="head-name" ref={&edit.button} title={format!("{shown}: press to edit the title")} {onclick}>
                { shown.to_owned() }</button></h1>
        };
    };
    let oninput = {
        let draft = edit.draft.setter();
        Callback::from(move |event: InputEvent| {
            draft.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    let commit = commit(edit, draft, document, dispatcher);
    let onblur = commit.reform(|_: FocusEvent| true);
    let onkeydown = {
        let (draft, problem) = (edit.draft.setter(), edit.problem.setter());
        let returns = edit.returns.clone();
        Callback::from(move |event: KeyboardEvent| match &*event.key() {
            "Enter" if !event.is_composing() => {
                // Otherwise the same key press would open the field again, since the title has the focus by
                // then.
                event.prevent_default();
                commit.emit(false);
            }
            "Escape" => {
                event.stop_propagation();
                returns.set(true);
                draft.set(None);
                problem.set(None);
            }
            _ => {}
        })
    };
    html! {
        <>
            <h1 class="unseen">{ shown.to_owned() }</h1>
            <div class="head-edit">
                <input class="head-field" ref={&edit.field} type="text" aria-label="Title" autocomplete="off"
                    placeholder="Untitled" value={draft.clone()} aria-describedby="head-error"
                    aria-invalid={edit.problem.is_some().then_some("true")} {oninput} {onblur} {onkeydown} />
                <div id="head-error" role="alert">
                    if let Some(problem) = &*edit.problem { <p class="problem">{ problem }</p> }
                </div>
            </div>
        </>
    }
}

/// Commits the title; the argument says whether the field loses the focus. An invalid title is reported below
/// the field or, once the field is left, as a notice of the page.
fn commit(
    edit: &TitleEdit,
    typed: &str,
    document: &Document,
    dispatcher: &Dispatcher,
) -> Callback<bool> {
    let (draft, problem, returns) =
        (edit.draft.setter(), edit.problem.setter(), edit.returns.clone());
    let (typed, document, dispatcher) = (typed.to_owned(), document.clone(), dispatcher.clone());
    Callback::from(move |leaves: bool| {
        if returns.get() {
            return;
        }
        match SetupField::Setting(SettingKind::Title).read(document.scenario(), &typed) {
            Ok(change) => {
                change.into_iter().for_each(|change| dispatcher.dispatch(Action::Change(change)))
            }
            Err(words) if !leaves => return problem.set(Some(words)),
            Err(words) => dispatcher
                .dispatch(Action::Say(Some(format!("The title stays as it was. {words}")))),
        }
        returns.set(!leaves);
        draft.set(None);
        problem.set(None);
    })
}
