// The script beside the stage: edits of the text are simulated, and actions on the stage are written into the text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "./eventually.mjs";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();

// The page with the script open, at the start of the figure.
const opened = async (options = { viewport: { width: 1440, height: 900 } }) => {
  const { page, bad } = await fresh(options);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const open = options.viewport.width < 1024 ? ".tab.to-panel" : ".to-script";
  await page.locator(open).click();
  const area = page.locator(".script-text");
  await area.waitFor();
  await eventually(() => area.inputValue(), /crash 6/);
  return { page, bad, stage, area };
};

// Puts the caret behind the first place where this is written.
const caretBehind = (area, words) =>
  area.evaluate((field, words) => {
    const at = field.value.indexOf(words) + words.length;
    field.focus();
    field.setSelectionRange(at, at);
  }, words);

const undoes = (page) => page.locator(".head .group button").first().getAttribute("aria-label");

test("typed text is simulated, as one step of undo", async () => {
  const { page, bad, stage, area } = await opened();
  const before = await area.inputValue();
  await caretBehind(area, "at 200ms suspect 3");
  await page.keyboard.type("\nat 250ms crash 2");
  await eventually(() => undoes(page), "Undo typing");
  await page.keyboard.press("Escape");
  await eventually(() => page.evaluate(() => document.activeElement.className), "accessible-item");
  await page.locator(".expectations .link").first().click();
  await page.keyboard.press("End");
  await eventually(async () => (await stage.processes())[2], /^crashed at 250 ms/);
  await eventually(() => page.locator(".script-row.happened").count(), 3);
  await page.locator(".head .group button").first().click();
  await eventually(() => area.inputValue(), before);
  assert.deepEqual(bad, []);
});

test("a mistake keeps the stage, says what is wrong, and one button corrects it", async () => {
  const { page, bad, stage, area } = await opened();
  await caretBehind(area, "at 200ms suspect 3");
  await page.keyboard.type("\nat 250ms crsh 2");
  const count = page.locator(".script-count");
  await count.waitFor();
  await eventually(() => count.textContent(), "1 problem, line 20");
  await eventually(() => area.getAttribute("aria-invalid"), "true");
  await eventually(() => page.locator("#script-note").textContent(), /^crsh is not something that happens at a time\. Did you mean crash\?$/);
  await eventually(() => page.locator(".script-line .wrong").textContent(), "crsh");
  assert.match((await stage.processes())[2], /^follows 6/);

  // Meanwhile the stage still takes actions, and writes them here too.
  await stage.doubleClick(1);
  await eventually(() => area.inputValue(), /crash 1\n/);
  await eventually(() => area.inputValue(), /at 250ms crsh 2\n/);

  await page.locator(".script-foot .button.outlined").click();
  await eventually(() => count.count(), 0);
  await eventually(() => area.inputValue(), /at 250ms crash 2\n/);
  assert.match(await area.inputValue(), /crash 1\n/);
  await eventually(() => undoes(page), /^Undo .write crash.$/);
  assert.deepEqual(bad, []);
});

test("an action on the stage rewrites only its line, and both histories are one", async () => {
  const { page, bad, stage, area } = await opened();
  const before = await area.inputValue();
  await caretBehind(area, "wait alive 60ms");
  const caret = () => area.evaluate((field) => field.selectionStart);
  const stood = await caret();
  await stage.doubleClick(2);
  const after = await eventually(() => area.inputValue(), (text) => text !== before);
  const lines = before.split("\n");
  const more = after.split("\n").filter((line) => !lines.includes(line));
  assert.equal(more.length, 1);
  assert.match(more[0], /^at \d+m?s crash 2$/);
  assert.ok(after.includes("# 6 crashes, and 3 is the first process that suspects it."));
  await eventually(caret, stood);

  await area.focus();
  await page.keyboard.press("Control+z");
  await eventually(() => area.inputValue(), before);
  await page.keyboard.press("Control+Shift+z");
  await eventually(() => area.inputValue(), after);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+y");
  await eventually(() => area.inputValue(), after);
  assert.deepEqual(bad, []);
});

test("a line selects the target of its fault, and its mark leads to its instant", async () => {
  const { page, bad, stage, area } = await opened();
  await caretBehind(area, "wait alive 60ms");
  await page.keyboard.press("ArrowDown");
  await caretBehind(area, "at 100ms crash 6");
  await page.keyboard.press("ArrowDown");
  await page.locator(".script-row.marked").waitFor();
  await eventually(() => page.locator(".script-row.marked").textContent(), /19/);
  await page.locator(".script-row.marked .script-margin").click();
  await eventually(() => stage.clock(), "200 ms");
  // Tab leads on, as everywhere.
  await area.focus();
  await page.keyboard.press("Tab");
  await eventually(() => page.evaluate(() => document.activeElement.tagName), (name) => name !== "TEXTAREA");
  assert.deepEqual(bad, []);
});

test("Tidy writes the canonical spelling, and an example goes where the caret is", async () => {
  const { page, bad, area } = await opened();
  const tidy = page.getByRole("button", { name: "Tidy", exact: true });
  assert.ok(await tidy.isDisabled());
  await caretBehind(area, "at 200ms suspect 3");
  await page.keyboard.type("\n   AT 250ms   Crash 2");
  await eventually(() => tidy.isEnabled(), true);
  await tidy.click();
  await eventually(() => area.inputValue(), /\nat 250ms crash 2\n/);
  await eventually(() => undoes(page), "Undo tidying");

  await caretBehind(area, "at 250ms crash 2");
  await page.locator(".script-words summary").click();
  await page.getByRole("button", { name: "at 900ms recover 6" }).click();
  await eventually(() => area.inputValue(), /crash 2\nat 900ms recover 6\n/);
  await eventually(() => undoes(page), "Undo example of recover");
  assert.deepEqual(bad, []);
});

test("on a phone the script is a tab, as wide as the page", async () => {
  const { page, bad, stage, area } = await opened({ viewport: { width: 390, height: 844 } });
  const box = () => page.locator(".script-field").boundingBox();
  await eventually(box, ({ width, height }) => width === 390 && Math.ceil(height) >= 0.6 * 844);
  await caretBehind(area, "at 200ms suspect 3");
  await page.keyboard.type("\nat 250ms crash 2");
  await page.locator(".script-row.ahead").nth(2).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("End");
  await eventually(async () => (await stage.processes())[2], /^crashed at 250 ms/);
  await eventually(() => page.evaluate(() => document.body.scrollWidth <= innerWidth), true, "nothing is wider than the page");
  assert.deepEqual(bad, []);
});

test("long lines wrap, and each number stands beside the first row of its line", async () => {
  const { page, bad, area } = await opened();
  const long = `# ${"a comment that goes on and on ".repeat(8)}`;
  const text = Array.from({ length: 40 }, (_, line) => (line % 3 ? `at ${line}ms crash 6` : long)).join("\n");
  await area.fill(text);
  await page.locator(".script-row").nth(39).waitFor();
  const measured = () => area.evaluate((field) => {
    const rows = document.querySelector(".script-rows");
    const heights = [...rows.children].map((row) => row.offsetHeight);
    return { heights, sheet: rows.offsetHeight + 24, text: field.scrollHeight, sideways: field.scrollWidth - field.clientWidth };
  });
  await eventually(measured, ({ heights, sheet, text, sideways }) =>
    heights[0] >= 3 * 22 && heights[1] === 22 && sheet === text && sideways === 0, "both layers wrap alike");
  assert.deepEqual(bad, []);
});
