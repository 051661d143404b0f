// The start: a picture before the program has loaded, one action, and then the whole page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "./eventually.mjs";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();

const crash = (page) => page.locator(".crash");
const screen = (page) => page.locator("#app > .page").getAttribute("data-screen");

// Holds the program back until it is let go.
const held = async (page) => {
  let release;
  const gate = new Promise((done) => (release = done));
  await page.route("**/*.wasm", async (route) => {
    await gate;
    await route.continue();
  });
  return release;
};

const middle = async (locator) => {
  const box = await locator.boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
};

const assertUnfolded = async (page) => {
  await page.locator('.page[data-screen="stage"]').waitFor();
  await page.locator(".side").waitFor();
  await page.locator('.accessible-list [data-rank="6"][aria-label*="crashed"]').waitFor();
};

for (const [action, act] of [
  ["a click", (page) => crash(page).click()],
  ["x", (page) => page.keyboard.press("x")],
]) {
  test(`the leader crashes by ${action}, and the page opens at the playhead`, async () => {
    const { page, bad } = await fresh();
    const stage = await Stage.open(page, url());
    await eventually(() => screen(page), "start");
    assert.equal(await page.locator(".side, .diagram, .to-compare, .head-title").count(), 0);
    await act(page);
    await assertUnfolded(page);
    await page.locator('.play[aria-label="Pause"]').waitFor();
    await eventually(() => stage.clock(), /^\d+ ms$/, "it goes on from where it was");
    assert.deepEqual(bad, []);
  });
}

test("the picture is shown before the program has loaded, and nothing moves when it loads", async () => {
  for (const viewport of [[1440, 900], [1024, 768], [390, 844], [320, 568]]) {
    const [width, height] = viewport;
    const { page, bad } = await fresh({ viewport: { width, height } });
    const release = await held(page);
    await page.goto(url(), { waitUntil: "commit" });
    const number = page.locator(".start-stage > svg:visible text", { hasText: /^6$/ });
    const [x, y] = await middle(number);
    const [left, top] = await middle(crash(page));
    release();
    await page.locator(".accessible-list button").first().waitFor();
    const six = page.locator('.accessible-list [data-rank="6"]');
    await eventually(() => middle(six), ([sixX, sixY]) => Math.abs(x - sixX) < 2 && Math.abs(y - sixY) < 6, `6 at ${viewport}, ${[x, y]}`);
    const isThere = ([newLeft, newTop]) => Math.abs(left - newLeft) < 1 && Math.abs(top - newTop) < 1;
    await eventually(() => middle(crash(page)), isThere, `the button at ${viewport}, ${[left, top]}`);
    assert.deepEqual(bad, []);
  }
});

test("a press before the program has loaded is executed after it", async () => {
  const { page, bad } = await fresh();
  const release = await held(page);
  await page.goto(url(), { waitUntil: "commit" });
  await crash(page).click();
  await eventually(() => crash(page).getAttribute("aria-pressed"), "true");
  release();
  await assertUnfolded(page);
  assert.deepEqual(bad, []);
});

test("another address shows no start, not even before the program has loaded", async () => {
  const { page } = await fresh();
  const release = await held(page);
  await page.goto(url("#preset/bully-figure"), { waitUntil: "commit" });
  await page.locator(".brand").waitFor();
  assert.equal(await crash(page).isVisible(), false);
  assert.equal(await page.locator(".start-intro").isVisible(), false);
  release();
  await page.locator(".accessible-list button").first().waitFor();
  await eventually(() => screen(page), "stage");
});

test("with reduced motion nothing plays by itself, and the action works all the same", async () => {
  const { page } = await fresh({ reducedMotion: "reduce" });
  const stage = await Stage.open(page, url());
  assert.equal(await page.locator(".play").getAttribute("aria-label"), "Play");
  assert.equal(await stage.clock(), "0 ms");
  await crash(page).click();
  await assertUnfolded(page);
});

test("a returning reader continues with the last open scenario", async () => {
  const { page } = await fresh();
  await Stage.open(page, url());
  assert.equal(await page.locator(".continue").count(), 0, "a new visitor has nothing to continue");
  await Stage.open(page, url("#preset/split-brain"));
  await page.locator('.page[data-screen="stage"]').waitFor();
  const title = await page.locator(".head-title h1").textContent();
  await page.goto("about:blank");
  await Stage.open(page, url());
  await page.locator(".continue").click();
  await page.locator('.page[data-screen="stage"]').waitFor();
  await eventually(() => page.locator(".head-title h1").textContent(), title);
});

test("storage that is refused or invalid removes only Continue", async () => {
  for (const odd of [
    () => localStorage.setItem("hustings.last", "script \u0000 proceses"),
    () => Object.defineProperty(window, "localStorage", { get: () => { throw new Error("no"); } }),
  ]) {
    const { page } = await fresh();
    await page.addInitScript(odd);
    await Stage.open(page, url());
    assert.equal(await page.locator(".continue").count(), 0);
    await crash(page).click();
    await assertUnfolded(page);
  }
});

test("the first action does not read as a failure, and leads to why and to the second lesson", async () => {
  const { page, bad } = await fresh();
  await Stage.open(page, url());
  await crash(page).click();
  await assertUnfolded(page);
  assert.equal(await page.locator(".expectations .failed, .expectations").count(), 0);
  await page.getByRole("button", { name: "See why" }).click();
  await page.locator(".why h2", { hasText: "Why does 5 lead?" }).waitFor();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("button", { name: "Lesson 2" }).click();
  await page.locator(".lesson-panel", { hasText: "The leader is gone" }).waitFor();
  assert.deepEqual(bad, []);
});
