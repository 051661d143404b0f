//! The space-time diagram: one lane per process, the highest rank on top, time to the right.
//!
//! The whole window is drawn at once: the part right of the playhead is dimmed, and nothing moves when the playhead
//! passes. So the diagram is two scenes: `static_layer`, which the playhead does not change, and `live`,
//! which is painted above it. Each layer is a file, painted in the order of the calls.

mod arrows;
mod cuts;
mod lanes;
mod marks;
pub mod model;
mod overview;
mod playhead;
mod rows;
pub mod scale;
mod words;

pub use marks::ChainHighlight;
pub use overview::{MARKS, OverviewHandle, grasped, time as overview_time};
pub use playhead::width as fold_width;
pub use rows::{Rows, bare_height, height};

use super::geometry::{Point, Rect, Size, point};
use super::palette::{ColourTheme, Hue, LeaderStyles, Tokens};
use super::text::{Anchor, Font, Measure, Text};
use super::{Colour, Paint};
use super::{Scene, ShapeForm, Target};
use crate::election::Term;
use crate::report::Span;
use crate::run::Pose;
use crate::scenario::Scenario;
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank};
use model::DiagramModel;
use scale::Scale;

/// The inputs of a diagram.
#[derive(Clone, Copy)]
pub struct Diagram<'a> {
    /// Names and chapters are read off it.
    pub scenario: &'a Scenario,
    pub record: &'a DiagramModel,
    pub scale: &'a Scale,
    /// The leaders over time: one strip per group, in the order of the script.
    pub strips: &'a [GroupStrip],
    pub leader_styles: &'a LeaderStyles,
    pub end: Time,
    /// The midpoint of the default latency.
    pub median: Duration,
    /// For each of equal stretches of the run, how many messages other than heartbeats were sent.
    pub described: &'a [u16],
    /// While an explanation is open: its messages and processes are highlighted.
    pub chain: Option<&'a ChainHighlight>,
}

/// The leaders of a group over time.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupStrip {
    /// Empty if there is only one group.
    pub name: String,
    /// Whether the rails of this group are in the lanes below.
    pub is_ours: bool,
    /// Spans that tile the run.
    pub leading: Vec<Span<Vec<Rank>>>,
    /// Each leadership with its term, by its start; nothing where the algorithm has no terms.
    pub terms: Vec<Span<(Rank, Term)>>,
}

impl GroupStrip {
    /// The leaders after all events of an instant.
    pub fn leaders(&self, at: Time) -> &[Rank] {
        let place = self.leading.partition_point(|span| span.from <= at);
        place.checked_sub(1).map_or(&[], |place| &self.leading[place].value)
    }
}

/// How the diagram is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiagramFrame {
    pub size: Size,
    pub theme: ColourTheme,
    /// Whether the pointer is coarse, as a finger is.
    pub coarse: bool,
    pub hovered: Option<Target>,
    pub selected: Option<Target>,
    /// The kinds that the legend shows, in the order of `MessageKind::ALL`.
    pub shown: [bool; MessageKind::ALL.len()],
    /// How far the lanes are scrolled up, in CSS pixels.
    pub scroll: f64,
    /// Whether the overview of the whole run is shown below.
    pub overview: bool,
    /// Whether only the diagram is shown, so that lanes may be higher.
    pub alone: bool,
}

/// The state at the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct CursorState {
    pub at: Time,
    /// The instant on the playhead's label, which changes less often than the playhead moves.
    pub label_at: Time,
    /// Of each lane, from the top: in each of its groups.
    pub poses: Vec<Vec<Pose>>,
}

/// The text of rails and strips; its place does not depend on the playhead.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DiagramText {
    words: Vec<words::RailWord>,
    signs: Vec<overview::StripSpanLabel>,
}

/// A target that is dragged along time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeDrag {
    pub what: Target,
    pub to: Time,
}

impl DiagramFrame {
    /// A frame in which nothing is hovered or selected, and all kinds are shown.
    pub fn new(size: Size) -> Self {
        Self {
            size,
            theme: ColourTheme::Light,
            coarse: false,
            hovered: None,
            selected: None,
            shown: [true; MessageKind::ALL.len()],
            scroll: 0.0,
            overview: true,
            alone: false,
        }
    }

    fn shows(&self, kind: MessageKind) -> bool {
        self.shown[kind as usize]
    }

    fn reach(&self) -> f64 {
        if self.coarse { 22.0 } else { 10.0 }
    }
}

