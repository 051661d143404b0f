// Many figures with the real player: frames, timers, memory, accessibility and touch.
import AxeBuilder from "@axe-core/playwright";
import assert from "node:assert/strict";
import { test } from "node:test";
import { chromiumOnly } from "./browser.mjs";
import { figure, hosts, ready, within } from "./host.mjs";
import { eventually, still } from "./eventually.mjs";

const { open, shared, tag } = hosts({ built: true });
const one = (page) => page.locator("leader-election").first();
const run = (page, task, ...rest) => one(page).evaluate(task, ...rest);
const frames = (page) => page.locator("leader-election iframe");

// For every document: counts the frames and timers that are asked for.
const counting = (page) =>
  page.addInitScript(() => {
    window.asked = 0;
    for (const name of ["requestAnimationFrame", "setTimeout", "setInterval"]) {
      const real = window[name].bind(window);
      window[name] = (...call) => {
        window.asked += 1;
        return real(...call);
      };
    }
  });
const asked = async (page, { from = 0 } = {}) => {
  const documents = page.frames().filter((frame) => frame.url().startsWith(shared.player.url));
  const counts = await Promise.all(documents.slice(from).map((frame) => frame.evaluate(() => window.asked)));
  return counts.reduce((sum, count) => sum + count, 0);
};

test("of ten at most six are live, and none that is out of sight or paused asks for a frame or a timer", async () => {
  const far = '<p style="height:2400px"></p>';
  const { page, bad } = await open(figure('preset="bully-figure" autoplay loop') + (far + figure('preset="start" autoplay loop')).repeat(9) + far, {
    viewport: { width: 900, height: 600 }, ready: counting,
  });
  for (let index = 0; index < 10; index += 1) {
    await page.locator("leader-election").nth(index).scrollIntoViewIfNeeded();
    await ready(page, index);
    assert.ok((await frames(page).count()) <= 6, `at ${index}`);
  }
  await eventually(() => frames(page).count(), 6);
  // What gave way is a poster.
  await eventually(() => one(page).locator(".poster").isVisible(), true);
  // To where none is in sight; six play, as far as they know.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await still(() => asked(page));
  // In sight and paused.
  await page.locator("leader-election").nth(9).scrollIntoViewIfNeeded();
  await page.locator("leader-election").nth(9).evaluate((element) => element.pause());
  const paused = await still(() => asked(page));
  // And the one that plays on does ask, so that the count counts.
  await page.locator("leader-election").nth(9).evaluate((element) => element.play());
  await eventually(() => asked(page), (count) => count > paused);
  assert.deepEqual(bad, []);
});

test("two hundred figures that are added, moved and removed leave no frame, node, listener or memory behind", chromiumOnly("it takes Chromium's DevTools"), async () => {
  const { page, bad } = await open("<div id=a></div><div id=b></div>");
  await page.waitForFunction(() => customElements.get("leader-election"));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  const held = async () => {
    for (const _ of [1, 2, 3]) await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const of = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    return { frames: of.Frames, documents: of.Documents, listeners: of.JSEventListeners, nodes: of.Nodes, heap: of.JSHeapUsedSize };
  };
  const rounds = (count) =>
    page.evaluate(async (count) => {
      const [a, b] = ["a", "b"].map((id) => document.getElementById(id));
      const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      for (let round = 0; round < count; round += 1) {
        const element = document.createElement("leader-election");
        element.setAttribute("preset", "start");
        a.append(element);
        if (round % 4 === 0) await frame();
        b.append(element);
        if (round % 20 === 0) await element.report();
        element.remove();
      }
    }, count);
  // What is only made once is made first.
  await rounds(24);
  const before = await held();
  await rounds(200);
  const after = await held();
  assert.equal(after.frames, before.frames);
  assert.ok(after.documents <= before.documents + 1, JSON.stringify([before, after]));
  assert.ok(after.listeners <= before.listeners + 4, JSON.stringify([before, after]));
  assert.ok(after.nodes <= before.nodes + 200, JSON.stringify([before, after]));
  assert.ok(after.heap < before.heap + 2e6, JSON.stringify([before, after]));
  assert.deepEqual(bad, []);
});

test("axe finds nothing, wide or narrow, light or dark", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [720, 320]) {
      const head = `<style>html { background: #fff } main { width: ${width}px } body { margin: 0 }
        @media (prefers-color-scheme: dark) { html { background: #111; color: #eee } }</style>`;
      const body = figure('preset="bully-figure" start-at="282ms"') + figure('preset="split-brain" view="both" start-at="400ms"') +
        figure("", "<pre>at 1ms crsh 6</pre>");
      const { page } = await open(body, { colorScheme, viewport: { width, height: 1400 }, head: head + tag() });
      for (const index of [0, 1, 2]) await ready(page, index);
      await eventually(() => within(page).locator("html").getAttribute("data-theme"), colorScheme);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const text = violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target}: ${html.slice(0, 160)}`));
      assert.deepEqual(text, [], `${width} ${colorScheme}`);
      await page.context().close();
    }
  }
});

test("a finger that moves up over the stage scrolls the page, and one that rests acts", chromiumOnly("it takes Chromium's DevTools"), async () => {
  const body = `${figure('preset="bully-figure" start-at="50ms"')}<p style="height:3000px"></p>`;
  const phone = { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true };
  const { page, bad } = await open(body, { ...phone, head: `<meta name="viewport" content="width=device-width">${tag()}` });
  await ready(page);
  const devtools = await page.context().newCDPSession(page);
  const touch = (type, ...touchPoints) => devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
  const turn = () => page.evaluate(() => new Promise(requestAnimationFrame));
  // By the figure's own clock, since a busy machine may be late with its timers.
  const hold = (rest) => within(page).locator("body").evaluate((_, rest) => new Promise((done) => setTimeout(done, rest)), rest);
  const drag = async ([x, y], [u, v], rest = 0) => {
    await touch("touchStart", { x, y });
    await hold(rest);
    for (let step = 1; step <= 10; step += 1) {
      await touch("touchMove", { x: x + ((u - x) * step) / 10, y: y + ((v - y) * step) / 10 });
      await turn();
    }
  };
  const { x, y, width, height } = await within(page).locator(".stage").boundingBox();
  const middle = [x + width / 2, y + height / 2];
  await drag(middle, [middle[0], middle[1] - 150]);
  await touch("touchEnd");
  await page.waitForFunction(() => scrollY > 80);
  assert.equal(await within(page).getByText("changed").count(), 0);
  // A finger lets the page run on for a while.
  await still(() => page.evaluate(() => scrollY));
  await page.evaluate(() => scrollTo(0, 0));
  // A finger that rests and then goes across cuts the network.
  await drag([x + 12, y + height / 2 + 4], [x + width - 12, y + height / 2 + 4], 700);
  await touch("touchEnd");
  await within(page).getByText("changed").waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0);
  await within(page).getByRole("button", { name: "Reset" }).click();
  // One that rests on a process offers what can be done with it.
  const box = await within(page).locator('.accessible-list [data-rank="5"]').boundingBox();
  await touch("touchStart", { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  await hold(700);
  await touch("touchEnd");
  await within(page).getByRole("menu").waitFor();
  assert.deepEqual(bad, []);
});
