//! Pictures as files: that they stand by themselves, and what they hold.

use super::{preset, xml};
use crate::golden;
use crate::play::play;
use crate::scenarios::random;
use hustings::export::animated::{self, AnimationLoop, AnimationRefusal};
use hustings::export::{PictureSubject, metadata, still};
use hustings::presets;
use hustings::run::Run;
use hustings::scenario::{Colours, FigureView, Scenario, script};
use hustings::time::{Duration, Time};
use hustings::types::GroupId;
use std::collections::BTreeSet;

/// What the README shows: moving, and still for whom less motion is kinder.
#[test]
fn the_picture_of_the_readme_is_fresh_and_small() {
    let run = preset("bully-figure").run;
    let subject = PictureSubject::new(&run, GroupId::MAIN);
    let script = presets::find("bully-figure").expect("a preset").script;
    let picture =
        animated::stage(&subject, AnimationLoop::of(&subject), Colours::Auto).expect("it plays");
    let picture = metadata::svg_with_script(picture, script);
    golden::check("docs/bully-figure.svg", &picture);
    assert!(picture.len() < 60_000, "{} bytes are too many for a README", picture.len());
    let still = metadata::svg_with_script(subject.stage(Time::ms(268), Colours::Auto), script);
    golden::check("docs/bully-figure-still.svg", &still);
}

#[test]
fn every_picture_is_well_formed_and_needs_nothing_else() {
    for seed in 0..16 {
        let mut parts = random(seed).into_parts();
        parts.title = Some("<b> & \"so\" 'on' ]]> é\u{ffff}".to_owned());
        parts.about = None;
        let run = Run::of(Scenario::new(parts).expect("a title is one line"));
        let subject = PictureSubject::new(&run, GroupId::MAIN);
        let middle = Time::us(run.end().as_us() / 2);
        let window = (middle, (middle + Duration::ms(60)).min(run.end()));
        let asked = AnimationLoop { from: window.0, to: window.1, ..AnimationLoop::of(&subject) };
        let animation = match animated::stage(&subject, asked, Colours::Auto) {
            Ok(animation) => animation,
            Err(refusal) => panic!("random scenario {seed}: {refusal}"),
        };
        for (name, picture) in [
            ("stage", subject.stage(middle, Colours::Light)),
            ("diagram", subject.spacetime((Time::ZERO, run.end()), None, Colours::Dark)),
            ("part", subject.spacetime(window, Some(window.0), Colours::Auto)),
            ("animation", animation),
        ] {
            let text = |why: String| panic!("random scenario {seed}, {name}: {why}\n{picture}");
            xml::check(&picture).unwrap_or_else(text);
            for word in ["<script", "href", "url(", "@import", " style=", "NaN", "inf "] {
                assert!(!picture.contains(word), "random scenario {seed}, {name}: {word}");
            }
            assert!(picture.contains("<title id=\"title\">&lt;b&gt; &amp; &quot;so&quot;"));
        }
    }
}

/// `M1 2L1 2` is a dot to some and an error to others.
#[test]
fn no_picture_has_a_path_of_no_length() {
    let script = "processes 3\nlatency 0ms\nat 10ms crash 3\nat 20ms suspect 1\n";
    let scenarios = (0..6).map(random).chain([script::parse(script).expect("it can be read")]);
    for scenario in scenarios {
        let run = Run::of(scenario);
        let subject = PictureSubject::new(&run, GroupId::MAIN);
        let instants: BTreeSet<Time> = run.instants().flatten().map(|event| event.at).collect();
        let whole = (Time::ZERO, run.end());
        let mut pictures = vec![subject.spacetime(whole, None, Colours::Light)];
        for &at in instants.iter().take(60) {
            pictures.push(subject.stage(at, Colours::Auto));
            pictures.push(still::poster(&subject, at, FigureView::Stage, Colours::Auto));
        }
        for picture in pictures {
            for path in picture.split(" d=\"").skip(1) {
                let path = path.split('"').next().unwrap_or_default();
                for part in path.split('M').filter(|part| !part.is_empty()) {
                    assert!(!has_no_length(part), "M{part} in {path}");
                }
            }
        }
    }
}

/// Of what follows an `M`: whether a line or a curve goes nowhere.
fn has_no_length(part: &str) -> bool {
    let is_plain = part.chars().all(|c| c.is_ascii_digit() || " .-LQ".contains(c));
    let numbers: Vec<&str> = part.split([' ', 'L', 'Q']).filter(|it| !it.is_empty()).collect();
    is_plain && numbers.chunks(2).all(|point| point == &numbers[..2])
}

#[test]
fn a_picture_says_in_words_what_it_shows() {
    let run = preset("bully-figure").run;
    let subject = PictureSubject::new(&run, GroupId::MAIN);
    let text = |picture: &str| {
        let (_, rest) = picture.split_once("<desc id=\"desc\">").expect("it is described");
        rest.split_once("</desc>").expect("it ends").0.to_owned()
    };
    assert_eq!(
        text(&subject.stage(Time::ms(268), Colours::Auto)),
        "At 268 ms: nobody leads. 3 has waited 60 ms. The highest rank that answered is 5, so 3 tells 5 \
         to proceed."
    );
    let whole = subject.spacetime((Time::ZERO, run.end()), None, Colours::Auto);
    assert_eq!(
        text(&whole),
        "From 0 ms to 2 s: 6 leads; from 100 ms nobody leads; from 276 ms 5 leads."
    );
}

