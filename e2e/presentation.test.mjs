// Settings for a talk without the script: presentation, title, expectations, figure, the end of a split, and the range
// of an animation.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "./eventually.mjs";
import { scriptOf, Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const wide = { viewport: { width: 1440, height: 900 } };

const undo = (page) => page.locator(".head-steps button").first();

test("a presentation is stage, sentence and playback, large, and Escape leads back", async () => {
  const { page, bad } = await fresh(wide);
  await page.goto(url("#preset/bully-figure&t=268ms&view=stage"));
  await page.locator(".accessible-list button").first().waitFor();
  const stage = new Stage(page);
  const small = await page.locator('.accessible-list button[data-rank="3"]').boundingBox();
  await page.getByRole("button", { name: "Present", exact: true }).click();
  await page.locator(".presentation").waitFor();
  await page.waitForFunction(() => location.hash.endsWith("&view=present"));
  const box = () => page.locator('.accessible-list button[data-rank="3"]').boundingBox();
  const large = await eventually(box, ({ width }) => width > 1.5 * small.width);
  await eventually(() => page.locator(".presented").textContent(), /3 has waited 60 ms/);
  for (const gone of [".head", ".side", ".diagram", ".kinds", ".key"]) {
    await eventually(() => page.locator(gone).count(), 0, gone);
  }
  // A pointer hits what it sees, however large that is drawn.
  await page.mouse.click(large.x + large.width / 2, large.y + large.height / 2);
  await page.locator('.accessible-list button[data-rank="3"][aria-pressed="true"]').waitFor();
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await page.locator(".presented", { hasText: "5 receives Proceed from 3" }).waitFor();
  await stage.press("Escape");
  await page.locator(".head").waitFor();
  await eventually(() => page.locator(".spacetime").count(), 0, "the diagram is off as before");
  await eventually(() => page.evaluate(() => document.activeElement.tagName), (name) => name !== "BODY");
  // A letter belongs to the stage and the diagram.
  await page.locator('.accessible-list button[data-rank="3"]').focus();
  await stage.press("f");
  await page.locator(".presentation").waitFor();
  assert.deepEqual(bad, []);
});

for (const [width, height] of [[1920, 1080], [1024, 768], [844, 390], [390, 844]]) {
  test(`a presentation fits its window: ${width} by ${height}`, async () => {
    const { page, bad } = await fresh({ viewport: { width, height } });
    await page.goto(url("#preset/split-brain&t=1.2s&view=present"));
    await page.locator(".presentation .accessible-list button").first().waitFor();
    const measured = () => page.evaluate(() => {
      const root = document.documentElement;
      const stage = document.querySelector(".stage-container").getBoundingClientRect();
      return { wide: root.scrollWidth, high: root.scrollHeight, stage: stage.height };
    });
    await eventually(measured, ({ wide, high, stage }) => wide <= width && high <= height && stage > 0.4 * height);
    assert.deepEqual(bad, []);
  });
}

test("the title is edited where it stands: Enter keeps, Escape does not, and undo takes it back", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const title = page.locator(".head-name");
  await title.click();
  const field = page.getByLabel("Title", { exact: true });
  await eventually(() => field.inputValue(), "Bully: 3 notices that 6 is gone");
  await field.fill("Lecture 4");
  await stage.press("Enter");
  await page.locator(".head-name", { hasText: "Lecture 4" }).waitFor();
  await eventually(() => undo(page).getAttribute("aria-label"), "Undo new title");
  await eventually(() => page.evaluate(() => document.activeElement.className), "head-name");
  await title.click();
  await field.fill("no");
  await stage.press("Escape");
  await eventually(() => title.textContent(), "Lecture 4");
  await title.click();
  await field.fill("x".repeat(5_000));
  await stage.press("Enter");
  await page.locator(".head-edit .problem").waitFor();
  await stage.press("Escape");
  await undo(page).click();
  await page.locator(".head-name", { hasText: "3 notices that 6 is gone" }).waitFor();
  assert.deepEqual(bad, []);
});

