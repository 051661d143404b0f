//! Random numbers for tests: from a seed, the same on every machine, or from the bytes that a fuzzer chooses.

use hustings::time::{Duration, Time};
use std::collections::VecDeque;

/// Splitmix64: small, the same everywhere, and good enough to disturb elections with. Where it has bytes, these decide
/// first, so that a fuzzer can change one decision and leave the others.
pub(crate) struct RandomSource {
    state: u64,
    bytes: VecDeque<u8>,
}

impl RandomSource {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self { state: seed, bytes: VecDeque::new() }
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self { state: 0, bytes: bytes.iter().copied().collect() }
    }

    pub(crate) fn next(&mut self) -> u64 {
        if !self.bytes.is_empty() {
            return self.take(8);
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number of so many bytes, the first one the lowest; bytes that are missing are 0.
    fn take(&mut self, count: u32) -> u64 {
        let byte = |place| u64::from(self.bytes.pop_front().unwrap_or_default()) << (8 * place);
        (0..count).map(byte).sum()
    }

    /// Below `count`; 0 if that is 0.
    pub(crate) fn below(&mut self, count: u64) -> u64 {
        let count = count.max(1);
        if self.bytes.is_empty() {
            return self.next() % count;
        }
        let bits = u64::BITS - (count - 1).leading_zeros();
        self.take(bits.div_ceil(8)) % count
    }

    /// Both ends included.
    pub(crate) fn between(&mut self, lo: u64, hi: u64) -> u64 {
        lo + self.below(hi - lo + 1)
    }

    /// Once in so many throws.
    pub(crate) fn once_in(&mut self, throws: u64) -> bool {
        self.between(1, throws) == 1
    }

    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    /// Two different ones.
    pub(crate) fn two<T: Copy + PartialEq>(&mut self, of: &[T]) -> (T, T) {
        let first = self.one(of);
        let rest: Vec<T> = of.iter().copied().filter(|&other| other != first).collect();
        (first, self.one(&rest))
    }

    /// So many times 5 ms.
    pub(crate) fn span(&mut self, lo: u64, hi: u64) -> Duration {
        Duration::ms(self.between(lo, hi) * 5)
    }

    /// Before `end`, in whole multiples of 5 ms.
    pub(crate) fn instant(&mut self, end: Time) -> Time {
        Time::ms(self.between(0, end.as_us() / 5_000) * 5)
    }
}
