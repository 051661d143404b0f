//! Text above and below the rails that says what a process begins to do, where it fits before the next
//! change, fold or edge and covers nothing.

use super::model::{DiagramLane, FaultMark, FaultMarkKind, RailSpan};
use super::{CursorState, DiagramDrawContext, SMALL, TextLine, arrows, cuts};
use crate::run::Pose;
use crate::time::Time;
use crate::types::Role;
use crate::view::Scene;
use crate::view::geometry::{Point, Rect, point};
use crate::view::text::Font;

/// A word at its place, which does not depend on the playhead.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RailWord {
    words: String,
    at: Point,
    font: Font,
}

const STRONG: Font = Font::new(11.0, 650);
const TERM: Font = Font::new(11.0, 600);

/// With more obstacles than this there is no space for text, so none is placed.
const MOST_OBSTACLES: usize = 6_000;
const MOST_WISHES: usize = 2_000;

/// A word and its possible places, the best first.
struct WordPlacement {
    words: String,
    font: Font,
    places: Vec<Point>,
    /// The x before which it must end.
    until: f64,
}

pub(crate) fn place(context: &DiagramDrawContext) -> Vec<RailWord> {
    if context.rows.is_low() {
        return Vec::new();
    }
    let mut taken = obstacles(context);
    let lines = lines(context);
    if taken.len() + lines.len() > MOST_OBSTACLES {
        return Vec::new();
    }
    let mut placed = Vec::new();
    let lanes = context.record.lanes.iter().enumerate().flat_map(|(place, lane)| {
        let y = context.rows.lane(place);
        let rails = lane.rails.iter().enumerate();
        rails.flat_map(move |(place, rail)| begun_words(context, lane, rail, place == 0, y))
    });
    let marks = context.record.marks.iter().filter_map(|mark| beside(context, mark));
    let labels = context.record.lanes.iter().enumerate().flat_map(|(place, lane)| {
        let y = context.rows.lane(place);
        lane.rails.iter().flat_map(move |rail| terms(context, rail, y))
    });
    let labels = labels.filter(|_| context.has_room_for_terms());
    for wish in marks.chain(lanes).chain(labels).take(MOST_WISHES) {
        let width = context.measure.width(&wish.words, wish.font);
        let fits = |at: &&Point| {
            let area = Rect::new(at.x - 1.0, at.y - 9.0, at.x + width + 2.0, at.y + 3.0);
            let edge = wish.until.min(context.rows.right);
            let seen = context.rows.is_seen(area.min.y) && context.rows.is_seen(area.max.y);
            seen && at.x >= context.rows.left
                && at.x + width + 4.0 <= edge
                && !taken.iter().any(|other: &Rect| other.meets(area))
                && !lines.iter().any(|&(from, to)| crosses(area, from, to))
        };
        let Some(&at) = wish.places.iter().find(fits) else { continue };
        taken.push(Rect::new(at.x - 3.0, at.y - 10.0, at.x + width + 4.0, at.y + 4.0));
        placed.push(RailWord { words: wish.words, at, font: wish.font });
    }
    placed
}

/// Words above the veil are in a lighter ink where they lie in the future.
pub(crate) fn draw(
    context: &DiagramDrawContext,
    words: &[RailWord],
    now: &CursorState,
    scene: &mut Scene,
) {
    let tokens = context.tokens();
    let x = context.x(now.at);
    for RailWord { words, at, font } in words {
        let strong = font.weight > 400;
        let past = if strong { tokens.ink } else { tokens.ink2 };
        let line = TextLine { words, at: *at, font: *font, halo: true };
        context.two_coloured_text(scene, &line, x, [past, tokens.ink3]);
    }
}

/// Glyphs and badges are not to be covered.
fn obstacles(context: &DiagramDrawContext) -> Vec<Rect> {
    let around = |at: Point, by: f64| Rect { min: at, max: at }.grown(by);
    let glyphs = arrows::all(context)
        .filter(|arrow| !arrow.is_beat() && context.is_in(arrow.to.x))
        .map(|arrow| around(arrow.to, 6.0));
    let marks = context.record.marks.iter().filter_map(|mark| {
        let y = context.lane(mark.rank?)?;
        Some(around(point(context.x(mark.at), y), 7.0))
    });
    // From afar there are no glyphs.
    let glyphs: Vec<Rect> = match context.detail() {
        super::DetailLevel::Far => Vec::new(),
        super::DetailLevel::Near | super::DetailLevel::Middle => glyphs.collect(),
    };
    glyphs.into_iter().chain(marks).collect()
}

