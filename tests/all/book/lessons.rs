//! The lessons as pages of the book: what a step says, a figure of what it shows, and the answers.

use super::made_from;
use crate::golden;
use crate::play::play;
use hustings::lessons::{self, AwaitedCommand, Lesson, LessonStep, StepScene, StepTask};
use hustings::report::{GroupReport, Report};
use hustings::run::Run;
use hustings::session::LessonAction;
use hustings::session::lesson::LessonProgress;
use hustings::session::{Action, CommandContext, Document, PlaybackPace, RunView, State};
use hustings::time::{Duration, Time};
use std::fmt::Write;

/// How many seconds of playing show what follows from an action.
const WATCHED: u64 = 2;
/// The default speed of a figure.
const SPEED: Duration = Duration::ms(50);

#[test]
fn the_lessons_are_pages_of_the_book() {
    let mut path = format!("# Lessons\n\n{}", made_from("lessons/"));
    path += "Ten lessons lead from a first leader to split brains and what prevents them. Each \
        lesson has a few steps, most with\na figure. In the page each step asks for one action or one answer.\n\n";
    for (place, lesson) in lessons::all().iter().enumerate() {
        let file = format!("{}-{}.md", place + 1, lesson.name);
        let _ =
            writeln!(path, "{}. [{}](lessons/{file}): {}", place + 1, lesson.title, lesson.about);
        golden::check(&format!("docs/src/lessons/{file}"), &page(place, lesson));
    }
    golden::check("docs/src/lessons.md", &path);
}

fn page(place: usize, lesson: &Lesson) -> String {
    let Lesson { name, title, about, steps } = lesson;
    let mut page = format!("# {title}\n\n");
    page += &made_from(&format!("lessons/{}-{name}.md", place + 1));
    let _ = writeln!(page, "{about} [Do this lesson in the page.](../../#lesson/{name})");
    let mut speed = SPEED;
    for (number, step) in steps.iter().enumerate() {
        speed = step.speed.unwrap_or(speed);
        let learning = LessonProgress::enter(place, number).expect("there is such a step");
        let _ = write!(page, "\n## {}\n\n{}\n", step.title, step.words);
        page += &section(step, &Walked::to(&learning, step, speed));
    }
    page
}

/// What a step asks for, its figure, and what followed.
fn section(step: &LessonStep, walked: &Walked) -> String {
    let figure = if is_seen(step) { format!("\n{}", walked.figure()) } else { String::new() };
    match &step.task {
        StepTask::Act { awaited: AwaitedCommand::Next, .. } => figure,
        StepTask::Act { awaited, then } => format!("{}{figure}\n{then}\n", asked(awaited, walked)),
        StepTask::Question(question) => {
            let answers = question.answers.iter().map(|answer| format!("- {answer}\n"));
            format!(
                "\n**{}**\n\n{}{figure}\n<details>\n<summary>The answer</summary>\n\n**{}.** {}\n\n</details>\n",
                question.words,
                answers.collect::<String>(),
                question.answers[question.right],
                question.when_right
            )
        }
    }
}

/// Whether it shows what the figure before it does not.
fn is_seen(step: &LessonStep) -> bool {
    let shows = match &step.task {
        StepTask::Question(_) => true,
        StepTask::Act { awaited, .. } => !matches!(
            awaited,
            AwaitedCommand::Next
                | AwaitedCommand::Select(_)
                | AwaitedCommand::Why
                | AwaitedCommand::Search
        ),
    };
    shows || step.ground != StepScene::Same
}

/// What is said before the figure; nothing where the step's own words have said it.
fn asked(awaited: &AwaitedCommand, walked: &Walked) -> String {
    match awaited {
        AwaitedCommand::Next | AwaitedCommand::Step | AwaitedCommand::Select(_) => String::new(),
        AwaitedCommand::Play(to) => format!("\nPlay it to {}.\n", to.spoken()),
        AwaitedCommand::AddFault(_) => format!("\nThis line is new: `{}`.\n", walked.added()),
        AwaitedCommand::Split(_) => {
            format!("\nSuch a line makes two processes lead: `{}`.\n", walked.added())
        }
        AwaitedCommand::Search => {
            "\nOn the command line, [`hustings search`](../search.md) does it.\n".to_owned()
        }
        AwaitedCommand::Algorithm(_) => format!("\nThis line has changed: `{}`.\n", walked.added()),
        AwaitedCommand::Why => {
            "\nIn the page, *Why?* leads back from what happened to its cause.\n".to_owned()
        }
    }
}

