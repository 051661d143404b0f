// A program that breaks: one message with two working buttons.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, still } from "./eventually.mjs";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const at = "#preset/bully-figure&t=268ms&sel=3";
const card = (page) => page.locator(".broken");

// The program cannot do without what this takes away, so it panics at the next thing that it shows.
const breaks = () => {
  Node.prototype.insertBefore = () => {
    throw new DOMException("taken away by the test");
  };
};

// Opens the figure and breaks it, with a dialog over the page.
const broken = async () => {
  const { page, bad } = await fresh({ viewport: { width: 1280, height: 800 } });
  const stage = await Stage.open(page, url(at));
  await stage.press("i");
  await page.locator("dialog[open]").waitFor();
  await page.evaluate(breaks);
  await page.locator("#import-text").fill("at 100ms crsh 6");
  await page.locator("dialog").getByRole("button", { name: "Open", exact: true }).click();
  await page.locator("#import-text").fill("at 100ms crash 6\ngroup a on 1 2\ngroup b on 2 3");
  await page.locator("dialog").getByRole("button", { name: "Open", exact: true }).click();
  await card(page).waitFor();
  await eventually(() => bad.join("\n"), /panicked at/, "the console says why");
  return { page, stage };
};

const loads = (page) => page.evaluate(() => performance.timeOrigin);

test("a program that breaks says so once, above any open dialog", async () => {
  const { page } = await broken();
  await eventually(() => page.locator(".broken h1").textContent(), "Something broke on this page");
  // What still listens may break again.
  for (const key of ["n", "l", "ArrowRight", "Escape"]) await page.keyboard.press(key);
  assert.equal(await still(() => card(page).count()), 1);
  await eventually(() => card(page).isVisible(), true);
  await eventually(() => page.evaluate(() => document.activeElement.textContent), "Reload");
});

test("Reload loads the page anew, with its scenario", async () => {
  const { page, stage } = await broken();
  const before = await loads(page);
  await page.getByRole("link", { name: "Reload" }).click();
  await page.waitForFunction((before) => performance.timeOrigin !== before, before);
  await page.locator(".accessible-list button").first().waitFor();
  await eventually(() => card(page).count(), 0);
  assert.equal(new URL(page.url()).hash, at);
  await eventually(() => stage.clock(), "268 ms");
  await page.locator(".head-title h1", { hasText: "3 notices that 6 is gone" }).waitFor();
});

test("Open without it loads the page anew, without its scenario", async () => {
  const { page } = await broken();
  const before = await loads(page);
  await page.getByRole("link", { name: "Open without it" }).click();
  await page.waitForFunction((before) => performance.timeOrigin !== before, before);
  await page.locator('.page[data-screen="start"]').waitFor();
  await eventually(() => card(page).count(), 0);
  assert.equal(page.url(), url());
});

test("a page that breaks at every load waits for its reader", async () => {
  const { page } = await fresh();
  await page.addInitScript(breaks);
  await page.goto(url(at));
  await card(page).waitFor();
  let navigations = 0;
  page.on("framenavigated", () => { navigations += 1; });
  await page.getByRole("link", { name: "Reload" }).click();
  await page.waitForEvent("load");
  await card(page).waitFor();
  assert.equal(await still(() => navigations), 1, "nothing loads it again by itself");
  await eventually(() => card(page).count(), 1);
  assert.equal(new URL(page.url()).hash, at);
});
