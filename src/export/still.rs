//! Pictures of a run as files: the stage at an instant, and a window of the space-time diagram.

use super::svg::{self, PictureText};
use crate::narration;
use crate::report::{Load, Span};
use crate::run::{Run, Snapshot};
use crate::scenario::{Colours, Scenario};
use crate::time::Time;
use crate::types::{GroupId, Rank};
use crate::view::build::{self, build_stage, build_stage_of_all, memory};
use crate::view::geometry::Size;
use crate::view::model::StageModel;
use crate::view::palette::{ColourTheme, LeaderStyles};
use crate::view::ring::Inset;
use crate::view::spacetime::model::{self, DiagramModel};
use crate::view::spacetime::scale::{Folding, Scale};
use crate::view::spacetime::{
    self, CursorState, Diagram, GroupStrip, Rows, bare_height, fold_width,
};
use crate::view::text::{EvenWidth, Measure};
use crate::view::{Scene, stage};

/// The subject of a picture: a complete run, in one of its groups or in all of them.
#[derive(Debug)]
pub struct PictureSubject<'a> {
    /// The run, simulated to its end.
    pub run: &'a Run,
    /// The groups that are shown, in the order of the script; at least one.
    pub groups: Vec<GroupId>,
    /// The leaders of each group.
    strips: Vec<GroupStrip>,
    /// The colours and patterns of the leaders.
    pub leader_styles: LeaderStyles,
    load: Option<Load>,
}

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureView {
    /// The stage at an instant.
    Stage,
    /// A time range of the space-time diagram.
    Spacetime,
}

impl PictureView {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Stage, Self::Spacetime];

    /// The name in a script.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Spacetime => "spacetime",
        }
    }
}

/// The size of the stage, in CSS pixels.
pub(super) const STAGE: Size = Size { width: 720.0, height: 412.0 };
/// The frame of the stage, with space at top and bottom, since nothing covers its edges.
pub(super) fn frame() -> stage::StageFrame {
    let inset = Inset { top: 8.0, bottom: 8.0, ..Inset::default() };
    stage::StageFrame {
        theme: ColourTheme::Coded,
        inset,
        fixed: true,
        ..stage::StageFrame::new(STAGE)
    }
}

/// The space below the lowest lane, in CSS pixels.
const AIR: f64 = 10.0;
/// The width of the diagram, and its height above which lanes become lower; in CSS pixels.
const DIAGRAM: (f64, f64) = (1064.0, 900.0);

impl<'a> PictureSubject<'a> {
    /// One group of the run.
    pub fn new(run: &'a Run, group: GroupId) -> Self {
        Self::of(run, vec![group])
    }

    /// All groups of the run.
    pub fn all(run: &'a Run) -> Self {
        Self::of(run, run.scenario().group_ids().collect())
    }

    fn of(run: &'a Run, groups: Vec<GroupId>) -> Self {
        let strip = |&id: &GroupId| GroupStrip {
            name: match groups.len() {
                1 => String::new(),
                _ => run.scenario().group(id).name.clone(),
            },
            is_ours: true,
            leading: run.tally().leading(id, run.end()),
            terms: run.tally().leaderships_by_term(id, run.end()),
        };
        let strips: Vec<GroupStrip> = groups.iter().map(strip).collect();
        let leaderships = run.tally().leaderships(groups.iter().copied(), run.end());
        let leader_styles = LeaderStyles::new(&run.scenario().ranks, &leaderships);
        Self { run, groups, strips, leader_styles, load: run.load() }
    }

    /// The leaders of the first group, as spans that tile the run.
    pub(super) fn leading(&self) -> &[Span<Vec<Rank>>] {
        self.strips.first().map_or(&[], |strip| &strip.leading)
    }

    /// The window that is shown first.
    pub fn first_window(&self) -> (Time, Time) {
        model::first(self.run, &self.groups)
    }

    /// An SVG of the stage after all events of an instant.
    pub fn stage(&self, at: Time, colours: Colours) -> String {
        let scene = self.stage_scene(at, ColourTheme::Coded, &EvenWidth);
        let description = self.description_at(at);
        svg::file(&scene, &PictureText { title: self.title(), description }, colours)
    }

    /// The stage after all that happens at an instant, in a sentence or two.
    pub(super) fn description_at(&self, at: Time) -> String {
        let at = at.min(self.run.end());
        let each = self.strips.iter().map(|strip| match &*strip.name {
            "" => self.run.scenario().who_leads(strip.leaders(at)),
            name => format!("in {name} {}", self.run.scenario().who_leads(strip.leaders(at))),
        });
        let leads = each.collect::<Vec<_>>().join("; ");
        let description = format!("At {}: {leads}.", at.spoken());
        match narration::last_reported(self.run, at) {
            Some(line) => format!("{description} {}", line.text),
            None => description,
        }
    }

