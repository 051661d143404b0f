//! Overrides that found nothing to fix are reported, each with its reason.

use crate::play::play;

fn reasons(story: &str) -> Vec<(String, String)> {
    let report = play(story).report();
    report.unused_overrides.into_iter().map(|unused| (unused.text, unused.reason)).collect()
}

#[track_caller]
fn unused(text: &str, reason: &str) {
    let story = "latency 10ms\nat 100ms crash 6\nat 150ms cut 3->4\nat 200ms suspect 3\nuntil 2s";
    assert_eq!(reasons(&format!("{story}\n{text}")), [(text.to_owned(), reason.to_owned())]);
}

/// "An override that finds nothing to fix … is listed in the report with the reason."
#[test]
fn an_unused_override_says_why() {
    unused("message Election 3->5 #2 lost", "no second Election from 3 to 5 is ever sent");
    unused("message Election 3->5 #13 lost", "no 13th Election from 3 to 5 is ever sent");
    unused("message Election 3->5 #21 lost", "no 21st Election from 3 to 5 is ever sent");
    unused(
        "message Election 3->5 #1 copy lost",
        "no copy of the first Election from 3 to 5 is ever made",
    );
    unused(
        "timer alive 3 #2 fires 500ms",
        "process 3 never sets its alive timer for the second time",
    );
    unused(
        "message Election 3->5 #1 arrives 199ms",
        "it is sent only at 200 ms, after the instant that the override names",
    );
    unused(
        "timer alive 3 #1 fires 199ms",
        "it is set only at 200 ms, after the instant that the override names",
    );
    for fate in ["lost", "arrives 250ms", "delayed 5ms", "duplicated"] {
        unused(
            &format!("message Election 3->4 #1 {fate}"),
            "its link is cut when it is sent, at 200 ms",
        );
    }
}

#[test]
fn an_override_that_found_its_choice_is_not_reported() {
    let story = "latency 10ms\nat 100ms crash 6\nat 200ms suspect 3\nuntil 2s";
    for text in [
        "message Election 3->5 #1 lost",
        "message Election 3->5 #1 arrives 200ms",
        "message Election 3->5 #1 delayed 0ms",
        "message Election 3->5 #1 duplicated",
        "message Election 3->5 #1 duplicated\nmessage Election 3->5 #1 copy lost",
        "timer alive 3 #1 fires 200ms",
        // It reaches a crashed process, as it would have without the override.
        "message Election 3->6 #1 arrives 500ms",
    ] {
        assert_eq!(reasons(&format!("{story}\n{text}")), [], "{text}");
    }
}

/// An edit that came too late changes nothing at all.
#[test]
fn an_edit_that_came_too_late_changes_nothing() {
    let story = "loss 30%\nat 100ms crash 6\nat 200ms suspect 3\nuntil 2s";
    let plain = play(story);
    let edited = play(&format!(
        "{story}\nmessage Election 3->5 #1 arrives 150ms\ntimer alive 3 #1 fires 150ms"
    ));
    assert_eq!(plain.run.digest(), edited.run.digest());
}

#[test]
fn the_reason_names_processes_as_every_sentence_does() {
    let reason = |text: &str| reasons(&format!("name 3 \"db-c\"\nuntil 1s\n{text}")).remove(0).1;
    let sent = reason("message Election 3->5 #2 lost");
    assert_eq!(sent, "no second Election from db-c to 5 is ever sent");
    let set = reason("timer alive 3 #2 fires 500ms");
    assert_eq!(set, "process db-c never sets its alive timer for the second time");
}