/// Draws all that the playhead does not change, and places the text that `live` draws.
pub fn static_layer(
    diagram: &Diagram,
    frame: &DiagramFrame,
    measure: &dyn Measure,
) -> (Scene, DiagramText) {
    let context = DiagramDrawContext::new(diagram, frame, measure);
    let mut scene = Scene::new(frame.size);
    playhead::draw_lines(&context, &mut scene);
    rows::draw(&context, &mut scene);
    cuts::draw(&context, &mut scene);
    match context.detail() {
        DetailLevel::Far => playhead::draw_busy(&context, &mut scene),
        DetailLevel::Near | DetailLevel::Middle => arrows::draw(&context, &mut scene),
    }
    marks::draw(&context, &mut scene);
    marks::draw_timers(&context, &mut scene);
    context.cover_margins(&mut scene);
    overview::draw_strips(&context, &mut scene);
    playhead::draw_folds(&context, &mut scene);
    overview::draw(&context, &mut scene);
    context.say_left_out(&mut scene);
    let writing =
        DiagramText { words: words::place(&context), signs: overview::place_labels(&context) };
    (scene, writing)
}

/// Draws what the playhead, the pointer and the selection change; it is painted above the static layer.
pub fn live(
    diagram: &Diagram,
    frame: &DiagramFrame,
    writing: &DiagramText,
    now: &CursorState,
    measure: &dyn Measure,
) -> Scene {
    let context = DiagramDrawContext::new(diagram, frame, measure);
    let mut scene = Scene::new(frame.size);
    playhead::draw_future(&context, now, &mut scene);
    words::draw(&context, &writing.words, now, &mut scene);
    overview::draw_strip_labels(&context, &writing.signs, now, &mut scene);
    playhead::draw_labels(&context, now, &mut scene);
    lanes::draw(&context, now, &mut scene);
    marks::draw_handles(&context, &mut scene);
    playhead::draw(&context, now, &mut scene);
    overview::draw_now(&context, now, &mut scene);
    scene
}

/// Both layers as one scene.
pub fn scene(
    diagram: &Diagram,
    frame: &DiagramFrame,
    now: &CursorState,
    measure: &dyn Measure,
) -> Scene {
    let (mut scene, writing) = static_layer(diagram, frame, measure);
    let above = live(diagram, frame, &writing, now, measure);
    scene.shapes.extend(above.shapes);
    scene.hit_regions.extend(above.hit_regions);
    scene.left_out += above.left_out;
    scene
}

/// How much of a message is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DetailLevel {
    /// Line and glyph.
    Near,
    /// Small glyphs; a heartbeat is a line with a dot.
    Middle,
    /// No messages; each lane shows where it is busy.
    Far,
}

/// The inputs of a layer.
struct DiagramDrawContext<'a> {
    diagram: &'a Diagram<'a>,
    record: &'a DiagramModel,
    scale: &'a Scale,
    frame: &'a DiagramFrame,
    measure: &'a dyn Measure,
    rows: Rows,
}

/// The pixels in a median latency from which on each message is drawn.
const MIDDLE: f64 = 6.0;
/// The smallest font: axis and text in the diagram.
const SMALL: Font = Font::new(11.0, 400);

impl<'a> DiagramDrawContext<'a> {
    fn new(diagram: &'a Diagram<'a>, frame: &'a DiagramFrame, measure: &'a dyn Measure) -> Self {
        let rows = Rows::of(frame, diagram.record.lanes.len(), diagram.strips.len())
            .scrolled(frame.scroll);
        Self { diagram, record: diagram.record, scale: diagram.scale, frame, measure, rows }
    }

    fn tokens(&self) -> Tokens {
        self.frame.theme.tokens()
    }

    fn hue(&self, leader: Rank) -> Hue {
        self.diagram.leader_styles.of(leader).hue(self.frame.theme)
    }

    fn x(&self, at: Time) -> f64 {
        self.scale.x(at)
    }

    /// Whether an x is between the edges.
    fn is_in(&self, x: f64) -> bool {
        (self.rows.left..=self.rows.right).contains(&x)
    }

    /// The y of the middle of a process's lane.
    fn lane(&self, rank: Rank) -> Option<f64> {
        self.record.lane(rank).map(|lane| self.rows.lane(lane))
    }

    /// The y of a group's rail in a lane. Several rails are below one another in the order of the strips, at
    /// the same place in every lane.
    fn rail(&self, lane: f64, group: GroupId) -> f64 {
        let groups = &self.record.groups;
        let place = groups.iter().position(|&other| other == group).unwrap_or_default();
        let middle = groups.len().saturating_sub(1) as f64 / 2.0;
        lane + (place as f64 - middle) * self.rail_step()
    }

