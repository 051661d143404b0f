// The stage alone, the diagram alone, or both: by switch, key and drag, and in the address.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "./eventually.mjs";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const wide = { viewport: { width: 1440, height: 900 } };

// Opens where there may be no diagram to wait for.
const open = async (page, address) => {
  await page.goto(address);
  await page.locator(".accessible-list button, .spacetime canvas").first().waitFor();
  return new Stage(page);
};

const height = async (page, part) => (await page.locator(part).boundingBox())?.height ?? 0;
const shown = async (page) => ({
  stage: (await page.locator("canvas.stage").count()) > 0,
  diagram: (await page.locator(".spacetime canvas").count()) > 0,
});
const both = { stage: true, diagram: true };
const rides = (page) => /&view=(\w+)/.exec(page.url())?.[1];
const writes = (page, view) =>
  page.waitForFunction((view) => (/&view=(\w+)/.exec(location.hash)?.[1] ?? null) === view, view);
const settles = (page, view) => page.locator(view ? `.page[data-view="${view}"]` : ".page:not([data-view])").waitFor();

test("the switch shows the stage, the diagram, or both", async () => {
  const { page, bad } = await fresh(wide);
  await open(page, url("#preset/bully-figure&t=227ms"));
  const before = { stage: await height(page, ".stage-area"), diagram: await height(page, ".spacetime") };
  await page.getByRole("button", { name: "Stage alone" }).click();
  await settles(page, "stage");
  await eventually(() => shown(page), { stage: true, diagram: false });
  await eventually(() => height(page, ".stage-area"), (high) => high > before.stage + before.diagram - 60);
  await writes(page, "stage");

  await page.getByRole("button", { name: "Diagram alone" }).click();
  await settles(page, "spacetime");
  await eventually(() => shown(page), { stage: false, diagram: true });
  await eventually(() => height(page, ".spacetime"), (high) => high > before.stage + before.diagram - 60);
  await writes(page, "spacetime");
  await eventually(() => page.getByRole("button", { name: "Diagram alone" }).getAttribute("aria-pressed"), "true");

  await page.getByRole("button", { name: "Stage and diagram" }).click();
  await settles(page);
  await eventually(() => shown(page), both);
  await eventually(() => height(page, ".spacetime"), before.diagram);
  await writes(page, null);
  assert.deepEqual(bad, []);
});

test("a link keeps the view, opened and shared", async () => {
  for (const [view, wanted] of [
    ["stage", { stage: true, diagram: false }],
    ["spacetime", { stage: false, diagram: true }],
    ["both", both],
  ]) {
    const { page, bad } = await fresh(wide);
    const stage = await open(page, url(`#preset/bully-figure&t=227ms&view=${view}`));
    await eventually(() => shown(page), wanted, view);
    await page.locator("body").press("l");
    const shared = async () => /&view=(\w+)/.exec(await page.locator(".share-text").inputValue())?.[1];
    await eventually(shared, view === "both" ? undefined : view);
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    // What cannot be done is said, whatever is folded away.
    await page.locator("body").press("h");
    await page.locator(".notice-line, .late").filter({ hasText: /cut/ }).first().waitFor();
    assert.equal(await stage.clock(), "227 ms");
    assert.deepEqual(bad, []);
  }
});

test("v goes from view to view, and the keys of the diagram unfold it", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await open(page, url("#preset/bully-figure"));
  for (const view of ["stage", "spacetime", undefined, "stage"]) {
    await stage.press("v");
    await settles(page, view);
  }
  await stage.press("0");
  await settles(page);
  await eventually(() => shown(page), both);
  assert.deepEqual(bad, []);
});

