//! What an embedding page and its figure say to each other, without a browser: a figure is asked,
//! becomes what was asked for, and tells it.

pub(crate) mod playing;
mod requests;

use hustings::player::{
    FigureBadge, FigureStyle, FigureTheme, Handled, Notification, RequestAnswer, RequestKind,
    awaits_host, badge, handle, is_changed, is_figure, malformed, opened, read_options,
    unsupported,
};
use hustings::presets;
use hustings::scenario::{Change, Colours, Fault, FigureOption, FigureOptions, FigureView};
use hustings::session::address::Address;
use hustings::session::{Action, CommandContext, Document, Playback};
use hustings::time::{Duration, Time};
use hustings::types::Rank;
use hustings::view::palette::ColourTheme;
use playing::{Playing, read_json, run_view};

fn options(query: &[(&str, &str)]) -> FigureOptions {
    let (options, problems) = read_options(query.iter().copied());
    assert_eq!(problems, [], "{query:?}");
    options
}

fn rank(rank: u16) -> Rank {
    Rank::new(rank).expect("not 0")
}

const SCRIPT: &str = "at 100ms crash 6\nat 200ms suspect 3\n\
    figure start 180ms end 400ms speed 25ms view both height 300";

#[test]
fn a_query_asks_for_a_figure_and_says_how_it_opens() {
    assert!(is_figure([("embed", "1")].into_iter()));
    assert!(is_figure([("theme", "dark"), ("embed", "")].into_iter()));
    assert!(!is_figure([("embed", "0")].into_iter()) && !is_figure([].into_iter()));

    let query = [
        ("embed", "1"),
        ("autoplay", ""),
        ("start-at", "180ms"),
        ("end-at", "1.5s"),
        ("speed", "25ms"),
        ("loop", "1"),
        ("skip-quiet", "false"),
        ("view", "spacetime"),
        ("theme", "dark"),
        ("controls", "none"),
        ("heading", "none"),
        ("readonly", "true"),
        ("host", "1"),
        ("utm_source", "somebody else's"),
    ];
    let asked = FigureOptions {
        autoplay: Some(true),
        start: Some(Time::ms(180)),
        end: Some(Time::ms(1_500)),
        speed: Some(Duration::ms(25)),
        is_looping: Some(true),
        skips_quiet: Some(false),
        view: Some(FigureView::Spacetime),
        theme: Some(Colours::Dark),
        has_controls: Some(false),
        has_heading: Some(false),
        is_readonly: Some(true),
        ..FigureOptions::default()
    };
    assert_eq!(options(&query), asked);
    assert!(awaits_host(query.into_iter()) && !awaits_host([("host", "0")].into_iter()));
    // Width and height are the page's to give.
    let default = options(&[
        ("theme", "auto"),
        ("loop", "0"),
        ("controls", "bar"),
        ("heading", "bar"),
        ("width", "300"),
    ]);
    for &option in FigureOption::ALL {
        let value = default.get(option);
        assert!(value.is_none() || value == option.default_value(Time::ZERO), "{option:?}");
    }
}

#[test]
fn an_option_that_cannot_be_read_is_reported_and_ignored() {
    let query = [
        ("start-at", "soon"),
        ("speed", "0ms"),
        ("view", "side"),
        ("theme", "sepia"),
        ("controls", "all"),
        ("heading", "h1"),
        ("skip-quiet", "no"),
        ("loop", "twice"),
    ];
    let (options, problems) = read_options(query);
    assert_eq!(options, FigureOptions::default());
    let text: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        text,
        [
            "start-at is `soon`; it has to be a duration such as 180ms or 1.5s",
            "speed is `0ms`; it has to be virtual time per second, such as 50ms, and more than zero",
            "view is `side`; it has to be stage, spacetime or both",
            "theme is `sepia`; it has to be auto, light or dark",
            "controls is `all`; it has to be bar or none",
            "heading is `h1`; it has to be bar or none",
            "skip-quiet is `no`; it has to be true or false",
            "loop is `twice`; it has to be left out, or written without a value",
        ]
    );
}