/// A file cannot be dragged, so nothing in it looks as if.
#[test]
fn a_cut_has_handles_only_where_it_can_be_dragged() {
    let run = preset("split-brain").run;
    let subject = PictureSubject::new(&run, GroupId::MAIN);
    let picture = subject.stage(Time::ms(1_610), Colours::Light);
    assert!(picture.contains("fill-partition"), "the network is split");
    let plus = "M-3 0L3 0M0 -3L0 3";
    assert!(!picture.contains(plus), "a handle is drawn");
}

#[test]
fn a_theme_is_fixed_or_the_readers() {
    let run = preset("bully-figure").run;
    let subject = PictureSubject::new(&run, GroupId::MAIN);
    let at = |colours| subject.stage(Time::ms(268), colours);
    assert!(at(Colours::Light).contains(".fill-stage{fill:#FFFFFF}"));
    assert!(at(Colours::Dark).contains(".fill-stage{fill:#15181B}"));
    for fixed in [Colours::Light, Colours::Dark] {
        assert!(!at(fixed).contains("prefers-color-scheme"), "{fixed:?}");
    }
    assert!(at(Colours::Auto).contains("prefers-color-scheme:dark"));
}

/// Every step of an opacity says until when, so nothing flickers where the loop begins again.
#[test]
fn an_animation_keeps_one_time_and_stands_still_when_asked() {
    let run = preset("bully-figure").run;
    let subject = PictureSubject::new(&run, GroupId::MAIN);
    let asked = AnimationLoop { still: Time::ms(150), ..AnimationLoop::of(&subject) };
    let picture = animated::stage(&subject, asked, Colours::Auto).expect("it plays");
    assert_eq!(picture.matches("animation:").count(), 2, "one length, and none");
    assert!(picture.contains("@media(prefers-reduced-motion:reduce){.s,.m{animation:none}}"));
    let other =
        animated::stage(&subject, AnimationLoop::of(&subject), Colours::Auto).expect("it plays");
    assert_ne!(picture, other, "another instant is shown without motion");
    let frames = |picture: &str| -> Vec<String> {
        picture.lines().filter(|line| line.starts_with("@keyframes s")).map(str::to_owned).collect()
    };
    assert_eq!(frames(&picture), frames(&other), "but the same is played");
}

#[test]
fn an_animation_has_hollow_arcs_and_the_processes_that_a_ring_has_found() {
    let animate = |text: &str| {
        let run = play(text).run;
        let subject = PictureSubject::new(&run, GroupId::MAIN);
        let asked = AnimationLoop::of(&subject);
        animated::stage(&subject, asked, Colours::Auto).expect("it plays")
    };
    let heartbeats = "processes 3\nleader 3\ndetector heartbeat every 100ms timeout 350ms\n";
    let timed = format!("{heartbeats}until 1s\nat 200ms crash 2\n");
    // The two lines of an arc that forbids something, and its bar that goes round.
    let is_hollow = |picture: &str| {
        picture.contains("stroke-width=\"1.25\" pathLength")
            && picture.contains("{transform:rotate(")
    };
    assert!(!is_hollow(&animate(&timed)));
    assert!(is_hollow(&animate(&format!("quorum majority\n{timed}"))), "the lease of a leader");
    // One bead behind the first message, two behind the second; three find that 4 has crashed, and go to 1.
    let ring = "processes 4\nalgorithm ring\nleader 4\nat 100ms crash 4\nat 200ms suspect 1\n";
    let beads = animate(ring).matches(" r=\"2.67\"").count();
    assert_eq!(beads, 1 + 2 + 3 + 3);
}

#[test]
fn what_cannot_be_played_says_why() {
    let run = play("latency 1..2ms\ndetector heartbeat every 2ms timeout 20ms\nuntil 30s\n").run;
    let subject = PictureSubject::new(&run, GroupId::MAIN);
    let refused = |from, to, speed| {
        let asked =
            AnimationLoop { from: Time::ms(from), to: Time::ms(to), speed, still: Time::ZERO };
        animated::stage(&subject, asked, Colours::Auto).expect_err("it cannot be played")
    };
    let speed = Duration::ms(50);
    assert!(matches!(refused(20, 20, speed), AnimationRefusal::Empty { .. }));
    assert!(matches!(refused(0, 20, Duration::ZERO), AnimationRefusal::Stands));
    assert!(matches!(
        refused(0, 20, Duration::us(20)),
        AnimationRefusal::TooLong { seconds: 1_000 }
    ));
    let text = refused(0, 5_000, speed).to_string();
    assert!(
        text.ends_with("an animation shows 500 at most, so choose a shorter stretch"),
        "{text}"
    );
}
