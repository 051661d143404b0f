//! A run as a Mermaid sequence diagram: an arrow where a message arrives, a crossed one where it is
//! lost, and a note for everything else. Heartbeats that come and go as they should are counted.
//!
//! Mermaid refuses more than 50,000 characters, so a longer run ends with a note that says so.

use crate::narration::{Line, tell};
use crate::occurrence::{MessageName, Occurrence};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::simulation::{Event, Loss, What};
use crate::vocabulary::{MessageKind, Rank, Standing};
use std::fmt::{self, Write};

/// Mermaid's `maxTextSize`, with room for the last note.
const MOST: usize = 50_000 - 500;
/// How wide a note is, in letters.
const WIDTH: usize = 34;

pub fn write(run: &Run, out: &mut dyn Write) -> fmt::Result {
    let scenario = run.scenario();
    let mut diagram = Diagram { scenario, text: String::new(), left: MOST, heartbeats: 0 };
    diagram.open()?;
    diagram.pass(out)?;
    for events in run.instants() {
        let mut lines = tell(&events, run.head()).into_iter().peekable();
        let mut line = None;
        for event in &events {
            line = lines.next_if(|line| line.first == event.id).or(line);
            if let Some(line) = &line {
                diagram.event(event, line)?;
            }
        }
        if !diagram.pass(out)? {
            return diagram.give_up(run, out);
        }
    }
    diagram.end_stretch()?;
    diagram.pass(out)?;
    Ok(())
}

struct Diagram<'a> {
    scenario: &'a Scenario,
    /// What is not passed on yet.
    text: String,
    /// How many characters there may still be.
    left: usize,
    /// How many arrived since anything else happened.
    heartbeats: u32,
}

impl Diagram<'_> {
    fn open(&mut self) -> fmt::Result {
        writeln!(self.text, "sequenceDiagram")?;
        if let Some(title) = &self.scenario.title {
            writeln!(self.text, "  title {}", escaped(title))?;
        }
        for rank in &self.scenario.ranks {
            writeln!(self.text, "  participant p{rank} as {rank}")?;
        }
        Ok(())
    }

    /// Hands on what is written, if there is room for it.
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

    /// `line` tells it: alone, with what follows from it, or with what it follows from.
    fn event(&mut self, event: &Event, line: &Line) -> fmt::Result {
        let heads = line.first == event.id;
        match (event.what, event.occurrence, event.rank) {
            (What::Received, Some(Occurrence::Message(_)), _) if line.routine => {
                self.heartbeats += 1;
                Ok(())
            }
            (What::Received, Some(Occurrence::Message(name)), _) => {
                self.end_stretch()?;
                self.arrow(name, event, None)
            }
            (What::Lost(loss), Some(Occurrence::Message(name)), _) => {
                self.end_stretch()?;
                self.arrow(name, event, Some(loss))
            }
            (What::Became(standing), _, Some(me)) if !line.routine => self.belief(standing, me),
            (What::Sent { .. } | What::StartedElection | What::Suspected, ..) if !heads => Ok(()),
            (What::Duplicated { .. } | What::Became(_), ..) => Ok(()),
            _ if !heads || line.routine => Ok(()),
            (_, _, Some(me)) => {
                self.end_stretch()?;
                let told = format!("{}: {}", event.at.spoken(), line.text);
                writeln!(self.text, "  Note over p{me}: {}", note(&told))
            }
            (_, _, None) => {
                self.end_stretch()?;
                self.over_all(&format!("{}: {}", event.at.spoken(), line.text))
            }
        }
    }

    fn arrow(&mut self, name: MessageName, event: &Event, lost: Option<Loss>) -> fmt::Result {
        let MessageName { kind, from, to, copy, .. } = name;
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
                Loss::Chance | Loss::Edit => ", lost",
                Loss::Cut => ", stopped by the cut",
                Loss::Crashed => ", nobody there",
            })?;
        }
        writeln!(self.text, ", {}", event.at.spoken())
    }

    /// What a message changes; notes of other things say it themselves.
    fn belief(&mut self, standing: Standing, me: Rank) -> fmt::Result {
        let says = match standing {
            Standing::Follows(leader) => format!("follows {leader}"),
            Standing::Leads => "leads".to_owned(),
            Standing::BelievesNobody | Standing::Electing | Standing::AwaitingElected => {
                return Ok(());
            }
        };
        writeln!(self.text, "  Note over p{me}: {says}")
    }

    fn end_stretch(&mut self) -> fmt::Result {
        let words = match std::mem::take(&mut self.heartbeats) {
            0 => return Ok(()),
            1 => format!("1 {} arrives", MessageKind::Heartbeat),
            many => format!("{many} {}s arrive", MessageKind::Heartbeat),
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

/// In lines of a readable length.
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

/// What Mermaid would read as the end of a statement, an entity or a tag is named.
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
