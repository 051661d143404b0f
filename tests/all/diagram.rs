//! The space-time diagram: what it draws, where it can be pointed at, and how time becomes x.

mod drawing;
mod looks;
mod scale;

use hustings::clock::Time;
use hustings::presets;
use hustings::run::Run;
use hustings::session::{Document, Made};
use hustings::view::Scene;
use hustings::view::geometry::Size;
use hustings::view::spacetime::record::Record;
use hustings::view::spacetime::scale::{Folding, Scale};
use hustings::view::spacetime::{self, Chain, Diagram, Frame, Now, Rows};
use hustings::view::text::Even;
use std::rc::Rc;

/// A run, and a window of it on a page of a size.
#[derive(Clone)]
pub struct Look {
    pub made: Rc<Made>,
    pub frame: Frame,
    pub window: (Time, Time),
    pub skips_quiet: bool,
}

impl Look {
    pub fn preset(name: &str) -> Self {
        Self::script(presets::find(name).expect("a preset's name is for ever").script)
    }

    pub fn script(text: &str) -> Self {
        let document = Document::read(text).expect("the script can be read");
        let made = Rc::new(Made::new(Run::of(document.scenario().clone()), &document));
        let window = made.first_window();
        let size = Size { width: 1064.0, height: 332.0 };
        Self { made, frame: Frame::new(size), window, skips_quiet: true }
    }

    pub fn within(self, from: u64, to: u64) -> Self {
        Self { window: (Time::ms(from), Time::ms(to)), ..self }
    }

    pub fn record(&self) -> Record {
        Record::of(&self.made.run, &self.made.shown(), self.scale().window())
    }

    pub fn scale(&self) -> Scale {
        let lanes = self.made.run.scenario().ranks.len();
        let rows = Rows::new(self.frame.size, lanes, 1, self.frame.overview);
        Scale::new(self.window, (rows.left, rows.right), self.folding())
    }

    pub fn folding(&self) -> Folding<'_> {
        self.made.folding(self.skips_quiet, self.frame.size.width)
    }

    pub fn at(&self, ms: u64) -> Scene {
        self.scene(Time::ms(ms), None)
    }

    /// At the end, while somebody asks why.
    pub fn why(&self, chain: &Chain) -> Scene {
        self.scene(self.made.run.end(), Some(chain))
    }

    fn scene(&self, at: Time, chain: Option<&Chain>) -> Scene {
        let run = &self.made.run;
        let (record, scale) = (self.record(), self.scale());
        let diagram = Diagram { chain, ..self.made.diagram(&record, &scale) };
        let world = run.at(at);
        let poses = record.lanes.iter().map(|lane| lane.poses(&world));
        let now = Now { at, said: at, poses: poses.collect() };
        spacetime::scene(&diagram, &self.frame, &now, &Even)
    }
}