test("Fit shows the whole run, and an edit leaves the window as it is", async () => {
  const { page, bad } = await fresh(wide);
  await Stage.open(page, url("#preset/bully-figure&t=150ms"));
  await page.getByRole("button", { name: "Fit the whole run" }).click();
  await page.waitForFunction(() => location.hash.includes("&w=0ms..2s"));
  await page.goto(url("#preset/bully-figure&t=150ms&w=100ms..600ms"));
  await page.waitForFunction(() => location.hash.includes("&w=100ms..600ms"));
  await page.locator(".head-algorithm").click();
  await page.getByRole("button", { name: "Add one process" }).click();
  await page.locator('.accessible-list button[data-rank="7"]').waitFor();
  await page.waitForFunction(() => location.hash.startsWith("#1/") && location.hash.includes("&w=100ms..600ms"));
  assert.deepEqual(bad, []);
});

test("an expectation and the figure are set by forms, each with undo", async () => {
  const { page, bad } = await fresh(wide);
  await Stage.open(page, url("#preset/two-leaders"));
  await page.locator(".head-algorithm").click();
  await page.getByRole("button", { name: "Add an expectation" }).click();
  await page.locator("#expect-condition").selectOption("A split brain for no longer than");
  await page.locator("#expect-length").fill("soon");
  await page.getByRole("form", { name: "Add an expectation" }).getByRole("button", { name: "Add" }).click();
  await page.locator(".inner-form .problem").waitFor();
  await page.locator("#expect-length").fill("3s");
  await page.getByRole("form", { name: "Add an expectation" }).getByRole("button", { name: "Add" }).click();
  await eventually(() => undo(page).getAttribute("aria-label"), "Undo new expectation");
  await page.getByRole("button", { name: "Add an expectation" }).click();
  await page.locator("#expect-condition").selectOption("A process follows another");
  await page.locator("#expect-process").selectOption("1");
  await page.locator("#expect-followed").selectOption("3");
  await page.locator("#expect-time").selectOption("from one instant to another");
  await page.locator("#expect-first").fill("0s");
  await page.locator("#expect-second").fill("100ms");
  await page.getByRole("form", { name: "Add an expectation" }).getByRole("button", { name: "Add" }).click();
  await page.locator(".expected-row", { hasText: "1 follows 3 from 0 ms to 100 ms" }).waitFor();
  await page.getByLabel("Starts at").fill("180ms");
  await page.getByLabel("Starts at").press("Enter");
  await page.locator("#setup-figure-view").selectOption("both");
  const text = await scriptOf(page);
  assert.match(text, /^expect split brain <= 3s$/m);
  assert.match(text, /^expect 1 follows 3 from 0ms to 100ms$/m);
  assert.match(text, /^figure start 180ms view both$/m);
  assert.deepEqual(bad, []);
});

test("a split has an end in the list of faults, and the animation has its range", async () => {
  const { page, bad } = await fresh(wide);
  await Stage.open(page, url("#preset/split-brain-for-good"));
  await page.locator(".head-algorithm").click();
  await page.locator(".panel-head button", { hasText: "Faults" }).click();
  const row = page.locator(".fault", { hasText: "the network splits" }).first();
  const end = row.getByLabel("until");
  await eventually(() => end.inputValue(), "1s");
  await end.fill("1.2s");
  await end.press("Enter");
  await eventually(() => undo(page).getAttribute("aria-label"), "Undo new end of the cut");
  assert.match(await scriptOf(page), /^at 1\.2s heal/m);
  await page.locator(".head-share").click();
  const note = page.locator("#stretch-error");
  await eventually(() => note.textContent(), /^Plays .* then begins again\.$/);
  await page.locator("#stretch-to").fill("90m");
  await page.locator("#stretch-error", { hasText: "To: the run ends at" }).waitFor();
  assert.deepEqual(bad, []);
});