test("the line between them folds either away, dragged or by key, and unfolds it", async () => {
  const { page, bad } = await fresh(wide);
  await open(page, url("#preset/bully-figure"));
  const line = page.getByRole("separator", { name: "Height of the diagram" });
  const drag = async (to) => {
    const { x, y, width, height } = await line.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, to, { steps: 8 });
    await page.mouse.up();
  };
  await drag(890);
  await settles(page, "stage");
  await drag(600);
  await settles(page);
  await drag(60);
  await settles(page, "spacetime");
  await drag(500);
  await settles(page);
  await eventually(() => shown(page), both);

  await line.focus();
  await page.keyboard.press("Home");
  await settles(page, "stage");
  await eventually(() => line.getAttribute("aria-valuenow"), "0");
  await page.keyboard.press("ArrowUp");
  await settles(page);
  await page.keyboard.press("End");
  await settles(page, "spacetime");
  await page.keyboard.press("ArrowDown");
  await settles(page);
  // The least of the diagram is a stop of its own before it folds away.
  for (let steps = 0; steps < 60 && (await line.getAttribute("aria-valuenow")) !== "120"; steps += 1) {
    await page.keyboard.press("ArrowDown");
  }
  await eventually(() => shown(page), both);
  await page.keyboard.press("ArrowDown");
  await settles(page, "stage");
  await line.dblclick();
  await settles(page);
  assert.deepEqual(bad, []);
});

test("on a phone the menu has the views, and the tab of the diagram brings it back", async () => {
  const { page, bad } = await fresh({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await open(page, url("#preset/bully-figure&t=227ms"));
  const choose = async (name) => {
    await page.locator(".menu summary").click();
    await page.locator(".menu-list").getByRole("menuitem", { name, exact: true }).click();
  };
  const fits = async () => {
    await eventually(() => page.evaluate(() => document.documentElement.scrollHeight - innerHeight), 0);
  };
  await choose("Stage alone");
  await settles(page, "stage");
  await eventually(() => height(page, ".stage-field"), (high) => high > 460);
  await fits();
  await page.locator(".to-story").click();
  await eventually(() => height(page, ".stage-field"), 316);
  await page.locator(".to-timeline").click();
  await settles(page);
  await eventually(() => shown(page), both);
  await choose("Stage alone");
  await choose("Diagram alone");
  await settles(page, "spacetime");
  await eventually(() => shown(page), { stage: false, diagram: true });
  await eventually(() => height(page, ".spacetime"), (high) => high > 460);
  await fits();
  await choose("Stage and diagram");
  await settles(page);
  assert.deepEqual(bad, []);
});

test("a comparison has its stages alone, or its diagrams", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1280, height: 720 } });
  await open(page, url("#preset/bully-figure&view=stage&vs=next-in-line"));
  await page.locator(".compare-line").first().waitFor();
  await eventually(() => page.locator("canvas.stage").count(), 2);
  await eventually(() => page.locator(".spacetime").count(), 0);
  await page.getByRole("button", { name: "Diagram alone" }).click();
  await settles(page, "spacetime");
  await eventually(() => page.locator("canvas.stage").count(), 0);
  await eventually(() => page.locator(".spacetime").count(), 2);
  await writes(page, "spacetime");
  assert.equal(rides(page), "spacetime");
  assert.deepEqual(bad, []);
});

for (const [width, height] of [[1440, 900], [1280, 720], [1024, 768], [768, 1024], [390, 844], [320, 568]]) {
  test(`no control of the transport leaves it: ${width} by ${height}`, async () => {
    for (const view of ["stage", "spacetime", "both"]) {
      const { page } = await fresh({ viewport: { width, height } });
      await open(page, url(`#preset/bully-figure&view=${view}`));
      const over = () => page.evaluate(() => {
        const { left, right } = document.querySelector(".transport").getBoundingClientRect();
        return [...document.querySelectorAll(".transport button, .transport input")]
          .map((node) => ({ name: node.getAttribute("aria-label"), box: node.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.left < left || box.right > right))
          .map(({ name }) => name);
      });
      await eventually(over, [], view);
      await eventually(() => page.evaluate(() => document.documentElement.scrollWidth), width);
    }
  });
}