/// A step once it is done.
struct Walked {
    before: Document,
    document: Document,
    from: Time,
    to: Time,
    speed: Duration,
}

impl Walked {
    fn to(learning: &LessonProgress, step: &LessonStep, speed: Duration) -> Self {
        let start = State::new(Document::of(&Default::default()));
        let enter = LessonAction::EnterStep(learning.place(), learning.step_place());
        let state = start.apply(Action::Lesson(enter));
        let before = state.document().clone();
        let run = Run::of(before.scenario().clone());
        let from =
            state.playback.cursor(0.0, &PlaybackPace { end: run.end(), ..PlaybackPace::default() });
        let soon = from + Duration::us(speed.as_us() * WATCHED);
        let (document, to) = match &step.task {
            StepTask::Question(question) => (before.clone(), question.until),
            StepTask::Act { awaited, .. } => match awaited {
                AwaitedCommand::Play(to) => (before.clone(), *to),
                AwaitedCommand::Step => (before.clone(), run.next_instant(from).unwrap_or(soon)),
                AwaitedCommand::AddFault(_) => (done(&state, from), soon),
                AwaitedCommand::Algorithm(_) => (done(&state, from), run.end()),
                AwaitedCommand::Split(_) => {
                    let split = done(&state, from);
                    let end = Run::of(split.scenario().clone()).end();
                    (split, end)
                }
                AwaitedCommand::Next
                | AwaitedCommand::Select(_)
                | AwaitedCommand::Why
                | AwaitedCommand::Search => (before.clone(), soon),
            },
        };
        Self { before, document, from, to: to.min(run.end()), speed }
    }

    /// The line that the deed has added.
    fn added(&self) -> &str {
        let before: Vec<&str> = self.before.text().lines().collect();
        let mut lines = self.document.text().lines();
        lines.find(|line| !line.is_empty() && !before.contains(line)).expect("a line is new")
    }

    fn figure(&self) -> String {
        let Self { from, to, speed, .. } = self;
        let others = ["about", "#", "expect", "figure"];
        let is_own = |line: &&str| !others.iter().any(|other| line.starts_with(other));
        let lines: Vec<&str> = self.document.text().lines().filter(is_own).collect();
        // What told of the scenario leaves its empty lines behind.
        let mut lines = lines.join("\n");
        while lines.contains("\n\n\n") {
            lines = lines.replace("\n\n\n", "\n\n");
        }
        let script = lines.trim().replacen("\"\n\nalgorithm", "\"\nalgorithm", 1);
        let expected = expected(&play(&script).report());
        let figure = format!("figure start {from} end {to} speed {speed}");
        let whole = format!("{script}\n\n{expected}\n{figure}\n");
        let played = play(&whole);
        assert!(played.report().holds(), "{whole}");
        format!("```leader-election\n{whole}```\n")
    }
}

fn done(state: &State, cursor: Time) -> Document {
    let document = state.document();
    let run_view = RunView::new(Run::of(document.scenario().clone()), document);
    let scene = CommandContext {
        state,
        run_view: &run_view,
        cursor,
        now: 0.0,
        reduced_motion: false,
        comparison: None,
    };
    let mut actions = state.lesson.expect("it is in a lesson").by_itself(scene);
    state.apply(actions.pop().expect("it can be done")).document().clone()
}

/// What is so at the end of the run, as lines that expect it.
fn expected(report: &Report) -> String {
    let several = report.groups.len() > 1;
    let lines = report.groups.iter().map(|group| {
        let suffix = if several { format!(" in {}", group.name) } else { String::new() };
        of_group(group, &suffix)
    });
    lines.collect()
}

fn of_group(group: &GroupReport, suffix: &str) -> String {
    let last = group.leaders.last().expect("the run has a state");
    // A whole millisecond, so that it is read easily; the state holds from then on.
    let since = Time::us(last.from_us.div_ceil(1_000) * 1_000);
    let mut lines = match &*last.leaders {
        [] => format!("expect leader none by {since}{suffix}\n"),
        [leader] => format!("expect leader {leader} by {since}{suffix}\n"),
        _ => format!("expect split brain after {since}{suffix}\n"),
    };
    if group.split_brain_us == 0 {
        let _ = writeln!(lines, "expect no split brain{suffix}");
    }
    lines
}