/// Nor are words to be crossed out.
fn lines(context: &DiagramDrawContext) -> Vec<(Point, Point)> {
    match context.detail() {
        super::DetailLevel::Far => Vec::new(),
        super::DetailLevel::Near | super::DetailLevel::Middle => arrows::all(context)
            .filter(|arrow| !arrow.is_beat())
            .map(|arrow| (arrow.from, arrow.to))
            .collect(),
    }
}

fn crosses(area: Rect, from: Point, to: Point) -> bool {
    let outside = from.x.max(to.x) < area.min.x
        || from.x.min(to.x) > area.max.x
        || from.y.max(to.y) < area.min.y
        || from.y.min(to.y) > area.max.y;
    !outside
        && area.clip(from, to - from).is_some_and(|(enters, leaves)| {
            let way = to - from;
            let share = |at: Point| (at - from).dot(way) / way.dot(way).max(1e-9);
            share(leaves) > 0.0 && share(enters) < 1.0
        })
}

/// The words of a rail: what the process begins to do. With several rails a lane there is only space for the
/// most important words; those about the process itself are at the `first` rail.
fn begun_words<'a>(
    context: &'a DiagramDrawContext,
    lane: &'a DiagramLane,
    rail: &'a RailSpan,
    first: bool,
    y: f64,
) -> impl Iterator<Item = WordPlacement> + 'a {
    let last = context.scale.window().1;
    let seen = move |from: Time| context.is_in(context.x(from)) && from <= last;
    let changes = rail.spans.windows(2).enumerate();
    changes.filter(move |(_, pair)| seen(pair[1].from)).filter_map(move |(place, pair)| {
        let (before, span) = (pair[0].value, &pair[1]);
        let x = context.x(span.from);
        let until =
            context.x(span.to).min(next_fold(context, x)) + beyond(rail.spans.get(place + 2));
        if context.has_several() {
            let words = in_several(context, rail, before, span.value, first)?;
            let font = if span.value.leads() { STRONG } else { SMALL };
            let edge = context.reach_of_rails();
            let places = vec![point(x + 4.0, y - edge - 2.0), point(x + 4.0, y + edge + 9.0)];
            return Some(WordPlacement { words, font, places, until: next_fold(context, x) });
        }
        let high = context.reach_of_rails();
        let above = |aside: f64, up: f64| point(x + aside, y - up);
        let below = point(x + 11.0, y + 15.0);
        let (words, font, places) = match span.value {
            Pose::Running(Role::Leads) => {
                ("leads".to_owned(), STRONG, vec![above(4.0, high + 5.0), below])
            }
            Pose::Running(Role::Follows(leader)) => {
                let called = context.diagram.scenario.called(leader).short();
                (format!("follows {called}"), SMALL, vec![above(12.0, 8.0), below])
            }
            Pose::Running(Role::Electing) => {
                (electing(context, lane, span.from), SMALL, vec![below, above(11.0, 8.0)])
            }
            Pose::Running(Role::AwaitingElected) => {
                ("waits for Elected".to_owned(), SMALL, vec![below, above(11.0, 8.0)])
            }
            Pose::Running(Role::Claims) => {
                ("claims to lead".to_owned(), STRONG, vec![above(4.0, high + 5.0), below])
            }
            Pose::Running(Role::Delaying) => {
                ("delays".to_owned(), SMALL, vec![below, above(11.0, 8.0)])
            }
            Pose::Running(Role::PreCandidate) => {
                ("asks for pre-votes".to_owned(), SMALL, vec![below, above(11.0, 8.0)])
            }
            Pose::Running(Role::Candidate) => {
                ("asks for votes".to_owned(), SMALL, vec![below, above(11.0, 8.0)])
            }
            Pose::Running(Role::BelievesNobody) if before == Pose::Crashed => {
                ("recovers".to_owned(), SMALL, vec![above(8.0, 8.0), below])
            }
            Pose::Running(Role::BelievesNobody) => return None,
            Pose::Paused(_) => (
                "paused".to_owned(),
                SMALL,
                vec![above(11.0, high + 4.0), point(below.x, y + 18.0)],
            ),
            Pose::Crashed => ("crashed".to_owned(), SMALL, vec![above(11.0, 6.0), below]),
        };
        Some(WordPlacement { words, font, places, until })
    })
}

