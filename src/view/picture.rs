//! Pictures of fixed sizes: a run as files have it, which is the stage at an instant or a window of the space-time
//! diagram; and the stage of the start page, with its texts and the place of the suggested action.

use super::geometry::{Point, point};
use super::ring::RingLayout;
use super::stage::{HiddenCaptions, StageFrame};
use crate::report::{Load, Span};
use crate::run::{Run, Snapshot};
use crate::scenario::FigureOptions;
use crate::time::{Duration, Time};
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
use crate::view::text::Measure;
use crate::view::{Scene, stage};

/// The subject of a picture: a complete run, in one of its groups or in all of them.
#[derive(Debug)]
pub struct PictureSubject<'a> {
    /// The run, simulated to its end.
    pub run: &'a Run,
    /// The groups that are shown, in the order of the script; at least one.
    pub groups: Vec<GroupId>,
    /// The leaders of each group.
    pub(crate) strips: Vec<GroupStrip>,
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
pub(crate) const STAGE: Size = Size { width: 720.0, height: 412.0 };
/// The frame of the stage, with space at top and bottom, since nothing covers its edges.
pub(crate) fn frame() -> stage::StageFrame {
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
    pub(crate) fn leading(&self) -> &[Span<Vec<Rank>>] {
        self.strips.first().map_or(&[], |strip| &strip.leading)
    }

    /// The window that is shown first.
    pub fn first_window(&self) -> (Time, Time) {
        model::first(self.run, &self.groups)
    }

    /// The scene of the stage after all events of an instant.
    pub fn stage_scene(&self, at: Time, theme: ColourTheme, measure: &dyn Measure) -> Scene {
        let at = at.min(self.run.end());
        let picture = self.picture(&self.run.snapshot(None, at, memory(self.run.scenario())));
        stage::scene(&picture, &stage::StageFrame { theme, ..frame() }, measure)
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

    pub(crate) fn picture(&self, snapshot: &Snapshot) -> StageModel {
        let picture = match &*self.groups {
            [group] => build_stage(snapshot, *group, self.leader_styles.clone()),
            _ => build_stage_of_all(snapshot, self.leader_styles.clone()),
        };
        build::with_load(picture, self.run.scenario(), self.load.as_ref(), &self.groups)
    }
}

/// The span that is animated, and its speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnimationLoop {
    /// The first instant.
    pub from: Time,
    /// The last instant.
    pub to: Time,
    /// Virtual time per second.
    pub speed: Duration,
    /// The instant that is shown under reduced motion.
    pub still: Time,
}

impl AnimationLoop {
    /// The span and the speed of the scenario's figure, else the first window of the run at 50 ms a second.
    pub fn of(subject: &PictureSubject) -> Self {
        let figure = &subject.run.scenario().figure;
        let (from, to) = subject.first_window();
        // One median latency later the mark of the last change has faded.
        let median = subject.run.scenario().network.latency.median();
        let to = (to + median).min(subject.run.end());
        let (from, to) = (figure.start.unwrap_or(from), figure.end.unwrap_or(to));
        Self { from, to, speed: figure.speed.unwrap_or(FigureOptions::SPEED), still: to }
    }
}

pub const HEADLINE: [&str; 2] = ["Six processes,", "one leader."];
pub const PARAGRAPH: &str = "6 has the highest rank, so it leads. \
     The others follow it for as long as they hear its heartbeat.";
/// The label of the suggested action.
pub const ACTION_LABEL: &str = "Crash the leader";

/// A size of the picture, with its name in the style sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartPicture {
    pub name: &'static str,
    pub size: Size,
    /// The largest radius of a process, in CSS pixels.
    pub radius: f64,
}

/// The sizes of the stage on the start page, from the widest window to a phone. They are fixed, so that the SVG in the
/// page's HTML and the canvas that replaces it are the same to the pixel in every window. `www/start.css` selects one.
pub const PICTURES: [StartPicture; 4] = [
    StartPicture { name: "wide", size: Size { width: 820.0, height: 540.0 }, radius: 38.0 },
    StartPicture { name: "middle", size: Size { width: 640.0, height: 440.0 }, radius: 34.0 },
    StartPicture { name: "tall", size: Size { width: 360.0, height: 350.0 }, radius: 28.0 },
    StartPicture { name: "narrow", size: Size { width: 320.0, height: 244.0 }, radius: 25.0 },
];

/// The distances from the leader's rim to the dot at one end of the line and to the button at the other, in
/// CSS pixels.
const DOT: f64 = 19.0;
const BUTTON: f64 = 54.0;

/// The frame of the stage on the start page, in a box of about one of these sizes.
pub fn start_frame(size: Size, ranks: &[Rank]) -> StageFrame {
    let nearest = PICTURES.iter().find(|picture| picture.size.width <= size.width + 1.0);
    let radius = nearest.or(PICTURES.last()).map_or(38.0, |picture| picture.radius);
    // Captions reach a little further than the ring allows for; on a phone there are none.
    let inset = match size.width < 480.0 {
        true => Inset { top: 2.0, bottom: 2.0, left: -22.0, right: -22.0 },
        false => Inset { top: 6.0, bottom: 6.0, left: 20.0, right: 20.0 },
    };
    // The button takes the place of the leader's caption; on a phone there is no space for captions.
    let hushed = match ranks.last() {
        _ if size.width < 480.0 => HiddenCaptions::All,
        Some(&highest) => HiddenCaptions::One(highest),
        None => HiddenCaptions::None,
    };
    StageFrame { inset, radius, hushed, ..StageFrame::new(size) }
}

/// The ends of the line from the highest process to the button; the second is the middle of the button's left
/// side.
pub fn connector(ring: &RingLayout) -> [Point; 2] {
    let top = ring.places().last().map_or(ring.centre, |&(_, at)| at);
    [DOT, BUTTON].map(|away| top + point(ring.radius + away, 0.0))
}
