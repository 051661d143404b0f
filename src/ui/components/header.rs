//! The head of the page: what is open, another to open, undo and redo, the theme.

use super::menu::PresetMenu;
use super::{Icon, icon};
use crate::ui::hooks::Choice;
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct HeaderProps {
    pub title: AttrValue,
    pub algorithm: AttrValue,
    /// The deeds that would be undone and redone.
    pub undoes: Option<AttrValue>,
    pub redoes: Option<AttrValue>,
    pub theme: Choice,
    pub onundo: Callback<()>,
    pub onredo: Callback<()>,
    pub ontheme: Callback<()>,
    /// The name of a preset.
    pub onopen: Callback<&'static str>,
}

#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let press = |callback: &Callback<()>| callback.reform(|_: MouseEvent| ());
    let named = |verb: &str, deed: &Option<AttrValue>| match deed {
        Some(deed) => format!("{verb} {deed}"),
        None => verb.to_owned(),
    };
    let theme = format!("Theme: {}", props.theme.name());
    html! {
        <header class="head">
            <a class="brand" href="#preset/start" aria-label="Hustings, to the start">
                { mark() }<span class="brand-name">{ "Hustings" }</span>
            </a>
            <div class="head-title">
                <h1>{ &props.title }</h1>
                <span class="head-algorithm">{ &props.algorithm }</span>
            </div>
            <div class="group">
                <button class="button square" disabled={props.undoes.is_none()}
                    aria-label={named("Undo", &props.undoes)} title={named("Undo", &props.undoes)}
                    onclick={press(&props.onundo)}>{ icon(Icon::Undo) }</button>
                <button class="button square" disabled={props.redoes.is_none()}
                    aria-label={named("Redo", &props.redoes)} title={named("Redo", &props.redoes)}
                    onclick={press(&props.onredo)}>{ icon(Icon::Redo) }</button>
            </div>
            <span class="space" />
            <PresetMenu onopen={props.onopen.clone()} />
            <button class="button square" aria-label={theme.clone()} title={theme}
                onclick={press(&props.ontheme)}>{ icon(Icon::Dark) }</button>
        </header>
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
