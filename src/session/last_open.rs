//! What was open last, as a line of text that the browser keeps: a preset's name, or a script.

use super::Document;
use crate::presets;

/// A longer script is not kept: the browser's room is small.
const LONGEST: usize = 100_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LastOpen {
    Preset(String),
    Script(String),
}

impl LastOpen {
    /// None for what every visitor opens anyway, and for what is too long to keep.
    pub fn of(document: &Document) -> Option<Self> {
        let text = document.text();
        match presets::ALL.iter().find(|preset| preset.script == text) {
            Some(preset) if is_start(preset.name) => None,
            Some(preset) => Some(Self::Preset(preset.name.to_owned())),
            None => (text.len() <= LONGEST).then(|| Self::Script(text.to_owned())),
        }
    }

    pub fn written(&self) -> String {
        match self {
            Self::Preset(name) => format!("preset {name}"),
            Self::Script(text) => format!("script {text}"),
        }
    }

    /// What the browser kept, which somebody may have changed.
    pub fn read(kept: &str) -> Option<Self> {
        match kept.split_once(' ')? {
            ("preset", name) => Some(Self::Preset(name.to_owned())),
            ("script", text) => Some(Self::Script(text.to_owned())),
            _ => None,
        }
    }

    /// None where there is no such preset any more, or the script cannot be read.
    pub fn document(&self) -> Option<Document> {
        match self {
            Self::Preset(name) if is_start(name) => None,
            Self::Preset(name) => Document::read(presets::find(name)?.script).ok(),
            Self::Script(text) => Document::read(text).ok(),
        }
    }
}

fn is_start(preset: &str) -> bool {
    preset == super::address::START
}
