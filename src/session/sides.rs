//! The choice of sides in the dialog that splits the network.

use crate::narration::side;
use crate::scenario::Scenario;
use crate::types::Rank;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartitionSide {
    A,
    /// The process keeps all its links.
    Neither,
    B,
}

/// Every process with its side, in the order of the ranks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionSides(Vec<(Rank, PartitionSide)>);

impl PartitionSides {
    /// The initial sides: the selected process against all others, or the lower half against the higher.
    pub fn new(ranks: &[Rank], selected: Option<Rank>) -> Self {
        let half = ranks.len() / 2;
        let side = |(place, &rank): (usize, &Rank)| {
            let first = selected.map_or(place < half, |selected| rank == selected);
            (rank, if first { PartitionSide::A } else { PartitionSide::B })
        };
        Self(ranks.iter().enumerate().map(side).collect())
    }

    pub fn each(&self) -> &[(Rank, PartitionSide)] {
        &self.0
    }

    #[must_use]
    pub fn with(&self, rank: Rank, side: PartitionSide) -> Self {
        let put = |&(other, before): &(Rank, PartitionSide)| {
            (other, if other == rank { side } else { before })
        };
        Self(self.0.iter().map(put).collect())
    }

    pub fn on(&self, side: PartitionSide) -> Vec<Rank> {
        self.0.iter().filter(|(_, of)| *of == side).map(|(rank, _)| *rank).collect()
    }

    /// Both sides, if neither is empty.
    pub fn both(&self) -> Option<[Vec<Rank>; 2]> {
        let sides = [self.on(PartitionSide::A), self.on(PartitionSide::B)];
        sides.iter().all(|side| !side.is_empty()).then_some(sides)
    }

    /// What the cut would mean, or why it cannot be.
    pub fn words(&self, scenario: &Scenario, one_way: bool) -> String {
        match (self.both(), one_way) {
            (None, _) => "A cut needs a process on each side.".to_owned(),
            (Some([a, b]), true) => {
                let (from, to) = (scenario.all_called(&b), scenario.all_called(&a));
                format!("No message from {from} reaches {to}.")
            }
            (Some([a, b]), false) => {
                format!("{} and {} do not hear each other.", side(scenario, &a), side(scenario, &b))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranks(ranks: &[u16]) -> Vec<Rank> {
        ranks.iter().filter_map(|&rank| Rank::new(rank)).collect()
    }

    #[test]
    fn it_begins_with_the_selected_process_alone_or_with_two_halves() {
        let six = ranks(&[1, 2, 3, 4, 5, 6]);
        let halves = PartitionSides::new(&six, None);
        assert_eq!(
            halves.words(&Scenario::default(), false),
            "{1, 2, 3} and {4, 5, 6} do not hear each other."
        );
        let alone = PartitionSides::new(&six, Rank::new(6));
        assert_eq!(
            alone.words(&Scenario::default(), true),
            "No message from 1, 2, 3, 4 and 5 reaches 6."
        );
    }

    #[test]
    fn an_empty_side_is_no_cut() {
        let two = ranks(&[1, 2]);
        let sides = PartitionSides::new(&two, None).with(two[0], PartitionSide::Neither);
        assert_eq!(sides.both(), None);
        assert_eq!(sides.words(&Scenario::default(), false), "A cut needs a process on each side.");
        let back = sides.with(two[0], PartitionSide::A);
        assert_eq!(back.both(), Some([vec![two[0]], vec![two[1]]]));
        assert_eq!(back.words(&Scenario::default(), true), "No message from 2 reaches 1.");
    }
}