#[test]
fn an_option_beats_the_address_and_that_the_line_of_the_script() {
    let document = Document::read(SCRIPT).expect("it can be read");
    let at = |query: &[(&str, &str)], address: Option<&str>| {
        let address = address.map(|address| Address::read(address).expect("an address"));
        let state = opened(document.clone(), address.as_ref(), &options(query), false);
        let guest = state.embed_state.expect("a guest");
        (state.playback.anchor(), guest.start, guest.end, state.speed.0)
    };
    let (start, end, speed) = (Time::ms(180), Some(Time::ms(400)), Duration::ms(25));
    assert_eq!(at(&[], None), (start, start, end, speed));
    // Where a link was looked at; a loop goes back to the figure's start all the same.
    let link = Some("preset/bully-figure&t=268ms");
    assert_eq!(at(&[], link), (Time::ms(268), start, end, speed));
    let asked = [("start-at", "150ms"), ("end-at", "1s"), ("speed", "1ms")];
    let start = Time::ms(150);
    assert_eq!(at(&asked, link), (start, start, Some(Time::ms(1_000)), Duration::ms(1)));
    // A preset shows what its poster does, and is played from its beginning.
    let preset = presets::find("bully-figure").expect("a preset");
    let address = Address::read("preset/bully-figure").expect("an address");
    let state =
        opened(address.document().expect("it can be read"), Some(&address), &options(&[]), false);
    assert_eq!(state.playback.anchor(), preset.telling);
    let run_view = run_view(&state);
    let scene = CommandContext {
        state: &state,
        run_view: &run_view,
        comparison: None,
        cursor: preset.telling,
        now: 0.0,
        reduced_motion: false,
    };
    let Ok(Handled::Act(Action::Play { from, .. })) =
        handle(&RequestKind::Play, Some(scene), &read_json)
    else {
        panic!("it plays")
    };
    assert_eq!(from, Time::ZERO);
    // It waits until it is seen; motion that is unwelcome does not begin by itself.
    let autoplay = options(&[("autoplay", "")]);
    let waiting = opened(document.clone(), None, &autoplay, false).playback;
    assert_eq!(waiting, Playback::Held { at: Time::ms(180) });
    assert!(!opened(document, None, &autoplay, true).playback.is_playing());
    let figure = FigureOptions { view: Some(FigureView::Stage), ..FigureOptions::default() };
    assert_eq!(options(&[("view", "both")]).or(&figure).view, Some(FigureView::Both));
    assert_eq!(options(&[]).or(&figure).view, Some(FigureView::Stage));
}

#[test]
fn a_figure_says_that_it_is_there_and_whether_it_goes_as_expected() {
    let mut figure = Playing::preset("bully-figure");
    let notifications = figure.notifications();
    let [
        Notification::Ready { title, algorithm, at_us, end_us, speed_us, is_playing, height },
        verdict,
        Notification::Leaderchange { leaders, .. },
    ] = &*notifications
    else {
        panic!("it is ready, judged, and led: {notifications:?}")
    };
    assert_eq!(*leaders, [6]);
    assert_eq!(title.as_deref(), Some("Bully: 3 notices that 6 is gone"));
    assert_eq!((*algorithm, *is_playing), ("bully", false));
    let figure_line = &figure.state.document().scenario().figure;
    assert_eq!(*at_us, figure_line.start.unwrap_or_default().as_us());
    assert_eq!(*height, figure_line.height);
    assert_eq!(*end_us, figure.pace().end.as_us());
    assert_eq!(*speed_us, figure.state.speed.0.as_us());
    let Notification::Verdict { holds: true, kept, total, expectations } = verdict else {
        panic!("{verdict:?}")
    };
    assert_eq!((*kept, *total), (8, 8));
    assert!(expectations.iter().all(|judged| judged.holds && !judged.reason.is_empty()));
    // Nothing happens, and no notification follows.
    assert_eq!(figure.notifications(), []);
}

