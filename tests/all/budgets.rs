//! What the scenarios in tests/limits may cost: each asks for as much as a scenario can in its way.
//! Budgets are counts, of events in a step, of shapes, of bytes, and the kernel's limit of memory, so
//! that they hold on every machine. `cargo xtask budgets` adds the processor time of a release build.

use crate::play::{Played, play};
use hustings::export::{BoundedText, LogFormat, PictureSubject};
use hustings::run::Run;
use hustings::scenario::{Colours, limits};
use hustings::session::{Document, RunView};
use hustings::time::{Duration, Time};
use hustings::types::GroupId;
use hustings::view::build::memory;
use hustings::view::palette::ColourTheme;
use hustings::view::text::EvenWidth;
use hustings::view::{Scene, Shape, ShapeForm};

/// Rounds of messages that one step may cause: a list of everybody, in each group.
const MOST_EVENTS_A_STEP: usize = 400_000;
/// What a picture has besides what there is very much of.
const OTHER_SHAPES: usize = 20_000;
/// The dashes of a scene: a browser without a GPU needs about 4 µs for each.
const MOST_DASHES: f64 = 40_000.0;
/// Of all checkpoints of a run together.
const MOST_BYTES: usize = 128 * 1024 * 1024;

macro_rules! at_its_limits {
    ($($name:ident: $file:literal $(until $until:literal)?),* $(,)?) => {$(
        #[test]
        fn $name() {
            let script = include_str!(concat!("../limits/", $file, ".hustings"));
            $(let script = &script.replace("until 60m", concat!("until ", $until));)?
            within_budgets(script);
        }
    )*};
}

// Those of two million events are cut short: a build for tests takes long enough for a tenth of them.
at_its_limits! {
    a_flood_of_heartbeats: "heartbeat-flood",
    heartbeats_that_arrive_at_once: "quick-heartbeats" until "1ms",
    many_groups: "many-groups",
    messages_that_are_slow_or_lost: "slow-and-lost",
    suspicions_at_paused_processes: "suspicions-at-paused",
    cuts_and_heals: "cuts-and-heals",
    partitions: "partitions",
    crashes: "crashes",
    contenders: "two-contenders" until "2ms",
    changing_leaders: "changing-leaders" until "2ms",
    restless_processes: "restless" until "5s",
}

fn within_budgets(script: &str) {
    let played = play(script);
    is_made_in_slices(&played.run);
    let weight = played.run.weight();
    assert!(weight < MOST_BYTES, "the checkpoints weigh {weight} bytes");
    remembers_no_more_than_it_shows(&played.run);
    is_drawn_within_limits(&played.run);
    is_described_within_limits(played);
}

fn is_made_in_slices(run: &Run) {
    let mut steps = run.steps(Time::ZERO, Time::NEVER);
    let longest = steps.by_ref().map(|step| step.len()).max().unwrap_or_default();
    assert!(longest < MOST_EVENTS_A_STEP, "a step of {longest} events");
    assert_eq!(steps.world().events(), run.events_so_far());
    let pending = run.head().pending();
    assert!(pending < limits::MOST_IN_FLIGHT + 10_000, "{pending} are pending");
}

fn remembers_no_more_than_it_shows(run: &Run) {
    let span = memory(run.scenario());
    let snapshot = run.snapshot(None, run.end(), span);
    assert!(snapshot.recent.len() <= 20_000, "{} events", snapshot.recent.len());
    // Played on from an earlier one it is the same.
    let half = Time::us(run.end().as_us() / 2);
    let earlier = run.snapshot(None, half, span);
    assert_eq!(run.snapshot(Some(earlier), run.end(), span), snapshot);
}

