//! A list to choose from, which always shows the document's value.

use web_sys::HtmlSelectElement;
use yew::prelude::*;
use yew::virtual_dom::VTag;

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