/// The term at the start of a rail and where it changes: `t3`.
fn terms<'a>(
    context: &'a DiagramDrawContext,
    rail: &'a RailSpan,
    y: f64,
) -> impl Iterator<Item = WordPlacement> + 'a {
    let (first, last) = context.scale.window();
    let seen = rail.terms.iter().filter(move |span| span.to > first && span.from <= last);
    seen.filter_map(move |span| {
        let begin = span.from.max(first);
        // A crashed process is in no term.
        let mut runs = rail.spans.iter().filter(|pose| pose.value != Pose::Crashed);
        let from = runs.find(|pose| pose.to > begin)?.from.max(begin);
        let x = context.x(from);
        let until = context.x(span.to).min(next_fold(context, x));
        // Further along the rail where messages fan out from its start.
        let asides = [8.0, 20.0, 32.0, 48.0, 64.0, 80.0].into_iter();
        let places = asides.flat_map(|aside| [-9.0, 18.0].map(|down| point(x + aside, y + down)));
        let (words, places) = (format!("t{}", span.value), places.collect());
        (from < span.to).then_some(WordPlacement { words, font: TERM, places, until })
    })
}

/// `leads orders`, `crashed`
fn in_several(
    context: &DiagramDrawContext,
    rail: &RailSpan,
    before: Pose,
    now: Pose,
    first: bool,
) -> Option<String> {
    let happens = |words: &str| first.then(|| words.to_owned());
    match now {
        Pose::Running(Role::Leads) => {
            let place = context.record.groups.iter().position(|&group| group == rail.group)?;
            Some(format!("leads {}", context.diagram.strips.get(place)?.name))
        }
        Pose::Running(Role::BelievesNobody) if before == Pose::Crashed => happens("recovers"),
        Pose::Paused(_) => happens("paused"),
        Pose::Crashed => happens("crashed"),
        Pose::Running(_) => None,
    }
}

/// How far a word may reach into the next span: not if that is another wait.
fn beyond(next: Option<&crate::report::Span<Pose>>) -> f64 {
    match next.map(|span| span.value) {
        Some(Pose::Running(
            Role::AwaitingElected | Role::Electing | Role::PreCandidate | Role::Candidate,
        )) => 0.0,
        _ => 2.0,
    }
}

/// How long it waits, where that is known.
fn electing(context: &DiagramDrawContext, lane: &DiagramLane, from: Time) -> String {
    let timer = context.record.timers.iter().find(|t| t.name.of == lane.rank && t.set == from);
    match timer {
        Some(timer) => format!("asks, waits {}", timer.at.since(timer.set).spoken()),
        None => "asks".to_owned(),
    }
}

/// Beside the dotted line of a change of the network, under the strip.
fn beside(context: &DiagramDrawContext, mark: &FaultMark) -> Option<WordPlacement> {
    let x = context.x(mark.at);
    let words = match mark.what {
        FaultMarkKind::Cut => {
            cuts::word(context.record.cuts.iter().find(|cut| cut.from == mark.at))
        }
        FaultMarkKind::Heal => "healed",
        FaultMarkKind::Slower => "latency changes",
        FaultMarkKind::Lossier => "loss changes",
        FaultMarkKind::Crash
        | FaultMarkKind::Recovery
        | FaultMarkKind::Suspicion
        | FaultMarkKind::Pause
        | FaultMarkKind::PauseEnd
        | FaultMarkKind::Resumption => return None,
    };
    let places = vec![point(x + 7.0, context.rows.top + 9.0)];
    let until = next_fold(context, x);
    Some(WordPlacement { words: words.to_owned(), font: cuts::FONT, places, until })
}

/// Where the next fold begins, or the right edge.
fn next_fold(context: &DiagramDrawContext, x: f64) -> f64 {
    let folds = context.scale.folds().map(|fold| fold.left + 6.0);
    folds.filter(|&left| left > x).fold(context.rows.right + 14.0, f64::min)
}
