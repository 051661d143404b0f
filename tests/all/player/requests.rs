//! The requests of a page, and how its figure answers them.

use super::*;

#[test]
fn steps_go_from_instant_to_instant() {
    let mut figure = Playing::of("at 100ms crash 6\nat 200ms suspect 3", FigureOptions::default());
    figure.ask(&RequestKind::Step { by: 2 }).expect("it steps");
    assert_eq!(figure.cursor(), Time::ms(200));
    figure.ask(&RequestKind::Step { by: -1 }).expect("it steps back");
    assert_eq!(figure.cursor(), Time::ms(100));
}

#[test]
fn another_scenario_comes_as_script_as_json_or_as_a_link() {
    let mut figure = Playing::of("at 100ms crash 6", FigureOptions::default());
    figure.notifications();
    let link = Address::of(figure.state.document().text()).expect("short").to_string();
    let others = [
        (SCRIPT.to_owned(), 180),
        (r#"{"processes": [1, 2, 3], "timeline": []}"#.to_owned(), 0),
        (format!("https://example.org/#{link}&t=50ms"), 50),
        ("preset/two-leaders&t=7ms".to_owned(), 7),
    ];
    for (text, at) in others {
        assert_eq!(
            figure.ask(&RequestKind::Load { text: text.clone(), alone: false }),
            Ok(RequestAnswer::Done),
            "{text}"
        );
        assert_eq!(figure.cursor(), Time::ms(at), "{text}");
        assert!(
            matches!(
                &*figure.notifications(),
                [
                    Notification::Ready { .. },
                    Notification::Verdict { .. },
                    Notification::Leaderchange { .. }
                ]
            ),
            "{text}"
        );
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_its_line_and_nothing_changes() {
    let mut figure = Playing::of("at 100ms crash 6", FigureOptions::default());
    let before = figure.state.clone();
    let text = "title \"A\"\nat 100ms chrash 6\nat 2 crash".to_owned();
    let refused = figure
        .ask(&RequestKind::Load { text: text.clone(), alone: false })
        .expect_err("it is no script");
    assert_eq!(refused.line, Some(2));
    assert_eq!(refused.script, Some(text));
    assert_eq!(refused.problems.len(), 2);
    assert!(refused.problems[0].starts_with("Line 2, column 10: `chrash`"), "{refused:?}");
    assert!(refused.text.contains("line 2, column 10"), "{refused:?}");
    for text in ["", "{", "1/AAAA", "preset/nobody"] {
        let refused =
            figure.ask(&RequestKind::Load { text: text.to_owned(), alone: false }).expect_err(text);
        assert!(!refused.text.is_empty() && refused.line.is_none(), "{text}: {refused:?}");
    }
    assert_eq!(figure.state, before);
}

#[test]
fn before_there_is_a_scenario_only_one_can_be_loaded() {
    let asked = [RequestKind::Play, RequestKind::Pause, RequestKind::Report, RequestKind::Link];
    for command in asked {
        let refused = handle(&command, None, &read_json).expect_err("there is nothing yet");
        assert_eq!(refused.text, "nothing is loaded yet");
    }
    assert_eq!(handle(&RequestKind::Dispose, None, &read_json), Ok(Handled::Dispose(None)));
    let load = RequestKind::Load { text: "at 1ms crash 6".to_owned(), alone: false };
    assert!(matches!(handle(&load, None, &read_json), Ok(Handled::Open(_, None))));
}

#[test]
fn a_page_sets_theme_colours_and_font_before_there_is_a_scenario() {
    let command = |text: &str| serde_json::from_str::<RequestKind>(text);
    let theme = command(r#"{ "kind": "theme", "theme": "dark" }"#).expect("it is valid");
    let dark = FigureStyle { theme: Some(FigureTheme::Dark), ..FigureStyle::default() };
    assert_eq!(dark.colour_theme(false), ColourTheme::Dark);
    assert_eq!(handle(&theme, None, &read_json), Ok(Handled::Style(dark)));
    let styled =
        r##"{ "kind": "theme", "theme": "light", "quietInk": "#102030", "font": "Georgia" }"##;
    let Ok(Handled::Style(style)) =
        handle(&command(styled).expect("it is valid"), None, &read_json)
    else {
        panic!("it is a style");
    };
    assert_eq!(style.colour_theme(true).tokens().ink3.to_string(), "#102030");
    assert_eq!(style.font.map(String::from).as_deref(), Some("Georgia"));
    for hostile in
        [r#""ink": "red""#, r##""ground": "#000;}""##, r#""font": "x;}""#, r#""line": 7"#]
    {
        let text = format!(r#"{{ "kind": "theme", "theme": "dark", {hostile} }}"#);
        assert!(command(&text).is_err(), "{text}");
    }
}

#[test]
fn report_and_link_are_those_of_the_page() {
    let mut figure = Playing::preset("bully-figure");
    let report = figure.ask(&RequestKind::Report);
    assert_eq!(report, Ok(RequestAnswer::Report(Box::new((*figure.run_view.report).clone()))));
    figure.ask(&RequestKind::Seek { at_us: 268_000 }).expect("it seeks");
    let Ok(RequestAnswer::Link(link)) = figure.ask(&RequestKind::Link) else {
        panic!("it has a link")
    };
    assert!(link.starts_with("preset/bully-figure&t=268ms"), "{link}");
    let address = Address::read(&link).expect("it is an address");
    assert_eq!(address.digest, Some(figure.run_view.run.digest()));
}

#[test]
fn a_change_by_a_reader_is_notified_and_can_be_undone() {
    let mut figure = Playing::preset("bully-figure");
    figure.notifications();
    let change = Change::AddFault { at: Time::ms(150), fault: Fault::Crash(vec![rank(5)]) };
    figure.apply(Action::Change(change));
    assert!(is_changed(&figure.state));
    let notifications = figure.notifications();
    assert!(
        matches!(notifications[0], Notification::Changed { changed: true, .. }),
        "{notifications:?}"
    );
    assert!(
        notifications.iter().any(|one| matches!(one, Notification::Verdict { holds: false, .. }))
    );
    figure.apply(Action::Reset);
    assert!(matches!(figure.notifications()[0], Notification::Changed { changed: false, .. }));
    assert!(!is_changed(&figure.state));
}

#[test]
fn the_corner_says_what_was_expected_or_that_the_network_split() {
    let corner = |text: &str| badge(&Playing::of(text, FigureOptions::default()).run_view);
    let kept = "at 100ms crash 6\nat 200ms suspect 3\nexpect leader 5";
    assert_eq!(corner(kept), Some(FigureBadge::Expected { kept: 1, total: 1, broken: None }));
    let broken = corner("at 100ms crash 6\nexpect leader 6\nexpect leader none");
    let Some(FigureBadge::Expected { kept: 1, total: 2, broken: Some((at, reason)) }) = broken
    else {
        panic!("{broken:?}")
    };
    assert!(at >= Time::ms(100) && !reason.is_empty());
    assert_eq!(corner("at 100ms crash 6"), None);
    let split = presets::find("split-brain").expect("a preset").script;
    let bare: String = split
        .lines()
        .filter(|line| !line.starts_with("expect"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(matches!(corner(&bare), Some(FigureBadge::Split { .. })), "{:?}", corner(&bare));
}

#[test]
fn an_unknown_command_gets_a_list_of_the_known_ones() {
    let words = unsupported("rewind");
    assert!(words.starts_with("unsupported: this player speaks protocol 1"), "{words}");
    for name in RequestKind::ALL {
        assert!(words.contains(name), "{name}");
    }
    assert!(malformed("seek", "no atUs").starts_with("malformed: `seek`"));
}

#[test]
fn commands_and_notices_have_the_names_that_are_sent() {
    let sent = |command: &RequestKind| serde_json::to_value(command).expect("plain data");
    assert_eq!(
        sent(&RequestKind::Seek { at_us: 268_000 }),
        serde_json::json!({ "kind": "seek", "atUs": 268_000 })
    );
    for kind in RequestKind::ALL {
        let whole = serde_json::json!({
            "kind": kind, "atUs": 1, "by": 1, "speedUs": 1, "text": "x", "on": true, "theme": "dark"
        });
        let command: RequestKind = serde_json::from_value(whole).expect(kind);
        assert_eq!(sent(&command)["kind"], kind);
    }
    let without = |kind: &str| {
        let command = serde_json::from_value::<RequestKind>(serde_json::json!({ "kind": kind }));
        command.map_err(|why| why.to_string())
    };
    assert_eq!(without("seek"), Err("it needs atUs".to_owned()));
    assert_eq!(without("play"), Ok(RequestKind::Play));
    assert!(without("rewind").is_err());
    let notice =
        Notification::Leaderchange { at_us: 5, group: "main".to_owned(), leaders: vec![5] };
    assert_eq!(
        serde_json::to_value(notice).expect("plain data"),
        serde_json::json!({ "kind": "leaderchange", "atUs": 5, "group": "main", "leaders": [5] })
    );
}
