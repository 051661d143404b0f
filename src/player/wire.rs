//! A command as it is read: an object with every field that any command has. What serde would write to
//! read each kind by itself is ten times as much program, and every figure has to load it.

use super::{Command, Theme};
use serde::Deserialize;
use thiserror::Error;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fields {
    kind: String,
    at_us: Option<u64>,
    by: Option<i32>,
    speed_us: Option<u64>,
    text: Option<String>,
    alone: Option<bool>,
    on: Option<bool>,
    theme: Option<Theme>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Missing {
    #[error("it needs {0}")]
    Field(&'static str),
    #[error("there is no command of that kind")]
    Kind,
}

impl TryFrom<Fields> for Command {
    type Error = Missing;

    fn try_from(fields: Fields) -> Result<Self, Missing> {
        let Fields { kind, at_us, by, speed_us, text, alone, on, theme } = fields;
        Ok(match &*kind {
            "play" => Self::Play,
            "pause" => Self::Pause,
            "seek" => Self::Seek { at_us: at_us.ok_or(Missing::Field("atUs"))? },
            "step" => Self::Step { by: by.ok_or(Missing::Field("by"))? },
            "speed" => Self::Speed { speed_us: speed_us.ok_or(Missing::Field("speedUs"))? },
            "load" => Self::Load {
                text: text.ok_or(Missing::Field("text"))?,
                alone: alone.unwrap_or_default(),
            },
            "report" => Self::Report,
            "link" => Self::Link,
            "pauseAt" => Self::PauseAt { at_us: at_us.ok_or(Missing::Field("atUs"))? },
            "loop" => Self::Loop { on: on.ok_or(Missing::Field("on"))? },
            "skipQuiet" => Self::SkipQuiet { on: on.ok_or(Missing::Field("on"))? },
            "theme" => Self::Theme { theme: theme.ok_or(Missing::Field("theme"))? },
            "dispose" => Self::Dispose,
            _ => return Err(Missing::Kind),
        })
    }
}
