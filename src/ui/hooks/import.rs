//! Imports from outside the page: paste, drop, and files.

use crate::session::Action;
use crate::session::import::{ImportError, LARGEST, ignored, read, refused};
use crate::ui::dispatcher::Dispatcher;
use crate::web::file::{self, ChosenFile};
use crate::web::paste_drop::{DropZone, Dropped, on_paste};
use web_sys::File;
use yew::prelude::*;

/// Opens pasted and dropped scenarios; returns whether something is dragged over the page.
#[hook]
pub fn use_import(dispatcher: &Dispatcher) -> bool {
    let is_dragged_over = use_state_eq(|| false);
    use_effect_with(dispatcher.clone(), {
        let over = is_dragged_over.setter();
        move |dispatcher: &Dispatcher| {
            let (pasted, dropped) = (dispatcher.clone(), dispatcher.clone());
            let paste = on_paste(move |handed| take(handed, "What was pasted", &pasted));
            let zone = DropZone::new(
                move |is_over| over.set(is_over),
                move |handed| take(handed, "What was dropped", &dropped),
            );
            move || drop((paste, zone))
        }
    });
    *is_dragged_over
}

fn take(handed: Dropped, name: &str, dispatcher: &Dispatcher) {
    match handed {
        Dropped::Text(text) => {
            dispatcher.dispatch(action_or_notice(read(&text).map_err(|why| refused(name, &why))));
        }
        Dropped::File(chosen, others) => {
            let (dispatcher, ignored) = (dispatcher.clone(), ignored(&chosen.name(), &others));
            open_file(
                chosen,
                Callback::from(move |opened| match (opened, &ignored) {
                    (Err(words), Some(ignored)) => {
                        dispatcher.dispatch(action_or_notice(Err(format!("{words} {ignored}"))))
                    }
                    (opened, ignored) => {
                        dispatcher.dispatch(action_or_notice(opened));
                        ignored.iter().for_each(|words| {
                            dispatcher.dispatch(Action::Say(Some(words.clone())))
                        });
                    }
                }),
            );
        }
    }
}

/// Reads a file; calls back with the action that opens it, or with a sentence that names it and says why it
/// cannot be opened.
pub fn open_file(chosen: File, done: Callback<Result<Action, String>>) {
    let read_it = move |ChosenFile { name, text }: ChosenFile| {
        let name = format!("The file {name}");
        done.emit(match text {
            Ok(text) => read(&text).map_err(|why| refused(&name, &why)),
            Err(found) => Err(refused(
                &name,
                &match found > LARGEST {
                    true => ImportError::TooLarge { found },
                    false => ImportError::NoText,
                },
            )),
        });
    };
    file::read(chosen, LARGEST, Callback::from(read_it));
}

fn action_or_notice(opened: Result<Action, String>) -> Action {
    opened.unwrap_or_else(|words| Action::Say(Some(words)))
}
