//! A run as a Mermaid sequence diagram: an arrow where a message arrives, a crossed one where it is lost, and
//! a note for any other event. Heartbeats that change nothing are counted.
//!
//! Mermaid refuses more than 50,000 characters, so a longer run ends with a note that says so.

use crate::choice::{ChoiceId, MessageId};
use crate::narration::{StoryLine, describe};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::simulation::{Event, EventKind, LossReason};
use crate::types::{MessageKind, Rank, Role};
use std::fmt::{self, Write};

/// Mermaid's `maxTextSize`, less the space for the last note.
const MOST: usize = 50_000 - 500;
/// The width of a note, in characters.
const WIDTH: usize = 34;

pub(crate) fn write(run: &Run, out: &mut dyn Write) -> fmt::Result {
    let scenario = run.scenario();
    let mut diagram =
        SequenceDiagram { scenario, text: String::new(), left: MOST, heartbeats: [0; 2] };
    diagram.open()?;
    diagram.pass(out)?;
    for events in run.instants() {
        let mut lines = describe(&events, run.head()).into_iter().peekable();
        let mut described = None;
        for event in &events {
            let line = lines.next_if(|line| line.first == event.id);
            // A loss or a copy comes between the events of a process and does not end its line.
            if !matches!(event.what, EventKind::Lost(_) | EventKind::Duplicated { .. }) {
                described = line.map(|line| (line, event)).or(described);
            }
            diagram.event(event, described.as_ref())?;
        }
        if !diagram.pass(out)? {
            return diagram.give_up(run, out);
        }
    }
    diagram.end_stretch()?;
    diagram.pass(out)?;
    Ok(())
}

struct SequenceDiagram<'a> {
    scenario: &'a Scenario,
    /// Text that is not written yet.
    text: String,
    /// How many characters may still be written.
    left: usize,
    /// How many heartbeats arrived, and how many were lost, since the last other event.
    heartbeats: [u32; 2],
}

