//! What the keys at the edges of the stage say: whom anybody believes, and the kinds of messages.
//! The page sets the words; the small pictures come from here.

use crate::sort;
use crate::types::{MessageKind, Rank, Role};
use crate::view::Scene;
use crate::view::geometry::{Point, Size, point};
use crate::view::glyphs::{Glyph, Ink};
use crate::view::model::{Belief, ProcessModel, StageModel};
use crate::view::paint::Paint;
use crate::view::palette::{ColourTheme, LeaderStyle};
use crate::view::path::Placement;
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legend {
    /// Whom somebody believes or a message in flight names, the highest first.
    pub leaders: Vec<(Rank, LeaderStyle)>,
    /// Somebody believes that nobody leads.
    pub nobody: bool,
    /// How many of each kind were sent; heartbeats only once there was one.
    pub kinds: Vec<(MessageKind, u32)>,
}

pub fn legend(picture: &StageModel) -> Legend {
    let believed = picture.processes.iter().flat_map(beliefs).filter_map(|belief| match belief {
        Belief::Leader(leader) => Some(leader),
        Belief::NoMember | Belief::Nobody => None,
    });
    let flying = picture.messages.iter().filter(|flight| flight.is_under_way(picture.now));
    let named = flying.filter_map(|flight| flight.names);
    let leaders: BTreeSet<Rank> = sort::gather(believed.chain(named));
    let nobody = picture.processes.iter().flat_map(beliefs).any(|belief| belief == Belief::Nobody);
    let counted = MessageKind::ALL.into_iter().zip(picture.counts);
    Legend {
        leaders: leaders.iter().rev().map(|&rank| (rank, picture.leader_styles.of(rank))).collect(),
        nobody,
        kinds: counted.filter(|&(kind, n)| kind != MessageKind::Heartbeat || n > 0).collect(),
    }
}

/// What a process that runs believes: in the group that is shown, or in each of all.
fn beliefs(process: &ProcessModel) -> Vec<Belief> {
    match process.standing() {
        None => Vec::new(),
        Some(_) if !process.groups.is_empty() => process.groups.clone(),
        Some(_) if process.faint => Vec::new(),
        Some(Role::Follows(leader)) => vec![Belief::Leader(leader)],
        Some(Role::Leads) => vec![Belief::Leader(process.rank)],
        Some(Role::BelievesNobody | Role::Electing | Role::AwaitingElected) => {
            vec![Belief::Nobody]
        }
    }
}

/// A kind's glyph by itself, 20 by 18; what it would name is neutral.
pub fn icon(kind: MessageKind, theme: ColourTheme) -> Scene {
    const SIZE: Size = Size { width: 20.0, height: 18.0 };
    const MIDDLE: Point = point(SIZE.width / 2.0, SIZE.height / 2.0);
    let tokens = theme.tokens();
    let glyph = Glyph::of(kind);
    let paint = match glyph.fill {
        Ink::Solid => Paint::both(tokens.ink, tokens.ink, glyph.stroke),
        Ink::Hollow => Paint::both(tokens.stage, tokens.ink2, glyph.stroke),
        Ink::Leader => Paint::both(tokens.neutral, tokens.ink, glyph.stroke),
    };
    let mut scene = Scene::new(SIZE);
    scene.placed(glyph.path(), Placement::new(MIDDLE, 1.0, 0.0), paint);
    scene
}
