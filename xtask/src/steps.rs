//! A step prints its name, its duration and, if it fails, a remedy.

use crate::Result;
use std::fmt;
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

/// A step and the remedy of its failure.
pub struct Step<'a> {
    /// The heading.
    pub name: &'a str,
    /// The command that repeats this step alone.
    pub again: &'a str,
    /// The most frequent remedy.
    pub remedy: &'a str,
}

/// Runs steps and remembers their times for the closing table.
pub struct Steps {
    begun: Instant,
    done: Vec<(String, Duration)>,
    bold: bool,
}

impl Steps {
    pub fn new() -> Self {
        Self { begun: Instant::now(), done: Vec::new(), bold: stderr().is_terminal() }
    }

    pub fn run<T>(&mut self, step: &Step, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.heading(step.name);
        let since = Instant::now();
        let result = work();
        let took = since.elapsed();
        match result {
            Ok(value) => {
                eprintln!("    done in {}", Seconds(took));
                self.done.push((step.name.to_owned(), took));
                Ok(value)
            }
            Err(error) => Err(Box::new(Failure {
                name: step.name.to_owned(),
                took,
                error: error.to_string(),
                again: step.again.to_owned(),
                remedy: step.remedy.to_owned(),
            })),
        }
    }

    /// One line about something that is left out.
    pub fn skip(&self, what: &str) {
        self.heading(what);
    }

    /// The times of all steps, where there was more than one.
    pub fn finish(&mut self) {
        if self.done.len() > 1 {
            eprintln!();
            self.heading(&format!("all steps done in {}", Seconds(self.begun.elapsed())));
            for (name, took) in &self.done {
                eprintln!("    {:>8}  {name}", Seconds(*took).to_string());
            }
        }
        self.done.clear();
    }

    fn heading(&self, text: &str) {
        if self.bold {
            eprintln!("\x1b[1m==> {text}\x1b[0m");
        } else {
            eprintln!("==> {text}");
        }
    }
}

/// Why a step failed, and the way on.
#[derive(Debug)]
struct Failure {
    name: String,
    took: Duration,
    error: String,
    again: String,
    remedy: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, took, error, again, remedy } = self;
        writeln!(f, "this step failed after {}: {name}", Seconds(*took))?;
        writeln!(f, "    because    {error}")?;
        writeln!(f, "    try        {remedy}")?;
        write!(f, "    then only  {again}")
    }
}

impl std::error::Error for Failure {}

struct Seconds(Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.1} s", self.0.as_secs_f64());
        f.pad(&text)
    }
}
