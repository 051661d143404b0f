//! How a process shares what it can serve among the groups that it has at work.

/// What one group wants of a process, in millionths of a request, and what it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CapacityShare {
    pub weight: u32,
    pub wanted: u64,
    pub given: u64,
}

/// Gives out as much as there is and is wanted, by weight; what one has no use for goes to the others.
///
/// Over a stretch in which nothing else changes this is exactly what sharing at each instant comes to:
/// a group that is idle at times wants no more than its share then, and a group that has a queue
/// throughout gets the same for its weight as any other such group. What a division leaves over, less
/// than one millionth a group, goes to the first ones, so that nothing is lost.
pub fn share(available: u64, portions: &mut [CapacityShare]) {
    let mut rest = u128::from(available);
    let mut weights: u128 = portions.iter().map(|portion| u128::from(portion.weight)).sum();
    let mut open: Vec<usize> = (0..portions.len()).collect();
    loop {
        let level = (rest, weights);
        let before = open.len();
        open.retain(|&place| {
            let portion = &mut portions[place];
            let (weight, wanted) = (u128::from(portion.weight), u128::from(portion.wanted));
            let stays = wanted * level.1 > weight * level.0;
            if !stays {
                portion.given = portion.wanted;
                rest -= wanted;
                weights -= weight;
            }
            stays
        });
        if open.len() == before {
            break;
        }
    }
    let all = rest;
    for &place in &open {
        let portion = &mut portions[place];
        let given = u128::from(portion.weight) * all / weights;
        portion.given = given as u64;
        rest -= given;
    }
    for place in open.into_iter().take(rest as usize) {
        portions[place].given += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(available: u64, wanted: &[(u32, u64)]) -> Vec<u64> {
        let portion = |&(weight, wanted): &(u32, u64)| CapacityShare { weight, wanted, given: 0 };
        let mut portions: Vec<CapacityShare> = wanted.iter().map(portion).collect();
        share(available, &mut portions);
        portions.iter().map(|portion| portion.given).collect()
    }

    #[test]
    fn what_is_there_is_shared_by_weight_and_none_gets_more_than_it_wants() {
        assert_eq!(shared(90, &[(200, 500), (100, 500)]), [60, 30]);
        assert_eq!(shared(90, &[(200, 10), (100, 500)]), [10, 80]);
        assert_eq!(shared(90, &[(200, 10), (100, 20)]), [10, 20]);
        assert_eq!(shared(0, &[(200, 10), (100, 20)]), [0, 0]);
    }

    #[test]
    fn what_a_division_leaves_over_is_given_too() {
        assert_eq!(shared(100, &[(1, 500), (1, 500), (1, 500)]), [34, 33, 33]);
        assert_eq!(shared(101, &[(1, 500), (1, 500), (1, 500)]), [34, 34, 33]);
    }
}