    /// The distance between two rails of one lane.
    fn rail_step(&self) -> f64 {
        0.7 * self.rows.pitch / self.record.groups.len().max(1) as f64
    }

    /// The height of a rail, and of a leader's rail.
    fn rails(&self) -> (f64, f64) {
        let (thin, thick) = self.rows.rails();
        match self.has_several() {
            true => (thin.min(0.42 * self.rail_step()), thick.min(0.84 * self.rail_step())),
            false => (thin, thick),
        }
    }

    /// How far the rails of a lane reach up and down from its middle.
    fn reach_of_rails(&self) -> f64 {
        match self.has_several() {
            true => 0.35 * self.rows.pitch,
            false => self.rows.rails().1 / 2.0,
        }
    }

    /// Whether rails are labelled with terms; elsewhere only ticks show where they change.
    fn has_room_for_terms(&self) -> bool {
        !self.has_several() && !self.rows.is_low()
    }

    /// Whether a lane may have several rails.
    fn has_several(&self) -> bool {
        self.record.groups.len() > 1
    }

    fn detail(&self) -> DetailLevel {
        if self.record.is_summary {
            return DetailLevel::Far;
        }
        match self.scale.density() * self.diagram.median.as_us() as f64 {
            24.0.. => DetailLevel::Near,
            MIDDLE..24.0 => DetailLevel::Middle,
            _ => DetailLevel::Far,
        }
    }

    fn text(&self, scene: &mut Scene, words: &str, at: Point, font: Font, paint: Paint) {
        let words = words.to_owned().into();
        scene.push(ShapeForm::Text(Text { words, at, font, anchor: Anchor::Start }), paint);
    }

    fn centred(&self, scene: &mut Scene, words: &str, at: Point, font: Font, paint: Paint) {
        let words = words.to_owned().into();
        scene.push(ShapeForm::Text(Text { words, at, font, anchor: Anchor::Middle }), paint);
    }

    /// Draws text with its part left of the playhead in one colour and the rest in another, split between two
    /// letters.
    fn two_coloured_text(
        &self,
        scene: &mut Scene,
        line: &TextLine,
        now: f64,
        [past, future]: [Colour; 2],
    ) {
        let TextLine { words, at, font, halo } = *line;
        let paint = |colour| {
            let paint = Paint::fill(colour);
            if halo { paint.halo(self.tokens().stage, 3.0) } else { paint }
        };
        let width = self.measure.width(words, font);
        if at.x + width <= now {
            return self.text(scene, words, at, font, paint(past));
        }
        if at.x >= now {
            return self.text(scene, words, at, font, paint(future));
        }
        let ends = words.char_indices().map(|(from, _)| from);
        let split = ends.take_while(|&end| at.x + self.measure.width(&words[..end], font) <= now);
        let split = split.last().unwrap_or_default();
        let rest = at + point(self.measure.width(&words[..split], font), 0.0);
        self.text(scene, &words[split..], rest, font, paint(future));
        self.text(scene, &words[..split], at, font, paint(past));
    }

    /// Draws a line below the lanes on the left that says what is not drawn.
    fn say_left_out(&self, scene: &mut Scene) {
        let is_near = self.scale.density() * self.diagram.median.as_us() as f64 >= MIDDLE;
        let words = match (scene.left_out, self.record.left_out) {
            _ if self.record.is_summary && is_near => {
                "Too much happens here to draw each message; zoom in".to_owned()
            }
            (0, 0) => return,
            (0, messages) => format!("{messages} more messages on their way are not drawn"),
            (more, _) => format!("{more} more arrows, bars or marks are not drawn; zoom in"),
        };
        let at = point(self.rows.left + 8.0, self.rows.foot - 6.0);
        let paint = Paint::fill(self.tokens().ink).halo(self.tokens().stage, 3.0);
        self.text(scene, &words, at, SMALL, paint);
    }

    /// Covers what overlaps the margins of the lanes.
    fn cover_margins(&self, scene: &mut Scene) {
        let Rows { left, right, top, foot, .. } = self.rows;
        let Size { width, height } = self.frame.size;
        let stage = Paint::fill(self.tokens().stage);
        for area in [
            Rect::new(0.0, 0.0, width, top),
            Rect::new(0.0, foot, width, height),
            Rect::new(0.0, top, left, foot),
            Rect::new(right, top, width, foot),
        ] {
            super::strip::fill(scene, area, stage);
        }
    }
}

/// A line of text that `parted` splits at the playhead.
struct TextLine<'a> {
    words: &'a str,
    at: Point,
    font: Font,
    halo: bool,
}
