//! The story around an instant: the same lines as the walk-through has, in stretches.

use hustings::presets;
use hustings::run::Run;
use hustings::session::{Document, RunView};
use hustings::time::Time;

fn run_view(text: &str) -> RunView {
    let document = Document::read(text).expect("it can be read");
    RunView::new(Run::of(document.scenario().clone()), &document)
}

fn preset(name: &str) -> RunView {
    run_view(presets::find(name).expect("a preset").script)
}

fn texts(run_view: &RunView, around: Time, before: usize, after: usize) -> Vec<String> {
    run_view.story(around, before, after).entries.into_iter().map(|entry| entry.line.text).collect()
}

#[test]
fn the_story_has_the_lines_around_the_cursor_in_the_order_of_the_run() {
    let run_view = preset("bully-figure");
    let excerpt = run_view.story(Time::ms(268), 3, 1);
    let texts: Vec<&str> = excerpt.entries.iter().map(|entry| &*entry.line.text).collect();
    assert_eq!(
        texts,
        [
            "3 hears that 4 is alive.",
            "3 hears that 5 is alive.",
            "3 has waited 60 ms. The highest rank that answered is 5, so 3 tells 5 to proceed.",
            "5 receives Proceed from 3, so it takes the lead and tells 1, 2, 3 and 4.",
        ]
    );
    assert_eq!(excerpt.current(Time::ms(268)), Some(2));
    assert!(!excerpt.is_from_start && !excerpt.is_to_end);
}

#[test]
fn before_anything_has_happened_nothing_is_current_and_what_comes_first_is_known() {
    let excerpt = preset("bully-figure").story(Time::ZERO, 20, 20);
    assert_eq!(excerpt.current(Time::ZERO), None);
    assert!(excerpt.is_from_start);
    assert_eq!(excerpt.entries[0].line.text, "6, the leader, crashes.");
}

#[test]
fn near_an_end_of_the_run_the_other_side_has_the_rest_of_the_lines() {
    let run_view = preset("split-brain");
    let whole = texts(&run_view, Time::ZERO, 0, 1_000_000);
    assert!(whole.len() > 12, "{whole:#?}");
    assert_eq!(texts(&run_view, Time::ZERO, 6, 4), whole[..10]);
    assert_eq!(texts(&run_view, run_view.run.end(), 6, 4), whole[whole.len() - 10..]);
    let at_second = run_view.story(Time::ZERO, 0, 2).entries[1].line.at;
    assert_eq!(texts(&run_view, at_second, 6, 4), whole[..10]);
    assert_eq!(texts(&run_view, at_second, 1_000, 4), whole);
}

#[test]
fn stretches_from_anywhere_are_parts_of_one_story() {
    for preset in presets::ALL {
        let run_view = run_view(preset.script);
        let end = run_view.run.end();
        let whole = texts(&run_view, end, 1_000_000, 0);
        assert!(whole.ends_with(&texts(&run_view, Time::ZERO, 0, 1_000_000)), "{}", preset.name);
        for part in 0..=20 {
            let at = Time::us(end.as_us() * part / 20);
            let around = texts(&run_view, at, 4, 4);
            let is_part = around.is_empty() || whole.windows(around.len()).any(|w| w == around);
            assert!(is_part, "{} at {}: {around:?}", preset.name, at.stamp());
            let excerpt = run_view.story(at, 4, 4);
            let current = excerpt.current(at).map(|place| excerpt.entries[place].line.text.clone());
            assert_eq!(current, run_view.sentence(at).map(|line| line.text), "{}", preset.name);
        }
    }
}

#[test]
fn a_run_of_many_events_is_listed_by_the_screenful() {
    let run_view = run_view(
        "processes 12
detector heartbeat every 5ms timeout 40ms
loss 2%
\
         at 100ms flap 12 down 60ms up 60ms
until 25s",
    );
    assert!(run_view.run.events_so_far() > 100_000, "{}", run_view.run.events_so_far());
    let middle = Time::us(run_view.run.end().as_us() / 2);
    let excerpt = run_view.story(middle, 24, 24);
    assert_eq!(excerpt.entries.len(), 48);
    assert!(excerpt.entries.is_sorted_by_key(|entry| (entry.line.at, entry.line.first)));
    let copied = run_view.copied(middle);
    assert_eq!(copied.text.lines().count(), 400);
    assert!(copied.notice.contains("400 lines around the cursor"), "{}", copied.notice);
}

#[test]
fn a_short_run_is_copied_as_a_whole() {
    let run_view = preset("bully-figure");
    let copied = run_view.copied(Time::ms(268));
    assert_eq!(copied.text, hustings::narration::transcript(&run_view.run));
}
