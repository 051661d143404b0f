// Actions on the stage by pointer, by touch and by key, and the page's messages about them.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromiumOnly, engine } from "./browser.mjs";
import { eventually } from "./eventually.mjs";
import { scriptOf, Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const shots = fileURLToPath(new URL("../target/shots/", import.meta.url));
mkdirSync(shots, { recursive: true });

const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const button = (page, target) => page.locator(`.accessible-list [data-target="${target}"]`);
const notice = (page) => page.locator(".stage-area .notice-line");
const undo = (page, action) => page.locator(`button[aria-label="Undo ${action}"]`);
const label = async (page, target) => button(page, target).getAttribute("aria-label");
const middle = ({ x, y }, other) => ({ x: (x + other.x) / 2, y: (y + other.y) / 2 });

// Where the line between the two sides of a ring of six runs: beside 6 at the top, beside 3 at the foot.
const across = async (stage) => {
  const [six, one, three, four] = await Promise.all([6, 1, 3, 4].map((rank) => stage.place(rank)));
  return [middle(six, one), middle(three, four)].map(({ x, y }, end) => ({ x, y: y + (end ? 30 : -30) }));
};

const drag = async (page, from, to, while_down = async () => {}) => {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await while_down();
  await page.mouse.up();
};

test("a line drawn across the stage cuts the network, and h heals it", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const hint = page.locator(".stage-hint");
  await eventually(() => hint.textContent(), "Drag across the stage to cut the network");
  const [from, to] = await across(stage);
  await drag(page, from, to, () => page.screenshot({ path: `${shots}gestures-drawing.png` }));
  await undo(page, "cut").waitFor();
  await eventually(() => label(page, "partition"), "Network cut at 1 ms");
  await eventually(() => hint.textContent(), "Drag an end of the cut to turn it");
  await page.screenshot({ path: `${shots}gestures-cut.png` });
  await stage.press("h");
  await undo(page, "healing").waitFor();
  await eventually(() => button(page, "partition").count(), 0);
  assert.match(await scriptOf(page), /partition 1 2 3 \| 4 5 6/);
  assert.deepEqual(bad, []);
});

test("with Shift a line stops one direction, also when Shift comes late", async () => {
  const { page } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const [from, to] = await across(stage);
  await drag(page, from, to, () => page.keyboard.down("Shift"));
  await page.keyboard.up("Shift");
  await undo(page, "cut").waitFor();
  // Drawn downwards, the line's left is where 1, 2 and 3 stand.
  assert.match(await scriptOf(page), /cut 4 5 6 -> 1 2 3/);
});

test("Escape cancels a cut, and a line that separates no processes says why it cuts nothing", async () => {
  const { page } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const [from, to] = await across(stage);
  await drag(page, from, to, () => page.keyboard.press("Escape"));
  assert.equal(await button(page, "partition").count(), 0);
  assert.equal(await notice(page).textContent(), "");
  const canvas = await page.locator("canvas.stage").boundingBox();
  const left = { x: canvas.x + 12, y: canvas.y + 80 };
  await drag(page, left, { x: left.x, y: left.y + 200 });
  await eventually(() => notice(page).textContent(), "A cut needs a process on each side.");
  await page.screenshot({ path: `${shots}gestures-refused.png` });
  await stage.press("]");
  await eventually(() => notice(page).textContent(), "", "the next action hushes it");
});

test("an end of the partition line is dragged to turn the cut: one step to undo", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const [from, to] = await across(stage);
  await drag(page, from, to);
  await undo(page, "cut").waitFor();
  // The partition line ends where its picture does: the handles are found by the hand that they show.
  const handle = await stage.find("grab", from);
  const [five, six] = await Promise.all([stage.place(5), stage.place(6)]);
  const beyond = middle(five, six);
  await drag(page, handle, { x: beyond.x - 20, y: beyond.y - 60 }, () =>
    page.screenshot({ path: `${shots}gestures-turning.png` }),
  );
  await undo(page, "turn of the cut").waitFor();
  await page.screenshot({ path: `${shots}gestures-turned.png` });
  await stage.press("Control+z");
  await undo(page, "cut").waitFor();
  await stage.press("Control+Shift+Z");
  await undo(page, "turn of the cut").waitFor();
  assert.match(await scriptOf(page), /partition 1 2 3 6 \| 4 5/);
  assert.deepEqual(bad, []);
});

