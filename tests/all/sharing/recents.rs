//! What was worked on last: one entry for one piece of work, the newest first.

use super::document;
use hustings::session::Document;
use hustings::session::stored::{MOST, Recents};

fn script(title: &str) -> Document {
    Document::read(&format!("title \"{title}\"  # mine\nat 1ms crash 6\n")).expect("a script")
}

fn titles(recents: &Recents) -> Vec<String> {
    recents.rows(0).into_iter().map(|row| row.title).collect()
}

/// As a browser keeps it from one visit to the next.
fn kept(recents: &Recents) -> Recents {
    let (read, is_whole) = Recents::read(&recents.written());
    assert!(is_whole);
    assert_eq!(&read, recents);
    read
}

#[test]
fn a_piece_of_work_is_one_entry_however_often_it_changes() {
    let mut recents = Recents::default();
    let mut before: Option<String> = None;
    for title in ["first", "first, changed", "first, changed again"] {
        let document = script(title);
        recents = recents.noted(&document, 0, before.as_deref()).expect("kept");
        before = Some(document.text().to_owned());
    }
    assert_eq!(titles(&recents), ["first, changed again"]);
    // Another piece of work leaves it where it is.
    let both = recents.noted(&script("second"), 1, None).expect("kept");
    assert_eq!(titles(&kept(&both)), ["second", "first, changed again"]);
}

#[test]
fn what_is_undone_to_comes_up_again_and_nothing_is_lost() {
    let recents = Recents::default().noted(&script("old"), 0, None).expect("kept");
    let new = script("new");
    let recents = recents.noted(&new, 1, None).expect("kept");
    let undone = recents.noted(&script("old"), 2, Some(new.text())).expect("kept");
    assert_eq!(titles(&undone), ["old", "new"]);
}

#[test]
fn a_preset_stays_only_until_something_else_is_opened() {
    let visited = Recents::default().noted(&document("two-leaders"), 0, None).expect("kept");
    assert_eq!(visited.last().as_ref(), Some(&document("two-leaders")));
    // The gallery has it anyway.
    assert_eq!(titles(&visited), Vec::<String>::new());
    let worked = kept(&visited).noted(&script("mine"), 1, None).expect("kept");
    assert_eq!(worked.last(), Some(script("mine")));
    assert_eq!(worked.written().matches("preset").count(), 0);
    // The start is what every visitor opens.
    assert_eq!(worked.noted(&document("start"), 2, None), None);
}

#[test]
fn the_oldest_go_first() {
    let mut recents = Recents::default();
    for place in 0..MOST + 3 {
        recents = recents.noted(&script(&format!("work {place}")), 0, None).expect("kept");
    }
    let titles = titles(&kept(&recents));
    assert_eq!(titles.len(), MOST);
    assert_eq!((&*titles[0], &*titles[MOST - 1]), ("work 14", "work 3"));
    let fewer = recents.without_oldest().expect("there are more");
    assert_eq!(fewer.rows(0).len(), MOST - 1);
    let one = Recents::default().noted(&script("only"), 0, None).expect("kept");
    assert_eq!(one.without_oldest(), None);
}

#[test]
fn a_row_says_what_it_is_and_how_old() {
    const MINUTE: u64 = 60_000;
    let recents = Recents::default().noted(&script("mine"), 5 * MINUTE, None).expect("kept");
    let ago = |minutes: u64| recents.rows(minutes * MINUTE)[0].ago.clone();
    assert_eq!(ago(5), "just now");
    assert_eq!(ago(17), "12 min ago");
    assert_eq!(ago(5 + 61), "1 h ago");
    assert_eq!(ago(5 + 26 * 60), "yesterday");
    assert_eq!(ago(5 + 49 * 60), "2 days ago");
    // A clock that was put back.
    assert_eq!(ago(0), "just now");
    assert_eq!(recents.rows(0)[0].algorithm, "Bully");
}

#[test]
fn what_somebody_spoilt_costs_no_more_than_itself() {
    let whole = Recents::default().noted(&script("mine"), 0, None).expect("kept").written();
    for (kept, rows) in [
        ("script \0 proceses", 0),
        ("recent 2\n", 0),
        ("recent 1\nscript 1 99999\nshort\n", 0),
        ("recent 1\nscript x 1\na\n", 0),
        ("recent 1\nfile 1 1\na\n", 0),
        (&*format!("{whole}script"), 1),
        (&*format!("{whole}script 1 18446744073709551616\n"), 1),
        (&*format!("{whole}script 1 1\n\u{e9}\n"), 1),
    ] {
        let (recents, is_whole) = Recents::read(kept);
        assert!(!is_whole, "{kept}");
        assert_eq!(recents.rows(0).len(), rows, "{kept}");
    }
    assert_eq!(Recents::read(""), (Recents::default(), true));
    // A script that can no longer be read is passed over.
    let (odd, is_whole) = Recents::read("recent 1\nscript 1 8\nproceses\npreset 1 4\ngone\n");
    assert!(is_whole && odd.rows(0).is_empty() && odd.last().is_none());
}

#[test]
fn a_link_of_something_recent_opens_in_its_own_spelling_but_with_no_other_comments() {
    let mine = Document::read("SEED 7\nat 1000ms crash 6  # mine").expect("a script");
    let recents = Recents::default().noted(&mine, 0, None).expect("kept");
    let opened = |text: &str| Document::read(text).expect("a script");
    assert_eq!(recents.as_written(&opened("seed 7\nat 1s crash 6      # mine\n")), Some(mine));
    assert_eq!(recents.as_written(&opened("seed 7\nat 1s crash 6\n")), None);
}