    /// The scene of the stage after all events of an instant.
    pub fn stage_scene(&self, at: Time, theme: ColourTheme, measure: &dyn Measure) -> Scene {
        let at = at.min(self.run.end());
        let picture = self.picture(&self.run.snapshot(None, at, memory(self.run.scenario())));
        stage::scene(&picture, &stage::StageFrame { theme, ..frame() }, measure)
    }

    /// An SVG of a window of the space-time diagram; without `at`, all of it is in the past.
    pub fn spacetime(&self, window: (Time, Time), at: Option<Time>, colours: Colours) -> String {
        let scene = self.spacetime_scene(window, at, ColourTheme::Coded, &EvenWidth);
        // The description ends with the run.
        let description = self.account((window.0, window.1.min(self.run.end())));
        svg::file(&scene, &PictureText { title: self.title(), description }, colours)
    }

    /// The scene of a window of the space-time diagram.
    pub fn spacetime_scene(
        &self,
        window: (Time, Time),
        at: Option<Time>,
        theme: ColourTheme,
        measure: &dyn Measure,
    ) -> Scene {
        let (run, end) = (self.run, self.run.end());
        let scenario = run.scenario();
        let is_shown =
            |rank: &&Rank| self.groups.iter().any(|&id| scenario.group(id).members.contains(rank));
        let lanes = scenario.ranks.iter().filter(is_shown).count();
        let (width, most) = DIAGRAM;
        let below = if scenario.marks.is_empty() { AIR } else { AIR.max(spacetime::MARKS) };
        let size = Size { width, height: bare_height(lanes, self.strips.len(), most) + below };
        let frame = spacetime::DiagramFrame {
            theme,
            overview: false,
            ..spacetime::DiagramFrame::new(size)
        };
        let median = run.scenario().network.latency.median();
        let rows = Rows::new(size, lanes, self.strips.len(), false);
        let (quiet, fold) = (run.index().quiet(), fold_width(width));
        let folding = Folding { quiet, median, width: fold, end };
        let scale = Scale::new(window, (rows.left, rows.right), folding);
        let (from, to) = scale.window();
        let record = DiagramModel::of(run, &self.groups, (from, to));
        let diagram = Diagram {
            scenario: run.scenario(),
            strips: &self.strips,
            record: &record,
            scale: &scale,
            leader_styles: &self.leader_styles,
            end,
            median,
            described: run.index().described(),
            chain: None,
        };
        let now = at.unwrap_or(to).min(end);
        let world = run.at(now);
        let poses = record.lanes.iter().map(|lane| lane.poses(&world));
        // Beyond every edge the playhead is not drawn.
        let shown = at.map_or(Time::NEVER, |_| now);
        let now = CursorState { at: shown, label_at: shown, poses: poses.collect() };
        spacetime::scene(&diagram, &frame, &now, measure)
    }

    pub(super) fn picture(&self, snapshot: &Snapshot) -> StageModel {
        let picture = match &*self.groups {
            [group] => build_stage(snapshot, *group, self.leader_styles.clone()),
            _ => build_stage_of_all(snapshot, self.leader_styles.clone()),
        };
        build::with_load(picture, self.run.scenario(), self.load.as_ref(), &self.groups)
    }

    pub(super) fn title(&self) -> String {
        title(self.run.scenario())
    }

    /// The leaders of the first group over time, in a sentence; of many changes only the first ones.
    pub(super) fn account(&self, (from, to): (Time, Time)) -> String {
        const MOST: usize = 6;
        let mut account = format!("From {} to {}:", from.spoken(), to.spoken());
        if let [first, _, ..] = &*self.strips {
            account += &format!(" in {}", first.name);
        }
        let spans = self.leading().iter().filter(|span| span.to > from && span.from < to);
        for (place, span) in spans.clone().take(MOST).enumerate() {
            let leads = self.run.scenario().who_leads(&span.value);
            account += &match place {
                0 => format!(" {leads}"),
                _ => format!("; from {} {leads}", span.from.spoken()),
            };
        }
        let more = spans.count().saturating_sub(MOST);
        account + &if more > 0 { format!("; {more} more changes follow.") } else { ".".to_owned() }
    }
}

/// The title of a scenario's picture or figure: that of the scenario, or its algorithm and size.
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
