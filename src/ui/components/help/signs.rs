//! Every sign of the stage with its word, drawn by the stage itself.

use crate::types::MessageKind;
use crate::ui::components::sign::Sign;
use crate::view::palette::ColourTheme;
use crate::view::signs::{self, says};
use crate::view::stage;
use crate::view::text::EvenWidth;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct SignTableProps {
    pub theme: ColourTheme,
}

#[component]
pub fn SignTable(props: &SignTableProps) -> Html {
    let theme = props.theme;
    // Nothing in them is placed by the width of words.
    let processes = use_memo(theme, |theme| signs::processes(*theme, &EvenWidth));
    let links = use_memo(theme, |theme| signs::links(*theme, &EvenWidth));
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
            <ul>{ for MessageKind::ALL.map(message) }</ul>
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
