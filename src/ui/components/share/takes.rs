//! What can be saved as a file: a row for each thing, with a button for each of its forms.

use crate::export::PictureView;
use crate::session::share::{ExportFormat, ExportSource, ExportSubject};
use crate::session::{RunView, State};
use crate::time::Time;
use crate::view::palette::ColourTheme;
use crate::web::{file, picture};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct TakesProps {
    pub state: Rc<State>,
    pub run_view: Rc<RunView>,
    pub cursor: Time,
    pub theme: ColourTheme,
}

#[component]
pub fn Takes(props: &TakesProps) -> Html {
    let said = use_state_eq(|| None::<Result<String, String>>);
    let typed = use_state_eq(|| props.run_view.animated_stretch());
    let stretch = props.run_view.read_stretch([&typed[0], &typed[1]]);
    let row = |thing: ExportSubject| {
        let forms = ExportFormat::ALL.into_iter().filter(move |take| take.thing() == thing);
        let name = match thing {
            ExportSubject::Stage => format!("{} at {}", thing.name(), props.cursor.spoken()),
            ExportSubject::Scenario | ExportSubject::Diagram | ExportSubject::Story => {
                thing.name().to_owned()
            }
        };
        html! {
            <div class="takes-row" role="group" aria-label={name.clone()}>
                <span class="takes-name">{ name }</span>
                <div class="takes-forms">{ for forms.map(|take| form(props, take, &stretch, &said)) }</div>
            </div>
        }
    };
    html! {
        <section class="takes" aria-labelledby="takes-title">
            <h3 id="takes-title">{ "Save as a file" }</h3>
            { for ExportSubject::ALL.map(row) }
            { range(&typed, &stretch) }
            { match &*said {
                Some(Err(words)) => html! { <p class="takes-said problem" role="status">{ words }</p> },
                Some(Ok(words)) => html! { <p class="takes-said" role="status">{ words }</p> },
                None => html! { <p class="takes-said" role="status" /> },
            } }
        </section>
    }
}

type Stretch = Result<((Time, Time), String), String>;

/// Which part of the run the animated SVG plays.
fn range(typed: &UseStateHandle<[String; 2]>, stretch: &Stretch) -> Html {
    let end = |place: usize, id: &'static str, label: &'static str| {
        let oninput = {
            let typed = typed.clone();
            Callback::from(move |event: InputEvent| {
                let mut next = (*typed).clone();
                next[place] = event.target_unchecked_into::<HtmlInputElement>().value();
                typed.set(next);
            })
        };
        html! {
            <><label for={id}>{ label }</label>
            <input {id} type="text" autocomplete="off" spellcheck="false" value={typed[place].clone()}
                aria-describedby="stretch-said" aria-invalid={stretch.is_err().then_some("true")} {oninput} /></>
        }
    };
    let (class, words) = match stretch {
        Ok((_, words)) => ("hint", words),
        Err(words) => ("problem", words),
    };
    html! {
        <div class="takes-row" role="group" aria-label="Animated SVG">
            <span class="takes-name">{ "Animated SVG" }</span>
            <div class="takes-range">
                { end(0, "stretch-from", "from") }{ end(1, "stretch-to", "to") }
                <p id="stretch-said" class={class} role="status">{ words }</p>
            </div>
        </div>
    }
}

fn form(
    props: &TakesProps,
    take: ExportFormat,
    stretch: &Stretch,
    said: &UseStateHandle<Option<Result<String, String>>>,
) -> Html {
    let onclick = {
        let (props, said, stretch) = (props.clone(), said.setter(), stretch.clone());
        Callback::from(move |_: MouseEvent| {
            let said = said.clone();
            save(&props, take, &stretch, Callback::from(move |outcome| said.set(Some(outcome))));
        })
    };
    html! {
        <button class="button outlined" title={take.about()} {onclick}>{ take.form() }</button>
    }
}

/// Saves it, and calls back with what there is to say of it.
fn save(
    props: &TakesProps,
    take: ExportFormat,
    stretch: &Stretch,
    done: Callback<Result<String, String>>,
) {
    let TakesProps { state, run_view, cursor, theme } = props;
    let document = state.document();
    let name = take.file_name(document);
    let saved = Ok(format!("Saved as {name}."));
    let stretch = stretch.as_ref().map(|(stretch, _)| *stretch).map_err(String::as_str);
    let shown = ExportSource { document, run_view, at: *cursor, window: state.window, stretch };
    match (take, take.text(shown)) {
        (ExportFormat::Picture(view), _) => {
            let subject = run_view.subject();
            let taken = Callback::from(move |blob: Option<web_sys::Blob>| match blob {
                Some(blob) => {
                    file::save(&name, &blob);
                    done.emit(saved.clone());
                }
                None => done.emit(Err("The browser cannot make this picture.".to_owned())),
            });
            let draw = |ruler: &crate::web::canvas::Ruler| match view {
                PictureView::Stage => subject.stage_scene(*cursor, *theme, ruler),
                PictureView::Spacetime => {
                    let window = state.window.unwrap_or_else(|| run_view.first_window());
                    subject.spacetime_scene(window, Some(*cursor), *theme, ruler)
                }
            };
            picture::png(theme.tokens().stage, draw, taken);
        }
        (_, Some(Ok(text))) => {
            file::save_text(&name, take.media_type(), &text);
            done.emit(saved);
        }
        (_, Some(Err(words))) => done.emit(Err(words)),
        (_, None) => {}
    }
}
