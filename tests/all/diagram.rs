//! The space-time diagram: what it draws, where it can be pointed at, and how time becomes x.

mod drawing;
mod gestures;
mod looks;
mod scale;

use hustings::presets;
use hustings::run::Run;
use hustings::session::{Document, RunView};
use hustings::simulation::EventKind;
use hustings::time::{Duration, Time};
use hustings::view::Scene;
use hustings::view::geometry::Size;
use hustings::view::spacetime::model::DiagramModel;
use hustings::view::spacetime::scale::{Folding, Scale};
use hustings::view::spacetime::{self, ChainHighlight, CursorState, Diagram, DiagramFrame, Rows};
use hustings::view::text::EvenWidth;
use std::rc::Rc;

/// A run, and a window of it on a page of a size.
#[derive(Clone)]
pub(crate) struct Look {
    pub run_view: Rc<RunView>,
    pub frame: DiagramFrame,
    pub window: (Time, Time),
    pub skips_quiet: bool,
}

impl Look {
    pub(crate) fn preset(name: &str) -> Self {
        Self::script(presets::find(name).expect("a preset's name is for ever").script)
    }

    pub(crate) fn script(text: &str) -> Self {
        let document = Document::read(text).expect("the script can be read");
        let run_view = Rc::new(RunView::new(Run::of(document.scenario().clone()), &document));
        let window = run_view.first_window();
        let size = Size { width: 1064.0, height: 332.0 };
        Self { run_view, frame: DiagramFrame::new(size), window, skips_quiet: true }
    }

    pub(crate) fn within(self, from: u64, to: u64) -> Self {
        Self { window: (Time::ms(from), Time::ms(to)), ..self }
    }

    pub(crate) fn record(&self) -> DiagramModel {
        DiagramModel::of(&self.run_view.run, &self.run_view.shown(), self.scale().window())
    }

    pub(crate) fn scale(&self) -> Scale {
        let lanes = self.run_view.run.scenario().ranks.len();
        let rows = Rows::new(self.frame.size, lanes, 1, self.frame.overview);
        Scale::new(self.window, (rows.left, rows.right), self.folding())
    }

    pub(crate) fn folding(&self) -> Folding<'_> {
        self.run_view.folding(self.skips_quiet, self.frame.size.width)
    }

    pub(crate) fn at(&self, ms: u64) -> Scene {
        self.scene(Time::ms(ms), None)
    }

    /// At the end, while an explanation is open.
    pub(crate) fn why(&self, chain: &ChainHighlight) -> Scene {
        self.scene(self.run_view.run.end(), Some(chain))
    }

    fn scene(&self, at: Time, chain: Option<&ChainHighlight>) -> Scene {
        let run = &self.run_view.run;
        let (record, scale) = (self.record(), self.scale());
        let diagram = Diagram { chain, ..self.run_view.diagram(&record, &scale) };
        let world = run.at(at);
        let poses = record.lanes.iter().map(|lane| lane.poses(&world));
        let now = CursorState { at, label_at: at, poses: poses.collect() };
        spacetime::scene(&diagram, &self.frame, &now, &EvenWidth)
    }
}

/// Whether a window of one script is kept when it has become another.
fn keeps(before: &str, after: &str, window: (u64, u64)) -> bool {
    let [before, after] = [before, after]
        .map(|text| Document::read(text).expect("the script can be read").scenario().clone());
    spacetime::model::keeps(&before, &after, (Time::ms(window.0), Time::ms(window.1)))
}

#[test]
fn an_edit_keeps_the_window_and_another_scenario_does_not() {
    let before = "title \"A\"\nprocesses 6\nat 100ms crash 6\nuntil 2s";
    let window = (50, 600);
    for after in [
        "title \"A\"\nprocesses 6\nat 100ms crash 6\nat 300ms crash 5\nuntil 2s",
        "title \"A\"\nprocesses 9\nat 100ms crash 6\nuntil 2s",
        "title \"B\"\nprocesses 6\nat 100ms crash 6\nuntil 2s",
    ] {
        assert!(keeps(before, after, window), "{after}");
    }
    assert!(!keeps(before, "title \"B\"\nat 1s crash 5\nuntil 2s", window));
    // It would show nothing.
    assert!(!keeps(before, "title \"A\"\nat 10ms crash 6\nuntil 40ms", window));
}

#[test]
fn a_fault_just_before_an_agreement_leaves_no_sliver_of_a_window() {
    // All boot at 0; the crash comes a moment before they agree.
    let script = "leader none\nprocesses 4\nlatency 6ms\nuntil 2s\n";
    let calm = Look::script(script);
    let events = calm.run_view.run.events(Time::ZERO, Time::ms(2_000));
    let last =
        events.iter().rfind(|event| event.what == EventKind::Received).expect("they elect").at;
    let crash = last.as_us() / 1_000 - 1;
    let (from, to) = Look::script(&format!("{script}at {crash}ms crash 1")).window;
    assert!(to.since(from) >= Duration::ms(48), "{from} to {to}");
}