test("a cut is turned by keyboard alone: as a whole, at one end, and by buttons", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const focused = () => page.evaluate(() => document.activeElement.dataset.target ?? "");
  const tabTo = async (target) => {
    for (let tabs = 0; tabs < 60 && (await focused()) !== target; tabs += 1) {
      await page.keyboard.press("Tab");
    }
    await eventually(focused, target);
  };
  await stage.press("n", "Enter");
  await undo(page, "cut").waitFor();
  await tabTo("partition");
  await stage.press("t");
  await undo(page, "turn of the cut").waitFor();
  await eventually(focused, "partition");
  const sides = () => page.locator(".inspector dd").first().textContent();
  await eventually(sides, "2, 3, 4 and 1, 5, 6");
  await stage.press("Shift+T");
  await eventually(sides, "1, 2, 3 and 4, 5, 6");

  await tabTo("handle Second");
  await eventually(() => label(page, "handle Second"), "End of the cut, between 3 and 4");
  await stage.press("t", "t");
  await eventually(() => label(page, "handle Second"), "End of the cut, between 5 and 6");
  await stage.press("Shift+T", "Shift+T", "Shift+T", "Shift+T");
  await eventually(() => label(page, "handle Second"), "End of the cut, between 1 and 2");
  await stage.press("Shift+T");
  await eventually(() => notice(page).textContent(), "A cut needs a process on each side.");
  // Past the lowest rank the end has the other name, and the focus goes with it.
  await page.keyboard.press("Shift+Tab");
  await eventually(focused, "handle First");
  await stage.press("Shift+T", "t", "t");
  await eventually(() => notice(page).textContent(), "A cut needs a process on each side.");
  await stage.press("Shift+T");
  await page.screenshot({ path: `${shots}gestures-turned-by-key.png` });
  const clockwise = page.locator(".inspector .offers button", { hasText: "Turn clockwise" });
  await clockwise.click();
  assert.deepEqual(bad, []);
});

test("a link is cut by a double click, by c, and one way by Alt and Shift", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const [one, two] = await Promise.all([stage.place(1), stage.place(2)]);
  const at = middle(one, two);
  await page.mouse.dblclick(at.x, at.y);
  await undo(page, "cut").waitFor();
  await eventually(() => label(page, "link 1--2"), "Link between 1 and 2, cut");
  await page.mouse.dblclick(at.x, at.y);
  await undo(page, "healing").waitFor();
  await eventually(() => label(page, "link 1--2"), "Link between 1 and 2");
  await stage.press("c");
  await eventually(() => label(page, "link 1--2"), "Link between 1 and 2, cut");
  await stage.press("h", "Shift+C");
  await eventually(() => label(page, "link 1--2"), "Link between 1 and 2, stopped from 1 to 2");
  await stage.press("h");
  // Nearer to 2: what 2 sends is stopped.
  const near = { x: at.x + (two.x - at.x) / 3, y: at.y + (two.y - at.y) / 3 };
  await page.keyboard.down("Alt");
  await page.mouse.click(near.x, near.y);
  await page.keyboard.up("Alt");
  await eventually(() => label(page, "link 1--2"), "Link between 1 and 2, stopped from 2 to 1");
  assert.deepEqual(bad, []);
});

test("a message over its link is what a click selects, and d drops it", async () => {
  const { page } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  await stage.press("Shift+ArrowRight", "Shift+ArrowRight", "ArrowRight");
  const three = await stage.place(3);
  await page.mouse.click(three.x, three.y);
  const election = button(page, "message Election 3->5 #1");
  await election.waitFor({ state: "attached" });
  const { x, y, width, height } = await election.boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
  await eventually(() => election.getAttribute("aria-pressed"), "true");
  await page.screenshot({ path: `${shots}gestures-message.png` });
  await stage.press("d");
  await undo(page, "loss of the Election 3->5 #1").waitFor();
});

test("a message is reached, selected and dropped with the keyboard alone", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  await stage.press("Shift+ArrowRight", "Shift+ArrowRight", "ArrowRight");
  const focused = () => page.evaluate(() => document.activeElement.dataset.target ?? "");
  const tabTo = async (target) => {
    for (let tabs = 0; tabs < 60; tabs += 1) {
      if ((await focused()) === target) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`${target} cannot be reached`);
  };
  await tabTo("process 3");
  await stage.press("Enter");
  await tabTo("message Election 3->5 #1");
  const election = button(page, "message Election 3->5 #1");
  await eventually(() => election.getAttribute("aria-label"), /^Election from 3 to 5, on its way, arrives at \d+ ms$/);
  await eventually(() => election.getAttribute("aria-pressed"), "true", "focus selects");
  await page.screenshot({ path: `${shots}gestures-focus.png` });
  // It arrives, and keeps the focus and its button all the same.
  await stage.press("End");
  assert.equal(await focused(), "message Election 3->5 #1");
  await eventually(() => election.getAttribute("aria-label"), /no longer visible|arrived/);
  await stage.press("d");
  await undo(page, "loss of the Election 3->5 #1").waitFor();
  assert.equal(await focused(), "message Election 3->5 #1");
  assert.deepEqual(bad, []);
});

