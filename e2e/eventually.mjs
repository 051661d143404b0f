// Waits for conditions, never for a time: a busy machine is slow.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";

// When a test gives up, in milliseconds. Generous, since a test that passes never waits that long.
export const TIMEOUT = 120_000;
// What moves at all changes within that time, in milliseconds.
const STILL = 600;

// What the condition gives as soon as that is true.
export const until = async (condition, what = condition, timeout = TIMEOUT) => {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${timeout / 1000} s in vain: ${what}`);
    await pause(20);
  }
};

// What is read, once it is what is expected: an equal value, a text that matches, or a value that a function accepts.
export const eventually = async (read, expected, ...message) => {
  const end = Date.now() + TIMEOUT;
  for (;;) {
    const value = await read();
    try {
      if (expected instanceof RegExp) assert.match(value, expected, ...message);
      else if (typeof expected === "function") assert.ok(expected(value), `${message[0] ?? expected}: ${inspect(value)}`);
      else assert.deepEqual(value, expected, ...message);
      return value;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await pause(20);
  }
};

// What is read, once it stays the same.
export const still = async (read) => {
  let value = await read();
  await until(async () => {
    const before = value;
    await pause(STILL);
    value = await read();
    return isSame(before, value);
  }, `${read} stays the same`);
  return value;
};

const isSame = (one, other) => {
  try {
    assert.deepEqual(one, other);
    return true;
  } catch {
    return false;
  }
};
