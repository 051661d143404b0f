// The space-time diagram: dragging along time changes the scenario, as one step of undo.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, still } from "./eventually.mjs";
import { pixels, scriptOf, Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const wide = { viewport: { width: 1440, height: 900 } };

const undoes = (page) => page.locator('.head-steps button').first().getAttribute("aria-label");

// Where an instant is on the diagram: its axis is pressed, and the clock says what was hit.
const xOf = async (stage, milliseconds) => {
  const { page } = stage;
  const box = await page.locator(".spacetime").boundingBox();
  let [low, high] = [box.x + 66, box.x + box.width - 18];
  for (let tries = 0; tries < 14; tries += 1) {
    const middle = (low + high) / 2;
    await page.mouse.click(middle, box.y + 12);
    const [number, unit] = (await stage.clock()).split(" ");
    const at = unit === "s" ? Number(number) * 1000 : Number(number);
    if (at === milliseconds) return middle;
    if (at < milliseconds) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

const laneOf = async (page, rank) => {
  const box = await page.locator(".spacetime").boundingBox();
  // Axis 26, strip 22, 6 between, and six lanes of 40 from the highest rank down.
  return box.y + 54 + 40 * (6 - rank) + 20;
};

test("a crash is dragged along time: one step, and Escape gives it up", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const from = await xOf(stage, 100);
  const to = await xOf(stage, 104);
  const y = await laneOf(page, 6);
  const drag = async () => {
    await page.mouse.move(from, y);
    await page.mouse.down();
    await page.mouse.move((from + to) / 2, y, { steps: 4 });
    await page.mouse.move(to, y, { steps: 4 });
  };
  await drag();
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await eventually(() => undoes(page), "Undo");
  await drag();
  await page.mouse.up();
  await eventually(() => undoes(page), "Undo move of the crash of 6");
  assert.match(await scriptOf(page), /at 10[3-5]ms crash 6/);
  await page.keyboard.press("Control+z");
  await eventually(() => undoes(page), "Undo");
  assert.match(await scriptOf(page), /at 100ms crash 6/);
  assert.deepEqual(bad, []);
});

test("a message's head is dragged to let it arrive later", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  // The Alive of 5 reaches 3 at 233 ms.
  const from = await xOf(stage, 233);
  const to = await xOf(stage, 245);
  const y = await laneOf(page, 3);
  await page.mouse.move(from, y);
  await page.mouse.down();
  await page.mouse.move((from + to) / 2, y, { steps: 4 });
  await page.mouse.move(to, y, { steps: 4 });
  await page.mouse.up();
  await eventually(() => undoes(page), /^Undo new arrival of the Alive 5->3 #1/);
  assert.match(await scriptOf(page), /message Alive 5->3 #1 arrives 24[3-7]ms/);
  assert.deepEqual(bad, []);
});

test("keys show the whole run and the present election", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/split-brain"));
  const picture = () => pixels(page, ".spacetime canvas");
  const first = await still(picture);
  await stage.press("0");
  await eventually(picture, (now) => now !== first);
  const whole = await still(picture);
  await stage.press(".");
  await eventually(picture, (now) => now !== whole);
  assert.deepEqual(bad, []);
});
