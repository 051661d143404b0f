//! The comparison of all algorithms: a table of what each does in the scenario. Each number opens its run.

use super::compare::{choice, head, same};
use crate::election::AlgorithmKind;
use crate::session::compare::{self, COLUMNS, ComparisonCell, ComparisonRow, fault_lines};
use crate::session::{Action, ComparedWith, Document, Screen};
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::ui::hooks::{AlgorithmRows, use_algorithm_rows};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct AllAlgorithmsProps {
    pub document: Document,
}

#[component]
pub fn AllAlgorithms(props: &AllAlgorithmsProps) -> Html {
    let dispatcher = use_dispatcher();
    let found = use_algorithm_rows(&props.document);
    let scenario = props.document.scenario();
    let missing = AlgorithmKind::ALL.len() - found.len();
    let rows = AlgorithmKind::ALL.iter().enumerate();
    html! {
        <main class="compare-all">
            { same(fault_lines(scenario), Html::default()) }
            { head(choice(&scenario.algorithm, &ComparedWith::All, &dispatcher), &dispatcher) }
            // Where it is too wide, it scrolls to the value that has the focus.
            <div class="all-table" role="region" aria-labelledby="all-caption">
                <table aria-busy={(missing > 0).to_string()}>
                    <caption id="all-caption">
                        { "What each algorithm does in this scenario. Each value opens its run." }
                    </caption>
                    <thead><tr>
                        <th scope="col">{ "algorithm" }</th>
                        { for COLUMNS.iter().map(|column| html! { <th scope="col">{ *column }</th> }) }
                    </tr></thead>
                    <tbody>
                        { for rows.map(|(place, &kind)| {
                            of_algorithm(kind, found.get(place), &props.document, &dispatcher)
                        }) }
                    </tbody>
                </table>
            </div>
            <p class="all-notes">
                { "Messages are those of elections, without heartbeats and acknowledgements. “Until a leader” counts \
                   those before the first time without a leader ends. An algorithm that needs heartbeats gets them \
                   where the scenario has none." }
            </p>
            <p class="unseen" role="status">
                { if missing > 0 { "Simulating…" } else { "All algorithms are simulated." } }
            </p>
        </main>
    }
}

/// The rows of an algorithm; an empty one until it is simulated.
fn of_algorithm(
    kind: AlgorithmKind,
    found: Option<&AlgorithmRows>,
    document: &Document,
    dispatcher: &Dispatcher,
) -> Html {
    let own = &document.scenario().algorithm;
    let is_own = own.kind() == kind;
    let title = kind.row().title;
    let head = |group: Option<&String>| {
        html! {
            <th scope="row">
                { title }
                if let Some(group) = group { <small>{ group.clone() }</small> }
                if is_own { <small>{ "as the scenario" }</small> }
            </th>
        }
    };
    let all = COLUMNS.len().to_string();
    match found {
        None => html! {
            <tr>{ head(None) }<td class="all-words" colspan={all}>{ "Simulating…" }</td></tr>
        },
        Some(Err(why)) => html! {
            <tr>{ head(None) }<td class="all-words" colspan={all}>{ format!("Does not run: {why}.") }</td></tr>
        },
        Some(Ok(rows)) => {
            let screen = match is_own {
                true => Screen::Stage,
                false => {
                    let other = compare::of_kind(own, kind);
                    Screen::Compare(ComparedWith::Algorithm(other))
                }
            };
            let row = |row: &ComparisonRow| {
                let cells = row.cells.iter().zip(COLUMNS);
                html! {
                    <tr>
                        { head(row.name.as_ref()) }
                        { for cells.map(|(cell, column)| {
                            let name = format!("{title}, {column}: {}", cell.text);
                            html! { <td>{ opens(row, cell, name, &screen, dispatcher) }</td> }
                        }) }
                    </tr>
                }
            };
            rows.iter().map(row).collect()
        }
    }
}

/// The button of a cell: it opens the run at the instant that shows the value, and the group of the row.
fn opens(
    row: &ComparisonRow,
    cell: &ComparisonCell,
    name: String,
    screen: &Screen,
    dispatcher: &Dispatcher,
) -> Html {
    let show = Some(Action::Show(screen.clone()));
    let group = row.name.is_some().then_some(Action::Group(Some(row.group)));
    let seek = cell.at.map(|at| Action::Pause { at });
    let actions: Vec<Action> = show.into_iter().chain(group).chain(seek).collect();
    let dispatcher = dispatcher.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        actions.iter().for_each(|action| dispatcher.dispatch(action.clone()));
    });
    html! { <button class="link" aria-label={name} {onclick}>{ cell.text.clone() }</button> }
}
