//! The help dialog: every key and every sign, each with its meaning.

use super::dialog::{Dialog, dialog_head};
use super::icon::Sign;
use crate::session::{BINDINGS, Binding, ShortcutGroup};
use crate::types::MessageKind;
use crate::view::palette::ColourTheme;
use crate::view::signs::{self, says};
use crate::view::stage;
use crate::view::text::EvenWidth;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The dialog. `letters` is whether keys that type a character are shortcuts.
pub fn help_dialog(
    theme: ColourTheme,
    letters: bool,
    onletters: &Callback<bool>,
    onclose: Callback<()>,
) -> Html {
    let onletters = onletters.reform(|event: Event| {
        event.target_dyn_into::<HtmlInputElement>().is_none_or(|input| input.checked())
    });
    html! {
        <Dialog class="help" title="help-title" {onclose}>
            { dialog_head("help-title", "Keys and signs") }
            <div class="help-keys">{ for ShortcutGroup::ALL.map(group) }</div>
            <label class="help-switch">
                <input type="checkbox" checked={letters} onchange={onletters} />
                <span>
                    { "Letter keys act wherever no text is typed" }
                    <small>{ "All other keys work either way." }</small>
                </span>
            </label>
            <SignTable {theme} />
        </Dialog>
    }
}

fn group(group: ShortcutGroup) -> Html {
    let bindings = BINDINGS.iter().filter(|binding| binding.group == group);
    html! {
        <section key={group.title()}>
            <h3>{ group.title() }</h3>
            <dl>{ for bindings.map(binding) }</dl>
        </section>
    }
}

fn binding(binding: &Binding) -> Html {
    let stroke = |shown: &'static str| {
        // Keys of a combination are shown side by side.
        html! { <span class="help-stroke">{ for shown.split(' ').map(|key| html! { <kbd>{ key }</kbd> }) }</span> }
    };
    html! {
        <div>
            <dt>{ for binding.keys.iter().map(|key| stroke(key.shown)) }</dt>
            <dd>{ binding.means }</dd>
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct SignTableProps {
    pub theme: ColourTheme,
}

#[component]
pub fn SignTable(props: &SignTableProps) -> Html {
    let theme = props.theme;
    // The width of text has no effect on these scenes.
    let processes = use_memo(theme, |theme| signs::processes(*theme, &EvenWidth));
    let links = use_memo(theme, |theme| signs::links(*theme, &EvenWidth));
    let messages = use_memo(theme, |theme| signs::messages(*theme, &EvenWidth));
    let message = |kind: MessageKind| {
        let says = format!("“{}”", says(kind));
        html! { { entry(kind.name(), &says, stage::icon(kind, theme), "sign-message") } }
    };
    html! {
        <div class="help-signs">
            <h3>{ "Processes" }</h3>
            <p>{ "The colour of a process shows which leader it believes in. Its shape says the same without colour." }</p>
            <ul>{ for processes.iter().map(|s| entry(s.name, s.looks, s.scene.clone(), "sign-process")) }</ul>
            <h3>{ "Messages" }</h3>
            <p>{ "The shape shows the kind, the colour the process that it names." }</p>
            <ul>
                { for MessageKind::ALL.map(message) }
                { for messages.iter().map(|s| entry(s.name, s.looks, s.scene.clone(), "sign-process")) }
            </ul>
            <h3>{ "Links" }</h3>
            <ul>{ for links.iter().map(|s| entry(s.name, s.looks, s.scene.clone(), "sign-link")) }</ul>
        </div>
    }
}

fn entry(name: &'static str, looks: &str, scene: crate::view::Scene, class: &'static str) -> Html {
    html! {
        <li key={name}>
            <Sign {scene} {class} />
            <b>{ name }</b>
            <small>{ looks.to_owned() }</small>
        </li>
    }
}
