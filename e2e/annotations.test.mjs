// Names, zones and chapters: on the stage, by key, and made and removed without the script.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "./eventually.mjs";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();

const open = async (preset, viewport = { width: 1440, height: 900 }) => {
  const { page, bad } = await fresh({ viewport });
  return { page, bad, stage: await Stage.open(page, url(`#preset/${preset}`)) };
};

const setUp = async (page) => {
  await page.locator(".head-algorithm").click();
  await page.locator(".panel-head button", { hasText: "Set-up" }).click();
};

const script = async (page) => {
  await page.locator(".panel-head button", { hasText: "Script" }).click();
  return eventually(() => page.locator(".panel textarea").inputValue(), Boolean);
};

const type = async (page, field, text) => {
  await field.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
};

const undoes = (page) => page.getByRole("button", { name: /^Undo/ });

test("the keys go from chapter to chapter, and so does the list above the story", async () => {
  const { page, bad, stage } = await open("two-data-centres");
  await page.keyboard.press("Home");
  for (const at of ["300 ms", "448 ms", "1.200 s"]) {
    await page.keyboard.press("PageDown");
    await eventually(() => stage.clock(), at);
  }
  await page.keyboard.press("PageUp");
  await eventually(() => stage.clock(), "448 ms");
  await eventually(() => page.locator(".chapter[aria-current]").innerText(), /^448 ms\s+Zurich elects$/);
  await page.getByRole("button", { name: "The line breaks" }).click();
  await eventually(() => stage.clock(), "300 ms");
  await eventually(() => stage.sentence(), /frankfurt on one side, zurich on the other/);
  assert.deepEqual(bad, []);
});

test("processes of two zones stand apart and are called by name and rank", async () => {
  const { page, bad, stage } = await open("two-data-centres");
  await page.locator('.accessible-list button[data-rank="9"]').waitFor();
  const label = await page.locator('.accessible-list button[data-rank="9"]').getAttribute("aria-label");
  assert.match(label, /^Process ivy \(9\): leads/);
  const west = await Promise.all([2, 4, 7, 9].map((rank) => stage.place(rank)));
  const east = await Promise.all([1, 3, 5, 6, 8].map((rank) => stage.place(rank)));
  assert.ok(Math.max(...west.map(({ x }) => x)) < Math.min(...east.map(({ x }) => x)));
  assert.deepEqual(bad, []);
});

test("a name, a zone and a chapter are made and taken away without the script, each with undo", async () => {
  const { page, bad } = await open("bully-figure");
  await setUp(page);
  await type(page, page.getByLabel("Process 6", { exact: true }), "hal");
  await page.locator('.accessible-list button[aria-label^="Process hal (6)"]').waitFor();
  await eventually(() => undoes(page).getAttribute("aria-label"), "Undo new name");
  await type(page, page.getByLabel("Process 5", { exact: true }), "hal");
  await page.getByText(/is called `hal` already/).waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Add a zone" }).click();
  await type(page, page.getByLabel("Zone", { exact: true }), "west");
  await page.getByRole("button", { name: "Remove the zone west" }).waitFor();
  await page.getByRole("button", { name: "Add a chapter at the cursor" }).click();
  await type(page, page.getByLabel("Text", { exact: true }), "It begins");
  await page.locator(".chapter", { hasText: "It begins" }).waitFor();

  const text = await script(page);
  assert.match(text, /^name 6 "hal"$/m);
  assert.match(text, /^zone west 1 2 3$/m);
  assert.match(text, /^mark .* "It begins"$/m);
  await page.locator(".panel-head button", { hasText: "Set-up" }).click();
  await page.getByRole("button", { name: "Remove the chapter It begins" }).click();
  await page.locator(".chapter").waitFor({ state: "detached" });
  await undoes(page).click();
  await page.locator(".chapter", { hasText: "It begins" }).waitFor();
  assert.deepEqual(bad, []);
});

test("m makes a chapter where the cursor is; without chapters the keys leave the page alone", async () => {
  const { page, bad, stage } = await open("bully-figure");
  const before = await stage.clock();
  await page.keyboard.press("PageDown");
  assert.equal(await stage.clock(), before);
  await page.keyboard.press("m");
  await page.locator(".chapter", { hasText: "Chapter 1" }).waitFor();
  await eventually(() => undoes(page).getAttribute("aria-label"), "Undo change of chapters");
  assert.deepEqual(bad, []);
});
