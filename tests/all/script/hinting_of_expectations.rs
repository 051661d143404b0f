//! Expectations that may be a trap.

use super::hinting::{NONE, hints};

/// A claim about every run that one fault may refute, or that is the opposite of what is meant.
#[test]
fn what_always_expects_of_every_run() {
    let with = |expect: &str| hints(&format!("at 100ms crash 6\nat 200ms suspect 3\n{expect}"));
    let crash = "line 3: an added crash of process 5 can break this by itself; name other kinds of \
                 faults, as in `of cut lose`, or expect `agreement`";
    assert_eq!(with("expect always leader 5 by 2s with 1 fault"), [crash]);
    assert_eq!(with("expect always 5 leads with 2 faults of lose crash"), [crash]);
    assert_eq!(with("expect always 5 follows 3 with 2 faults of lose crash"), [crash]);
    assert_eq!(with("expect always leader 5 by 2s with 1 fault of lose cut"), NONE);
    assert_eq!(with("expect always agreement by 2s with 1 fault"), NONE);
    assert_eq!(with("expect leader 5 by 2s"), NONE);
    let split = "line 3: this claims that each run with added faults has a split brain; to claim \
                 that none has one, write `always no split brain`";
    assert_eq!(with("expect always split brain with 1 fault"), [split]);
    assert_eq!(with("expect always no split brain with 1 fault"), NONE);
    assert_eq!(with("expect split brain"), NONE);
}