test("a wait and a message are moved along time with the keyboard alone, while the run plays on", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  await stage.press("Shift+ArrowRight", "Shift+ArrowRight", "ArrowRight");
  await button(page, "process 3").focus();
  const inspector = page.locator(".inspector");
  await inspector.getByRole("button", { name: /^decides in / }).press("Enter");
  await eventually(() => inspector.locator("h3").textContent(), "Wait of 3");
  await inspector.getByRole("button", { name: "End later" }).press("Enter");
  await undo(page, "new end of timer alive 3 #1").waitFor();
  await inspector.getByRole("button", { name: "Restore its timeout" }).press("Enter");
  await undo(page, "release of timer alive 3 #1").waitFor();

  await button(page, "process 3").focus();
  await stage.press("Enter");
  await button(page, "message Election 3->5 #1").focus();
  await inspector.getByRole("button", { name: "Delay" }).press("Enter");
  await undo(page, "new arrival of the Election 3->5 #1").waitFor();
  await inspector.getByRole("button", { name: "Speed up" }).press("Enter");

  // The accessible list is rendered ten times a second; the focused element keeps the focus.
  const focused = () => page.evaluate(() => document.activeElement.dataset.target);
  // Space presses what has the focus, and a pointer would take the focus away.
  const turn = async (shown) => {
    const there = page.locator(`.play[aria-label="${shown}"]`);
    if ((await there.count()) === 0) await page.locator(".play").evaluate((play) => play.click());
    await there.waitFor();
  };
  for (const target of ["process 3", "message Election 3->5 #1", "link 3--5"]) {
    await stage.press("Home", "Shift+ArrowRight", "Shift+ArrowRight", "ArrowRight");
    await button(page, target).focus();
    const before = await stage.clock();
    await turn("Pause");
    await eventually(() => stage.clock(), (now) => now !== before);
    for (let frames = 0; frames < 40; frames += 1) {
      await page.evaluate(() => new Promise(requestAnimationFrame));
      assert.equal(await focused(), target);
    }
    await turn("Play");
  }
  assert.deepEqual(bad, []);
});

test("p pauses and ends a pause, s suspects, and a process that cannot says why", async () => {
  const { page } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  await button(page, "process 2").focus();
  await stage.press("p");
  await undo(page, "pause of 2").waitFor();
  await eventually(async () => (await stage.processes())[2], /^paused until /);
  await stage.press("p");
  await undo(page, "end of the pause of 2").waitFor();
  await stage.press("s");
  await undo(page, "suspicion of 2").waitFor();
  await button(page, "process 6").focus();
  await stage.press("s");
  await eventually(() => notice(page).textContent(), "6 leads, so it has no leader to suspect.");
});

test("letters act while a button has the focus, and Space presses that button", async () => {
  const { page } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  await button(page, "process 2").focus();
  await page.locator(".menu summary").focus();
  await stage.press("x");
  await eventually(async () => (await stage.processes())[2], /^crashed/);
  await button(page, "process 2").focus();
  await stage.press("Space");
  await page.locator('.play[aria-label="Play"]').waitFor();
});

test("the menu opens by key and by the right button, arrows go through it, Escape gives the focus back", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const menu = page.locator('.action-menu[role="menu"]');
  const focused = () => page.evaluate(() => document.activeElement.textContent || document.activeElement.dataset.target);
  await button(page, "process 2").focus();
  await stage.press("Shift+F10");
  await menu.waitFor();
  await eventually(focused, "Crashx");
  await stage.press("ArrowDown");
  await eventually(focused, "Pausep");
  await stage.press("ArrowUp", "ArrowUp");
  await eventually(focused, "Why?w");
  await stage.press("Escape");
  await menu.waitFor({ state: "detached" });
  await eventually(focused, "process 2");
  // Playwright has that key in Chromium alone.
  await stage.press(engine === "chromium" ? "ContextMenu" : "Shift+F10", "Enter");
  await undo(page, "crash of 2").waitFor();
  await eventually(focused, "process 2");

  const [one, two] = await Promise.all([stage.place(1), stage.place(2)]);
  const at = middle(one, two);
  await page.mouse.click(at.x, at.y, { button: "right" });
  await page.screenshot({ path: `${shots}gestures-menu.png` });
  await menu.getByRole("menuitem", { name: "Stop 2 to 1" }).click();
  await undo(page, "cut").waitFor();
  await eventually(() => label(page, "link 1--2"), "Link between 1 and 2, stopped from 2 to 1");
  const canvas = await page.locator("canvas.stage").boundingBox();
  await page.mouse.click(canvas.x + 20, canvas.y + 120, { button: "right" });
  await eventually(() => menu.getByRole("menuitem").allTextContents(), ["Split network…n", "Heal everythingh"]);
  assert.deepEqual(bad, []);
});

