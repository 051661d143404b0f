//! The numbers of a link, so that what people write most takes one byte: whole tenths of a second,
//! one process, a few low ranks.

use crate::scenario::limits;
use crate::time::{Duration, Time};
use crate::types::Rank;
use serde::de::{Error, SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A span, or an instant as the span since the start: a number of units, and in its two lowest bits
/// which unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Span(u64);

/// A span or none: none is 0, which as a span would be no microseconds and is written otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MaybeSpan(u64);

/// Ranks in their order. The lowest bits of the first number say how: `…0` is one process, `01` a
/// set of ranks up to 62 in ascending order, `11` a list of so many ranks, which follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ranks(pub Vec<Rank>);

/// In microseconds; the coarsest that fits is written.
const UNITS: [u64; 4] = [1, 1_000, 10_000, 100_000];
/// The highest rank of a set: two of 64 bits are taken.
const HIGHEST_OF_SET: u16 = 62;

impl Span {
    fn us(us: u64) -> Self {
        let unit = UNITS.iter().rposition(|&unit| us.is_multiple_of(unit)).unwrap_or(0);
        Self((us / UNITS[unit]).saturating_mul(4) + unit as u64)
    }

    /// What is longer than any run is refused when the scenario is checked.
    fn as_us(self) -> u64 {
        (self.0 / 4).saturating_mul(UNITS[(self.0 % 4) as usize])
    }
}

impl From<Duration> for Span {
    fn from(span: Duration) -> Self {
        Self::us(span.as_us())
    }
}

impl From<Time> for Span {
    fn from(at: Time) -> Self {
        Self::us(at.as_us())
    }
}

impl From<Span> for Duration {
    fn from(span: Span) -> Self {
        Self::us(span.as_us())
    }
}

impl From<Span> for Time {
    fn from(span: Span) -> Self {
        Self::us(span.as_us())
    }
}

impl<T: Into<Span>> From<Option<T>> for MaybeSpan {
    fn from(span: Option<T>) -> Self {
        Self(span.map_or(0, |span| span.into().0))
    }
}

impl MaybeSpan {
    pub fn get<T: From<Span>>(self) -> Option<T> {
        (self.0 != 0).then(|| Span(self.0).into())
    }
}

impl Serialize for Ranks {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ascending = self.0.windows(2).all(|pair| pair[0] < pair[1]);
        let is_set = ascending && self.0.last().is_some_and(|last| last.get() <= HIGHEST_OF_SET);
        match &*self.0 {
            [only] => (u64::from(only.get()) * 2).serialize(serializer),
            ranks if is_set => {
                let set = ranks.iter().fold(0, |set, rank| set | (1_u64 << (rank.get() - 1)));
                (set * 4 + 1).serialize(serializer)
            }
            ranks => {
                let mut list = serializer.serialize_tuple(1 + ranks.len())?;
                list.serialize_element(&(ranks.len() as u64 * 4 + 3))?;
                for rank in ranks {
                    list.serialize_element(&rank.get())?;
                }
                list.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Ranks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Ranks;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("ranks")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut rest: A) -> Result<Ranks, A::Error> {
                let wrong = || A::Error::custom("no ranks");
                let head: u64 = rest.next_element()?.ok_or_else(wrong)?;
                let ranks = match (head % 4, head / 4) {
                    (0 | 2, _) => vec![rank(head / 2).ok_or_else(wrong)?],
                    (1, set) => {
                        let is_in = |&rank: &u64| (set >> (rank - 1)) & 1 == 1;
                        (1..=u64::from(HIGHEST_OF_SET)).filter(is_in).filter_map(rank).collect()
                    }
                    (_, count) if count <= limits::MOST_PROCESSES as u64 => {
                        let mut ranks = Vec::new();
                        for _ in 0..count {
                            let next: u64 = rest.next_element()?.ok_or_else(wrong)?;
                            ranks.push(rank(next).ok_or_else(wrong)?);
                        }
                        ranks
                    }
                    (_, _) => return Err(wrong()),
                };
                Ok(Ranks(ranks))
            }
        }
        // As many elements as there can be; postcard does not mind if fewer are read.
        deserializer.deserialize_tuple(1 + limits::MOST_PROCESSES, Reader)
    }
}

fn rank(rank: u64) -> Option<Rank> {
    Rank::new(u16::try_from(rank).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(ranks: &[u16]) -> Vec<u8> {
        let ranks = Ranks(ranks.iter().copied().filter_map(Rank::new).collect());
        let bytes = postcard::to_allocvec(&ranks).unwrap_or_default();
        assert_eq!(postcard::from_bytes::<Ranks>(&bytes), Ok(ranks));
        bytes
    }

    #[test]
    fn spans_of_whole_tenths_and_hundredths_take_a_byte() {
        let number = |us| Span::us(us).0;
        assert_eq!([number(0), number(100_000), number(60_000), number(15_000)], [3, 7, 26, 61]);
        assert!(
            [0, 1, 999, 1_000, 268_123, 3_600_000_000].iter().all(|&us| Span::us(us).as_us() == us)
        );
        assert_eq!(MaybeSpan::from(None::<Time>).get::<Time>(), None);
        assert_eq!(MaybeSpan::from(Some(Time::ZERO)).get::<Time>(), Some(Time::ZERO));
        assert_eq!(Span(u64::MAX).as_us(), u64::MAX);
    }

    #[test]
    fn ranks_are_one_a_set_or_a_list() {
        assert_eq!(bytes(&[6]), [12]);
        assert_eq!(bytes(&[1, 2, 3]), [0b11101]);
        assert_eq!(bytes(&[3, 1]), [11, 3, 1]);
        assert_eq!(bytes(&[3, 3]), [11, 3, 3]);
        assert_eq!(bytes(&[]), [3]);
        assert_eq!(bytes(&[62, 63]).len(), 3);
        assert_eq!(bytes(&[61, 62]).len(), 10);
        assert_eq!(bytes(&[65_535]).len(), 3);
    }

    #[test]
    fn ranks_that_cannot_be_are_refused() {
        for bytes in [&[0][..], &[11, 0, 1], &[11, 1], &[0x87, 2, 1], &[]] {
            assert!(postcard::from_bytes::<Ranks>(bytes).is_err(), "{bytes:?}");
        }
    }
}
