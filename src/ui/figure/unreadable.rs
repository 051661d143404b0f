//! In place of a figure whose scenario cannot be read: what is wrong with it, and the author's text,
//! its lines numbered as the problems name them.

use crate::player::RequestRefusal;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct UnreadableProps {
    pub refused: RequestRefusal,
}

#[component]
pub fn Unreadable(props: &UnreadableProps) -> Html {
    let RequestRefusal { problems, script, .. } = &props.refused;
    html! {
        <main class="figure figure-unreadable" aria-label="A figure that cannot be shown">
            <div role="alert">
                <h1>{ "This figure cannot be shown" }</h1>
                <ul>{ for problems.iter().map(|problem| html! { <li>{ problem }</li> }) }</ul>
            </div>
            if let Some(script) = script {
                <ol class="figure-script" tabindex="0" aria-label="Its script">
                    { for script.lines().map(|line| html! { <li><code>{ line.to_owned() }</code></li> }) }
                </ol>
            }
        </main>
    }
}
