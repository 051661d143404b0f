//! Shapes that stand still from one happening to the next, each drawn once, with when it is seen.

use super::super::svg::Drawing;
use super::style::{AnimationStyle, VisibleSpan};
use crate::time::Time;
use crate::view::Shape;
use std::fmt;

/// In an order that keeps what lies above what at every instant.
#[derive(Debug, Default)]
pub struct StillShapes<'a>(Vec<StillShape<'a>>);

#[derive(Debug)]
struct StillShape<'a> {
    shape: &'a Shape,
    seen: Vec<VisibleSpan>,
}

impl<'a> StillShapes<'a> {
    /// Of the same layer at ascending instants; the last is seen for ever.
    pub fn of(layers: impl Iterator<Item = (Time, &'a [Shape])>) -> Self {
        let mut all: Vec<StillShape> = Vec::new();
        let mut layers = layers.peekable();
        while let Some((at, shapes)) = layers.next() {
            let until = layers.peek().map_or(Time::NEVER, |(next, _)| *next);
            let mut place = 0;
            for shape in shapes {
                // What was there keeps its place; what is new comes above all of this instant so far.
                let known = all[place..].iter().position(|still| is_same(still.shape, shape));
                match known {
                    Some(further) => {
                        place += further;
                        all[place].seen_until(at, until);
                    }
                    None => all.insert(place, StillShape { shape, seen: vec![(at, until)] }),
                }
                place += 1;
            }
        }
        Self(all)
    }

    pub fn write(
        &self,
        out: &mut String,
        drawing: &mut Drawing,
        sheet: &mut AnimationStyle,
    ) -> fmt::Result {
        for together in self.0.chunk_by(|one, next| one.seen == next.seen) {
            let Some(first) = together.first() else { continue };
            if sheet.open(out, &first.seen)? {
                for still in together {
                    drawing.shapes(out, std::slice::from_ref(still.shape))?;
                }
                out.push_str("</g>\n");
            }
        }
        Ok(())
    }
}

impl StillShape<'_> {
    fn seen_until(&mut self, at: Time, until: Time) {
        match self.seen.last_mut() {
            Some(last) if last.1 == at => last.1 = until,
            _ => self.seen.push((at, until)),
        }
    }
}

/// Whatever each is about.
fn is_same(one: &Shape, other: &Shape) -> bool {
    one.paint == other.paint && one.form == other.form
}