test("a pointer that rests on a target gets its name and key in a tooltip", async () => {
  const { page } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const { x, y } = await stage.place(1);
  await page.mouse.move(x, y);
  const tip = page.locator(".tip");
  await tip.waitFor();
  await eventually(() => tip.textContent(), "Process 1: follows 6xCrash");
  await page.screenshot({ path: `${shots}gestures-tip.png` });
  await page.mouse.move(x, y + 120);
  await tip.waitFor({ state: "detached" });
});

// A finger by the browser's own input events.
const finger = async (page) => {
  const session = await page.context().newCDPSession(page);
  const send = (type, ...points) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  return {
    down: (at, ...others) => send("touchStart", at, ...others),
    move: (at) => send("touchMove", at),
    up: () => send("touchEnd"),
  };
};

test("a long press opens the menu of a process, and its action is done", chromiumOnly("it takes Chromium's DevTools"), async () => {
  const { page, bad } = await fresh(phone);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  await eventually(() => page.locator(".stage-hint").textContent(), "Long-press a process for its actions");
  const touch = await finger(page);
  await touch.down(await stage.place(2));
  const menu = page.locator('.action-menu[role="menu"]');
  await menu.waitFor();
  await touch.up();
  await page.screenshot({ path: `${shots}gestures-menu-phone.png` });
  await menu.getByRole("menuitem", { name: "Pause" }).tap();
  await menu.waitFor({ state: "detached" });
  await eventually(async () => (await stage.processes())[2], /^paused/);
  assert.deepEqual(bad, []);
});

test("a finger draws a cut sideways, or in any direction after it has rested; two fingers draw none", chromiumOnly("it takes Chromium's DevTools"), async () => {
  const { page, bad } = await fresh(phone);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const touch = await finger(page);
  const canvas = await page.locator("canvas.stage").boundingBox();
  const [one, two] = await Promise.all([1, 2].map((rank) => stage.place(rank)));
  const right = { x: canvas.x + canvas.width - 8, y: (one.y + two.y) / 2 };
  const left = { x: canvas.x + 8, y: right.y };

  await touch.down(left);
  for (const share of [0.1, 0.3, 0.6, 1]) {
    await touch.move({ x: left.x + (right.x - left.x) * share, y: left.y });
  }
  await page.screenshot({ path: `${shots}gestures-drawing-phone.png` });
  await touch.up();
  await button(page, "partition").waitFor({ state: "attached" });
  await page.screenshot({ path: `${shots}gestures-cut-phone.png` });
  await stage.press("Control+z");
  await button(page, "partition").waitFor({ state: "detached" });

  const [from, to] = await across(stage);
  const begin = { x: from.x, y: Math.max(from.y, canvas.y + 34) };
  await touch.down(begin);
  await page.locator(".action-menu").waitFor();
  for (const share of [0.1, 0.3, 0.6, 1]) {
    await touch.move({ x: from.x, y: begin.y + (to.y - begin.y) * share });
  }
  await touch.up();
  await button(page, "partition").waitFor({ state: "attached" });
  await eventually(() => page.locator(".action-menu").count(), 0);
  assert.equal(await page.evaluate(() => window.scrollY), 0);

  // Two fingers zoom the page, as everywhere.
  await stage.press("Control+z");
  await button(page, "partition").waitFor({ state: "detached" });
  await touch.down({ ...left, id: 0 }, { x: left.x, y: left.y + 60, id: 1 });
  await touch.move({ ...right, id: 0 });
  await touch.up();
  assert.equal(await button(page, "partition").count(), 0);
  assert.deepEqual(bad, []);
});

for (const [name, width, height] of [["wide", 1440, 900], ["narrow", 1024, 768], ["phone", 390, 844]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`the cut and its menu look right: ${name}, ${colorScheme}`, async () => {
      const { page, bad } = await fresh({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
      const stage = await Stage.open(page, url("#preset/split-brain"));
      for (let jumps = 0; jumps < 3; jumps += 1) await stage.press("Shift+ArrowRight");
      const { x, y } = await stage.place(3);
      await page.mouse.click(x, y, { button: "right" });
      await page.locator(".action-menu").waitFor();
      await eventually(() => page.evaluate(() => document.documentElement.scrollWidth), width);
      await page.screenshot({ path: `${shots}gestures-split-${name}-${colorScheme}.png` });
      assert.deepEqual(bad, []);
    });
  }
}
