//! Pictures of a run as files: the stage at an instant, and a stretch of the space-time diagram.

use super::svg::{self, About, Colours};
use crate::clock::Time;
use crate::narration;
use crate::report::Span;
use crate::run::{Pose, Run, Snapshot};
use crate::scenario::Scenario;
use crate::view::geometry::Size;
use crate::view::observe::{memory, observe};
use crate::view::palette::{Liveries, Theme};
use crate::view::picture::Picture;
use crate::view::ring::Inset;
use crate::view::spacetime::record::Record;
use crate::view::spacetime::scale::{Folding, Scale};
use crate::view::spacetime::{self, Diagram, Now, Rows, Strip, bare_height, fold_width};
use crate::view::text::{Even, Measure};
use crate::view::{Scene, stage};
use crate::vocabulary::{GroupId, Rank, who_leads};

/// What is pictured: one group of a run that is done.
#[derive(Debug)]
pub struct Subject<'a> {
    pub run: &'a Run,
    pub group: GroupId,
    /// Who leads it, as spans that tile the run.
    pub leading: Vec<Span<Vec<Rank>>>,
    pub liveries: Liveries,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Stage,
    Spacetime,
}

impl View {
    pub const ALL: [Self; 2] = [Self::Stage, Self::Spacetime];

    /// As the script writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Spacetime => "spacetime",
        }
    }
}

/// Of the stage, in CSS pixels.
pub(super) const STAGE: Size = Size { width: 720.0, height: 412.0 };
/// The stage with some air around it, since no key and no legend lie over its edges.
pub(super) fn frame() -> stage::Frame {
    let inset = Inset { top: 8.0, bottom: 8.0, ..Inset::default() };
    stage::Frame { theme: Theme::Coded, inset, fixed: true, ..stage::Frame::new(STAGE) }
}

/// Below the lowest lane.
const AIR: f64 = 10.0;
/// How wide the diagram is, and how high it may become before its lanes get lower.
const DIAGRAM: (f64, f64) = (1064.0, 900.0);

impl<'a> Subject<'a> {
    pub fn new(run: &'a Run, group: GroupId) -> Self {
        let leading = run.tally().leading(group, run.end());
        let liveries = Liveries::of_run(&run.scenario().ranks, &leading, run.end());
        Self { run, group, leading, liveries }
    }

    /// The stage after all that happens at an instant.
    pub fn stage(&self, at: Time, colours: Colours) -> String {
        let scene = self.stage_scene(at, Theme::Coded, &Even);
        let description = self.told(at);
        svg::file(&scene, &About { title: self.title(), description }, colours)
    }

    /// The stage after all that happens at an instant, in a sentence or two.
    pub(super) fn told(&self, at: Time) -> String {
        let at = at.min(self.run.end());
        let told = format!("At {}: {}.", at.spoken(), who_leads(self.leaders(at)));
        match narration::last_told(self.run, at) {
            Some(line) => format!("{told} {}", line.text),
            None => told,
        }
    }

    /// Likewise as it is painted.
    pub fn stage_scene(&self, at: Time, theme: Theme, measure: &dyn Measure) -> Scene {
        let at = at.min(self.run.end());
        let picture = self.picture(&self.run.look(None, at, memory(self.run.scenario())));
        stage::scene(&picture, &stage::Frame { theme, ..frame() }, measure)
    }

    /// A window of the space-time diagram; with a playhead, or all of it as past.
    pub fn spacetime(&self, window: (Time, Time), at: Option<Time>, colours: Colours) -> String {
        let scene = self.spacetime_scene(window, at, Theme::Coded, &Even);
        // Beyond the run's end there is nothing to tell.
        let description = self.account((window.0, window.1.min(self.run.end())));
        svg::file(&scene, &About { title: self.title(), description }, colours)
    }

    /// Likewise as it is painted.
    pub fn spacetime_scene(
        &self,
        window: (Time, Time),
        at: Option<Time>,
        theme: Theme,
        measure: &dyn Measure,
    ) -> Scene {
        let (run, end) = (self.run, self.run.end());
        let lanes = run.scenario().group(self.group).members.len();
        let (width, most) = DIAGRAM;
        let size = Size { width, height: bare_height(lanes, most) + AIR };
        let frame = spacetime::Frame { theme, overview: false, ..spacetime::Frame::new(size) };
        let median = run.scenario().network.latency.median();
        let rows = Rows::new(size, lanes, 1, false);
        let (quiet, fold) = (run.index().quiet(), fold_width(width));
        let folding = Folding { quiet, median, width: fold, end };
        let scale = Scale::new(window, (rows.left, rows.right), folding);
        let (from, to) = scale.window();
        let record = Record::of(run, self.group, (from, to));
        let strip = Strip { name: String::new(), is_ours: true, leading: self.leading.clone() };
        let diagram = Diagram {
            strips: &[strip],
            record: &record,
            scale: &scale,
            leading: &self.leading,
            liveries: &self.liveries,
            end,
            median,
            told: run.index().told(),
            chain: None,
        };
        let now = at.unwrap_or(to).min(end);
        let world = run.at(now);
        let poses = record.lanes.iter().map(|lane| Pose::of(&world, self.group, lane.rank));
        // Beyond every edge, the playhead is out of sight.
        let shown = at.map_or(Time::NEVER, |_| now);
        let now = Now { at: shown, said: shown, poses: poses.collect() };
        spacetime::scene(&diagram, &frame, &now, measure)
    }

    pub(super) fn picture(&self, snapshot: &Snapshot) -> Picture {
        observe(snapshot, self.group, self.liveries.clone())
    }

    /// Who leads after all that happens at an instant.
    fn leaders(&self, at: Time) -> &[Rank] {
        let place = self.leading.partition_point(|span| span.from <= at);
        place.checked_sub(1).map_or(&[], |place| &self.leading[place].value)
    }

    pub(super) fn title(&self) -> String {
        title(self.run.scenario())
    }

    /// Who leads when, in a sentence; of many changes the first.
    pub(super) fn account(&self, (from, to): (Time, Time)) -> String {
        const MOST: usize = 6;
        let mut account = format!("From {} to {}:", from.spoken(), to.spoken());
        let spans = self.leading.iter().filter(|span| span.to > from && span.from < to);
        for (place, span) in spans.clone().take(MOST).enumerate() {
            let leads = who_leads(&span.value);
            account += &match place {
                0 => format!(" {leads}"),
                _ => format!("; from {} {leads}", span.from.spoken()),
            };
        }
        let more = spans.count().saturating_sub(MOST);
        account + &if more > 0 { format!("; {more} more changes follow.") } else { ".".to_owned() }
    }
}

/// What a picture or a figure of a scenario is called: its title, or what it is.
pub(super) fn title(scenario: &Scenario) -> String {
    match &scenario.title {
        Some(title) => title.clone(),
        None => {
            let count = scenario.ranks.len();
            let s = if count == 1 { "" } else { "es" };
            format!("{}, {count} process{s}", scenario.algorithm.title())
        }
    }
}