/// Instants and windows that a reader may come to.
fn is_drawn_within_limits(run: &Run) {
    let subject = PictureSubject::all(run);
    let one = PictureSubject::new(run, GroupId::MAIN);
    let end = run.end();
    let scenes = |subject: &PictureSubject| {
        let part = |of: u64| Duration::us(end.as_us() / of);
        let mut scenes: Vec<Scene> = [Time::ZERO, Time::us(end.as_us() / 2), end]
            .map(|at| subject.stage_scene(at, ColourTheme::Coded, &EvenWidth))
            .to_vec();
        let windows = [(Time::ZERO, end), subject.first_window(), (end - part(10), end)];
        for (from, to) in windows.into_iter().chain([(end - part(2_000), end)]) {
            let to = to.max(from + Duration::us(1));
            scenes.push(subject.spacetime_scene(
                (from, to),
                Some(from),
                ColourTheme::Coded,
                &EvenWidth,
            ));
        }
        scenes
    };
    for scene in [scenes(&subject), scenes(&one)].concat() {
        let most = 4 * limits::MOST_SHAPES + OTHER_SHAPES;
        assert!(scene.shapes.len() < most, "{} shapes", scene.shapes.len());
        let dashes: f64 = scene.shapes.iter().map(dashes).sum();
        assert!(dashes < MOST_DASHES, "{dashes} dashes");
        let says = |words: &str| {
            scene.shapes.iter().any(|shape| match &shape.form {
                ShapeForm::Text(text) => text.words.contains(words),
                _ => false,
            })
        };
        assert!(scene.left_out == 0 || says("not drawn") || says("zoom in"), "it says nothing");
    }
    let drawn = one.spacetime(one.first_window(), None, Colours::Auto);
    assert!(drawn.len() < limits::LONGEST_OUTPUT / 4, "{} bytes", drawn.len());
}

/// How many dashes a straight line has.
fn dashes(shape: &Shape) -> f64 {
    let dash = shape.paint.stroke.and_then(|stroke| stroke.dash);
    match (&shape.form, dash) {
        (ShapeForm::Line { from, to }, Some([on, off])) => from.distance(*to) / (on + off),
        _ => 0.0,
    }
}

fn is_described_within_limits(Played { script, run }: Played) {
    let end = run.end();
    let (first, to) = run.first_described(Time::ZERO, end, |_| true);
    let (last, from) = run.last_described(Time::ZERO, end, |_| true);
    for events in [&first, &last] {
        assert!(events.len() <= 2 * 20_000 + MOST_EVENTS_A_STEP, "{} events", events.len());
    }
    assert!(first.last().is_none_or(|last| last.at <= to));
    assert!(last.first().is_none_or(|first| first.at >= from));
    let run_view = RunView::new(run, &Document::of(&script.scenario));
    let story = run_view.story(end, 30, 30);
    assert!(story.entries.len() <= 60, "{} lines", story.entries.len());
}

/// A picture of more messages than it can hold says how many there are, and shows those first that a
/// reader looks for.
#[test]
fn a_stage_says_how_many_messages_it_leaves_out() {
    let played = play(include_str!("../limits/heartbeat-flood.hustings"));
    let in_flight = played.run.head().in_flight().count();
    let subject = PictureSubject::new(&played.run, GroupId::MAIN);
    let scene = subject.stage_scene(played.run.end(), ColourTheme::Coded, &EvenWidth);
    let says = format!("{} of {in_flight} messages on their way are drawn", limits::MOST_DRAWN);
    let texts = scene.shapes.iter().filter_map(|shape| match &shape.form {
        ShapeForm::Text(text) => Some(&*text.words),
        _ => None,
    });
    assert!(texts.into_iter().any(|words| words == says), "{says}");
}

/// A text that would be too long is refused as a whole.
#[test]
fn a_log_that_is_too_long_is_refused() {
    let played = play("at 100ms crash 6\nat 200ms suspect 3\nuntil 1s");
    let write = |most: usize| {
        let mut text = BoundedText::up_to(most);
        let written = LogFormat::Csv.write(&played.run, &mut text);
        let finished = text.finish();
        assert_eq!(written.is_ok(), finished.is_ok());
        finished
    };
    let whole = write(100_000).expect("it is short enough");
    assert_eq!(write(whole.len()).expect("it just fits"), whole);
    let refused = write(whole.len() - 1).expect_err("it is a byte too long");
    assert_eq!(refused.most, whole.len() - 1);
}
