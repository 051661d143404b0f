//! The words of the script on one screen, from the table that the parser reads: a press writes the
//! example.

use crate::scenario::keywords::{Keyword, KeywordPosition, WORDS};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct WordsProps {
    pub onexample: Callback<&'static Keyword>,
}

#[component]
pub fn Words(props: &WordsProps) -> Html {
    let section = |(kind, title): (KeywordPosition, &'static str)| {
        let words = WORDS.iter().filter(move |word| word.kind == kind);
        html! {
            <section>
                <h2>{ title }</h2>
                <ul>{ for words.map(|word| entry(word, &props.onexample)) }</ul>
            </section>
        }
    };
    html! {
        <details class="script-words">
            <summary>{ "Words" }</summary>
            <div class="script-table">
                <p>{ "One statement a line; everything has a default. Press an example to write it." }</p>
                { for [
                    (KeywordPosition::Statement, "Statements"),
                    (KeywordPosition::Fault, "What happens at a time"),
                    (KeywordPosition::Claim, "What can be expected"),
                    (KeywordPosition::Fate, "What becomes of a message"),
                ].map(section) }
            </div>
        </details>
    }
}

fn entry(word: &'static Keyword, onexample: &Callback<&'static Keyword>) -> Html {
    html! {
        <li key={word.word}>
            <button class="script-example" title={word.form} onclick={onexample.reform(move |_: MouseEvent| word)}>
                <code>{ word.example }</code>
                <small>{ word.means }</small>
            </button>
        </li>
    }
}