#[test]
fn playback_notifies_of_each_change_of_leaders_and_of_the_end() {
    let mut figure = Playing::of("at 100ms crash 6\nat 200ms suspect 3", FigureOptions::default());
    figure.notifications();
    assert_eq!(figure.ask(&RequestKind::Speed { speed_us: 1_000_000 }), Ok(RequestAnswer::Done));
    assert_eq!(figure.ask(&RequestKind::Play), Ok(RequestAnswer::Done));
    assert_eq!(figure.notifications(), [Notification::Play { at_us: 0, speed_us: 1_000_000 }]);
    figure.pass(1_000.0);
    let led = |at_us, leaders: &[u16]| Notification::Leaderchange {
        at_us,
        group: "main".to_owned(),
        leaders: leaders.to_vec(),
    };
    let elected = figure.run_view.leading[2].from.as_us();
    let expected =
        [led(100_000, &[]), led(elected, &[5]), Notification::Timeupdate { at_us: 1_000_000 }];
    assert_eq!(figure.notifications(), expected);
    figure.pass(9_000.0);
    let end = figure.run_view.run.end().as_us();
    let expected = [
        Notification::Timeupdate { at_us: end },
        Notification::Pause { at_us: end },
        Notification::Ended { at_us: end },
    ];
    assert_eq!(figure.notifications(), expected);
    // From the end it begins again.
    assert_eq!(figure.ask(&RequestKind::Play), Ok(RequestAnswer::Done));
    assert_eq!(figure.cursor(), Time::ZERO);
}

#[test]
fn changes_before_the_first_frame_have_their_own_instant() {
    let mut figure = Playing::of("at 100ms crash 6\nat 200ms suspect 3", FigureOptions::default());
    figure.notifications();
    figure.ask(&RequestKind::Speed { speed_us: 1_000_000 }).expect("it goes fast");
    figure.ask(&RequestKind::Seek { at_us: 50_000 }).expect("it goes there");
    figure.ask(&RequestKind::Play).expect("it plays");
    // The browser was slow: nobody has looked since it was asked.
    figure.pass(130.0);
    let group = "main".to_owned();
    let expected = [
        Notification::Play { at_us: 50_000, speed_us: 1_000_000 },
        Notification::Leaderchange { at_us: 100_000, group, leaders: vec![] },
        Notification::Timeupdate { at_us: 180_000 },
    ];
    assert_eq!(figure.notifications(), expected);
}

#[test]
fn a_late_first_frame_notifies_of_everything_since_playback_began() {
    let mut figure = Playing::of("at 100ms crash 6\nat 200ms suspect 3", FigureOptions::default());
    figure.notifications();
    assert_eq!(figure.ask(&RequestKind::Speed { speed_us: 1_000_000 }), Ok(RequestAnswer::Done));
    assert_eq!(figure.ask(&RequestKind::Play), Ok(RequestAnswer::Done));
    figure.pass(1_000.0);
    let notices = figure.notifications();
    assert_eq!(notices[0], Notification::Play { at_us: 0, speed_us: 1_000_000 });
    let led = notices.iter().filter_map(|notice| match notice {
        Notification::Leaderchange { leaders, .. } => Some(leaders.clone()),
        _ => None,
    });
    assert_eq!(led.collect::<Vec<_>>(), [vec![], vec![5]]);
    assert_eq!(notices.last(), Some(&Notification::Timeupdate { at_us: 1_000_000 }));
}

#[test]
fn two_leaders_at_once_are_notified_as_a_split_brain() {
    let mut figure = Playing::preset("split-brain");
    figure.notifications();
    let split =
        figure.run_view.leading.iter().find(|span| span.value.len() > 1).expect("it splits");
    let (at_us, leaders) = (split.from.as_us(), vec![3, 5]);
    assert_eq!(figure.ask(&RequestKind::Seek { at_us }), Ok(RequestAnswer::Done));
    let group = "main".to_owned();
    let notifications = figure.notifications();
    let split = Notification::Splitbrain { at_us, group: group.clone(), leaders: leaders.clone() };
    let change = Notification::Leaderchange { at_us, group, leaders };
    assert_eq!(notifications, [change, split, Notification::Timeupdate { at_us }]);
}

