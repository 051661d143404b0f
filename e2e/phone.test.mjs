// The page on a phone: one column that fits, and scrolling by touch from everywhere.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromiumOnly } from "./browser.mjs";
import { eventually, still } from "./eventually.mjs";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const shots = fileURLToPath(new URL("../target/shots/", import.meta.url));
mkdirSync(shots, { recursive: true });

const phone = (width, height, others = {}) => ({
  viewport: { width, height }, hasTouch: true, isMobile: true, ...others,
});

const box = (page, selector) => page.locator(selector).boundingBox();

for (const colorScheme of ["light", "dark"]) {
  test(`everything stands above the transport, ${colorScheme}`, async () => {
    const { page, bad } = await fresh(phone(390, 844, { colorScheme }));
    const stage = await Stage.open(page, url("#preset/bully-figure"));
    await stage.press("Shift+ArrowRight", "Shift+ArrowRight");
    const boxes = () => Promise.all([".transport", ".diagram", ".kinds", ".moment"].map((part) => box(page, part)));
    await eventually(boxes, ([transport, diagram, kinds, moment]) =>
      moment.y + moment.height <= diagram.y && diagram.y + diagram.height <= kinds.y + 1 &&
      kinds.y + kinds.height <= transport.y + 1 && diagram.height >= 220,
    "the sentence, the diagram, the kinds and the transport stand below each other");
    await eventually(() => page.evaluate(() => document.documentElement.scrollHeight - innerHeight), 0);
    await eventually(() => page.locator(".key-verdict").textContent(), "No leader");
    await page.screenshot({ path: `${shots}phone-${colorScheme}.png` });
    assert.deepEqual(bad, []);
  });
}

test("a finger that moves up scrolls the page, from the stage and from the diagram", chromiumOnly("it takes Chromium's DevTools"), async () => {
  const { page, bad } = await fresh(phone(375, 700));
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const before = await stage.clock();
  const client = await page.context().newCDPSession(page);
  const send = (type, ...touchPoints) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints });
  // How far the page has gone once a finger has gone so far up.
  const swipe = async ({ x, y }, up) => {
    const before = await page.evaluate(() => scrollY);
    await send("touchStart", { x, y });
    for (let steps = 1; steps <= 10; steps += 1) {
      await send("touchMove", { x, y: y - (up * steps) / 10 });
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    await send("touchEnd");
    return (await still(() => page.evaluate(() => scrollY))) - before;
  };
  const top = () => page.evaluate(() => scrollTo(0, 0));
  assert.ok((await swipe(await stage.place(2), 150)) > 80, "from a process");
  assert.ok((await swipe({ x: 20, y: 120 }, -150)) < -80, "and back, from the empty stage");
  await top();
  assert.ok((await swipe({ x: 200, y: 580 }, 150)) > 80, "from the diagram");
  await top();
  // It only scrolled: nothing is cut, selected or moved in time.
  assert.equal(await page.locator('.accessible-list [data-target="partition"]').count(), 0);
  assert.equal(await stage.clock(), before);
  assert.equal(await page.locator(".notice-line").first().textContent(), "");
  assert.deepEqual(bad, []);
});

test("at 320 pixels nothing is cut off or pushed aside", async () => {
  const views = [
    ["bully-figure", ""], ["bully-figure", ".to-story"], ["split-brain", ".to-verdicts"],
    ["split-brain", ".to-panel"], ["thirty-two", ".to-selection"], ["start", ""],
  ];
  for (const [preset, tab] of views) {
    const { page, bad } = await fresh(phone(320, 640));
    const stage = await Stage.open(page, url(`#preset/${preset}`));
    if (preset !== "start") await stage.press("]", "Shift+ArrowRight");
    if (tab) await page.locator(tab).click();
    await eventually(() => page.evaluate(() => document.documentElement.scrollWidth), 320, preset);
    const lost = () => page.evaluate(() => {
      const controls = document.querySelectorAll("button:not(.accessible-list button), input, .kind");
      return [...controls]
        .filter((control) => control.checkVisibility())
        .map((control) => [control, control.getBoundingClientRect()])
        .filter(([, { left, right, width }]) => width > 1 && (left < -1 || right > 321))
        .map(([control]) => control.className || control.id);
    });
    await eventually(lost, [], preset);
    await page.screenshot({ path: `${shots}phone-320-${preset}${tab}.png` });
    assert.deepEqual(bad, []);
  }
});

test("Why is explained in words below the stage", async () => {
  const { page, bad } = await fresh(phone(390, 844));
  await Stage.open(page, url("#preset/bully-figure&t=290ms"));
  await page.getByRole("button", { name: /^Why/ }).click();
  const why = page.getByRole("region", { name: "Why it happened" });
  await why.getByText("1 follows 5 because").waitFor();
  const boxes = () => Promise.all([why.locator("h2").boundingBox(), box(page, ".transport")]);
  await eventually(boxes, ([heading, transport]) => heading.y + heading.height < transport.y);
  assert.deepEqual(bad, []);
});
