//! The sections of names, zones and chapters in the set-up.

use super::{SetupModel, act_on};
use crate::scenario::Change;
use crate::session::annotations::{AnnotationField, another_zone, without_mark, without_zone};
use crate::session::keys::with_key;
use crate::session::setup::hints_of;
use crate::session::{Action, Command};
use crate::ui::components::field::ValueField;
use crate::ui::components::{Icon, icon};
use yew::prelude::*;

impl SetupModel {
    pub fn names(&self) -> Html {
        let ranks = self.document.scenario().ranks.iter().rev();
        html! {
            <section aria-labelledby="set-names">
                <h2 id="set-names">{ "Names" }</h2>
                { for ranks.map(|&rank| {
                    self.annotation(format!("setup-name-{rank}"), AnnotationField::Name(rank))
                }) }
            </section>
        }
    }

    pub fn zones(&self) -> Html {
        let scenario = self.document.scenario();
        let another = self.document.clone();
        let dispatcher = self.dispatcher.clone();
        let add = Callback::from(move |_: MouseEvent| {
            if let Some(zones) = another_zone(another.scenario()) {
                act_on(&dispatcher, Ok(Some(zones)));
            }
        });
        html! {
            <section aria-labelledby="set-zones">
                <h2 id="set-zones">{ "Zones" }</h2>
                { for (0..scenario.zones.len()).map(|index| {
                    let name = &scenario.zones[index].name;
                    let remove = without_zone(scenario, index);
                    html! {
                        <div class="annotation" key={index}>
                            { self.annotation(format!("setup-zone-{index}"), AnnotationField::ZoneName(index)) }
                            { self.annotation(format!("setup-zone-{index}-members"), AnnotationField::ZoneMembers(index)) }
                            { self.remove(format!("Remove the zone {name}"), remove) }
                        </div>
                    }
                }) }
                <button class="button outlined" disabled={another_zone(scenario).is_none()} onclick={add}>
                    { "Add a zone" }
                </button>
            </section>
        }
    }

    pub fn chapters(&self) -> Html {
        let scenario = self.document.scenario();
        let add = self.dispatcher.on_click(Command::AddMark);
        html! {
            <section aria-labelledby="set-chapters">
                <h2 id="set-chapters">{ "Chapters" }</h2>
                { for scenario.chapters().into_iter().map(|(index, mark)| {
                    let remove = without_mark(scenario, index);
                    html! {
                        <div class="annotation" key={index}>
                            { self.annotation(format!("setup-mark-{index}"), AnnotationField::MarkAt(index)) }
                            { self.annotation(format!("setup-mark-{index}-text"), AnnotationField::MarkText(index)) }
                            { self.remove(format!("Remove the chapter {}", mark.text), remove) }
                        </div>
                    }
                }) }
                <button class="button outlined" title={with_key("A chapter at the cursor", &Command::AddMark)}
                    onclick={add}>{ "Add a chapter at the cursor" }</button>
            </section>
        }
    }

    fn annotation(&self, id: String, field: AnnotationField) -> Html {
        let value = field.text(self.document.scenario());
        // What is said of a zone or a mark stands under the first of its fields.
        let is_first =
            !matches!(field, AnnotationField::ZoneMembers(_) | AnnotationField::MarkText(_));
        let hints = match is_first {
            true => hints_of(&self.hints, |place| place == field.place()),
            false => Vec::new(),
        };
        let (document, dispatcher) = (self.document.clone(), self.dispatcher.clone());
        let commit = Callback::from(move |text: String| {
            if let Some(change) = field.read(document.scenario(), &text)? {
                dispatcher.dispatch(Action::Change(change));
            }
            Ok(())
        });
        html! { <ValueField {id} label={field.label()} {value} {commit} {hints} /> }
    }

    fn remove(&self, label: String, change: Change) -> Html {
        html! {
            <button class="button square" aria-label={label} title="Remove"
                onclick={self.dispatcher.on_click_action(Action::Change(change))}>
                { icon(Icon::Cross) }
            </button>
        }
    }
}
