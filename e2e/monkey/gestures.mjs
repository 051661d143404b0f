// The gestures of the monkey: plain values, drawn from a seed and from nothing else, so that a sequence can be replayed
// and shortened. Places are parts of the window; a control is a part of the list of those that are visible then.

import { engine } from "../browser.mjs";

// SplitMix32: each seed gives a sequence of its own.
export const draws = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
};

const KEYS = [
  ..."abcdefghijklmnopqrstuvwxyz0123456789[]/?+-",
  "Space", "Enter", "Escape", "Escape", "Tab", "Shift+Tab", "Delete", "Backspace", "Home", "End",
  "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Shift+ArrowLeft", "Shift+ArrowRight",
  "Control+z", "Control+Shift+z", "Control+a",
];
const TEXTS = [
  "processes 4\n", "at 1s crash 6\n", "at 1s", "expect leader 5\n", "partition 1 2 | 3 4", "100ms", "1..3", "0", "-1",
  "99999999999", "{", "}", "\"", "# ", "é漢🜨", " ",
];

// How often of a hundred.
const WEIGHTS = { press: 42, key: 26, click: 6, double: 6, menu: 3, drag: 8, wheel: 4, type: 4, back: 1 };

export const gestures = (seed, count) => {
  const random = draws(seed);
  const one = (list) => list[Math.floor(random() * list.length)];
  const place = () => ({ x: random(), y: random() });
  const make = {
    press: () => ({ nth: random() }),
    key: () => ({ key: one(KEYS) }),
    click: () => ({ at: place() }),
    double: () => ({ at: place() }),
    menu: () => ({ at: place() }),
    drag: () => ({ at: place(), to: place(), rests: random() < 0.3 }),
    wheel: () => ({ at: place(), by: Math.round((random() - 0.5) * 600), zooms: random() < 0.5 }),
    type: () => ({ text: one(TEXTS) }),
    back: () => ({}),
  };
  const kinds = Object.entries(WEIGHTS).flatMap(([kind, weight]) => Array(weight).fill(kind));
  return Array.from({ length: count }, () => {
    const kind = one(kinds);
    return { kind, ...make[kind]() };
  });
};

// Does a gesture. `frame` has the controls; the pointer and the keys are the page's. `finger` is there on a phone.
export const perform = async ({ page, frame, origin, size, finger }, gesture) => {
  const on = ({ x, y }) => ({ x: origin.x + 1 + x * (size.width - 2), y: origin.y + 1 + y * (size.height - 2) });
  const press = (at) => (finger ? finger.tap(at) : page.mouse.click(at.x, at.y));
  const acts = {
    press: async ({ nth }) => {
      const at = await frame.evaluate(controlAt, nth);
      if (at) await press({ x: origin.x + at.x, y: origin.y + at.y });
    },
    key: ({ key }) => page.keyboard.press(key),
    click: ({ at }) => press(on(at)),
    double: ({ at }) => page.mouse.dblclick(on(at).x, on(at).y),
    menu: ({ at }) => (finger ? finger.hold(on(at)) : page.mouse.click(on(at).x, on(at).y, { button: "right" })),
    drag: async ({ at, to, rests }) => {
      const [from, end] = [on(at), on(to)];
      if (finger) return finger.drag(from, end, rests);
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      for (let part = 1; part <= 4; part += 1) {
        await page.mouse.move(from.x + ((end.x - from.x) * part) / 4, from.y + ((end.y - from.y) * part) / 4);
      }
      // A drag that is given up.
      if (rests) await page.keyboard.press("Escape");
      await page.mouse.up();
    },
    wheel: async ({ at, by, zooms }) => {
      await page.mouse.move(on(at).x, on(at).y);
      // Firefox zooms the whole page where this one has nothing to zoom, and its driver then loses its places.
      const control = zooms && engine === "chromium";
      if (control) await page.keyboard.down("Control");
      await page.mouse.wheel(0, by);
      if (control) await page.keyboard.up("Control");
    },
    type: ({ text }) => page.keyboard.insertText(text),
    // Not to what was there before the site.
    back: () => frame.evaluate(() => window.navigation?.currentEntry.index > 0 && history.back()),
  };
  await acts[gesture.kind](gesture);
  await frame.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};

// The centre of a control that can be pressed.
const controlAt = (nth) => {
  const all = document.querySelectorAll("button, a, input, select, textarea, summary, [role=menuitem], [role=slider], [tabindex='0']");
  const open = [];
  for (const control of all) {
    if (control.disabled || control.type === "file" || control.querySelector?.("input[type=file]")) continue;
    const { left, top, width, height } = control.getBoundingClientRect();
    const at = { x: left + width / 2, y: top + height / 2 };
    const shown = document.elementFromPoint(at.x, at.y);
    if (shown && (control.contains(shown) || shown.contains(control))) open.push(at);
  }
  return open[Math.floor(nth * open.length)];
};

// A finger by Chromium's own input events.
export const fingerOf = async (page) => {
  const session = await page.context().newCDPSession(page);
  const send = (type, ...touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
  const frames = (count) =>
    page.evaluate(async (count) => {
      for (; count > 0; count -= 1) await new Promise(requestAnimationFrame);
    }, count);
  const REST = 45; // frames: longer than a long press
  return {
    tap: ({ x, y }) => page.touchscreen.tap(x, y),
    hold: async (at) => {
      await send("touchStart", at);
      await frames(REST);
      await send("touchEnd");
    },
    drag: async (from, to, rests) => {
      await send("touchStart", from);
      if (rests) await frames(REST);
      for (let part = 1; part <= 4; part += 1) {
        await send("touchMove", { x: from.x + ((to.x - from.x) * part) / 4, y: from.y + ((to.y - from.y) * part) / 4 });
        await frames(1);
      }
      await send("touchEnd");
    },
  };
};