impl SequenceDiagram<'_> {
    fn open(&mut self) -> fmt::Result {
        writeln!(self.text, "sequenceDiagram")?;
        if let Some(title) = &self.scenario.title {
            writeln!(self.text, "  title {}", escaped(title))?;
        }
        for rank in &self.scenario.ranks {
            let called = escaped(&self.scenario.called(*rank).to_string()).to_string();
            writeln!(self.text, "  participant p{rank} as {called}")?;
        }
        Ok(())
    }

    /// Writes the pending text, if it fits.
    fn pass(&mut self, out: &mut dyn Write) -> Result<bool, fmt::Error> {
        let length = self.text.chars().count();
        let Some(left) = self.left.checked_sub(length) else { return Ok(false) };
        self.left = left;
        out.write_str(&self.text)?;
        self.text.clear();
        Ok(true)
    }

    fn give_up(mut self, run: &Run, out: &mut dyn Write) -> fmt::Result {
        self.text.clear();
        let words = format!("The run goes on to {}. Mermaid draws no more.", run.end().spoken());
        self.over_all(&words)?;
        out.write_str(&self.text)
    }

    /// `told` is the line of a process at that instant, and the first event of the line.
    fn event(&mut self, event: &Event, described: Option<&(StoryLine, &Event)>) -> fmt::Result {
        match (event.what, event.choice) {
            (EventKind::Lost(_), Some(ChoiceId::Message(name)))
                if name.kind == MessageKind::Heartbeat =>
            {
                self.heartbeats[1] += 1;
                Ok(())
            }
            (EventKind::Lost(loss), Some(ChoiceId::Message(name))) => {
                self.end_stretch()?;
                self.arrow(name, event, Some(loss))
            }
            _ => match described {
                Some((line, head)) => self.action(event, line, head),
                None => Ok(()),
            },
        }
    }

    fn action(&mut self, event: &Event, line: &StoryLine, head: &Event) -> fmt::Result {
        let is_mail = head.what == EventKind::Received;
        match (event.what, event.choice, event.rank) {
            (EventKind::Received, ..) if line.routine => {
                self.heartbeats[0] += 1;
                Ok(())
            }
            (EventKind::Received, Some(ChoiceId::Message(name)), _) => {
                self.end_stretch()?;
                self.arrow(name, event, None)
            }
            (EventKind::Became(role), _, Some(me)) if is_mail && !line.routine => {
                self.belief(role, me)
            }
            _ if event.id != head.id || line.routine => Ok(()),
            (_, _, rank) => {
                self.end_stretch()?;
                let words = format!("{}: {}", event.at.spoken(), line.text);
                match rank {
                    Some(me) => writeln!(self.text, "  Note over p{me}: {}", note(&words)),
                    None => self.over_all(&words),
                }
            }
        }
    }

    fn arrow(&mut self, name: MessageId, event: &Event, lost: Option<LossReason>) -> fmt::Result {
        let MessageId { kind, from, to, copy, .. } = name;
        let arrow = if lost.is_some() { "-x" } else { "->>" };
        write!(self.text, "  p{from}{arrow}p{to}: {kind}")?;
        if copy {
            self.text.write_str(", a copy")?;
        }
        if self.scenario.is_grouped() {
            write!(self.text, " of {}", escaped(&self.scenario.group(name.group).name))?;
        }
        if let Some(loss) = lost {
            self.text.write_str(match loss {
                LossReason::Chance | LossReason::Override => ", lost",
                LossReason::Cut => ", stopped by the cut",
                LossReason::Crashed => ", nobody there",
            })?;
        }
        writeln!(self.text, ", {}", event.at.spoken())
    }

    /// The belief that a message changes; other notes mention it themselves.
    fn belief(&mut self, role: Role, me: Rank) -> fmt::Result {
        let says = match role {
            Role::Follows(leader) => {
                format!("follows {}", escaped(&self.scenario.called(leader).to_string()))
            }
            Role::Leads => "leads".to_owned(),
            Role::Claims => "claims to lead".to_owned(),
            Role::BelievesNobody
            | Role::Electing
            | Role::AwaitingElected
            | Role::Delaying
            | Role::PreCandidate
            | Role::Candidate => return Ok(()),
        };
        writeln!(self.text, "  Note over p{me}: {says}")
    }

    fn end_stretch(&mut self) -> fmt::Result {
        let [arrived, lost] = std::mem::take(&mut self.heartbeats);
        let many = |count: u32| match count {
            1 => format!("1 {}", MessageKind::Heartbeat),
            count => format!("{count} {}s", MessageKind::Heartbeat),
        };
        let s = if arrived == 1 { "s" } else { "" };
        let are = if lost == 1 { "is" } else { "are" };
        let words = match (arrived, lost) {
            (0, 0) => return Ok(()),
            (_, 0) => format!("{} arrive{s}", many(arrived)),
            (0, _) => format!("{} {are} lost", many(lost)),
            _ => format!("{} arrive{s}, {lost} {are} lost", many(arrived)),
        };
        self.over_all(&words)
    }

    fn over_all(&mut self, words: &str) -> fmt::Result {
        let [first, last] = [self.scenario.ranks.first(), self.scenario.ranks.last()];
        let (Some(first), Some(last)) = (first, last) else { return Ok(()) };
        match first == last {
            true => writeln!(self.text, "  Note over p{first}: {}", note(words)),
            false => writeln!(self.text, "  Note over p{first},p{last}: {}", note(words)),
        }
    }
}

/// Text in lines of a readable length.
fn note(words: &str) -> String {
    let (mut text, mut length) = (String::new(), 0);
    for word in words.split_whitespace() {
        let letters = word.chars().count();
        if length > 0 {
            let breaks = length + letters >= WIDTH;
            text += if breaks { "<br/>" } else { " " };
            length = if breaks { 0 } else { length + 1 };
        }
        text += &escaped(word).to_string();
        length += letters;
    }
    text
}

/// Encodes what Mermaid would read as the end of a statement, an entity or a tag.
fn escaped(words: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        words.chars().try_for_each(|letter| match letter {
            '#' | ';' | '<' | '>' | '&' | '"' | '%' | '{' | '}' | '\\' | '`' => {
                write!(f, "#{};", u32::from(letter))
            }
            _ if letter.is_control() => f.write_char(' '),
            _ => f.write_char(letter),
        })
    })
}
