//! The sections of the set-up, from the algorithm down to the title.

use super::SetupModel;
use crate::election::{Algorithm, Succession};
use crate::member::Detector;
use crate::scenario::{FigureView, Scenario, ScenarioPart, Setting, limits};
use crate::session::Document;
use crate::session::setup::{
    SetupField, algorithm, another_seed, detector, end, figure_view, groups, leader, resized,
    succession,
};
use crate::types::Rank;
use crate::ui::components::field::{ChoiceField, check, choice};
use yew::prelude::*;

impl SetupModel {
    pub fn algorithm(&self) -> Html {
        let scenario = self.document.scenario();
        let named =
            |algorithm: &Algorithm| (algorithm.name().to_owned(), algorithm.title().to_owned());
        let all = [
            Algorithm::Bully,
            Algorithm::BullyTextbook,
            Algorithm::NextInLine(Succession::Highest(2)),
        ];
        html! {
            <section aria-labelledby="set-algorithm">
                <h2 id="set-algorithm">{ "Algorithm" }</h2>
                { choice(ChoiceField {
                    id: "setup-algorithm",
                    label: "Election algorithm",
                    value: scenario.algorithm.name(),
                    options: all.iter().map(named).collect(),
                    onchoose: self.set(|document, name: String| {
                        Setting::Algorithm(algorithm(document.scenario(), &name))
                    }),
                }) }
                if let Algorithm::NextInLine(line) = &scenario.algorithm { { self.alternates(line) } }
                { self.said(ScenarioPart::Algorithm) }
            </section>
        }
    }

    fn alternates(&self, line: &Succession) -> Html {
        let by_name = matches!(line, Succession::List(_));
        let pair = |name: &str, words: &str| (name.to_owned(), words.to_owned());
        html! {
            <>
                { choice(ChoiceField {
                    id: "setup-alternates",
                    label: "Alternates",
                    value: if by_name { "list" } else { "count" },
                    options: vec![pair("count", "the highest ranks"), pair("list", "a list")],
                    onchoose: self.set(|document, how: String| {
                        Setting::Algorithm(succession(document.scenario(), how == "list"))
                    }),
                }) }
                if by_name { { self.field("setup-line", SetupField::Line) } }
                else { { self.field("setup-many", SetupField::Alternates) } }
            </>
        }
    }

    pub fn processes(&self) -> Html {
        let scenario = self.document.scenario();
        let count = scenario.ranks.len();
        html! {
            <section aria-labelledby="set-processes">
                <h2 id="set-processes">{ "Processes" }</h2>
                { self.stepper(count) }
                { self.field("setup-ranks", SetupField::Ranks) }
                if scenario.is_grouped() { { self.groups(scenario) } } else { { self.leader(scenario) } }
                { self.said(ScenarioPart::Group(0)) }
            </section>
        }
    }

    fn stepper(&self, count: usize) -> Html {
        let to = |count: usize| {
            self.set(move |document: &Document, _: MouseEvent| {
                Setting::Ranks(resized(&document.scenario().ranks, count))
            })
        };
        html! {
            <div class="field" role="group" aria-label="Number of processes">
                <span class="field-label">{ "How many" }</span>
                <div class="stepper">
                    <button class="button outlined square" aria-label="Remove one process"
                        disabled={count <= 1} onclick={to(count.saturating_sub(1))}>{ "−" }</button>
                    <output aria-live="polite">{ count }</output>
                    <button class="button outlined square" aria-label="Add one process"
                        disabled={count >= limits::MOST_PROCESSES} onclick={to(count + 1)}>{ "+" }</button>
                </div>
            </div>
        }
    }

    fn leader(&self, scenario: &Scenario) -> Html {
        const NOBODY: &str = "none";
        let now = scenario.groups.first().and_then(|group| group.leader);
        let value = now.map_or_else(|| NOBODY.to_owned(), |rank| rank.to_string());
        let mut options = vec![(NOBODY.to_owned(), "nobody".to_owned())];
        let named = |rank: &Rank| (rank.to_string(), rank.to_string());
        options.extend(scenario.ranks.iter().rev().map(named));
        choice(ChoiceField {
            id: "setup-leader",
            label: "Leads at the start",
            value: &value,
            options,
            onchoose: self.set(|document, name: String| leader(document.scenario(), &name)),
        })
    }