#[test]
fn a_figure_plays_within_its_stretch_and_begins_there_again() {
    let mut figure = Playing::of(SCRIPT, options(&[("loop", "")]));
    assert_eq!(figure.cursor(), Time::ms(180));
    figure.ask(&RequestKind::Play).expect("it plays");
    // 220 ms at 25 ms a second take 8.8 s; 400 ms later it is 10 ms into the second round.
    figure.pass(8_800.0 + 400.0);
    assert_eq!(figure.cursor(), Time::ms(190));
    figure.ask(&RequestKind::Seek { at_us: u64::MAX }).expect("it goes to the end");
    assert!((Time::ms(180)..=Time::ms(400)).contains(&figure.cursor()));
    figure.ask(&RequestKind::Pause).expect("it rests");
    figure.ask(&RequestKind::Step { by: 1_000_000 }).expect("it steps");
    assert_eq!(figure.cursor(), Time::ms(400));
    figure.ask(&RequestKind::Step { by: -1_000_000 }).expect("it steps back");
    assert_eq!(figure.cursor(), Time::ZERO);
}

#[test]
fn autoplay_is_notified_after_ready_and_the_leaders_of_each_group() {
    let script = "processes 4\ngroup a on 1 2\ngroup b on 3 4\n";
    let mut figure = Playing::of(script, options(&[("autoplay", "")]));
    let notifications = figure.notifications();
    let [Notification::Ready { is_playing: true, .. }, Notification::Verdict { .. }, a, b, play] =
        &*notifications
    else {
        panic!("{notifications:?}")
    };
    for (notice, name, leader) in [(a, "a", 2), (b, "b", 4)] {
        let (group, leaders) = (name.to_owned(), vec![leader]);
        assert_eq!(*notice, Notification::Leaderchange { at_us: 0, group, leaders });
    }
    assert_eq!(*play, Notification::Play { at_us: 0, speed_us: 50_000 });
    // Out of sight no virtual time passes; the cursor shows that it goes on once it is visible.
    figure.pass(1_000.0);
    assert_eq!(figure.notifications(), []);
    figure.apply(Action::Release { now: figure.now });
    figure.pass(1_000.0);
    assert_eq!(figure.notifications(), [Notification::Timeupdate { at_us: 50_000 }]);
}

#[test]
fn playing_pauses_at_an_instant_once_and_goes_on_from_there() {
    let mut figure = Playing::of(SCRIPT, options(&[("loop", "")]));
    figure.notifications();
    let at_us = 250_000;
    assert_eq!(figure.ask(&RequestKind::PauseAt { at_us }), Ok(RequestAnswer::Done));
    figure.ask(&RequestKind::Play).expect("it plays");
    figure.notifications();
    figure.pass(60_000.0);
    let notifications = figure.notifications();
    // It is not its end, so that is not told, and nothing is looped.
    assert_eq!(notifications.last(), Some(&Notification::Pause { at_us }), "{notifications:?}");
    figure.ask(&RequestKind::Play).expect("it goes on");
    figure.pass(4_000.0);
    assert_eq!(figure.cursor(), Time::ms(350));
    // The second round does not pause.
    figure.pass(8_800.0);
    assert_eq!(figure.cursor(), Time::ms(350));
    // What is gone to directly is gone to, and a stop behind it is none.
    figure.ask(&RequestKind::PauseAt { at_us }).expect("there will be one");
    figure.ask(&RequestKind::Seek { at_us: 300_000 }).expect("it goes there");
    assert_eq!(figure.cursor(), Time::ms(300));
}

#[test]
fn a_loop_and_quiet_time_can_be_switched_while_it_is_there() {
    let mut figure = Playing::of(SCRIPT, FigureOptions::default());
    let set = |figure: &Playing| (figure.state.is_looping, figure.state.skips_quiet);
    assert_eq!(set(&figure), (false, true));
    for _ in 0..2 {
        figure.ask(&RequestKind::Loop { on: true }).expect("it loops");
        figure.ask(&RequestKind::SkipQuiet { on: false }).expect("it takes its time");
        assert_eq!(set(&figure), (true, false));
    }
}

#[test]
fn a_figure_that_becomes_visible_repeats_no_notification() {
    let mut figure = Playing::of(SCRIPT, options(&[("autoplay", "")]));
    figure.apply(Action::Say(Some("start-at is `soon`".to_owned())));
    figure.apply(Action::Release { now: 0.0 });
    figure.apply(Action::Hold { at: Time::ms(180) });
    assert_eq!(figure.state.notice.as_deref(), Some("start-at is `soon`"));
}
