//! The sections of the set-up, from the algorithm down to the title.

use super::SetupModel;
use crate::election::{AlgorithmKind, AlgorithmOptionValue, Preemption, Quorum, Succession};
use crate::member::Detector;
use crate::scenario::{FigureOption, FigureView, Scenario, Setting, SettingKind, limits, resized};
use crate::session::Document;
use crate::session::setup::{
    SetupField, algorithm, another_seed, detector, end, figure_view, groups, leader, preemption,
    processes, quorum, succession, toggled, waits,
};
use crate::sweep::SweepSetting;
use crate::ui::components::field::{ChoiceField, check, choice, choice_with};
use yew::prelude::*;

impl SetupModel {
    pub fn algorithm(&self) -> Html {
        let scenario = self.document.scenario();
        let named =
            |kind: &AlgorithmKind| (kind.row().name.to_owned(), kind.row().title.to_owned());
        html! {
            <section aria-labelledby="set-algorithm">
                <h2 id="set-algorithm">{ "Algorithm" }</h2>
                { choice_with(ChoiceField {
                    id: "setup-algorithm",
                    label: "Election algorithm",
                    value: scenario.algorithm.name(),
                    options: AlgorithmKind::ALL.iter().map(named).collect(),
                    onchoose: self.set(|document, name: String| {
                        Setting::Algorithm(algorithm(document.scenario(), &name))
                    }),
                }, self.what_if(SweepSetting::Algorithm)) }
                { for scenario.algorithm.clone().options().into_iter().map(|option| match option.value {
                    AlgorithmOptionValue::Succession(succession) => self.alternates(succession),
                    AlgorithmOptionValue::Candidates(_) => {
                        self.field("setup-candidates", SetupField::Candidates)
                    }
                    AlgorithmOptionValue::Delay(_) => self.field("setup-delay", SetupField::Delay),
                    AlgorithmOptionValue::Flag(is_set) => {
                        let word = option.word;
                        check(&format!("setup-{word}"), word, *is_set, self.set(
                            move |document: &Document, _: MouseEvent| Setting::Algorithm(
                                toggled(&document.scenario().algorithm, word)
                            )
                        ))
                    }
                }) }
                { self.hints_at(SettingKind::Algorithm.part()) }
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
                { self.field("setup-ranks", SetupField::Setting(SettingKind::Ranks)) }
                if scenario.is_grouped() { { self.groups(scenario) } } else { { self.leader(scenario) } }
                { self.hints_at(SettingKind::Leader.part()) }
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
                { self.what_if(SweepSetting::Processes) }
            </div>
        }
    }

