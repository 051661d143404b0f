//! A lesson that is written wrongly says where, and what to write.

use hustings::lessons::read;

/// Four steps, of which the first is the given one.
fn lesson(step: &str) -> String {
    let more = "## On\n\nScene: the same\n\nOn.\n\n- do: next\n\n".repeat(3);
    format!("# A lesson\n\nOne line.\n\n{step}\n{more}")
}

#[track_caller]
fn says(text: &str, expected: &str) {
    let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
    let error = read("a-lesson", text).map_err(|mistake| mistake.to_string());
    assert_eq!(error.err().as_deref(), Some(expected), "{text}");
}

#[track_caller]
fn step_says(step: &str, expected: &str) {
    says(&lesson(step), expected);
}

const OPEN: &str = "## One\n\nScene: preset start\n\nWords.\n";

#[test]
fn the_head_is_a_title_and_a_line() {
    says("", "line 1: a lesson begins with `# ` and its title");
    says("A lesson", "line 1: a lesson begins with `# ` and its title");
    says("# A lesson", "line 1: one line about the lesson follows its title");
    says("# A lesson\n\n## One", "line 3: one line about the lesson follows its title");
    says("# A lesson\n\nLine.\n", "line 1: a lesson has four to seven steps, and this one has 0");
    says("# A lesson\n\nLine.\n\nMore.\n", "line 5: `More.` is no entry of a step");
}

#[test]
fn a_step_has_one_scene() {
    let scenes = "write a block of `leader-election`, `Scene: preset NAME` or `Scene: the same`";
    step_says(
        "## One\n\nWords.\n\n- do: next",
        &format!("line 5: this step has no scene: {scenes}"),
    );
    step_says(
        "## One\n\nScene: the same\n\nWords.\n\n- do: next",
        "line 5: the first step has nothing to go on with",
    );
    step_says("## One\n\nScene: preset nobody", "line 7: there is no preset named `nobody`");
    step_says(
        "## One\n\nScene: dark",
        "line 7: `dark` is no scene: write `Scene: preset NAME` or `Scene: the same`",
    );
    step_says(
        "## One\n\nScene: preset start\nScene: preset start",
        "line 8: this step has a second scene",
    );
}

#[test]
fn a_script_must_be_readable() {
    step_says(
        "## One\n\n```leader-election\nat 1s crush 6\n```\n\nWords.\n\n- do: next",
        "line 7: the script cannot be read: line 1, column 7: `crush` is not something that happens \
         at a time; did you mean `crash`?",
    );
    step_says(
        "## One\n\n```leader-election\nat 1s crash 6\n",
        "line 7: the block that opens here is not closed",
    );
}

#[test]
fn an_entry_is_known_and_given_once() {
    step_says(&format!("{OPEN}\n- at: noon\n- do: next"), "line 11: `noon` is no instant");
    step_says(&format!("{OPEN}\n- speed: fast\n- do: next"), "line 11: `fast` is no duration");
    step_says(&format!("{OPEN}\n- select: 0\n- do: next"), "line 11: `0` is no process or message");
    step_says(&format!("{OPEN}\n- do: dance"), "line 11: `dance` is no action");
    step_says(&format!("{OPEN}\n- colour: red"), "line 11: `colour` is no entry of a step");
    step_says(&format!("{OPEN}\n- do: next\n- do: step"), "line 12: `do` is given twice");
    step_says(
        &format!("{OPEN}\n- do: next\n- right: Yes."),
        "line 12: `- right: …` means nothing here",
    );
    step_says("## One\n\nScene: preset start\n\n- do: next", "line 5: this step says nothing");
}

#[test]
fn a_step_asks_for_an_action_or_an_answer() {
    step_says(OPEN, "line 5: this step has no `- do: …`");
    step_says(&format!("{OPEN}\n- do: crash 6"), "line 5: this step has no `- then: …`");
    step_says(&format!("{OPEN}\n- do: next\n  - [x] 5"), "line 5: this step has no `- ask: …`");
    let asked = |answers: &str| format!("{OPEN}\n- ask: Who?\n{answers}");
    step_says(
        &asked("  - [x] 5"),
        "line 5: a question has two to four answers, and this one has 1",
    );
    let right = "line 5: one answer is right, marked by `[x]`; here it is";
    step_says(&asked("  - [ ] 4\n  - [ ] 5"), &format!("{right} 0"));
    step_says(&asked("  - [x] 4\n  - [x] 5"), &format!("{right} 2"));
    step_says(&asked("  - [ ] 4\n  - [x] 5"), "line 5: this step has no `- answer: …`");
}

#[test]
fn an_entry_and_a_paragraph_go_on_in_the_next_line() {
    let text = lesson(&format!("{OPEN}More\nwords.\n\n- do: step\n- then: It\n  stepped.\n"));
    let text: &'static str = Box::leak(text.into_boxed_str());
    let read = read("a-lesson", text).expect("it can be read");
    assert_eq!(read.steps[0].words, "Words. More words.");
    let task = format!("{:?}", read.steps[0].task);
    assert!(task.contains("It stepped."), "{task}");
}