    fn groups(&self, scenario: &Scenario) -> Html {
        html! {
            <>
                <ul class="plain">{ for groups(scenario).into_iter().map(|group| html! { <li>{ group }</li> }) }</ul>
                <p class="hint">{ "Groups and their leaders are edited in the script." }</p>
            </>
        }
    }

    pub fn detector(&self) -> Html {
        let beats = matches!(self.document.scenario().detector, Detector::Heartbeat { .. });
        let pair = |name: &str, words: &str| (name.to_owned(), words.to_owned());
        html! {
            <section aria-labelledby="set-detector">
                <h2 id="set-detector">{ "Detector" }</h2>
                { choice(ChoiceField {
                    id: "setup-detector",
                    label: "Failure detector",
                    value: if beats { "heartbeat" } else { "scripted" },
                    options: vec![
                        pair("scripted", "suspicions in the script"),
                        pair("heartbeat", "heartbeats"),
                    ],
                    onchoose: self.set(|_, how: String| Setting::Detector(detector(how == "heartbeat"))),
                }) }
                if beats {
                    { self.field("setup-every", SetupField::Every) }
                    { self.field("setup-timeout", SetupField::Timeout) }
                }
                { self.said(ScenarioPart::Detector) }
            </section>
        }
    }

    pub fn waits(&self) -> Html {
        html! {
            <section aria-labelledby="set-waits">
                <h2 id="set-waits">{ "Timeouts" }</h2>
                { self.field("setup-alive", SetupField::WaitAlive) }
                { self.field("setup-elected", SetupField::WaitElected) }
            </section>
        }
    }

    pub fn network(&self) -> Html {
        let fifo = self.document.scenario().network.fifo;
        let toggle = self.set(move |_, _: MouseEvent| Setting::Fifo(!fifo));
        html! {
            <section aria-labelledby="set-network">
                <h2 id="set-network">{ "Network" }</h2>
                { self.field("setup-latency", SetupField::Latency) }
                { self.field("setup-loss", SetupField::Loss) }
                { self.field("setup-duplicate", SetupField::Duplicate) }
                { check("setup-fifo", "Messages of a link arrive in order", fifo, toggle) }
            </section>
        }
    }

    pub fn ends(&self) -> Html {
        let scenario = self.document.scenario();
        let by_timeline = scenario.until.is_none();
        let another = self.set(|document: &Document, _: MouseEvent| {
            Setting::Seed(another_seed(document.scenario().seed))
        });
        let toggle = self
            .set(move |document: &Document, _: MouseEvent| end(document.scenario(), !by_timeline));
        html! {
            <section aria-labelledby="set-run">
                <h2 id="set-run">{ "Run" }</h2>
                { self.field_with("setup-seed", SetupField::Seed, html! {
                    <button class="button outlined" onclick={another}>{ "Try another" }</button>
                }) }
                { self.field("setup-until", SetupField::Until) }
                { check("setup-open", "Ends by the timeline", by_timeline, toggle) }
            </section>
        }
    }

    /// The options of the scenario as a figure in another page.
    pub fn figure(&self) -> Html {
        let view = self.document.scenario().figure.view;
        let pair = |name: &str, words: &str| (name.to_owned(), words.to_owned());
        html! {
            <section aria-labelledby="set-figure">
                <h2 id="set-figure">{ "As a figure in a page" }</h2>
                { self.field("setup-figure-start", SetupField::FigureStart) }
                { self.field("setup-figure-end", SetupField::FigureEnd) }
                { self.field("setup-figure-speed", SetupField::FigureSpeed) }
                { choice(ChoiceField {
                    id: "setup-figure-view",
                    label: "Shows",
                    value: view.map_or("", FigureView::name),
                    options: vec![pair("", "the stage, unless the page says"), pair("stage", "the stage"),
                        pair("spacetime", "the diagram"), pair("both", "both")],
                    onchoose: self.set(|document, name: String| figure_view(document.scenario(), &name)),
                }) }
                { self.field("setup-figure-height", SetupField::FigureHeight) }
            </section>
        }
    }

    pub fn titles(&self) -> Html {
        html! {
            <section class="wide-fields" aria-labelledby="set-title">
                <h2 id="set-title">{ "Title" }</h2>
                { self.field("setup-title", SetupField::Title) }
                { self.field("setup-about", SetupField::About) }
            </section>
        }
    }
}