    fn leader(&self, scenario: &Scenario) -> Html {
        const NOBODY: &str = "none";
        let now = scenario.groups.first().and_then(|group| group.leader);
        let value = now.map_or_else(|| NOBODY.to_owned(), |rank| rank.to_string());
        let mut options = vec![(NOBODY.to_owned(), "nobody".to_owned())];
        options.extend(processes(scenario).into_iter().rev());
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
                { self.hints_at(SettingKind::Detector.part()) }
            </section>
        }
    }

    /// Preemption and the quorum, where the algorithm has them; both need heartbeats.
    pub fn remedies(&self) -> Html {
        let scenario = self.document.scenario();
        let row = scenario.algorithm.row();
        if row.no_preemption.is_some() && row.no_quorum.is_some() {
            return Html::default();
        }
        let beats = scenario.detector != Detector::Scripted;
        html! {
            <section aria-labelledby="set-remedies">
                <h2 id="set-remedies">{ "Remedies" }</h2>
                if beats {
                    if row.no_preemption.is_none() { { self.preemption(scenario) } }
                    if row.no_quorum.is_none() { { self.quorum(scenario) } }
                } else {
                    <p class="hint">{ "Preemption and the quorum need heartbeats as the failure detector." }</p>
                }
            </section>
        }
    }

    fn preemption(&self, scenario: &Scenario) -> Html {
        let pair = |name: &str, words: &str| (name.to_owned(), words.to_owned());
        let (value, has_wait) = match scenario.preemption {
            Preemption::On => ("on", false),
            Preemption::Off => ("off", false),
            Preemption::After(_) => ("after", true),
        };
        html! {
            <>
                { choice_with(ChoiceField {
                    id: "setup-preempt",
                    label: "A higher rank that comes back leads",
                    value,
                    options: vec![pair("on", "at once"), pair("off", "only after an election"),
                        pair("after", "after a time")],
                    onchoose: self.set(|document, word: String| preemption(document.scenario(), &word)),
                }, self.what_if(SweepSetting::Preempt)) }
                if has_wait { { self.field("setup-preempt-after", SetupField::PreemptAfter) } }
                { self.hints_at(SettingKind::Preempt.part()) }
            </>
        }
    }

    fn quorum(&self, scenario: &Scenario) -> Html {
        let pair = |name: &str, words: &str| (name.to_owned(), words.to_owned());
        let (value, is_count) = match scenario.quorum {
            Quorum::None => ("none", false),
            Quorum::Majority => ("majority", false),
            Quorum::Count(_) => ("count", true),
        };
        html! {
            <>
                { choice_with(ChoiceField {
                    id: "setup-quorum",
                    label: "A leader needs",
                    value,
                    options: vec![pair("none", "no quorum"), pair("majority", "a majority"),
                        pair("count", "a number of processes")],
                    onchoose: self.set(|document, word: String| quorum(document.scenario(), &word)),
                }, self.what_if(SweepSetting::Quorum)) }
                if is_count { { self.field("setup-quorum-count", SetupField::QuorumCount) } }
                { self.hints_at(SettingKind::Quorum.part()) }
            </>
        }
    }

    pub fn waits(&self) -> Html {
        let waits = waits(&self.document.scenario().algorithm);
        if waits.is_empty() {
            return Html::default();
        }
        html! {
            <section aria-labelledby="set-waits">
                <h2 id="set-waits">{ "Timeouts" }</h2>
                { for waits.iter().map(|(id, kind)| self.field(id, SetupField::Setting(*kind))) }
            </section>
        }
    }

    pub fn network(&self) -> Html {
        let fifo = self.document.scenario().network.fifo;
        let toggle = self.set(move |_, _: MouseEvent| Setting::Fifo(!fifo));
        html! {
            <section aria-labelledby="set-network">
                <h2 id="set-network">{ "Network" }</h2>
                { self.field("setup-latency", SetupField::Setting(SettingKind::Latency)) }
                { self.field("setup-loss", SetupField::Setting(SettingKind::Loss)) }
                { self.field("setup-duplicate", SetupField::Setting(SettingKind::Duplicate)) }
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
                { self.field_with("setup-seed", SetupField::Setting(SettingKind::Seed), html! {
                    <button class="button outlined" onclick={another}>{ "Try another" }</button>
                }) }
                { self.field("setup-seeds", SetupField::Setting(SettingKind::Seeds)) }
                { self.field("setup-until", SetupField::Setting(SettingKind::Until)) }
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
                { self.field("setup-figure-start", SetupField::Figure(FigureOption::StartAt)) }
                { self.field("setup-figure-end", SetupField::Figure(FigureOption::EndAt)) }
                { self.field("setup-figure-speed", SetupField::Figure(FigureOption::Speed)) }
                { choice(ChoiceField {
                    id: "setup-figure-view",
                    label: "Shows",
                    value: view.map_or("", FigureView::name),
                    options: vec![pair("", "the stage, unless the page says"), pair("stage", "the stage"),
                        pair("spacetime", "the diagram"), pair("both", "both")],
                    onchoose: self.set(|document, name: String| figure_view(document.scenario(), &name)),
                }) }
                { self.field("setup-figure-height", SetupField::Figure(FigureOption::Height)) }
            </section>
        }
    }

    pub fn titles(&self) -> Html {
        html! {
            <section class="wide-fields" aria-labelledby="set-title">
                <h2 id="set-title">{ "Title" }</h2>
                { self.field("setup-title", SetupField::Setting(SettingKind::Title)) }
                { self.field("setup-about", SetupField::Setting(SettingKind::About)) }
            </section>
        }
    }
}
