//! What is due, and when: a heap whose entries can be addressed, so that a cancelled timer is gone
//! rather than skipped later, and whatever is in flight can be listed.

use crate::time::Time;

/// Addresses an entry until it is taken; then the address is used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct EntryId(u32);

/// Earliest first; of the same instant, in the order of scheduling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EventQueue<T> {
    /// A four-way heap: shallower than a binary one, and its siblings share a cache line.
    heap: Vec<QueueKey>,
    slots: Vec<QueueSlot<T>>,
    free: Vec<u32>,
    scheduled: u64,
}

/// No two have the same `order`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct QueueKey {
    at: Time,
    order: u64,
    slot: u32,
}

impl QueueKey {
    /// Instant and order as one number.
    fn turn(self) -> u128 {
        u128::from(self.at.as_us()) << 64 | u128::from(self.order)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct QueueSlot<T> {
    place: u32,
    content: Option<T>,
}

const ARITY: usize = 4;

impl<T> Default for EventQueue<T> {
    fn default() -> Self {
        Self { heap: Vec::new(), slots: Vec::new(), free: Vec::new(), scheduled: 0 }
    }
}

impl<T> EventQueue<T> {
    #[inline(always)]
    pub(crate) fn schedule(&mut self, at: Time, content: T) -> EntryId {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(QueueSlot { place: 0, content: None });
            self.slots.len() as u32 - 1
        });
        self.slots[slot as usize].content = Some(content);
        let key = self.key(at, EntryId(slot));
        self.heap.push(key);
        self.rise(self.heap.len() - 1, key);
        EntryId(slot)
    }

    /// Takes what was scheduled before, if anything, and schedules anew, in one walk through the heap:
    /// each heartbeat sets a follower's timer again.
    pub(crate) fn reschedule(&mut self, before: Option<EntryId>, at: Time, content: T) -> EntryId {
        let held = before.and_then(|entry| Some((entry, self.slots.get_mut(entry.0 as usize)?)));
        let Some((entry, slot)) = held.filter(|(_, slot)| slot.content.is_some()) else {
            return self.schedule(at, content);
        };
        slot.content = Some(content);
        let place = slot.place as usize;
        let key = self.key(at, entry);
        self.settle(place, key);
        entry
    }

    /// In bytes, places that are free included: they are copied with the rest.
    pub(crate) fn weight(&self) -> usize {
        self.slots.len() * (size_of::<QueueSlot<T>>() + size_of::<QueueKey>() + size_of::<u32>())
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.heap.len()
    }

    /// When the earliest entry is due.
    pub(crate) fn next(&self) -> Option<Time> {
        self.heap.first().map(|key| key.at)
    }

    pub(crate) fn take_earliest(&mut self) -> Option<(Time, T)> {
        let key = *self.heap.first()?;
        self.take(EntryId(key.slot)).map(|content| (key.at, content))
    }

    /// Nothing where the entry was taken before.
    pub(crate) fn take(&mut self, entry: EntryId) -> Option<T> {
        let slot = self.slots.get_mut(entry.0 as usize)?;
        let content = slot.content.take()?;
        let place = slot.place as usize;
        self.free.push(entry.0);
        let last = self.heap.pop()?;
        if place < self.heap.len() {
            self.settle(place, last);
        }
        Some(content)
    }

    /// In no particular order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Time, &T)> {
        let content = |key: &QueueKey| self.slots[key.slot as usize].content.as_ref();
        self.heap.iter().filter_map(move |key| content(key).map(|content| (key.at, content)))
    }

    /// In the order in which they fall due.
    pub(crate) fn in_order(&self) -> Vec<(Time, &T)> {
        let mut keys = self.heap.clone();
        keys.sort_unstable_by_key(|key| key.turn());
        let content = |key: QueueKey| self.slots[key.slot as usize].content.as_ref();
        keys.into_iter().filter_map(|key| content(key).map(|content| (key.at, content))).collect()
    }

    fn key(&mut self, at: Time, EntryId(slot): EntryId) -> QueueKey {
        let order = self.scheduled;
        self.scheduled += 1;
        QueueKey { at, order, slot }
    }

    /// A key takes the place of another one: it may belong below it or above it.
    #[inline(always)]
    fn settle(&mut self, place: usize, key: QueueKey) {
        self.sink(place, key);
        let settled = self.slots[key.slot as usize].place as usize;
        self.rise(settled, key);
    }

    #[inline(always)]
    fn rise(&mut self, mut place: usize, key: QueueKey) {
        while place > 0 {
            let parent = (place - 1) / ARITY;
            if self.heap[parent].turn() <= key.turn() {
                break;
            }
            self.put(place, self.heap[parent]);
            place = parent;
        }
        self.put(place, key);
    }

    fn sink(&mut self, mut place: usize, key: QueueKey) {
        loop {
            let first = place * ARITY + 1;
            let children = self.heap.iter().enumerate().skip(first).take(ARITY);
            match children.min_by_key(|(_, child)| child.turn()) {
                Some((child, &least)) if least.turn() < key.turn() => {
                    self.put(place, least);
                    place = child;
                }
                _ => break,
            }
        }
        self.put(place, key);
    }

    #[inline(always)]
    fn put(&mut self, place: usize, key: QueueKey) {
        self.heap[place] = key;
        self.slots[key.slot as usize].place = place as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_comes_first_and_ties_keep_the_order_of_scheduling() {
        let mut queue = EventQueue::default();
        for (at, name) in [(30, 'a'), (10, 'b'), (20, 'c'), (10, 'd'), (10, 'e')] {
            queue.schedule(Time::ms(at), name);
        }
        let order: String = std::iter::from_fn(|| queue.take_earliest()).map(|e| e.1).collect();
        assert_eq!(order, "bdeca");
    }

    #[test]
    fn an_entry_that_was_taken_is_gone() {
        let mut queue = EventQueue::default();
        let entries: Vec<_> = (0..100).map(|i| queue.schedule(Time::ms(i * 7 % 31), i)).collect();
        for entry in entries.iter().step_by(3) {
            assert!(queue.take(*entry).is_some());
            assert!(queue.take(*entry).is_none());
        }
        let rest: Vec<_> = std::iter::from_fn(|| queue.take_earliest()).collect();
        assert_eq!(rest.len(), 66);
        assert!(rest.is_sorted(), "{rest:?}");
    }
}
