//! A command as it is read: an object with every field that any command has. What serde would write to
//! read each kind by itself is ten times as much program, and every figure has to load it.

use super::{FigureTheme, RequestKind};
use serde::Deserialize;
use thiserror::Error;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestFields {
    kind: String,
    at_us: Option<u64>,
    by: Option<i32>,
    speed_us: Option<u64>,
    text: Option<String>,
    alone: Option<bool>,
    on: Option<bool>,
    theme: Option<FigureTheme>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MissingField {
    #[error("it needs {0}")]
    Field(&'static str),
    #[error("there is no command of that kind")]
    Kind,
}

impl TryFrom<RequestFields> for RequestKind {
    type Error = MissingField;

    fn try_from(fields: RequestFields) -> Result<Self, MissingField> {
        let RequestFields { kind, at_us, by, speed_us, text, alone, on, theme } = fields;
        Ok(match &*kind {
            "play" => Self::Play,
            "pause" => Self::Pause,
            "seek" => Self::Seek { at_us: at_us.ok_or(MissingField::Field("atUs"))? },
            "step" => Self::Step { by: by.ok_or(MissingField::Field("by"))? },
            "speed" => Self::Speed { speed_us: speed_us.ok_or(MissingField::Field("speedUs"))? },
            "load" => Self::Load {
                text: text.ok_or(MissingField::Field("text"))?,
                alone: alone.unwrap_or_default(),
            },
            "report" => Self::Report,
            "link" => Self::Link,
            "pauseAt" => Self::PauseAt { at_us: at_us.ok_or(MissingField::Field("atUs"))? },
            "loop" => Self::Loop { on: on.ok_or(MissingField::Field("on"))? },
            "skipQuiet" => Self::SkipQuiet { on: on.ok_or(MissingField::Field("on"))? },
            "theme" => Self::Theme { theme: theme.ok_or(MissingField::Field("theme"))? },
            "dispose" => Self::Dispose,
            _ => return Err(MissingField::Kind),
        })
    }
}
